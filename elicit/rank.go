package elicit

import (
	"math/big"
	"slices"

	"paraph/settle"
)

// ranked weighs issues by their ranks and options by theirs.
//
// The weights that a ranking allows are a simplex: its corners give the first so
// many issues an equal share each and nothing to the others. The centroid of the
// corners is the rank-order centroid (Barron and Barrett, "Decision quality using
// ranked attribute weights", Management Science 42, 1996), and the least and the
// greatest coordinate over the corners is the exact interval. Ties make fewer
// corners; an issue of which nothing is known is a corner of its own.
func (r *Result) ranked(issues []settle.Issue, a Answers) {
	values := rankedOptions(issues, a)
	corners := cornersOf(a.Issues, values)
	for i := range issues {
		r.Weights = append(r.Weights, across(corners, i))
	}
	r.multiply(values)
	r.remark(issues, a, values)
}

// cornersOf are the corners of the weights, shares of 100. Issues whose options are
// all alike to the party have no weight.
func cornersOf(said []IssueAnswer, values []valued) [][]*big.Rat {
	groups := map[int][]int{}
	var ranks []int
	var corners [][]*big.Rat
	for i, answer := range said {
		switch {
		case values[i].alike:
		case answer.Rank == 0:
			corners = append(corners, shares(len(said), []int{i}))
		default:
			if groups[answer.Rank] == nil {
				ranks = append(ranks, answer.Rank)
			}
			groups[answer.Rank] = append(groups[answer.Rank], i)
		}
	}
	slices.Sort(ranks)
	var first []int
	for _, rank := range ranks {
		first = append(first, groups[rank]...)
		corners = append(corners, shares(len(said), first))
	}
	return corners
}

// shares gives some of n issues an equal share of 100 each.
func shares(n int, some []int) []*big.Rat {
	out := make([]*big.Rat, n)
	for i := range out {
		out[i] = new(big.Rat)
	}
	for _, i := range some {
		out[i] = big.NewRat(100, int64(len(some)))
	}
	return out
}

// across is one coordinate over all corners: the least, the mean, the greatest.
func across(corners [][]*big.Rat, i int) Interval {
	if len(corners) == 0 {
		return Interval{new(big.Rat), new(big.Rat), new(big.Rat)}
	}
	out := Interval{corners[0][i], new(big.Rat), corners[0][i]}
	for _, c := range corners {
		out.Low, out.High = smaller(out.Low, c[i]), larger(out.High, c[i])
		out.Mid.Add(out.Mid, c[i])
	}
	out.Mid.Mul(out.Mid, big.NewRat(1, int64(len(corners))))
	return out
}

// valued is what an issue's options are worth beside each other: from 0 for the
// worst to 1 for the best.
type valued struct {
	options []Interval
	alike   bool // all are equal to the party
	blank   bool // nothing was said
}

func rankedOptions(issues []settle.Issue, a Answers) []valued {
	out := make([]valued, len(issues))
	for i := range issues {
		out[i] = valuedByRank(a.Issues[i].Options)
	}
	return out
}

// valuedByRank values options by their ranks. The best counts 1 and the worst 0;
// for those between, the ranking allows anything from 0 to 1, and its centroid is
// evenly spaced. An option of which nothing is known lies somewhere between.
func valuedByRank(said []OptionAnswer) valued {
	order := ladder(said)
	unknown := slices.ContainsFunc(said, func(o OptionAnswer) bool { return o.Rank == 0 })
	v := valued{alike: len(said) == 1 || len(order) == 1 && !unknown, blank: len(order) == 0}
	for _, o := range said {
		step, steps := slices.Index(order, o.Rank), len(order)-1
		switch {
		case v.alike:
			v.options = append(v.options, exactly(new(big.Rat)))
		case o.Rank == 0:
			v.options = append(v.options, Interval{new(big.Rat), half, one})
		case step == 0:
			v.options = append(v.options, exactly(one))
		case step == steps:
			v.options = append(v.options, exactly(new(big.Rat)))
		default:
			v.options = append(v.options, Interval{new(big.Rat), big.NewRat(int64(steps-step), int64(steps)), one})
		}
	}
	return v
}

// ladder lists the ranks that were given, the best first.
func ladder(said []OptionAnswer) []int {
	var ranks []int
	for _, o := range said {
		if o.Rank > 0 {
			ranks = append(ranks, o.Rank)
		}
	}
	slices.Sort(ranks)
	return slices.Compact(ranks)
}

func exactly(n *big.Rat) Interval { return Interval{n, n, n} }

// multiply makes worths of the weights of issues and the values of options, which
// are known apart from each other.
func (r *Result) multiply(values []valued) {
	for i, v := range values {
		row := make([]Interval, len(v.options))
		for o, value := range v.options {
			row[o] = r.Weights[i].times(value)
		}
		r.Worths = append(r.Worths, row)
	}
}
