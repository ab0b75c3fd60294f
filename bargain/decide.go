package bargain

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"paraph/fault"
	"paraph/record"
)

// Decide judges an act by what its actor sees, and gives the entries to write.
// Whether clauses have the words that an act names it leaves to the desk: an
// entry mentions them, and none may mention what is not there for all its
// readers.
func Decide(s *State, by record.Actor, now time.Time, act Act) ([]record.Event, error) {
	if by.Role == record.Keeper || by.Role == record.Observer || by.Role == record.Outsider {
		return nil, fault.Forbidden("only the chair and parties bargain")
	}
	switch a := act.(type) {
	case MakeIssue:
		return s.makeIssue(by, a)
	case DropIssue:
		return s.dropIssue(by, a)
	case AddRule:
		return s.addRule(by, a)
	case DropRule:
		return s.dropRule(by, a)
	case Prefer:
		return s.prefer(by, a)
	case Lend:
		return s.lend(by, a)
	case Revoke:
		return s.revoke(by)
	case PlaceSecrets:
		return s.place(by, a)
	case TablePackage:
		return s.tablePackage(by, a)
	case AmendPackage:
		return s.amendPackage(by, a)
	case WithdrawPackage:
		return s.withdrawPackage(by, a)
	case RespondPackage:
		return s.respond(by, a)
	case OpenTest:
		return s.openTest(by, now, a)
	case Join:
		return s.join(by, now, a)
	case Answer:
		return s.answer(by, now, a)
	case Open:
		return s.disclose(by, a)
	}
	panic(fmt.Sprintf("bargain: unknown act %T", act))
}

// Bounds of what is bargained over, so that nothing grows beyond what a person
// can weigh.
const (
	maxIssues  = 100
	maxOptions = 100
	maxTerms   = 1_000
)

// forParties settles to whom what the chair lays down for all is written.
func forParties(by record.Actor, asked record.Audience, does string) (record.Audience, error) {
	if by.Role != record.Chair {
		return "", fault.Forbidden("only the chair %s", does).With("send the chair a message, or table a package")
	}
	to, err := by.Address(asked, record.Parties, record.Speaking)
	if err == nil && to != record.Parties && to != record.Plenary {
		return "", fault.Invalid("what is to be settled is the same for all parties").With("address it to the parties, or to the plenary")
	}
	return to, err
}

func (s *State) makeIssue(by record.Actor, a MakeIssue) ([]record.Event, error) {
	to, err := forParties(by, a.Audience, "makes issues")
	if err == nil {
		a.Options, err = a.options()
	}
	if err := cmp.Or(err, a.check()); err != nil {
		return nil, err
	}
	if s.issues.Get(a.ID) != nil {
		return nil, fault.Conflict("an issue with the id %q is there already", a.ID).With("choose another id")
	}
	if len(s.open(nil)) >= maxIssues {
		return nil, fault.Conflict("there are %d issues already", maxIssues).With("drop some first")
	}
	for _, b := range a.Brackets {
		if i := s.madeOf(b); i != nil {
			return nil, fault.Conflict("the issue %q is made of this bracket already", i.Name).With("drop it first")
		}
	}
	refs := record.SeatRefs(to.Seats()...)
	for _, b := range a.Brackets {
		refs = append(refs, wordsRefs(Condition{Clause: b.Clause, Version: b.Version, Fingerprint: b.Fingerprint})...)
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindMade,
		Body:     made{a.ID, a.Name, a.Note, a.Brackets, a.Options},
		Makes:    []record.Ref{record.NewRef("issue", a.ID)},
		Mentions: distinct(refs),
	}}, nil
}

// madeOf gives the issue that is made of a bracket and was not dropped; nil for
// none.
func (s *State) madeOf(b Bracket) *IssueView {
	for _, i := range s.issues.All() {
		for _, own := range i.Brackets {
			if i.Standing != Dropped && own.Clause == b.Clause && own.Fingerprint == b.Fingerprint && own.Place == b.Place {
				return &i
			}
		}
	}
	return nil
}

