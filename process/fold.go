package process

import "paraph/record"

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
	s.people.Add(v.ID, PersonView{
		ID: v.ID, Seat: v.Seat, Name: v.Name, Office: v.Office, Capacity: v.Capacity,
		Languages: v.Languages, Powers: v.Powers, Note: v.Note,
		Audience: e.Audience, Accredited: e.At, Source: v.Source,
	})
}

func (s *State) seat(seat record.Seat) *SeatView {
	for i := range s.seats {
		if s.seats[i].Seat == seat {
			return &s.seats[i]
		}
	}
	return nil
}

// Touches tells which areas of a page an entry of this room moves.
func Touches(e record.Entry) []string {
	if e.Content.Kind == kindOpened {
		return []string{"process", "roster"}
	}
	return []string{"roster"}
}
