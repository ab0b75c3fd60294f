package gate

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"paraph/fault"
)

// body is a request's body that must come at a least rate. A large one waits for
// its turn when it is first read: so whoever is refused before anything is read
// takes no turn from others.
type body struct {
	io.ReadCloser
	out    *http.ResponseController
	g      *Gate
	ctx    context.Context
	client netip.Addr
	length int64 // as it was announced; -1 when it was not
	began  time.Time
	read   int64
	ended  bool   // all of it has come
	leave  func() // gives its turn back; nil before the first read
}

// small is how large a body may be, in bytes, to be read beside all others:
// any form but one that sends a text.
const small = 64 << 10

// pace says until when the next bytes must have come.
func (b *body) pace() {
	_ = b.out.SetReadDeadline(b.began.Add(b.g.limits.allowed(b.read))) // what has no deadlines has none
}

// errTurn is what a reader of a body gets whose turn does not come.
var errTurn = fault.Unavailable("too much is being sent at once").With("try again in a moment")

func (b *body) Read(p []byte) (int, error) {
	if b.leave == nil {
		b.leave = func() {}
		if b.length < 0 || b.length > small {
			leave, ok := b.g.uploads.wait(b.ctx, b.client, b.g.limits.Patience)
			if !ok {
				b.g.options.Metrics.refused("upload")
				return 0, errTurn
			}
			b.leave = leave
			b.began = time.Now() // waiting for one's turn is not slowness
		}
	}
	b.pace()
	n, err := b.ReadCloser.Read(p)
	b.read += int64(n)
	if errors.Is(err, io.EOF) {
		b.ended = true
		_ = b.out.SetReadDeadline(time.Time{}) // from here on a deadline would end the answer
	}
	return n, err
}

// done gives the turn back.
func (b *body) done() {
	if b.leave != nil {
		b.leave()
	}
}

// goesOn tells whether so much is still to come that it is better not to read it.
func (b *body) goesOn() bool {
	return !b.ended && (b.length < 0 || b.length-b.read > small)
}

// turns lets so many large bodies be read at once, and half of them for one
// client, so that who sends many waits for oneself.
type turns struct {
	all chan struct{}

	mu  sync.Mutex
	per map[netip.Addr]*line
}

// line is where the bodies of one client wait for each other.
type line struct {
	places chan struct{}
	in     int // who have a place or wait for one; guarded by turns.mu
}

func newTurns(most int) *turns {
	return &turns{all: make(chan struct{}, most), per: map[netip.Addr]*line{}}
}

// wait waits for a turn, at most for some time.
func (t *turns) wait(ctx context.Context, client netip.Addr, most time.Duration) (leave func(), ok bool) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	own := t.stand(client)
	if !take(ctx, own.places) {
		t.leave(client, own)
		return nil, false
	}
	if !take(ctx, t.all) {
		<-own.places
		t.leave(client, own)
		return nil, false
	}
	return func() {
		<-t.all
		<-own.places
		t.leave(client, own)
	}, true
}

func take(ctx context.Context, places chan<- struct{}) bool {
	select {
	case places <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (t *turns) stand(client netip.Addr) *line {
	t.mu.Lock()
	defer t.mu.Unlock()
	own := t.per[client]
	if own == nil {
		own = &line{places: make(chan struct{}, max(1, cap(t.all)/2))}
		t.per[client] = own
	}
	own.in++
	return own
}

func (t *turns) leave(client netip.Addr, own *line) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if own.in--; own.in == 0 {
		delete(t.per, client)
	}
}
