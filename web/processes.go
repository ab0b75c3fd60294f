package web

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"time"

	"paraph/desk"
	"paraph/fault"
	"paraph/people"
	"paraph/process"
	"paraph/record"
)

// processCard is a process in the list of processes.
type processCard struct {
	process.ProcessView
	ID      string
	Path    string
	Held    []SeatName // the seats at the table
	Sitting SeatName
	Seats   []SeatName // that may be taken; none outside a demonstration
}

// terms says on what terms the process is held, up to the day it was opened.
func (c processCard) terms() string {
	terms := firstUpper(string(c.Rules.Regime))
	if c.Rules.Kept {
		terms += ", kept from outside, from public reporting"
	}
	return terms + ", opened "
}

// processes lists the processes that the one who asks can see, each through the
// seat taken in it. A demonstration also lists those that can be entered by
// taking a seat.
func (s *Server) processes(w http.ResponseWriter, r *http.Request) {
	cards, err := s.cards(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	c, err := s.caller(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if s.options.People != nil && !c.signedIn() {
		s.outer(w, r, http.StatusOK, "Sign in", door(s.signingIn(r), cards))
		return
	}
	home := home{cards: cards, who: s.who(c)}
	if c.signedIn() {
		if home.notices, err = s.options.People.Notices(r.Context(), c.Account); err != nil {
			s.fail(w, r, err)
			return
		}
		keys, err := s.options.People.Passkeys(r.Context(), c.Account)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		home.alone = len(keys) == 1
	}
	s.outer(w, r, http.StatusOK, "Processes", processList(home))
}

// home is the first page: the processes, and what the account should know.
type home struct {
	cards   []processCard
	who     Who
	notices []people.Notice
	alone   bool // the account has one passkey only
}

func (s *Server) cards(r *http.Request) ([]processCard, error) {
	sitters := map[record.ProcessID]sitter{}
	var wrong error
	places, err := s.places(r)
	if err != nil {
		return nil, err
	}
	ids, err := s.desk.Processes(r.Context(), places, func(p record.ProcessID) record.Lens {
		st, err := s.sitterIn(r, p)
		if err != nil {
			wrong = err
		}
		sitters[p] = st
		return st.lens
	})
	if err = cmp.Or(wrong, err); err != nil {
		return nil, err
	}
	for _, p := range places {
		if s.options.Demo && !slices.Contains(ids, p) && sitters[p].process != "" {
			ids = append(ids, p)
		}
	}
	slices.Sort(ids)
	var cards []processCard
	for _, id := range ids {
		st := sitters[id]
		card := processCard{ID: string(id), Path: processPath(id, ""), Sitting: st.name, Seats: st.others}
		err := s.desk.LookAs(r.Context(), id, st.actor(), func(v desk.View) error {
			sees, err := newSight(id, v)
			if err != nil {
				return err
			}
			card.ProcessView, card.Held = sees.table, nil
			if s.options.People != nil {
				card.Sitting = sees.seat(v.Lens.Seat)
			}
			for _, seat := range sees.seats() {
				card.Held = append(card.Held, sees.seat(seat))
			}
			return nil
		})
		card.Title = cmp.Or(card.Title, st.title)
		hidden := fault.KindOf(err) == fault.KindNotFound
		if err != nil && !hidden {
			return nil, err
		}
		if !hidden || len(card.Seats) > 0 {
			cards = append(cards, card)
		}
	}
	return cards, nil
}

// places lists the processes in which the one who asks may sit: those where the
// account has a place; in a demonstration all.
func (s *Server) places(r *http.Request) ([]record.ProcessID, error) {
	if s.options.People == nil {
		if !s.options.Demo {
			return nil, nil
		}
		return slices.Collect(maps.Keys(s.options.Seats)), nil
	}
	c, err := s.caller(r)
	if err != nil || !c.signedIn() {
		return nil, err
	}
	places, err := s.options.People.Places(r.Context(), c.Account)
	var all []record.ProcessID
	for _, at := range places {
		all = append(all, at.Process)
	}
	return all, err
}

// day says a day as it is written in lists.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2 Jan 2006")
}
