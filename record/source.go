package record

import (
	"cmp"
	"strings"

	"paraph/fault"
)

// Source is where a piece of information was published: what a reader outside
// the room needs to look it up.
type Source struct {
	Outlet string `json:"outlet,omitempty"` // who published it: a newspaper, an agency, a ministry
	Title  string `json:"title,omitempty"`  // of the report or the document
	Date   string `json:"date,omitempty"`   // as the outlet gives it
	URL    string `json:"url,omitempty"`    // http or https; may be empty
	Note   string `json:"note,omitempty"`   // on the source itself: "no date line"
}

// IsZero tells whether nothing is said about a source.
func (s Source) IsZero() bool { return s == Source{} }

// Check tells whether the source will do for an entry to an audience: what the
// public reads needs an outlet; elsewhere a source may be left out.
func (s Source) Check(a Audience) error {
	if a == Public && strings.TrimSpace(s.Outlet) == "" {
		return fault.Invalid("what is written to the public needs its source").
			With("name the outlet, and the title and date of the report if there are any")
	}
	return s.wellFormed()
}

func (s Source) wellFormed() error {
	if s.URL != "" && !strings.HasPrefix(s.URL, "https://") && !strings.HasPrefix(s.URL, "http://") {
		return fault.Invalid("the source's address %q is not a web address", s.URL).
			With("it begins with https:// or http://; leave it empty if there is none")
	}
	if strings.ContainsAny(s.URL, " \t<>\"") {
		return fault.Invalid("the source's address holds characters that no web address has")
	}
	if s.Outlet == "" && !s.IsZero() {
		return fault.Invalid("the source has no outlet").With("say who published it")
	}
	return cmp.Or(
		CheckLine("the source's outlet", s.Outlet, Optional),
		CheckLine("the source's title", s.Title, Optional),
		CheckLine("the source's date", s.Date, Optional),
		CheckLine("the source's address", s.URL, Optional),
		CheckLine("the note on the source", s.Note, Optional))
}
