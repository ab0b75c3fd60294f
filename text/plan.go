package text

import (
	"cmp"
	"slices"
	"strings"

	"paraph/draft"
	"paraph/record"
)

// plan is what becomes of one place of the version: of a clause, and of what
// comes between it and the next. It is not changed once the rolling text is made.
type plan struct {
	words    map[record.Seat]string // what a seat would have instead of the clause; empty: no text
	applied  []string
	beside   []string
	inserted []insertion

	clause, group compiled // what the words and the insertions came to
}

// compiled is what the words that seats would have came to.
type compiled struct {
	words   map[record.Seat]string
	printed string
	ok      bool
}

// insertion is what a seat would have after a clause.
type insertion struct {
	seat     record.Seat
	proposal string
	words    string
	moved    string // id of the clause that it moves here; empty for a new one
}

// plan plans all places, and takes over from the rolling text before it those
// for which nothing else is proposed now.
func (r *roller) plan() {
	places, live := r.moved()
	chosen := choose(live)
	for _, p := range r.live {
		if !slices.Contains(r.seats, p.Seat) {
			r.seats = append(slices.Clone(r.seats), p.Seat)
		}
	}
	r.plans = make([]*plan, len(r.version.Clauses)+1)
	if places != nil {
		copy(r.plans, r.before.plans)
		for i := range places {
			r.plans[i+1] = nil
		}
	}
	for _, p := range live {
		if p.Kind != Insert && chosen[slotOf(p, p.Seat)] != p.ID {
			c := r.at(r.placeOf(p))
			c.beside = append(c.beside, p.ID)
		}
	}
	// Words come before places, so that a clause which a seat both amends and
	// moves moves with its new words.
	for _, places := range []bool{false, true} {
		for _, p := range live {
			if (p.Kind == Move) == places {
				r.apply(p, backers(p, chosen, r.supporters))
			}
		}
	}
}

// moved gives the places at which something else is proposed than in the rolling
// text before, and the live proposals that speak of them: nil and all of them
// when everything must be planned anew.
func (r *roller) moved() (places map[int]bool, live []*ProposalView) {
	if r.before.plans == nil || r.seatsBySupport() {
		return nil, r.live
	}
	places = map[int]bool{}
	touch := func(p *ProposalView) {
		places[r.placeOf(p)] = true
		if p.Kind == Move {
			places[r.version.index(p.After)] = true
		}
	}
	r.changed(touch)
	for again := true; again; { // a move takes the words of one place to another
		again = false
		for _, p := range r.live {
			if p.Kind == Move && places[r.placeOf(p)] != places[r.version.index(p.After)] {
				touch(p)
				again = true
			}
		}
	}
	for _, p := range r.live {
		if places[r.placeOf(p)] {
			live = append(live, p)
		}
	}
	return places, live
}

// seatsBySupport tells whether a seat has words in the text, now or before, only
// by its support.
func (r *roller) seatsBySupport() bool {
	for _, of := range []struct {
		live       []*ProposalView
		supporters map[string][]record.Seat
	}{{r.live, r.supporters}, {r.before.live, r.before.supporters}} {
		if len(of.supporters) == 0 {
			continue
		}
		seats := slices.Clone(r.version.Text.Front.Seats)
		for _, p := range of.live {
			seats = append(seats, p.Seat)
		}
		for _, p := range of.live {
			if slices.ContainsFunc(of.supporters[p.ID], func(s record.Seat) bool { return !slices.Contains(seats, s) }) {
				return true
			}
		}
	}
	return false
}

// changed visits the proposals that are not live now as they were before, or not
// supported so.
func (r *roller) changed(visit func(*ProposalView)) {
	was, is := r.before.live, r.live
	for len(was) > 0 && len(is) > 0 && was[0] == is[0] {
		was, is = was[1:], is[1:]
	}
	for len(was) > 0 && len(is) > 0 && was[len(was)-1] == is[len(is)-1] {
		was, is = was[:len(was)-1], is[:len(is)-1]
	}
	stood := make(map[*ProposalView]bool, len(was))
	for _, p := range was {
		stood[p] = true
	}
	for _, p := range is {
		if !stood[p] {
			visit(p)
		}
		delete(stood, p)
	}
	for p := range stood {
		visit(p)
	}
	if len(r.supporters)+len(r.before.supporters) > 0 {
		for _, p := range r.live {
			if !slices.Equal(r.supporters[p.ID], r.before.supporters[p.ID]) {
				visit(p)
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

// placeOf gives the place that a proposal is about: its clause; for an insertion
// the one that it follows, and -1 for the beginning.
func (r *roller) placeOf(p *ProposalView) int { return r.version.index(cmp.Or(p.Clause, p.After)) }

// at gives the plan of a place.
func (r *roller) at(i int) *plan {
	if r.plans[i+1] == nil {
		r.plans[i+1] = &plan{words: map[record.Seat]string{}}
	}
	return r.plans[i+1]
}

// apply plans one proposal for the seats that have its words. A seat has none
// inside an alternative that it does not read.
func (r *roller) apply(p *ProposalView, seats []record.Seat) {
	seats = slices.DeleteFunc(seats, func(s record.Seat) bool { return !r.reaches(s, p) })
	c := r.at(r.placeOf(p))
	if len(seats) == 0 && !slices.Contains(c.beside, p.ID) {
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
			words, own := c.words[seat]
			if !own {
				words = clauseFor(r.version, r.version.index(p.Clause), seat)
			}
			if strings.TrimSpace(words) != "" {
				r.insert(p, insertion{seat, p.ID, words, p.Clause})
			}
			c.words[seat] = ""
		default:
			c.words[seat] = p.Words
		}
		if !slices.Contains(c.applied, p.ID) {
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
	c := r.at(r.version.index(p.After))
	c.inserted = append(c.inserted, n)
}
