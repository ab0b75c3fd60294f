package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"paraph/desk"
	"paraph/fault"
	"paraph/gate"
	"paraph/people"
	"paraph/store/sqlite"
	"paraph/web"
)

type serveCmd struct {
	settings
}

func (serveCmd) Help() string {
	return `Opens a data directory that paraph init made and serves it until it is interrupted. Requests under way are finished then.

Every flag is an environment variable too: paraph help config lists them. docs/operate.md tells how to run this as a service.

Examples:

    paraph serve
    paraph serve --data /var/lib/paraph --cert fullchain.pem --key privkey.pem
    paraph serve --behind-proxy X-Forwarded-For --listen 127.0.0.1:8300
    paraph serve --metrics 127.0.0.1:9300`
}

// Run opens all that a server needs, tells where it stands, and serves.
func (c serveCmd) Run(p *program) (err error) {
	if err := p.unknownVariable(); err != nil {
		return err
	}
	d, err := openData(c.Data)
	if err != nil {
		return err
	}
	at, err := c.at(d)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(p.ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := server{settings: c.settings, program: p, data: d, at: at, log: gate.NewLog(p.err, levels[c.LogLevel])}
	defer func() { err = errors.Join(err, s.close()) }()
	for _, step := range []func(context.Context) error{s.listen, s.certify, s.open} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := s.tell(); err != nil {
		return err
	}
	return s.serve(ctx)
}

var levels = map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}

// at gives the URL to serve under: the one that init was told, or another one
// with the same name. Passkeys made under one name are none under another.
func (c serveCmd) at(d data) (address, error) {
	made, err := parseAddress(d.made.URL)
	if err != nil {
		return made, err
	}
	at, err := parseAddress(cmp.Or(c.URL, d.made.URL))
	if err != nil {
		return at, err
	}
	if at.Hostname() != made.Hostname() {
		return at, fault.Invalid("%s was made for %s, and the passkeys made there are none at %s", c.Data, made.Hostname(), at.Hostname()).
			With("serve it under the name that it was made for")
	}
	return at, nil
}

// server is one run of paraph serve.
type server struct {
	settings
	program *program
	data    data
	at      address
	log     *slog.Logger

	listeners []net.Listener
	watch     net.Listener // for metrics; nil for none
	proxy     gate.Proxy
	own       *gate.Certificate // what is shown; nil for plain HTTP
	ownMade   bool
	tls       *tls.Config
	store     *sqlite.Store
	people    *people.Register
	pages     *web.Server
	closers   []func() error
}

// listen opens the ports, before anything is read: a port that is taken is the
// commonest mistake.
func (s *server) listen(ctx context.Context) (err error) {
	if s.proxy, err = gate.ParseProxy(s.BehindProxy, s.ProxyFrom); err != nil {
		return err
	}
	listen := s.Listen
	if len(listen) == 0 {
		listen = s.at.listens(s.proxy.Header != "")
	}
	if s.plain() && s.proxy.Header == "" && open(listen) {
		return fault.Invalid("%s is for this machine alone, and %s is open to others", s.at.origin(), strings.Join(listen, ", ")).
			With("make a data directory for https://NAME: paraph init --url")
	}
	for i, where := range listen {
		l, err := gate.Listen(ctx, where)
		if err != nil {
			if i > 0 && len(s.Listen) == 0 && strings.HasPrefix(where, "[::1]") && !errors.Is(err, syscall.EADDRINUSE) {
				continue // a machine without IPv6
			}
			return err
		}
		s.keep(l.Close)
		s.listeners = append(s.listeners, l)
	}
	if s.Metrics != "" {
		if s.watch, err = gate.Listen(ctx, s.Metrics); err != nil {
			return err
		}
		s.keep(s.watch.Close)
	}
	return nil
}

// plain tells whether the server speaks HTTP without TLS.
func (s *server) plain() bool { return s.at.Scheme == "http" || s.proxy.Header != "" }

// certify finds the certificate to show.
func (s *server) certify(context.Context) (err error) {
	switch {
	case (s.Cert == "") != (s.Key == ""):
		return usagef("a certificate needs its key: --cert and --key go together")
	case s.plain():
		if s.Cert != "" {
			return fault.Invalid("a certificate is given, and nothing here speaks TLS").With("leave --cert and --key out, or --behind-proxy, or serve an https URL")
		}
		return nil
	case s.Cert != "":
		s.own, err = gate.OpenCertificate(s.Cert, s.Key)
		if err == nil && !s.own.Names(s.at.Hostname()) {
			err = fault.Invalid("the certificate in %s is not for %s", s.Cert, s.at.Hostname()).With("name the certificate of %s", s.at.origin())
		}
	default:
		s.own, s.ownMade, err = gate.OwnCertificate(s.data.folder, s.at.Hostname(), time.Now())
	}
	if err == nil {
		s.tls = s.own.TLS()
	}
	return err
}

// open opens the record and the people, and puts the pages on them.
func (s *server) open(context.Context) (err error) {
	printer, err := s.printer()
	if err != nil {
		return err
	}
	if s.store, err = sqlite.Open(s.data.record()); err != nil {
		return err
	}
	s.keep(s.store.Close)
	first, err := s.firstStep()
	if err != nil {
		return err
	}
	register, book, err := s.data.register(people.Options{URL: s.at.origin(), First: first})
	if err != nil {
		return err
	}
	s.keep(book.Close)
	s.keep(register.Close)
	s.people = register
	s.pages = web.New(desk.New(s.store, desk.Options{}), web.Options{
		People: register, URL: s.at.origin(), Hosts: []string{s.at.Hostname()}, Log: s.log, Printer: printer,
	})
	return nil
}

