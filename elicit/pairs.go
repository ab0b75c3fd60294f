package elicit

import (
	"math/big"
	"slices"

	"paraph/fault"
	"paraph/settle"
)

// Pick is an answer to: which of two gains would you rather have? Asking for gains
// on two issues at a time, all else equal, is the way of Hansen and Ombler, "A new
// method for scoring additive multi-attribute value models using pairwise rankings
// of alternatives" (2008).
type Pick struct {
	Left   Gain    `json:"left"`
	Right  Gain    `json:"right"`
	Answer Verdict `json:"answer"`
}

// Gain is getting one option of an issue rather than another.
type Gain struct {
	Issue int `json:"issue"`
	Get   int `json:"get"`  // the better option
	Over  int `json:"over"` // the worse option
}

// Verdict is what is said of a pair.
type Verdict string

// The verdicts.
const (
	Left    Verdict = "left"
	Right   Verdict = "right"
	Alike   Verdict = "alike"
	Unknown Verdict = "unknown"
)

// Conflict is a pick that contradicts picks before it.
type Conflict struct {
	Pick int // its place in Answers.Picks; it was set aside
	// With are the picks that it contradicts, taken together: without any one of
	// them, the others and it could all be true. Empty when it contradicts the
	// ranks of options alone.
	With []int
}

// paired weighs by picks, given the ranks of each issue's options. All worths that
// fit the answers are a polytope; the intervals are its extent in each direction,
// and the worths the mean of the corners that were met in finding it.
func (r *Result) paired(issues []settle.Issue, a Answers) error {
	values := rankedOptions(issues, a)
	c := newCone(a.Issues, values)
	if c.size == 0 {
		return fault.Invalid("all options of all issues are alike to you").With("rank the options of an issue that matters to you")
	}
	for n, p := range a.Picks {
		if err := p.check(issues, n); err != nil {
			return err
		}
		if p.Answer == Unknown || !c.matters(p) {
			continue
		}
		c.picks = append(c.picks, placed{n, p})
		if c.consistent(c.picks) {
			continue
		}
		with := c.least(c.picks[:len(c.picks)-1], placed{n, p})
		c.picks = c.picks[:len(c.picks)-1]
		r.Conflicts = append(r.Conflicts, Conflict{n, with})
	}
	r.measure(c)
	r.cone = c
	r.remark(issues, a, values)
	return nil
}

func (p Pick) check(issues []settle.Issue, n int) error {
	for _, g := range []Gain{p.Left, p.Right} {
		if g.Issue < 0 || g.Issue >= len(issues) {
			return fault.Invalid("choice %d is about an issue that is not there", n+1)
		}
		options := len(issues[g.Issue].Options)
		if g.Get < 0 || g.Get >= options || g.Over < 0 || g.Over >= options || g.Get == g.Over {
			return fault.Invalid("choice %d is about options of %q that are not there", n+1, issues[g.Issue].Name)
		}
	}
	if !slices.Contains([]Verdict{Left, Right, Alike, Unknown}, p.Answer) {
		return fault.Invalid("choice %d has no answer", n+1).With("say which you would rather have, that they are alike, or that you don't know")
	}
	return nil
}

// placed is a pick with its place among all.
type placed struct {
	at int
	Pick
}

// cone is what is known of worths in coordinates that are not negative: the steps
// from each rank of options to the next, and, for an option of which nothing is
// known, what it is worth above its issue's worst.
type cone struct {
	size  int
	worth [][][]int64 // of issue and option: how often it has each coordinate
	total [][]int64   // of each issue: its whole swing
	steps []bool      // whether a coordinate is a step between ranks, which is above zero
	bound [][]int64   // rows that are at most 0 whatever was picked
	picks []placed    // that stand
	met   [][]*big.Rat
}

func newCone(said []IssueAnswer, values []valued) *cone {
	c := &cone{}
	type at struct{ issue, option int }
	var blank []at
	steps := make([][]int, len(said)) // coordinates from an issue's worst rank up
	for i, answer := range said {
		if values[i].alike {
			continue
		}
		n := max(1, len(ladder(answer.Options))-1)
		for range n {
			steps[i] = append(steps[i], c.size)
			c.steps = append(c.steps, !values[i].blank)
			c.size++
		}
		for o, option := range answer.Options {
			if option.Rank == 0 {
				blank = append(blank, at{i, o})
			}
		}
	}
	own := map[at]int{}
	for _, b := range blank {
		own[b] = c.size
		c.steps = append(c.steps, false)
		c.size++
	}
	for i, answer := range said {
		total := c.row(steps[i])
		rows := make([][]int64, len(answer.Options))
		order := ladder(answer.Options)
		for o, option := range answer.Options {
			switch j, free := own[at{i, o}]; {
			case free:
				rows[o] = c.row([]int{j})
				c.bound = append(c.bound, minus(rows[o], total))
			case len(order) == 1: // the best of an issue of which nothing else is known
				rows[o] = total
			default:
				rows[o] = c.row(steps[i][:max(0, len(order)-1-slices.Index(order, option.Rank))])
			}
		}
		if values[i].alike {
			for o := range rows {
				rows[o] = c.row(nil)
			}
		}
		c.worth, c.total = append(c.worth, rows), append(c.total, total)
	}
	return c
}

func (c *cone) row(some []int) []int64 {
	out := make([]int64, c.size)
	for _, j := range some {
		out[j] = 1
	}
	return out
}

// lead is how much more the left gain of a pick is worth than the right.
func (c *cone) lead(p Pick) []int64 { return minus(c.gain(p.Left), c.gain(p.Right)) }

