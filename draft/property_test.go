package draft

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/record"
)

// fragments are what texts are made of, and what confuses a parser.
var fragments = []string{
	"[", "]", "][", "\n", "\n\n", "\r\n", " ", "    ", "\t", "US: ", "RU, US: ", "US/RU propose; EU opposes: ", "and EU", "Group of 77: ",
	"Option 1: ", "**Option 2:** ", "Option (a)", "alt 2. ", "(a) ", "5 bis. ", "1. ", "3.3 In", "Pp1 ", "## ", "Article 5", "[Article 5 bis]",
	"no text", "(deleted)", "X", "TBD", "{placement: x}", "*placeholder for y*", "word[^1]", "[^1]: note", "[17] note", "word[17]",
	"[a](http://x)", "[r]: http://y", "[b][r]", `\[`, `\]`, `\`, `\Option 1`, "*", "**", "shall", "the Parties", "é", "e\u0301", "يلتزم", "同意", "\u00a0", "---\n", "seats: US\n", "\ufeff",
}

func anyText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(fragments), rapid.String()), 0, 40).Draw(t, "parts")
		return strings.ToValidUTF8(strings.ReplaceAll(strings.Join(parts, ""), "\x00", ""), "?")
	})
}

// Law 2: what was parsed prints as it was written, balanced or not.
func TestRoundTripOfAnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := anyText().Draw(t, "src")
		x, err := Parse(src, "US", "RU", "EU", "Group of 77")
		if err != nil {
			t.Fatalf("%q is refused: %v", src, err)
		}
		checkText(t, src, x)
	})
}

// node is a text with known readings: words, or a bracket with alternatives.
type node struct {
	words        string
	alternatives []alternativeNode
}

type alternativeNode struct {
	holders []record.Seat
	noText  bool
	content []node
}

func nodes(depth int) *rapid.Generator[[]node] {
	return rapid.Custom(func(t *rapid.T) []node {
		n := rapid.IntRange(1, 4).Draw(t, "n")
		var out []node
		for range n {
			out = append(out, node{words: rapid.SampledFrom([]string{
				"shall", "the Parties", "within 30 days", "para 5.\n\n6. The", "end.\n\n(a) It", "Note: this", "Стороны", "الأطراف",
			}).Draw(t, "words")})
			if depth > 0 && rapid.Bool().Draw(t, "bracket") {
				out = append(out, bracketNode(depth-1).Draw(t, "alternatives"))
			}
		}
		return out
	})
}

func bracketNode(depth int) *rapid.Generator[node] {
	return rapid.Custom(func(t *rapid.T) node {
		var b node
		for range rapid.IntRange(1, 3).Draw(t, "rivals") {
			var a alternativeNode
			a.holders = rapid.SliceOfNDistinct(rapid.SampledFrom([]record.Seat{"US", "RU", "EU", "Group of 77"}), 0, 2, rapid.ID).Draw(t, "holders")
			if a.noText = rapid.Bool().Draw(t, "no text"); !a.noText {
				a.content = nodes(depth).Draw(t, "content")
			}
			b.alternatives = append(b.alternatives, a)
		}
		return b
	})
}

// writtenNodes gives nodes as a delegate would write them.
func writtenNodes(ns []node) string {
	var out strings.Builder
	for i, n := range ns {
		if i > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(n.words)
		for _, a := range n.alternatives {
			out.WriteByte('[')
			for j, h := range a.holders {
				out.WriteString(strings.Repeat(", ", min(j, 1)) + string(h))
			}
			out.WriteString(strings.Repeat(": ", min(len(a.holders), 1)))
			if a.noText {
				out.WriteString("no text")
			} else {
				out.WriteString(writtenNodes(a.content))
			}
			out.WriteByte(']')
		}
	}
	return out.String()
}

// readBy gives the reading of nodes by the three rules, with none of the
// parser's means.
func readBy(ns []node, seat record.Seat) string {
	var out strings.Builder
	for _, n := range ns {
		out.WriteString(n.words + " ")
		chosen, open := -1, -1
		for i, a := range n.alternatives {
			for _, h := range a.holders {
				if h == seat && chosen < 0 {
					chosen = i
				}
			}
			if len(a.holders) == 0 && open < 0 {
				open = i
			}
		}
		if chosen < 0 {
			chosen = open
		}
		if chosen >= 0 {
			out.WriteString(readBy(n.alternatives[chosen].content, seat) + " ")
		}
	}
	return out.String()
}

func TestReadingsOfAnyBrackets(t *testing.T) {
	seats := []record.Seat{"US", "RU", "EU", "Group of 77"}
	rapid.Check(t, func(t *rapid.T) {
		ns := nodes(3).Draw(t, "text")
		src := "The " + writtenNodes(ns)
		x, err := Parse(src, seats...)
		if err != nil {
			t.Fatal(err)
		}
		checkText(t, src, x)
		if len(x.Unbalanced) > 0 {
			t.Fatalf("%q does not balance", src)
		}
		for _, seat := range append(seats, "") {
			got, want := Reading(x, seat), "The "+readBy(ns, seat)
			if folded(got) != folded(want) {
				t.Fatalf("reading of %q in %q\n got %q\nwant %q", seat, src, folded(got), folded(want))
			}
			if strings.Contains(got, "  ") || strings.Contains(got, "\n\n\n") {
				t.Fatalf("reading of %q in %q has superfluous space: %q", seat, src, got)
			}
		}
		if normal := PrintNormal(x); normal != src {
			t.Fatalf("%q is in normal form, but is printed %q", src, normal)
		}
		plain := mustParseIn(t, PrintUnattributed(x))
		if got, want := Count(plain).Brackets, Count(x).Brackets; got != want {
			t.Fatalf("%d brackets without names, %d with", got, want)
		}
	})
}

func mustParseIn(t *rapid.T, src string) *Text {
	x, err := Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	return x
}
