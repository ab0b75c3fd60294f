package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/a-h/templ"

	"paraph/people"
	"paraph/process"
	"paraph/record"
)

// seeDelegations is who sits where, as the record shows it. What may be done
// about it, and who has a way in, is shown to each caller apart: see membership.
func seeDelegations(v sight, _ *http.Request) (*Page, error) {
	f := &Fragment{ID: "delegations", Name: "the delegations", Body: delegationList(v, v.table.Seats)}
	return &Page{
		Title: "Delegations", Section: "Delegations", Areas: []string{"roster"}, Live: []*Fragment{f},
		Body: delegationsPage(f), personal: true,
		Form: func(f Form) templ.Component { return membershipForms(f) },
	}, nil
}

// membership is what one caller may do about the people at a table, and which of
// them have a way in, as far as that is the caller's business: the chair's for
// the heads, and everybody's for the own delegation.
type membership struct {
	Path    string
	Admits  bool
	To      []choice      // whom a new seat is shown to
	Invites bool          // there are accounts here, so that people can be invited
	Seats   []seatMembers // those about which there is something to do or to know
}

// choice is one of several values with its words.
type choice struct{ Value, Words, Hint string }

// seatMembers is one seat for those who have a business in it.
type seatMembers struct {
	Seat       SeatName
	Suspended  bool
	Suspends   bool
	Restores   bool
	Capacities []record.Capacity // in which the caller may accredit somebody
	To         []choice          // whom an accreditation is shown to
	Known      string            // to whom it is shown unless another is chosen; empty for the narrowest
	People     []member
}

// member is one person of a delegation.
type member struct {
	process.PersonView
	Title    string // of the person, for people
	Mine     bool   // the caller
	Known    bool   // the caller may know of the way in
	In       bool   // has taken the place with an account
	Invited  *people.Invitation
	Invites  bool
	Strikes  bool
	Vouches  bool
	Recovery *people.Recovery
	Objects  bool
}

// membership gives what a sitter may do.
func (s *Server) membership(ctx context.Context, st sitter) (*membership, error) {
	var m *membership
	err := s.sight(ctx, st, func(v sight) error {
		m = v.membership(st.actor())
		return nil
	})
	if err != nil || s.options.People == nil || st.by.Person == "" {
		return m, err
	}
	m.Invites = true
	taken, err := s.options.People.Taken(ctx, st.process)
	if err != nil {
		return nil, err
	}
	open, err := s.options.People.Invitations(ctx, st.process)
	if err != nil {
		return nil, err
	}
	lost, err := s.options.People.Recoveries(ctx, st.process)
	if err != nil {
		return nil, err
	}
	for i := range m.Seats {
		for j := range m.Seats[i].People {
			m.Seats[i].People[j].waysIn(st, taken, open, lost)
		}
	}
	return m, nil
}

// waysIn says how a person gets in, as far as the sitter may know.
func (p *member) waysIn(st sitter, taken map[string]string, open []people.Invitation, lost []people.Recovery) {
	if !p.Known {
		return
	}
	_, p.In = taken[p.ID]
	for _, i := range open {
		if i.For.Place.Person == p.ID && !i.Recovery {
			p.Invited = &i
		}
	}
	own := p.Seat == st.by.Seat
	for _, r := range lost {
		if r.Place.Person == p.ID && own {
			p.Recovery = &r
		}
	}
	p.Vouches = own && p.In && !p.Mine && (p.Recovery == nil || !slices.Contains(p.Recovery.Vouchers, st.by.Person))
	p.Objects = p.Recovery != nil
}

// membership gives what an actor may do, as the room of the table judges it.
func (v sight) membership(by record.Actor) *membership {
	m := &membership{Path: v.path(""), To: v.tableAudiences()}
	m.Admits = v.may(by, process.Admit{Seat: "ASKED-ABOUT", Name: "A new seat", Role: record.Party})
	for _, seat := range v.table.Seats {
		sm := seatMembers{
			Seat: v.seat(seat.Seat), Suspended: !seat.Suspended.IsZero(),
			Suspends: v.may(by, process.Suspend{Seat: seat.Seat}), Restores: v.may(by, process.Restore{Seat: seat.Seat}),
			To: v.delegationAudiences(by, seat.Seat),
		}
		sm.Seat.Role = string(seat.Role)
		if seat.Seat != by.Seat {
			sm.Known = string(record.Plenary) // a head binds the seat, so the table must know who it is
		}
		for _, c := range []record.Capacity{record.Head, record.Member, record.Adviser, record.Interpreter, record.NoteTaker} {
			if v.may(by, accrediting(seat.Seat, c)) {
				sm.Capacities = append(sm.Capacities, c)
			}
		}
		for _, p := range seat.People {
			own := seat.Seat == by.Seat && by.Person != ""
			invites := slices.Contains(sm.Capacities, p.Capacity)
			if own || invites {
				sm.People = append(sm.People, member{
					PersonView: p, Title: titled(p), Mine: own && p.ID == by.Person, Known: true,
					Invites: invites, Strikes: v.may(by, process.Strike{Seat: seat.Seat, Person: p.ID}),
				})
			}
		}
		if len(sm.People) > 0 || len(sm.Capacities) > 0 || sm.Suspends || sm.Restores {
			m.Seats = append(m.Seats, sm)
		}
	}
	return m
}

// may tells whether the room of the table would do an act.
func (v sight) may(by record.Actor, a process.Act) bool {
	_, err := process.Decide(v.Process, by, time.Time{}, a)
	return err == nil
}

// accrediting is an accreditation of anybody, to ask whether it would be done.
func accrediting(seat record.Seat, c record.Capacity) process.Accredit {
	return process.Accredit{ID: "whoever-is-asked-about", Seat: seat, Name: "Whoever", Capacity: c, Audience: record.Plenary}
}

// tableAudiences lists to whom a seat may be shown, the narrowest first: never
// more than know of the process itself.
func (v sight) tableAudiences() []choice {
	out := []choice{{string(record.Plenary), "Plenary", v.readers(record.Plenary)}}
	if v.table.Audience == record.Public {
		out = append(out, choice{string(record.Public), "Public", "anyone"})
	}
	return out
}

// delegationAudiences lists to whom a person may be shown, the narrowest first.
func (v sight) delegationAudiences(by record.Actor, seat record.Seat) (out []choice) {
	all := []record.Audience{record.Plenary}
	if i := slices.IndexFunc(v.table.Seats, func(o process.SeatView) bool { return o.Seat == seat }); i >= 0 && v.table.Seats[i].Role == record.Party {
		all = []record.Audience{record.Offices(seat), record.Parties, record.Plenary}
	}
	if by.Seat == seat {
		all = append([]record.Audience{record.Internal(seat)}, all...)
	}
	for _, a := range all {
		if by.Lens().Reads(a) {
			out = append(out, choice{string(a), firstUpper(v.audience(a)), v.readers(a)})
		}
	}
	return out
}

// titled is how a person is called in a list.
func titled(p process.PersonView) string {
	if p.Name == "" {
		return firstUpper(string(p.Capacity))
	}
	return p.Name
}
