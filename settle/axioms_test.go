package settle

import (
	"context"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The axioms that the solutions are known by, where they hold on discrete domains.

func solved(t *rapid.T, p *Problem) *Answer {
	t.Helper()
	w, ok := p.wholeNumbers()
	if !ok {
		t.Fatal("no whole numbers")
	}
	var a Answer
	p.solveAdditive(context.Background(), w, &a)
	for i, s := range a.solutions() {
		if !s.Proved {
			t.Fatalf("%s is not proved", solutionNames[i])
		}
	}
	return &a
}

func packages(s Solution) []Package {
	var all []Package
	for _, at := range s.Points {
		all = append(all, at.Package)
	}
	slices.SortFunc(all, func(a, b Package) int { return slices.Compare(a, b) })
	return all
}

func samePackages(a, b Solution) bool {
	return slices.EqualFunc(packages(a), packages(b), func(a, b Package) bool { return slices.Equal(a, b) })
}

// TestScaleInvariance: in what unit a party counts, and from where, changes
// neither Nash nor Kalai–Smorodinsky.
func TestScaleInvariance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawn{})
		other := *p
		other.Parties = slices.Clone(p.Parties)
		for i := range other.Parties {
			party := &other.Parties[i]
			unit := big.NewRat(rapid.Int64Range(1, 50).Draw(t, "unit"), rapid.Int64Range(1, 50).Draw(t, "unit"))
			from := new(big.Rat)
			if party.Reservation != nil {
				from.SetInt64(rapid.Int64Range(-20, 20).Draw(t, "from"))
				r := new(big.Rat).Mul(party.Reservation, unit)
				party.Reservation = r.Add(r, from)
			}
			worth := make([][]*big.Rat, len(p.Issues))
			for x, issue := range p.Issues {
				worth[x] = make([]*big.Rat, len(issue.Options))
				for o := range worth[x] {
					worth[x][o] = new(big.Rat)
					if party.Worth[x] != nil {
						worth[x][o].Mul(party.Worth[x][o], unit)
					}
					if x == 0 {
						worth[x][o].Add(worth[x][o], from)
					}
				}
			}
			party.Worth = worth
		}
		a, b := solved(t, p), solved(t, &other)
		if !samePackages(a.Nash, b.Nash) {
			t.Fatalf("Nash: %v and %v", packages(a.Nash), packages(b.Nash))
		}
		if !samePackages(a.KalaiSmorodinsky, b.KalaiSmorodinsky) {
			t.Fatalf("Kalai–Smorodinsky: %v and %v", packages(a.KalaiSmorodinsky), packages(b.KalaiSmorodinsky))
		}
	})
}

// TestSymmetry: who is named first changes no solution.
func TestSymmetry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawn{rules: true})
		order := rapid.Permutation([]int{0, 1, 2, 3, 4}[:len(p.Parties)]).Draw(t, "order")
		other := *p
		other.Parties = nil
		for _, i := range order {
			other.Parties = append(other.Parties, p.Parties[i])
		}
		a, b := solved(t, p), solved(t, &other)
		for i, s := range a.solutions() {
			if !samePackages(*s, *b.solutions()[i]) {
				t.Fatalf("%s: %v and %v", solutionNames[i], packages(*s), packages(*b.solutions()[i]))
			}
		}
	})
}

// TestParetoOptimality: no solution can be bettered for one party without loss to
// another.
func TestParetoOptimality(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawn{rules: true})
		for i, s := range solved(t, p).solutions() {
			for _, at := range s.Points {
				if got, err := Improve(context.Background(), p, at.Package); err != nil || got.Exists || !got.Proved {
					t.Fatalf("%s: %v is improved by %+v, %v", solutionNames[i], at, got, err)
				}
			}
		}
	})
}