// options gives the options that were asked for, or those that the brackets give
// by themselves.
func (a MakeIssue) options() ([]Option, error) {
	if len(a.Options) > 0 || len(a.Brackets) == 0 {
		return a.Options, nil
	}
	var all []Option
	for k, b := range a.Brackets {
		own, err := b.options()
		if err != nil {
			return nil, err
		}
		if k == 0 {
			all = own
			continue
		}
		if len(own) != len(all) {
			return nil, fault.Invalid("the brackets have %d and %d alternatives", len(all), len(own)).
				With("say for each option which alternative it takes in each bracket")
		}
		for i := range all {
			all[i].Name += " / " + own[i].Name
			all[i].Alternatives = append(all[i].Alternatives, own[i].Alternatives...)
		}
	}
	return all, nil
}

// options gives the options that a bracket gives by itself.
func (b Bracket) options() ([]Option, error) {
	v, err := b.view()
	return v.Options, err
}

// view reads the bracket out of the words of its clause.
func (b Bracket) view() (BracketView, error) {
	all, err := Brackets(b.Clause, b.Version, b.Words, b.Seats)
	if err != nil {
		return BracketView{}, err
	}
	if b.Place < 0 || b.Place >= len(all) {
		return BracketView{}, fault.Invalid("the clause has %d brackets that stand in it alone", len(all)).
			With("name one of them by its place, from 0; a bracket over several clauses is decided clause by clause")
	}
	if all[b.Place].Fingerprint != b.Fingerprint {
		return BracketView{}, fault.Invalid("the words given are not those of the fingerprint").With("take both from the same version")
	}
	return all[b.Place], nil
}

func (a MakeIssue) check() error {
	err := cmp.Or(
		record.CheckID("an issue", a.ID),
		record.CheckLine("the name of the issue", a.Name, record.Required),
		record.CheckProse("the note", a.Note, record.Optional))
	if err != nil {
		return err
	}
	if len(a.Options) < 1 || len(a.Options) > maxOptions {
		return fault.Invalid("an issue has 1 to %d options, this one has %d", maxOptions, len(a.Options))
	}
	for k, b := range a.Brackets {
		v, err := b.view()
		if err := cmp.Or(err, record.CheckLine("the clause", b.Clause, record.Required), record.CheckLine("the version", b.Version, record.Required)); err != nil {
			return err
		}
		for _, o := range a.Options {
			if len(o.Alternatives) != len(a.Brackets) {
				return fault.Invalid("the option %q takes %d alternatives of %d brackets", o.Name, len(o.Alternatives), len(a.Brackets))
			}
			if n := o.Alternatives[k]; n < NoText || n >= len(v.Alternatives) {
				return fault.Invalid("the option %q takes an alternative that is not there", o.Name)
			}
		}
	}
	for i, o := range a.Options {
		if err := record.CheckLine("the name of an option", o.Name, record.Required); err != nil {
			return err
		}
		same := func(p Option) bool {
			return p.Name == o.Name || len(a.Brackets) > 0 && slices.Equal(p.Alternatives, o.Alternatives)
		}
		if slices.ContainsFunc(a.Options[:i], same) {
			return fault.Invalid("the option %q is there twice", o.Name).With("give each option a name and words of its own")
		}
		if len(a.Brackets) == 0 && len(o.Alternatives) > 0 {
			return fault.Invalid("an issue without text has no alternatives")
		}
	}
	return nil
}

func (s *State) dropIssue(by record.Actor, a DropIssue) ([]record.Event, error) {
	i := s.issues.Get(a.Issue)
	if i == nil {
		return nil, fault.NotFound("there is no issue %q", a.Issue)
	}
	to, err := forParties(by, i.Audience, "drops issues")
	if err := cmp.Or(err, record.CheckProse("the reason", a.Reason, record.Optional)); err != nil {
		return nil, err
	}
	if i.Standing == Dropped {
		return nil, fault.Conflict("the issue is dropped already")
	}
	return []record.Event{{
		Audience: to, Kind: kindDropped, Body: dropped(a), Mentions: []record.Ref{record.NewRef("issue", a.Issue)},
	}}, nil
}

func (s *State) addRule(by record.Actor, a AddRule) ([]record.Event, error) {
	to, err := forParties(by, a.Audience, "adds rules")
	if err := cmp.Or(err, record.CheckID("a rule", a.ID), record.CheckProse("the reason", a.Reason, record.Optional)); err != nil {
		return nil, err
	}
	if s.rules.Get(a.ID) != nil {
		return nil, fault.Conflict("a rule with the id %q is there already", a.ID).With("choose another id")
	}
	if len(a.If)+len(a.Then) == 0 {
		return nil, fault.Invalid("the rule says nothing").With("name choices that exclude or need each other")
	}
	if err := cmp.Or(s.checkChoices(a.If), s.checkChoices(a.Then)); err != nil {
		return nil, err
	}
	if len(a.If) == 1 && len(a.Then) == 0 && len(s.issues.Get(a.If[0].Issue).Options) == 1 {
		return nil, fault.Invalid("the rule leaves the issue without an option").With("drop the issue instead")
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindRuled,
		Body:     ruled{a.ID, a.If, a.Then, a.Reason},
		Makes:    []record.Ref{record.NewRef("rule", a.ID)},
		Mentions: issueRefs(slices.Concat(a.If, a.Then)),
	}}, nil
}

