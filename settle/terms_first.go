package settle

import (
	"slices"
)

// firstAim looks for packages before the one that it holds, in lexicographic order.
type firstAim struct{ k []int32 }

func (a *firstAim) take(h *hunt, k []int32, worth []int64) bool {
	if slices.Compare(k, a.k) < 0 {
		a.k = slices.Clone(k)
		h.enough = true
	}
	return false
}

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
// point of the frontier gives it. Issue after issue it asks whether there is one
// with an earlier class there and with the classes before as they are.
func (t *termed) firstOf(pulse *pulse, at spot) []int32 {
	aim := &firstAim{k: slices.Clone(at.k)}
	h := newHunt(pulse, t, aim)
	copy(h.floor, at.worth)
	if !h.begin(nil) {
		return aim.k
	}
	root, child := h.at(0), h.at(1)
	for i := 0; i < t.n && !h.ended; {
		h.plain = true // a class that another is as good as may be the earlier
		h.refuted(root)
		h.plain, root.top, h.enough = false, false, false
		root.copyTo(child)
		if h.earlier(child, i, aim.k[i]) {
			h.explore(1)
		}
		if h.enough {
			continue
		}
		set := make([]uint64, t.word[i+1]-t.word[i])
		set[aim.k[i]/64] = 1 << (aim.k[i] % 64)
		h.keep(root, i, set, true)
		i++
	}
	return aim.k
}

// earlier leaves of an issue's classes in a part those before one; false when
// there is none.
func (h *hunt) earlier(nd *part, issue int, class int32) bool {
	at, end := h.t.word[issue], h.t.word[issue+1]
	some := uint64(0)
	for w := at; w < end; w++ {
		switch own := int(class) / 64; {
		case w-at > own:
			nd.open[w] = 0
		case w-at == own:
			nd.open[w] &= 1<<(class%64) - 1
		}
		some |= nd.open[w]
	}
	return some != 0
}
