package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"paraph/consent"
	"paraph/desk"
	"paraph/fault"
	"paraph/page"
	"paraph/record"
	"paraph/text"
)

// proposing is the form of a proposal: what a seat may table, for which clause.
type proposing struct {
	sight
	version text.VersionView
	kind    text.Kind
	clause  string             // id
	after   string             // id
	words   string             // that the writing begins from
	from    *text.ProposalView // the own live proposal that has these words; nil for the version's
	readers string             // who reads that proposal
}

// seePropose is the form for a proposal: ?kind=amend&clause=ID, ?kind=insert&after=ID.
func seePropose(v sight, r *http.Request) (*Page, error) {
	q := r.URL.Query()
	p := proposing{
		sight: v, kind: text.Kind(cmp.Or(q.Get("kind"), string(text.Amend))), clause: q.Get("clause"), after: q.Get("after"),
	}
	var there bool
	if p.version, there = text.SeeVersion(v.Text, ""); !there {
		return nil, fault.NotFound("no version")
	}
	for _, id := range []string{p.clause, p.after} {
		if id != "" && !slices.ContainsFunc(p.version.Clauses, func(c text.Clause) bool { return c.ID == id }) {
			return nil, fault.NotFound("no such clause")
		}
	}
	if p.kind == text.Amend && p.clause != "" {
		words, err := text.SeeWording(v.Text, p.version.ID, p.clause, v.Lens.Seat)
		if err != nil {
			return nil, err
		}
		p.words = words
		if p.from = v.begun(p); p.from != nil {
			p.readers = v.audience(p.from.Widest())
		}
	}
	page := &Page{
		Title: "Propose", Section: "Text", Version: v.identity(p.version), Frozen: true, Areas: []string{"text"},
		Body: proposeHead(p),
	}
	if v.mayPropose() {
		page.Form = func(f Form) templ.Component { return proposeForm(p, f) }
	} else {
		page.Body = mayNot("propose")
	}
	return page, nil
}

// about carries what a proposal is about over to another kind of proposal.
func (p proposing) about(k text.Kind) string {
	at := cmp.Or(p.clause, p.after)
	switch {
	case at == "":
		return ""
	case k == text.Insert:
		return "&after=" + at
	}
	return "&clause=" + at
}

// begun gives the own live amendment with whose words the writing begins.
func (v sight) begun(p proposing) *text.ProposalView {
	for _, old := range newestFirst(text.SeeProposals(v.Text)) {
		if v.own(old) && old.Kind == text.Amend && old.Clause == p.clause && old.Version == p.version.ID && old.Words == p.words {
			return &old
		}
	}
	return nil
}

// clauses lists the clauses that a proposal may speak of.
func (p proposing) clauses() []side {
	var out []side
	for i, c := range p.version.Clauses {
		out = append(out, side{c.ID, page.Title(p.version.Text, i)})
	}
	return out
}

// table reads a filled-in form as an act. An own live proposal that the new one
// would stand beside is replaced by it.
func (v sight) tableOf(f url.Values) text.Table {
	a := text.Table{
		ID: f.Get("key"), Kind: text.Kind(f.Get("kind")), Version: f.Get("version"), Clause: f.Get("clause"), After: f.Get("after"),
		Words: f.Get("words"), Reason: f.Get("reason"), Audience: record.Audience(f.Get("audience")),
	}
	switch a.Kind {
	case text.Amend:
		a.After = ""
	case text.Insert:
		a.Clause = ""
	case text.Delete:
		a.Words, a.After = "", ""
	case text.Move:
		a.Words = ""
	}
	if old, there := v.rival(a); there {
		a.Replaces = old.ID
	}
	return a
}

// rival gives the own live proposal that one on the same clause, to the same
// audience, must replace.
func (v sight) rival(a text.Table) (text.ProposalView, bool) {
	to := cmp.Or(a.Audience, record.Internal(v.Lens.Seat))
	wording := func(k text.Kind) bool { return k == text.Amend || k == text.Delete }
	for _, p := range newestFirst(text.SeeProposals(v.Text)) {
		same := p.Clause == a.Clause && a.Clause != "" && p.Version == a.Version && (p.Kind == a.Kind || wording(p.Kind) && wording(a.Kind))
		if v.own(p) && same && slices.ContainsFunc(p.Standing, func(s text.Standing) bool { return s.Audience == to }) {
			return p, true
		}
	}
	return text.ProposalView{}, false
}

