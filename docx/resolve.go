package docx

import (
	"slices"
	"strings"
)

// Line is a plain paragraph: one in which nothing is tracked any more.
type Line struct {
	Label   string   // automatic numbering, counted among the paragraphs that are left
	Bullet  bool     // its label is a bullet
	Heading int      // level from 1; 0 for none
	Indent  int      // from the margin, in twentieths of a point
	Table   int      // 1 + the index of the outermost table that it stands in; 0 for none
	Row     int      // of that table, from 0, counted among the rows that are left
	Cell    int      // of that row, from 0
	Boxed   bool     // it stands in a text box
	Runs    []Run    // hidden ones are left out
	Anchors []string // as of Paragraph

	number  numbering
	nested  int      // steps of indentation by its style or list
	inset   int      // blanks by which it is set in more or less than these
	mark    []Change // of its end, where nothing was resolved
	authors []string // of the accepted changes in it
}

// Words gives the words of a line, without its label.
func (l Line) Words() string {
	var out strings.Builder
	for _, r := range l.Runs {
		out.WriteString(r.Text)
	}
	return out.String()
}

// Print gives the line as a word processor prints it: its label, then its words.
func (l Line) Print() string {
	if words := l.Words(); l.Label != "" {
		return strings.TrimRight(l.Label+" "+words, " ")
	} else {
		return words
	}
}

// Accepted gives the plain paragraphs that are there once all tracked changes are
// accepted; with authors: those of these authors accepted, all others rejected.
func (d *Document) Accepted(authors ...string) []string {
	return printed(d.Resolve(func(c Change) bool { return len(authors) == 0 || slices.Contains(authors, c.Author) }))
}

// Rejected gives the plain paragraphs that are there once all tracked changes are
// rejected; with authors: those of these authors rejected, all others accepted.
func (d *Document) Rejected(authors ...string) []string {
	return printed(d.Resolve(func(c Change) bool { return len(authors) > 0 && !slices.Contains(authors, c.Author) }))
}

func printed(lines []Line) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.Print()
	}
	return out
}

// Authors lists who made tracked changes, in the order of their first.
func (d *Document) Authors() []string {
	var out []string
	note := func(changes []Change) {
		for _, c := range changes {
			if c.Kind != Format && !slices.Contains(out, c.Author) {
				out = append(out, c.Author)
			}
		}
	}
	eachChange(d.Blocks, note)
	for _, n := range d.Notes {
		eachChange(n.Blocks, note)
	}
	return out
}

func eachChange(blocks []Block, do func([]Change)) {
	for _, b := range blocks {
		if p := b.Paragraph; p != nil {
			for _, r := range p.Runs {
				do(r.Changes)
			}
			do(p.Mark)
		}
		if b.Table == nil {
			continue
		}
		for _, row := range b.Table.Rows {
			do(row.Changes)
			for _, cell := range row.Cells {
				do(cell.Changes)
				eachChange(cell.Blocks, do)
			}
		}
	}
}

// Resolve gives the plain paragraphs, in order, with each tracked change accepted
// or rejected as it is asked.
//
// A paragraph whose end is gone joins the next one, which keeps its number and
// style, as in word processors: unless one of the two is empty, when the other's
// are kept. An empty paragraph that is left is a line without words.
func (d *Document) Resolve(accept func(Change) bool) []Line {
	s := resolver{accept: accept}
	s.blocks(d.Blocks, place{})
	s.flush()
	return d.number(s.out)
}

// Noted gives the plain paragraphs of a note or a comment.
func (d *Document) Noted(blocks []Block, accept func(Change) bool) []Line {
	s := resolver{accept: accept}
	s.blocks(blocks, place{})
	s.flush()
	return s.out
}

// number counts the lines that are left.
func (d *Document) number(lines []Line) []Line {
	c := d.lists.counter(func(string) {})
	for i := range lines {
		lines[i].Label, lines[i].Bullet = c.next(lines[i].number)
	}
	return lines
}

