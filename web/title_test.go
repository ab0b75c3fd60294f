package web

import (
	"slices"
	"testing"

	"paraph/draft"
)

func TestTitlesOfClausesThatStandAlone(t *testing.T) {
	parsed, err := draft.Parse("## Preamble\n\n*Mindful* of the lake,\n\nHave agreed:\n\n## Article 1 (Terms)\n\nHere\n\n(a) one;\n\n## Article 6 (Flow)\n\n1. First.\n\n2. Second:\n\n(a) one;\n\n(b) two.\n\n3 bis. Third.\n\n## Annex I\n")
	if err != nil {
		t.Fatal(err)
	}
	var n numbering
	var got []string
	for _, c := range parsed.Clauses {
		got = append(got, n.title(c))
	}
	want := []string{
		"Preamble", "Preamble, paragraph 1", "Preamble, paragraph 2", "Article 1 (Terms)", "Article 1, paragraph 1", "Article 1, (a)",
		"Article 6 (Flow)", "Article 6, 1", "Article 6, 2", "Article 6, 2 (a)", "Article 6, 2 (b)", "Article 6, 3 bis", "Annex I",
	}
	if !slices.Equal(got, want) {
		t.Errorf("titles are\n%q, want\n%q", got, want)
	}
}

func TestOpening(t *testing.T) {
	parsed, err := draft.Parse("2. *Mindful* of [XX: the lake][YY: the river], and of all who live beside it", "XX", "YY")
	if err != nil {
		t.Fatal(err)
	}
	for most, want := range map[int]string{100: "Mindful of [the lake][the river], and of all who live beside it", 24: "Mindful of [the …"} {
		if got := opening(parsed, parsed.Clauses[0], most); got != want {
			t.Errorf("cut to %d: %q, want %q", most, got, want)
		}
	}
}
