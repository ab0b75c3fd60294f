package api

import (
	"context"
	"net/http"
	"time"

	"paraph/fault"
	"paraph/process"
	"paraph/record"
)

// Processes lists the processes of which the asker reads anything.
type Processes struct {
	Processes []ProcessLine `json:"processes" about:"By their names."`
}

// ProcessLine is one process in a list.
type ProcessLine struct {
	ID    record.ProcessID `json:"id" about:"Its name, as it stands in addresses."`
	Title string           `json:"title"`
	You   You              `json:"you"`
}

// You is who asks, in one process, and what the token allows.
type You struct {
	Seat     record.Seat     `json:"seat" about:"The seat of the token; empty for the public."`
	Role     record.Role     `json:"role" about:"What the seat is in the process; empty for the public."`
	Person   string          `json:"person,omitempty" about:"The id of the accreditation."`
	Capacity record.Capacity `json:"capacity,omitempty" about:"What the person is in the delegation."`
	MayAct   bool            `json:"may_act" about:"Whether the token may do acts."`
	MayBind  bool            `json:"may_bind" about:"Whether it may do those for which a page asks for the passkey anew."`
}

// Process is one negotiation: its ground rules, its seats and their people.
type Process struct {
	ID         record.ProcessID `json:"id" about:"Its name, as it stands in addresses."`
	Title      string           `json:"title"`
	Question   string           `json:"question" about:"What it is to settle; may be empty."`
	Regime     process.Regime   `json:"regime" about:"What may be done with what is said."`
	Languages  []string         `json:"languages" about:"The working languages, as tags: en, ru."`
	Kept       bool             `json:"kept" about:"Kept from outside, from public reporting."`
	Principles []string         `json:"principles" about:"What the seats agreed on how to negotiate, in words."`
	Audience   record.Audience  `json:"audience" about:"Who may know of the process."`
	Opened     time.Time        `json:"opened"`
	Source     *Source          `json:"source,omitempty"`
	Seats      []Seat           `json:"seats" about:"The chair, then the parties, then the observers; each by name."`
	You        You              `json:"you"`
}

// Seat is a place at the table, with its delegation.
type Seat struct {
	Seat     record.Seat     `json:"seat" about:"Its code, as texts print it."`
	Name     string          `json:"name"`
	Role     record.Role     `json:"role"`
	Note     string          `json:"note,omitempty"`
	Audience record.Audience `json:"audience" about:"Who may know of the seat."`
	Admitted time.Time       `json:"admitted"`
	Source   *Source         `json:"source,omitempty"`
	People   []Person        `json:"people" about:"Its delegation: the head first, then by capacity."`
	Former   []Person        `json:"former" about:"Those whose accreditation was ended, in that order."`

	Suspended time.Time `json:"suspended,omitzero" about:"Since when the seat is suspended; left out when it is not."`
	Why       string    `json:"why,omitempty" about:"Why it was suspended, or restored."`
}

// Person is one person accredited for a seat.
type Person struct {
	ID         string          `json:"id" about:"Of the accreditation."`
	Seat       record.Seat     `json:"seat"`
	Name       string          `json:"name" about:"Empty for an interpreter or note-taker who is not named."`
	Office     string          `json:"office,omitempty"`
	Capacity   record.Capacity `json:"capacity" about:"What the person is in the delegation."`
	Languages  []string        `json:"languages,omitempty" about:"That the person interprets, or works in."`
	Powers     string          `json:"powers,omitempty" about:"Full powers: what the person may do for the seat, and until when."`
	Note       string          `json:"note,omitempty"`
	Audience   record.Audience `json:"audience" about:"Who may know of the accreditation."`
	Accredited time.Time       `json:"accredited"`
	Source     *Source         `json:"source,omitempty"`

	Struck time.Time `json:"struck,omitzero" about:"When the accreditation was ended; left out while it stands."`
	Why    string    `json:"why,omitempty" about:"Why it was ended."`
	Left   bool      `json:"left,omitempty" about:"The person ended it."`
}

func seeProcess(v sight, _ *http.Request) (any, error) {
	t := v.table
	return Process{
		ID: v.process, Title: t.Title, Question: t.Question, Regime: t.Rules.Regime, Languages: list(t.Rules.Languages), Kept: t.Rules.Kept,
		Principles: list(t.Rules.Principles), Audience: t.Audience, Opened: utc(t.Opened), Source: sourceOf(t.Source),
		Seats: each(t.Seats, seatOf), You: v.caller.you(),
	}, nil
}

func seatOf(s process.SeatView) Seat {
	return Seat{
		Seat: s.Seat, Name: s.Name, Role: s.Role, Note: s.Note, Audience: s.Audience, Admitted: utc(s.Admitted), Source: sourceOf(s.Source),
		People: each(s.People, personOf), Former: each(s.Former, personOf), Suspended: utc(s.Suspended), Why: s.Why,
	}
}

func personOf(p process.PersonView) Person {
	return Person{
		ID: p.ID, Seat: p.Seat, Name: p.Name, Office: p.Office, Capacity: p.Capacity, Languages: p.Languages, Powers: p.Powers, Note: p.Note,
		Audience: p.Audience, Accredited: utc(p.Accredited), Source: sourceOf(p.Source),
		Struck: utc(p.Struck), Why: p.Why, Left: p.Left,
	}
}

func (c Caller) you() You {
	by := c.Actor
	return You{Seat: by.Seat, Role: by.Role, Person: by.Person, Capacity: by.Capacity, MayAct: c.MayAct, MayBind: c.MayBind}
}

// processes lists what the asker can see, each through the seat held in it.
func (s *Server) processes(w http.ResponseWriter, r *http.Request) {
	out, err := s.listed(r)
	var a answer
	if err == nil {
		a, err = made(out, false)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	a.write(w)
}

func (s *Server) listed(r *http.Request) (Processes, error) {
	out := Processes{Processes: []ProcessLine{}}
	if _, err := s.options.Who(r, ""); err != nil && fault.KindOf(err) != fault.KindNotFound {
		return out, err
	}
	if err := admitted(r.URL.Query(), nil); err != nil {
		return out, err
	}
	callers := map[record.ProcessID]Caller{}
	var wrong error
	places, err := s.options.Places(r)
	if err != nil {
		return out, err
	}
	ids, err := s.desk.Processes(r.Context(), places, func(p record.ProcessID) record.Lens {
		c, err := s.options.Who(r, p)
		if err != nil && fault.KindOf(err) != fault.KindNotFound { // a seat that is not there reads as the public does
			wrong = err
		}
		callers[p] = c
		return c.Actor.Lens()
	})
	if err != nil {
		return out, err
	}
	if wrong != nil {
		return out, wrong
	}
	for _, p := range ids {
		line, err := s.line(r.Context(), p, callers[p])
		if fault.KindOf(err) == fault.KindNotFound {
			continue // it has gone meanwhile
		}
		if err != nil {
			return out, err
		}
		out.Processes = append(out.Processes, line)
	}
	return out, nil
}

func (s *Server) line(ctx context.Context, p record.ProcessID, c Caller) (line ProcessLine, err error) {
	err = s.look(ctx, p, c, func(v sight) error {
		line = ProcessLine{ID: p, Title: v.table.Title, You: c.you()}
		return nil
	})
	return line, err
}
