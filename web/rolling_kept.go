package web

import (
	"slices"
	"strconv"
	"strings"

	"paraph/consent"
	"paraph/draft"
	"paraph/text"
)

// rollingText gives the rolling text of a version; an empty one is the latest.
func (v sight) rollingText(version string) (text.RollingView, error) {
	return v.out().RollingText(version)
}

// unrolled gives what the rolling text of a version is made of.
func (v sight) unrolled(version string) (text.Unrolled, error) { return v.out().Unrolled(version) }

// roll makes a rolling text of the one that this lens saw last, and keeps it for
// the next.
func (v sight) roll(u text.Unrolled) (text.RollingView, error) { return v.out().Roll(u) }

// shownRolling is what the page of a rolling text was made of: by unit, what
// stands beside it and its fragment.
type shownRolling struct {
	text   *draft.Text
	around string
	units  []unit
	beside []string
	parts  []*Fragment
}

// keptUnits is the name under which a lens's latest page of a rolling text is
// kept, of those on which every unit was shown.
const keptUnits = "rolling page"

// before gives the page that was shown last to this lens.
func (t rolling) before() *shownRolling {
	before, _ := t.Kept.Get(keptUnits).(*shownRolling)
	if before == nil {
		return &shownRolling{}
	}
	return before
}

// parts gives the fragments of the units: those that stand on the page that was
// shown last to this lens, where they show the same.
func (t rolling) parts(units []unit, before *shownRolling) []*Fragment {
	now := &shownRolling{
		text: t.Text, around: t.around(), units: units, beside: make([]string, len(units)), parts: make([]*Fragment, len(units)),
	}
	alike := before.around == now.around
	next := 0
	for i := range units {
		u := &units[i]
		j := before.find(u.id, next)
		if j >= 0 {
			next = j + 1
		}
		if t.besideStands(u, before, j) {
			now.beside[i] = before.beside[j]
		} else {
			now.beside[i] = t.besideWords(u)
		}
		if j >= 0 && alike && now.same(i, before, j) {
			now.parts[i] = before.parts[j]
			continue
		}
		now.parts[i] = &Fragment{ID: u.id, Name: u.name, Class: t.class(*u), Clause: true, Body: t.unit(*u)}
	}
	if !t.filtered() {
		t.Kept.Put(keptUnits, now)
	}
	return now.parts
}

// find gives the unit of an element's id, which is most likely the next one;
// -1 for none.
func (s *shownRolling) find(id string, next int) int {
	if next < len(s.units) && s.units[next].id == id {
		return next
	}
	return slices.IndexFunc(s.units, func(u unit) bool { return u.id == id })
}

// stood gives the unit of the page before whose clauses a clause of the rolling
// text was taken over with, looking from one unit on; -1 for none.
func (t rolling) stood(c text.RollingClause, before *shownRolling, from int) int {
	first := c.First
	switch {
	case before.text == nil || before.text != t.After || c.First == c.Last:
		return -1
	case c.Last <= t.Head:
	case c.First >= len(t.Text.Clauses)-t.Tail:
		first += len(before.text.Clauses) - len(t.Text.Clauses)
	default:
		return -1
	}
	for j := from; j < len(before.units); j++ {
		switch o := &before.units[j]; {
		case o.First == first && o.Last == first+c.Last-c.First && o.ID == c.ID:
			return j
		case o.First > first:
			return -1
		}
	}
	return -1
}

// named gives what a unit is called that stood on the page before: the same,
// unless what it is called by may have changed above it.
func (t rolling) named(c text.RollingClause, before *shownRolling, was *unit) string {
	if c.Last <= t.Head {
		return was.name
	}
	now, old := &t.Text.Clauses[c.First], &before.text.Clauses[was.First]
	tail := len(t.Text.Clauses) - t.Tail
	under := now.Section == old.Section && now.Section < t.Head ||
		now.Section >= tail && now.Section-tail == old.Section-(len(before.text.Clauses)-t.Tail)
	if !under || strings.HasPrefix(now.Label, "(") {
		return t.name(c)
	}
	return was.name
}

// same tells whether a unit looks as one of an earlier page did.
func (s *shownRolling) same(i int, before *shownRolling, j int) bool {
	u, old := &s.units[i], &before.units[j]
	if u.name != old.name || s.beside[i] != before.beside[j] || u.ID != old.ID || u.Last-u.First != old.Last-old.First {
		return false
	}
	if u.stood {
		return true
	}
	for k := range u.Last - u.First {
		if !s.text.SameClause(u.First+k, before.text, old.First+k) {
			return false
		}
	}
	return true
}

// around says all that the elements of units rest on beside their clause and
// what stands beside it: who sits at the table, how headings rank, what stands
// out.
func (t rolling) around() string {
	var b strings.Builder
	for _, s := range t.table.Seats {
		b.WriteString(string(s.Seat) + "\x00" + s.Name + "\x00")
	}
	for _, s := range t.Text.Front.Seats {
		b.WriteString("\x00" + string(s))
	}
	b.WriteString("\x00\x00" + string(t.held) + "\x00" + strconv.Itoa(t.view.Heading))
	return b.String()
}

// besideStands tells whether the same stands beside a unit as beside one of the
// page before, without asking what.
func (t rolling) besideStands(u *unit, before *shownRolling, j int) bool {
	if j < 0 || len(t.said[u.ID]) > 0 || before.units[j].said {
		return false
	}
	old := &before.units[j]
	return sameSlice(u.Applied, old.Applied) && sameSlice(u.Beside, old.Beside)
}

// sameSlice tells whether two slices are one, which nobody changes.
func sameSlice(a, b []string) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// besideWords says in short what stands beside a clause: the proposals that are
// about it and the stances of seats.
func (t rolling) besideWords(u *unit) string {
	var stances []consent.PositionView
	if u.ID != "" {
		stances = t.said[u.ID]
	}
	if len(u.Applied)+len(u.Beside)+len(stances) == 0 {
		return ""
	}
	var b strings.Builder
	for _, ids := range [][]string{u.Applied, u.Beside} {
		for _, id := range ids {
			b.WriteString(id + "\x00" + string(t.proposals[id].Widest()) + "\x00")
		}
		b.WriteString("\x00")
	}
	for _, s := range stances {
		b.WriteString(string(s.Seat) + "\x00" + string(s.Position) + "\x00")
	}
	return b.String()
}
