package akn

import (
	"strconv"
	"strings"

	"paraph/draft"
)

// The states of a clause's text.
const (
	bracketed = "bracketed"
	clean     = "clean"
)

// form is how an alternative is written. Akoma Ntoso is a tree, a draft a
// stream in which brackets span clauses at will.
type form uint8

const (
	within   form = iota // inside the words of one clause: an element around its words
	whole                // whole clauses: an hcontainer around them
	spanning             // anything else: an element at each of its marks
)

// The deepest nesting that is written as nesting. What is deeper is written by its marks.
const (
	deepest     = 60 // brackets
	deepestRank = 6  // lists
)

// writer is a document in the making.
type writer struct {
	markup
	doc     Document
	t       *draft.Text
	seats   []seat
	left    []string          // per piece: its characters, but for the white space that is said elsewhere
	opens   []int             // per piece: the alternative that it opens; -1 for none
	form    []form            // per alternative
	starts  [][]int           // per clause: the whole alternatives that begin with it, outermost first
	stops   [][]int           // per clause: those that end with it, innermost first
	last    []int             // per whole alternative: its last clause
	at      []int             // per clause: its first piece that is not written yet
	end     []int             // per clause: the piece behind its words; the marks of whole alternatives follow
	names   []string          // per alternative: its id
	labels  []int             // per clause: the piece that is its label, heading marks apart; -1 for none
	body    int               // the first clause of the body
	notes   map[string]string // ids of notes, by their marks
	unique  ids
	numbers bool     // the number of a clause or the mark of an option is being written
	parent  []string // ids of the elements around
	named   []string // per clause: its eId, once written
}

func newWriter(d Document) *writer {
	t := d.Text
	w := &writer{
		doc: d, t: t, seats: seatsOf(&d), unique: ids{}, notes: map[string]string{},
		left: make([]string, len(t.Pieces)), opens: make([]int, len(t.Pieces)),
		form: make([]form, len(t.Alternatives)), last: make([]int, len(t.Alternatives)), names: make([]string, len(t.Alternatives)),
		starts: make([][]int, len(t.Clauses)), stops: make([][]int, len(t.Clauses)),
		at: make([]int, len(t.Clauses)), end: make([]int, len(t.Clauses)), named: make([]string, len(t.Clauses)),
	}
	for i := range t.Pieces {
		w.left[i], w.opens[i] = t.Pieces[i].Src, -1
	}
	w.labels = make([]int, len(t.Clauses))
	for i, c := range t.Clauses {
		w.at[i], w.end[i], w.labels[i] = c.First, c.Last, w.label(i)
	}
	_, w.body = w.parts()
	for a := range t.Alternatives {
		w.names[a] = w.unique.unique("alt_" + strconv.Itoa(a+1))
		if first := t.Alternatives[a].First; first < t.Alternatives[a].Last {
			w.opens[first] = a
		}
	}
	for i := range t.Clauses {
		if marker, _ := w.definition(i); marker != "" {
			if _, twice := w.notes[marker]; !twice {
				w.notes[marker] = w.unique.unique("note_" + safe(marker))
			}
		}
	}
	for _, s := range []string{"author", bracketed, clean} {
		w.unique.unique(s)
	}
	for _, s := range w.seats {
		w.unique.unique(seatID(s))
	}
	for a := range t.Alternatives {
		w.settle(a)
	}
	w.nameClauses()
	return w
}

// settle decides the form of an alternative. Those around it are settled.
func (w *writer) settle(a int) {
	alt := &w.t.Alternatives[a]
	if alt.First >= alt.Last {
		return
	}
	first, last := w.t.Pieces[alt.First].Clause, w.t.Pieces[alt.Last-1].Clause
	w.form[a] = spanning
	if w.t.Brackets[alt.Bracket].Depth > deepest || first < 0 {
		return
	}
	switch {
	case w.isWhole(a, first, last):
		w.form[a], w.last[a] = whole, last
		w.starts[first] = append(w.starts[first], a)
		w.stops[last] = append([]int{a}, w.stops[last]...)
		if w.t.Pieces[alt.Last-1].Kind == draft.Close {
			w.end[last] = min(w.end[last], alt.Last-1)
		}
	case first == last:
		w.form[a] = within
	}
}

