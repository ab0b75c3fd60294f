package bargain

import (
	"cmp"
	"slices"

	"paraph/fault"
	"paraph/record"
)

func (s *State) tablePackage(by record.Actor, a TablePackage) ([]record.Event, error) {
	narrowest := record.Internal(by.Seat)
	if by.Role == record.Chair {
		narrowest = record.Parties
	}
	to, err := by.Address(a.Audience, narrowest, record.Speaking)
	if err := cmp.Or(err,
		record.CheckID("a package", a.ID),
		record.CheckLine("the title of the package", a.Title, record.Required),
		record.CheckProse("the note", a.Note, record.Optional)); err != nil {
		return nil, err
	}
	if to == record.Public {
		return nil, fault.Invalid("a package is for those who bargain").With("address it to the plenary or to fewer")
	}
	if s.packages.Get(a.ID) != nil {
		return nil, fault.Conflict("a package with the id %q is there already", a.ID).With("choose another id")
	}
	if err := cmp.Or(s.checkPackage(a.ID, a.Choices, a.If), checkBetween(a.Between, by, to), s.checkAfter(a)); err != nil {
		return nil, err
	}
	refs := slices.Concat(record.SeatRefs(slices.Concat(a.Between, to.Seats())...), issueRefs(a.Choices), conditionRefs(a.If))
	if a.After != "" {
		refs = append(refs, record.NewRef("package", a.After))
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindTabled,
		Body:     tabled{a.ID, a.Title, a.Note, a.Choices, a.If, a.Between, a.After},
		Makes:    []record.Ref{record.NewRef("package", a.ID)},
		Mentions: distinct(refs),
	}}, nil
}

func (s *State) checkPackage(id string, choices []Choice, conditions []Condition) error {
	if len(choices) == 0 {
		return fault.Invalid("the package decides nothing").With("choose an option of one issue at least")
	}
	return cmp.Or(s.checkChoices(choices), s.checkConditions(conditions, id), s.checkRules(choices))
}

// checkRules refuses choices that a rule makes impossible, as far as they go: an
// issue that is left open may still keep a rule.
func (s *State) checkRules(choices []Choice) error {
	for _, r := range s.rules.All() {
		if r.Standing != Stands || !all(r.If, choices) {
			continue
		}
		against := func(c Choice) bool {
			return slices.ContainsFunc(choices, func(o Choice) bool { return o.Issue == c.Issue && o.Option != c.Option })
		}
		if len(r.Then) == 0 || slices.ContainsFunc(r.Then, against) {
			return fault.Invalid("the package breaks a rule of what can stand together").
				With("%s", cmp.Or(r.Reason, "see the rules, and choose another option"))
		}
	}
	return nil
}

func all(wanted, choices []Choice) bool {
	return !slices.ContainsFunc(wanted, func(c Choice) bool { return !slices.Contains(choices, c) })
}

// checkBetween tells whether those who must accept a package are named, each
// once, and whether they can be among its readers.
func checkBetween(between []record.Seat, by record.Actor, to record.Audience) error {
	if len(between) == 0 {
		return fault.Invalid("it is not said which parties must accept the package").With("name them")
	}
	for i, seat := range between {
		if err := record.CheckSeat(seat); err != nil {
			return err
		}
		if slices.Contains(between[:i], seat) {
			return fault.Invalid("%s is named twice", seat)
		}
		own := seat == by.Seat && by.Role == record.Chair
		if own {
			return fault.Invalid("the chair is no party to a package").With("name the parties alone")
		}
	}
	return nil
}

func (s *State) checkAfter(a TablePackage) error {
	if a.After == "" {
		return nil
	}
	p, there := SeePackage(s, a.After, nil)
	if !there {
		return fault.NotFound("there is no package %q", a.After)
	}
	if p.Status != Settled {
		return fault.Conflict("the package %q is not settled", p.Title).With("a second pass comes after a deal; amend the package instead")
	}
	return nil
}

