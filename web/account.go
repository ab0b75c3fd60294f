package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/a-h/templ"

	"paraph/desk"
	"paraph/fault"
	"paraph/people"
	"paraph/process"
	"paraph/record"
)

// ownAccount is all of an account that its owner is shown.
type ownAccount struct {
	people.Account
	Form
	Passkeys []people.Passkey
	Sessions []people.Session
	Here     string // the session that asks
	Places   []ownPlace
	Tokens   []people.Token
	Notices  []people.Notice
	Now      time.Time
}

// ownPlace is a seat of one's own at a table.
type ownPlace struct {
	Process  ProcessName
	Seat     SeatName
	Capacity record.Capacity
	Gone     bool // struck, or the seat is suspended
}

func (s *Server) accountPage(w http.ResponseWriter, r *http.Request) {
	c, err := s.caller(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if !c.signedIn() {
		s.toDoor(w, r)
		return
	}
	title, body, err := s.ownAccount(r.Context())(c, Form{Key: s.options.Key()})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.outer(w, r, http.StatusOK, title, body)
}

// toDoor leads who is not signed in to the door, and back from there.
func (s *Server) toDoor(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/sign-in?"+url.Values{"back": {r.URL.Path}}.Encode(), http.StatusSeeOther)
}

// ownAccount makes the page of an account, with a form on it as it was filled in.
func (s *Server) ownAccount(ctx context.Context) func(caller, Form) (string, templ.Component, error) {
	return func(c caller, f Form) (string, templ.Component, error) {
		v := ownAccount{Form: f, Here: c.ID, Now: s.options.Clock()}
		var wrong [6]error
		v.Account, wrong[0] = s.options.People.Account(ctx, c.Account)
		v.Passkeys, wrong[1] = s.options.People.Passkeys(ctx, c.Account)
		v.Sessions, wrong[2] = s.options.People.Sessions(ctx, c.Account)
		v.Tokens, wrong[3] = s.options.People.Tokens(ctx, c.Account)
		v.Notices, wrong[4] = s.options.People.Notices(ctx, c.Account)
		v.Places, wrong[5] = s.ownPlaces(ctx, c)
		return "Your account", accountPage(v), errors.Join(wrong[:]...)
	}
}

// ownPlaces lists the seats of an account, by the titles of their processes.
func (s *Server) ownPlaces(ctx context.Context, c caller) ([]ownPlace, error) {
	places, err := s.options.People.Places(ctx, c.Account)
	if err != nil {
		return nil, err
	}
	var out []ownPlace
	for _, p := range places {
		own := ownPlace{Process: ProcessName{ID: string(p.Process), Title: string(p.Process)}, Gone: true}
		by, err := s.desk.Sitter(ctx, p.Process, p.Person)
		if err == nil {
			own.Gone, own.Capacity = false, by.Capacity
			err = s.desk.LookAs(ctx, p.Process, by, func(d desk.View) error {
				sees, err := newSight(p.Process, d)
				if err == nil {
					own.Process.Title, own.Seat = sees.table.Title, sees.seat(by.Seat)
				}
				return err
			})
		}
		if err != nil && fault.KindOf(err) != fault.KindNotFound {
			return nil, err
		}
		out = append(out, own)
	}
	slices.SortStableFunc(out, func(a, b ownPlace) int {
		if a.Process.Title < b.Process.Title {
			return -1
		}
		return 1
	})
	return out, nil
}

// second asks for a second passkey, right after the first.
func (s *Server) second(w http.ResponseWriter, r *http.Request) {
	c, err := s.caller(r)
	switch {
	case err != nil:
		s.fail(w, r, err)
	case !c.signedIn():
		s.toDoor(w, r)
	default:
		s.outer(w, r, http.StatusOK, "A second passkey", secondPasskey())
	}
}

// losePasskey removes a lost passkey at once, with all that it let in. It asks
// for no other passkey: who lost one must be quick.
func (s *Server) losePasskey(w http.ResponseWriter, r *http.Request) {
	s.acted(w, r, s.ownAccount(r.Context()), func(ctx context.Context, c caller, _ url.Values) (answer, error) {
		return to("/account?done=lost", s.options.People.LosePasskey(ctx, c.Account, r.PathValue("passkey")))
	})
}

// loseAll is for who has lost every device and has only this open window.
func (s *Server) loseAll(w http.ResponseWriter, r *http.Request) {
	s.acted(w, r, s.ownAccount(r.Context()), func(ctx context.Context, c caller, _ url.Values) (answer, error) {
		err := s.options.People.LoseAll(ctx, c.Account)
		if err == nil {
			drop(w, sessionCookie)
		}
		return to("/sign-in", err)
	})
}

func (s *Server) endSession(w http.ResponseWriter, r *http.Request) {
	s.acted(w, r, s.ownAccount(r.Context()), func(ctx context.Context, c caller, _ url.Values) (answer, error) {
		return to("/account?done=ended", s.options.People.EndSession(ctx, c.Account, r.PathValue("session")))
	})
}

// lock ends all sessions of the account, this one too.
func (s *Server) lock(w http.ResponseWriter, r *http.Request) {
	s.acted(w, r, nil, func(ctx context.Context, c caller, _ url.Values) (answer, error) {
		err := s.options.People.Lock(ctx, c.Account)
		if err == nil {
			drop(w, sessionCookie)
		}
		return to("/sign-in", err)
	})
}

func (s *Server) dismiss(w http.ResponseWriter, r *http.Request) {
	s.acted(w, r, nil, func(ctx context.Context, c caller, _ url.Values) (answer, error) {
		err := s.options.People.Dismiss(ctx, c.Account, r.PathValue("notice"))
		if fault.KindOf(err) == fault.KindNotFound {
			err = nil // it is gone, as asked
		}
		return to("/account", err)
	})
}

// makeToken makes a token for a program, and shows it once.
func (s *Server) makeToken(w http.ResponseWriter, r *http.Request) {
	s.acted(w, r, s.ownAccount(r.Context()), func(ctx context.Context, c caller, f url.Values) (answer, error) {
		if err := s.needs(c, "make a token with which a program acts for your seat"); err != nil {
			return answer{}, err
		}
		t := people.Token{
			Place: people.Place{Process: record.ProcessID(f.Get("process"))}, Name: f.Get("name"),
			MayAct: f.Get("may") != "read", MayBind: f.Get("may") == "bind",
		}
		days := map[string]time.Duration{"week": 7 * 24 * time.Hour, "month": 30 * 24 * time.Hour, "quarter": 90 * 24 * time.Hour}
		age, known := days[f.Get("for")]
		if !known {
			age = 24 * time.Hour
		}
		if t.MayBind {
			age = time.Hour
		}
		t.Expires = s.options.Clock().Add(age)
		secret, made, err := s.options.People.MakeToken(ctx, c.token, t)
		return answer{title: "A token for a program", body: tokenPage(secret, made)}, err
	})
}

func (s *Server) endToken(w http.ResponseWriter, r *http.Request) {
	s.acted(w, r, s.ownAccount(r.Context()), func(ctx context.Context, c caller, _ url.Values) (answer, error) {
		return to("/account?done=token-ended", s.options.People.EndToken(ctx, c.Account, r.PathValue("token")))
	})
}

// leavePlace gives up a seat that the record has taken back already; a seat that
// one still has is left at the table itself, where the record shows it.
func (s *Server) leavePlace(w http.ResponseWriter, r *http.Request) {
	s.acted(w, r, s.ownAccount(r.Context()), func(ctx context.Context, c caller, _ url.Values) (answer, error) {
		p := record.ProcessID(r.PathValue("process"))
		place, there, err := s.options.People.PlaceOf(ctx, c.Account, p)
		if err == nil && !there {
			err = fault.NotFound("no such place")
		}
		if err != nil {
			return answer{}, err
		}
		by, err := s.desk.Sitter(ctx, p, place.Person)
		if err == nil {
			if err := s.needs(c, "leave your seat at the table"); err != nil {
				return answer{}, err
			}
			_, err = s.desk.Do(ctx, p, by, "leave:"+place.Person, process.Strike{Seat: by.Seat, Person: place.Person})
		}
		if err != nil && fault.KindOf(err) != fault.KindNotFound {
			return answer{}, err
		}
		return to("/account?done=left", s.options.People.Leave(ctx, c.Account, p))
	})
}
