package gate

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// given is a connection that was given to an event stream, so that the stream
// holds what it needs and not what answers need. It is counted as if its handler
// had not returned, until it is closed.
type given struct {
	net.Conn
	g      *Gate
	unstop func() bool
	once   sync.Once
	counted
}

// Hijack gives the connection of an event stream to the handler, which has
// written the head and may return. Every other answer stays with the gate, and
// so does one over HTTP/2, where streams share a connection.
//
// When the gate is closed, reading from the connection fails: the stream is to
// end then.
func (a *answer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	if !a.stream {
		return nil, nil, http.ErrNotSupported
	}
	if !a.g.give() {
		return nil, nil, http.ErrNotSupported // it ends at once, with its handler
	}
	c, buffered, err := a.out.Hijack()
	if err != nil {
		a.g.given.Done()
		return nil, nil, err
	}
	a.unstop()
	a.given = true
	own := &given{Conn: c, g: a.g, counted: a.counted}
	own.unstop = context.AfterFunc(a.g.stopping, func() {
		_ = c.SetReadDeadline(time.Unix(1, 0)) // what is closed reads nothing either
	})
	return own, buffered, nil
}

// give counts a stream in that will go on without its handler; false when the gate
// is closed, and waits for those that were counted.
func (g *Gate) give() bool {
	g.giving.Lock()
	defer g.giving.Unlock()
	if g.stopping.Err() != nil {
		return false
	}
	g.given.Add(1)
	return true
}

// Close closes the connection and counts its stream out.
func (c *given) Close() error {
	err := c.Conn.Close()
	c.once.Do(func() {
		c.unstop()
		c.end()
		c.g.options.Metrics.streams.Dec()
		c.g.given.Done()
	})
	return err
}
