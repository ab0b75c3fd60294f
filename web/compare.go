package web

import (
	"net/http"

	"paraph/page"
	"paraph/papers"
)

// side is what can be chosen in a list: its value in the address, and its name.
type side struct {
	value string
	name  string
}

// comparison is what was asked to be compared.
type comparison struct {
	sight
	sides    []side
	old, new side
	beside   bool
	all      bool
}

// seeCompare compares any two of versions, the rolling text and readings:
// ?old=…&new=…&as=beside&all=yes.
func seeCompare(v sight, r *http.Request) (*Page, error) {
	c := comparison{sight: v}
	for _, s := range v.out().Sides() {
		c.sides = append(c.sides, side{s.Value, s.Name})
	}
	if len(c.sides) == 0 {
		return &Page{Title: "Compare", Section: "Compare", Body: noText(v), Areas: []string{"versions"}}, nil
	}
	q := r.URL.Query()
	pair, err := papers.SeePair(v.out(), q.Get("old"), q.Get("new"))
	if err != nil {
		return nil, err
	}
	c.old, c.new = side{pair.Old.Value, pair.Old.Name}, side{pair.New.Value, pair.New.Name}
	c.beside, c.all = q.Get("as") == "beside", q.Get("all") != ""
	found, err := pair.Compare()
	if err != nil {
		return nil, err
	}
	f := &Fragment{ID: "comparison", Name: "the comparison", Body: comparisonBody(c, page.ComparisonView{
		Comparison: found.Comparison, Old: found.Old, New: found.New, Beside: c.beside, All: c.all,
	})}
	return &Page{
		Title: c.old.name + " against " + c.new.name, Section: "Compare",
		Areas: []string{"text", "versions", "positions"}, Live: []*Fragment{f}, Body: comparePage(c, f),
	}, nil
}
