package docx

import (
	"fmt"
	"slices"
	"strings"

	"paraph/draft"
	"paraph/record"
)

// TextChanges says what becomes of tracked changes in a text.
type TextChanges int

// What becomes of tracked changes.
const (
	ChangesAccepted TextChanges = iota
	ChangesRejected
	ChangesInBrackets // each place where authors differ is one bracket: what was there, and what each of them would have
)

// TextOptions choose how a document is read as a text. The zero value accepts all
// tracked changes and takes bold and struck-out words as they are.
type TextOptions struct {
	Changes TextChanges
	Marks   bool                   // struck-out words are read as deleted, bold ones as inserted, by nobody in particular
	Seats   map[string]record.Seat // what the authors of tracked changes are called; by default as they call themselves
}

// Doubt is a place where a document can be read in two ways, or says more than
// its text does.
type Doubt struct {
	Place string `json:"place,omitempty"` // the beginning of its paragraph
	What  string `json:"what"`            // in words
}

// Text gives the document as the source of a draft (see package draft), and what
// is doubtful in it: brackets as they stand, headings, numbers as they are
// printed, emphasis as in Markdown, rows of tables as lines "| a | b |",
// footnotes as "[^1]" with the notes at the end.
func (d *Document) Text(o TextOptions) (string, []Doubt) {
	w := textWriter{doc: d, options: o}
	lines := w.lines()
	w.table(lines)
	for i := range d.Notes {
		if w.noted[i] {
			w.out.WriteString("\n" + w.said(i) + "\n")
		}
	}
	w.remarks()
	return w.front() + strings.TrimLeft(w.out.String(), "\n"), w.doubts
}

// textWriter is a text in the making.
type textWriter struct {
	doc     *Document
	options TextOptions
	out     strings.Builder
	doubts  []Doubt
	noted   map[int]bool // notes whose mark was written
	markers []string     // of notes; empty for what is no note of the text
	seats   []record.Seat
}

func (w *textWriter) accept(Change) bool { return w.options.Changes != ChangesRejected }

func (w *textWriter) lines() []Line {
	w.noted, w.markers = map[int]bool{}, w.doc.markers(nil)
	if w.options.Changes == ChangesInBrackets {
		return w.doc.number(w.resolved(w.doc.Blocks))
	}
	return w.doc.Resolve(w.accept)
}

// resolved gives the paragraphs of some blocks, with their changes if these are to
// be written as brackets.
func (w *textWriter) resolved(blocks []Block) []Line {
	s := resolver{accept: w.accept, all: w.options.Changes == ChangesInBrackets}
	s.blocks(blocks, place{})
	s.flush()
	return s.out
}

// front declares the seats that brackets name.
func (w *textWriter) front() string {
	if len(w.seats) == 0 {
		return ""
	}
	names := make([]string, len(w.seats))
	for i, s := range w.seats {
		names[i] = string(s)
	}
	return "---\nseats: " + strings.Join(names, ", ") + "\n---\n\n"
}

// table writes lines, those of one row of a table on one line.
func (w *textWriter) table(lines []Line) {
	for i := 0; i < len(lines); {
		end := i + 1
		for lines[i].Table > 0 && end < len(lines) && lines[end].Table == lines[i].Table && lines[end].Row == lines[i].Row {
			end++
		}
		if lines[i].Table == 0 || lines[end-1].Cell == 0 { // what stands in the only cell of a row is a paragraph
			for ; i < end; i++ {
				if s := w.line(lines[i]); s != "" {
					w.out.WriteString("\n" + s + "\n")
				}
			}
			continue
		}
		if i == 0 || lines[i-1].Table != lines[i].Table {
			w.out.WriteString("\n")
		}
		w.row(lines[i:end])
		i = end
	}
}

func (w *textWriter) row(lines []Line) {
	cell := 0
	w.out.WriteString("|")
	for i, l := range lines {
		for ; cell < l.Cell; cell++ {
			w.out.WriteString(" |")
		}
		if i > 0 && lines[i-1].Cell == l.Cell {
			w.out.WriteString(" /")
		}
		l.Heading, l.nested, l.inset = 0, 0, 0
		if s := strings.Join(strings.Fields(w.line(l)), " "); s != "" {
			w.out.WriteString(" " + s)
		}
	}
	w.out.WriteString(" |\n")
}

