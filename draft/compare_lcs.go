package draft

import "math/bits"

// subsequence finds longest common subsequences of numbered words. The result
// is exact, not a heuristic one: first the length by bit-parallel dynamic
// programming (Crochemore, Iliopoulos, Pinzon & Reid 2001; Hyyrö 2004), 64
// cells of a row at a time, then the alignment, read back from the stored rows
// or, where they would take too much room, by halving (Hirschberg 1975) within
// a band that is proved wide enough (Ukkonen 1985). Only where even that would
// take too long (two clauses of more than about 130,000 words each that hardly
// agree) are they first divided at phrases that both have once, and the result
// may fall short of the longest.
//
// It is scratch space that serves one call after another, not concurrent ones.
type subsequence struct {
	head  []int32 // per word: its slot, -1 for none
	slots []occurrences
	cells []cell
	v     []uint64
	rows  []uint64
	revA  []int32
	revB  []int32
	limit int // cells/64 that one halving may cost before the texts are divided
}

// occurrences are the cells of b in which one word stands: cells[first:last].
type occurrences struct{ first, last, cell int32 }

// cell is 64 places of b and those among them where a word stands.
type cell struct {
	places uint64
	at     int32
}

const (
	maxRows      = 1 << 18 // words of stored rows: 2 MiB
	exactLimit   = 1 << 28
	narrowest    = 64
	phraseLength = 4
	unmatched    = -1
)

func newSubsequence(words int) *subsequence {
	s := &subsequence{head: make([]int32, words), limit: exactLimit}
	for i := range s.head {
		s.head[i] = -1
	}
	return s
}

// align gives for every place of a the place of b that it is matched with, or
// unmatched. Matched places rise together.
func (s *subsequence) align(a, b []int32) []int32 {
	to := make([]int32, len(a))
	for i := range to {
		to[i] = unmatched
	}
	s.into(to, a, b, 0, -1)
	return to
}

// length is the length of the subsequence.
func (s *subsequence) length(a, b []int32) int {
	n := 0
	for _, j := range s.align(a, b) {
		if j != unmatched {
			n++
		}
	}
	return n
}

// into aligns a with b, whose first place is number off, and writes the places
// into to. known is the number of words by which they differ, if known, else -1.
func (s *subsequence) into(to, a, b []int32, off int32, known int) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		to[0] = off
		to, a, b, off = to[1:], a[1:], b[1:], off+1
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		to[len(a)-1] = off + int32(len(b)-1)
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	switch width := (len(b) + 63) / 64; {
	case len(a) == 0 || len(b) == 0:
	case len(a)*width <= maxRows:
		s.table(to, a, b, off, width)
	default:
		s.halve(to, a, b, off, known)
	}
}

// table aligns by storing every row and walking back through them.
func (s *subsequence) table(to, a, b []int32, off int32, width int) {
	s.index(b)
	rows := grow(&s.rows, (len(a)+1)*width)
	ones(rows[:width])
	for i, w := range a {
		row := rows[(i+1)*width : (i+2)*width]
		copy(row, rows[i*width:])
		s.step(row, w, 0, len(b))
	}
	s.forget(b)
	for i, j := len(a), len(b); i > 0 && j > 0; {
		at, bit := (j-1)>>6, uint64(1)<<((j-1)&63)
		if rows[i*width+at]&bit != 0 {
			j--
			continue
		}
		i--
		if rows[i*width+at]&bit != 0 {
			j--
			to[i] = off + int32(j)
		}
	}
}

// halve divides a in the middle and b where the best alignment crosses, and
// aligns the halves.
func (s *subsequence) halve(to, a, b []int32, off int32, known int) {
	band := known
	if known < 0 {
		band = max(narrowest, 2*abs(len(a)-len(b)))
	}
	for {
		costly := len(a)*min((len(b)+63)/64, band/64+1) > s.limit
		if costly && s.divide(to, a, b, off) {
			return
		}
		if costly {
			band = max(narrowest, abs(len(a)-len(b)), s.limit/len(a)*64)
		}
		mid, cut, head, tail := s.crossing(a, b, band)
		differ := len(a) + len(b) - 2*(head+tail)
		if differ > band && !costly {
			band = min(differ, 3*band)
			continue
		}
		before, after := mid+cut-2*head, len(a)-mid+len(b)-cut-2*tail
		if differ > band {
			before, after = -1, -1
		}
		s.into(to[:mid], a[:mid], b[:cut], off, before)
		s.into(to[mid:], a[mid:], b[cut:], off+int32(cut), after)
		return
	}
}

// crossing gives the middle of a, the place where b is to be cut, and the
// lengths of the common subsequences before and after, looking only at
// alignments that leave out at most band words in all, so that neither row can
// run far ahead of the other.
func (s *subsequence) crossing(a, b []int32, band int) (mid, cut, head, tail int) {
	mid = len(a) / 2
	behind, ahead := (band+len(a)-len(b))/2, (band-len(a)+len(b))/2
	width := (len(b) + 63) / 64
	v := grow(&s.v, 2*width)
	front, back := v[:width], v[width:]
	s.pass(front, a[:mid], b, behind, ahead)
	ra, rb := reversed(&s.revA, a[mid:]), reversed(&s.revB, b)
	s.pass(back, ra, rb, behind, ahead)
	f, t := 0, 0
	for _, x := range back {
		t += bits.OnesCount64(^x)
	}
	head, tail = 0, t
	for j := 1; j <= len(b); j++ {
		if front[(j-1)>>6]>>((j-1)&63)&1 == 0 {
			f++
		}
		if k := len(b) - j; back[k>>6]>>(k&63)&1 == 0 {
			t--
		}
		if f+t > head+tail {
			cut, head, tail = j, f, t
		}
	}
	return mid, cut, head, tail
}

