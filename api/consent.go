package api

import (
	"net/http"
	"slices"
	"time"

	"paraph/consent"
	"paraph/draft"
	"paraph/record"
	"paraph/text"
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

// matrix is a matrix in the making.
type matrix struct {
	roll      text.RollingView
	cells     consent.MatrixView
	proposals map[string]text.ProposalView
	prints    map[string]string // of the clauses of the version
}

func seeMatrix(v sight, r *http.Request) (any, error) {
	version, err := v.latest()
	if err != nil {
		return nil, err
	}
	m := matrix{cells: consent.SeeMatrix(v.Consent), proposals: map[string]text.ProposalView{}, prints: map[string]string{}}
	if m.roll, err = v.rolling(version.ID); err != nil {
		return nil, err
	}
	for _, p := range text.SeeProposals(v.Text) {
		m.proposals[p.ID] = p
	}
	for _, c := range version.Clauses {
		m.prints[c.ID] = c.Fingerprint
	}
	out := Matrix{Version: headOf(version), Seats: m.seats(v), Rows: []MatrixRow{}}
	counts := draft.CountClauses(m.roll.Text)
	for _, c := range m.roll.Clauses {
		if c.First == c.Last && len(c.Applied)+len(c.Beside) == 0 {
			continue
		}
		row := MatrixRow{Clause: c.ID, Title: titleOf(m.roll.Text, c), Cells: []MatrixCell{}}
		row.Heading = c.First < c.Last && m.roll.Text.Clauses[c.First].IsHeading()
		for _, n := range counts[c.First:c.Last] {
			row.Counts = row.Counts.plus(countsOf(n.Counts))
		}
		for _, s := range out.Seats {
			if cell := m.cell(c, s.Seat); len(cell.Positions)+len(cell.Consents)+len(cell.Proposals) > 0 {
				row.Cells = append(row.Cells, cell)
			}
		}
		if r.URL.Query().Get("show") != "contested" || row.open() {
			out.Rows = append(out.Rows, row)
		}
	}
	return out, nil
}

// seats gives the parties and whoever else speaks, in the order of the table.
func (m matrix) seats(v sight) []MatrixSeat {
	speaks := map[record.Seat]bool{}
	for _, c := range m.cells.Cells {
		speaks[c.Seat] = speaks[c.Seat] || c.On.Noun() == "clause"
	}
	for _, p := range m.proposals {
		speaks[p.Seat] = speaks[p.Seat] || p.Status == text.Live
	}
	out := []MatrixSeat{}
	for _, s := range v.table.Seats {
		if s.Role == record.Party || speaks[s.Seat] {
			out = append(out, MatrixSeat{s.Seat, s.Name})
		}
	}
	return out
}

func (m matrix) cell(c text.RollingClause, seat record.Seat) MatrixCell {
	out := MatrixCell{Seat: seat, Positions: []Position{}, Consents: []Consent{}, Proposals: []string{}}
	for _, id := range slices.Concat(c.Applied, c.Beside) {
		if p, there := m.proposals[id]; there && p.Seat == seat {
			out.Proposals = append(out.Proposals, id)
		}
	}
	if c.ID == "" {
		return out
	}
	said, _ := m.cells.Cell(seat, record.NewRef("clause", c.ID))
	for _, p := range said.Positions {
		out.Positions = append(out.Positions, positionOn(p, m.prints[c.ID]))
	}
	for _, g := range said.Consents {
		if g.Level != consent.None {
			out.Consents = append(out.Consents, consentTo(g, m.prints[c.ID]))
		}
	}
	return out
}

// open tells whether something is open on a clause: brackets, a live proposal,
// or a seat that reserves or opposes.
func (r MatrixRow) open() bool {
	if r.Counts.contested() {
		return true
	}
	return slices.ContainsFunc(r.Cells, func(c MatrixCell) bool {
		return len(c.Proposals) > 0 || slices.ContainsFunc(c.Positions, func(p Position) bool {
			return p.Position == consent.Reserves || p.Position == consent.Opposes
		})
	})
}

// contested tells whether words are contested, or yet to be written.
func (c Counts) contested() bool {
	return c.Brackets > c.Marks || c.ContestedWords > 0 || c.Options > 0 || c.Placeholders > 0
}

func (c Counts) plus(d Counts) Counts {
	return Counts{
		c.Clauses + d.Clauses, c.Brackets + d.Brackets, c.Alternatives + d.Alternatives, c.Options + d.Options, c.Placeholders + d.Placeholders,
		max(c.MaxDepth, d.MaxDepth), c.Words + d.Words, c.ContestedWords + d.ContestedWords, c.Marks + d.Marks,
	}
}
