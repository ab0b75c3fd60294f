package web

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"paraph/bargain"
	"paraph/elicit"
	"paraph/fault"
	"paraph/record"
	"paraph/settle"
)

// eliciting is the form on which a party says what it prefers: values alone, so that
// it outlives the look.
type eliciting struct {
	path    string // of the process's pages
	method  elicit.Method
	ids     []string // of the issues, in the order of answers
	issues  []settle.Issue
	answers elicit.Answers
	kept    bool // there are preferences
	asked   bool // they were found by asking, and not given as worths
	stale   bool // they are for other issues
	next    *elicit.Pick
	widest  string // how much is open of the worth that is known least
	aside   []int  // picks that contradict others
}

// ways says each method in words, in the order of elicit.Methods.
var ways = map[elicit.Method]struct{ Name, Words string }{
	elicit.Ranking: {"Ranking", "Say which issue matters most to you, which second, and which option of each you like best. The quickest; it leaves most open."},
	elicit.Swing:   {"Swing", "Imagine the worst package for you. The issue that you would first bring from its worst option to its best gets 100; the others get points in proportion to that."},
	elicit.Weights: {"Weights", "Give each issue points for how much it counts, and each option points from 0 to 100. Only proportions between issues count."},
	elicit.Pairs:   {"Pairs", "Rank the options; then choose between two gains at a time. Each question is the one whose answer tells most."},
}

// seePreferences is the form of the own preferences: ?method=swing.
func seePreferences(v sight, r *http.Request) (*Page, error) {
	p := &Page{Title: "Your preferences", Section: bargainSection, Frozen: true, Areas: []string{"bargain"}}
	if v.Lens.Role != record.Party {
		p.Body = noPreferences()
		return p, nil
	}
	a := v.eliciting()
	if m := elicit.Method(r.URL.Query().Get("method")); m != "" {
		if !slices.Contains(elicit.Methods(), m) {
			return nil, fault.NotFound("no such way of eliciting")
		}
		a.method = m
	}
	a.work()
	p.Body = preferencesHead(a)
	if len(a.issues) > 0 {
		p.Form = func(f Form) templ.Component { return preferencesForm(a, f) }
	}
	return p, nil
}

// eliciting gives the form as it begins: with what was answered before, as far as it
// is about issues that still stand.
func (v sight) eliciting() eliciting {
	a := eliciting{path: v.path("bargain"), method: elicit.Ranking}
	for _, issue := range v.openIssues() {
		a.ids = append(a.ids, issue.ID)
		a.issues = append(a.issues, settleIssue(issue))
	}
	kept, there := v.preference()
	a.kept, a.stale = there, there && kept.Stale
	a.answers = emptyAnswers(a.issues)
	if there {
		a.answers = carried(kept, a.ids, a.answers)
		a.asked = a.answers.Method != ""
		if a.asked {
			a.method = a.answers.Method
		}
	}
	return a
}

// settleIssue gives an issue as the engine knows it.
func settleIssue(i bargain.IssueView) settle.Issue {
	out := settle.Issue{Name: i.Name}
	for _, o := range i.Options {
		out.Options = append(out.Options, o.Name)
	}
	return out
}

func emptyAnswers(issues []settle.Issue) elicit.Answers {
	var out elicit.Answers
	for _, issue := range issues {
		out.Issues = append(out.Issues, elicit.IssueAnswer{Options: make([]elicit.OptionAnswer, len(issue.Options))})
	}
	return out
}

