package settle

import (
	"context"
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// TestSettleAgainstBruteForce holds every part of an answer to plain enumeration.
func TestSettleAgainstBruteForce(t *testing.T) {
	for _, kind := range []struct {
		name string
		may  drawn
	}{
		{"additive", drawn{}},
		{"rules", drawn{rules: true}},
		{"fine", drawn{fine: true, rules: true}},
		{"terms", drawn{terms: true}},
		{"terms and rules", drawn{terms: true, rules: true}},
	} {
		t.Run(kind.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				p := drawProblem(t, kind.may)
				agree(t, p, Options{All: rapid.Bool().Draw(t, "all")})
			})
		})
	}
}

// agree settles a small problem and holds the answer to brute force.
func agree(t *rapid.T, p *Problem, o Options) {
	b := layOut(p)
	a, err := Settle(context.Background(), p, o)
	if err != nil {
		t.Fatal(err)
	}
	if a.Outcomes.Cmp(p.Outcomes()) != 0 {
		t.Errorf("%s outcomes", a.Outcomes)
	}
	if !a.Frontier.Whole || a.Frontier.Epsilon != nil {
		t.Errorf("the frontier is not whole")
	}
	samePoints(t, "frontier", a.Frontier.Points(), b.frontier(o.All))
	if !a.Zone.Proved || a.Zone.Empty != (len(b.zone) == 0) {
		t.Errorf("zone: empty %v, proved %v, with %d packages in it", a.Zone.Empty, a.Zone.Proved, len(b.zone))
	}
	if !a.Zone.Empty && !p.accepted(a.Zone.Shown) {
		t.Errorf("the zone is shown by %v, which is not in it", a.Zone.Shown.Package)
	}
	points, value := b.nash()
	solutionAgrees(t, "Nash", a.Nash, points, value)
	points, value = b.kalaiSmorodinsky()
	solutionAgrees(t, "Kalai–Smorodinsky", a.KalaiSmorodinsky, points, value)
	points, value = b.egalitarian()
	solutionAgrees(t, "egalitarian", a.Egalitarian, points, value)
	points, value = b.utilitarian()
	solutionAgrees(t, "utilitarian", a.Utilitarian, points, value)
}

func samePoints(t *rapid.T, name string, got, want []Point) {
	t.Helper()
	if show(got) != show(want) {
		t.Errorf("%s:\n got %s\nwant %s", name, show(got), show(want))
	}
}

// show is points in words, for comparing and for reading.
func show(points []Point) string {
	var s string
	for _, at := range points {
		s += fmt.Sprint(at.Package, " ")
		for _, u := range at.Utilities {
			s += u.RatString() + " "
		}
		s += "; "
	}
	return s
}

// solutionAgrees holds a solution to the points and the value that brute force found.
func solutionAgrees(t *rapid.T, name string, got Solution, points []Point, value *big.Rat) {
	t.Helper()
	samePoints(t, name, got.Points, points)
	if value == nil {
		if got.Value != nil {
			t.Errorf("%s has the value %s and no point", name, got.Value)
		}
		return
	}
	if got.Value == nil || got.Value.Cmp(value) != 0 {
		t.Errorf("%s has the value %v, not %s", name, got.Value, value)
	}
	if !got.Proved || got.Bound == nil || got.Bound.Cmp(value) != 0 {
		t.Errorf("%s is not proved: bound %v of %s", name, got.Bound, value)
	}
}

// TestCoveringIsTrue holds an approached frontier to its word: whatever package
// is asked for, with the loss to spare over what its parties must have, some point
// gives every party no less than the loss takes away.
func TestCoveringIsTrue(t *testing.T) {
	for _, may := range []drawn{{}, {rules: true}, {fine: true}} {
		rapid.Check(t, func(t *rapid.T) {
			p := drawProblem(t, may)
			o := Options{All: rapid.Bool().Draw(t, "all"), MaxPoints: rapid.IntRange(1, 12).Draw(t, "most")}
			a, err := Settle(context.Background(), p, o)
			if err != nil {
				t.Fatal(err)
			}
			b := layOut(p)
			if a.Frontier.Whole {
				samePoints(t, "frontier", a.Frontier.Points(), b.frontier(o.All))
				return
			}
			if a.Zone.Proved && a.Zone.Empty != (len(b.zone) == 0) {
				t.Errorf("zone: empty %v with %d packages in it", a.Zone.Empty, len(b.zone))
			}
			_, nash := b.nash()
			_, share := b.kalaiSmorodinsky()
			_, least := b.egalitarian()
			_, sum := b.utilitarian()
			for i, best := range []*big.Rat{nash, share, least, sum} {
				isBound(t, a.solutions()[i], best)
			}
			if a.Frontier.Epsilon == nil {
				return
			}
			for _, at := range b.all {
				if !isCovered(p, &a.Frontier, at, o.All) {
					t.Errorf("%v %v is not covered by %s", at.Package, at.Utilities, show(a.Frontier.Points()))
				}
			}
		})
	}
}

// isBound holds a solution to the best value there is; nil when there is none.
func isBound(t *rapid.T, got *Solution, best *big.Rat) {
	t.Helper()
	if got.Value == nil && best == nil {
		return
	}
	if got.Bound == nil || best != nil && got.Bound.Cmp(best) < 0 || got.Value != nil && got.Value.Cmp(got.Bound) > 0 {
		t.Errorf("value %v, bound %v, and the best is %v", got.Value, got.Bound, best)
	}
	if got.Proved && (got.Value == nil || got.Value.Cmp(best) != 0) {
		t.Errorf("value %v is called proved, and the best is %v", got.Value, best)
	}
}

// isCovered tells whether the frontier covers a point up to its epsilon, or need not.
func isCovered(p *Problem, f *Frontier, at Point, all bool) bool {
	less := make([]*big.Rat, len(at.Utilities))
	for i, u := range at.Utilities {
		less[i] = new(big.Rat).Sub(u, f.Epsilon[i])
		if r := p.Parties[i].Reservation; !all && r != nil && less[i].Cmp(r) < 0 {
			return true
		}
	}
	for _, kept := range f.Points() {
		if order := bruteOrder(kept.Utilities, less); order == 0 || order == 1 {
			return true
		}
	}
	return false
}

// TestSettleStops ends the context at many moments of the work: what is given is
// true whenever that is.
func TestSettleStops(t *testing.T) {
	p := generated("opposed", 10, 10, 4)
	const large = 8 // the step from which a covering is there
	for _, steps := range []int{0, 4, 7, large, 9} {
		ctx, cancel := context.WithCancel(context.Background())
		a, err := Settle(ctx, p, Options{Progress: func(now Progress) {
			if now.Doing == "the frontier" && now.Done >= steps {
				cancel()
			}
		}})
		cancel()
		if err != nil {
			t.Fatal(err)
		}
		f := &a.Frontier
		if f.Whole {
			t.Errorf("stopped at step %d, the frontier is called whole", steps)
		}
		if f.Len() == 0 || f.Epsilon == nil {
			t.Errorf("stopped at step %d, nothing covers the packages", steps)
		}
		if steps >= large && f.Len() < 100 {
			t.Errorf("stopped at step %d, the covering has %d points", steps, f.Len())
		}
	}
}
