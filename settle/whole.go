package settle

import (
	"math/big"
	"slices"
)

// whole is a problem's additive part in whole numbers: each party's worths and
// reservation value times a scale of its own, so that sums are exact and quick.
type whole struct {
	worth   [][][]int64 // of party, issue, option
	floor   []int64     // the least a package must give each party
	floored []bool      // whether the party has a reservation value
	scale   []*big.Int  // what a party's rational worth was multiplied by
	rules   []Rule      // what packages must keep
}

// maxWhole is what the largest possible sum of a party may reach in whole
// numbers: far enough below 2^63 that a sum and a difference never overflow.
const maxWhole = 1 << 61

// wholeNumbers gives a problem's additive part in whole numbers; false when some
// party's numbers are too fine for that.
func (p *Problem) wholeNumbers() (*whole, bool) {
	w := &whole{rules: p.Rules}
	for i := range p.Parties {
		scale := p.Parties[i].scale()
		table, ok := scaled(p, i, scale)
		if !ok {
			return nil, false
		}
		floor, floored := int64(-maxWhole), false
		if r := p.Parties[i].Reservation; r != nil {
			n := times(r, scale)
			if !n.IsInt64() || n.CmpAbs(big.NewInt(maxWhole)) > 0 {
				return nil, false
			}
			floor, floored = n.Int64(), true
		}
		w.worth = append(w.worth, table)
		w.floor = append(w.floor, floor)
		w.floored = append(w.floored, floored)
		w.scale = append(w.scale, scale)
	}
	return w, true
}

// scale is the least whole number that makes all of a party's numbers whole,
// those of its terms included.
func (party *Party) scale() *big.Int {
	scale := big.NewInt(1)
	take := func(r *big.Rat) {
		if r == nil || r.IsInt() {
			return
		}
		d := r.Denom()
		g := new(big.Int).GCD(nil, nil, scale, d)
		scale.Mul(scale, new(big.Int).Quo(d, g))
	}
	for _, row := range party.Worth {
		for _, w := range row {
			take(w)
		}
	}
	for i := range party.Terms {
		take(party.Terms[i].Worth)
	}
	take(party.Reservation)
	return scale
}

// scaled is one party's worths in whole numbers, a row for every issue; false
// when their sums, terms included, might not fit.
func scaled(p *Problem, party int, scale *big.Int) ([][]int64, bool) {
	sum := new(big.Int) // of the largest sizes
	unit := scale.IsInt64() && scale.Int64() == 1
	for _, t := range p.Parties[party].Terms {
		sum.Add(sum, new(big.Int).Abs(times(t.Worth, scale)))
	}
	table := make([][]int64, len(p.Issues))
	for i, issue := range p.Issues {
		table[i] = make([]int64, len(issue.Options))
		if i >= len(p.Parties[party].Worth) || p.Parties[party].Worth[i] == nil {
			continue
		}
		most := new(big.Int)
		for o, worth := range p.Parties[party].Worth[i] {
			n := worth.Num()
			if !unit {
				n = times(worth, scale)
			}
			if n.CmpAbs(most) > 0 {
				most.Abs(n)
			}
			if !n.IsInt64() {
				return nil, false
			}
			table[i][o] = n.Int64()
		}
		sum.Add(sum, most)
	}
	return table, sum.Cmp(big.NewInt(maxWhole)) <= 0
}

// times is a rational times a scale that makes it whole.
func times(r *big.Rat, scale *big.Int) *big.Int {
	n := new(big.Int).Mul(r.Num(), scale)
	return n.Quo(n, r.Denom())
}

// rat is a party's whole number as the rational that it stands for.
func (w *whole) rat(party int, n int64) *big.Rat {
	return new(big.Rat).SetFrac(big.NewInt(n), w.scale[party])
}

// point is a package with its exact utilities.
func (w *whole) point(k Package) Point {
	at := Point{Package: k}
	for p := range w.worth {
		at.Utilities = append(at.Utilities, w.rat(p, w.sum(p, k)))
	}
	return at
}

// sum is what a package is worth to a party in its whole numbers.
func (w *whole) sum(party int, k Package) int64 {
	sum := int64(0)
	for i, o := range k {
		sum += w.worth[party][i][o]
	}
	return sum
}

// bottoms is the least that a package gives each party, and must.
func (w *whole) bottoms() []int64 {
	bottoms := make([]int64, len(w.worth))
	for p, table := range w.worth {
		for _, row := range table {
			bottoms[p] += slices.Min(row)
		}
		bottoms[p] = max(bottoms[p], w.floor[p])
	}
	return bottoms
}

// tops is the most that any package gives each party.
func (w *whole) tops() []int64 {
	tops := make([]int64, len(w.worth))
	for p, table := range w.worth {
		for _, row := range table {
			tops[p] += slices.Max(row)
		}
	}
	return tops
}
