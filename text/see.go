package text

import (
	"cmp"
	"slices"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
)

// SeeVersions gives all versions, the oldest first.
func SeeVersions(s *State) []VersionView { return s.versions.All() }

// SeeVersion gives one version by id, for an empty id the latest, and whether
// there is one.
func SeeVersion(s *State, id string) (VersionView, bool) {
	v, err := s.version(id)
	if err != nil {
		return VersionView{}, false
	}
	return *v, true
}

// SeeProposals gives all proposals, the oldest first.
func SeeProposals(s *State) []ProposalView { return s.proposals.All() }

// SeeProposal gives one proposal by id, and whether there is one.
func SeeProposal(s *State, id string) (ProposalView, bool) {
	if p := s.proposals.Get(id); p != nil {
		return *p, true
	}
	return ProposalView{}, false
}

// SeeLive gives the ids of the live proposals on a version, the oldest first.
// An empty version is the latest.
func SeeLive(s *State, version string) []string {
	v, err := s.version(version)
	if err != nil {
		return nil
	}
	return slices.Clone(s.on[v.ID])
}

// SeeClause gives one clause by its permanent id, and whether there is one.
func SeeClause(s *State, id string) (ClauseView, bool) {
	places := s.places[id]
	if len(places) == 0 {
		return ClauseView{}, false
	}
	c := ClauseView{ID: id}
	for i, p := range places {
		v := s.versions.Get(p.version)
		mark := v.Clauses[p.index]
		c.Label, c.Heading = mark.Label, mark.Heading
		c.Words = append(c.Words, ClauseWords{
			Version: v.ID, Symbol: v.Symbol, At: v.At, Place: p.index, Label: mark.Label,
			Words:       strings.TrimSpace(source(v.Text, p.index, p.index+1)),
			Fingerprint: mark.Fingerprint,
			Changed:     i > 0 && c.Words[i-1].Fingerprint != mark.Fingerprint,
		})
	}
	for _, id := range s.about[id] {
		c.Proposals = append(c.Proposals, *s.proposals.Get(id))
	}
	return c, true
}

// SeeRolling gives a version with the live proposals on it as one bracketed
// text. An empty version is the latest.
//
// Each seat's reading of it is the seat's reading of the version with the
// seat's own proposals carried out. Where a seat has two live proposals on a
// clause, before different audiences, the one before the widest counts, and of
// two equally wide the later. Supporters (by the id of a proposal) share the
// words that they support on clauses for which they propose nothing themselves.
//
// Clauses for which nothing is proposed stand as in the version, to the letter,
// and cost nothing.
func SeeRolling(s *State, version string, supporters map[string][]record.Seat) (RollingView, error) {
	return SeeRollingAfter(s, RollingView{}, version, supporters)
}

// SeeRollingAfter gives what SeeRolling gives, whatever rolling text was seen
// before it: it takes over from that one the clauses for which nothing else is
// proposed now, so that it costs what has changed.
func SeeRollingAfter(s *State, before RollingView, version string, supporters map[string][]record.Seat) (RollingView, error) {
	u, err := SeeUnrolled(s, version, supporters)
	if err != nil {
		return RollingView{}, err
	}
	return u.Roll(before)
}

// Unrolled is a version and the live proposals on it, not yet made one text: a
// value, which the state may go on from.
type Unrolled struct {
	version    *VersionView // which never changes
	live       []*ProposalView
	supporters map[string][]record.Seat
}

// SeeUnrolled gives what a rolling text is made of, as for SeeRolling, and leaves
// the work to Unrolled.Roll, which needs the state no more.
func SeeUnrolled(s *State, version string, supporters map[string][]record.Seat) (Unrolled, error) {
	v, err := s.version(version)
	if err != nil {
		return Unrolled{}, err
	}
	return Unrolled{version: v, live: s.live(v.ID), supporters: supporters}, nil
}

// Proposals gives the live proposals on the version, the oldest first.
func (u Unrolled) Proposals() []*ProposalView { return u.live }

// Version gives the id of the version.
func (u Unrolled) Version() string { return u.version.ID }

// Clauses gives the version's clauses.
func (u Unrolled) Clauses() []Clause { return u.version.Clauses }

// Roll makes the rolling text, after another as for SeeRollingAfter.
func (u Unrolled) Roll(before RollingView) (RollingView, error) {
	return roll(u.version, u.live, u.supporters, before.made)
}

// version gives a version by id, or for an empty id the latest.
func (s *State) version(id string) (*VersionView, error) {
	v := s.versions.Get(id)
	if id == "" {
		v = s.latest(func(*VersionView) bool { return true })
	}
	if v == nil {
		return nil, fault.NotFound("there is no version %q", id)
	}
	return v, nil
}

// live gives the live proposals on a version, the oldest first.
func (s *State) live(version string) []*ProposalView {
	found := make([]*ProposalView, 0, len(s.on[version])+1)
	for _, id := range s.on[version] {
		found = append(found, s.proposals.Get(id))
	}
	return found
}

