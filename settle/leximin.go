package settle

import (
	"math"
	"math/big"
	"math/bits"
	"slices"
)

// leximin makes the smallest of the parties' gains greatest, of the packages
// that do so those whose second smallest is greatest, and so on; each gain is
// over a party's base and in the party's own unit. With the base at the
// reservation value and one unit for all this is the egalitarian solution; with
// the most that the party can gain as its unit, the Kalai–Smorodinsky solution.
//
// Its search asks for vectors of which the smallest k gains are as good as the
// best package's. Mostly k = 1 leaves few packages; where too many share their
// smallest gain, the search asks for more than that gain until it is proved, and
// goes on with k = 2 (the ordered sums of Ogryczak, "On the lexicographic minimax
// approach to location problems", European Journal of Operational Research 100,
// 1997, written as the orders in which the parties may have the smallest gains).
type leximin struct {
	ties
	bases    []int64
	dens     []*big.Int // a gain is the sum less the base, over this
	dens64   []int64    // the same; nil when some are too large for that
	norm     float64    // what a gain is divided by for the search
	compared []bool     // parties that are left out have no gain, whatever the package
	bottom   []int64    // the least sum that each party may have

	level  int  // k
	strict bool // whether better packages alone are asked for
	best   []frac
	order  []frac // scratch
	need   []int64
	asks   [][]float64 // of party and of place among the gains by size: the least gain
	guess  *big.Rat    // a smallest gain that may be had, asked for instead of what the best package has
	upper  *big.Rat    // a smallest gain that no package reaches; nil when none is known
	tied   int         // offers as good as the best in their k smallest gains
	crowd  int         // how many of those are too many
	over   bool
	price  []float64 // scratch: by set of parties, the least price
	took   []int
}

// frac is a gain: num over the party's den.
type frac struct {
	num   int64
	party int
}

func newLeximin(bases, bottom []int64, dens []*big.Int, compared []bool) *leximin {
	n := len(bases)
	a := &leximin{bases: bases, bottom: bottom, dens: dens, compared: compared, norm: 1, level: 1, crowd: maxTies}
	a.need = slices.Clone(a.bottom)
	for range n {
		a.asks = append(a.asks, make([]float64, n))
	}
	a.dens64 = make([]int64, n)
	for p, den := range dens {
		if !den.IsInt64() {
			a.dens64 = nil
			break
		}
		a.dens64[p] = den.Int64()
	}
	a.price = make([]float64, 1<<min(n, maxOrdered))
	a.took = make([]int, 1<<min(n, maxOrdered))
	return a
}

// maxOrdered is how many parties the orders of gains are searched for.
const maxOrdered = 12

func (a *leximin) base(p int) int64 { return a.bases[p] }

func (a *leximin) unit(p int) float64 {
	f, _ := new(big.Float).SetInt(a.dens[p]).Float64()
	return f * a.norm
}

// compare orders two gains.
func (a *leximin) compare(x, y frac) int {
	if a.dens64 != nil {
		return compareProducts(x.num, a.dens64[y.party], y.num, a.dens64[x.party])
	}
	left := new(big.Int).Mul(big.NewInt(x.num), a.dens[y.party])
	return left.Cmp(new(big.Int).Mul(big.NewInt(y.num), a.dens[x.party]))
}

// compareProducts orders a·b and c·d, b and d not negative.
func compareProducts(a, b, c, d int64) int {
	if a < 0 != (c < 0) {
		if a < 0 {
			if b == 0 && (c == 0 || d == 0) {
				return 0
			}
			return -1
		}
		return 1
	}
	sign := 1
	if a < 0 {
		a, c, sign = -a, -c, -1
	}
	h1, l1 := bits.Mul64(uint64(a), uint64(b))
	h2, l2 := bits.Mul64(uint64(c), uint64(d))
	switch {
	case h1 < h2 || h1 == h2 && l1 < l2:
		return -sign
	case h1 == h2 && l1 == l2:
		return 0
	}
	return sign
}

// sorted writes the gains of a package by rising size.
func (a *leximin) sorted(sums []int64) []frac {
	a.order = a.order[:0]
	for p, sum := range sums {
		if !a.compared[p] {
			continue
		}
		f := frac{sum - a.bases[p], p}
		at := len(a.order)
		a.order = append(a.order, f)
		for at > 0 && a.compare(f, a.order[at-1]) < 0 {
			a.order[at] = a.order[at-1]
			at--
		}
		a.order[at] = f
	}
	return a.order
}

