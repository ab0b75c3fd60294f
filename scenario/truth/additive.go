package main

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"paraph/settle"
)

// additive is what is known of a scenario with linear utility spaces.
type additive struct {
	Path        string
	Parties     []string
	Issues      [][]any
	Outcomes    int64
	Reservation []float64
	WeightSums  []float64 `json:"weight_sums"`
	Discount    []float64
	IROutcomes  int64 `json:"ir_outcomes"`
	ExactGenius exact `json:"exact_genius"`
}

type exact struct {
	FrontierAll int       `json:"frontier_all"`
	FrontierIR  int       `json:"frontier_ir"`
	MaxUtil     []float64 `json:"max_util"`
	MinUtil     []float64 `json:"min_util"`
	Nash        known
	Egalitarian known
	KSIdealIR   known                           `json:"ks_ideal_ir"`
	KSGlobal    known                           `json:"ks_ideal_global"`
	MinSpread   known                           `json:"ks_minspread"`
	MaxWelfare  known                           `json:"max_welfare"`
	Conv        struct{ Nash, Kalai, KS known } `json:"conv_negmas"`
	ZopaEmpty   bool                            `json:"zopa_empty"`
}

// known is a solution point: how many utility vectors solve it, up to four of
// them, and a package for each.
type known struct {
	N        int
	Utils    [][]float64
	Outcomes [][]any
	Product  float64
	MinGain  float64 `json:"min_gain"`
	MinRatio float64 `json:"min_ratio"`
	Sum      float64
	Ideal    []float64
}

func (a additive) compare(c *check) {
	p, ok := c.folder(a.Path, a.Parties)
	if !ok {
		return
	}
	a.read(c, p)
	x := a.ExactGenius
	all := c.settle(p, settle.Options{All: true})
	c.same("frontier of all packages", all.Frontier.Len(), x.FrontierAll)
	c.holds("the frontier of all is whole", all.Frontier.Whole)
	zone := c.settle(p, settle.Options{})
	c.same("frontier in the zone", zone.Frontier.Len(), x.FrontierIR)
	c.holds("the frontier is whole", zone.Frontier.Whole)
	c.same("zone of agreement empty", zone.Zone.Empty, x.ZopaEmpty)
	c.holds("the zone is proved", zone.Zone.Proved)
	c.solution(p, "Nash", zone.Nash, x.Nash, x.Nash.Product)
	c.solution(p, "egalitarian", zone.Egalitarian, x.Egalitarian, x.Egalitarian.MinGain)
	c.solution(p, "Kalai–Smorodinsky", zone.KalaiSmorodinsky, x.KSIdealIR, x.KSIdealIR.MinRatio)
	c.solution(p, "utilitarian", zone.Utilitarian, x.MaxWelfare, x.MaxWelfare.Sum)
	if x.ZopaEmpty {
		return
	}
	c.global(p, all, zone, x.KSGlobal)
	q := disagreement(p)
	conv := c.settle(q, settle.Options{})
	c.solution(q, "Nash from the disagreement point", conv.Nash, x.Conv.Nash, 0)
	c.solution(q, "egalitarian from the disagreement point", conv.Egalitarian, x.Conv.Kalai, 0)
	c.spread(p, all, zone, x.MinSpread)
	c.spread(q, all, conv, x.Conv.KS)
}

// read compares what the reader made of the files.
func (a additive) read(c *check, p *settle.Problem) {
	c.same("outcomes", p.Outcomes(), a.Outcomes)
	for i, issue := range p.Issues {
		c.same("issue", []any{issue.Name, len(issue.Options)}, []any{a.Issues[i][0], a.Issues[i][2]})
	}
	for i := range p.Parties {
		most, least := extremes(p, i)
		c.same("greatest utility", floats([]*big.Rat{most})[0], a.ExactGenius.MaxUtil[i])
		c.same("least utility", floats([]*big.Rat{least})[0], a.ExactGenius.MinUtil[i])
		c.same("reservation value", floats([]*big.Rat{orZero(p.Parties[i].Reservation)})[0], a.Reservation[i])
		discount := a.Discount[i]
		if discount == 0 { // none
			discount = 1
		}
		got := 1.0
		if d := p.Parties[i].Discount; d != nil {
			got, _ = d.Float64()
		}
		c.same("discount", got, discount)
	}
}

func orZero(q *big.Rat) *big.Rat {
	if q == nil {
		return new(big.Rat)
	}
	return q
}

// extremes are a party's greatest and least utility of an additive problem.
func extremes(p *settle.Problem, party int) (most, least *big.Rat) {
	most, least = new(big.Rat), new(big.Rat)
	for _, row := range p.Parties[party].Worth {
		if row == nil {
			continue
		}
		order := func(a, b *big.Rat) int { return a.Cmp(b) }
		most.Add(most, slices.MaxFunc(row, order))
		least.Add(least, slices.MinFunc(row, order))
	}
	return most, least
}

