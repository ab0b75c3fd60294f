package draft

import "slices"

// What makes two clauses one: likeness goes from 0 to 1,000.
const (
	alike     = 300 // enough by itself
	sameLabel = 200 // what an equal label adds
)

// matchClauses gives, for each clause of a text, the plank that it belongs to,
// or -1; in order.
func (c *compiler) matchClauses(clauses []int32, planks []plank) []int {
	match := make([]int, len(clauses))
	for i := range match {
		match[i] = none
	}
	lead := 0
	for lead < min(len(clauses), len(planks)) && planks[lead].has(clauses[lead]) {
		match[lead] = lead
		lead++
	}
	end, last := len(clauses), len(planks)
	for end > lead && last > lead && planks[last-1].has(clauses[end-1]) {
		end, last = end-1, last-1
		match[end] = last
	}
	i, j := lead, lead
	for _, r := range c.fixed(clauses, planks, lead, end, last) {
		c.likeliest(clauses, planks, match, span{i, r.a, j, r.b})
		match[r.a] = r.b
		i, j = r.a+1, r.b+1
	}
	c.likeliest(clauses, planks, match, span{i, end, j, last})
	return match
}

func (p plank) has(n int32) bool { return slices.Contains(p.in, n) }

// fixed gives the clauses that stand once on both sides, as many words of them
// as are in one order on both.
func (c *compiler) fixed(clauses []int32, planks []plank, lead, end, last int) []run {
	where := map[int32]int{}
	for j := lead; j < last; j++ {
		for k, n := range planks[j].in {
			if n < 0 || slices.Contains(planks[j].in[:k], n) {
				continue
			}
			if _, twice := where[n]; twice {
				where[n] = none
			} else {
				where[n] = j
			}
		}
	}
	count := map[int32]int{}
	for _, n := range clauses[lead:end] {
		count[n]++
	}
	var hits []run
	for i := lead; i < end; i++ {
		if j, ok := where[clauses[i]]; ok && j >= 0 && count[clauses[i]] == 1 {
			hits = append(hits, run{a: i, b: j, n: len(c.clauses[clauses[i]].folded)})
		}
	}
	return heaviest(hits)
}

// heaviest gives the subsequence of hits, which are in order of a, that is also
// in order of b and longest in all: of two clauses that changed places, the
// shorter one was moved.
func heaviest(hits []run) []run {
	if len(hits) > maxHits || slices.IsSortedFunc(hits, func(x, y run) int { return x.b - y.b }) {
		return increasing(hits)
	}
	weight, before := make([]int, len(hits)), make([]int, len(hits))
	last := none
	for h := range hits {
		before[h] = none
		for g := range h {
			if hits[g].b < hits[h].b && weight[g] > weight[h] {
				weight[h], before[h] = weight[g], g
			}
		}
		weight[h] += hits[h].n
		if last < 0 || weight[h] > weight[last] {
			last = h
		}
	}
	var out []run
	for ; last >= 0; last = before[last] {
		out = append(out, hits[last])
	}
	slices.Reverse(out)
	return out
}

// maxHits is how many clauses out of order are weighed against each other.
const maxHits = 2000

// span is a stretch of clauses against a stretch of planks.
type span struct{ from, to, first, last int }

// likeliest matches the clauses of a span with its planks so that the sum of
// likeness, weighted by length, is greatest.
func (c *compiler) likeliest(clauses []int32, planks []plank, match []int, s span) {
	n, m := s.to-s.from, s.last-s.first
	if n == 0 || m == 0 {
		return
	}
	worth := c.worths(clauses, planks, s)
	best := make([]int, (n+1)*(m+1))
	w := m + 1
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			v := max(best[(i+1)*w+j], best[i*w+j+1])
			if x := worth[i*m+j]; x > 0 {
				v = max(v, best[(i+1)*w+j+1]+x)
			}
			best[i*w+j] = v
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch v := best[i*w+j]; {
		case worth[i*m+j] > 0 && v == best[(i+1)*w+j+1]+worth[i*m+j]:
			match[s.from+i] = s.first + j
			i, j = i+1, j+1
		case v == best[i*w+j+1]:
			j++
		default:
			i++
		}
	}
}

