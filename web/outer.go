package web

import (
	"net/http"
	"slices"
	"time"

	"github.com/a-h/templ"
)

// Who is the caller as a page shows it. The zero Who is of a server without
// accounts, where nobody can sign in.
type Who struct {
	Door          bool   // there is a way to sign in
	Name          string // empty for nobody
	Administrator bool
	MayConvene    bool
}

// Outer is a page that belongs to no process.
type Outer struct {
	Title string
	Class string
	Note  string // what was just done
	Who   Who
	Demo  bool
	Body  templ.Component
}

// secrets are shown once: a link, or words, or both, for one person.
type secrets struct {
	For     string // whom, and for what
	Link    string // the whole address; empty for none
	Words   []string
	Expires time.Time
	Back    string
}

// field is one field of a form that is held back.
type field struct {
	name, value string
}

// held lists the fields of a form in a fixed order.
func held(f map[string][]string) (out []field) {
	for name, values := range f {
		for _, v := range values {
			out = append(out, field{name, v})
		}
	}
	slices.SortStableFunc(out, func(a, b field) int {
		switch {
		case a.name < b.name:
			return -1
		case a.name > b.name:
			return 1
		}
		return 0
	})
	return out
}

// outer answers with a page that belongs to no process.
func (s *Server) outer(w http.ResponseWriter, r *http.Request, status int, title string, body templ.Component) {
	c, _ := s.caller(r) // a page shows nobody rather than nothing
	v := Outer{Title: title, Who: s.who(c), Demo: s.options.Demo, Note: done[r.URL.Query().Get("done")], Body: body}
	s.answer(w, r, status, nil, func(templ.Component) templ.Component {
		return frame(s.frame(), title+" · Paraph", outer(v), nil)
	})
}
