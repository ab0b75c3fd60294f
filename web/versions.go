package web

import (
	"net/http"
	"slices"

	"paraph/fault"
	"paraph/text"
)

// seeVersions is the register of versions: which paper is the text, and since when.
func seeVersions(v sight, _ *http.Request) (*Page, error) {
	all := text.SeeVersions(v.Text)
	slices.Reverse(all)
	f := &Fragment{ID: "register", Name: "the register of versions", Body: register(v, all)}
	return &Page{
		Title: "Versions", Section: "Versions", Areas: []string{"versions", "text"},
		Live: []*Fragment{f}, Body: versionsPage(v, f),
	}, nil
}

// seeVersion is one version as it was issued. It never changes; what may come
// is a newer one, which the page then says.
func seeVersion(v sight, r *http.Request) (*Page, error) {
	id := r.PathValue("version")
	version, there := text.SeeVersion(v.Text, id)
	if !there || id == "" {
		return nil, fault.NotFound("no such version")
	}
	latest, _ := text.SeeVersion(v.Text, "")
	view := v.textView(version.Text)
	view.Frozen = true
	view.ID = func(i int) string { return "c-" + version.Clauses[i].ID }
	newer := &Fragment{ID: "newer", Name: "the notice of a newer version", Body: newerVersion(v, version, latest)}
	p := &Page{
		Title: version.Title, Section: "Versions", Version: v.identity(version), Areas: []string{"versions"},
		Live: []*Fragment{newer}, Body: versionPage(v, version, view, newer),
	}
	p.Version.State = "frozen"
	return p, nil
}
