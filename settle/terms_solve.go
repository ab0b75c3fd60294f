package settle

import (
	"math"
	"math/big"
	"slices"
)

// float is a party's whole number in units, near enough to steer by.
func (t *termed) float(party int, n int64) float64 {
	return float64(n) * pow2(t.unit.shift[party])
}

// bases is what each party's gain is counted from: its reservation value, or 0.
func (t *termed) bases() []int64 {
	bases := make([]int64, t.k)
	for party := range bases {
		if t.exact.floored[party] {
			bases[party] = t.exact.floor[party]
		}
	}
	return bases
}

// some is a package that gives every party at least the floor; proved says
// whether there is none when none is given.
func (t *termed) some(pulse *pulse, floor corner) (spots []spot, proved bool) {
	aim := &anyAim{}
	h := newHunt(pulse, t, aim)
	copy(h.floor, floor)
	h.run(nil)
	return aim.spots, len(aim.spots) > 0 || !h.ended
}

// tops is the most that each party can have among the packages above the floor,
// and otherwise a bound on it. Something must be above the floor.
func (t *termed) tops(pulse *pulse, floor corner) (tops []int64, proved bool) {
	tops, proved = make([]int64, t.k), true
	for party := range tops {
		aim := &topAim{party: party}
		h := newHunt(pulse, t, aim)
		copy(h.floor, floor)
		mix := make([]float64, t.k+1)
		mix[party] = 1
		tops[party] = math.MinInt64
		h.leave = func(nd *part) {
			bound := t.high[party]
			if nd.most < math.MaxInt64 {
				bound = min(bound, t.ceiling(nd, h.floor, party))
			}
			tops[party] = max(tops[party], bound)
		}
		h.run(mix)
		proved = proved && !h.ended
		for _, at := range aim.spots {
			tops[party] = max(tops[party], at.worth[party])
		}
	}
	return tops, proved
}

// ceiling is the most that a part which was bounded can give to a party while
// the others have what a corner asks for.
func (t *termed) ceiling(nd *part, c corner, party int) int64 {
	w := nd.weights[party]
	if w <= 0 {
		return t.high[party]
	}
	left := new(big.Int).SetInt64(nd.most)
	for q, weight := range nd.weights {
		if q != party {
			left.Sub(left, new(big.Int).Mul(big.NewInt(weight), big.NewInt(t.inUnits(q, c[q]))))
		}
	}
	left.Div(left, big.NewInt(w))
	if shift := t.unit.shift[party]; shift >= 0 {
		left.Rsh(left, uint(shift))
	} else {
		left.Add(left, big.NewInt(1)).Lsh(left, uint(-shift))
	}
	if !left.IsInt64() {
		return t.high[party]
	}
	return min(left.Int64(), t.high[party])
}

// utilitarian finds the packages of the greatest weighted sum.
func (t *termed) utilitarian(pulse *pulse, floor corner) Solution {
	aim := &sumAim{}
	for party := range t.k {
		w := new(big.Rat).SetFrac(big.NewInt(1), t.exact.scale[party])
		if own := t.p.Parties[party].Weight; own != nil {
			w.Mul(w, own)
		}
		aim.weight = append(aim.weight, w)
	}
	h := newHunt(pulse, t, aim)
	copy(h.floor, floor)
	h.slope, h.rise = aim.slope(t), -math.MaxFloat64/4
	bound := math.Inf(-1)
	h.leave = func(nd *part) { bound = max(bound, h.reach(nd)) }
	h.run(append(make([]float64, t.k), 1))
	return t.solution(h, aim.spots, aim.best, func() *big.Rat {
		highest := aim.sum(t.high)
		return least(highest, roundUp(bound*aim.unit))
	})
}

// nash finds the packages of the greatest product of gains over the bases, given
// the most that each party can have; the floor is not below the bases. The parties'
// weights must be small as whole numbers.
func (t *termed) nash(pulse *pulse, floor corner, base, tops []int64) Solution {
	s, none := t.product(pulse, floor, base, tops)
	if none {
		return t.withoutProduct(pulse, floor)
	}
	return s
}

