package papers

import (
	"bytes"
	"context"

	"paraph/draft"
	"paraph/page"
)

// writeHTML writes a paper as one page that stands alone.
func writeHTML(p Paper, o Options) ([]byte, error) {
	var b bytes.Buffer
	err := p.document(o).Render(context.Background(), &b)
	return b.Bytes(), err
}

// document lays a paper out.
func (p Paper) document(o Options) page.Document {
	d := page.Document{
		Title: p.Title, Lang: p.Lang, Symbol: p.Symbol, Fingerprint: p.Fingerprint, State: p.State, Sheet: o.Sheet,
		Facts: append([]string{p.Process}, p.Facts...),
	}
	d.Lines = p.Kind == Version || p.Kind == Clean
	if p.Reader != "" {
		d.Reader = "as read by " + p.Reader
	}
	for _, part := range p.Parts {
		section := page.Section{Heading: part.Heading}
		switch {
		case part.Text != nil:
			view := page.TextView{Text: part.Text, Seats: p.Seats, Names: p.Names, Heading: 2 - topLevel(part.Text), Frozen: p.Frozen, Paper: o.paper}
			section.Body, d.Right = view, page.RightToLeft(part.Text)
			if len(part.Text.Brackets) > 0 {
				d.Legend = &view
			}
		case part.Compared != nil:
			c := part.Compared
			view := page.ComparisonView{Comparison: c.Comparison, Old: c.Old, New: c.New}
			d.Sections = append(d.Sections, page.Section{Heading: "In figures", Body: view.Figures()})
			section.Heading, section.Body = "Clause by clause", view
		case part.Table != nil:
			d.Across = d.Across || len(part.Table.Columns) > 5
			d.Broad = d.Broad || d.Across
			section.Body = page.TableView{Caption: part.Table.Title, Columns: part.Table.Columns, Rows: part.Table.Rows}
		default:
			lines := make(page.LinesView, len(part.Lines))
			for i, l := range part.Lines {
				lines[i] = page.LineView{Head: l.Style == Head, Quoted: l.Style == Quoted, Aside: l.Style == Aside, Words: l.Words}
			}
			section.Body = lines
		}
		d.Sections = append(d.Sections, section)
	}
	return d
}

// topLevel gives the level of the highest heading, which is shown right under
// the title.
func topLevel(t *draft.Text) int {
	top := 6
	for _, c := range t.Clauses {
		if c.IsHeading() {
			top = min(top, c.Level)
		}
	}
	return top
}
