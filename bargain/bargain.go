// Package bargain is the room of what could be agreed: issues made out of the
// text, what each seat privately makes of them, packages, and sealed tests of
// who could live with one.
//
// What a seat prefers stays in that seat's own log. The chair's engine (package
// settle) is given nothing but tables that seats have lent, each coarsened to
// the grain that its seat chose before it left that log; so whoever reads all
// that the chair reads learns nothing finer. What an answer in a sealed test
// was stands in its seat's own log alone, too; what others read of it is the
// protocol of package veto.
//
// The room knows nothing of the text itself: who looks gives it the words that
// clauses have now (Current), and what rests on other words has lapsed, visibly.
//
// It is pure: no clock, no randomness, no input or output; chance comes in with
// the acts. Read issue.go, preference.go, package.go and test.go for the nouns,
// act.go for what one may ask, see.go for what is seen.
package bargain

import "paraph/record"

// State is all of the room that one lens may read. The zero State is one in
// which there is no issue.
type State struct {
	process     record.ProcessID // of the entries folded; empty before the first
	issues      record.Roll[IssueView]
	rules       record.Roll[RuleView]
	preferences map[record.Seat][]PreferenceView // the oldest first; a lens reads its own seat's alone
	lent        map[record.Seat]*lending         // the last of each seat
	notes       []LendingNote                    // of the own seat's lendings, the oldest first
	elsewhere   map[record.Seat]bool             // whether the own seat keeps its secrets itself
	packages    record.Roll[PackageView]
	tests       record.Roll[test]
}
