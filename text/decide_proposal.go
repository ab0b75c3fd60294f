package text

import (
	"cmp"
	"slices"

	"paraph/fault"
	"paraph/record"
)

func (s *State) table(by record.Actor, a Table) ([]record.Event, error) {
	w, to, err := s.admissible(by, a)
	if err != nil {
		return nil, err
	}
	if err := record.CheckID("a proposal", a.ID); err != nil {
		return nil, err
	}
	if s.proposals.Get(a.ID) != nil {
		return nil, fault.Conflict("a proposal with the id %q stands already", a.ID).With("choose another id")
	}
	old, err := s.replaced(w, to)
	if err != nil {
		return nil, err
	}
	return append([]record.Event{{
		Audience: to,
		Kind:     kindTabled,
		Body:     w,
		Makes:    []record.Ref{record.NewRef("proposal", a.ID)},
		Mentions: w.mentions(to),
	}}, old...), nil
}

// admissible tells whether a proposal could be tabled, but for its id and for
// what it replaces, and gives it as it would be written, and to whom.
func (s *State) admissible(by record.Actor, a Table) (wording, record.Audience, error) {
	none := wording{}
	if by.Role == record.Observer {
		return none, "", fault.Forbidden("an observer tables no proposals").With("parties and the chair do")
	}
	seat, err := by.Voice(a.For)
	if err != nil {
		return none, "", err
	}
	to, err := by.Address(a.Audience, record.Internal(by.Seat), record.Speaking)
	if err := cmp.Or(err,
		record.CheckSeat(seat),
		record.CheckProse("the reason", a.Reason, record.Optional),
		a.Source.Check(to)); err != nil {
		return none, "", err
	}
	v := s.versions.Get(a.Version)
	if a.Version == "" {
		v = s.latest(func(*VersionView) bool { return true })
	}
	if v == nil {
		return none, "", fault.NotFound("there is no version %q to propose on", a.Version)
	}
	if a.Kind == Amend {
		a.Words = v.labelled(a.Clause, a.Words)
	}
	w := wording{a.ID, seat, v.ID, a.Kind, a.Clause, a.After, a.Words, a.Reason, a.Replaces, a.Source}
	return w, to, s.checkWording(v, seat, a)
}

func (w wording) mentions(to record.Audience) []record.Ref {
	seats := append(to.Seats(), w.Seat)
	slices.Sort(seats)
	refs := append(record.SeatRefs(slices.Compact(seats)...), record.NewRef("version", w.Version))
	for _, id := range []string{w.Clause, w.After} {
		if id != "" {
			refs = append(refs, record.NewRef("clause", id))
		}
	}
	if w.Replaces != "" {
		refs = append(refs, record.NewRef("proposal", w.Replaces))
	}
	return refs
}

// replaced judges what a proposal replaces in an audience: a seat has one
// wording for a clause before each audience. Where else the old one stands, and
// the new one is not read, it is withdrawn.
func (s *State) replaced(w wording, to record.Audience) ([]record.Event, error) {
	for _, id := range s.about[cmp.Or(w.Clause, w.After)] {
		p := s.proposals.Get(id)
		if id != w.ID && id != w.Replaces && p.Seat == w.Seat && p.Version == w.Version && p.Status == Live &&
			p.Widest() == to && rivals(p.Kind, w.Kind) && p.Clause == w.Clause {
			return nil, fault.Conflict("%s has a live proposal on this clause before that audience already", w.Seat).
				With("name it as the one that yours replaces, or withdraw it first: %s", id)
		}
	}
	if w.Replaces == "" {
		return nil, nil
	}
	p := s.proposals.Get(w.Replaces)
	switch {
	case p == nil:
		return nil, fault.NotFound("there is no proposal %q to replace", w.Replaces)
	case p.Seat != w.Seat:
		return nil, fault.Forbidden("the proposal that this one would replace is not of %s", w.Seat)
	case p.Status != Live:
		return nil, fault.Conflict("the proposal that this one would replace is %s already", p.Status)
	case p.Version != w.Version || p.Clause != w.Clause || w.ID == w.Replaces:
		return nil, fault.Invalid("a proposal replaces one on the same clause of the same version")
	case p.Widest() != to:
		return nil, fault.Invalid("the proposal that this one would replace stands before %s", p.Widest()).
			With("address the new one to the same audience")
	}
	return s.retire(p, to), nil
}

