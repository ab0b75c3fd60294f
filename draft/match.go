package draft

import (
	"cmp"
	"slices"
)

// Pair says that a clause of the old text and one of the new are the same
// clause.
type Pair struct {
	Old, New int     // indices into the Clauses of the two texts
	Likeness float64 // from 0, no two neighbouring words in common, to 1, equal words
	Moved    bool    // out of its order among the others
}

// Match finds the clauses that two texts have in common, in the order of the
// new text. A clause belongs to one pair at most; those of no pair were deleted
// or inserted. Headings pair with headings only.
//
// Clauses with equal words are found first, those that both texts have once
// serving as anchors for their neighbours; then those that share rare phrases,
// the likest first; then headings, by the clauses under them and their words;
// and last what stands between the same neighbours, by label and likeness.
// What stays in place is the heaviest run of pairs, counted in words, that has
// the same order in both texts; all others moved. Labels help, but never
// decide: real texts hold the same label twice.
func Match(old, new *Text) []Pair {
	lex := newLexicon()
	pairs, _, _ := matchWordings(newMatter(old, lex), newMatter(new, lex), lex, nil)
	return pairs
}

// matchWordings matches in one direction, whichever text is called the new one,
// so that exchanging the texts exchanges the result. Given an aligner it also
// finds the parts: for each clause that was merged into the counterpart of
// another old clause, or split off from that of another new one, that other
// clause; for all others unmatched.
func matchWordings(old, new *matter, lex *lexicon, lcs *subsequence) (pairs []Pair, oldParts, newParts []int32) {
	exchanged := before(new, old, lex)
	if exchanged {
		old, new = new, old
	}
	m := newMatcher(old, new, lex)
	m.run()
	if lcs != nil {
		m.findParts(lcs)
	}
	for i, j := range m.old.mate {
		if j < 0 {
			continue
		}
		p := Pair{Old: i, New: int(j), Likeness: m.likeness(i, int(j)), Moved: m.moved[i]}
		if exchanged {
			p.Old, p.New = p.New, p.Old
		}
		pairs = append(pairs, p)
	}
	slices.SortFunc(pairs, func(a, b Pair) int { return a.New - b.New })
	if exchanged {
		return pairs, m.new.host, m.old.host
	}
	return pairs, m.old.host, m.new.host
}

// before orders two wordings by their words and labels, and by all their
// characters if these are the same: of two texts that differ one is before the
// other, so that a tie is never decided by which is called the old one.
func before(a, b *matter, lex *lexicon) bool {
	order := cmp.Or(cmp.Compare(len(a.words), len(b.words)), cmp.Compare(len(a.spans), len(b.spans)),
		slices.CompareFunc(a.ids, b.ids, func(x, y int32) int { return cmp.Compare(lex.text[x], lex.text[y]) }),
		slices.CompareFunc(a.spans, b.spans, func(x, y extent) int { return cmp.Compare(x.length(), y.length()) }),
		slices.CompareFunc(a.text.Clauses, b.text.Clauses, func(x, y Clause) int {
			return cmp.Or(cmp.Compare(x.Label, y.Label), cmp.Compare(x.Level, y.Level))
		}))
	if order == 0 {
		order = slices.CompareFunc(a.text.Pieces, b.text.Pieces, func(x, y Piece) int {
			return cmp.Or(cmp.Compare(x.Src, y.Src), cmp.Compare(x.Kind, y.Kind), cmp.Compare(x.Within, y.Within))
		})
	}
	return order < 0
}

// matcher holds the pairs found so far.
type matcher struct {
	old, new side
	moved    []bool // per old clause
}

// side is what a matcher knows of one of the two texts.
type side struct {
	*matter
	mate     []int32    // per clause: its counterpart, or unmatched
	host     []int32    // per clause: the one it is a part of, or unmatched
	key      []uint64   // per clause: its words as one number
	adjacent [][]uint64 // per clause: its neighbouring words, as sorted numbers
}

func newMatcher(old, new *matter, lex *lexicon) *matcher {
	return &matcher{old: newSide(old, lex), new: newSide(new, lex), moved: make([]bool, len(old.spans))}
}

func newSide(w *matter, lex *lexicon) side {
	n := len(w.spans)
	s := side{matter: w, mate: make([]int32, n), host: make([]int32, n), key: make([]uint64, n), adjacent: make([][]uint64, n)}
	for i := range n {
		s.mate[i], s.host[i] = unmatched, unmatched
		ids := w.of(i)
		key := mix(uint64(len(ids)), 0)
		for _, id := range ids {
			key = mix(key, uint64(id))
		}
		if len(ids) == 0 {
			key = mix(key, uint64(lex.add(w.bare(i))))
		}
		s.key[i] = key
		s.adjacent[i] = neighbours(ids)
	}
	return s
}

// mix is one round of a multiplicative hash.
func mix(h, x uint64) uint64 {
	h = (h ^ (x + 0x9E3779B97F4A7C15)) * 0xBF58476D1CE4E5B9
	return h ^ h>>29
}

// neighbours gives every two words that stand side by side, with the beginning
// and the end as words of their own, as sorted numbers.
func neighbours(ids []int32) []uint64 {
	out := make([]uint64, 0, len(ids)+1)
	last := uint64(0)
	for _, id := range ids {
		out = append(out, last<<32|uint64(id+1))
		last = uint64(id + 1)
	}
	out = append(out, last<<32)
	slices.Sort(out)
	return out
}

