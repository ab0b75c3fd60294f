package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"paraph/consent"
	"paraph/desk/desktest"
	"paraph/fault"
	"paraph/process"
	"paraph/record"
	"paraph/record/roomtest"
	"paraph/sitting"
	"paraph/text"
)

func TestDo(t *testing.T) {
	d := on(t, store(t))
	seat(t, d, "lake")
	offices := record.Offices("RU")
	r := must(t, d, "lake", ru, table("p1", offices))
	if r.Again || len(r.Entries) != 1 {
		t.Fatalf("the receipt has %d entries, again: %v", len(r.Entries), r.Again)
	}
	e := r.Entries[0]
	if e.Audience != offices || e.Seq != 1 || e.Content.By != ru.By || e.Content.Kind != "text.proposal.tabled" || e.Salt == (record.Salt{}) {
		t.Errorf("the entry is %+v", e)
	}
	for _, l := range desktest.Lenses() {
		entries, err := d.Entries(ctx, "lake", l)
		has := slices.ContainsFunc(entries, func(x record.Entry) bool { return x.Chain == e.Chain })
		if l != (record.Lens{}) && (err != nil || has != l.Reads(offices)) {
			t.Errorf("%v: has the entry: %v, %v", l, has, err)
		}
		if !slices.IsSortedFunc(entries, func(a, b record.Entry) int { return a.At.Compare(b.At) }) {
			t.Errorf("%v: the entries are not in the order of time", l)
		}
	}
}

func TestRefusalsChangeNothing(t *testing.T) {
	d := on(t, store(t))
	seat(t, d, "lake")
	must(t, d, "lake", ru, table("secret", record.Internal("RU")))
	must(t, d, "lake", ru, table("whispered", record.Offices("RU")))
	must(t, d, "lake", ru, table("open", record.Parties))
	before := map[record.Lens]string{}
	for _, l := range desktest.Lenses() {
		before[l] = pages(t, d, "lake", l)
	}
	position := func(on record.Ref, a record.Audience) consent.TakePosition {
		return consent.TakePosition{On: on, Position: consent.Supports, Audience: a}
	}
	for _, c := range []struct {
		name string
		by   record.Actor
		act  any
		want fault.Kind
	}{
		{"what no room knows", ru, 42, fault.KindInvalid},
		{"nothing", ru, nil, fault.KindInvalid},
		{"a seat that is not there", person("XX", record.Party), table("x", ""), fault.KindNotFound},
		{"a seat in another role", person("EU", record.Party), table("x", ""), fault.KindNotFound},
		{"a second chair", person("XX", record.Chair), table("x", ""), fault.KindNotFound},
		{"the public", outsider, table("x", ""), fault.KindNotFound},
		{"what the room refuses", ua, text.Withdraw{Proposal: "open"}, fault.KindForbidden},
		{"to an audience one does not read", ua, table("x", record.Offices("RU")), fault.KindForbidden},
		{"of what is not there", ua, position("proposal/none", record.Parties), fault.KindNotFound},
		{"of what is not there for the actor", ua, position("proposal/secret", record.Parties), fault.KindNotFound},
		{"of what is there for the actor alone", ru, position("proposal/secret", record.Parties), fault.KindInvalid},
		{"to some who do not read it", ru, position("proposal/open", record.Plenary), fault.KindInvalid},
		{"to a seat that is not there", chair, sitting.Send{ID: "m", To: "XX", Words: "Well?"}, fault.KindNotFound},
		{"in the words of no letters", ru, table("\xff", ""), fault.KindInvalid},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := d.Do(ctx, "lake", c.by, key(), c.act)
			if fault.KindOf(err) != c.want || len(r.Entries) != 0 {
				t.Errorf("%d entries and %v, want %s", len(r.Entries), err, c.want)
			}
			for _, l := range desktest.Lenses() {
				if pages(t, d, "lake", l) != before[l] {
					t.Errorf("%v: a refused act changed what is seen", l)
				}
			}
		})
	}
	same := func(a, b record.Ref) {
		_, one := d.Do(ctx, "lake", ua, key(), position(a, record.Parties))
		_, two := d.Do(ctx, "lake", ua, key(), position(b, record.Parties))
		if strings.ReplaceAll(one.Error(), a.ID(), b.ID()) != two.Error() {
			t.Errorf("hidden and absent differ: %v, %v", one, two)
		}
	}
	same("proposal/secret", "proposal/none")
	same("proposal/whispered", "proposal/none")
}

