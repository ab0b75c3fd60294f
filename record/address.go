package record

import "paraph/fault"

// Duty is what an act asks of the person who does it.
type Duty uint8

// The duties, in the order of what they need.
const (
	Noting   Duty = iota // writes down what happened
	Speaking             // speaks for the seat: tables, takes a position
	Binding              // binds the seat
)

// Address settles to whom an act is written: to the audience asked for, or to
// the narrowest sensible one when none is. It refuses an audience that the
// actor does not read, and what the person's capacity does not allow:
//
//   - the head of a delegation may do all;
//   - a member all but bind the seat;
//   - an adviser writes to the own seat alone;
//   - interpreters and note-takers note, for the own seat alone;
//   - a keeper writes to the public alone, and binds nobody.
func (a Actor) Address(asked, narrowest Audience, d Duty) (Audience, error) {
	if a.Role == Keeper {
		return a.reports(asked, d)
	}
	if !a.Lens().seated() || a.Seat == "" {
		return "", fault.Forbidden("only those who have a seat may write to the record").With("take a seat first")
	}
	if asked == "" {
		asked = narrowest
	}
	to, err := ParseAudience(string(asked))
	if err != nil {
		return "", err
	}
	for _, s := range to.Seats() {
		if err := CheckSeat(s); err != nil {
			return "", err
		}
	}
	if !a.Lens().Reads(to) {
		return "", fault.Forbidden("your seat %s does not read %s, so it cannot write there", a.Seat, to).
			With("choose an audience that holds your own seat")
	}
	return to, a.may(d, to)
}

func (a Actor) reports(asked Audience, d Duty) (Audience, error) {
	if d == Binding {
		return "", fault.Forbidden("a keeper of the record binds nobody").
			With("record it as a position, as reported, with its source")
	}
	if asked != "" && asked != Public {
		return "", fault.Forbidden("a keeper of the record writes to the public alone").
			With("leave the audience empty")
	}
	return Public, nil
}

// may tells whether a person of the actor's capacity may do a duty towards an
// audience.
func (a Actor) may(d Duty, to Audience) error {
	alone := to == Internal(a.Seat)
	switch a.Capacity {
	case Head:
		return nil
	case Member:
		if d != Binding {
			return nil
		}
		return fault.Forbidden("a member of the delegation cannot bind %s", a.Seat).
			With("its head of delegation can")
	case Adviser:
		if d != Binding && alone {
			return nil
		}
		return fault.Forbidden("an adviser writes to the own seat alone").
			With("choose internal:%s, or ask a member of the delegation", a.Seat)
	case Interpreter, NoteTaker:
		if d == Noting && alone {
			return nil
		}
		return fault.Forbidden("as %s you may only note, for your own seat", a.Capacity).
			With("ask a member of the delegation")
	}
	return fault.Forbidden("you have no capacity in the delegation of %s", a.Seat).
		With("ask its head or the chair to accredit you")
}

// Voice gives the seat that an act speaks for: the actor's own when none is
// asked for. Only a keeper may name another seat, whose doings it reports.
func (a Actor) Voice(asked Seat) (Seat, error) {
	if a.Role == Keeper {
		return asked, nil
	}
	if asked != "" && asked != a.Seat {
		return "", fault.Forbidden("%s cannot speak for %s", a.Seat, asked).With("each seat speaks for itself")
	}
	return a.Seat, nil
}

// Width ranks audiences for show, by how many they commonly reach: 0 for one
// seat, 5 for the public. It proves nothing about who reads what: for that
// there is Roster.Covers.
func (a Audience) Width() int {
	switch a.Name() {
	case public:
		return 5
	case plenary:
		return 4
	case parties:
		return 3
	case bilateral:
		return 2
	case offices:
		return 1
	}
	return 0
}
