package desk

import (
	"context"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"paraph/fault"
	"paraph/process"
	"paraph/record"
)

// hall is one process in memory: what is the same for all lenses, and the
// sights of those who asked.
type hall struct {
	id    record.ProcessID
	log   record.Log
	users int    // guarded by Desk.mu
	used  uint64 // guarded by Desk.mu

	turned atomic.Uint64 // counts what may have given or ended somebody's place; written with the lock held

	mu         sync.RWMutex // for writing: to do an act; for reading: to look
	loaded     bool
	generation int // counts how often the states were given up
	at         time.Time
	tips       map[record.Audience]record.Tip
	seats      process.State // folded from all logs: never shown, it says who may read what
	roster     record.Roster // who sits there now
	table      record.Roster // all seats, also those suspended: for what everybody in an audience can read
	opener     record.By     // who wrote the first entry; without a seat for a keeper, and before
	keys       keyring
	sights     map[record.Lens]*sight
	turns      map[place]*flight // the last act that gave or ended a place, while it may not be durable

	settling sync.Mutex // guards flights and what is durable in sights; taken last
	flights  []*flight  // in the order in which they were handed to the log
}

// place is that of a person in a delegation, or, without a person, a seat at the
// table.
type place struct {
	seat   record.Seat
	person string
}

// flight is an act that was handed to the log and is not known to be durable.
type flight struct {
	generation int
	key        string
	entries    []record.Entry
	pending    *record.Pending
	news       map[*sight][]item
}

// wait gives the outcome, and whether it is the one that the states count on.
func (f *flight) wait() (entries []record.Entry, stands bool, err error) {
	entries, err = f.pending.Wait(context.Background())
	stands = err == nil && len(entries) > 0 && entries[0].Chain == f.entries[0].Chain
	return entries, stands, err
}

// settled tells whether the outcome is known.
func (f *flight) settled() bool {
	select {
	case <-f.pending.Done():
		return true
	default:
		return false
	}
}

// stands tells whether all that a sight was folded from is durable, and waits
// until that is known. A nil flight stands.
func (f *flight) stands() bool {
	if f == nil {
		return true
	}
	_, stands, _ := f.wait()
	return stands
}

