package draft

import "slices"

// collation aligns the words of several rows together and finds the shortest
// and plainest way to print them as one composite.
//
// What no row changed is found first, by aligning every row with one backbone
// (collate_pair.go). What is left falls apart into small regions; in each the
// distinct versions are aligned together (collate_columns.go), words that they
// share by chance alone are parted (collate_sever.go), and the cheapest
// brackets are chosen (collate_bracket.go, collate_search.go,
// collate_place.go).
//
// The graph of variants is kept as one sequence that all follow, so the fewest
// words of a composite are a shortest common supersequence. The papers are named
// in the package comment.
type collation struct {
	words  *lexicon
	rows   []row
	base   int // the row that is the base; -1 for none
	pairs  pairer
	prices prices
	stuck  bool                                  // in some region no alternatives fit
	fits   func(words []int32, silent bool) bool // whether words may stand as an alternative; nil for any
}

// row is one distinct version of the words, and whether any seat reads it: a
// base that nobody keeps whole is aligned all the same.
type row struct {
	words []int32 // in the lexicon
	gaps  []gap   // what stands before each word
	read  bool
}

// gap is the white space before a word: it folds, but print keeps it.
type gap uint8

const (
	spaced gap = iota
	broken     // a new line
	parted     // a blank line
)

// passage is one stretch of a composite: words that all its readers share, or
// alternatives between which they differ.
type passage struct {
	words        []int32
	gaps         []gap
	alternatives []variant
}

// variant is one alternative of a passage: the rows that read it, and its own
// composite, which may nest.
type variant struct {
	rows   []int
	silent bool // the base's words: unattributed in print
	body   []passage
}

// margin is how many unchanged words are left at each end of a region, so that
// its borders can still slide to a better place.
const margin = 4

// collate gives the composite of the rows.
func (c *collation) collate() []passage {
	if len(c.rows) == 1 {
		return appendPlain(nil, c.rows[0].words, c.rows[0].gaps)
	}
	c.weigh()
	spine := c.backbone()
	places := make([][]int32, len(c.rows))
	for i, r := range c.rows {
		if i != spine {
			places[i] = c.pairs.align(c.rows[spine].words, r.words)
		}
	}
	places[spine] = make([]int32, len(c.rows[spine].words))
	for j := range places[spine] {
		places[spine][j] = int32(j)
	}
	c.prices = fewestWords
	out := c.bracketed(spine, places)
	if words, n := measure(out); n >= fewPlaces && n*dense >= words {
		c.prices = fewestBrackets
		return c.bracketed(spine, places)
	}
	return out
}

// A clause is hard to read when every sixth word opens a bracket.
const (
	dense     = 6
	fewPlaces = 4
)

// measure counts the words of a composite and the places where it has
// alternatives.
func measure(ps []passage) (words, places int) {
	for _, p := range ps {
		words += len(p.words)
		if p.alternatives != nil {
			places++
		}
		for _, v := range p.alternatives {
			w, n := measure(v.body)
			words, places = words+w, places+n
		}
	}
	return words, places
}

// bracketed gives the composite at the prices in force; as one region where in
// some smaller one no alternatives fit.
func (c *collation) bracketed(spine int, places [][]int32) []passage {
	c.stuck = false
	out := c.cut(spine, places)
	if c.stuck {
		c.stuck = false
		out = c.whole()
	}
	return out
}

// whole collates the rows as one region.
func (c *collation) whole() []passage {
	from, to := make([]int, len(c.rows)), make([]int, len(c.rows))
	for i, r := range c.rows {
		to[i] = len(r.words)
	}
	return c.region(nil, from, to)
}

// backbone chooses the row with which all others are aligned: the base, else
// the row that shares most words with the rest.
func (c *collation) backbone() int {
	if c.base >= 0 {
		return c.base
	}
	if len(c.rows) == 2 {
		return 0
	}
	total := make([]int32, len(c.words.text))
	for _, r := range c.rows {
		for _, w := range r.words {
			total[w]++
		}
	}
	best, most := 0, -1
	seen := make([]int32, len(c.words.text))
	for i, r := range c.rows {
		shared := 0
		for _, w := range r.words {
			if seen[w] != int32(i+1) {
				seen[w] = int32(i + 1)
				shared += int(min(total[w], int32(2*len(c.rows)))) - 1
			}
		}
		if shared > most {
			best, most = i, shared
		}
	}
	return best
}

