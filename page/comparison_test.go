package page

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/draft"
)

func TestComparisonGolden(t *testing.T) {
	old, new := parsed(t, "old.md"), parsed(t, "new.md")
	view := ComparisonView{Comparison: draft.Compare(old, new), Old: old, New: new}
	golden(t, "comparison.html", rendered(t, view))
	view.Beside, view.All, view.Prefix = true, true, "b-"
	golden(t, "comparison-beside.html", rendered(t, view))
	golden(t, "comparison-figures.html", rendered(t, view.Figures()))
}

func TestEmptyComparison(t *testing.T) {
	wellFormed(t, rendered(t, ComparisonView{}))
	wellFormed(t, rendered(t, ComparisonView{Beside: true, All: true}))
	wellFormed(t, rendered(t, ComparisonView{}.Figures()))
	if got := ComparisonFacts(draft.Comparison{}); len(got) != 1 || got[0] != "no difference" {
		t.Errorf("the facts of nothing are %q", got)
	}
}

// Every link of a comparison leads to an element of it, and no id stands twice.
func TestLinksOfComparison(t *testing.T) {
	clauses := []string{
		"1. The Parties meet every year in the spring at the seat of the Commission.",
		"2. Nothing here binds the observers in any way whatever, whether or not they speak.",
		"3. Costs are shared in equal parts by those who take part in the meetings.",
		"4. The languages are four, and all texts are equally authentic.",
		"5. Disputes go to the Commission, which decides within thirty days.",
	}
	rapid.Check(t, func(t *rapid.T) {
		pick := func(name string) *draft.Text {
			order := rapid.SliceOf(rapid.SampledFrom(clauses)).Draw(t, name)
			text, err := draft.Parse(strings.Join(order, "\n\n"))
			if err != nil {
				t.Fatal(err)
			}
			return text
		}
		old, new := pick("old"), pick("new")
		view := ComparisonView{Comparison: draft.Compare(old, new), Old: old, New: new, Beside: rapid.Bool().Draw(t, "beside")}
		html := rendered(t, view)
		if err := check(html); err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split(html, `href="#`)[1:] {
			id, _, _ := strings.Cut(part, `"`)
			if strings.Count(html, `id="`+id+`"`) != 1 {
				t.Fatalf("%s stands %d times in %s", id, strings.Count(html, `id="`+id+`"`), html)
			}
		}
	})
}

func TestFactsSpeakOfOneAndMany(t *testing.T) {
	got := ChangeFacts(draft.Change{DeletedWords: 1, InsertedWords: 1200, BracketsLifted: 2})
	if want := "1 word deleted, 1,200 words inserted, 2 brackets lifted"; strings.Join(got, ", ") != want {
		t.Errorf("the facts are %q, want %q", got, want)
	}
}

func TestPlaceNamesTheNumberAboveALetter(t *testing.T) {
	text, err := draft.Parse("## Article 1 (Terms)\n\nHere:\n\n(a) one.\n\n## Article 6\n\n1. First.\n\n2. Second:\n\n(a) one;\n\n(b) two.\n\n3 bis. Third.\n\n## Points that were reported (and are no quotations)\n\n1. One.\n")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range text.Clauses {
		got = append(got, Place(text, i))
	}
	want := []string{"Article 1", "Article 1, line 3", "Article 1, (a)", "Article 6", "Article 6, 1", "Article 6, 2", "Article 6, 2 (a)", "Article 6, 2 (b)", "Article 6, 3 bis", "Points that were reported …", "Points that were reported …, 1"}
	if !slices.Equal(got, want) {
		t.Errorf("places are %q, want %q", got, want)
	}
}
