package draft

import (
	"math/bits"
	"slices"
	"strings"
)

// prices are what print costs a reader: the sum is made as small as can be.
type prices struct {
	place int // where alternatives stand
	pair  int // of brackets: each alternative
	nest  int // a place within another
	abut  int // a place that directly follows another
}

// A word is the measure. By the first list words come first, and between
// composites of equal length the one with fewer brackets is cheaper. The second
// is for clauses in which so much differs that brackets are harder to read than words.
var (
	fewestWords    = prices{place: 6, pair: 4, nest: 25, abut: 40}
	fewestBrackets = prices{place: 100, pair: 40, nest: 60, abut: 250}
)

// Where the same seats stand against each other again and again within a few
// words, brackets are dearer than words by either list: two whole phrases beside each
// other read better than many small brackets.
const (
	wordCost    = 100
	islandCost  = 130 // a second place of its like when an article or the like stands between
	saladCost   = 250 // a third when small words stand between, a fourth after any word or two
	nearby      = 2   // how many words "a word or two" are
	widestPlain = 6   // shared words that alternatives may repeat in one stretch
	loosest     = 400 // words of a region in which places may be widened to fit
)

// bracketing finds the cheapest brackets for the columns of one region.
type bracketing struct {
	prices  prices
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
	loose := c.fits != nil && c.mayWiden(cols)
	b := newBracketing(vs, cols, c.words, loose)
	b.prices = c.prices
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

// mayWiden tells whether words of a region hold brackets of their own, so that
// places may have to be widened; not for regions too long for that.
func (c *collation) mayWiden(cols []column) bool {
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
