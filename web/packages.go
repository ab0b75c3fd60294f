package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"paraph/bargain"
	"paraph/desk"
	"paraph/fault"
	"paraph/page"
	"paraph/record"
	"paraph/text"
)

// packaging is the form of a package that is tabled or amended: values alone.
type packaging struct {
	path    string
	own     record.Seat
	begin   []bargain.Choice
	title   string
	issues  []bargain.IssueView // that stand
	parties []SeatName
	clauses []side // that it may rest on
	others  []side // packages that it may rest on
	settled []side // packages that it may better
	readers []choice
}

// seePackageNew is the form for a package: ?from=ID begins with another's choices,
// ?choice=0:ISSUE with these.
func seePackageNew(v sight, r *http.Request) (*Page, error) {
	p := &Page{Title: "Table a package", Section: bargainSection, Frozen: true, Areas: []string{"bargain"}}
	k := v.packaging()
	if id := r.URL.Query().Get("from"); id != "" {
		from, there := bargain.SeePackage(v.Bargain, id, v.current())
		if !there {
			return nil, fault.NotFound("no such package")
		}
		k.begin = from.Choices
	}
	if !v.mayPropose() {
		p.Body = mayNot("table packages")
		return p, nil
	}
	for _, s := range r.URL.Query()["choice"] {
		if c, ok := choiceOf(s); ok {
			k.begin = append(k.begin, c)
		}
	}
	p.Body = packageNewHead(k)
	if len(k.issues) > 0 {
		p.Form = func(f Form) templ.Component { return packageForm(k, f) }
	}
	return p, nil
}

func (v sight) packaging() packaging {
	k := packaging{path: v.path("bargain"), own: v.Lens.Seat, issues: v.openIssues(), readers: v.packageReaders()}
	for _, s := range v.parties() {
		k.parties = append(k.parties, v.seat(s))
	}
	k.clauses = v.restable()
	for _, o := range v.bargaining().live() {
		k.others = append(k.others, side{o.ID, o.Title})
		if o.Status == bargain.Settled {
			k.settled = append(k.settled, side{o.ID, o.Title})
		}
	}
	return k
}

// packageReaders lists to whom a package may be put: the chair's to the parties
// first, a party's to itself.
func (v sight) packageReaders() []choice {
	all := v.audiences()
	if v.chairs() {
		all = []record.Audience{record.Parties, record.Plenary}
	}
	var out []choice
	for _, a := range all {
		out = append(out, choice{string(a), firstUpper(v.audience(a)), v.readers(a)})
	}
	return out
}

// restable lists the clauses that something may rest on, as a form carries them:
// with the version and the words that they have now.
func (v sight) restable() []side {
	latest, _ := text.SeeVersion(v.Text, "")
	var out []side
	for i, c := range latest.Clauses {
		if title := page.Title(latest.Text, i); c.Label != "" || c.Heading != "" {
			out = append(out, side{c.ID, title})
		}
	}
	return out
}

// conditions reads what something rests on: clauses that keep their words, and
// packages that stand.
func (v sight) conditions(clauses, packages []string) ([]bargain.Condition, error) {
	latest, _ := text.SeeVersion(v.Text, "")
	var out []bargain.Condition
	for _, id := range clauses {
		if id == "" {
			continue
		}
		at := slices.IndexFunc(latest.Clauses, func(c text.Clause) bool { return c.ID == id })
		if at < 0 {
			return nil, fault.NotFound("no such clause")
		}
		out = append(out, bargain.Condition{Clause: id, Version: latest.ID, Fingerprint: latest.Clauses[at].Fingerprint})
	}
	for _, id := range packages {
		if id != "" {
			out = append(out, bargain.Condition{Package: id})
		}
	}
	return out, nil
}

