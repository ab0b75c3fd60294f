package desk

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"paraph/desk/desktest"
	"paraph/fault"
	"paraph/record"
)

func cursor(t *testing.T, d *Desk, l record.Lens) Cursor {
	t.Helper()
	var c Cursor
	if err := d.Look(ctx, "lake", l, func(v View) error {
		c = v.Cursor
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return c
}

// ready tells what a watch gives that need not wait.
func ready(d *Desk, l record.Lens, from Cursor) (Move, error) {
	gone, cancel := context.WithCancel(ctx)
	cancel()
	return d.Watch(gone, "lake", l, from)
}

func TestWatch(t *testing.T) {
	d := on(t, store(t))
	seat(t, d, "lake")
	from := map[record.Lens]Cursor{}
	seated := desktest.Lenses()[:4]
	for _, l := range seated {
		from[l] = cursor(t, d, l)
		if m, err := ready(d, l, from[l]); fault.KindOf(err) != fault.KindUnavailable {
			t.Errorf("%v: nothing came, and a watch gives %+v, %v", l, m, err)
		}
	}
	for i, a := range []record.Audience{record.Offices("RU"), record.Internal("RU"), record.Plenary, record.Parties, record.Bilateral("RU", "EU")} {
		must(t, d, "lake", ru, table(fmt.Sprint("p", i), a))
		for _, l := range seated {
			m, err := ready(d, l, from[l])
			if !l.Reads(a) {
				if fault.KindOf(err) != fault.KindUnavailable {
					t.Errorf("%v is woken by an entry to %s: %+v", l, a, m)
				}
				continue
			}
			if err != nil || m.All || !slices.Contains(m.Touched, fmt.Sprint("proposal/p", i)) || slices.Contains(m.Touched, "proposal/p0") && i > 0 {
				t.Errorf("%v: an entry to %s gives %+v, %v", l, a, m, err)
			}
			if now := cursor(t, d, l); now != m.Cursor {
				t.Errorf("%v: a look stands at %q, a watch at %q", l, now, m.Cursor)
			}
			from[l] = m.Cursor
		}
	}
}

// Those who are slow get one move for all that came, and miss nothing.
func TestWatchCoalesces(t *testing.T) {
	d := on(t, store(t))
	seat(t, d, "lake")
	from := cursor(t, d, ru.Lens())
	for i := range 5 {
		must(t, d, "lake", ru, table(fmt.Sprint("p", i), ""))
	}
	m, err := ready(d, ru.Lens(), from)
	if err != nil || m.All {
		t.Fatalf("%+v, %v", m, err)
	}
	for i := range 5 {
		if !slices.Contains(m.Touched, fmt.Sprint("proposal/p", i)) {
			t.Errorf("p%d is missing in %v", i, m.Touched)
		}
	}
	if !slices.IsSorted(m.Touched) || len(slices.Compact(slices.Clone(m.Touched))) != len(m.Touched) {
		t.Errorf("%v is not sorted, or says a thing twice", m.Touched)
	}
	var kept Cursor
	for i := range 2 * maxNews {
		must(t, d, "lake", ru, table("x"+key(), ""))
		if i == maxNews {
			kept = cursor(t, d, ru.Lens())
		}
	}
	if m, err := ready(d, ru.Lens(), m.Cursor); err != nil || !m.All {
		t.Errorf("from before what is kept: %+v, %v, want all", m, err)
	}
	if m, err := ready(d, ru.Lens(), kept); err != nil || m.All || len(m.Touched) < maxNews-1 {
		t.Errorf("from what is kept: all: %v, %d touched, %v", m.All, len(m.Touched), err)
	}
	for _, unknown := range []Cursor{"", "?", "zzzzzzzzzzzz", "1"} {
		if m, err := ready(d, ru.Lens(), unknown); err != nil || !m.All || m.Cursor != cursor(t, d, ru.Lens()) {
			t.Errorf("from %q: %+v, %v, want all", unknown, m, err)
		}
	}
}

// One who waits is woken by what it reads, also after the states were folded anew.
func TestWatchWaits(t *testing.T) {
	d := on(t, store(t))
	seat(t, d, "lake")
	type result struct {
		move Move
		err  error
	}
	watch := func(c context.Context, l record.Lens, from Cursor) chan result {
		ch := make(chan result, 1)
		go func() {
			m, err := d.Watch(c, "lake", l, from)
			ch <- result{m, err}
		}()
		return ch
	}
	end, stop := context.WithCancel(ctx)
	woken := watch(ctx, chair.Lens(), cursor(t, d, chair.Lens()))
	never := watch(end, ua.Lens(), cursor(t, d, ua.Lens()))
	h := d.enter("lake")
	h.mu.Lock()
	h.giveUp()
	h.mu.Unlock()
	d.leave(h)
	must(t, d, "lake", ru, table("p1", record.Offices("RU")))
	if r := <-woken; r.err != nil || !r.move.All && !slices.Contains(r.move.Touched, "proposal/p1") {
		t.Errorf("woken with %+v, %v", r.move, r.err)
	}
	select {
	case r := <-never:
		t.Errorf("woken by what it cannot read: %+v, %v", r.move, r.err)
	default:
	}
	stop()
	if r := <-never; fault.KindOf(r.err) != fault.KindUnavailable {
		t.Errorf("the end of waiting gives %+v, %v", r.move, r.err)
	}
}
