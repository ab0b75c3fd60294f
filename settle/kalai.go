package settle

import (
	"context"
	"math"
	"math/big"
)

// kalaiSmorodinsky is the leximin of the parties' gains, each as a part of the
// most that the party gains anywhere in the zone of agreement (Kalai,
// Smorodinsky, "Other solutions to Nash's bargaining problem", Econometrica 43,
// 1975; in leximin order, since no discrete package need give all the same part:
// Imai, "Individual monotonicity and lexicographic maxmin solution",
// Econometrica 51, 1983). A party that can gain nothing is left out.
func (w *whole) kalaiSmorodinsky(ctx context.Context) Solution {
	ideal, proved := w.ideals(ctx)
	if ideal == nil {
		return Solution{Proved: proved}
	}
	out := newKalai(w.bases(), w.bottoms(), ideal).solve(ctx, w)
	if !proved {
		// An ideal that is not proved makes the parts of it wrong as well.
		out.Proved, out.Bound = false, nil
	}
	return out
}

// newKalai is the goal of gains as parts of those of the ideal.
func newKalai(bases, bottoms, ideal []int64) *leximin {
	dens := make([]*big.Int, len(bases))
	compared := make([]bool, len(bases))
	for p := range bases {
		dens[p] = big.NewInt(1)
		if ideal[p] > bases[p] {
			compared[p] = true
			dens[p].SetInt64(ideal[p] - bases[p])
		}
	}
	return newLeximin(bases, bottoms, dens, compared)
}

// ideals is the most that each party gets in the zone of agreement; nil when the
// zone is empty, or when nothing of it was found in time.
func (w *whole) ideals(ctx context.Context) (ideal []int64, proved bool) {
	tops, bottoms := w.tops(), w.bottoms()
	free := len(w.rules) == 0
	for p, table := range w.worth {
		least := int64(0)
		for _, row := range table {
			m := int64(math.MaxInt64)
			for _, v := range row {
				m = min(m, v)
			}
			least += m
		}
		free = free && bottoms[p] <= least
	}
	if free {
		return tops, true
	}
	proved = true
	for p := range w.worth {
		a := newGreatest(w, p)
		s := newSearch(ctx, w, a)
		s.run()
		if !a.known {
			return nil, !s.stopped
		}
		proved = proved && (!s.stopped || a.value == a.top)
		ideal = append(ideal, a.value)
	}
	return ideal, proved
}

// greatest makes what one party gets greatest.
type greatest struct {
	party int
	bases []int64
	units []float64
	need  []int64
	top   int64 // the party can get no more in any case
	value int64
	known bool
}

func newGreatest(w *whole, party int) *greatest {
	a := &greatest{party: party, bases: w.bottoms(), need: w.bottoms()}
	tops := w.tops()
	a.top = tops[party]
	for p, top := range tops {
		a.units = append(a.units, max(1, float64(top-a.bases[p])))
	}
	return a
}

func (a *greatest) base(p int) int64   { return a.bases[p] }
func (a *greatest) unit(p int) float64 { return a.units[p] }
func (a *greatest) needs() []int64     { return a.need }
func (a *greatest) enough() bool       { return a.known && a.value == a.top }

func (a *greatest) least(at, vector []float64) float64 {
	for p := range at {
		vector[p] = float64(a.need[p]-a.bases[p]) / a.units[p]
	}
	return priced(at, vector)
}

func (a *greatest) offer(sums []int64, _ []int) bool {
	a.value, a.known = sums[a.party], true
	a.need[a.party] = a.value + 1
	return true
}

func (a *greatest) most([]float64, float64) float64 { return math.Inf(1) }
