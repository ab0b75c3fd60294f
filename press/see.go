package press

import (
	"cmp"
	"slices"

	"paraph/record"
)

// SeeTimeline gives all statements, claims and leaks in the order of when they
// were said or found. What has no known time stands where it was entered among
// those that have none, at the end, and is flagged like all that is in doubt.
func SeeTimeline(s *State) []ItemView {
	var items []ItemView
	for _, v := range s.statements.All() {
		items = append(items, ItemView{When: v.Said, At: v.At, Statement: &v})
	}
	for _, v := range s.claims.All() {
		items = append(items, ItemView{When: v.Said, At: v.At, Claim: &v})
	}
	for _, v := range s.leaks.All() {
		items = append(items, ItemView{When: v.Found, At: v.At, Leak: &v})
	}
	for i := range items {
		items[i].Unresolved = items[i].When.IsUnresolved()
	}
	slices.SortStableFunc(items, func(a, b ItemView) int {
		return cmp.Or(a.When.Compare(b.When), a.At.Compare(b.At))
	})
	return items
}

// SeeStatements gives all statements in the order in which they were entered.
func SeeStatements(s *State) []StatementView { return s.statements.All() }

// SeeStatement gives one statement by id, and whether there is one.
func SeeStatement(s *State, id string) (StatementView, bool) { return see(&s.statements, id) }

// SeeClaims gives all claims in the order in which they were entered.
func SeeClaims(s *State) []ClaimView { return s.claims.All() }

// SeeClaim gives one claim by id, and whether there is one.
func SeeClaim(s *State, id string) (ClaimView, bool) { return see(&s.claims, id) }

// SeeLeaks gives all leaks in the order in which they were entered.
func SeeLeaks(s *State) []LeakView { return s.leaks.All() }

func see[V any](r *record.Roll[V], id string) (v V, there bool) {
	if p := r.Get(id); p != nil {
		return *p, true
	}
	return v, false
}
