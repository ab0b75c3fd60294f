package process

import (
	"cmp"
	"slices"

	"paraph/record"
)

// SeeProcess gives the process with its seats and their people.
func SeeProcess(s *State) ProcessView {
	v := s.process
	v.Seats = slices.Clone(s.seats)
	for i := range v.Seats {
		v.Seats[i].People = s.delegation(v.Seats[i].Seat)
	}
	slices.SortStableFunc(v.Seats, func(a, b SeatView) int {
		return cmp.Or(cmp.Compare(order(a.Role), order(b.Role)), cmp.Compare(a.Name, b.Name))
	})
	return v
}

// SeeRoster gives who sits in the process.
func SeeRoster(s *State) record.Roster {
	roster := make(record.Roster, len(s.seats))
	for _, v := range s.seats {
		roster[v.Seat] = v.Role
	}
	return roster
}

// SeePerson gives an accredited person by id, and whether there is one.
func SeePerson(s *State, id string) (PersonView, bool) {
	if v := s.people.Get(id); v != nil {
		return *v, true
	}
	return PersonView{}, false
}

func (s *State) delegation(seat record.Seat) []PersonView {
	var people []PersonView
	for _, v := range s.people.All() {
		if v.Seat == seat {
			people = append(people, v)
		}
	}
	slices.SortStableFunc(people, func(a, b PersonView) int { return cmp.Compare(rank(a.Capacity), rank(b.Capacity)) })
	return people
}

func order(r record.Role) int {
	return slices.Index([]record.Role{record.Chair, record.Party, record.Observer}, r)
}
