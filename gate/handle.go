package gate

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"paraph/fault"
)

// handler is what every request passes before it is answered.
func (g *Gate) handler() http.Handler { return http.HandlerFunc(g.handle) }

func (g *Gate) handle(w http.ResponseWriter, r *http.Request) {
	if c, _ := r.Context().Value(connKey{}).(*conn); c != nil {
		c.begin()
		defer c.end()
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	a := &answer{ResponseWriter: w, out: http.NewResponseController(w), g: g, cancel: cancel, began: time.Now()}
	defer a.done()
	defer g.recovered(a)

	client, ok := g.client(r)
	if !ok {
		a.refuse(http.StatusBadRequest, "The proxy before this server does not say whom it speaks for.")
		return
	}
	if !g.asked.begin(client) {
		g.options.Metrics.refused("busy")
		a.refuse(http.StatusTooManyRequests, "Too many requests from your address are under way. Close some pages and try again.")
		return
	}
	defer g.asked.end(client)
	r = r.WithContext(ctx)
	if r.Body != nil && r.Body != http.NoBody {
		if r.ContentLength > g.limits.Body {
			a.refuse(http.StatusRequestEntityTooLarge, "That is larger than anything this server takes.")
			return
		}
		b := &body{ReadCloser: r.Body, out: a.out, g: g, ctx: ctx, client: client, length: r.ContentLength, began: a.began}
		defer b.done()
		b.pace()
		a.body, a.closes = b, r.ProtoMajor == 1
		r.Body = http.MaxBytesReader(a, b, g.limits.Body)
	}
	g.options.Handler.ServeHTTP(a, r)
}

// client puts the address of the client into the request: behind a proxy, that
// of whom the proxy speaks for. The header is gone then: nobody reads it twice.
func (g *Gate) client(r *http.Request) (netip.Addr, bool) {
	if g.options.Proxy.Header == "" {
		return network(addressOf(r.RemoteAddr)), true
	}
	from, ok := g.options.Proxy.client(r)
	r.Header.Del(g.options.Proxy.Header)
	r.RemoteAddr = netip.AddrPortFrom(from, 0).String()
	return network(from), ok
}

// recovered answers for a handler that panicked. The log gets where it was, and
// never what: that may quote a page.
func (g *Gate) recovered(a *answer) {
	cause := recover()
	if cause == nil {
		return
	}
	if cause == http.ErrAbortHandler {
		a.status = http.StatusInternalServerError
		panic(cause)
	}
	g.options.Metrics.panics.Inc()
	g.options.Log.Error("an answer failed", slog.Any("where", fault.Passed()))
	if a.status != 0 {
		panic(http.ErrAbortHandler) // half an answer must not look like a whole one
	}
	a.refuse(http.StatusInternalServerError, "Something went wrong here. What you sent may not have been recorded: look before you send it again.")
}

// answer is a response whose writing is paced: whoever takes it too slowly
// loses the connection.
type answer struct {
	http.ResponseWriter
	out    *http.ResponseController
	g      *Gate
	cancel context.CancelFunc
	began  time.Time
	status int
	body   *body // of the request; nil when it has none
	closes bool  // the connection can be closed for what is left of it
	own    bool  // the handler sets its own deadlines
	stream bool
	unstop func() bool
}

func (a *answer) WriteHeader(status int) {
	if a.status == 0 && status >= http.StatusOK {
		a.status = status
		if status >= http.StatusBadRequest && a.closes && a.body.goesOn() {
			a.Header().Set("Connection", "close") // what else it sends is not read
		}
		if strings.HasPrefix(a.Header().Get("Content-Type"), "text/event-stream") {
			a.stream = true
			a.g.options.Metrics.streams.Inc()
			a.unstop = context.AfterFunc(a.g.stopping, a.cancel)
		}
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.WriteHeader(http.StatusOK)
	}
	if !a.own {
		_ = a.out.SetWriteDeadline(time.Now().Add(a.g.limits.allowed(int64(len(p))))) // a writer without deadlines has none
	}
	return a.ResponseWriter.Write(p)
}

// SetWriteDeadline lets a handler that paces itself do so.
func (a *answer) SetWriteDeadline(t time.Time) error {
	a.own = true
	return a.out.SetWriteDeadline(t)
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

func (a *answer) refuse(status int, words string) {
	h := a.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	if a.g.options.TLS != nil {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	if status != http.StatusInternalServerError {
		h.Set("Connection", "close") // what else it sends is not read
	}
	a.WriteHeader(status)
	_, _ = io.WriteString(a, words+"\n") // whoever does not take it has left
}

// done counts an answer.
func (a *answer) done() {
	m := a.g.options.Metrics
	if a.stream {
		a.unstop()
		m.streams.Dec()
		return
	}
	m.answered(a.status, time.Since(a.began))
}

// asked counts the requests under way, in all and of each client.
type asked struct {
	most, total int

	mu  sync.Mutex
	all int
	per map[netip.Addr]int
}

func (s *asked) begin(client netip.Addr) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all >= s.total || s.per[client] >= s.most {
		return false
	}
	if s.per == nil {
		s.per = map[netip.Addr]int{}
	}
	s.all++
	s.per[client]++
	return true
}

func (s *asked) end(client netip.Addr) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	if s.per[client]--; s.per[client] == 0 {
		delete(s.per, client)
	}
}
