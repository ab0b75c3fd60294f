package desk

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"paraph/desk/desktest"
	"paraph/fault"
	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/text"
)

func TestLookIsOfWhatIsThere(t *testing.T) {
	d := on(t, store(t))
	seat(t, d, "lake")
	var words []string
	for _, c := range []struct {
		p record.ProcessID
		l record.Lens
	}{
		{"lake", record.Lens{}}, {"sea", record.Lens{}}, {"no such thing", record.Lens{}},
		{"lake", person("XX", record.Party).Lens()}, {"lake", record.Lens{Seat: "RU", Role: record.Chair}},
		{"sea", ru.Lens()}, {"sea", chair.Lens()}, {"lake", keeper.Lens()},
	} {
		looked := false
		err := d.Look(ctx, c.p, c.l, func(View) error {
			looked = true
			return nil
		})
		_, err2 := d.Entries(ctx, c.p, c.l)
		_, err3 := d.Watch(ctx, c.p, c.l, "")
		for _, err := range []error{err, err2, err3} {
			if looked || fault.KindOf(err) != fault.KindNotFound {
				t.Errorf("%s through %v: %v, want not found", c.p, c.l, err)
				continue
			}
			words = append(words, err.Error())
		}
	}
	if len(slices.Compact(words)) != 1 {
		t.Errorf("hidden and absent are told in different words: %q", words)
	}
	own := errors.New("own")
	if err := d.Look(ctx, "lake", ru.Lens(), func(View) error { return own }); !errors.Is(err, own) {
		t.Errorf("the function's error does not come back: %v", err)
	}
}

func TestProcesses(t *testing.T) {
	d := on(t, store(t))
	seat(t, d, "lake")
	seat(t, d, "sea")
	must(t, d, "sea", chair, press.Record{ID: "s1", Speaker: "A minister", Words: "We talk.", Source: desktest.Source})
	must(t, d, "open", chair, process.Open{Title: "Open", Rules: process.GroundRules{Regime: process.OnTheRecord}, Audience: record.Public, Source: desktest.Source})
	as := func(l record.Lens) func(record.ProcessID) record.Lens {
		return func(record.ProcessID) record.Lens { return l }
	}
	for _, c := range []struct {
		l    record.Lens
		want []record.ProcessID
	}{
		{record.Lens{}, []record.ProcessID{"open", "sea"}},
		{keeper.Lens(), []record.ProcessID{"open", "sea"}},
		{ru.Lens(), []record.ProcessID{"lake", "sea"}},
		{person("XX", record.Party).Lens(), nil},
		{record.Lens{Seat: "RU", Role: record.Chair}, nil},
	} {
		got, err := d.Processes(ctx, []record.ProcessID{"lake", "nowhere", "open", "sea"}, as(c.l))
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%v sees %v, %v, want %v", c.l, got, err, c.want)
		}
	}
}

// States are let go of and folded again, and nobody sees a difference.
func TestDropAndKeep(t *testing.T) {
	d := New(store(t), Options{Clock: ticking(), Keep: 2})
	before := map[record.ProcessID]string{}
	for i := range 5 {
		p := record.ProcessID(fmt.Sprint("p-", i))
		seat(t, d, p)
		must(t, d, p, ru, table("a", record.Offices("RU")))
		before[p] = pages(t, d, p, ru.Lens())
	}
	if n := len(d.halls); n > 2 {
		t.Errorf("%d processes are kept, want 2", n)
	}
	for p, want := range before {
		if got := pages(t, d, p, ru.Lens()); got != want {
			t.Errorf("%s is seen differently after it was let go of", p)
		}
		d.Drop(p)
		if d.halls[p] != nil {
			t.Errorf("%s was not let go of", p)
		}
		if got := pages(t, d, p, ru.Lens()); got != want {
			t.Errorf("%s is seen differently after it was dropped", p)
		}
	}
	if err := d.Check(ctx); err != nil {
		t.Error(err)
	}
}

// What was destroyed is gone from what is folded, and the rest stands.
func TestDestroyed(t *testing.T) {
	log := store(t)
	d := on(t, log)
	seat(t, d, "lake")
	k := key()
	r, err := d.Do(ctx, "lake", ru, k, table("gone", record.Parties))
	if err != nil {
		t.Fatal(err)
	}
	e := r.Entries[0]
	must(t, d, "lake", ru, table("left", record.Parties))
	if err := log.Destroy(ctx, "lake", record.Parties, e.Seq); err != nil {
		t.Fatal(err)
	}
	d.Drop("lake")
	if err := d.Look(ctx, "lake", ua.Lens(), func(v View) error {
		if p := text.SeeProposals(v.Text); len(p) != 1 || p[0].ID != "left" {
			return fmt.Errorf("%d proposals are seen", len(p))
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	entries, err := d.Entries(ctx, "lake", ua.Lens())
	if err != nil || !slices.ContainsFunc(entries, func(x record.Entry) bool { return x.Destroyed && x.Chain == e.Chain }) {
		t.Errorf("the entry itself is not among %d, %v", len(entries), err)
	}
	must(t, d, "lake", ua, table("after", record.Parties))
	if again, err := d.Do(ctx, "lake", ru, k, table("gone", record.Parties)); err != nil || !again.Again || again.Entries[0].Chain != e.Chain {
		t.Errorf("an act that was destroyed is done again: %+v, %v", again, err)
	}
}
