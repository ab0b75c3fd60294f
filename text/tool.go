package text

import (
	"strings"

	"paraph/draft"
)

// match finds the clauses that two texts have in common.
func match(old, new *draft.Text) []pair {
	byWords, byHead := map[string]int{}, map[string]int{}
	for i, c := range old.Clauses {
		byWords[old.Words(i)] = i
		byHead[c.Label+"\x00"+c.Heading] = i
	}
	taken := map[int]bool{}
	var pairs []pair
	for j, c := range new.Clauses {
		i, found := byWords[new.Words(j)]
		if !found || taken[i] {
			i, found = byHead[c.Label+"\x00"+c.Heading]
			found = found && strings.TrimSpace(c.Label+c.Heading) != ""
		}
		if found && !taken[i] && old.Clauses[i].IsHeading() == c.IsHeading() {
			taken[i] = true
			pairs = append(pairs, pair{i, j})
		}
	}
	return pairs
}

type pair struct{ Old, New int }

// together compiles the base and the submissions into one bracketed text.
func (r *roller) together(base string, subs []submission) (string, bool) { return "", false }
