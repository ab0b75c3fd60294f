package draft

import (
	"math/bits"
	"slices"
	"strings"
)

// What print costs: the sum is made as small as can be. Words come first;
// between composites of equal length the one with fewer places and brackets is
// cheaper. Only where the same seats stand against each other again and again
// within a few words are brackets dearer than words: there two whole phrases
// beside each other read better than many small brackets.
const (
	wordCost    = 100
	placeCost   = 6   // each place where alternatives stand
	pairCost    = 4   // each "[…]"
	nestCost    = 25  // each place within another
	abutCost    = 40  // each place that directly follows another
	islandCost  = 130 // a second place of its like when an article or the like stands between
	saladCost   = 250 // a third when small words stand between, a fourth after any word or two
	nearby      = 2   // how many words "a word or two" are
	widestPlain = 6   // shared words that alternatives may repeat in one stretch
	nestLimit   = 10  // stretches of a place beyond which nesting is not looked for
	nestWidest  = 6   // alternatives of a place beyond which nesting is not looked for
	loosest     = 400 // words of a region in which places may be widened to fit
)

// bracketing finds the cheapest brackets for the columns of one region.
type bracketing struct {
	cols    []column
	strands []strand
	stretch []stretch
	small   []bool     // the stretch is of small words
	tiny    []bool     // and of the smallest
	start   []int      // stretch r is cols[start[r]:start[r+1]]
	upto    [][]int32  // for each strand and stretch: how many of its words come before
	prints  [][]uint64 // and their rolling hash
	powers  []uint64
	base    uint64 // the base's strand, if any
	read    uint64 // strands that some seat reads
	plans   map[planKey]*plan
	spare   []end
	fits    func(words []int32, silent bool) bool
	nesting []nesting // for each strand; nil where words stand escaped
	loose   bool      // places may begin and end anywhere, to make alternatives fit
}

// stretch is a run of columns that the same strands have.
type stretch struct {
	strands uint64
	words   int
}

// plan is the cheapest composite of a range of stretches for some strands.
type plan struct {
	cost  int
	steps []step
}

type planKey struct {
	from, to int
	strands  uint64
}

// step is one passage of a plan: the stretches from:to, which are plain when
// it has no alternatives.
type step struct {
	from, to     int
	alternatives []uint64 // the strands of each
}

// bracket appends the cheapest composite of the region to out.
func (c *collation) bracket(out []passage, vs []strand, cols []column) []passage {
	loose := c.fits != nil && c.bracketed(cols)
	b := newBracketing(vs, cols, c.words, loose)
	if c.fits != nil {
		b.fits = c.fits
		for _, v := range vs {
			b.nesting = append(b.nesting, newNesting(v.words, c.words))
		}
	}
	all := b.read | b.base
	p := b.best(planKey{0, len(b.stretch), all})
	if p.cost >= never {
		c.stuck = true
		return append(out, wholly(vs))
	}
	return b.passages(out, p, all)
}

// bracketed tells whether words of a region hold brackets of their own, so that
// places may have to be widened; not for regions too long for that.
func (c *collation) bracketed(cols []column) bool {
	return len(cols) <= loosest && slices.ContainsFunc(cols, func(col column) bool {
		return strings.ContainsAny(c.words.text[col.word], "[]")
	})
}

func newBracketing(vs []strand, cols []column, words *lexicon, loose bool) *bracketing {
	b := &bracketing{loose: loose, cols: cols, strands: vs, plans: map[planKey]*plan{}}
	for k, v := range vs {
		if v.base {
			b.base = 1 << k
		}
		if v.read {
			b.read |= 1 << k
		}
	}
	for i, col := range cols {
		if n := len(b.stretch); n == 0 || loose || b.stretch[n-1].strands != col.strands {
			b.stretch = append(b.stretch, stretch{strands: col.strands})
			b.start = append(b.start, i)
		}
		b.stretch[len(b.stretch)-1].words++
	}
	b.start = append(b.start, len(cols))
	for r, s := range b.stretch {
		small, tiny := s.words <= nearby, s.words <= nearby
		for _, col := range cols[b.start[r]:b.start[r+1]] {
			small, tiny = small && words.small[col.word], tiny && words.tiny[col.word]
		}
		b.small, b.tiny = append(b.small, small), append(b.tiny, tiny)
	}
	b.upto = make([][]int32, len(vs))
	b.prints = make([][]uint64, len(vs))
	b.powers = []uint64{1}
	for range cols {
		b.powers = append(b.powers, b.powers[len(b.powers)-1]*hashBase)
	}
	for k := range vs {
		b.upto[k] = make([]int32, len(b.stretch)+1)
		b.prints[k] = make([]uint64, len(b.stretch)+1)
		n, h := int32(0), uint64(0)
		for r, s := range b.stretch {
			if s.strands>>k&1 == 1 {
				for _, col := range cols[b.start[r]:b.start[r+1]] {
					h = h*hashBase + uint64(col.word) + 1
				}
				n += int32(s.words)
			}
			b.upto[k][r+1], b.prints[k][r+1] = n, h
		}
	}
	return b
}

