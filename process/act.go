package process

import "paraph/record"

// Act is what one may ask of this room: Open, Admit or Accredit.
type Act interface{ act() }

// Open begins a process. The chair opens it, or a keeper who follows it from
// outside. Audience: plenary (the default) or public.
type Open struct {
	Title    string
	Question string
	Rules    GroundRules
	Audience record.Audience
	Source   record.Source
}

// Admit gives a seat at the table. The chair, or a keeper, admits; the chair's
// own seat comes first. Audience: plenary (the default) or public.
type Admit struct {
	Seat     record.Seat
	Name     string // "Russian Federation"
	Role     record.Role
	Note     string
	Audience record.Audience
	Source   record.Source
}

// Accredit names a person of a delegation and the capacity in which the person
// acts. The chair, a keeper, or the head of that delegation accredits.
// Audience: plenary (the default), or any that the actor reads.
type Accredit struct {
	ID        string
	Seat      record.Seat
	Name      string // may be empty for an interpreter or note-taker
	Office    string
	Capacity  record.Capacity
	Languages []string // that the person interprets, or works in
	Powers    string   // full powers: what the person may do for the seat, and until when
	Note      string
	Audience  record.Audience
	Source    record.Source
}

func (Open) act()     {}
func (Admit) act()    {}
func (Accredit) act() {}
