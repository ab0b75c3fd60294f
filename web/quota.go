package web

import (
	"net/http"
	"sync"

	"paraph/fault"
)

// How many streams may be open at once: for a session, many pages of one person;
// for an address from which nobody has signed in, many people.
const (
	ofSession  = 64
	ofOutsider = 1024
)

// quota bounds how many of something each holder has at once.
type quota struct {
	mu   *sync.Mutex
	held map[string]int
}

func newQuota() quota { return quota{new(sync.Mutex), map[string]int{}} }

// take takes one more, until it is released; unavailable when the holder has all
// that it may have.
func (q quota) take(holder string, most int) (release func(), err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.held[holder] >= most {
		return nil, fault.Unavailable("too many pages are open at once").With("close some of them, then load this one again")
	}
	q.held[holder]++
	return func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		if q.held[holder]--; q.held[holder] == 0 {
			delete(q.held, holder)
		}
	}, nil
}

// of gives how many a holder has.
func (q quota) of(holder string) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.held[holder]
}

// streamsOf gives whom a stream counts for, and how many that one may have.
func streamsOf(c caller, r *http.Request) (holder string, most int) {
	if c.signedIn() {
		return "session " + c.ID, ofSession
	}
	return "address " + address(r), ofOutsider
}
