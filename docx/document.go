// Package docx reads and writes documents of word processors (.docx: Office Open
// XML, ISO/IEC 29500 and ECMA-376), and tells what was done to a text on its trip
// through one.
//
// It is pure: bytes in, a value out, and back. It never follows what a document
// refers to, runs nothing that is in one, and reads the parts alone that it
// knows: what it does not understand it lists (Document.Unread), so that nothing
// is dropped silently.
//
// A file that it writes names no person, time or place that it was not given, and
// has the same bytes every time. For writing, begin with write.go.
//
// For reading, begin with document.go, the value; read.go makes it, package.go
// opens the file and holds the limits, totext.go gives its plain paragraphs and
// its text in brackets, return.go what became of a text that was given out.
package docx

// Document is what a file says, in order.
type Document struct {
	Blocks   []Block   `json:"blocks"`
	Notes    []Note    `json:"notes,omitempty"`    // footnotes and endnotes, in the order of their numbers
	Comments []Comment `json:"comments,omitempty"` // in the order of the file
	Origin   Origin    `json:"origin,omitzero"`    // what the file says it was made from
	Unread   []Unread  `json:"unread,omitempty"`   // what was not understood

	lists lists
}

// Block is a paragraph or a table: one of the two is there.
type Block struct {
	Paragraph *Paragraph `json:"paragraph,omitempty"`
	Table     *Grid      `json:"table,omitempty"`
}

// Paragraph is one paragraph as it stands, with all that is tracked in it.
type Paragraph struct {
	Label   string   `json:"label,omitempty"`   // automatic numbering, as the word processor prints it: "1.", "(a)", "Article 5"
	Bullet  bool     `json:"bullet,omitempty"`  // its automatic label is a bullet
	Heading int      `json:"heading,omitempty"` // level from 1; 0 for none
	Style   string   `json:"style,omitempty"`   // name of its style
	Indent  int      `json:"indent,omitempty"`  // from the margin, in twentieths of a point
	Boxed   bool     `json:"boxed,omitempty"`   // it stands in a text box
	Mark    []Change `json:"mark,omitempty"`    // the changes of its end: one that was inserted was split off, one that was deleted joins what follows
	Format  []Change `json:"format,omitempty"`  // tracked changes of its formatting
	Runs    []Run    `json:"runs,omitempty"`
	Anchors []string `json:"anchors,omitempty"` // names of the clauses' bookmarks that reach into it

	number numbering
	tail   []byte // what belongs to the last run and is not in it yet
}

// Run is a stretch of a paragraph that is alike throughout.
type Run struct {
	Text       string   `json:"text,omitempty"`    // tabs are \t, breaks of lines and pages \n
	Changes    []Change `json:"changes,omitempty"` // that cover it, the outermost first
	Bold       bool     `json:"bold,omitempty"`
	Italic     bool     `json:"italic,omitempty"`
	Underlined bool     `json:"underlined,omitempty"`
	Struck     bool     `json:"struck,omitempty"`
	Hidden     bool     `json:"hidden,omitempty"`
	Colour     string   `json:"colour,omitempty"`   // of highlighting, shading or else letters: "green", "yellow", "red", …; empty for black on white
	Comments   []int    `json:"comments,omitempty"` // indices into Document.Comments of those that are about it
	Note       int      `json:"note,omitempty"`     // 1 + the index into Document.Notes of the one whose mark this is; 0 for none
	Link       string   `json:"link,omitempty"`     // address of a hyperlink, to show and never to follow

	strong, slant bool   // bold, italic by itself, not by its style: what a text in Markdown marks
	style         string // name of its style of letters
}

// Grid is a table: rows of cells.
type Grid struct {
	Rows []Row `json:"rows"`
}

// Row is one row of a table.
type Row struct {
	Changes []Change `json:"changes,omitempty"` // of the whole row
	Cells   []Cell   `json:"cells"`
}

// Cell is one cell; it may hold tables.
type Cell struct {
	Changes []Change `json:"changes,omitempty"` // of the whole cell
	Blocks  []Block  `json:"blocks"`
}

// ChangeKind tells what a tracked change does.
type ChangeKind string

// The kinds of tracked changes. A move is a MoveFrom and a MoveTo of one name.
const (
	Insertion ChangeKind = "insertion"
	Deletion  ChangeKind = "deletion"
	MoveFrom  ChangeKind = "move from"
	MoveTo    ChangeKind = "move to"
	Format    ChangeKind = "format" // of letters or paragraphs, no words
)

// Change is one tracked change, by whom and when as the file says.
type Change struct {
	Kind   ChangeKind `json:"kind"`
	Author string     `json:"author,omitempty"`
	Date   string     `json:"date,omitempty"` // as written: RFC 3339, often local time called UTC
	Move   string     `json:"move,omitempty"` // name of the move
}

// adds tells whether its words are there once it is accepted.
func (c Change) adds() bool { return c.Kind == Insertion || c.Kind == MoveTo }

// takes tells whether its words are gone once it is accepted.
func (c Change) takes() bool { return c.Kind == Deletion || c.Kind == MoveFrom }

// Comment is a remark in the margin.
type Comment struct {
	Author   string  `json:"author,omitempty"`
	Initials string  `json:"initials,omitempty"`
	Date     string  `json:"date,omitempty"`
	Answers  int     `json:"answers,omitempty"` // 1 + the index of the comment that it replies to; 0 for none
	Done     bool    `json:"done,omitempty"`    // marked as resolved
	Blocks   []Block `json:"blocks"`

	id, paragraph string
}

// Note is a footnote or an endnote.
type Note struct {
	End    bool    `json:"end,omitempty"` // an endnote
	Blocks []Block `json:"blocks"`

	id string
}

// Origin is what a file that Paraph gave out says of itself. It is a hint and no
// proof: anybody can write a file.
type Origin struct {
	Process     string     `json:"process,omitempty"`
	Version     string     `json:"version,omitempty"`
	Fingerprint string     `json:"fingerprint,omitempty"`
	Seat        string     `json:"seat,omitempty"`
	Anchors     []Bookmark `json:"anchors,omitempty"`
}

// Bookmark says which clause a bookmark stood around when the file was given out.
type Bookmark struct {
	Name   string `json:"name"`   // of the bookmark
	Clause string `json:"clause"` // permanent id
	Words  string `json:"words"`  // fingerprint of the clause's source
}

// Unread is something that is in a file and was not understood, or understood in
// part only.
type Unread struct {
	Part  string `json:"part"`            // name of the part of the file
	Path  string `json:"path,omitempty"`  // of the element, as in "w:p/w:object"
	What  string `json:"what"`            // in words
	Times int    `json:"times,omitempty"` // how often, if more than once
}
