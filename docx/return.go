package docx

import (
	"cmp"
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

// byAnchors takes what the anchors say, where the words do not speak against it.
func (m *trip) byAnchors() {
	clauseOf := map[string]int{}
	for _, a := range m.doc.Origin.Anchors {
		id := a.Clause
		if id == "" { // of a text whose clauses have no ids: their running number
			id = strings.TrimPrefix(a.Name, anchorPrefix)
		}
		if at, known := m.byID[id]; known {
			clauseOf[a.Name] = at
		}
	}
	holds := make([][]int, len(m.given)) // per clause: the lines that its anchor reaches into
	named := make([][]int, len(m.lines))
	for i, l := range m.sources {
		for _, name := range l.Anchors {
			at, known := clauseOf[name]
			if !known {
				at, known = m.byID[clauseIn(name)]
			}
			if known && !slices.Contains(named[i], at) {
				holds[at] = append(holds[at], i)
				named[i] = append(named[i], at)
			}
		}
	}
	same := m.equals()
	for g, lines := range holds {
		best, likest := -1, -1.0
		for _, i := range lines {
			if l := likeness(m.given[g], m.lines[i]); l > likest && m.byLine[i] < 0 {
				best, likest = i, l
			}
		}
		if best < 0 || m.given[g].empty() {
			continue
		}
		other, isOther := same[m.lines[best].text()]
		switch {
		case isOther && other != g && likest < 1: // the words of another clause stand under this anchor
		case len(named[best]) > 1 && !m.foremost(g, named[best], best):
		case likest >= anchored || len(lines) == 1 && len(named[best]) == 1 && likest >= perhaps:
			m.pair(best, g)
			m.anchored++
		}
	}
	for i, clauses := range named {
		if g := m.byLine[i]; g >= 0 && len(clauses) > 1 {
			m.mergedInto(i, g, clauses)
		}
	}
}

// foremost tells whether a clause is the likest of those whose anchors reach into
// a line, and of equally like ones the first.
func (m *trip) foremost(g int, clauses []int, line int) bool {
	own := likeness(m.given[g], m.lines[line])
	for _, o := range clauses {
		if l := likeness(m.given[o], m.lines[line]); l > own || l == own && o < g {
			return false
		}
	}
	return true
}

// mergedInto finds clauses whose words now stand in the line of another one.
func (m *trip) mergedInto(line, g int, clauses []int) {
	for _, o := range clauses {
		if o != g && m.byGiven[o] < 0 && contained(m.given[o], m.lines[line]) >= 0.6 {
			m.merged[o] = true
		}
	}
}

// equals gives the clauses whose words no other clause has, by their words.
func (m *trip) equals() map[string]int {
	out, twice := map[string]int{}, map[string]bool{}
	for i, g := range m.given {
		text := g.text()
		if _, there := out[text]; there || twice[text] {
			twice[text] = true
			delete(out, text)
			continue
		}
		if !g.empty() {
			out[text] = i
		}
	}
	return out
}

// byEquality pairs lines and clauses that say the same: in order as far as that
// goes, then those that are the only ones.
func (m *trip) byEquality() {
	var old, new []int // those left, in order
	for g := range m.given {
		if m.byGiven[g] < 0 && !m.given[g].empty() {
			old = append(old, g)
		}
	}
	for i := range m.lines {
		if m.byLine[i] < 0 {
			new = append(new, i)
		}
	}
	ids := map[string]int{}
	number := func(text string) int {
		if _, there := ids[text]; !there {
			ids[text] = len(ids)
		}
		return ids[text]
	}
	var a, b []int
	for _, g := range old {
		a = append(a, number(m.given[g].text()))
	}
	for _, i := range new {
		b = append(b, number(m.lines[i].text()))
	}
	for _, p := range commonInOrder(a, b) {
		m.pair(new[p[1]], old[p[0]])
	}
	left := map[string][]int{}
	for _, g := range old {
		if m.byGiven[g] < 0 {
			left[m.given[g].text()] = append(left[m.given[g].text()], g)
		}
	}
	for _, i := range new {
		if m.byLine[i] < 0 {
			if found := left[m.lines[i].text()]; len(found) > 0 {
				m.pair(i, found[0])
				left[m.lines[i].text()] = found[1:]
			}
		}
	}
}

// byLikeness pairs what is left: the likest first, where nothing else is nearly
// as like; what is not so clear is asked.
func (m *trip) byLikeness() {
	type candidate struct {
		line, clause int
		like         float64
	}
	var all []candidate
	byLine, byClause := map[int][]candidate{}, map[int][]candidate{}
	for _, c := range m.sharing() {
		line, clause := c[0], c[1]
		like := likeness(m.given[clause], m.lines[line])
		if like >= perhaps && m.between(line, clause) {
			like += (1 - like) * inPlace
		}
		if like >= perhaps {
			all = append(all, candidate{line, clause, like})
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.like, a.like), a.line-b.line, a.clause-b.clause)
	})
	for _, c := range all {
		byLine[c.line] = append(byLine[c.line], c)
		byClause[c.clause] = append(byClause[c.clause], c)
	}
	rival := func(c candidate) bool {
		for _, o := range append(slices.Clone(byLine[c.line]), byClause[c.clause]...) {
			if o != c && c.like-o.like < nearly && m.byLine[o.line] < 0 && m.byGiven[o.clause] < 0 {
				return true
			}
		}
		return false
	}
	for _, c := range all {
		if m.byLine[c.line] < 0 && m.byGiven[c.clause] < 0 && c.like >= surely && !rival(c) {
			m.pair(c.line, c.clause)
		}
	}
	for i := range m.lines {
		if m.byLine[i] >= 0 {
			continue
		}
		d := doubtful{line: i, what: "It is not clear which clause this is."}
		for _, c := range byLine[i] {
			if m.byGiven[c.clause] < 0 && len(d.clauses) < 3 {
				d.clauses = append(d.clauses, c.clause)
				m.spared[c.clause] = true
			}
		}
		if len(d.clauses) == 1 {
			d.what = "Is this the clause in other words, or a new one?"
		}
		if len(d.clauses) > 0 {
			m.doubtful = append(m.doubtful, d)
		}
	}
}

