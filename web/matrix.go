package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"paraph/consent"
	"paraph/draft"
	"paraph/record"
	"paraph/text"
)

// matrix is the seats against the clauses of the rolling text.
type matrix struct {
	sight
	text.RollingView
	columns   []SeatName // in the alphabetical order of the names
	rows      []matrixRow
	contested bool // only rows on which something is open
	passed    int  // clauses left out by that
}

// matrixRow is one clause of the rolling text.
type matrixRow struct {
	ID      string // empty for a clause that is only proposed
	Title   string // what it is called when it stands alone
	Opening string // its first words
	Heading bool
	Counts  draft.Counts
	Cells   []matrixCell // one for each column
}

// matrixCell is what one seat has said of one clause, done to it and given.
type matrixCell struct {
	Seat      SeatName
	Positions []stance // the latest in each audience, the widest first
	Consents  []grant
	Proposals []text.ProposalView // live, on the clause
}

// stance is a position, and whether the words that it was on have changed.
type stance struct {
	consent.PositionView
	Past bool
}

// grant is a consent, and whether it is void because the words have changed.
type grant struct {
	consent.ConsentView
	Void bool
}

func (c matrixCell) empty() bool { return len(c.Positions)+len(c.Consents)+len(c.Proposals) == 0 }

// seeMatrix is what each seat holds of each clause: ?show=contested leaves out
// the clauses on which nothing is open.
func seeMatrix(v sight, r *http.Request) (*Page, error) {
	version, there := text.SeeVersion(v.Text, "")
	if !there {
		return &Page{Title: "Matrix", Section: "Matrix", Body: noText(v), Areas: []string{"versions"}}, nil
	}
	roll, err := v.rollingText(version.ID)
	if err != nil {
		return nil, err
	}
	m := matrix{sight: v, RollingView: roll, contested: r.URL.Query().Get("show") == "contested"}
	m.fill()
	f := &Fragment{ID: "matrix", Name: "the matrix", Body: matrixTable(m)}
	p := &Page{
		Title: "Matrix", Section: "Matrix", Areas: []string{"text", "versions", "positions", "roster"},
		Live: []*Fragment{f}, Version: v.identity(version),
	}
	p.Version.State = "rolling text"
	p.Body = matrixPage(m, f)
	return p, nil
}

func (m *matrix) fill() {
	cells := consent.SeeMatrix(m.Consent)
	proposals := map[string]text.ProposalView{}
	for _, p := range text.SeeProposals(m.sight.Text) {
		proposals[p.ID] = p
	}
	m.columns = m.seatsThatSpeak(cells, proposals)
	counts := draft.CountClauses(m.RollingView.Text)
	named, in := titles(m.Version), index(m.Version)
	for _, c := range m.Clauses {
		if c.First == c.Last && len(c.Applied)+len(c.Beside) == 0 {
			continue
		}
		row := m.row(c, counts)
		row.Title = cmp.Or(named[c.ID], row.Title)
		for _, seat := range m.columns {
			row.Cells = append(row.Cells, m.cell(cells, in[c.ID], seat, m.held(c, proposals, record.Seat(seat.Code))))
		}
		if m.contested && !row.Heading && !row.open() {
			m.passed++
			continue
		}
		m.rows = append(m.rows, row)
	}
	if m.contested {
		m.rows = slices.Collect(withoutEmptyHeadings(m.rows))
	}
}

// row gives a clause without its cells.
func (m *matrix) row(c text.RollingClause, counts []draft.ClauseCounts) matrixRow {
	row := matrixRow{ID: c.ID}
	for i := c.First; i < c.Last; i++ {
		clause := m.RollingView.Text.Clauses[i]
		if i == c.First {
			row.Title, row.Heading = placeName(m.RollingView.Text, i), clause.IsHeading()
			if clause.Label != "" { // else its title begins as it does
				row.Opening = opening(m.RollingView.Text, clause, 72)
			}
		}
		row.Counts = sum(row.Counts, counts[i].Counts)
	}
	if c.First == c.Last {
		row.Title = cmp.Or(c.Label, "a clause without number")
	}
	return row
}

// sum adds the figures that a row shows.
func sum(a, b draft.Counts) draft.Counts {
	a.Brackets += b.Brackets
	a.Marks += b.Marks
	a.ContestedWords += b.ContestedWords
	a.Options += b.Options
	a.Placeholders += b.Placeholders
	return a
}

// held lists the live proposals of a seat on a clause.
func (m *matrix) held(c text.RollingClause, proposals map[string]text.ProposalView, seat record.Seat) []text.ProposalView {
	var out []text.ProposalView
	for _, id := range slices.Concat(c.Applied, c.Beside) {
		if p, there := proposals[id]; there && p.Seat == seat {
			out = append(out, p)
		}
	}
	return out
}

func (m *matrix) cell(cells consent.MatrixView, clause text.Clause, seat SeatName, held []text.ProposalView) matrixCell {
	out := matrixCell{Seat: seat, Proposals: held}
	if clause.ID == "" {
		return out
	}
	said, _ := cells.Cell(record.Seat(seat.Code), record.NewRef("clause", clause.ID))
	for _, p := range said.Positions {
		out.Positions = append(out.Positions, stance{p, p.Fingerprint != "" && p.Fingerprint != clause.Fingerprint})
	}
	for _, g := range said.Consents {
		if g.Level != consent.None {
			out.Consents = append(out.Consents, grant{g, g.Fingerprint != clause.Fingerprint})
		}
	}
	return out
}

// seatsThatSpeak gives the parties, and whoever else has said something of a
// clause or proposed for one.
func (m *matrix) seatsThatSpeak(cells consent.MatrixView, proposals map[string]text.ProposalView) []SeatName {
	speaks := map[record.Seat]bool{}
	for _, c := range cells.Cells {
		speaks[c.Seat] = speaks[c.Seat] || c.On.Noun() == "clause"
	}
	for _, p := range proposals {
		speaks[p.Seat] = speaks[p.Seat] || p.Status == text.Live
	}
	var out []SeatName
	for _, s := range m.table.Seats {
		if s.Role == record.Party || speaks[s.Seat] {
			out = append(out, m.seat(s.Seat))
		}
	}
	slices.SortStableFunc(out, func(a, b SeatName) int {
		return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return out
}

// open tells whether something is open on a clause: brackets, a live proposal,
// or a seat that reserves or opposes.
func (r matrixRow) open() bool {
	if bracketed(r.Counts) {
		return true
	}
	return slices.ContainsFunc(r.Cells, func(c matrixCell) bool {
		return len(c.Proposals) > 0 || slices.ContainsFunc(c.Positions, func(s stance) bool { return reserved(s.Position) })
	})
}

// withoutEmptyHeadings leaves out the headings that no row follows.
func withoutEmptyHeadings(rows []matrixRow) func(func(matrixRow) bool) {
	return func(yield func(matrixRow) bool) {
		for i, r := range rows {
			followed := i+1 < len(rows) && !rows[i+1].Heading
			if r.Heading && !followed && !r.open() {
				continue
			}
			if !yield(r) {
				return
			}
		}
	}
}