// worths gives what a match of each clause of the span with each plank is
// worth; 0 for no match. A plank is judged by its first wording. In long spans
// only planks are looked at that share rare words with the clause, or its label.
func (c *compiler) worths(clauses []int32, planks []plank, s span) []int {
	n, m := s.to-s.from, s.last-s.first
	firsts := make([]int32, m)
	for j := range firsts {
		in := planks[s.first+j].in
		firsts[j] = in[slices.IndexFunc(in, func(n int32) bool { return n >= 0 })]
		c.known(firsts[j])
	}
	var near *finder
	if n*m > manyPairs {
		near = c.newFinder(firsts)
	}
	out := make([]int, n*m)
	for i, number := range clauses[s.from:s.to] {
		x := c.known(number)
		found := near.find(x)
		for j, first := range firsts {
			y := &c.clauses[first]
			switch {
			case planks[s.first+j].has(number):
				out[i*m+j] = c.worthOf(x, x, false)
			case found == nil || found[j] >= fewShared || x.label != "" && x.label == y.label:
				out[i*m+j] = c.worthOf(x, y, n*m == 1)
			}
		}
	}
	return out
}

const (
	manyPairs  = 256 // of clauses and planks, beyond which the finder is used
	fewShared  = 3   // rare words and pairs that likely clauses share
	commonWord = 8   // wordings in which a word stands that is not rare
)

// finder finds wordings by the words and pairs of words that they hold.
type finder struct {
	holding map[uint64][]int32
	counts  []int32
}

func (c *compiler) newFinder(wordings []int32) *finder {
	f := &finder{map[uint64][]int32{}, make([]int32, len(wordings))}
	for j, n := range wordings {
		for _, g := range slices.Compact(slices.Clone(c.clauses[n].pairs())) {
			if in := f.holding[g]; len(in) <= commonWord {
				f.holding[g] = append(in, int32(j))
			}
		}
	}
	return f
}

// find counts, for each wording, the rare words and pairs that it shares with
// x. The nil finder finds nothing and gives nil.
func (f *finder) find(x *wording) []int32 {
	if f == nil {
		return nil
	}
	clear(f.counts)
	for _, g := range x.pairs() {
		if in := f.holding[g]; len(in) <= commonWord {
			for _, j := range in {
				f.counts[j]++
			}
		}
	}
	return f.counts
}

// worthOf weighs two wordings as versions of one clause. When alone, nothing
// else could be matched with either.
func (c *compiler) worthOf(x, y *wording, alone bool) int {
	weight := 8 + min(len(x.words), len(y.words), 64)
	if x.folded == y.folded {
		return (1000 + sameLabel) * weight
	}
	if x.heading != y.heading {
		return 0
	}
	same := x.label != "" && x.label == y.label
	if alone && (same || x.label == "" || y.label == "") {
		return weight
	}
	if nx, ny := 2*len(x.words)-1, 2*len(y.words)-1; !same && 1000*2*min(nx, ny) < alike*(nx+ny) {
		return 0
	}
	v := likeness(x, y)
	if same {
		v += sameLabel
	} else if v < alike {
		return 0
	}
	return v * weight
}

// likeness tells which part of their words and pairs of words two wordings
// share, from 0 to 1,000: the Dice coefficient.
func likeness(x, y *wording) int {
	gx, gy := x.pairs(), y.pairs()
	return 1000 * 2 * shared(gx, gy) / (len(gx) + len(gy))
}

// pairs gives the words and pairs of neighbouring words, as sorted numbers.
func (w *wording) pairs() []uint64 {
	if w.grams != nil {
		return w.grams
	}
	for i, x := range w.words {
		w.grams = append(w.grams, uint64(x)+1)
		if i > 0 {
			w.grams = append(w.grams, uint64(w.words[i-1]+1)<<32|uint64(x+1))
		}
	}
	slices.Sort(w.grams)
	return w.grams
}

// shared counts what two sorted lists have in common.
func shared(x, y []uint64) int {
	n := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}
