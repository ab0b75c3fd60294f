package settle

import (
	"context"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// TestListedSolutionsAgainstBruteForce holds what is read off a frontier to the
// plain way, with rules and terms, in whole numbers and in rationals.
func TestListedSolutionsAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fineNumbers := rapid.Bool().Draw(t, "fine")
		p := drawProblem(t, drawn{rules: true, terms: true, fine: fineNumbers})
		b := layOut(p)
		for name, solve := range map[string]func(*Answer){
			"listed":       func(a *Answer) { p.solveListed(context.Background(), b.edge, a) },
			"in rationals": func(a *Answer) { p.solveFine(context.Background(), b.edge, a) },
		} {
			if name == "in rationals" && len(b.edge) == 0 {
				continue
			}
			var a Answer
			solve(&a)
			for i, by := range []func() ([]Point, *big.Rat){b.nash, b.kalaiSmorodinsky, b.egalitarian, b.utilitarian} {
				points, value := by()
				sameSolution(t, name+" "+solutionNames[i], *a.solutions()[i], points, value)
			}
		}
	})
}

var solutionNames = []string{"Nash", "Kalai–Smorodinsky", "egalitarian", "utilitarian"}
