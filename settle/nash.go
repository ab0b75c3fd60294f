package settle

import (
	"context"
	"math"
	"math/big"
)

// nash is the packages of the greatest product of the parties' gains over their
// reservation values, or over 0 where a party has none, each gain to the power of
// the party's weight (Nash, "The bargaining problem", Econometrica 18, 1950; with
// weights: Harsanyi, Selten, "A generalized Nash solution for two-person
// bargaining games with incomplete information", Management Science 18, 1972).
//
// The vectors of at least a given product are a convex set whose cheapest vector
// at any prices has a closed form: each gain is as its weight over its price.
func (w *whole) nash(ctx context.Context, powers []int64) Solution {
	a := newNashGoal(w, powers, w.bottoms(), w.tops())
	s := newSearch(ctx, w, a)
	s.run()
	if len(a.found) > 0 || s.stopped {
		return a.solution(w.reduced(), s)
	}
	return w.nashOfNothing(ctx)
}

// nashOfNothing is the Nash solution when no package gives every party a gain:
// every package of the zone's frontier has a product of zero.
func (w *whole) nashOfNothing(ctx context.Context) Solution {
	a := &every{bases: w.bases(), need: w.bottoms(), crowd: maxTies}
	for p, b := range a.bases {
		a.need[p] = max(a.need[p], b)
	}
	for p, top := range w.tops() {
		a.units = append(a.units, max(1, float64(top-a.need[p])))
	}
	s := newSearch(ctx, w, a)
	s.run()
	out := Solution{Points: a.points(w.reduced()), Proved: !s.stopped}
	if len(out.Points) > 0 || s.stopped {
		out.Value, out.Bound = new(big.Rat), new(big.Rat)
	}
	return out
}

// nashGoal is the search's side of it.
type nashGoal struct {
	ties
	w       *whole
	bases   []int64
	units   []float64
	powers  []int64
	share   []float64 // of party: its power as a part of all
	total   int64     // of powers
	need    []int64
	log     float64  // of the best product, in units, to the power of 1/total
	product *big.Int // the best product, in whole numbers; computed when first needed
	crowd   int
}

func newNashGoal(w *whole, powers, bottoms, tops []int64) *nashGoal {
	a := &nashGoal{w: w, bases: w.bases(), powers: powers, need: bottoms, crowd: maxTies}
	for p, top := range tops {
		a.need[p] = max(a.need[p], a.bases[p]+1)
		a.units = append(a.units, max(1, float64(top-a.bases[p])))
		a.total += powers[p]
	}
	for _, n := range powers {
		a.share = append(a.share, float64(n)/float64(a.total))
	}
	return a
}

func (a *nashGoal) base(p int) int64   { return a.bases[p] }
func (a *nashGoal) unit(p int) float64 { return a.units[p] }
func (a *nashGoal) needs() []int64     { return a.need }
func (a *nashGoal) enough() bool       { return len(a.found) > a.crowd }

// near is what rounding may amount to in a logarithm of a product.
const near = 1e-11

func (a *nashGoal) offer(sums []int64, choice []int) bool {
	log := a.logarithm(sums)
	if len(a.found) > 0 {
		if log < a.log-near {
			return false
		}
		if log <= a.log+near {
			if a.product == nil {
				a.product = a.productOf(a.found[0].sums)
			}
			product := a.productOf(sums)
			switch product.Cmp(a.product) {
			case -1:
				return false
			case 0:
				a.add(sums, choice)
				return false
			}
		}
	}
	a.clear()
	a.add(sums, choice)
	a.product, a.log = nil, log
	return true
}

func (a *nashGoal) logarithm(sums []int64) float64 {
	log := 0.0
	for p, sum := range sums {
		log += a.share[p] * math.Log(float64(sum-a.bases[p])/a.units[p])
	}
	return log
}