// isWhole tells whether an alternative holds whole clauses, from the first's
// beginning to the last's end.
func (w *writer) isWhole(a, first, last int) bool {
	alt, br := &w.t.Alternatives[a], &w.t.Brackets[w.t.Alternatives[a].Bracket]
	if br.Within >= 0 && w.form[br.Within] == spanning && w.t.Pieces[w.t.Alternatives[br.Within].First].Clause == first {
		return false
	}
	if !br.Options && (len(br.Alternatives) > 1 || first == last && w.labels[first] < 0) || first < w.body {
		return false
	}
	for i := w.t.Clauses[first].First; i < alt.First; i++ {
		if !w.markOfWhole(i) && strings.TrimSpace(w.t.Pieces[i].Src) != "" {
			return false
		}
	}
	for i := alt.Last; i < w.t.Clauses[last].Last; i++ {
		p := &w.t.Pieces[i]
		if !(p.Kind == draft.Close && w.markOfWhole(i)) && strings.TrimSpace(p.Src) != "" {
			return false
		}
	}
	if l := w.labels[first]; l >= 0 && l < alt.First {
		return false
	}
	marker, _ := w.definition(first)
	return marker == "" && !w.climbs(first, last)
}

// climbs tells whether clauses from first to last hold a heading that ends the
// section in which the first stands.
func (w *writer) climbs(first, last int) bool {
	above := 0
	if s := w.t.Clauses[first].Section; s >= 0 && !w.t.Clauses[first].IsHeading() {
		above = w.t.Clauses[s].Level
	}
	for i := first; i <= last; i++ {
		if l := w.t.Clauses[i].Level; l > 0 && l <= above {
			return true
		}
	}
	return false
}

// markOfWhole tells whether a piece is a mark of an alternative that is
// written around whole clauses.
func (w *writer) markOfWhole(i int) bool {
	p := &w.t.Pieces[i]
	if p.Within < 0 || w.form[p.Within] != whole {
		return false
	}
	switch p.Kind {
	case draft.Open, draft.Close, draft.Holders, draft.Option:
		return true
	}
	return false
}

// label gives the piece that is the label of a clause, heading marks apart; -1
// for none.
func (w *writer) label(clause int) int {
	c := &w.t.Clauses[clause]
	for i := c.First; i < c.Last; i++ {
		if p := &w.t.Pieces[i]; p.Kind == draft.Label && !strings.HasPrefix(p.Src, "#") {
			return i
		}
	}
	return -1
}

// nameClauses gives the clauses that have permanent ids their eIds, before
// anything is named for its place.
func (w *writer) nameClauses() {
	for i := range w.t.Clauses {
		if w.doc.Clauses != nil && w.doc.Clauses[i] != "" {
			w.named[i] = w.unique.unique("cl_" + safe(w.doc.Clauses[i]))
		}
	}
}

// name gives the eId of a clause: of its permanent id, else of its place.
func (w *writer) name(clause int, element, kind string) string {
	if w.named[clause] != "" {
		return w.named[clause]
	}
	c := &w.t.Clauses[clause]
	abbreviated := short[element]
	if kind != "" {
		abbreviated = kind
	}
	number := slug(c.Label)
	if number == "" {
		number = strconv.Itoa(clause + 1)
	}
	id := abbreviated + "_" + number
	if n := len(w.parent); n > 0 {
		id = w.parent[n-1] + "__" + id
	}
	w.named[clause] = w.unique.unique(id)
	return w.named[clause]
}

// inside runs do with an element's id as the parent of those within it.
func (w *writer) inside(id string, do func()) {
	w.parent = append(w.parent, id)
	do()
	w.parent = w.parent[:len(w.parent)-1]
}

// content writes the text: what stands before the preamble, the preamble, the
// body.
func (w *writer) content() {
	preamble, body := w.parts()
	w.preface(0, preamble)
	w.blocks("preamble", preamble, body)
	w.open("body", attr{name: "xml:space", value: "preserve"})
	w.line()
	if body == len(w.t.Clauses) {
		w.empty("hcontainer", attr{name: "name", value: "empty"}, attr{name: "eId", value: w.unique.unique("empty")})
		w.line()
	}
	w.hierarchy(body, len(w.t.Clauses))
	w.close("body")
	w.line()
}

// parts tells where the preamble begins and where the body does. There is a
// preamble where a heading says so, and what stands above it are headings and
// unnumbered lines.
func (w *writer) parts() (preamble, body int) {
	for i, c := range w.t.Clauses {
		switch {
		case c.IsHeading() && strings.EqualFold(strings.TrimSpace(c.Label+c.Heading), "preamble"):
			body = i + 1
			for body < len(w.t.Clauses) && !w.t.Clauses[body].IsHeading() {
				body++
			}
			if body == len(w.t.Clauses) {
				return 0, 0
			}
			return i, body
		case c.Label != "":
			return 0, 0
		}
	}
	return 0, 0
}

