package papers

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"paraph/consent"
	"paraph/docx"
	"paraph/draft"
	"paraph/record"
	"paraph/text"
)

// Remark is what a seat has said of a clause, as it stands beside the text of a
// paper.
type Remark struct {
	Clause string // its id
	Seat   record.Seat
	At     time.Time
	Words  string
}

// remarks gives the latest position of each seat, in each audience, on the
// clauses of a version.
func (s Sight) remarks(v text.VersionView) []Remark {
	var out []Remark
	cells := consent.SeeMatrix(s.Consent)
	for _, c := range v.Clauses {
		for _, seat := range s.Table.Seats {
			said, _ := cells.Cell(seat.Seat, record.NewRef("clause", c.ID))
			cell := Cell{Seat: seat.Seat}
			for _, p := range said.Positions {
				cell.Positions = []Stance{{p, p.Fingerprint != "" && p.Fingerprint != c.Fingerprint}}
				out = append(out, Remark{c.ID, seat.Seat, p.At, strings.Join(cell.words(), "\n")})
			}
		}
	}
	return out
}

// How remarks stand in a document of Word.
const (
	Comments  = "comments"
	Footnotes = "footnotes"
)

// writeWord writes a paper as a document of Word. A text carries a hidden anchor
// for each of its clauses, by which the document is known when it comes back; a
// comparison is tracked changes.
func writeWord(p Paper, o Options) ([]byte, error) {
	c := docx.Copy{
		Title: p.Title, Symbol: p.Symbol, Fingerprint: p.Fingerprint, Lang: p.Lang, Seats: p.Seats,
		Letter: o.Sheet == "letter", Footnotes: o.Remarks == Footnotes,
	}
	if p.State != "" && !p.Frozen {
		c.Title += " (" + p.State + ")"
	}
	if len(p.Parts) == 1 {
		switch part := p.Parts[0]; {
		case part.Text != nil:
			return p.textInWord(part, c, o)
		case part.Compared != nil:
			return part.Compared.inWord(c, o)
		}
	}
	sections := []docx.Section{{Passages: p.passages()}}
	for _, part := range p.Parts {
		s := docx.Section{Heading: part.Heading}
		if t := part.Table; t != nil {
			s.Heading = cmp.Or(s.Heading, t.Title)
			s.Table = docx.Table{Columns: t.Columns, Rows: t.Rows}
		}
		for _, l := range part.Lines {
			s.Passages = append(s.Passages, docx.Passage{Kind: passageKinds[l.Style], Words: l.Words})
		}
		sections = append(sections, s)
	}
	return docx.WriteSections(sections, c)
}

var passageKinds = map[Style]docx.PassageKind{Plain: docx.Plain, Head: docx.Head, Quoted: docx.Quoted, Aside: docx.Aside}

// passages says which paper it is.
func (p Paper) passages() []docx.Passage {
	var out []docx.Passage
	for _, line := range p.head() {
		out = append(out, docx.Passage{Kind: docx.Aside, Words: line})
	}
	return out
}

func (p Paper) textInWord(part Part, c docx.Copy, o Options) ([]byte, error) {
	at := map[string]int{} // where a clause begins
	for i, id := range part.Clauses {
		if _, there := at[id]; there || id == "" {
			continue
		}
		at[id] = i
		last := i + 1
		for last < len(part.Clauses) && part.Clauses[last] == id {
			last++
		}
		c.Anchors.Clauses = append(c.Anchors.Clauses, docx.Anchor{ID: id, First: i, Last: last, Words: fingerprint(part.Text, i, last)})
	}
	c.Anchors.Process, c.Anchors.Version = string(p.Of.Process), p.Of.Version
	c.Anchors.Fingerprint, c.Anchors.Seat = p.Fingerprint, record.Seat(p.Reader)
	if o.Remarks != "" {
		for _, r := range p.Remarks {
			if i, there := at[r.Clause]; there {
				c.Remarks = append(c.Remarks, docx.Remark{Clause: i, Author: string(r.Seat), Initials: string(r.Seat), Date: r.At, Words: r.Words})
			}
		}
	}
	if o.Readings {
		return readingsInWord(part.Text, c)
	}
	return docx.WriteText(part.Text, c)
}

// fingerprint is that of the words of some clauses.
func fingerprint(t *draft.Text, first, last int) string {
	words := make([]string, 0, last-first)
	for i := first; i < last; i++ {
		words = append(words, t.Words(i))
	}
	return draft.Fingerprint(strings.Join(words, " "))
}

// readingsInWord shows a text as what lies on the table and, tracked under the
// names of the seats, what each of them would have there.
func readingsInWord(t *draft.Text, c docx.Copy) ([]byte, error) {
	base, err := draft.Parse(draft.Reading(t, ""))
	if err != nil {
		return nil, err
	}
	var seats []record.Seat
	for _, a := range t.Alternatives {
		for _, h := range a.Holders {
			if !a.Inferred && !slices.Contains(seats, h.Seat) {
				seats = append(seats, h.Seat)
			}
		}
	}
	slices.Sort(seats)
	var readings []docx.Reading
	for _, seat := range seats {
		own, err := draft.Parse(draft.Reading(t, seat))
		if err != nil {
			return nil, err
		}
		readings = append(readings, docx.Reading{Text: own, Author: string(seat)})
	}
	c.Anchors, c.Remarks = docx.Anchors{}, nil
	return docx.WriteReadings(base, readings, c)
}

// inWord writes a comparison as tracked changes: by the seat whose reading the
// new side is, else by what the new side is called.
func (c *Compared) inWord(copy docx.Copy, o Options) ([]byte, error) {
	copy.Title += ": " + c.OldSide.Name + " against " + c.NewSide.Name
	author := c.NewSide.Name
	if seat, is := strings.CutPrefix(c.NewSide.Value, ReadingSide); is {
		author = seat
	}
	return docx.WriteComparison(c.Old, c.New, c.Comparison, docx.Tracking{Author: author, NativeMoves: o.NativeMoves}, copy)
}
