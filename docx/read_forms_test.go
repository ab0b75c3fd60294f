package docx

import (
	"fmt"
	"strings"
	"testing"
)

func abstract(id string, levels ...string) string {
	out := `<w:abstractNum w:abstractNumId="` + id + `">`
	for i, l := range levels {
		out += fmt.Sprintf(`<w:lvl w:ilvl="%d">%s</w:lvl>`, i, l)
	}
	return out + `</w:abstractNum>`
}

func lvl(format, words string, more ...string) string {
	return `<w:start w:val="1"/><w:numFmt w:val="` + format + `"/>` + strings.Join(more, "") + `<w:lvlText w:val="` + words + `"/>`
}

func num(id, scheme string, more ...string) string {
	return `<w:num w:numId="` + id + `"><w:abstractNumId w:val="` + scheme + `"/>` + strings.Join(more, "") + `</w:num>`
}

func in(list, level string) string {
	return `<w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + list + `"/></w:numPr>`
}

func TestAutomaticNumbers(t *testing.T) {
	numbers := abstract("0", lvl("decimal", "%1."), lvl("decimal", "%1.%2"), lvl("lowerLetter", "(%3)"), lvl("lowerRoman", "(%4)")) +
		abstract("1", lvl("upperRoman", "Article %1", `<w:pStyle w:val="Art"/>`), lvl("decimal", "%1.%2", `<w:isLgl/>`)) +
		abstract("2", lvl("bullet", "\uf0b7"), lvl("decimal", "%2)", `<w:lvlRestart w:val="0"/>`)) +
		num("1", "0") + num("2", "1") + num("3", "2") +
		num("4", "0", `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>`) + num("5", "0")
	m := maker{
		numbering: numbers,
		styles: `<w:style w:type="paragraph" w:styleId="Art"><w:name w:val="Artikel"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>` +
			`<w:style w:type="paragraph" w:styleId="Art2"><w:name w:val="Artikel 2"/><w:basedOn w:val="Art"/></w:style>`,
	}
	var want []string
	add := func(properties, label string) {
		m.body += par(properties, "w")
		want = append(want, strings.TrimSpace(label+" w"))
	}
	add(in("1", "0"), "1.")
	add(in("1", "1"), "1.1")
	add(in("1", "1"), "1.2")
	add(in("1", "2"), "(a)")
	add(in("1", "2"), "(b)")
	add(in("1", "3"), "(i)")
	add(in("1", "0"), "2.")
	add(in("1", "2"), "(a)")
	add(in("5", "0"), "3.") // another list of the same scheme goes on
	add(in("4", "0"), "7.") // one with a beginning of its own begins there
	add(in("4", "0"), "8.")
	add(`<w:pStyle w:val="Art"/>`, "Article I")
	add(in("2", "1"), "1.1")
	add(`<w:pStyle w:val="Art2"/>`, "Article II")
	add(`<w:pStyle w:val="Art"/>`+in("0", "0"), "") // taken out of the list
	add(in("3", "0"), "•")
	add(in("3", "1"), "1)")
	add(in("3", "0"), "•")
	add(in("3", "1"), "2)") // never begins anew
	add(in("77", "0"), "")  // a list that is not there
	d := m.read(t)
	if got := d.Accepted(); inLines(got...) != inLines(want...) {
		t.Errorf("got\n%s\nwant\n%s", inLines(got...), inLines(want...))
	}
}

func TestNumbersAreCountedAmongWhatIsLeft(t *testing.T) {
	m := maker{numbering: abstract("0", lvl("decimal", "%1.")) + num("1", "0")}
	who := ` w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"`
	m.body = par(in("1", "0"), "one") +
		`<w:p><w:pPr>` + in("1", "0") + `<w:rPr><w:ins` + who + `/></w:rPr></w:pPr><w:ins` + who + `><w:r><w:t>new</w:t></w:r></w:ins></w:p>` +
		par(in("1", "0"), "two")
	d := m.read(t)
	if got := inLines(d.Accepted()...); got != "1. one\n2. new\n3. two" {
		t.Errorf("accepted: %s", got)
	}
	if got := inLines(d.Rejected()...); got != "1. one\n2. two" {
		t.Errorf("rejected: %s", got)
	}
}