// inPlace is what it counts that a line stands between the same neighbours as a
// clause.
const inPlace = 0.25

// between tells whether a line and a clause stand between the same neighbours.
func (m *trip) between(line, clause int) bool {
	before := func() bool {
		i, g := line-1, clause-1
		for i >= 0 && m.byLine[i] < 0 {
			i--
		}
		for g >= 0 && m.byGiven[g] < 0 {
			g--
		}
		return i < 0 && g < 0 || i >= 0 && m.byLine[i] == g
	}
	after := func() bool {
		i, g := line+1, clause+1
		for i < len(m.lines) && m.byLine[i] < 0 {
			i++
		}
		for g < len(m.given) && m.byGiven[g] < 0 {
			g++
		}
		return i == len(m.lines) && g == len(m.given) || i < len(m.lines) && m.byLine[i] == g
	}
	return before() && after()
}

// sharing gives the lines and clauses that are left and have neighbouring words
// in common, or are the only ones in their place.
func (m *trip) sharing() [][2]int {
	has := map[string][]int{} // clauses, by two neighbouring words
	for g, w := range m.given {
		if m.byGiven[g] < 0 && !m.merged[g] {
			for _, p := range w.neighbours {
				has[p] = append(has[p], g)
			}
		}
	}
	var out [][2]int
	for i, w := range m.lines {
		if m.byLine[i] >= 0 {
			continue
		}
		common := map[int]int{}
		for _, p := range w.neighbours {
			if found := has[p]; len(found) <= 50 {
				for _, g := range found {
					common[g]++
				}
			}
		}
		for g := range common {
			out = append(out, [2]int{i, g})
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
	return out
}

// clauseIn gives the id of a clause that is in the name of its bookmark: after the
// running number, with every byte but letters and digits as "_" and two
// hexadecimal digits; when there is none, the running number.
func clauseIn(name string) string {
	number, id, found := strings.Cut(strings.TrimPrefix(name, anchorPrefix), "_")
	if !found {
		return number
	}
	var out strings.Builder
	for i := 0; i < len(id); i++ {
		if id[i] != '_' {
			out.WriteByte(id[i])
			continue
		}
		if i+2 >= len(id) {
			return ""
		}
		b, ok := hexByte(id[i+1], id[i+2])
		if !ok {
			return ""
		}
		out.WriteByte(b)
		i += 2
	}
	return out.String()
}

func hexByte(high, low byte) (byte, bool) {
	const digits = "0123456789abcdef"
	h, l := strings.IndexByte(digits, high|0x20), strings.IndexByte(digits, low|0x20)
	if high < 'A' {
		h = strings.IndexByte(digits, high)
	}
	if low < 'A' {
		l = strings.IndexByte(digits, low)
	}
	return byte(h<<4 | l&15), h >= 0 && l >= 0
}
