package bargain

import (
	"time"

	"paraph/record"
)

// IssueView is a point that packages decide.
type IssueView struct {
	ID       string
	Name     string
	Note     string
	Brackets []Bracket // empty for an issue without text
	Options  []Option
	At       time.Time
	By       record.By
	Audience record.Audience
	Standing Standing
	// Why says why it stands no more: which clause has other words now, or the
	// chair's reason for dropping it.
	Why string
}

// Standing is whether something can still be decided.
type Standing string

// The standings.
const (
	Stands  Standing = "stands"
	Lapsed  Standing = "lapsed"  // words that it was made of have changed
	Dropped Standing = "dropped" // by the chair
)

// Bracket is one place in the text where words are not agreed, with the words
// of its clause as they were when the issue was made of it.
type Bracket struct {
	Clause      string        `json:"clause"`
	Version     string        `json:"version"`
	Fingerprint string        `json:"fingerprint"` // of the clause's words
	Label       string        `json:"label,omitempty"`
	Words       string        `json:"words"` // of the clause, with its label and its brackets
	Seats       []record.Seat `json:"seats,omitempty"`
	Place       int           `json:"place"` // of the bracket among those of the clause, by where they open
}

// Option is one way to decide an issue.
type Option struct {
	Name string `json:"name"`
	// Alternatives says for each bracket of the issue which alternative is taken:
	// its place in the bracket, or NoText.
	Alternatives []int `json:"alternatives,omitempty"`
}

// NoText is the alternative of a bracket that stands for none of its words.
const NoText = -1

// RuleView is a rule that makes packages impossible.
type RuleView struct {
	ID       string
	If, Then []Choice
	Reason   string
	At       time.Time
	Audience record.Audience
	Standing Standing
	Why      string
}

// Current gives the fingerprint of the words that a clause has now, in the
// latest version; empty when it has none there.
type Current func(clause string) string

// BracketView is a bracket that an issue can be made of, with its alternatives
// in words and the options that it gives by itself.
type BracketView struct {
	Bracket
	Within       int // the place of the bracket that it is nested in; -1 for none
	Alternatives []AlternativeView
	Options      []Option
}

// AlternativeView is one candidate inside a bracket.
type AlternativeView struct {
	Words   string // empty for no text
	Holders []record.Seat
}
