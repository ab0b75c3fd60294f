package settle

import (
	"context"
	"math"
	"math/big"
)

// solve runs the search, level by level where it must.
func (a *leximin) solve(ctx context.Context, w *whole) Solution {
	a.ask()
	for first := true; ; first = false {
		a.strict, a.over, a.tied = false, false, 0
		a.ask()
		s := a.reach(ctx, w, first)
		if !a.over {
			return a.solution(w.reduced(), s)
		}
		if a.level >= a.count() {
			// All gains are proved, and too many packages have them.
			out := a.solution(w.reduced(), s)
			out.Proved, out.Bound = false, out.Value
			return out
		}
		a.strict, a.over = true, false
		a.ask()
		s = newSearch(ctx, w, a)
		s.run()
		if s.stopped {
			return a.solution(w.reduced(), s)
		}
		a.level++
	}
}

// A search is quick when it asks for nearly the best from its beginning. The
// smallest gain is therefore asked for near the bound of the root first, and when
// none is found that large, for one farther from it by a factor.
const (
	nearRoot   = 1.0 / 32
	farther    = 1.25
	worthwhile = 1e-4 // what part of the bound the best known package may lack and be near enough
)

// reach searches for packages as good as the best one known, or on the first
// round for the best.
func (a *leximin) reach(ctx context.Context, w *whole, first bool) *search {
	s := newSearch(ctx, w, a)
	if !first || a.count() == 0 {
		s.run()
		return s
	}
	top := s.start()
	if len(a.found) == 0 || math.IsInf(top, 0) {
		s.node(0, math.Inf(1))
		return s
	}
	v := a.best[0]
	low := float64(v.num) / a.unit(v.party)
	width := top - low
	for part := nearRoot; part < 1 && width > worthwhile*math.Abs(top); part *= farther {
		guess := new(big.Rat).SetFloat64((top - part*width) * a.norm)
		if guess == nil {
			break
		}
		a.guess = guess
		a.ask()
		s = newSearch(ctx, w, a)
		s.run()
		if a.guess == nil || s.stopped {
			a.guess = nil
			a.ask()
			return s
		}
		a.upper = guess
	}
	a.guess = nil
	a.ask()
	s = newSearch(ctx, w, a)
	s.run()
	return s
}

func (a *leximin) count() int {
	n := 0
	for _, is := range a.compared {
		if is {
			n++
		}
	}
	return n
}

// solution is what was found; s is nil when every package was looked at.
func (a *leximin) solution(read reading, s *search) Solution {
	out := Solution{Points: a.points(read), Proved: s == nil || !s.stopped}
	if len(a.found) > 0 {
		out.Value = big.NewRat(1, 1)
		if len(a.best) > 0 {
			v := a.best[0]
			out.Value.SetFrac(big.NewInt(v.num), a.dens[v.party])
		}
	}
	switch {
	case out.Proved || a.level > 1 || out.Value != nil && len(a.best) == 0:
		out.Bound = out.Value
	case !math.IsInf(s.ceiling, 0):
		out.Bound = new(big.Rat).SetFloat64(s.ceiling * a.norm)
		if a.upper != nil && a.upper.Cmp(out.Bound) < 0 {
			out.Bound = a.upper
		}
		if out.Value != nil && out.Bound.Cmp(out.Value) < 0 {
			out.Bound = out.Value
		}
	}
	return out
}
