package process

import (
	"cmp"
	"slices"

	"paraph/fault"
	"paraph/record"
)

func (s *State) strike(by record.Actor, a Strike) ([]record.Event, error) {
	p := s.person(a.Seat, a.Person)
	if p == nil {
		return nil, fault.NotFound("nobody with the id %q is accredited for %s", a.Person, a.Seat)
	}
	if err := cmp.Or(
		s.mayStrike(by, p),
		record.CheckProse("the reason", a.Reason, record.Optional),
		sourced(by, s.process.Rules, p.Audience, a.Source)); err != nil {
		return nil, err
	}
	if !p.Struck.IsZero() {
		return nil, fault.Conflict("the accreditation of %q has ended already", a.Person)
	}
	if s.lastHead(p) {
		return nil, fault.Conflict("%q is the last head of the chair's seat", a.Person).With("accredit another head first")
	}
	return []record.Event{{
		Audience: p.Audience,
		Kind:     kindStruck,
		Body:     struck(a),
		Mentions: append(record.SeatRefs(a.Seat), record.NewRef("person", a.Person)),
	}}, nil
}

// mayStrike lets everybody leave, whatever the capacity: it is the one act that
// needs none.
func (s *State) mayStrike(by record.Actor, p *PersonView) error {
	switch {
	case by.Role == record.Keeper:
		return s.reports(p.Audience)
	case by.Role != record.Chair && by.Seat != p.Seat:
		return fault.Forbidden("%s cannot strike people of %s", by.Seat, p.Seat).
			With("the chair can, the head of that delegation, and the person alone")
	case by.Seat == p.Seat && by.Person == p.ID && by.Role != record.Outsider:
		return nil
	}
	_, err := by.Address(p.Audience, p.Audience, record.Binding)
	return err
}

// lastHead tells whether a person is the only head that the chair's seat has.
func (s *State) lastHead(p *PersonView) bool {
	if seat := s.seat(p.Seat); p.Capacity != record.Head || seat == nil || seat.Role != record.Chair {
		return false
	}
	people, _ := s.delegation(p.Seat)
	return !slices.ContainsFunc(people, func(o PersonView) bool { return o.Capacity == record.Head && o.ID != p.ID })
}

func (s *State) suspend(by record.Actor, a Suspend) ([]record.Event, error) {
	seat, err := s.turn(by, a, "suspends a seat")
	if err != nil {
		return nil, err
	}
	if seat.Role == record.Chair {
		return nil, fault.Forbidden("the chair's own seat cannot be suspended")
	}
	if !seat.Suspended.IsZero() {
		return nil, fault.Conflict("%s is suspended already", a.Seat)
	}
	return turned(seat, kindSuspended, suspended(a)), nil
}

func (s *State) restore(by record.Actor, a Restore) ([]record.Event, error) {
	seat, err := s.turn(by, Suspend(a), "restores a seat")
	if err != nil {
		return nil, err
	}
	if seat.Suspended.IsZero() {
		return nil, fault.Conflict("%s is not suspended", a.Seat)
	}
	return turned(seat, kindRestored, restored(a)), nil
}

// turn gives the seat that is to be suspended or restored, if that is the actor's
// to do.
func (s *State) turn(by record.Actor, a Suspend, does string) (*SeatView, error) {
	if err := cmp.Or(presides(by, does), s.isOpen()); err != nil {
		return nil, err
	}
	seat := s.seat(a.Seat)
	if seat == nil {
		return nil, fault.NotFound("there is no seat %q", string(a.Seat))
	}
	err := s.reports(seat.Audience)
	if by.Role != record.Keeper {
		_, err = by.Address(seat.Audience, seat.Audience, record.Binding)
	}
	return seat, cmp.Or(err,
		record.CheckProse("the reason", a.Reason, record.Optional),
		sourced(by, s.process.Rules, seat.Audience, a.Source))
}

func turned(seat *SeatView, kind record.Kind, body any) []record.Event {
	return []record.Event{{Audience: seat.Audience, Kind: kind, Body: body, Mentions: record.SeatRefs(seat.Seat)}}
}

// reports refuses a keeper where people sit at the table themselves: what it
// reports of who left would shut them out.
func (s *State) reports(of record.Audience) error {
	if s.process.Rules.Kept && of == record.Public {
		return nil
	}
	return fault.Forbidden("a keeper ends nobody's place at the table").With("the chair does")
}
