package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"runtime"
	"sync"
	"time"

	"paraph/fault"
)

// maxOutside bounds what somebody who is not signed in may send, in bytes: the
// answer of an authenticator, or a name and six words.
const maxOutside = 16 << 10

// bodiesOfAccount is how many large bodies of one account are read at once.
const bodiesOfAccount = 2

// largeBody is from how many bytes a body counts as large.
const largeBody = 64 << 10

// porch is where those wait who are not signed in. So few of them are answered at
// once that whoever is signed in never stands behind a crowd of guessers, and so
// few of one address may wait that one crowd does not shut out another.
type porch struct {
	places  chan struct{}
	waiting quota
}

// ofPorch is how many of one address, or of one known browser, may wait.
const ofPorch = 8

// waitsThere is how long somebody waits on the porch.
const waitsThere = 10 * time.Second

func newPorch(places int) *porch {
	return &porch{places: make(chan struct{}, places), waiting: newQuota()}
}

// enter takes a place until it is left; unavailable when too many wait already.
func (p *porch) enter(ctx context.Context, from string) (leave func(), err error) {
	leave = func() { <-p.places }
	select {
	case p.places <- struct{}{}:
		return leave, nil
	default:
	}
	come, err := p.waiting.take(from, ofPorch)
	if err != nil {
		return nil, err
	}
	defer come()
	ctx, cancel := context.WithTimeout(ctx, waitsThere)
	defer cancel()
	select {
	case p.places <- struct{}{}:
		return leave, nil
	case <-ctx.Done():
		return nil, fault.Unavailable("too many wait here").Because(ctx.Err())
	}
}

// porches are two, so that guessers do not stand before somebody who has signed in
// from the same browser before.
type porches struct{ strangers, known *porch }

func newPorches() porches {
	n := max(2, runtime.GOMAXPROCS(0))
	return porches{newPorch(n), newPorch(n)}
}

// whence gives where a request is counted that nobody signed: its browser, when
// somebody has signed in from it before, or else its address.
func (s *Server) whence(r *http.Request) (name string, known bool) {
	if mark := cookie(r, knownCookie); s.knows(mark) {
		return "browser " + mark, true
	}
	return "address " + address(r), false
}

// outside lets somebody in who is not signed in: what is sent is read first, so
// that nobody who sends it slowly keeps a place from others.
func (s *Server) outside(w http.ResponseWriter, r *http.Request) (out http.ResponseWriter, leave func(), err error) {
	gathered(w, r, maxOutside)
	from, known := s.whence(r)
	if known {
		leave, err = s.porches.known.enter(r.Context(), from)
	} else {
		leave, err = s.porches.strangers.enter(r.Context(), from)
	}
	if err != nil {
		return w, nil, err
	}
	p := &passing{w, sync.OnceFunc(leave)}
	return p, p.leave, nil
}

// passing is an answer that leaves the porch when it is first written: what it
// took to make is over then, and who takes it slowly keeps no place from others.
type passing struct {
	http.ResponseWriter
	leave func()
}

func (p *passing) WriteHeader(status int) {
	p.leave()
	p.ResponseWriter.WriteHeader(status)
}

func (p *passing) Write(b []byte) (int, error) {
	p.leave()
	return p.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (p *passing) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// inside bounds what somebody sends who is signed in, or a program of theirs.
func (s *Server) inside(r *http.Request, account string) (leave func(), err error) {
	if r.Body == nil || r.Body == http.NoBody || r.ContentLength >= 0 && r.ContentLength <= largeBody {
		return func() {}, nil
	}
	return s.bodies.take(account, bodiesOfAccount)
}

// gathered reads the body of a request into memory. Of one that is too large, or
// does not say how large it is, nothing is read: whoever reads it then is told so.
func gathered(w http.ResponseWriter, r *http.Request, most int64) {
	if r.Body == nil || r.Body == http.NoBody {
		return
	}
	switch {
	case r.ContentLength < 0:
		r.Body = broken{errLength}
		return
	case r.ContentLength > most:
		r.Body = broken{&http.MaxBytesError{Limit: most}}
		return
	}
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, most))
	if err != nil {
		r.Body = broken{err}
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(b))
}

// bounded lets a body be read up to a size. Of one that says that it is larger
// nothing is read.
func bounded(w http.ResponseWriter, r *http.Request, most int64) {
	if r.ContentLength > most {
		r.Body = broken{&http.MaxBytesError{Limit: most}}
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, most)
}

var errLength = fault.Invalid("what was sent does not say how long it is").With("send it with its Content-Length")

// broken is a body that cannot be read.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }
func (b broken) Close() error             { return nil }
