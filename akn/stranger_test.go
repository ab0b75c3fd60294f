package akn

import (
	"strings"
	"testing"

	"paraph/draft"
	"paraph/fault"
)

const (
	head = `<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="treaty"><meta><references source="#s">` +
		`<TLCOrganization eId="a" href="/a" showAs="Party A"/><TLCOrganization eId="b" href="/b" showAs="B:*"/></references>` +
		`<notes source="#s"><note eId="n1"><p>A reserves.</p></note></notes></meta><body>`
	tail = `</body></act></akomaNtoso>`
)

// TestDocumentsOfOthers reads what other programs write: each construct in the
// notation, and what is not understood with its line.
func TestDocumentsOfOthers(t *testing.T) {
	for _, c := range []struct{ name, body, want, doubt string }{
		{"an article", `<article eId="art_5"><num>Article 5</num><heading>Use of   water</heading><paragraph eId="p1"><num>1.</num><content><p>The Parties
			shall share.</p></content></paragraph></article>`, "## Article 5 Use of water\n\n1. The Parties shall share.\n\n", ""},
		{"a chapter with an article", `<chapter><num>Chapter I</num><article><num>Article 1</num><content><p>Words.</p></content></article></chapter>`,
			"# Chapter I\n\n## Article 1\n\nWords.\n\n", ""},
		{"holders", `<paragraph><num>2.</num><content><p>They <inline name="bracketGroup"><inline name="bracket" refersTo="#a">[shall]</inline><inline name="bracket" refersTo="#b">should</inline></inline> act.</p></content></paragraph>`,
			"2. They [Party A: shall][b: should] act.\n\n", ""},
		{"words wanted in and out", `<paragraph><content><p>Take <del refersTo="#a">effective</del><ins refersTo="#b">fair</ins> steps.</p></content></paragraph>`,
			"Take [effective][Party A: no text][b: fair] steps.\n\n", ""},
		{"a change of nobody's", `<paragraph><content><p>Take <ins>fair</ins> steps.</p></content></paragraph>`, "Take [fair] steps.\n\n", "line 1: <ins> names nobody"},
		{"notes", `<paragraph><content><p>Lake<noteRef href="#n1" marker="1"/> and river<authorialNote marker="1"><p>A note.</p></authorialNote>.</p></content></paragraph>`,
			"Lake[^1] and river[^2].\n\n[^1]: A reserves.\n\n[^2]: A note.\n\n", ""},
		{"a note that is missing", "<paragraph><content><p>Lake\n<noteRef href='#n7'/>.</p></content></paragraph>", "Lake .\n\n", `line 2: the note "#n7" is not in the file`},
		{"stars that are words", `<paragraph><content><p>5 * 3_000</p></content></paragraph>`, "5 \\* 3\\_000\n\n", ""},
		{"emphasis", `<paragraph><content><p><i>Determined</i> to <b>act</b></p></content></paragraph>`, "*Determined* to **act**\n\n", ""},
		{"an unknown element", `<paragraph><content><p>The <omissis>rest</omissis></p></content></paragraph>`, "The rest\n\n", "line 1: <omissis> is not understood; its words are kept"},
		{"a foreign element", `<paragraph><content><p>x<m:math xmlns:m="urn:m">E=mc2</m:math></p></content></paragraph>`, "x\n\n", `of another name space is not understood: "E=mc2"`},
		{"a table", `<paragraph><content><table><tr><td><p>a</p></td><td><p>b</p></td></tr></table></content></paragraph>`, "a | b\n\n", "line 1: a table is read row by row"},
		{"options", `<hcontainer name="option" refersTo="#a"><num>Option 1:</num><content><p>One.</p></content></hcontainer><hcontainer name="option"><num>Option 2:</num><content><p>No text.</p></content></hcontainer>`,
			"Option 1 (Party A): One.\n\nOption 2: No text.\n\n", ""},
		{"a placeholder", `<paragraph><content><p>Within <placeholder originalText="[X]"/> days.</p></content></paragraph>`, "Within [X] days.\n\n", ""},
		{"words outside", `loose<paragraph><content><p>Kept.</p></content></paragraph>`, "loose\n\nKept.\n\n", "words outside of any paragraph"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, doubts, err := Read([]byte(head + c.body + tail))
			if err != nil {
				t.Fatal(err)
			}
			got := draft.Print(d.Text)
			if _, after, found := strings.Cut(got, "---\n\n"); found {
				got = after
			}
			if got != c.want {
				t.Errorf("read %q, want %q", got, c.want)
			}
			said := ""
			for _, d := range doubts {
				said += d.String() + "\n"
			}
			if c.doubt == "" && said != "" || !strings.Contains(said, c.doubt) {
				t.Errorf("doubts are %q, want %q", said, c.doubt)
			}
			goesRound(t, d)
		})
	}
}

func TestIdsOfOthersAreKept(t *testing.T) {
	d, _, err := Read([]byte(head + `<article eId="art_5" wId="w5"><num>Article 5</num><paragraph eId="p1"><num>1.</num><content><p>One.</p></content></paragraph></article>` + tail))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(d.Clauses, " "); got != "w5 p1" {
		t.Errorf("ids are %q", got)
	}
}

