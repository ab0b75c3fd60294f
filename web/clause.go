package web

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"paraph/consent"
	"paraph/draft"
	"paraph/fault"
	"paraph/page"
	"paraph/record"
	"paraph/text"
)

// clause is one clause with all that this lens reads of it.
type clause struct {
	sight
	text.ClauseView
	latest    text.VersionView
	positions []consent.PositionView
	consents  []consent.ConsentView
	onOwn     map[string][]consent.PositionView // positions on its proposals, by the proposal's id
}

// seeClause is a clause: how it reads now, in each version before, what is
// proposed for it, and what seats think of it and have consented to.
func seeClause(v sight, r *http.Request) (*Page, error) {
	c, err := v.clause(r.PathValue("clause"))
	if err != nil {
		return nil, err
	}
	name := c.name()
	roll, err := v.rollingText("")
	if err != nil {
		return nil, err
	}
	now := &Fragment{ID: "now", Name: "the words of " + name, Body: clauseNow(c, c.now(roll))}
	proposals := &Fragment{ID: "proposals", Name: "the proposals on " + name, Body: clauseProposals(c)}
	said := &Fragment{ID: "positions", Name: "the positions on " + name, Body: clausePositions(c)}
	history := &Fragment{ID: "history", Name: "the versions of " + name, Body: clauseHistory(c)}
	p := &Page{
		Title: firstUpper(name), Section: "Text", Version: v.identity(c.latest),
		Areas: []string{"text", "versions", "positions", "roster"},
		Live:  []*Fragment{now, proposals, said, history},
	}
	p.Body = clausePage(c, now, proposals, said, history)
	return p, nil
}

// clause gives a clause by its permanent id.
func (v sight) clause(id string) (clause, error) {
	seen, there := text.SeeClause(v.Text, id)
	if !there {
		return clause{}, fault.NotFound("no such clause")
	}
	c := clause{sight: v, ClauseView: seen, onOwn: map[string][]consent.PositionView{}}
	c.latest, _ = text.SeeVersion(v.Text, "")
	c.positions = consent.SeePositions(v.Consent, record.NewRef("clause", id))
	c.consents = consent.SeeConsents(v.Consent, id)
	for _, p := range seen.Proposals {
		c.onOwn[p.ID] = consent.SeePositions(v.Consent, record.NewRef("proposal", p.ID))
	}
	return c, nil
}

// now gives the blocks of the clause in the rolling text; none when the latest
// version does not have it.
func (c clause) now(roll text.RollingView) []templ.Component {
	view := c.specimen(roll.Text)
	var out []templ.Component
	for _, rc := range roll.Clauses {
		if rc.ID == c.ID {
			for i := rc.First; i < rc.Last; i++ {
				out = append(out, view.Clause(i))
			}
		}
	}
	return out
}

// name is what the clause is called where it stood last.
func (c clause) name() string {
	version, _ := text.SeeVersion(c.Text, c.last().Version)
	return page.Title(version.Text, c.last().Place)
}

// last gives the words of the clause in the latest version that has it.
func (c clause) last() text.ClauseWords { return c.Words[len(c.Words)-1] }

// gone tells whether the latest version has the clause no more.
func (c clause) gone() bool { return c.last().Version != c.latest.ID }

// void tells whether a consent was given to words that are not the clause's any
// more.
func (c clause) void(given consent.ConsentView) bool {
	return given.Fingerprint != c.last().Fingerprint
}

// step is a clause in one version, against the version before that has it.
type step struct {
	text.ClauseWords
	Change templ.Component // nil for the first, and where nothing changed
	First  templ.Component // the words, for the first
}

// steps gives the versions of the clause, the newest first.
func (c clause) steps() []step {
	var out []step
	for i, w := range c.Words {
		s := step{ClauseWords: w}
		switch {
		case i == 0:
			s.First = c.words(w.Words)
		case w.Changed || w.Label != c.Words[i-1].Label:
			s.Change = c.change(c.Words[i-1].Words, w.Words)
		}
		out = append(out, s)
	}
	slices.Reverse(out)
	return out
}

// words shows a wording with its brackets.
func (v sight) words(words string) templ.Component {
	t, err := draft.Parse(words, v.seats()...)
	if err != nil {
		return plainWords(words)
	}
	return v.specimen(t)
}

// specimen is a text that stands under a heading of the page, without ids.
func (v sight) specimen(t *draft.Text) page.TextView {
	view := v.textView(t)
	view.Heading++
	view.ID = func(int) string { return "" }
	return view
}

// change shows what became of a wording.
func (v sight) change(before, after string) templ.Component {
	old, err := draft.Parse(before, v.seats()...)
	if err != nil {
		return plainWords(after)
	}
	now, err := draft.Parse(after, v.seats()...)
	if err != nil {
		return plainWords(after)
	}
	return page.ComparisonView{Comparison: draft.Compare(old, now), All: true, Prefix: "x"}
}

// proposed shows what a proposal says: for an amendment the change that it
// makes to the version that it is on.
func (v sight) proposed(p text.ProposalView) templ.Component {
	switch p.Kind {
	case text.Insert:
		return v.words(p.Words)
	case text.Delete:
		return plainWords("The clause goes out.")
	case text.Move:
		after := v.clauseLabel(p.After)
		if p.After == "" {
			return plainWords("The clause goes to the beginning.")
		}
		return plainWords("The clause goes after " + after + ".")
	}
	if seen, there := text.SeeClause(v.Text, p.Clause); there {
		for _, w := range seen.Words {
			if w.Version == p.Version {
				return v.change(w.Words, p.Words)
			}
		}
	}
	return v.words(p.Words)
}

func (v sight) clauseLabel(id string) string {
	if c, err := v.clause(id); err == nil {
		return c.name()
	}
	return "a clause"
}

// symbol gives the symbol of a version.
func (v sight) symbol(id string) string {
	version, _ := text.SeeVersion(v.Text, id)
	return version.Symbol
}

// on says what a proposal is about.
func (v sight) on(p text.ProposalView) string {
	if p.Kind == text.Insert {
		if p.After == "" {
			return "a new clause at the beginning"
		}
		return "a new clause after " + v.clauseLabel(p.After)
	}
	return v.clauseLabel(p.Clause)
}

// own tells whether a proposal is this seat's and may still be acted on.
func (v sight) own(p text.ProposalView) bool {
	return p.Seat == v.Lens.Seat && p.Seat != "" && p.Status == text.Live
}

// wider lists the audiences to which the own seat may clear a proposal.
func (v sight) wider(p text.ProposalView) []record.Audience {
	var out []record.Audience
	for _, a := range v.audiences() {
		standing := slices.ContainsFunc(p.Standing, func(s text.Standing) bool { return s.Audience == a })
		if !standing && a.Width() > p.Widest().Width() {
			out = append(out, a)
		}
	}
	return out
}

// audiences lists those that the seat may write to, the narrowest first: that
// is the default of every form.
func (v sight) audiences() []record.Audience {
	own := v.Lens.Seat
	out := []record.Audience{record.Internal(own)}
	if v.Lens.Role == record.Party {
		out = append(out, record.Offices(own))
	}
	for _, s := range v.table.Seats {
		if s.Role != record.Party || s.Seat == own {
			continue
		}
		if v.Lens.Role == record.Chair {
			out = append(out, record.Offices(s.Seat))
		} else {
			out = append(out, record.Bilateral(own, s.Seat))
		}
	}
	return append(out, record.Parties, record.Plenary)
}
