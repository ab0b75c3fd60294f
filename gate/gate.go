// Package gate stands between a network and the pages.
//
// It holds what is true of every request whatever it asks for: TLS, the address
// of the client behind a proxy, limits that keep slow and greedy connections
// from starving others, an orderly end, and figures and logs for whoever runs
// the machine. That person reads no process: nothing here may know what a
// request asks for. It looks at no path, no field of a form and no page, and it
// writes no error text and no panic value into a log, because those may quote
// them.
//
// It may import no room, no desk and no page. Read this file first, then
// admit.go for connections and handle.go for requests.
package gate

import (
	"context"
	"crypto/tls"
	"errors"
	"log"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"paraph/fault"
)

// Gate serves one handler to a network. Made by New, it serves once.
type Gate struct {
	options  Options
	limits   Limits
	admitted *admitted
	asked    *asked
	uploads  *turns         // for large bodies
	given    sync.WaitGroup // for the event streams that go on without their handlers
	giving   sync.Mutex     // none is counted in once the gate is closed
	stopping context.Context
	stop     context.CancelFunc
}

// Options say what a gate serves, and how.
type Options struct {
	Handler http.Handler
	TLS     *tls.Config // nil for plain HTTP: on this machine, or behind a proxy
	Proxy   Proxy       // the zero Proxy: clients connect by themselves
	Limits  Limits      // zero fields are as in Usual
	Metrics *Metrics    // counts what happens; may be nil
	Log     *slog.Logger
}

// New makes a gate.
func New(o Options) *Gate {
	g := &Gate{options: o, limits: o.Limits.orUsual()}
	if g.options.Log == nil {
		g.options.Log = slog.New(slog.DiscardHandler)
	}
	if g.options.Metrics == nil {
		g.options.Metrics = NewMetrics("")
	}
	g.admitted = newAdmitted(g.limits, o.Proxy, g.options.Metrics)
	g.asked = &asked{most: g.limits.PerAddress * 2, total: g.limits.Connections * 2}
	g.uploads = newTurns(g.limits.Uploads)
	g.stopping, g.stop = context.WithCancel(context.Background())
	return g
}

// grace is how long requests under way may take when the gate is closed.
const grace = 10 * time.Second

// Serve answers on all listeners until ctx ends or one of them fails. Then no
// connection is taken any more, event streams are ended at once, so that their
// readers come back when somebody serves again, and every other request under
// way is finished, within ten seconds.
func (g *Gate) Serve(ctx context.Context, listeners ...net.Listener) error {
	defer g.stop()
	server := g.server()
	failed := make(chan error, len(listeners))
	for _, l := range listeners {
		go func() { failed <- g.serveOn(server, l) }()
	}
	var broken error
	select {
	case err := <-failed:
		broken = fault.Unavailable("nothing can be served any longer").Because(err)
	case <-ctx.Done():
	}
	g.giving.Lock()
	g.stop()
	g.giving.Unlock()
	leaving, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := server.Shutdown(leaving); err != nil {
		_ = server.Close() // somebody takes too long to take what was sent
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		g.given.Wait()
	}()
	select {
	case <-ended:
	case <-leaving.Done():
	}
	return broken
}

func (g *Gate) serveOn(server *http.Server, l net.Listener) error {
	l = g.admitted.listen(l)
	if g.options.TLS != nil {
		return server.ServeTLS(l, "", "")
	}
	return server.Serve(l)
}

func (g *Gate) server() *http.Server {
	const idle = 2 * time.Minute
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(g.options.TLS != nil)
	return &http.Server{
		Handler:           g.handler(),
		TLSConfig:         g.options.TLS,
		Protocols:         protocols,
		ReadHeaderTimeout: g.limits.Header,
		IdleTimeout:       idle,
		MaxHeaderBytes:    32 << 10,
		HTTP2: &http.HTTP2Config{
			MaxConcurrentStreams:          g.limits.Streams,
			MaxReadFrameSize:              16 << 10,
			MaxReceiveBufferPerConnection: 256 << 10,
			MaxReceiveBufferPerStream:     64 << 10,
			MaxDecoderHeaderTableSize:     4 << 10,
			MaxEncoderHeaderTableSize:     4 << 10,
			WriteByteTimeout:              g.limits.Patience,
			SendPingTimeout:               time.Minute,
			PingTimeout:                   15 * time.Second,
		},
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, connKey{}, admittedOf(c))
		},
		ErrorLog: log.New(&complaints{g.options.Log, g.options.Metrics}, "", 0),
	}
}

// connKey is the key of a request's connection in its context.
type connKey struct{}

// admittedOf gives the connection that was admitted, beneath TLS.
func admittedOf(c net.Conn) *conn {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	own, _ := c.(*conn)
	return own
}

// Listen opens a port for a gate; address is HOST:PORT. It is unavailable when
// the port is taken or may not be opened, and says what to do.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fault.Invalid("%q is not an address to listen at", address).With("HOST:PORT, as in 127.0.0.1:8300 or :443").Because(err)
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", address)
	switch {
	case err == nil:
		return l, nil
	case isTaken(err):
		return nil, fault.Unavailable("port %s of %s is taken", port, named(host)).With("end what serves there, or listen at another port").Because(err)
	case errors.Is(err, errNotAllowed):
		return nil, fault.Unavailable("port %s may not be opened", port).
			With("ports below 1024 need the right to: CAP_NET_BIND_SERVICE, as the systemd unit of docs/operate.md gives it").Because(err)
	}
	return nil, fault.Unavailable("nothing can be served at %s", address).With("is it an address of this machine, and the port below 65536?").Because(err)
}

func named(host string) string {
	if host == "" {
		return "this machine"
	}
	return host
}
