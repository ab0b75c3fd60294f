package settle

import (
	"math"
	"slices"
)

// hunt goes through a termed problem by branch and bound, depth first.
type hunt struct {
	t     *termed
	pulse *pulse
	view  *view
	aim   aim

	parts  []*part   // one for each depth
	found  [][]int64 // utility vectors that, with all below them, are no longer looked for; nil for one below another
	floor  corner    // the least that a package of interest gives; it only rises
	slope  []float64 // of party, in units: a package of interest is worth at least rise along it; nil when nothing is asked
	rise   float64
	beaten []int64 // a package of interest gives some party more than this; nil when nothing is asked
	got    []int64
	last   []int32
	slopes []int
	looks  int // bounds that were computed
	nodes  int
	ended  bool           // the context ended, or enough was found, and parts were left
	enough bool           // what was looked for is found: the search ends, and nothing was left
	plain  bool           // classes are not taken out for others as good
	leave  func(nd *part) // hears of parts that were left; may be nil
}

// aim is what a search looks for. It hears of every package that is tried.
type aim interface {
	// take hears of a package, as classes, that gives at least the search's floor.
	// True means that the package, and what is no better for anybody, is not to be
	// looked for any more. It may raise the search's floor and rise.
	take(h *hunt, k []int32, worth []int64) bool
}

func newHunt(pulse *pulse, t *termed, aim aim) *hunt {
	h := &hunt{t: t, pulse: pulse, view: newView(t), aim: aim, got: make([]int64, t.k), floor: make(corner, t.k)}
	for party := range t.k {
		h.floor[party] = math.MinInt64
		if t.exact.floored[party] {
			h.floor[party] = t.exact.floor[party]
		}
	}
	return h
}

// run searches all packages. The mix is what the parties, and last the slope,
// count at first; the parties alike when nil.
func (h *hunt) run(mix []float64) {
	if h.begin(mix) {
		h.explore(0)
	}
}

// begin makes the part of all packages; false when a rule bars them all.
func (h *hunt) begin(mix []float64) bool {
	root := h.at(0)
	copy(root.open, h.t.whole)
	clear(root.share)
	for b := range h.t.boxes {
		if h.t.boxes[b].kind == bars && h.t.boxes[b].from == h.t.boxes[b].to {
			return false
		}
	}
	for party := range root.mix {
		root.mix[party] = 1 / float64(h.t.k)
	}
	root.mix[h.t.k] = 0
	if mix != nil {
		copy(root.mix, mix)
	}
	root.alive = append(root.alive[:0], slices.Clone(h.floor))
	root.seen = 0
	root.top = true
	root.most = math.MaxInt64
	return true
}

func (h *hunt) at(depth int) *part {
	for len(h.parts) <= depth {
		h.parts = append(h.parts, newPart(h.t))
	}
	return h.parts[depth]
}

func (h *hunt) explore(depth int) {
	nd := h.at(depth)
	for !h.enough {
		if h.ended {
			if h.leave != nil {
				h.leave(nd)
			}
			return
		}
		h.nodes++
		if h.refuted(nd) {
			return
		}
		if h.ended {
			continue
		}
		if len(nd.alive) > 1 && h.apart(nd) {
			h.oneByOne(depth)
			return
		}
		issue, set := h.split(nd)
		child := h.at(depth + 1)
		nd.copyTo(child)
		child.top, nd.top = false, false
		h.keep(child, issue, set, true)
		h.explore(depth + 1)
		h.keep(nd, issue, set, false)
	}
}

// apart tells whether a part's corners are better searched one by one.
func (h *hunt) apart(nd *part) bool {
	return nd.top && h.slope == nil
}

// oneByOne searches a part for each of its corners alone.
func (h *hunt) oneByOne(depth int) {
	nd := h.at(depth)
	for len(nd.alive) > 0 {
		child := h.at(depth + 1)
		nd.copyTo(child)
		child.top = nd.top
		child.alive = append(child.alive[:0], nd.alive[0])
		h.toward(child)
		nd.alive = nd.alive[1:]
		h.explore(depth + 1)
		if h.ended {
			if h.leave != nil {
				h.leave(nd)
			}
			return
		}
		h.refine(nd)
	}
}

// toward sets the mix of a part with one corner by the points found beside it.
func (h *hunt) toward(nd *part) {
	if h.t.k != 2 || h.slope != nil {
		return
	}
	c := nd.alive[0]
	near := [2]int64{h.t.high[0], h.t.high[1]}
	at := [2]int64{math.MinInt64, math.MinInt64}
	for _, q := range h.found {
		for party := range 2 {
			if q != nil && q[party] < c[party] && q[party] >= at[party] {
				at[party] = q[party]
				near[1-party] = q[1-party]
			}
		}
	}
	a := float64(h.t.inUnits(1, near[1])-h.t.inUnits(1, c[1])) + 1
	b := float64(h.t.inUnits(0, near[0])-h.t.inUnits(0, c[0])) + 1
	if a > 0 && b > 0 {
		nd.mix[0], nd.mix[1] = a/(a+b), b/(a+b)
	}
}

// keep leaves of an issue's classes in a part those of a set, or the others.
func (h *hunt) keep(nd *part, issue int, set []uint64, inside bool) {
	at := h.t.word[issue]
	for w, in := range set {
		if !inside {
			in = ^in
		}
		nd.open[at+w] &= in
	}
}

