package settle

import "slices"

// refine brings a part's corners to what has been found since.
func (h *hunt) refine(nd *part) {
	for ; nd.seen < len(h.found); nd.seen++ {
		if q := h.found[nd.seen]; q != nil {
			h.exclude(nd, q)
		}
	}
	raised := false
	for i, c := range nd.alive {
		if !below(h.floor, c) {
			nd.alive[i] = c.over(h.floor)
			raised = true
		}
	}
	if raised {
		nd.alive = h.lowest(nil, nd.alive)
	}
}

// exclude puts corners for each that a vector reaches: one for each party that
// is to have more than there.
func (h *hunt) exclude(nd *part, q []int64) {
	var reached []corner
	nd.alive = slices.DeleteFunc(nd.alive, func(c corner) bool {
		if below(c, q) {
			reached = append(reached, c)
			return true
		}
		return false
	})
	var more []corner
	for _, c := range reached {
		for party := range c {
			if q[party] < h.t.high[party] {
				up := slices.Clone(c)
				up[party] = q[party] + 1
				more = append(more, up)
			}
		}
	}
	if len(more) > 0 {
		nd.alive = h.lowest(nd.alive, more)
	}
}

// lowest adds to corners those of others that lie above none.
func (h *hunt) lowest(kept, others []corner) []corner {
	slices.SortFunc(others, func(a, b corner) int { return slices.Compare(a, b) })
	for _, c := range others {
		if h.pulse.beat(len(kept)/128+1) != nil {
			h.ended = true
		}
		if !slices.ContainsFunc(kept, func(k corner) bool { return below(k, c) }) {
			kept = append(kept, c)
		}
	}
	return kept
}

// below tells whether a asks no more than b of any party.
func below(a, b corner) bool {
	for party := range a {
		if a[party] > b[party] {
			return false
		}
	}
	return true
}
