// Package papers is the documents that can be taken out of a process: which
// there are, what each holds, and in which forms it can be had. It has one way
// from what a lens sees to the bytes of a file; pages, programs and the command
// line all go it.
//
// A paper holds what its lens reads and nothing else. It carries the symbol and
// the fingerprint of the version that it shows, or, where it shows none, the
// fingerprint of its own words; and no time and no name that is not on the
// record: not who took it out, and not when. So equal views make equal bytes.
//
// The package starts no program and touches no file: a form that needs another
// program is made by a Printer that it is given. Read this file first, then
// see.go for how a paper is gathered, offer.go for what is offered.
package papers

import (
	"paraph/draft"
	"paraph/record"
)

// Kind is what sort of document a paper is. It is the last part of its address.
type Kind string

// The kinds.
const (
	Version    Kind = "version"    // a version as it was issued
	Rolling    Kind = "rolling"    // the text as it stands now, with the live proposals
	Reading    Kind = "reading"    // the plain text that one seat would have
	Clean      Kind = "clean"      // a version in which no bracket is open
	Comparison Kind = "comparison" // what became of one text in another
	Provenance Kind = "provenance" // where the clauses of a version come from
	Matrix     Kind = "matrix"     // what the seats hold of each clause
	Minute     Kind = "minute"     // of a sitting
	Record     Kind = "record"     // the public record
)

// Kinds lists the kinds, as they are offered.
func Kinds() []Kind {
	return []Kind{Version, Rolling, Reading, Clean, Comparison, Provenance, Matrix, Minute, Record}
}

// Paper is a document, as a value: whatever form it gets, it is made of this.
type Paper struct {
	Kind        Kind
	Process     string // the title of the process
	Title       string
	Symbol      string // of the version that it shows; empty where it shows none
	Fingerprint string // SHA-256 in hexadecimal: of the version; where it shows none, of the paper's words
	State       string // "as issued", "rolling text with 12 live proposals"
	Reader      string // through whose eyes, where that makes a difference: "KEL"
	Lang        string // of the text, as a language tag
	Facts       []string
	Seats       []record.Seat // in the order of the table, which sets their colours
	Names       map[record.Seat]string
	Frozen      bool // it never changes: what is printed of it may be cited by line
	Parts       []Part
	Of          Basis
	Remarks     []Remark // of the seats on its clauses
}

// Basis says what a paper was made from.
type Basis struct {
	Process record.ProcessID
	Version string // its id; empty where it shows none
	Number  int    // of the version in the row of those that it follows, from 1
	Date    string // of the version, as in 2026-11-23
}

// Part is a part of a paper: a heading, and just one of the rest.
type Part struct {
	Heading  string // may be empty
	Text     *draft.Text
	Clauses  []string // for a text: the permanent ids of its clauses, one for each; empty where it has none
	Compared *Compared
	Table    *Table
	Lines    []Line
}

// Table is rows under columns. The first column names the row. A cell may hold
// several lines.
type Table struct {
	Title   string
	Columns []string
	Rows    [][]string // each as long as Columns
}

// Line is a paragraph.
type Line struct {
	Style Style
	Words string
}

// Style is what sort of paragraph a line is.
type Style string

// The styles.
const (
	Plain  Style = ""       // words
	Head   Style = "head"   // what the lines after it are about
	Quoted Style = "quoted" // the very words that somebody said
	Aside  Style = "aside"  // where it comes from, and who reads it
)
