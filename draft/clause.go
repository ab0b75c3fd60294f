package draft

import (
	"crypto/sha256"
	"encoding/hex"
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

// Fingerprint gives the SHA-256, in hexadecimal, of words in Unicode's
// composed form (NFC) with white space folded: the same for words that no
// reader can tell apart.
func Fingerprint(words string) string {
	sum := sha256.Sum256([]byte(norm.NFC.String(strings.Join(strings.Fields(words), " "))))
	return hex.EncodeToString(sum[:])
}
