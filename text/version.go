package text

import (
	"slices"
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

	sheet *sheet
}

// sheet is what a version is looked up by, made once: a version never changes.
type sheet struct {
	places   map[string]int // of clauses, by id
	sources  []string       // of clauses: their characters
	spanning []int          // the brackets that reach over several clauses
}

func newSheet(t *draft.Text, src string, clauses []Clause) *sheet {
	s := &sheet{places: make(map[string]int, len(clauses)), sources: make([]string, len(t.Clauses))}
	for i, c := range slices.Backward(clauses) {
		s.places[c.ID] = i // of two with one id the first
	}
	at := 0
	for _, p := range t.Pieces {
		if p.Clause < 0 {
			at += len(p.Src)
		}
	}
	for i := range t.Clauses {
		end := at
		for _, p := range t.Pieces[t.Clauses[i].First:t.Clauses[i].Last] {
			end += len(p.Src)
		}
		s.sources[i], at = src[at:end], end
	}
	for i, b := range t.Brackets {
		spans := func(a int) bool {
			first, last := t.Alternatives[a].First, t.Alternatives[a].Last
			return first < last && t.Pieces[first].Clause != t.Pieces[last-1].Clause
		}
		if slices.ContainsFunc(b.Alternatives, spans) {
			s.spanning = append(s.spanning, i)
		}
	}
	return s
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
