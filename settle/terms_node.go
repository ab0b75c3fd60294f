package settle

import (
	"math"
	"math/bits"
	"slices"
)

// part is a part of the packages: some classes of each issue, and how each
// term's worth is shared out among its issues to bound what they are worth.
type part struct {
	open  []uint64  // the classes that are still in it
	share []int64   // of edge, in units; of a box that takes or bars, at its first edge
	mix   []float64 // of party, and last of the slope: what it counts in the bound
	alive []corner  // what is not yet refuted in it
	top   bool      // whether no issue was parted yet
	seen  int       // how many of the points found the corners know of

	// The last bound: nothing in the part is worth more than most in the
	// weights given.
	weights []int64
	most    int64
}

// corner is the least utilities that a package of interest gives.
type corner []int64

func newPart(t *termed) *part {
	return &part{
		open: make([]uint64, t.word[t.n]), share: make([]int64, len(t.edges)), mix: make([]float64, t.k+1),
		weights: make([]int64, t.k),
	}
}

func (nd *part) copyTo(to *part) {
	copy(to.open, nd.open)
	copy(to.share, nd.share)
	copy(to.mix, nd.mix)
	copy(to.weights, nd.weights)
	to.alive = append(to.alive[:0], nd.alive...)
	to.seen, to.most = nd.seen, nd.most
}

// weightBits is how fine the weights of a bound are.
const weightBits = 22

// view is what the search knows of the part that it is at. It is made anew for each.
type view struct {
	live   []liveBox
	loose  []int32    // edges of live boxes that some open classes fulfil and some do not
	held   []int64    // of party: what is settled already, in units
	mask   [][]uint64 // of issue: its edges (by place in touch) that are loose
	table  []int64    // of class
	peak   []int64    // of issue: its best open class's entry
	pick   []int32    // of issue: that class
	sum    int64      // the bound
	worth  []float64  // of party: what pick is worth by the shares
	weight []int64    // of party
}

// liveBox is a box that is neither fulfilled by the whole part nor by nothing in it.
type liveBox struct {
	box, from, to int32 // its loose edges
}

func newView(t *termed) *view {
	v := &view{
		held: make([]int64, t.k), mask: make([][]uint64, t.n), table: make([]int64, t.classes),
		peak: make([]int64, t.n), pick: make([]int32, t.n), worth: make([]float64, t.k), weight: make([]int64, t.k),
	}
	for i := range t.n {
		v.mask[i] = make([]uint64, (len(t.touch[i])+63)/64)
	}
	return v
}

// look brings the view to a part, taking out classes that rules bar or that
// another class is as good as; false when nothing is left.
func (h *hunt) look(nd *part) bool {
	for {
		if !h.sort(nd) {
			return false
		}
		if h.plain || !h.thin(nd) {
			break
		}
	}
	h.reshare(nd)
	return true
}

// sort finds which boxes are live, and what is settled.
func (h *hunt) sort(nd *part) bool {
	t, v := h.t, h.view
again:
	v.live, v.loose = v.live[:0], v.loose[:0]
	copy(v.held, t.unit.base)
	for b := range t.boxes {
		box := &t.boxes[b]
		from := len(v.loose)
		dead := false
		for e := box.from; e < box.to; e++ {
			some, all := h.covers(nd, e)
			if !some {
				dead = true
				break
			}
			if !all {
				v.loose = append(v.loose, int32(e))
			}
		}
		switch loose := len(v.loose) - from; {
		case dead:
			v.loose = v.loose[:from]
		case loose == 0 && box.kind == bars:
			return false
		case loose == 0 && box.kind == gives:
			v.held[box.party] += t.unit.worth[b]
		case loose == 0:
			v.held[box.party] -= t.unit.worth[b]
		case loose == 1 && box.kind == bars:
			e := &t.edges[v.loose[from]]
			at := t.word[e.issue]
			for w, in := range e.in {
				nd.open[at+w] &^= in
			}
			if ones(nd.open[at:t.word[e.issue+1]]) == 0 {
				return false
			}
			goto again
		default:
			v.live = append(v.live, liveBox{int32(b), int32(from), int32(len(v.loose))})
		}
	}
	return true
}

