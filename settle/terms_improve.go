package settle

import (
	"context"
	"math/big"
	"slices"
)

// improve is Improve for a problem with terms.
func (t *termed) improve(ctx context.Context, deal Package) *Improvement {
	pulse := newPulse(ctx, nil)
	now := t.worthOf(deal)
	aim := &anyAim{}
	h := newHunt(pulse, t, aim)
	h.better(now)
	h.run(nil)
	out := &Improvement{Exists: len(aim.spots) > 0, Proved: len(aim.spots) > 0 || !h.ended}
	if !out.Exists {
		return out
	}
	known := aim.spots[0]
	out.Best, out.Criterion = t.bestOver(pulse, now, known)
	out.Fewest = t.fewest(pulse, deal, now, known)
	return out
}

// worthOf is what a package is worth to each party, whether it keeps the rules or not.
func (t *termed) worthOf(k Package) []int64 {
	worth := make([]int64, t.k)
	for party := range worth {
		worth[party] = times(t.p.Utility(party, k), t.exact.scale[party]).Int64()
	}
	return worth
}

// better asks for what gives every party at least as much as now, and one party more.
func (h *hunt) better(now []int64) {
	copy(h.floor, now)
	h.beaten = slices.Clone(now)
	h.found = append(h.found, h.beaten)
}

// bestOver is the best package over a deal, given an improvement.
func (t *termed) bestOver(pulse *pulse, now []int64, known spot) (Solution, Criterion) {
	tops, proved := t.tops(pulse, now)
	s, none := t.product(pulse, now, now, tops)
	if !none && len(s.Points) > 0 {
		return s, ByProduct
	}
	s = t.leximin(pulse, now, &leastAim{base: now, den: t.spans(), beaten: now})
	if len(s.Points) == 0 {
		s.Points = t.inOrder(pulse, []spot{known})
	}
	if !none || !proved {
		// Whether every party could have had more is open.
		s.Proved, s.Bound = false, nil
	}
	return s, ByShares
}

// spans is all that issues and terms can change for each party, in its whole
// numbers; 1 where that is nothing.
func (t *termed) spans() []*big.Int {
	spans := make([]*big.Int, t.k)
	for party := range spans {
		spans[party] = times(t.p.span(party), t.exact.scale[party])
		if spans[party].Sign() == 0 {
			spans[party].SetInt64(1)
		}
	}
	return spans
}

// fewest is the improvement that changes the fewest issues, given an
// improvement. To change few is the wish of one party more.
func (t *termed) fewest(pulse *pulse, deal Package, now []int64, known spot) Solution {
	n := t.k
	with, ok := newTermed(t.p.withKeeper(deal))
	start := changed(t.choose(known.k), deal)
	if !ok {
		return Solution{Points: t.inOrder(pulse, []spot{known}), Value: big.NewRat(int64(start), 1), Bound: big.NewRat(1, 1)}
	}
	counting := &topAim{party: n}
	h := newHunt(pulse, with, counting)
	h.better(append(slices.Clone(now), 0))
	h.floor[n] = -int64(len(deal))
	h.run(nil)
	changes := int64(start)
	if len(counting.spots) > 0 {
		changes = min(changes, -counting.spots[0].worth[n])
	}
	floor := append(slices.Clone(now), -changes)
	fair := &leastAim{base: floor, den: append(t.spans(), nil), beaten: append(slices.Clone(now), 0)}
	s := with.leximin(pulse, floor, fair)
	if len(s.Points) == 0 {
		s.Points = t.inOrder(pulse, []spot{known})
		changes = int64(start)
	}
	for i := range s.Points {
		s.Points[i].Utilities = s.Points[i].Utilities[:n]
	}
	s.Proved = s.Proved && !h.ended
	s.Value = big.NewRat(changes, 1)
	s.Bound = s.Value
	if h.ended {
		s.Bound = big.NewRat(1, 1)
	}
	return s
}

// withKeeper is the problem with one party more, to whom each issue decided
// unlike in the deal is worth -1.
func (p *Problem) withKeeper(deal Package) *Problem {
	with := *p
	keeper := Party{Name: "who keeps the deal"}
	for i, o := range deal {
		row := make([]*big.Rat, len(p.Issues[i].Options))
		for other := range row {
			row[other] = big.NewRat(-1, 1)
		}
		row[o] = new(big.Rat)
		keeper.Worth = append(keeper.Worth, row)
	}
	with.Parties = append(slices.Clone(p.Parties), keeper)
	return &with
}
