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
