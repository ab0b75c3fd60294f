package draft

import "paraph/record"

// Text is a draft, parsed: one stream of pieces, with the brackets and the
// clauses as ranges over it. A bracket may span clauses, so the clauses are
// soft boundaries in the stream and not the roots of trees of their own.
//
// A Text is a value: nothing changes it once it is made. Its slices are for
// reading only.
type Text struct {
	Front        Front
	Pieces       []Piece       // every character of the source stands in exactly one piece, in order
	Brackets     []Bracket     // in the order in which they open
	Alternatives []Alternative // in the order in which they open
	Clauses      []Clause      // in order; together they cover all pieces but the front matter
	Unbalanced   []Imbalance   // in order of place
}

// Front is what the front matter (between two lines "---" at the start) says.
// Readings and counts leave the front matter out.
type Front struct {
	Seats   []record.Seat // the declared seats, as written or as given to Parse
	Title   string
	Symbol  string
	Carried bool // "brackets: carried": brackets without holders stand in readings as written
}

// Piece is one leaf of the stream.
type Piece struct {
	Kind   Kind
	Src    string // the characters as written; concatenated over all pieces they are the source
	Line   int    // of its first character, from 1
	Column int    // in characters (runes), from 1
	Clause int    // index into Clauses; -1 for the front matter
	Within int    // index of the innermost Alternative around the piece; -1 at top level. A mark that opens or closes an alternative is within it
}

// Kind tells what a piece is.
type Kind uint8

// The kinds of pieces. All but Words are marks: they are not counted as words.
const (
	FrontMatter Kind = iota
	Words            // words and the white space around them, escapes as written (\[of 2022\])
	Open             // "[" that opens an alternative
	Holders          // "US, UA: " after Open: the list, its colon and the space after it
	Close            // "]" that closes an alternative
	Option           // "**Option 1:** " that opens an alternative of whole paragraphs (what follows a footnote mark in it is a second piece), or names one in brackets: "[alt 2. …]"
	Silence          // "no text", "(deleted)": the whole content of an alternative that has none
	Blank            // a placeholder that is one piece: the X of [X], the TBD of [TBD], {placement: …}
	NoteMark         // brackets that contest nothing: "[^1]", "[17]" with its note; of a link, its "[" and its "](http://…)"
	Label            // "5 bis. ", "(a) ", "- ": the label at the head of a clause; heading marks "## " are a piece of their own
	Stray            // a "]" that nothing opened, left as it stands
)

// Bracket is one place where words are not agreed: its alternatives in order.
// Adjacent brackets ("][" with nothing between) are alternatives of one
// Bracket; so are consecutive options of one style at one depth.
type Bracket struct {
	Within       int   // the Alternative it is nested in; -1 at top level
	Depth        int   // 1 at top level
	Alternatives []int // indices into Text.Alternatives
	Options      bool  // written as options, not in brackets
}

// Alternative is one candidate inside a bracket. One that nothing closes has
// no Close piece: it ends with the words of its paragraph.
type Alternative struct {
	Bracket     int
	Holders     []Holder // the seats that keep it open; empty when unattributed
	Inferred    bool     // the holders were read from words at its end ("… and EU]"): to be confirmed, not used in readings
	Label       string   // "Option 2", else empty
	NoText      bool     // its content is "no text" or nothing
	Placeholder bool     // its content says that words are to be written later
	First, Last int      // its pieces are Pieces[First:Last], with the marks that open and close it
}

// Holder is a seat that keeps an alternative open, and the verb it is said with.
type Holder struct {
	Seat record.Seat
	Verb Verb
}

// Verb is what a holder list says a seat does.
type Verb string

// The verbs. A seat that only is named proposes; one that opposes or reserves
// does not hold the words, so readings pass it over.
const (
	Proposes Verb = "proposes"
	Supports Verb = "supports"
	Opposes  Verb = "opposes"
	Reserves Verb = "reserves"
)

// Clause is a block of the text: a heading, a numbered unit or an unnumbered
// paragraph. Label and place are for show and for sorting, never a key: real
// texts hold two "66 bis".
type Clause struct {
	Label       string // as printed, without marks around it: "5 bis", "(a)", "Article 3ter"; empty for an unnumbered paragraph
	Heading     string // for a heading: its words without label; for others: empty
	Level       int    // 1 to 6 for headings ("#" to "######"); 0 for others
	Indent      int    // depth of nesting by indentation, from 0
	Section     int    // index of the nearest heading above, for a heading: of the nearest higher one; -1 for none
	First, Last int    // its pieces are Pieces[First:Last]
	Line        int    // of its first character, from 1
}

// IsHeading tells whether the clause is a heading, which holds no operative
// words of its own and is not counted as a clause.
func (c Clause) IsHeading() bool { return c.Level > 0 }

// Imbalance is a bracket without partner.
type Imbalance struct {
	Line, Column int    // of the bracket, from 1; columns in characters
	Unopened     bool   // "]" that nothing opened; else "[" that nothing closes
	Assumed      string // in words, what it was read as
	Partner      int    // line where its partner most likely belongs; 0 when nothing can be said
}
