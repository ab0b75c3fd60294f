package text

import (
	"time"

	"paraph/draft"
	"paraph/record"
)

// Class is what sort of document a version is.
type Class string

// The classes. A non-paper is any party's to issue; the others are the chair's.
const (
	ChairsText      Class = "chair's text"
	Compilation     Class = "compilation"
	Consolidation   Class = "consolidation"
	NonPaper        Class = "non-paper"
	ConferencePaper Class = "conference room paper"
)

// Classes lists the classes of versions.
func Classes() []Class {
	return []Class{ChairsText, Compilation, Consolidation, NonPaper, ConferencePaper}
}

// VersionView is one fixed state of the text.
type VersionView struct {
	ID          string
	Symbol      string // "REV.3"
	Class       Class
	Title       string
	Date        string // as the paper is dated
	Note        string
	Seat        record.Seat // who issued it; empty when a keeper entered it
	Follows     string      // id of the version whose clauses it carries on; empty for the first
	At          time.Time
	Audience    record.Audience
	Source      record.Source
	Fingerprint string // of all its words and brackets
	Counts      draft.Counts
	Clauses     []Clause // headings too, in order: Clauses[i] is Text.Clauses[i]
	Provenance  []Provenance
	Text        *draft.Text // for reading only
}

// Clause is one clause of a version.
type Clause struct {
	ID          string `json:"id"` // permanent over versions
	Label       string `json:"label,omitempty"`
	Heading     string `json:"heading,omitempty"`
	Fingerprint string `json:"fingerprint"` // of its words and brackets, without its label
}

// Provenance says how one clause of a version came about, or that what its
// sources name was dropped.
type Provenance struct {
	Place        int             `json:"place"`                  // index into the version's clauses, or Dropped
	Contributors []record.Seat   `json:"contributors,omitempty"` // the seats whose wording went into it
	Sources      []string        `json:"sources,omitempty"`      // what it was made from: clauses and proposals, in words
	Reason       string          `json:"reason,omitempty"`
	Reported     []record.Source `json:"reported,omitempty"` // where it was published, in a record kept from outside
}

// Dropped is the place of what the version has no more.
const Dropped = -1

// ClauseView is one clause with what it read in each version and what is
// proposed for it.
type ClauseView struct {
	ID        string
	Label     string // in the latest version that has it
	Heading   string
	Words     []ClauseWords  // by version, the oldest first
	Proposals []ProposalView // that amend, delete or move it, or insert after it; the oldest first
}

// ClauseWords is what a clause reads in one version.
type ClauseWords struct {
	Version     string
	Symbol      string
	At          time.Time
	Place       int // index into the version's clauses
	Label       string
	Words       string // as written, with its label and its brackets
	Fingerprint string
	Changed     bool // against the version before that has the clause
}
