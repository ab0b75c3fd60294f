package bargain

import (
	"time"

	"paraph/record"
	"paraph/settle"
	"paraph/veto"
)

// Act is what one may ask of this room: MakeIssue, DropIssue, AddRule,
// DropRule, Prefer, Lend, Revoke, PlaceSecrets, TablePackage, AmendPackage, WithdrawPackage,
// RespondPackage, OpenTest, Join, Answer or Open.
type Act interface{ act() }

// MakeIssue makes a point that packages decide: out of brackets of the text,
// whose alternatives are its options, or without text, with options in words.
// The chair makes issues, for the parties by default, or for the plenary.
type MakeIssue struct {
	ID       string
	Name     string
	Note     string
	Brackets []Bracket
	// Options may be left out where the brackets give them: each alternative of
	// the one bracket, or the first alternatives of all brackets, the second ones,
	// and so on; of a bracket with a single alternative, its words or no text.
	Options  []Option
	Audience record.Audience
}

// DropIssue takes an issue from what is to be settled. The chair drops it.
type DropIssue struct {
	Issue  string
	Reason string
}

// AddRule makes packages impossible: where all of If are chosen, all of Then
// must be; with an empty Then, the choices of If never stand together. The
// chair adds rules, for the parties by default, or for the plenary.
type AddRule struct {
	ID       string
	If, Then []Choice
	Reason   string
	Audience record.Audience
}

// DropRule takes a rule back. The chair drops it.
type DropRule struct {
	Rule   string
	Reason string
}

// Prefer keeps what the own seat makes of the issues, in the place of what was
// kept before. It is written to the own seat, and nowhere else.
type Prefer struct {
	Issues  []string // ids, in the order of the tables in Party
	Party   settle.Party
	Method  string // how they were found: "ranking", "weights", "swing", "pairs"
	Answers string // what was answered, in the form of the method's own; at most record.MaxProse bytes
	Note    string
}

// Lend lets the chair's engine use the own preferences as they stand, coarsened
// to a grain: what is written to the chair holds that and nothing finer. It
// takes the place of what the seat has lent before.
type Lend struct {
	Grain Grain
}

// Revoke ends what the own seat has lent: it is not used any more, and the desk
// destroys what was written of it to the chair.
type Revoke struct{}

// PlaceSecrets says where the own seat keeps its secrets of sealed tests that
// are opened from now on: here, in the seat's own log, or elsewhere, so that the
// host never has them and the seat's own program joins, answers and opens.
type PlaceSecrets struct {
	Elsewhere bool
}

// TablePackage puts forward a choice for some or all issues. Parties and the
// chair table packages; the chair's are for the parties by default, a party's
// for the own seat.
type TablePackage struct {
	ID      string
	Title   string
	Note    string
	Choices []Choice
	// If says what the package rests on: when one of these holds no more, the
	// package is void as a whole.
	If []Condition
	// Between are the parties that must accept it.
	Between []record.Seat
	// After is the id of a package that was settled: this one is a second pass,
	// and that one stays the floor until this one is settled.
	After    string
	Audience record.Audience
}

// AmendPackage gives a package other choices and conditions, before the same
// audience. Who tabled it amends it. Answers to what it was are void.
type AmendPackage struct {
	Package string
	Note    string
	Choices []Choice
	If      []Condition
}

// WithdrawPackage takes a package back. Who tabled it withdraws it.
type WithdrawPackage struct {
	Package string
	Reason  string
}

// RespondPackage accepts or declines a package as it stands now. A party that
// it is between responds; to accept binds the seat. Audience: the chair in
// confidence by default, and where the chair does not read the package, those
// who do.
type RespondPackage struct {
	Package  string
	Revision int // which one is answered, from 1
	Response Response
	Note     string
	Audience record.Audience
}

// OpenTest asks seats, under seal, whether they could live with something: a
// package, or the words of a clause, or what the question says, on conditions.
// The chair or a party asks; two seats at least are asked. It is for the
// parties by default; those asked must be among its readers.
type OpenTest struct {
	ID       string
	Question string
	Package  string // with Revision, when it is about a package
	Revision int
	Clauses  []Condition // the wordings that it is about
	If       []Condition // "if clause 9 stays"
	Asked    []record.Seat
	Deadline time.Time // no answer is taken after it; zero for none
	Audience record.Audience
}

// Join gives the own seat's key in a test: round one. Chance is for a key that
// is made here and whose secret stands in the own seat's log; Share is one that
// the seat has made elsewhere, where it keeps the secret. One of the two.
type Join struct {
	Test   string
	Chance []byte // veto.ChanceSize bytes
	Share  *veto.Share
}

// Answer answers a test for the own seat, under commitment: round two. It can
// be given once all who were asked have joined, and once only. Yes and Chance
// are for a key that is kept here; Sealed is the commitment to an opening that
// the seat has made elsewhere.
type Answer struct {
	Test   string
	Yes    bool
	Chance []byte // veto.ChanceSize bytes
	Sealed *veto.Commitment
}

// Open opens the own seat's commitment, once all who were asked have answered.
// Opening is for an answer that was made elsewhere; for one that is kept here
// it is left out.
type Open struct {
	Test    string
	Opening *veto.Opening
}

// Grain is how many levels a lent table has, from what is worth least to what
// is worth most; Exact for the table as it is. Of two grains of the ladder the
// finer tells all that the coarser tells.
type Grain int

// The ladder of grains.
const (
	Exact    Grain = 0
	Coarse   Grain = 4
	Middling Grain = 8
	Fine     Grain = 16
	VeryFine Grain = 32
)

// Grains lists the grains from the coarsest.
func Grains() []Grain { return []Grain{Coarse, Middling, Fine, VeryFine, Exact} }

// Response is what a party says to a package.
type Response string

// The responses.
const (
	Accept  Response = "accept"
	Decline Response = "decline"
)

// Choice is one option of one issue.
type Choice struct {
	Issue  string `json:"issue"`
	Option int    `json:"option"` // its place among the issue's options
}

// Condition is what something rests on: that a clause keeps its words, or that
// another package stands. One of the two.
type Condition struct {
	Clause      string `json:"clause,omitempty"`
	Version     string `json:"version,omitempty"` // in which the clause has those words
	Fingerprint string `json:"fingerprint,omitempty"`
	Package     string `json:"package,omitempty"`
}

func (MakeIssue) act()       {}
func (DropIssue) act()       {}
func (AddRule) act()         {}
func (DropRule) act()        {}
func (Prefer) act()          {}
func (Lend) act()            {}
func (Revoke) act()          {}
func (PlaceSecrets) act()    {}
func (TablePackage) act()    {}
func (AmendPackage) act()    {}
func (WithdrawPackage) act() {}
func (RespondPackage) act()  {}
func (OpenTest) act()        {}
func (Join) act()            {}
func (Answer) act()          {}
func (Open) act()            {}
