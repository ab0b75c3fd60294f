package press

import "paraph/record"

// The kinds of entries that this room writes.
const (
	kindRecorded record.Kind = "press.statement.recorded"
	kindClaimed  record.Kind = "press.claim.made"
	kindDenied   record.Kind = "press.claim.denied"
	kindJudged   record.Kind = "press.claim.judged"
	kindLeaked   record.Kind = "press.leak.found"
)

// Kinds lists all kinds of entries that this room writes and reads.
func Kinds() []record.Kind {
	return []record.Kind{kindRecorded, kindClaimed, kindDenied, kindJudged, kindLeaked}
}

type recorded struct {
	ID      string        `json:"id"`
	Kind    Kind          `json:"kind"`
	Speaker string        `json:"speaker"`
	Seat    record.Seat   `json:"seat,omitempty"`
	Words   string        `json:"words"`
	Quoted  bool          `json:"quoted,omitempty"`
	Channel string        `json:"channel,omitempty"`
	Said    record.When   `json:"said,omitzero"`
	Sitting string        `json:"sitting,omitempty"`
	Cleared []record.Seat `json:"cleared,omitempty"`
	Source  record.Source `json:"source,omitzero"`
}

type claimed struct {
	ID     string        `json:"id"`
	What   string        `json:"what"`
	By     string        `json:"by"`
	Seat   record.Seat   `json:"seat,omitempty"`
	Said   record.When   `json:"said,omitzero"`
	Source record.Source `json:"source,omitzero"`
}

type denied struct {
	Claim  string        `json:"claim"`
	By     string        `json:"by"`
	Seat   record.Seat   `json:"seat,omitempty"`
	Words  string        `json:"words,omitempty"`
	Said   record.When   `json:"said,omitzero"`
	Source record.Source `json:"source,omitzero"`
}

type judged struct {
	Claim    string        `json:"claim"`
	Standing Standing      `json:"standing"`
	Note     string        `json:"note,omitempty"`
	Source   record.Source `json:"source,omitzero"`
}

type leaked struct {
	ID      string        `json:"id"`
	What    string        `json:"what"`
	Where   string        `json:"where,omitempty"`
	Version string        `json:"version,omitempty"`
	Found   record.When   `json:"found,omitzero"`
	Note    string        `json:"note,omitempty"`
	Source  record.Source `json:"source,omitzero"`
}
