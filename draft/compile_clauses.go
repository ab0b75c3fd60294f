package draft

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"paraph/record"
)

// compiler holds the distinct texts that are compiled, as sequences of clauses
// that are equal exactly when their numbers are.
type compiler struct {
	seats    []record.Seat // of the submissions, in order; empty for those who hand nothing in
	declared []record.Seat // those of the result: of the submissions and of the base
	front    Front         // of the base
	texts    []sheet
	base     int // index of the base's sheet; -1 for none
	clauses  []wording
	based    int              // how many of them the base has: they come first
	number   map[string]int32 // of a clause by its folded words
	written  map[string]int32 // and by its characters
	collation
}

// sheet is one distinct text and who hands it in.
type sheet struct {
	clauses []int32
	before  []string // white space before each clause
	seats   []int    // indices of submissions, in order
}

// wording is one distinct clause.
type wording struct {
	raw     string // as written, without the white space around it
	folded  string
	label   string
	heading bool
	words   []int32
	gaps    []gap
	grams   []uint64 // see pairs
}

func newCompiler(base *Text, submissions []Submission) *compiler {
	c := &compiler{base: -1, number: map[string]int32{}, written: map[string]int32{}}
	c.collation.words = newLexicon()
	if base != nil {
		c.front = base.Front
		c.texts = append(c.texts, c.sheet(base))
		c.based = len(c.clauses)
	}
	for i, s := range submissions {
		c.seats = append(c.seats, s.Seat)
		one := c.sheet(s.Text)
		k := slices.IndexFunc(c.texts, func(t sheet) bool { return slices.Equal(t.clauses, one.clauses) })
		if k < 0 {
			k = len(c.texts)
			c.texts = append(c.texts, one)
		}
		c.texts[k].seats = append(c.texts[k].seats, i)
	}
	for _, seat := range slices.Concat(c.seats, c.front.Seats) {
		if seat != "" && !slices.Contains(c.declared, seat) {
			c.declared = append(c.declared, seat)
		}
	}
	rest := c.texts
	if base != nil {
		c.base, rest = 0, c.texts[1:]
	}
	slices.SortFunc(rest, func(x, y sheet) int {
		return slices.CompareFunc(x.clauses, y.clauses, func(a, b int32) int { return cmp.Compare(c.clauses[a].folded, c.clauses[b].folded) })
	})
	return c
}

// sheet takes a text apart into numbered clauses.
func (c *compiler) sheet(t *Text) sheet {
	var s sheet
	before := ""
	for _, cl := range t.Clauses {
		raw := ""
		for _, p := range t.Pieces[cl.First:cl.Last] {
			raw += p.Src
		}
		body := strings.TrimLeftFunc(raw, unicode.IsSpace)
		before += raw[:len(raw)-len(body)]
		words := strings.TrimRightFunc(body, unicode.IsSpace)
		if words == "" {
			continue
		}
		s.clauses = append(s.clauses, c.clause(words, cl))
		s.before = append(s.before, before)
		before = body[len(words):]
	}
	return s
}

// clause gives the number of a clause.
func (c *compiler) clause(raw string, cl Clause) int32 {
	if n, ok := c.written[raw]; ok {
		return n
	}
	folded := strings.Join(strings.Fields(raw), " ")
	n, ok := c.number[folded]
	if !ok {
		n = int32(len(c.clauses))
		c.clauses = append(c.clauses, wording{raw: raw, folded: folded, label: cl.Label, heading: cl.IsHeading()})
		c.number[folded] = n
	} else if int(n) >= c.based && raw < c.clauses[n].raw {
		c.clauses[n].raw = raw // of equal words one spelling, whoever comes first
	}
	c.written[raw] = n
	return n
}

// known gives a clause with its words numbered.
func (c *compiler) known(n int32) *wording {
	w := &c.clauses[n]
	if w.words != nil {
		return w
	}
	rest, blank := w.raw, ""
	for rest != "" {
		end := strings.IndexFunc(rest, unicode.IsSpace)
		if end < 0 {
			end = len(rest)
		}
		w.words = append(w.words, c.collation.words.add(rest[:end]))
		w.gaps = append(w.gaps, gapOf(blank))
		next := strings.TrimLeftFunc(rest[end:], unicode.IsSpace)
		blank, rest = rest[end:len(rest)-len(next)], next
	}
	return w
}

func gapOf(blank string) gap {
	return gap(min(strings.Count(blank, "\n"), int(parted)))
}

// plank is one clause across the texts: the number of its wording in each, or
// none.
type plank struct {
	in     []int32
	before string // the white space before it, where it parts most
}

const none = -1

// planks aligns the clauses of all texts together, as columns aligns words:
// what is equal and in order on both sides first, then by likeness. A clause
// that stands elsewhere in another text is deleted here and inserted there.
func (c *compiler) planks() []plank {
	order := make([]int, len(c.texts))
	for i := range order {
		order[i] = i
	}
	if c.base < 0 {
		first := c.mostShared()
		order[0], order[first] = order[first], order[0]
	}
	var planks []plank
	longest := 0
	for _, t := range order {
		planks = c.lay(planks, t)
		longest = max(longest, len(c.texts[t].clauses))
	}
	if len(order) < 3 {
		return planks
	}
	for _, t := range order[1:] { // now that all are laid, some may lie better
		if len(planks) == longest {
			break
		}
		if again := c.lay(lift(planks, t), t); len(again) < len(planks) {
			planks = again
		}
	}
	return planks
}

// lift takes a text out of the planks.
func lift(planks []plank, t int) []plank {
	var out []plank
	for _, p := range planks {
		p.in = slices.Clone(p.in)
		p.in[t] = none
		if slices.ContainsFunc(p.in, func(n int32) bool { return n >= 0 }) {
			out = append(out, p)
		}
	}
	return out
}

// mostShared gives the text that has most clauses in common with the others.
func (c *compiler) mostShared() int {
	count := make([]int, len(c.clauses))
	for _, t := range c.texts {
		for _, n := range t.clauses {
			count[n]++
		}
	}
	best, most := 0, -1
	for i, t := range c.texts {
		shared := 0
		for _, n := range t.clauses {
			shared += count[n] - 1
		}
		if shared > most {
			best, most = i, shared
		}
	}
	return best
}

// lay adds a text to the planks.
func (c *compiler) lay(planks []plank, t int) []plank {
	clauses := c.texts[t].clauses
	match := c.matchClauses(clauses, planks)
	out := make([]plank, 0, len(planks)+len(clauses))
	done := 0
	for i, n := range clauses {
		upto := len(planks)
		for _, m := range match[i:] {
			if m >= 0 {
				upto = m
				break
			}
		}
		out = append(out, planks[done:upto]...)
		done = upto
		if match[i] >= 0 {
			p := planks[done]
			p.in[t] = n
			if b := c.texts[t].before[i]; gapOf(b) > gapOf(p.before) {
				p.before = b
			}
			out = append(out, p)
			done++
			continue
		}
		p := plank{in: slices.Repeat([]int32{none}, len(c.texts)), before: c.texts[t].before[i]}
		p.in[t] = n
		out = append(out, p)
	}
	return append(out, planks[done:]...)
}