// likeness is Dice's coefficient of the neighbouring words (Dice 1945): twice
// those in common over all.
func (m *matcher) likeness(i, j int) float64 {
	a, b := m.old.adjacent[i], m.new.adjacent[j]
	c, d := m.old.text.Clauses[i], m.new.text.Clauses[j]
	switch wordless := len(a)+len(b) == 2; {
	case wordless && (m.old.key[i] != m.new.key[j] || c.IsHeading() && c.Label != d.Label):
		return 0
	case m.old.key[i] == m.new.key[j]:
		return 1
	}
	return 2 * float64(inCommon(a, b)) / float64(len(a)+len(b))
}

// inCommon counts the numbers that two sorted rows have in common.
func inCommon(a, b []uint64) int {
	common, x, y := 0, 0, 0
	for x < len(a) && y < len(b) {
		switch {
		case a[x] < b[y]:
			x++
		case a[x] > b[y]:
			y++
		default:
			common++
			x++
			y++
		}
	}
	return common
}

func (m *matcher) join(i, j int) { m.old.mate[i], m.new.mate[j] = int32(j), int32(i) }

func (m *matcher) disjoin(i int) { m.new.mate[m.old.mate[i]], m.old.mate[i] = unmatched, unmatched }

func (m *matcher) free(i, j int) bool { return m.old.mate[i] < 0 && m.new.mate[j] < 0 }

func (m *matcher) run() {
	m.equal()
	m.like()
	m.headings()
	m.settle()
	m.between()
	m.leftover()
	m.settle()
	m.between()
	m.findMoved()
}

// findMoved finds what moved.
func (m *matcher) findMoved() {
	var all []crossPair
	for i, j := range m.old.mate {
		m.moved[i] = j >= 0
		if j >= 0 {
			all = append(all, crossPair{i, int(j), m.weight(i, int(j))})
		}
	}
	for _, p := range heaviestRise(all) {
		m.moved[p.old] = false
	}
}

// weight makes one word in place count for more than any number of clauses, and
// a clause without words for something.
func (m *matcher) weight(i, j int) int {
	words := min(m.old.spans[i].length(), m.new.spans[j].length())
	return words*(len(m.old.mate)+1) + 1
}

// settle finds what moved and gives up the doubtful ones: short clauses and
// hardly like ones that are found elsewhere by themselves are more likely other
// clauses than moved ones.
func (m *matcher) settle() {
	m.findMoved()
	followed := make([]bool, len(m.old.mate))
	for i, j := range m.old.mate {
		if j >= 0 && m.underOneHeading(i, int(j)) {
			followed[m.old.text.Clauses[i].Section] = true
		}
	}
	var doubtful []int
	for i, j := range m.old.mate {
		if j >= 0 && m.moved[i] && !followed[i] && !m.accompanied(i, int(j)) &&
			(min(m.old.spans[i].length(), m.new.spans[j].length()) < 5 || m.likeness(i, int(j)) < alikeMoved) {
			doubtful = append(doubtful, i)
		}
	}
	for _, i := range doubtful {
		m.disjoin(i)
	}
	m.findMoved()
}

// accompanied tells whether a clause moved with a neighbour or its heading, or
// within its section.
func (m *matcher) accompanied(i, j int) bool {
	for _, d := range []int{-1, 1} {
		if i+d >= 0 && i+d < len(m.old.mate) && int(m.old.mate[i+d]) == j+d && j+d >= 0 && m.moved[i+d] {
			return true
		}
	}
	return m.underOneHeading(i, j)
}

func (m *matcher) underOneHeading(i, j int) bool {
	h := m.old.text.Clauses[i].Section
	return h >= 0 && m.old.mate[h] >= 0 && int(m.old.mate[h]) == m.new.text.Clauses[j].Section
}

// crossPair is a pair of places with a weight above 0.
type crossPair struct{ old, new, weight int }

// heaviestRise gives the pairs of the heaviest run in which both places rise, by
// a Fenwick tree over the new places (heaviest increasing subsequence; Fredman
// 1975 for the unweighted case). No old place and no new place may occur twice.
// It sorts the pairs.
func heaviestRise(pairs []crossPair) []crossPair {
	slices.SortFunc(pairs, func(a, b crossPair) int { return a.old - b.old })
	size := 0
	for _, p := range pairs {
		size = max(size, p.new+1)
	}
	tree := make([]int, size+1) // best pair that ends at or before a place, +1
	total := make([]int, len(pairs))
	from := make([]int, len(pairs))
	best := 0
	for k, p := range pairs {
		last := 0
		for at := p.new; at > 0; at &= at - 1 {
			if t := tree[at]; t > 0 && (last == 0 || total[t-1] > total[last-1]) {
				last = t
			}
		}
		from[k], total[k] = last, p.weight
		if last > 0 {
			total[k] += total[last-1]
		}
		for at := p.new + 1; at <= size; at += at & -at {
			if t := tree[at]; t == 0 || total[k] > total[t-1] {
				tree[at] = k + 1
			}
		}
		if best == 0 || total[k] > total[best-1] {
			best = k + 1
		}
	}
	var run []crossPair
	for ; best > 0; best = from[best-1] {
		run = append(run, pairs[best-1])
	}
	slices.Reverse(run)
	return run
}
