package text

import (
	"time"

	"paraph/record"
)

// Kind is what a proposal does.
type Kind string

// The kinds of proposals.
const (
	Amend  Kind = "amend"
	Insert Kind = "insert"
	Delete Kind = "delete"
	Move   Kind = "move"
)

// Status is how a proposal stands.
type Status string

// The statuses.
const (
	Live      Status = "live"
	Withdrawn Status = "withdrawn"
	Replaced  Status = "replaced" // by a later one of the same seat
)

// ProposalView is a seat's wording for a clause.
type ProposalView struct {
	ID         string
	Seat       record.Seat
	Version    string
	Kind       Kind
	Clause     string // id of the clause that is amended, deleted or moved; empty for an insertion
	Label      string // of that clause in the version, or the new clause's own for an insertion
	After      string // for insert and move: id of the clause that it follows; empty: at the beginning
	Words      string // for amend and insert: the full clause with its label
	Reason     string // the one it was first given, as far as this lens reads
	Replaces   string // id of the proposal that this one replaces
	ReplacedBy string
	Status     Status
	Withdrawal string // the reason given for it
	At         time.Time
	By         record.By
	Source     record.Source
	Standing   []Standing // where it stands: the audiences that this lens reads, in order of time
}

// Standing is one audience in which a proposal stands, and since when.
type Standing struct {
	Audience record.Audience
	At       time.Time
	Cleared  bool   // it came here by clearance, not by being tabled
	Reason   string // the reason that this audience reads
}

// Widest gives the widest audience in which the proposal stands; of two
// equally wide ones the later.
func (v ProposalView) Widest() record.Audience {
	var widest record.Audience
	for _, st := range v.Standing {
		if widest == "" || st.Audience.Width() >= widest.Width() {
			widest = st.Audience
		}
	}
	return widest
}

// stands tells whether the proposal stands in an audience.
func (v *ProposalView) stands(a record.Audience) bool {
	for _, st := range v.Standing {
		if st.Audience == a {
			return true
		}
	}
	return false
}
