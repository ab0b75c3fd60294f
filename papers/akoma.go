package papers

import (
	"paraph/akn"
	"paraph/fault"
)

// writeAkoma writes a text as Akoma Ntoso; a comparison as the newer text, with
// the changes from the older.
func writeAkoma(p Paper, _ Options) ([]byte, error) {
	d := akn.Document{Title: p.Title, Symbol: p.Symbol, Language: p.Lang, Process: p.Process, Names: p.Names}
	for _, part := range p.Parts {
		if d.Text != nil {
			break
		}
		if part.Text != nil {
			d.Text = part.Text
			if len(part.Clauses) == len(part.Text.Clauses) {
				d.Clauses = part.Clauses
			}
		} else if part.Compared != nil {
			d.Text, d.Before = part.Compared.New, &akn.Document{Text: part.Compared.Old, Process: p.Process, Symbol: part.Compared.OldSide.Name}
		}
	}
	if d.Text == nil {
		return nil, fault.Invalid("this paper holds no text").With("take it in another form")
	}
	written, err := akn.Write(d)
	return []byte(written), err
}
