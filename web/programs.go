package web

import (
	"net/http"
	"strings"

	"paraph/api"
	"paraph/fault"
	"paraph/people"
	"paraph/record"
)

// programs answers what comes for the interface for programs. Nothing there goes
// by a cookie, so it may come from anywhere; what it may ask for is limited by the
// account of its token, or else by its address.
func (s *Server) programs(w http.ResponseWriter, r *http.Request) {
	if s.options.People == nil {
		s.api.ServeHTTP(w, r)
		return
	}
	name, most := "all of address "+address(r), ofAddress
	t, err := s.token(r)
	known := err == nil && t.Place.Account != ""
	if known {
		name, most = "account "+t.Place.Account, ofAccount
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead && !s.limits.take(name, most) {
		api.Busy(w)
		return
	}
	var leave func()
	if known {
		leave, err = s.inside(r, name)
	} else {
		w, leave, err = s.outside(w, r)
	}
	if err != nil {
		api.Busy(w)
		return
	}
	defer leave()
	s.api.ServeHTTP(w, r)
}

// forPrograms tells whether a request is for the interface for programs.
func forPrograms(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, api.Prefix+"/") }

// program finds who a program acts for in a process: the person whose place its
// token is bound to. Without a token, and in every other process, it is the
// public. In a demonstration there are no tokens.
func (s *Server) program(r *http.Request, p record.ProcessID) (api.Caller, error) {
	t, err := s.token(r)
	if err != nil || t.Place.Process != p || p == "" {
		return api.Caller{}, err
	}
	by, err := s.desk.Sitter(r.Context(), p, t.Place.Person)
	if err != nil {
		return api.Caller{}, err
	}
	return api.Caller{Actor: by, MayAct: t.MayAct, MayBind: t.MayBind, Ended: s.options.People.Vacated(t.Place)}, nil
}

// programPlaces lists the one process that a program's token is bound to.
func (s *Server) programPlaces(r *http.Request) ([]record.ProcessID, error) {
	t, err := s.token(r)
	if err != nil || t.Place.Process == "" {
		return nil, err
	}
	return []record.ProcessID{t.Place.Process}, nil
}

// token gives what the token of a request opens; the zero Token when there is none.
func (s *Server) token(r *http.Request) (people.Token, error) {
	sent := r.Header.Values("Authorization")
	if len(sent) == 0 {
		return people.Token{}, nil
	}
	scheme, secret, _ := strings.Cut(sent[0], " ")
	if len(sent) > 1 || !strings.EqualFold(scheme, "Bearer") || s.options.People == nil {
		return people.Token{}, api.ErrToken
	}
	t, err := s.options.People.Token(r.Context(), strings.TrimSpace(secret))
	if fault.KindOf(err) == fault.KindNotFound {
		return t, api.ErrToken
	}
	return t, err
}
