package draft

import (
	"cmp"
	"slices"
)

const (
	likeEnough   = 0.35    // likeness of clauses that are one clause wherever they stand
	alikeInPlace = 0.20    // of two clauses between the same neighbours
	alikeAlone   = 0.15    // of two clauses between the same neighbours, nothing else standing there
	alikeByLabel = 0.08    // of two clauses with one label between the same neighbours
	alikeMoved   = 0.5     // of a clause that moved by itself
	commonPhrase = 64      // pairs of clauses that one phrase may bring together
	ownPhrase    = 1 << 16 // weight of a phrase that only one pair of clauses shares
	widestGap    = 1 << 14 // pairs of clauses looked at between the same neighbours
)

// equal joins clauses with equal words: those that both texts have once, then
// their neighbours before and after for as long as these are equal.
func (m *matcher) equal() {
	count := map[uint64][2]int32{}
	for i, key := range m.old.key {
		if !m.old.text.Clauses[i].IsHeading() {
			c := count[key]
			count[key] = [2]int32{c[0] + 1, int32(i)}
		}
	}
	once := map[uint64]int{}
	for j, key := range m.new.key {
		if !m.new.text.Clauses[j].IsHeading() && count[key][0] == 1 {
			if _, again := once[key]; again {
				once[key] = -1
			} else {
				once[key] = j
			}
		}
	}
	var anchors []int
	for i, key := range m.old.key {
		if j, ok := once[key]; ok && j >= 0 && int(count[key][1]) == i {
			m.join(i, j)
			anchors = append(anchors, i)
		}
	}
	for _, step := range []int{1, -1} {
		for _, i := range anchors {
			m.extend(i, int(m.old.mate[i]), step)
		}
		slices.Reverse(anchors)
	}
}

// extend joins the clauses that follow a pair, or precede it, while they are
// equal and free; headings are passed over.
func (m *matcher) extend(i, j, step int) {
	for {
		i, j = nextClause(m.old.text, i, step), nextClause(m.new.text, j, step)
		if i < 0 || j < 0 || !m.free(i, j) || m.old.key[i] != m.new.key[j] {
			return
		}
		m.join(i, j)
	}
}

// nextClause gives the next clause that is no heading, or -1.
func nextClause(t *Text, i, step int) int {
	for i += step; i >= 0 && i < len(t.Clauses); i += step {
		if !t.Clauses[i].IsHeading() {
			return i
		}
	}
	return -1
}

// likely is a pair of clauses that may be one.
type likely struct {
	old, new int
	score    float64
}

// like joins free clauses that share phrases, the likest first.
func (m *matcher) like() {
	var found []likely
	for _, c := range m.sharing() {
		if l := m.likeness(c.old, c.new); l >= likeEnough {
			found = append(found, likely{c.old, c.new, l + m.bonus(c.old, c.new)})
		}
	}
	m.take(found)
}

// bonus is what label, section and neighbours add to a likeness.
func (m *matcher) bonus(i, j int) float64 {
	a, b := m.old.text.Clauses[i], m.new.text.Clauses[j]
	bonus := 0.0
	if a.Label != "" && a.Label == b.Label {
		bonus += 0.02
	}
	if a.Section >= 0 && b.Section >= 0 && m.old.key[a.Section] == m.new.key[b.Section] {
		bonus += 0.02
	}
	for _, d := range []int{-1, 1} {
		if x, y := nextClause(m.old.text, i, d), nextClause(m.new.text, j, d); x >= 0 && y >= 0 && int(m.old.mate[x]) == y {
			bonus += 0.02
		}
	}
	return bonus
}

// take joins the free ones among some pairs, best first; among equals those
// first that stand at nearly the same place.
func (m *matcher) take(found []likely) {
	drift := func(c likely) int { return abs(c.old - c.new) }
	slices.SortFunc(found, func(a, b likely) int {
		return cmp.Or(cmp.Compare(b.score, a.score), drift(a)-drift(b), a.old-b.old, a.new-b.new)
	})
	for _, c := range found {
		if m.free(c.old, c.new) {
			m.join(c.old, c.new)
		}
	}
}

