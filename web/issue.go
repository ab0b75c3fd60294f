package web

import (
	"context"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"paraph/draft"
	"paraph/record"
	"paraph/text"
)

// issuing is the form on which a version is put out.
type issuing struct {
	path    string
	classes []text.Class
	to      []choice
	begin   string // that the writing begins from
}

// public tells whether a version may be put before the public.
func (i issuing) public() bool {
	return len(i.to) > 0 && i.to[len(i.to)-1].Value == string(record.Public)
}

// seeIssue is the form for a version. The chair issues versions, a party
// non-papers.
func seeIssue(v sight, _ *http.Request) (*Page, error) {
	p := &Page{Title: "Issue a version", Section: "Versions", Frozen: true, Body: issueHead()}
	i := issuing{path: v.path("versions"), to: v.issueAudiences(), begin: v.emptyDraft()}
	switch v.Lens.Role {
	case record.Chair:
		i.classes = text.Classes()
	case record.Party:
		i.classes = []text.Class{text.NonPaper}
	default:
		p.Body = mayNot("issue versions")
		return p, nil
	}
	p.Form = func(f Form) templ.Component { return issueForm(i, f) }
	return p, nil
}

// emptyDraft is where writing begins: front matter that names the parties, whose
// codes may then stand in brackets.
func (v sight) emptyDraft() string {
	seats := ""
	for _, s := range v.table.Seats {
		if s.Role == record.Party {
			if seats != "" {
				seats += ", "
			}
			seats += string(s.Seat)
		}
	}
	return "---\ntitle: " + v.table.Title + "\nseats: " + seats + "\n---\n\n## Article 1\n\n1. \n"
}

// issueAudiences lists who may read a version, the narrowest first.
func (v sight) issueAudiences() (out []choice) {
	for _, a := range v.audiences() {
		out = append(out, choice{string(a), firstUpper(v.audience(a)), v.readers(a)})
	}
	if v.table.Audience == record.Public {
		out = append(out, choice{string(record.Public), "Public", "anyone; it needs the place where it was published"})
	}
	return out
}

// issued reads the form as an act.
func issued(f url.Values) text.Issue {
	return text.Issue{
		ID: f.Get("key"), Symbol: f.Get("symbol"), Class: text.Class(f.Get("class")), Title: f.Get("title"), Draft: f.Get("draft"),
		Note: f.Get("note"), Date: f.Get("date"), Audience: record.Audience(f.Get("audience")), Source: record.Source{Outlet: f.Get("outlet")},
	}
}

// issue puts out a version.
func (s *Server) issue(w http.ResponseWriter, r *http.Request) {
	s.formed(w, r, seeIssue, "versions/new", func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		a := issued(f)
		if a.Audience == record.Public {
			if err := s.needs(st.caller, "put "+a.Symbol+" before the public"); err != nil {
				return answer{}, err
			}
		}
		_, err := s.desk.Do(ctx, st.process, st.actor(), f.Get("key"), a)
		return to(processPath(st.process, "versions/"+a.ID+"?done=issued"), err)
	})
}

// previewIssue shows the text as it would be issued. It writes nothing.
func (s *Server) previewIssue(w http.ResponseWriter, r *http.Request) {
	st, err := s.formFor(r)
	var shown string
	if err == nil {
		err = s.sight(r.Context(), st, func(v sight) error {
			shown = markup(v.previewIssue(r.PostForm.Get("draft")))
			return nil
		})
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.again(w, r, seeIssue, "versions/new", http.StatusOK, Form{preview: made(shown)})
}

func (v sight) previewIssue(words string) templ.Component {
	t, err := draft.Parse(words)
	if err != nil {
		words, hint := explain(err)
		return previewRefused(words, hint)
	}
	return issuePreview(draft.Count(t), v.specimen(t))
}