// covers tells whether some of an issue's open classes are inside an edge, and
// whether all are.
func (h *hunt) covers(nd *part, e int) (some, all bool) {
	edge := &h.t.edges[e]
	at := h.t.word[edge.issue]
	all = true
	for w, in := range edge.in {
		open := nd.open[at+w]
		some = some || open&in != 0
		all = all && open&^in == 0
	}
	return some, all
}

// thin takes out classes that another of their issue is as good as for every
// party whatever the rest; true when it took one.
func (h *hunt) thin(nd *part) bool {
	t, v := h.t, h.view
	for i := range v.mask {
		clear(v.mask[i])
	}
	for at := range v.live {
		for _, e := range v.loose[v.live[at].from:v.live[at].to] {
			p := t.place[e]
			v.mask[t.edges[e].issue][p/64] |= 1 << (p % 64)
		}
	}
	took := false
	for i := range t.n {
		h.each(nd, i, func(a int) {
			worse := false
			h.each(nd, i, func(b int) {
				if a != b && !worse && h.asGood(i, b, a) && (a > b || !h.asGood(i, a, b)) {
					worse = true
				}
			})
			if worse {
				nd.open[t.word[i]+a/64] &^= 1 << (a % 64)
				took = true
			}
		})
	}
	return took
}

// asGood tells whether class a of an issue is as good as b for all parties and terms.
func (h *hunt) asGood(issue, a, b int) bool {
	t := h.t
	at := t.first[issue]
	for party := range t.k {
		if t.unary[party][at+a] < t.unary[party][at+b] {
			return false
		}
	}
	for w, mask := range h.view.mask[issue] {
		if t.member[at+b][w]&^t.member[at+a][w]&mask != 0 {
			return false
		}
	}
	return true
}

// each calls f with every open class of an issue.
func (h *hunt) each(nd *part, issue int, f func(class int)) {
	at, end := h.t.word[issue], h.t.word[issue+1]
	for w := at; w < end; w++ {
		for left := nd.open[w]; left != 0; left &= left - 1 {
			f(64*(w-at) + bits.TrailingZeros64(left))
		}
	}
}

// reshare moves what terms had shared out to issues that are settled for them
// to those that are not.
func (h *hunt) reshare(nd *part) {
	t, v := h.t, h.view
	for _, l := range v.live {
		if t.boxes[l.box].kind != gives {
			continue
		}
		left := t.unit.worth[l.box]
		for _, e := range v.loose[l.from:l.to] {
			left -= nd.share[e]
		}
		n := int64(l.to - l.from)
		for _, e := range v.loose[l.from:l.to] {
			nd.share[e] += left / n
		}
		nd.share[v.loose[l.from]] += left % n
	}
}

// tabulate writes what each class is worth by the shares and weights, and the
// bound that follows.
func (h *hunt) tabulate(nd *part) {
	t, v := h.t, h.view
	clear(v.table)
	v.sum = 0
	for party, a := range v.weight {
		if a == 0 {
			continue
		}
		v.sum += a * v.held[party]
		for c, w := range t.unit.unary[party] {
			v.table[c] += a * w
		}
	}
	for _, l := range v.live {
		box := &t.boxes[l.box]
		a := h.weightOf(box)
		if a == 0 {
			continue
		}
		if box.kind != gives {
			add := a * nd.share[box.from]
			v.sum -= add
			for _, e := range v.loose[l.from:l.to] {
				for _, c := range t.edges[e].helps {
					v.table[c] += add
				}
			}
			continue
		}
		for _, e := range v.loose[l.from:l.to] {
			add := a * nd.share[e]
			for _, c := range t.edges[e].helps {
				v.table[c] += add
			}
		}
	}
	h.peaks(nd)
}

