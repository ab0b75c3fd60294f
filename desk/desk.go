// Package desk is where acts are done and pages are looked at: the only lock
// between the pure rooms and the log.
//
// For each process and each lens it holds the rooms' states, folded from the
// entries that the lens may read and from no others. What you may not read
// never enters what you are answered from: neither what a page is made of, nor
// what an act is judged by, nor what wakes a stream.
//
// An act is decided, chained and folded under the lock of its process, in that
// order, and handed to the log before the lock is given up, so that the next
// act may build on it at once while both wait for one sync. Nobody is told of
// anything before it is durable: an act is acknowledged, a look returns, a
// refusal is given and a stream is woken only when all that they rest on is
// synced. When a batch fails, so do those chained to it, and the states are
// folded again from the log.
//
// It may know nothing of pages or databases. Read desk.go first, then act.go,
// which follows an act on its way; hall.go has what is shared by all lenses,
// sitter.go who may act and look at all.
package desk

import (
	"context"
	"crypto/rand"
	"io"
	"slices"
	"sync"
	"time"

	"paraph/fault"
	"paraph/record"
)

// Desk is safe for use by many goroutines. It holds what it is asked about in
// memory and lets go of what was not asked about for longest.
type Desk struct {
	log        record.Log
	clock      func() time.Time
	keep       int
	dice       func(key string, n int) ([]byte, error)
	unattended bool

	chance sync.Mutex // guards rand
	rand   io.Reader

	mu     sync.Mutex // guards what follows, and the fields users and used of each hall
	halls  map[record.ProcessID]*hall
	turn   uint64
	public public
}

// Options are what a desk takes from outside. The zero Options are right but
// for tests and demonstrations.
type Options struct {
	Clock func() time.Time // time.Now when nil
	Rand  io.Reader        // what salts are read from; crypto/rand when nil
	Keep  int              // processes kept in memory while nobody uses them; 64 when 0

	// Chance gives what the steps of sealed tests are made of, n bytes under the key
	// of an act; drawn from Rand when nil.
	Chance func(key string, n int) ([]byte, error)
	// Unattended leaves what follows of acts by itself (see Bargain) to people. For
	// tests that hold two records against each other, of which one lacks the secrets
	// of other seats.
	Unattended bool
}

// New opens a desk on a log. The log stays the caller's to close, when nobody
// uses the desk any more.
func New(log record.Log, o Options) *Desk {
	d := &Desk{
		log: log, clock: o.Clock, rand: o.Rand, keep: o.Keep, dice: o.Chance, unattended: o.Unattended,
		halls: map[record.ProcessID]*hall{}, public: public{known: map[record.ProcessID]bool{}},
	}
	if d.clock == nil {
		d.clock = time.Now
	}
	if d.rand == nil {
		d.rand = rand.Reader
	}
	if d.dice == nil {
		d.dice = func(_ string, n int) ([]byte, error) { return d.draw(n) }
	}
	if d.keep <= 0 {
		d.keep = 64
	}
	return d
}

// Lens gives the lens of a seat in a process; the empty seat's is the public's.
// A seat that is not there is not found, as is one in a process that is not there.
func (d *Desk) Lens(ctx context.Context, p record.ProcessID, s record.Seat) (record.Lens, error) {
	if s == "" {
		return record.Lens{}, nil
	}
	h := d.enter(p)
	defer d.leave(h)
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.load(ctx); err != nil {
		return record.Lens{}, err
	}
	l := h.roster.Lens(s)
	if l == (record.Lens{}) {
		return l, absent()
	}
	return l, nil
}

// Processes lists the processes of which something can be read through the lens
// that is given for each, sorted: those of which something is public, and those of
// "others", where the one who asks may have a place. No other process is looked at.
func (d *Desk) Processes(ctx context.Context, others []record.ProcessID, lens func(record.ProcessID) record.Lens) ([]record.ProcessID, error) {
	all, err := d.allPublished(ctx)
	if err != nil {
		return nil, err
	}
	all = append(all, others...)
	slices.Sort(all)
	var seen []record.ProcessID
	for _, p := range slices.Compact(all) {
		err := d.Look(ctx, p, lens(p), func(View) error { return nil })
		switch {
		case err == nil:
			seen = append(seen, p)
		case fault.KindOf(err) != fault.KindNotFound:
			return nil, err
		}
	}
	return seen, nil
}

// Drop lets go of a process's states when nobody uses them. They are folded
// again from the log when they are asked for.
func (d *Desk) Drop(p record.ProcessID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if h := d.halls[p]; h != nil && h.users == 0 {
		delete(d.halls, p)
	}
}

// enter gives the hall of a process, which stays until it is left.
func (d *Desk) enter(p record.ProcessID) *hall {
	d.mu.Lock()
	defer d.mu.Unlock()
	h := d.halls[p]
	if h == nil {
		h = &hall{id: p, log: d.log}
		d.halls[p] = h
	}
	d.turn++
	h.users++
	h.used = d.turn
	return h
}

// leave gives a hall back, and lets go of those left longest ago.
func (d *Desk) leave(h *hall) {
	d.mu.Lock()
	defer d.mu.Unlock()
	h.users--
	for len(d.halls) > d.keep {
		var oldest *hall
		for _, h := range d.halls {
			if h.users == 0 && (oldest == nil || h.used < oldest.used) {
				oldest = h
			}
		}
		if oldest == nil {
			return
		}
		delete(d.halls, oldest.id)
	}
}

// absent is what everybody is told of what is not there, and of what is not
// there for them: the same words.
func absent() error { return fault.NotFound("there is no such process") }

// plain gives one lens to all who read the same: those without a seat read as
// the public does.
func plain(l record.Lens) record.Lens {
	if l.Reads(record.Plenary) {
		return l
	}
	return record.Lens{}
}