// weigh sets what a match of each word is worth: rare words are worth more, so
// that repeated ones do not confuse.
func (c *collation) weigh() {
	c.pairs.words = c.words
	count := make([]int, len(c.words.text))
	for _, r := range c.rows {
		for _, w := range r.words {
			count[w]++
		}
	}
	if cap(c.pairs.worth) < len(count) {
		c.pairs.worth = make([]int32, len(count))
	}
	c.pairs.worth = c.pairs.worth[:len(count)]
	for w, n := range count {
		v := int32(matchWorth)
		if n <= len(c.rows) && !c.words.small[w] {
			v += rareWorth
		}
		c.pairs.worth[w] = v
	}
}

// cut splits the rows at long stretches that no row changed, and collates what
// lies between. places tells, for each row and each word of the backbone, where
// the row has that word; -1 for nowhere.
func (c *collation) cut(spine int, places [][]int32) []passage {
	var out []passage
	at := make([]int, len(c.rows)) // how far each row is done
	stops := make([]int, len(c.rows))
	words, gaps := c.rows[spine].words, c.rows[spine].gaps
	for j := 0; j < len(words); {
		end := c.unchanged(places, j)
		from, to := j, end
		if from > 0 || !c.allAt(places, j, func(int) int { return 0 }) {
			from += margin
		}
		if to < len(words) || !c.allAt(places, to-1, func(i int) int { return len(c.rows[i].words) - 1 }) {
			to -= margin
		}
		if from < to {
			for i := range c.rows {
				stops[i] = int(places[i][from])
			}
			out = c.region(out, at, stops)
			out = appendPlain(out, words[from:to], gaps[from:to])
			for i := range c.rows {
				at[i] = stops[i] + to - from
			}
		}
		j = max(end, j+1)
	}
	for i, r := range c.rows {
		stops[i] = len(r.words)
	}
	return c.region(out, at, stops)
}

// unchanged gives the end of the stretch from j that every row has word for
// word with nothing between; j itself when there is none.
func (c *collation) unchanged(places [][]int32, j int) int {
	end := j
	for ; end < len(places[0]); end++ {
		for _, p := range places {
			if p[end] < 0 || end > j && p[end] != p[end-1]+1 {
				return end
			}
		}
	}
	return end
}

// allAt tells whether word j of the backbone stands in each row at the place
// that want gives.
func (c *collation) allAt(places [][]int32, j int, want func(row int) int) bool {
	if j < 0 {
		return false
	}
	for i, p := range places {
		if int(p[j]) != want(i) {
			return false
		}
	}
	return true
}

// region collates the words of each row from its place in "at" to its place in
// "stops", and appends the outcome.
func (c *collation) region(out []passage, at, stops []int) []passage {
	var vs []strand
	for i, r := range c.rows {
		w := r.words[at[i]:stops[i]]
		k := slices.IndexFunc(vs, func(v strand) bool { return slices.Equal(v.words, w) })
		if k < 0 {
			k = len(vs)
			vs = append(vs, strand{words: w, gaps: r.gaps[at[i]:stops[i]]})
		}
		vs[k].rows = append(vs[k].rows, i)
		vs[k].read = vs[k].read || r.read
		vs[k].base = vs[k].base || i == c.base
	}
	if len(vs) == 1 {
		return appendPlain(out, vs[0].words, vs[0].gaps)
	}
	if len(vs) > maxStrands {
		return append(out, wholly(vs))
	}
	cols := c.columns(vs)
	return c.bracket(out, vs, cols)
}

// strand is one distinct version of the words of a region.
type strand struct {
	words []int32
	gaps  []gap
	rows  []int
	read  bool // by some seat
	base  bool
}

// maxStrands is how many versions of one region are aligned together; where
// there are more, each is printed whole.
const maxStrands = 64

// wholly prints each strand whole, as alternatives.
func wholly(vs []strand) passage {
	var p passage
	for _, v := range vs {
		if v.read {
			p.alternatives = append(p.alternatives, variant{rows: v.rows, silent: v.base, body: appendPlain(nil, v.words, v.gaps)})
		}
	}
	return p
}

// appendPlain appends words that all readers share.
func appendPlain(out []passage, words []int32, gaps []gap) []passage {
	if len(words) == 0 {
		return out
	}
	if n := len(out) - 1; n >= 0 && out[n].alternatives == nil {
		out[n].words = append(out[n].words[:len(out[n].words):len(out[n].words)], words...)
		out[n].gaps = append(out[n].gaps[:len(out[n].gaps):len(out[n].gaps)], gaps...)
		return out
	}
	return append(out, passage{words: words, gaps: gaps})
}
