package draft

import "slices"

// pairer aligns two runs of words: the most words matched, then the fewest
// gaps, then gaps that begin and end where phrases do.
//
// Three-word sequences that each side has once are matched first, as in
// patience diff; what lies between is aligned by dynamic programming with
// affine gaps (Needleman and Wunsch 1970; Gotoh 1982).
type pairer struct {
	words  *lexicon
	worth  []int32 // of a match of each word
	favour []int32 // what a match with each word of b is worth beyond; nil for nothing

	trace   []byte
	kept    []int32 // scores of this row and the one above, in both states
	borders []int32
	ends    [2]int32 // the last cell: matched, and in a gap
	cells   int      // computed so far
}

// What alignments are worth. A match outweighs any number of gaps that it can
// add; rarity and phrases only decide between alignments with equal matches.
const (
	matchWorth  = 64
	rareWorth   = 4
	gapCost     = 20
	phraseWorth = 1
	maxWindow   = 16 << 20 // cells of one table
)

// align gives, for each word of a, the index of its match in b, or -1.
func (p *pairer) align(a, b []int32) []int32 {
	out := make([]int32, len(a))
	for i := range out {
		out[i] = -1
	}
	p.window(a, b, 0, 0, out)
	return out
}

// window aligns a and b, which begin at offsets i0 and j0 of the whole.
func (p *pairer) window(a, b []int32, i0, j0 int, out []int32) {
	lead := 0
	for lead < len(a) && lead < len(b) && a[lead] == b[lead] {
		lead++
	}
	if lead == len(a) && lead == len(b) {
		matchRun(out, i0, j0, lead)
		return
	}
	tail := 0
	for tail < min(len(a), len(b))-lead && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	lead, tail = max(0, lead-margin), max(0, tail-margin)
	matchRun(out, i0, j0, lead)
	matchRun(out, i0+len(a)-tail, j0+len(b)-tail, tail)
	a, b = a[lead:len(a)-tail], b[lead:len(b)-tail]
	i0, j0 = i0+lead, j0+lead

	if len(a)*len(b) > 24*24 {
		if runs := p.anchors(a, b); len(runs) > 0 {
			i, j := 0, 0
			for _, r := range runs {
				p.table(a[i:r.a], b[j:r.b], i0+i, j0+j, out)
				matchRun(out, i0+r.a, j0+r.b, r.n)
				i, j = r.a+r.n, r.b+r.n
			}
			p.table(a[i:], b[j:], i0+i, j0+j, out)
			return
		}
	}
	p.table(a, b, i0, j0, out)
}

func matchRun(out []int32, i, j, n int) {
	for k := range n {
		out[i+k] = int32(j + k)
	}
}

// run is a stretch of n equal words at a in one side and at b in the other.
type run struct{ a, b, n int }

// anchors gives the stretches around three-word sequences that both sides have
// once, in the longest order that holds on both sides, without their ends: the
// borders are left to the table.
func (p *pairer) anchors(a, b []int32) []run {
	ga, gb := newGrams(a), newGrams(b)
	var hits []run
	for i := range max(0, len(a)-2) {
		if ga.find(a, a[i:i+3]) != i {
			continue
		}
		if j := gb.find(b, a[i:i+3]); j >= 0 {
			hits = append(hits, run{i, j, 3})
		}
	}
	var runs []run
	end := run{}
	for _, h := range increasing(hits) {
		if h.a < end.a || h.b < end.b {
			continue
		}
		for h.a > end.a && h.b > end.b && a[h.a-1] == b[h.b-1] {
			h.a, h.b, h.n = h.a-1, h.b-1, h.n+1
		}
		for h.a+h.n < len(a) && h.b+h.n < len(b) && a[h.a+h.n] == b[h.b+h.n] {
			h.n++
		}
		end = run{a: h.a + h.n, b: h.b + h.n}
		if h.n > 2*margin {
			runs = append(runs, run{h.a + margin, h.b + margin, h.n - 2*margin})
		}
	}
	return runs
}

// increasing gives a longest subsequence of hits, which are in order of a, that
// is also in order of b.
func increasing(hits []run) []run {
	tails := make([]int, 0, len(hits)) // tails[n]: the hit that ends a sequence of n+1 with the least b
	before := make([]int, len(hits))
	for h := range hits {
		n, _ := slices.BinarySearchFunc(tails, hits[h].b, func(t, b int) int { return hits[t].b - b })
		before[h] = -1
		if n > 0 {
			before[h] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, h)
		} else {
			tails[n] = h
		}
	}
	out := make([]run, len(tails))
	if len(tails) > 0 {
		for n, h := len(tails)-1, tails[len(tails)-1]; h >= 0; n, h = n-1, before[h] {
			out[n] = hits[h]
		}
	}
	return out
}

// grams finds three-word sequences by their words.
type grams struct {
	slots []int32 // index of the sequence plus one, negative when it stands twice or more; 0 for free
}

