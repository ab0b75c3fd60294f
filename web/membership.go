package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"paraph/fault"
	"paraph/people"
	"paraph/process"
	"paraph/record"
)

// admit gives a seat at the table.
func (s *Server) admit(w http.ResponseWriter, r *http.Request) {
	s.formed(w, r, seeDelegations, "delegations", func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		a := process.Admit{
			Seat: record.Seat(strings.TrimSpace(f.Get("seat"))), Name: f.Get("name"), Role: record.Role(f.Get("role")), Note: f.Get("note"),
			Audience: record.Audience(f.Get("audience")),
		}
		if err := s.needs(st.caller, "admit the seat "+string(a.Seat)+" to the table"); err != nil {
			return answer{}, err
		}
		_, err := s.desk.Do(ctx, st.process, st.actor(), f.Get("key"), a)
		return to(processPath(st.process, "delegations?done=admitted"), err)
	})
}

// suspend takes a seat away until it is restored.
func (s *Server) suspend(w http.ResponseWriter, r *http.Request) {
	s.turnSeat(w, r, "suspend", func(seat record.Seat, why string) process.Act { return process.Suspend{Seat: seat, Reason: why} })
}

// restore gives a suspended seat back.
func (s *Server) restore(w http.ResponseWriter, r *http.Request) {
	s.turnSeat(w, r, "restore", func(seat record.Seat, why string) process.Act { return process.Restore{Seat: seat, Reason: why} })
}

func (s *Server) turnSeat(w http.ResponseWriter, r *http.Request, does string, act func(record.Seat, string) process.Act) {
	s.formed(w, r, seeDelegations, "delegations", func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		if err := s.needs(st.caller, does+" the seat "+f.Get("seat")); err != nil {
			return answer{}, err
		}
		_, err := s.desk.Do(ctx, st.process, st.actor(), f.Get("key"), act(record.Seat(f.Get("seat")), f.Get("reason")))
		return to(processPath(st.process, "delegations?done="+does), err)
	})
}

// accredit names a person of a delegation, and at once invites the person.
func (s *Server) accredit(w http.ResponseWriter, r *http.Request) {
	s.formed(w, r, seeDelegations, "delegations", func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		a := process.Accredit{
			ID: f.Get("key"), Seat: record.Seat(f.Get("seat")), Name: f.Get("name"), Office: f.Get("office"), Capacity: record.Capacity(f.Get("capacity")),
			Languages: strings.Fields(strings.ReplaceAll(f.Get("languages"), ",", " ")), Powers: f.Get("powers"), Audience: record.Audience(f.Get("audience")),
		}
		if err := s.needs(st.caller, "accredit "+a.Name+" as "+string(a.Capacity)+" of "+string(a.Seat)); err != nil {
			return answer{}, err
		}
		if _, err := s.desk.Do(ctx, st.process, st.actor(), f.Get("key"), a); err != nil {
			return answer{}, err
		}
		if s.options.People == nil || f.Get("invite") == "" {
			return to(processPath(st.process, "delegations?done=accredited"), nil)
		}
		return s.inviteTo(ctx, st, a.ID, a.Name)
	})
}

// invitePerson makes the link and the six words for one who is accredited. It
// withdraws what was made before.
func (s *Server) invitePerson(w http.ResponseWriter, r *http.Request) {
	s.aboutPerson(w, r, "invite", func(ctx context.Context, st sitter, p member, _ url.Values) (answer, error) {
		if !p.Invites {
			return answer{}, errNotYours
		}
		if p.In {
			return answer{}, fault.Conflict("%s is in already", p.Title).With("who has lost every device is let back in by two of the delegation")
		}
		return s.inviteTo(ctx, st, p.ID, p.Title)
	})
}

func (s *Server) inviteTo(ctx context.Context, st sitter, person, name string) (answer, error) {
	for_ := people.Invited{Place: people.Place{Process: st.process, Person: person}}
	i, made, err := s.options.People.Invite(ctx, st.caller.Account, for_, name)
	return answer{title: "An invitation", body: secretsPage(s.shown(i, made, processPath(st.process, "delegations")))}, err
}

// uninvite withdraws the invitation of a person.
func (s *Server) uninvite(w http.ResponseWriter, r *http.Request) {
	s.aboutPerson(w, r, "withdraw the invitation of", func(ctx context.Context, st sitter, p member, _ url.Values) (answer, error) {
		if !p.Invites || p.Invited == nil {
			return answer{}, errNotYours
		}
		return to(processPath(st.process, "delegations?done=uninvited"), s.options.People.Withdraw(ctx, p.Invited.ID))
	})
}

