package settle

import (
	"context"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// TestSolutionsAgainstBruteForce holds every solution point of additive problems to the plain way.
func TestSolutionsAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawn{rules: rapid.Bool().Draw(t, "with rules")})
		w, ok := p.wholeNumbers()
		if !ok {
			t.Fatal("a drawn problem has no whole numbers")
		}
		powers, ok := p.powers()
		if !ok {
			t.Fatal("a drawn problem has no whole powers")
		}
		b := layOut(p)
		ctx := context.Background()
		same := func(name string, got Solution, points []Point, value *big.Rat) {
			t.Helper()
			sameSolution(t, name, got, points, value)
		}
		points, value := b.nash()
		same("Nash", w.nash(ctx, powers), points, value)
		points, value = b.kalaiSmorodinsky()
		same("Kalai–Smorodinsky", w.kalaiSmorodinsky(ctx), points, value)
		if ideal, _ := w.ideals(ctx); ideal != nil {
			step := newKalai(w.bases(), w.bottoms(), ideal)
			step.crowd = 1
			same("Kalai–Smorodinsky, gain by gain", step.solve(ctx, w), points, value)
		}
		points, value = b.egalitarian()
		same("egalitarian", w.egalitarian(ctx), points, value)
		step := newEgalitarian(w, w.bottoms(), w.tops())
		step.crowd = 1
		same("egalitarian, gain by gain", step.solve(ctx, w), points, value)
		points, value = b.utilitarian()
		same("utilitarian", p.utilitarian(ctx, w), points, value)
	})
}

func sameSolution(t *rapid.T, name string, got Solution, points []Point, value *big.Rat) {
	t.Helper()
	if !got.Proved {
		t.Fatalf("%s is not proved", name)
	}
	if len(got.Points) != len(points) {
		t.Fatalf("%s: %d points, by brute force %d: %v and %v", name, len(got.Points), len(points), got.Points, points)
	}
	for i := range points {
		if compareVectors(got.Points[i].Utilities, points[i].Utilities) != 0 {
			t.Fatalf("%s: point %d is %v, by brute force %v", name, i, got.Points[i], points[i])
		}
		for x, o := range points[i].Package {
			if got.Points[i].Package[x] != o {
				t.Fatalf("%s: point %d is %v, by brute force %v", name, i, got.Points[i], points[i])
			}
		}
	}
	if len(points) > 0 && (got.Value.Cmp(value) != 0 || got.Bound.Cmp(value) != 0) {
		t.Fatalf("%s: value %v, bound %v, by brute force %v", name, got.Value, got.Bound, value)
	}
}
