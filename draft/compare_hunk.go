package draft

import "unicode/utf8"

// hunk is a place where two rows of words differ: the words from old up to
// oldEnd were replaced by those from new up to newEnd. Between two hunks stands
// at least one word that both rows have.
type hunk struct {
	old, oldEnd, new, newEnd int
	rough                    bool // it swallowed words that both rows have
}

// hunks aligns two rows of words, exactly, and pushes each pure insertion or
// deletion to the place where it reads best; that costs no words. fit, which may
// be nil, adds to the worth of a place: it is asked for the words from first up
// to last of the old or the new row.
func (c *comparer) hunks(a, b []int32, fit func(inNew bool, first, last int) int32) []hunk {
	to := c.align(a, b)
	var out []hunk
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		if i < len(a) && int(to[i]) == j {
			i, j = i+1, j+1
			continue
		}
		h := hunk{old: i, new: j}
		for i < len(a) && to[i] < 0 {
			i++
		}
		j = len(b)
		if i < len(a) {
			j = int(to[i])
		}
		h.oldEnd, h.newEnd = i, j
		out = append(out, h)
	}
	for k := range out {
		left, right := out[k].old, len(a)-out[k].oldEnd
		if k > 0 {
			left = out[k].old - out[k-1].oldEnd - 1
		}
		if k+1 < len(out) {
			right = out[k+1].old - out[k].oldEnd - 1
		}
		switch h := &out[k]; {
		case h.old == h.oldEnd:
			h.shift(c.slide(b, h.new, h.newEnd, left, right, func(first, last int) int32 { return ask(fit, true, first, last) }))
		case h.new == h.newEnd:
			h.shift(c.slide(a, h.old, h.oldEnd, left, right, func(first, last int) int32 { return ask(fit, false, first, last) }))
		}
	}
	return out
}

// align aligns in one direction, whichever text is called the new one: there are
// often several alignments of one length.
func (c *comparer) align(a, b []int32) []int32 {
	if !c.exchanged {
		return c.lcs.align(a, b)
	}
	to := make([]int32, len(a))
	for i := range to {
		to[i] = unmatched
	}
	for j, i := range c.lcs.align(b, a) {
		if i >= 0 {
			to[i] = int32(j)
		}
	}
	return to
}

func ask(fit func(bool, int, int) int32, inNew bool, first, last int) int32 {
	if fit == nil {
		return 0
	}
	return fit(inNew, first, last)
}

func (h *hunk) shift(by int) {
	h.old, h.oldEnd, h.new, h.newEnd = h.old+by, h.oldEnd+by, h.new+by, h.newEnd+by
}

// slide tells by how many places the block words[first:last] may best be pushed,
// at most left or right places, so that it begins and ends where phrases do.
func (c *comparer) slide(words []int32, first, last, left, right int, fit func(first, last int) int32) int {
	lo, hi := 0, 0
	for -lo < left && words[first+lo-1] == words[last+lo-1] {
		lo--
	}
	for hi < right && words[first+hi] == words[last+hi] {
		hi++
	}
	if lo == hi {
		return 0
	}
	best, worth := 0, int32(-1<<30)
	for by := lo; by <= hi; by++ {
		w := c.border(words, first+by) + c.border(words, last+by) + fit(first+by, last+by)
		if w > worth || w == worth && abs(by) < abs(best) {
			best, worth = by, w
		}
	}
	return best
}

// border tells how well a phrase ends before place k.
func (c *comparer) border(words []int32, k int) int32 {
	if k == 0 || k == len(words) {
		return 4
	}
	return c.lex.border(words[k-1], words[k])
}

// tidy joins hunks for the reader's sake where what stands between says little:
// one short word, or fewer words than were changed on either side.
func (c *comparer) tidy(a []int32, hunks []hunk) []hunk {
	var out []hunk
	for _, h := range hunks {
		if n := len(out); n > 0 && c.slight(a[out[n-1].oldEnd:h.old], out[n-1], h) {
			out[n-1] = hunk{out[n-1].old, h.oldEnd, out[n-1].new, h.newEnd, true}
			continue
		}
		out = append(out, h)
	}
	return out
}

func (c *comparer) slight(between []int32, left, right hunk) bool {
	if len(between) == 1 && utf8.RuneCountInString(c.lex.text[between[0]]) <= 3 {
		return true
	}
	return 2*len(between) <= min(left.size(), right.size())
}

// size is the number of words on its longer side.
func (h hunk) size() int { return max(h.oldEnd-h.old, h.newEnd-h.new) }
