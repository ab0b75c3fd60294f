package settle

import (
	"context"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// TestTermsAgainstBruteForce holds all that is found of problems with terms and
// rules to plain enumeration.
func TestTermsAgainstBruteForce(t *testing.T) {
	for _, kind := range []struct {
		name string
		may  drawn
	}{
		{"terms", drawn{terms: true}},
		{"terms and rules", drawn{terms: true, rules: true}},
	} {
		t.Run(kind.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				p := drawProblem(t, kind.may)
				b := layOut(p)
				o := Options{All: rapid.Bool().Draw(t, "all"), MaxPoints: maxPoints}
				work := &settling{problem: p, options: o, pulse: newPulse(context.Background(), nil)}
				if !work.terms() {
					t.Fatal("too fine")
				}
				a := &work.answer
				if err := work.verify(); err != nil {
					t.Error(err)
				}
				samePoints(t, "frontier", a.Frontier.Points(), b.frontier(o.All))
				if !a.Frontier.Whole || !a.Zone.Proved || a.Zone.Empty != (len(b.zone) == 0) {
					t.Errorf("frontier whole %v, zone proved %v, empty %v with %d packages", a.Frontier.Whole, a.Zone.Proved, a.Zone.Empty, len(b.zone))
				}
				for _, s := range []struct {
					name string
					got  Solution
					want func() ([]Point, *big.Rat)
				}{
					{"Nash", a.Nash, b.nash},
					{"Kalai–Smorodinsky", a.KalaiSmorodinsky, b.kalaiSmorodinsky},
					{"egalitarian", a.Egalitarian, b.egalitarian},
					{"utilitarian", a.Utilitarian, b.utilitarian},
				} {
					want, value := s.want()
					samePoints(t, s.name, s.got.Points, want)
					if value != nil && (s.got.Value == nil || s.got.Value.Cmp(value) != 0 || s.got.Bound.Cmp(value) != 0) {
						t.Errorf("%s: value %v, bound %v, want %v", s.name, s.got.Value, s.got.Bound, value)
					}
					if len(want) > 0 && !s.got.Proved {
						t.Errorf("%s is not proved", s.name)
					}
				}
			})
		})
	}
}

// TestTermsImproveCutShort ends the search for improvements at once: what is given
// is an improvement all the same, and is not said to be the best.
func TestTermsImproveCutShort(t *testing.T) {
	p := interdependent("mixed", 30, 10, 3)
	deal := make(Package, len(p.Issues))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	got, err := Improve(ctx, p, deal)
	if err != nil {
		t.Fatal(err)
	}
	if got.Proved && !got.Exists || got.Exists && (len(got.Best.Points) == 0 || got.Best.Proved) {
		t.Errorf("exists %v, proved %v, the best %d points, proved %v", got.Exists, got.Proved, len(got.Best.Points), got.Best.Proved)
	}
}
