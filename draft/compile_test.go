package draft

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/record"
)

// plainWords and markWords are what random texts are made of: few words, so
// that they repeat; several scripts; and words that look like marks.
var (
	plainWords = strings.Fields(`the The shall should Parties withdraw within 30 days, 600,000 800,000 and and of of
		force. 5 bis. (a) שלום السلام мир 和平 e` + "\u0301" + `tat étatt — ;`)
	markWords = strings.Fields(`[ ] [shall] [the force] [US: RU: US, UA: [US, RU: shall] [] ][ \ \[ \] \\ No text no text. (deleted)
		Option 1: **Option 2:** Option (a) Alt 2 1 {placement: here} { } [^1] [17] [X] # ## ** * --- [x](http://a) US propose:
		[source] source] ^1 : `)
)

// draw makes random texts for one test.
type draw struct {
	t     *rapid.T
	words []string
}

func (d draw) word() string { return rapid.SampledFrom(d.words).Draw(d.t, "word") }

func (d draw) number(least, most int) int { return rapid.IntRange(least, most).Draw(d.t, "number") }

func (d draw) clause() []string {
	c := make([]string, d.number(1, 12))
	for i := range c {
		c[i] = d.word()
	}
	return c
}

func (d draw) text() [][]string {
	t := make([][]string, d.number(0, 6))
	for i := range t {
		t[i] = d.clause()
	}
	return t
}

// edit changes a text as a delegation might: words and clauses inserted,
// deleted, moved; clauses split and merged.
func (d draw) edit(text [][]string) [][]string {
	text = slices.Clone(text)
	for range d.number(0, 5) {
		if len(text) == 0 {
			return append(text, d.clause())
		}
		i := d.number(0, len(text)-1)
		c := slices.Clone(text[i])
		at := d.number(0, len(c))
		switch d.number(0, 7) {
		case 0, 1:
			text[i] = slices.Insert(c, at, d.clause()[:1]...)
		case 2:
			text[i] = slices.Delete(c, at, min(at+d.number(1, 4), len(c)))
		case 3:
			text[i] = slices.Concat(c[:at], d.clause(), c[min(at+2, len(c)):])
		case 4:
			text = slices.Insert(text, i, d.clause())
		case 5:
			text = slices.Delete(text, i, i+1)
		case 6:
			text = slices.Delete(text, i, i+1)
			text = slices.Insert(text, d.number(0, len(text)), c)
		case 7:
			if i+1 < len(text) && at == 0 {
				text[i+1] = slices.Concat(c, text[i+1])
				text = slices.Delete(text, i, i+1)
			} else {
				text[i] = c[:at]
				text = slices.Insert(text, i+1, c[at:])
			}
		}
	}
	return text
}

func (d draw) write(text [][]string) *Text {
	var b strings.Builder
	for _, c := range text {
		for i, w := range c {
			if i > 0 {
				b.WriteString(rapid.SampledFrom([]string{" ", " ", " ", " ", "  ", "\n"}).Draw(d.t, "space"))
			}
			b.WriteString(w)
		}
		b.WriteString("\n\n")
	}
	return parsed(d.t, b.String())
}

// table makes a base, perhaps none, and 1 to 12 submissions.
func (d draw) table() (*Text, []Submission) {
	var base *Text
	start := d.text()
	if rapid.Bool().Draw(d.t, "base") {
		base = d.write(start)
	}
	var subs []Submission
	for i := range d.number(1, 12) {
		seat := record.Seat(append([]string{"US", "RU", "UA", "EU"}, "S5", "S6", "S7", "S8", "S9", "S10", "S11", "S12")[i])
		own := start
		switch d.number(0, 9) {
		case 0:
			own = nil
		case 1:
			own = d.text()
		case 2:
		default:
			own = d.edit(start)
		}
		subs = append(subs, Submission{Seat: seat, Text: d.write(own)})
	}
	return base, subs
}

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

func parsed(t fataler, src string) *Text {
	t.Helper()
	x, err := Parse(src)
	if err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	return x
}

func compiled(t fataler, base *Text, subs []Submission) *Text {
	t.Helper()
	x, err := Compile(base, subs)
	if err != nil {
		var all strings.Builder
		if base != nil {
			fmt.Fprintf(&all, "base: %q\n", source(base))
		}
		for _, s := range subs {
			fmt.Fprintf(&all, "%s: %q\n", s.Seat, source(s.Text))
		}
		t.Fatalf("%v\n%s", err, all.String())
	}
	return x
}

func TestReadingsComeBackExactly(t *testing.T) {
	for name, words := range map[string][]string{"words": plainWords, "marks": slices.Concat(plainWords, markWords, markWords)} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				base, subs := draw{t, words}.table()
				x := compiled(t, base, subs)
				for _, s := range subs {
					if got, want := strings.Fields(Reading(x, s.Seat)), strings.Fields(source(s.Text)); !slices.Equal(got, want) {
						t.Fatalf("%s reads\n%q\nbut wrote\n%q\nin\n%s", s.Seat, got, want, source(x))
					}
				}
			})
		})
	}
}
