package desk

import (
	"context"
	"errors"

	"paraph/bargain"
	"paraph/consent"
	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/sitting"
	"paraph/text"
)

// View is a process as one lens sees it: the rooms' states, for their See…
// functions. It is for reading only, and only until the look is over.
type View struct {
	Lens    record.Lens
	Cursor  Cursor // where the view stands, for Watch
	Process *process.State
	Text    *text.State
	Consent *consent.State
	Sitting *sitting.State
	Press   *press.State
	Bargain *bargain.State
	Kept    *Kept // what was made of earlier views of this lens
}

// Look shows a process through a lens to a function, and returns its error. No
// act is done meanwhile, so the function should be brief. It may be called more
// than once, when what it was shown turned out not to be written: only when Look
// returns may the last call's result be shown to anybody.
//
// A process of which the lens can read nothing is not found, and neither is one
// in which the lens has no seat.
func (d *Desk) Look(ctx context.Context, p record.ProcessID, l record.Lens, see func(View) error) error {
	return d.LookAs(ctx, p, who(l), see)
}

// LookAs is Look for a person: through the lens of the actor's seat, while the
// person is accredited for that seat in that capacity and the seat is not
// suspended. That is asked in the same moment in which the view is made, so that
// no view has anything in it that came after the person was struck. An actor who
// names no person looks as the seat; one without a seat as the public.
func (d *Desk) LookAs(ctx context.Context, p record.ProcessID, by record.Actor, see func(View) error) error {
	if err := d.open(ctx, p, by); err != nil {
		return err
	}
	h := d.enter(p)
	defer d.leave(h)
	return h.lookAs(ctx, by, see)
}

// lookAs is LookAs, in a hall that was entered.
func (h *hall) lookAs(ctx context.Context, by record.Actor, see func(View) error) error {
	for range tries {
		rests, err := h.look(ctx, by, see)
		if rests.stands() {
			h.settle() // so that who watches from the view's cursor is told what comes after it
			return err
		}
		h.forget(rests)
	}
	return lost()
}

// look shows a view once, and gives the flight that it rests on.
func (h *hall) look(ctx context.Context, by record.Actor, see func(View) error) (*flight, error) {
	s, rests, unlock, err := h.seen(ctx, by)
	if err != nil {
		return rests, err
	}
	defer unlock()
	v := View{
		Lens: s.lens, Cursor: cursorAt(s.at),
		Process: &s.rooms.process, Text: &s.rooms.text, Consent: &s.rooms.consent,
		Sitting: &s.rooms.sitting, Press: &s.rooms.press, Bargain: &s.rooms.bargain, Kept: &s.kept,
	}
	return s.last, see(v)
}

// seen gives the sight of one who looks, with the lock held for reading, and what
// gives up the lock; or else a refusal, and the flight that it rests on.
func (h *hall) seen(ctx context.Context, by record.Actor) (*sight, *flight, func(), error) {
	l := plain(by.Lens())
	for {
		h.mu.RLock()
		if h.loaded {
			if !h.sits(by) {
				rests := h.turn(by.By)
				h.mu.RUnlock()
				return nil, rests, nil, absent()
			}
			if s := h.sights[l]; s != nil {
				if s.entries == 0 {
					h.mu.RUnlock()
					return nil, nil, nil, absent()
				}
				return s, nil, h.mu.RUnlock, nil
			}
		}
		h.mu.RUnlock()
		if err := h.open(ctx, by); err != nil {
			return nil, nil, nil, err
		}
	}
}

// open folds the sight of one who looks, if that one may.
func (h *hall) open(ctx context.Context, by record.Actor) error {
	l := plain(by.Lens())
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.load(ctx, l); err != nil || !h.sits(by) {
		return err
	}
	_, err := h.sight(ctx, l)
	return err
}

// Entries gives all durable entries that a lens reads, folded together in the
// order of time. What is not found is as for Look.
func (d *Desk) Entries(ctx context.Context, p record.ProcessID, l record.Lens) ([]record.Entry, error) {
	return d.EntriesAs(ctx, p, who(l))
}

// EntriesAs is Entries for a person, who must sit there as for LookAs when the
// reading begins.
func (d *Desk) EntriesAs(ctx context.Context, p record.ProcessID, by record.Actor) ([]record.Entry, error) {
	if err := d.open(ctx, p, by); err != nil {
		return nil, err
	}
	h := d.enter(p)
	defer d.leave(h)
	for range tries {
		entries, rests, err := h.read(ctx, by)
		if rests.stands() {
			return entries, err
		}
		h.forget(rests)
	}
	return nil, lost()
}

// read gives what one who looks reads, or a refusal and the flight that it rests on.
func (h *hall) read(ctx context.Context, by record.Actor) ([]record.Entry, *flight, error) {
	s, rests, unlock, err := h.seen(ctx, by)
	if err != nil {
		return nil, rests, err
	}
	audiences := h.readable(s.lens)
	h.settling.Lock()
	last := s.shown
	h.settling.Unlock()
	unlock()

	var entries []record.Entry
	enough := errors.New("all that is durable was seen")
	err = walk(ctx, h.log, h.id, audiences, func(e record.Entry) error {
		if e.At.UnixMicro() > last {
			return enough
		}
		entries = append(entries, e)
		return nil
	})
	if err != nil && !errors.Is(err, enough) {
		return nil, nil, err
	}
	return entries, nil, nil
}
