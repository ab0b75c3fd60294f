package akn

import (
	"strings"
	"testing"

	"paraph/draft"
)

// Texts that would be slow, or too deep for XML, if they were written carelessly.
func TestTextsOfUnusualShape(t *testing.T) {
	for name, src := range map[string]string{
		"deep brackets":         "1. " + strings.Repeat("[a ", 250) + strings.Repeat("b]", 250) + "\n",
		"deep whole brackets":   strings.Repeat("[1. x\n\n", 200) + strings.Repeat("y]\n\n", 200),
		"wide brackets":         "1. " + strings.Repeat("[a][b] c ", 20_000) + "\n",
		"many clauses":          strings.Repeat("1. Words of one.\n\n(a) and more;\n\n", 8_000),
		"many notes":            strings.Repeat("word[^1] ", 10_000) + "\n\n" + strings.Repeat("[^1]: note\n\n", 3_000),
		"deep lists":            strings.Repeat(" ", 400) + "(a) x\n\n" + strings.Repeat(" ", 800) + "(b) y\n",
		"a bracket never ended": strings.Repeat("[ ", 200),
		"much white space":      "1. x" + strings.Repeat("\n", 100_000) + "2. y" + strings.Repeat(" ", 100_000) + "z",
	} {
		t.Run(name, func(t *testing.T) {
			x, err := draft.Parse(src)
			if err != nil {
				t.Fatal(err)
			}
			goesRound(t, Document{Text: x})
		})
	}
}

// BenchmarkParis writes and reads the longer Paris text.
func BenchmarkParis(b *testing.B) {
	d := Document{Text: paris(b)[0]}
	b.ReportAllocs()
	for b.Loop() {
		written, err := Write(d)
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := Read([]byte(written)); err != nil {
			b.Fatal(err)
		}
	}
}
