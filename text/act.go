package text

import "paraph/record"

// Act is what one may ask of this room: Issue, Table, Withdraw or Clear.
type Act interface{ act() }

// Issue puts out a version. The chair issues, or a keeper; a non-paper is any
// party's to issue. Audience: plenary by default; for a party's non-paper, the own seat.
//
// Clauses keep the ids that they have in the version it follows, matched by
// likeness; new clauses get new ids.
type Issue struct {
	ID         string
	Symbol     string
	Class      Class
	Title      string
	Draft      string // Markdown; its front matter declares the seats that its brackets name
	Follows    string // id of the version whose clauses it carries on; empty: the latest that all its readers read
	Note       string
	Date       string       // as the paper is dated
	Provenance []Provenance // of those clauses for which there is something to say
	Audience   record.Audience
	Source     record.Source
}

// Table puts forward a seat's wording for a clause of a version. Parties and
// the chair table; a keeper records what was tabled elsewhere. Audience: the
// own seat by default. An amendment that leaves the clause's label out keeps it.
type Table struct {
	ID       string
	Version  string // empty: the latest
	Kind     Kind
	Clause   string // id; for amend, delete, move
	After    string // id; for insert and move; empty: at the beginning
	Words    string // for amend and insert: the full clause with its label
	Reason   string
	Replaces string      // id of the own live proposal on the same clause, in the same audience, if there is one
	For      record.Seat // a keeper's alone; others table for their own seat
	Audience record.Audience
	Source   record.Source
}

// Withdraw takes a proposal back, wherever it stands. The seat that made it
// withdraws it.
type Withdraw struct {
	Proposal string
	Reason   string
	Source   record.Source
}

// Clear puts a proposal before a further audience: its whole content, as a new
// entry there. The seat that made it clears it, and nobody else. The reason that
// the further audience reads is the one given here: the one given before, to
// fewer, does not go along by itself.
type Clear struct {
	Proposal string
	To       record.Audience
	Reason   string
	Replaces string // as in Table, for the further audience
	Source   record.Source
}

func (Issue) act()    {}
func (Table) act()    {}
func (Withdraw) act() {}
func (Clear) act()    {}
