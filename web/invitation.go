package web

import (
	"context"
	"net/http"
	"net/url"

	"paraph/desk"
	"paraph/fault"
	"paraph/people"
	"paraph/record"
)

// invited is what the page of a link shows, before the six words: nothing of
// what it is for, and the same for a link that never was.
type invited struct {
	Path        string
	Wordless    bool
	Wrong, Hint string
}

// enrolling is what the page of an invitation shows, after the right words.
type enrolling struct {
	What     string
	Name     string
	Process  string // its title; empty when the invitation is to no process
	Seat     SeatName
	Capacity string
	Mine     string // the name of the account that is signed in
}

// invitation is the page of a link. It asks for the words and looks nothing up.
func (s *Server) invitation(w http.ResponseWriter, r *http.Request) {
	s.outer(w, r, http.StatusOK, "An invitation", invitationPage(link(r)))
}

func link(r *http.Request) invited {
	v := invited{Path: "/invitation/" + url.PathEscape(r.PathValue("token")), Wordless: r.URL.Query().Has("first")}
	if v.Wordless {
		v.Path += "?first"
	}
	return v
}

// enter takes the six words and shows what the invitation is for.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	if !s.atDoor(w, r) {
		return
	}
	if err := filledIn(r); err != nil {
		s.fail(w, r, err)
		return
	}
	if p, waits := w.(*passing); waits {
		p.leave() // to stretch words takes its time, and its own turn
	}
	ticket, i, err := s.options.People.Enter(r.Context(), r.PathValue("token"), r.PostForm.Get("words"))
	if err != nil && !again(err) {
		s.fail(w, r, err)
		return
	}
	if err != nil {
		v := link(r)
		v.Wrong, v.Hint = explain(err)
		s.outer(w, r, statuses[fault.KindOf(err)], "An invitation", invitationPage(v))
		return
	}
	v, err := s.enrolling(r, i)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	keep(w, ticketCookie, ticket, ticketAge)
	s.outer(w, r, http.StatusOK, "Welcome", enrolmentPage(v))
}

// enrolling says what an invitation is for: to who has given its words, in the
// words of the process's own record.
func (s *Server) enrolling(r *http.Request, i people.Invitation) (enrolling, error) {
	c, err := s.caller(r)
	if err != nil {
		return enrolling{}, err
	}
	v := enrolling{Name: i.Name, Mine: c.Name}
	switch {
	case i.Recovery:
		v.What = "Two members of your delegation let you back in. The passkey that you make now takes this place over."
	case i.For.Place.Process != "":
		v.What = "You are invited to a seat at a table."
	case i.For.Administrator:
		v.What = "You will run this machine: invite people who may open processes, and other administrators. You read no process by it."
	default:
		v.What = "You are invited to open processes on this machine, as the chair or for the secretariat."
	}
	p := i.For.Place
	if p.Process == "" {
		return v, nil
	}
	by, err := s.desk.Sitter(r.Context(), p.Process, p.Person)
	if err != nil {
		return v, err
	}
	return v, s.desk.LookAs(r.Context(), p.Process, by, func(d desk.View) error {
		sees, err := newSight(p.Process, d)
		if err == nil {
			v.Process, v.Seat, v.Capacity = sees.table.Title, sees.seat(by.Seat), string(by.Capacity)
		}
		return err
	})
}

// accept takes an invitation with the account that is signed in.
func (s *Server) accept(w http.ResponseWriter, r *http.Request) {
	s.acted(w, r, nil, func(ctx context.Context, c caller, _ url.Values) (answer, error) {
		err := s.options.People.Accept(ctx, cookie(r, ticketCookie), c.token)
		if err == nil {
			drop(w, ticketCookie)
		}
		return to("/?done=taken", err)
	})
}

// placeOf gives the place of a caller in a process, and who it is there, as the
// record says now. Without one it is the public.
func (s *Server) placeOf(ctx context.Context, c caller, p record.ProcessID) (people.Place, record.Actor, error) {
	if !c.signedIn() {
		return people.Place{}, record.Actor{}, nil
	}
	place, there, err := s.options.People.PlaceOf(ctx, c.Account, p)
	if err != nil || !there {
		return people.Place{}, record.Actor{}, err
	}
	by, err := s.desk.Sitter(ctx, p, place.Person)
	if fault.KindOf(err) == fault.KindNotFound {
		return place, record.Actor{}, nil // struck, or the seat is suspended
	}
	return place, by, err
}