func TestWrongCalls(t *testing.T) {
	d := on(t, store(t))
	seat(t, d, "lake")
	gone, cancel := context.WithCancel(ctx)
	cancel()
	for name, err := range map[string]error{
		"process": second(d.Do(ctx, "The Lake", ru, key(), table("x", ""))),
		"no key":  second(d.Do(ctx, "lake", ru, "", table("x", ""))),
		"key":     second(d.Do(ctx, "lake", ru, strings.Repeat("k", 201), table("x", ""))),
	} {
		if fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
	if _, err := d.Do(gone, "lake", ru, key(), table("x", "")); fault.KindOf(err) != fault.KindUnavailable {
		t.Errorf("nobody waits: %v, want unavailable", err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestNoChanceNoEntry(t *testing.T) {
	log := store(t)
	seat(t, on(t, log), "lake")
	d := New(log, Options{Rand: iotest.ErrReader(errors.New("no chance"))})
	if _, err := d.Do(ctx, "lake", ru, key(), table("x", "")); fault.KindOf(err) != fault.KindUnavailable {
		t.Errorf("without chance: %v, want unavailable", err)
	}
	if err := d.Check(ctx); err != nil {
		t.Error(err)
	}
}

func TestDoneOnce(t *testing.T) {
	log := store(t)
	d := on(t, log)
	seat(t, d, "lake")
	k := key()
	first, err := d.Do(ctx, "lake", ru, k, table("p1", record.Parties))
	if err != nil {
		t.Fatal(err)
	}
	for name, act := range map[string]any{"the same": table("p1", record.Parties), "another": table("p2", record.Plenary), "nonsense": 42} {
		for _, desk := range []*Desk{d, New(log, Options{})} {
			again, err := desk.Do(ctx, "lake", ru, k, act)
			if err != nil || !again.Again || len(again.Entries) != 1 || again.Entries[0].Chain != first.Entries[0].Chain {
				t.Errorf("%s: %+v, %v", name, again, err)
			}
		}
	}
	other := roomtest.As(ru, record.Member)
	other.Person = "somebody-else"
	must(t, d, "lake", ru, process.Accredit{ID: other.Person, Seat: "RU", Name: "Somebody else", Capacity: record.Member})
	for name, by := range map[string]record.Actor{"another seat": ua, "another person": other} {
		if r, err := d.Do(ctx, "lake", by, k, table("of-"+strings.ToLower(string(by.Person[:1])), "")); err != nil || r.Again {
			t.Errorf("%s meets the key: %+v, %v", name, r, err)
		}
	}
}

func TestDoneOnceAtOnce(t *testing.T) {
	d := on(t, store(t))
	seat(t, d, "lake")
	for round := range 10 {
		k := key()
		receipts := make([]Receipt, 8)
		var all sync.WaitGroup
		for i := range receipts {
			all.Go(func() {
				var err error
				if receipts[i], err = d.Do(ctx, "lake", ru, k, table(fmt.Sprint("p-", round), record.Parties)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		fresh := 0
		for _, r := range receipts {
			if len(r.Entries) != 1 || r.Entries[0].Chain != receipts[0].Entries[0].Chain {
				t.Fatalf("round %d: two receipts differ", round)
			}
			if !r.Again {
				fresh++
			}
		}
		if fresh != 1 {
			t.Errorf("round %d: done %d times", round, fresh)
		}
	}
}

// Many act, look and watch at once; nobody sees a state that is not whole.
func TestManyAtOnce(t *testing.T) {
	const each = 25
	d := on(t, store(t))
	seat(t, d, "lake")
	done, stop := context.WithCancel(ctx)
	var acting, looking sync.WaitGroup
	for i, by := range []record.Actor{ru, ua, chair, ru, ua, chair} {
		acting.Go(func() {
			for j := range each {
				to := []record.Audience{record.Parties, record.Internal(by.Seat), record.Plenary}[j%3]
				if _, err := d.Do(ctx, "lake", by, key(), table(fmt.Sprintf("p-%d-%d", i, j), to)); err != nil {
					t.Errorf("%s: %v", by.Seat, err)
				}
			}
		})
	}
	for _, l := range desktest.Lenses()[:4] {
		looking.Go(func() {
			last := 0
			for done.Err() == nil {
				n := 0
				err := d.Look(ctx, "lake", l, func(v View) error {
					n = len(text.SeeProposals(v.Text))
					return nil
				})
				if err != nil || n < last {
					t.Errorf("%v: %d proposals after %d, %v", l, n, last, err)
					return
				}
				last = n
			}
		})
	}
	acting.Wait()
	stop()
	looking.Wait()
	// Of 25 acts of each of the six, 9 are to the parties, 8 internal, 8 to all.
	for l, want := range map[record.Lens]int{chair.Lens(): 6*17 + 2*8, ru.Lens(): 6*17 + 2*8, observer.Lens(): 6 * 8} {
		n := 0
		if err := d.Look(ctx, "lake", l, func(v View) error {
			n = len(text.SeeProposals(v.Text))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if n != want {
			t.Errorf("%v sees %d proposals, want %d", l, n, want)
		}
	}
	entries, err := d.Entries(ctx, "lake", chair.Lens())
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(entries); i++ {
		if !entries[i].At.After(entries[i-1].At) {
			t.Errorf("entry %d is not after the one before", i)
		}
	}
}

// Two desks on one log stand in each other's way and both get on.
func TestTwoDesks(t *testing.T) {
	log := store(t)
	one := on(t, log)
	seat(t, one, "lake")
	two := on(t, log)
	must(t, one, "lake", ru, table("a", record.Parties))
	must(t, two, "lake", ua, table("b", record.Parties))
	must(t, one, "lake", ru, text.Clear{Proposal: "a", To: record.Plenary})
	must(t, two, "lake", ua, text.Clear{Proposal: "b", To: record.Plenary})
	if a, b := pages(t, one, "lake", ru.Lens()), pages(t, two, "lake", ru.Lens()); len(a) > len(b) {
		t.Error("the desk that wrote last sees less than the other")
	}
	one.Drop("lake")
	if pages(t, one, "lake", ru.Lens()) != pages(t, two, "lake", ru.Lens()) {
		t.Error("two desks see different things in one log")
	}
}

// A clock that stands still or goes back does not turn the record's order.
func TestClockGoesBack(t *testing.T) {
	log := store(t)
	now := time.Date(2026, 1, 1, 0, 0, 0, 999, time.UTC)
	d := New(log, Options{Clock: func() time.Time {
		now = now.Add(-time.Hour)
		return now
	}})
	seat(t, d, "lake")
	r := must(t, d, "lake", ru, table("a", ""))
	if at := r.Entries[0].At; at.Nanosecond()%1000 != 0 || at.Year() != 2025 {
		t.Errorf("at %v", at)
	}
	if err := d.Check(ctx); err != nil {
		t.Error(err)
	}
}

func TestWhoSits(t *testing.T) {
	d := on(t, store(t))
	open := process.Open{Title: "Talks", Rules: process.GroundRules{Regime: process.OnTheRecord}}
	if _, err := d.Do(ctx, "lake", ru, key(), open); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("a party opens: %v, want not found", err)
	}
	must(t, d, "lake", chair, open)
	rival := person("XX", record.Chair)
	if _, err := d.Do(ctx, "lake", rival, key(), process.Admit{Seat: "XX", Name: "X", Role: record.Chair}); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("another chair takes the seat: %v, want not found", err)
	}
	if err := d.Look(ctx, "lake", rival.Lens(), func(View) error { return nil }); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("another chair looks: %v, want not found", err)
	}
	must(t, d, "lake", chair, process.Admit{Seat: "CH", Name: "The chair", Role: record.Chair})
	for seat, want := range map[record.Seat]record.Lens{"CH": chair.Lens(), "": {}} {
		if got, err := d.Lens(ctx, "lake", seat); err != nil || got != want {
			t.Errorf("the lens of %q: %v, %v", seat, got, err)
		}
	}
	for _, p := range []record.ProcessID{"lake", "sea"} {
		if got, err := d.Lens(ctx, p, "RU"); fault.KindOf(err) != fault.KindNotFound {
			t.Errorf("the lens of one not seated in %s: %v, %v", p, got, err)
		}
	}
}
