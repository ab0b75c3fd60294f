package desk

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"paraph/consent"
	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/sitting"
	"paraph/text"
)

// draws makes random acts on few things, so that they meet each other: seats
// speak of what others hold in confidence, take ids that are taken where they do
// not see it, and clear, withdraw, carry and judge what is or is not theirs.
type draws struct {
	*rapid.T
	clauses []text.Clause
	by      record.Actor
}

func (d draws) one(label string, from ...string) string {
	return rapid.SampledFrom(from).Draw(d.T, label)
}

func (d draws) id() string { return d.one("id", "a", "a", "b", "b", "c") }

func (d draws) clause() text.Clause { return rapid.SampledFrom(d.clauses).Draw(d.T, "clause") }

// act draws an act and who asks for it.
func (d *draws) act() (record.Actor, any) {
	d.by = rapid.SampledFrom([]record.Actor{chair, chair, chair, ru, ru, ru, ru, ua, ua, ua, ua, observer, keeper}).Draw(d.T, "actor")
	return d.by, d.actBy()
}

// to draws an audience, mostly one that the actor reads.
func (d draws) to() record.Audience {
	all := []record.Audience{
		record.Public, record.Plenary, record.Parties, record.Offices("RU"), record.Offices("UA"), record.Internal("CH"),
		record.Internal("RU"), record.Internal("UA"), record.Internal("EU"), record.Bilateral("RU", "UA"), record.Bilateral("CH", "EU"),
	}
	if rapid.IntRange(0, 9).Draw(d.T, "anybody's") > 0 {
		all = slices.DeleteFunc(all, func(a record.Audience) bool { return !d.by.Lens().Reads(a) })
	}
	return rapid.SampledFrom(append(all, "")).Draw(d.T, "audience")
}

func (d draws) party() record.Seat {
	return record.Seat(d.one("seat", "RU", "UA", "EU", "CH"))
}

// reported is a seat for a keeper to report of; others speak for their own.
func (d draws) reported() record.Seat {
	if d.by.Role == record.Keeper {
		return d.party()
	}
	return ""
}

func (d draws) thing() record.Ref {
	noun := d.one("noun", "clause", "proposal", "version", "statement")
	if noun == "clause" {
		return record.NewRef(noun, d.clause().ID)
	}
	return record.NewRef(noun, d.id())
}

func (d draws) actBy() any {
	switch rapid.IntRange(0, 5).Draw(d.T, "room") {
	case 0, 1:
		return d.textAct()
	case 2:
		return d.consentAct()
	case 3:
		return d.sittingAct()
	case 4:
		return d.pressAct()
	}
	return process.Accredit{ID: d.id(), Seat: cmp.Or(d.by.Seat, "RU"), Name: "A person", Capacity: record.Member, Audience: d.to(), Source: source}
}

func (d draws) textAct() any {
	switch rapid.IntRange(0, 5).Draw(d.T, "act") {
	case 0:
		return text.Withdraw{Proposal: d.id(), Source: source}
	case 1:
		return text.Clear{Proposal: d.id(), To: d.to(), Source: source}
	case 2:
		return text.Issue{ID: d.id(), Symbol: "REV", Class: text.NonPaper, Audience: d.to(), Source: source,
			Draft: "1. The parties shall share " + d.one("words", "all", "some", "none") + " of the waters."}
	}
	c := d.clause()
	return text.Table{ID: d.id(), Version: "v1", Kind: text.Amend, Clause: c.ID,
		For: d.reported(), Words: c.Label + " The " + d.one("words", "lake", "river", "dam") + " is shared.", Audience: d.to(), Source: source}
}

func (d draws) consentAct() any {
	if rapid.Bool().Draw(d.T, "give") {
		c := d.clause()
		return consent.Give{Clause: c.ID, Version: "v1", Fingerprint: c.Fingerprint,
			Level: rapid.SampledFrom(consent.Levels()).Draw(d.T, "level"), Audience: d.to(), Source: source}
	}
	return consent.TakePosition{On: d.thing(), For: d.reported(), Position: rapid.SampledFrom(consent.Positions()).Draw(d.T, "position"),
		Audience: d.to(), Source: source}
}

func (d draws) sittingAct() any {
	switch rapid.IntRange(0, 7).Draw(d.T, "act") {
	case 0:
		return sitting.Hold{ID: d.id(), Title: "A sitting", Kind: sitting.Informals, Place: "Zurich", Zone: "Europe/Zurich", Audience: d.to(), Source: source}
	case 1:
		return sitting.Conclude{Sitting: d.id(), Outcome: "none", Source: source}
	case 2:
		return sitting.Carry{ID: d.id(), Message: d.id(), To: d.party()}
	case 3:
		return sitting.Acknowledge{Message: d.id()}
	case 4:
		return sitting.SetCondition{ID: d.id(), What: "Quiet", Audience: d.to(), Source: source}
	case 5:
		return sitting.JudgeCondition{Condition: d.id(), Standing: sitting.Disputed, Source: source}
	case 6:
		return sitting.Signal{ID: d.id(), Condition: d.id(), Words: "It may be.", Audience: d.to(), Source: source}
	}
	return sitting.Send{ID: d.id(), To: d.party(), Words: "A word.", MayPass: []record.Seat{"RU", "UA"}, Audience: d.to()}
}