// product is nash where some package gives every party a gain; none says that
// it is proved that no package does.
func (t *termed) product(pulse *pulse, floor corner, base, tops []int64) (s Solution, none bool) {
	power, _ := t.p.powers()
	scale := big.NewInt(1)
	aim := &productAim{base: base, power: power}
	var above []int64 // the most that can be gained
	for party, p := range power {
		scale.Mul(scale, new(big.Int).Exp(t.exact.scale[party], big.NewInt(p), nil))
		above = append(above, tops[party]-base[party])
		aim.ground = append(aim.ground, t.float(party, base[party]))
	}
	value := func(product *big.Int) *big.Rat { return new(big.Rat).SetFrac(product, scale) }
	if slices.ContainsFunc(above, func(n int64) bool { return n <= 0 }) {
		return Solution{}, true
	}
	h := newHunt(pulse, t, aim)
	copy(h.floor, floor)
	h.slope = make([]float64, t.k)
	for party, n := range above {
		h.slope[party] = float64(power[party]) / t.float(party, n)
	}
	most := slices.Max(h.slope)
	for party := range h.slope {
		h.slope[party] /= most
	}
	h.rise = -math.MaxFloat64 / 4
	highest := big.NewInt(1)
	for party, n := range above {
		gain := big.NewInt(n)
		highest.Mul(highest, gain.Exp(gain, big.NewInt(power[party]), nil))
	}
	factor := 0.0 // how much better than the best a part that was left may be
	h.leave = func(nd *part) {
		if aim.best == nil {
			factor = math.Inf(1)
			return
		}
		above := h.reach(nd)
		for party := range h.slope {
			above -= h.slope[party] * aim.ground[party]
		}
		at := h.rise
		for party := range h.slope {
			at -= h.slope[party] * aim.ground[party]
		}
		factor = max(factor, math.Pow(above/at, aim.total))
	}
	h.run(append(make([]float64, t.k), 1))
	if aim.best == nil && !h.ended {
		return Solution{}, true
	}
	var best *big.Rat
	if aim.best != nil {
		best = value(aim.best)
	}
	return t.solution(h, aim.spots, best, func() *big.Rat {
		if best == nil {
			return value(highest)
		}
		up := roundUp(max(factor, 1))
		if up != nil {
			up.Mul(up, best)
		}
		return least(value(highest), up)
	}), false
}

// withoutProduct is the Nash points when some party can gain nothing: all
// products are zero, and every point of the frontier is as good.
func (t *termed) withoutProduct(pulse *pulse, floor corner) Solution {
	spots, whole := t.frontier(pulse, floor, maxPoints, nil)
	s := Solution{Proved: whole}
	if len(spots) > 0 {
		s.Points = t.inOrder(pulse, spots)
		s.Value, s.Bound = new(big.Rat), new(big.Rat)
	}
	return s
}

// egalitarian finds the packages whose gains over the bases are greatest in
// leximin order.
func (t *termed) egalitarian(pulse *pulse, floor corner, base []int64) Solution {
	return t.leximin(pulse, floor, &leastAim{base: base, den: t.exact.scale})
}

// kalaiSmorodinsky is the same of gains over what each party can gain at most.
func (t *termed) kalaiSmorodinsky(pulse *pulse, floor corner, base, tops []int64) Solution {
	aim := &leastAim{base: base, den: make([]*big.Int, t.k)}
	for party := range base {
		if tops[party] > base[party] {
			aim.den[party] = big.NewInt(tops[party] - base[party])
		}
	}
	return t.leximin(pulse, floor, aim)
}

func (t *termed) leximin(pulse *pulse, floor corner, aim *leastAim) Solution {
	h := newHunt(pulse, t, aim)
	h.beaten = aim.beaten
	copy(h.floor, floor)
	mix := make([]float64, t.k+1)
	sum := 0.0
	for party, den := range aim.den {
		if den != nil {
			f, _ := new(big.Float).SetInt(den).Float64()
			mix[party] = 1 / (f * pow2(t.unit.shift[party]))
			sum += mix[party]
		}
	}
	for party := range mix {
		mix[party] /= max(sum, math.SmallestNonzeroFloat64)
	}
	if sum == 0 {
		mix = nil
	}
	bound := math.Inf(-1)
	h.leave = func(nd *part) { bound = max(bound, t.smallest(nd, aim)) }
	h.run(mix)
	var value *big.Rat
	if aim.best != nil {
		value = aim.best[0]
	}
	return t.solution(h, aim.spots, value, func() *big.Rat { return roundUp(bound) })
}