// sharing gives the pairs of free clauses that share rare phrases of three
// words, with the phrases as weight: the fewer pairs share one, the more it
// weighs. A phrase that would bring together too many clauses is passed over, so
// the cost is linear in the words; a pair is kept if it shares a fair part of
// the most that either of its clauses shares with any.
func (m *matcher) sharing() []crossPair {
	type use struct {
		phrase uint64
		clause int32
		new    bool
	}
	var uses []use
	note := func(s *side, new bool) {
		for i := range s.spans {
			if s.mate[i] < 0 && !s.text.Clauses[i].IsHeading() {
				ids := s.of(i)
				for k := range len(ids) + 1 {
					uses = append(uses, use{phrase(ids, k), int32(i), new})
				}
			}
		}
	}
	note(&m.old, false)
	note(&m.new, true)
	slices.SortFunc(uses, func(a, b use) int {
		return cmp.Or(cmp.Compare(a.phrase, b.phrase), cmp.Compare(order(a.new), order(b.new)), cmp.Compare(a.clause, b.clause))
	})
	var pairs []crossPair
	for first := 0; first < len(uses); {
		middle, last := first, first
		for last < len(uses) && uses[last].phrase == uses[first].phrase {
			if !uses[last].new {
				middle++
			}
			last++
		}
		if n := (middle - first) * (last - middle); n > 0 && n <= commonPhrase {
			for _, a := range uses[first:middle] {
				for _, b := range uses[middle:last] {
					pairs = append(pairs, crossPair{int(a.clause), int(b.clause), ownPhrase / n})
				}
			}
		}
		first = last
	}
	return sift(pairs)
}

// phrase numbers the three words around place k, 0 standing for the beginning
// and the end.
func phrase(ids []int32, k int) uint64 {
	h := uint64(0)
	for at := k - 1; at <= k+1; at++ {
		id := uint64(0)
		if at >= 0 && at < len(ids) {
			id = uint64(ids[at]) + 1
		}
		h = mix(h, id)
	}
	return h
}

