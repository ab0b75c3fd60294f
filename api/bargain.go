package api

import (
	"slices"
	"time"

	"net/http"

	"paraph/bargain"
	"paraph/desk"
	"paraph/record"
)

// Bargain is what is to be settled, and what has become of it.
type Bargain struct {
	Issues      []Issue       `json:"issues" about:"In the order in which they were made."`
	Rules       []Rule        `json:"rules"`
	Packages    []Package     `json:"packages" about:"In the order in which they were tabled."`
	Tests       []Test        `json:"tests" about:"Sealed tests, in the order in which they were opened."`
	Lendings    []Lending     `json:"lendings" about:"Who has lent preferences to the chair's engine, as far as you read it; never what was lent."`
	Preferences []Preferences `json:"preferences" about:"Your own seat's, the newest first. Nobody else reads them."`
	Elsewhere   bool          `json:"elsewhere" about:"Your own seat keeps its secrets of sealed tests itself."`
}

// Issue is a point that packages decide.
type Issue struct {
	ID       string           `json:"id"`
	Name     string           `json:"name"`
	Note     string           `json:"note,omitempty"`
	Brackets []IssueBracket   `json:"brackets" about:"Out of which it was made; none for an issue without text."`
	Options  []IssueOption    `json:"options"`
	Standing bargain.Standing `json:"standing"`
	Why      string           `json:"why,omitempty" about:"Why it stands no more."`
	At       time.Time        `json:"at"`
	Audience record.Audience  `json:"audience"`
}

// IssueBracket is one place in the text where words are not agreed.
type IssueBracket struct {
	Clause      string `json:"clause"`
	Version     string `json:"version"`
	Fingerprint string `json:"fingerprint" about:"Of the clause's words; when they change, the issue lapses."`
	Label       string `json:"label,omitempty"`
	Place       int    `json:"place" about:"Of the bracket among those of the clause, from 0."`
}

// IssueOption is one way to decide an issue.
type IssueOption struct {
	Name         string `json:"name"`
	Alternatives []int  `json:"alternatives,omitempty" about:"For each bracket of the issue the alternative taken, from 0; -1 for none of its words."`
}

// Rule makes packages impossible.
type Rule struct {
	ID       string           `json:"id"`
	If       []Choice         `json:"if"`
	Then     []Choice         `json:"then" about:"Where all of if are chosen, all of these must be; when empty, those of if never stand together."`
	Reason   string           `json:"reason,omitempty"`
	Standing bargain.Standing `json:"standing"`
}

// Choice is one option of one issue.
type Choice struct {
	Issue  string `json:"issue"`
	Option int    `json:"option" about:"Its place among the issue's options, from 0."`
}

// Resting is what a package or a test rests on: words of a clause, or a package.
type Resting struct {
	Clause      string `json:"clause,omitempty"`
	Version     string `json:"version,omitempty" about:"In which the clause has these words."`
	Fingerprint string `json:"fingerprint,omitempty" about:"Of the words."`
	Package     string `json:"package,omitempty" about:"The id of a package; then nothing else."`
}

// Package is a choice for some or all issues, as a whole.
type Package struct {
	ID        string          `json:"id"`
	Title     string          `json:"title"`
	Note      string          `json:"note,omitempty"`
	Choices   []Choice        `json:"choices"`
	If        []Resting       `json:"if" about:"When one of these holds no more, the package is void as a whole."`
	Between   []record.Seat   `json:"between" about:"The parties that must accept it."`
	After     string          `json:"after,omitempty" about:"The settled package that it would better."`
	Seat      record.Seat     `json:"seat"`
	At        time.Time       `json:"at"`
	Audience  record.Audience `json:"audience"`
	Revision  int             `json:"revision"`
	Status    bargain.Status  `json:"status"`
	Why       string          `json:"why,omitempty"`
	Responses []Response      `json:"responses" about:"To the revision that stands, as far as you read them."`
}

// Response is a party's answer to a package.
type Response struct {
	Seat     record.Seat      `json:"seat"`
	Response bargain.Response `json:"response"`
	Note     string           `json:"note,omitempty"`
	At       time.Time        `json:"at"`
	Audience record.Audience  `json:"audience"`
}

// PackageWords is a package with the words that it gives.
type PackageWords struct {
	Package Package        `json:"package"`
	Clauses []PackagedWord `json:"clauses"`
	Others  []Decided      `json:"others" about:"What it decides without text."`
	Open    []string       `json:"open" about:"The names of issues that it leaves open."`
	Clean   bool           `json:"clean" about:"No bracket is left in any of the clauses."`
}