// chosen reads the option that a form gives to each issue.
func (k packaging) chosen(f url.Values) []bargain.Choice {
	var out []bargain.Choice
	for i, issue := range k.issues {
		if n, err := strconv.Atoi(f.Get("option-" + strconv.Itoa(i))); err == nil && n >= 0 {
			out = append(out, bargain.Choice{Issue: issue.ID, Option: n})
		}
	}
	return out
}

// ids lists the issues of the form, so that it is known when they have changed.
func (k packaging) ids() string {
	var out []string
	for _, i := range k.issues {
		out = append(out, i.ID)
	}
	return strings.Join(out, " ")
}

// option is the option that the form begins with; "-1" leaves the issue open.
func (k packaging) option(f Form, i int) string {
	return f.or("option-"+strconv.Itoa(i), strconv.Itoa(optionPlace(k.begin, k.issues[i].ID)))
}

func errIssuesMoved() error {
	return fault.Conflict("the issues have changed since you opened the form").With("load the page again and choose again")
}

// tablePackage puts a package on the table.
func (s *Server) tablePackage(w http.ResponseWriter, r *http.Request) {
	s.formed(w, r, seePackageNew, "bargain/packages/new", func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		a := bargain.TablePackage{ID: f.Get("key"), Title: f.Get("title"), Note: f.Get("note"), After: f.Get("after-package"), Audience: record.Audience(f.Get("audience"))}
		err := s.sight(ctx, st, func(v sight) (err error) {
			if !v.mayPropose() {
				return fault.Forbidden("the seat that you sit in tables no packages")
			}
			k := v.packaging()
			if k.ids() != f.Get("issues") {
				return errIssuesMoved()
			}
			a.Choices = k.chosen(f)
			for _, party := range k.parties {
				if slices.Contains(f["between"], party.Code) {
					a.Between = append(a.Between, record.Seat(party.Code))
				}
			}
			a.If, err = v.conditions(f["if-clause"], f["if-package"])
			return err
		})
		if err != nil {
			return answer{}, err
		}
		_, err = s.desk.Bargain(ctx, st.process, st.actor(), f.Get("key"), a)
		return to(processPath(st.process, "bargain/packages/"+a.ID+"?done=tabled"), err)
	})
}

// packaged is one package with all that one lens reads of it: for its forms, values
// alone.
type packaged struct {
	packaging
	bargain.PackageView
	words    bargain.WordsView
	responds bool
	owns     bool
	puts     bool // the chair may put its words before the parties
	answers  []choice
}

// seePackage is one package: what it decides, the clauses that it gives, who said
// what of it.
func seePackage(v sight, r *http.Request) (*Page, error) {
	k, err := v.packaged(r.PathValue("package"))
	if err != nil {
		return nil, err
	}
	state := &Fragment{ID: "state", Name: "how the package stands", Body: packageState(v, k)}
	words := &Fragment{ID: "words", Name: "the words of the package", Body: packageWording(v, k)}
	p := &Page{
		Title: k.Title, Section: bargainSection, Areas: []string{"bargain", "versions", "text"},
		Live: []*Fragment{state, words}, Body: packagePage(v, k, state, words),
	}
	if k.responds || k.owns || k.puts {
		p.Form = func(f Form) templ.Component { return packageForms(k, f) }
	}
	return p, nil
}

func (v sight) packaged(id string) (packaged, error) {
	seen, there := bargain.SeePackage(v.Bargain, id, v.current())
	if !there {
		return packaged{}, fault.NotFound("no such package")
	}
	k := packaged{packaging: v.packaging(), PackageView: seen, responds: v.Lens.Role == record.Party && v.responds(seen)}
	k.owns = seen.Seat == v.Lens.Seat && seen.Seat != "" && seen.Status != bargain.Withdrawn
	k.begin = seen.Choices
	words, err := v.wordsOf(seen)
	if err != nil {
		return packaged{}, err
	}
	k.words = words
	k.puts = v.chairs() && !shut(seen.Status) && len(words.Clauses) > 0
	for _, a := range v.audiences() {
		if a.Name() != "internal" || a == seen.Audience {
			k.answers = append(k.answers, choice{string(a), firstUpper(v.audience(a)), v.readers(a)})
		}
	}
	return k, nil
}

