package desk

import (
	"fmt"
	"sync"
	"testing"

	"paraph/consent"
	"paraph/desk/desktest"
	"paraph/fault"
	"paraph/record"
	"paraph/text"
)

// slow is a log whose writing takes as long as a test wants, and then succeeds
// or fails, as a disk may.
type slow struct {
	record.Log
	arrived chan struct{} // one for each batch that is held

	mu      sync.Mutex
	held    []heldBatch
	holding bool
}

type heldBatch struct {
	batch  record.Batch
	settle func([]record.Entry, error)
}

func (s *slow) Append(b record.Batch) *record.Pending {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.holding {
		return s.Log.Append(b)
	}
	p, settle := record.NewPending()
	s.held = append(s.held, heldBatch{b, settle})
	s.arrived <- struct{}{}
	return p
}

func (s *slow) hold() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holding = true
}

func (s *slow) succeed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range s.held {
		h.settle(s.Log.Append(h.batch).Wait(ctx))
	}
	s.held, s.holding = nil, false
}

// fail fails the first batch for want of room, and those after it because they
// are chained to it.
func (s *slow) fail() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, h := range s.held {
		if i == 0 {
			h.settle(nil, fault.Unavailable("there is no room"))
		} else {
			h.settle(nil, fault.Conflict("another entry came first"))
		}
	}
	s.held, s.holding = nil, false
}

func slowDesk(t *testing.T) (*slow, *Desk) {
	log := &slow{Log: store(t), arrived: make(chan struct{}, 100)}
	d := on(t, log)
	seat(t, d, "lake")
	for _, l := range desktest.Lenses() {
		pages(t, d, "lake", l) // so that all sights are there
	}
	return log, d
}

func later(do func() error) chan error {
	ch := make(chan error, 1)
	go func() { ch <- do() }()
	return ch
}

// Acts wait for one sync together, each built on those before it.
func TestActsShareASync(t *testing.T) {
	log, d := slowDesk(t)
	log.hold()
	one := later(func() error { return second(d.Do(ctx, "lake", ru, key(), table("p1", record.Parties))) })
	<-log.arrived
	two := later(func() error {
		return second(d.Do(ctx, "lake", ua, key(), consent.TakePosition{On: "proposal/p1", Position: consent.Supports, Audience: record.Parties}))
	})
	<-log.arrived
	again := later(func() error { // a lens that nobody looked through yet
		return d.Look(ctx, "lake", person("EU", record.Observer).Lens(), func(View) error { return nil })
	})
	select {
	case err := <-one:
		t.Errorf("acknowledged before it was durable: %v", err)
	case err := <-two:
		t.Errorf("acknowledged before it was durable: %v", err)
	default:
	}
	log.succeed()
	for _, ch := range []chan error{one, two, again} {
		if err := <-ch; err != nil {
			t.Error(err)
		}
	}
}

// What was not written was never there: not for those who looked, not in a
// refusal, not for those who watch.
func TestWhatFailsWasNeverThere(t *testing.T) {
	log, d := slowDesk(t)
	before := map[record.Lens]string{}
	from := map[record.Lens]Cursor{}
	seated := desktest.Lenses()[:4]
	for _, l := range seated {
		before[l], from[l] = pages(t, d, "lake", l), cursor(t, d, l)
	}
	log.hold()
	one := later(func() error { return second(d.Do(ctx, "lake", ru, key(), table("p1", record.Parties))) })
	<-log.arrived
	two := later(func() error {
		return second(d.Do(ctx, "lake", ua, key(), consent.TakePosition{On: "proposal/p1", Position: consent.Supports, Audience: record.Parties}))
	})
	<-log.arrived

	seen := make(chan int, 100)
	looking := later(func() error {
		var last int
		err := d.Look(ctx, "lake", chair.Lens(), func(v View) error {
			last = len(text.SeeProposals(v.Text))
			seen <- last
			return nil
		})
		if last != 0 {
			t.Errorf("a look returns with %d proposals that were never written", last)
		}
		return err
	})
	if n := <-seen; n != 1 {
		t.Errorf("the look that is not yet over sees %d proposals", n)
	}
	refused := later(func() error { return second(d.Do(ctx, "lake", ua, key(), text.Withdraw{Proposal: "p1"})) })
	for _, l := range seated {
		if m, err := ready(d, l, from[l]); err == nil {
			t.Errorf("%v is woken before anything is durable: %+v", l, m)
		}
	}
	log.fail()

	if err := <-one; fault.KindOf(err) != fault.KindUnavailable {
		t.Errorf("the act that failed: %v, want unavailable", err)
	}
	if err := <-two; fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("the act on what was never there: %v, want not found", err)
	}
	if err := <-refused; fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("the refusal about what was never there: %v, want not found", err)
	}
	if err := <-looking; err != nil {
		t.Error(err)
	}
	for _, l := range seated {
		if pages(t, d, "lake", l) != before[l] {
			t.Errorf("%v: a failed act changed what is seen", l)
		}
		if m, err := ready(d, l, from[l]); err == nil {
			t.Errorf("%v is woken by what failed: %+v", l, m)
		}
	}
	must(t, d, "lake", ru, table("p1", record.Parties))
}

// On a log that takes nothing any more acts are unavailable, and looking goes on.
func TestLogThatTakesNothing(t *testing.T) {
	log, d := slowDesk(t)
	want := pages(t, d, "lake", ru.Lens())
	for i := range 3 {
		log.hold()
		one := later(func() error { return second(d.Do(ctx, "lake", ru, key(), table(fmt.Sprint("p", i), record.Parties))) })
		<-log.arrived
		log.fail()
		if err := <-one; fault.KindOf(err) != fault.KindUnavailable {
			t.Errorf("an act: %v, want unavailable", err)
		}
		if got := pages(t, d, "lake", ru.Lens()); got != want {
			t.Error("looking changed")
		}
	}
}
