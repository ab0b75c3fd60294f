package papers

import (
	"cmp"
	"slices"
	"strings"

	"paraph/consent"
	"paraph/draft"
	"paraph/page"
	"paraph/press"
	"paraph/record"
	"paraph/text"
)

// Grid is the seats against the clauses of a rolling text: a value.
type Grid struct {
	text.RollingView
	Columns []record.Seat // in the alphabetical order of their names
	Rows    []Row
	Passed  int // clauses left out because nothing is open on them
}

// Row is one clause of the rolling text.
type Row struct {
	At      text.RollingClause
	ID      string // empty for a clause that is only proposed
	Title   string // what it is called when it stands alone
	Opening string // its first words
	Heading bool
	Counts  draft.Counts
	Cells   []Cell // one for each column
}

// Cell is what one seat has said of one clause, done to it and given.
type Cell struct {
	Seat      record.Seat
	Positions []Stance // the latest in each audience, the widest first
	Consents  []Grant
	Proposals []text.ProposalView // live, on the clause
}

// Stance is a position, and whether the words that it was on have changed.
type Stance struct {
	consent.PositionView
	Past bool
}

// Grant is a consent, and whether it is void because the words have changed.
type Grant struct {
	consent.ConsentView
	Void bool
}

// Empty tells whether the seat has said and done nothing.
func (c Cell) Empty() bool { return len(c.Positions)+len(c.Consents)+len(c.Proposals) == 0 }

// gridding is what a grid is made of.
type gridding struct {
	sight     Sight // what is left of it when the look is over
	unrolled  text.Unrolled
	version   text.VersionView
	cells     consent.MatrixView
	proposals map[string]text.ProposalView
	contested bool
}

// SeeGrid gathers what a grid of the latest version is made of, and leaves the
// work to the function that it gives, which needs the view no more. Contested
// leaves out the clauses on which nothing is open.
func SeeGrid(s Sight, contested bool) (func() (Grid, error), error) {
	u, err := s.Unrolled("")
	if err != nil {
		return nil, err
	}
	g := gridding{
		sight: s.after(), unrolled: u, cells: consent.SeeMatrix(s.Consent), proposals: map[string]text.ProposalView{}, contested: contested,
	}
	g.version, _ = text.SeeVersion(s.Text, u.Version())
	for _, p := range text.SeeProposals(s.Text) {
		g.proposals[p.ID] = p
	}
	return g.make, nil
}

func (g gridding) make() (Grid, error) {
	roll, err := g.sight.Roll(g.unrolled)
	if err != nil {
		return Grid{}, err
	}
	out := Grid{RollingView: roll, Columns: g.columns()}
	counts := draft.CountClauses(roll.Text)
	named, in := Titles(g.version), make(map[string]text.Clause, len(g.version.Clauses))
	for _, c := range g.version.Clauses {
		in[c.ID] = c
	}
	for _, c := range roll.Clauses {
		if c.First == c.Last && len(c.Applied)+len(c.Beside) == 0 {
			continue
		}
		row := rowOf(roll.Text, c, counts)
		row.Title = cmp.Or(named[c.ID], row.Title)
		for _, seat := range out.Columns {
			row.Cells = append(row.Cells, g.cell(in[c.ID], seat, g.held(c, seat)))
		}
		if g.contested && !row.Heading && !row.Open() {
			out.Passed++
			continue
		}
		out.Rows = append(out.Rows, row)
	}
	if g.contested {
		out.Rows = slices.Collect(withoutEmptyHeadings(out.Rows))
	}
	return out, nil
}

// rowOf gives a clause without its cells.
func rowOf(t *draft.Text, c text.RollingClause, counts []draft.ClauseCounts) Row {
	row := Row{At: c, ID: c.ID}
	for i := c.First; i < c.Last; i++ {
		clause := t.Clauses[i]
		if i == c.First {
			row.Title, row.Heading = page.Title(t, i), clause.IsHeading()
			if clause.Label != "" { // else its title begins as it does
				row.Opening = page.Opening(t, clause, 72)
			}
		}
		row.Counts = sum(row.Counts, counts[i].Counts)
	}
	if c.First == c.Last {
		row.Title = cmp.Or(c.Label, "a clause without number")
	}
	return row
}

// sum adds the figures of clauses.
func sum(a, b draft.Counts) draft.Counts {
	a.Clauses += b.Clauses
	a.Brackets += b.Brackets
	a.Alternatives += b.Alternatives
	a.Options += b.Options
	a.BoldOptions += b.BoldOptions
	a.Placeholders += b.Placeholders
	a.MaxDepth = max(a.MaxDepth, b.MaxDepth)
	a.Words += b.Words
	a.ContestedWords += b.ContestedWords
	a.Marks += b.Marks
	return a
}

