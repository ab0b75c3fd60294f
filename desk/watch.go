package desk

import (
	"context"

	"paraph/fault"
	"paraph/record"
)

// Cursor is where somebody who watches stands: opaque, and the same for all who
// look through equal lenses. The empty cursor stands nowhere.
type Cursor string

// Move is what has come since a cursor.
type Move struct {
	Cursor  Cursor   // where one stands now
	Touched []string // which areas of a page have moved, sorted; see the rooms' Touches
	All     bool     // the cursor is too old, or unknown: anything may have moved
}

// Watch waits until something durable has come after the cursor that the lens
// can read, and tells what. Nothing else wakes it. However much has come, it is
// told in one move: those who are slow get fewer moves, and miss none.
//
// When ctx ends first, it is unavailable. What is not found is as for Look.
func (d *Desk) Watch(ctx context.Context, p record.ProcessID, l record.Lens, from Cursor) (Move, error) {
	return d.WatchAs(ctx, p, who(l), from)
}

// WatchAs is Watch for a person, as LookAs is Look. One who waits is told that
// there is no such process as soon as it is durable that the person was struck or
// the seat suspended: the seat reads of that, so that it wakes.
func (d *Desk) WatchAs(ctx context.Context, p record.ProcessID, by record.Actor, from Cursor) (Move, error) {
	if err := d.open(ctx, p, by); err != nil {
		return Move{}, err
	}
	h := d.enter(p)
	defer d.leave(h)
	for {
		s, rests, unlock, err := h.seen(ctx, by)
		if err != nil && rests.stands() {
			return Move{}, err
		}
		if err != nil {
			h.forget(rests)
			continue
		}
		h.settling.Lock()
		move, moved := s.since(from)
		next := s.moved
		h.settling.Unlock()
		unlock()
		if moved {
			return move, nil
		}
		select {
		case <-next:
		case <-ctx.Done():
			return Move{}, fault.Unavailable("nothing came while somebody watched").Because(context.Cause(ctx))
		}
	}
}
