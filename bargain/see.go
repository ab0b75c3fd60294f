package bargain

import (
	"slices"

	"paraph/record"
	"paraph/settle"
	"paraph/veto"
)

// SeeIssues gives all issues in the order in which they were made, and how they
// stand in the text as it is now.
func SeeIssues(s *State, now Current) []IssueView {
	all := s.issues.All()
	for i := range all {
		all[i] = all[i].in(now)
	}
	return all
}

// SeeIssue gives one issue by id, and whether there is one.
func SeeIssue(s *State, id string, now Current) (IssueView, bool) {
	if i := s.issues.Get(id); i != nil {
		return i.in(now), true
	}
	return IssueView{}, false
}

// in gives an issue as it stands in the text now.
func (i IssueView) in(now Current) IssueView {
	if i.Standing == Dropped {
		return i
	}
	for _, b := range i.Brackets {
		if now != nil && now(b.Clause) != b.Fingerprint {
			i.Standing, i.Why = Lapsed, "the words that it was made of have changed"
		}
	}
	return i
}

// SeeRules gives all rules in the order in which they were added. One that names
// an issue that stands no more has lapsed.
func SeeRules(s *State, now Current) []RuleView {
	all := s.rules.All()
	for i := range all {
		if all[i].Standing == Stands && !s.standing(slices.Concat(all[i].If, all[i].Then), now) {
			all[i].Standing, all[i].Why = Lapsed, "an issue that it names stands no more"
		}
	}
	return all
}

// standing tells whether all issues that choices name stand.
func (s *State) standing(choices []Choice, now Current) bool {
	return !slices.ContainsFunc(choices, func(c Choice) bool {
		i, there := SeeIssue(s, c.Issue, now)
		return !there || i.Standing != Stands
	})
}

// open gives the issues that can be decided now.
func (s *State) open(now Current) []IssueView {
	return slices.DeleteFunc(SeeIssues(s, now), func(i IssueView) bool { return i.Standing != Stands })
}

// SeePreferences gives what a seat has kept of its preferences, the newest
// first. There are none but for the lens's own seat.
func SeePreferences(s *State, seat record.Seat, now Current) []PreferenceView {
	all := slices.Clone(s.preferences[seat])
	slices.Reverse(all)
	for i := range all {
		all[i].Stale = !sameIssues(all[i].Issues, s.open(now))
	}
	return all
}

// sameIssues tells whether ids are those of the issues, in any order.
func sameIssues(ids []string, issues []IssueView) bool {
	return len(ids) == len(issues) && !slices.ContainsFunc(issues, func(i IssueView) bool { return !slices.Contains(ids, i.ID) })
}

// SeeLendings gives what seats have lent to the chair's engine, as far as the
// lens reads it: the chair all of it, a party its own. Sorted by seat.
func SeeLendings(s *State, now Current) []LendingView {
	var all []LendingView
	for _, l := range s.lent {
		v := l.LendingView
		v.Stale = !v.Revoked && !sameIssues(l.issues, s.open(now))
		all = append(all, v)
	}
	slices.SortFunc(all, func(a, b LendingView) int { return cmpSeats(a.Seat, b.Seat) })
	return all
}

// SeeLendingNotes gives all that the own seat has ever lent, the newest first.
func SeeLendingNotes(s *State) []LendingNote {
	all := slices.Clone(s.notes)
	slices.Reverse(all)
	return all
}

// SeeSecretsElsewhere tells whether the own seat keeps its secrets of sealed
// tests itself.
func SeeSecretsElsewhere(s *State, seat record.Seat) bool { return s.elsewhere[seat] }

// SeeTable gives what the chair's engine works on, of the parties that have lent
// their preferences: all that results are made of.
func SeeTable(s *State, parties []record.Seat, now Current) TableView {
	t := TableView{Issues: s.open(now)}
	for _, seat := range parties {
		l := s.lent[seat]
		if l == nil || l.Revoked || !sameIssues(l.issues, t.Issues) {
			t.Waiting = append(t.Waiting, seat)
			continue
		}
		t.Seats = append(t.Seats, seat)
		t.Grains = append(t.Grains, l.Grain)
		t.Problem.Parties = append(t.Problem.Parties, rearranged(l.party, l.issues, t.Issues))
	}
	s.lay(&t, now)
	return t
}

// SeeOwnTable gives the same for the own seat alone, from its own preferences as
// they stand, to the last digit; false when there are none for the issues as
// they are now.
func SeeOwnTable(s *State, seat record.Seat, now Current) (TableView, bool) {
	t := TableView{Issues: s.open(now)}
	all := s.preferences[seat]
	if len(all) == 0 || !sameIssues(all[len(all)-1].Issues, t.Issues) {
		return TableView{}, false
	}
	p := all[len(all)-1]
	t.Seats, t.Grains = []record.Seat{seat}, []Grain{Exact}
	t.Problem.Parties = []settle.Party{rearranged(p.Party, p.Issues, t.Issues)}
	s.lay(&t, now)
	return t, true
}

