package draft

import "slices"

// section is one or more neighbouring planks that are collated as one: several
// where a text splits or merges clauses.
type section struct {
	planks   []plank
	rows     [][]int // for each row of the passages: the texts that have these words
	passages []passage
	same     int32 // the wording that all readers have; none where they differ
}

// sections collates the planks, and joins neighbours where their words are
// printed fewer times together.
func (c *compiler) sections(planks []plank) []section {
	var out []section
	for i := 0; i < len(planks); {
		s := c.compose(planks[i : i+1])
		next := i + 1
		for next < len(planks) && next-i < maxJoined && c.mayJoin(s.planks, planks[next]) {
			one := c.compose(planks[next : next+1])
			both := c.compose(planks[i : next+1])
			if c.price(both) >= c.price(s)+c.price(one) {
				break
			}
			s = both
			next++
		}
		out = append(out, s)
		i = next
	}
	return out
}

// maxJoined is how many neighbouring planks are tried as one.
const maxJoined = 8

// mayJoin tells whether some text lacks words in one place that it has in the
// other, so that the two may be parts of one clause.
func (c *compiler) mayJoin(planks []plank, next plank) bool {
	for t := range next.in {
		for u := range next.in {
			here, there := planks[len(planks)-1].in[t], next.in[t]
			if (here < 0) == (there < 0) {
				continue
			}
			// Text t has one of the two alone. Do the words of that one stand
			// in the other, as another text has it?
			alone, other := max(here, there), next.in[u]
			if here < 0 {
				other = planks[len(planks)-1].in[u]
			}
			if other < 0 || other == alone {
				continue
			}
			x, y := c.known(alone), c.known(other)
			if n := shared(x.pairs(), y.pairs()); 2*n >= min(len(x.grams), len(y.grams)) {
				return true
			}
		}
	}
	return false
}

// price is what a section costs to read: its words, and a little for brackets.
func (c *compiler) price(s section) int {
	if s.same >= 0 {
		return wordCost * len(c.known(s.same).words)
	}
	return priceOf(s.passages)
}

func priceOf(ps []passage) int {
	total := 0
	for _, p := range ps {
		total += wordCost * len(p.words)
		if p.alternatives != nil {
			total += fewestWords.place
		}
		for _, v := range p.alternatives {
			total += fewestWords.pair + priceOf(v.body)
		}
	}
	return total
}

// compose collates what the texts have in the planks. Texts that have nothing
// there stand against the whole.
func (c *compiler) compose(planks []plank) section {
	s := section{planks: planks, same: none}
	var rows []row
	var keys [][]int32
	var blanks [][]gap
	based := -1 // the row of the base
	var absent []int
	for t := range c.texts {
		var key []int32
		var before []gap
		for _, p := range planks {
			if p.in[t] >= 0 {
				key, before = append(key, p.in[t]), append(before, gapOf(p.before))
			}
		}
		if key == nil {
			absent = append(absent, t)
			continue
		}
		k := slices.IndexFunc(keys, func(x []int32) bool { return slices.Equal(x, key) })
		if k < 0 {
			k = len(keys)
			keys, blanks = append(keys, key), append(blanks, before)
			rows, s.rows = append(rows, row{}), append(s.rows, nil)
		}
		s.rows[k] = append(s.rows[k], t)
		rows[k].read = rows[k].read || len(c.texts[t].seats) > 0
		if t == c.base {
			based = k
		}
	}
	readers := slices.IndexFunc(rows, func(r row) bool { return r.read })
	alone := readers >= 0 && !slices.ContainsFunc(rows[readers+1:], func(r row) bool { return r.read })
	if readers < 0 {
		return s // only the base has it: nobody keeps it
	}
	missing := slices.ContainsFunc(absent, func(t int) bool { return len(c.texts[t].seats) > 0 })
	if alone && !missing && len(keys[readers]) == 1 {
		s.same = keys[readers][0]
		return s
	}
	for k, key := range keys {
		rows[k].words, rows[k].gaps = c.joined(key, blanks[k])
	}
	if alone {
		if based != readers {
			based = none
		}
		rows, s.rows, based = rows[readers:readers+1], s.rows[readers:readers+1], min(based, 0)
	}
	return c.composed(s, rows, based, absent, missing)
}

// joined gives the words of several clauses as one run, with what stands before
// each.
func (c *compiler) joined(key []int32, before []gap) ([]int32, []gap) {
	if len(key) == 1 {
		w := c.known(key[0])
		return w.words, w.gaps
	}
	var words []int32
	var gaps []gap
	for i, n := range key {
		w := c.known(n)
		at := len(gaps)
		words, gaps = append(words, w.words...), append(gaps, w.gaps...)
		gaps[at] = max(before[i], broken)
	}
	return words, gaps
}

// composed collates the rows of a section and sets the texts that have nothing
// there against them.
func (c *compiler) composed(s section, rows []row, based int, absent []int, missing bool) section {
	c.collation.rows, c.collation.base = rows, based
	s.passages = c.collate()
	insertion := c.base >= 0 && slices.Contains(absent, c.base)
	if !missing || insertion && len(s.passages) == 1 && s.passages[0].alternatives != nil {
		return s
	}
	whole := passage{}
	if len(s.passages) == 1 && s.passages[0].alternatives != nil {
		whole.alternatives = s.passages[0].alternatives
	} else {
		v := variant{silent: based >= 0 && c.keeps(s.passages, rows[based]), body: s.passages}
		for k, r := range rows {
			if r.read {
				v.rows = append(v.rows, k)
			}
		}
		whole.alternatives = []variant{v}
	}
	if !insertion {
		s.rows = append(s.rows[:len(s.rows):len(s.rows)], absent)
		whole.alternatives = append(whole.alternatives, variant{rows: []int{len(s.rows) - 1}})
	}
	s.passages = []passage{whole}
	return s
}

// keeps tells whether somebody keeps a good part of the base's words.
func (c *compiler) keeps(ps []passage, base row) bool {
	stands := map[int32]bool{}
	for _, w := range base.words {
		stands[w] = true
	}
	plain, kept := 0, 0
	for _, p := range ps {
		for _, v := range p.alternatives {
			if v.silent {
				return true
			}
		}
		for _, w := range p.words {
			plain++
			if stands[w] {
				kept++
			}
		}
	}
	return 2*kept > plain
}