// line writes one paragraph; empty when it says nothing.
func (w *textWriter) line(l Line) string {
	w.look(l)
	words := strings.TrimSpace(w.changed(w.marked(l), 0, l.Heading > 0))
	if words == "" && l.Label == "" {
		return ""
	}
	if l.Heading > 0 {
		return strings.Repeat("#", min(l.Heading, 6)) + " " + strings.TrimSpace(l.Label+" "+words)
	}
	label := l.Label
	switch {
	case l.Bullet:
		label = "-"
	case label == "" && strings.HasPrefix(words, "#"):
		words = `\` + words
	}
	indent := strings.Repeat(" ", max(0, 4*l.nested+l.inset))
	return indent + strings.TrimSpace(label+" "+strings.ReplaceAll(words, "\n", "\n"+indent))
}

// look notes what is doubtful in a paragraph.
func (w *textWriter) look(l Line) {
	for _, c := range l.mark {
		if w.options.Changes == ChangesInBrackets && len(l.Runs) > 0 && !covers(l.Runs, c) {
			what := "split this paragraph off from the next"
			if c.takes() {
				what = "joined this paragraph to the next"
			}
			w.doubt(l, fmt.Sprintf("%s %s: brackets cannot say that, so it stands by itself", authorOf(c), what))
		}
	}
	for i, r := range l.Runs {
		if r.Struck && !w.options.Marks && (i == 0 || !l.Runs[i-1].Struck) {
			w.doubt(l, fmt.Sprintf("%q is struck out by hand, and was read as words that stand", shortened(r.Text, 60)))
		}
	}
}

// covers tells whether all words of a paragraph are changed like its end.
func covers(runs []Run, end Change) bool {
	return !slices.ContainsFunc(runs, func(r Run) bool {
		return !slices.ContainsFunc(r.Changes, func(c Change) bool { return c.Author == end.Author && c.adds() == end.adds() })
	})
}

func authorOf(c Change) string {
	if c.Author == "" {
		return "somebody"
	}
	return shortened(c.Author, 60)
}

func (w *textWriter) doubt(l Line, what string) {
	at := Doubt{shortened(strings.TrimSpace(strings.Join(strings.Fields(l.Print()), " ")), 60), what}
	if !slices.Contains(w.doubts, at) {
		w.doubts = append(w.doubts, at)
	}
}

// remarks notes what stands around the words.
func (w *textWriter) remarks() {
	hidden := ""
	each(w.doc.Blocks, func(p *Paragraph) {
		for _, r := range p.Runs {
			if r.Hidden {
				hidden += r.Text
			}
		}
	})
	if hidden != "" {
		w.doubts = append(w.doubts, Doubt{What: fmt.Sprintf("hidden words were left out: %q", shortened(hidden, 200))})
	}
	for _, n := range w.doc.Notes {
		if n.remark() {
			words := strings.Join(printed(w.doc.Noted(n.Blocks, func(Change) bool { return true })), " ")
			w.doubts = append(w.doubts, Doubt{What: "a remark at the foot of a page, which is no part of the text: " + shortened(strings.TrimSpace(words), 200)})
		}
	}
	for _, c := range w.doc.Comments {
		words := strings.Join(printed(w.doc.Noted(c.Blocks, func(Change) bool { return true })), " ")
		w.doubts = append(w.doubts, Doubt{What: fmt.Sprintf("a comment by %s, which is no part of the text: %s", authorOf(Change{Author: c.Author}), shortened(words, 200))})
	}
	if t, err := draft.Parse(strings.TrimLeft(w.out.String(), "\n")); err == nil {
		for _, u := range t.Unbalanced {
			w.doubts = append(w.doubts, Doubt{What: fmt.Sprintf("line %d, column %d: a bracket without partner: %s", u.Line, u.Column, u.Assumed)})
		}
	}
}
