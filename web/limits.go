package web

import (
	"net"
	"net/http"
	"sync"
	"time"
)

// limits hold how much one address, one browser or one account may ask for, so
// that whoever guesses pays for it and nobody else does. Each has a bucket that
// fills again by and by (token bucket, as in ITU-T I.371).
//
// A browser from which somebody has signed in before has a bucket of its own:
// guesses from the same address do not lock it out.
type limits struct {
	clock func() time.Time

	mu       sync.Mutex
	buckets  map[string]bucket // of this turn
	before   map[string]bucket // of the turn before; what is in neither is full
	turned   time.Time
	mostKept int
}

type bucket struct {
	left float64
	at   time.Time
}

// rate is how many a bucket holds and how many it gains a second.
type rate struct {
	most, perSecond float64
}

// The rates. An office behind one address has some dozens of people; a program
// that guesses tries thousands.
var (
	atDoor    = rate{120, 4}  // sign-in, words of an invitation: by address, or by known browser
	ofAccount = rate{240, 8}  // what changes something: by account
	ofAddress = rate{600, 60} // what changes something without a session: by address
)

// turn is after what time an untouched bucket is surely full again.
const turn = 2 * time.Minute

func newLimits(clock func() time.Time) *limits {
	return &limits{clock: clock, buckets: map[string]bucket{}, before: map[string]bucket{}, mostKept: 100_000}
}

// take takes one from the bucket of a name, and tells whether there was one.
func (l *limits) take(name string, r rate) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	if now.Sub(l.turned) > turn || len(l.buckets) >= l.mostKept {
		l.before, l.buckets, l.turned = l.buckets, map[string]bucket{}, now
	}
	b, known := l.buckets[name]
	if !known {
		b, known = l.before[name]
	}
	if !known {
		b = bucket{left: r.most, at: now}
	}
	b.left = min(r.most, b.left+max(0, now.Sub(b.at).Seconds())*r.perSecond)
	b.at = now
	enough := b.left >= 1
	if enough {
		b.left--
	}
	l.buckets[name] = b
	return enough
}

// address gives what one client is told apart by: an IPv4 address, or the
// network that an IPv6 address is in, of which everybody has one at least.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip := net.ParseIP(host)
	if ip == nil {
		return host
	}
	if ip.To4() == nil {
		ip = ip.Mask(net.CIDRMask(64, 128))
	}
	return ip.String()
}
