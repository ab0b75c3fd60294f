package draft

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// mostPairs is the size of a maximum matching, by trying everything.
func mostPairs(choices [][]int, taken map[int]bool) int {
	if len(choices) == 0 {
		return 0
	}
	most := mostPairs(choices[1:], taken)
	for _, j := range choices[0] {
		if !taken[j] {
			taken[j] = true
			most = max(most, 1+mostPairs(choices[1:], taken))
			delete(taken, j)
		}
	}
	return most
}

func TestBracketMatchingIsMaximum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		second := rapid.IntRange(1, 7).Draw(t, "second")
		choices := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, second-1), 0, 3), 0, 7).Draw(t, "choices")
		m := newBracketMatching(len(choices), second)
		m.choices = choices
		m.run()
		pairs := 0
		for i, j := range m.mate {
			if j < 0 {
				continue
			}
			pairs++
			if m.back[j] != i || !slices.Contains(choices[i], j) {
				t.Fatalf("%d has %d, which has %d", i, j, m.back[j])
			}
		}
		for j, i := range m.back {
			if i >= 0 && m.mate[i] != j {
				t.Fatalf("%d belongs to %d, which has %d", j, i, m.mate[i])
			}
		}
		if want := mostPairs(choices, map[int]bool{}); pairs != want {
			t.Fatalf("%d pairs, %d are possible", pairs, want)
		}
	})
}