func newGrams(w []int32) grams {
	size := 16
	for size < 2*len(w) {
		size *= 2
	}
	g := grams{make([]int32, size)}
	for i := range max(0, len(w)-2) {
		s := g.slot(w, w[i:i+3])
		if g.slots[s] == 0 {
			g.slots[s] = int32(i + 1)
		} else if g.slots[s] > 0 {
			g.slots[s] = -g.slots[s]
		}
	}
	return g
}

// find gives where the sequence stands in w, if it stands there once; else -1.
func (g grams) find(w, gram []int32) int {
	if i := g.slots[g.slot(w, gram)]; i > 0 {
		return int(i - 1)
	}
	return -1
}

func (g grams) slot(w, gram []int32) int {
	h := uint64(gram[0])*0x9E3779B97F4A7C15 + uint64(gram[1])*0xC2B2AE3D27D4EB4F + uint64(gram[2])*0x165667B19E3779F9
	mask := len(g.slots) - 1
	for s := int((h ^ h>>29) & uint64(mask)); ; s = (s + 1) & mask {
		i := max(g.slots[s], -g.slots[s])
		if i == 0 || slices.Equal(w[i-1:i+2], gram) {
			return s
		}
	}
}

// Where a cell of the table was reached from.
const (
	matchFromGap = 1 << iota // the matched state: from a gap, else from a match
	gapGrows                 // the gap state: from a gap, else from a match
	gapTakesA                // the gap state: by a word of a, else of b
)

// table aligns a and b by dynamic programming over two states: the last words
// were matched, or a gap is open.
func (p *pairer) table(a, b []int32, i0, j0 int, out []int32) {
	n, m := len(a), len(b)
	if n == 0 || m == 0 || n > maxWindow/m-1 {
		return
	}
	w := m + 1
	p.cells += n * m
	if cap(p.trace) < (n+1)*w {
		p.trace = make([]byte, (n+1)*w)
	}
	if cap(p.kept) < 4*w {
		p.kept = make([]int32, 4*w)
	}
	p.fill(a, b)
	matched := p.ends[0] >= p.ends[1]
	for i, j := n, m; i > 0 || j > 0; {
		t := p.trace[i*w+j]
		switch {
		case matched:
			i, j = i-1, j-1
			out[i0+i] = int32(j0 + j)
			matched = t&matchFromGap == 0
		case t&gapTakesA != 0:
			i, matched = i-1, t&gapGrows == 0
		default:
			j, matched = j-1, t&gapGrows == 0
		}
	}
}

// fill computes the table. trace tells where each cell was reached from; ends
// are the scores of the last cell in its two states.
func (p *pairer) fill(a, b []int32) {
	const never = -1 << 28
	m := len(b)
	w := m + 1
	kept := p.kept[:4*w]
	matched, gapped, nextMatched, nextGapped := kept[:w], kept[w:2*w], kept[2*w:3*w], kept[3*w:]
	pb := p.phrases(p.borders[:0], b)
	p.borders = pb
	open := -gapCost + pb[0]
	for j := range w {
		matched[j], gapped[j] = never, open
		p.trace[j] = gapGrows
	}
	matched[0], gapped[0] = 0, never
	if m > 0 {
		p.trace[1] = 0
	}
	for i := 1; i <= len(a); i++ {
		trace := p.trace[i*w : (i+1)*w]
		pa, paBefore := p.phrase(a, i), p.phrase(a, i-1)
		x, worth := a[i-1], p.worth[a[i-1]]
		nextMatched[0], nextGapped[0] = never, max(gapped[0], matched[0]-gapCost+paBefore+pb[0])
		trace[0] = gapTakesA | gapGrows
		if i == 1 {
			trace[0] = gapTakesA
		}
		for j := 1; j <= m; j++ {
			var t byte
			hit := int32(never)
			if b[j-1] == x {
				hit = matched[j-1]
				if g := gapped[j-1] + paBefore + pb[j-1]; g > hit {
					hit, t = g, matchFromGap
				}
				hit += worth
				if p.favour != nil {
					hit += p.favour[j-1]
				}
			}
			nextMatched[j] = hit
			gap := nextGapped[j-1]
			from := byte(gapGrows)
			if g := nextMatched[j-1] - gapCost + pa + pb[j-1]; g > gap {
				gap, from = g, 0
			}
			if g := gapped[j]; g > gap {
				gap, from = g, gapGrows|gapTakesA
			}
			if g := matched[j] - gapCost + paBefore + pb[j]; g > gap {
				gap, from = g, gapTakesA
			}
			nextGapped[j] = gap
			trace[j] = t | from
		}
		matched, gapped, nextMatched, nextGapped = nextMatched, nextGapped, matched, gapped
	}
	p.ends = [2]int32{matched[m], gapped[m]}
}

// phrases gives, for each place between the words of w and at both ends, how
// well a phrase can begin or end there.
func (p *pairer) phrases(out, w []int32) []int32 {
	for i := range len(w) + 1 {
		out = append(out, p.phrase(w, i))
	}
	return out
}

func (p *pairer) phrase(w []int32, i int) int32 {
	if i == 0 || i == len(w) {
		return 0
	}
	return phraseWorth * p.words.border(w[i-1], w[i])
}
