package desk

import (
	"context"
	"errors"

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
	h := d.enter(p)
	defer d.leave(h)
	for range tries {
		rests, err := h.look(ctx, plain(l), see)
		if rests.stands() {
			h.settle() // so that who watches from the view's cursor is told what comes after it
			return err
		}
		h.forget(rests)
	}
	return lost()
}

// look shows a view once, and gives the flight that it rests on.
func (h *hall) look(ctx context.Context, l record.Lens, see func(View) error) (*flight, error) {
	s, unlock, err := h.seen(ctx, l)
	if err != nil {
		return nil, err
	}
	defer unlock()
	v := View{
		Lens: l, Cursor: cursorAt(s.at),
		Process: &s.rooms.process, Text: &s.rooms.text, Consent: &s.rooms.consent,
		Sitting: &s.rooms.sitting, Press: &s.rooms.press, Kept: &s.kept,
	}
	return s.last, see(v)
}

// seen gives the sight of a lens with the lock held for reading, and what gives
// up the lock.
func (h *hall) seen(ctx context.Context, l record.Lens) (*sight, func(), error) {
	for {
		h.mu.RLock()
		if h.loaded {
			if !h.sits(l) {
				h.mu.RUnlock()
				return nil, nil, absent()
			}
			if s := h.sights[l]; s != nil {
				if s.entries == 0 {
					h.mu.RUnlock()
					return nil, nil, absent()
				}
				return s, h.mu.RUnlock, nil
			}
		}
		h.mu.RUnlock()
		if err := h.open(ctx, l); err != nil {
			return nil, nil, err
		}
	}
}

// open folds the sight of a lens, if the lens may look.
func (h *hall) open(ctx context.Context, l record.Lens) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.load(ctx, l); err != nil {
		return err
	}
	if !h.sits(l) {
		return absent()
	}
	_, err := h.sight(ctx, l)
	return err
}

// Entries gives all durable entries that a lens reads, folded together in the
// order of time. What is not found is as for Look.
func (d *Desk) Entries(ctx context.Context, p record.ProcessID, l record.Lens) ([]record.Entry, error) {
	h := d.enter(p)
	defer d.leave(h)
	s, unlock, err := h.seen(ctx, plain(l))
	if err != nil {
		return nil, err
	}
	audiences := h.readable(s.lens)
	h.settling.Lock()
	last := s.shown
	h.settling.Unlock()
	unlock()

	var entries []record.Entry
	enough := errors.New("all that is durable was seen")
	err = walk(ctx, d.log, p, audiences, func(e record.Entry) error {
		if e.At.UnixMicro() > last {
			return enough
		}
		entries = append(entries, e)
		return nil
	})
	if err != nil && !errors.Is(err, enough) {
		return nil, err
	}
	return entries, nil
}
