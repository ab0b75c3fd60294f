package web

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"paraph/fault"
	"paraph/people"
)

// administration is all that an administrator is shown: people, and invitations
// to the machine. No process, and none of the places that people have in one.
type administration struct {
	Form
	People      []people.Account
	Invitations []people.Invitation
	Me          string
}

func (s *Server) admin(w http.ResponseWriter, r *http.Request) {
	c, err := s.caller(r)
	switch {
	case err != nil:
	case !c.signedIn():
		s.toDoor(w, r)
		return
	case !c.Administrator:
		err = errAbsent
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	title, body, err := s.administration(r.Context())(c, Form{Key: s.options.Key()})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.outer(w, r, http.StatusOK, title, body)
}

// errAbsent is what everybody but an administrator is told of the administration.
var errAbsent = fault.NotFound("there is no such page")

func (s *Server) administration(ctx context.Context) func(caller, Form) (string, templ.Component, error) {
	return func(c caller, f Form) (string, templ.Component, error) {
		v := administration{Form: f, Me: c.Account}
		var err error
		if v.People, err = s.options.People.Accounts(ctx); err != nil {
			return "", nil, err
		}
		all, err := s.options.People.Invitations(ctx, "")
		for _, i := range all {
			if i.For.Place.Process == "" { // those to a seat are the business of its delegation
				v.Invitations = append(v.Invitations, i)
			}
		}
		return "Administration", adminPage(v), err
	}
}

// administers does what an administrator asks for.
func (s *Server) administers(w http.ResponseWriter, r *http.Request, about string, do func(context.Context, caller, url.Values) (answer, error)) {
	s.acted(w, r, s.administration(r.Context()), func(ctx context.Context, c caller, f url.Values) (answer, error) {
		if !c.Administrator {
			return answer{}, errAbsent
		}
		if err := s.needs(c, about); err != nil {
			return answer{}, err
		}
		return do(ctx, c, f)
	})
}

// inviteToMachine invites somebody who may open processes, or an administrator.
func (s *Server) inviteToMachine(w http.ResponseWriter, r *http.Request) {
	s.administers(w, r, "invite somebody to this machine", func(ctx context.Context, c caller, f url.Values) (answer, error) {
		for_ := people.Invited{Administrator: f.Get("as") == "administrator", MayConvene: f.Get("as") != "administrator"}
		i, made, err := s.options.People.Invite(ctx, c.Account, for_, f.Get("name"))
		return answer{title: "An invitation", body: secretsPage(s.shown(i, made, "/admin"))}, err
	})
}

// shown makes secrets ready to be shown, the link with the address of this machine.
func (s *Server) shown(i people.Invitation, made people.Secrets, back string) secrets {
	v := secrets{For: i.Name, Words: made.Words, Expires: i.Expires, Back: back}
	if made.Link != "" {
		v.Link = s.options.URL + made.Link
	}
	return v
}

func (s *Server) withdrawFromMachine(w http.ResponseWriter, r *http.Request) {
	s.administers(w, r, "withdraw an invitation", func(ctx context.Context, _ caller, _ url.Values) (answer, error) {
		all, err := s.options.People.Invitations(ctx, "")
		if err != nil {
			return answer{}, err
		}
		for _, i := range all {
			if i.ID == r.PathValue("invitation") && i.For.Place.Process == "" {
				return to("/admin?done=uninvited", s.options.People.Withdraw(ctx, i.ID))
			}
		}
		return answer{}, errAbsent
	})
}

// empower says what a person may do on the machine.
func (s *Server) empower(w http.ResponseWriter, r *http.Request) {
	s.administers(w, r, "change what a person may do on this machine", func(ctx context.Context, _ caller, f url.Values) (answer, error) {
		err := s.options.People.Empower(ctx, r.PathValue("account"), f.Get("administrator") == "yes", f.Get("convene") == "yes")
		return to("/admin?done=empowered", err)
	})
}

// closeAccount ends what a person has on this machine. What the person did in a
// process stays on its record.
func (s *Server) closeAccount(w http.ResponseWriter, r *http.Request) {
	s.administers(w, r, "close an account", func(ctx context.Context, _ caller, _ url.Values) (answer, error) {
		return to("/admin?done=closed", s.options.People.CloseAccount(ctx, r.PathValue("account")))
	})
}
