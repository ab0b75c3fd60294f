package process

import (
	"cmp"
	"slices"

	"paraph/record"
)

// SeeProcess gives the process with its seats and their people, those whose
// accreditation was ended apart.
func SeeProcess(s *State) ProcessView {
	v := s.process
	v.Seats = slices.Clone(s.seats)
	for i := range v.Seats {
		v.Seats[i].People, v.Seats[i].Former = s.delegation(v.Seats[i].Seat)
	}
	slices.SortStableFunc(v.Seats, func(a, b SeatView) int {
		return cmp.Or(cmp.Compare(order(a.Role), order(b.Role)), cmp.Compare(a.Name, b.Name))
	})
	return v
}

// SeeRoster gives who sits in the process now. A seat that is suspended is left
// out: whoever has it reads as the public does.
func SeeRoster(s *State) record.Roster {
	roster := SeeSeats(s)
	for _, v := range s.seats {
		if !v.Suspended.IsZero() {
			delete(roster, v.Seat)
		}
	}
	return roster
}

// SeeSeats gives all seats, also those that are suspended. A suspended seat comes
// back and then reads what was written meanwhile, so that who reads what is asked
// of this roster.
func SeeSeats(s *State) record.Roster {
	roster := make(record.Roster, len(s.seats))
	for _, v := range s.seats {
		roster[v.Seat] = v.Role
	}
	return roster
}

// SeeSits tells whether a person is accredited now for the actor's seat, in the
// capacity and the role that the actor has, and the seat is not suspended.
func SeeSits(s *State, by record.Actor) bool {
	p, seat := s.person(by.Seat, by.Person), s.seat(by.Seat)
	return p != nil && p.Struck.IsZero() && p.Capacity == by.Capacity &&
		seat != nil && seat.Suspended.IsZero() && seat.Role == by.Role
}

// SeeSitter gives a person who sits in the process now, as the one who acts. There
// is none when the accreditation was ended or the seat is suspended, nor when two
// seats have a person by the same id, whom nothing tells apart.
func SeeSitter(s *State, id string) (by record.Actor, sits bool) {
	all := s.people.Get(id)
	if all == nil {
		return by, false
	}
	for _, p := range *all {
		a := record.Actor{By: record.By{Seat: p.Seat, Person: id, Capacity: p.Capacity}}
		if seat := s.seat(p.Seat); seat != nil {
			a.Role = seat.Role
		}
		switch {
		case !SeeSits(s, a):
		case sits:
			return record.Actor{}, false
		default:
			by, sits = a, true
		}
	}
	return by, sits
}

// SeeManned tells whether anybody was ever accredited for a seat.
func SeeManned(s *State, seat record.Seat) bool {
	people, former := s.delegation(seat)
	return len(people)+len(former) > 0
}

// SeePerson gives the person accredited under an id, also one whose accreditation
// was ended, and whether there is one.
func SeePerson(s *State, id string) (PersonView, bool) {
	if all := s.people.Get(id); all != nil {
		return (*all)[0], true
	}
	return PersonView{}, false
}

// delegation gives the people of a seat: those who are accredited now, and those
// who were.
func (s *State) delegation(seat record.Seat) (now, former []PersonView) {
	for _, same := range s.people.All() {
		for _, p := range same {
			switch {
			case p.Seat != seat:
			case p.Struck.IsZero():
				now = append(now, p)
			default:
				former = append(former, p)
			}
		}
	}
	slices.SortStableFunc(now, func(a, b PersonView) int {
		return cmp.Or(cmp.Compare(rank(a.Capacity), rank(b.Capacity)), a.Accredited.Compare(b.Accredited))
	})
	slices.SortStableFunc(former, func(a, b PersonView) int { return a.Struck.Compare(b.Struck) })
	return now, former
}

func order(r record.Role) int {
	return slices.Index([]record.Role{record.Chair, record.Party, record.Observer}, r)
}
