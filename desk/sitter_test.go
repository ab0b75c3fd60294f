package desk

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"

	"paraph/desk/desktest"
	"paraph/fault"
	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/sitting"
	"paraph/text"
)

// member is one of RU's delegation beside its head.
var member = record.Actor{By: record.By{Seat: "RU", Person: "ru-2", Capacity: record.Member}, Role: record.Party}

// staffed is seat with that member.
func staffed(t tester, d *Desk) {
	t.Helper()
	seat(t, d, "lake")
	must(t, d, "lake", ru, process.Accredit{ID: "ru-2", Seat: "RU", Name: "B. Member", Capacity: record.Member})
}

func strike(by record.Actor) process.Strike { return process.Strike{Seat: by.Seat, Person: by.Person} }

// shut tells how each way in answers an actor: by its error, or what was shown.
func shut(d *Desk, p record.ProcessID, by record.Actor) []string {
	var said []string
	say := func(shown any, err error) {
		if err != nil {
			shown = string(fault.KindOf(err)) + ": " + err.Error()
		}
		said = append(said, fmt.Sprint(shown))
	}
	say("looks", d.LookAs(ctx, p, by, func(View) error { return nil }))
	_, err := d.WatchAs(ctx, p, by, "")
	say("watches", err)
	_, err = d.EntriesAs(ctx, p, by)
	say("reads", err)
	_, err = d.Do(ctx, p, by, key(), table("t"+key(), record.Parties))
	say("acts", err)
	return said
}

func TestSitter(t *testing.T) {
	d := on(t, store(t))
	staffed(t, d)
	for _, by := range []record.Actor{chair, ru, ua, observer, member} {
		if got, err := d.Sitter(ctx, "lake", by.Person); err != nil || got != by {
			t.Errorf("%s sits as %+v, %v", by.Person, got, err)
		}
	}
	must(t, d, "lake", ru, strike(member))
	must(t, d, "lake", chair, process.Suspend{Seat: "UA"})
	want := "there is no such process"
	for _, c := range []struct {
		p      record.ProcessID
		person string
	}{{"lake", "ru-2"}, {"lake", "p-ua"}, {"lake", "nobody"}, {"lake", ""}, {"sea", "p-ru"}, {"no such thing", "p-ru"}} {
		if by, err := d.Sitter(ctx, c.p, c.person); fault.KindOf(err) != fault.KindNotFound || err.Error() != want || by != (record.Actor{}) {
			t.Errorf("%q in %q sits as %+v, %v", c.person, c.p, by, err)
		}
	}
	must(t, d, "lake", chair, process.Restore{Seat: "UA"})
	if got, err := d.Sitter(ctx, "lake", "p-ua"); err != nil || got != ua {
		t.Errorf("restored, sits as %+v, %v", got, err)
	}
}

// Who opens a process sits there until somebody is accredited for the seat, and
// from then on as everybody does.
func TestWhoOpens(t *testing.T) {
	d := on(t, store(t))
	must(t, d, "lake", chair, process.Open{Title: "Talks", Rules: process.GroundRules{Regime: process.OnTheRecord}})
	other := chair
	other.Person = "p-other"
	for range 2 {
		if by, err := d.Sitter(ctx, "lake", chair.Person); err != nil || by != chair {
			t.Errorf("who opened sits as %+v, %v", by, err)
		}
		if _, err := d.Sitter(ctx, "lake", other.Person); fault.KindOf(err) != fault.KindNotFound {
			t.Errorf("another sits, %v", err)
		}
		if err := d.LookAs(ctx, "lake", other, func(View) error { return nil }); fault.KindOf(err) != fault.KindNotFound {
			t.Errorf("another looks, %v", err)
		}
		if err := d.LookAs(ctx, "lake", chair, func(View) error { return nil }); err != nil {
			t.Errorf("who opened looks, %v", err)
		}
		_, _ = d.Do(ctx, "lake", chair, "admit", process.Admit{Seat: "CH", Name: "The chair", Role: record.Chair})
	}
	must(t, d, "lake", chair, process.Accredit{ID: other.Person, Seat: "CH", Name: "Another", Capacity: record.Head})
	if _, err := d.Sitter(ctx, "lake", chair.Person); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("who opened and is not accredited sits, %v", err)
	}
	if by, err := d.Sitter(ctx, "lake", other.Person); err != nil || by != other {
		t.Errorf("who is accredited sits as %+v, %v", by, err)
	}
}

