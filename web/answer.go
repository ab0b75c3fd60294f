package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"paraph/web/squeeze"
)

// gap is where the body of a page stands, which many share and which is
// compressed once for all of them. What stands around it is made for one person.
type gap struct {
	into *bytes.Buffer
	at   int // how many bytes stand before it; -1 as long as nobody knows
}

// Render writes nothing, and notes where.
func (g *gap) Render(_ context.Context, w io.Writer) error {
	if b, ok := w.(interface{ Flush() error }); ok {
		if err := b.Flush(); err != nil {
			return err
		}
	}
	g.at = g.into.Len()
	return nil
}

// answer answers with a page. The shared body is nil for a page that has none; else
// the page must have it where it renders the component that it is given.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, status int, shared *render, page func(body templ.Component) templ.Component) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Add("Vary", "Accept-Encoding")
	var body templ.Component
	if shared != nil {
		body = shared.page.Body
	}
	if !unpacks(r) {
		w.WriteHeader(status)
		_ = page(body).Render(r.Context(), w)
		return
	}
	b := wrappings.Get().(*bytes.Buffer)
	defer wrappings.Put(b)
	b.Reset()
	g := gap{into: b, at: -1}
	if shared != nil {
		body = &g
	}
	_ = page(body).Render(r.Context(), b) // memory takes every write
	head, tail := b.Bytes(), []byte(nil)
	var front, packed, back []byte
	if g.at >= 0 {
		head, tail = head[:g.at], head[g.at:]
		front, back = shared.wrapped(head, tail)
		packed = shared.squeezed().Bytes
	} else {
		front, back = squeeze.Around(head, nil, tail)
	}
	h.Set("Content-Encoding", "gzip")
	h.Set("Content-Length", strconv.Itoa(len(front)+len(packed)+len(back)))
	w.WriteHeader(status)
	for _, piece := range [][]byte{front, packed, back} {
		if _, err := w.Write(piece); err != nil {
			return // nobody reads on
		}
	}
}

// wrappings are where what stands around a body is put together.
var wrappings = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// unpacks tells whether who asks takes gzip (RFC 9110, section 12.5.3).
func unpacks(r *http.Request) bool {
	taken, any := "", ""
	for _, line := range r.Header["Accept-Encoding"] {
		for part := range strings.SplitSeq(line, ",") {
			name, weight, _ := strings.Cut(strings.ToLower(part), ";")
			switch strings.TrimSpace(name) {
			case "gzip", "x-gzip":
				taken = accepted(weight)
			case "*":
				any = accepted(weight)
			}
		}
	}
	if taken == "" {
		taken = any
	}
	return taken == "yes"
}

// accepted tells what a weight says: "no" when it is zero.
func accepted(weight string) string {
	_, q, found := strings.Cut(weight, "=")
	if n, err := strconv.ParseFloat(strings.TrimSpace(q), 64); found && err == nil && n == 0 {
		return "no"
	}
	return "yes"
}
