package desk

import (
	"context"
	"fmt"
	"reflect"

	"paraph/fault"
	"paraph/record"
)

// Check verifies the record of every process, and that every state in memory is
// the one that the log gives. The error names the first process and log, or
// lens, where that is not so.
func (d *Desk) Check(ctx context.Context) error {
	all, err := d.log.Processes(ctx)
	if err != nil {
		return err
	}
	for _, p := range all {
		if err := d.check(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) check(ctx context.Context, p record.ProcessID) error {
	h := d.enter(p)
	defer d.leave(h)
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.load(ctx); err != nil {
		return err
	}
	h.land()
	audiences, err := d.log.Audiences(ctx, p)
	if err != nil {
		return err
	}
	for _, a := range audiences {
		entries, err := d.log.Read(ctx, p, a, 0, 0)
		if err != nil {
			return err
		}
		if err := record.Verify(entries); err != nil {
			return err
		}
		if tip := entries[len(entries)-1].Tip(); tip != h.tips[a] {
			return unlike(p, fmt.Sprintf("the log %q ends at %d, in memory at %d", a, tip.Seq, h.tips[a].Seq))
		}
	}
	if len(audiences) != len(h.tips) {
		return unlike(p, fmt.Sprintf("%d logs stand, %d are in memory", len(audiences), len(h.tips)))
	}
	return h.checkSights(ctx, audiences)
}

// checkSights folds all that lenses saw once more and compares.
func (h *hall) checkSights(ctx context.Context, audiences []record.Audience) error {
	again := map[record.Lens]*sight{}
	for l := range h.sights {
		again[l] = newSight(l)
	}
	shared := &hall{id: h.id, tips: map[record.Audience]record.Tip{}}
	err := walk(ctx, h.log, h.id, audiences, func(e record.Entry) error {
		if !e.At.After(shared.at) {
			return fault.Invalid("two entries of %s have the time %v", h.id, e.At)
		}
		shared.take(e)
		for _, s := range again {
			s.fold(e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(&shared.seats, &h.seats) {
		return unlike(h.id, "the roster in memory is not what the log gives")
	}
	for l, live := range h.sights {
		s := again[l]
		if live.entries != s.entries || !reflect.DeepEqual(live.made, s.made) || !reflect.DeepEqual(&live.rooms, &s.rooms) {
			return unlike(h.id, fmt.Sprintf("what %s %q sees is not what the log gives", l.Role, l.Seat))
		}
	}
	return nil
}

func unlike(p record.ProcessID, words string) error {
	return fault.Invalid("the state of %s is wrong: %s", p, words)
}
