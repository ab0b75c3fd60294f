package draft

import (
	"math/bits"
	"slices"
)

// group prices a stage as one place, and gives the strands of each alternative.
// Parts with equal words share one. Where sets of strands have no word in common,
// each set may be one alternative with a composite of its own.
func (b *bracketing) group(key planKey, p stage) (int, []uint64) {
	if !b.balanced(key) {
		return never, nil
	}
	alts := b.distinct(key, p.parts)
	if len(alts) < 2 {
		return never, nil
	}
	price := b.prices.place
	for _, a := range alts {
		price += b.wordsOnly(key, a)
	}
	if twice := price-b.prices.place-b.prices.pair*len(alts) > wordCost*p.words; twice && len(alts) > 2 {
		if nested, sets := b.nested(key, alts, p.kin); nested < price {
			price, alts = nested, sets
		}
	}
	for _, a := range alts {
		if !b.fit(key, a) {
			return never, nil
		}
	}
	return price, alts
}

// nested prices a place whose alternatives are sets of kin.
func (b *bracketing) nested(key planKey, alts, kin []uint64) (int, []uint64) {
	sets := make([]uint64, 0, len(kin))
	for _, k := range kin {
		for _, a := range alts { // equal words are kin, wherever they are aligned
			if a&k != 0 {
				k |= a
			}
		}
		if k&b.read != 0 {
			sets = unite(append(sets, k), k)
		}
	}
	if len(sets) < 2 || len(sets) == len(alts) {
		return never, nil
	}
	price := b.prices.place
	for _, s := range sets {
		if slices.Contains(alts, s) {
			price += b.wordsOnly(key, s)
		} else {
			price += b.alternative(key, s)
		}
	}
	slices.SortFunc(sets, func(x, y uint64) int { return bits.TrailingZeros64(x) - bits.TrailingZeros64(y) })
	return price, sets
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

// alternative prices one alternative of a group: its brackets and what is in
// them.
func (b *bracketing) alternative(key planKey, strands uint64) int {
	p := b.best(planKey{key.from, key.to, strands})
	price := b.prices.pair + p.cost
	for _, s := range p.steps {
		if s.alternatives != nil {
			price += b.prices.nest
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
	return b.prices.pair + wordCost*n
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

// unite joins the sets that have some of the strands.
func unite(sets []uint64, strands uint64) []uint64 {
	all, rest := uint64(0), sets[:0]
	for _, s := range sets {
		if s&strands != 0 {
			all |= s
		} else {
			rest = append(rest, s)
		}
	}
	if all == 0 {
		return rest
	}
	return append(rest, all)
}

func singles(out []uint64, strands uint64) []uint64 {
	for s := strands; s != 0; s &= s - 1 {
		out = append(out, s&-s)
	}
	return out
}
