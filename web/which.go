package web

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"paraph/api"
	"paraph/draft"
	"paraph/fault"
	"paraph/intake"
	"paraph/page"
	lookup "paraph/register"
)

// seeWhich shows the form for a circulating copy.
func seeWhich(v sight, _ *http.Request) (*Page, error) {
	path := v.path("which")
	return &Page{
		Title: "Which version is this?", Section: "Versions", Frozen: true,
		Body: whichHead(v), Form: func(f Form) templ.Component { return whichForm(path, f) },
	}, nil
}

// which says which version a copy is. It writes nothing.
func (s *Server) which(w http.ResponseWriter, r *http.Request) {
	st, err := s.sitter(r)
	if err == nil { // nothing is read of what somebody sends who cannot see the process
		err = s.sight(r.Context(), st, func(sight) error { return nil })
	}
	var file []byte
	if err == nil {
		file, err = upload(r, "copy")
	}
	var shown string
	if err == nil {
		err = s.sight(r.Context(), st, func(v sight) error {
			shown = markup(v.which(file))
			return nil
		})
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	r.PostForm.Del("copy") // it is not sent back: a file is no text to edit
	s.again(w, r, seeWhich, "which", http.StatusOK, Form{preview: made(shown)})
}

// which makes what is shown of a copy.
func (v sight) which(file []byte) templ.Component {
	words, err := intake.Read(file)
	if err == nil && strings.TrimSpace(words.Text) == "" {
		err = fault.Invalid("The copy has no words.").With("paste it, or take a file")
	}
	if err != nil {
		words, hint := explain(err)
		return previewRefused(words, hint)
	}
	return whichAnswer(v, api.SeeRegister(v.out()).Which(words.Text), words.Doubts)
}

// verdict says an answer in one line.
func verdict(a lookup.Answer) string {
	switch a.Verdict {
	case lookup.Exact:
		return "Exactly " + a.Versions[0].Symbol
	case lookup.Nearest:
		return "Nearest to " + a.Versions[0].Symbol
	case lookup.Alike:
		return fmt.Sprintf("In %d versions alike", len(a.Versions))
	}
	return "None of the versions that you read"
}

// about says what a verdict means.
func about(a lookup.Answer) string {
	switch a.Verdict {
	case lookup.Exact:
		return "Every word of the copy stands so in this version, with the same brackets, and in no other."
	case lookup.Nearest:
		return "The words that differ are marked below: struck ones are the version's, underlined ones the copy's."
	case lookup.Alike:
		return "The copy does not say which of them it was made from."
	}
	return "No version has half of the copy's words."
}

// likeness says how much of a copy stands in a version.
func likeness(l lookup.Likeness) string {
	return fmt.Sprintf("%.1f %% of the copy's words stand in it, and they are %.1f %% of it", 100*l.Share, 100*l.Covers)
}

// passage shows the words of a copy against the version's.
func passage(runs []lookup.Run) page.Component {
	var out []draft.Run
	for i, r := range runs {
		words := r.Words
		if i < len(runs)-1 {
			words += " "
		}
		out = append(out, draft.Run{Op: r.Op, Words: words})
	}
	return page.Passage(out)
}

// differs tells whether any word does.
func differs(a lookup.Answer) bool {
	for _, r := range a.Runs {
		if r.Op != draft.Keep {
			return true
		}
	}
	return false
}
