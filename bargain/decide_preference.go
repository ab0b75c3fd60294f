package bargain

import (
	"cmp"
	"math/big"
	"slices"

	"paraph/fault"
	"paraph/record"
	"paraph/settle"
)

func (s *State) prefer(by record.Actor, a Prefer) ([]record.Event, error) {
	if by.Role != record.Party {
		return nil, fault.Forbidden("only a party has preferences here").With("the chair sees what parties lend it")
	}
	to, err := by.Address(record.Internal(by.Seat), "", record.Speaking)
	if err := cmp.Or(err,
		record.CheckLine("the method", a.Method, record.Required),
		record.CheckProse("the answers", a.Answers, record.Optional),
		record.CheckProse("the note", a.Note, record.Optional),
		s.checkParty(a)); err != nil {
		return nil, err
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindPreferred,
		Body:     preferred{worthsOf(a.Issues, a.Party), a.Method, a.Answers, a.Note},
		Mentions: idRefs("issue", a.Issues),
	}}, nil
}

// checkParty tells whether preferences are about issues that are there, and well
// formed for them.
func (s *State) checkParty(a Prefer) error {
	p := settle.Problem{Parties: []settle.Party{a.Party}}
	for k, id := range a.Issues {
		i := s.issues.Get(id)
		if i == nil {
			return fault.NotFound("there is no issue %q", id)
		}
		if slices.Contains(a.Issues[:k], id) {
			return fault.Invalid("the issue %q is there twice", i.Name)
		}
		issue := settle.Issue{Name: i.Name}
		for _, o := range i.Options {
			issue.Options = append(issue.Options, o.Name)
		}
		p.Issues = append(p.Issues, issue)
	}
	if len(a.Party.Terms) > maxTerms {
		return fault.Invalid("the preferences have %d terms, %d at most are kept", len(a.Party.Terms), maxTerms)
	}
	if err := p.Check(); err != nil {
		return err
	}
	for _, n := range numbersIn(a.Party) {
		if n != nil && (n.Num().BitLen() > maxBits || n.Denom().BitLen() > maxBits) {
			return fault.Invalid("a number of the preferences is finer or greater than %d bits", maxBits).With("round it")
		}
	}
	return nil
}

// maxBits is how many bits a number of preferences may have above and below its
// line.
const maxBits = 128

func numbersIn(p settle.Party) []*big.Rat {
	all := []*big.Rat{p.Reservation, p.Weight, p.Discount}
	for _, row := range slices.Concat(p.Worth, p.Doubt) {
		all = append(all, row...)
	}
	for _, t := range p.Terms {
		all = append(all, t.Worth)
	}
	return all
}

func (s *State) lend(by record.Actor, a Lend) ([]record.Event, error) {
	if by.Role != record.Party {
		return nil, fault.Forbidden("only a party lends its preferences")
	}
	to, err := by.Address(record.Offices(by.Seat), "", record.Binding)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(Grains(), a.Grain) {
		return nil, fault.Invalid("%d is not a grain", int(a.Grain)).With("4, 8, 16 or 32 levels, or 0 for exact")
	}
	own := s.preferences[by.Seat]
	if len(own) == 0 {
		return nil, fault.Conflict("%s has kept no preferences to lend", by.Seat).With("enter them first")
	}
	last := own[len(own)-1]
	body := lent{worthsOf(last.Issues, Coarsened(last.Party, a.Grain)), by.Seat, a.Grain}
	if l := s.lent[by.Seat]; l != nil && !l.Revoked && l.Grain == a.Grain && sameWorths(body.worths, worthsOf(l.issues, l.party)) {
		return nil, fault.Conflict("%s has lent just that already", by.Seat)
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindLent,
		Body:     body,
		Mentions: append(record.SeatRefs(by.Seat), idRefs("issue", last.Issues)...),
	}, {
		Audience: record.Internal(by.Seat), Kind: kindNoted, Body: noted{by.Seat, a.Grain}, Mentions: record.SeatRefs(by.Seat),
	}}, nil
}

func (s *State) revoke(by record.Actor) ([]record.Event, error) {
	if by.Role != record.Party {
		return nil, fault.Forbidden("only a party takes back what it has lent")
	}
	to, err := by.Address(record.Offices(by.Seat), "", record.Speaking)
	if err != nil {
		return nil, err
	}
	if l := s.lent[by.Seat]; l == nil || l.Revoked {
		return nil, fault.Conflict("%s has lent nothing", by.Seat)
	}
	return []record.Event{{Audience: to, Kind: kindRevoked, Body: revoked{by.Seat}, Mentions: record.SeatRefs(by.Seat)}}, nil
}

func (s *State) place(by record.Actor, a PlaceSecrets) ([]record.Event, error) {
	if by.Role != record.Party {
		return nil, fault.Forbidden("only a party is asked in sealed tests")
	}
	to, err := by.Address(record.Internal(by.Seat), "", record.Binding)
	if err != nil {
		return nil, err
	}
	if s.elsewhere[by.Seat] == a.Elsewhere {
		return nil, fault.Conflict("%s keeps its secrets so already", by.Seat)
	}
	return []record.Event{{Audience: to, Kind: kindPlaced, Body: placed{by.Seat, a.Elsewhere}, Mentions: record.SeatRefs(by.Seat)}}, nil
}

func idRefs(noun string, ids []string) []record.Ref {
	var refs []record.Ref
	for _, id := range ids {
		refs = append(refs, record.NewRef(noun, id))
	}
	return distinct(refs)
}