func (s *State) dropRule(by record.Actor, a DropRule) ([]record.Event, error) {
	r := s.rules.Get(a.Rule)
	if r == nil {
		return nil, fault.NotFound("there is no rule %q", a.Rule)
	}
	to, err := forParties(by, r.Audience, "drops rules")
	if err := cmp.Or(err, record.CheckProse("the reason", a.Reason, record.Optional)); err != nil {
		return nil, err
	}
	if r.Standing == Dropped {
		return nil, fault.Conflict("the rule is dropped already")
	}
	return []record.Event{{
		Audience: to, Kind: kindUnruled, Body: unruled(a), Mentions: []record.Ref{record.NewRef("rule", a.Rule)},
	}}, nil
}

// checkChoices tells whether choices are options of issues that stand, of each
// issue one at most.
func (s *State) checkChoices(choices []Choice) error {
	for k, c := range choices {
		i := s.issues.Get(c.Issue)
		switch {
		case i == nil:
			return fault.NotFound("there is no issue %q", c.Issue)
		case i.Standing == Dropped:
			return fault.Conflict("the issue %q was dropped", i.Name).With("leave it out")
		case c.Option < 0 || c.Option >= len(i.Options):
			return fault.Invalid("the issue %q has no option %d", i.Name, c.Option).With("its options are counted from 0")
		case slices.ContainsFunc(choices[:k], func(o Choice) bool { return o.Issue == c.Issue }):
			return fault.Invalid("the issue %q is decided twice", i.Name)
		}
	}
	return nil
}

// checkConditions tells whether conditions are well formed, and that the
// packages among them stand.
func (s *State) checkConditions(conditions []Condition, own string) error {
	for _, c := range conditions {
		switch {
		case (c.Clause == "") == (c.Package == ""):
			return fault.Invalid("a condition is about a clause, or about a package")
		case c.Package == "":
			if err := cmp.Or(
				record.CheckLine("the clause", c.Clause, record.Required),
				record.CheckLine("the version", c.Version, record.Required),
				record.CheckLine("the fingerprint of the words", c.Fingerprint, record.Required)); err != nil {
				return err
			}
		case c.Package == own:
			return fault.Invalid("a package cannot rest on itself").With("leave it out of the conditions")
		case s.packages.Get(c.Package) == nil:
			return fault.NotFound("there is no package %q", c.Package)
		case s.restsOn(c.Package, own):
			return fault.Invalid("the package %q rests on this one", c.Package).With("two packages cannot rest on each other")
		}
	}
	return nil
}

// restsOn tells whether a package rests on another, by itself or by what it
// rests on.
func (s *State) restsOn(id, other string) bool {
	p := s.packages.Get(id)
	return p != nil && slices.ContainsFunc(p.If, func(c Condition) bool {
		return c.Package != "" && (c.Package == other || s.restsOn(c.Package, other))
	})
}

// issueRefs names the issues that choices are of.
func issueRefs(choices []Choice) []record.Ref {
	var refs []record.Ref
	for _, c := range choices {
		refs = append(refs, record.NewRef("issue", c.Issue))
	}
	return distinct(refs)
}

// conditionRefs names what conditions are about.
func conditionRefs(conditions []Condition) []record.Ref {
	var refs []record.Ref
	for _, c := range conditions {
		if c.Package != "" {
			refs = append(refs, record.NewRef("package", c.Package))
			continue
		}
		refs = append(refs, wordsRefs(c)...)
	}
	return refs
}

func wordsRefs(c Condition) []record.Ref {
	return []record.Ref{
		record.NewRef("clause", c.Clause),
		record.NewRef("version", c.Version),
		record.NewRef("words", c.Clause+"/"+c.Fingerprint),
	}
}

func distinct(refs []record.Ref) []record.Ref {
	slices.Sort(refs)
	return slices.Compact(refs)
}
