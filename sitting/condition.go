package sitting

import (
	"time"

	"paraph/record"
)

// Standing is how a condition stands.
type Standing string

// The standings.
const (
	Open     Standing = "open"
	Met      Standing = "met"
	Unmet    Standing = "unmet"
	Disputed Standing = "disputed"
	Expired  Standing = "expired"
)

// Standings lists the standings, Open first.
func Standings() []Standing { return []Standing{Open, Met, Unmet, Disputed, Expired} }

// ConditionView is what must hold before a next step.
type ConditionView struct {
	ID       string
	What     string
	ForStep  string      // the step that waits for it
	Seat     record.Seat // whose condition it is; may be empty when a keeper entered it
	StatedBy string      // the person who stated it; may be empty
	Due      record.When // zero when it has no date
	Standing Standing    // by the latest judgement; Open before the first
	At       time.Time
	Audience record.Audience
	Source   record.Source
	History  []Judgement  // the oldest first
	Signals  []SignalView // the oldest first
}

// Judgement is one word on how a condition stands.
type Judgement struct {
	Standing Standing
	Note     string
	Seat     record.Seat // who judged; empty for a keeper
	At       time.Time
	Source   record.Source
}

// SignalView is a sign that a condition may be met. It judges nothing.
type SignalView struct {
	ID        string
	Condition string
	Words     string
	Seat      record.Seat // who gave it; may be empty when a keeper entered it
	At        time.Time
	Audience  record.Audience
	Source    record.Source
}
