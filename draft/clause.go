package draft

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Words gives the words of one clause as they stand in the text, white space
// folded: brackets and blanks are in, so that words agreed differ from words
// contested; its label, heading marks, holder lists, the marks of options and footnote
// marks are left out. It is what a Fingerprint is taken of.
func (t *Text) Words(clause int) string {
	var out strings.Builder
	c := &t.Clauses[clause]
	for i := c.First; i < c.Last; i++ {
		switch p := &t.Pieces[i]; p.Kind {
		case Words, Open, Close, Blank, Silence, Stray:
			out.WriteString(p.Src)
		case Option:
			out.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// SameClause tells whether clause i of t looks the same as clause j of o when
// each is shown by itself: the same characters and marks, the same brackets
// with the same holders, as deep. A clause that a bracket or an option reaches
// into is like no other.
func (t *Text) SameClause(i int, o *Text, j int) bool {
	a, b := &t.Clauses[i], &o.Clauses[j]
	if a.Last-a.First != b.Last-b.First || a.Label != b.Label || a.Heading != b.Heading || a.Level != b.Level || a.Indent != b.Indent {
		return false
	}
	first, other, last := -1, -1, -1 // alternatives
	for k := range a.Last - a.First {
		p, q := &t.Pieces[a.First+k], &o.Pieces[b.First+k]
		if p.Kind != q.Kind || p.Src != q.Src || (p.Within < 0) != (q.Within < 0) {
			return false
		}
		if p.Within < 0 {
			continue
		}
		if first < 0 {
			first, other = p.Within, q.Within
		}
		if p.Within-first != q.Within-other {
			return false
		}
		last = max(last, p.Within)
	}
	for k := 0; first >= 0 && first+k <= last; k++ {
		if !t.sameAlternative(first, k, a, o, other, b) {
			return false
		}
	}
	return true
}

// sameAlternative compares the alternatives k behind the first ones of two
// clauses.
func (t *Text) sameAlternative(first, k int, a *Clause, o *Text, other int, b *Clause) bool {
	x, y := &t.Alternatives[first+k], &o.Alternatives[other+k]
	if x.First < a.First || x.Last > a.Last || x.First-a.First != y.First-b.First || x.Last-a.First != y.Last-b.First {
		return false
	}
	if x.Inferred != y.Inferred || x.Label != y.Label || x.NoText != y.NoText || x.Placeholder != y.Placeholder || !slices.Equal(x.Holders, y.Holders) {
		return false
	}
	in, on := &t.Brackets[x.Bracket], &o.Brackets[y.Bracket]
	if in.Options || on.Options || in.Depth != on.Depth || len(in.Alternatives) != len(on.Alternatives) {
		return false
	}
	n := len(in.Alternatives) - 1
	within := func(t *Text, br *Bracket, c *Clause) bool {
		return t.Alternatives[br.Alternatives[0]].First >= c.First && t.Alternatives[br.Alternatives[n]].Last <= c.Last
	}
	return within(t, in, a) && within(o, on, b) && in.Alternatives[0]-first == on.Alternatives[0]-other &&
		(in.Within < 0) == (on.Within < 0) && (in.Within < 0 || in.Within-first == on.Within-other)
}

// Fingerprint gives the SHA-256, in hexadecimal, of words in Unicode's
// composed form (NFC) with white space folded: the same for words that no
// reader can tell apart.
func Fingerprint(words string) string {
	sum := sha256.Sum256([]byte(norm.NFC.String(strings.Join(strings.Fields(words), " "))))
	return hex.EncodeToString(sum[:])
}
