package web

import (
	"net/http"

	"paraph/papers"
	"paraph/text"
)

// matrix is the seats against the clauses of the rolling text.
type matrix struct {
	sight
	papers.Grid
	contested bool // only rows on which something is open
}

// seeMatrix is what each seat holds of each clause: ?show=contested leaves out
// the clauses on which nothing is open.
func seeMatrix(v sight, r *http.Request) (*Page, error) {
	version, there := text.SeeVersion(v.Text, "")
	if !there {
		return &Page{Title: "Matrix", Section: "Matrix", Body: noText(v), Areas: []string{"versions"}}, nil
	}
	m := matrix{sight: v, contested: r.URL.Query().Get("show") == "contested"}
	grid, err := papers.SeeGrid(v.out(), m.contested)
	if err != nil {
		return nil, err
	}
	if m.Grid, err = grid(); err != nil {
		return nil, err
	}
	f := &Fragment{ID: "matrix", Name: "the matrix", Body: matrixTable(m)}
	p := &Page{
		Title: "Matrix", Section: "Matrix", Areas: []string{"text", "versions", "positions", "roster"},
		Live: []*Fragment{f}, Version: v.identity(version),
	}
	p.Version.State = "rolling text"
	p.Body = matrixPage(m, f)
	return p, nil
}