// smallest is a bound on the smallest gain in a part that was left.
func (t *termed) smallest(nd *part, aim *leastAim) float64 {
	bound := math.Inf(1)
	if nd.most < math.MaxInt64 {
		over, size, per := float64(nd.most), math.Abs(float64(nd.most)), 0.0
		for party, w := range nd.weights {
			base := aim.base[party]
			if aim.den[party] == nil {
				base = t.low[party]
			} else {
				f, _ := new(big.Float).SetInt(aim.den[party]).Float64()
				per += float64(w) * f * pow2(t.unit.shift[party])
			}
			over -= float64(w) * t.float(party, base)
			size += math.Abs(float64(w) * t.float(party, base))
		}
		if per > 0 {
			bound = (over + size*1e-12) / per
		}
	}
	for party, den := range aim.den {
		if den != nil {
			f, _ := new(big.Float).SetInt(den).Float64()
			bound = min(bound, float64(t.high[party]-aim.base[party])/f)
		}
	}
	return bound
}

// solution writes what a hunt found; bound is asked when it did not come to its end.
func (t *termed) solution(h *hunt, tied []spot, value *big.Rat, bound func() *big.Rat) Solution {
	// Where a party is left out of the comparison a package may be as good that
	// another one dominates; it is no solution.
	var spots []spot
	for _, at := range tied {
		if !slices.ContainsFunc(tied, func(o spot) bool { return below(at.worth, o.worth) && !slices.Equal(at.worth, o.worth) }) {
			spots = append(spots, at)
		}
	}
	s := Solution{Proved: !h.ended, Value: value, Bound: value, Points: t.inOrder(h.pulse, spots)}
	if h.ended {
		if s.Bound = bound(); value != nil && (s.Bound == nil || s.Bound.Cmp(value) < 0) {
			s.Bound = value
		}
	}
	return s
}

// roundUp is a float as a rational that is surely not below it.
func roundUp(f float64) *big.Rat {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return nil
	}
	return new(big.Rat).SetFloat64(f + math.Abs(f)*1e-9)
}

// least is the smaller of two; either may be nil for none.
func least(a, b *big.Rat) *big.Rat {
	if a == nil || b != nil && b.Cmp(a) < 0 {
		return b
	}
	return a
}

// frontier finds the frontier of the packages above the floor that give more
// than none of those already found; whole is false when it was cut short, and
// left then hears of each part and corner not searched.
func (t *termed) frontier(pulse *pulse, floor corner, most int, left func(nd *part)) (spots []spot, whole bool) {
	aim := &edgeAim{most: most}
	h := newHunt(pulse, t, aim)
	copy(h.floor, floor)
	h.leave = left
	h.run(nil)
	return aim.spots, !h.ended
}

// epsilons says how near points found come to what was left unsearched, in each
// party's whole numbers.
type epsilons struct {
	t    *termed
	tops []spotTop
}

// spotTop is the most that each party can have in some part left, at one corner.
type spotTop []int64

func (e *epsilons) leave(nd *part) {
	for _, c := range nd.alive {
		top := make(spotTop, e.t.k)
		for party := range top {
			top[party] = e.t.high[party]
			if nd.most < math.MaxInt64 {
				top[party] = e.t.ceiling(nd, c, party)
			}
		}
		if !slices.ContainsFunc(e.tops, func(t spotTop) bool { return below(corner(top), corner(t)) }) {
			e.tops = append(e.tops, top)
		}
	}
}

// against is the least epsilon with which the points cover all that was left,
// each part by the point that is nearest to it.
func (e *epsilons) against(spots []spot) []*big.Rat {
	if len(spots) == 0 {
		return nil
	}
	loss := make([]int64, e.t.k)
	for _, top := range e.tops {
		best, nearest := math.Inf(1), spots[0]
		for _, at := range spots {
			far := 0.0
			for party, n := range at.worth {
				far = max(far, e.t.float(party, top[party]-n))
			}
			if far < best {
				best, nearest = far, at
			}
		}
		for party, n := range nearest.worth {
			loss[party] = max(loss[party], top[party]-n)
		}
	}
	var eps []*big.Rat
	for party, n := range loss {
		eps = append(eps, e.t.exact.rat(party, n))
	}
	return eps
}
