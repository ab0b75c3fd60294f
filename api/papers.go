package api

import (
	"cmp"
	"net/http"
	"strings"

	"paraph/desk"
	"paraph/papers"
)

// Papers lists the documents that can be taken out.
type Papers struct {
	Papers []Paper `json:"papers" about:"In the order in which pages offer them."`
}

// Paper is one document that can be taken out.
type Paper struct {
	Kind  papers.Kind   `json:"kind" about:"The last part of its address."`
	Group string        `json:"group" about:"With what it is offered."`
	Name  string        `json:"name"`
	About string        `json:"about"`
	Query string        `json:"query" about:"What its address says beside the form, ready to be put there; may be empty."`
	Forms []papers.Form `json:"forms" about:"What can stand in the parameter as."`
}

func seePapers(v sight, _ *http.Request) (any, error) {
	out := Papers{Papers: []Paper{}}
	for _, g := range papers.SeeOffers(v.out()) {
		for _, o := range g.Offers {
			out.Papers = append(out.Papers, Paper{o.Kind, g.Name, o.Name, o.About, o.Query().Encode(), o.Kind.In()})
		}
	}
	return out, nil
}

// paperForm is what a paper is asked for as.
var paperForm = parameter{"as", "The form; json when left out. A paper that cannot be had in it is refused.", words(papers.Forms()), "md"}

// paper gives one document in one form.
func (s *Server) paper(asked []parameter) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		file, cursor, err := s.file(r, asked)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		w.Header().Set("Content-Disposition", file.Disposition())
		answer{status: http.StatusOK, kind: file.Media, body: file.Bytes, cursor: cursor}.write(w)
	}
}

func (s *Server) file(r *http.Request, asked []parameter) (file papers.File, cursor string, err error) {
	p, c, _, err := s.arrive(r, asked)
	if err != nil {
		return file, "", err
	}
	q := r.URL.Query()
	form := papers.Form(cmp.Or(q.Get("as"), string(papers.JSON)))
	o := papers.ParseOptions(q)
	o.Printer, o.Who = s.options.Printer, "program of "+string(c.Actor.Seat)+" "+c.Actor.Person
	ask := papers.ParseAsk(r.PathValue("paper"), q)
	var gathered papers.Gathered
	err = s.look(r.Context(), p, c, func(v sight) error {
		gathered, err = papers.See(v.out(), ask)
		cursor = string(v.Cursor)
		return err
	})
	if err == nil {
		err = papers.Check(ask.Kind, form, o)
	}
	if err == nil {
		file, err = gathered.File(r.Context(), form, o)
	}
	if err == nil { // who was struck while it was made gets nothing of it
		err = s.desk.LookAs(r.Context(), p, c.Actor, func(desk.View) error { return nil })
	}
	return file, cursor, err
}

// paperTypes lists the types of all forms.
func paperTypes() object {
	content := object{}
	for _, f := range papers.Forms() {
		media, _, _ := strings.Cut(f.Media(), ";")
		schema := object{"type": "string"}
		if media == jsonType {
			schema = object{"type": "object"}
		}
		content[media] = object{"schema": schema}
	}
	return content
}