// Who was struck, or has a suspended seat, is answered as if there were no such
// process; the others of the table notice nothing.
func TestStruckAndSuspendedAreAbsent(t *testing.T) {
	d := on(t, store(t))
	staffed(t, d)
	absentees := shut(d, "sea", member)
	for _, said := range absentees {
		if said != string(fault.KindNotFound)+": there is no such process" {
			t.Fatalf("of a process that is not there it is said %q", absentees)
		}
	}
	open := []string{"looks", "watches", "reads"}
	is := func(what string, by record.Actor, in bool) {
		t.Helper()
		got := shut(d, "lake", by)
		if in && (!slices.Equal(got[:3], open) || got[3] == absentees[3]) || !in && !slices.Equal(got, absentees) {
			t.Errorf("%s: %s of %s is answered %q", what, by.Person, by.Seat, got)
		}
	}
	posing := member
	posing.Capacity = record.Head
	is("a member", member, true)
	is("a member who poses as head", posing, false)
	must(t, d, "lake", chair, process.Suspend{Seat: "RU", Reason: "credentials"})
	is("suspended", member, false)
	is("suspended", ru, false)
	is("suspended, as the whole seat", who(ru.Lens()), false)
	is("while RU is suspended", ua, true)
	d.Drop("lake")
	is("suspended, folded anew", ru, false)
	must(t, d, "lake", chair, process.Restore{Seat: "RU"})
	is("restored", member, true)

	k := key()
	if _, err := d.Do(ctx, "lake", member, k, strike(member)); err != nil {
		t.Fatal(err)
	}
	is("who left", member, false)
	is("who stayed", ru, true)
	if r, err := d.Do(ctx, "lake", member, k, strike(member)); fault.KindOf(err) != fault.KindNotFound || len(r.Entries) != 0 {
		t.Errorf("who left and asks again is told %+v, %v", r, err)
	}
	d.Drop("lake")
	is("who left, folded anew", member, false)
	for _, l := range desktest.Lenses()[:4] {
		if err := d.Look(ctx, "lake", l, func(v View) error {
			for _, s := range process.SeeProcess(v.Process).Seats {
				if s.Seat == "RU" && (len(s.Former) != 1 || len(s.People) != 1) {
					return fmt.Errorf("%d people now, %d before", len(s.People), len(s.Former))
				}
			}
			return nil
		}); err != nil {
			t.Errorf("%v: %v", l, err)
		}
	}
}

// A watch that waits ends when its person is struck or its seat suspended, and
// not before that is durable.
func TestWatchEnds(t *testing.T) {
	for name, act := range map[string]process.Act{"struck": strike(member), "suspended": process.Suspend{Seat: "RU"}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				log := &slow{Log: store(t), arrived: make(chan struct{}, 100)}
				d := on(t, log)
				staffed(t, d)
				from := cursor(t, d, ru.Lens())
				watch := func(by record.Actor) chan error {
					return later(func() error { return second(d.WatchAs(ctx, "lake", by, from)) })
				}
				ended, head := watch(member), watch(ru)
				log.hold()
				done := later(func() error { return second(d.Do(ctx, "lake", chair, key(), act)) })
				<-log.arrived
				looking := later(func() error { return d.LookAs(ctx, "lake", member, func(View) error { return nil }) })
				asking := later(func() error { return second(d.Sitter(ctx, "lake", member.Person)) })
				acting := later(func() error { return second(d.Do(ctx, "lake", member, key(), table("p1", record.Plenary))) })
				synctest.Wait()
				select {
				case err := <-ended:
					t.Errorf("a watch ends before it is durable: %v", err)
				case err := <-looking:
					t.Errorf("a look is refused before it is durable: %v", err)
				case err := <-asking:
					t.Errorf("nobody sits before it is durable: %v", err)
				case err := <-acting:
					t.Errorf("an act is refused before it is durable: %v", err)
				default:
				}
				log.succeed()
				for what, ch := range map[string]chan error{"watch": ended, "look": looking, "sitter": asking, "act": acting} {
					if err := <-ch; fault.KindOf(err) != fault.KindNotFound || err.Error() != absent().Error() {
						t.Errorf("the %s ends with %v", what, err)
					}
				}
				if err := <-done; err != nil {
					t.Error(err)
				}
				if err := <-head; (err == nil) != (name == "struck") {
					t.Errorf("the watch of the head gives %v", err)
				}
			})
		})
	}
}

// A strike that could not be written never was: nobody is sent away for it.
func TestStrikeThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &slow{Log: store(t), arrived: make(chan struct{}, 100)}
		d := on(t, log)
		staffed(t, d)
		from := cursor(t, d, ru.Lens())
		log.hold()
		done := later(func() error { return second(d.Do(ctx, "lake", chair, key(), strike(member))) })
		<-log.arrived
		watching := later(func() error { return second(d.WatchAs(ctx, "lake", member, from)) })
		looking := later(func() error { return d.LookAs(ctx, "lake", member, func(View) error { return nil }) })
		reading := later(func() error { return second(d.EntriesAs(ctx, "lake", member)) })
		asking := later(func() error { return second(d.Sitter(ctx, "lake", member.Person)) })
		acting := later(func() error { return second(d.Do(ctx, "lake", member, key(), table("p1", record.Plenary))) })
		synctest.Wait()
		log.fail()
		if err := <-done; fault.KindOf(err) != fault.KindUnavailable {
			t.Errorf("the strike gives %v", err)
		}
		for what, ch := range map[string]chan error{"look": looking, "reading": reading, "sitter": asking, "act": acting, "watch": watching} {
			if err := <-ch; err != nil { // the watch is woken by the act
				t.Errorf("the %s gives %v", what, err)
			}
		}
	})
}

