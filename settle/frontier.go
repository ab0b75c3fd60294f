package settle

import (
	"context"
	"math"
	"math/big"
	"slices"
)

// combination is the frontier of an additive problem, found issue by issue: the
// nondominated sums of the issues so far, each with each option of the next, are
// the candidates among which the next nondominated sums are (the principle of
// optimality for vectors: Mitten, "Preference order dynamic programming",
// Management Science 21, 1974). What is dominated in a part stays so whatever the
// rest decides. With rules, only what leaves the same rules open is compared
// (rules.go).
//
// Candidates come by falling sums, so that one is kept exactly when none of those
// kept before covers it in the sums after the first (frontier_sieve.go).
type combination struct {
	w      *whole
	order  []int     // the issues in the order of combining
	floors []int64   // the least sums that are wanted of each party
	rest   [][]int64 // of a number of issues and a party: the most that the others can add
	rules  *ruling   // nil without rules
	wide   *wide     // when numbers of one word do not hold the worths; w then ranks them within each issue
	pulse  *pulse

	found *covering // the layers so far; nothing is lost in them
}

// layer is the sums of the partial packages over some issues that can still lead
// to the frontier, in groups that leave the same rules open; in each group by
// falling sums, the first party's first.
type layer struct {
	parties int
	sums    []int64  // a row of one number for every party; nil when they are wide
	fine    []uint64 // the sums when they are wide
	parent  []int32  // the row of the layer before
	option  []int32  // the option that was added to it
	groups  []group
}

// group is the rows of a layer that leave the same rules open.
type group struct {
	state    string
	from, to int
}

// covering is layers of which the last covers all packages up to a loss: for each
// package that the problem asks for, some row gives each party at least its sum
// less the loss.
type covering struct {
	layers []*layer
	loss   []*big.Int // all zero when the last layer is the frontier
}

func (l *layer) len() int          { return len(l.parent) }
func (l *layer) row(i int) []int64 { return l.sums[i*l.parties : (i+1)*l.parties] }

// grow makes room for a number of rows.
func (l *layer) grow(rows int, sums bool) {
	if sums {
		l.sums = make([]int64, 0, rows*l.parties)
	}
	l.parent, l.option = make([]int32, 0, rows), make([]int32, 0, rows)
}

// add appends one row.
func (l *layer) add(sums []int64, parent, option int32) {
	l.sums = append(l.sums, sums...)
	l.parent = append(l.parent, parent)
	l.option = append(l.option, option)
}

func newCombination(p *Problem, o Options, pulse *pulse) *combination {
	c := &combination{pulse: pulse, floors: make([]int64, len(p.Parties)), rules: newRuling(p)}
	c.order = c.rules.order(p)
	w, fits := p.wholeNumbers()
	if !fits {
		c.wide = newWide(p, o.All, c.order)
		w = c.wide.ranked()
	}
	c.w = w
	for i := range c.floors {
		c.floors[i] = -maxWhole
		if w.floored[i] && !o.All {
			c.floors[i] = w.floor[i]
		}
	}
	c.rest = make([][]int64, len(c.order)+1)
	c.rest[len(c.order)] = make([]int64, len(p.Parties))
	for k := len(c.order) - 1; k >= 0; k-- {
		c.rest[k] = slices.Clone(c.rest[k+1])
		for i := range p.Parties {
			c.rest[k][i] += slices.Max(w.worth[i][c.order[k]])
		}
	}
	return c
}

// advance combines further issues until all are, or a layer has more than most
// rows; it tells whether all are.
func (c *combination) advance(most int) (bool, error) {
	if c.found == nil {
		c.found = &covering{layers: []*layer{c.first()}, loss: make([]*big.Int, len(c.floors))}
		for i := range c.found.loss {
			c.found.loss[i] = new(big.Int)
		}
	}
	for k := len(c.found.layers) - 1; k < len(c.order); k++ {
		c.pulse.step("the frontier", k, len(c.order), c.found.last().len())
		next, fits, err := c.combine(c.found, grid{}, most)
		if err != nil || !fits {
			return false, err
		}
		c.found.layers = append(c.found.layers, next)
	}
	return true, nil
}

// first is the layer of the empty package.
func (c *combination) first() *layer {
	l := &layer{parties: len(c.floors)}
	if state, possible := c.rules.start(); possible {
		l.groups = []group{{state: state, to: 1}}
		l.add(make([]int64, l.parties), 0, 0)
		if c.wide != nil {
			l.sums, l.fine = nil, make([]uint64, l.parties*c.wide.limbs)
		}
	}
	return l
}

func (c *covering) last() *layer { return c.layers[len(c.layers)-1] }

// whole tells whether nothing was lost.
func (c *covering) whole() bool {
	return !slices.ContainsFunc(c.loss, func(n *big.Int) bool { return n.Sign() > 0 })
}

