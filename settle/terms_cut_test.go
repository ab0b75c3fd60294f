package settle

import (
	"context"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// TestTermsCutShort ends the work at any moment: what was found is of the
// problem, each bound holds, what is said to be proved is so, and the frontier's
// points cover all packages to within its epsilon.
func TestTermsCutShort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawn{terms: true, rules: true})
		b := layOut(p)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		work := &settling{problem: p, options: Options{MaxPoints: maxPoints}, pulse: newPulse(ctx, nil)}
		// The context has ended, and is looked at after as many units of work.
		work.pulse.count = beatEvery - rapid.IntRange(0, 300).Draw(t, "units of work")
		if !work.terms() {
			t.Fatal("too fine")
		}
		if err := work.verify(); err != nil {
			t.Error(err)
		}
		a := &work.answer
		if a.Zone.Proved && a.Zone.Empty != (len(b.zone) == 0) {
			t.Errorf("the zone is proved to be empty %v, and has %d packages", a.Zone.Empty, len(b.zone))
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
			if s.got.Proved && len(s.got.Points) != len(want) {
				t.Errorf("%s: %d points are said to be all, of %d", s.name, len(s.got.Points), len(want))
			}
			if value == nil || !s.got.Proved && s.got.Bound == nil {
				continue
			}
			if s.got.Bound.Cmp(value) < 0 || s.got.Value != nil && s.got.Value.Cmp(value) > 0 {
				t.Errorf("%s: the best is %s, value %v and bound %v were given", s.name, value, s.got.Value, s.got.Bound)
			}
		}
		covered(t, a, b.zone)
	})
}

// covered holds a frontier's epsilon to all packages of the zone.
func covered(t *rapid.T, a *Answer, zone []Point) {
	if !a.Frontier.Whole && a.Frontier.Epsilon == nil {
		return
	}
	for _, at := range zone {
		near := false
		for _, f := range a.Frontier.Points() {
			all := true
			for i, u := range at.Utilities {
				least := new(big.Rat).Set(u)
				if !a.Frontier.Whole {
					least.Sub(least, a.Frontier.Epsilon[i])
				}
				all = all && f.Utilities[i].Cmp(least) >= 0
			}
			near = near || all
		}
		if !near {
			t.Errorf("no point comes near package %v", at.Package)
		}
	}
}
