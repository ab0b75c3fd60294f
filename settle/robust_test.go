package settle

import (
	"context"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// TestRobustAgainstBruteForce tries every other package in the case that is worst
// for the package: its own options at their least, the other's at their most,
// and what they share anywhere, for it counts for both.
func TestRobustAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawn{rules: rapid.Bool().Draw(t, "with rules")})
		doubts := rapid.SampledFrom([]int64{0, 1, 5})
		for i := range p.Parties {
			if rapid.IntRange(0, 3).Draw(t, "sure") == 0 {
				continue
			}
			for _, issue := range p.Issues {
				var row []*big.Rat
				for range issue.Options {
					row = append(row, big.NewRat(doubts.Draw(t, "doubt"), 4))
				}
				p.Parties[i].Doubt = append(p.Parties[i].Doubt, row)
			}
		}
		k := drawPackage(t, p, "package")
		got, err := Robust(context.Background(), p, k)
		if err != nil {
			t.Fatal(err)
		}
		one := big.NewRat(1, 1)
		stays, regret := bruteRobust(p, k, one)
		if !got.Proved || got.Stays != stays {
			t.Fatalf("stays %v, proved %v; by brute force %v", got.Stays, got.Proved, stays)
		}
		if got.Regret != nil && got.Regret.Cmp(regret) != 0 || got.Regret == nil && p.Feasible(k) {
			t.Fatalf("regret %v, by brute force %v", got.Regret, regret)
		}
		if at, _ := bruteRobust(p, k, got.Part); got.Part.Sign() > 0 && !at {
			t.Fatalf("it does not stay for %v of the doubts", got.Part)
		}
		if next := new(big.Rat).Add(got.Part, big.NewRat(1, 1<<partSteps)); got.Part.Sign() > 0 && next.Cmp(one) <= 0 {
			if at, _ := bruteRobust(p, k, next); at {
				t.Fatalf("it stays for %v of the doubts, not for %v alone", next, got.Part)
			}
		}
		for i := range p.Parties {
			if got.Least[i].Cmp(p.Utility(i, k)) > 0 || got.Most[i].Cmp(p.Utility(i, k)) < 0 {
				t.Fatalf("party %d has from %v to %v", i, got.Least[i], got.Most[i])
			}
		}
	})
}

// bruteRobust tells whether no package can be as good as k for all and better for
// one, and by how much a weighted sum can be above k's.
func bruteRobust(p *Problem, k Package, part *big.Rat) (bool, *big.Rat) {
	stays, regret := true, new(big.Rat)
	eachPackage(p, func(other Package) {
		if !p.Feasible(other) {
			return
		}
		sum := new(big.Rat)
		worse, better := false, false
		for party := range p.Parties {
			diff := new(big.Rat).Sub(p.Utility(party, other), p.Utility(party, k))
			for i := range k {
				if other[i] == k[i] {
					continue
				}
				for _, o := range []int{k[i], other[i]} {
					if d := p.doubt(party, Choice{i, o}); d != nil {
						diff.Add(diff, new(big.Rat).Mul(d, part))
					}
				}
			}
			worse, better = worse || diff.Sign() < 0, better || diff.Sign() > 0
			sum.Add(sum, diff.Mul(diff, p.weight(party)))
		}
		stays = stays && (worse || !better)
		if sum.Cmp(regret) > 0 {
			regret = sum
		}
	})
	return stays, regret
}
