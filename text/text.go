// Package text is the room of the draft under negotiation: its versions, the
// proposals of the seats, and the rolling text that they make together.
//
// What words mean as text (parsing, compiling, reading, comparing) is the
// business of package draft; this room keeps what happened to them. It is
// pure: no clock, no randomness, no input or output. Read version.go and
// proposal.go for the nouns, act.go for what one may ask, decide.go for what
// is refused, rolling.go for how the rolling text is made.
package text

import (
	"paraph/draft"
	"paraph/record"
)

// State is the versions and proposals that one lens may read. The zero State
// is one in which there is no text.
type State struct {
	versions  record.Roll[VersionView]
	proposals record.Roll[ProposalView] // each of which never changes: what happens to it makes another
	on        map[string][]string       // ids of the live proposals on a version, in order
	about     map[string][]string       // ids of the proposals that speak of a clause, in order
	places    map[string][]place        // where a clause stands, by its id, in order of versions
}

// place is a clause in a version.
type place struct {
	version string
	index   int // into the version's clauses
}

// RollingView is a version with the proposals that are live on it, as one
// bracketed text.
type RollingView struct {
	Version VersionView
	Text    *draft.Text
	Counts  draft.Counts
	Clauses []RollingClause // those of the version, with insertions and moves between them, in order

	// Head and Tail are how many clauses of Text, at the beginning and at the end,
	// were taken over from After, the text that this one was made after, if any.
	Head, Tail int
	After      *draft.Text

	made *rolled
}

// RollingClause is one clause of the rolling text. Its characters are those of
// Text.Clauses[First:Last].
type RollingClause struct {
	ID          string // empty for an inserted clause, which no version has yet
	Label       string
	First, Last int      // into the rolling text's Clauses; equal when nothing is printed
	Applied     []string // ids of the live proposals whose words stand in it
	Beside      []string // ids of live proposals that it does not show: of two by one seat, the one in the wider audience is shown
}

// PreviewView is what a proposal would make of its clause.
type PreviewView struct {
	Text   *draft.Text // of the clause alone, with its brackets
	Label  string
	Counts draft.Counts
}
