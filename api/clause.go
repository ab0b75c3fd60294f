package api

import (
	"net/http"
	"slices"
	"time"

	"paraph/consent"
	"paraph/record"
	"paraph/text"
)

// Clause is one clause with all that the lens reads of it.
type Clause struct {
	ID        string        `json:"id" about:"Permanent over versions."`
	Label     string        `json:"label,omitempty" about:"In the latest version that has it."`
	Heading   string        `json:"heading,omitempty"`
	Now       string        `json:"now" about:"What it reads in the rolling text; empty when the latest version does not have it."`
	Words     []ClauseWords `json:"words" about:"What it read in each version, the oldest first."`
	Proposals []Proposal    `json:"proposals" about:"That amend, delete or move it, or insert after it; the oldest first."`
	Positions []Position    `json:"positions" about:"On the clause itself, the newest first."`
	Consents  []Consent     `json:"consents" about:"The newest first."`
}

// ClauseWords is what a clause reads in one version.
type ClauseWords struct {
	Version     string    `json:"version" about:"The id of the version."`
	Symbol      string    `json:"symbol"`
	Issued      time.Time `json:"issued"`
	Label       string    `json:"label,omitempty"`
	Words       string    `json:"words" about:"As written, with its label and brackets."`
	Fingerprint string    `json:"fingerprint"`
	Changed     bool      `json:"changed" about:"Against the version before that has the clause."`
}

// Proposals lists proposals.
type Proposals struct {
	Proposals []Proposal `json:"proposals" about:"The newest first."`
}

// Proposal is a seat's wording for a clause.
type Proposal struct {
	ID         string      `json:"id"`
	Seat       record.Seat `json:"seat"`
	Version    string      `json:"version" about:"The id of the version that it is on."`
	Kind       text.Kind   `json:"kind"`
	Clause     string      `json:"clause,omitempty" about:"The id of the clause that is amended, deleted or moved."`
	Label      string      `json:"label,omitempty" about:"Of that clause, or the new clause's own."`
	After      string      `json:"after,omitempty" about:"For an insertion or move: the id of the clause that it follows; left out for the beginning."`
	Words      string      `json:"words,omitempty" about:"The full clause with its label."`
	Reason     string      `json:"reason,omitempty"`
	Replaces   string      `json:"replaces,omitempty" about:"The id of the proposal that this one replaces."`
	ReplacedBy string      `json:"replaced_by,omitempty"`
	Status     text.Status `json:"status"`
	Withdrawal string      `json:"withdrawal,omitempty" about:"The reason given for it."`
	At         time.Time   `json:"at"`
	By         By          `json:"by"`
	Source     *Source     `json:"source,omitempty"`
	Standing   []Standing  `json:"standing" about:"The audiences before which it stands, as far as the lens reads them, in order of time."`
	Positions  []Position  `json:"positions" about:"On the proposal, the newest first."`
}

// Standing is one audience before which a proposal stands, and since when.
type Standing struct {
	Audience record.Audience `json:"audience"`
	At       time.Time       `json:"at"`
	Cleared  bool            `json:"cleared" about:"It came here by clearance, not by being tabled."`
	Reason   string          `json:"reason,omitempty" about:"The reason that this audience reads."`
}

func seeClause(v sight, r *http.Request) (any, error) {
	c, there := text.SeeClause(v.Text, r.PathValue("clause"))
	if !there {
		return nil, missing()
	}
	roll, err := v.rolling("")
	if err != nil {
		return nil, err
	}
	last := c.Words[len(c.Words)-1].Fingerprint
	out := Clause{
		ID: c.ID, Label: c.Label, Heading: c.Heading, Words: each(c.Words, wordsOf),
		Proposals: each(c.Proposals, v.proposal),
		Positions: each(consent.SeePositions(v.Consent, record.NewRef("clause", c.ID)), func(p consent.PositionView) Position { return positionOn(p, last) }),
		Consents:  each(consent.SeeConsents(v.Consent, c.ID), func(g consent.ConsentView) Consent { return consentTo(g, last) }),
	}
	if at := slices.IndexFunc(roll.Clauses, func(rc text.RollingClause) bool { return rc.ID == c.ID }); at >= 0 {
		out.Now = written(roll.Text, roll.Clauses[at].First, roll.Clauses[at].Last)
	}
	return out, nil
}

func seeProposals(v sight, r *http.Request) (any, error) {
	seat := record.Seat(r.URL.Query().Get("seat"))
	out := Proposals{[]Proposal{}}
	for _, p := range slices.Backward(text.SeeProposals(v.Text)) {
		if seat == "" || p.Seat == seat {
			out.Proposals = append(out.Proposals, v.proposal(p))
		}
	}
	return out, nil
}

func seeProposal(v sight, r *http.Request) (any, error) {
	p, there := text.SeeProposal(v.Text, r.PathValue("proposal"))
	if !there {
		return nil, missing()
	}
	return v.proposal(p), nil
}

func wordsOf(w text.ClauseWords) ClauseWords {
	return ClauseWords{w.Version, w.Symbol, utc(w.At), w.Label, w.Words, w.Fingerprint, w.Changed}
}

func (v sight) proposal(p text.ProposalView) Proposal {
	return Proposal{
		ID: p.ID, Seat: p.Seat, Version: p.Version, Kind: p.Kind, Clause: p.Clause, Label: p.Label, After: p.After, Words: p.Words,
		Reason: p.Reason, Replaces: p.Replaces, ReplacedBy: p.ReplacedBy, Status: p.Status, Withdrawal: p.Withdrawal,
		At: utc(p.At), By: byOf(p.By), Source: sourceOf(p.Source),
		Standing:  each(p.Standing, func(s text.Standing) Standing { return Standing{s.Audience, utc(s.At), s.Cleared, s.Reason} }),
		Positions: each(consent.SeePositions(v.Consent, record.NewRef("proposal", p.ID)), positionOf),
	}
}
