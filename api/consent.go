package api

import (
	"net/http"
	"slices"
	"time"

	"paraph/consent"
	"paraph/papers"
	"paraph/record"
)

// Position is what a seat thinks of something.
type Position struct {
	On          record.Ref       `json:"on,omitempty" about:"clause/ID, proposal/ID, version/ID or statement/ID; left out when it is on a topic in words."`
	Topic       string           `json:"topic,omitempty"`
	Version     string           `json:"version,omitempty" about:"For a clause: the id of the version that the seat had before it."`
	Fingerprint string           `json:"fingerprint,omitempty" about:"For a clause: of the words that it is on."`
	Seat        record.Seat      `json:"seat"`
	Position    consent.Position `json:"position,omitempty" about:"Left out where what is reported is none of the six: then see the note."`
	Note        string           `json:"note,omitempty"`
	ReportedBy  string           `json:"reported_by,omitempty" about:"Who said so, when the seat did not say it here itself."`
	Said        *When            `json:"said,omitempty" about:"When it was said, if that is known to differ."`
	At          time.Time        `json:"at"`
	By          By               `json:"by"`
	Audience    record.Audience  `json:"audience"`
	Source      *Source          `json:"source,omitempty"`
	Past        bool             `json:"past" about:"The words that it was on have changed."`
}

// Consent is a seat bound to the exact words of a clause.
type Consent struct {
	Clause      string          `json:"clause"`
	Version     string          `json:"version" about:"The id of the version whose words are meant."`
	Fingerprint string          `json:"fingerprint" about:"Of the exact words."`
	Seat        record.Seat     `json:"seat"`
	Level       consent.Level   `json:"level"`
	Linked      []string        `json:"linked" about:"Ids of the clauses that it rests on."`
	Note        string          `json:"note,omitempty"`
	At          time.Time       `json:"at"`
	By          By              `json:"by"`
	Audience    record.Audience `json:"audience"`
	Source      *Source         `json:"source,omitempty"`
	Void        bool            `json:"void" about:"The words have changed since."`
}

// Matrix is the seats against the clauses of the rolling text. The three axes
// stay apart: there is no number for all of them.
type Matrix struct {
	Version VersionHead  `json:"version" about:"The version that the rolling text is on."`
	Seats   []MatrixSeat `json:"seats" about:"The parties, and whoever else has said something of a clause."`
	Rows    []MatrixRow  `json:"rows" about:"In the order of the text, headings too."`
}

// MatrixSeat is a seat that speaks in the matrix.
type MatrixSeat struct {
	Seat record.Seat `json:"seat"`
	Name string      `json:"name"`
}

// MatrixRow is one clause of the rolling text.
type MatrixRow struct {
	Clause  string       `json:"clause,omitempty" about:"Its id; left out for a clause that is only proposed."`
	Title   string       `json:"title" about:"What it is called when it stands alone."`
	Heading bool         `json:"heading"`
	Counts  Counts       `json:"counts"`
	Cells   []MatrixCell `json:"cells" about:"Of the seats that have said, proposed or given something, in the order of the seats."`
}

// MatrixCell is what one seat has said of one clause, done to it and given.
type MatrixCell struct {
	Seat      record.Seat `json:"seat"`
	Positions []Position  `json:"positions" about:"The latest in each audience, the widest first."`
	Consents  []Consent   `json:"consents" about:"The latest in each audience, the widest first; what was taken back is left out."`
	Proposals []string    `json:"proposals" about:"Ids of its live proposals on the clause."`
}

func positionOf(p consent.PositionView) Position { return positionOn(p, p.Fingerprint) }

// positionOn is a position on a clause that reads now as the fingerprint says.
func positionOn(p consent.PositionView, fingerprint string) Position {
	out := Position{
		On: p.On, Topic: p.Topic, Version: p.Version, Fingerprint: p.Fingerprint, Seat: p.Seat, Position: p.Position, Note: p.Note,
		ReportedBy: p.ReportedBy, At: utc(p.At), By: byOf(p.By), Audience: p.Audience, Source: sourceOf(p.Source),
		Past: p.Fingerprint != "" && p.Fingerprint != fingerprint,
	}
	if !p.Said.IsZero() {
		said := whenOf(p.Said)
		out.Said = &said
	}
	return out
}

func consentTo(g consent.ConsentView, fingerprint string) Consent {
	return Consent{
		Clause: g.Clause, Version: g.Version, Fingerprint: g.Fingerprint, Seat: g.Seat, Level: g.Level, Linked: list(g.Linked), Note: g.Note,
		At: utc(g.At), By: byOf(g.By), Audience: g.Audience, Source: sourceOf(g.Source), Void: g.Fingerprint != fingerprint,
	}
}

// seeMatrix gives what the page and the document show as a grid.
func seeMatrix(v sight, r *http.Request) (any, error) {
	grid, err := papers.SeeGrid(v.out(), false)
	if err != nil {
		return nil, err
	}
	g, err := grid()
	if err != nil {
		return nil, err
	}
	out := Matrix{Version: headOf(g.Version), Seats: []MatrixSeat{}, Rows: []MatrixRow{}}
	columns := map[record.Seat]int{} // in the order of the table
	for _, s := range v.table.Seats {
		if at := slices.Index(g.Columns, s.Seat); at >= 0 {
			out.Seats, columns[s.Seat] = append(out.Seats, MatrixSeat{s.Seat, s.Name}), at
		}
	}
	for _, row := range g.Rows {
		if r.URL.Query().Get("show") == "contested" && !row.Open() {
			continue
		}
		one := MatrixRow{Clause: row.ID, Title: titleOf(g.Text, row.At), Heading: row.Heading, Counts: countsOf(row.Counts), Cells: []MatrixCell{}}
		for _, s := range out.Seats {
			if cell := row.Cells[columns[s.Seat]]; !cell.Empty() {
				one.Cells = append(one.Cells, matrixCell(cell))
			}
		}
		out.Rows = append(out.Rows, one)
	}
	return out, nil
}

func matrixCell(c papers.Cell) MatrixCell {
	out := MatrixCell{Seat: c.Seat, Positions: []Position{}, Consents: []Consent{}, Proposals: []string{}}
	for _, p := range c.Proposals {
		out.Proposals = append(out.Proposals, p.ID)
	}
	for _, s := range c.Positions {
		p := positionOf(s.PositionView)
		p.Past = s.Past
		out.Positions = append(out.Positions, p)
	}
	for _, g := range c.Consents {
		given := consentTo(g.ConsentView, g.Fingerprint)
		given.Void = g.Void
		out.Consents = append(out.Consents, given)
	}
	return out
}

// contested tells whether words are contested, or yet to be written.
func (c Counts) contested() bool {
	return c.Brackets > c.Marks || c.ContestedWords > 0 || c.Options > 0 || c.Placeholders > 0
}