// fewer is a problem without one option of an issue that has several.
func fewer(t *rapid.T, p *Problem) (other *Problem, issue, option int) {
	issue = rapid.IntRange(0, len(p.Issues)-1).Draw(t, "issue")
	option = rapid.IntRange(0, len(p.Issues[issue].Options)-1).Draw(t, "option")
	if len(p.Issues[issue].Options) == 1 {
		t.Skip("the issue has one option")
	}
	other = &Problem{Issues: slices.Clone(p.Issues), Parties: slices.Clone(p.Parties)}
	other.Issues[issue].Options = slices.Delete(slices.Clone(p.Issues[issue].Options), option, option+1)
	for i := range other.Parties {
		worth := slices.Clone(p.Parties[i].Worth)
		if worth[issue] != nil {
			worth[issue] = slices.Delete(slices.Clone(worth[issue]), option, option+1)
		}
		other.Parties[i].Worth = worth
	}
	return other, issue, option
}

// TestIndependenceOfIrrelevantAlternatives: when an option goes and some Nash
// solution stays possible, those that stay possible are the Nash solutions.
// (A product of zero says nothing of who has what, so that there is none to keep.)
func TestIndependenceOfIrrelevantAlternatives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawn{})
		other, issue, option := fewer(t, p)
		was := solved(t, p).Nash
		if len(was.Points) == 0 || was.Value.Sign() == 0 {
			return
		}
		b := layOut(other)
		var stay []Point
		for _, at := range was.Points {
			if slices.ContainsFunc(b.all, func(c Point) bool { return compareVectors(c.Utilities, at.Utilities) == 0 }) {
				stay = append(stay, at)
			}
		}
		if len(stay) == 0 {
			return
		}
		is := solved(t, other).Nash
		if !slices.EqualFunc(stay, is.Points, func(a, b Point) bool { return compareVectors(a.Utilities, b.Utilities) == 0 }) {
			t.Fatalf("without option %d of issue %d: %v, not %v", option, issue, is.Points, stay)
		}
	})
}

// TestMonotonicity: an option more, with no party's greatest gain in the zone
// changed by it, does not make the Kalai–Smorodinsky shares worse in leximin
// order; nor does any option more make the egalitarian gains worse.
// (Kalai and Smorodinsky's own axiom, that a party to whom more is possible does
// not lose, does not hold where packages are discrete.)
func TestMonotonicity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawn{})
		other, _, _ := fewer(t, p)
		more, less := solved(t, p), solved(t, other)
		if len(less.Egalitarian.Points) == 0 {
			return
		}
		b := layOut(p)
		gains := func(at Point) []*big.Rat {
			g := b.gains(at)
			slices.SortFunc(g, (*big.Rat).Cmp)
			return g
		}
		if compareVectors(gains(more.Egalitarian.Points[0]), gains(less.Egalitarian.Points[0])) < 0 {
			t.Fatalf("egalitarian: %v with the option, %v without", more.Egalitarian.Points[0], less.Egalitarian.Points[0])
		}
		w, _ := p.wholeNumbers()
		ideal, _ := w.ideals(context.Background())
		v, _ := other.wholeNumbers()
		without, _ := v.ideals(context.Background())
		shares := func(at Point) []*big.Rat {
			g := b.gains(at)
			for i := range g {
				base := new(big.Rat)
				if r := p.Parties[i].Reservation; r != nil {
					base = r
				}
				best := w.rat(i, ideal[i])
				if best.Sub(best, base).Sign() <= 0 {
					g[i].SetInt64(1)
					continue
				}
				g[i].Quo(g[i], best)
			}
			slices.SortFunc(g, (*big.Rat).Cmp)
			return g
		}
		for i := range ideal {
			if w.rat(i, ideal[i]).Cmp(v.rat(i, without[i])) != 0 {
				return
			}
		}
		if compareVectors(shares(more.KalaiSmorodinsky.Points[0]), shares(less.KalaiSmorodinsky.Points[0])) < 0 {
			t.Fatalf("Kalai–Smorodinsky: %v with the option, %v without", more.KalaiSmorodinsky.Points[0], less.KalaiSmorodinsky.Points[0])
		}
	})
}
