package api

import (
	"cmp"
	"net/http"

	"paraph/consent"
	"paraph/draft"
	"paraph/fault"
	"paraph/record"
	"paraph/text"
)

// Tabling asks to put forward a wording for a clause.
type Tabling struct {
	Kind     text.Kind       `json:"kind"`
	Version  string          `json:"version,omitempty" about:"The id of the version that it is on; the latest when left out."`
	Clause   string          `json:"clause,omitempty" about:"For amend, delete and move: the id of the clause."`
	After    string          `json:"after,omitempty" about:"For insert and move: the id of the clause that it is to follow; left out for the beginning."`
	Words    string          `json:"words,omitempty" about:"For amend and insert: the full clause with its label. An amendment that leaves the label out keeps it."`
	Reason   string          `json:"reason,omitempty"`
	Replaces string          `json:"replaces,omitempty" about:"The id of the own live proposal on the same clause before the same audience, if there is one."`
	Audience record.Audience `json:"audience,omitempty" about:"The own seat alone when left out."`
	Source   *Source         `json:"source,omitempty" about:"Needed for the public."`
}

// Withdrawing asks to take a proposal back, wherever it stands.
type Withdrawing struct {
	Reason string  `json:"reason,omitempty"`
	Source *Source `json:"source,omitempty" about:"Needed when the public reads it."`
}

// Clearing asks to put a proposal before a further audience.
type Clearing struct {
	Audience record.Audience `json:"audience" about:"The further audience."`
	Reason   string          `json:"reason,omitempty" about:"The one that the further audience reads: the one given before does not go along by itself."`
	Replaces string          `json:"replaces,omitempty" about:"The id of the own live proposal before that audience, if there is one."`
	Source   *Source         `json:"source,omitempty" about:"Needed for the public."`
}

// Issuing asks to put out a version of the text.
type Issuing struct {
	Symbol     string          `json:"symbol" about:"As it will be cited: REV.3."`
	Class      text.Class      `json:"class"`
	Title      string          `json:"title,omitempty" about:"The draft's own when left out."`
	Draft      string          `json:"draft" about:"The whole text in Paraph's format."`
	Follows    string          `json:"follows,omitempty" about:"The id of the version whose clauses it carries on; when left out, the latest that all its readers read."`
	Note       string          `json:"note,omitempty"`
	Date       string          `json:"date,omitempty" about:"As the paper is dated."`
	Provenance []Provenance    `json:"provenance,omitempty"`
	Audience   record.Audience `json:"audience,omitempty" about:"The plenary when left out; for a party's non-paper the own seat."`
	Source     *Source         `json:"source,omitempty" about:"Needed for the public."`
}

// Preview is what a proposal would make of its clause, beside the others.
type Preview struct {
	Label    string    `json:"label,omitempty"`
	Words    string    `json:"words" about:"The clause with its brackets, in Paraph's format."`
	Brackets []Bracket `json:"brackets"`
	Counts   Counts    `json:"counts"`
}

func (p Preview) plain() string { return p.Words + "\n" }

func (t Tabling) act(id string) text.Table {
	return text.Table{
		ID: id, Version: t.Version, Kind: t.Kind, Clause: t.Clause, After: t.After, Words: t.Words, Reason: t.Reason, Replaces: t.Replaces,
		Audience: t.Audience, Source: t.Source.record(),
	}
}

func seePreview(v sight, t *Tabling) (any, error) {
	made, err := text.Preview(v.Text, v.caller.Actor, t.act("preview"), consent.SeeSupporters(v.Consent))
	if err != nil {
		return nil, err
	}
	out := Preview{Label: made.Label, Words: draft.Print(made.Text), Brackets: []Bracket{}, Counts: countsOf(made.Counts)}
	for _, b := range made.Text.Brackets {
		out.Brackets = append(out.Brackets, bracketOf(made.Text, b))
	}
	return out, nil
}

func propose(_ sight, _ *http.Request, key string, t *Tabling) (deed, error) {
	return deed{act: t.act(key), makes: key}, nil
}

func withdraw(_ sight, r *http.Request, _ string, b *Withdrawing) (deed, error) {
	return deed{act: text.Withdraw{Proposal: r.PathValue("proposal"), Reason: b.Reason, Source: b.Source.record()}}, nil
}

