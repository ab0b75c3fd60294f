// Package elicit makes worths out of what a party answers: from rankings, from
// points, from swings, or from choices between pairs, it gives the worth of each
// option, the exact interval that the answers leave for it, and what in the
// answers contradicts what.
//
// It adds nothing to the answers: where they leave a worth open, the worth stands
// in the middle of what they allow, and the interval says how much is open. "Don't
// know" is an answer everywhere. All numbers are exact rationals. The package
// takes no clock, no chance and no I/O, and keeps nothing: whose answers they are
// and who may read them is the bargain room's matter.
//
// Read this file first, then rank.go, points.go and pairs.go, one for each way.
package elicit

import (
	"math/big"

	"paraph/fault"
	"paraph/settle"
)

// Answers are what a party said of the issues of a problem, in their order.
type Answers struct {
	Method Method        `json:"method"`
	Issues []IssueAnswer `json:"issues"`
	Picks  []Pick        `json:"picks,omitempty"` // of the method Pairs, in the order of their giving
	Floor  Floor         `json:"floor"`
}

// Method is a way of asking.
type Method string

// The methods. Each needs only some fields of an IssueAnswer and an OptionAnswer:
// Ranking the ranks of both; Weights the points of both; Swing the points of both,
// where an issue's are for its swing from the worst option to the best; Pairs the
// ranks of options, and picks.
const (
	Ranking Method = "ranking"
	Weights Method = "weights"
	Swing   Method = "swing"
	Pairs   Method = "pairs"
)

// Methods lists the methods, the quickest first.
func Methods() []Method { return []Method{Ranking, Swing, Weights, Pairs} }

// IssueAnswer is what was said of one issue.
type IssueAnswer struct {
	Rank    int            `json:"rank,omitempty"` // 1 matters most; equal ranks are ties; 0 is "don't know"
	Points  Span           `json:"points"`         // from 0 to 100; only their proportions count
	Options []OptionAnswer `json:"options"`        // in the issue's order
}

// OptionAnswer is what was said of one option, beside the others of its issue.
type OptionAnswer struct {
	Rank   int  `json:"rank,omitempty"` // 1 is best; equal ranks are ties; 0 is "don't know"
	Points Span `json:"points"`         // from 0 to 100
}

// Floor is what no deal is worth: a number, or the package that is just as good
// as no deal. Empty when the party did not say.
type Floor struct {
	Worth   Span           `json:"worth"` // from 0, the worst package, to 100, the best
	Package settle.Package `json:"package,omitempty"`
}

// Result is what the answers come to. Worths are on a scale where the best package
// is worth at most 100 and the worst at least 0.
type Result struct {
	// Party has the worths, how far each may be off, and the reservation value. It
	// has no name.
	Party settle.Party
	// Weights are the issues' shares of 100.
	Weights []Interval
	// Worths are the worths of options with the exact interval that the answers
	// leave for each.
	Worths [][]Interval
	// Conflicts are the picks that were set aside because they contradict others.
	Conflicts []Conflict
	// Notes say in words what was read into the answers, and what is left open.
	Notes []string

	cone *cone // what the picks leave open; nil for other methods
}

// Interval is a number that is known from Low to High; Mid is within.
type Interval struct{ Low, Mid, High *big.Rat }

// Width is how much is open.
func (i Interval) Width() *big.Rat { return new(big.Rat).Sub(i.High, i.Low) }

// Exact tells whether nothing is open.
func (i Interval) Exact() bool { return i.Low.Cmp(i.High) == 0 }

// Holds tells whether a number is within.
func (i Interval) Holds(x *big.Rat) bool { return i.Low.Cmp(x) <= 0 && x.Cmp(i.High) <= 0 }

// times is the interval of the product of two numbers that are not negative and
// known apart from each other.
func (i Interval) times(j Interval) Interval {
	return Interval{product(i.Low, j.Low), product(i.Mid, j.Mid), product(i.High, j.High)}
}

// Worths makes worths of answers. The error is of kind invalid and names the issue
// or option, when answers are missing, out of range, or turned round; answers that
// contradict each other are no error.
func Worths(issues []settle.Issue, a Answers) (*Result, error) {
	if err := a.check(issues); err != nil {
		return nil, err
	}
	r := &Result{}
	var err error
	switch a.Method {
	case Ranking:
		r.ranked(issues, a)
	case Weights:
		err = r.weighed(issues, a, false)
	case Swing:
		err = r.weighed(issues, a, true)
	case Pairs:
		err = r.paired(issues, a)
	default:
		err = fault.Invalid("%q is no way of asking", a.Method).With("ask by ranking, swing, weights or pairs")
	}
	if err != nil {
		return nil, err
	}
	r.settled(a.Floor)
	return r, nil
}

