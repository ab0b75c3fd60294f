package web

import (
	"cmp"
	"net/http"
	"strconv"

	"paraph/desk"
	"paraph/papers"
)

// seePapers is the page of the documents that can be taken out.
func seePapers(v sight, _ *http.Request) (*Page, error) {
	f := &Fragment{ID: "papers", Name: "the documents", Body: papersTables(v, papers.SeeOffers(v.out()))}
	return &Page{
		Title: "Documents", Section: "Documents", Areas: []string{"versions", "text", "sittings", "roster", "record"},
		Live: []*Fragment{f}, Body: papersPage(v, v.out().Sides(), f),
	}, nil
}

// paper gives one paper in one form, as the one who asks sees it: ?as=FORM.
func (s *Server) paper(w http.ResponseWriter, r *http.Request) {
	st, err := s.sitter(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	q := r.URL.Query()
	form := papers.Form(cmp.Or(q.Get("as"), string(papers.HTML)))
	o := papers.ParseOptions(q)
	o.Printer, o.Who = s.options.Printer, printsFor(st, r)
	ask := papers.ParseAsk(r.PathValue("paper"), q)
	var gathered papers.Gathered
	err = s.desk.LookAs(r.Context(), st.process, st.actor(), func(v desk.View) error {
		sees, err := newSight(st.process, v)
		if err != nil {
			return err
		}
		gathered, err = papers.See(sees.out(), ask)
		return err
	})
	if err == nil {
		err = papers.Check(ask.Kind, form, o)
	}
	var file papers.File
	if err == nil {
		file, err = gathered.File(r.Context(), form, o)
	}
	if err == nil { // who was struck while it was made gets nothing of it
		err = s.desk.LookAs(r.Context(), st.process, st.actor(), func(desk.View) error { return nil })
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", file.Media)
	h.Set("Content-Disposition", file.Disposition())
	h.Set("Content-Length", strconv.Itoa(len(file.Bytes)))
	_, _ = w.Write(file.Bytes) // who is gone needs no answer
}

// printsFor gives whom a PDF counts for: an account, a seat of a demonstration,
// or an address.
func printsFor(st sitter, r *http.Request) string {
	switch {
	case st.caller.signedIn():
		return "account " + st.caller.Account
	case st.by.Seat != "":
		return "seat " + string(st.by.Seat)
	}
	return "address " + address(r)
}

// paperPath is where a paper is had in a form.
func (v sight) paperPath(o papers.Offer, form papers.Form, sheet string) string {
	q := o.Query()
	q.Set("as", string(form))
	if sheet != "" {
		q.Set("sheet", sheet)
	}
	return v.path("papers/" + string(o.Kind) + "?" + q.Encode())
}
