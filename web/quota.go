package web

import (
	"net"
	"net/http"
	"sync"

	"paraph/fault"
)

// maxStreams is how many streams one address may hold open: many people with
// many pages each, and too few to use up the server.
const maxStreams = 1024

// quota bounds how many of something each holder may have at once.
type quota struct {
	most int
	mu   *sync.Mutex
	held map[string]int
}

func newQuota(most int) quota { return quota{most, new(sync.Mutex), map[string]int{}} }

// take takes one more, until it is released; unavailable when the holder has all
// that it may have.
func (q quota) take(holder string) (release func(), err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.held[holder] >= q.most {
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

// holder is whom a request counts for: the address that it comes from.
func holder(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