// Given is the result for worths that were not found by asking: as a party has them,
// with its doubts as intervals. A party without a row for an issue gets nothing from
// it.
func Given(issues []settle.Issue, p settle.Party) *Result {
	r := &Result{Party: p}
	for i, issue := range issues {
		row := make([]Interval, len(issue.Options))
		low, high := new(big.Rat), new(big.Rat)
		for o := range row {
			row[o] = given(p, i, o)
			if o == 0 {
				low, high = row[o].Mid, row[o].Mid
			}
			low, high = smaller(low, row[o].Mid), larger(high, row[o].Mid)
		}
		r.Worths = append(r.Worths, row)
		r.Weights = append(r.Weights, exactly(new(big.Rat).Sub(high, low)))
	}
	return r
}

func given(p settle.Party, i, o int) Interval {
	if i >= len(p.Worth) || o >= len(p.Worth[i]) {
		return exactly(new(big.Rat))
	}
	worth := p.Worth[i][o]
	if i >= len(p.Doubt) || o >= len(p.Doubt[i]) {
		return exactly(worth)
	}
	return Interval{new(big.Rat).Sub(worth, p.Doubt[i][o]), worth, new(big.Rat).Add(worth, p.Doubt[i][o])}
}

func (a Answers) check(issues []settle.Issue) error {
	if len(issues) == 0 {
		return fault.Invalid("there is no issue to have preferences about")
	}
	if len(a.Issues) != len(issues) {
		return fault.Invalid("there are answers for %d of %d issues", len(a.Issues), len(issues))
	}
	for i, issue := range issues {
		said := a.Issues[i]
		if len(said.Options) != len(issue.Options) {
			return fault.Invalid("issue %q has %d options and answers for %d", issue.Name, len(issue.Options), len(said.Options))
		}
		if said.Rank < 0 {
			return fault.Invalid("issue %q has a rank below 1", issue.Name)
		}
		if err := said.Points.check(issue.Name); err != nil {
			return err
		}
		for o, option := range said.Options {
			if option.Rank < 0 {
				return fault.Invalid("issue %q, %q has a rank below 1", issue.Name, issue.Options[o])
			}
			if err := option.Points.check(issue.Name + ": " + issue.Options[o]); err != nil {
				return err
			}
		}
	}
	return a.Floor.check(issues)
}

func (f Floor) check(issues []settle.Issue) error {
	if err := f.Worth.check("the worth of no deal"); err != nil {
		return err
	}
	if f.Package == nil {
		return nil
	}
	if len(f.Package) != len(issues) {
		return fault.Invalid("the package that is as good as no deal decides %d of %d issues", len(f.Package), len(issues))
	}
	for i, o := range f.Package {
		if o < 0 || o >= len(issues[i].Options) {
			return fault.Invalid("the package that is as good as no deal leaves out %q", issues[i].Name).With("choose an option for every issue, or give a number, or say that you don't know")
		}
	}
	return nil
}

// fineness is how finely a worth that is in doubt is given: in thousandths of a
// point, so that engines reckon with small numbers.
const fineness = 1000

// near is a number close to the middle that is within and not needlessly fine; the
// middle itself where nothing is open.
func (i Interval) near() *big.Rat {
	if i.Exact() {
		return new(big.Rat).Set(i.Mid)
	}
	n := new(big.Rat).Mul(i.Mid, big.NewRat(fineness, 1))
	down := new(big.Rat).SetFrac(new(big.Int).Div(n.Num(), n.Denom()), big.NewInt(fineness))
	for _, near := range []*big.Rat{down, new(big.Rat).Add(down, big.NewRat(1, fineness))} {
		if i.Holds(near) {
			return near
		}
	}
	return new(big.Rat).Set(i.Mid)
}

// upward rounds to the next thousandth, not down.
func upward(n *big.Rat) *big.Rat {
	n = new(big.Rat).Mul(n, big.NewRat(fineness, 1))
	whole, rest := new(big.Int).DivMod(n.Num(), n.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		whole.Add(whole, big.NewInt(1))
	}
	return new(big.Rat).SetFrac(whole, big.NewInt(fineness))
}

// settled makes the party of the worths: each with the doubt that covers its
// interval both ways.
func (r *Result) settled(f Floor) {
	for _, row := range r.Worths {
		worth, doubt := make([]*big.Rat, len(row)), make([]*big.Rat, len(row))
		for o, w := range row {
			worth[o] = w.near()
			doubt[o] = larger(new(big.Rat).Sub(w.High, worth[o]), new(big.Rat).Sub(worth[o], w.Low))
			doubt[o] = upward(doubt[o])
		}
		r.Party.Worth = append(r.Party.Worth, worth)
		r.Party.Doubt = append(r.Party.Doubt, doubt)
	}
	switch {
	case f.Package != nil:
		r.Party.Reservation = new(big.Rat)
		for i, o := range f.Package {
			r.Party.Reservation.Add(r.Party.Reservation, r.Party.Worth[i][o])
		}
	case f.Worth.known():
		w := f.Worth.interval()
		r.Party.Reservation = w.Mid
		if !w.Exact() {
			r.note("No deal is worth between %s and %s; what is found for you reckons with the middle, %s.", Number(w.Low), Number(w.High), Number(w.Mid))
		}
	default:
		r.note("You did not say what no deal is worth to you: every package counts as acceptable.")
	}
}