// firstStep gives the sign-in of an organisation, if one is named.
func (c oidcFlags) firstStep() (*people.FirstStep, error) {
	if c == (oidcFlags{}) {
		return nil, nil
	}
	if c.OIDCIssuer == "" || c.OIDCClient == "" || c.OIDCSecretFile == "" {
		return nil, usagef("an OpenID provider needs all three: --oidc-issuer, --oidc-client and --oidc-secret-file")
	}
	secret, err := os.ReadFile(c.OIDCSecretFile)
	if err != nil {
		return nil, fault.Unavailable("the secret in %s cannot be read: %v", c.OIDCSecretFile, cause(err)).Because(err)
	}
	return &people.FirstStep{Issuer: c.OIDCIssuer, ClientID: c.OIDCClient, ClientSecret: strings.TrimSpace(string(secret))}, nil
}

// tell says where the server stands, to whoever started it.
func (s *server) tell() error {
	out := s.program.out
	fmt.Fprintf(out, "Paraph is open at %s until Ctrl-C.\n", s.at.origin())
	if s.own != nil {
		fmt.Fprintf(out, "Its certificate is good until %s. SHA-256 fingerprint:\n  %s\n", s.own.Expires().Format("2 January 2006"), s.own.Fingerprint())
	}
	if s.own != nil && s.Cert == "" {
		s.tellOwn()
	}
	if s.proxy.Header != "" {
		fmt.Fprintln(out, "It speaks plain HTTP, to the proxy alone.")
	}
	if s.watch != nil {
		fmt.Fprintf(out, "Metrics and health: http://%s/metrics, /health\n", s.watch.Addr())
	}
	if !web.Built() {
		fmt.Fprintln(s.program.err, "paraph: built without style and script: make build builds both")
	}
	if info, err := os.Stat(s.data.folder); err == nil && info.Mode().Perm()&0o077 != 0 {
		s.log.Warn("others than its owner may look into the data directory: chmod 700 mends it")
	}
	for _, l := range s.listeners {
		s.log.Info("serving", slog.String("url", s.at.origin()), slog.String("address", l.Addr().String()), slog.String("version", built().Version))
	}
	return out.Flush()
}

// tellOwn says what a certificate of one's own asks of people.
func (s *server) tellOwn() {
	out := s.program.out
	if s.ownMade {
		fmt.Fprintln(out, "It was made just now: whoever trusted an older one must trust this one.")
	}
	fmt.Fprintf(out, "Paraph made it itself, and no browser knows it. To click a warning away is not enough: browsers\n"+
		"give no passkeys to a page that they warn of. Either give a certificate that they know (--cert and\n"+
		"--key; any authority's will do), or have each browser trust %s/tls.crt, when the\n"+
		"fingerprint was compared by telephone: docs/operate.md says how.\n", s.data.folder)
}

// serve answers until ctx ends.
func (s *server) serve(ctx context.Context) error {
	gate.Spend()
	metrics := gate.NewMetrics(built().Version)
	if s.watch != nil {
		go func() {
			if err := metrics.Serve(ctx, s.watch, s.store.Writable); err != nil {
				s.log.Error("metrics cannot be served any longer", slog.Any("cause", err))
			}
		}()
	}
	sweeping, done := context.WithCancel(ctx)
	swept := make(chan struct{})
	go func() {
		defer close(swept)
		s.sweep(sweeping)
	}()
	defer func() { done(); <-swept }()
	g := gate.New(gate.Options{
		Handler: s.pages, TLS: s.tls, Proxy: s.proxy, Metrics: metrics, Log: s.log,
		Limits: gate.Limits{Connections: s.Connections, PerAddress: s.PerAddress},
	})
	err := g.Serve(ctx, s.listeners...)
	s.log.Info("closed")
	return err
}

// sweep forgets, once a minute, what is over, and looks every hour after the
// certificate.
func (s *server) sweep(ctx context.Context) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for n := 0; ; n++ {
		if n%60 == 0 {
			s.renew(time.Now())
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := s.people.Sweep(ctx); err != nil && ctx.Err() == nil {
				s.log.Warn("what is over could not be forgotten; it is tried again", slog.Any("cause", err))
			}
		}
	}
}

// renew makes a new certificate of one's own before the old one ends, which is
// then shown within a minute, and warns of the end of any other.
func (s *server) renew(now time.Time) {
	const soon = 14 * 24 * time.Hour
	switch {
	case s.own == nil:
	case s.Cert != "":
		if now.Add(soon).After(s.own.Expires()) {
			s.log.Warn("the certificate ends soon", slog.Time("end", s.own.Expires()))
		}
	default:
		next, made, err := gate.OwnCertificate(s.data.folder, s.at.Hostname(), now)
		if err != nil {
			s.log.Warn("the certificate could not be made anew; it is tried again", slog.Any("cause", err))
		} else if made {
			s.log.Warn("the certificate was made anew: who trusted the old one must trust this one", slog.String("fingerprint", next.Fingerprint()))
		}
	}
}

// keep has something closed in the end: what was opened last goes first.
func (s *server) keep(close func() error) { s.closers = append(s.closers, close) }

func (s *server) close() error {
	var errs []error
	for i := len(s.closers) - 1; i >= 0; i-- {
		if err := s.closers[i](); !errors.Is(err, net.ErrClosed) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
