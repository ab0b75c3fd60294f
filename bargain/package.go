package bargain

import (
	"time"

	"paraph/record"
)

// PackageView is a choice for some or all issues, as a whole.
type PackageView struct {
	ID       string
	Title    string
	Note     string
	Choices  []Choice
	If       []Condition
	Between  []record.Seat
	After    string // the settled package that it would better; empty for a first pass
	Seat     record.Seat
	At       time.Time // when it was last tabled or amended
	By       record.By
	Audience record.Audience
	Revision int // 1 when tabled, one more with each amendment
	Status   Status
	Why      string // why it is void, or the reason of its withdrawal
	// Responses are those to the revision that stands, the latest of each seat in
	// each audience, as far as the lens reads them.
	Responses []ResponseView
	Earlier   []Revision // what it was before, the oldest first
}

// Status is what has become of a package.
type Status string

// The statuses.
const (
	Tabled    Status = "tabled"
	Settled   Status = "settled"  // all parties that it is between accept it, as far as the lens reads
	Declined  Status = "declined" // one of them does not
	Void      Status = "void"     // an issue or a condition that it rests on does not hold any more
	Withdrawn Status = "withdrawn"
)

// ResponseView is one party's answer to a package.
type ResponseView struct {
	Seat     record.Seat
	Revision int
	Response Response
	Note     string
	At       time.Time
	By       record.By
	Audience record.Audience
}

// Revision is what a package was before it was amended.
type Revision struct {
	Number  int
	Choices []Choice
	If      []Condition
	Note    string
	At      time.Time
}

// WordsView is a package turned back into words, clause by clause.
type WordsView struct {
	Clauses []ClauseWords // in the order in which the issues name them
	Others  []Decided     // what it decides without text
	Open    []string      // names of issues that it leaves open
	Clean   bool          // no bracket is left in any of Clauses
}

// ClauseWords is one clause as a package gives it.
type ClauseWords struct {
	Clause   string
	Version  string
	Label    string
	Before   string // with its brackets
	Words    string // with its label; brackets that the package does not decide stay as written
	Clean    bool
	Lapsed   bool // the clause has other words now
	Readings []Reading
}

// Reading is the clause as a party would have it.
type Reading struct {
	Seat  record.Seat
	Words string
	Same  bool // as the package gives it
}

// Decided is an issue without text and the option that a package gives it.
type Decided struct{ Issue, Option string }
