package settle

import (
	"math/bits"
	"slices"
)

// thicket keeps vectors of four and more numbers: a tree of boxes over the
// numbers after the first, of which only those boxes are looked into whose upper
// corner covers the vector asked about (Bentley, "Multidimensional binary search
// trees used for associative searching", CACM 18, 1975; the corners as in Jaszkiewicz,
// Lust, "ND-tree-based update: a fast algorithm for the dynamic nondominance
// problem", IEEE Trans. Evol. Comp. 22, 2018).
//
// A vector's numbers are packed side by side into one word, each with a bit of its
// own above it, so that one subtraction compares them all (Lamport, "Multiple
// byte processing with full-word instructions", CACM 18, 1975). Numbers that are
// too fine for that are packed by their upper bits, and what then seems to cover
// is looked at in full.
type thicket struct {
	dims  int
	width uint    // bits of a packed number, without its guard
	guard uint64  // the bit above each packed number
	least []int64 // what is subtracted before packing
	cut   []uint  // the low bits left away in packing
	shift []uint  // of the grid
	exact bool    // the packed words say all

	nodes []node
	words [][]uint64 // of each leaf, the packed vectors
	rows  [][]int32  // of each leaf, where their full numbers are; nil when exact
	full  []int64    // dims numbers of every kept vector; nil when exact

	killers []killer // that covered what was asked last
	shifted []int64
	stack   []int32
}

// node is a box: the greatest packed numbers in it, and its halves or its leaf.
type node struct {
	top   uint64
	at    int32 // the first of its two halves; of a leaf, its place in words
	leaf  bool
	dim   uint8
	above uint64 // vectors whose packed number in dim is at least this are in the second half
}

type killer struct {
	word uint64
	row  int32
}

// leafSize is how many vectors a leaf holds before it is split.
const leafSize = 32

// manyKillers is how many of those that covered something last are asked first.
const manyKillers = 8

func newThicket(least, most []int64, shift []uint) *thicket {
	t := &thicket{dims: len(least), shift: shift, exact: true}
	t.width = uint(64/t.dims - 1)
	t.least, t.cut = make([]int64, t.dims), make([]uint, t.dims)
	for i := range t.dims {
		t.guard |= 1 << (uint(i)*(t.width+1) + t.width)
		t.least[i] = least[i] >> shift[i]
		if n := bits.Len64(uint64(most[i]>>shift[i] - t.least[i])); n > int(t.width) {
			t.cut[i] = uint(n - int(t.width))
			t.exact = false
		}
	}
	t.shifted = make([]int64, t.dims)
	t.nodes = []node{{leaf: true}}
	t.words = [][]uint64{make([]uint64, 0, leafSize)}
	if !t.exact {
		t.rows = [][]int32{make([]int32, 0, leafSize)}
	}
	return t
}

func (t *thicket) keep(v []int64) bool {
	word := t.pack(v[1:])
	if t.covered(word) {
		return false
	}
	row := int32(0)
	if !t.exact {
		row = int32(len(t.full) / t.dims)
		t.full = append(t.full, t.shifted...)
	}
	t.insert(word, row)
	return true
}

// pack is a vector in one word; its numbers on the grid are left in t.shifted.
func (t *thicket) pack(v []int64) uint64 {
	var word uint64
	for i := len(v) - 1; i >= 0; i-- {
		n := v[i] >> t.shift[i]
		t.shifted[i] = n
		word = word<<(t.width+1) | uint64(n-t.least[i])>>t.cut[i]
	}
	return word
}

// covered tells whether a kept vector covers the one that was packed last.
func (t *thicket) covered(word uint64) bool {
	guard := t.guard
	for i := range t.killers {
		if ((t.killers[i].word|guard)-word)&guard == guard && t.really(t.killers[i].row) {
			t.killers[0], t.killers[i] = t.killers[i], t.killers[0]
			return true
		}
	}
	stack := append(t.stack[:0], 0)
	for len(stack) > 0 {
		n := &t.nodes[stack[len(stack)-1]]
		stack = stack[:len(stack)-1]
		if !n.leaf {
			if ((t.nodes[n.at].top|guard)-word)&guard == guard {
				stack = append(stack, n.at)
			}
			if ((t.nodes[n.at+1].top|guard)-word)&guard == guard {
				stack = append(stack, n.at+1)
			}
			continue
		}
		for i, w := range t.words[n.at] {
			if ((w|guard)-word)&guard != guard {
				continue
			}
			row := int32(0)
			if !t.exact {
				row = t.rows[n.at][i]
			}
			if t.really(row) {
				t.remember(killer{w, row})
				t.stack = stack
				return true
			}
		}
	}
	t.stack = stack
	return false
}

