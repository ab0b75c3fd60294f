package consent

import "paraph/record"

// Act is what one may ask of this room: TakePosition or Give.
type Act interface{ act() }

// TakePosition says what a seat thinks of something. On is "clause/ID",
// "proposal/ID", "version/ID" or "statement/ID"; where the position is on
// nothing that stands here, Topic says in words on what. Exactly one of the two
// is given. Parties take positions; a keeper records them as reported.
// Audience: the own seat by default.
type TakePosition struct {
	On          record.Ref
	Topic       string
	Fingerprint string // for a clause: of the words that the position is on; may be empty
	Position    Position
	Note        string
	For         record.Seat // a keeper's alone; others speak for their own seat
	ReportedBy  string
	Audience    record.Audience
	Source      record.Source
}

// Give gives consent to the exact words of a clause, or with level None takes
// it back. Parties alone give it; from Agreed upwards, their heads alone.
// Audience: the own seat by default.
type Give struct {
	Clause      string
	Version     string
	Fingerprint string // of the clause's words in that version
	Level       Level
	Linked      []string // ids of the clauses that this consent rests on
	Note        string
	Audience    record.Audience
	Source      record.Source
}

func (TakePosition) act() {}
func (Give) act()         {}
