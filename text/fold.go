package text

import (
	"cmp"
	"fmt"
	"slices"

	"paraph/draft"
	"paraph/record"
)

// Fold takes one entry of this room into the state. It panics on a kind that it
// does not know. Of two things with one id the first stands.
func Fold(s *State, e record.Entry) {
	if s.places == nil {
		s.on = map[string][]string{}
		s.about = map[string][]string{}
		s.places = map[string][]place{}
	}
	switch e.Content.Kind {
	case kindIssued:
		s.foldIssued(e, record.Body[issued](e))
	case kindTabled:
		s.foldWording(e, record.Body[wording](e))
	case kindCleared:
		s.foldWording(e, record.Body[wording](e))
	case kindWithdrawn:
		s.foldWithdrawn(e, record.Body[withdrawn](e))
	default:
		panic(record.Unknown(e))
	}
}

func (s *State) foldIssued(e record.Entry, v issued) {
	t, err := draft.Parse(v.Draft)
	if err != nil || len(t.Clauses) != len(v.Clauses) {
		panic(fmt.Sprintf("%s, %s, entry %d: the draft does not parse as when it was issued: %v",
			e.Process, e.Audience, e.Seq, err))
	}
	fresh := s.versions.Add(v.ID, VersionView{
		ID: v.ID, Symbol: v.Symbol, Class: v.Class, Title: v.Title, Date: v.Date, Note: v.Note,
		Seat: e.Content.By.Seat, Follows: v.Follows, At: e.At, Audience: e.Audience, Source: v.Source,
		Fingerprint: fingerprint(t), Counts: draft.Count(t), Clauses: v.Clauses, Provenance: v.Provenance, Text: t,
		sheet: newSheet(t, v.Draft, v.Clauses),
	})
	if !fresh {
		return
	}
	for i, c := range v.Clauses {
		s.places[c.ID] = append(s.places[c.ID], place{v.ID, i})
	}
}

func (s *State) foldWording(e record.Entry, w wording) {
	st := Standing{e.Audience, e.At, e.Content.Kind == kindCleared, w.Reason}
	if p := s.proposals.Get(w.ID); p != nil {
		if p.Seat == w.Seat && !p.stands(e.Audience) {
			s.proposals.Change(w.ID, func(p *ProposalView) { p.Standing = append(slices.Clip(p.Standing), st) })
			s.replace(w.ID, w.Replaces)
		}
		return
	}
	s.proposals.Add(w.ID, ProposalView{
		ID: w.ID, Seat: w.Seat, Version: w.Version, Kind: w.Kind, Clause: w.Clause, After: w.After,
		Label: s.label(w), Words: w.Words, Reason: w.Reason, Status: Live,
		At: e.At, By: e.Content.By, Source: w.Source, Standing: []Standing{st},
	})
	s.replace(w.ID, w.Replaces)
	s.on[w.Version] = append(s.on[w.Version], w.ID)
	for _, clause := range []string{w.Clause, w.After} {
		if clause != "" {
			s.about[clause] = append(s.about[clause], w.ID)
		}
	}
}

// replace marks the proposal that another takes the place of.
func (s *State) replace(by, id string) {
	old := s.proposals.Get(id)
	if old == nil || old.Seat != s.proposals.Get(by).Seat {
		return
	}
	s.proposals.Change(by, func(p *ProposalView) { p.Replaces = id })
	s.proposals.Change(id, func(p *ProposalView) { p.Status, p.ReplacedBy = Replaced, by })
	s.ended(old)
}

// foldWithdrawn heeds only the seat that made the proposal, where it stands:
// another seat may by chance have one of the same id, out of its sight.
func (s *State) foldWithdrawn(e record.Entry, v withdrawn) {
	p := s.proposals.Get(v.Proposal)
	own := p != nil && (e.Content.By.Seat == p.Seat || e.Content.By.Seat == p.By.Seat)
	if !own || !p.stands(e.Audience) || p.Status != Live {
		return
	}
	s.proposals.Change(v.Proposal, func(p *ProposalView) { p.Status, p.Withdrawal = Withdrawn, v.Reason })
	s.ended(p)
}

// ended takes a proposal from those that are live on its version.
func (s *State) ended(p *ProposalView) {
	if i := slices.Index(s.on[p.Version], p.ID); i >= 0 {
		s.on[p.Version] = slices.Delete(s.on[p.Version], i, i+1)
	}
}

// label gives the label under which a proposal is shown.
func (s *State) label(w wording) string {
	if v := s.versions.Get(w.Version); v != nil && w.Kind != Insert {
		if i := v.index(w.Clause); i >= 0 {
			return cmp.Or(v.Clauses[i].Label, v.Clauses[i].Heading)
		}
	}
	t, err := draft.Parse(w.Words)
	if err != nil || len(t.Clauses) == 0 {
		return ""
	}
	return cmp.Or(t.Clauses[0].Label, t.Clauses[0].Heading)
}

// Touches tells which areas of a page an entry of this room moves: "text", the
// clauses ("clause/ID") and the proposal ("proposal/ID") that it is about, and
// "versions" for a new version.
func Touches(e record.Entry) []string {
	switch e.Content.Kind {
	case kindIssued:
		areas := []string{"text", "versions"}
		for _, c := range record.Body[issued](e).Clauses {
			areas = append(areas, string(record.NewRef("clause", c.ID)))
		}
		return areas
	case kindTabled, kindCleared:
		w := record.Body[wording](e)
		return touched(w.ID, w.Clause, w.After)
	case kindWithdrawn:
		w := record.Body[withdrawn](e)
		return touched(w.Proposal, w.Clause)
	}
	panic(record.Unknown(e))
}

func touched(proposal string, clauses ...string) []string {
	areas := []string{"text", string(record.NewRef("proposal", proposal))}
	for _, id := range clauses {
		if id != "" {
			areas = append(areas, string(record.NewRef("clause", id)))
		}
	}
	return areas
}