// Whatever happens at once, no view that a struck person is given has in it what
// came with the strike or after it, and none is given once the strike is done.
func TestNothingAfterTheStrike(t *testing.T) {
	for round := range 8 {
		d := on(t, store(t))
		staffed(t, d)
		end, stop := context.WithCancel(ctx)
		var acting, looking sync.WaitGroup
		for _, by := range []record.Actor{ru, ua} {
			acting.Go(func() {
				for end.Err() == nil {
					if _, err := d.Do(ctx, "lake", by, key(), table("x"+key(), record.Plenary)); err != nil {
						t.Error(err)
					}
				}
			})
		}
		var mu sync.Mutex
		var last int64 // the last entry that the member was shown or told of
		shown := func(c Cursor) {
			at, err := strconv.ParseInt(string(c), 36, 64)
			mu.Lock()
			defer mu.Unlock()
			if last = max(last, at); err != nil {
				t.Error(err)
			}
		}
		begun := make(chan struct{}, 4)
		for range 2 {
			looking.Go(func() {
				for n := 0; ; n++ {
					var c Cursor
					err := d.LookAs(ctx, "lake", member, func(v View) error {
						c = v.Cursor
						return nil
					})
					if err != nil {
						return
					}
					if shown(c); n == 3 {
						begun <- struct{}{}
					}
				}
			})
			looking.Go(func() {
				for c, n := Cursor(""), 0; ; n++ {
					m, err := d.WatchAs(ctx, "lake", member, c)
					if err != nil {
						return
					}
					c = m.Cursor
					if shown(c); n == 3 {
						begun <- struct{}{}
					}
				}
			})
		}
		for range cap(begun) {
			<-begun
		}
		struck := must(t, d, "lake", chair, strike(member)).Entries[0].At.UnixMicro()
		for _, said := range shut(d, "lake", member) {
			if said != shut(d, "sea", member)[0] {
				t.Errorf("round %d: after the strike: %q", round, said)
			}
		}
		looking.Wait() // all end by themselves
		stop()
		acting.Wait()
		if last == 0 || last >= struck {
			t.Errorf("round %d: struck at %d, and shown what came at %d", round, struck, last)
		}
	}
}

// A suspended seat comes back and then reads what was written meanwhile: who can
// read what is asked with that seat at the table.
func TestNothingPointsOutOfASuspendedSeatsSight(t *testing.T) {
	d := on(t, store(t))
	seat(t, d, "lake")
	must(t, d, "lake", chair, text.Issue{ID: "all", Symbol: "A", Class: text.NonPaper, Draft: "1. All.", Audience: record.Parties})
	must(t, d, "lake", chair, text.Issue{ID: "some", Symbol: "S", Class: text.NonPaper, Draft: "1. Some.", Audience: record.Bilateral("CH", "UA")})
	must(t, d, "lake", chair, process.Suspend{Seat: "RU"})
	leak := func(id, version string, to record.Audience) error {
		return second(d.Do(ctx, "lake", chair, key(), press.Leak{ID: id, What: "A paper", Version: version, Audience: to}))
	}
	for id, c := range map[string]struct {
		version string
		to      record.Audience
		want    fault.Kind
	}{
		"offices": {"all", record.Offices("RU"), ""}, "parties": {"all", record.Parties, ""},
		"pointing": {"some", record.Parties, fault.KindInvalid}, "whispering": {"some", record.Offices("RU"), fault.KindInvalid},
		"plenary": {"all", record.Plenary, fault.KindInvalid},
	} {
		if err := leak(id, c.version, c.to); c.want == "" && err != nil || c.want != "" && fault.KindOf(err) != c.want {
			t.Errorf("%s: %v", id, err)
		}
	}
	must(t, d, "lake", chair, sitting.Send{ID: "m", To: "RU", Words: "Come back."})
	must(t, d, "lake", chair, process.Restore{Seat: "RU"})
	if n := pointing(t, d, "lake", ru.Lens()); n == 0 {
		t.Error("nothing is mentioned")
	}
}

// pointing checks that a lens reads of everything that the entries it reads
// mention, and tells how much they do.
func pointing(t tester, d *Desk, p record.ProcessID, l record.Lens) (mentions int) {
	t.Helper()
	entries, err := d.Entries(ctx, p, l)
	if fault.KindOf(err) == fault.KindNotFound {
		return 0
	}
	if err != nil {
		t.Fatalf("entries: %v", err)
	}
	made := map[record.Ref]bool{}
	for _, e := range entries {
		for _, ref := range e.Content.Makes {
			made[ref] = true
		}
		for _, ref := range e.Content.Mentions {
			if mentions++; !made[ref] {
				t.Fatalf("%v reads %s to %s, and nothing of %s", l, e.Content.Kind, e.Audience, ref)
			}
		}
	}
	return mentions
}