const hashBase = 0x9E3779B97F4A7C15

// best gives the cheapest composite of the stretches from:to for the strands.
func (b *bracketing) best(key planKey) *plan {
	if p, ok := b.plans[key]; ok {
		return p
	}
	p := b.search(key)
	b.plans[key] = p
	return p
}

// search finds a cheapest plan over the places where groups end.
func (b *bracketing) search(key planKey) *plan {
	readers := key.strands & b.read
	if b.agree(key, readers) {
		return b.single(key, readers)
	}
	n := key.to - key.from
	ends := b.scratch(4 * (n + 1))
	defer func() { b.spare = b.spare[:len(b.spare)-len(ends)] }()
	ways := make([]approach, 0, 2*n)
	from := make([]int, n+1) // the ways to stretch i are ways[from[i]:from[i+1]]
	var room [16]uint64
	for j := 1; j <= n; j++ {
		from[j-1] = len(ways)
		if !b.opens(key.from+j-1, readers) {
			from[j] = len(ways)
			continue
		}
		ways = b.approaches(ways, ends, key.from, j-1, readers)
		from[j] = len(ways)
		parts := append(room[:0], key.strands)
		words, plain := 0, 0
		for i := j - 1; i >= 0 && (b.loose || plain <= widestPlain); i-- {
			s := b.stretch[key.from+i]
			parts = split(parts, s.strands)
			switch s.strands & readers {
			case 0:
				continue
			case readers:
				plain += s.words
			default:
				plain = 0
			}
			words += s.words
			if before := ways[from[i]:from[i+1]]; b.opens(key.from+i, readers) && cheapest(ends, before)+wordCost*words+placeCost+pairCost < ends[4*j+1].cost {
				b.place(key, span{from: i, to: j}, parts, words, before, ends)
			}
		}
	}
	return b.steps(key, ends, b.approaches(nil, ends, key.from, n, readers))
}

// place tries the stretches of a span as one place with alternatives.
func (b *bracketing) place(key planKey, s span, parts []uint64, words int, before []approach, ends []end) {
	price, alts := b.group(planKey{key.from + s.from, key.from + s.to, key.strands}, parts, words)
	for _, a := range before {
		e := end{start: s.from, from: a.end, alternatives: alts}
		chain, extra := b.chain(key.from, ends, a, e, s.to)
		e.cost = ends[a.end].cost + a.cost + price + extra
		if e.cost < ends[4*s.to+chain].cost {
			ends[4*s.to+chain] = e
		}
	}
}

// opens tells whether a place may begin and end with a stretch.
func (b *bracketing) opens(r int, readers uint64) bool { return b.loose || b.contested(r, readers) }

// cheapest gives the least cost of some ways.
func cheapest(ends []end, ways []approach) int {
	least := never
	for _, a := range ways {
		least = min(least, ends[a.end].cost+a.cost)
	}
	return least
}

// split parts each set of strands into those that have a stretch and those that
// have not.
func split(parts []uint64, strands uint64) []uint64 {
	for i, p := range parts {
		if p&strands != 0 && p&^strands != 0 {
			parts[i] = p & strands
			parts = append(parts, p&^strands)
		}
	}
	return parts
}

// chain tells the how many-th of its like the group e is that ends at stretch
// j, up to three, and what it costs that there are so many.
func (b *bracketing) chain(first int, ends []end, a approach, e end, j int) (n, cost int) {
	before := ends[a.end]
	if !a.near || !slices.Equal(before.alternatives, e.alternatives) {
		return 1, 0
	}
	switch n = a.end % 4; {
	case n == 1 && a.tiny && b.replaces(first, before, a.end/4) && b.replaces(first, e, j):
		cost = islandCost
	case n == 2 && a.small, n == 3:
		cost = saladCost
	}
	return min(n+1, 3), cost
}

// replaces tells whether a group puts words against words in all alternatives.
func (b *bracketing) replaces(first int, e end, to int) bool {
	for _, a := range e.alternatives {
		k := bits.TrailingZeros64(a)
		if b.upto[k][first+e.start] == b.upto[k][first+to] {
			return false
		}
	}
	return true
}

// scratch gives n ends that nothing leads to yet but the first. They are given
// back in the order in which searches nest.
func (b *bracketing) scratch(n int) []end {
	at := len(b.spare)
	b.spare = slices.Grow(b.spare, n)[:at+n]
	ends := b.spare[at : at+n : at+n]
	for i := range ends {
		ends[i] = end{cost: never}
	}
	ends[0].cost = 0
	return ends
}