// resolver makes lines.
type resolver struct {
	accept func(Change) bool
	all    bool // nothing is resolved: all words stay, with their changes
	out    []Line
	held   *Line // a paragraph whose end is gone, waiting for the next
	tables int
}

// place is where in a table blocks stand; table 0 for nowhere.
type place struct{ table, row, cell int }

// stays tells whether what some changes cover is there in the end.
func (s *resolver) stays(changes []Change) bool {
	for _, c := range changes {
		if s.all {
			break
		}
		if yes := s.accept(c); c.adds() && !yes || c.takes() && yes {
			return false
		}
	}
	return true
}

func (s *resolver) blocks(blocks []Block, at place) {
	for _, b := range blocks {
		if b.Paragraph != nil {
			s.paragraph(b.Paragraph, at)
			continue
		}
		s.flush()
		inner := at
		if at.table == 0 {
			s.tables++
			inner = place{table: s.tables}
		}
		row := 0
		for _, r := range b.Table.Rows {
			if !s.stays(r.Changes) {
				continue
			}
			cell := 0
			for _, c := range r.Cells {
				if !s.stays(c.Changes) {
					continue
				}
				if at.table == 0 {
					inner.row, inner.cell = row, cell
				}
				s.blocks(c.Blocks, inner)
				s.flush()
				cell++
			}
			row++
		}
	}
}

func (s *resolver) paragraph(p *Paragraph, at place) {
	l := Line{
		Heading: p.Heading, Indent: p.Indent, Boxed: p.Boxed, Anchors: p.Anchors, number: p.number,
		Table: at.table, Row: at.row, Cell: at.cell, nested: nesting(p), mark: p.Mark,
	}
	if base, deep := insetBase(p.Style); deep >= 0 {
		if l.inset = (p.Indent-base+2*insetStep+insetStep/2)/insetStep - 2; abs(l.inset) > 2 || p.Indent < base-2*insetStep {
			l.inset = 0
		}
	}
	by := func(changes []Change) {
		for _, c := range changes {
			if c.Kind != Format && s.accept(c) && !slices.Contains(l.authors, c.Author) {
				l.authors = append(l.authors, c.Author)
			}
		}
	}
	by(p.Mark)
	for _, r := range p.Runs {
		by(r.Changes)
		if !r.Hidden && s.stays(r.Changes) {
			l.Runs = append(l.Runs, r)
		}
	}
	if h := s.held; h != nil {
		s.held = nil
		l = join(*h, l)
	}
	if s.stays(p.Mark) {
		s.out = append(s.out, l)
	} else {
		s.held = &l
	}
}

// nesting gives how many steps a paragraph is set in.
func nesting(p *Paragraph) int {
	for _, name := range []string{"Clause ", "Passage "} { // the styles of what Paraph gives out
		if n, found := strings.CutPrefix(p.Style, name); found && len(n) == 1 && n[0] >= '2' && n[0] <= '9' {
			return int(n[0] - '1')
		}
	}
	if p.Heading == 0 && p.number.list != "" {
		return p.number.level
	}
	return 0
}

// join puts two paragraphs together.
func join(first, second Line) Line {
	l := second
	if len(second.Runs) == 0 && len(first.Runs) > 0 {
		l = first
	}
	l.Runs = append(slices.Clip(first.Runs), second.Runs...)
	for _, a := range append(slices.Clone(first.Anchors), second.Anchors...) {
		if !slices.Contains(l.Anchors, a) {
			l.Anchors = append(slices.Clip(l.Anchors), a)
		}
	}
	for _, a := range append(slices.Clone(first.authors), second.authors...) {
		if !slices.Contains(l.authors, a) {
			l.authors = append(slices.Clip(l.authors), a)
		}
	}
	return l
}

// flush ends a paragraph that nothing follows: its end cannot go. One without
// words goes all the same.
func (s *resolver) flush() {
	if s.held != nil && len(s.held.Runs) > 0 {
		s.out = append(s.out, *s.held)
	}
	s.held = nil
}
