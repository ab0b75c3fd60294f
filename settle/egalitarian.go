package settle

import (
	"context"
	"math/big"
)

// egalitarian is the leximin of gains over the reservation values, or over 0
// where a party has none.
func (w *whole) egalitarian(ctx context.Context) Solution {
	return newEgalitarian(w, w.bottoms(), w.tops()).solve(ctx, w)
}

// newEgalitarian is the goal of packages whose sums are from bottoms to tops.
func newEgalitarian(w *whole, bottoms, tops []int64) *leximin {
	compared := make([]bool, len(w.worth))
	for p := range compared {
		compared[p] = true
	}
	a := newLeximin(w.bases(), bottoms, w.scale, compared)
	a.norm = 0
	for p, top := range tops {
		scale, _ := new(big.Float).SetInt(w.scale[p]).Float64()
		a.norm = max(a.norm, float64(top-a.bottom[p])/scale)
	}
	if a.norm <= 0 {
		a.norm = 1
	}
	return a
}

// bases is what gains are counted from.
func (w *whole) bases() []int64 {
	bases := make([]int64, len(w.worth))
	for p, floored := range w.floored {
		if floored {
			bases[p] = w.floor[p]
		}
	}
	return bases
}
