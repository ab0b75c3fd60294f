package web

import (
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
	"paraph/record"
)

// bargainSection is the entry of the menu under which all of settlement stands.
const bargainSection = "Settlement"

// bargaining is what is to be settled as one lens reads it.
type bargaining struct {
	sight
	issues   []bargain.IssueView
	rules    []bargain.RuleView
	packages []bargain.PackageView
	tests    []bargain.TestView
	lendings []bargain.LendingView
	waits    []waiting
}

// waiting is something that waits for the own seat.
type waiting struct{ Words, Path string }

// seeBargain is the overview: what packages decide, which are on the table, whom
// something waits for.
func seeBargain(v sight, _ *http.Request) (*Page, error) {
	b := v.bargaining()
	turn := &Fragment{ID: "turn", Name: "what waits for you", Body: bargainTurn(b)}
	issues := &Fragment{ID: "issues", Name: "the issues", Body: bargainIssues(b)}
	packages := &Fragment{ID: "packages", Name: "the packages", Body: bargainPackages(b)}
	tests := &Fragment{ID: "tests", Name: "the sealed tests", Body: bargainTests(b)}
	lent := &Fragment{ID: "lent", Name: "what is lent", Body: bargainLent(b)}
	return &Page{
		Title: "Settlement", Section: bargainSection, Areas: []string{"bargain", "versions", "roster"},
		Live: []*Fragment{turn, issues, packages, tests, lent}, Body: bargainPage(b, turn, issues, packages, tests, lent),
	}, nil
}

func (v sight) bargaining() bargaining {
	now := v.current()
	b := bargaining{
		sight: v, issues: bargain.SeeIssues(v.Bargain, now), rules: bargain.SeeRules(v.Bargain, now), packages: bargain.SeePackages(v.Bargain, now),
		tests: bargain.SeeTests(v.Bargain, now), lendings: bargain.SeeLendings(v.Bargain, now),
	}
	b.waits = b.waiting()
	return b
}

// current gives the fingerprint that a clause has in the latest version.
func (v sight) current() bargain.Current { return desk.Current(v.View) }

// openIssues gives the issues that packages can decide now.
func (v sight) openIssues() []bargain.IssueView {
	return slices.DeleteFunc(bargain.SeeIssues(v.Bargain, v.current()), func(i bargain.IssueView) bool { return i.Standing != bargain.Stands })
}

// preference gives the own preferences that were kept last.
func (v sight) preference() (bargain.PreferenceView, bool) {
	if v.Lens.Role != record.Party {
		return bargain.PreferenceView{}, false
	}
	all := bargain.SeePreferences(v.Bargain, v.Lens.Seat, v.current())
	if len(all) == 0 {
		return bargain.PreferenceView{}, false
	}
	return all[0], true
}

// lending gives what the own seat has lent, as long as it stands.
func (v sight) lending() (bargain.LendingView, bool) {
	for _, l := range bargain.SeeLendings(v.Bargain, v.current()) {
		if l.Seat == v.Lens.Seat && !l.Revoked {
			return l, true
		}
	}
	return bargain.LendingView{}, false
}

// parties lists the seats whose consent is needed.
func (v sight) parties() []record.Seat {
	var out []record.Seat
	for _, s := range v.table.Seats {
		if s.Role == record.Party {
			out = append(out, s.Seat)
		}
	}
	return out
}

// chairs tells whether the own seat is the chair's.
func (v sight) chairs() bool { return v.Lens.Role == record.Chair }

// waiting lists what the own seat has still to do.
func (b bargaining) waiting() []waiting {
	var out []waiting
	for _, t := range b.tests {
		if b.mayAnswer(t) {
			out = append(out, waiting{"Answer the sealed test: " + t.Question, b.path("bargain/tests/" + t.ID)})
		}
	}
	for _, p := range b.packages {
		if b.mayRespond(p) {
			out = append(out, waiting{"Say what you think of the package: " + p.Title, b.path("bargain/packages/" + p.ID)})
		}
	}
	if b.Lens.Role == record.Party {
		open := slices.ContainsFunc(b.issues, func(i bargain.IssueView) bool { return i.Standing == bargain.Stands })
		switch kept, there := b.preference(); {
		case !there && open:
			out = append(out, waiting{"Say what you prefer: it stays in your delegation", b.path("bargain/preferences")})
		case there && kept.Stale:
			out = append(out, waiting{"Look through your preferences: the issues have changed", b.path("bargain/preferences")})
		}
	}
	return out
}

// mayAnswer tells whether the own seat's answer to a test is awaited.
func (v sight) mayAnswer(t bargain.TestView) bool {
	return (t.Stage == bargain.Joining || t.Stage == bargain.Answering) && slices.Contains(t.Asked, v.Lens.Seat) && !slices.Contains(t.Answered, v.Lens.Seat)
}

