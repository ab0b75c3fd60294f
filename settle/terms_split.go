package settle

import (
	"math"
	"slices"
)

// split chooses an issue and a set of its classes to part the packages by.
func (h *hunt) split(nd *part) (issue int, set []uint64) {
	t, v := h.t, h.view
	best, edge := 0.0, int32(-1)
	for _, l := range v.live {
		box := &t.boxes[l.box]
		a := float64(h.weightOf(box))
		inside, paid := 0, 0.0
		for _, e := range v.loose[l.from:l.to] {
			if h.holds(e) {
				inside++
				paid += float64(nd.share[e])
			}
		}
		n := int(l.to - l.from)
		gap, want := 0.0, false
		switch {
		case box.kind == gives && inside < n:
			gap = paid
		case box.kind != gives && inside == n:
			gap, want = float64(t.unit.worth[l.box]-nd.share[box.from]), true
			if box.kind == bars {
				gap = float64(t.unit.worth[l.box])
			}
		case box.kind != gives:
			gap = float64(nd.share[box.from]) * float64(n-inside-1)
		}
		if gap *= a; gap > best {
			if e := h.choose(nd, l, want); e >= 0 {
				best, edge = gap, e
			}
		}
	}
	if edge >= 0 {
		e := &t.edges[edge]
		if h.holds(edge) {
			return e.issue, e.in
		}
		return e.issue, h.without(e)
	}
	return h.closest(nd)
}

// without is the classes outside an edge.
func (h *hunt) without(e *edge) []uint64 {
	set := slices.Clone(e.in)
	for w := range set {
		set[w] = ^set[w]
	}
	return set
}

// choose is the loose edge of a box to part by: one that the pick is outside
// of, or inside when so wanted; of these the one with the largest share.
func (h *hunt) choose(nd *part, l liveBox, inside bool) int32 {
	best, most := int32(-1), int64(-1)
	for _, e := range h.view.loose[l.from:l.to] {
		if h.holds(e) == inside && nd.share[e] > most {
			best, most = e, nd.share[e]
		}
	}
	return best
}

// closest parts the issue whose best two classes are nearest each other: the
// best class and the others.
func (h *hunt) closest(nd *part) (issue int, set []uint64) {
	t, v := h.t, h.view
	least := int64(math.MaxInt64)
	for i := range t.n {
		h.each(nd, i, func(c int) {
			if c == int(v.pick[i]) {
				return
			}
			if d := v.peak[i] - v.table[t.first[i]+c]; d < least {
				issue, least = i, d
			}
		})
	}
	set = make([]uint64, t.word[issue+1]-t.word[issue])
	c := v.pick[issue]
	set[c/64] |= 1 << (c % 64)
	return issue, set
}

// reach is a bound on what a part that was left is worth along the slope.
func (h *hunt) reach(nd *part) float64 {
	t := h.t
	if nd.most == math.MaxInt64 {
		sum := 0.0
		for party, n := range t.unit.most {
			sum += h.slope[party] * float64(n)
		}
		return sum
	}
	along := math.Inf(1)
	for party, w := range nd.weights {
		if h.slope[party] > 0 {
			along = min(along, float64(w)/h.slope[party])
		}
	}
	if along <= 0 {
		return math.Inf(1)
	}
	sum, size := float64(nd.most), math.Abs(float64(nd.most))
	for party, w := range nd.weights {
		over := (float64(w) - along*h.slope[party]) * float64(t.inUnits(party, h.floor[party]))
		sum -= over
		size += math.Abs(over)
	}
	return (sum + size*1e-12) / along
}