// rivals tells whether two proposals on one clause exclude each other: a clause
// can be both amended and moved.
func rivals(a, b Kind) bool {
	return a != Insert && b != Insert && (a == b || a == Delete || b == Delete)
}

// retire withdraws a proposal wherever it stands before readers who may not see
// what replaces it.
func (s *State) retire(p *ProposalView, to record.Audience) []record.Event {
	var events []record.Event
	for _, st := range p.Standing {
		a := st.Audience
		if a == to || a == record.Internal(p.Seat) || to == record.Public || to == record.Plenary {
			continue
		}
		events = append(events, p.withdrawal(a, "", record.Source{}))
	}
	return events
}

func (p *ProposalView) withdrawal(to record.Audience, reason string, src record.Source) record.Event {
	return record.Event{
		Audience: to,
		Kind:     kindWithdrawn,
		Body:     withdrawn{p.ID, cmp.Or(p.Clause, p.After), reason, src},
		Mentions: []record.Ref{record.NewRef("proposal", p.ID)},
	}
}

func (s *State) withdraw(by record.Actor, a Withdraw) ([]record.Event, error) {
	p, err := s.own(by, a.Proposal, "withdraw")
	if err := cmp.Or(err, record.CheckProse("the reason", a.Reason, record.Optional)); err != nil {
		return nil, err
	}
	var events []record.Event
	for _, st := range p.Standing {
		to, err := by.Address(st.Audience, st.Audience, record.Speaking)
		if err := cmp.Or(err, a.Source.Check(to)); err != nil {
			return nil, err
		}
		events = append(events, p.withdrawal(to, a.Reason, a.Source))
	}
	return events, nil
}

func (s *State) clear(by record.Actor, a Clear) ([]record.Event, error) {
	p, err := s.own(by, a.Proposal, "clear")
	if err != nil {
		return nil, err
	}
	if a.To == "" {
		return nil, fault.Invalid("it is not said to whom the proposal is cleared").With("name the further audience")
	}
	to, err := by.Address(a.To, "", record.Speaking)
	if err := cmp.Or(err,
		record.CheckProse("the reason", a.Reason, record.Optional),
		a.Source.Check(to)); err != nil {
		return nil, err
	}
	if p.stands(to) {
		return nil, fault.Conflict("the proposal stands before %s already", to)
	}
	w := wording{p.ID, p.Seat, p.Version, p.Kind, p.Clause, p.After, p.Words, a.Reason, a.Replaces, a.Source}
	old, err := s.replaced(w, to)
	if err != nil {
		return nil, err
	}
	return append([]record.Event{{
		Audience: to,
		Kind:     kindCleared,
		Body:     w,
		Makes:    []record.Ref{record.NewRef("proposal", p.ID)},
		Mentions: w.mentions(to),
	}}, old...), nil
}

// own gives a live proposal that is the actor's to act on.
func (s *State) own(by record.Actor, id, does string) (*ProposalView, error) {
	p := s.proposals.Get(id)
	if p == nil {
		return nil, fault.NotFound("there is no proposal %q", id)
	}
	owner := p.Seat == by.Seat
	if by.Role == record.Keeper {
		owner = p.By.Seat == ""
	}
	if !owner {
		return nil, fault.Forbidden("this proposal is not yours to %s", does).With("%s made it", p.Seat)
	}
	if p.Status != Live {
		return nil, fault.Conflict("this proposal is %s already", p.Status)
	}
	return p, nil
}
