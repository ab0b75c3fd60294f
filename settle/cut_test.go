package settle

import (
	"context"
	"math/big"
	"testing"
)

// ending is a context that ends when it has been asked a number of times.
type ending struct {
	context.Context
	left int
}

func (e *ending) Err() error {
	if e.left--; e.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestCutShort: what is found when the context ends is no better than the best,
// its bound is no worse, and nothing is called proved.
func TestCutShort(t *testing.T) {
	p := generated("opposed", 50, 10, 6)
	w, _ := p.wholeNumbers()
	powers, _ := p.powers()
	solve := []func(context.Context) Solution{
		func(ctx context.Context) Solution { return w.nash(ctx, powers) }, w.kalaiSmorodinsky, w.egalitarian,
		func(ctx context.Context) Solution { return p.utilitarian(ctx, w) },
	}
	cut := 0
	for i, name := range solutionNames {
		var best *big.Rat
		if i < 3 {
			k := known[len(known)-1]
			best = known50x6(t, i, k.nash, k.kalai, k.egalitarian)
		} else {
			best = solve[i](context.Background()).Value
		}
		for _, left := range []int{0, 1, 3, 10, 30} {
			got := solve[i](&ending{context.Background(), left})
			if got.Proved {
				if got.Value.Cmp(best) != 0 {
					t.Errorf("%s after %d: proved %v, and it is %v", name, left, got.Value, best)
				}
				continue
			}
			cut++
			if got.Value == nil || got.Bound == nil {
				t.Errorf("%s after %d: value %v, bound %v", name, left, got.Value, got.Bound)
				continue
			}
			if got.Value.Cmp(best) > 0 || got.Bound.Cmp(best) < 0 {
				t.Errorf("%s after %d: from %v to %v, and it is %v", name, left, got.Value, got.Bound, best)
			}
			if near := new(big.Rat).Mul(got.Value, big.NewRat(106, 100)); got.Bound.Cmp(near) > 0 {
				t.Errorf("%s after %d: from %v to %v is too far", name, left, got.Value.FloatString(4), got.Bound.FloatString(4))
			}
		}
	}
	if cut < 5 {
		t.Errorf("only %d searches were cut short", cut)
	}
}

// known50x6 is what a solution makes greatest, at the sums where it is known to be.
func known50x6(t *testing.T, which int, sums ...[]int64) *big.Rat {
	t.Helper()
	w, _ := generated("opposed", 50, 10, 6).wholeNumbers()
	tops := w.tops()
	value := big.NewRat(1, 1)
	for p, sum := range sums[which] {
		switch which {
		case 0:
			value.Mul(value, big.NewRat(sum, 1))
		case 1:
			if part := big.NewRat(sum, tops[p]); part.Cmp(value) < 0 {
				value = part
			}
		case 2:
			if p == 0 || big.NewRat(sum, 1).Cmp(value) < 0 {
				value = big.NewRat(sum, 1)
			}
		}
	}
	return value
}

// TestImproveCutShort: an improvement that was not found in time is not called impossible.
func TestImproveCutShort(t *testing.T) {
	p := generated("opposed", 50, 10, 6)
	deal := make(Package, 50)
	for i := range deal {
		deal[i] = 5
	}
	for _, left := range []int{0, 1, 5} {
		got, err := Improve(&ending{context.Background(), left}, p, deal)
		if err != nil {
			t.Fatal(err)
		}
		if got.Proved != got.Exists {
			t.Errorf("after %d: exists %v, proved %v", left, got.Exists, got.Proved)
		}
		if got.Exists && (len(got.Best.Points) == 0 || len(got.Fewest.Points) == 0) {
			t.Errorf("after %d: an improvement and none of them shown", left)
		}
	}
}