// carried takes over from earlier answers what is about issues that stand as they
// did: an issue keeps its id as long as its options are the same.
func carried(kept bargain.PreferenceView, ids []string, into elicit.Answers) elicit.Answers {
	var old elicit.Answers
	if json.Unmarshal([]byte(kept.Answers), &old) != nil || len(old.Issues) != len(kept.Issues) || !slices.Contains(elicit.Methods(), old.Method) {
		return into
	}
	into.Method = old.Method
	place := map[int]int{} // from the old places of issues to the new
	for i, id := range ids {
		j := slices.Index(kept.Issues, id)
		if j >= 0 && len(old.Issues[j].Options) == len(into.Issues[i].Options) {
			into.Issues[i], place[j] = old.Issues[j], i
		}
	}
	for _, p := range old.Picks {
		left, there := place[p.Left.Issue]
		right, both := place[p.Right.Issue]
		if there && both {
			p.Left.Issue, p.Right.Issue = left, right
			into.Picks = append(into.Picks, p)
		}
	}
	into.Floor.Worth = old.Floor.Worth
	if slices.Equal(kept.Issues, ids) {
		into.Floor.Package = old.Floor.Package
	}
	return into
}

// work finds what the answers leave open, for the method that asks on.
func (a *eliciting) work() {
	a.answers.Method = a.method
	if a.method != elicit.Pairs || !a.asked {
		return
	}
	found, err := elicit.Worths(a.issues, a.answers)
	if err != nil {
		return
	}
	for _, c := range found.Conflicts {
		a.aside = append(a.aside, c.Pick)
	}
	if p, more := found.Next(a.issues, a.answers); more {
		a.next = &p
	}
	widest := new(big.Rat)
	for _, row := range found.Worths {
		for _, w := range row {
			if n := w.Width(); n.Cmp(widest) > 0 {
				widest = n
			}
		}
	}
	a.widest = elicit.Number(widest)
}

// name is the name of a field about an issue, or about an option of it.
func (a eliciting) name(what string, at ...int) string {
	for _, n := range at {
		what += "-" + strconv.Itoa(n)
	}
	return what
}

// rank is what a field of a rank begins from.
func (a eliciting) rank(f Form, name string, n int) string { return f.or(name, strconv.Itoa(n)) }

// floorHow says how the worth of no deal was given.
func (a eliciting) floorHow() string {
	switch {
	case a.answers.Floor.Package != nil:
		return "package"
	case a.answers.Floor.Worth.From != nil:
		return "number"
	}
	return "unknown"
}

// floorOption is the option of an issue in the package that is as good as no deal.
func (a eliciting) floorOption(i int) int {
	if i < len(a.answers.Floor.Package) {
		return a.answers.Floor.Package[i]
	}
	return -1
}

// prefer keeps the own preferences: as the form has them, with one choice more, or
// with choices changed.
func (s *Server) prefer(w http.ResponseWriter, r *http.Request) {
	s.formed(w, r, seePreferences, "", func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		var act bargain.Prefer
		err := s.sight(ctx, st, func(v sight) error {
			if v.Lens.Role != record.Party {
				return fault.Forbidden("the seat that you sit in has no preferences here")
			}
			a := v.eliciting()
			if f.Get("issues") != strings.Join(a.ids, " ") {
				return fault.Conflict("the issues have changed since you opened the form").With("look at them again; what you answered of the others is kept")
			}
			if err := a.read(f); err != nil {
				return err
			}
			found, err := elicit.Worths(a.issues, a.answers)
			if err != nil {
				return err
			}
			raw, err := json.Marshal(a.answers)
			act = bargain.Prefer{Issues: a.ids, Party: found.Party, Method: string(a.method), Answers: string(raw)}
			return err
		})
		if err != nil {
			return answer{}, err
		}
		_, err = s.desk.Bargain(ctx, st.process, st.actor(), f.Get("key"), act)
		return to(processPath(st.process, afterPreferring(f, act.Method)), err)
	})
}

// afterPreferring is where a form of preferences leads.
func afterPreferring(f url.Values, method string) string {
	switch f.Get("do") {
	case "save":
		return "bargain/preferences?method=" + method + "&done=kept"
	case "pick", "change":
		return "bargain/preferences?method=" + method + "#question"
	}
	if method == string(elicit.Pairs) && f.Get("do") == "ask" {
		return "bargain/preferences?method=" + method + "&done=kept#question"
	}
	return "bargain/preferences/review?done=kept"
}

