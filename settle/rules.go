package settle

import "slices"

// ruling follows rules through a combination. Of each rule, what the issues still
// to come must know is one of three things, and partial packages of which all
// rules stand alike may be compared: the elimination of variables one by one
// (Bertelè, Brioschi, "Nonserial Dynamic Programming", 1972), with rules in place
// of tables. Issues that no rule names come last, when no rule is open.
type ruling struct {
	rules []followed
	named map[Choice]bool
	// touched is the rules that name an issue.
	touched map[int][]int
}

// followed is a rule and how far along the order its issues go.
type followed struct {
	Rule
	lastIf, lastThen int // steps; -1 for none
}

// How a rule stands, as one byte of a state.
const (
	ruleSettled = '0' // whatever comes, it is kept
	ruleOpen    = '1' // all of If and of Then that was decided was chosen
	ruleOwed    = '2' // all of If that was decided was chosen, and some of Then was not
)

// newRuling is nil for a problem without rules.
func newRuling(p *Problem) *ruling {
	if len(p.Rules) == 0 {
		return nil
	}
	r := &ruling{named: map[Choice]bool{}, touched: map[int][]int{}}
	for i, rule := range p.Rules {
		r.rules = append(r.rules, followed{rule, -1, -1})
		for _, c := range slices.Concat(rule.If, rule.Then) {
			r.named[c] = true
			if !slices.Contains(r.touched[c.Issue], i) {
				r.touched[c.Issue] = append(r.touched[c.Issue], i)
			}
		}
	}
	return r
}

// names tells whether a rule tells an option from those that no rule names.
func (r *ruling) names(issue, option int) bool {
	return r != nil && r.named[Choice{issue, option}]
}

// order is the issues in the order in which the fewest rules are open, as far as
// choosing the next best each time finds it.
func (r *ruling) order(p *Problem) []int {
	order := make([]int, 0, len(p.Issues))
	taken := make([]bool, len(p.Issues))
	for len(order) < len(p.Issues) {
		best, least := -1, 0
		for i := range p.Issues {
			if taken[i] {
				continue
			}
			if cost := r.opened(i, taken); best < 0 || cost < least {
				best, least = i, cost
			}
		}
		taken[best] = true
		order = append(order, best)
	}
	if r != nil {
		r.place(order)
	}
	return order
}

// opened is how many more rules are open once an issue is taken; issues that no
// rule names come after all others.
func (r *ruling) opened(issue int, taken []bool) int {
	if r == nil {
		return 0
	}
	if len(r.touched[issue]) == 0 {
		return len(r.rules) + 1
	}
	cost := 0
	for _, i := range r.touched[issue] {
		begun, ends := false, true
		for _, c := range slices.Concat(r.rules[i].If, r.rules[i].Then) {
			if taken[c.Issue] {
				begun = true
			} else if c.Issue != issue {
				ends = false
			}
		}
		if !begun {
			cost++
		}
		if ends {
			cost--
		}
	}
	return cost
}

// place notes at which step of an order each rule's issues end.
func (r *ruling) place(order []int) {
	for i := range r.rules {
		rule := &r.rules[i]
		for _, c := range rule.If {
			rule.lastIf = max(rule.lastIf, slices.Index(order, c.Issue))
		}
		for _, c := range rule.Then {
			rule.lastThen = max(rule.lastThen, slices.Index(order, c.Issue))
		}
	}
}

// start is how the rules stand before anything is decided; false when one of
// them forbids everything.
func (r *ruling) start() (string, bool) {
	if r == nil {
		return "", true
	}
	state := make([]byte, len(r.rules))
	for i, rule := range r.rules {
		state[i] = ruleOpen
		if len(rule.Then) == 0 {
			state[i] = ruleOwed
			if len(rule.If) == 0 {
				return "", false
			}
		}
	}
	return string(state), true
}

// after is how the rules stand once an issue is decided at a step; false when one
// is broken.
func (r *ruling) after(state string, step int, c Choice) (string, bool) {
	var next []byte
	for _, i := range r.touched[c.Issue] {
		stands, ok := r.rules[i].after(state[i], step, c)
		if !ok {
			return "", false
		}
		if stands != state[i] {
			if next == nil {
				next = []byte(state)
			}
			next[i] = stands
		}
	}
	if next == nil {
		return state, true
	}
	return string(next), true
}

func (rule *followed) after(stands byte, step int, c Choice) (byte, bool) {
	if stands == ruleSettled || against(rule.If, c) {
		return ruleSettled, true
	}
	if against(rule.Then, c) {
		stands = ruleOwed
	}
	switch {
	case stands == ruleOwed && rule.lastIf <= step:
		return ruleOwed, false
	case stands == ruleOpen && rule.lastThen <= step:
		return ruleSettled, true
	}
	return stands, true
}

// against tells whether some of the choices want another option of c's issue.
func against(all []Choice, c Choice) bool {
	return slices.ContainsFunc(all, func(want Choice) bool { return want.Issue == c.Issue && want.Option != c.Option })
}
