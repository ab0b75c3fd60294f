package settle

import (
	"context"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func drawPackage(t *rapid.T, p *Problem, label string) Package {
	var k Package
	for _, issue := range p.Issues {
		k = append(k, rapid.IntRange(0, len(issue.Options)-1).Draw(t, label))
	}
	return k
}

// TestTradesAgainstBruteForce tries every pair of moves.
func TestTradesAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawn{rules: rapid.Bool().Draw(t, "with rules"), terms: rapid.Bool().Draw(t, "with terms")})
		k := drawPackage(t, p, "package")
		got, whole, err := Trades(context.Background(), p, k)
		if err != nil || !whole {
			t.Fatal(whole, err)
		}
		pairs, best := bruteTrades(p, k)
		if len(got) != pairs {
			t.Fatalf("%d trades, by brute force %d: %+v", len(got), pairs, got)
		}
		if pairs > 0 && compareVectors(bruteShares(p, p.point(got[0].Package), k), best) != 0 {
			t.Fatalf("the first trade %+v does not help most: %v", got[0], best)
		}
		for _, trade := range got {
			for i, gain := range bruteGains(p, p.point(trade.Package), k) {
				if gain.Cmp(trade.Gains[i]) != 0 {
					t.Fatalf("trade %+v gives party %d %v", trade, i, gain)
				}
			}
			for m, giver := range trade.Givers {
				if trade.Moves[m].Changes[giver].Sign() >= 0 {
					t.Fatalf("trade %+v: the giver of move %d gives nothing", trade, m)
				}
			}
		}
	})
}

// bruteTrades counts the pairs of issues that have a trade, and gives the fairest shares of all.
func bruteTrades(p *Problem, k Package) (int, []*big.Rat) {
	hurts := func(issue, option int) bool {
		k := slices.Clone(k)
		from := slices.Clone(k)
		k[issue] = option
		return slices.ContainsFunc(bruteGains(p, p.point(k), from), func(g *big.Rat) bool { return g.Sign() < 0 })
	}
	pairs := map[[2]int]bool{}
	var best []*big.Rat
	eachPackage(p, func(other Package) {
		var moved []int
		for i := range k {
			if other[i] != k[i] {
				moved = append(moved, i)
			}
		}
		if len(moved) != 2 || !p.Feasible(other) || !hurts(moved[0], other[moved[0]]) || !hurts(moved[1], other[moved[1]]) {
			return
		}
		at := p.point(other)
		if bruteOrder(at.Utilities, p.point(k).Utilities) != 1 {
			return
		}
		pairs[[2]int{moved[0], moved[1]}] = true
		if shares := bruteShares(p, at, k); best == nil || compareVectors(shares, best) > 0 {
			best = shares
		}
	})
	return len(pairs), best
}

// TestLogrolling is the textbook's trade: each side gives on what it cares little for.
func TestLogrolling(t *testing.T) {
	p := &Problem{
		Issues: []Issue{{Name: "water", Options: []string{"less", "more"}}, {Name: "price", Options: []string{"low", "high"}}},
		Parties: []Party{
			{Name: "upstream", Worth: [][]*big.Rat{{rat(2), rat(0)}, {rat(0), rat(9)}}},
			{Name: "downstream", Worth: [][]*big.Rat{{rat(0), rat(7)}, {rat(3), rat(0)}}},
		},
	}
	got, _, err := Trades(context.Background(), p, Package{0, 0})
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	if !slices.Equal(got[0].Package, Package{1, 1}) || got[0].Givers != [2]int{0, 1} {
		t.Errorf("the trade is %+v", got[0])
	}
	if got[0].Gains[0].Cmp(rat(7)) != 0 || got[0].Gains[1].Cmp(rat(4)) != 0 {
		t.Errorf("the gains are %v", got[0].Gains)
	}
	if more, _, err := Trades(context.Background(), p, Package{1, 1}); err != nil || len(more) != 0 {
		t.Errorf("after the trade there is %v, %v", more, err)
	}
}

func rat(n int64) *big.Rat { return big.NewRat(n, 1) }

// TestCostsAgainstBruteForce holds what a package costs to the plain way.
func TestCostsAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawn{
			rules: rapid.Bool().Draw(t, "with rules"), terms: rapid.Bool().Draw(t, "with terms"), fine: rapid.Bool().Draw(t, "fine"),
		})
		k := drawPackage(t, p, "package")
		b := layOut(p)
		got, err := Costs(context.Background(), p, k)
		if err != nil {
			t.Fatal(err)
		}
		most := func(points []Point, party int) *big.Rat {
			var best *big.Rat
			for _, at := range points {
				if best == nil || at.Utilities[party].Cmp(best) > 0 {
					best = at.Utilities[party]
				}
			}
			return best
		}
		same := func(a, c *big.Rat) bool { return (a == nil) == (c == nil) && (a == nil || a.Cmp(c) == 0) }
		for i, cost := range got {
			if !cost.Proved || !same(cost.Zone, most(b.zone, i)) || !same(cost.All, most(b.all, i)) || !same(cost.Has, p.Utility(i, k)) {
				t.Fatalf("party %d: %+v, by brute force %v in the zone and %v", i, cost, most(b.zone, i), most(b.all, i))
			}
		}
	})
}