// end is the cheapest plan so far that ends with a group: after stretch i, end
// 4*i+1 is of a group unlike the one before, 4*i+2 of one that follows its like,
// 4*i+3 of one that follows two or more. End 0 is the beginning.
type end struct {
	cost         int
	start        int // the stretch that the group begins with
	from         int // the end before
	alternatives []uint64
}

const never = 1 << 40

// approach is a way from an end over plain words to a place.
type approach struct {
	end   int
	cost  int
	near  bool // a word or two
	small bool // of which all are small
	tiny  bool // and there is one, of the smallest
}

// approaches appends the ways that lead to stretch i.
func (b *bracketing) approaches(out []approach, ends []end, first, i int, readers uint64) []approach {
	words, small, tiny := 0, true, true
	for p := i; ; p-- {
		a := approach{cost: wordCost * words, near: words <= nearby, small: small, tiny: tiny && words == 1}
		if words == 0 {
			a.cost = abutCost
		}
		for e := 4 * p; e < 4*p+4; e++ {
			if a.end = e; ends[e].cost < never {
				if e == 0 {
					a.cost = wordCost * words
				}
				out = append(out, a)
			}
		}
		if p == 0 || b.contested(first+p-1, readers) {
			return out
		}
		if s := b.stretch[first+p-1]; s.strands&readers != 0 {
			words += s.words
			small, tiny = small && b.small[first+p-1], tiny && b.tiny[first+p-1]
		}
	}
}

// contested tells whether some of the readers have the stretch, and not all.
func (b *bracketing) contested(r int, readers uint64) bool {
	s := b.stretch[r].strands & readers
	return s != 0 && s != readers
}

// steps reads the cheapest plan back from the search.
func (b *bracketing) steps(key planKey, ends []end, last []approach) *plan {
	if len(last) == 0 {
		return &plan{cost: never}
	}
	best := slices.MinFunc(last, func(x, y approach) int { return ends[x.end].cost + x.cost - ends[y.end].cost - y.cost })
	p := &plan{cost: ends[best.end].cost + best.cost}
	to := key.to - key.from
	for e := best.end; ; {
		if e/4 < to {
			p.steps = append(p.steps, step{from: key.from + e/4, to: key.from + to})
		}
		if e == 0 {
			break
		}
		g := ends[e]
		p.steps = append(p.steps, step{from: key.from + g.start, to: key.from + e/4, alternatives: g.alternatives})
		to, e = g.start, g.from
	}
	slices.Reverse(p.steps)
	return p
}

// agree tells whether all the strands have the same words.
func (b *bracketing) agree(key planKey, strands uint64) bool {
	first := bits.TrailingZeros64(strands)
	for s := strands & (strands - 1); s != 0; s &= s - 1 {
		if !b.equal(key, first, bits.TrailingZeros64(s)) {
			return false
		}
	}
	return true
}

// single is the composite of strands with the same words.
func (b *bracketing) single(key planKey, strands uint64) *plan {
	if strands == 0 {
		return &plan{}
	}
	k := bits.TrailingZeros64(strands)
	n := b.upto[k][key.to] - b.upto[k][key.from]
	return &plan{cost: wordCost * int(n), steps: []step{{from: key.from, to: key.to}}}
}

// group prices the stretches as one place with alternatives, and gives the
// strands of each. Parts are the strands that are the same there; words is how
// many words there are, each counted once. Parts with equal words share an alternative;
// so do some for which one nested composite is cheaper.
func (b *bracketing) group(key planKey, parts []uint64, words int) (int, []uint64) {
	if !b.balanced(key) {
		return never, nil
	}
	alts := b.distinct(key, parts)
	if len(alts) < 2 {
		return never, nil
	}
	var few [8]int
	costs, total := few[:0], 0
	for _, a := range alts {
		costs = append(costs, b.wordsOnly(key, a))
		total += costs[len(costs)-1]
	}
	deep := key.to-key.from <= nestLimit && len(alts) <= nestWidest &&
		total-pairCost*len(alts) > wordCost*words // else no word stands twice
	for deep && len(alts) > 2 {
		x, y, gain := -1, -1, 0
		for i := range alts {
			for j := i + 1; j < len(alts); j++ {
				if !b.kin(key, alts[i], alts[j]) {
					continue
				}
				if g := costs[i] + costs[j] - b.alternative(key, alts[i]|alts[j]); g > gain {
					x, y, gain = i, j, g
				}
			}
		}
		if gain == 0 {
			break
		}
		alts[x] |= alts[y]
		costs[x] = b.alternative(key, alts[x])
		alts, costs = slices.Delete(alts, y, y+1), slices.Delete(costs, y, y+1)
	}
	total = placeCost
	for i, c := range costs {
		if total += c; !b.fit(key, alts[i]) {
			return never, nil
		}
	}
	return total, alts
}

