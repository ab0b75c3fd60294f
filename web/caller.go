package web

import (
	"context"
	"net/http"
	"sync"
	"time"

	"paraph/fault"
	"paraph/people"
)

// The cookies of the door. Their prefix binds each to this host alone, over a
// secure connection, at every path (RFC 6265bis, section 4.1.3.2).
const (
	sessionCookie = "__Host-paraph"
	ticketCookie  = "__Host-paraph-ticket" // of an invitation whose words were right
	stateCookie   = "__Host-paraph-state"  // of a first step under way
	firstCookie   = "__Host-paraph-first"  // of a first step passed
	knownCookie   = "__Host-paraph-known"  // somebody has signed in from this browser before
)

// caller is who sends a request: a session, or nobody.
type caller struct {
	people.Session
	token string // empty for nobody
}

// signedIn tells whether somebody is signed in.
func (c caller) signedIn() bool { return c.token != "" }

// fresh tells whether the passkey was shown just now.
func (c caller) fresh(now time.Time) bool { return c.signedIn() && now.Before(c.FreshUntil) }

// who gives the caller as pages show it.
func (s *Server) who(c caller) Who {
	return Who{Door: s.options.People != nil, Name: c.Name, Administrator: c.Administrator, MayConvene: c.MayConvene}
}

// callerKey is under which a request keeps its caller.
type callerKey struct{}

// asked is a caller that is looked up when it is first needed, once a request.
type asked struct {
	once sync.Once
	caller
	err error
}

// asking lets a request look its caller up.
func asking(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), callerKey{}, new(asked)))
}

// caller gives who sends a request. A token that opens nothing is nobody's.
func (s *Server) caller(r *http.Request) (caller, error) {
	if s.options.People == nil {
		return caller{}, nil
	}
	a, _ := r.Context().Value(callerKey{}).(*asked)
	if a == nil {
		a = new(asked)
	}
	a.once.Do(func() {
		token := cookie(r, sessionCookie)
		if token == "" {
			return
		}
		session, err := s.options.People.Session(r.Context(), token)
		switch {
		case err == nil:
			a.caller = caller{session, token}
		case fault.KindOf(err) != fault.KindNotFound:
			a.err = err
		}
	})
	return a.caller, a.err
}

func cookie(r *http.Request, name string) string {
	if c, err := r.Cookie(name); err == nil {
		return c.Value
	}
	return ""
}

// keep sets a cookie for as long as the browser is open, or for an age. It may
// come along when somebody follows a link from elsewhere: reading by a link is
// fine, and whatever changes something must come from our own pages.
func keep(w http.ResponseWriter, name, value string, age time.Duration) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode, MaxAge: int(age / time.Second),
	})
}

func drop(w http.ResponseWriter, name string) { keep(w, name, "", -time.Second) }

// errDoor is what those get who must sign in first.
var errDoor = fault.Forbidden("you are not signed in").With("sign in, then try again")