// ownPackage gives a package that is the actor's to change.
func (s *State) ownPackage(by record.Actor, id, does string) (*PackageView, error) {
	p := s.packages.Get(id)
	if p == nil {
		return nil, fault.NotFound("there is no package %q", id)
	}
	if p.Seat != by.Seat {
		return nil, fault.Forbidden("this package is not yours to %s", does).With("%s tabled it; table one of your own", p.Seat)
	}
	if p.Status == Withdrawn {
		return nil, fault.Conflict("this package is withdrawn already")
	}
	return p, nil
}

func (s *State) amendPackage(by record.Actor, a AmendPackage) ([]record.Event, error) {
	p, err := s.ownPackage(by, a.Package, "amend")
	if err != nil {
		return nil, err
	}
	to, err := by.Address(p.Audience, p.Audience, record.Speaking)
	if err := cmp.Or(err, record.CheckProse("the note", a.Note, record.Optional), s.checkPackage(a.Package, a.Choices, a.If)); err != nil {
		return nil, err
	}
	if slices.Equal(a.Choices, p.Choices) && slices.Equal(a.If, p.If) {
		return nil, fault.Invalid("the amendment changes nothing")
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindAmended,
		Body:     amended(a),
		Mentions: distinct(slices.Concat([]record.Ref{record.NewRef("package", a.Package)}, issueRefs(a.Choices), conditionRefs(a.If))),
	}}, nil
}

func (s *State) withdrawPackage(by record.Actor, a WithdrawPackage) ([]record.Event, error) {
	p, err := s.ownPackage(by, a.Package, "withdraw")
	if err != nil {
		return nil, err
	}
	to, err := by.Address(p.Audience, p.Audience, record.Speaking)
	if err := cmp.Or(err, record.CheckProse("the reason", a.Reason, record.Optional)); err != nil {
		return nil, err
	}
	return []record.Event{{
		Audience: to, Kind: kindWithdrawn, Body: withdrawn(a), Mentions: []record.Ref{record.NewRef("package", a.Package)},
	}}, nil
}

func (s *State) respond(by record.Actor, a RespondPackage) ([]record.Event, error) {
	p, there := SeePackage(s, a.Package, nil)
	if !there {
		return nil, fault.NotFound("there is no package %q", a.Package)
	}
	if !slices.Contains(p.Between, by.Seat) || by.Role != record.Party {
		return nil, fault.Forbidden("the package is not between you and others").With("those that it is between accept or decline it")
	}
	if a.Response != Accept && a.Response != Decline {
		return nil, fault.Invalid("%q is no answer to a package", string(a.Response)).With("accept or decline")
	}
	duty := record.Speaking
	if a.Response == Accept {
		duty = record.Binding
	}
	to, err := by.Address(a.Audience, p.confidence(by.Seat), duty)
	if err := cmp.Or(err, record.CheckProse("the note", a.Note, record.Optional)); err != nil {
		return nil, err
	}
	switch {
	case p.Status == Withdrawn || p.Status == Void:
		return nil, fault.Conflict("the package is %s", p.Status)
	case a.Revision != p.Revision:
		return nil, fault.Conflict("the package was amended: revision %d stands now", p.Revision).With("read it again")
	case slices.ContainsFunc(p.Responses, func(r ResponseView) bool {
		return r.Seat == by.Seat && r.Audience == to && r.Response == a.Response && r.Note == a.Note
	}):
		return nil, fault.Conflict("%s has answered so already", by.Seat)
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindResponded,
		Body:     responded{a.Package, a.Revision, by.Seat, a.Response, a.Note},
		Mentions: distinct(append(record.SeatRefs(append(to.Seats(), by.Seat)...), record.NewRef("package", a.Package))),
	}}, nil
}

// confidence gives the audience in which a party answers a package when it names
// none: the chair in confidence, or those who read a package that the chair may
// not.
func (p PackageView) confidence(seat record.Seat) record.Audience {
	switch p.Audience.Name() {
	case record.Internal(seat).Name(), record.Bilateral(seat).Name():
		return p.Audience
	}
	return record.Offices(seat)
}
