package draft

// pair finds which opening and closing brackets belong together.
//
// Where the brackets of the whole text balance as they stand, that is the
// answer, however far a pair reaches: a bracket may span clauses. (Unless a
// pair begins amid the words of one section and ends amid those of another:
// then two faults cancel out.) Where they do not, the place of the fault matters more than the number of pairs: one
// forgotten "]" must not put the forty pages after it in brackets. So brackets
// are then paired within their block first, and what is left only over blocks
// that a bracket would sensibly span.
func (p *parser) pair() {
	r := reach{p: p, optionAt: p.optionsAt()}
	if p.balanced = p.pairAll() && !r.faultsCancel(); p.balanced {
		return
	}
	for i := 0; i < len(p.marks); {
		j := i
		for j < len(p.marks) && p.marks[j].block == p.marks[i].block {
			p.marks[j].mate = -1
			j++
		}
		r.block(i, j)
		i = j
	}
}

// pairAll pairs the brackets of the whole text and tells whether they balance.
func (p *parser) pairAll() bool {
	var open []int
	balanced := true
	for i := range p.marks {
		switch p.marks[i].kind {
		case markOpen:
			open = append(open, i)
		case markClose:
			if len(open) == 0 {
				balanced = false
				continue
			}
			p.marks[i].mate = open[len(open)-1]
			p.marks[open[len(open)-1]].mate = i
			open = open[:len(open)-1]
		}
	}
	return balanced && len(open) == 0
}

// faultsCancel tells whether some pair can only be two faults: without holder
// list or rival, from amid the words of one section to amid those of another.
func (r *reach) faultsCancel() bool {
	for i := range r.p.marks {
		o := &r.p.marks[i]
		if o.kind != markOpen {
			continue
		}
		c := &r.p.marks[o.mate]
		from, to := &r.p.blocks[o.block], &r.p.blocks[c.block]
		if from.section == to.section || o.at < from.headEnd || c.at >= to.tailAt || r.held(o) {
			continue
		}
		rival := o.at > 0 && r.p.src[o.at-1] == ']' || c.end < len(r.p.src) && r.p.src[c.end] == '['
		if !rival {
			return true
		}
	}
	return false
}

// held tells whether a holder list follows an opening bracket.
func (r *reach) held(open *mark) bool {
	rest := r.p.src[open.end:r.p.blocks[open.block].end]
	_, n := r.p.seats.list(rest)
	return n > 0
}

// optionsAt gives for each block the innermost option it stands in; -1 for
// none.
func (p *parser) optionsAt() []int {
	at := make([]int, len(p.blocks))
	top, next := -1, 0
	for i := range p.blocks {
		if next < len(p.options) && p.options[next].block == i {
			top = next
			next++
		} else {
			for top >= 0 && p.options[top].next < 0 && p.endsOption(&p.options[top], p.options, &p.blocks[i]) {
				top = p.options[top].parent
			}
		}
		at[i] = top
	}
	return at
}

// reach pairs brackets block by block. Open holds the marks of opening
// brackets from earlier blocks that may yet find their partner.
type reach struct {
	p        *parser
	open     []int
	local    []int
	optionAt []int
}

// patience is how many opening brackets a closing one may pass over, which
// then have no partner.
const patience = 8

// block pairs the brackets among marks[from:to], which are those of one
// block.
func (r *reach) block(from, to int) {
	marks := r.p.marks
	b := marks[from].block
	for len(r.open) > 0 && r.expired(r.open[len(r.open)-1], b) {
		r.open = r.open[:len(r.open)-1]
	}
	r.local = r.local[:0]
	for i := from; i < to; i++ {
		switch marks[i].kind {
		case markOpen:
			r.local = append(r.local, i)
		case markClose:
			if n := len(r.local); n > 0 {
				marks[i].mate, marks[r.local[n-1]].mate = r.local[n-1], i
				r.local = r.local[:n-1]
				continue
			}
			r.close(i)
		}
	}
	r.open = append(r.open, r.local...)
}

// close looks for the partner of a closing bracket in earlier blocks.
func (r *reach) close(i int) {
	for back := 1; back <= min(patience, len(r.open)); back++ {
		at := len(r.open) - back
		if o := r.open[at]; r.sensible(o, i) {
			r.p.marks[i].mate, r.p.marks[o].mate = o, i
			r.open = r.open[:at]
			return
		}
	}
}

// expired tells whether an opening bracket cannot reach block b.
func (r *reach) expired(open, b int) bool {
	from, to := &r.p.blocks[r.p.marks[open].block], &r.p.blocks[b]
	if from.section != to.section {
		return !r.headsSection(open)
	}
	return outside(from, to)
}

// sensible tells whether a bracket may well open at one mark and close at
// another, in a later block.
func (r *reach) sensible(open, close int) bool {
	o, c := &r.p.marks[open], &r.p.marks[close]
	from, to := &r.p.blocks[o.block], &r.p.blocks[c.block]
	if from.section != to.section && !(r.headsSection(open) && r.endsSection(close)) {
		return false
	}
	if !r.within(o.block, c.block) {
		return false
	}
	atHead, atTail := o.at < from.headEnd || r.held(o), c.at >= to.tailAt
	switch {
	case atHead && atTail:
		return true
	case atHead || atTail:
		return c.block-o.block == 1 || from.leads && atTail
	}
	return false
}

// headsSection tells whether a bracket opens before the first words of a
// section.
func (r *reach) headsSection(open int) bool {
	o := &r.p.marks[open]
	b := &r.p.blocks[o.block]
	first := b.head.level > 0 || o.block == 0 || r.p.blocks[o.block-1].head.level > 0
	return first && o.at < b.headEnd
}

// endsSection tells whether a bracket closes after the last words of a
// section.
func (r *reach) endsSection(close int) bool {
	c := &r.p.marks[close]
	last := c.block+1 == len(r.p.blocks) || r.p.blocks[c.block+1].head.level > 0
	return last && c.at >= r.p.blocks[c.block].tailAt
}

// within tells whether a bracket from one block to another holds options
// whole: it does not end in another option than it began in, unless in the
// last of a group that it holds.
func (r *reach) within(from, to int) bool {
	outer, at := r.optionAt[from], r.optionAt[to]
	for at >= 0 && at != outer {
		if r.p.options[at].next >= 0 {
			return false
		}
		at = r.p.options[at].parent
	}
	return at == outer
}