// read takes the fields of a form over what was answered before.
func (a *eliciting) read(f url.Values) error {
	a.method = elicit.Method(f.Get("method"))
	if !slices.Contains(elicit.Methods(), a.method) {
		return fault.Invalid("the form does not say how it asks").With("load the page again and send it from there")
	}
	a.answers.Method = a.method
	switch f.Get("do") {
	case "pick":
		return a.pick(f)
	case "change":
		a.change(f)
		return nil
	}
	for i := range a.issues {
		if err := a.readIssue(f, i); err != nil {
			return err
		}
	}
	return a.readFloor(f)
}

func (a *eliciting) readIssue(f url.Values, i int) error {
	said := &a.answers.Issues[i]
	said.Options = slices.Clone(said.Options)
	var err error
	if name := a.name("rank", i); f.Has(name) {
		if said.Rank, err = rankOf(f.Get(name)); err != nil {
			return err
		}
	}
	if name := a.name("points", i); f.Has(name) {
		if said.Points, err = elicit.ParseSpan(f.Get(name)); err != nil {
			return of(a.issues[i].Name, err)
		}
	}
	for o := range said.Options {
		if name := a.name("rank", i, o); f.Has(name) {
			if said.Options[o].Rank, err = rankOf(f.Get(name)); err != nil {
				return err
			}
		}
		if name := a.name("points", i, o); f.Has(name) {
			if said.Options[o].Points, err = elicit.ParseSpan(f.Get(name)); err != nil {
				return of(a.issues[i].Name+", "+a.issues[i].Options[o], err)
			}
		}
	}
	return nil
}

// of says of what a refusal is.
func of(what string, err error) error {
	if known, ok := errors.AsType[*fault.Error](err); ok {
		return fault.Invalid("%s: %s", what, known.Words).With("%s", known.Hint)
	}
	return err
}

func rankOf(s string) (int, error) {
	n, err := strconv.Atoi(cmp.Or(s, "0"))
	if err != nil || n < 0 || n > 1000 {
		return 0, fault.Invalid("a rank is a whole number, or nothing when you don't know")
	}
	return n, nil
}

func (a *eliciting) readFloor(f url.Values) error {
	a.answers.Floor = elicit.Floor{}
	switch f.Get("floor-how") {
	case "number":
		span, err := elicit.ParseSpan(f.Get("floor"))
		if err != nil {
			return of("No deal", err)
		}
		a.answers.Floor.Worth = span
	case "package":
		for i := range a.issues {
			o, err := strconv.Atoi(cmp.Or(f.Get(a.name("floor", i)), "-1"))
			if err != nil {
				return fault.Invalid("the package that is as good as no deal names no option of %q", a.issues[i].Name)
			}
			a.answers.Floor.Package = append(a.answers.Floor.Package, o)
		}
	}
	return nil
}

// pick adds the choice that the form asks for.
func (a *eliciting) pick(f url.Values) error {
	var p elicit.Pick
	for _, side := range []struct {
		name string
		gain *elicit.Gain
	}{{"left", &p.Left}, {"right", &p.Right}} {
		if _, err := fmt.Sscanf(f.Get(side.name), "%d-%d-%d", &side.gain.Issue, &side.gain.Get, &side.gain.Over); err != nil {
			return fault.Invalid("the form does not say between what you chose").With("load the page again and send it from there")
		}
	}
	p.Answer = elicit.Verdict(f.Get("answer"))
	a.answers.Picks = append(slices.Clone(a.answers.Picks), p)
	return nil
}

// gainValue writes a gain as a form carries it.
func gainValue(g elicit.Gain) string { return fmt.Sprintf("%d-%d-%d", g.Issue, g.Get, g.Over) }

// change changes or takes back choices made before.
func (a *eliciting) change(f url.Values) {
	var out []elicit.Pick
	for n, p := range a.answers.Picks {
		said := f.Get(a.name("pick", n))
		if said == "forget" {
			continue
		}
		if said != "" {
			p.Answer = elicit.Verdict(said)
		}
		out = append(out, p)
	}
	a.answers.Picks = out
}
