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
