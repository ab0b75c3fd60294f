package process

import (
	"slices"
	"time"

	"paraph/record"
)

// Fold takes one entry of this room into the state. It panics on a kind that it
// does not know. Folding what stands there already changes nothing.
func Fold(s *State, e record.Entry) {
	switch e.Content.Kind {
	case kindOpened:
		s.foldOpened(e, record.Body[opened](e))
	case kindAdmitted:
		s.foldAdmitted(e, record.Body[admitted](e))
	case kindAccredited:
		s.foldAccredited(e, record.Body[accredited](e))
	case kindStruck:
		s.foldStruck(e, record.Body[struck](e))
	case kindSuspended:
		s.foldTurned(e.At, record.Body[suspended](e))
	case kindRestored:
		s.foldTurned(time.Time{}, suspended(record.Body[restored](e)))
	default:
		panic(record.Unknown(e))
	}
}

func (s *State) foldOpened(e record.Entry, v opened) {
	if s.process.Open {
		return
	}
	s.process = ProcessView{
		Open: true, Title: v.Title, Question: v.Question, Rules: v.Rules,
		Audience: e.Audience, Opened: e.At, Source: v.Source,
	}
}

func (s *State) foldAdmitted(e record.Entry, v admitted) {
	if s.seat(v.Seat) != nil {
		return
	}
	s.seats = append(s.seats, SeatView{
		Seat: v.Seat, Name: v.Name, Role: v.Role, Note: v.Note,
		Audience: e.Audience, Admitted: e.At, Source: v.Source,
	})
}

func (s *State) foldAccredited(e record.Entry, v accredited) {
	if s.person(v.Seat, v.ID) != nil {
		return
	}
	p := PersonView{
		ID: v.ID, Seat: v.Seat, Name: v.Name, Office: v.Office, Capacity: v.Capacity,
		Languages: v.Languages, Powers: v.Powers, Note: v.Note,
		Audience: e.Audience, Accredited: e.At, Source: v.Source,
	}
	if same := s.people.Get(v.ID); same != nil {
		*same = append(*same, p)
		return
	}
	s.people.Add(v.ID, []PersonView{p})
}

func (s *State) foldStruck(e record.Entry, v struck) {
	p := s.person(v.Seat, v.Person)
	if p == nil || !p.Struck.IsZero() {
		return
	}
	by := e.Content.By
	p.Struck, p.Why, p.WhySource = e.At, v.Reason, v.Source
	p.Left = by.Seat == v.Seat && by.Person == v.Person
}

func (s *State) foldTurned(since time.Time, v suspended) {
	if seat := s.seat(v.Seat); seat != nil && seat.Suspended.IsZero() != since.IsZero() {
		seat.Suspended, seat.Why, seat.WhySource = since, v.Reason, v.Source
	}
}

func (s *State) seat(seat record.Seat) *SeatView {
	for i := range s.seats {
		if s.seats[i].Seat == seat {
			return &s.seats[i]
		}
	}
	return nil
}

// person gives the accreditation of a person for a seat, whether it stands or was
// ended.
func (s *State) person(seat record.Seat, id string) *PersonView {
	all := s.people.Get(id)
	if all == nil {
		return nil
	}
	if i := slices.IndexFunc(*all, func(p PersonView) bool { return p.Seat == seat }); i >= 0 {
		return &(*all)[i]
	}
	return nil
}

// Turns tells for whom an entry begins or ends what a place at the table gives:
// for one person of a seat, or, with an empty person, for a whole seat. Of all
// other entries it gives an empty seat.
func Turns(e record.Entry) (seat record.Seat, person string) {
	switch e.Content.Kind {
	case kindAccredited:
		v := record.Body[accredited](e)
		return v.Seat, v.ID
	case kindStruck:
		v := record.Body[struck](e)
		return v.Seat, v.Person
	case kindAdmitted:
		return record.Body[admitted](e).Seat, ""
	case kindSuspended, kindRestored:
		return record.Body[suspended](e).Seat, ""
	}
	return "", ""
}

// Touches tells which areas of a page an entry of this room moves.
func Touches(e record.Entry) []string {
	if e.Content.Kind == kindOpened {
		return []string{"process", "roster"}
	}
	return []string{"roster"}
}
