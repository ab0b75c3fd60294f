package web

import (
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"paraph/api"
	"paraph/desk"
	"paraph/papers"
	"paraph/people"
	"paraph/record"
)

// Server answers requests for pages. It is an http.Handler, made by New.
type Server struct {
	desk    *desk.Desk
	options Options
	assets  assets
	pages   *http.ServeMux // the routes of pages alone: live events look them up
	renders *renders
	handler http.Handler
	api     *api.Server // what is there for programs

	followers followers
	streams   quota
	bodies    quota // large ones that are being read, by account
	porches   porches
	ready     ready

	limits     *limits
	host       string // of the server's own address; empty in a demonstration
	browserKey []byte // seals the marks of known browsers; made anew at each start
}

// Options say how a server behaves.
type Options struct {
	// Demo lets anyone take any of Seats, and answers to the loopback's names
	// alone. Otherwise everybody reads as the public does.
	Demo bool

	// Seats are the seats that anyone may take in a demonstration, by process.
	Seats map[record.ProcessID][]record.Seat

	// People are the accounts of this machine. Everybody then reads through the
	// seat whose place was taken with the own account, and as the public does
	// elsewhere. Nil where nobody signs in.
	People *people.Register

	// URL is how browsers reach the server, without a path: https://talks.example.org.
	// Links that are shown begin with it, and the server answers to its host.
	// Empty in a demonstration.
	URL string

	// Clock is time.Now when nil.
	Clock func() time.Time

	// Hosts are the names that the server answers to, beside the loopback's.
	Hosts []string

	// Key makes the key of a form, which is also the id of what the form makes:
	// at least 16 letters and digits that nobody can guess. Random when nil.
	Key func() string

	// Printer makes the PDFs of documents. Nil where nothing makes one.
	Printer papers.Printer

	// Log takes what went wrong inside; slog.Default when nil.
	Log *slog.Logger
}

// New makes the server of a desk. Assets are those that were embedded; see Built.
func New(d *desk.Desk, o Options) *Server {
	if o.Key == nil {
		o.Key = newKey
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	s := &Server{
		desk: d, options: o, assets: built(), renders: newRenders(32),
		followers: followers{all: map[followKey]*follower{}}, streams: newQuota(), bodies: newQuota(), porches: newPorches(),
		limits: newLimits(o.Clock), browserKey: []byte(rand.Text()),
	}
	if u, err := url.Parse(o.URL); err == nil {
		s.host = u.Hostname()
	}
	s.options.URL = strings.TrimSuffix(o.URL, "/")
	s.api = api.New(d, api.Options{Who: s.program, Places: s.programPlaces, Printer: o.Printer, Log: o.Log})
	s.ready = s.readied()
	s.handler = s.guard(s.routed())
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

func (s *Server) log() *slog.Logger {
	if s.options.Log != nil {
		return s.options.Log
	}
	return slog.Default()
}
