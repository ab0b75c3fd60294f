package akn

import (
	"fmt"

	"paraph/draft"
	"paraph/record"
)

// NameSpace is the name space of what Akoma Ntoso has no word for.
const NameSpace = "urn:paraph:text"

// Document is a version of a text in one language, with what is said about it.
// Only Text is needed.
type Document struct {
	Text        *draft.Text
	Fingerprint string // of the version, SHA-256 in hexadecimal; empty for not known
	Positions   []Position
	Clauses     []string // permanent ids: Clauses[i] is of Text.Clauses[i]; empty strings, or nil, where there are none
	Process     string   // id of the process
	Title       string   // else the front matter's
	Symbol      string   // else the front matter's
	Number      int      // of the version in its process, from 1; 0 for not known
	Date        string   // 2026-11-23; empty for not known
	Language    string   // BCP 47, as in "en"; empty for English
	Issuer      record.Seat
	Names       map[record.Seat]string // what seats are called, where that is more than their code
	Before      *Document              // the version that this one follows: the changes from it are told
}

// Position is what a seat has said of a clause.
type Position struct {
	Clause string // its permanent id
	Seat   record.Seat
	Time   string // when it was said, as in 2026-11-23T10:00:00Z; empty for not known
	Words  string
}

// Doubt is something in a file that was not understood, or was understood only
// in part, and where.
type Doubt struct {
	Line  int // of the file, from 1
	Words string
}

func (d Doubt) String() string { return fmt.Sprintf("line %d: %s", d.Line, d.Words) }

// The limits of what Read takes.
const (
	MaxBytes = 25 << 20 // of a file
	MaxDepth = 256      // of elements within each other
	MaxNodes = 500_000  // elements and stretches of text in a file
	maxTag   = 1 << 20  // bytes of one tag
)
