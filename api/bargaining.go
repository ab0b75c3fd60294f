package api

import (
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"time"

	"paraph/bargain"
	"paraph/desk"
	"paraph/fault"
	"paraph/record"
	"paraph/settle"
	"paraph/veto"
)

// MakingIssue asks to make an issue.
type MakingIssue struct {
	Name     string          `json:"name"`
	Note     string          `json:"note,omitempty"`
	Brackets []PlacedBracket `json:"brackets,omitempty" about:"Of the latest version, out of which it is made; left out for an issue without text."`
	Options  []IssueOption   `json:"options,omitempty" about:"May be left out where the brackets give them."`
	Audience record.Audience `json:"audience,omitempty" about:"The parties when left out; else the plenary."`
}

// PlacedBracket names a bracket by where it stands.
type PlacedBracket struct {
	Clause string `json:"clause"`
	Place  int    `json:"place" about:"Among the brackets of the clause, from 0."`
}

// Dropping asks to drop an issue or a rule, or to withdraw a package.
type Dropping struct {
	Reason string `json:"reason,omitempty"`
}

// Ruling asks to add a rule.
type Ruling struct {
	If       []Choice        `json:"if,omitempty"`
	Then     []Choice        `json:"then,omitempty"`
	Reason   string          `json:"reason,omitempty"`
	Audience record.Audience `json:"audience,omitempty" about:"The parties when left out; else the plenary."`
}

// Preferring asks to keep what the own seat makes of the issues.
type Preferring struct {
	Issues      []string   `json:"issues" about:"Ids of all that stand."`
	Worth       [][]string `json:"worth" about:"Of each option of each issue, as exact rationals: 3/7, or decimals: 0.25."`
	Doubt       [][]string `json:"doubt,omitempty"`
	Reservation string     `json:"reservation,omitempty" about:"The worth of no deal."`
	Method      string     `json:"method"`
	Answers     string     `json:"answers,omitempty"`
	Note        string     `json:"note,omitempty"`
}

// LendingAct asks to lend the own preferences to the chair's engine.
type LendingAct struct {
	Grain bargain.Grain `json:"grain" about:"How many levels: 4, 8, 16 or 32; 0 for exact."`
}

// Placing asks where the own seat keeps its secrets of sealed tests.
type Placing struct {
	Elsewhere bool `json:"elsewhere" about:"The seat's own program keeps them, and the host never has them."`
}

// PackageAct asks to table a package.
type PackageAct struct {
	Title    string          `json:"title"`
	Note     string          `json:"note,omitempty"`
	Choices  []Choice        `json:"choices"`
	If       []Resting       `json:"if,omitempty"`
	Between  []record.Seat   `json:"between,omitempty" about:"All parties when left out."`
	After    string          `json:"after,omitempty" about:"The id of the settled package that it would better."`
	Audience record.Audience `json:"audience,omitempty" about:"For the chair the parties when left out, for a party the own seat."`
}

// Amending asks to give a package other choices.
type Amending struct {
	Note    string    `json:"note,omitempty"`
	Choices []Choice  `json:"choices"`
	If      []Resting `json:"if,omitempty"`
}

// Responding asks to answer a package.
type Responding struct {
	Revision int              `json:"revision"`
	Response bargain.Response `json:"response"`
	Note     string           `json:"note,omitempty"`
	Audience record.Audience  `json:"audience,omitempty" about:"The chair in confidence when left out."`
}

// Putting asks to put one clause of a package to the text, as an own proposal.
type Putting struct {
	Clause   string          `json:"clause"`
	Reason   string          `json:"reason,omitempty"`
	Audience record.Audience `json:"audience,omitempty" about:"The own seat alone when left out."`
}

// Testing asks to open a sealed test.
type Testing struct {
	Question string          `json:"question"`
	Package  string          `json:"package,omitempty"`
	Revision int             `json:"revision,omitempty"`
	Clauses  []Resting       `json:"clauses,omitempty"`
	If       []Resting       `json:"if,omitempty"`
	Asked    []record.Seat   `json:"asked,omitempty" about:"All parties when left out."`
	Deadline string          `json:"deadline,omitempty" about:"As in 2026-12-01T12:00:00Z."`
	Audience record.Audience `json:"audience,omitempty" about:"The parties when left out."`
}

// JoiningTest asks to join a sealed test.
type JoiningTest struct {
	Share *KeyShare `json:"share,omitempty" about:"Of a secret that the seat keeps itself; left out, one is made and kept here."`
}

// AnsweringTest asks to answer a sealed test.
type AnsweringTest struct {
	Yes        bool   `json:"yes" about:"Not used with a commitment."`
	Commitment string `json:"commitment,omitempty" about:"To an answer that the seat keeps itself, in base64."`
}

