package draft

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"paraph/record"
)

// witnesses reads a set of testdata/witnesses: a base and its edited copies.
func witnesses(t testing.TB, seed int, name string) (*Text, []Submission) {
	t.Helper()
	read := func(file string) *Text {
		src, err := os.ReadFile(filepath.Join("testdata", "witnesses", fmt.Sprint(seed), name, file))
		if err != nil {
			t.Fatal(err)
		}
		return parsed(t, string(src))
	}
	var subs []Submission
	for i := range int(name[len(name)-1] - '0') {
		subs = append(subs, Submission{Seat: record.Seat(fmt.Sprint("P", i)), Text: read(fmt.Sprintf("P%d.md", i))})
	}
	return read("base.md"), subs
}

var witnessSets = []string{"w60k3", "w120k4", "w200k6", "w400k8", "w800k8"}

func BenchmarkCompileWitnesses(b *testing.B) {
	for _, name := range witnessSets {
		b.Run(name, func(b *testing.B) {
			base, subs := witnesses(b, 1, name)
			b.ReportAllocs()
			for b.Loop() {
				compiled(b, base, subs)
			}
		})
	}
}

// BenchmarkCompileParis compiles 20 submissions of the draft Paris agreement,
// each with 40 edits of its own.
func BenchmarkCompileParis(b *testing.B) {
	base, subs := parisSubmissions(b, 20, 40)
	b.ReportAllocs()
	for b.Loop() {
		compiled(b, base, subs)
	}
}

// BenchmarkCompileUnchanged shows that clauses which nobody changed cost one
// comparison each: twice the clauses take twice the time.
func BenchmarkCompileUnchanged(b *testing.B) {
	for _, copies := range []int{1, 2, 4} {
		b.Run(fmt.Sprint(copies, "x"), func(b *testing.B) {
			base := parsed(b, strings.Repeat(paris(b), copies))
			subs := []Submission{{"US", base}, {"RU", base}, {"UA", base}}
			for b.Loop() {
				compiled(b, base, subs)
			}
		})
	}
}

// paris gives the draft Paris agreement of October 2015.
func paris(t testing.TB) string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", "paris", "2015-10-23.md"))
	if err != nil {
		t.Fatal(err)
	}
	return source(parsed(t, string(src)))
}

// parisSubmissions makes edited copies of the draft Paris agreement: words
// without brackets in them are replaced, deleted and inserted.
func parisSubmissions(t testing.TB, n, edits int) (*Text, []Submission) {
	t.Helper()
	src := paris(t)
	var subs []Submission
	for i := range n {
		r := rand.New(rand.NewPCG(1, uint64(i)))
		lines := strings.Split(src, "\n")
		for done := 0; done < edits; {
			l := r.IntN(len(lines))
			words := strings.Split(lines[l], " ")
			at := r.IntN(len(words))
			if at < 9 || strings.ContainsAny(words[at], "[]*\\{}") {
				continue
			}
			switch r.IntN(3) {
			case 0:
				words[at] = "notwithstanding"
			case 1:
				words[at] = "the Parties and " + words[at]
			default:
				words = append(words[:at], words[at+1:]...)
			}
			lines[l] = strings.Join(words, " ")
			done++
		}
		subs = append(subs, Submission{Seat: record.Seat(fmt.Sprintf("S%d", i+1)), Text: parsed(t, strings.Join(lines, "\n"))})
	}
	return parsed(t, src), subs
}