// lay puts issues and rules on a table.
func (s *State) lay(t *TableView, now Current) {
	for _, i := range t.Issues {
		issue := settle.Issue{Name: i.Name}
		for _, o := range i.Options {
			issue.Options = append(issue.Options, o.Name)
		}
		t.Problem.Issues = append(t.Problem.Issues, issue)
	}
	for _, r := range SeeRules(s, now) {
		if r.Standing == Stands {
			t.Problem.Rules = append(t.Problem.Rules, settle.Rule{If: t.places(r.If), Then: t.places(r.Then)})
		}
	}
}

// places gives choices by the places of their issues on the table.
func (t *TableView) places(choices []Choice) []settle.Choice {
	var out []settle.Choice
	for _, c := range choices {
		at := slices.IndexFunc(t.Issues, func(i IssueView) bool { return i.ID == c.Issue })
		out = append(out, settle.Choice{Issue: at, Option: c.Option})
	}
	return out
}

// Choices gives a package of the engine's as choices.
func (t TableView) Choices(k settle.Package) []Choice {
	var out []Choice
	for i, o := range k {
		out = append(out, Choice{t.Issues[i].ID, o})
	}
	return out
}

// Package gives choices as a package of the engine's; false when they do not
// decide every issue on the table.
func (t TableView) Package(choices []Choice) (settle.Package, bool) {
	k := make(settle.Package, len(t.Issues))
	for i, issue := range t.Issues {
		at := slices.IndexFunc(choices, func(c Choice) bool { return c.Issue == issue.ID })
		if at < 0 {
			return nil, false
		}
		k[i] = choices[at].Option
	}
	return k, len(choices) == len(k)
}

// SeePackages gives all packages in the order in which they were tabled.
func SeePackages(s *State, now Current) []PackageView {
	all := s.packages.All()
	for i := range all {
		all[i] = s.standingOf(all[i], now, nil)
	}
	return all
}

// SeePackage gives one package by id, and whether there is one.
func SeePackage(s *State, id string, now Current) (PackageView, bool) {
	if p := s.packages.Get(id); p != nil {
		return s.standingOf(*p, now, nil), true
	}
	return PackageView{}, false
}

// SeeTests gives all sealed tests in the order in which they were opened.
func SeeTests(s *State, now Current) []TestView {
	var all []TestView
	for _, t := range s.tests.All() {
		all = append(all, s.seen(&t, now))
	}
	return all
}

// SeeTest gives one test by id, and whether there is one.
func SeeTest(s *State, id string, now Current) (TestView, bool) {
	if t := s.tests.Get(id); t != nil {
		return s.seen(t, now), true
	}
	return TestView{}, false
}

// SeeTranscript gives what is published in a test, and whether there is one.
func SeeTranscript(s *State, id string) (TranscriptView, bool) {
	t := s.tests.Get(id)
	if t == nil {
		return TranscriptView{}, false
	}
	return TranscriptView{
		Test: id, Ballot: s.ballot(t), Shares: inOrder(t.Asked, t.shares),
		Commitments: inOrder(t.Asked, t.commitments), Openings: inOrder(t.Asked, t.openings),
	}, true
}

func inOrder[V any](seats []record.Seat, m map[record.Seat]V) []*V {
	out := make([]*V, len(seats))
	for i, s := range seats {
		if v, there := m[s]; there {
			out[i] = &v
		}
	}
	return out
}

// seen gives a test as it stands now.
func (s *State) seen(t *test, now Current) TestView {
	v := t.TestView
	v.Joined, v.Answered, v.Opened = have(t.Asked, t.shares), have(t.Asked, t.commitments), have(t.Asked, t.openings)
	v.Own = t.own()
	v.Stage = s.stage(t, &v)
	if v.Stage != Passed && v.Stage != NotPassed {
		if why := s.untested(t, now); why != "" {
			v.Stage, v.Why = Voided, why
		}
	}
	return v
}

func (s *State) stage(t *test, v *TestView) Stage {
	switch n := len(t.Asked); {
	case len(v.Joined) < n:
		return Joining
	case len(v.Answered) < n:
		return Answering
	case len(v.Opened) < n:
		return Opening
	}
	var all []veto.Opening
	for _, o := range inOrder(t.Asked, t.openings) {
		all = append(all, *o)
	}
	if yes, err := veto.Unanimous(s.ballot(t), all); err == nil && yes {
		return Passed
	}
	return NotPassed
}

// own gives what the lens's own seat answered: only that seat reads what it kept.
func (t *test) own() OwnAnswer {
	for _, yes := range t.yes {
		if yes {
			return Yes
		}
		return No
	}
	return NoAnswer
}

func have[V any](seats []record.Seat, m map[record.Seat]V) []record.Seat {
	var out []record.Seat
	for _, s := range seats {
		if _, there := m[s]; there {
			out = append(out, s)
		}
	}
	return out
}

func cmpSeats(a, b record.Seat) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
