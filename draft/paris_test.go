package draft

import (
	"os"
	"strings"
	"testing"
)

var parisTexts = []struct {
	file                  string
	opened, closed, bold  int
	unclosed, unopened    int
	clauses, alternatives int
	options, placeholders int
	depth, marks          int
}{
	{"testdata/paris/2015-10-23.md", 1052, 1053, 125, 13, 14, 549, 367, 153, 30, 4, 27},
	{"testdata/paris/2015-12-04.md", 1055, 1058, 91, 10, 13, 431, 397, 117, 28, 4, 40},
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func mustParse(t testing.TB, src string, seats ...string) *Text {
	t.Helper()
	text, err := Parse(src, seatsOf(seats)...)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestParis(t *testing.T) {
	for _, p := range parisTexts {
		src := readFile(t, p.file)
		text := mustParse(t, src)
		if Print(text) != src {
			t.Errorf("%s: printed text differs from its source", p.file)
		}
		if got := strings.Count(src, "["); got != p.opened {
			t.Fatalf("%s has %d opening brackets, want %d: not the file this test is for", p.file, got, p.opened)
		}
		c, unclosed, unopened := Count(text), 0, 0
		for _, u := range text.Unbalanced {
			if u.Unopened {
				unopened++
			} else {
				unclosed++
			}
		}
		for _, f := range []struct {
			name      string
			got, want int
		}{
			{"brackets + unclosed", c.Brackets + unclosed, p.opened},
			{"brackets + unopened", c.Brackets + unopened, p.closed},
			{"bold options", c.BoldOptions, p.bold},
			{"unclosed", unclosed, p.unclosed},
			{"unopened", unopened, p.unopened},
			{"clauses", c.Clauses, p.clauses},
			{"alternatives", c.Alternatives, p.alternatives},
			{"options", c.Options, p.options},
			{"placeholders", c.Placeholders, p.placeholders},
			{"depth", c.MaxDepth, p.depth},
			{"marks", c.Marks, p.marks},
		} {
			if f.got != f.want {
				t.Errorf("%s: %s: %d, want %d", p.file, f.name, f.got, f.want)
			}
		}
	}
}

func BenchmarkParseParis(b *testing.B) {
	src := readFile(b, parisTexts[0].file)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(src); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadingParis(b *testing.B) {
	text := mustParse(b, readFile(b, parisTexts[0].file))
	b.ReportAllocs()
	for b.Loop() {
		Reading(text, "US")
	}
}
