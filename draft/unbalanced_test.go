package draft

import (
	"fmt"
	"strings"
	"testing"

	"paraph/fault"
)

func TestUnbalanced(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"balanced over clauses", "a [b\n\nc\n\nd] e", ""},
		{"two faults that cancel out", "a [b\n\n## C\n\nd] e", "1:3 unclosed →1 5:2 unopened →5"},
		{"a long alternative", "a [b\n\n## C\n\nd][US: e] f", ""},
		{"a long attributed bracket", "a [US: b\n\n## C\n\nd] e", ""},
		{"an attributed bracket, with a fault elsewhere", "x]\n\na [US: b\n\nc] d", "1:2 unopened →1"},
		{"never closed", "a [b\n\nc\n", "1:3 unclosed →1"},
		{"never opened", "a\n\nb] c\n", "3:2 unopened →3"},
		{"columns in characters", "é [ü] ö] [ä\n", "1:8 unopened →1 1:10 unclosed →1"},
		{"the outer one has no partner", "a [b [c] d\n", "1:3 unclosed →1"},
		{"at head and tail of two paragraphs, with a fault elsewhere", "x]\n\n[5. a\n\nb\n\nc.]\n", "1:2 unopened →1"},
		{"from the middle of one to the middle of another", "x]\n\na [b\n\nc\n\nd] e\n", "1:2 unopened →1 3:3 unclosed →3 7:2 unopened →7"},
		{"into a list", "x]\n\nthey shall [at once:\n\n1. a\n\n2. b.]\n", "1:2 unopened →1"},
		{"over a heading", "x]\n\na\n\n[b\n\n## C\n\nd]\n\ne\n", "1:2 unopened →1 5:1 unclosed →5 9:2 unopened →9"},
		{"over whole sections", "x]\n\n## A\n\n[b\n\n## C\n\nd]\n\n## E\n", "1:2 unopened →1"},
		{"from one option to the next", "x]\n\nOption 1: [a\n\nOption 2: b]\n", "1:2 unopened →1 3:11 unclosed →3 5:12 unopened →5"},
		{"within an option", "x]\n\nOption 1: [a\n\nb]\n\nOption 2: c\n", "1:2 unopened →1"},
		{"out of a list", "x]\n\n1. a\n\n    1. [b\n\n2. c]\n", "1:2 unopened →1 5:8 unclosed →5 7:5 unopened →7"},
		{"a paragraph of several lines", "a [b\nc\nd\n\ne\n", "1:3 unclosed →3"},
		{"within another", "[a [b] c [d\n\ne]] ]", "3:5 unopened →3"},
	} {
		x := mustParse(t, c.src, "US")
		checkText(t, c.src, x)
		var got []string
		for _, u := range x.Unbalanced {
			kind := "unclosed"
			if u.Unopened {
				kind = "unopened"
			}
			got = append(got, fmt.Sprintf("%d:%d %s →%d", u.Line, u.Column, kind, u.Partner))
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s", c.name, c.src, got, c.want)
		}
	}
}

// One forgotten bracket early in a text must not put what follows in
// brackets.
func TestUnbalancedStaysLocal(t *testing.T) {
	var src strings.Builder
	src.WriteString("1. They [shall meet.\n\n")
	for i := range 100 {
		fmt.Fprintf(&src, "%d. Words that are [agreed][agreeable] here.\n\n", i+2)
	}
	c := Count(mustParse(t, src.String()))
	if want := 2 + 200; c.ContestedWords != want || c.MaxDepth != 1 {
		t.Errorf("%d contested words, depth %d, want %d and 1", c.ContestedWords, c.MaxDepth, want)
	}
}

func TestRefusals(t *testing.T) {
	seats := "---\nseats: " + strings.Repeat("A, ", 3)
	for i := range MaxSeats {
		seats += fmt.Sprintf("S%d, ", i)
	}
	for _, c := range []struct{ name, src, words string }{
		{"invalid UTF-8", "abc\nd\xffe", "line 2, column 2: byte 0xFF is not valid UTF-8"},
		{"the replacement character is valid, what follows is not", "\ufffd\xc3", "line 1, column 2: byte 0xC3"},
		{"binary", "PK\x03\x04\x00\x00", "line 1, column 5: a zero byte"},
		{"too large", strings.Repeat("a", MaxBytes+1), "16777217 bytes, more than the 16777216"},
		{"100,000 nested brackets", "a\n" + strings.Repeat("[", 100_000), "line 2, column 257: brackets nest deeper than 256"},
		{"100,000 nested and closed", strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), "line 1, column 257: brackets nest"},
		{"nested options", nestedOptions(300), "brackets nest deeper than 256"},
		{"too many seats", seats + "\n---\n", "more than 1000 seats"},
		{"too many brackets", strings.Repeat("[]", MaxMarks/2+1), "more than 400000 brackets and other marks"},
		{"too many clauses", strings.Repeat("a\n\n", MaxClauses+1), "line 400001, column 1: more than 200000 clauses"},
	} {
		x, err := Parse(c.src)
		if x != nil || fault.KindOf(err) != fault.KindInvalid || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v, want it to say %q", c.name, err, c.words)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %q is more than one line", c.name, err)
		}
	}
	if _, err := Parse(strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth)); err != nil {
		t.Errorf("brackets nested %d deep: %v", MaxDepth, err)
	}
}

// nestedOptions writes options each within the other.
func nestedOptions(n int) string {
	var src strings.Builder
	for i := range n {
		src.WriteString(strings.Repeat("    ", i) + "Option 1:\n\n")
	}
	return src.String()
}
