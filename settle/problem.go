// Package settle finds what parties could agree on: given issues with options
// and what each party makes of them, the zone of agreement, the frontier, the
// solution points by their names, improvements of a package, and trades.
//
// Every answer is in exact rational arithmetic, re-evaluated before it is given,
// and either proved or given with a bound on how far it may be from the best.
// The package takes no clock, no chance and no I/O: who calls it bounds it by a
// context and measures it. It holds nothing of who may see what; that is the
// bargain room's.
//
// Read problem.go first, then answer.go.
package settle

import (
	"math/big"

	"paraph/fault"
)

// Problem is what is to be settled, and what each party makes of it.
type Problem struct {
	Issues  []Issue
	Parties []Party
	Rules   []Rule
	// StatusQuo is the package that holds if nothing is agreed; nil when no
	// package stands for that.
	StatusQuo Package
}

// Issue is a point that packages decide.
type Issue struct {
	Name    string
	Options []string // one way each to decide it; at least one
	// Values are the options' numbers, ascending, when the issue is a range of
	// numbers; nil when its options are mere names.
	Values []*big.Rat
	// Sampled says that Values are points of an interval in which every number
	// is an option. What is found then holds for these points, and answers say so.
	Sampled bool
}

// Party is a side and its private worth of packages: the sum of what each
// chosen option adds, and of the terms that its choices fulfil.
type Party struct {
	Name string
	// Worth is what option o of issue i adds, at [i][o]. A nil row adds nothing.
	Worth [][]*big.Rat
	// Doubt is how far each worth may be off, either way; nil when nothing is in
	// doubt. Answers are by Worth; Doubt says how robust they are.
	Doubt [][]*big.Rat
	Terms []Term
	// Reservation is the worth of no deal: a package must give at least that.
	// Nil when the party would take any package.
	Reservation *big.Rat
	// Weight is what the party counts in the solution points; nil means 1.
	Weight *big.Rat
	// Discount is what is left of a worth after one unit of time, in (0, 1]; nil
	// when time costs nothing. It never changes which packages are on the frontier.
	Discount *big.Rat
}

// Term adds a worth when all its bounds hold: a hyper-rectangle over the options
// (Ito, Hattori, Klein, "Multi-issue negotiation protocol for agents: exploring
// nonlinear utility spaces", IJCAI 2007). Over two issues with one option each
// it is a binary constraint; over a group of issues, their joint worth.
type Term struct {
	Bounds []Bound
	Worth  *big.Rat
	// Outside turns the term over: it adds its worth when some bound does not hold.
	Outside bool
}

// Bound holds of a package whose option of Issue is one of From to To, both included.
type Bound struct {
	Issue    int
	From, To int
}

// Choice is one option of one issue.
type Choice struct{ Issue, Option int }

// Rule makes packages impossible: where all of If are chosen, all of Then must
// be. With an empty If, Then must always be chosen; with an empty Then, the
// choices of If never stand together.
type Rule struct {
	If, Then []Choice
}

// Package is one option for every issue, as the option's place in Issue.Options.
type Package []int

// Check tells what is wrong with a problem: an error of kind invalid that names
// the issue, party, term or rule.
func (p *Problem) Check() error {
	if len(p.Issues) == 0 {
		return fault.Invalid("there is no issue to settle")
	}
	if len(p.Parties) == 0 {
		return fault.Invalid("there is no party")
	}
	for _, issue := range p.Issues {
		if len(issue.Options) == 0 {
			return fault.Invalid("issue %q has no option", issue.Name)
		}
		if issue.Values != nil && len(issue.Values) != len(issue.Options) {
			return fault.Invalid("issue %q has %d options and %d values", issue.Name, len(issue.Options), len(issue.Values))
		}
	}
	for _, party := range p.Parties {
		if err := party.check(p.Issues); err != nil {
			return err
		}
	}
	for i, rule := range p.Rules {
		for _, c := range append(append([]Choice(nil), rule.If...), rule.Then...) {
			if !p.has(c) {
				return fault.Invalid("rule %d names option %d of issue %d, which is not there", i+1, c.Option+1, c.Issue+1)
			}
		}
	}
	if p.StatusQuo != nil && !p.holds(p.StatusQuo) {
		return fault.Invalid("the status quo is not one option of every issue")
	}
	return nil
}

