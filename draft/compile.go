package draft

import (
	"cmp"
	"strings"
	"unicode"

	"paraph/fault"
	"paraph/record"
)

// Submission is the whole text that one seat hands in. Without a seat it is what
// those have who hand nothing in: its text is the base, which they keep.
type Submission struct {
	Seat record.Seat
	Text *Text
}

// Compile gives the rolling text of the submissions: one bracketed text of
// which each seat's Reading is that seat's submission, word for word. It proves
// that of its own result before it returns it.
//
// With a base, words of the base that somebody keeps silently are unattributed.
// Without one (nil) every alternative has its holders. The front matter of the
// result declares the seats that submit and those that the base declares; that
// of the submissions is left out.
//
// Submissions may themselves hold brackets. If every one of their brackets can
// stand as written, the result says "brackets: carried" in its front matter;
// else their marks are escaped.
//
// Clauses are aligned first (compile_clauses.go), then the words of clauses
// that differ (collate.go), and printed (compile_print.go). The order of the
// submissions decides nothing but the order of alternatives and holders.
func Compile(base *Text, submissions []Submission) (*Text, error) {
	if err := checkSeats(base, submissions); err != nil {
		return nil, err
	}
	c := newCompiler(base, submissions)
	planks := c.planks()
	var failed error
	for _, m := range modes(base, submissions) {
		t, err := Parse(c.print(planks, m))
		if err != nil {
			failed = err
			continue
		}
		if failed = proves(t, submissions); failed == nil {
			return t, nil
		}
	}
	return nil, failed
}

// proves tells whether each seat reads its own submission in t; the error names
// one that does not.
func proves(t *Text, submissions []Submission) error {
	for _, s := range submissions {
		if !sameWords(Reading(t, s.Seat), source(s.Text)) {
			return fault.Invalid("the words of %s do not come back exactly from the compilation", cmp.Or(string(s.Seat), "the base")).
				With("look in that text for words that cannot be told from marks, and write them otherwise")
		}
	}
	return nil
}

// sameWords tells whether two texts are equal but for white space.
func sameWords(x, y string) bool {
	next := func(s string) (word, rest string) {
		s = strings.TrimSpace(s)
		if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
			return s[:i], s[i:]
		}
		return s, ""
	}
	for x != "" || y != "" {
		var a, b string
		a, x = next(x)
		b, y = next(y)
		if a != b {
			return false
		}
	}
	return true
}

// source gives the text as written, without its front matter.
func source(t *Text) string {
	var b strings.Builder
	for _, p := range t.Pieces {
		if p.Kind != FrontMatter {
			b.WriteString(p.Src)
		}
	}
	return b.String()
}

// checkSeats refuses seats that a holder list could not name.
func checkSeats(base *Text, submissions []Submission) error {
	if len(submissions) == 0 {
		return fault.Invalid("there is nothing to compile").With("give at least one submission")
	}
	seen := map[record.Seat]bool{}
	for _, s := range submissions {
		switch {
		case s.Text == nil:
			return fault.Invalid("the submission of %s has no text", s.Seat)
		case s.Seat == "" && (base == nil || !sameWords(source(s.Text), source(base))):
			return fault.Invalid("a submission without a seat is not the base").With("who hands nothing in keeps the base")
		case strings.ContainsFunc(string(s.Seat), notInSeat):
			return fault.Invalid("%q cannot name a seat in a holder list", string(s.Seat)).With("use letters, digits and hyphens")
		case seen[s.Seat]:
			return fault.Invalid("there are two submissions of %s", s.Seat).With("each seat hands in one text")
		}
		seen[s.Seat] = true
	}
	return nil
}

func notInSeat(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '-' && r != '_'
}
