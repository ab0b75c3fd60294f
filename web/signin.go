package web

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"

	"paraph/fault"
)

// signingIn is what the page of signing in shows.
type signingIn struct {
	Refused   string
	First     string // what the first step is called; empty for none
	FirstDone bool
	Back      string
}

// ticketAge is how long a browser keeps a ticket; the register decides how long
// it is good for.
const ticketAge = 15 * time.Minute

func (s *Server) signingIn(r *http.Request) signingIn {
	v := signingIn{Back: within(r.URL.Query().Get("back"), "/")}
	if s.options.People.HasFirst() {
		v.First, v.FirstDone = "your organisation's sign-in", cookie(r, firstCookie) != ""
	}
	return v
}

// signIn is the page of signing in.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request) {
	s.outer(w, r, http.StatusOK, "Sign in", signInPage(s.signingIn(r)))
}

// beginFirst sends a browser to the organisation's sign-in.
func (s *Server) beginFirst(w http.ResponseWriter, r *http.Request) {
	if !s.atDoor(w, r) {
		return
	}
	if !s.options.People.HasFirst() {
		s.fail(w, r, errAbsent)
		return
	}
	to, state, err := s.options.People.BeginFirst(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	keep(w, stateCookie, state, ticketAge)
	// Not a redirect: a form of ours leads to our own pages alone, and the policy
	// of a page says so. A link may lead elsewhere.
	w.Header().Set("Refresh", "0; url="+to)
	s.outer(w, r, http.StatusOK, "Sign in", elsewherePage(to))
}

// finishFirst takes what the organisation's sign-in sends back. The ticket that
// it gives opens nothing but the question for the passkey.
func (s *Server) finishFirst(w http.ResponseWriter, r *http.Request) {
	if !s.atDoor(w, r) {
		return
	}
	if !s.options.People.HasFirst() {
		s.fail(w, r, errAbsent)
		return
	}
	ticket, err := s.options.People.FinishFirst(r.Context(), cookie(r, stateCookie), r.URL.Query())
	drop(w, stateCookie)
	if err != nil {
		words, _ := explain(err)
		v := s.signingIn(r)
		v.Refused = firstUpper(words) + "."
		s.outer(w, r, statuses[fault.KindOf(err)], "Sign in", signInPage(v))
		return
	}
	keep(w, firstCookie, ticket, ticketAge)
	http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
}

// signOut ends the session.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request) {
	s.acted(w, r, nil, func(ctx context.Context, c caller, _ url.Values) (answer, error) {
		err := s.options.People.SignOut(ctx, c.token)
		if err == nil {
			drop(w, sessionCookie)
		}
		return to("/", err)
	})
}

// atDoor lets a request come as far as the door, or answers that there are too
// many. Who has signed in from this browser before is counted apart.
func (s *Server) atDoor(w http.ResponseWriter, r *http.Request) bool {
	from, _ := s.whence(r)
	if s.limits.take(from, atDoor) {
		return true
	}
	s.busy(w)
	return false
}

func (s *Server) busy(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "2")
	s.write(w, http.StatusTooManyRequests, s.ready.busy)
}

// knownBrowser makes the mark of a browser from which somebody has signed in. It
// opens nothing: it sets the browser apart from others at its address.
func (s *Server) knownBrowser() string {
	id := rand.Text()
	return id + "." + s.seal(id)
}

func (s *Server) knows(mark string) bool {
	id, seal, _ := strings.Cut(mark, ".")
	return len(id) == 26 && hmac.Equal([]byte(seal), []byte(s.seal(id)))
}

func (s *Server) seal(id string) string {
	h := hmac.New(sha256.New, s.browserKey)
	h.Write([]byte(id))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}