// combine is the layer after the last one found, with dominance on a grid; false
// when it has more rows than the limit.
func (c *combination) combine(found *covering, g grid, limit int) (*layer, bool, error) {
	k := len(found.layers) - 1
	prev, next := found.last(), &layer{parties: len(c.floors)}
	next.grow(min(limit, prev.len()+prev.len()/2), c.wide == nil)
	need := c.need(found, k+1)
	for _, batch := range c.batches(prev, k) {
		from := next.len()
		m := &merge{trail: found.layers, order: c.order, prev: prev, runs: batch.runs, need: need}
		var fits bool
		var err error
		if c.wide != nil {
			fits, err = c.wideInto(m, next, c.wide.lowered(found.loss), g, limit)
		} else {
			fits, err = m.into(next, g, limit, c.pulse)
		}
		if err != nil || !fits {
			return nil, false, err
		}
		if next.len() > from {
			next.groups = append(next.groups, group{batch.state, from, next.len()})
		}
	}
	return next, true, nil
}

// need is the least sums after k issues that lead to anything that is wanted, or
// that may cover it.
func (c *combination) need(found *covering, k int) []int64 {
	need := make([]int64, len(c.floors))
	for i := range need {
		need[i] = math.MinInt64
		if loss := found.loss[i]; loss.IsInt64() && loss.Int64() < maxWhole {
			need[i] = c.floors[i] - c.rest[k][i] - loss.Int64()
		}
	}
	return need
}

// batch is the runs of candidates that leave the same rules open.
type batch struct {
	state string
	runs  []run
}

// batches is the candidates after step k: each group of the layer with each
// option of the issue, by the rules left open then.
func (c *combination) batches(prev *layer, k int) []batch {
	issue := c.order[k]
	options := c.options(issue)
	if c.rules == nil {
		one := batch{runs: make([]run, 0, len(options))}
		for _, o := range options {
			one.runs = append(one.runs, run{to: prev.len(), add: o.worth, option: int32(o.option)})
		}
		return []batch{one}
	}
	var all []batch
	place := map[string]int{}
	for _, g := range prev.groups {
		for _, o := range options {
			state, kept := c.rules.after(g.state, k, Choice{issue, o.option})
			if !kept {
				continue
			}
			at, known := place[state]
			if !known {
				at = len(all)
				place[state] = at
				all = append(all, batch{state: state})
			}
			all[at].runs = append(all[at].runs, run{at: g.from, to: g.to, add: o.worth, option: int32(o.option)})
		}
	}
	return all
}

// option is one option of an issue and its worth to each party.
type option struct {
	option int
	worth  []int64
}

// options is an issue's options; those left out are covered by another which no
// rule tells from them.
func (c *combination) options(issue int) []option {
	var all []option
	for o := range c.w.worth[0][issue] {
		worth := make([]int64, len(c.w.worth))
		for i := range worth {
			worth[i] = c.w.worth[i][issue][o]
		}
		all = append(all, option{o, worth})
	}
	kept := make([]option, 0, len(all))
	for _, a := range all {
		if c.rules.names(issue, a.option) || !slices.ContainsFunc(all, func(b option) bool {
			return a.option != b.option && !c.rules.names(issue, b.option) && covers(b.worth, a.worth) &&
				(b.option < a.option || !slices.Equal(a.worth, b.worth))
		}) {
			kept = append(kept, a)
		}
	}
	return kept
}

// covers tells whether a is at least b everywhere.
func covers(a, b []int64) bool {
	for i, n := range b {
		if a[i] < n {
			return false
		}
	}
	return true
}

// packageAt is the partial package of a row of the last of some layers, in the
// issues that the layers decide.
func packageAt(layers []*layer, order []int, row int32, into Package) {
	for k := len(layers) - 1; k > 0; k-- {
		into[order[k-1]] = int(layers[k].option[row])
		row = layers[k].parent[row]
	}
}

// rows is the frontier of the covering's last layer: the rows that are in the zone
// and that no other row covers.
func (c *combination) rows(p *Problem, found *covering) *rows {
	last := found.last()
	r := &rows{p: p, layers: found.layers, order: c.order, at: make([]int32, 0, last.len())}
	if c.wide == nil {
		r.w = c.w
	}
	if found.whole() {
		for i := range last.len() {
			r.at = append(r.at, int32(i))
		}
		return r
	}
	var sums []int64
	if c.wide != nil {
		sums = c.wide.ranks(last.fine, make([]uint, last.parties))
	} else {
		sums = last.sums
	}
	// What the limit allows takes moments, even when the context has ended.
	kept, _ := nondominated(sums, last.parties, func(a, b int32) bool { return a < b }, newPulse(context.Background(), nil))
	for _, i := range kept {
		if c.wide != nil && c.wide.accepts(last.fine[int(i)*last.parties*c.wide.limbs:]) || c.wide == nil && covers(last.row(int(i)), c.floors) {
			r.at = append(r.at, i)
		}
	}
	return r
}