// wordsOf turns a package back into words, beside each party's own wording as this
// lens reads it.
func (v sight) wordsOf(p bargain.PackageView) (bargain.WordsView, error) {
	return desk.Words(v.View, p.Choices, v.parties())
}

// conditionWords says what something rests on.
func (v sight) conditionWords(c bargain.Condition) string {
	if c.Package != "" {
		p, _ := bargain.SeePackage(v.Bargain, c.Package, nil)
		return "the package “" + cmp.Or(p.Title, "?") + "” stands"
	}
	return v.clauseLabel(c.Clause) + " stays as it is in " + v.symbol(c.Version)
}

// amendPackage gives an own package other choices.
func (s *Server) amendPackage(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("package")
	s.formed(w, r, seePackage, "bargain/packages/"+url.PathEscape(id), func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		a := bargain.AmendPackage{Package: id, Note: f.Get("note")}
		err := s.sight(ctx, st, func(v sight) error {
			old, there := bargain.SeePackage(v.Bargain, id, v.current())
			if !there {
				return fault.NotFound("no such package")
			}
			k := v.packaging()
			if k.ids() != f.Get("issues") {
				return errIssuesMoved()
			}
			a.Choices, a.If = k.chosen(f), old.If
			return nil
		})
		if err != nil {
			return answer{}, err
		}
		_, err = s.desk.Bargain(ctx, st.process, st.actor(), f.Get("key"), a)
		return to(processPath(st.process, "bargain/packages/"+id+"?done=amended"), err)
	})
}

// withdrawPackage takes an own package back.
func (s *Server) withdrawPackage(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("package")
	s.filled(w, r, nil, func(ctx context.Context, st sitter, f url.Values) (string, error) {
		_, err := s.desk.Bargain(ctx, st.process, st.actor(), "withdraw:"+id, bargain.WithdrawPackage{Package: id, Reason: f.Get("reason")})
		return processPath(st.process, "bargain/packages/"+id+"?done=retired"), err
	})
}

// respondPackage accepts or declines a package.
func (s *Server) respondPackage(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("package")
	s.formed(w, r, seePackage, "bargain/packages/"+url.PathEscape(id), func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		revision, _ := strconv.Atoi(f.Get("revision"))
		a := bargain.RespondPackage{
			Package: id, Revision: revision, Response: bargain.Response(f.Get("response")), Note: f.Get("note"), Audience: record.Audience(f.Get("audience")),
		}
		if a.Response == bargain.Accept {
			if err := s.needs(st.caller, "accept this package for "+string(st.lens.Seat)); err != nil {
				return answer{}, err
			}
		}
		_, err := s.desk.Bargain(ctx, st.process, st.actor(), f.Get("key"), a)
		return to(processPath(st.process, "bargain/packages/"+id+"?done=responded"), err)
	})
}

// putPackage puts the clauses that a package gives before its readers, as the
// chair's proposals.
func (s *Server) putPackage(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("package")
	s.formed(w, r, seePackage, "bargain/packages/"+url.PathEscape(id), func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		var acts []text.Table
		err := s.sight(ctx, st, func(v sight) error {
			k, err := v.packaged(id)
			if err != nil {
				return err
			}
			if !k.puts {
				return fault.Forbidden("it is the chair who puts the words of a package that stands to the text")
			}
			acts, err = desk.Proposals(v.View, k.Choices, f.Get("key"), "As in the package “"+k.Title+"”.", k.Audience)
			return err
		})
		if err != nil {
			return answer{}, err
		}
		for _, a := range acts {
			if _, err := s.desk.Do(ctx, st.process, st.actor(), a.ID, a); err != nil {
				return answer{}, err
			}
		}
		return to(processPath(st.process, "proposals?seat="+string(st.lens.Seat)+"&done=put"), nil)
	})
}
