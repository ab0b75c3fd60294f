package settle

import (
	"math/bits"
	"slices"
)

// noAim looks for nothing: a dive finds its package by itself.
type noAim struct{}

func (noAim) take(*hunt, []int32, []int64) bool { return false }

// inOrder is the packages found as points, by falling utilities, each with the
// lexicographically first package that is worth the same. What is cut short
// leaves the package that was found.
func (t *termed) inOrder(pulse *pulse, spots []spot) []Point {
	slices.SortFunc(spots, func(a, b spot) int { return -slices.Compare(a.worth, b.worth) })
	points := make([]Point, 0, len(spots))
	for i, at := range spots {
		pulse.step("first packages", i, len(spots), len(points))
		points = append(points, t.p.point(t.choose(t.firstOf(pulse, at))))
	}
	return points
}

// firstOf is the lexicographically first package that gives every party what a
// point of the frontier gives it.
func (t *termed) firstOf(pulse *pulse, at spot) []int32 {
	h := newHunt(pulse, t, noAim{})
	h.plain = true
	copy(h.floor, at.worth)
	if h.begin(nil) && h.dive(0) {
		return h.last
	}
	return at.k
}

// dive goes through a part in lexicographic order to the first package that
// reaches the floor; the hunt's last is then that package.
func (h *hunt) dive(depth int) bool {
	nd := h.at(depth)
	for {
		if h.refuted(nd) {
			return h.reached(nd)
		}
		if h.ended {
			return false
		}
		issue := h.firstOpen(nd)
		at, end := h.t.word[issue], h.t.word[issue+1]
		set := make([]uint64, end-at)
		for w := range set {
			if open := nd.open[at+w]; open != 0 {
				set[w] = 1 << bits.TrailingZeros64(open)
				break
			}
		}
		child := h.at(depth + 1)
		nd.copyTo(child)
		child.top, nd.top = false, false
		h.keep(child, issue, set, true)
		if h.dive(depth + 1) {
			return true
		}
		h.keep(nd, issue, set, false)
	}
}

// firstOpen is the first issue that is not settled.
func (h *hunt) firstOpen(nd *part) int {
	for i := range h.t.n {
		if ones(nd.open[h.t.word[i]:h.t.word[i+1]]) > 1 {
			return i
		}
	}
	return h.t.n - 1
}

// reached tells whether a part is one package that reaches the floor.
func (h *hunt) reached(nd *part) bool {
	h.last = h.last[:0]
	for i := range h.t.n {
		if ones(nd.open[h.t.word[i]:h.t.word[i+1]]) != 1 {
			return false
		}
		h.each(nd, i, func(c int) { h.last = append(h.last, int32(c)) })
	}
	return h.t.value(h.last, h.got) && below(h.floor, h.got)
}
