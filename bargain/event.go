package bargain

import (
	"time"

	"paraph/record"
	"paraph/veto"
)

// The kinds of entries that this room writes.
const (
	kindMade      record.Kind = "bargain.issue.made"
	kindDropped   record.Kind = "bargain.issue.dropped"
	kindRuled     record.Kind = "bargain.rule.added"
	kindUnruled   record.Kind = "bargain.rule.dropped"
	kindPreferred record.Kind = "bargain.preferences.kept"
	kindLent      record.Kind = "bargain.preferences.lent"
	kindRevoked   record.Kind = "bargain.preferences.revoked"
	kindNoted     record.Kind = "bargain.lending.noted" // a seat's own: what it has lent, and when
	kindPlaced    record.Kind = "bargain.secrets.placed"
	kindTabled    record.Kind = "bargain.package.tabled"
	kindAmended   record.Kind = "bargain.package.amended"
	kindWithdrawn record.Kind = "bargain.package.withdrawn"
	kindResponded record.Kind = "bargain.package.responded"
	kindOpened    record.Kind = "bargain.test.opened"
	kindJoined    record.Kind = "bargain.test.joined"
	kindHeld      record.Kind = "bargain.test.kept" // a seat's own: what its key and its answer are made of
	kindAnswered  record.Kind = "bargain.test.answered"
	kindDisclosed record.Kind = "bargain.test.disclosed"
)

// The kinds of what a seat has lent to the chair's engine and of its end, for
// who destroys the one after the other.
const (
	Lent    = kindLent
	Revoked = kindRevoked
)

// Kinds lists all kinds of entries that this room writes and reads.
func Kinds() []record.Kind {
	return []record.Kind{
		kindMade, kindDropped, kindRuled, kindUnruled, kindPreferred, kindLent, kindRevoked, kindNoted, kindPlaced,
		kindTabled, kindAmended, kindWithdrawn, kindResponded,
		kindOpened, kindJoined, kindHeld, kindAnswered, kindDisclosed,
	}
}

type made struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Note     string    `json:"note,omitempty"`
	Brackets []Bracket `json:"brackets,omitempty"`
	Options  []Option  `json:"options"`
}

type dropped struct {
	Issue  string `json:"issue"`
	Reason string `json:"reason,omitempty"`
}

type ruled struct {
	ID     string   `json:"id"`
	If     []Choice `json:"if,omitempty"`
	Then   []Choice `json:"then,omitempty"`
	Reason string   `json:"reason,omitempty"`
}

type unruled struct {
	Rule   string `json:"rule"`
	Reason string `json:"reason,omitempty"`
}

// worths is a party's private worth of options and of combinations, in numbers
// as they are kept: the tables are by issue and option.
type worths struct {
	Issues      []string   `json:"issues"`
	Worth       [][]number `json:"worth,omitempty"`
	Doubt       [][]number `json:"doubt,omitempty"`
	Terms       []term     `json:"terms,omitempty"`
	Reservation number     `json:"reservation,omitempty"`
	Weight      number     `json:"weight,omitempty"`
	Discount    number     `json:"discount,omitempty"`
}

type term struct {
	Bounds  []bound `json:"bounds"`
	Worth   number  `json:"worth"`
	Outside bool    `json:"outside,omitempty"`
}

type bound struct {
	Issue int `json:"issue"`
	From  int `json:"from"`
	To    int `json:"to"`
}

type preferred struct {
	worths
	Method  string `json:"method"`
	Answers string `json:"answers,omitempty"`
	Note    string `json:"note,omitempty"`
}

type lent struct {
	worths
	Seat  record.Seat `json:"seat"`
	Grain Grain       `json:"grain"` // 0 for exact
}

// noted is what a seat keeps of a lending for itself: what was lent may be
// destroyed, this stays.
type noted struct {
	Seat  record.Seat `json:"seat"`
	Grain Grain       `json:"grain"`
}

type placed struct {
	Seat      record.Seat `json:"seat"`
	Elsewhere bool        `json:"elsewhere"`
}

type revoked struct {
	Seat record.Seat `json:"seat"`
}

type tabled struct {
	ID      string        `json:"id"`
	Title   string        `json:"title"`
	Note    string        `json:"note,omitempty"`
	Choices []Choice      `json:"choices"`
	If      []Condition   `json:"if,omitempty"`
	Between []record.Seat `json:"between"`
	After   string        `json:"after,omitempty"`
}

type amended struct {
	Package string      `json:"package"`
	Note    string      `json:"note,omitempty"`
	Choices []Choice    `json:"choices"`
	If      []Condition `json:"if,omitempty"`
}

type withdrawn struct {
	Package string `json:"package"`
	Reason  string `json:"reason,omitempty"`
}

type responded struct {
	Package  string      `json:"package"`
	Revision int         `json:"revision"`
	Seat     record.Seat `json:"seat"`
	Response Response    `json:"response"`
	Note     string      `json:"note,omitempty"`
}

type opened struct {
	ID       string        `json:"id"`
	Question string        `json:"question"`
	Package  string        `json:"package,omitempty"`
	Revision int           `json:"revision,omitempty"`
	Clauses  []Condition   `json:"clauses,omitempty"`
	If       []Condition   `json:"if,omitempty"`
	Asked    []record.Seat `json:"asked"`
	Deadline time.Time     `json:"deadline,omitzero"`
}

type joined struct {
	Test  string      `json:"test"`
	Seat  record.Seat `json:"seat"`
	Share veto.Share  `json:"share"`
}

// held is what a seat keeps of its part in a test, in one size for yes and no:
// its secret when it joins, its opening and its answer when it answers.
type held struct {
	Test    string        `json:"test"`
	Seat    record.Seat   `json:"seat"`
	Secret  veto.Secret   `json:"secret,omitempty"`
	Yes     int           `json:"yes"` // 1 for yes; before the answer, and for no: 0
	Opening *veto.Opening `json:"opening,omitempty"`
}

type answered struct {
	Test       string          `json:"test"`
	Seat       record.Seat     `json:"seat"`
	Commitment veto.Commitment `json:"commitment"`
}

type disclosed struct {
	Test    string       `json:"test"`
	Seat    record.Seat  `json:"seat"`
	Opening veto.Opening `json:"opening"`
}
