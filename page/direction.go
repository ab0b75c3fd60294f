package page

import (
	"strings"

	"golang.org/x/text/unicode/bidi"

	"paraph/draft"
)

// RightToLeft tells whether most letters of a text belong to scripts that are
// written from right to left (bidirectional classes R and AL of UAX #9).
func RightToLeft(t *draft.Text) bool {
	right, left := 0, 0
	for i := range t.Pieces {
		if k := t.Pieces[i].Kind; k != draft.Words && k != draft.Label {
			continue
		}
		for _, r := range t.Pieces[i].Src {
			if r < 0x80 { // most texts are of ASCII alone
				if 'a' <= r|0x20 && r|0x20 <= 'z' {
					left++
				}
				continue
			}
			p, _ := bidi.LookupRune(r)
			switch p.Class() {
			case bidi.R, bidi.AL:
				right++
			case bidi.L:
				left++
			}
		}
	}
	return right > left
}

// LanguageIsRightToLeft tells whether a language, by its tag, is written from
// right to left.
func LanguageIsRightToLeft(tag string) bool {
	tag = strings.ToLower(tag)
	for _, script := range []string{"arab", "hebr", "syrc", "thaa", "nkoo"} {
		if strings.Contains(tag, "-"+script) {
			return true
		}
	}
	first, _, _ := strings.Cut(tag, "-")
	switch first {
	case "ar", "fa", "he", "ur", "ps", "yi", "dv", "ckb", "sd", "ug", "syr":
		return !strings.Contains(tag, "-latn") && !strings.Contains(tag, "-cyrl")
	}
	return false
}
