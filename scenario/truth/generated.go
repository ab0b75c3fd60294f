package main

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"

	"paraph/settle"
)

// generated is what is known of an additive problem that is made by a seed.
type generated struct {
	ParetoSize *int `json:"pareto_size"`
	Nash       *struct {
		Utils []int64
		Log   float64 `json:"log_product_of_u_over_max"`
	}
	KS *struct {
		Utils []int64
		Ratio float64 `json:"min_ratio_u_over_max"`
	}
	MaxMin *struct {
		Utils []int64
		Min   int64 `json:"min_util"`
	}
}

// roughly is how many points of a frontier are asked for where only solution
// points are known.
const roughly = 2000

func (g generated) compare(c *check, name string) {
	u, ok := made(name)
	c.holds("the name says how it is made", ok)
	if !ok {
		return
	}
	g.file(c, name, u)
	p := problemOf(u)
	o := settle.Options{MaxPoints: roughly}
	if g.ParetoSize != nil {
		o.MaxPoints = 0
	}
	a := c.settle(p, o)
	if g.ParetoSize != nil {
		c.same("frontier", a.Frontier.Len(), *g.ParetoSize)
		c.holds("the frontier is whole", a.Frontier.Whole)
	}
	if g.Nash != nil {
		c.one("Nash", a.Nash, g.Nash.Utils)
		log := 0.0
		for i, of := range g.Nash.Utils {
			most, _ := extremes(p, i)
			v, _ := most.Float64()
			log += math.Log(float64(of) / v)
		}
		c.holds("Nash: value", math.Abs(log-g.Nash.Log) < 1e-9)
	}
	if g.KS != nil {
		c.one("Kalai–Smorodinsky", a.KalaiSmorodinsky, g.KS.Utils)
		if v := a.KalaiSmorodinsky.Value; v != nil {
			ratio, _ := v.Float64()
			c.holds("Kalai–Smorodinsky: value", math.Abs(ratio-g.KS.Ratio) < 1e-11)
		}
	}
	if g.MaxMin != nil {
		c.one("egalitarian", a.Egalitarian, g.MaxMin.Utils)
		if v := a.Egalitarian.Value; v != nil {
			c.same("egalitarian: value", v.RatString(), g.MaxMin.Min)
		}
	}
}

// one compares a solution point of which one utility vector is known.
func (c *check) one(name string, got settle.Solution, want []int64) {
	c.holds(name+" is proved", got.Proved)
	var all []string
	for _, at := range got.Points {
		all = append(all, fmt.Sprint(whole(at.Utilities)))
	}
	c.holds(fmt.Sprintf("%s: %v is among %v", name, want, all), slices.Contains(all, fmt.Sprint(want)))
}

func whole(utilities []*big.Rat) []int64 {
	var out []int64
	for _, u := range utilities {
		out = append(out, u.Num().Int64())
	}
	return out
}

// file compares the problem with the one on disk, where that is kept.
func (g generated) file(c *check, name string, u [][][]int64) {
	data, err := os.ReadFile(filepath.Join(c.dir, "generated", name+".json"))
	if err != nil {
		return // not all are kept
	}
	var kept struct{ U [][][]int64 }
	err = json.Unmarshal(data, &kept)
	c.holds("the problem is the one on disk", err == nil && fmt.Sprint(kept.U) == fmt.Sprint(u))
}

// made makes the worths of a problem by its name: kind, issues and options,
// parties, seed.
func made(name string) (u [][][]int64, ok bool) {
	var issues, options, parties, seed int
	for _, kind := range []string{"fine", "points", "opposed"} {
		if n, _ := fmt.Sscanf(name, kind+"-%dx%d-p%d-s%d", &issues, &options, &parties, &seed); n == 4 {
			r := splitMix(seed*1000003 + issues*101 + options*7 + parties)
			for p := range parties {
				u = append(u, r.party(kind, issues, options, p))
			}
			return u, true
		}
	}
	return nil, false
}

// splitMix is the generator splitmix64 (Steele, Lea, Flood, "Fast splittable
// pseudorandom number generators", OOPSLA 2014).
type splitMix uint64

func (s *splitMix) below(n int) int64 {
	*s += 0x9E3779B97F4A7C15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return int64((z ^ z>>31) % uint64(n))
}

func (s *splitMix) party(kind string, issues, options, p int) [][]int64 {
	most, steps := 1000, 1001
	if kind == "points" {
		most, steps = 100, 11
	}
	weights := make([]int64, issues)
	for i := range weights {
		weights[i] = 1 + s.below(most)
	}
	var out [][]int64
	for _, w := range weights {
		row := make([]int64, options)
		for o := range row {
			row[o] = s.below(steps)
		}
		if kind == "opposed" {
			slices.Sort(row)
			if p%2 == 1 {
				slices.Reverse(row)
			}
		}
		for o := range row {
			row[o] *= w
		}
		out = append(out, row)
	}
	return out
}

// problemOf is a problem of these worths, with a reservation value of 0.
func problemOf(u [][][]int64) *settle.Problem {
	p := &settle.Problem{}
	for i, row := range u[0] {
		issue := settle.Issue{Name: fmt.Sprint("issue ", i+1)}
		for o := range row {
			issue.Options = append(issue.Options, fmt.Sprint("option ", o+1))
		}
		p.Issues = append(p.Issues, issue)
	}
	for n, table := range u {
		party := settle.Party{Name: fmt.Sprint("party ", n+1), Reservation: new(big.Rat)}
		for _, row := range table {
			var worths []*big.Rat
			for _, w := range row {
				worths = append(worths, big.NewRat(w, 1))
			}
			party.Worth = append(party.Worth, worths)
		}
		p.Parties = append(p.Parties, party)
	}
	return p
}
