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

// parts gives the fragments of the units: those that stand on the page that was
// shown last to this lens, where they show the same.
func (t rolling) parts(units []unit) []*Fragment {
	const kept = "rolling page"
	before, _ := t.Kept.Get(kept).(*shownRolling)
	now := &shownRolling{
		text: t.Text, around: t.around(), units: units, beside: make([]string, len(units)), parts: make([]*Fragment, len(units)),
	}
	if before == nil || before.around != now.around {
		before = &shownRolling{}
	}
	next := 0
	for i := range units {
		u := &units[i]
		now.beside[i] = t.besideWords(u)
		if j := before.find(u.id, next); j >= 0 {
			next = j + 1
			if now.same(i, before, j) {
				now.parts[i] = before.parts[j]
				continue
			}
		}
		now.parts[i] = &Fragment{ID: u.id, Name: u.name, Class: t.class(*u), Clause: true, Body: t.unit(*u)}
	}
	if !t.filtered() { // of which all were rendered
		t.Kept.Put(kept, now)
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

// same tells whether a unit looks as one of an earlier page did.
func (s *shownRolling) same(i int, before *shownRolling, j int) bool {
	u, old := &s.units[i], &before.units[j]
	if u.name != old.name || s.beside[i] != before.beside[j] || u.ID != old.ID || u.Last-u.First != old.Last-old.First {
		return false
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