// preface writes the title, and what stands above the preamble.
func (w *writer) preface(first, last int) {
	if w.doc.title() == "" && first == last {
		return
	}
	w.open("preface", attr{name: "xml:space", value: "preserve"})
	w.line()
	if title := w.doc.title(); title != "" {
		w.open("longTitle", attr{name: "par:from", value: "front"})
		w.open("p")
		w.open("docTitle")
		w.markup.words(xmlOnly(title))
		w.close("docTitle")
		w.close("p")
		w.close("longTitle")
		w.line()
	}
	for i := first; i < last; i++ {
		w.container(i)
	}
	w.close("preface")
	w.line()
}

// blocks writes clauses that stand outside of the body.
func (w *writer) blocks(name string, first, last int) {
	if first == last {
		return
	}
	w.open(name, attr{name: "xml:space", value: "preserve"})
	w.line()
	for i := first; i < last; i++ {
		w.container(i)
	}
	w.close(name)
	w.line()
}

// hierarchy writes clauses, with what stands in each of them.
func (w *writer) hierarchy(first, last int) {
	for i := first; i < last; {
		switch {
		case len(w.starts[i]) > 0:
			i = w.whole(i)
		case w.t.Clauses[i].IsHeading():
			end := i + 1
			for end < last && (!w.t.Clauses[end].IsHeading() || w.t.Clauses[end].Level > w.t.Clauses[i].Level) {
				end++
			}
			w.clause(i, end, 0)
			i = end
		default:
			i = w.list(i, last, 0)
		}
	}
}

// list writes a clause with those that stand in its list, and gives the one
// after them.
func (w *writer) list(i, last, rank int) int {
	own, end := w.rank(i), i+1
	for end < last && rank < deepestRank && !w.t.Clauses[end].IsHeading() && w.rank(end) > own && len(w.starts[end]) == 0 {
		end++
	}
	w.clause(i, end, rank)
	return end
}

// rank tells how deep in lists a clause stands, by its label and indentation.
func (w *writer) rank(i int) int {
	c := &w.t.Clauses[i]
	rank := 0
	if l := w.labels[i]; l >= 0 && (strings.HasPrefix(c.Label, "(") || c.Label == "") {
		rank = 1
	}
	return max(rank, c.Indent)
}

// whole writes the outermost alternative that begins with a clause around the
// clauses that it holds, and gives the one after them.
func (w *writer) whole(first int) int {
	a := w.starts[first][0]
	w.starts[first] = w.starts[first][1:]
	alt := &w.t.Alternatives[a]
	last, kind, usual := w.last[a], "bracket", ""
	if w.t.Brackets[alt.Bracket].Options {
		kind, usual = "option", " "
	}
	at := alt.First
	before := w.space(w.at[first], at)
	for at++; at < alt.Last && w.t.Pieces[at].Within == a && (w.t.Pieces[at].Kind == draft.Holders || w.t.Pieces[at].Kind == draft.Option); at++ {
	}
	w.at[first] = at
	attrs := append([]attr{{name: "name", value: kind}, {name: "eId", value: w.names[a]}}, w.said(a)...)
	attrs = append(attrs, attr{name: "par:before", value: coded(before)})
	bare := len(w.starts[first]) == 0 && w.bare(first)
	mark := at
	if bare {
		attrs = append(attrs, w.permanent(first)...)
		mark, w.named[first] = w.end[first], w.names[a]
	}
	w.open("hcontainer", attrs...)
	w.line()
	w.block("num", alt.First, mark, usual)
	next := first
	if bare {
		next++
	}
	w.inside(w.names[a], func() { w.hierarchy(next, last+1) })
	if close := alt.Last - 1; w.t.Pieces[close].Kind == draft.Close {
		end := w.t.Clauses[last].Last
		if i := w.following(a, last); i >= 0 {
			end = w.t.Alternatives[i].Last - 1
		}
		w.open("wrapUp")
		w.block("p", close, end, paragraphEnd)
		w.close("wrapUp")
		w.line()
	}
	w.close("hcontainer")
	w.line()
	return last + 1
}

// following gives the alternative whose closing mark comes after that of a, at
// the end of the same clause; -1 for none.
func (w *writer) following(a, last int) int {
	after := false
	for _, other := range w.stops[last] {
		if after && w.t.Pieces[w.t.Alternatives[other].Last-1].Kind == draft.Close {
			return other
		}
		after = after || other == a
	}
	return -1
}

// bare tells whether nothing of a clause is left but white space.
func (w *writer) bare(clause int) bool {
	for i := w.at[clause]; i < w.end[clause]; i++ {
		if strings.TrimSpace(w.left[i]) != "" {
			return false
		}
	}
	return true
}

// space gives pieces that are white space.
func (w *writer) space(first, last int) string {
	return strings.Join(w.left[first:last], "")
}