// strike ends the accreditation of a person; one's own, to leave. The record
// comes first: from there on the desk lets the person see nothing.
func (s *Server) strike(w http.ResponseWriter, r *http.Request) {
	s.formed(w, r, seeDelegations, "delegations", func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		a := process.Strike{Seat: record.Seat(f.Get("seat")), Person: r.PathValue("person"), Reason: f.Get("reason")}
		if err := s.needs(st.caller, "end an accreditation for "+string(a.Seat)); err != nil {
			return answer{}, err
		}
		if _, err := s.desk.Do(ctx, st.process, st.actor(), "strike:"+a.Person, a); err != nil {
			return answer{}, err
		}
		back := processPath(st.process, "delegations?done=struck")
		if a.Person == st.by.Person {
			back = "/?done=left"
		}
		if s.options.People == nil {
			return to(back, nil)
		}
		return to(back, s.options.People.Vacate(ctx, st.process, a.Person))
	})
}

// vouch says that a colleague who lost every device is who asks to come back.
// The first who vouches is given a link, the second the words.
func (s *Server) vouch(w http.ResponseWriter, r *http.Request) {
	s.aboutPerson(w, r, "vouch for", func(ctx context.Context, st sitter, p member, _ url.Values) (answer, error) {
		if !p.Vouches {
			return answer{}, fault.Conflict("you cannot vouch for %s", p.Title).
				With("two others of the same delegation vouch, each once, for somebody who was in before")
		}
		delegation, err := s.delegation(ctx, st)
		if err != nil {
			return answer{}, err
		}
		by, lost := placeIn(delegation, st.by.Person), placeIn(delegation, p.ID)
		made, err := s.options.People.Vouch(ctx, by, lost, delegation)
		if err != nil {
			return answer{}, err
		}
		all, err := s.options.People.Recoveries(ctx, st.process)
		if err != nil {
			return answer{}, err
		}
		i := people.Invitation{Name: p.Title}
		for _, found := range all {
			if found.Place.Person == p.ID {
				i.Expires = found.Expires
			}
		}
		return answer{title: "A way back in", body: vouchPage(s.shown(i, made, processPath(st.process, "delegations")), p.Title)}, nil
	})
}

// object ends a recovery that is not what it says it is.
func (s *Server) object(w http.ResponseWriter, r *http.Request) {
	s.aboutPerson(w, r, "cancel the recovery of", func(ctx context.Context, st sitter, p member, _ url.Values) (answer, error) {
		if !p.Objects {
			return answer{}, fault.Conflict("nobody is being let back in as %s", p.Title)
		}
		delegation, err := s.delegation(ctx, st)
		if err != nil {
			return answer{}, err
		}
		err = s.options.People.CancelRecovery(ctx, placeIn(delegation, st.by.Person), placeIn(delegation, p.ID))
		return to(processPath(st.process, "delegations?done=objected"), err)
	})
}

var errNotYours = fault.Forbidden("that is not yours to do").With("who accredits a person invites the person")

// aboutPerson does what a form asks for that is about one person the sitter has
// a business with. Anybody else is not there. Only where people have accounts.
func (s *Server) aboutPerson(w http.ResponseWriter, r *http.Request, does string, do func(context.Context, sitter, member, url.Values) (answer, error)) {
	s.formed(w, r, seeDelegations, "delegations", func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		m, err := s.membership(ctx, st)
		if err != nil {
			return answer{}, err
		}
		p, there := m.find(r.PathValue("person"))
		if !there || !m.Invites {
			return answer{}, fault.NotFound("no such person")
		}
		if err := s.needs(st.caller, does+" "+p.Title); err != nil {
			return answer{}, err
		}
		return do(ctx, st, p, f)
	})
}

func (m *membership) find(person string) (member, bool) {
	for _, seat := range m.Seats {
		if i := slices.IndexFunc(seat.People, func(p member) bool { return p.ID == person }); i >= 0 {
			return seat.People[i], true
		}
	}
	return member{}, false
}

// delegation gives the places of all of the sitter's own delegation who are in.
func (s *Server) delegation(ctx context.Context, st sitter) ([]people.Place, error) {
	taken, err := s.options.People.Taken(ctx, st.process)
	if err != nil {
		return nil, err
	}
	var out []people.Place
	err = s.sight(ctx, st, func(v sight) error {
		out = nil
		for _, seat := range v.table.Seats {
			if seat.Seat != st.by.Seat {
				continue
			}
			for _, p := range seat.People {
				if account, in := taken[p.ID]; in {
					out = append(out, people.Place{Process: st.process, Person: p.ID, Account: account})
				}
			}
		}
		return nil
	})
	return out, err
}

func placeIn(delegation []people.Place, person string) people.Place {
	for _, p := range delegation {
		if p.Person == person {
			return p
		}
	}
	return people.Place{}
}