// solution compares a solution point: its utility vectors, its value, and that
// the packages which are known solve it in exact arithmetic.
func (c *check) solution(p *settle.Problem, name string, got settle.Solution, want known, value float64) {
	c.same(name+": utility vectors", len(got.Points), want.N)
	if want.N == 0 {
		return
	}
	c.holds(name+" is proved", got.Proved)
	if want.N == len(want.Utils) {
		var true_ []string
		for _, u := range want.Utils {
			true_ = append(true_, fmt.Sprint(u))
		}
		slices.Sort(true_)
		c.same(name, vectors(got.Points), true_)
	}
	if value != 0 && got.Value != nil {
		v, _ := got.Value.Float64()
		c.same(name+": value", v, value)
	}
	for _, outcome := range want.Outcomes {
		k, ok := packageOf(p, outcome)
		if !ok {
			c.holds(fmt.Sprint(name, ": the package is one of the domain: ", outcome), false)
			continue
		}
		c.holds(name+": the package that is known is one that is found", slices.ContainsFunc(got.Points, func(at settle.Point) bool {
			for i, u := range at.Utilities {
				if u.Cmp(p.Utility(i, k)) != 0 {
					return false
				}
			}
			return true
		}))
	}
}

// packageOf finds the options of a package by their words.
func packageOf(p *settle.Problem, outcome []any) (settle.Package, bool) {
	k := make(settle.Package, len(outcome))
	for i, o := range outcome {
		if k[i] = slices.Index(p.Issues[i].Options, strings.TrimSpace(fmt.Sprint(o))); k[i] < 0 {
			return nil, false
		}
	}
	return k, true
}

// disagreement is a problem in which no deal is worth the least that any package
// is worth, where the reservation value is below that.
func disagreement(p *settle.Problem) *settle.Problem {
	q := *p
	q.Parties = slices.Clone(p.Parties)
	for i := range q.Parties {
		_, least := extremes(p, i)
		if r := q.Parties[i].Reservation; r == nil || r.Cmp(least) < 0 {
			q.Parties[i].Reservation = least
		}
	}
	return &q
}

// global compares Kalai–Smorodinsky with the ideal over all packages, which is no
// definition of ours: it is read off the frontier of the zone, whose every point
// it thereby compares.
func (c *check) global(p *settle.Problem, all, zone *settle.Answer, want known) {
	name := "Kalai–Smorodinsky with the ideal of all packages"
	found := readOff(p, all, zone, func(shares []*big.Rat) []*big.Rat { return shares })
	found.Value = least(p, all, zone, found.Points)
	c.solution(p, name, found, want, want.MinRatio)
}

// spread compares what NegMAS and GENIUS call Kalai–Smorodinsky: the least spread
// between the parties' shares. That is no definition of ours either, and may be a
// package that all would leave for another.
func (c *check) spread(p *settle.Problem, all, zone *settle.Answer, want known) {
	found := readOff(p, all, zone, func(shares []*big.Rat) []*big.Rat {
		spread := new(big.Rat).Sub(shares[0], shares[len(shares)-1]) // below zero: the greater, the nearer
		return []*big.Rat{spread}
	})
	c.solution(p, "least spread of shares", found, want, 0)
}

func compare(a, b *big.Rat) int { return a.Cmp(b) }

// readOff gives the points of the zone's frontier that are best by what by makes
// of their shares, the least first.
func readOff(p *settle.Problem, all, zone *settle.Answer, by func([]*big.Rat) []*big.Rat) settle.Solution {
	ideal := idealOf(all)
	found := settle.Solution{Proved: true}
	var best []*big.Rat
	for _, at := range zone.Frontier.Points() {
		of := by(shares(p, ideal, at))
		switch d := slices.CompareFunc(of, best, compare); {
		case best == nil || d > 0:
			found.Points, best = []settle.Point{at}, of
		case d == 0:
			found.Points = append(found.Points, at)
		}
	}
	return found
}

// least is the smallest share of the first point.
func least(p *settle.Problem, all, zone *settle.Answer, points []settle.Point) *big.Rat {
	if len(points) == 0 {
		return nil
	}
	return shares(p, idealOf(all), points[0])[0]
}

// idealOf is the greatest utility of each party on a frontier.
func idealOf(all *settle.Answer) []*big.Rat {
	var ideal []*big.Rat
	for _, at := range all.Frontier.Points() {
		if ideal == nil {
			ideal = slices.Clone(at.Utilities)
		}
		for i, u := range at.Utilities {
			if u.Cmp(ideal[i]) > 0 {
				ideal[i] = u
			}
		}
	}
	return ideal
}

// shares are the parties' gains as shares of the ideal ones, the least first.
func shares(p *settle.Problem, ideal []*big.Rat, at settle.Point) []*big.Rat {
	of := make([]*big.Rat, len(at.Utilities))
	for i, u := range at.Utilities {
		r := orZero(p.Parties[i].Reservation)
		of[i] = new(big.Rat).Sub(u, r)
		if span := new(big.Rat).Sub(ideal[i], r); span.Sign() > 0 {
			of[i].Quo(of[i], span)
		} else {
			of[i].SetInt64(1)
		}
	}
	slices.SortFunc(of, compare)
	return of
}
