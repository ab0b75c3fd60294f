package process

import "paraph/record"

// Act is what one may ask of this room: Open, Admit, Accredit, Strike, Suspend
// or Restore.
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
// acts. The chair accredits the heads of all delegations, and each head the
// others of its own; the chair's own head accredits everybody of the chair's
// seat; a keeper reports of all. Audience: plenary (the default), or any that the
// actor and the accredited seat read, so that a delegation knows its people.
//
// An accreditation that was ended never comes back: a person who is accredited
// again is given a new id, so that nothing bound to the old one comes to life.
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

// Strike ends the accreditation of a person: who is struck acts and looks for the
// seat no more. The chair strikes, the head of that delegation, and the person
// alone, who so leaves. Where the record is kept from outside a keeper reports
// it. The last head of the chair's seat stays. Audience: that of the
// accreditation.
type Strike struct {
	Seat   record.Seat // the person's
	Person string      // id of the accreditation
	Reason string      // may be empty
	Source record.Source
}

// Suspend takes a seat away until it is restored: its people neither act nor look
// meanwhile, whatever they are accredited for. The head of the chair's seat
// suspends every seat but its own; where the record is kept from outside a keeper
// reports it. Audience: that of the seat's admission.
type Suspend struct {
	Seat   record.Seat
	Reason string // may be empty
	Source record.Source
}

// Restore gives a suspended seat back, with the people that it had. Who suspends
// restores. Audience: that of the seat's admission.
type Restore struct {
	Seat   record.Seat
	Reason string // may be empty
	Source record.Source
}

func (Open) act()     {}
func (Admit) act()    {}
func (Accredit) act() {}
func (Strike) act()   {}
func (Suspend) act()  {}
func (Restore) act()  {}