func (party *Party) check(issues []Issue) error {
	for name, table := range map[string][][]*big.Rat{"worth": party.Worth, "doubt": party.Doubt} {
		if table == nil {
			continue
		}
		if len(table) != len(issues) {
			return fault.Invalid("%s: %s is given for %d of %d issues", party.Name, name, len(table), len(issues))
		}
		for i, row := range table {
			if row != nil && len(row) != len(issues[i].Options) {
				return fault.Invalid("%s: issue %q has %d options and %s for %d", party.Name, issues[i].Name, len(issues[i].Options), name, len(row))
			}
			for o, w := range row {
				if w == nil {
					return fault.Invalid("%s: no %s of %q in issue %q", party.Name, name, issues[i].Options[o], issues[i].Name)
				}
			}
		}
	}
	for t, term := range party.Terms {
		if term.Worth == nil {
			return fault.Invalid("%s: term %d has no worth", party.Name, t+1)
		}
		for _, b := range term.Bounds {
			if b.Issue < 0 || b.Issue >= len(issues) || b.From < 0 || b.From > b.To || b.To >= len(issues[b.Issue].Options) {
				return fault.Invalid("%s: term %d has a bound outside its issue's options", party.Name, t+1)
			}
		}
	}
	if party.Weight != nil && party.Weight.Sign() <= 0 {
		return fault.Invalid("%s: a party's weight must be above zero", party.Name)
	}
	if d := party.Discount; d != nil && (d.Sign() <= 0 || d.Cmp(big.NewRat(1, 1)) > 0) {
		return fault.Invalid("%s: a discount is above 0 and at most 1", party.Name)
	}
	return nil
}

func (p *Problem) has(c Choice) bool {
	return c.Issue >= 0 && c.Issue < len(p.Issues) && c.Option >= 0 && c.Option < len(p.Issues[c.Issue].Options)
}

// holds tells whether a package decides every issue by an option that is there.
func (p *Problem) holds(k Package) bool {
	if len(k) != len(p.Issues) {
		return false
	}
	for i, o := range k {
		if !p.has(Choice{i, o}) {
			return false
		}
	}
	return true
}

// Outcomes is how many packages there are, those against the rules included.
func (p *Problem) Outcomes() *big.Int {
	n := big.NewInt(1)
	for _, issue := range p.Issues {
		n.Mul(n, big.NewInt(int64(len(issue.Options))))
	}
	return n
}

// Utility is what a package is worth to a party, exactly, before any discount.
func (p *Problem) Utility(party int, k Package) *big.Rat {
	sum := new(big.Rat)
	who := &p.Parties[party]
	for i, o := range k {
		if i < len(who.Worth) && who.Worth[i] != nil {
			sum.Add(sum, who.Worth[i][o])
		}
	}
	for _, t := range who.Terms {
		if t.inside(k) != t.Outside {
			sum.Add(sum, t.Worth)
		}
	}
	return sum
}

func (t *Term) inside(k Package) bool {
	for _, b := range t.Bounds {
		if o := k[b.Issue]; o < b.From || o > b.To {
			return false
		}
	}
	return true
}

// Feasible tells whether a package keeps all rules.
func (p *Problem) Feasible(k Package) bool {
	for _, r := range p.Rules {
		if r.If != nil && !chosen(k, r.If) {
			continue
		}
		if len(r.Then) == 0 || !chosen(k, r.Then) {
			return false
		}
	}
	return true
}

func chosen(k Package, all []Choice) bool {
	for _, c := range all {
		if k[c.Issue] != c.Option {
			return false
		}
	}
	return true
}
