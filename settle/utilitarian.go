package settle

import (
	"context"
	"math"
	"math/big"
)

// utilitarian is the packages of the zone of agreement with the greatest sum of
// utilities, each times its party's weight. Where no reservation value binds it
// is found issue by issue.
func (p *Problem) utilitarian(ctx context.Context, w *whole) Solution {
	a := newUtilitarianGoal(p, w, w.bottoms(), w.tops())
	s := newSearch(ctx, w, a)
	s.run()
	return a.solution(w.reduced(), s)
}

// solution is what was found; s is nil when every package was looked at.
func (a *utilitarianGoal) solution(read reading, s *search) Solution {
	out := Solution{Points: a.points(read), Proved: s == nil || !s.stopped}
	if len(a.found) == 0 {
		return out
	}
	out.Value = new(big.Rat).SetFrac(a.best, a.scale)
	out.Bound = out.Value
	if !out.Proved && s.ceiling > a.above {
		out.Bound = a.bound(s.ceiling)
	}
	return out
}

// utilitarianGoal is the search's side of it. A gain is what a party's sum adds
// to the whole above the least that the party may have.
type utilitarianGoal struct {
	ties
	bases []int64
	need  []int64
	units []float64
	times []*big.Int // what a whole number of the party counts in the sum
	small []int64    // the same, when every sum fits
	scale *big.Int   // what the sum of utilities was multiplied by
	norm  float64
	best  *big.Int
	quick int64 // the same, when it fits
	above float64
	crowd int
}

func newUtilitarianGoal(p *Problem, w *whole, bottoms, tops []int64) *utilitarianGoal {
	a := &utilitarianGoal{bases: bottoms, need: bottoms, crowd: maxTies, scale: big.NewInt(1)}
	factors := make([]*big.Rat, len(w.worth))
	for i := range factors {
		factors[i] = new(big.Rat).SetFrac(big.NewInt(1), w.scale[i])
		if weight := p.Parties[i].Weight; weight != nil {
			factors[i].Mul(factors[i], weight)
		}
		gcd := new(big.Int).GCD(nil, nil, a.scale, factors[i].Denom())
		a.scale.Mul(a.scale, new(big.Int).Quo(factors[i].Denom(), gcd))
	}
	span, size := 0.0, new(big.Int)
	a.small = make([]int64, len(factors))
	for i, f := range factors {
		n := times(f, a.scale)
		a.times = append(a.times, n)
		most := max(abs(tops[i]), abs(bottoms[i]))
		size.Add(size, new(big.Int).Mul(n, big.NewInt(most)))
		v, _ := new(big.Float).SetInt(n).Float64()
		span += v * math.Abs(float64(tops[i]-a.bases[i]))
	}
	a.norm = max(span, 1e-300)
	for i, n := range a.times {
		v, _ := new(big.Float).SetInt(n).Float64()
		a.units = append(a.units, a.norm/v)
		if size.CmpAbs(big.NewInt(maxWhole)) > 0 {
			a.small = nil
			continue
		}
		if a.small != nil {
			a.small[i] = n.Int64()
		}
	}
	return a
}

func abs(n int64) int64 {
	if n < 0 {
		return -n
	}
	return n
}

func (a *utilitarianGoal) base(p int) int64   { return a.bases[p] }
func (a *utilitarianGoal) unit(p int) float64 { return a.units[p] }
func (a *utilitarianGoal) needs() []int64     { return a.need }
func (a *utilitarianGoal) enough() bool       { return len(a.found) > a.crowd }

func (a *utilitarianGoal) offer(sums []int64, choice []int) bool {
	order := 1
	if a.small != nil {
		sum := int64(0)
		for p, v := range sums {
			sum += a.small[p] * v
		}
		if a.best != nil && sum <= a.quick {
			if sum < a.quick {
				return false
			}
			order = 0
		}
		if order > 0 {
			a.quick, a.best = sum, big.NewInt(sum)
		}
	} else {
		sum := new(big.Int)
		for p, v := range sums {
			sum.Add(sum, new(big.Int).Mul(a.times[p], big.NewInt(v)))
		}
		if a.best != nil {
			order = sum.Cmp(a.best)
		}
		if order < 0 {
			return false
		}
		a.best = sum
	}
	if order > 0 {
		a.clear()
		a.above = 0
		for p, v := range sums {
			a.above += float64(v-a.bases[p]) / a.units[p]
		}
	}
	a.add(sums, choice)
	return order > 0
}

// least puts all that the sum is to be above the bases on the party whose gain
// is the cheapest.
func (a *utilitarianGoal) least(at, vector []float64) float64 {
	clear(vector)
	if a.best == nil {
		return 0
	}
	cheapest := 0
	for p, v := range at {
		if v < at[cheapest] {
			cheapest = p
		}
	}
	vector[cheapest] = a.above * (1 - 1e-12)
	return at[cheapest] * vector[cheapest]
}

// most bounds the sum above the bases.
func (a *utilitarianGoal) most(at []float64, worth float64) float64 {
	least := math.Inf(1)
	for _, v := range at {
		least = min(least, v)
	}
	return worth / least
}

func (a *utilitarianGoal) bound(ceiling float64) *big.Rat {
	over := new(big.Rat).SetFloat64((ceiling - a.above) * a.norm * (1 + 1e-9))
	if over == nil {
		return nil
	}
	over.Quo(over, new(big.Rat).SetInt(a.scale))
	return over.Add(over, new(big.Rat).SetFrac(a.best, a.scale))
}
