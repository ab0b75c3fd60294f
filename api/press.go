package api

import (
	"net/http"
	"slices"
	"time"

	"paraph/press"
	"paraph/record"
	"paraph/sitting"
)

// PublicRecord is the public side in the order of when things were said.
type PublicRecord struct {
	Items []Item `json:"items" about:"What has no known time stands at the end."`
}

// Item is one thing on the public record: just one of statement, claim, leak and
// condition is there.
type Item struct {
	Kind       string     `json:"kind"`
	When       When       `json:"when" about:"When it was said, found or set."`
	Unresolved bool       `json:"unresolved" about:"That time is not known, or in doubt."`
	Statement  *Statement `json:"statement,omitempty"`
	Claim      *Claim     `json:"claim,omitempty"`
	Leak       *Leak      `json:"leak,omitempty"`
	Condition  *Condition `json:"condition,omitempty"`
}

// Statement is words that somebody said.
type Statement struct {
	ID       string          `json:"id"`
	Kind     press.Kind      `json:"kind"`
	Speaker  string          `json:"speaker,omitempty"`
	Seat     record.Seat     `json:"seat" about:"For which the speaker speaks; may be empty."`
	Words    string          `json:"words"`
	Quoted   bool            `json:"quoted" about:"The very words; else a summary of them."`
	Channel  string          `json:"channel,omitempty"`
	Sitting  string          `json:"sitting,omitempty" about:"The id of the sitting that it is about."`
	Cleared  []record.Seat   `json:"cleared" about:"The seats that cleared the wording."`
	At       time.Time       `json:"at" about:"When it was entered."`
	Audience record.Audience `json:"audience"`
	Source   *Source         `json:"source,omitempty"`
}

// Claim is a statement of fact by someone, with all that was said of it.
type Claim struct {
	ID         string           `json:"id"`
	What       string           `json:"what"`
	By         string           `json:"by,omitempty" about:"Who claims it: a person or a body."`
	Seat       record.Seat      `json:"seat" about:"For which they speak; may be empty."`
	Standing   press.Standing   `json:"standing"`
	Denials    []Denial         `json:"denials" about:"The oldest first."`
	Judgements []ClaimJudgement `json:"judgements" about:"The oldest first."`
	Author     record.Seat      `json:"author" about:"Who entered it; empty for a keeper."`
	At         time.Time        `json:"at" about:"When it was entered."`
	Audience   record.Audience  `json:"audience"`
	Source     *Source          `json:"source,omitempty"`
}

// Denial is somebody's word against a claim.
type Denial struct {
	By     string      `json:"by,omitempty"`
	Seat   record.Seat `json:"seat"`
	Words  string      `json:"words,omitempty"`
	Said   When        `json:"said"`
	At     time.Time   `json:"at"`
	Source *Source     `json:"source,omitempty"`
}

// ClaimJudgement is one person's word, with a source, on how a claim stands.
type ClaimJudgement struct {
	Standing press.Standing `json:"standing"`
	Note     string         `json:"note,omitempty"`
	Seat     record.Seat    `json:"seat" about:"Who judged; empty for a keeper."`
	At       time.Time      `json:"at"`
	Source   *Source        `json:"source,omitempty"`
}

// Leak is text or talk that is out without clearance. It names nobody.
type Leak struct {
	ID       string          `json:"id"`
	What     string          `json:"what"`
	Where    string          `json:"where,omitempty"`
	Version  string          `json:"version,omitempty" about:"The id of the version that is out."`
	Note     string          `json:"note,omitempty"`
	At       time.Time       `json:"at" about:"When it was entered."`
	Audience record.Audience `json:"audience"`
	Source   *Source         `json:"source,omitempty"`
}

// The kinds of items that are no statements.
const (
	claimKind     = "claim"
	leakKind      = "leak"
	conditionKind = "condition"
)

var itemKinds = []string{
	string(press.Statement), string(press.ReadOut), string(press.Line), string(press.JointStatement), claimKind, leakKind, conditionKind,
}

func seeRecord(v sight, r *http.Request) (any, error) {
	q := r.URL.Query()
	kind, seat := q.Get("kind"), record.Seat(q.Get("seat"))
	out := PublicRecord{[]Item{}}
	whens := map[int]record.When{}
	add := func(i Item, when record.When, seats ...record.Seat) {
		if (kind == "" || kind == i.Kind) && (seat == "" || slices.Contains(seats, seat)) {
			i.When, i.Unresolved = whenOf(when), when.IsUnresolved()
			whens[len(out.Items)] = when
			out.Items = append(out.Items, i)
		}
	}
	for _, i := range press.SeeTimeline(v.Press) {
		switch {
		case i.Statement != nil:
			s := i.Statement
			add(Item{Kind: string(s.Kind), Statement: statementOf(*s)}, i.When, append([]record.Seat{s.Seat}, s.Cleared...)...)
		case i.Claim != nil:
			seats := []record.Seat{i.Claim.Seat}
			for _, d := range i.Claim.Denials {
				seats = append(seats, d.Seat)
			}
			add(Item{Kind: claimKind, Claim: claimOf(*i.Claim)}, i.When, seats...)
		case i.Leak != nil:
			add(Item{Kind: leakKind, Leak: leakOf(*i.Leak)}, i.When)
		}
	}
	for _, c := range sitting.SeeConditions(v.Sitting) {
		condition := conditionOf(c)
		add(Item{Kind: conditionKind, Condition: &condition}, record.Exactly(c.At), c.Seat)
	}
	order := make([]int, len(out.Items))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return whens[a].Compare(whens[b]) })
	return PublicRecord{each(order, func(i int) Item { return out.Items[i] })}, nil
}

func statementOf(s press.StatementView) *Statement {
	return &Statement{
		ID: s.ID, Kind: s.Kind, Speaker: s.Speaker, Seat: s.Seat, Words: s.Words, Quoted: s.Quoted, Channel: s.Channel, Sitting: s.Sitting,
		Cleared: list(s.Cleared), At: utc(s.At), Audience: s.Audience, Source: sourceOf(s.Source),
	}
}

func claimOf(c press.ClaimView) *Claim {
	return &Claim{
		ID: c.ID, What: c.What, By: c.By, Seat: c.Seat, Standing: c.Standing, Author: c.Author, At: utc(c.At), Audience: c.Audience, Source: sourceOf(c.Source),
		Denials: each(c.Denials, func(d press.Denial) Denial {
			return Denial{d.By, d.Seat, d.Words, whenOf(d.Said), utc(d.At), sourceOf(d.Source)}
		}),
		Judgements: each(c.Judgements, func(j press.Judgement) ClaimJudgement {
			return ClaimJudgement{j.Standing, j.Note, j.Seat, utc(j.At), sourceOf(j.Source)}
		}),
	}
}

func leakOf(l press.LeakView) *Leak {
	return &Leak{l.ID, l.What, l.Where, l.Version, l.Note, utc(l.At), l.Audience, sourceOf(l.Source)}
}
