package gate

import (
	"errors"
	"io/fs"
	"syscall"
	"time"
)

// Limits keep what costs much from those who give little. Zero fields are as
// in Usual.
type Limits struct {
	Connections int           // open at once, in all
	PerAddress  int           // of them from one address: an IPv4 address, or an IPv6 network of 64 bits
	Streams     int           // requests at once on one HTTP/2 connection
	Uploads     int           // bodies larger than 64 KiB that are read at once, half of them for one address; others wait for their turn
	Body        int64         // the largest body, in bytes
	Rate        int           // the least rate at which a body must come and an answer be taken, in bytes a second
	Header      time.Duration // for a TLS handshake, and for the head of a request
	Patience    time.Duration // how much longer than at the least rate a body or an answer may take
}

// Usual are the limits of a server on two cores: they hold memory below half a
// gigabyte when thousands of connections do their worst.
var Usual = Limits{
	Connections: 10_000,
	PerAddress:  1_000,
	Streams:     128,
	Uploads:     8,
	Body:        25 << 20,
	Rate:        8 << 10,
	Header:      10 * time.Second,
	Patience:    20 * time.Second,
}

func (l Limits) orUsual() Limits {
	or(&l.Connections, Usual.Connections)
	or(&l.PerAddress, Usual.PerAddress)
	or(&l.Streams, Usual.Streams)
	or(&l.Uploads, Usual.Uploads)
	or(&l.Body, Usual.Body)
	or(&l.Rate, Usual.Rate)
	or(&l.Header, Usual.Header)
	or(&l.Patience, Usual.Patience)
	return l
}

func or[T int | int64 | time.Duration](v *T, usual T) {
	if *v <= 0 {
		*v = usual
	}
}

// allowed is how long n bytes may take.
func (l Limits) allowed(n int64) time.Duration {
	return l.Patience + time.Duration(n)*time.Second/time.Duration(l.Rate)
}

var errNotAllowed = fs.ErrPermission

func isTaken(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }
