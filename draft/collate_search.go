package draft

import (
	"math/bits"
	"slices"
)

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
	var room, kin [32]uint64
	for j := 1; j <= n; j++ {
		from[j-1] = len(ways)
		if !b.opens(key.from+j-1, readers) {
			from[j] = len(ways)
			continue
		}
		ways = b.approaches(ways, ends, key.from, j-1, readers)
		from[j] = len(ways)
		p := stage{parts: append(room[:0], key.strands), kin: singles(kin[:0], key.strands)}
		plain := 0
		for i := j - 1; i >= 0 && (b.loose || plain <= widestPlain); i-- {
			s := b.stretch[key.from+i]
			p.parts = split(p.parts, s.strands)
			if !b.tiny[key.from+i] {
				p.kin = unite(p.kin, s.strands)
			}
			switch s.strands & readers {
			case 0:
				continue
			case readers:
				plain += s.words
			default:
				plain = 0
			}
			p.words += s.words
			p.from, p.to, p.before = i, j, ways[from[i]:from[i+1]]
			if b.opens(key.from+i, readers) && cheapest(ends, p.before)+wordCost*p.words+b.prices.place+b.prices.pair < ends[4*j+1].cost {
				b.place(key, p, ends)
			}
		}
	}
	return b.steps(key, ends, b.approaches(nil, ends, key.from, n, readers))
}

// stage is a range of stretches that may become one place.
type stage struct {
	from, to int
	before   []approach // the ways to it
	parts    []uint64   // its strands, in sets that have the same words
	kin      []uint64   // its strands, in sets that hang together by words they share
	words    int        // each counted once
}

// place tries a stage as one place with alternatives.
func (b *bracketing) place(key planKey, p stage, ends []end) {
	price, alts := b.group(planKey{key.from + p.from, key.from + p.to, key.strands}, p)
	for _, a := range p.before {
		e := end{start: p.from, from: a.end, alternatives: alts}
		chain, extra := b.chain(key.from, ends, a, e, p.to)
		e.cost = ends[a.end].cost + a.cost + price + extra
		if e.cost < ends[4*p.to+chain].cost {
			ends[4*p.to+chain] = e
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
		if words == 0 && 4*(i+1) < len(ends) {
			a.cost = b.prices.abut
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