// preview shows the bracket that a proposal would make. It writes nothing.
func (s *Server) preview(w http.ResponseWriter, r *http.Request) {
	st, err := s.formFor(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	var shown string
	err = s.sight(r.Context(), st, func(v sight) error {
		shown = markup(v.preview(st.actor(), r.PostForm))
		return nil
	})
	switch {
	case err != nil:
		s.fail(w, r, err)
	case r.PostForm.Get("part") == "preview":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = previewPart(made(shown)).Render(r.Context(), w)
	default:
		s.again(w, r, seePropose, "propose", http.StatusOK, Form{preview: made(shown)})
	}
}

// preview makes what is shown of a proposal that is not made yet.
func (v sight) preview(by record.Actor, f url.Values) templ.Component {
	a := v.tableOf(f)
	made, err := text.Preview(v.Text, by, a, consent.SeeSupporters(v.Consent))
	if err != nil {
		words, hint := explain(err)
		return previewRefused(words, hint)
	}
	view := v.specimen(made.Text)
	old, replaces := v.rival(a)
	return previewShown(v, view, made, cmp.Or(a.Audience, record.Internal(v.Lens.Seat)), old, replaces)
}

// propose tables a proposal.
func (s *Server) propose(w http.ResponseWriter, r *http.Request) {
	s.filled(w, r, seePropose, func(ctx context.Context, st sitter, f url.Values) (string, error) {
		var a text.Table
		err := s.sight(ctx, st, func(v sight) error {
			a = v.tableOf(f)
			return nil
		})
		if err != nil {
			return "", err
		}
		if _, err = s.desk.Do(ctx, st.process, st.actor(), f.Get("key"), a); err != nil {
			return "", err
		}
		if at := cmp.Or(a.Clause, a.After); at != "" {
			return processPath(st.process, "clauses/"+at+"?done=proposed#proposal-"+a.ID), nil
		}
		return processPath(st.process, "proposals?done=proposed#proposal-"+a.ID), nil
	})
}

// withdraw takes an own proposal back.
func (s *Server) withdraw(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("proposal")
	s.filled(w, r, nil, func(ctx context.Context, st sitter, f url.Values) (string, error) {
		_, err := s.desk.Do(ctx, st.process, st.actor(), "withdraw:"+id, text.Withdraw{Proposal: id, Reason: f.Get("reason")})
		return s.backTo(ctx, st, id, "withdrawn"), err
	})
}

// clear puts an own proposal before a further audience.
func (s *Server) clear(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("proposal")
	s.filled(w, r, nil, func(ctx context.Context, st sitter, f url.Values) (string, error) {
		a := text.Clear{Proposal: id, To: record.Audience(f.Get("audience")), Reason: f.Get("reason")}
		err := s.sight(ctx, st, func(v sight) error {
			p, there := text.SeeProposal(v.Text, id)
			if !there {
				return fault.NotFound("no such proposal")
			}
			a.Replaces = ""
			if old, rival := v.rival(text.Table{Kind: p.Kind, Version: p.Version, Clause: p.Clause, Audience: a.To}); rival && old.ID != id {
				a.Replaces = old.ID
			}
			return nil
		})
		if err != nil {
			return "", err
		}
		if err := s.needs(st.caller, "put this proposal before a wider audience: "+string(a.To)); err != nil {
			return "", err
		}
		_, err = s.desk.Do(ctx, st.process, st.actor(), "clear:"+id+":"+string(a.To), a)
		return s.backTo(ctx, st, id, "cleared"), err
	})
}

// backTo is the page of a proposal, after something was done with it.
func (s *Server) backTo(ctx context.Context, st sitter, id, done string) string {
	back := processPath(st.process, "proposals?done="+done+"#proposal-"+id)
	_ = s.sight(ctx, st, func(v sight) error { // without it the list of all serves
		if p, there := text.SeeProposal(v.Text, id); there && cmp.Or(p.Clause, p.After) != "" {
			back = v.path("clauses/" + cmp.Or(p.Clause, p.After) + "?done=" + done + "#proposal-" + id)
		}
		return nil
	})
	return back
}

// filled does what a filled-in form asks for and goes where that leads. When it
// is refused, the form is shown again with what was written in it; a nil look
// has no form to show.
func (s *Server) filled(w http.ResponseWriter, r *http.Request, l look, do func(context.Context, sitter, url.Values) (string, error)) {
	s.formed(w, r, l, "", func(ctx context.Context, st sitter, f url.Values) (answer, error) { return to(do(ctx, st, f)) })
}

// formed is filled for a form that may be answered by a page right here. Its own
// page is at a path within the process, "at"; empty when it is where it is sent.
func (s *Server) formed(w http.ResponseWriter, r *http.Request, l look, at string, do func(context.Context, sitter, url.Values) (answer, error)) {
	st, err := s.formFor(r)
	if err == nil && l != nil && len(r.PostForm.Get("key")) < 16 {
		err = errBrief
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	a, err := do(r.Context(), st, r.PostForm)
	switch {
	case err == nil:
		s.answered(w, r, a)
	case l == nil || !again(err):
		s.refused(w, r, err)
	default:
		words, hint := explain(err)
		s.again(w, r, l, at, statuses[fault.KindOf(err)], Form{Wrong: words, Hint: hint})
	}
}

// formFor reads a form, and finds who sends it. What the one who asks cannot see is
// not there to act in: nothing is read then of what was sent.
func (s *Server) formFor(r *http.Request) (sitter, error) {
	st, err := s.sitter(r)
	if err == nil {
		err = s.sight(r.Context(), st, func(sight) error { return nil })
	}
	if err == nil {
		err = filledIn(r)
	}
	return st, err
}

// again shows a form with what was written in it. Its page is looked up by what
// the form itself says it is about.
func (s *Server) again(w http.ResponseWriter, r *http.Request, l look, at string, status int, form Form) {
	about := url.Values{}
	for _, name := range []string{"kind", "clause", "after"} {
		if v := r.PostForm.Get(name); v != "" {
			about.Set(name, v)
		}
	}
	get := r.Clone(r.Context())
	get.URL = &url.URL{Path: r.URL.Path, RawQuery: about.Encode()}
	if at != "" {
		get.URL.Path = processPath(record.ProcessID(r.PathValue("process")), at)
	}
	form.Key, form.filled = cmp.Or(r.PostForm.Get("key"), s.options.Key()), r.PostForm
	s.show(w, get, l, status, form)
}

// sight looks once at a process as a sitter sees it.
func (s *Server) sight(ctx context.Context, st sitter, see func(sight) error) error {
	return s.desk.LookAs(ctx, st.process, st.actor(), func(v desk.View) error {
		sees, err := newSight(st.process, v)
		if err != nil {
			return err
		}
		return see(sees)
	})
}
