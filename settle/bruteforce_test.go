package settle

import (
	"math/big"
	"slices"
)

// brute is a small problem laid out: every answer by trying every package, in
// rationals, with nothing clever. It is what all solvers are held against.
//
// The solution points are taken among the frontier of the zone. Where a product
// is zero, or a party is left out of a comparison, packages off the frontier may
// score as well; they are no solution, since some party could have more at no
// cost to another.
type brute struct {
	p    *Problem
	all  []Point // packages that keep the rules, in lexicographic order
	zone []Point // those of them that give each party its reservation value
	edge []Point // the frontier of the zone
}

func layOut(p *Problem) *brute {
	b := &brute{p: p}
	eachPackage(p, func(k Package) {
		if !p.Feasible(k) {
			return
		}
		at := Point{Package: slices.Clone(k)}
		accepted := true
		for i := range p.Parties {
			u := p.Utility(i, k)
			at.Utilities = append(at.Utilities, u)
			if r := p.Parties[i].Reservation; r != nil && u.Cmp(r) < 0 {
				accepted = false
			}
		}
		b.all = append(b.all, at)
		if accepted {
			b.zone = append(b.zone, at)
		}
	})
	b.edge = bruteFrontier(b.zone)
	return b
}

// eachPackage calls f with every package in lexicographic order; f keeps none of them.
func eachPackage(p *Problem, f func(Package)) {
	k := make(Package, len(p.Issues))
	for {
		f(k)
		i := len(k) - 1
		for i >= 0 && k[i] == len(p.Issues[i].Options)-1 {
			k[i] = 0
			i--
		}
		if i < 0 {
			return
		}
		k[i]++
	}
}

// frontier is the frontier of the zone, or of all packages that keep the rules.
func (b *brute) frontier(all bool) []Point {
	if all {
		return bruteFrontier(b.all)
	}
	return b.edge
}

// bruteFrontier is the distinct nondominated vectors with the first package of
// each, by falling utilities.
func bruteFrontier(points []Point) []Point {
	var edge []Point
	for i, a := range points {
		keep := true
		for j, c := range points {
			if order := bruteOrder(c.Utilities, a.Utilities); order > 0 || order == 0 && j < i {
				keep = false
				break
			}
		}
		if keep {
			edge = append(edge, a)
		}
	}
	slices.SortFunc(edge, func(a, c Point) int { return -compareVectors(a.Utilities, c.Utilities) })
	return edge
}

// unordered is what bruteOrder gives for two vectors of which neither dominates.
const unordered = -2

// bruteOrder is 1 when a dominates c, 0 when they are the same, -1 when c dominates a.
func bruteOrder(a, c []*big.Rat) int {
	more, less := false, false
	for i := range a {
		switch a[i].Cmp(c[i]) {
		case 1:
			more = true
		case -1:
			less = true
		}
		if more && less {
			return unordered
		}
	}
	switch {
	case more:
		return 1
	case less:
		return -1
	}
	return 0
}

func compareVectors(a, c []*big.Rat) int {
	return slices.CompareFunc(a, c, (*big.Rat).Cmp)
}

// gains is what a point gives each party over its reservation value, or over 0
// when it has none.
func (b *brute) gains(at Point) []*big.Rat {
	gains := make([]*big.Rat, len(at.Utilities))
	for i, u := range at.Utilities {
		gains[i] = new(big.Rat).Set(u)
		if r := b.p.Parties[i].Reservation; r != nil {
			gains[i].Sub(gains[i], r)
		}
	}
	return gains
}

// nash is the points of the greatest product of gains, each to the power of its
// party's weight times the least number that makes all weights whole, and that
// product. A point with a gain below 0 (of a party without a reservation value)
// has no product and is no Nash point; without any point the product is nil.
func (b *brute) nash() ([]Point, *big.Rat) {
	powers := b.powers()
	return bruteBest(b.edge, func(at Point) []*big.Rat {
		product := big.NewRat(1, 1)
		for i, gain := range b.gains(at) {
			if gain.Sign() < 0 {
				return nil
			}
			for range powers[i] {
				product.Mul(product, gain)
			}
		}
		return []*big.Rat{product}
	})
}

// powers is each party's weight as a whole number, in the same proportion.
func (b *brute) powers() []int64 {
	scale := big.NewInt(1)
	for _, party := range b.p.Parties {
		if w := party.Weight; w != nil {
			gcd := new(big.Int).GCD(nil, nil, scale, w.Denom())
			scale.Mul(scale, new(big.Int).Quo(w.Denom(), gcd))
		}
	}
	var powers []int64
	for _, party := range b.p.Parties {
		w := party.Weight
		if w == nil {
			w = big.NewRat(1, 1)
		}
		powers = append(powers, times(w, scale).Int64())
	}
	return powers
}

// kalaiSmorodinsky is the points whose normalised gains are greatest in leximin
// order, and the smallest of those gains. A party that can gain nothing is left
// out; with no party left the smallest is 1.
func (b *brute) kalaiSmorodinsky() ([]Point, *big.Rat) {
	ideal := make([]*big.Rat, len(b.p.Parties))
	for _, at := range b.zone {
		for i, gain := range b.gains(at) {
			if ideal[i] == nil || gain.Cmp(ideal[i]) > 0 {
				ideal[i] = gain
			}
		}
	}
	return bruteBest(b.edge, func(at Point) []*big.Rat {
		ratios := b.gains(at)
		for i := range ratios {
			if ideal[i].Sign() <= 0 {
				ratios[i] = big.NewRat(1, 1)
				continue
			}
			ratios[i].Quo(ratios[i], ideal[i])
		}
		slices.SortFunc(ratios, (*big.Rat).Cmp)
		return ratios
	})
}

// egalitarian is the points whose gains are greatest in leximin order, and the
// smallest of those gains.
func (b *brute) egalitarian() ([]Point, *big.Rat) {
	return bruteBest(b.edge, func(at Point) []*big.Rat {
		gains := b.gains(at)
		slices.SortFunc(gains, (*big.Rat).Cmp)
		return gains
	})
}

// utilitarian is the points of the greatest weighted sum of utilities, and that sum.
func (b *brute) utilitarian() ([]Point, *big.Rat) {
	return bruteBest(b.edge, func(at Point) []*big.Rat {
		sum := new(big.Rat)
		for i, u := range at.Utilities {
			part := new(big.Rat).Set(u)
			if w := b.p.Parties[i].Weight; w != nil {
				part.Mul(part, w)
			}
			sum.Add(sum, part)
		}
		return []*big.Rat{sum}
	})
}

// bruteBest is the points of the lexicographically greatest score and that
// score's first number; a point without a score is passed over.
func bruteBest(points []Point, score func(Point) []*big.Rat) ([]Point, *big.Rat) {
	var best []Point
	var most []*big.Rat
	for _, at := range points {
		s := score(at)
		if s == nil {
			continue
		}
		switch c := compareVectors(s, most); {
		case most == nil || c > 0:
			best, most = []Point{at}, s
		case c == 0:
			best = append(best, at)
		}
	}
	if most == nil {
		return nil, nil
	}
	return best, most[0]
}

// improvements is the frontier of the packages that give every party at least
// what k gives it, and one party more.
func (b *brute) improvements(k Package) []Point {
	now := make([]*big.Rat, len(b.p.Parties))
	for i := range now {
		now[i] = b.p.Utility(i, k)
	}
	var better []Point
	for _, at := range b.all {
		if bruteOrder(at.Utilities, now) == 1 {
			better = append(better, at)
		}
	}
	return bruteFrontier(better)
}
