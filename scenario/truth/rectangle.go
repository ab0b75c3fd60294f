package main

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"paraph/settle"
)

// rectangles is what is known of a scenario of hyper-rectangles, in the whole
// numbers that its files have, before they are divided by the maxutility.
type rectangles struct {
	Issues      int
	Rectangles  []int
	Exclusive   []int     `json:"exclusive_rectangles"`
	Declared    []float64 `json:"declared_maxutility"`
	TrueMax     []float64 `json:"true_max_raw"`
	Reservation []float64 `json:"reservation_file"`
	Frontier    [][]int64 `json:"frontier_raw"`
	Outcomes    [][]int   `json:"frontier_outcomes"`
	Size        int       `json:"frontier_size"`
	IRSize      int       `json:"ir_frontier_size"`
	MaxWelfare  int64     `json:"max_welfare_raw"`
	Nash        []int64   `json:"nash_raw"`
	NashOutcome []int     `json:"nash_outcome"`
	KS          []int64   `json:"ks_leximin_ideal_ir_raw"`
	KSRatio     float64   `json:"ks_min_ratio"`
	Egalitarian []int64   `json:"egalitarian_genius_scale_raw"`
}

func (r rectangles) compare(c *check, name string) {
	p, ok := c.folder(strings.TrimPrefix(name, "scenarios/"), []string{"profile-1.xml", "profile-2.xml"})
	if !ok {
		return
	}
	r.read(c, p)
	all := c.settle(p, settle.Options{All: true})
	c.holds("the frontier of all is whole", all.Frontier.Whole)
	c.same("frontier of all packages", r.raws(all.Frontier.Points()), fmt.Sprint(sorted(r.Frontier)))
	most, found := new(big.Rat), []float64{0, 0}
	for _, at := range all.Frontier.Points() {
		sum := new(big.Rat)
		for i := range r.Declared {
			raw := r.raw(i, at.Utilities[i])
			sum.Add(sum, raw)
			if v, _ := raw.Float64(); v > found[i] {
				found[i] = v
			}
		}
		if sum.Cmp(most) > 0 {
			most = sum
		}
	}
	c.same("greatest sum", most.RatString(), r.MaxWelfare)
	c.same("greatest utilities", found, r.TrueMax)
	zone := c.settle(p, settle.Options{})
	c.same("frontier in the zone", zone.Frontier.Len(), r.IRSize)
	c.holds("the frontier is whole", zone.Frontier.Whole)
	c.known("Nash", zone.Nash, r.Nash, r)
	c.known("Kalai–Smorodinsky", zone.KalaiSmorodinsky, r.KS, r)
	c.known("egalitarian", zone.Egalitarian, r.Egalitarian, r)
	if v := zone.KalaiSmorodinsky.Value; v != nil {
		ratio, _ := v.Float64()
		c.same("Kalai–Smorodinsky: value", ratio, r.KSRatio)
	}
	r.utilitarian(c, p)
}

// utilitarian asks for the greatest sum of the files' own numbers, without the
// reservation values.
func (r rectangles) utilitarian(c *check, p *settle.Problem) {
	q := *p
	q.Parties = slices.Clone(p.Parties)
	for i := range q.Parties {
		party := &q.Parties[i]
		party.Reservation = nil
		scale := new(big.Rat).SetFloat64(r.Declared[i])
		party.Terms = slices.Clone(party.Terms)
		for t := range party.Terms {
			party.Terms[t].Worth = new(big.Rat).Mul(party.Terms[t].Worth, scale)
		}
	}
	a := c.settle(&q, settle.Options{MaxPoints: 1})
	c.holds("utilitarian is proved", a.Utilitarian.Proved)
	if a.Utilitarian.Value != nil {
		c.same("utilitarian of raw numbers", a.Utilitarian.Value.RatString(), r.MaxWelfare)
	}
}

// read compares what the reader made of the files: what they hold, and what the
// packages that are known are worth.
func (r rectangles) read(c *check, p *settle.Problem) {
	c.same("issues", len(p.Issues), r.Issues)
	for i, party := range p.Parties {
		outside := 0
		for _, t := range party.Terms {
			if t.Outside {
				outside++
			}
		}
		c.same("rectangles", []int{len(party.Terms), outside}, []int{r.Rectangles[i], r.Exclusive[i]})
		reservation, _ := orZero(party.Reservation).Float64()
		c.same("reservation value", reservation, r.Reservation[i])
	}
	for n, outcome := range append(slices.Clone(r.Outcomes), r.NashOutcome) {
		want := r.Nash
		if n < len(r.Frontier) {
			want = r.Frontier[n]
		}
		got := make([]string, len(want))
		for i := range want {
			got[i] = r.raw(i, p.Utility(i, outcome)).RatString()
		}
		c.same("what a package is worth", got, want)
	}
}

// raw is a utility in the numbers of the files.
func (r rectangles) raw(party int, u *big.Rat) *big.Rat {
	return new(big.Rat).Mul(u, new(big.Rat).SetFloat64(r.Declared[party]))
}

func (r rectangles) raws(points []settle.Point) string {
	var out [][]int64
	for _, at := range points {
		var of []int64
		for i, u := range at.Utilities {
			of = append(of, r.raw(i, u).Num().Int64())
		}
		out = append(out, of)
	}
	return fmt.Sprint(sorted(out))
}

func sorted(list [][]int64) [][]int64 {
	out := slices.Clone(list)
	slices.SortFunc(out, slices.Compare[[]int64])
	return out
}

// known compares a solution point of which one utility vector is known.
func (c *check) known(name string, got settle.Solution, want []int64, r rectangles) {
	c.holds(name+" is proved", got.Proved)
	c.holds(fmt.Sprintf("%s: %v is among %v", name, want, r.raws(got.Points)), slices.ContainsFunc(got.Points, func(at settle.Point) bool {
		return r.raws([]settle.Point{at}) == fmt.Sprint([][]int64{want})
	}))
}
