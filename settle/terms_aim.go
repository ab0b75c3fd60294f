package settle

import (
	"math"
	"math/big"
	"slices"
)

// spot is a package found, as classes, and its utilities in whole numbers.
type spot struct {
	k     []int32
	worth []int64
}

func newSpot(k []int32, worth []int64) spot {
	return spot{slices.Clone(k), slices.Clone(worth)}
}

// anyAim looks for one package, whatever it is.
type anyAim struct{ spots []spot }

func (a *anyAim) take(h *hunt, k []int32, worth []int64) bool {
	a.spots = []spot{newSpot(k, worth)}
	h.floor[0] = math.MaxInt64
	return false
}

// topAim looks for the most that one party can have.
type topAim struct {
	party int
	spots []spot
}

func (a *topAim) take(h *hunt, k []int32, worth []int64) bool {
	a.spots = []spot{newSpot(k, worth)}
	h.floor[a.party] = worth[a.party] + 1
	return false
}

// edgeAim looks for the frontier.
type edgeAim struct {
	spots []spot
	most  int // how many points it may hold
}

func (a *edgeAim) take(h *hunt, k []int32, worth []int64) bool {
	for _, p := range a.spots {
		if below(worth, p.worth) {
			return false
		}
	}
	a.spots = slices.DeleteFunc(a.spots, func(p spot) bool { return below(p.worth, worth) })
	a.spots = append(a.spots, newSpot(k, worth))
	if a.most > 0 && len(a.spots) >= a.most {
		h.ended = true
	}
	h.pulse.step("frontier", h.nodes, 0, len(a.spots))
	return true
}

// tiedSpots are the packages that are best so far, one for each utility vector.
type tiedSpots struct{ spots []spot }

// add hears of a package as good as the best, or, when order is above zero,
// better; it tells whether the package is new.
func (a *tiedSpots) add(order int, k []int32, worth []int64) bool {
	if order < 0 {
		return false
	}
	if order > 0 {
		a.spots = a.spots[:0]
	}
	for _, p := range a.spots {
		if slices.Equal(p.worth, worth) {
			return false
		}
	}
	a.spots = append(a.spots, newSpot(k, worth))
	return true
}

// sumAim looks for the greatest weighted sum of utilities.
type sumAim struct {
	tiedSpots
	weight []*big.Rat // of party, for one of its whole numbers
	best   *big.Rat
	unit   float64 // what one of the slope's is worth
}

func (a *sumAim) take(h *hunt, k []int32, worth []int64) bool {
	sum := a.sum(worth)
	order := 1
	if a.best != nil {
		order = sum.Cmp(a.best)
	}
	if order > 0 {
		a.best = sum
		h.rise = 0
		for party, n := range worth {
			h.rise += h.slope[party] * h.t.float(party, n)
		}
	}
	return a.add(order, k, worth)
}

func (a *sumAim) sum(worth []int64) *big.Rat {
	sum := new(big.Rat)
	for party, w := range a.weight {
		sum.Add(sum, new(big.Rat).Mul(w, new(big.Rat).SetInt64(worth[party])))
	}
	return sum
}

// slope is the sum as a slope in units, its largest number 1.
func (a *sumAim) slope(t *termed) []float64 {
	slope := make([]float64, t.k)
	for party, w := range a.weight {
		f, _ := w.Float64()
		slope[party] = f / pow2(t.unit.shift[party])
	}
	a.unit = slices.Max(slope)
	for party := range slope {
		slope[party] /= a.unit
	}
	return slope
}

// productAim looks for the greatest product of gains. What beats a product
// beats, by the means of the gains, the tangent there as well; that is the slope.
type productAim struct {
	tiedSpots
	base   []int64
	power  []int64
	best   *big.Int
	total  float64   // of powers
	ground []float64 // of party: its base in units
}

func (a *productAim) take(h *hunt, k []int32, worth []int64) bool {
	product := big.NewInt(1)
	for party, n := range worth {
		gain := big.NewInt(n - a.base[party])
		product.Mul(product, gain.Exp(gain, big.NewInt(a.power[party]), nil))
	}
	order := product.Sign() // packages without a product to speak of are none yet
	if a.best != nil {
		order = product.Cmp(a.best)
	}
	if order == 0 && a.best == nil {
		return false
	}
	if order > 0 {
		a.best = product
		a.tangent(h, worth)
	}
	return a.add(order, k, worth)
}

// tangent sets the slope at a package's gains, all above zero.
func (a *productAim) tangent(h *hunt, worth []int64) {
	t := h.t
	a.total = 0
	most := 0.0
	for party, n := range worth {
		a.total += float64(a.power[party])
		h.slope[party] = float64(a.power[party]) / (t.float(party, n-a.base[party]))
		most = max(most, h.slope[party])
	}
	h.rise = a.total / most
	for party := range h.slope {
		h.slope[party] /= most
		h.rise += h.slope[party] * a.ground[party]
	}
}

// leastAim looks for the greatest smallest gain, then the greatest second, and so on.
type leastAim struct {
	tiedSpots
	base []int64
	den  []*big.Int // a gain is a whole number over the base, over this; nil for a party that is left out
	best []*big.Rat // by size

	beaten []int64 // the hunt's; nil for a solution point
}

func (a *leastAim) take(h *hunt, k []int32, worth []int64) bool {
	gains := a.gains(worth)
	order := 1
	if a.best != nil {
		order = slices.CompareFunc(gains, a.best, (*big.Rat).Cmp)
	}
	if order > 0 {
		a.best = gains
		a.raise(h)
	}
	a.add(order, k, worth)
	return true
}

// raise asks at least the best smallest gain for every party.
func (a *leastAim) raise(h *hunt) {
	for party, den := range a.den {
		if den == nil {
			continue
		}
		n := new(big.Int).Mul(a.best[0].Num(), den)
		least := n.Neg(n).Div(n, a.best[0].Denom()) // rounded down, of the negative
		h.floor[party] = max(h.floor[party], a.base[party]-least.Int64())
	}
}

func (a *leastAim) gains(worth []int64) []*big.Rat {
	gains := make([]*big.Rat, len(worth))
	for party, den := range a.den {
		if den == nil {
			gains[party] = big.NewRat(1, 1)
			continue
		}
		gains[party] = new(big.Rat).SetFrac(big.NewInt(worth[party]-a.base[party]), den)
	}
	slices.SortFunc(gains, (*big.Rat).Cmp)
	return gains
}
