package settle

import (
	"context"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestImprovementsAgainstBruteForce holds Improve to the plain way: whether there
// is an improvement, the best, and the one that changes the fewest issues.
func TestImprovementsAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawn{
			rules: rapid.Bool().Draw(t, "with rules"), terms: rapid.Bool().Draw(t, "with terms"),
			fine: rapid.IntRange(0, 3).Draw(t, "fine") == 0,
		})
		b := layOut(p)
		var deal Package
		for _, issue := range p.Issues {
			deal = append(deal, rapid.IntRange(0, len(issue.Options)-1).Draw(t, "deal"))
		}
		got, err := Improve(context.Background(), p, deal)
		if err != nil {
			t.Fatal(err)
		}
		edge := b.improvements(deal)
		if !got.Proved || got.Exists != (len(edge) > 0) {
			t.Fatalf("exists %v, proved %v; by brute force there are %d", got.Exists, got.Proved, len(edge))
		}
		if len(edge) == 0 {
			return
		}
		points, value := bruteBest(edge, func(at Point) []*big.Rat {
			product := big.NewRat(1, 1)
			for i, gain := range bruteGains(p, at, deal) {
				for range b.powers()[i] {
					product.Mul(product, gain)
				}
			}
			return []*big.Rat{product}
		})
		criterion := ByProduct
		if value.Sign() == 0 {
			criterion = ByShares
			points, value = bruteBest(edge, func(at Point) []*big.Rat { return bruteShares(p, at, deal) })
		}
		if got.Criterion != criterion {
			t.Fatalf("the criterion is %q, by brute force %q", got.Criterion, criterion)
		}
		sameSolution(t, "best improvement", got.Best, points, value)
		points, value = bruteFewest(p, b, deal)
		sameSolution(t, "fewest changes", got.Fewest, points, value)
	})
}

func bruteGains(p *Problem, at Point, deal Package) []*big.Rat {
	var gains []*big.Rat
	for i, u := range at.Utilities {
		gains = append(gains, new(big.Rat).Sub(u, p.Utility(i, deal)))
	}
	return gains
}

func bruteShares(p *Problem, at Point, deal Package) []*big.Rat {
	shares := bruteGains(p, at, deal)
	for i := range shares {
		span := new(big.Rat)
		for _, row := range p.Parties[i].Worth {
			if row != nil {
				span.Add(span, slices.MaxFunc(row, (*big.Rat).Cmp))
				span.Sub(span, slices.MinFunc(row, (*big.Rat).Cmp))
			}
		}
		for _, term := range p.Parties[i].Terms {
			span.Add(span, new(big.Rat).Abs(term.Worth))
		}
		if span.Sign() > 0 {
			shares[i].Quo(shares[i], span)
		}
	}
	slices.SortFunc(shares, (*big.Rat).Cmp)
	return shares
}

// bruteFewest is the improvements of the fewest changes and, of those, of the
// fairest shares.
func bruteFewest(p *Problem, b *brute, deal Package) ([]Point, *big.Rat) {
	least := len(deal) + 1
	var fewest []Point
	for _, at := range b.all {
		gains := bruteGains(p, at, deal)
		slices.SortFunc(gains, (*big.Rat).Cmp)
		if gains[0].Sign() < 0 || gains[len(gains)-1].Sign() == 0 {
			continue
		}
		n := 0
		for i := range deal {
			if at.Package[i] != deal[i] {
				n++
			}
		}
		if n < least {
			least, fewest = n, nil
		}
		if n == least {
			fewest = append(fewest, at)
		}
	}
	points, _ := bruteBest(bruteFrontier(fewest), func(at Point) []*big.Rat { return bruteShares(p, at, deal) })
	return points, big.NewRat(int64(least), 1)
}
