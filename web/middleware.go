package web

import (
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"

	"paraph/fault"
)

// maxForm bounds what a form may send, in bytes: one clause with its reason,
// many times over.
const maxForm = 1 << 20

// policy lets a page load only what this server serves: no inline script or
// style, no frames, nothing from elsewhere.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// permissions lets a page use passkeys and nothing else of the device.
const permissions = "publickey-credentials-create=(self), publickey-credentials-get=(self), camera=(), microphone=(), geolocation=(), " +
	"payment=(), usb=(), serial=(), bluetooth=(), hid=(), midi=(), display-capture=(), browsing-topics=()"

// guard is what every request passes, outermost first: headers that hold
// whatever the handler does, the host, where the request comes from, its size.
func (s *Server) guard(next http.Handler) http.Handler {
	origin := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", permissions)
		h.Set("Cache-Control", "no-store")
		if strings.HasPrefix(s.options.URL, "https://") {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		defer s.recovered(w, r)
		switch {
		case !s.known(r.Host):
			s.refuse(w, http.StatusMisdirectedRequest, "This server does not answer to that name.", "Use the address that it printed when it started.")
		case forPrograms(r): // no cookie counts there
			s.programs(w, r)
		case origin.Check(r) != nil || foreign(r):
			s.refuse(w, http.StatusForbidden, "This request came from another site.", "Open the page here and send the form again.")
		default:
			s.admitted(w, asking(r), next)
		}
	})
}

// foreign tells whether a request cannot be shown to come from our own pages.
// Reading by a link from elsewhere is fine; being embedded elsewhere is not,
// and a form must say where it comes from.
func foreign(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return site == "cross-site" && r.Header.Get("Sec-Fetch-Mode") != "navigate"
	}
	if site != "" {
		return site != "same-origin" && site != "none"
	}
	// CrossOriginProtection has compared an Origin with the host.
	return r.Header.Get("Origin") == ""
}

// admitted answers a request whose turn it is: at once when somebody is signed in.
func (s *Server) admitted(w http.ResponseWriter, r *http.Request, next http.Handler) {
	if s.options.People == nil {
		r.Body = http.MaxBytesReader(w, r.Body, bound(r))
		next.ServeHTTP(w, r)
		return
	}
	c, err := s.caller(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if !s.allowed(r, c) {
		s.busy(w)
		return
	}
	var leave func()
	if c.signedIn() {
		leave, err = s.inside(r, "account "+c.Account)
		bounded(w, r, bound(r))
	} else {
		w, leave, err = s.outside(w, r)
	}
	if err != nil {
		s.busy(w)
		return
	}
	defer leave()
	next.ServeHTTP(w, r)
}

// allowed holds what changes something to its limits: by account, or, without
// one, by the browser that is known or the address. Reading costs less than telling who reads.
func (s *Server) allowed(r *http.Request, c caller) bool {
	switch {
	case r.Method == http.MethodGet || r.Method == http.MethodHead:
		return true
	case c.signedIn():
		return s.limits.take("account "+c.Account, ofAccount)
	}
	from, _ := s.whence(r)
	return s.limits.take("all of "+from, ofAddress)
}

// known tells whether the server answers to a host. A demonstration answers to
// the names of the loopback alone, so that no foreign name can be pointed at it.
func (s *Server) known(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.Trim(host, "[]")
	}
	if slices.Contains(s.options.Hosts, name) || s.options.URL != "" && name == s.host {
		return true
	}
	if ip := net.ParseIP(name); ip != nil && ip.IsLoopback() {
		return true
	}
	return name == "localhost" || !s.options.Demo && len(s.options.Hosts) == 0 && s.options.URL == ""
}

// recovered answers for a handler that panicked. The log gets where it was, and
// never what: that may quote a page, and whoever runs the machine reads none.
func (s *Server) recovered(w http.ResponseWriter, r *http.Request) {
	cause := recover()
	if cause == nil {
		return
	}
	if cause == http.ErrAbortHandler {
		panic(cause)
	}
	s.log().LogAttrs(r.Context(), slog.LevelError, "a page failed",
		slog.Any("where", fault.Passed()))
	s.refuse(w, http.StatusInternalServerError, internalWords, internalHint)
}