// SeeReading gives a seat's plain reading of the rolling text of a version; of
// the empty seat, what lies on the table.
func SeeReading(s *State, version string, seat record.Seat, supporters map[string][]record.Seat) (string, error) {
	r, err := SeeRolling(s, version, supporters)
	if err != nil {
		return "", err
	}
	return draft.Reading(r.Text, seat), nil
}

// SeeWording gives the words of a clause as a seat would have them now, with
// its own live proposal carried out: what an amendment begins from. Brackets
// that are nobody's stay as written.
func SeeWording(s *State, version, clause string, seat record.Seat) (string, error) {
	v, err := s.version(version)
	if err != nil {
		return "", err
	}
	at := v.index(clause)
	if at < 0 {
		return "", fault.NotFound("%s has no clause %q", v.Symbol, clause)
	}
	live := s.live(v.ID)
	id := choose(live)[slot{seat, clause, Amend}]
	for _, p := range live {
		if p.ID == id {
			return p.Words, nil
		}
	}
	return clauseFor(v, at, seat), nil
}

// Preview shows what a proposal would make of its clause, together with what
// the others propose, and writes nothing. It refuses what Decide would refuse,
// but for a missing id and for an own proposal that it would have to replace.
func Preview(s *State, by record.Actor, a Table, supporters map[string][]record.Seat) (PreviewView, error) {
	w, to, err := s.admissible(by, a)
	if err != nil {
		return PreviewView{}, err
	}
	const id = "preview"
	own := &ProposalView{
		ID: id, Seat: w.Seat, Version: w.Version, Kind: w.Kind, Clause: w.Clause, After: w.After, Words: w.Words,
		Status: Live, Standing: []Standing{{Audience: to}},
	}
	var live []*ProposalView
	for _, p := range s.live(w.Version) {
		rival := p.Seat == w.Seat && p.Clause == w.Clause && rivals(p.Kind, w.Kind)
		if p.ID != w.Replaces && !rival && own.meets(p) {
			live = append(live, p)
		}
	}
	r, err := roll(s.versions.Get(w.Version), append(live, own), supporters, nil)
	if err != nil {
		return PreviewView{}, err
	}
	return r.part(id)
}

// meets tells whether two proposals touch the same clause or the same place
// between clauses.
func (v *ProposalView) meets(w *ProposalView) bool {
	placed := func(k Kind) bool { return k == Insert || k == Move }
	return v.Clause == w.Clause && v.Clause != "" || placed(v.Kind) && placed(w.Kind) && v.After == w.After
}

// part cuts the clauses out in which a proposal stands.
func (v RollingView) part(proposal string) (PreviewView, error) {
	var b strings.Builder
	p := PreviewView{}
	for _, c := range v.Clauses {
		if slices.Contains(c.Applied, proposal) {
			b.WriteString(source(v.Text, c.First, c.Last))
			p.Label = cmp.Or(p.Label, c.Label)
		}
	}
	if b.Len() == 0 {
		return p, fault.Invalid("there is no way to print this wording beside the others").
			With("look for brackets that reach over several clauses")
	}
	t, err := draft.Parse(strings.TrimSpace(b.String()), v.Text.Front.Seats...)
	if err != nil {
		return p, err
	}
	p.Text, p.Counts = t, draft.Count(t)
	return p, nil
}

// Handed is a clause in words in which it may have been handed out.
type Handed struct{ Clause, Words string }

// SeeHanded gives the clauses of a version in the forms in which a seat may have
// taken them away: as they were issued; as the seat would have them, its own
// proposals carried out; as they stand in the rolling text. Headings are among
// them; clauses without words are not.
func SeeHanded(s *State, version string, seat record.Seat, supporters map[string][]record.Seat) ([][]Handed, error) {
	v, err := s.version(version)
	if err != nil {
		return nil, err
	}
	var issued, own, rolling []Handed
	live := s.live(v.ID)
	chosen := choose(live)
	for i, c := range v.Clauses {
		issued = append(issued, Handed{c.ID, strings.TrimSpace(v.sheet.sources[i])})
		words := clauseFor(v, i, seat)
		id := chosen[slot{seat, c.ID, Amend}]
		if at := slices.IndexFunc(live, func(p *ProposalView) bool { return p.ID == id }); id != "" && at >= 0 {
			words = live[at].Words
		}
		own = append(own, Handed{c.ID, words})
	}
	r, err := SeeRolling(s, v.ID, supporters)
	if err != nil {
		return nil, err
	}
	for _, c := range r.Clauses {
		if c.ID != "" {
			rolling = append(rolling, Handed{c.ID, strings.TrimSpace(source(r.Text, c.First, c.Last))})
		}
	}
	out := [][]Handed{issued, own, rolling}
	for i := range out {
		out[i] = slices.DeleteFunc(out[i], func(h Handed) bool { return h.Words == "" })
	}
	return out, nil
}

// SeeOwn gives words as a seat would have them: alternatives that seats of the
// version hold are decided, brackets that are nobody's stay as written.
func SeeOwn(v VersionView, words string, seat record.Seat) string {
	return carriedReading(words, v.Text.Front.Seats, seat)
}
