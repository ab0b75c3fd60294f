package bargain

import (
	"time"

	"paraph/record"
	"paraph/settle"
)

// PreferenceView is what the own seat makes of the issues. No other seat reads it.
type PreferenceView struct {
	Issues  []string // ids, in the order of the tables in Party
	Party   settle.Party
	Method  string
	Answers string
	Note    string
	At      time.Time
	By      record.By
	Stale   bool // the issues that can be decided now are others: some were made, dropped or lapsed since
}

// LendingView is that a seat has lent its preferences to the chair's engine, and
// how finely. What is lent is not in it.
type LendingView struct {
	Seat    record.Seat
	Grain   Grain
	At      time.Time
	Revoked bool // then the grain is told no more: see LendingNote
	Stale   bool // the issues are others now: it is not used until the seat lends again
}

// LendingNote is that the own seat has lent its preferences, and how finely. No
// other seat reads it.
type LendingNote struct {
	Seat  record.Seat
	Grain Grain
	At    time.Time
}

// lending is what a seat has lent: worths in levels from 0 to the grain less
// one, or exact ones. When it is revoked nothing of it is held.
type lending struct {
	LendingView
	issues []string
	party  settle.Party
}

// TableView is what the chair's engine works on: the issues that can be decided
// now and, for each seat that has lent its preferences for just these, its
// table at its grain.
type TableView struct {
	Issues  []IssueView
	Seats   []record.Seat  // in the order of Problem.Parties
	Grains  []Grain        // of each of Seats
	Waiting []record.Seat  // parties that have lent nothing, or for other issues
	Problem settle.Problem // utilities are levels of each seat's own grain
}