// OpeningTest asks to open the own answer in a sealed test.
type OpeningTest struct {
	Opening *OpeningStep `json:"opening,omitempty" about:"Of an answer that the seat keeps itself."`
}

func makeIssue(v sight, _ *http.Request, key string, b *MakingIssue) (deed, error) {
	a := bargain.MakeIssue{ID: key, Name: b.Name, Note: b.Note, Audience: b.Audience}
	for _, o := range b.Options {
		a.Options = append(a.Options, bargain.Option(o))
	}
	for _, at := range b.Brackets {
		found := bargain.BracketView{}
		for _, o := range desk.Brackets(v.View) {
			if o.Clause == at.Clause && o.Place == at.Place {
				found = o
			}
		}
		if found.Clause == "" {
			return deed{}, fault.NotFound("there is no such bracket that stands in one clause")
		}
		a.Brackets = append(a.Brackets, found.Bracket)
	}
	return deed{act: a, makes: key}, nil
}

func dropIssue(_ sight, r *http.Request, _ string, b *Dropping) (deed, error) {
	return deed{act: bargain.DropIssue{Issue: r.PathValue("issue"), Reason: b.Reason}}, nil
}

func addRule(_ sight, _ *http.Request, key string, b *Ruling) (deed, error) {
	return deed{makes: key, act: bargain.AddRule{ID: key, If: each(b.If, toChoice), Then: each(b.Then, toChoice), Reason: b.Reason, Audience: b.Audience}}, nil
}

func dropRule(_ sight, r *http.Request, _ string, b *Dropping) (deed, error) {
	return deed{act: bargain.DropRule{Rule: r.PathValue("rule"), Reason: b.Reason}}, nil
}

func prefer(_ sight, _ *http.Request, _ string, b *Preferring) (deed, error) {
	worth, err := toRationals(b.Worth)
	if err != nil {
		return deed{}, err
	}
	doubt, err := toRationals(b.Doubt)
	if err != nil {
		return deed{}, err
	}
	p := settle.Party{Worth: worth, Doubt: doubt}
	if b.Reservation != "" {
		if p.Reservation, err = toRational(b.Reservation); err != nil {
			return deed{}, err
		}
	}
	return deed{act: bargain.Prefer{Issues: b.Issues, Party: p, Method: b.Method, Answers: b.Answers, Note: b.Note}}, nil
}

func lend(_ sight, _ *http.Request, _ string, b *LendingAct) (deed, error) {
	return deed{binds: true, act: bargain.Lend{Grain: b.Grain}}, nil
}

func revoke(sight, *http.Request, string, *Acknowledging) (deed, error) {
	return deed{act: bargain.Revoke{}}, nil
}

func place(_ sight, _ *http.Request, _ string, b *Placing) (deed, error) {
	return deed{binds: true, act: bargain.PlaceSecrets{Elsewhere: b.Elsewhere}}, nil
}

func tablePackage(v sight, _ *http.Request, key string, b *PackageAct) (deed, error) {
	a := bargain.TablePackage{
		ID: key, Title: b.Title, Note: b.Note, Choices: each(b.Choices, toChoice), If: each(b.If, toCondition),
		Between: b.Between, After: b.After, Audience: b.Audience,
	}
	if len(a.Between) == 0 {
		a.Between = v.parties()
	}
	return deed{act: a, makes: key}, nil
}

func amendPackage(_ sight, r *http.Request, _ string, b *Amending) (deed, error) {
	return deed{act: bargain.AmendPackage{
		Package: r.PathValue("package"), Note: b.Note, Choices: each(b.Choices, toChoice), If: each(b.If, toCondition),
	}}, nil
}

func withdrawPackage(_ sight, r *http.Request, _ string, b *Dropping) (deed, error) {
	return deed{act: bargain.WithdrawPackage{Package: r.PathValue("package"), Reason: b.Reason}}, nil
}

func respondPackage(_ sight, r *http.Request, _ string, b *Responding) (deed, error) {
	return deed{binds: b.Response == bargain.Accept, act: bargain.RespondPackage{
		Package: r.PathValue("package"), Revision: b.Revision, Response: b.Response, Note: b.Note, Audience: b.Audience,
	}}, nil
}

// putToText makes the proposal that one clause of a package is.
func putToText(v sight, r *http.Request, key string, b *Putting) (deed, error) {
	p, there := bargain.SeePackage(v.Bargain, r.PathValue("package"), desk.Current(v.View))
	if !there {
		return deed{}, missing()
	}
	words, err := desk.Words(v.View, p.Choices, nil)
	if err != nil {
		return deed{}, err
	}
	for _, c := range words.Clauses {
		if c.Clause == b.Clause {
			act, err := desk.Proposal(v.View, c, key, b.Reason, b.Audience)
			return deed{act: act, makes: key}, err
		}
	}
	return deed{}, missing() // the package says nothing of that clause
}

