package docx

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"paraph/draft"
	"paraph/record"
)

// book is a document in the making: what stands around the words, and what the
// words refer to.
type book struct {
	Copy
	title, symbol string
	seats         []record.Seat
	hands         []hand
	spans         []span
	noted         *draft.Text // whose notes stand at the foot of their pages
	ids           int         // given to tracked changes and bookmarks
}

// hand is who made a tracked change.
type hand struct{ author, date string }

// span is what begins and ends with clauses: an anchor or a remark.
type span struct {
	first, last int    // clauses
	anchor      string // the bookmark's name; empty for a remark
	id, words   string // of an anchor
	remark      int    // index into Remarks
}

func newBook(c Copy, f draft.Front) *book {
	b := &book{Copy: c, title: cmp.Or(c.Title, f.Title), symbol: cmp.Or(c.Symbol, f.Symbol), seats: c.Seats}
	if len(b.seats) == 0 {
		b.seats = slices.Clone(f.Seats)
	}
	return b
}

// by gives the place of who made a change at a time.
func (b *book) by(author string, at time.Time) int {
	h := hand{author: cmp.Or(author, "unnamed"), date: stamp(at)}
	if i := slices.Index(b.hands, h); i >= 0 {
		return i
	}
	b.hands = append(b.hands, h)
	return len(b.hands) - 1
}

// stamp writes a time as a document says it; empty for none.
func stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format("2006-01-02T15:04:05Z")
}

// spansOf gives the anchors and remarks of a text, anchors first.
func (b *book) spansOf(t *draft.Text) []span {
	anchors := b.Anchors.Clauses
	if len(anchors) == 0 {
		for i := range t.Clauses {
			anchors = append(anchors, Anchor{First: i, Last: i + 1, Words: draft.Fingerprint(t.Words(i))})
		}
	}
	for i, a := range anchors {
		if a.First < 0 || a.First >= a.Last || a.Last > len(t.Clauses) {
			continue
		}
		b.spans = append(b.spans, span{first: a.First, last: a.Last - 1, anchor: bookmark(i+1, a.ID), id: a.ID, words: a.Words})
	}
	for i, r := range b.Remarks {
		if r.Clause >= 0 && r.Clause < len(t.Clauses) {
			b.spans = append(b.spans, span{first: r.Clause, last: r.Clause, remark: i})
		}
	}
	return b.spans
}

// longestName is what Word allows a bookmark.
const longestName = 40

// bookmark names the bookmark of a clause. The underscore hides it. The clause's
// id is in it where it fits, because not every word processor keeps the part
// that holds the ids.
func bookmark(n int, id string) string {
	name := fmt.Sprintf("_paraph_%d", n)
	if id == "" {
		return name
	}
	var own strings.Builder
	for i := 0; i < len(id); i++ {
		c := id[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' {
			own.WriteByte(c)
		} else {
			own.WriteString("_" + hex.EncodeToString([]byte{c}))
		}
	}
	if full := name + "_" + own.String(); len(full) <= longestName {
		return full
	}
	return name
}

// next gives an id that nothing else in the document has.
func (b *book) next() int {
	b.ids++
	return b.ids
}
