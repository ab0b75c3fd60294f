package consent

import "paraph/record"

// The kinds of entries that this room writes.
const (
	kindTaken record.Kind = "consent.position.taken"
	kindGiven record.Kind = "consent.consent.given"
)

// Kinds lists all kinds of entries that this room writes and reads.
func Kinds() []record.Kind { return []record.Kind{kindTaken, kindGiven} }

type taken struct {
	On          record.Ref    `json:"on,omitempty"`
	Topic       string        `json:"topic,omitempty"`
	Version     string        `json:"version,omitempty"`
	Fingerprint string        `json:"fingerprint,omitempty"`
	Seat        record.Seat   `json:"seat"`
	Position    Position      `json:"position,omitempty"`
	Note        string        `json:"note,omitempty"`
	ReportedBy  string        `json:"reported_by,omitempty"`
	Said        record.When   `json:"said,omitzero"`
	Source      record.Source `json:"source,omitzero"`
}

type given struct {
	Clause      string        `json:"clause"`
	Version     string        `json:"version"`
	Fingerprint string        `json:"fingerprint"`
	Seat        record.Seat   `json:"seat"`
	Level       Level         `json:"level"`
	Linked      []string      `json:"linked,omitempty"`
	Note        string        `json:"note,omitempty"`
	Source      record.Source `json:"source,omitzero"`
}