// really tells whether a vector whose packed word covers the one asked about does
// so in full.
func (t *thicket) really(row int32) bool {
	return t.exact || covers(t.full[int(row)*t.dims:int(row+1)*t.dims], t.shifted)
}

// remember keeps what covered last in front of what covered before.
func (t *thicket) remember(k killer) {
	if len(t.killers) < manyKillers {
		t.killers = append(t.killers, k)
	}
	copy(t.killers[1:], t.killers)
	t.killers[0] = k
}

// insert puts a vector into its leaf, and raises the boxes above it.
func (t *thicket) insert(word uint64, row int32) {
	at := int32(0)
	for {
		n := &t.nodes[at]
		n.top = t.highest(n.top, word)
		if n.leaf {
			break
		}
		at = n.at
		if t.number(word, n.dim) >= n.above {
			at++
		}
	}
	leaf := t.nodes[at].at
	t.words[leaf] = append(t.words[leaf], word)
	if !t.exact {
		t.rows[leaf] = append(t.rows[leaf], row)
	}
	if len(t.words[leaf]) >= leafSize {
		t.split(at)
	}
}

// highest is the greater of each two packed numbers.
func (t *thicket) highest(a, b uint64) uint64 {
	m := ((a | t.guard) - b) & t.guard
	mask := m - m>>t.width // all bits of the numbers of which a has at least b's
	return a&mask | b&^(mask|t.guard)
}

// number is one packed number of a word.
func (t *thicket) number(word uint64, dim uint8) uint64 {
	return word >> (uint(dim) * (t.width + 1)) & (1<<t.width - 1)
}

// split halves a leaf at the middle of the number in which it is widest. A leaf
// of which all vectors are packed alike grows instead.
func (t *thicket) split(at int32) {
	leaf := t.nodes[at].at
	words := t.words[leaf]
	var dim uint8
	var widest uint64
	for d := range uint8(t.dims) {
		low, high := ^uint64(0), uint64(0)
		for _, w := range words {
			n := t.number(w, d)
			low, high = min(low, n), max(high, n)
		}
		if high-low > widest {
			dim, widest = d, high-low
		}
	}
	if widest == 0 {
		return
	}
	numbers := make([]uint64, len(words))
	for i, w := range words {
		numbers[i] = t.number(w, dim)
	}
	slices.Sort(numbers)
	above := numbers[len(numbers)/2]
	if above == numbers[0] {
		above++
	}
	upper := int32(len(t.words))
	t.words = append(t.words, make([]uint64, 0, leafSize))
	if !t.exact {
		t.rows = append(t.rows, make([]int32, 0, leafSize))
	}
	halves := [2]node{{leaf: true, at: leaf}, {leaf: true, at: upper}}
	kept := 0
	for i, w := range words {
		half := 0
		if t.number(w, dim) >= above {
			half = 1
			t.words[upper] = append(t.words[upper], w)
			if !t.exact {
				t.rows[upper] = append(t.rows[upper], t.rows[leaf][i])
			}
		} else {
			words[kept] = w
			if !t.exact {
				t.rows[leaf][kept] = t.rows[leaf][i]
			}
			kept++
		}
		halves[half].top = t.highest(halves[half].top, w)
	}
	t.words[leaf] = words[:kept]
	if !t.exact {
		t.rows[leaf] = t.rows[leaf][:kept]
	}
	t.nodes[at] = node{top: t.nodes[at].top, at: int32(len(t.nodes)), dim: dim, above: above}
	t.nodes = append(t.nodes, halves[:]...)
}
