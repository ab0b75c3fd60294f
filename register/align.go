package register

import (
	"slices"

	"paraph/draft"
)

// hit is a shingle that stands in the copy and in a version.
type hit struct{ copy, version int }

// chain gives the longest run of hits that rises in both rows: outliers drop
// out (patience sorting: Fredman 1975).
func chain(hits []hit) []hit {
	slices.SortFunc(hits, func(a, b hit) int {
		if a.copy != b.copy {
			return a.copy - b.copy
		}
		return b.version - a.version
	})
	var tails []int // indices of hits: the lowest end of a rising run of each length
	before := make([]int, len(hits))
	for i, h := range hits {
		n, _ := slices.BinarySearchFunc(tails, h.version, func(t, v int) int { return hits[t].version - v })
		before[i] = -1
		if n > 0 {
			before[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		} else {
			tails[n] = i
		}
	}
	if len(tails) == 0 {
		return nil
	}
	out := make([]hit, 0, len(tails))
	for i := tails[len(tails)-1]; i >= 0; i = before[i] {
		out = append(out, hits[i])
	}
	slices.Reverse(out)
	return steady(trimmed(out))
}

// sway is by how many words a stray hit may stand elsewhere than its
// neighbours say and still count.
const sway = 8

// steady drops one or two hits that stand apart from where their neighbours
// say that they should: common words that happen to stand there too.
func steady(c []hit) []hit {
	runs := runsOf(c)
	apart := func(a, b straight) bool { return abs(a.diagonal-b.diagonal) > sway }
	out := c[:0:0]
	for k, r := range runs {
		first, last := k == 0, k == len(runs)-1
		stray := r.last-r.first <= 2 && len(runs) > 1 && (first || apart(r, runs[k-1])) && (last || apart(r, runs[k+1]))
		if stray && (first || last || !apart(runs[k-1], runs[k+1])) {
			continue
		}
		out = append(out, c[r.first:r.last]...)
	}
	if len(out) == 0 {
		return c
	}
	return out
}

// straight is hits in a row that are equally far apart in copy and version.
type straight struct{ first, last, diagonal int }

func runsOf(c []hit) []straight {
	var runs []straight
	for i, h := range c {
		if n := len(runs); n > 0 && runs[n-1].diagonal == h.version-h.copy {
			runs[n-1].last = i + 1
		} else {
			runs = append(runs, straight{i, i + 1, h.version - h.copy})
		}
	}
	return runs
}

// straighten moves hits to where their neighbours are, where the same words stand
// there too: a version that says something twice would otherwise be taken at
// the wrong place.
func straighten(c []hit, version, copy []int32) []hit {
	runs := runsOf(c)
	move := func(k, to int) {
		if runs[k].diagonal == to {
			return
		}
		for _, h := range c[runs[k].first:runs[k].last] {
			at := h.copy + to
			if at < 0 || at+shingle > len(version) || !slices.Equal(version[at:at+shingle], copy[h.copy:h.copy+shingle]) {
				return
			}
		}
		runs[k].diagonal = to
		for i := runs[k].first; i < runs[k].last; i++ {
			c[i].version = c[i].copy + to
		}
	}
	for k := len(runs) - 2; k >= 0; k-- {
		move(k, runs[k+1].diagonal)
	}
	for k := 1; k < len(runs); k++ {
		move(k, runs[k-1].diagonal)
	}
	return c
}

func abs(n int) int { return max(n, -n) }

// trimmed drops hits at both ends that stand much further away in the version
// than in the copy: words of the copy's own that happen to stand elsewhere.
func trimmed(c []hit) []hit {
	far := func(a, b hit) bool { return b.version-a.version > 4*(b.copy-a.copy)+60 }
	from, to := 0, len(c)
	for i := 0; i+1 < len(c) && i < len(c)/4; i++ {
		if far(c[i], c[i+1]) {
			from = i + 1
		}
	}
	for i := len(c) - 1; i > from && i > len(c)-1-len(c)/4; i-- {
		if far(c[i-1], c[i]) {
			to = i
		}
	}
	return c[from:to]
}

// step is what became of some words between a version and the copy.
type step struct {
	op            draft.Op
	version, copy int // their first words
	n             int // how many
}

// align compares a part of a version with the copy, word by word, between the
// hits that they share. Steps at the ends that are only the version's are left
// out: there the copy was cut.
func align(version, copy []int32, from, to int, hits []hit) []step {
	a := aligner{version: version, copied: copy, v: from}
	for _, h := range hits {
		if h.copy < a.c || h.version < a.v {
			continue
		}
		a.gap(h.version, h.copy)
		n := 0
		for h.version+n < to && h.copy+n < len(copy) && version[h.version+n] == copy[h.copy+n] {
			n++
		}
		a.add(draft.Keep, n)
	}
	a.gap(to, len(copy))
	steps := ownEnds(a.steps)
	for len(steps) > 0 && steps[0].op == draft.Cut {
		steps = steps[1:]
	}
	for len(steps) > 0 && steps[len(steps)-1].op == draft.Cut {
		steps = steps[:len(steps)-1]
	}
	return steps
}

// ownEnds takes words at both ends as the copy's own where that leaves fewer
// differences: a word of a page's head may stand in the version too, far away.
func ownEnds(steps []step) []step {
	steps = ownHead(steps, 1)
	slices.Reverse(steps)
	steps = ownHead(steps, -1)
	slices.Reverse(steps)
	return steps
}

// ownHead does so at the beginning of steps; way is -1 where they run backwards.
func ownHead(steps []step, way int) []step {
	most, upTo, differ, copied := 0, 0, 0, 0
	for i, s := range steps {
		if s.op != draft.Keep {
			differ += s.n
		}
		if s.op != draft.Cut {
			copied += s.n
		}
		if gain := differ - copied; gain > most {
			most, upTo = gain, i+1
		}
	}
	if upTo == 0 || upTo == len(steps) {
		return steps
	}
	own := step{op: draft.Add, version: steps[upTo].version, copy: steps[0].copy}
	for _, s := range steps[:upTo] {
		if s.op != draft.Cut {
			own.n += s.n
		}
	}
	if way < 0 {
		own.version, own.copy = steps[upTo].version+steps[upTo].n, steps[upTo-1].copy
	}
	if own.n == 0 {
		return steps[upTo:]
	}
	return append([]step{own}, steps[upTo:]...)
}

// aligner is an alignment in the making; v and c are the words to come.
type aligner struct {
	version, copied []int32
	v, c            int
	steps           []step
}

func (a *aligner) add(op draft.Op, n int) {
	if n == 0 {
		return
	}
	if last := len(a.steps) - 1; last >= 0 && a.steps[last].op == op {
		a.steps[last].n += n
	} else {
		a.steps = append(a.steps, step{op, a.v, a.c, n})
	}
	if op != draft.Add {
		a.v += n
	}
	if op != draft.Cut {
		a.c += n
	}
}

// mostCells is how large a table of one gap may be. What differs further is
// said to be replaced as a whole.
const mostCells = 1 << 20

// gap aligns the words up to the given places: by a longest common subsequence.
func (a *aligner) gap(v, c int) {
	for a.v < v && a.c < c && a.version[a.v] == a.copied[a.c] {
		a.add(draft.Keep, 1)
	}
	x, y := a.version[a.v:v], a.copied[a.c:c]
	tail := 0
	for tail < min(len(x), len(y)) && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	x, y = x[:len(x)-tail], y[:len(y)-tail]
	if len(x) > 0 && len(y) > 0 && len(x)*len(y) <= mostCells {
		a.table(x, y)
	} else {
		a.add(draft.Cut, len(x))
		a.add(draft.Add, len(y))
	}
	a.add(draft.Keep, tail)
}

// table aligns two short rows.
func (a *aligner) table(x, y []int32) {
	width := len(y) + 1
	longest := make([]uint16, (len(x)+1)*width) // of x[i:] and y[j:]; mostCells keeps it below 1<<16
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				longest[i*width+j] = longest[(i+1)*width+j+1] + 1
			} else {
				longest[i*width+j] = max(longest[(i+1)*width+j], longest[i*width+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(x) && j < len(y) {
		switch {
		case x[i] == y[j]:
			a.add(draft.Keep, 1)
			i, j = i+1, j+1
		case longest[(i+1)*width+j] >= longest[i*width+j+1]:
			a.add(draft.Cut, 1)
			i++
		default:
			a.add(draft.Add, 1)
			j++
		}
	}
	a.add(draft.Cut, len(x)-i)
	a.add(draft.Add, len(y)-j)
}
