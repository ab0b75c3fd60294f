package record

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// Seat is a place at the table, by its short code as printed in texts ("RU",
// "G77&China"). The empty seat is the public: anyone outside the room.
type Seat string

// valid tells whether s can be named in an audience: 1 to 32 bytes of letters
// and digits of any script, combining marks, "-", "&", "." and "_", so that a
// list of seats can never be read in two ways.
func (s Seat) valid() bool {
	if len(s) < 1 || len(s) > 32 || !utf8.ValidString(string(s)) {
		return false
	}
	for _, r := range s {
		if !unicode.In(r, unicode.L, unicode.Nd, unicode.M) && r != '-' && r != '&' && r != '.' && r != '_' {
			return false
		}
	}
	return true
}

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

// Reads tells whether an entry addressed to a may be read through l. What is
// not an audience in canonical form is read by nobody.
func (l Lens) Reads(a Audience) bool {
	name, seats, ok := a.parts()
	if !ok {
		return false
	}
	switch name {
	case public:
		return true
	case plenary:
		return l.seated()
	case parties:
		return l.Role == Party || l.Role == Chair
	case offices:
		return l.Role == Chair || l.seated() && l.Seat == seats[0]
	case internal, bilateral:
		return l.seated() && slices.Contains(seats, l.Seat)
	}
	return false
}

func (l Lens) seated() bool { return l.Role == Chair || l.Role == Party || l.Role == Observer }

// Roster is who sits in a process, by seat.
type Roster map[Seat]Role

// Lens gives the eyes of a seat: the public's for one that is not on the
// roster.
func (r Roster) Lens(s Seat) Lens {
	role := r[s]
	if role == Outsider {
		return Lens{}
	}
	return Lens{s, role}
}

// Covers tells whether everybody who can read "narrow" can also read "wide",
// now and when seats are added later: only then may an entry to narrow mention
// what stands in wide. So the roster is taken with all whom it has not yet: a
// party and an observer under a code nobody has, the seats that narrow names
// but that are not seated, in any role, and a chair while there is none. A
// seat that is on the roster counts in the role it has.
func (r Roster) Covers(wide, narrow Audience) bool {
	reads := func(l Lens) bool { return !l.Reads(narrow) || l.Reads(wide) }
	if !reads(Lens{}) {
		return false
	}
	chaired := false
	for seat, role := range r {
		chaired = chaired || role == Chair
		if !reads(Lens{seat, role}) {
			return false
		}
	}
	const newcomer Seat = "\x00" // no audience can name it
	for _, seat := range append(narrow.Seats(), newcomer) {
		if r[seat] != Outsider {
			continue
		}
		if !reads(Lens{seat, Party}) || !reads(Lens{seat, Observer}) || !chaired && !reads(Lens{seat, Chair}) {
			return false
		}
	}
	_, _, isWide := wide.parts()
	_, _, isNarrow := narrow.parts()
	return isWide && isNarrow
}
