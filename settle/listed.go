package settle

import (
	"context"
	"math/big"
	"slices"
)

// solveListed gives all solution points of any problem by the frontier of its
// zone of agreement, laid out: they are all on it, and so is each party's most in
// the zone. The frontier must be whole; what is cut short by ctx is not proved.
func (p *Problem) solveListed(ctx context.Context, edge []Point, a *Answer) {
	if len(edge) == 0 {
		for _, s := range a.solutions() {
			*s = Solution{Proved: true}
		}
		return
	}
	powers, small := p.powers()
	w, fits := p.wholeNumbers()
	if !fits || !small {
		p.solveFine(ctx, edge, a)
		return
	}
	l := newListed(p, w, edge)
	nash := newNashGoal(w, powers, slices.Clone(l.bottoms), l.tops)
	a.Nash = l.solve(ctx, nash, func(out *Solution) { *out = nash.solution(l.read, nil) })
	if len(nash.found) == 0 && a.Nash.Proved {
		a.Nash = l.nashOfNothing()
	}
	kalai := newKalai(w.bases(), l.bottoms, l.tops)
	a.KalaiSmorodinsky = l.solve(ctx, kalai, func(out *Solution) { *out = kalai.solution(l.read, nil) })
	equal := newEgalitarian(w, l.bottoms, l.tops)
	a.Egalitarian = l.solve(ctx, equal, func(out *Solution) { *out = equal.solution(l.read, nil) })
	sum := newUtilitarianGoal(p, w, l.bottoms, l.tops)
	a.Utilitarian = l.solve(ctx, sum, func(out *Solution) { *out = sum.solution(l.read, nil) })
}

// solveAdditive gives all solution points of an additive problem, rules included,
// by branch and bound.
func (p *Problem) solveAdditive(ctx context.Context, w *whole, a *Answer) {
	if powers, small := p.powers(); small {
		a.Nash = w.nash(ctx, powers)
	}
	a.KalaiSmorodinsky = w.kalaiSmorodinsky(ctx)
	a.Egalitarian = w.egalitarian(ctx)
	a.Utilitarian = p.utilitarian(ctx, w)
}

// solutions is the answer's solution points, in the order of its fields.
func (a *Answer) solutions() []*Solution {
	return []*Solution{&a.Nash, &a.KalaiSmorodinsky, &a.Egalitarian, &a.Utilitarian}
}

// listed is a frontier in whole numbers.
type listed struct {
	w             *whole
	edge          []Point
	sums          []int64 // of point*parties+party
	bottoms, tops []int64
}

func newListed(p *Problem, w *whole, edge []Point) *listed {
	n := len(p.Parties)
	l := &listed{w: w, edge: edge, sums: make([]int64, 0, n*len(edge))}
	for _, at := range edge {
		for i, u := range at.Utilities {
			l.sums = append(l.sums, times(u, w.scale[i]).Int64())
		}
	}
	l.bottoms, l.tops = slices.Clone(l.sums[:n]), slices.Clone(l.sums[:n])
	for x, v := range l.sums {
		l.bottoms[x%n] = min(l.bottoms[x%n], v)
		l.tops[x%n] = max(l.tops[x%n], v)
	}
	return l
}

func (l *listed) read(choice []int) Point { return l.edge[choice[0]] }

// solve offers every point to a goal that asks for no more than what needs says.
func (l *listed) solve(ctx context.Context, g goal, done func(*Solution)) Solution {
	n := len(l.bottoms)
	out := Solution{}
	cut := false
	for i := range l.edge {
		if i&1023 == 1023 && ctx.Err() != nil {
			cut = true
			break
		}
		if sums := l.sums[i*n : (i+1)*n]; covers(sums, g.needs()) {
			g.offer(sums, []int{i})
		}
	}
	done(&out)
	if cut {
		out.Proved, out.Bound = false, nil
	}
	return out
}

// nashOfNothing is the points without a gain below zero, when no point gives
// every party a gain.
func (l *listed) nashOfNothing() Solution {
	out := Solution{Proved: true}
	n, bases := len(l.bottoms), l.w.bases()
	for i, at := range l.edge {
		if covers(l.sums[i*n:(i+1)*n], bases) {
			out.Points = append(out.Points, at)
		}
	}
	if len(out.Points) > 0 {
		out.Value, out.Bound = new(big.Rat), new(big.Rat)
	}
	return out
}
