package sitting

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"paraph/fault"
	"paraph/record"
)

// Decide judges an act by what its actor sees, and gives the entries to write.
// Seats and people that an entry names it leaves to the desk to look up: the
// entry mentions them.
func Decide(s *State, by record.Actor, now time.Time, act Act) ([]record.Event, error) {
	switch a := act.(type) {
	case Hold:
		return s.hold(by, a)
	case Conclude:
		return s.conclude(by, a)
	case Send:
		return s.send(by, a)
	case Carry:
		return s.carry(by, a)
	case Acknowledge:
		return s.acknowledge(by, a)
	case SetCondition:
		return s.setCondition(by, a)
	case JudgeCondition:
		return s.judgeCondition(by, now, a)
	case Signal:
		return s.signal(by, a)
	}
	panic(fmt.Sprintf("sitting: unknown act %T", act))
}

func (s *State) hold(by record.Actor, a Hold) ([]record.Event, error) {
	to, err := by.Address(a.Audience, a.narrowest(by), record.Noting)
	if err := cmp.Or(err, a.check(), a.Source.Check(to)); err != nil {
		return nil, err
	}
	if s.sittings.Get(a.ID) != nil {
		return nil, fault.Conflict("a sitting with the id %q stands already", a.ID).With("choose another id")
	}
	seats, people := named(a.Attendance)
	for _, p := range a.Interpretation {
		people = append(people, p.Person)
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindHeld,
		Body: held{
			a.ID, a.Title, a.Kind, a.Round, a.Place, a.Zone, a.Start.Settled(), a.End.Settled(), a.Attendance,
			a.Languages, a.Interpretation, a.Agenda, a.Confidentiality, a.Outcome, a.Note, a.Source,
		},
		Makes:    []record.Ref{record.NewRef("sitting", a.ID)},
		Mentions: mentions(people, append(seats, to.Seats()...)...),
	}}, nil
}

// narrowest gives the audience of a sitting for which none was asked.
func (a Hold) narrowest(by record.Actor) record.Audience {
	if by.Role != record.Chair {
		return record.Internal(by.Seat)
	}
	guests, _ := named(a.Attendance)
	guests = slices.DeleteFunc(guests, func(s record.Seat) bool { return s == by.Seat })
	switch {
	case a.Kind == Plenary:
		return record.Plenary
	case a.Kind == Informals:
		return record.Parties
	case a.Kind == Consultation && len(guests) == 1:
		return record.Offices(guests[0])
	}
	return record.Internal(by.Seat)
}

func (s *State) conclude(by record.Actor, a Conclude) ([]record.Event, error) {
	v := s.sittings.Get(a.Sitting)
	if v == nil {
		return nil, fault.NotFound("there is no sitting %q", a.Sitting)
	}
	if v.Seat != by.Seat && by.Role != record.Chair {
		return nil, fault.Forbidden("this sitting was entered by another seat").
			With("who entered it concludes it; you can note your own outcome as a sitting for your seat")
	}
	to, err := by.Address(v.Audience, v.Audience, record.Noting)
	if err := cmp.Or(err,
		record.CheckProse("the outcome", a.Outcome, record.Required),
		a.End.Check("the end"),
		inOrder(v.Start, a.End),
		a.Source.Check(to)); err != nil {
		return nil, err
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindConcluded,
		Body:     concluded{a.Sitting, a.Outcome, a.End.Settled(), a.Source},
		Mentions: []record.Ref{record.NewRef("sitting", a.Sitting)},
	}}, nil
}

func (a Hold) check() error {
	kinds := []Kind{Plenary, Informals, Caucus, Bilateral, Proximity, Consultation}
	if !slices.Contains(kinds, a.Kind) {
		return fault.Invalid("%q is not a kind of sitting", string(a.Kind)).
			With("one of plenary, informals, caucus, bilateral, proximity, consultation")
	}
	if a.Round < 0 || a.Round > 10_000 {
		return fault.Invalid("%d is not the number of a round", a.Round).With("from 1; 0 for none")
	}
	err := cmp.Or(
		record.CheckID("a sitting", a.ID),
		record.CheckLine("the title of the sitting", a.Title, record.Required),
		record.CheckLine("the place", a.Place, record.Optional),
		record.CheckZone(a.Zone),
		a.Start.Check("the start"),
		a.End.Check("the end"),
		inOrder(a.Start, a.End),
		record.CheckProse("what was agreed on confidentiality", a.Confidentiality, record.Optional),
		record.CheckProse("the outcome", a.Outcome, record.Optional),
		record.CheckProse("the note", a.Note, record.Optional))
	for _, l := range a.Languages {
		err = cmp.Or(err, record.CheckLine("a language", l, record.Required))
	}
	for _, l := range a.Agenda {
		err = cmp.Or(err, record.CheckLine("an item of the agenda", l, record.Required))
	}
	for _, p := range a.Attendance {
		err = cmp.Or(err, p.check())
	}
	for _, p := range a.Interpretation {
		err = cmp.Or(err, record.CheckLine("the interpreter's id", p.Person, record.Optional))
		for _, l := range p.Between {
			err = cmp.Or(err, record.CheckLine("a language", l, record.Required))
		}
	}
	return err
}

func (p Attender) check() error {
	if p.Seat != "" {
		if err := record.CheckSeat(p.Seat); err != nil {
			return err
		}
	}
	if p.Name == "" && p.Person == "" && p.Capacity == "" && p.Office == "" {
		return fault.Invalid("somebody attends of whom nothing is said").
			With("give a name, or the capacity of one who is not named")
	}
	capacities := []record.Capacity{
		"", record.Head, record.Member, record.Adviser, record.Interpreter, record.NoteTaker,
	}
	if !slices.Contains(capacities, p.Capacity) {
		return fault.Invalid("%q is not a capacity", string(p.Capacity)).
			With("one of head, member, adviser, interpreter, note-taker")
	}
	return cmp.Or(
		record.CheckLine("the name of an attender", p.Name, record.Optional),
		record.CheckLine("the office of an attender", p.Office, record.Optional),
		record.CheckLine("the id of an attender", p.Person, record.Optional))
}

func inOrder(start, end record.When) error {
	if !start.Earliest.IsZero() && !end.Latest.IsZero() && end.Latest.Before(start.Earliest) {
		return fault.Invalid("the sitting ends before it starts").With("mind the time zone and the date")
	}
	return nil
}

// named gives the seats and the accredited people in an attendance, each once.
func named(attendance []Attender) (seats []record.Seat, people []string) {
	for _, p := range attendance {
		if p.Seat != "" && !slices.Contains(seats, p.Seat) {
			seats = append(seats, p.Seat)
		}
		if p.Person != "" && !slices.Contains(people, p.Person) {
			people = append(people, p.Person)
		}
	}
	return seats, people
}

// mentions names people and seats, each once.
func mentions(people []string, seats ...record.Seat) []record.Ref {
	refs := record.SeatRefs(seats...)
	for _, id := range people {
		if id == "" {
			continue
		}
		refs = append(refs, record.NewRef("person", id))
	}
	slices.Sort(refs)
	return slices.Compact(refs)
}
