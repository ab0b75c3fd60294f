package settle

import (
	"math"
	"sort"
)

// sieve keeps, of vectors that come by falling first numbers, those that no kept
// one covers.
type sieve interface {
	// keep tells whether no kept vector is at least v in every number, and then
	// keeps v.
	keep(v []int64) bool
}

// grid makes a sieve coarser: party i's numbers count in steps of 2^shift[i] only.
// The zero grid changes nothing.
type grid struct{ shift []uint }

// of is how far the numbers after the first are to be shifted.
func (g grid) of(parties int) []uint {
	if g.shift == nil {
		return make([]uint, parties)
	}
	return g.shift
}

// newSieve is a sieve for vectors between least and most.
func newSieve(least, most []int64, g grid) sieve {
	shift := g.of(len(least))
	switch len(least) {
	case 1:
		return &single{}
	case 2:
		return &ladder{top: math.MinInt64, shift: shift[1]}
	case 3:
		return &staircase{shift: [2]uint{shift[1], shift[2]}}
	}
	return newThicket(least[1:], most[1:], shift[1:])
}

// single keeps the first number alone.
type single struct{ kept bool }

func (s *single) keep([]int64) bool {
	first := !s.kept
	s.kept = true
	return first
}

// ladder keeps pairs: each must be higher than all before.
type ladder struct {
	top   int64
	shift uint
}

func (l *ladder) keep(v []int64) bool {
	n := v[1] >> l.shift
	if n <= l.top {
		return false
	}
	l.top = n
	return true
}

// staircase keeps triples by the outline of their second and third numbers, in
// the way of Kung, Luccio and Preparata ("On finding the maxima of a set of
// vectors", JACM 22, 1975).
type staircase struct {
	shift [2]uint
	x, y  []int64 // x falls, y grows
}

func (s *staircase) keep(v []int64) bool {
	x, y := v[1]>>s.shift[0], v[2]>>s.shift[1]
	// The steps before at reach as far as x.
	at := sort.Search(len(s.x), func(i int) bool { return s.x[i] < x })
	if at > 0 && s.y[at-1] >= y {
		return false
	}
	from := at
	if from > 0 && s.x[from-1] == x {
		from--
	}
	to := at
	for to < len(s.y) && s.y[to] <= y {
		to++
	}
	s.x, s.y = splice(s.x, from, to, x), splice(s.y, from, to, y)
	return true
}

// splice puts n in place of the numbers between from and to.
func splice(s []int64, from, to int, n int64) []int64 {
	if from == to {
		s = append(s, 0)
		copy(s[from+1:], s[from:])
		s[from] = n
		return s
	}
	s[from] = n
	return append(s[:from+1], s[to:]...)
}
