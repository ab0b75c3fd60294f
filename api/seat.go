package api

import (
	"net/http"

	"paraph/process"
	"paraph/record"
)

// Admitting asks, as the chair, to give a seat at the table.
type Admitting struct {
	Seat     record.Seat     `json:"seat" about:"Its code, as texts will print it."`
	Name     string          `json:"name"`
	Role     record.Role     `json:"role"`
	Note     string          `json:"note,omitempty"`
	Audience record.Audience `json:"audience,omitempty" about:"plenary (when left out) or public."`
	Source   *Source         `json:"source,omitempty"`
}

// Accrediting asks to name a person of a delegation, and the capacity.
type Accrediting struct {
	Seat      record.Seat     `json:"seat"`
	Name      string          `json:"name,omitempty" about:"May be left out for an interpreter or note-taker."`
	Office    string          `json:"office,omitempty"`
	Capacity  record.Capacity `json:"capacity"`
	Languages []string        `json:"languages,omitempty" about:"That the person interprets, or works in."`
	Powers    string          `json:"powers,omitempty" about:"Full powers: what the person may do for the seat, and until when."`
	Note      string          `json:"note,omitempty"`
	Audience  record.Audience `json:"audience,omitempty" about:"The plenary when left out."`
	Source    *Source         `json:"source,omitempty"`
}

// Ending asks to end an accreditation, or to suspend or restore a seat.
type Ending struct {
	Reason string  `json:"reason,omitempty"`
	Source *Source `json:"source,omitempty"`
}

func admit(_ sight, _ *http.Request, _ string, b *Admitting) (deed, error) {
	return deed{makes: string(b.Seat), binds: true, act: process.Admit{
		Seat: b.Seat, Name: b.Name, Role: b.Role, Note: b.Note, Audience: b.Audience, Source: b.Source.record(),
	}}, nil
}

func accredit(_ sight, _ *http.Request, key string, b *Accrediting) (deed, error) {
	return deed{makes: key, binds: true, act: process.Accredit{
		ID: key, Seat: b.Seat, Name: b.Name, Office: b.Office, Capacity: b.Capacity, Languages: b.Languages, Powers: b.Powers, Note: b.Note,
		Audience: b.Audience, Source: b.Source.record(),
	}}, nil
}

func strike(v sight, r *http.Request, _ string, b *Ending) (deed, error) {
	p, there := process.SeePerson(v.Process, r.PathValue("person"))
	if !there {
		return deed{}, missing()
	}
	return deed{binds: true, act: process.Strike{Seat: p.Seat, Person: p.ID, Reason: b.Reason, Source: b.Source.record()}}, nil
}

func suspend(_ sight, r *http.Request, _ string, b *Ending) (deed, error) {
	return deed{binds: true, act: process.Suspend{Seat: record.Seat(r.PathValue("seat")), Reason: b.Reason, Source: b.Source.record()}}, nil
}

func restore(_ sight, r *http.Request, _ string, b *Ending) (deed, error) {
	return deed{binds: true, act: process.Restore{Seat: record.Seat(r.PathValue("seat")), Reason: b.Reason, Source: b.Source.record()}}, nil
}
