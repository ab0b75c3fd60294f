package settle

import (
	"math"
	"math/big"
	"math/bits"
	"slices"
)

// units are the numbers in which bounds are counted: a party's whole numbers
// times a power of two, so that all fit and roundings are small.
type units struct {
	shift []int // of party: to the left, or to the right when below zero
	unary [][]int64
	base  []int64
	worth []int64 // of box, rounded so that bounds stay bounds
	least []int64 // of party: below what any package is worth
	most  []int64 // of party: above it
}

// unitBits is how large the sum of a party's sizes may be in units.
const unitBits = 38

func newUnits(t *termed) units {
	u := units{worth: make([]int64, len(t.boxes))}
	for party := range t.k {
		size, low, high := t.reach(party)
		shift := unitBits - size.BitLen()
		u.shift = append(u.shift, shift)
		row := make([]int64, t.classes)
		for c, w := range t.unary[party] {
			row[c] = shiftUp(w, shift)
		}
		u.unary = append(u.unary, row)
		u.base = append(u.base, shiftUp(t.base[party], shift))
		t.low, t.high = append(t.low, low), append(t.high, high)
		u.least = append(u.least, shiftDown(low, shift))
		u.most = append(u.most, shiftUp(high, shift))
	}
	for b := range t.boxes {
		switch box := &t.boxes[b]; box.kind {
		case gives:
			u.worth[b] = shiftUp(box.worth, u.shift[box.party])
		case takes:
			u.worth[b] = shiftDown(box.worth, u.shift[box.party])
		case bars:
			u.worth[b] = (1 << unitBits) / int64(max(len(t.edges), 1))
		}
	}
	return u
}

// reach is the sum of the sizes of a party's numbers, and what no package is
// worth less or more than.
func (t *termed) reach(party int) (size *big.Int, low, high int64) {
	low, high = t.base[party], t.base[party]
	size = new(big.Int).Abs(big.NewInt(t.base[party]))
	for i := range t.n {
		row := t.unary[party][t.first[i]:t.first[i+1]]
		least, most := slices.Min(row), slices.Max(row)
		low, high = low+least, high+most
		size.Add(size, big.NewInt(max(most, -least, 0)))
	}
	for _, b := range t.boxes {
		switch {
		case b.party != party:
			continue
		case b.kind == gives:
			high += b.worth
		case b.kind == takes:
			low -= b.worth
		}
		size.Add(size, new(big.Int).Mul(big.NewInt(b.worth), big.NewInt(int64(b.to-b.from))))
	}
	return size, low, high
}

// shiftUp is n times two to the power given, rounded up.
func shiftUp(n int64, by int) int64 {
	if by >= 0 {
		return n << by
	}
	return -(-n >> -by)
}

// shiftDown is n times two to the power given, rounded down.
func shiftDown(n int64, by int) int64 {
	if by >= 0 {
		return n << by
	}
	return n >> -by
}

// ones is how many members a set has.
func ones(set []uint64) int {
	n := 0
	for _, w := range set {
		n += bits.OnesCount64(w)
	}
	return n
}

// pow2 is two to the power given.
func pow2(n int) float64 { return math.Ldexp(1, n) }

// inUnits is a party's least utility in units, rounded down, and held to what
// packages can be worth.
func (t *termed) inUnits(party int, n int64) int64 {
	if n <= t.low[party] {
		return t.unit.least[party]
	}
	if n > t.high[party] {
		return t.unit.most[party] + 1
	}
	return shiftDown(n, t.unit.shift[party])
}
