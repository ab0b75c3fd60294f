package page

import (
	"context"
	"io"
	"strconv"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
)

// TextView shows a draft: every bracket with its marks, every alternative with
// the seats that hold it, in words and not by colour alone. It is a Component.
//
// Each clause is one block, so that a page can replace it alone. Brackets that
// span clauses are closed at the end of a block and opened again in the next,
// marked as continued.
type TextView struct {
	Text  *draft.Text
	Seats []record.Seat          // the order that sets the seats' classes; the declared seats when empty
	Names map[record.Seat]string // what seats are called, for titles and for screen readers; may be nil

	ID    func(clause int) string    // the id of a clause's block; "c1" for the first when nil. An empty id is left out
	Aside func(clause int) Component // what stands beside a clause (a link, proposals); may be nil, and may give nil

	Heading int         // added to the level of headings, within h1 to h6
	Held    record.Seat // when set: its alternatives stand out and clauses without one are quiet
	Paper   bool        // for a PDF, which keeps no hidden words: marks and holders are read as they stand
	Frozen  bool        // blocks are numbered in the margin: for a version that no longer changes
}

// MaxBytes is the most that a text may take as a page. Deep brackets around very
// many clauses, which are opened again in each, may reach it; real texts do not.
const MaxBytes = 200 << 20

// Render writes all clauses in one element of class "text". It refuses, as
// invalid, a text that takes more than MaxBytes.
func (v TextView) Render(ctx context.Context, w io.Writer) error {
	m := markup{buf: make([]byte, 0, 2*flushAt)}
	m.tag(`<div class="text`)
	if v.Frozen {
		m.tag(` frozen`)
	}
	if v.Paper {
		m.tag(` paper`)
	}
	if v.Held != "" {
		m.tag(` filtered`)
	}
	m.tag(`"`)
	if RightToLeft(v.Text) {
		m.tag(` dir="rtl"`)
	}
	m.tag(">\n")
	written := 0
	for i := range v.Text.Clauses {
		v.clause(&m, i)
		if len(m.buf) >= flushAt {
			if written += len(m.buf); written > MaxBytes {
				return fault.Invalid("the text makes a page of more than %d MiB", MaxBytes>>20).
					With("show it in parts")
			}
			if err := m.flush(ctx, w); err != nil {
				return err
			}
		}
	}
	m.tag("</div>\n")
	return m.flush(ctx, w)
}

// Clause shows one clause alone, with the same markup as in the whole text.
func (v TextView) Clause(clause int) Component {
	return component(func(m *markup) { v.clause(m, clause) })
}

// Words shows one clause's words and brackets without a block around them, to
// stand in a table cell or a sentence.
func (v TextView) Words(clause int) Component {
	return component(func(m *markup) {
		f := flow{m: m, v: v, end: v.Text.Clauses[clause].Last}
		f.pieces(v.Text.Clauses[clause].First)
	})
}

func (v TextView) clause(m *markup, i int) {
	c := v.Text.Clauses[i]
	m.tag(`<div`)
	if v.ID != nil {
		m.attr(`id`, v.ID(i))
	} else {
		m.attr(`id`, "c"+strconv.Itoa(i+1))
	}
	m.attr(`class`, v.clauseClass(c))
	m.tag(`>`)
	name := literal(`p`)
	if c.IsHeading() {
		name = headings[min(6, max(1, c.Level+v.Heading))]
	}
	m.tag(`<`, name, ` dir="auto">`)
	f := flow{m: m, v: v, end: c.Last}
	f.pieces(c.First)
	m.tag(`</`, name, `>`)
	if v.Aside != nil {
		if aside := v.Aside(i); aside != nil {
			_ = aside.Render(context.Background(), m) // markup takes every write
		}
	}
	m.tag("</div>\n")
}

var headings = [...]literal{`h1`, `h1`, `h2`, `h3`, `h4`, `h5`, `h6`}

