package api

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"paraph/desk"
	"paraph/fault"
	"paraph/papers"
	"paraph/process"
	"paraph/record"
)

// Prefix is where the interface is mounted: all its paths begin so.
const Prefix = "/api/v1"

// Server answers the requests of programs. It is an http.Handler, made by New.
type Server struct {
	desk     *desk.Desk
	options  Options
	document []byte
	handler  http.Handler
}

// Options say how a server behaves.
type Options struct {
	// Who tells who asks, in a process: by what the request carries, never by a
	// cookie. Who carries nothing is the public, the zero Caller. A token that is
	// no token, or no more, is ErrToken; every other error is answered as it is.
	// The process may be one that is not there. Nobody is anyone but the public
	// when nil.
	Who func(r *http.Request, p record.ProcessID) (Caller, error)

	// Places lists the processes, beside the published ones, in which the one who
	// asks may be somebody: that of the token. None when nil.
	Places func(r *http.Request) ([]record.ProcessID, error)

	// Printer makes the PDFs of papers. Nil where nothing makes one.
	Printer papers.Printer

	// Log takes what went wrong inside; slog.Default when nil.
	Log *slog.Logger
}

// Caller is who asks, and what the token allows beyond reading.
type Caller struct {
	Actor   record.Actor    // zero for the public
	MayAct  bool            // may do acts
	MayBind bool            // may do those for which a person is asked for the passkey anew
	Ended   <-chan struct{} // closed when the token ends, for open streams; may be nil
}

// ErrToken says that a request carries a token that is not accepted: unknown,
// expired or revoked, which all get the same answer.
var ErrToken = errors.New("the token is not accepted")

// New makes the interface of a desk.
func New(d *desk.Desk, o Options) *Server {
	if o.Who == nil {
		o.Who = func(*http.Request, record.ProcessID) (Caller, error) { return Caller{}, nil }
	}
	if o.Places == nil {
		o.Places = func(*http.Request) ([]record.ProcessID, error) { return nil, nil }
	}
	s := &Server{desk: d, options: o}
	s.document = document(s.routes())
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.pattern(), r.handler)
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.fail(w, r, missing()) })
	s.handler = mux
	return s
}

// Patterns lists the patterns of all routes, in order: for those who test that
// each of them keeps what it should.
func (s *Server) Patterns() []string {
	var out []string
	for _, r := range s.routes() {
		out = append(out, r.pattern())
	}
	return out
}

// Document gives the OpenAPI document of the interface, as it is served.
func (s *Server) Document() []byte { return s.document }

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	defer s.recovered(w, r)
	s.handler.ServeHTTP(w, r)
}

// recovered answers for a handler that panicked. Where it was stays in the log,
// and what it was does not: that may tell of a process.
func (s *Server) recovered(w http.ResponseWriter, r *http.Request) {
	cause := recover()
	if cause == nil {
		return
	}
	if cause == http.ErrAbortHandler {
		panic(cause)
	}
	s.log().LogAttrs(r.Context(), slog.LevelError, "an answer to a program failed", slog.Any("where", fault.Passed()))
	problemOf(http.StatusInternalServerError, fault.KindInternal, internalWords, internalHint).write(w)
}

func (s *Server) log() *slog.Logger {
	if s.options.Log != nil {
		return s.options.Log
	}
	return slog.Default()
}

// sight is one process through the lens of who asks.
type sight struct {
	desk.View
	process record.ProcessID
	table   process.ProcessView
	caller  Caller
}

// look looks once at a process as the caller sees it. What the caller cannot see
// is not there, and neither is anything for a person who sits there no more.
func (s *Server) look(ctx context.Context, p record.ProcessID, c Caller, see func(sight) error) error {
	return s.desk.LookAs(ctx, p, c.Actor, func(v desk.View) error {
		sees := sight{View: v, process: p, table: process.SeeProcess(v.Process), caller: c}
		if !sees.table.Open {
			return missing()
		}
		return see(sees)
	})
}

// seats gives the seats in the order of the table.
func (v sight) seats() []record.Seat {
	var out []record.Seat
	for _, s := range v.table.Seats {
		out = append(out, s.Seat)
	}
	return out
}

// out is the sight as the papers that are taken out of a process are made of it.
func (v sight) out() papers.Sight { return papers.Sight{View: v.View, ID: v.process, Table: v.table} }
