package docx

import (
	"slices"
	"strings"

	"paraph/record"
)

// Given is one clause as it was given out.
type Given struct {
	Clause string // permanent id
	Source string // as written, with its label
}

// EditKind tells what was done to a clause.
type EditKind string

// The kinds of edits: those of proposals.
const (
	Amended  EditKind = "amend"
	Inserted EditKind = "insert"
	Deleted  EditKind = "delete"
	Moved    EditKind = "move"
)

// Edit is what a document does to one clause of a text that was given out.
type Edit struct {
	Kind     EditKind `json:"kind"`
	Clause   string   `json:"clause,omitempty"`   // id of what is amended, deleted, moved
	After    string   `json:"after,omitempty"`    // id of what it is inserted or moved after; empty: at the beginning
	Old      string   `json:"old,omitempty"`      // the clause as it was given out
	New      string   `json:"new,omitempty"`      // of amended and inserted: the full clause, with its label
	Likeness float64  `json:"likeness,omitempty"` // of the two wordings, from 0 to 1
	Authors  []string `json:"authors,omitempty"`  // of the tracked changes in it, as the file says
}

// Question is a place where a document can mean several things. None of its
// answers is among the edits.
type Question struct {
	What    string `json:"what"`    // in words
	Words   string `json:"words"`   // what stands in the document
	Answers []Edit `json:"answers"` // the likeliest first; that nothing is meant is an answer too
}

// Returned is what became of a text on its trip.
type Returned struct {
	Edits     []Edit     `json:"edits"` // in the order of the document, deletions where the clauses stood
	Questions []Question `json:"questions,omitempty"`
	Unchanged int        `json:"unchanged"`         // clauses that stand as they were given out
	Anchored  int        `json:"anchored"`          // clauses that were found by their anchors
	Remarks   []Doubt    `json:"remarks,omitempty"` // what is in the document beside the clauses
	Unread    []Unread   `json:"unread,omitempty"`  // as of Document
	Authors   []string   `json:"authors,omitempty"` // of tracked changes, as the file says
}

// How like two wordings must be, by Dice's coefficient of their neighbouring
// words.
const (
	surely   = 0.5  // the same clause, if no other is nearly as like
	perhaps  = 0.2  // below it, not the same clause
	nearly   = 0.12 // two likenesses this close do not decide
	anchored = 0.3  // with an anchor that says so
)

// Return tells what a document does to a text that was given out: clause by
// clause, whether its changes are tracked or not. All tracked changes are taken as
// meant; with authors, those of these authors alone.
//
// Clauses are found by their anchors, which are checked by likeness, and without
// anchors by their words and order. What can be several things is asked. White
// space, the form of quotation marks, emphasis and numbers are nobody's edit:
// word processors change them by themselves.
func Return(given []Given, seats []record.Seat, d *Document, authors ...string) Returned {
	accept := func(c Change) bool { return len(authors) == 0 || slices.Contains(authors, c.Author) }
	m := &trip{doc: d, accept: accept, byID: map[string]int{}, noteLine: map[int]int{}}
	for _, g := range given {
		m.byID[g.Clause] = len(m.given)
		m.given = append(m.given, wordingOf(g.Source, seats))
		m.noteMarks = append(m.noteMarks, noteMarkOf(g.Source, seats))
	}
	m.read()
	for i, line := range m.noteLine {
		if g, given := m.noteOf[i]; given {
			m.pair(line, g)
		}
	}
	m.byAnchors()
	m.byEquality()
	m.byLikeness()
	out := Returned{Edits: []Edit{}, Unread: d.Unread, Authors: d.Authors()}
	m.tell(given, &out)
	return out
}

// trip is a text and its return, being matched.
type trip struct {
	doc      *Document
	accept   func(Change) bool
	given    []wording
	byID     map[string]int
	lines    []wording // paragraphs that say something
	sources  []Line    // of lines
	byLine   []int     // per line: the clause it is; -1 for none
	byGiven  []int     // per clause: the line it is; -1 for none
	doubtful []doubtful
	spared   []bool // per clause: it is an answer to a question, so not deleted
	merged   []bool // per clause: its words stand in the line of another one now
	anchored int

	noteMarks []string    // per clause: the mark of the note that it says; empty for none
	noteOf    map[int]int // per note of the document: the clause that said it
	noteLine  map[int]int // per note of the document: the line that says it now
}

// doubtful is a line that may be several clauses.
type doubtful struct {
	line    int
	clauses []int
	what    string
}

// read makes the wordings of the document's paragraphs.
func (m *trip) read() {
	w := textWriter{doc: m.doc, noted: map[int]bool{}, markers: m.doc.markers(nil)}
	m.readNotes(&w)
	w.noted = map[int]bool{}
	for _, l := range m.doc.Resolve(m.accept) {
		source := w.line(evened(l))
		if words := wordingOf(source, nil); len(words.keys) > 0 {
			m.lines, m.sources = append(m.lines, words), append(m.sources, l)
		}
	}
	m.addNotes(&w)
	m.byLine, m.byGiven = unset(len(m.lines)), unset(len(m.given))
	m.spared, m.merged = make([]bool, len(m.given)), make([]bool, len(m.given))
}

// evened takes emphasis from a line that is emphasised throughout: a paragraph that
// is put after an emphasised one looks like it, which nobody meant.
func evened(l Line) Line {
	for _, r := range l.Runs {
		if strings.TrimSpace(r.Text) != "" && (r.strong != l.Runs[0].strong || r.slant != l.Runs[0].slant) {
			return l
		}
	}
	l.Runs = slices.Clone(l.Runs)
	for i := range l.Runs {
		l.Runs[i].strong, l.Runs[i].slant = false, false
	}
	return l
}

func unset(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	return out
}

func (m *trip) pair(line, clause int) { m.byLine[line], m.byGiven[clause] = clause, line }