// mayRespond tells whether the own seat's answer to a package is awaited.
func (v sight) mayRespond(p bargain.PackageView) bool {
	said := slices.ContainsFunc(p.Responses, func(r bargain.ResponseView) bool { return r.Seat == v.Lens.Seat })
	return v.responds(p) && !said
}

// responds tells whether the own seat may accept or decline a package.
func (v sight) responds(p bargain.PackageView) bool {
	return p.Status != bargain.Void && p.Status != bargain.Withdrawn && slices.Contains(p.Between, v.Lens.Seat)
}

// live lists the packages that stand, and past those that do not.
func (b bargaining) live() []bargain.PackageView {
	return slices.DeleteFunc(slices.Clone(b.packages), func(p bargain.PackageView) bool { return shut(p.Status) })
}

func (b bargaining) past() []bargain.PackageView {
	return slices.DeleteFunc(slices.Clone(b.packages), func(p bargain.PackageView) bool { return !shut(p.Status) })
}

func shut(s bargain.Status) bool { return s == bargain.Void || s == bargain.Withdrawn }

// undecidable lists the issues that stand no more.
func (b bargaining) undecidable() []bargain.IssueView {
	return slices.DeleteFunc(slices.Clone(b.issues), func(i bargain.IssueView) bool { return i.Standing == bargain.Stands })
}

// decided lists the issues that stand.
func (b bargaining) decided() []bargain.IssueView {
	return slices.DeleteFunc(slices.Clone(b.issues), func(i bargain.IssueView) bool { return i.Standing != bargain.Stands })
}

// optionOf gives the option that choices take in an issue; empty for none.
func optionOf(choices []bargain.Choice, i bargain.IssueView) string {
	for _, c := range choices {
		if c.Issue == i.ID && c.Option >= 0 && c.Option < len(i.Options) {
			return i.Options[c.Option].Name
		}
	}
	return ""
}

// choiceWords says a choice in words.
func (v sight) choiceWords(all []bargain.Choice) string {
	var out []string
	for _, c := range all {
		if i, there := bargain.SeeIssue(v.Bargain, c.Issue, nil); there && c.Option >= 0 && c.Option < len(i.Options) {
			out = append(out, i.Name+": "+i.Options[c.Option].Name)
		}
	}
	return strings.Join(out, "; ")
}

// ruleWords says a rule in words.
func (v sight) ruleWords(r bargain.RuleView) string {
	switch {
	case len(r.If) == 0:
		return "Always " + v.choiceWords(r.Then)
	case len(r.Then) == 0:
		return "Never together: " + v.choiceWords(r.If)
	}
	return "If " + v.choiceWords(r.If) + ", then " + v.choiceWords(r.Then)
}

// ticking is the form on which the chair makes issues: of brackets of the latest
// version, or in words; and rules.
type ticking struct {
	path    string
	clauses []tickClause
	issues  []bargain.IssueView // that stand, for rules
	readers []choice
	used    map[string]string // names of issues that brackets are made into already, by the bracket's place
}

// tickClause is a clause with its brackets.
type tickClause struct {
	ID, Title string
	Brackets  []bargain.BracketView
}

// seeIssueMaking is where the chair ticks brackets, and makes issues and rules.
func seeIssueMaking(v sight, _ *http.Request) (*Page, error) {
	p := &Page{Title: "Make issues", Section: bargainSection, Frozen: true, Areas: []string{"bargain", "versions"}}
	if !v.chairs() {
		p.Body = mayNotMake()
		return p, nil
	}
	t := ticking{path: v.path("bargain"), issues: v.openIssues(), readers: v.plainReaders()}
	t.clauses, t.used = v.bracketed(), map[string]string{}
	for _, i := range t.issues {
		for _, b := range i.Brackets {
			t.used[bracketPlace(b)] = i.Name
		}
	}
	p.Body = issueMakingHead(t)
	p.Form = func(f Form) templ.Component { return issueMakingForm(t, f) }
	return p, nil
}

// plainReaders lists whom issues, rules, packages and tests are shown to.
func (v sight) plainReaders() []choice {
	var out []choice
	for _, a := range []record.Audience{record.Parties, record.Plenary} {
		out = append(out, choice{string(a), firstUpper(v.audience(a)), v.readers(a)})
	}
	return out
}

// bracketed lists the clauses of the latest version that have brackets of their own.
func (v sight) bracketed() []tickClause {
	var out []tickClause
	for _, b := range desk.Brackets(v.View) {
		if len(out) == 0 || out[len(out)-1].ID != b.Clause {
			out = append(out, tickClause{ID: b.Clause, Title: v.clauseLabel(b.Clause)})
		}
		last := &out[len(out)-1]
		last.Brackets = append(last.Brackets, b)
	}
	return out
}