// pass makes the row v that follows a, looking at the places of b from behind
// before to ahead after each place of a.
func (s *subsequence) pass(v []uint64, a, b []int32, behind, ahead int) {
	ones(v)
	s.index(b)
	for i, w := range a {
		s.step(v, w, i-behind, i+ahead+1)
	}
	s.forget(b)
}

// step takes the row v from one word of a to the next, w: a bit of v is zero
// where the subsequence grows by that place of b. Only cells of 64 places that
// meet lo to hi are looked at; lo and hi never fall within one pass, so all that
// lies beyond is still ones, which a carry leaves as they are.
func (s *subsequence) step(v []uint64, w int32, lo, hi int) {
	slot := s.head[w]
	if slot < 0 {
		return
	}
	o := &s.slots[slot]
	for o.first < o.last && int(s.cells[o.first].at) < lo>>6 {
		o.first++
	}
	done, carry := -1, uint64(0)
	for _, c := range s.cells[o.first:o.last] {
		at := int(c.at)
		if at<<6 >= hi {
			break
		}
		carry = ripple(v[done+1:at], carry)
		x := v[at]
		sum, over := bits.Add64(x, x&c.places, carry)
		v[at] = sum | x&^c.places
		done, carry = at, over
	}
	if end := min(len(v), (hi+63)>>6); done+1 < end {
		ripple(v[done+1:end], carry)
	}
}

// ripple takes a carry through words in which w does not occur.
func ripple(v []uint64, carry uint64) uint64 {
	if carry == 0 {
		return 0
	}
	for k, x := range v {
		if x+1 != 0 {
			v[k] = x | (x + 1)
			return 0
		}
	}
	return carry
}

// index notes where each word stands in b; forget takes the notes away.
func (s *subsequence) index(b []int32) {
	s.slots = s.slots[:0]
	for j, w := range b {
		if s.head[w] < 0 {
			s.head[w] = int32(len(s.slots))
			s.slots = append(s.slots, occurrences{cell: -1})
		}
		if o := &s.slots[s.head[w]]; o.cell != int32(j>>6) {
			o.cell = int32(j >> 6)
			o.last++
		}
	}
	total := int32(0)
	for i := range s.slots {
		o := &s.slots[i]
		o.first, total = total, total+o.last
		o.last, o.cell = o.first, -1
	}
	if cap(s.cells) < int(total) {
		s.cells = make([]cell, total)
	}
	s.cells = s.cells[:total]
	for j, w := range b {
		o := &s.slots[s.head[w]]
		if o.cell != int32(j>>6) {
			o.cell = int32(j >> 6)
			s.cells[o.last] = cell{at: o.cell}
			o.last++
		}
		s.cells[o.last-1].places |= 1 << (j & 63)
	}
}

func (s *subsequence) forget(b []int32) {
	for _, w := range b {
		s.head[w] = -1
	}
}

// divide aligns between the phrases that both a and b have once, and tells
// whether there are such phrases.
func (s *subsequence) divide(to, a, b []int32, off int32) bool {
	at := uniquePhrases(a)
	var fixed []crossPair
	for phrase, j := range uniquePhrases(b) {
		if i, ok := at[phrase]; ok && i >= 0 && j >= 0 {
			fixed = append(fixed, crossPair{i, j, 1})
		}
	}
	fixed = heaviestRise(fixed)
	if len(fixed) == 0 {
		return false
	}
	i, j := 0, 0
	for _, p := range fixed {
		if p.old < i || p.new < j {
			continue
		}
		s.into(to[i:p.old], a[i:p.old], b[j:p.new], off+int32(j), -1)
		for k := range phraseLength {
			to[p.old+k] = off + int32(p.new+k)
		}
		i, j = p.old+phraseLength, p.new+phraseLength
	}
	s.into(to[i:], a[i:], b[j:], off+int32(j), -1)
	return true
}

// uniquePhrases gives the place of every phrase of a fixed length, negative for
// those that occur more than once.
func uniquePhrases(a []int32) map[[phraseLength]int32]int {
	places := make(map[[phraseLength]int32]int, len(a))
	for i := range len(a) - phraseLength + 1 {
		phrase := [phraseLength]int32(a[i:])
		if _, again := places[phrase]; again {
			places[phrase] = -1
		} else {
			places[phrase] = i
		}
	}
	return places
}

func grow(buffer *[]uint64, n int) []uint64 {
	if cap(*buffer) < n {
		*buffer = make([]uint64, n)
	}
	return (*buffer)[:n]
}

func ones(v []uint64) {
	for i := range v {
		v[i] = ^uint64(0)
	}
}

func reversed(buffer *[]int32, a []int32) []int32 {
	out := append((*buffer)[:0], a...)
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	*buffer = out
	return out
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