func (c *cone) gain(g Gain) []int64 { return minus(c.worth[g.Issue][g.Get], c.worth[g.Issue][g.Over]) }

// matters tells whether a pick says anything: not of two gains that are both
// nothing, as of issues whose options are all alike.
func (c *cone) matters(p Pick) bool {
	return slices.ContainsFunc(c.lead(p), func(n int64) bool { return n != 0 })
}

func minus(a, b []int64) []int64 {
	out := make([]int64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}

// consistent tells whether some worths fit all of some picks, each preference and
// each step between ranks being more than nothing.
func (c *cone) consistent(picks []placed) bool {
	var rows [][]int64 // the last column is how much "more" is
	add := func(row []int64, more int64) { rows = append(rows, append(slices.Clone(row), more)) }
	zero := make([]int64, c.size)
	for _, b := range c.bound {
		add(b, 0)
	}
	for j, strict := range c.steps {
		if strict {
			add(minus(zero, c.row([]int{j})), 1)
		}
	}
	for _, p := range picks {
		lead := c.lead(p.Pick)
		switch p.Answer {
		case Left:
			add(minus(zero, lead), 1)
		case Right:
			add(lead, 1)
		case Alike:
			add(lead, 0)
			add(minus(zero, lead), 0)
		}
	}
	add(minus(zero, c.whole()), 1) // something is worth something
	limits := make([]int64, len(rows)+2)
	limits[len(rows)], limits[len(rows)+1] = 1, 1
	all := make([]int64, c.size)
	for j := range all {
		all[j] = 1
	}
	add(all, 0)
	add(zero, 1)
	goal := make([]int64, c.size+1)
	goal[c.size] = 1
	most, _ := newSimplex(c.size+1, rows, limits).greatest(goal)
	return most.Sign() > 0
}

// least gives the places of some of the picks that a new one contradicts, none of
// which can be left out.
func (c *cone) least(picks []placed, last placed) []int {
	kept := slices.Clone(picks)
	for i := 0; i < len(kept); {
		without := append(slices.Delete(slices.Clone(kept), i, i+1), last)
		if c.consistent(without) {
			i++
			continue
		}
		kept = slices.Delete(kept, i, i+1)
	}
	var out []int
	for _, p := range kept {
		out = append(out, p.at)
	}
	return out
}

// measure finds the extent of all that fits: for each issue's weight and each
// option's worth, the least and the greatest, where all weights sum to 100.
func (r *Result) measure(c *cone) {
	s := c.fits()
	for i := range c.worth {
		low, high := c.extent(s, c.total[i])
		r.Weights = append(r.Weights, Interval{Low: low, High: high})
		row := make([]Interval, len(c.worth[i]))
		for o := range row {
			low, high := c.extent(s, c.worth[i][o])
			row[o] = Interval{Low: low, High: high}
		}
		r.Worths = append(r.Worths, row)
	}
	for i := range c.worth {
		r.Weights[i].Mid = c.mean(c.total[i])
		for o := range r.Worths[i] {
			r.Worths[i][o].Mid = c.mean(c.worth[i][o])
		}
	}
}

// fits is the set of worths that fit the picks that stand, with all weights
// together at most 1; what is not negative is greatest where they are 1.
func (c *cone) fits() *simplex {
	rows := slices.Clone(c.bound)
	zero := make([]int64, c.size)
	for _, p := range c.picks {
		lead := c.lead(p.Pick)
		if p.Answer != Right {
			rows = append(rows, minus(zero, lead))
		}
		if p.Answer != Left {
			rows = append(rows, lead)
		}
	}
	limits := make([]int64, len(rows)+1)
	limits[len(rows)] = 1
	return newSimplex(c.size, append(rows, c.whole()), limits)
}

// whole is the sum of all issues' swings.
func (c *cone) whole() []int64 {
	sum := make([]int64, c.size)
	for _, total := range c.total {
		for j, n := range total {
			sum[j] += n
		}
	}
	return sum
}

// extent is the least and the greatest of a worth, of 100.
func (c *cone) extent(s *simplex, worth []int64) (low, high *big.Rat) {
	if !slices.ContainsFunc(worth, func(n int64) bool { return n != 0 }) {
		return new(big.Rat), new(big.Rat)
	}
	most, corner := s.greatest(worth)
	c.meet(corner)
	rest, corner := s.greatest(minus(c.whole(), worth))
	c.meet(corner)
	low = new(big.Rat).Sub(one, rest)
	return low.Mul(low, hundred), new(big.Rat).Mul(most, hundred)
}

// meet keeps a corner that was not met before. The corner without any worth, where
// a search may end that found nothing better, is none of those that fit.
func (c *cone) meet(corner []*big.Rat) {
	sum := new(big.Rat)
	for j, n := range c.whole() {
		sum.Add(sum, new(big.Rat).Mul(big.NewRat(n, 1), corner[j]))
	}
	if sum.Cmp(one) != 0 {
		return
	}
	same := func(other []*big.Rat) bool {
		return slices.EqualFunc(other, corner, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })
	}
	if !slices.ContainsFunc(c.met, same) {
		c.met = append(c.met, corner)
	}
}

// mean is a sum's mean over the corners met, times 100.
func (c *cone) mean(row []int64) *big.Rat {
	sum := new(big.Rat)
	for _, corner := range c.met {
		sum.Add(sum, at(row, corner))
	}
	return sum.Mul(sum, big.NewRat(100, int64(len(c.met))))
}

func at(row []int64, corner []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for j, n := range row {
		if n != 0 {
			sum.Add(sum, new(big.Rat).Mul(big.NewRat(n, 1), corner[j]))
		}
	}
	return sum
}
