package text

import "paraph/record"

// The kinds of entries that this room writes.
const (
	kindIssued    record.Kind = "text.version.issued"
	kindTabled    record.Kind = "text.proposal.tabled"
	kindCleared   record.Kind = "text.proposal.cleared"
	kindWithdrawn record.Kind = "text.proposal.withdrawn"
)

// Kinds lists all kinds of entries that this room writes and reads.
func Kinds() []record.Kind {
	return []record.Kind{kindIssued, kindTabled, kindCleared, kindWithdrawn}
}

type issued struct {
	ID         string        `json:"id"`
	Symbol     string        `json:"symbol"`
	Class      Class         `json:"class"`
	Title      string        `json:"title,omitempty"`
	Date       string        `json:"date,omitempty"`
	Follows    string        `json:"follows,omitempty"`
	Note       string        `json:"note,omitempty"`
	Source     record.Source `json:"source,omitzero"`
	Draft      string        `json:"draft"`
	Clauses    []Clause      `json:"clauses"`
	Provenance []Provenance  `json:"provenance,omitempty"`
}

// wording is a proposal: the body of both tabled and cleared, so that who reads
// the one without the other reads all of it.
type wording struct {
	ID       string        `json:"id"`
	Seat     record.Seat   `json:"seat"`
	Version  string        `json:"version"`
	Kind     Kind          `json:"kind"`
	Clause   string        `json:"clause,omitempty"`
	After    string        `json:"after,omitempty"`
	Words    string        `json:"words,omitempty"`
	Reason   string        `json:"reason,omitempty"`
	Replaces string        `json:"replaces,omitempty"`
	Source   record.Source `json:"source,omitzero"`
}

type withdrawn struct {
	Proposal string        `json:"proposal"`
	Clause   string        `json:"clause,omitempty"` // the one it was for, or after which it would insert
	Reason   string        `json:"reason,omitempty"`
	Source   record.Source `json:"source,omitzero"`
}
