package sitting

import (
	"cmp"
	"slices"

	"paraph/fault"
	"paraph/record"
)

func (s *State) send(by record.Actor, a Send) ([]record.Event, error) {
	narrowest := record.Offices(by.Seat)
	if by.Role == record.Chair {
		if a.To == "" {
			return nil, fault.Invalid("the message goes to nobody").With("name the seat it is for")
		}
		narrowest = record.Offices(a.To)
	}
	if by.Role == record.Keeper {
		return nil, fault.Forbidden("a keeper of the record sends no messages").
			With("what was said in public is a statement")
	}
	to, err := by.Address(a.Audience, narrowest, record.Speaking)
	if err := cmp.Or(err, a.check(by)); err != nil {
		return nil, err
	}
	if to == record.Public {
		return nil, fault.Invalid("a message goes to seats, not to the public").With("what is said in public is a statement")
	}
	if s.messages.Get(a.ID) != nil {
		return nil, fault.Conflict("a message with the id %q stands already", a.ID).With("choose another id")
	}
	seats := append([]record.Seat{a.To}, a.MayPass...)
	return []record.Event{{
		Audience: to,
		Kind:     kindSent,
		Body:     sent{a.ID, a.To, a.Words, a.MayPass, a.PassOn, a.Withhold},
		Makes:    []record.Ref{record.NewRef("message", a.ID)},
		Mentions: mentions(nil, append(seats, to.Seats()...)...),
	}}, nil
}

func (a Send) check(by record.Actor) error {
	for i, seat := range append([]record.Seat{a.To}, a.MayPass...) {
		if i == 0 && seat == "" {
			continue
		}
		if err := record.CheckSeat(seat); err != nil {
			return err
		}
		if seat == by.Seat {
			return fault.Invalid("a message to oneself goes nowhere").With("name another seat")
		}
	}
	return cmp.Or(
		record.CheckID("a message", a.ID),
		record.CheckProse("the message", a.Words, record.Required),
		record.CheckProse("what may be passed on", a.PassOn, record.Optional),
		record.CheckProse("what is to be withheld", a.Withhold, record.Optional))
}

// carry writes two entries: the message, to the seat that receives it, as the
// chair's own; and to the chair alone, which message it carries on.
func (s *State) carry(by record.Actor, a Carry) ([]record.Event, error) {
	if by.Role != record.Chair {
		return nil, fault.Forbidden("only the chair carries messages")
	}
	origin := s.messages.Get(a.Message)
	if origin == nil {
		return nil, fault.NotFound("there is no message %q", a.Message)
	}
	to, err := by.Address(record.Offices(a.To), "", record.Speaking)
	if err := cmp.Or(err,
		record.CheckID("a message", a.ID),
		record.CheckProse("the message", a.Words, record.Optional),
		origin.mayReach(by.Seat, a.To)); err != nil {
		return nil, err
	}
	if s.messages.Get(a.ID) != nil {
		return nil, fault.Conflict("a message with the id %q stands already", a.ID).With("choose another id")
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindSent,
		Body:     sent{ID: a.ID, To: a.To, Words: cmp.Or(a.Words, origin.PassOn, origin.Words)},
		Makes:    []record.Ref{record.NewRef("message", a.ID)},
		Mentions: record.SeatRefs(a.To),
	}, {
		Audience: record.Internal(by.Seat),
		Kind:     kindCarried,
		Body:     carried{a.Message, a.ID, a.To},
		Mentions: []record.Ref{record.NewRef("message", a.Message), record.NewRef("message", a.ID)},
	}}, nil
}

// mayReach tells whether the sender of a message lets the chair carry it to a
// seat: to those it named, and to the one it is meant for.
func (v *MessageView) mayReach(chair, to record.Seat) error {
	if v.From == chair {
		return fault.Invalid("this message is the chair's own").With("send it, instead of carrying it on")
	}
	if to == v.From {
		return fault.Invalid("%s sent this message itself", to).With("carry it to another seat")
	}
	if to == chair {
		return fault.Invalid("the message has reached the chair already").With("carry it to another seat")
	}
	if to != v.To && !slices.Contains(v.MayPass, to) {
		return fault.Forbidden("%s did not say that this message may be passed on to %s", v.From, to).
			With("ask %s first; a message that may be passed on says so", v.From)
	}
	return nil
}

func (s *State) acknowledge(by record.Actor, a Acknowledge) ([]record.Event, error) {
	v := s.messages.Get(a.Message)
	if v == nil {
		return nil, fault.NotFound("there is no message %q", a.Message)
	}
	if v.From == by.Seat {
		return nil, fault.Forbidden("%s sent this message itself", by.Seat).With("who receives it acknowledges it")
	}
	to, err := by.Address(v.Audience, v.Audience, record.Speaking)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(v.Acknowledged, func(r Receipt) bool { return r.Seat == by.Seat }) {
		return nil, fault.Conflict("%s has acknowledged this message already", by.Seat)
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindAcknowledged,
		Body:     acknowledged(a),
		Mentions: []record.Ref{record.NewRef("message", a.Message)},
	}}, nil
}