// load folds what all lenses share from the log, unless that is done, and on the
// way what some lenses see. The lock is held for writing.
func (h *hall) load(ctx context.Context, lenses ...record.Lens) error {
	if h.loaded {
		return nil
	}
	h.land()
	h.at, h.seats, h.roster, h.table, h.opener = time.Time{}, process.State{}, nil, nil, record.By{}
	h.tips, h.turns, h.keys = map[record.Audience]record.Tip{}, map[place]*flight{}, keyring{}
	audiences, err := h.log.Audiences(ctx, h.id)
	if err != nil {
		return err
	}
	sights := map[record.Lens]*sight{}
	for _, l := range lenses {
		sights[l] = newSight(l)
	}
	err = walk(ctx, h.log, h.id, audiences, func(e record.Entry) error {
		h.take(e)
		for _, s := range sights {
			s.fold(e)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, s := range sights {
		s.stood()
	}
	h.sights, h.loaded = sights, true
	return nil
}

// take counts an entry in for all lenses.
func (h *hall) take(e record.Entry) {
	if len(h.tips) == 0 {
		h.opener = e.Content.By
	}
	h.tips[e.Audience], h.at = e.Tip(), e.At
	h.keys.add(e)
	if roomOf(e) == "process" {
		process.Fold(&h.seats, e)
		h.roster, h.table = process.SeeRoster(&h.seats), process.SeeSeats(&h.seats)
	}
}

// land waits until nothing is under way. The lock is held for writing.
func (h *hall) land() {
	h.settling.Lock()
	flights := h.flights
	h.settling.Unlock()
	for _, f := range flights {
		f.stands()
	}
	h.settle()
}

// sight gives what a lens sees, folding it from the log if need be. The lock is
// held for writing, and the hall is loaded.
func (h *hall) sight(ctx context.Context, l record.Lens) (*sight, error) {
	if s := h.sights[l]; s != nil {
		return s, nil
	}
	h.land()
	s := newSight(l)
	err := walk(ctx, h.log, h.id, h.readable(l), func(e record.Entry) error {
		s.fold(e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.stood()
	h.sights[l] = s
	return s, nil
}

// readable lists the audiences that have a log and that a lens reads.
func (h *hall) readable(l record.Lens) []record.Audience {
	var all []record.Audience
	for a := range h.tips {
		if l.Reads(a) {
			all = append(all, a)
		}
	}
	return all
}

// launch folds entries into all that may read them and hands them to the log.
// The lock is held for writing. It folds first: what cannot be folded must
// never stand on the record.
func (h *hall) launch(key string, entries []record.Entry) *flight {
	f := &flight{generation: h.generation, key: key, entries: entries, news: map[*sight][]item{}}
	whole := false
	defer func() {
		if !whole {
			h.giveUp()
		}
	}()
	maps.DeleteFunc(h.turns, func(_ place, before *flight) bool { return before.settled() })
	for _, e := range entries {
		if len(h.tips) == 0 || roomOf(e) == "process" {
			h.turned.Add(1)
		}
		h.take(e)
		if seat, person := process.Turns(e); seat != "" {
			h.turns[place{seat, person}] = f
		}
		touched := touches(e)
		for _, s := range h.sights {
			if s.fold(e) {
				s.last = f
				f.news[s] = append(f.news[s], item{e.At.UnixMicro(), touched})
			}
		}
	}
	whole = true
	f.pending = h.log.Append(record.Batch{Process: h.id, Key: key, Entries: entries})
	h.settling.Lock()
	h.flights = append(h.flights, f)
	h.settling.Unlock()
	return f
}

// settle tells those who watch of what has become durable, in order.
func (h *hall) settle() {
	h.settling.Lock()
	defer h.settling.Unlock()
	for len(h.flights) > 0 {
		f := h.flights[0]
		if !f.settled() {
			return
		}
		h.flights = h.flights[1:]
		if f.stands() {
			for s, items := range f.news {
				s.tell(items)
			}
		}
	}
}

// underWay gives the act with a key that was handed to the log, if its outcome
// is not settled.
func (h *hall) underWay(key string) *flight {
	h.settling.Lock()
	defer h.settling.Unlock()
	for _, f := range h.flights {
		if f.key == key {
			return f
		}
	}
	return nil
}

// forget gives up the states that rest on a flight which does not stand.
func (h *hall) forget(f *flight) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if f.generation == h.generation {
		h.giveUp()
	}
}

// giveUp gives up all states: they are folded again from the log. The lock is
// held for writing.
func (h *hall) giveUp() {
	h.generation++
	h.turned.Add(1)
	h.loaded = false
	h.settling.Lock()
	defer h.settling.Unlock()
	for _, s := range h.sights {
		s.wake() // who watches must look for the new sight
	}
	h.sights = nil
}

// walk goes through logs of a process folded together in the order of time.
func walk(ctx context.Context, log record.Log, p record.ProcessID, audiences []record.Audience, visit func(record.Entry) error) error {
	const page = 512
	type tail struct {
		audience record.Audience
		read     uint64 // seq of the last entry read
		entries  []record.Entry
	}
	more := func(t *tail) error {
		var err error
		if t.entries, err = log.Read(ctx, p, t.audience, t.read, page); err == nil && len(t.entries) > 0 {
			t.read = t.entries[len(t.entries)-1].Seq
		}
		return err
	}
	tails := make([]*tail, len(audiences))
	for i, a := range audiences {
		tails[i] = &tail{audience: a}
		if err := more(tails[i]); err != nil {
			return err
		}
	}
	for {
		var first *tail
		for _, t := range tails {
			if len(t.entries) > 0 && (first == nil || t.entries[0].At.Before(first.entries[0].At)) {
				first = t
			}
		}
		if first == nil {
			return nil
		}
		if err := visit(first.entries[0]); err != nil {
			return err
		}
		if first.entries = first.entries[1:]; len(first.entries) == 0 {
			if err := more(first); err != nil {
				return err
			}
		}
	}
}

// lost is what somebody is told whose act could not be settled in several tries.
func lost() error {
	return fault.Unavailable("too much is happening at once").With("try again: an act is done only once")
}
