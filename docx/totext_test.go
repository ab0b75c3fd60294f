package docx

import (
	"fmt"
	"strings"
	"testing"

	"paraph/draft"
	"paraph/record"
)

func TestTrackedDocumentInBrackets(t *testing.T) {
	d := tracked(t)
	src, doubts := d.Text(TextOptions{Changes: ChangesInBrackets, Seats: map[string]record.Seat{"Party B": "B"}})
	want := `---
seats: Party A, B
---

# Article 5 bis

P1 The Parties [shall][Party A: should] take measures.

[B: P2 inserted paragraph by B.]

[P3 deleted paragraph by A.][Party A: no text]

[P4 moved sentence.][B: no text] P4 tail stays.

P5 commented text and **bold-change**

[B: P4 moved sentence.] P6 host.

[B: P7 B-inserted with [A-deleted-inside][Party A: no text] tail]

P8 footnote[^1] العربية

[B: P9 comment inside insertion]

[Party A: T1 inserted row]

T2 plain row

P10 end.

[^1]: Reservation [B: by Party B].
`
	if src != want {
		t.Errorf("got\n%s\nwant\n%s", src, want)
	}
	text, err := draft.Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	for seat, has := range map[record.Seat]string{"Party A": "P1 The Parties should take measures.", "B": "P7 B-inserted with A-deleted-inside tail"} {
		if r := draft.Reading(text, seat); !strings.Contains(r, has) {
			t.Errorf("%s would read\n%s", seat, r)
		}
	}
	if said := fmt.Sprint(doubts); !strings.Contains(said, "B reserves its position.") {
		t.Errorf("the comments are not told: %s", said)
	}
}

func TestText(t *testing.T) {
	who := func(a string) string { return ` w:id="1" w:author="` + a + `"` }
	run := func(properties, s string) string {
		return `<w:r><w:rPr>` + properties + `</w:rPr><w:t xml:space="preserve">` + s + `</w:t></w:r>`
	}
	bold, slant, strike := `<w:b/>`, `<w:i/>`, `<w:strike/>`
	cell := func(inner string) string { return `<w:tc>` + inner + `</w:tc>` }
	for _, c := range []struct {
		name, body string
		options    TextOptions
		want       string
		doubt      string
	}{
		{"brackets as they stand", par("", "The Parties [shall][should] [EU: not]"), TextOptions{}, "The Parties [shall][should] [EU: not]\n", ""},
		{"a bracket without partner", par("", "one [two"), TextOptions{}, "one [two\n", "without partner"},
		{"emphasis", `<w:p>` + run(slant, "Recalling ") + run("", "all ") + run(bold, "Option 1:") + run("", " x") + `</w:p>`, TextOptions{}, "*Recalling* all **Option 1:** x\n", ""},
		{"emphasis over runs", `<w:p>` + run(slant, "[Tak") + run(slant, "ing") + run("", " note]") + `</w:p>`, TextOptions{}, "*[Taking* note]\n", ""},
		{"struck and bold, not as marks", `<w:p>` + run("", "shall ") + run(strike, "not ") + run(bold, "never ") + run("", "go") + `</w:p>`, TextOptions{}, "shall not **never** go\n", "struck out by hand"},
		{"struck and bold, as marks", `<w:p>` + run("", "shall ") + run(strike, "not ") + run(bold, "never ") + run("", "go") + `</w:p>`, TextOptions{Marks: true}, "shall [not][never] go\n", ""},
		{"bold alone, as a mark", `<w:p>` + run("", "shall ") + run(bold, "not ") + run("", "go") + `</w:p>`, TextOptions{Marks: true}, "shall [not] go\n", "may be mere emphasis"},
		{"all bold", `<w:p>` + run(bold, "Title") + `</w:p>`, TextOptions{Marks: true}, "**Title**\n", "not read as inserted"},
		{"two authors at one place", `<w:p>` + run("", "in ") + `<w:del` + who("A") + `><w:r><w:delText>30</w:delText></w:r></w:del><w:ins` + who("A") + `>` + run("", "60") + `</w:ins><w:ins` + who("B") + `>` + run("", "31") + `</w:ins>` + run("", " days") + `</w:p>`,
			TextOptions{Changes: ChangesInBrackets}, "---\nseats: A, B\n---\n\nin [30][A: 60][B: 3031] days\n", ""},
		{"rejected", `<w:p>` + run("", "in ") + `<w:del` + who("A") + `><w:r><w:delText>30</w:delText></w:r></w:del></w:p>`, TextOptions{Changes: ChangesRejected}, "in 30\n", ""},
		{"a table", `<w:tbl><w:tr>` + cell(par("", "a")) + cell(par("", "b")+par("", "c")) + `</w:tr><w:tr>` + cell(par("", "")) + cell(par("", "d")) + `</w:tr></w:tbl>`, TextOptions{}, "| a | b / c |\n| | d |\n", ""},
		{"a box", `<w:tbl><w:tr>` + cell(par("", "a")+par("", "b")) + `</w:tr></w:tbl>`, TextOptions{}, "a\n\nb\n", ""},
		{"hidden words", `<w:p>` + run(`<w:vanish/>`, "secret") + run("", "open") + `</w:p>`, TextOptions{}, "open\n", "secret"},
		{"a number sign that is no heading", par("", "# of ships"), TextOptions{}, "\\# of ships\n", ""},
		{"a heading", par(`<w:outlineLvl w:val="2"/>`, "Article 3"), TextOptions{}, "### Article 3\n", ""},
	} {
		d := maker{body: c.body}.read(t)
		got, doubts := d.Text(c.options)
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if said := fmt.Sprint(doubts); c.doubt == "" && len(doubts) > 0 || !strings.Contains(said, c.doubt) {
			t.Errorf("%s: the doubts are %s", c.name, said)
		}
	}
}
