package settle

import (
	"math/big"
	"slices"
)

// spot is a package found, as classes, and its utilities in whole numbers.
type spot struct {
	k     []int32
	worth []int64
}

// edgeAim looks for the frontier.
type edgeAim struct {
	spots []spot
}

func (a *edgeAim) take(h *hunt, k []int32, worth []int64) bool {
	for _, p := range a.spots {
		if below(worth, p.worth) {
			return false
		}
	}
	a.spots = slices.DeleteFunc(a.spots, func(p spot) bool { return below(p.worth, worth) })
	a.spots = append(a.spots, spot{slices.Clone(k), slices.Clone(worth)})
	return true
}

// sumAim looks for the greatest weighted sum of utilities.
type sumAim struct {
	weight []*big.Rat // of party, for its whole numbers
	best   *big.Rat
	spots  []spot
}

func (a *sumAim) take(h *hunt, k []int32, worth []int64) bool {
	sum := new(big.Rat)
	for party, w := range a.weight {
		if w != nil {
			sum.Add(sum, new(big.Rat).Mul(w, new(big.Rat).SetInt64(worth[party])))
		}
	}
	if a.best != nil {
		switch sum.Cmp(a.best) {
		case -1:
			return false
		case 0:
			for _, p := range a.spots {
				if slices.Equal(p.worth, worth) {
					return false
				}
			}
			a.spots = append(a.spots, spot{slices.Clone(k), slices.Clone(worth)})
			return true
		}
	}
	a.best = sum
	a.spots = []spot{{slices.Clone(k), slices.Clone(worth)}}
	h.rise = 0
	for party, n := range worth {
		h.rise += h.slope[party] * float64(n) * pow2(h.t.unit.shift[party])
	}
	return true
}
