package docx

import (
	"time"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
)

// Copy is what a document says of itself, around the words. The zero value says
// nothing.
type Copy struct {
	Title       string
	Symbol      string        // of the version, as in "REV.3": at the head of each page
	Fingerprint string        // of the words, in full: its beginning stands at the head of each page
	Lang        string        // of the words, as in "en"; "en" when empty
	Seats       []record.Seat // the order that sets the seats' colours; the declared seats when empty
	Letter      bool          // paper of 8.5 × 11 inches; else A4
	Anchors     Anchors
	Remarks     []Remark
	Footnotes   bool // remarks stand at the foot of the page; else they are comments
}

// Anchors say what the clauses of a document are, for when it comes back: each
// is a hidden bookmark around the clause's paragraphs, and a line in a part that
// no reader shows.
type Anchors struct {
	Process, Version, Fingerprint string
	Seat                          record.Seat // whose view the document is; empty for none
	Clauses                       []Anchor    // in order; none makes one for each clause of the text, without an id
}

// Anchor is a clause with a permanent id: Clauses[First:Last] of the text.
type Anchor struct {
	ID          string
	Words       string // fingerprint of its words, see draft.Fingerprint
	First, Last int
}

// Remark is what a seat says of a clause: a position, a reservation.
type Remark struct {
	Clause   int    // index into the Clauses of the text; of a comparison, of the new one
	Author   string // a seat or what it is called; never a person
	Initials string
	Date     time.Time // left out when zero
	Words    string    // lines are paragraphs
}

// Tracking says by whom and when the changes of a comparison are.
type Tracking struct {
	Author      string
	Date        time.Time // left out when zero
	NativeMoves bool      // moved clauses are tracked as moved; else as deleted and inserted
}

// Reading is the text that one seat would have.
type Reading struct {
	Text   *draft.Text
	Author string
	Date   time.Time // left out when zero
}

// WriteText writes a text as it stands: its brackets and holders, its numbers as
// literal text. Each clause is one paragraph; white space within it is folded.
// Notes at the end of the text stand at the foot of the pages of their marks.
func WriteText(t *draft.Text, c Copy) ([]byte, error) {
	b := newBook(c, t.Front)
	w := newScript(b, t)
	w.notes, b.noted = notesOf(t, b.spans), t
	for i := range len(t.Clauses) - len(w.notes) {
		w.standing(i)
	}
	w.settle()
	return b.document(w.items)
}

// WriteComparison writes two texts as tracked changes. Who rejects all of them
// has the old text, paragraph for paragraph as WriteText writes it; who accepts
// all has the new one. Found is what draft.Compare says of the two. Notes stand
// in it as written, so that each change of one is tracked.
func WriteComparison(old, new *draft.Text, found draft.Comparison, by Tracking, c Copy) ([]byte, error) {
	b := newBook(c, new.Front)
	if len(c.Seats) == 0 {
		b.seats = append(b.seats, old.Front.Seats...)
	}
	w := newScript(b, new)
	w.compare(old, found, b.by(by.Author, by.Date), by.NativeMoves)
	w.settle()
	return b.document(w.items)
}

// WriteReadings writes a text as it stands and, as tracked changes, what each of
// several readings would change in it. Words that several would delete, or
// insert at the same place, are tracked under their names together: "RU, US".
// Who rejects all has the text; who accepts all that one author has a part in,
// and rejects the rest, has that author's reading.
func WriteReadings(base *draft.Text, readings []Reading, c Copy) ([]byte, error) {
	if len(readings) > 64 {
		return nil, fault.Invalid("there are more than 64 readings to show at once").With("show fewer")
	}
	b := newBook(c, base.Front)
	w := newScript(b, base)
	w.readings(readings)
	return b.document(w.items)
}
