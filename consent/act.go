package consent

import "paraph/record"

// Act is what one may ask of this room: TakePosition or Give.
type Act interface{ act() }

// TakePosition says what a seat thinks of something. On is "clause/ID",
// "proposal/ID", "version/ID" or "statement/ID"; where the position is on
// nothing that stands here, or on an aspect of a version or a statement, Topic
// says in words on what. Parties take positions; a keeper records them as
// reported, and may leave Position empty where the report fits none of the six:
// then Note says what is reported. Audience: the own seat by default.
type TakePosition struct {
	On          record.Ref
	Topic       string
	Version     string // for a clause: id of the version that the seat has before it; may be empty
	Fingerprint string // for a clause: of the words that the position is on; may be empty
	Position    Position
	Note        string
	For         record.Seat // a keeper's alone; others speak for their own seat
	ReportedBy  string
	Said        record.When // when it was said, if that is not now
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