func (a *nashGoal) productOf(sums []int64) *big.Int {
	product := big.NewInt(1)
	for p, sum := range sums {
		gain := big.NewInt(sum - a.bases[p])
		if a.powers[p] != 1 {
			gain.Exp(gain, big.NewInt(a.powers[p]), nil)
		}
		product.Mul(product, gain)
	}
	return product
}

func (a *nashGoal) least(at, vector []float64) float64 {
	if len(a.found) == 0 {
		for p := range at {
			vector[p] = float64(a.need[p]-a.bases[p]) / a.units[p]
		}
		return priced(at, vector)
	}
	// A price of zero would want a gain without end; the vector asked is that
	// of prices a little inside, the price that counts is of these.
	log, inside := a.log, a.log
	for p, v := range at {
		log += a.share[p] * math.Log(v/a.share[p])
		inside += a.share[p] * math.Log(max(v, 1e-7)/a.share[p])
	}
	scale := math.Exp(inside)
	for p, v := range at {
		vector[p] = scale * a.share[p] / max(v, 1e-7)
	}
	return math.Exp(log) * (1 - 2*near)
}

// most bounds the logarithm of the product.
func (a *nashGoal) most(at []float64, worth float64) float64 {
	log := math.Log(worth)
	for p, v := range at {
		log -= a.share[p] * math.Log(v/a.share[p])
	}
	return log + near
}

// solution is what was found; s is nil when every package was looked at.
func (a *nashGoal) solution(read reading, s *search) Solution {
	out := Solution{Points: a.points(read), Proved: s == nil || !s.stopped}
	if len(a.found) == 0 {
		return out
	}
	out.Value = new(big.Rat).SetFrac(a.productOf(a.found[0].sums), a.scaleOf())
	out.Bound = out.Value
	if !out.Proved && s.ceiling > a.log {
		// The bound is on the logarithm of the product's root.
		over := math.Exp((s.ceiling - a.log) * float64(a.total) * (1 + 1e-9))
		if math.IsInf(over, 0) || math.IsNaN(over) {
			out.Bound = nil
			return out
		}
		out.Bound = new(big.Rat).SetFloat64(over * (1 + 1e-9))
		out.Bound.Mul(out.Bound, out.Value)
	}
	return out
}

func (a *nashGoal) scaleOf() *big.Int {
	scale := big.NewInt(1)
	for p, n := range a.powers {
		scale.Mul(scale, new(big.Int).Exp(a.w.scale[p], big.NewInt(n), nil))
	}
	return scale
}

// powers is each party's weight as a whole number, in the same proportion: the
// weight times the least number that makes all weights whole; false when they
// are too fine for that.
func (p *Problem) powers() ([]int64, bool) {
	scale := big.NewInt(1)
	for i := range p.Parties {
		if w := p.Parties[i].Weight; w != nil {
			gcd := new(big.Int).GCD(nil, nil, scale, w.Denom())
			scale.Mul(scale, new(big.Int).Quo(w.Denom(), gcd))
		}
	}
	var powers []int64
	for i := range p.Parties {
		n := scale
		if w := p.Parties[i].Weight; w != nil {
			n = times(w, scale)
		}
		if !n.IsInt64() || n.Int64() > maxPower {
			return nil, false
		}
		powers = append(powers, n.Int64())
	}
	return powers, true
}

// maxPower is the largest power that products are computed with.
const maxPower = 100000

// every finds all packages that meet the needs.
type every struct {
	ties
	bases []int64
	units []float64
	need  []int64
	crowd int
}

func (a *every) base(p int) int64   { return a.bases[p] }
func (a *every) unit(p int) float64 { return a.units[p] }
func (a *every) needs() []int64     { return a.need }
func (a *every) enough() bool       { return len(a.found) > a.crowd }

func (a *every) offer(sums []int64, choice []int) bool {
	a.add(sums, choice)
	return false
}

func (a *every) least(at, vector []float64) float64 {
	for p := range at {
		vector[p] = float64(a.need[p]-a.bases[p]) / a.units[p]
	}
	return priced(at, vector)
}

func (a *every) most([]float64, float64) float64 { return math.Inf(1) }