// TestHostileFiles: each is refused with a reason, quickly and in little room.
func TestHostileFiles(t *testing.T) {
	akn := func(body string) string { return head + body + tail }
	for _, c := range []struct{ name, src, want string }{
		{"a document type", `<!DOCTYPE akomaNtoso>` + akn(""), "document type"},
		{"entities that multiply", `<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]>` + akn("<p>&y;</p>"), "document type"},
		{"an entity from a file", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + akn("<p>&x;</p>"), "document type"},
		{"an entity without document type", akn("<paragraph><content><p>&x;</p></content></paragraph>"), "this is not XML"},
		{"too deep", akn(strings.Repeat("<section>", 300) + strings.Repeat("</section>", 300)), "nest deeper than 256"},
		{"too large", akn(strings.Repeat(" ", MaxBytes)), "larger than 25 MiB"},
		{"too many elements", akn(strings.Repeat("<p/>", MaxNodes+10)), "more than 500000 elements"},
		{"too many attributes", `<akomaNtoso ` + strings.Repeat(`a="" `, maxTag/5+10) + "/>", "a tag of more than"},
		{"attributes behind a quoted bracket", `<akomaNtoso b=">" ` + strings.Repeat(`a="" `, maxTag/5+10) + "/>", "a tag of more than"},
		{"another encoding", `<?xml version="1.0" encoding="UTF-7"?>` + akn(""), "another encoding"},
		{"no UTF-8", akn("\xff\xfe"), "not written in UTF-8"},
		{"no XML", "PK\x03\x04", "this is not XML"},
		{"other XML", "<html/>", "no Akoma Ntoso"},
		{"not closed", strings.TrimSuffix(akn(""), "</akomaNtoso>"), "this is not XML"},
		{"two documents", akn("") + akn(""), "second document"},
		{"no text", `<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act/></akomaNtoso>`, "no document with a text"},
		{"nothing", "", "no XML"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := Read([]byte(c.src))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("said %v, want %q", err, c.want)
			}
			if kind := fault.KindOf(err); kind != fault.KindInvalid {
				t.Errorf("the kind is %v", kind)
			}
		})
	}
}

// What Write refuses.
func TestWriteRefuses(t *testing.T) {
	x := parsed(t, "1. One.\n\n2. Two.\n")
	for want, d := range map[string]Document{
		"no text to write": {}, "1 ids are given": {Text: x, Clauses: []string{"a"}}, "is no date": {Text: x, Date: "2026-02-30"},
	} {
		if _, err := Write(d); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("said %v, want %q", err, want)
		}
	}
}

// TestWrittenForPeople shows what a small text becomes.
func TestWrittenForPeople(t *testing.T) {
	x := parsed(t, "---\nseats: US, RU\n---\n\n## Article 5 bis Measures\n\n1. The Parties [US: shall][RU: should [soon]] act within [X] years:\n\n(a) fairly;\n\n[3. All of it.]\n\n**Option 1:** Now.\n\n**Option 2:** No text\n")
	before := parsed(t, "## Article 5 bis Measures\n\n1. The Parties act within [X] years:\n\n4. Gone with the wind.\n")
	got := goesRound(t, Document{Text: x, Number: 2, Date: "2026-11-23", Before: &Document{Text: before, Number: 1}})
	valid(t, got)
	for _, want := range []string{
		`<FRBRversionNumber value="2"/>`,
		`<FRBRlanguage language="eng"/>`,
		`<article eId="art_5bis"`, `<num>Article 5 bis</num>`, `<heading>Measures</heading>`,
		`<inline name="bracket" eId="alt_2" alternativeTo="alt_1" refersTo="#seat_RU" par:held="written">[<inline name="holders">RU: </inline>should <inline name="bracket" eId="alt_3">[soon]</inline>]</inline>`,
		`<placeholder originalText="X">X</placeholder>`,
		`<subparagraph eId="art_5bis__para_1__subpara_a"`,
		`<hcontainer name="bracket" eId="alt_5">`,
		`<hcontainer name="option" eId="alt_7" alternativeTo="alt_6" par:content="no text">`,
		`<textualMod type="substitution"`, `<textualMod type="insertion"`, `<textualMod type="repeal"`,
		`<new><par:words>[US: shall][RU: should [soon]] </par:words></new>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("there is no %s in\n%s", want, got)
		}
	}
}

// Whatever is read can be written, is XML again, and comes back the same.
func FuzzRead(f *testing.F) {
	f.Add(head + `<article eId="art_5"><num>Article 5</num><heading>Use</heading><paragraph><num>1.</num><content><p>The <del refersTo="#a">x</del> <i>y</i>.</p></content></paragraph></article>` + tail)
	written, err := Write(Document{Text: parsed(f, "## Article 1\n\n[1. A [US: b][c].]\n\n**Option 1:** x[^1]\n\n[^1]: note\n", "US"), Clauses: []string{"a", "b", "c", "d"}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(written)
	f.Add(`<!DOCTYPE a><a/>`)
	f.Fuzz(func(t *testing.T, src string) {
		d, _, err := Read([]byte(src))
		if err != nil {
			if fault.KindOf(err) != fault.KindInvalid {
				t.Fatalf("the error is of kind %v: %v", fault.KindOf(err), err)
			}
			return
		}
		again, err := Write(d)
		if err != nil {
			t.Fatalf("read, but not written: %v", err)
		}
		back, doubts, err := Read([]byte(again))
		if err != nil || len(doubts) > 0 {
			t.Fatalf("its own file is not read: %v, %v\n%s", err, doubts, again)
		}
		if got, want := draft.Print(back.Text), draft.Print(d.Text); got != want {
			t.Fatalf("characters differ: %q, %q", cut(got, want), cut(want, got))
		}
	})
}