func TestForms(t *testing.T) {
	for n, want := range map[int][5]string{
		1: {"I", "A", "1st", "One", "First"}, 4: {"IV", "D", "4th", "Four", "Fourth"}, 27: {"XXVII", "AA", "27th", "Twenty-seven", "Twenty-seventh"},
		53: {"LIII", "AAA", "53rd", "Fifty-three", "Fifty-third"}, 112: {"CXII", "HHHHH", "112th", "One hundred twelve", "One hundred twelfth"},
	} {
		for i, format := range []string{"upperRoman", "upperLetter", "ordinal", "cardinalText", "ordinalText"} {
			if got, known := number(n, format); got != want[i] || !known {
				t.Errorf("%d as %s: %q, want %q", n, format, got, want[i])
			}
		}
	}
	if got, known := number(3, "chineseCounting"); got != "3" || known {
		t.Errorf("a form that is not known: %q, %v", got, known)
	}
}

// TestWhatStandsInARun holds each thing that can stand in a paragraph to what it
// says.
func TestWhatStandsInARun(t *testing.T) {
	run := func(inner string) string { return `<w:r>` + inner + `</w:r>` }
	text := func(s string) string { return run(`<w:t xml:space="preserve">` + s + `</w:t>`) }
	mark := func(kind string) string { return run(`<w:fldChar w:fldCharType="` + kind + `"/>`) }
	box := func(s string) string { return `<w:txbxContent>` + par("", s) + `</w:txbxContent>` }
	for _, c := range []struct{ name, inner, want, unread string }{
		{"space that is kept", text(" a ") + text("b"), " a b", ""},
		{"space that is not kept", run(`<w:t> a </w:t>`) + text("b"), "ab", ""},
		{"tab, break, hyphens", run(`<w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/>`), "a\tb\nc\u2011d\u00ad", ""},
		{"symbol", run(`<w:sym w:font="Symbol" w:char="F0B3"/>`), "≥", ""},
		{"symbol of an unknown font", run(`<w:sym w:font="Odd" w:char="F041"/>`), "\uFFFD", "a symbol of the font Odd"},
		{"field", mark("begin") + run(`<w:instrText>REF x</w:instrText>`) + mark("separate") + text("5") + mark("end"), "5", ""},
		{"field without a result", mark("begin") + run(`<w:instrText>XE x</w:instrText>`) + mark("end") + text("a"), "a", ""},
		{"field in the code of a field", mark("begin") + run(`<w:instrText>IF </w:instrText>`) + mark("begin") + mark("separate") + text("code") + mark("end") + mark("separate") + text("yes") + mark("end"), "yes", ""},
		{"field that never ends", mark("begin") + text("a"), "a", ""},
		{"field that fetches", mark("begin") + run(`<w:instrText>INCLUDETEXT "c:\x"</w:instrText>`) + mark("separate") + text("old") + mark("end"), "old", "a field INCLUDETEXT"},
		{"simple field", `<w:fldSimple w:instr="PAGE">` + text("3") + `</w:fldSimple>`, "3", ""},
		{"content control", `<w:sdt><w:sdtPr/><w:sdtContent>` + text("a") + `</w:sdtContent></w:sdt>`, "a", ""},
		{"smart tag", `<w:smartTag w:element="x">` + text("a") + `</w:smartTag>`, "a", ""},
		{"hidden", run(`<w:rPr><w:vanish/></w:rPr><w:t>secret</w:t>`) + text("a"), "a", ""},
		{"hidden no more", run(`<w:rPr><w:vanish w:val="0"/></w:rPr><w:t>open</w:t>`), "open", ""},
		{"text box", text("a") + run(`<w:drawing><wps:txbx>`+box("in the box")+`</wps:txbx></w:drawing>`), "a\nin the box", ""},
		{"text box in two forms", run(`<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>` + box("once") + `</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>` + box("once") + `</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>`), "\nonce", ""},
		{"text box in the second form alone", run(`<mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback><w:pict><v:textbox>` + box("b") + `</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>`), "\nb", ""},
		{"picture", text("a") + run(`<w:drawing/>`), "a", "a picture or drawing"},
		{"formula", `<m:oMath><m:r><m:t>x=y</m:t></m:r></m:oMath>`, "x=y", "a formula"},
		{"unknown element", text("a") + `<w:novelty><w:r><w:t>lost words</w:t></w:r></w:novelty>`, "a", "lost words"},
		{"unknown in a run", run(`<w:t>a</w:t><w:novelty/>`), "a", "not understood"},
		{"deleted field code", `<w:del w:id="1" w:author="A">` + run(`<w:delInstrText>PAGE</w:delInstrText>`) + `</w:del>` + text("a"), "a", ""},
		{"ruby", run(`<w:ruby><w:rt>` + text("small") + `</w:rt><w:rubyBase>` + text("base") + `</w:rubyBase></w:ruby>`), "base", "small letters"},
	} {
		d := maker{body: `<w:p>` + c.inner + `</w:p>`}.read(t)
		if got := inLines(d.Accepted()...); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if said := fmt.Sprint(d.Unread); c.unread == "" && len(d.Unread) > 0 || !strings.Contains(said, c.unread) {
			t.Errorf("%s: unread is %s", c.name, said)
		}
	}
}

