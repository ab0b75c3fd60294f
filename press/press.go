// Package press is the room of the public side: statements, read-outs and
// lines, claims of fact with their denials, and text that is out without
// clearance.
//
// It judges no claim of fact and names nobody for a leak: how a claim stands is
// what a person judged, with a source; the one thing that follows by itself is
// that an asserted claim which somebody denies is contested.
//
// It is pure: no clock, no randomness, no input or output. Read press.go for
// the nouns, act.go for what one may ask, decide.go for what is refused.
package press

import (
	"time"

	"paraph/record"
)

// State is what one lens may read of the public side. The zero State is one in
// which nobody has said anything.
type State struct {
	statements record.Roll[StatementView]
	claims     record.Roll[ClaimView]
	leaks      record.Roll[LeakView]
}

// Kind is what sort of statement it is.
type Kind string

// The kinds of statements.
const (
	Statement      Kind = "statement"       // words that somebody said
	ReadOut        Kind = "read-out"        // one side's account of a meeting
	Line           Kind = "line"            // wording that is cleared for use
	JointStatement Kind = "joint statement" // the account that was agreed
)

// Standing is how a claim stands.
type Standing string

// The standings of a claim.
const (
	Asserted        Standing = "asserted"
	Contested       Standing = "contested"
	PartlyConfirmed Standing = "partly confirmed"
	Confirmed       Standing = "confirmed"
	Refuted         Standing = "refuted"
	Withdrawn       Standing = "withdrawn"
	Unverifiable    Standing = "unverifiable"
)

// Standings lists the standings of a claim.
func Standings() []Standing {
	return []Standing{Asserted, Contested, PartlyConfirmed, Confirmed, Refuted, Withdrawn, Unverifiable}
}

// StatementView is words that somebody said.
type StatementView struct {
	ID       string
	Kind     Kind
	Speaker  string
	Seat     record.Seat // for which the speaker speaks; may be empty
	Words    string
	Quoted   bool // the very words; else a summary of them
	Channel  string
	Said     record.When
	Sitting  string        // id of the sitting it is about; may be empty
	Cleared  []record.Seat // the seats that cleared the wording
	At       time.Time
	Audience record.Audience
	Source   record.Source
}

// ClaimView is a statement of fact by someone, with all that was said of it.
type ClaimView struct {
	ID         string
	What       string
	By         string      // who claims it: a person or a body
	Seat       record.Seat // for which they speak; may be empty
	Said       record.When
	Standing   Standing
	Denials    []Denial    // the oldest first
	Judgements []Judgement // the oldest first
	Author     record.Seat // who entered it; empty for a keeper
	At         time.Time
	Audience   record.Audience
	Source     record.Source
}

// Denial is somebody's word against a claim.
type Denial struct {
	By     string
	Seat   record.Seat
	Words  string
	Said   record.When
	At     time.Time
	Source record.Source
}

// Judgement is one person's word, with a source, on how a claim stands.
type Judgement struct {
	Standing Standing
	Note     string
	Seat     record.Seat // who judged; empty for a keeper
	At       time.Time
	Source   record.Source
}

// LeakView is text or talk that is out without clearance. It names nobody.
type LeakView struct {
	ID       string
	What     string
	Where    string
	Version  string // id of the version that is out; empty when it is none that stands here
	Found    record.When
	Note     string
	At       time.Time
	Audience record.Audience
	Source   record.Source
}

// ItemView is one item of the timeline: just one of the three is set.
type ItemView struct {
	When       record.When // when it was said or found
	Unresolved bool        // that time is not known, or in doubt
	At         time.Time   // when it was entered
	Statement  *StatementView
	Claim      *ClaimView
	Leak       *LeakView
}
