// Package sitting is the room of meetings and of what passes between them:
// rounds and sittings with who attended in which capacity, messages that the
// chair carries, conditions for a next step and the signals about them.
//
// It is pure: no clock, no randomness, no input or output; so it takes time
// zones as names and leaves their rules to the page. Read sitting.go for the
// sitting, message.go and condition.go for the other nouns, act.go for what one
// may ask, decide.go for what is refused.
package sitting

import (
	"time"

	"paraph/record"
)

// State is the sittings, messages and conditions that one lens may read. The
// zero State is one in which nothing has happened.
type State struct {
	sittings   record.Roll[SittingView]
	messages   record.Roll[MessageView]
	conditions record.Roll[ConditionView]
}

// Kind is what sort of meeting a sitting is.
type Kind string

// The kinds of sittings.
const (
	Plenary      Kind = "plenary"      // all seats
	Informals    Kind = "informals"    // parties and chair
	Caucus       Kind = "caucus"       // one party alone
	Bilateral    Kind = "bilateral"    // two seats
	Proximity    Kind = "proximity"    // parties near each other, without contact
	Consultation Kind = "consultation" // the chair and one seat
)

// Attender is one person at a sitting.
type Attender struct {
	Seat     record.Seat     `json:"seat,omitempty"`   // empty for one who sits for no seat
	Person   string          `json:"person,omitempty"` // the id of an accredited person, when it is one
	Name     string          `json:"name,omitempty"`   // empty for one who is not named
	Office   string          `json:"office,omitempty"`
	Capacity record.Capacity `json:"capacity,omitempty"`
	Remote   bool            `json:"remote,omitempty"`
}

// Interpreting is who interpreted between which languages.
type Interpreting struct {
	Person  string   `json:"person,omitempty"` // the id of an accredited person, when it is one
	Between []string `json:"between,omitempty"`
}

// SittingView is one sitting.
type SittingView struct {
	ID              string
	Title           string
	Kind            Kind
	Round           int // from 1; 0 when it belongs to no round
	Place           string
	Zone            string      // IANA name of the place's time zone; may be empty
	Start, End      record.When // End is zero for one that has not ended, or whose end nobody tells
	Unresolved      bool        // its start is not known, or in doubt
	Attendance      []Attender
	Languages       []string
	Interpretation  []Interpreting
	Agenda          []string
	Confidentiality string
	Outcome         string
	Note            string
	Seat            record.Seat // who entered it; empty for a keeper
	At              time.Time   // when it was entered
	Concluded       time.Time   // when its outcome was entered last; zero when never
	Audience        record.Audience
	Source          record.Source
	OutcomeSource   record.Source
}