// fit tells whether the words of all strands of an alternative may stand there.
func (b *bracketing) fit(key planKey, strands uint64) bool {
	if b.nesting == nil {
		return true
	}
	for s := strands & b.read; s != 0; s &= s - 1 {
		k := bits.TrailingZeros64(s)
		if !b.fits(b.strands[k].words[b.upto[k][key.from]:b.upto[k][key.to]], strands&b.base != 0) {
			return false
		}
	}
	return true
}

// balanced tells whether the brackets that the words themselves hold balance
// in all strands.
func (b *bracketing) balanced(key planKey) bool {
	if b.nesting == nil {
		return true
	}
	for s := key.strands & b.read; s != 0; s &= s - 1 {
		k := bits.TrailingZeros64(s)
		if !b.nesting[k].balanced(int(b.upto[k][key.from]), int(b.upto[k][key.to])) {
			return false
		}
	}
	return true
}

// kin tells whether two sets of strands share words enough that one composite
// of both could be cheaper than two.
func (b *bracketing) kin(key planKey, x, y uint64) bool {
	x, y = x&b.read, y&b.read
	for r := key.from; r < key.to; r++ {
		if s := b.stretch[r].strands; s&x != 0 && s&y != 0 && !b.tiny[r] {
			return true
		}
	}
	return false
}

// alternative prices one alternative of a group: its brackets and what is in
// them.
func (b *bracketing) alternative(key planKey, strands uint64) int {
	p := b.best(planKey{key.from, key.to, strands})
	price := pairCost + p.cost
	for _, s := range p.steps {
		if s.alternatives != nil {
			price += nestCost
		}
	}
	return price
}

// wordsOnly prices an alternative whose strands have equal words.
func (b *bracketing) wordsOnly(key planKey, strands uint64) int {
	k := bits.TrailingZeros64(strands)
	n := int(b.upto[k][key.to] - b.upto[k][key.from])
	if n == 0 && strands&b.base != 0 {
		return 0 // an insertion: those who keep the base have nothing to print
	}
	return pairCost + wordCost*n
}

// distinct gives the parts that are read, joined where their words are equal,
// in order of their first strands.
func (b *bracketing) distinct(key planKey, parts []uint64) []uint64 {
	alts := make([]uint64, 0, len(parts))
	for _, p := range parts {
		k := bits.TrailingZeros64(p)
		same := slices.IndexFunc(alts, func(a uint64) bool { return b.equal(key, k, bits.TrailingZeros64(a)) })
		if same < 0 {
			alts = append(alts, p)
		} else {
			alts[same] |= p
		}
	}
	alts = slices.DeleteFunc(alts, func(a uint64) bool { return a&b.read == 0 })
	slices.SortFunc(alts, func(x, y uint64) int { return bits.TrailingZeros64(x) - bits.TrailingZeros64(y) })
	return alts
}

// equal tells whether two strands have the same words in the stretches.
func (b *bracketing) equal(key planKey, x, y int) bool {
	n := b.upto[x][key.to] - b.upto[x][key.from]
	if n != b.upto[y][key.to]-b.upto[y][key.from] {
		return false
	}
	hash := func(k int) uint64 { return b.prints[k][key.to] - b.prints[k][key.from]*b.powers[n] }
	if hash(x) != hash(y) {
		return false
	}
	wx := b.strands[x].words[b.upto[x][key.from]:b.upto[x][key.to]]
	wy := b.strands[y].words[b.upto[y][key.from]:b.upto[y][key.to]]
	return slices.Equal(wx, wy)
}

// passages appends what a plan prints.
func (b *bracketing) passages(out []passage, p *plan, strands uint64) []passage {
	for _, s := range p.steps {
		if s.alternatives == nil {
			k := bits.TrailingZeros64(strands & b.read)
			v := b.strands[k]
			from, to := b.upto[k][s.from], b.upto[k][s.to]
			out = appendPlain(out, v.words[from:to], v.gaps[from:to])
			continue
		}
		var g passage
		for _, a := range s.alternatives {
			sub := b.best(planKey{s.from, s.to, a})
			if len(b.passages(nil, sub, a)) == 0 && a&b.base != 0 {
				continue
			}
			v := variant{silent: a&b.base != 0, body: b.passages(nil, sub, a)}
			for m := a & b.read; m != 0; m &= m - 1 {
				v.rows = append(v.rows, b.strands[bits.TrailingZeros64(m)].rows...)
			}
			slices.Sort(v.rows)
			g.alternatives = append(g.alternatives, v)
		}
		out = append(out, g)
	}
	return out
}