func clearTo(_ sight, r *http.Request, _ string, b *Clearing) (deed, error) {
	return deed{binds: true, act: text.Clear{
		Proposal: r.PathValue("proposal"), To: b.Audience, Reason: b.Reason, Replaces: b.Replaces, Source: b.Source.record(),
	}}, nil
}

func issue(_ sight, _ *http.Request, key string, b *Issuing) (deed, error) {
	a := text.Issue{
		ID: key, Symbol: b.Symbol, Class: b.Class, Title: b.Title, Draft: b.Draft, Follows: b.Follows, Note: b.Note, Date: b.Date,
		Audience: b.Audience, Source: b.Source.record(),
	}
	for _, p := range b.Provenance {
		a.Provenance = append(a.Provenance, text.Provenance{
			Place: p.Place, Contributors: p.Contributors, Sources: p.Sources, Reason: p.Reason,
			Reported: each(p.Reported, func(s Source) record.Source { return s.record() }),
		})
	}
	return deed{act: a, makes: key, binds: b.Audience == record.Public}, nil
}

// TakingPosition asks to say what the seat thinks of a clause or of a proposal
// on it.
type TakingPosition struct {
	On          record.Ref       `json:"on,omitempty" about:"proposal/ID for a proposal on the clause; the clause itself when left out."`
	Position    consent.Position `json:"position"`
	Fingerprint string           `json:"fingerprint,omitempty" about:"For the clause: of the words that the seat has before it. If they have changed, the answer is 409."`
	Note        string           `json:"note,omitempty"`
	Audience    record.Audience  `json:"audience,omitempty" about:"The own seat alone when left out."`
	Source      *Source          `json:"source,omitempty" about:"Needed for the public."`
}

// Giving asks to give consent to the exact words of a clause, or with the level
// none to take it back.
type Giving struct {
	Level       consent.Level   `json:"level"`
	Fingerprint string          `json:"fingerprint" about:"Of the words, in the latest version that has the clause. If they have changed, the answer is 409."`
	Linked      []string        `json:"linked,omitempty" about:"Ids of the clauses that this consent rests on."`
	Note        string          `json:"note,omitempty"`
	Audience    record.Audience `json:"audience,omitempty" about:"The own seat alone when left out."`
	Source      *Source         `json:"source,omitempty" about:"Needed for the public."`
}

// current gives the words of a clause in the latest version that has it, if they
// are those of the fingerprint.
func (v sight) current(id, fingerprint string) (text.ClauseWords, error) {
	c, there := text.SeeClause(v.Text, id)
	if !there {
		return text.ClauseWords{}, missing()
	}
	last := c.Words[len(c.Words)-1]
	if fingerprint == "" {
		return last, fault.Invalid("The fingerprint of the words is missing.").With("it stands with the clause, and says which words you have before you")
	}
	if fingerprint != last.Fingerprint {
		return last, fault.Conflict("The words of this clause are not those of the fingerprint.").With("read them again, then decide")
	}
	return last, nil
}

func takePosition(v sight, r *http.Request, _ string, b *TakingPosition) (deed, error) {
	id := r.PathValue("clause")
	own := record.NewRef("clause", id)
	a := consent.TakePosition{On: cmp.Or(b.On, own), Position: b.Position, Note: b.Note, Audience: b.Audience, Source: b.Source.record()}
	if a.On != own {
		c, there := text.SeeClause(v.Text, id)
		if !there {
			return deed{}, missing()
		}
		for _, p := range c.Proposals {
			if a.On == record.NewRef("proposal", p.ID) {
				return deed{act: a}, nil
			}
		}
		return deed{}, fault.Invalid("On this clause there is no %s.", a.On).With("leave \"on\" out for the clause itself")
	}
	words, err := v.current(id, b.Fingerprint)
	a.Fingerprint, a.Version = words.Fingerprint, ""
	return deed{act: a}, err
}

func giveConsent(v sight, r *http.Request, _ string, b *Giving) (deed, error) {
	words, err := v.current(r.PathValue("clause"), b.Fingerprint)
	return deed{binds: binding(b.Level), act: consent.Give{
		Clause: r.PathValue("clause"), Version: words.Version, Fingerprint: words.Fingerprint, Level: b.Level, Linked: b.Linked, Note: b.Note,
		Audience: b.Audience, Source: b.Source.record(),
	}}, err
}

// binding tells whether a level binds the seat: from agreed upwards.
func binding(l consent.Level) bool {
	return l == consent.Agreed || l == consent.Initialled || l == consent.Signed
}