// PackagedWord is one clause as a package gives it.
type PackagedWord struct {
	Clause   string       `json:"clause"`
	Label    string       `json:"label,omitempty"`
	Before   string       `json:"before" about:"With its brackets."`
	Words    string       `json:"words"`
	Clean    bool         `json:"clean"`
	Lapsed   bool         `json:"lapsed" about:"The clause has other words now."`
	Readings []SeatsWords `json:"readings" about:"As each party would have it."`
}

// SeatsWords is a clause as a party would have it.
type SeatsWords struct {
	Seat  record.Seat `json:"seat"`
	Words string      `json:"words"`
	Same  bool        `json:"same"`
}

// Decided is an issue without text and its option.
type Decided struct {
	Issue  string `json:"issue"`
	Option string `json:"option"`
}

// Lending is that a seat has lent its preferences to the chair's engine.
type Lending struct {
	Seat    record.Seat   `json:"seat"`
	Grain   bargain.Grain `json:"grain" about:"How many levels it was coarsened to; 0 for exact, or when it is revoked."`
	At      time.Time     `json:"at"`
	Revoked bool          `json:"revoked"`
	Stale   bool          `json:"stale" about:"The issues are others now: it is not used."`
}

// Preferences are what the own seat makes of the issues.
type Preferences struct {
	Issues      []string   `json:"issues" about:"Ids, in the order of the tables."`
	Worth       [][]string `json:"worth" about:"Of each option of each issue, as exact rationals: 3/7."`
	Doubt       [][]string `json:"doubt" about:"How far each may be off, either way; empty for no doubt."`
	Reservation string     `json:"reservation,omitempty" about:"The worth of no deal."`
	Method      string     `json:"method"`
	Answers     string     `json:"answers,omitempty" about:"What was answered, in the form of the method's own."`
	Note        string     `json:"note,omitempty"`
	At          time.Time  `json:"at"`
	Stale       bool       `json:"stale" about:"The issues are others now."`
}

// Test is a sealed test of who could live with something.
type Test struct {
	ID       string            `json:"id"`
	Question string            `json:"question"`
	Package  string            `json:"package,omitempty"`
	Revision int               `json:"revision,omitempty"`
	Clauses  []Resting         `json:"clauses"`
	If       []Resting         `json:"if"`
	Asked    []record.Seat     `json:"asked"`
	Deadline time.Time         `json:"deadline,omitzero"`
	Seat     record.Seat       `json:"seat"`
	At       time.Time         `json:"at"`
	Audience record.Audience   `json:"audience"`
	Stage    bargain.Stage     `json:"stage" about:"Of a test that is not passed, nobody learns who refused."`
	Why      string            `json:"why,omitempty"`
	Joined   []record.Seat     `json:"joined"`
	Answered []record.Seat     `json:"answered"`
	Opened   []record.Seat     `json:"opened"`
	Own      bargain.OwnAnswer `json:"own,omitempty" about:"What your own seat answered, where that is kept here."`
}

// Transcript is a test with all that is published in it.
type Transcript struct {
	Test  Test         `json:"test"`
	Steps []SealedStep `json:"steps" about:"In the order of asked, which the protocol goes by."`
}

// SealedStep is what one seat has published; in base64.
type SealedStep struct {
	Seat       record.Seat  `json:"seat"`
	Share      *KeyShare    `json:"share,omitempty"`
	Commitment string       `json:"commitment,omitempty"`
	Opening    *OpeningStep `json:"opening,omitempty"`
}

// KeyShare is a key with its proof, in base64.
type KeyShare struct {
	Key       string `json:"key"`
	Challenge string `json:"challenge"`
	Response  string `json:"response"`
}

// OpeningStep is what opens a commitment, in base64.
type OpeningStep struct {
	Value     string `json:"value"`
	Challenge string `json:"challenge"`
	Response  string `json:"response"`
	Salt      string `json:"salt"`
}

// parties gives the seats of the parties, in the order of the table.
func (v sight) parties() (out []record.Seat) {
	for _, s := range v.table.Seats {
		if s.Role == record.Party {
			out = append(out, s.Seat)
		}
	}
	return out
}