// held lists the live proposals of a seat on a clause.
func (g gridding) held(c text.RollingClause, seat record.Seat) []text.ProposalView {
	var out []text.ProposalView
	for _, id := range slices.Concat(c.Applied, c.Beside) {
		if p, there := g.proposals[id]; there && p.Seat == seat {
			out = append(out, p)
		}
	}
	return out
}

func (g gridding) cell(clause text.Clause, seat record.Seat, held []text.ProposalView) Cell {
	out := Cell{Seat: seat, Proposals: held}
	if clause.ID == "" {
		return out
	}
	said, _ := g.cells.Cell(seat, record.NewRef("clause", clause.ID))
	for _, p := range said.Positions {
		out.Positions = append(out.Positions, Stance{p, p.Fingerprint != "" && p.Fingerprint != clause.Fingerprint})
	}
	for _, given := range said.Consents {
		if given.Level != consent.None {
			out.Consents = append(out.Consents, Grant{given, given.Fingerprint != clause.Fingerprint})
		}
	}
	return out
}

// columns gives the parties, and whoever else has said something of a clause or
// proposed for one.
func (g gridding) columns() []record.Seat {
	speaks := map[record.Seat]bool{}
	for _, c := range g.cells.Cells {
		speaks[c.Seat] = speaks[c.Seat] || c.On.Noun() == "clause"
	}
	for _, p := range g.proposals {
		speaks[p.Seat] = speaks[p.Seat] || p.Status == text.Live
	}
	names := g.sight.Names()
	var out []record.Seat
	for _, s := range g.sight.Table.Seats {
		if s.Role == record.Party || speaks[s.Seat] {
			out = append(out, s.Seat)
		}
	}
	slices.SortStableFunc(out, func(a, b record.Seat) int {
		return cmp.Compare(strings.ToLower(names[a]), strings.ToLower(names[b]))
	})
	return out
}

// Open tells whether something is open on a clause: brackets, a live proposal,
// or a seat that reserves or opposes.
func (r Row) Open() bool {
	if Bracketed(r.Counts) {
		return true
	}
	return slices.ContainsFunc(r.Cells, func(c Cell) bool {
		return len(c.Proposals) > 0 || slices.ContainsFunc(c.Positions, func(s Stance) bool {
			return s.Position == consent.Reserves || s.Position == consent.Opposes
		})
	})
}

// Bracketed tells whether words are contested, or yet to be written.
func Bracketed(c draft.Counts) bool {
	return c.Brackets > c.Marks || c.ContestedWords > 0 || c.Options > 0 || c.Placeholders > 0
}

// withoutEmptyHeadings leaves out the headings that no row follows.
func withoutEmptyHeadings(rows []Row) func(func(Row) bool) {
	return func(yield func(Row) bool) {
		for i, r := range rows {
			followed := i+1 < len(rows) && !rows[i+1].Heading
			if r.Heading && !followed && !r.Open() {
				continue
			}
			if !yield(r) {
				return
			}
		}
	}
}

// Elsewhere gives the latest word of each seat, in each audience, on what is
// neither a clause nor a proposal; the newest first.
func (s Sight) Elsewhere() []consent.PositionView {
	type matter struct {
		seat  record.Seat
		on    record.Ref
		topic string
		to    record.Audience
	}
	seen := map[matter]bool{}
	var out []consent.PositionView
	for _, p := range consent.SeeAllPositions(s.Consent) {
		if p.On.Noun() == "clause" || p.On.Noun() == "proposal" {
			continue
		}
		if k := (matter{p.Seat, p.On, p.Topic, p.Audience}); !seen[k] {
			seen[k] = true
			out = append(out, p)
		}
	}
	return out
}

// Matter says what a position is on that is on no clause and no proposal.
func (s Sight) Matter(p consent.PositionView) string {
	var of string
	switch p.On.Noun() {
	case "version":
		version, _ := text.SeeVersion(s.Text, p.On.ID())
		of = version.Symbol
	case "statement":
		of = "a statement"
		if said, there := press.SeeStatement(s.Press, p.On.ID()); there {
			of = "what " + said.Speaker + " said"
		}
	}
	switch {
	case of == "":
		return firstUpper(p.Topic)
	case p.Topic == "":
		return firstUpper(of)
	}
	return firstUpper(of) + ": " + p.Topic
}
