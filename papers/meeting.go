package papers

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/sitting"
)

// Meeting is one sitting with the names of who was there: a value.
type Meeting struct {
	sitting.SittingView
	Clocks      *time.Location // whose clocks it was held by
	Local       bool           // that zone is known: times are told by the clocks of the place
	Delegations []Delegation
}

// Delegation is who attended for one seat; the empty seat is none.
type Delegation struct {
	Seat   record.Seat
	People []Attender
}

// Attender is one person at a sitting, with what the accreditation says where
// the record of the sitting says nothing.
type Attender struct {
	sitting.Attender
	Interprets string // between which languages
}

// SeeMeeting gives a sitting with who attended, delegation by delegation.
func SeeMeeting(s Sight, held sitting.SittingView) Meeting {
	m := Meeting{SittingView: held}
	m.Clocks, m.Local = Zone(cmp.Or(held.Zone, held.Start.Zone))
	for _, seat := range append(s.Seats(), "") {
		d := Delegation{Seat: seat}
		for _, a := range held.Attendance {
			if a.Seat == seat {
				d.People = append(d.People, attender(s, held, a))
			}
		}
		if len(d.People) > 0 {
			m.Delegations = append(m.Delegations, d)
		}
	}
	return m
}

func attender(s Sight, held sitting.SittingView, a sitting.Attender) Attender {
	out := Attender{Attender: a}
	if p, there := process.SeePerson(s.Process, a.Person); there {
		out.Name, out.Office = cmp.Or(a.Name, p.Name), cmp.Or(a.Office, p.Office)
		out.Capacity = cmp.Or(a.Capacity, p.Capacity)
	}
	var between []string
	for _, i := range held.Interpretation {
		if i.Person != "" && i.Person == a.Person && len(i.Between) > 0 {
			between = append(between, strings.Join(i.Between, " – "))
		}
	}
	out.Interprets = strings.Join(between, "; ")
	return out
}

// Called is what an attender is called.
func (a Attender) Called() string { return cmp.Or(a.Name, "not named") }

// Interpreters says who interpreted, and between what.
func (m Meeting) Interpreters() string {
	var out []string
	for _, d := range m.Delegations {
		for _, a := range d.People {
			if a.Capacity != record.Interpreter && a.Interprets == "" {
				continue
			}
			words := a.Called()
			if d.Seat != "" {
				words += " for " + string(d.Seat)
			}
			if a.Interprets != "" {
				words += ", " + a.Interprets
			}
			out = append(out, words)
		}
	}
	return strings.Join(out, "; ")
}

// HeldAs says what sort of sitting it was, and where.
func HeldAs(s sitting.SittingView) string {
	words := firstUpper(string(s.Kind))
	if s.Round > 0 {
		words += ", round " + strconv.Itoa(s.Round)
	}
	if s.Place != "" {
		words += " · " + s.Place
	}
	return words
}

// Item is one thing on the timeline of the public side: just one of the others
// is set.
type Item struct {
	When      record.When
	Statement *press.StatementView
	Claim     *press.ClaimView
	Leak      *press.LeakView
	Condition *sitting.ConditionView
}

// Timeline gives the public side in the order of when things were said.
func (s Sight) Timeline() []Item {
	var items []Item
	for _, i := range press.SeeTimeline(s.Press) {
		items = append(items, Item{When: i.When, Statement: i.Statement, Claim: i.Claim, Leak: i.Leak})
	}
	for _, c := range sitting.SeeConditions(s.Sitting) {
		items = append(items, Item{When: record.Exactly(c.At), Condition: &c})
	}
	slices.SortStableFunc(items, func(a, b Item) int { return a.When.Compare(b.When) })
	return items
}

// Audience says who reads the item.
func (i Item) Audience() record.Audience {
	switch {
	case i.Statement != nil:
		return i.Statement.Audience
	case i.Claim != nil:
		return i.Claim.Audience
	case i.Leak != nil:
		return i.Leak.Audience
	case i.Condition != nil:
		return i.Condition.Audience
	}
	return ""
}

// firstUpper begins words with a capital letter.
func firstUpper(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}
