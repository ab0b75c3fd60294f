package bargain

import (
	"time"

	"paraph/record"
	"paraph/veto"
)

// TestView is a sealed test of who could live with something.
type TestView struct {
	ID       string
	Question string
	Package  string
	Revision int
	Clauses  []Condition
	If       []Condition
	Asked    []record.Seat
	Deadline time.Time
	Seat     record.Seat // who asks
	At       time.Time
	By       record.By
	Audience record.Audience
	Stage    Stage
	Why      string // why it is void
	// Joined, Answered and Opened are the seats that have done so; that much is
	// seen by all who read of the test, and never what they answered.
	Joined, Answered, Opened []record.Seat
	// Own is what the own seat answered, where it is kept here: seen by that seat
	// alone.
	Own OwnAnswer
}

// Stage is how far a test has come.
type Stage string

// The stages.
const (
	Joining   Stage = "joining"    // keys are awaited: round one
	Answering Stage = "answering"  // answers are awaited: round two
	Opening   Stage = "opening"    // all have answered; the answers are being opened
	Passed    Stage = "passed"     // all could live with it
	NotPassed Stage = "not passed" // not all could; who could not, nobody learns
	Voided    Stage = "void"       // what it was about does not hold any more
)

// OwnAnswer is what a seat answered itself.
type OwnAnswer string

// The own answers.
const (
	NoAnswer OwnAnswer = "" // none, or one that the seat keeps elsewhere
	Yes      OwnAnswer = "yes"
	No       OwnAnswer = "no"
)

// TranscriptView is all that is published in a test, for who checks it: the
// keys, commitments and openings, in the order of TestView.Asked; nil where one
// is not there yet.
type TranscriptView struct {
	Test        string
	Ballot      veto.Ballot
	Shares      []*veto.Share
	Commitments []*veto.Commitment
	Openings    []*veto.Opening
}

// test is a test with what its protocol has published, and with the secrets of
// the own seat.
type test struct {
	TestView
	shares      map[record.Seat]veto.Share
	commitments map[record.Seat]veto.Commitment
	openings    map[record.Seat]veto.Opening
	secret      map[record.Seat]veto.Secret  // the own seat's alone
	kept        map[record.Seat]veto.Opening // the own seat's opening, before it is published
	yes         map[record.Seat]bool         // what the own seat answered
}
