package record

import "slices"

// Seat is a place at the table, by its short code as printed in texts ("RU").
// The empty seat is the public: anyone outside the room.
type Seat string

// Role is what a seat is in the process. Everything a person may read follows
// from the seat and its role.
type Role string

// The roles. The chair and its secretariat share one seat.
const (
	Outsider Role = ""
	Chair    Role = "chair"
	Party    Role = "party"
	Observer Role = "observer"
	// Keeper has no seat and reads as the public does. It keeps the record of
	// talks that it follows from outside: it may write to the public alone, and
	// only with a source, what is reported of any seat.
	Keeper Role = "keeper"
)

// Lens is through whose eyes a record is read: a seat in its role. The zero
// Lens is the public's.
type Lens struct {
	Seat Seat
	Role Role
}

// Reads tells whether an entry addressed to a may be read through l.
func (l Lens) Reads(a Audience) bool {
	name, seats := a.parts()
	switch name {
	case public:
		return true
	case plenary:
		return l.seated()
	case parties:
		return l.Role == Party || l.Role == Chair
	case offices:
		return l.Role == Chair || l.seated() && slices.Contains(seats, l.Seat)
	case internal, bilateral:
		return l.seated() && slices.Contains(seats, l.Seat)
	}
	return false
}

func (l Lens) seated() bool { return l.Role == Chair || l.Role == Party || l.Role == Observer }

// Roster is who sits in a process, by seat.
type Roster map[Seat]Role

// Covers tells whether everybody on the roster who can read "narrow" can also
// read "wide": only then may an entry to narrow mention what stands in wide.
func (r Roster) Covers(wide, narrow Audience) bool {
	if wide == Public {
		return true
	}
	if narrow == Public {
		return false
	}
	for seat, role := range r {
		l := Lens{seat, role}
		if l.Reads(narrow) && !l.Reads(wide) {
			return false
		}
	}
	return true
}
