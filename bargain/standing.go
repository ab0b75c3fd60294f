package bargain

import (
	"slices"

	"paraph/settle"
)

// standingOf gives a package as it stands now: void when anything that it rests
// on holds no more, else as its parties have answered. Above are the packages
// that rest on this one, so that none rests on itself.
func (s *State) standingOf(p PackageView, now Current, above []string) PackageView {
	if p.Status == Withdrawn {
		return p
	}
	if !s.standing(p.Choices, now) {
		p.Status, p.Why = Void, "an issue that it decides stands no more"
		return p
	}
	if why := s.broken(p.If, now, append(slices.Clip(above), p.ID)); why != "" {
		p.Status, p.Why = Void, why
		return p
	}
	p.Status = p.answered()
	return p
}

// answered gives the status by what the parties said last.
func (p PackageView) answered() Status {
	last := map[Response]int{}
	for _, seat := range p.Between {
		at := -1
		for i, r := range p.Responses { // in the order of time
			if r.Seat == seat {
				at = i
			}
		}
		if at >= 0 {
			last[p.Responses[at].Response]++
		}
	}
	switch {
	case last[Decline] > 0:
		return Declined
	case last[Accept] == len(p.Between):
		return Settled
	}
	return Tabled
}

// broken says which of the conditions does not hold; empty when all do.
func (s *State) broken(conditions []Condition, now Current, above []string) string {
	for _, c := range conditions {
		if c.Package == "" {
			if now != nil && now(c.Clause) != c.Fingerprint {
				return "a clause that it rests on has other words now"
			}
			continue
		}
		p := s.packages.Get(c.Package)
		if p == nil || slices.Contains(above, c.Package) {
			return "it rests on a package that is not there"
		}
		switch s.standingOf(*p, now, above).Status {
		case Void, Withdrawn, Declined:
			return "a package that it rests on stands no more"
		}
	}
	return ""
}

// untested says why what a test is about does not hold any more; empty while it
// does.
func (s *State) untested(t *test, now Current) string {
	if t.Package != "" {
		p, there := SeePackage(s, t.Package, now)
		switch {
		case !there || p.Status == Withdrawn || p.Status == Void:
			return "the package stands no more"
		case p.Revision != t.Revision:
			return "the package was amended"
		}
	}
	if s.broken(t.Clauses, now, nil) != "" {
		return "the words that it is about have changed"
	}
	return s.broken(t.If, now, nil)
}

// rearranged gives a party whose tables were for issues in one order as one for
// issues in another.
func rearranged(p settle.Party, ids []string, issues []IssueView) settle.Party {
	to := make([]int, len(ids)) // the new place of each issue
	for i, id := range ids {
		to[i] = slices.IndexFunc(issues, func(v IssueView) bool { return v.ID == id })
	}
	p.Worth, p.Doubt = moved(p.Worth, to), moved(p.Doubt, to)
	terms := slices.Clone(p.Terms)
	for i := range terms {
		terms[i].Bounds = slices.Clone(terms[i].Bounds)
		for j := range terms[i].Bounds {
			terms[i].Bounds[j].Issue = to[terms[i].Bounds[j].Issue]
		}
	}
	p.Terms = terms
	return p
}

func moved[V any](rows [][]V, to []int) [][]V {
	if rows == nil {
		return nil
	}
	out := make([][]V, len(to))
	for i, row := range rows {
		out[to[i]] = row
	}
	return out
}