func (v TextView) clauseClass(c draft.Clause) string {
	class := "clause"
	if c.IsHeading() {
		class += " heading"
	}
	if c.Indent > 0 {
		class += " indent-" + strconv.Itoa(min(c.Indent, 6))
	}
	if c.First < c.Last && v.Text.Pieces[c.First].Within >= 0 {
		if a := v.Text.Pieces[c.First].Within; c.First > v.Text.Alternatives[a].First {
			class += " continued"
		}
	}
	if v.bare(c) {
		class += " bare"
	}
	if v.inOption(c) {
		class += " in-option"
	}
	if v.Held != "" && v.concerns(c) {
		class += " concerned"
	}
	return class
}

// bare tells whether a clause is a label alone, whose words stand in the next.
func (v TextView) bare(c draft.Clause) bool {
	if c.Label == "" || c.IsHeading() {
		return false
	}
	for _, p := range v.Text.Pieces[c.First:c.Last] {
		if p.Kind != draft.Label && (p.Kind != draft.Words || !blank(p.Src)) {
			return false
		}
	}
	return true
}

// inOption tells whether the clause's first words stand within an option.
func (v TextView) inOption(c draft.Clause) bool {
	for _, p := range v.Text.Pieces[c.First:c.Last] {
		if p.Kind == draft.Words && blank(p.Src) {
			continue
		}
		for a := p.Within; a >= 0; a = v.outer(a) {
			if v.Text.Brackets[v.Text.Alternatives[a].Bracket].Options {
				return true
			}
		}
		return false
	}
	return false
}

// concerns tells whether the seat Held keeps a bracket open in the clause.
func (v TextView) concerns(c draft.Clause) bool {
	for _, p := range v.Text.Pieces[c.First:c.Last] {
		for a := p.Within; a >= 0; a = v.outer(a) {
			if v.holds(v.Text.Alternatives[a]) {
				return true
			}
		}
	}
	return false
}

func (v TextView) holds(a draft.Alternative) bool {
	for _, h := range a.Holders {
		if h.Seat == v.Held {
			return true
		}
	}
	return false
}

// outer gives the alternative around an alternative; -1 at top level.
func (v TextView) outer(a int) int {
	return v.Text.Brackets[v.Text.Alternatives[a].Bracket].Within
}

// name is what a seat is called when it is said.
func (v TextView) name(s record.Seat) string {
	if n := v.Names[s]; n != "" {
		return n
	}
	return string(s)
}

// Legend lists the seats with their chips, and says how to read the marks.
func (v TextView) Legend() Component {
	return component(func(m *markup) {
		m.tag(`<ul class="legend">`)
		for _, s := range seatsOf(v.Seats, v.Text) {
			m.tag(`<li>`)
			v.chip(m, draft.Holder{Seat: s, Verb: draft.Proposes}, false)
			if n := v.Names[s]; n != "" {
				m.tag(` <bdi>`)
				m.words(n)
				m.tag(`</bdi>`)
			}
			m.tag(`</li>`)
		}
		m.tag(`<li><span class="bracket"><span class="alternative unattributed"><span class="mark">[</span>words<span class="mark">]</span></span></span>`,
			` not agreed, held by no named seat</li>`,
			`<li><span class="mark">[…</span> a bracket from an earlier block goes on</li>`, "</ul>\n")
	})
}

// legendLines gives the words of the legend.
func (v TextView) legendLines() []string {
	var out []string
	for _, s := range seatsOf(v.Seats, v.Text) {
		out = append(out, string(s))
		if n := v.Names[s]; n != "" {
			out = append(out, n)
		}
	}
	return append(out, "words not agreed, held by no named seat", "a bracket from an earlier block goes on")
}

// chip shows a seat as a labelled chip.
func (v TextView) chip(m *markup, h draft.Holder, inferred bool) {
	m.tag(`<bdi`)
	class := "holder " + SeatClass(seatsOf(v.Seats, v.Text), h.Seat)
	if inferred {
		class += " inferred"
	}
	m.attr(`class`, class)
	m.attr(`title`, v.Names[h.Seat])
	m.tag(`>`)
	m.words(string(h.Seat))
	if h.Verb != draft.Proposes && h.Verb != "" {
		m.tag(` <i>`)
		m.words(string(h.Verb))
		m.tag(`</i>`)
	}
	if inferred {
		m.tag(`?`)
	}
	m.tag(`</bdi>`)
}

// list joins words as English does: "US, RU and UA".
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
