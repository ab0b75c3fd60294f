package papers

import (
	"time"

	"paraph/akn"
	"paraph/fault"
)

// writeAkoma writes a text as Akoma Ntoso; a comparison as the newer text, with
// the changes from the older. Positions are in it where remarks are asked for: who
// passes a version on does not pass on unseen what a seat said of it.
func writeAkoma(p Paper, o Options) ([]byte, error) {
	d := akn.Document{
		Title: p.Title, Symbol: p.Symbol, Language: p.Lang, Process: string(p.Of.Process), Names: p.Names,
		Fingerprint: p.Fingerprint, Number: p.Of.Number, Date: p.Of.Date,
	}
	if o.Remarks != "" {
		for _, r := range p.Remarks {
			d.Positions = append(d.Positions, akn.Position{Clause: r.Clause, Seat: r.Seat, Time: r.At.UTC().Format(time.RFC3339), Words: r.Words})
		}
	}
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
			d.Text, d.Before = part.Compared.New, &akn.Document{
				Text: part.Compared.Old, Process: string(p.Of.Process), Symbol: part.Compared.OldSide.Name, Number: part.Compared.OldOf.Number, Date: part.Compared.OldOf.Date,
			}
		}
	}
	if d.Text == nil {
		return nil, fault.Invalid("this paper holds no text").With("take it in another form")
	}
	written, err := akn.Write(d)
	return []byte(written), err
}