// How often a part is bounded before it is parted: before any issue was parted,
// with a slope and without, and later.
const (
	slopeLooks = 400
	firstLooks = 100
	laterLooks = 10
)

// refuted bounds a part, and tells whether nothing of interest is left in it.
func (h *hunt) refuted(nd *part) bool {
	h.refine(nd)
	if len(nd.alive) == 0 || !h.look(nd) {
		return true
	}
	looks := laterLooks
	switch {
	case nd.top && h.slope != nil:
		looks = slopeLooks
	case nd.top:
		looks = firstLooks
	}
	for at := 0; ; at++ {
		h.weigh(nd)
		h.tabulate(nd)
		h.looks++
		if h.pulse.beat(len(h.view.loose)/32+1) != nil {
			h.ended = true
		}
		if h.offer() {
			h.refine(nd)
		}
		hardest, least := h.filter(nd)
		if hardest == nil || h.single(nd) {
			return true
		}
		fixed := h.fix(nd, least)
		if fixed && !h.look(nd) {
			return true
		}
		if h.ended || at >= looks && !fixed {
			return false
		}
		if fixed {
			continue
		}
		gap := float64(h.view.sum-least) + 1
		h.improve(nd, 0.9*gap)
		h.turn(nd, hardest, gap)
	}
}

// weigh turns a part's mix into whole weights of the parties.
func (h *hunt) weigh(nd *part) {
	t, v := h.t, h.view
	for party := range v.weight {
		w := nd.mix[party]
		if h.slope != nil {
			w += nd.mix[t.k] * h.slope[party]
		}
		v.weight[party] = int64(w * (1 << weightBits))
	}
}

// least is the least that a package which fulfils a corner, and the slope, is
// worth in the weights of the view.
func (h *hunt) least(nd *part, c corner) int64 {
	t, v := h.t, h.view
	if h.slope == nil {
		sum := int64(0)
		for party, w := range v.weight {
			sum += w * h.t.inUnits(party, c[party])
		}
		return sum
	}
	along := nd.mix[t.k] * (1 << weightBits)
	sum, size := along*h.rise, math.Abs(along*h.rise)
	for party, w := range v.weight {
		over := float64(w) - along*h.slope[party]
		at := float64(h.t.inUnits(party, c[party]))
		if over < 0 {
			at = float64(t.unit.most[party])
		}
		sum += over * at
		size += math.Abs(over*at) + float64(w)
	}
	return int64(sum - size*(1.0/(1<<45)) - 1)
}

// offer tells the aim of the view's pick; true when it is not to be looked for any more.
func (h *hunt) offer() bool {
	if slices.Equal(h.last, h.view.pick) {
		return false
	}
	h.last = append(h.last[:0], h.view.pick...)
	return h.try(h.last)
}

func (h *hunt) try(k []int32) bool {
	if !h.t.value(k, h.got) {
		return false
	}
	for party, n := range h.got {
		if n < h.floor[party] {
			return false
		}
	}
	if h.beaten != nil && below(h.got, h.beaten) || !h.aim.take(h, k, h.got) {
		return false
	}
	for i, q := range h.found {
		if q != nil && below(q, h.got) {
			h.found[i] = nil
		}
	}
	h.found = append(h.found, slices.Clone(h.got))
	return true
}

// filter drops the corners that the bound refutes, and gives the one that it is
// furthest from refuting with what its packages are worth at least.
func (h *hunt) filter(nd *part) (hardest corner, least int64) {
	least = math.MaxInt64
	nd.alive = slices.DeleteFunc(nd.alive, func(c corner) bool {
		n := h.least(nd, c)
		if h.view.sum < n {
			return true
		}
		if n < least {
			hardest, least = c, n
		}
		return false
	})
	nd.most = h.view.sum
	copy(nd.weights, h.view.weight)
	return hardest, least
}

// single tells whether a part is one package; it has then been offered.
func (h *hunt) single(nd *part) bool {
	return ones(nd.open) == h.t.n
}

// fix takes out the classes with which no package comes up to least.
func (h *hunt) fix(nd *part, least int64) bool {
	t, v := h.t, h.view
	fixed := false
	for i := range t.n {
		slack := v.sum - v.peak[i]
		h.each(nd, i, func(c int) {
			if slack+v.table[t.first[i]+c] < least {
				nd.open[t.word[i]+c/64] &^= 1 << (c % 64)
				fixed = true
			}
		})
	}
	return fixed
}

// turn moves the mix by one step toward refuting a corner.
func (h *hunt) turn(nd *part, c corner, gap float64) {
	t, v := h.t, h.view
	rows := t.k
	if h.slope != nil {
		rows++
	}
	if rows == 1 {
		return
	}
	var room [17]float64
	over := room[:rows]
	mean := 0.0
	for party := range t.k {
		over[party] = v.worth[party] - float64(h.t.inUnits(party, c[party]))
		if h.slope != nil {
			over[t.k] += v.worth[party] * h.slope[party]
		}
	}
	if h.slope != nil {
		over[t.k] -= h.rise
	}
	for _, o := range over {
		mean += o / float64(rows)
	}
	norm := 0.0
	for r := range over {
		over[r] -= mean
		norm += over[r] * over[r]
	}
	if norm == 0 {
		return
	}
	step := 0.5 * gap / (1 << weightBits) / norm
	sum := 0.0
	for r := range over {
		nd.mix[r] = max(nd.mix[r]-step*over[r], 0)
		sum += nd.mix[r]
	}
	for r := range over {
		nd.mix[r] /= sum
	}
}
