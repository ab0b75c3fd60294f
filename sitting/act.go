package sitting

import "paraph/record"

// Act is what one may ask of this room: Hold, Conclude, Send, Carry,
// Acknowledge, SetCondition, JudgeCondition or Signal.
type Act interface{ act() }

// Hold enters a sitting: held, under way, or called. By default its audience
// follows from its kind: a plenary that the chair enters is for the plenary,
// informals are for the parties, a consultation with one seat is for that seat
// and the chair; all else, and what others than the chair enter, for the own
// seat.
type Hold struct {
	ID              string
	Title           string
	Kind            Kind
	Round           int // from 1; 0 for none
	Place           string
	Zone            string // IANA name: "Europe/Moscow"
	Start, End      record.When
	Attendance      []Attender
	Languages       []string
	Interpretation  []Interpreting
	Agenda          []string
	Confidentiality string // what was agreed on telling others of it
	Outcome         string
	Note            string
	Audience        record.Audience
	Source          record.Source
}

// Conclude enters the outcome of a sitting, or mends it, for all who read of
// the sitting. Who entered the sitting concludes it. A zero End leaves the end
// as it stands.
type Conclude struct {
	Sitting string
	Outcome string
	End     record.When
	Source  record.Source
}

// Send sends a message. A party's goes to the chair, in confidence, unless
// another audience is asked for; To names the seat it is meant for in the end
// (empty: the chair), and MayPass those to which the chair may carry it: the
// words PassOn if there are any, else all of it, and nothing of Withhold. The
// chair's goes to the seat To, in confidence.
type Send struct {
	ID       string
	To       record.Seat
	Words    string
	MayPass  []record.Seat
	PassOn   string
	Withhold string
	Audience record.Audience
}

// Carry passes a message on to another seat, in the chair's words or, when
// Words is empty, in those that its sender gave to be passed on. The chair alone carries, and only where the sender
// said that it may. The receiving seat is told nothing of where it came from.
type Carry struct {
	ID      string // of the new message
	Message string // the one that is carried on
	To      record.Seat
	Words   string
}

// Acknowledge says that a message has arrived, to all who read it. Any seat
// that reads it but did not send it may say so, once.
type Acknowledge struct {
	Message string
}

// SetCondition says what must hold before a next step. Audience: the own seat
// by default.
type SetCondition struct {
	ID       string
	What     string
	ForStep  string
	For      record.Seat // a keeper's alone; others set their own
	StatedBy string      // the person who stated it; may be empty
	Due      record.When // may be zero
	Audience record.Audience
	Source   record.Source
}

// JudgeCondition says how a condition stands, to all who read of it. The seat
// whose condition it is, the chair and a keeper judge; any other party may say
// that it is disputed, and no more.
type JudgeCondition struct {
	Condition string
	Standing  Standing
	Note      string
	Source    record.Source
}

// Signal gives a sign that a condition may be met. Audience: the own seat by
// default.
type Signal struct {
	ID        string
	Condition string
	Words     string
	For       record.Seat // a keeper's alone
	Audience  record.Audience
	Source    record.Source
}

func (Hold) act()           {}
func (Conclude) act()       {}
func (Send) act()           {}
func (Carry) act()          {}
func (Acknowledge) act()    {}
func (SetCondition) act()   {}
func (JudgeCondition) act() {}
func (Signal) act()         {}