// makeIssues makes an issue of each ticked bracket, or one of all of them, or one
// without text.
func (s *Server) makeIssues(w http.ResponseWriter, r *http.Request) {
	s.formed(w, r, seeIssueMaking, "bargain/issues", func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		var acts []bargain.MakeIssue
		err := s.sight(ctx, st, func(v sight) (err error) {
			if !v.chairs() {
				return fault.Forbidden("issues are the chair's to make")
			}
			acts, err = v.issuesOf(f)
			return err
		})
		if err != nil {
			return answer{}, err
		}
		for n, a := range acts {
			if _, err := s.desk.Bargain(ctx, st.process, st.actor(), f.Get("key")+":"+strconv.Itoa(n), a); err != nil {
				return answer{}, err
			}
		}
		return to(processPath(st.process, "bargain?done=made#issues"), nil)
	})
}

func (v sight) issuesOf(f url.Values) ([]bargain.MakeIssue, error) {
	to := record.Audience(f.Get("audience"))
	if f.Get("do") == "plain" {
		a := bargain.MakeIssue{ID: f.Get("key"), Name: f.Get("name"), Note: f.Get("note"), Audience: to}
		for line := range strings.SplitSeq(f.Get("options"), "\n") {
			if line = strings.TrimSpace(line); line != "" {
				a.Options = append(a.Options, bargain.Option{Name: line})
			}
		}
		return []bargain.MakeIssue{a}, nil
	}
	var ticked []bargain.MakeIssue
	for _, c := range v.bracketed() {
		for _, b := range c.Brackets {
			place := bracketPlace(b.Bracket)
			if f.Get("tick-"+place) == "" {
				continue
			}
			name := strings.TrimSpace(f.Get("name-" + place))
			if name == "" {
				name = c.Title
			}
			ticked = append(ticked, bargain.MakeIssue{
				ID: f.Get("key") + "-" + strconv.Itoa(len(ticked)), Name: name, Brackets: []bargain.Bracket{b.Bracket}, Options: b.Options, Audience: to,
			})
		}
	}
	if len(ticked) == 0 {
		return nil, fault.Invalid("no bracket is ticked").With("tick the brackets that packages are to decide")
	}
	if f.Get("together") == "yes" && len(ticked) > 1 {
		one := bargain.MakeIssue{ID: f.Get("key"), Name: ticked[0].Name, Audience: to}
		for _, a := range ticked {
			one.Brackets = append(one.Brackets, a.Brackets...)
		}
		ticked = []bargain.MakeIssue{one}
	}
	return ticked, nil
}

// dropIssue takes an issue from the table.
func (s *Server) dropIssue(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("issue")
	s.filled(w, r, nil, func(ctx context.Context, st sitter, f url.Values) (string, error) {
		_, err := s.desk.Bargain(ctx, st.process, st.actor(), "drop:"+id, bargain.DropIssue{Issue: id, Reason: f.Get("reason")})
		return processPath(st.process, "bargain?done=dropped#issues"), err
	})
}

// addRule makes some packages impossible.
func (s *Server) addRule(w http.ResponseWriter, r *http.Request) {
	s.formed(w, r, seeIssueMaking, "bargain/issues", func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		a := bargain.AddRule{ID: f.Get("key"), Reason: f.Get("reason"), Audience: record.Audience(f.Get("audience"))}
		first, one := choiceOf(f.Get("if"))
		second, two := choiceOf(f.Get("then"))
		if !one || !two {
			return answer{}, fault.Invalid("a rule needs two options").With("choose one in each list")
		}
		a.If, a.Then = []bargain.Choice{first}, []bargain.Choice{second}
		if f.Get("how") == "never" {
			a.If, a.Then = append(a.If, second), nil
		}
		_, err := s.desk.Bargain(ctx, st.process, st.actor(), f.Get("key"), a)
		return to(processPath(st.process, "bargain?done=ruled#issues"), err)
	})
}

// dropRule takes a rule back.
func (s *Server) dropRule(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("rule")
	s.filled(w, r, nil, func(ctx context.Context, st sitter, f url.Values) (string, error) {
		_, err := s.desk.Bargain(ctx, st.process, st.actor(), "unrule:"+id, bargain.DropRule{Rule: id, Reason: f.Get("reason")})
		return processPath(st.process, "bargain?done=unruled#issues"), err
	})
}

// choiceValue writes a choice as a form carries it, and choiceOf reads it.
func choiceValue(c bargain.Choice) string { return strconv.Itoa(c.Option) + ":" + c.Issue }

func choiceOf(s string) (bargain.Choice, bool) {
	n, issue, there := strings.Cut(s, ":")
	option, err := strconv.Atoi(n)
	return bargain.Choice{Issue: issue, Option: option}, there && err == nil
}

func join(all []string) string { return strings.Join(all, " ") }

// clausePath is the page of a clause, from the path of settlement.
func clausePath(at, clause string) string {
	return strings.TrimSuffix(at, "bargain") + "clauses/" + clause
}
