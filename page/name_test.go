package page

import (
	"testing"

	"paraph/draft"
)

func TestOpening(t *testing.T) {
	parsed, err := draft.Parse("2. *Mindful* of [XX: the lake][YY: the river], and of all who live beside it", "XX", "YY")
	if err != nil {
		t.Fatal(err)
	}
	for most, want := range map[int]string{100: "Mindful of [the lake][the river], and of all who live beside it", 24: "Mindful of [the …"} {
		if got := Opening(parsed, parsed.Clauses[0], most); got != want {
			t.Errorf("cut to %d: %q, want %q", most, got, want)
		}
	}
}
