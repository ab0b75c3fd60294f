package docx

import (
	"unicode/utf8"

	"paraph/draft"
)

// Table is rows of words under columns: a provenance table, a matrix. A line of a
// cell is a paragraph.
type Table struct {
	Title   string // may be empty
	Columns []string
	Rows    [][]string
}

// wideTable is the number of columns from which a table wants its paper
// broadside.
const wideTable = 6

// WriteTables writes tables, each under its title. The row of the columns'
// names is repeated on each page, and no row is torn over two; where a table is
// wide, the paper lies broadside.
func WriteTables(tables []Table, c Copy) ([]byte, error) {
	b := newBook(c, draft.Front{})
	b.Anchors, b.Remarks = Anchors{}, nil
	landscape := false
	for _, t := range tables {
		landscape = landscape || len(t.Columns) >= wideTable
	}
	width, _ := b.paper(landscape)
	var m markup
	heading(&m, "Title", b.title)
	for _, t := range tables {
		heading(&m, "Heading2", t.Title)
		t.write(&m, width-2*margin)
		m.tag("<w:p/>\n") // tables that follow one another would be one
	}
	return b.pack(m.buf, nil, landscape)
}

func heading(m *markup, style literalMarkup, s string) {
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

func (t Table) write(m *markup, width int) {
	if len(t.Columns) == 0 {
		return
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
