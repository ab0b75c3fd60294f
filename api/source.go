package api

import (
	"time"

	"paraph/record"
)

// Source is where a piece of information was published.
type Source struct {
	Outlet string `json:"outlet,omitempty" about:"Who published it."`
	Title  string `json:"title,omitempty" about:"Of the report or the document."`
	Date   string `json:"date,omitempty" about:"As the outlet gives it."`
	URL    string `json:"url,omitempty" about:"Begins with http:// or https://."`
	Note   string `json:"note,omitempty" about:"On the source itself."`
}

// When is a time as well as it is known: exact (both bounds equal), an interval,
// with one bound only, or not known.
type When struct {
	Earliest time.Time `json:"earliest,omitzero" about:"Its first bound; left out when not known."`
	Latest   time.Time `json:"latest,omitzero" about:"Its last bound; left out when not known."`
	Words    string    `json:"words,omitempty" about:"How the source says it."`
	Doubt    string    `json:"doubt,omitempty" about:"Why it is flagged; left out when nothing is in doubt."`
	Zone     string    `json:"zone,omitempty" about:"IANA name of the zone whose clocks it was told by."`
}

// By is who acted: a person in a capacity, for a seat.
type By struct {
	Seat     record.Seat     `json:"seat" about:"Empty for a keeper, who has none."`
	Person   string          `json:"person,omitempty" about:"The id of the accreditation."`
	Capacity record.Capacity `json:"capacity,omitempty"`
}

func sourceOf(s record.Source) *Source {
	if s.IsZero() {
		return nil
	}
	return &Source{s.Outlet, s.Title, s.Date, s.URL, s.Note}
}

func (s *Source) record() record.Source {
	if s == nil {
		return record.Source{}
	}
	return record.Source{Outlet: s.Outlet, Title: s.Title, Date: s.Date, URL: s.URL, Note: s.Note}
}

func whenOf(w record.When) When {
	return When{Earliest: utc(w.Earliest), Latest: utc(w.Latest), Words: w.Words, Doubt: w.Doubt, Zone: w.Zone}
}

func byOf(b record.By) By { return By{b.Seat, b.Person, b.Capacity} }

// utc gives a time as all answers say it.
func utc(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC()
}

// list gives a list that is written as one even when nothing is in it.
func list[V any](in []V) []V {
	if in == nil {
		return []V{}
	}
	return in
}

// each makes a list of another, never nil.
func each[V, W any](in []V, do func(V) W) []W {
	out := make([]W, len(in))
	for i, v := range in {
		out[i] = do(v)
	}
	return out
}