func (a *leximin) offer(sums []int64, choice []int) bool {
	gains := a.sorted(sums)
	if len(a.found) == 0 {
		a.better(gains, sums, choice)
		return true
	}
	for x := range gains {
		switch c := a.compare(gains[x], a.best[x]); {
		case c < 0:
			if x >= a.level {
				a.crowded()
			}
			return false
		case c > 0:
			if x >= a.level {
				a.crowded()
			}
			a.better(gains, sums, choice)
			return x < a.level
		}
	}
	a.crowded()
	a.add(sums, choice)
	return false
}

// crowded counts a package that the search could not tell from the best.
func (a *leximin) crowded() {
	if a.strict || a.over {
		return
	}
	a.tied++
	a.over = a.tied > a.crowd
	if a.level >= a.count() {
		a.over = len(a.found) >= maxTies
	}
}

func (a *leximin) enough() bool { return a.over }

func (a *leximin) better(gains []frac, sums []int64, choice []int) {
	a.guess = nil
	a.best = append(a.best[:0], gains...)
	a.clear()
	a.add(sums, choice)
	a.ask()
}

// least sum that gives party p at least the gain v; with more, the least above it.
func (a *leximin) meets(p int, v frac, more bool) int64 {
	gain := new(big.Rat).SetFrac(big.NewInt(v.num), a.dens[v.party])
	sum := a.reaches(p, gain)
	if more && new(big.Rat).SetFrac(big.NewInt(sum-a.bases[p]), a.dens[p]).Cmp(gain) == 0 {
		sum++
	}
	return sum
}

// reaches is the least sum that gives party p at least a gain.
func (a *leximin) reaches(p int, gain *big.Rat) int64 {
	num := new(big.Int).Mul(gain.Num(), a.dens[p])
	n, rest := new(big.Int).DivMod(num, gain.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		n.Add(n, big.NewInt(1))
	}
	if !n.IsInt64() || n.Int64() > maxWhole*2 {
		return maxWhole * 2
	}
	return max(a.bottom[p], n.Int64()+a.bases[p])
}

// ask sets what is asked for from the best package.
func (a *leximin) ask() {
	for p := range a.bases {
		if a.compared[p] && a.guess != nil {
			a.need[p] = a.reaches(p, a.guess)
			for x := range a.asks[p] {
				a.asks[p][x] = a.gain(p, a.need[p])
			}
			continue
		}
		if !a.compared[p] || len(a.best) == 0 {
			for x := range a.asks[p] {
				a.asks[p][x] = a.gain(p, a.bottom[p])
			}
			continue
		}
		for x := range a.asks[p] {
			place := min(x, a.level-1)
			sum := a.meets(p, a.best[place], a.strict && place == a.level-1)
			a.asks[p][x] = a.gain(p, sum)
			if x == 0 {
				a.need[p] = sum
			}
		}
	}
}

func (a *leximin) gain(p int, sum int64) float64 {
	return float64(sum-a.bases[p]) / a.unit(p)
}

func (a *leximin) needs() []int64 { return a.need }

func (a *leximin) least(at, vector []float64) float64 {
	if len(a.best) == 0 || a.level == 1 || len(a.best) > maxOrdered {
		for p := range at {
			vector[p] = a.asks[p][0]
		}
	} else {
		a.assign(at, vector)
	}
	return priced(at, vector)
}

// priced is what a vector is worth at prices, rounded down.
func priced(at, vector []float64) float64 {
	sum, size := 0.0, 0.0
	for p, v := range vector {
		sum += at[p] * v
		size += math.Abs(at[p] * v)
	}
	return sum - size*0x1p-46
}

// assign finds which order of the parties by their gains is the cheapest.
func (a *leximin) assign(at, vector []float64) {
	var who []int
	for p := range at {
		vector[p] = a.asks[p][0]
		if a.compared[p] {
			who = append(who, p)
		}
	}
	for set := 1; set < 1<<len(who); set++ {
		place := bits.OnesCount(uint(set)) - 1
		a.price[set] = math.Inf(1)
		for x, p := range who {
			if set&(1<<x) == 0 {
				continue
			}
			if v := a.price[set&^(1<<x)] + at[p]*a.asks[p][place]; v < a.price[set] {
				a.price[set], a.took[set] = v, x
			}
		}
	}
	for set := 1<<len(who) - 1; set > 0; {
		x := a.took[set]
		vector[who[x]] = a.asks[who[x]][bits.OnesCount(uint(set))-1]
		set &^= 1 << x
	}
}

// most bounds the smallest gain.
func (a *leximin) most(at []float64, worth float64) float64 {
	weight := 0.0
	for p, v := range at {
		if a.compared[p] {
			weight += v
		} else {
			worth -= v * a.asks[p][0]
		}
	}
	if weight < 1e-9 {
		return math.Inf(1)
	}
	v := worth / weight
	return v + math.Abs(v)*1e-9
}
