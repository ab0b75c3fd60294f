package docx

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"paraph/draft"
	"paraph/record"
)

// remarkStyle is the style of the paragraphs of a remark at the foot of a page, in
// what Paraph gives out.
const remarkStyle = "Remark text"

// remark tells whether a note is a seat's remark, which is no part of the text.
func (n Note) remark() bool {
	return len(n.Blocks) > 0 && n.Blocks[0].Paragraph != nil && n.Blocks[0].Paragraph.Style == remarkStyle
}

// written are the marks of notes that stand in a document as words.
var writtenMark = regexp.MustCompile(`\[\^([^\]\s]{1,40})\]`)

// markers gives the notes of the text their marks: those given, the others
// numbers in order that nothing else in the document has.
func (d *Document) markers(given map[int]string) []string {
	taken := map[string]bool{}
	each(d.Blocks, func(p *Paragraph) {
		for _, m := range writtenMark.FindAllStringSubmatch(wordsOf(p), -1) {
			taken[m[1]] = true
		}
	})
	for _, m := range given {
		taken[m] = true
	}
	out, next := make([]string, len(d.Notes)), 1
	for i, n := range d.Notes {
		if out[i] = given[i]; out[i] != "" || n.remark() {
			continue
		}
		for taken[strconv.Itoa(next)] {
			next++
		}
		out[i] = strconv.Itoa(next)
		next++
	}
	return out
}

func wordsOf(p *Paragraph) string {
	var b strings.Builder
	for _, r := range p.Runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

// said gives the clause that says a note: its mark, then its words.
func (w *textWriter) said(note int) string {
	var words []string
	for _, l := range w.resolved(w.doc.Notes[note].Blocks) {
		words = append(words, strings.TrimSpace(w.line(l)))
	}
	return strings.TrimRight("[^"+w.markers[note]+"]: "+strings.Join(words, " "), " ")
}

// noteMarkOf gives the mark of the note that a clause says; empty for none.
func noteMarkOf(source string, seats []record.Seat) string {
	t, err := draft.Parse(source, seats...)
	if err != nil || len(t.Clauses) != 1 {
		return ""
	}
	mark, says := noteSaid(t, 0)
	if !says {
		return ""
	}
	return strings.TrimSuffix(strings.TrimPrefix(mark, "[^"), "]")
}

// readNotes finds the notes of the document among those given out, by their words,
// whatever number they have now, and gives them their marks.
func (m *trip) readNotes(w *textWriter) {
	of := map[int]string{} // by note: the mark that was given out
	clause := map[int]int{}
	used := map[int]bool{}
	for _, least := range []float64{1, surely, perhaps} {
		for i := range m.doc.Notes {
			if m.doc.Notes[i].remark() || of[i] != "" {
				continue
			}
			own, best, likest := m.noteWords(w, i), -1, 0.0
			for g, mark := range m.noteMarks {
				if l := likeness(m.given[g], own.marked(mark)); mark != "" && !used[g] && l >= least && l > likest {
					best, likest = g, l
				}
			}
			if best >= 0 {
				of[i], clause[i], used[best] = m.noteMarks[best], best, true
			}
		}
	}
	w.markers = m.doc.markers(of)
	m.noteOf = clause
}

// noteWords gives the words of a note.
func (m *trip) noteWords(w *textWriter, note int) noteWords {
	var lines []string
	var authors []string
	for _, l := range m.doc.Noted(m.doc.Notes[note].Blocks, m.accept) {
		lines = append(lines, strings.TrimSpace(w.line(evened(l))))
		authors = append(authors, l.authors...)
	}
	slices.Sort(authors)
	return noteWords{strings.TrimSpace(strings.Join(lines, " ")), slices.Compact(authors)}
}

// noteWords are the words of a note, and who changed them.
type noteWords struct {
	words   string
	authors []string
}

// marked gives the note as the clause that says it.
func (n noteWords) marked(mark string) wording { return wordingOf("[^"+mark+"]: "+n.words, nil) }

// addNotes puts the notes that are marked in the text behind its lines, those that
// were given out in the order of their clauses.
func (m *trip) addNotes(w *textWriter) {
	var notes []int
	for i := range m.doc.Notes {
		if w.noted[i] {
			notes = append(notes, i)
		}
	}
	place := func(i int) int {
		if g, given := m.noteOf[i]; given {
			return g
		}
		return len(m.given) + i
	}
	slices.SortStableFunc(notes, func(a, b int) int { return place(a) - place(b) })
	for _, i := range notes {
		own := m.noteWords(w, i)
		m.noteLine[i] = len(m.lines)
		m.lines = append(m.lines, own.marked(w.markers[i]))
		m.sources = append(m.sources, Line{authors: own.authors})
	}
}