func seeBargain(v sight, _ *http.Request) (any, error) {
	now := desk.Current(v.View)
	own := v.Lens.Seat
	return Bargain{
		Issues:      each(bargain.SeeIssues(v.Bargain, now), issueOf),
		Rules:       each(bargain.SeeRules(v.Bargain, now), ruleOf),
		Packages:    each(bargain.SeePackages(v.Bargain, now), packageOf),
		Tests:       each(bargain.SeeTests(v.Bargain, now), testOf),
		Lendings:    each(bargain.SeeLendings(v.Bargain, now), lendingOf),
		Preferences: each(bargain.SeePreferences(v.Bargain, own, now), preferencesOf),
		Elsewhere:   bargain.SeeSecretsElsewhere(v.Bargain, own),
	}, nil
}

func seePackage(v sight, r *http.Request) (any, error) {
	p, there := bargain.SeePackage(v.Bargain, r.PathValue("package"), desk.Current(v.View))
	if !there {
		return nil, missing()
	}
	words, err := desk.Words(v.View, p.Choices, v.parties())
	if err != nil {
		return nil, err
	}
	return PackageWords{
		Package: packageOf(p), Open: list(words.Open), Clean: words.Clean,
		Others: each(words.Others, func(d bargain.Decided) Decided { return Decided(d) }),
		Clauses: each(words.Clauses, func(c bargain.ClauseWords) PackagedWord {
			return PackagedWord{c.Clause, c.Label, c.Before, c.Words, c.Clean, c.Lapsed,
				each(c.Readings, func(r bargain.Reading) SeatsWords { return SeatsWords(r) })}
		}),
	}, nil
}

func seeTest(v sight, r *http.Request) (any, error) {
	id := r.PathValue("test")
	t, there := bargain.SeeTest(v.Bargain, id, desk.Current(v.View))
	published, _ := bargain.SeeTranscript(v.Bargain, id)
	if !there {
		return nil, missing()
	}
	out := Transcript{Test: testOf(t), Steps: []SealedStep{}}
	for i, seat := range t.Asked {
		out.Steps = append(out.Steps, stepOf(seat, published, i))
	}
	return out, nil
}

func issueOf(i bargain.IssueView) Issue {
	return Issue{
		ID: i.ID, Name: i.Name, Note: i.Note, Standing: i.Standing, Why: i.Why, At: utc(i.At), Audience: i.Audience,
		Brackets: each(i.Brackets, func(b bargain.Bracket) IssueBracket {
			return IssueBracket{b.Clause, b.Version, b.Fingerprint, b.Label, b.Place}
		}),
		Options: each(i.Options, func(o bargain.Option) IssueOption { return IssueOption(o) }),
	}
}

func ruleOf(r bargain.RuleView) Rule {
	return Rule{r.ID, each(r.If, choiceOf), each(r.Then, choiceOf), r.Reason, r.Standing}
}

func choiceOf(c bargain.Choice) Choice { return Choice(c) }

func restingOf(c bargain.Condition) Resting { return Resting(c) }

func packageOf(p bargain.PackageView) Package {
	return Package{
		ID: p.ID, Title: p.Title, Note: p.Note, Choices: each(p.Choices, choiceOf), If: each(p.If, restingOf), Between: list(p.Between),
		After: p.After, Seat: p.Seat, At: utc(p.At), Audience: p.Audience, Revision: p.Revision, Status: p.Status, Why: p.Why,
		Responses: each(p.Responses, func(r bargain.ResponseView) Response {
			return Response{r.Seat, r.Response, r.Note, utc(r.At), r.Audience}
		}),
	}
}

func testOf(t bargain.TestView) Test {
	return Test{
		ID: t.ID, Question: t.Question, Package: t.Package, Revision: t.Revision, Clauses: each(t.Clauses, restingOf), If: each(t.If, restingOf),
		Asked: list(t.Asked), Deadline: utc(t.Deadline), Seat: t.Seat, At: utc(t.At), Audience: t.Audience, Stage: t.Stage, Why: t.Why,
		Joined: list(t.Joined), Answered: list(t.Answered), Opened: list(t.Opened), Own: t.Own,
	}
}

func lendingOf(l bargain.LendingView) Lending {
	return Lending{l.Seat, l.Grain, utc(l.At), l.Revoked, l.Stale}
}

func preferencesOf(p bargain.PreferenceView) Preferences {
	out := Preferences{
		Issues: slices.Clone(list(p.Issues)), Worth: rationals(p.Party.Worth), Doubt: rationals(p.Party.Doubt),
		Method: p.Method, Answers: p.Answers, Note: p.Note, At: utc(p.At), Stale: p.Stale,
	}
	if p.Party.Reservation != nil {
		out.Reservation = p.Party.Reservation.RatString()
	}
	return out
}