func (h *hunt) peaks(nd *part) {
	t, v := h.t, h.view
	for i := range t.n {
		best, pick := int64(math.MinInt64), int32(0)
		at, end := t.word[i], t.word[i+1]
		for w := at; w < end; w++ {
			for left := nd.open[w]; left != 0; left &= left - 1 {
				c := 64*(w-at) + bits.TrailingZeros64(left)
				if n := v.table[t.first[i]+c]; n > best {
					best, pick = n, int32(c)
				}
			}
		}
		v.peak[i], v.pick[i] = best, pick
		v.sum += best
	}
}

// weightOf is what a box's worth counts in the bound.
func (h *hunt) weightOf(b *box) int64 {
	if b.kind == bars {
		return 1 << weightBits
	}
	return h.view.weight[b.party]
}

// holds tells whether the pick is inside an edge.
func (h *hunt) holds(e int32) bool {
	edge := &h.t.edges[e]
	c := h.view.pick[edge.issue]
	return edge.in[c/64]>>(c%64)&1 == 1
}

// improve moves the shares by one step against the subgradient, and notes what
// the pick is worth to each party by the shares. The step is as long as would
// close the gap given.
func (h *hunt) improve(nd *part, gap float64) {
	t, v := h.t, h.view
	for party := range v.worth {
		v.worth[party] = float64(v.held[party])
	}
	for i, c := range v.pick {
		for party := range v.worth {
			v.worth[party] += float64(t.unit.unary[party][t.first[i]+int(c)])
		}
	}
	norm := 0.0
	h.slopes = slices.Grow(h.slopes[:0], len(v.live))[:len(v.live)]
	for at, l := range v.live {
		box := &t.boxes[l.box]
		a := float64(h.weightOf(box))
		inside := 0
		for _, e := range v.loose[l.from:l.to] {
			if h.holds(e) {
				inside++
				if box.kind == gives {
					v.worth[box.party] += float64(nd.share[e])
				}
			}
		}
		h.slopes[at] = inside
		n := int(l.to - l.from)
		if box.kind == gives {
			norm += a * a * float64(inside*(n-inside)) / float64(n)
			continue
		}
		outside := n - inside - 1
		if box.kind == takes {
			v.worth[box.party] += float64(outside) * float64(nd.share[box.from])
		}
		if outside < 0 && nd.share[box.from] < t.unit.worth[l.box] || outside > 0 && nd.share[box.from] > 0 {
			norm += a * a * float64(outside*outside)
		}
	}
	if norm == 0 || gap <= 0 {
		return
	}
	step := gap / norm
	for at, l := range v.live {
		box := &t.boxes[l.box]
		a := step * float64(h.weightOf(box))
		inside, n := h.slopes[at], int(l.to-l.from)
		if box.kind != gives {
			by := float64(nd.share[box.from]) - a*float64(n-inside-1)
			nd.share[box.from] = int64(min(max(by, 0), float64(t.unit.worth[l.box])))
			continue
		}
		if inside == 0 || inside == n {
			continue
		}
		h.shift(nd, l, int64(a*float64(n-inside)/float64(n)), int64(a*float64(inside)/float64(n)))
	}
}

// shift takes from the shares of the edges that the pick is inside of, and gives
// to the others; the sum stays, and no share goes below zero.
func (h *hunt) shift(nd *part, l liveBox, take, give int64) {
	v := h.view
	left := h.t.unit.worth[l.box]
	most := v.loose[l.from]
	for _, e := range v.loose[l.from:l.to] {
		if h.holds(e) {
			nd.share[e] = max(nd.share[e]-take, 0)
		} else {
			nd.share[e] += give
		}
		left -= nd.share[e]
		if nd.share[e] > nd.share[most] {
			most = e
		}
	}
	for left < 0 && nd.share[most]+left < 0 {
		left += nd.share[most]
		nd.share[most] = 0
		for _, e := range v.loose[l.from:l.to] {
			if nd.share[e] > nd.share[most] {
				most = e
			}
		}
	}
	nd.share[most] += left
}