func openTest(v sight, _ *http.Request, key string, b *Testing) (deed, error) {
	a := bargain.OpenTest{
		ID: key, Question: b.Question, Package: b.Package, Revision: b.Revision, Clauses: each(b.Clauses, toCondition), If: each(b.If, toCondition),
		Asked: b.Asked, Audience: b.Audience,
	}
	if len(a.Asked) == 0 {
		a.Asked = v.parties()
	}
	if b.Deadline != "" {
		at, err := time.Parse(time.RFC3339, b.Deadline)
		if err != nil {
			return deed{}, fault.Invalid("%q is not a time", b.Deadline).With("as in 2026-12-01T12:00:00Z")
		}
		a.Deadline = at
	}
	return deed{act: a, makes: key}, nil
}

func joinTest(_ sight, r *http.Request, _ string, b *JoiningTest) (deed, error) {
	a := bargain.Join{Test: r.PathValue("test")}
	if s := b.Share; s != nil {
		a.Share = &veto.Share{}
		if err := unbase(s.Key, &a.Share.Key, s.Challenge, &a.Share.Proof.Challenge, s.Response, &a.Share.Proof.Response); err != nil {
			return deed{}, err
		}
	}
	return deed{act: a}, nil
}

func answerTest(_ sight, r *http.Request, _ string, b *AnsweringTest) (deed, error) {
	a := bargain.Answer{Test: r.PathValue("test"), Yes: b.Yes}
	if b.Commitment != "" {
		a.Sealed = &veto.Commitment{}
		if err := a.Sealed.UnmarshalText([]byte(b.Commitment)); err != nil {
			return deed{}, err
		}
	}
	return deed{act: a}, nil
}

func disclose(_ sight, r *http.Request, _ string, b *OpeningTest) (deed, error) {
	a := bargain.Open{Test: r.PathValue("test")}
	if o := b.Opening; o != nil {
		a.Opening = &veto.Opening{}
		if err := unbase(o.Value, &a.Opening.Value, o.Challenge, &a.Opening.Proof.Challenge, o.Response, &a.Opening.Proof.Response); err != nil {
			return deed{}, err
		}
		if err := unbase(o.Salt, &a.Opening.Salt); err != nil {
			return deed{}, err
		}
	}
	return deed{act: a}, nil
}

// unbase reads base64 into bytes: a string and where its bytes go, in turns.
func unbase(pairs ...any) error {
	for i := 0; i < len(pairs); i += 2 {
		b, err := base64.StdEncoding.DecodeString(pairs[i].(string))
		if err != nil {
			return fault.Invalid("what is sealed is not in base64").Because(err)
		}
		*pairs[i+1].(*[]byte) = b
	}
	return nil
}

// stepOf gives what one seat has published in a test.
func stepOf(seat record.Seat, t bargain.TranscriptView, i int) SealedStep {
	base := base64.StdEncoding.EncodeToString
	out := SealedStep{Seat: seat}
	if s := t.Shares[i]; s != nil {
		out.Share = &KeyShare{base(s.Key), base(s.Proof.Challenge), base(s.Proof.Response)}
	}
	if c := t.Commitments[i]; c != nil {
		out.Commitment = base(c[:])
	}
	if o := t.Openings[i]; o != nil {
		out.Opening = &OpeningStep{base(o.Value), base(o.Proof.Challenge), base(o.Proof.Response), base(o.Salt)}
	}
	return out
}

func toChoice(c Choice) bargain.Choice { return bargain.Choice(c) }

func toCondition(c Resting) bargain.Condition { return bargain.Condition(c) }

func toRational(s string) (*big.Rat, error) {
	// A number without an exponent, and not long: one of few bytes could else stand for gigabytes.
	r, ok := new(big.Rat), len(s) <= 80 && json.Valid([]byte(`"`+s+`"`))
	for _, c := range s {
		ok = ok && (c >= '0' && c <= '9' || c == '-' || c == '.' || c == '/')
	}
	if ok {
		r, ok = r.SetString(s)
	}
	if !ok {
		return nil, fault.Invalid("%q is not a number", s).With("as in 12, 0.25 or 3/7")
	}
	return r, nil
}

func toRationals(table [][]string) ([][]*big.Rat, error) {
	var out [][]*big.Rat
	for _, row := range table {
		rats := []*big.Rat{}
		for _, s := range row {
			r, err := toRational(s)
			if err != nil {
				return nil, err
			}
			rats = append(rats, r)
		}
		out = append(out, rats)
	}
	return out, nil
}

func rationals(table [][]*big.Rat) [][]string {
	return each(table, func(row []*big.Rat) []string {
		return each(row, func(r *big.Rat) string { return r.RatString() })
	})
}
