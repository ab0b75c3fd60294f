package text

import (
	"strings"

	"paraph/draft"
)

// match finds the clauses that two texts have in common: those with equal
// words, then those with the same label and heading.
func match(old, new *draft.Text) []pair {
	var pairs []pair
	mates := map[int]bool{}
	paired := map[int]bool{}
	for _, key := range []func(*draft.Text, int) string{(*draft.Text).Words, head} {
		at := map[string]int{}
		for i := range old.Clauses {
			at[key(old, i)] = i
		}
		for j, c := range new.Clauses {
			k := key(new, j)
			i, found := at[k]
			if found && k != "" && !mates[i] && !paired[j] && old.Clauses[i].IsHeading() == c.IsHeading() {
				mates[i], paired[j] = true, true
				pairs = append(pairs, pair{i, j})
			}
		}
	}
	return pairs
}

func head(t *draft.Text, i int) string {
	return strings.TrimSpace(t.Clauses[i].Label + " " + t.Clauses[i].Heading)
}

type pair struct{ Old, New int }
