package draft

import (
	"math/bits"
	"slices"
)

// column is one word of a composite and the strands that have it there.
type column struct {
	word    int32
	gap     gap
	strands uint64
}

// refineBudget is how many table cells one region may spend on refinement.
const refineBudget = 8 << 20

// columns aligns the strands of a region together. The columns hold every
// strand as a subsequence, so their number is the length of a common
// supersequence: the fewest words that any composite of them can have.
//
// Strands are added one by one to the columns so far, as in partial-order
// alignment (Lee, Grasso and Sharlow 2002) over a linear order, and then each
// is taken out and added again while that helps.
func (c *collation) columns(vs []strand) []column {
	order := c.order(vs)
	var cols []column
	for _, k := range order {
		cols = c.merge(cols, vs[k], k)
	}
	budget := c.pairs.cells + refineBudget
	for round := 0; round < 4 && len(vs) > 2; round++ {
		before := len(cols)
		for _, k := range order {
			if c.pairs.cells > budget {
				return arrange(sever(cols, len(vs)), len(vs))
			}
			if again := c.merge(without(cols, k), vs[k], k); len(again) <= len(cols) {
				cols = again
			}
		}
		if len(cols) == before {
			break
		}
	}
	return arrange(sever(cols, len(vs)), len(vs))
}

// order gives the base first and then the longest strands.
func (c *collation) order(vs []strand) []int {
	order := make([]int, len(vs))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(x, y int) int {
		if vs[x].base != vs[y].base {
			if vs[x].base {
				return -1
			}
			return 1
		}
		return len(vs[y].rows) - len(vs[x].rows)
	})
	return order
}

// merge aligns a strand with the columns and adds what they lack.
func (c *collation) merge(cols []column, v strand, k int) []column {
	b := make([]int32, len(cols))
	c.pairs.favour = make([]int32, len(cols))
	for i, col := range cols {
		b[i] = col.word
		c.pairs.favour[i] = int32(min(bits.OnesCount64(col.strands), 4))
	}
	match := c.pairs.align(v.words, b)
	c.pairs.favour = nil
	out := make([]column, 0, len(cols)+len(v.words))
	done := 0
	add := func(upto int) {
		out = append(out, cols[done:upto]...)
		done = upto
	}
	next := len(cols)
	follows := make([]int, len(match)) // where the next match is
	for i := len(match) - 1; i >= 0; i-- {
		if match[i] >= 0 {
			next = int(match[i])
		}
		follows[i] = next
	}
	for i, m := range match {
		if m >= 0 {
			add(int(m) + 1)
			out[len(out)-1].strands |= 1 << k
			continue
		}
		add(follows[i])
		out = append(out, column{word: v.words[i], gap: v.gaps[i], strands: 1 << k})
	}
	add(len(cols))
	return out
}

// without takes a strand out of the columns.
func without(cols []column, k int) []column {
	out := make([]column, 0, len(cols))
	for _, col := range cols {
		col.strands &^= 1 << k
		if col.strands != 0 {
			out = append(out, col)
		}
	}
	return out
}

// arrange puts the columns into an order that all strands follow in which those
// of the same strands stand together, as far as may be.
func arrange(cols []column, strands int) []column {
	waits := make([]int, len(cols)) // how many columns must still come before
	last := make([]int, strands)
	follows := make([][]int, len(cols))
	for k := range last {
		last[k] = -1
	}
	for i, col := range cols {
		for s := col.strands; s != 0; s &= s - 1 {
			k := bits.TrailingZeros64(s)
			if last[k] >= 0 && !slices.Contains(follows[last[k]], i) {
				follows[last[k]] = append(follows[last[k]], i)
				waits[i]++
			}
			last[k] = i
		}
	}
	out := make([]column, 0, len(cols))
	var ready []int // kept in the old order
	for i := range cols {
		if waits[i] == 0 {
			ready = append(ready, i)
		}
	}
	for len(ready) > 0 {
		pick := 0
		if n := len(out); n > 0 {
			if same := slices.IndexFunc(ready, func(i int) bool { return cols[i].strands == out[n-1].strands }); same >= 0 {
				pick = same
			}
		}
		i := ready[pick]
		ready = slices.Delete(ready, pick, pick+1)
		out = append(out, cols[i])
		for _, f := range follows[i] {
			if waits[f]--; waits[f] == 0 {
				at, _ := slices.BinarySearch(ready, f)
				ready = slices.Insert(ready, at, f)
			}
		}
	}
	return out
}
