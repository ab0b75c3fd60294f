package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"paraph/desk"
	"paraph/fault"
	"paraph/page"
	"paraph/process"
	"paraph/record"
)

// sitter is who asks, in one process: the seat and the person acting for it.
type sitter struct {
	process record.ProcessID
	lens    record.Lens
	by      record.By
	name    SeatName
	title   string     // of the process, in a demonstration
	others  []SeatName // all seats that may be taken; none outside a demonstration
	caller  caller     // nobody where people have no accounts
}

// actor is the sitter as the desk knows it.
func (st sitter) actor() record.Actor { return record.Actor{By: st.by, Role: st.lens.Role} }

// sitter finds who asks: the person whose place the one who is signed in has
// taken. All others are the public, but for a demonstration, where a cookie says
// which seat was taken.
func (s *Server) sitter(r *http.Request) (sitter, error) {
	return s.sitterIn(r, record.ProcessID(r.PathValue("process")))
}

func (s *Server) sitterIn(r *http.Request, p record.ProcessID) (sitter, error) {
	st := sitter{process: p, name: outside}
	if s.options.People != nil {
		return st, s.seated(r, &st)
	}
	if !s.options.Demo || len(s.options.Seats[p]) == 0 {
		return st, nil
	}
	if c, err := r.Cookie(seatCookie(p)); err == nil && slices.Contains(s.options.Seats[p], record.Seat(c.Value)) {
		st.lens, err = s.desk.Lens(r.Context(), p, record.Seat(c.Value))
		if err != nil && fault.KindOf(err) != fault.KindNotFound { // a seat that is suspended reads as the public does
			return st, err
		}
	}
	return st, s.meet(r.Context(), &st)
}

// seated finds the place of the one who is signed in.
func (s *Server) seated(r *http.Request, st *sitter) (err error) {
	if st.caller, err = s.caller(r); err != nil {
		return err
	}
	_, by, err := s.placeOf(r.Context(), st.caller, st.process)
	if err == nil && by.Seat != "" {
		st.lens, st.by = by.Lens(), by.By
	}
	return err
}

// outside is how the public is shown.
var outside = SeatName{Name: "The public", Class: "seat-none", Role: "outside the room"}

// meet fills in the names: that of the sitter, whom the head of the delegation
// acts for, and those of the seats that may be taken. It looks through the
// chair's eyes, which a demonstration lends to everybody.
func (s *Server) meet(ctx context.Context, st *sitter) error {
	var table process.ProcessView
	for _, seat := range s.options.Seats[st.process] {
		lens, err := s.desk.Lens(ctx, st.process, seat)
		if fault.KindOf(err) == fault.KindNotFound {
			continue // it is suspended
		}
		if err != nil {
			return err
		}
		if lens.Role != record.Chair && len(table.Seats) > 0 {
			continue
		}
		err = s.desk.Look(ctx, st.process, lens, func(v desk.View) error {
			table = process.SeeProcess(v.Process)
			return nil
		})
		if err != nil {
			return err
		}
		if lens.Role == record.Chair {
			break
		}
	}
	st.take(table)
	return nil
}

func (st *sitter) take(table process.ProcessView) {
	st.title = table.Title
	var order []record.Seat
	for _, seat := range table.Seats {
		order = append(order, seat.Seat)
	}
	for _, seat := range table.Seats {
		name := SeatName{Code: string(seat.Seat), Name: seat.Name, Class: page.SeatClass(order, seat.Seat), Role: string(seat.Role)}
		st.others = append(st.others, name)
		if seat.Seat != st.lens.Seat {
			continue
		}
		st.name = name
		st.by = record.By{Seat: seat.Seat, Capacity: record.Head}
		if i := slices.IndexFunc(seat.People, func(p process.PersonView) bool { return p.Capacity == record.Head }); i >= 0 {
			st.by.Person = seat.People[i].ID
		}
	}
	st.others = append(st.others, outside)
}

func seatCookie(p record.ProcessID) string { return "seat-" + string(p) }

// sit takes a seat in a demonstration.
func (s *Server) sit(w http.ResponseWriter, r *http.Request) {
	if err := filledIn(r); err != nil {
		s.fail(w, r, err)
		return
	}
	p, seat := record.ProcessID(r.PostForm.Get("process")), record.Seat(r.PostForm.Get("seat"))
	if !s.options.Demo || len(s.options.Seats[p]) == 0 {
		s.notFound(w, r)
		return
	}
	if seat != "" && !slices.Contains(s.options.Seats[p], seat) {
		s.fail(w, r, fault.Invalid("There is no such seat at that table."))
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: seatCookie(p), Value: string(seat), Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
	})
	http.Redirect(w, r, within(r.PostForm.Get("back"), processPath(p, "")), http.StatusSeeOther)
}

// within gives where to go back to: a path of a process here, or else the other.
func within(back, other string) string {
	if strings.HasPrefix(back, "/p/") && !strings.ContainsAny(back, "\\\r\n") {
		return back
	}
	return other
}
