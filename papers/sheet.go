package papers

import (
	"slices"
	"strings"

	"paraph/sheet"
)

// sheets gives the tables of a paper. Where it has none, its lines are one.
func (p Paper) sheets() []sheet.Table {
	var out []sheet.Table
	for _, part := range p.Parts {
		if t := part.Table; t != nil {
			columns := make([]string, len(t.Columns))
			for i, c := range t.Columns {
				columns[i] = strings.ReplaceAll(c, "\n", ", ")
			}
			name := part.Heading
			if name == "" {
				name = string(p.Kind)
			}
			out = append(out, sheet.Table{Title: name, Columns: columns, Rows: t.Rows})
		}
	}
	if out == nil {
		t := sheet.Table{Title: string(p.Kind), Columns: []string{p.Title}}
		for _, part := range p.Parts {
			for _, l := range part.Lines {
				t.Rows = append(t.Rows, []string{l.Words})
			}
		}
		out = []sheet.Table{t}
	}
	return out
}

// identity is the table that says which paper the others are of.
func (p Paper) identity() sheet.Table {
	t := sheet.Table{Title: "About", Columns: []string{p.Title}}
	for _, line := range p.head() {
		t.Rows = append(t.Rows, []string{line})
	}
	return t
}

func writeXLSX(p Paper, _ Options) ([]byte, error) {
	return sheet.XLSX(append(p.sheets(), p.identity())...)
}

// writeCSV writes the tables of a paper as one, and what paper it is behind them:
// an empty row, the names of the columns, the rows. All rows are equally long,
// as readers of the format want it.
func writeCSV(p Paper, _ Options) ([]byte, error) {
	all := append(p.sheets(), p.identity())
	one := sheet.Table{Columns: slices.Clone(all[0].Columns), Rows: slices.Clone(all[0].Rows)}
	for _, t := range all[1:] {
		one.Rows = append(append(one.Rows, nil, t.Columns), t.Rows...)
	}
	for _, r := range one.Rows {
		for len(one.Columns) < len(r) {
			one.Columns = append(one.Columns, "")
		}
	}
	return sheet.CSV(one), nil
}
