package web

import (
	"context"
	"net/http"

	"paraph/desk"
	"paraph/fault"
	"paraph/page"
	"paraph/papers"
	"paraph/process"
	"paraph/record"
)

// look makes a page of what one lens sees. It is given nothing else: no clock,
// no cookie, no name of the person who asks.
type look func(v sight, r *http.Request) (*Page, error)

// sight is one process through one lens.
type sight struct {
	desk.View
	id    record.ProcessID
	table process.ProcessView
}

// see gives a page as a sitter sees it now, with how far the sitter's lens has
// read. A process that the lens cannot see is not found, as one that is not.
func (s *Server) see(ctx context.Context, st sitter, r *http.Request, l look) (shown *render, cursor desk.Cursor, err error) {
	var key renderKey
	err = s.desk.LookAs(ctx, st.process, st.actor(), func(v desk.View) error {
		if shown != nil { // what was made before rests on what turned out not to be written
			s.renders.forget(key, shown)
		}
		cursor = v.Cursor
		key = st.key(r, cursor)
		shown = s.renders.get(key)
		return shown.make(func() (*Page, error) {
			sees, err := newSight(st.process, v)
			if err != nil {
				return nil, err
			}
			p, err := l(sees, r)
			if err != nil {
				return nil, err
			}
			p.process, p.seat = sees.table.Title, sees.seat(v.Lens.Seat)
			if p.rest == nil { // it is written here and now: the view ends with the look
				p.Body = gather(p.Body)
			}
			return p, nil
		})
	})
	if err == nil {
		err = shown.finish()
	}
	if err != nil && shown != nil {
		s.renders.forget(key, shown)
	}
	return shown, cursor, err
}

func newSight(p record.ProcessID, v desk.View) (sight, error) {
	sees := sight{View: v, id: p, table: process.SeeProcess(v.Process)}
	if !sees.table.Open {
		return sees, fault.NotFound("no such process")
	}
	return sees, nil
}

// seats gives the seats in the order that sets their colours and patterns: the
// table's own, so that a seat looks the same on every page.
func (v sight) seats() []record.Seat {
	var out []record.Seat
	for _, s := range v.table.Seats {
		out = append(out, s.Seat)
	}
	return out
}

// names gives what seats are called.
func (v sight) names() map[record.Seat]string {
	out := make(map[record.Seat]string, len(v.table.Seats))
	for _, s := range v.table.Seats {
		out[s.Seat] = s.Name
	}
	return out
}

// seat gives a seat as it is shown; the empty seat is the public.
func (v sight) seat(code record.Seat) SeatName {
	if code == "" {
		return outside
	}
	return SeatName{Code: string(code), Name: v.names()[code], Class: page.SeatClass(v.seats(), code)}
}

// reader says through whose eyes a page is.
func (v sight) reader() string {
	if v.Lens.Seat == "" {
		return "the public"
	}
	return string(v.Lens.Seat)
}

// path gives the path of a page of this process.
func (v sight) path(rest string) string { return processPath(v.id, rest) }

func processPath(p record.ProcessID, rest string) string { return "/p/" + string(p) + "/" + rest }

// out is the sight as the papers that are taken out of a process are made of it.
func (v sight) out() papers.Sight { return papers.Sight{View: v.View, ID: v.id, Table: v.table} }