func order(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sift adds up the weights of equal pairs and leaves out the weak ones. Weights
// are whole numbers, so that their order, which depends on which text was read
// first, cannot change a sum.
func sift(pairs []crossPair) []crossPair {
	slices.SortFunc(pairs, func(a, b crossPair) int { return cmp.Or(a.old-b.old, a.new-b.new) })
	sums := pairs[:0]
	for _, p := range pairs {
		if n := len(sums); n > 0 && sums[n-1].old == p.old && sums[n-1].new == p.new {
			sums[n-1].weight += p.weight
		} else {
			sums = append(sums, p)
		}
	}
	oldMost, newMost := map[int]int{}, map[int]int{}
	for _, p := range sums {
		oldMost[p.old] = max(oldMost[p.old], p.weight)
		newMost[p.new] = max(newMost[p.new], p.weight)
	}
	return slices.DeleteFunc(sums, func(p crossPair) bool {
		return 5*p.weight < max(oldMost[p.old], newMost[p.new])
	})
}

// headings joins headings by the words of the clauses under them that are
// joined already, by their own words and by their labels.
func (m *matcher) headings() {
	shared := map[[2]int]int{}
	total := map[int]int{} // by section: old ones as they are, new ones from below 0
	for i, j := range m.old.mate {
		if j < 0 {
			continue
		}
		h, g := m.old.text.Clauses[i].Section, m.new.text.Clauses[j].Section
		words := 1 + m.old.spans[i].length()
		if h >= 0 {
			total[h] += words
		}
		if g >= 0 {
			total[-1-g] += words
		}
		if h >= 0 && g >= 0 {
			shared[[2]int{h, g}] += words
		}
	}
	byKey := map[uint64][]int{}
	for j, c := range m.new.text.Clauses {
		if c.IsHeading() {
			byKey[m.new.key[j]] = append(byKey[m.new.key[j]], j)
		}
	}
	for i, c := range m.old.text.Clauses {
		if same := byKey[m.old.key[i]]; c.IsHeading() && len(same) <= 8 {
			for _, j := range same {
				shared[[2]int{i, j}] += 0
			}
		}
	}
	var found []likely
	for p, words := range shared {
		i, j := p[0], p[1]
		score := 0.3 * m.likeness(i, j)
		if most := max(total[i], total[-1-j]); most > 0 {
			score += 0.55 * float64(words) / float64(most)
		}
		if a, b := m.old.text.Clauses[i].Label, m.new.text.Clauses[j].Label; a != "" && a == b {
			score += 0.15
		}
		if score >= 0.28 {
			found = append(found, likely{i, j, score})
		}
	}
	m.take(found)
}

// between joins what is free between the same neighbours in place.
func (m *matcher) between() {
	lastOld, lastNew := -1, -1
	for i := 0; i <= len(m.old.mate); i++ {
		j := len(m.new.mate)
		if i < len(m.old.mate) {
			if m.old.mate[i] < 0 || m.moved[i] {
				continue
			}
			j = int(m.old.mate[i])
		}
		for _, headings := range []bool{true, false} {
			m.gapPairs(m.old.loose(lastOld+1, i, headings), m.new.loose(lastNew+1, j, headings))
		}
		lastOld, lastNew = i, j
	}
}

// loose gives the free clauses from first up to last.
func (s *side) loose(first, last int, headings bool) []int {
	var out []int
	for i := first; i < last; i++ {
		if s.mate[i] < 0 && s.text.Clauses[i].IsHeading() == headings {
			out = append(out, i)
		}
	}
	return out
}

// gapPairs joins clauses of two lists in order, so that the sum of their scores
// is the highest (Needleman & Wunsch 1970).
func (m *matcher) gapPairs(old, new []int) {
	if len(old) == 0 || len(new) == 0 || len(old)*len(new) > widestGap {
		return
	}
	width := len(new) + 1
	best := make([]float64, (len(old)+1)*width)
	score := make([]float64, len(best))
	for x := len(old) - 1; x >= 0; x-- {
		for y := len(new) - 1; y >= 0; y-- {
			at := x*width + y
			score[at] = m.scoreInPlace(old[x], new[y], len(old) == 1 && len(new) == 1)
			best[at] = max(best[at+width], best[at+1], best[at+width+1]+score[at])
		}
	}
	for x, y := 0, 0; x < len(old) && y < len(new); {
		at := x*width + y
		switch {
		case score[at] > 0 && best[at] == best[at+width+1]+score[at]:
			m.join(old[x], new[y])
			x, y = x+1, y+1
		case best[at] == best[at+width]:
			x++
		default:
			y++
		}
	}
}

// scoreInPlace is the score of a pair between the same neighbours, 0 if it is
// none.
func (m *matcher) scoreInPlace(i, j int, alone bool) float64 {
	a, b := m.old.text.Clauses[i], m.new.text.Clauses[j]
	l := m.likeness(i, j)
	label := a.Label != "" && a.Label == b.Label && m.sameSection(a.Section, b.Section)
	switch {
	case label && (alone || l >= alikeByLabel): // rewritten, if they are hardly alike
		return l + 0.25
	case m.contained(i, j):
		return l + 0.1
	case l >= alikeInPlace, alone && l >= alikeAlone:
		return l
	}
	return 0
}

// contained tells whether most of one clause stands in the other: where several
// were merged, or one was split in several, the largest part is the pair.
func (m *matcher) contained(i, j int) bool {
	a, b := m.old.adjacent[i], m.new.adjacent[j]
	least := min(len(a), len(b))
	return least > 6 && 10*inCommon(a, b) >= 7*least
}

func (m *matcher) sameSection(h, g int) bool {
	if h < 0 || g < 0 {
		return h == g
	}
	return int(m.old.mate[h]) == g || m.old.mate[h] < 0 && m.new.mate[g] < 0
}

// leftover joins, in order, clauses with equal words that occur more than once.
func (m *matcher) leftover() {
	free := map[uint64][]int{}
	for j, key := range m.new.key {
		if m.new.mate[j] < 0 && !m.new.text.Clauses[j].IsHeading() {
			free[key] = append(free[key], j)
		}
	}
	for i, key := range m.old.key {
		if same := free[key]; len(same) > 0 && m.old.mate[i] < 0 && !m.old.text.Clauses[i].IsHeading() {
			m.join(i, same[0])
			free[key] = same[1:]
		}
	}
}
