package draft

import "strings"

// group is a pair of clauses with the parts that were merged or split: clauses
// first to last of the side that has several, in order.
type group struct {
	pair        Pair
	inNew       bool
	first, last int
}

// group writes the changes of a pair with parts beside it. All are compared as
// one row of words with the one clause of the other side; the runs and figures
// are then divided among the parts.
func (c *comparer) group(g group) {
	many := c.old
	if g.inNew {
		many = c.new
	}
	s, t := c.old.spans[g.pair.Old], c.new.spans[g.pair.New]
	all := extent{many.spans[g.first].atom, many.spans[g.last].atomEnd, many.spans[g.first].word, many.spans[g.last].wordEnd}
	if g.inNew {
		t = all
	} else {
		s = all
	}
	hunks, runs, _ := c.compareSpans(s, t)
	lengths := make([]int, 0, g.last-g.first+1)
	for k := g.first; k <= g.last; k++ {
		lengths = append(lengths, len(many.written(k)))
	}
	side := Cut
	if g.inNew {
		side = Add
	}
	parts := divideRuns(runs, lengths, side)
	at := len(c.out.Clauses)
	for k := g.first; k <= g.last; k++ {
		ch := c.part(g, k)
		ch.Runs = parts[k-g.first]
		c.out.Clauses = append(c.out.Clauses, ch)
	}
	entries := c.out.Clauses[at:]
	host := &entries[g.hostAt()]
	host.kept = s.length()
	shown := c.tidy(c.old.ids[s.word:s.wordEnd], hunks)
	for _, h := range hunks {
		for shown[0].oldEnd < h.oldEnd || shown[0].newEnd < h.newEnd {
			shown = shown[1:]
		}
		for k := h.old; k < h.oldEnd; k++ { // before the words that were added, in the runs
			entries[g.partAt(c, shown[0].new-1, k)].DeletedWords++
			host.kept--
		}
		for k := h.new; k < h.newEnd; k++ {
			entries[g.partAt(c, k, shown[0].oldEnd-1)].InsertedWords++
		}
	}
	changed := len(host.Runs) != 1 || host.Runs[0].Op != Keep || host.DeletedWords+host.InsertedWords > 0
	host.Kind = kindOf(g.pair.Moved, changed, host.OldLabel != host.NewLabel)
	if g.pair.Moved {
		host.From, host.To = c.old.text.place(g.pair.Old), c.new.text.place(g.pair.New)
	}
}

// part begins the change of clause k of a group and notes its place.
func (c *comparer) part(g group, k int) Change {
	i, j, kind := k, g.pair.New, Merged
	if g.inNew {
		i, j, kind = g.pair.Old, k, Split
	}
	ch := c.change(i, j)
	ch.Kind = kind
	if !g.inNew || k == g.pair.New {
		c.oldEntry[i] = len(c.out.Clauses)
	}
	if g.inNew || k == g.pair.Old {
		c.newEntry[j] = len(c.out.Clauses)
	}
	return ch
}

// hostAt gives the place of the paired clause among the parts.
func (g group) hostAt() int {
	if g.inNew {
		return g.pair.New - g.first
	}
	return g.pair.Old - g.first
}

// partAt gives the part in which a word of the side that has several stands:
// the new one or the old one, counted from the beginning of the group.
func (g group) partAt(c *comparer, new, old int) int {
	many, at := c.old, old
	if g.inNew {
		many, at = c.new, new
	}
	at += many.spans[g.first].word
	for k := g.last; k > g.first; k-- {
		if many.spans[k].word <= at && many.spans[k].length() > 0 {
			return k - g.first
		}
	}
	return 0
}

// divideRuns cuts runs into parts: each takes, of the runs that are on one side
// (kept ones and those of the side's own operation), as many bytes as its
// length. Blanks where a part begins or ends are no change.
func divideRuns(runs []Run, lengths []int, side Op) [][]Run {
	parts := make([][]Run, len(lengths))
	k, room := 0, lengths[0]
	for _, r := range runs {
		if r.Op != Keep && r.Op != side {
			parts[k] = append(parts[k], r)
			continue
		}
		for r.Words != "" {
			for room == 0 && k < len(lengths)-1 {
				k++
				room = lengths[k]
			}
			n := min(room, len(r.Words))
			if k == len(lengths)-1 {
				n = len(r.Words)
			}
			parts[k] = append(parts[k], Run{r.Op, r.Words[:n]})
			r.Words, room = r.Words[n:], room-n
		}
	}
	for k := range parts {
		parts[k] = trimRuns(parts[k], k > 0, k < len(parts)-1)
	}
	return parts
}

// trimRuns takes the blanks away with which cut or added runs begin or end a
// part.
func trimRuns(runs []Run, begin, end bool) []Run {
	if n := len(runs); end && n > 0 && runs[n-1].Op != Keep {
		runs[n-1].Words = strings.TrimRight(runs[n-1].Words, " ")
	}
	if begin && len(runs) > 0 && runs[0].Op != Keep {
		runs[0].Words = strings.TrimLeft(runs[0].Words, " ")
	}
	out := []Run{}
	for _, r := range runs {
		if r.Words != "" {
			out = append(out, r)
		}
	}
	return out
}
