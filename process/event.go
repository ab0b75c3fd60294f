package process

import "paraph/record"

// The kinds of entries that this room writes.
const (
	kindOpened     record.Kind = "process.process.opened"
	kindAdmitted   record.Kind = "process.seat.admitted"
	kindAccredited record.Kind = "process.person.accredited"
	kindStruck     record.Kind = "process.person.struck"
	kindSuspended  record.Kind = "process.seat.suspended"
	kindRestored   record.Kind = "process.seat.restored"
)

// Kinds lists all kinds of entries that this room writes and reads.
func Kinds() []record.Kind {
	return []record.Kind{kindOpened, kindAdmitted, kindAccredited, kindStruck, kindSuspended, kindRestored}
}

type opened struct {
	Title    string        `json:"title"`
	Question string        `json:"question,omitempty"`
	Rules    GroundRules   `json:"rules"`
	Source   record.Source `json:"source,omitzero"`
}

type admitted struct {
	Seat   record.Seat   `json:"seat"`
	Name   string        `json:"name"`
	Role   record.Role   `json:"role"`
	Note   string        `json:"note,omitempty"`
	Source record.Source `json:"source,omitzero"`
}

type accredited struct {
	ID        string          `json:"id"`
	Seat      record.Seat     `json:"seat"`
	Name      string          `json:"name,omitempty"`
	Office    string          `json:"office,omitempty"`
	Capacity  record.Capacity `json:"capacity"`
	Languages []string        `json:"languages,omitempty"`
	Powers    string          `json:"powers,omitempty"`
	Note      string          `json:"note,omitempty"`
	Source    record.Source   `json:"source,omitzero"`
}

type struck struct {
	Seat   record.Seat   `json:"seat"`
	Person string        `json:"person"`
	Reason string        `json:"reason,omitempty"`
	Source record.Source `json:"source,omitzero"`
}

type suspended struct {
	Seat   record.Seat   `json:"seat"`
	Reason string        `json:"reason,omitempty"`
	Source record.Source `json:"source,omitzero"`
}

type restored suspended
