// Package consent is the room of what seats hold of words: positions, and
// consent to exact words of an exact clause.
//
// Two separate axes, never one number: a position says what a seat thinks, a
// consent what it is bound to. Nothing is inferred here: silence stays silence,
// and consent to words that have changed is void without anybody's doing,
// because it names the fingerprint of the words that it covers.
//
// It is pure: no clock, no randomness, no input or output. Read consent.go for
// the nouns, act.go for what one may ask, decide.go for what is refused.
package consent

import (
	"time"

	"paraph/record"
)

// State is all positions and consents that one lens may read. The zero State
// is one in which nobody has said anything.
type State struct {
	positions []PositionView // in the order taken
	on        map[record.Ref][]int
	consents  map[string][]ConsentView // by clause, in the order given
	cells     map[cellKey]*CellView
	cellsOn   map[record.Ref][]*CellView // those that are on no topic in words, by what they are on
}

// Position is what a seat thinks of words.
type Position string

// The positions.
const (
	Proposes    Position = "proposes"
	Supports    Position = "supports"
	CanLiveWith Position = "can live with"
	Reserves    Position = "reserves"
	Opposes     Position = "opposes"
	Silent      Position = "silent" // said to be silent; which is never consent
)

// Positions lists the positions in the order in which pages show them.
func Positions() []Position {
	return []Position{Proposes, Supports, CanLiveWith, Reserves, Opposes, Silent}
}

// Level is how far a seat is bound to words.
type Level string

// The levels, from the lowest. From Agreed upwards only the head of a
// delegation gives consent.
const (
	None         Level = "none" // takes back what was given
	AdReferendum Level = "ad referendum"
	Agreed       Level = "agreed"
	Initialled   Level = "initialled"
	Signed       Level = "signed"
)

// Levels lists the levels from the lowest.
func Levels() []Level {
	return []Level{None, AdReferendum, Agreed, Initialled, Signed}
}

// PositionView is one position that was taken.
type PositionView struct {
	On          record.Ref // a clause, proposal, version or statement; empty when Topic is set
	Topic       string     // what the position is on, in words, when it is on nothing that stands here, or on an aspect of On
	Version     string     // for a clause: id of the version that the seat had before it; may be empty
	Fingerprint string     // for a clause: of the words it is on; empty when it is on the clause as such
	Seat        record.Seat
	Position    Position // empty when what is reported is none of the six: then see Note
	Note        string
	ReportedBy  string // who said so, when the seat did not say it here itself
	Said        record.When
	At          time.Time
	By          record.By
	Audience    record.Audience
	Source      record.Source
}

// ConsentView is one consent that was given.
type ConsentView struct {
	Clause      string // its id
	Version     string // the version whose words are meant
	Fingerprint string // of the exact words; once the clause has others, the consent is void
	Seat        record.Seat
	Level       Level
	Linked      []string // ids of the clauses it rests on
	Note        string
	At          time.Time
	By          record.By
	Audience    record.Audience
	Source      record.Source
}

// MatrixView holds what each seat last said, thing by thing.
type MatrixView struct {
	Cells []CellView // sorted by seat, then by what it is on
}

// CellView is what one seat last said of one thing: the latest in each
// audience, the widest audience first, because a seat may say one thing to the
// table and another in confidence.
type CellView struct {
	Seat      record.Seat
	On        record.Ref
	Positions []PositionView
	Consents  []ConsentView // for clauses alone
}
