package page

import (
	"context"
	"io"
	"strings"
)

// TableView shows rows under columns. The first column names the row. A cell may
// hold several lines; of the first column, the first line is the name. It is a
// Component.
type TableView struct {
	Caption string // for screen readers; may be empty
	Columns []string
	Rows    [][]string // each as long as Columns
}

// Render writes the table.
func (v TableView) Render(ctx context.Context, w io.Writer) error {
	return component(v.write).Render(ctx, w)
}

func (v TableView) write(m *markup) {
	m.tag(`<table class="rows">`, "\n")
	if v.Caption != "" {
		m.tag(`<caption class="said">`)
		m.words(v.Caption)
		m.tag("</caption>\n")
	}
	m.tag(`<thead><tr>`)
	for _, name := range v.Columns {
		if name == "" {
			m.tag(`<td></td>`)
			continue
		}
		m.tag(`<th scope="col">`)
		m.cell(name)
		m.tag(`</th>`)
	}
	m.tag("</tr></thead>\n<tbody>\n")
	for _, row := range v.Rows {
		m.tag(`<tr>`)
		for i, cell := range row {
			if i == 0 {
				m.tag(`<th scope="row">`)
				m.cell(cell)
				m.tag(`</th>`)
				continue
			}
			m.tag(`<td>`)
			m.cell(cell)
			m.tag(`</td>`)
		}
		m.tag("</tr>\n")
	}
	m.tag("</tbody>\n</table>\n")
}

// cell writes the lines of a cell, each in the direction of its own words.
func (m *markup) cell(words string) {
	for i, line := range strings.Split(words, "\n") {
		if i == 0 {
			m.tag(`<span class="line" dir="auto">`)
		} else {
			m.tag(` <span class="line more" dir="auto">`)
		}
		m.words(line)
		m.tag(`</span>`)
	}
}

// LinesView shows paragraphs. It is a Component.
type LinesView []LineView

// LineView is a paragraph: plain words, what the lines after it are about, the
// very words that somebody said, or what is said beside them.
type LineView struct {
	Head, Quoted, Aside bool
	Words               string
}

// Render writes the paragraphs.
func (v LinesView) Render(ctx context.Context, w io.Writer) error {
	return component(v.write).Render(ctx, w)
}

func (v LinesView) write(m *markup) {
	m.tag(`<div class="lines">`, "\n")
	for _, l := range v {
		switch {
		case l.Head:
			m.tag(`<h3 dir="auto">`)
			m.words(l.Words)
			m.tag("</h3>\n")
		case l.Quoted:
			m.tag(`<blockquote dir="auto"><p>`)
			m.words(l.Words)
			m.tag("</p></blockquote>\n")
		case l.Aside:
			m.tag(`<p class="aside" dir="auto">`)
			m.words(l.Words)
			m.tag("</p>\n")
		default:
			m.tag(`<p dir="auto">`)
			m.words(l.Words)
			m.tag("</p>\n")
		}
	}
	m.tag("</div>\n")
}
