package draft

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// written is a clause without its label, white space folded: what its runs must
// give.
func written(t *Text, clause int) string {
	var b strings.Builder
	for _, p := range t.Pieces[t.Clauses[clause].First:t.Clauses[clause].Last] {
		if p.Kind != Label && p.Kind != FrontMatter {
			b.WriteString(p.Src)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// applied puts together the runs that stand on one side.
func applied(runs []Run, without Op) string {
	var b strings.Builder
	for _, r := range runs {
		if r.Op != without {
			b.WriteString(r.Words)
		}
	}
	return b.String()
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkComparison checks what must hold of every comparison.
func checkComparison(t failer, a, b *Text) {
	t.Helper()
	c := Compare(a, b)
	checkRuns(t, a, b, c)
	if got, want := c.OldWords-c.DeletedWords, c.NewWords-c.InsertedWords; got != want {
		t.Fatalf("%d old words kept, but %d new ones", got, want)
	}
	if got, want := len(a.Brackets)-c.BracketsLifted+c.BracketsAdded, len(b.Brackets); got != want {
		t.Fatalf("brackets %d − %d + %d = %d, the new text has %d", len(a.Brackets), c.BracketsLifted, c.BracketsAdded, got, want)
	}
	if c.OptionsDropped > len(a.Alternatives) {
		t.Fatalf("%d of %d alternatives dropped", c.OptionsDropped, len(a.Alternatives))
	}
	if again := Compare(a, b); !reflect.DeepEqual(c, again) {
		t.Fatalf("a second comparison differs")
	}
	checkExchange(t, c, Compare(b, a))
	words := CompareWith(a, b, CompareOptions{WordOnly: true})
	if words.OldWords-words.DeletedWords != words.NewWords-words.InsertedWords || words.OldWords != c.OldWords {
		t.Fatalf("words only: %+v", words)
	}
	if len(c.Moves) == 0 && words.DeletedWords > c.DeletedWords {
		t.Fatalf("%d words deleted when clauses bind, %d when they do not", c.DeletedWords, words.DeletedWords)
	}
}

// checkExchange checks that a comparison is the mirror of that of the exchanged
// texts: what the one says was deleted or lifted the other says was
// inserted or added, clause by clause.
func checkExchange(t failer, c, back Comparison) {
	t.Helper()
	if back.DeletedWords != c.InsertedWords || back.InsertedWords != c.DeletedWords || back.MovedWords != c.MovedWords ||
		back.BracketsLifted != c.BracketsAdded || back.BracketsAdded != c.BracketsLifted || back.MovedClauses != c.MovedClauses {
		t.Fatalf("exchanged: deleted %d, inserted %d, lifted %d, added %d, moved %d (%d words); straight: %d, %d, %d, %d, %d (%d)",
			back.DeletedWords, back.InsertedWords, back.BracketsLifted, back.BracketsAdded, back.MovedClauses, back.MovedWords,
			c.DeletedWords, c.InsertedWords, c.BracketsLifted, c.BracketsAdded, c.MovedClauses, c.MovedWords)
	}
	type pair struct{ old, new int }
	straight := map[pair]Change{}
	for _, ch := range c.Clauses {
		straight[pair{ch.OldIndex, ch.NewIndex}] = ch
	}
	for _, ch := range back.Clauses {
		twin, ok := straight[pair{ch.NewIndex, ch.OldIndex}]
		if !ok || twin.BracketsLifted != ch.BracketsAdded || twin.BracketsAdded != ch.BracketsLifted {
			t.Fatalf("exchanged: %+v; straight: %+v", ch, twin)
		}
	}
}

// checkRuns checks that the runs of all changes give every clause of both texts
// once, exactly.
func checkRuns(t failer, a, b *Text, c Comparison) {
	t.Helper()
	olds, news := make([]string, len(a.Clauses)), make([]string, len(b.Clauses))
	add := func(to []string, clause int, words string) {
		if words = strings.TrimSpace(words); to[clause] != "" && words != "" {
			words = " " + words
		}
		to[clause] += words
	}
	parts := false
	for _, ch := range c.Clauses {
		parts = parts || ch.Kind == Merged || ch.Kind == Split
		if ch.OldIndex >= 0 {
			add(olds, ch.OldIndex, applied(ch.Runs, Add))
		}
		if ch.NewIndex >= 0 {
			add(news, ch.NewIndex, applied(ch.Runs, Cut))
		}
		switch ch.Kind {
		case Same, Moved, Renumbered:
			if ch.DeletedWords+ch.InsertedWords > 0 || ch.Kind == Same && ch.OldLabel != ch.NewLabel {
				t.Fatalf("not so: %+v", ch)
			}
		}
		for k, r := range ch.Runs {
			if r.Words == "" || k > 0 && r.Op == ch.Runs[k-1].Op {
				t.Fatalf("empty or divided run in %+v", ch)
			}
		}
	}
	same := func(got, want string) bool { // where clauses were merged or split, their border is no blank of the other side
		return got == want || parts && strings.ReplaceAll(got, " ", "") == strings.ReplaceAll(want, " ", "")
	}
	for i, got := range olds {
		if want := written(a, i); !same(got, want) {
			t.Fatalf("old clause %d: the runs give %q, the text is %q", i, got, want)
		}
	}
	for j, got := range news {
		if want := written(b, j); !same(got, want) {
			t.Fatalf("new clause %d: the runs give %q, the text is %q", j, got, want)
		}
	}
}

func textOf(t failer, src string) *Text {
	t.Helper()
	text, err := Parse(src, "US", "RU", "UA")
	if err != nil {
		t.Fatalf("%v", err)
	}
	return text
}

// drawText makes a text of articles and paragraphs, with brackets, whose
// paragraphs come from a small stock, so that two texts have much in common.
func drawText(t *rapid.T, stock []string) string {
	var b strings.Builder
	article := 0
	for n := range rapid.IntRange(0, 12).Draw(t, "clauses") {
		switch rapid.IntRange(0, 9).Draw(t, "sort") {
		case 0:
			article++
			fmt.Fprintf(&b, "## Article %d Of %s\n\n", article, rapid.SampledFrom([]string{"peace", "trade", "water", "peace and trade"}).Draw(t, "title"))
		case 1:
			fmt.Fprintf(&b, "%s\n\n", rapid.SampledFrom(stock).Draw(t, "paragraph"))
		case 2:
			fmt.Fprintf(&b, "[%d. %s]\n\n", n, rapid.SampledFrom(stock).Draw(t, "paragraph"))
		case 3:
			fmt.Fprintf(&b, "%d. %s %s\n\n", n, rapid.SampledFrom(stock).Draw(t, "paragraph"), rapid.SampledFrom(stock).Draw(t, "paragraph"))
		default:
			fmt.Fprintf(&b, "%d. %s\n\n", n, rapid.SampledFrom(stock).Draw(t, "paragraph"))
		}
	}
	return b.String()
}

func drawStock(t *rapid.T) []string {
	word := rapid.SampledFrom(strings.Split("the|Parties|shall|should|not|water|force,|of|and|border.|[may]|[shall][should]|[US: soon][RU: never]|[RU:|no text]|"+
		"[UA: x y][RU: no text].|water[RU: no text],|[|]|][|[X]|[17]|[^1]|ag[reed]|[ ]|\\[sic\\]|الماء|déjà", "|"))
	return rapid.SliceOfN(rapid.Map(rapid.SliceOfN(word, 1, 25), func(w []string) string { return strings.Join(w, " ") }), 2, 12).Draw(t, "stock")
}

func TestCompareLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stock := drawStock(t)
		checkComparison(t, textOf(t, drawText(t, stock)), textOf(t, drawText(t, stock)))
	})
}

// Texts that differ in marks alone, whose every alignment of words is the same.
func TestCompareLawsOfMarks(t *testing.T) {
	marks := rapid.SampledFrom(strings.Split("|||[|]| [|] |][|] [|[]|[ ]|[[|]]|\n\n|\n\n[|]\n\n", "|"))
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"may", "shall"}), 0, 12).Draw(t, "words")
		text := func(side string) *Text {
			var b strings.Builder
			for _, w := range words {
				fmt.Fprintf(&b, "%s%s ", marks.Draw(t, side), w)
			}
			return textOf(t, b.String()+marks.Draw(t, side))
		}
		checkComparison(t, text("old"), text("new"))
	})
}

func TestCompareWithItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := textOf(t, drawText(t, drawStock(t)))
		c := Compare(text, text)
		for _, ch := range c.Clauses {
			if ch.Kind != Same || ch.OldIndex != ch.NewIndex || len(ch.Runs) > 1 {
				t.Fatalf("%+v", ch)
			}
		}
		c.OldWords, c.NewWords, c.Clauses = 0, 0, nil
		if !reflect.DeepEqual(c, Comparison{Moves: []Move{}}) {
			t.Fatalf("%+v", c)
		}
	})
}

func TestMatchIsOneToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stock := drawStock(t)
		a, b := textOf(t, drawText(t, stock)), textOf(t, drawText(t, stock))
		olds, last, inPlace := map[int]bool{}, -1, -1
		for _, p := range Match(a, b) {
			if olds[p.Old] || p.New <= last || p.Likeness < 0 || p.Likeness > 1 || a.Clauses[p.Old].IsHeading() != b.Clauses[p.New].IsHeading() {
				t.Fatalf("%+v after %d", p, last)
			}
			olds[p.Old], last = true, p.New
			if !p.Moved && p.Old <= inPlace {
				t.Fatalf("%+v is said to be in place", p)
			} else if !p.Moved {
				inPlace = p.Old
			}
		}
	})
}

func FuzzCompare(f *testing.F) {
	f.Add("1. The Parties shall act.\n\n2. Noted.", "1. The Parties [should] act.\n\n3. Noted.")
	f.Add("[a[b]c][d]\n\n# X\n\ne", "a [b] c\n\n# X 1\n\n]e[")
	f.Add("**Option 1:** a\n\n**Option 2:** No text", "---\nseats: US\n---\na[US: b]")
	f.Fuzz(func(t *testing.T, old, new string) {
		a, err := Parse(old)
		if err != nil {
			return
		}
		b, err := Parse(new)
		if err != nil {
			return
		}
		checkComparison(t, a, b)
	})
}