func TestJoinedAndSplitParagraphs(t *testing.T) {
	who := ` w:id="1" w:author="A"`
	end := func(kind, words string) string { return par(`<w:rPr><w:`+kind+who+`/></w:rPr>`, words) }
	for _, c := range []struct{ name, body, accepted, rejected string }{
		{"split", end("ins", "one ") + par("", "two"), "one \ntwo", "one two"},
		{"joined", end("del", "one ") + par("", "two"), "one two", "one \ntwo"},
		{"three joined", end("del", "a") + end("del", "b") + par("", "c"), "abc", "a\nb\nc"},
		{"the last cannot go", end("del", "a"), "a", "a"},
		{"before a table", end("del", "a") + `<w:tbl><w:tr><w:tc>` + par("", "b") + `</w:tc></w:tr></w:tbl>`, "a\nb", "a\nb"},
	} {
		d := maker{body: c.body}.read(t)
		if got := inLines(d.Accepted()...); got != c.accepted {
			t.Errorf("%s, accepted: %q, want %q", c.name, got, c.accepted)
		}
		if got := inLines(d.Rejected()...); got != c.rejected {
			t.Errorf("%s, rejected: %q, want %q", c.name, got, c.rejected)
		}
	}
}

func TestColours(t *testing.T) {
	body := ""
	for _, s := range []string{`<w:highlight w:val="green"/>`, `<w:highlight w:val="yellow"/>`, `<w:shd w:val="clear" w:fill="92D050"/>`, `<w:color w:val="FF0000"/>`, `<w:color w:val="1F1F1F"/>`, `<w:shd w:val="clear" w:fill="FFFFCC"/>`} {
		body += `<w:p><w:r><w:rPr>` + s + `</w:rPr><w:t>w</w:t></w:r></w:p>`
	}
	d := maker{body: body}.read(t)
	var got []string
	each(d.Blocks, func(p *Paragraph) { got = append(got, p.Runs[0].Colour) })
	if want := "green yellow green red  yellow"; strings.Join(got, " ") != want {
		t.Errorf("colours: %q, want %q", strings.Join(got, " "), want)
	}
}
