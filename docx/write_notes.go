package docx

import (
	"strings"

	"paraph/draft"
)

// footnote is what stands at the foot of a page: a remark, or a note of the text.
type footnote struct {
	remark int // index into Remarks
	clause int // of the text, that says the note; -1 for a remark
}

// notesOf gives the notes that can stand at the foot of their page, by their marks
// as written: the clause that says each. They do where all notes of a text are
// numbered through from 1, by their marks and by the last clauses, which say them,
// and nothing is remarked on these. Else they stay words, which loses nothing.
func notesOf(t *draft.Text, spans []span) map[string]int {
	var marked []string
	first := len(t.Clauses)
	for i := range t.Clauses {
		marks := noteMarks(t, i)
		if _, says := noteSaid(t, i); says {
			first, marks = min(first, i), marks[1:]
		}
		marked = append(marked, marks...)
	}
	if len(marked) == 0 || len(t.Clauses)-first != len(marked) {
		return nil
	}
	for _, s := range spans {
		if s.anchor == "" && s.last >= first {
			return nil
		}
	}
	out := map[string]int{}
	for i, mark := range marked {
		own, says := noteSaid(t, first+i)
		if !says || own != mark || mark != "[^"+itoa(i+1)+"]" || len(noteMarks(t, first+i)) > 1 {
			return nil
		}
		out[mark] = first + i
	}
	return out
}

// noteSaid gives the mark of the note that a clause says: "[^1]" of "[^1]: See the
// annex."
func noteSaid(t *draft.Text, clause int) (mark string, says bool) {
	c := &t.Clauses[clause]
	if c.Last-c.First < 2 || c.IsHeading() {
		return "", false
	}
	p, after := &t.Pieces[c.First], &t.Pieces[c.First+1]
	mark = strings.TrimSpace(p.Src)
	says = p.Kind == draft.NoteMark && p.Within < 0 && strings.HasPrefix(mark, "[^") && after.Kind == draft.Words && strings.HasPrefix(after.Src, ":")
	return mark, says
}

// noteMarks gives the marks of notes in a clause.
func noteMarks(t *draft.Text, clause int) (marks []string) {
	c := &t.Clauses[clause]
	for _, p := range t.Pieces[c.First:c.Last] {
		if m := strings.TrimSpace(p.Src); p.Kind == draft.NoteMark && strings.HasPrefix(m, "[^") {
			marks = append(marks, m)
		}
	}
	return marks
}

// noteCell is the cell that stands for the mark of a note; behind it come those of
// other clauses. The characters are of the private use area, and never written.
const noteCell = 0xF0000

// referring puts a cell of one character in the place of each mark of a note
// that stands at the foot of its page.
func (s *script) referring(row []cell) []cell {
	if len(s.notes) == 0 {
		return row
	}
	var out []cell
	for i := 0; i < len(row); i++ {
		end := i
		for end < len(row) && row[end].style == noteMark && row[end].r != ']' {
			end++
		}
		if row[i].r == '[' && end > i && end < len(row) && row[end].style == noteMark {
			var mark strings.Builder
			for _, c := range row[i : end+1] {
				mark.WriteRune(c.r)
			}
			if clause, there := s.notes[mark.String()]; there {
				out = append(out, cell{noteCell + rune(clause), look{style: noteMark, is: referred | row[i].is&hidden}})
				i = end
				continue
			}
		}
		out = append(out, row[i])
	}
	return out
}

// refer writes the mark of a footnote.
func (b *body) refer(n footnote) {
	b.notes = append(b.notes, n)
	b.tag(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference`)
	b.number(`w:id`, len(b.notes)+1)
	b.tag(`/></w:r>`)
}

// footnotes gives the notes, in the order in which the text refers to them.
func (b *book) footnotes(notes []footnote) []byte {
	m := body{book: b}
	m.tag(xmlHead, `<w:footnotes `, wordSpace, `>`,
		`<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>`,
		`<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`, "\n")
	for i, n := range notes {
		m.tag(`<w:footnote`)
		m.number(`w:id`, i+2)
		m.tag(`>`)
		if n.clause >= 0 {
			m.said(n.clause)
		} else {
			m.remarked(b.Remarks[n.remark])
		}
		m.tag("</w:footnote>\n")
	}
	m.tag(`</w:footnotes>`)
	return m.buf
}

const footnoteSign = literalMarkup(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>`)

// remarked writes a remark as the paragraphs of a footnote. Their style tells it
// from the notes of the text when the document comes back.
func (b *body) remarked(r Remark) {
	for k, line := range lines(r.Words) {
		first := literalMarkup("")
		if k == 0 {
			first, line = footnoteSign, " "+r.Author+": "+line
		}
		note(&b.markup, "RemarkText", first, line)
	}
}

// said writes a note of the text as the paragraph of a footnote.
func (b *body) said(clause int) {
	row := cells(b.book.noted, clause, b.book.seats)
	for len(row) > 0 && row[0].style == noteMark {
		row = row[1:]
	}
	for len(row) > 0 && (row[0].r == ':' || row[0].isSpace()) {
		colon := row[0].r == ':'
		row = row[1:]
		if colon {
			break
		}
	}
	for len(row) > 0 && row[0].isSpace() {
		row = row[1:]
	}
	b.rtl = rightToLeft(row)
	b.tag(`<w:p><w:pPr><w:pStyle w:val="FootnoteText"/>`)
	if b.rtl {
		b.tag(`<w:bidi/>`)
	}
	b.tag(`</w:pPr>`, footnoteSign)
	b.runs(append([]cell{{r: ' '}}, row...), false)
	b.tag(`</w:p>`)
}
