package text

import (
	"cmp"
	"slices"
	"strings"

	"paraph/draft"
	"paraph/record"
)

// plan is what becomes of one clause.
type plan struct {
	words   map[record.Seat]string // what a seat would have instead; empty: no text
	applied []string
	beside  []string
}

// insertion is what a seat would have after a clause.
type insertion struct {
	seat     record.Seat
	proposal string
	words    string
	moved    string // id of the clause that it moves here; empty for a new one
}

func (r *roller) plan(live []*ProposalView, supporters map[string][]record.Seat) {
	chosen := choose(live)
	for _, p := range live {
		if !slices.Contains(r.seats, p.Seat) {
			r.seats = append(slices.Clone(r.seats), p.Seat)
		}
		if p.Kind != Insert && chosen[slotOf(p, p.Seat)] != p.ID {
			r.at(p).beside = append(r.at(p).beside, p.ID)
		}
	}
	// Words come before places, so that a clause which a seat both amends and
	// moves moves with its new words.
	for _, places := range []bool{false, true} {
		for _, p := range live {
			if (p.Kind == Move) == places {
				r.apply(p, backers(p, chosen, supporters))
			}
		}
	}
}

// slot is where a seat's proposals bear on each other: the words of a clause,
// its place, or what comes new after a clause.
type slot struct {
	seat   record.Seat
	clause string
	kind   Kind // Amend for deletions too
}

func slotOf(p *ProposalView, seat record.Seat) slot {
	switch p.Kind {
	case Insert:
		return slot{seat, p.After, Insert}
	case Move:
		return slot{seat, p.Clause, Move}
	}
	return slot{seat, p.Clause, Amend}
}

// choose gives the proposal that counts in each slot; of insertions all count.
func choose(live []*ProposalView) map[slot]string {
	chosen, width := map[slot]string{}, map[slot]int{}
	for _, p := range live {
		k, w := slotOf(p, p.Seat), p.Widest().Width()
		if chosen[k] == "" || w >= width[k] {
			chosen[k], width[k] = p.ID, w
		}
	}
	return chosen
}

// backers gives the seats that have the words of a proposal: its own, if it
// counts there, and those that support it and propose nothing of their own.
// A seat that supports several has the latest.
func backers(p *ProposalView, chosen map[slot]string, supporters map[string][]record.Seat) []record.Seat {
	var seats []record.Seat
	if p.Kind == Insert || chosen[slotOf(p, p.Seat)] == p.ID {
		seats = append(seats, p.Seat)
	}
	for _, seat := range supporters[p.ID] {
		if chosen[slotOf(p, seat)] == "" && !slices.Contains(seats, seat) {
			seats = append(seats, seat)
		}
	}
	return seats
}

// at gives the plan of the clause that a proposal is about: for an insertion,
// of the one that it follows.
func (r *roller) at(p *ProposalView) *plan {
	i := r.version.index(cmp.Or(p.Clause, p.After))
	if r.plans[i] == nil {
		r.plans[i] = &plan{words: map[record.Seat]string{}}
	}
	return r.plans[i]
}

// apply plans one proposal for the seats that have its words. A seat has none
// inside an alternative that it does not read.
func (r *roller) apply(p *ProposalView, seats []record.Seat) {
	seats = slices.DeleteFunc(seats, func(s record.Seat) bool { return !r.reaches(s, p) })
	if c := r.at(p); len(seats) == 0 && !slices.Contains(c.beside, p.ID) {
		c.beside = append(c.beside, p.ID)
	}
	for _, seat := range seats {
		if !slices.Contains(r.seats, seat) {
			r.seats = append(slices.Clone(r.seats), seat)
		}
		switch p.Kind {
		case Insert:
			r.insert(p, insertion{seat, p.ID, p.Words, ""})
			continue
		case Move:
			words, own := r.at(p).words[seat]
			if !own {
				words = clauseFor(r.version, r.version.index(p.Clause), seat)
			}
			if strings.TrimSpace(words) != "" {
				r.insert(p, insertion{seat, p.ID, words, p.Clause})
			}
			r.at(p).words[seat] = ""
		default:
			r.at(p).words[seat] = p.Words
		}
		if c := r.at(p); !slices.Contains(c.applied, p.ID) {
			c.applied = append(c.applied, p.ID)
		}
	}
}

// reaches tells whether a seat reads the places that a proposal changes.
func (r *roller) reaches(seat record.Seat, p *ProposalView) bool {
	t := r.version.Text
	if len(r.version.sheet.spanning) == 0 {
		return true
	}
	if p.Kind != Insert {
		c := t.Clauses[r.version.index(p.Clause)]
		if !r.version.reads(seat, c.First, c.Last) {
			return false
		}
	}
	if i := r.version.index(p.After); i >= 0 && (p.Kind == Insert || p.Kind == Move) {
		return r.version.reads(seat, t.Clauses[i].Last, t.Clauses[i].Last)
	}
	return true
}

// reads tells whether a seat reads the pieces first to last of a version, as far
// as brackets decide that reach beyond them.
func (v *VersionView) reads(seat record.Seat, first, last int) bool {
	t := v.Text
	for _, i := range v.sheet.spanning {
		b := t.Brackets[i]
		around := slices.ContainsFunc(b.Alternatives, func(i int) bool {
			a := t.Alternatives[i]
			return holds(a, first, last) && (a.First < first || a.Last > last)
		})
		if !around {
			continue
		}
		if i := taken(t, b, seat); i < 0 || !holds(t.Alternatives[i], first, last) {
			return false
		}
	}
	return true
}

// holds tells whether an alternative and the pieces first to last overlap; for
// an empty run, whether it lies within.
func holds(a draft.Alternative, first, last int) bool {
	if first == last {
		return a.First < first && a.Last > first
	}
	return a.First < last && a.Last > first
}

// taken gives the alternative of a bracket that a seat reads; -1 for none.
func taken(t *draft.Text, b draft.Bracket, seat record.Seat) int {
	open := -1
	for _, i := range b.Alternatives {
		a := t.Alternatives[i]
		if a.HeldBy(seat) {
			return i
		}
		if open < 0 && (len(a.Holders) == 0 || a.Inferred) {
			open = i
		}
	}
	return open
}

func (r *roller) insert(p *ProposalView, n insertion) {
	i := r.version.index(p.After)
	r.insertions[i] = append(r.insertions[i], n)
}
