package desk

import (
	"encoding/json"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"paraph/desk/desktest"
	"paraph/record"
	"paraph/text"
)

// answer is all that an actor learns from asking for an act, but the time.
func answer(r Receipt, err error) string {
	said := []any{fmt.Sprint(err)}
	for _, e := range r.Entries {
		said = append(said, e.Audience, e.Seq, e.Content)
	}
	b, err := json.Marshal(said)
	return fmt.Sprint(string(b), err)
}

// seated tells which people a seat has at the table, in which capacity.
func seated(d *Desk, p record.ProcessID, l record.Lens) string {
	var sit []record.By
	for _, id := range append(desktest.IDs, "p-ch", "p-ru", "p-ua", "p-eu") {
		for _, c := range []record.Capacity{record.Head, record.Member} {
			by := record.Actor{By: record.By{Seat: l.Seat, Person: id, Capacity: c}, Role: l.Role}
			if l.Seat != "" && d.LookAs(ctx, p, by, func(View) error { return nil }) == nil {
				sit = append(sit, by.By)
			}
		}
	}
	return fmt.Sprint(sit)
}

// The purge property: what a lens sees, and what its seat is answered, is the
// same when all that the lens may not read had never happened. The other history
// is a record of its own, with the readable logs alone.
func TestPurge(t *testing.T) {
	whole := on(t, store(t))
	purged := map[record.Lens]record.Log{}
	desks := map[record.Lens]*Desk{}
	for _, l := range desktest.Lenses() {
		purged[l] = store(t)
		desks[l] = on(t, purged[l])
	}
	cases, done, hidden, mentions := 0, 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		p := record.ProcessID(fmt.Sprint("p-", cases))
		seatBefore(t, whole, p, rapid.SampledFrom([]record.Audience{record.Public, record.Plenary}).Draw(t, "known to"))
		d := desktest.Draws{T: t}
		if err := whole.Look(ctx, p, chair.Lens(), func(v View) error {
			version, _ := text.SeeVersion(v.Text, "v1")
			d.Clauses = version.Clauses
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(10, 40).Draw(t, "acts") {
			by, act := d.Act()
			if _, err := whole.Do(ctx, p, by, key(), act); err == nil {
				done++
			}
		}
		for _, l := range desktest.Lenses() {
			n, err := desktest.Purge(ctx, whole.log, purged[l], p, l)
			if err != nil {
				t.Fatal(err)
			}
			hidden += n
			if got, want := pages(t, whole, p, l), pages(t, desks[l], p, l); got != want {
				t.Fatalf("%v sees another thing when what it may not read is gone:\n%s\n%s", l, got, want)
			}
			if got, want := seated(whole, p, l), seated(desks[l], p, l); got != want {
				t.Fatalf("of the people of %v others sit when what it may not read is gone:\n%s\n%s", l, got, want)
			}
			mentions += pointing(t, whole, p, l)
		}
		by, act := d.Act()
		for range 8 {
			k := key()
			got, want := answer(whole.Do(ctx, p, by, k, act)), answer(desks[plain(by.Lens())].Do(ctx, p, by, k, act))
			if got != want {
				t.Fatalf("%v asks for %#v and is answered otherwise when what it may not read is gone:\n%s\n%s", by, act, got, want)
			}
			act = d.Own()
		}
		for _, desk := range desks {
			desk.Drop(p)
		}
	})
	t.Logf("%d acts done, %d entries hidden, %d mentions in %d cases", done, hidden, mentions, cases)
	if done < 2*cases || hidden < 2*cases || mentions < 2*cases {
		t.Errorf("%d acts done and %d entries hidden in %d cases: too few to prove anything", done, hidden, cases)
	}
}

// Watchers are woken by what their lens reads, and by nothing else, in every
// history.
func TestWatchersOfOtherLenses(t *testing.T) {
	desk := on(t, store(t))
	cases := 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		p := record.ProcessID(fmt.Sprint("p-", cases))
		seat(t, desk, p)
		d := desktest.Draws{T: t}
		cursors := map[record.Lens]Cursor{}
		for _, l := range desktest.Lenses()[:4] {
			if err := desk.Look(ctx, p, l, func(v View) error {
				version, _ := text.SeeVersion(v.Text, "v1")
				d.Clauses, cursors[l] = version.Clauses, v.Cursor
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		for range rapid.IntRange(1, 10).Draw(t, "acts") {
			by, act := d.Act()
			r, err := desk.Do(ctx, p, by, key(), act)
			for l, from := range cursors {
				reads := false
				for _, e := range r.Entries {
					reads = reads || l.Reads(e.Audience)
				}
				h := desk.enter(p)
				h.settling.Lock()
				move, moved := h.sights[l].since(from)
				h.settling.Unlock()
				desk.leave(h)
				if moved != (err == nil && reads) {
					t.Fatalf("%v: moved %v by %+v, %v", l, moved, r.Entries, err)
				}
				if moved {
					cursors[l] = move.Cursor
				}
			}
		}
	})
}