func (d draws) pressAct() any {
	switch rapid.IntRange(0, 4).Draw(d.T, "act") {
	case 0:
		return press.Record{ID: d.id(), Speaker: "A minister", Words: "We talk.", Sitting: d.one("sitting", "", "a", "b"), Audience: d.to(), Source: source}
	case 1:
		return press.Claim{ID: d.id(), What: "The dam broke", By: "A mayor", Audience: d.to(), Source: source}
	case 2:
		return press.Deny{Claim: d.id(), By: "A governor", Words: "It did not.", Source: source}
	case 3:
		return press.Judge{Claim: d.id(), Standing: press.Confirmed, Source: source}
	}
	return press.Leak{ID: d.id(), What: "A paper", Version: d.one("version", "", "v1", "a"), Audience: d.to(), Source: source}
}

// answer is all that an actor learns from asking for an act, but the time.
func answer(r Receipt, err error) string {
	said := []any{fmt.Sprint(err)}
	for _, e := range r.Entries {
		said = append(said, e.Audience, e.Seq, e.Content)
	}
	b, err := json.Marshal(said)
	return fmt.Sprint(string(b), err)
}

// The purge property: what a lens sees, and what its seat is answered, is the
// same when all that the lens may not read had never happened. The other history
// is a record of its own, with the readable logs alone.
func TestPurge(t *testing.T) {
	whole := on(t, store(t))
	purged := map[record.Lens]record.Log{}
	desks := map[record.Lens]*Desk{}
	for _, l := range everybody() {
		purged[l] = store(t)
		desks[l] = on(t, purged[l])
	}
	cases, done, hidden := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		p := record.ProcessID(fmt.Sprint("p-", cases))
		seatBefore(t, whole, p, rapid.SampledFrom([]record.Audience{record.Public, record.Plenary}).Draw(t, "known to"))
		d := draws{T: t}
		if err := whole.Look(ctx, p, chair.Lens(), func(v View) error {
			version, _ := text.SeeVersion(v.Text, "v1")
			d.clauses = version.Clauses
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(10, 40).Draw(t, "acts") {
			by, act := d.act()
			if _, err := whole.Do(ctx, p, by, key(), act); err == nil {
				done++
			}
		}
		for _, l := range everybody() {
			hidden += purge(t, whole.log, purged[l], p, l)
			if got, want := pages(t, whole, p, l), pages(t, desks[l], p, l); got != want {
				t.Fatalf("%v sees another thing when what it may not read is gone:\n%s\n%s", l, got, want)
			}
		}
		by, act := d.act()
		for range 8 {
			k := key()
			got, want := answer(whole.Do(ctx, p, by, k, act)), answer(desks[plain(by.Lens())].Do(ctx, p, by, k, act))
			if got != want {
				t.Fatalf("%v asks for %#v and is answered otherwise when what it may not read is gone:\n%s\n%s", by, act, got, want)
			}
			act = d.actBy()
		}
		for _, desk := range desks {
			desk.Drop(p)
		}
	})
	t.Logf("%d acts done, %d entries hidden in %d cases", done, hidden, cases)
	if done < 2*cases || hidden < 2*cases {
		t.Errorf("%d acts done and %d entries hidden in %d cases: too few to prove anything", done, hidden, cases)
	}
}

// purge writes the logs that a lens reads to a record of their own, and tells
// how many entries it left out.
func purge(t *rapid.T, from, to record.Log, p record.ProcessID, l record.Lens) (hidden int) {
	audiences, err := from.Audiences(ctx, p)
	if err != nil {
		t.Fatal(err)
	}
	var batches []record.Batch
	err = walk(ctx, from, p, audiences, func(e record.Entry) error {
		if !l.Reads(e.Audience) {
			hidden++
			return nil
		}
		if n := len(batches); n > 0 && batches[n-1].Key == e.Content.Key {
			batches[n-1].Entries = append(batches[n-1].Entries, e)
		} else {
			batches = append(batches, record.Batch{Process: p, Key: e.Content.Key, Entries: []record.Entry{e}})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []*record.Pending
	for _, b := range batches {
		all = append(all, to.Append(b))
	}
	for _, pending := range all {
		if _, err := pending.Wait(ctx); err != nil {
			t.Fatal(err)
		}
	}
	return hidden
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
		d := draws{T: t}
		cursors := map[record.Lens]Cursor{}
		for _, l := range everybody()[:4] {
			if err := desk.Look(ctx, p, l, func(v View) error {
				version, _ := text.SeeVersion(v.Text, "v1")
				d.clauses, cursors[l] = version.Clauses, v.Cursor
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		for range rapid.IntRange(1, 10).Draw(t, "acts") {
			by, act := d.act()
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
