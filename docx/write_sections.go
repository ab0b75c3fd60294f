package docx

import (
	"unicode/utf8"

	"paraph/draft"
)

// Section is a part of a document that is no draft: a heading, then passages, then a
// table. Any of them may be missing.
type Section struct {
	Heading  string
	Passages []Passage
	Table    Table
}

// Passage is a paragraph.
type Passage struct {
	Kind  PassageKind
	Words string
}

// PassageKind is what sort of paragraph a passage is.
type PassageKind uint8

// The kinds of passages.
const (
	Plain  PassageKind = iota
	Head               // what the passages after it are about
	Quoted             // the very words that somebody said
	Aside              // where it comes from, and who reads it
)

var passageKinds = [...]literalMarkup{Plain: "Passage", Head: "Heading3", Quoted: "Quote", Aside: "Aside"}

// Table is rows of words under columns: a provenance table, a matrix. A line of a
// cell is a paragraph.
type Table struct {
	Columns []string
	Rows    [][]string
}

// wideTable is the number of columns from which a table wants its paper
// broadside.
const wideTable = 6

// WriteSections writes a document of passages and tables. The row of the columns'
// names is repeated on each page, and no row is torn over two; where a table is
// wide, the paper lies broadside.
func WriteSections(sections []Section, c Copy) ([]byte, error) {
	b := newBook(c, draft.Front{})
	landscape := false
	for _, s := range sections {
		landscape = landscape || len(s.Table.Columns) >= wideTable
	}
	width, _ := b.paper(landscape)
	var m markup
	line(&m, "Title", b.title)
	for _, s := range sections {
		line(&m, "Heading2", s.Heading)
		for _, l := range s.Passages {
			for _, words := range lines(l.Words) {
				line(&m, passageKinds[min(int(l.Kind), len(passageKinds)-1)], words)
			}
		}
		if s.Table.write(&m, width-2*margin) {
			m.tag("<w:p/>\n") // tables that follow one another would be one
		}
	}
	if len(m.buf) == 0 {
		m.tag("<w:p/>\n")
	}
	return b.pack(m.buf, nil, landscape)
}

// line writes a paragraph, if it has words.
func line(m *markup, style literalMarkup, s string) {
	if s == "" {
		return
	}
	m.tag(`<w:p><w:pPr><w:pStyle w:val="`, style, `"/>`)
	if rightToLeft(asCells(s)) {
		m.tag(`<w:bidi/>`)
	}
	m.tag(`</w:pPr>`)
	plainRun(m, s)
	m.tag("</w:p>\n")
}

// write writes a table as wide as the paper, and tells whether there was one.
func (t Table) write(m *markup, width int) bool {
	if len(t.Columns) == 0 {
		return false
	}
	widths := t.widths(width)
	m.tag(`<w:tbl><w:tblPr><w:tblW`)
	m.number(`w:w`, width)
	m.tag(` w:type="dxa"/><w:tblBorders>`)
	for _, side := range []literalMarkup{"top", "left", "bottom", "right", "insideH", "insideV"} {
		m.tag(`<w:`, side, ` w:val="single" w:sz="4" w:space="0" w:color="808080"/>`)
	}
	m.tag(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		m.tag(`<w:gridCol`)
		m.number(`w:w`, w)
		m.tag(`/>`)
	}
	m.tag("</w:tblGrid>\n")
	row(m, widths, t.Columns, true)
	for _, r := range t.Rows {
		row(m, widths, r, false)
	}
	m.tag("</w:tbl>\n")
	return true
}

func row(m *markup, widths []int, cells []string, head bool) {
	style := literalMarkup("Cell")
	m.tag(`<w:tr><w:trPr><w:cantSplit/>`)
	if head {
		m.tag(`<w:tblHeader/>`)
		style = "ColumnHead"
	}
	m.tag(`</w:trPr>`)
	for i, w := range widths {
		m.tag(`<w:tc><w:tcPr><w:tcW`)
		m.number(`w:w`, w)
		m.tag(` w:type="dxa"/>`)
		if head {
			m.tag(`<w:shd w:val="clear" w:color="auto" w:fill="E7E6E6"/>`)
		}
		m.tag(`</w:tcPr>`)
		words := ""
		if i < len(cells) {
			words = cells[i]
		}
		for _, line := range lines(words) {
			note(m, style, "", line)
		}
		m.tag(`</w:tc>`)
	}
	m.tag("</w:tr>\n")
}

// widths shares the paper among the columns by how much they hold: by the square
// root of their longest cell, so that a long one does not crowd the others out.
func (t Table) widths(width int) []int {
	shares, all := make([]int, len(t.Columns)), 0
	for i, name := range t.Columns {
		longest := utf8.RuneCountInString(name)
		for _, r := range t.Rows {
			if i < len(r) {
				longest = max(longest, utf8.RuneCountInString(r[i]))
			}
		}
		for shares[i] = 3; shares[i]*shares[i] < longest && shares[i] < 20; {
			shares[i]++
		}
		all += shares[i]
	}
	out, left := make([]int, len(shares)), width
	for i, s := range shares {
		out[i] = width * s / all
		left -= out[i]
	}
	out[len(out)-1] += left
	return out
}
