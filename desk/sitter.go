package desk

import (
	"context"

	"paraph/process"
	"paraph/record"
)

// Sitter gives a person who sits in a process, as the record says now: the seat,
// the capacity, the role of the seat. The person is known by the id of an
// accreditation. Whoever was never accredited there, was struck, or has a seat
// that is suspended is told the same as of a process that is not there.
//
// The ids of people must be drawn at random, as those of all things are: where two
// seats took one id out of each other's sight, neither person sits.
//
// Before anybody is accredited for the chair's seat, who opened the process sits
// there.
func (d *Desk) Sitter(ctx context.Context, p record.ProcessID, person string) (record.Actor, error) {
	h := d.enter(p)
	defer d.leave(h)
	for range tries {
		by, rests, err := h.sitter(ctx, person)
		if rests.stands() {
			return by, err
		}
		h.forget(rests)
	}
	return record.Actor{}, lost()
}

// sitter gives who sits, and the flight that the answer rests on.
func (h *hall) sitter(ctx context.Context, person string) (record.Actor, *flight, error) {
	h.mu.RLock()
	for !h.loaded {
		h.mu.RUnlock()
		if err := h.fill(ctx); err != nil {
			return record.Actor{}, nil, err
		}
		h.mu.RLock()
	}
	defer h.mu.RUnlock()
	if person == "" {
		return record.Actor{}, nil, absent()
	}
	by, sits := process.SeeSitter(&h.seats, person)
	founder := record.Actor{By: h.opener, Role: record.Chair}
	if !sits && founder.Seat != "" && founder.Person == person && h.sits(founder) {
		by, sits = founder, true
	}
	if !sits {
		known, _ := process.SeePerson(&h.seats, person)
		return record.Actor{}, h.turn(record.By{Seat: known.Seat, Person: person}), absent()
	}
	return by, h.turn(by.By), nil
}

// fill folds what all lenses share, unless that is done.
func (h *hall) fill(ctx context.Context) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.load(ctx)
}

// sits tells whether somebody acts and looks for a seat now. Where a person is
// named, the person is accredited for that seat in that capacity; where none is,
// the seat is enough. Who has no seat reads as the public does, and may.
//
// It is asked of the process room alone, folded from all logs. That tells nothing
// that the actor does not read: each seat reads every accreditation of its own
// people and its end, and all seats read of each other's admission and suspension.
//
// A chair sits there before it has taken its seat: it opens the process, admits
// itself, and accredits its first head.
func (h *hall) sits(by record.Actor) bool {
	l := plain(by.Lens())
	switch {
	case l == (record.Lens{}):
		return true
	case l.Role == record.Chair && len(h.table) == 0:
		return len(h.tips) == 0 || by.By == h.opener || by.Person == "" && by.Seat == h.opener.Seat
	case h.roster[l.Seat] != l.Role:
		return false
	case by.Person == "" || process.SeeSits(&h.seats, by):
		return true
	}
	return l.Role == record.Chair && by.By == h.opener && !process.SeeManned(&h.seats, l.Seat)
}

// turn gives the last act that gave or ended somebody's place, if it may not be
// durable yet. An answer that somebody sits, or does not, rests on it.
func (h *hall) turn(by record.By) *flight {
	if f := h.turns[place{by.Seat, by.Person}]; f != nil && by.Person != "" {
		if seat := h.turns[place{by.Seat, ""}]; seat == nil || seat.entries[0].At.Before(f.entries[0].At) {
			return f
		}
	}
	return h.turns[place{by.Seat, ""}]
}

// who gives a lens as one who looks through it for the whole seat.
func who(l record.Lens) record.Actor {
	return record.Actor{By: record.By{Seat: l.Seat}, Role: l.Role}
}
