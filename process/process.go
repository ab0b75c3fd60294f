// Package process is the room of the table itself: the process with its ground
// rules, the seats around it, and the people accredited for each seat.
//
// It is pure: no clock, no randomness, no input or output. Read process.go for
// the nouns, act.go for what one may ask, decide.go for what is refused.
package process

import (
	"time"

	"paraph/record"
)

// State is a process as one lens sees it: folded from the entries that the lens
// may read, and from no others. The zero State is a process not yet opened.
type State struct {
	process ProcessView
	seats   []SeatView
	people  record.Roll[[]PersonView] // by id; more than one only when two seats took one id out of each other's sight
}

// GroundRules are what the seats agreed on how to negotiate.
type GroundRules struct {
	Regime     Regime   `json:"regime"`
	Languages  []string `json:"languages,omitempty"`  // the working languages, as tags: "en", "ru"
	Kept       bool     `json:"kept,omitempty"`       // kept from outside, from public reporting: what is entered for the public needs its source
	Principles []string `json:"principles,omitempty"` // "nothing is agreed until everything is agreed"
}

// Regime is what may be done with what is said.
type Regime string

// The regimes. Off the record, content may be destroyed, which leaves a
// destruction note.
const (
	OnTheRecord      Regime = "on the record"
	WithoutPrejudice Regime = "without prejudice"
	OffTheRecord     Regime = "off the record"
)

// ProcessView is the process, its rules, and who sits in it.
type ProcessView struct {
	Open     bool // false: nothing was opened that this lens can see
	Title    string
	Question string // what the process is to settle
	Rules    GroundRules
	Audience record.Audience // who may know of the process
	Opened   time.Time
	Source   record.Source
	Seats    []SeatView // the chair, then the parties, then the observers; each by name
}

// SeatView is one seat and its delegation.
type SeatView struct {
	Seat     record.Seat
	Name     string
	Role     record.Role
	Note     string
	Audience record.Audience
	Admitted time.Time
	Source   record.Source
	People   []PersonView // by capacity, head first; then in the order accredited
	Former   []PersonView // whose accreditation was ended, in that order

	Suspended time.Time // since when the seat is suspended; zero: it is not
	Why       string    // why it was suspended, or restored; may be empty
	WhySource record.Source
}

// PersonView is one person accredited for a seat.
type PersonView struct {
	ID         string
	Seat       record.Seat
	Name       string // empty for an interpreter or note-taker who is not named
	Office     string
	Capacity   record.Capacity
	Languages  []string // that the person interprets, or works in
	Powers     string   // full powers: what the person may do for the seat, and until when
	Note       string
	Audience   record.Audience
	Accredited time.Time
	Source     record.Source

	Struck time.Time // when the accreditation was ended; zero: it stands
	Left   bool      // it was ended by the person

	Why       string // why it was ended; may be empty
	WhySource record.Source
}
