package settle

import (
	"context"
	"testing"
)

// TestSearchUnderRules holds the search to the frontier on a problem with 10^10
// packages and rules of every shape.
func TestSearchUnderRules(t *testing.T) {
	p := generated("fine", 10, 10, 3)
	free, _ := p.wholeNumbers()
	best := free.egalitarian(context.Background()).Points[0].Package
	p.Rules = []Rule{
		{If: []Choice{{0, best[0]}}, Then: []Choice{{1, (best[1] + 1) % 10}}},
		{If: []Choice{{2, best[2]}, {3, best[3]}}},
		{Then: []Choice{{4, (best[4] + 3) % 10}}},
		{If: []Choice{{5, best[5]}}, Then: []Choice{{6, best[6]}, {7, (best[7] + 2) % 10}}},
	}
	a, err := Settle(context.Background(), p, Options{})
	if err != nil || !a.Frontier.Whole {
		t.Fatal(err)
	}
	var listed, searched Answer
	p.solveListed(context.Background(), a.Frontier.Points(), &listed)
	w, _ := p.wholeNumbers()
	p.solveAdditive(context.Background(), w, &searched)
	for i, s := range searched.solutions() {
		want := *listed.solutions()[i]
		if !s.Proved || !samePackages(*s, want) || s.Value.Cmp(want.Value) != 0 {
			t.Errorf("%s: %v, off the frontier %v", solutionNames[i], packages(*s), packages(want))
		}
		for _, at := range s.Points {
			if got, err := Improve(context.Background(), p, at.Package); err != nil || got.Exists || !got.Proved {
				t.Errorf("%s is improved by %+v, %v", solutionNames[i], got, err)
			}
		}
	}
}
