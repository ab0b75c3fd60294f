package settle

import (
	"context"
	"math/big"
	"slices"
)

// With a layer of more than roughFrom rows, a covering of roughPoints rows is
// found before work goes on, in a small part of the time that the rest takes, for
// the case that it does not come to its end. A covering as large as the limit
// allows would need many tries: coverPart of it is aimed at.
const (
	roughFrom   = 16384
	roughPoints = 1024
	coverPart   = 8
	fewRows     = 4096 // of a covering, that are looked at one by one in a moment
)

// combine settles an additive problem. The solution points are read off a
// frontier that is small, and sought before a large one, which takes longer.
func (s *settling) combine() {
	c := newCombination(s.problem, s.options, s.pulse)
	most := s.options.MaxPoints
	done, err := c.advance(min(roughFrom, most))
	if done {
		s.take(c, c.found)
		s.solveListed()
		return
	}
	var rough *covering
	if err == nil {
		rough, err = c.cover(min(roughPoints, most))
	}
	plain := c.wide == nil
	if plain {
		s.problem.solveAdditive(s.pulse.ctx, c.w, &s.answer)
	}
	shown := rough
	if err == nil {
		shown = c.onward(rough, most)
	}
	switch {
	case shown == nil:
		s.takeAny(c)
	case plain && !shown.whole() && shown.last().len() <= fewRows:
		s.takeWithSolutions(c, shown)
	default:
		s.take(c, shown)
	}
	if !plain {
		s.solveListed()
		s.bound(c, rough)
	}
}

// onward is the whole frontier, or the best covering of it to be had: the rough
// one when the context ends.
func (c *combination) onward(rough *covering, most int) *covering {
	done, err := c.advance(most)
	if done {
		return c.found
	}
	if err == nil {
		if larger, err := c.cover(max(1, most/coverPart)); err == nil && larger != nil {
			return larger
		}
	}
	return rough
}

// take puts the packages of a covering into the answer.
func (s *settling) take(c *combination, found *covering) {
	f := &s.answer.Frontier
	f.rows, f.Whole = c.rows(s.problem, found), found.whole()
	if !f.Whole {
		for i, loss := range found.loss {
			f.Epsilon = append(f.Epsilon, new(big.Rat).SetFrac(loss, c.w.scale[i]))
		}
	}
	s.none = found.last().len() == 0
}

// takeWithSolutions puts the packages of a covering and the solution points into
// the answer, and says of both together the better of what either covers.
func (s *settling) takeWithSolutions(c *combination, found *covering) {
	s.take(c, found)
	f := &s.answer.Frontier
	var points []Point
	var sums []int64
	for i, at := range f.rows.at {
		points, sums = append(points, f.rows.quick(i)), append(sums, found.last().row(int(at))...)
	}
	for _, solution := range s.answer.solutions() {
		for _, at := range solution.Points {
			points = append(points, at)
			for j, u := range at.Utilities {
				sums = append(sums, times(u, c.w.scale[j]).Int64())
			}
		}
	}
	kept, _ := nondominated(sums, len(found.loss), func(a, b int32) bool {
		return slices.Compare(points[a].Package, points[b].Package) < 0
	}, newPulse(context.Background(), nil))
	f.rows, f.points = nil, nil
	for _, i := range kept {
		f.points = append(f.points, points[i])
	}
	if other := s.missed(); other != nil && c.shares(other) < c.shares(f.Epsilon) {
		f.Epsilon = other
	}
}

// shares is the sum of losses, each as a share of all that its party can gain.
func (c *combination) shares(loss []*big.Rat) float64 {
	sum := 0.0
	for i, l := range loss {
		reach := new(big.Int)
		for _, row := range c.w.worth[i] {
			reach.Add(reach, big.NewInt(slices.Max(row)-slices.Min(row)))
		}
		if reach.Sign() > 0 {
			n, _ := new(big.Rat).Quo(l, new(big.Rat).SetFrac(reach, c.w.scale[i])).Float64()
			sum += n
		}
	}
	return sum
}

// missed is the most that a package could give each party over what the first
// solution point that was found gives it; nil without one.
func (s *settling) missed() []*big.Rat {
	for _, solution := range s.answer.solutions() {
		if len(solution.Points) == 0 {
			continue
		}
		var missed []*big.Rat
		for i, u := range solution.Points[0].Utilities {
			top := s.problem.greatest(i)
			missed = append(missed, top.Sub(top, u))
		}
		return missed
	}
	return nil
}

// takeAny makes a frontier, when there was no time for a covering, of the solution
// points that were found or else of one package that is best in sum.
func (s *settling) takeAny(c *combination) {
	f := &s.answer.Frontier
	for _, solution := range s.answer.solutions() {
		f.points = append(f.points, solution.Points...)
	}
	f.points, f.Epsilon = unwasted(f.points), s.missed()
	if f.Epsilon != nil || c.rules != nil {
		return
	}
	at := s.problem.point(c.best())
	if !s.options.All && !s.problem.accepted(at) {
		return
	}
	f.points = []Point{at}
	for i, u := range at.Utilities {
		top := s.problem.greatest(i)
		f.Epsilon = append(f.Epsilon, top.Sub(top, u))
	}
}

// best is the package with the greatest sum of utilities, each as a share of what
// its party can gain at all; which no other covers.
func (c *combination) best() Package {
	k := make(Package, len(c.order))
	for _, issue := range c.order {
		most := -1.0
		for _, o := range c.options(issue) {
			sum := 0.0
			for i, n := range o.worth {
				reach := 1.0
				for _, row := range c.w.worth[i] {
					reach += float64(slices.Max(row)) - float64(slices.Min(row))
				}
				sum += (float64(n) - float64(slices.Min(c.w.worth[i][issue]))) / reach
			}
			if sum > most {
				k[issue], most = o.option, sum
			}
		}
	}
	return k
}

// greatest is the most that any package could be worth to a party, rules and
// other parties apart.
func (p *Problem) greatest(party int) *big.Rat {
	sum := new(big.Rat)
	for _, row := range p.Parties[party].Worth {
		if row != nil {
			sum.Add(sum, slices.MaxFunc(row, (*big.Rat).Cmp))
		}
	}
	return sum
}

// unwasted is the points that no other covers, each vector once, by falling utilities.
func unwasted(points []Point) []Point {
	compare := func(a, b Point) int { return slices.CompareFunc(b.Utilities, a.Utilities, (*big.Rat).Cmp) }
	slices.SortStableFunc(points, func(a, b Point) int {
		if c := compare(a, b); c != 0 {
			return c
		}
		return slices.Compare(a.Package, b.Package)
	})
	var kept []Point
	for _, at := range points {
		if !slices.ContainsFunc(kept, func(k Point) bool {
			for i, u := range at.Utilities {
				if k.Utilities[i].Cmp(u) < 0 {
					return false
				}
			}
			return true
		}) {
			kept = append(kept, at)
		}
	}
	return kept
}

// solveListed reads the solution points off the frontier; of one that is not
// whole they are the best found, and not proved.
func (s *settling) solveListed() {
	var edge []Point
	f := &s.answer.Frontier
	for i := range f.Len() {
		at := f.quick(i)
		if s.problem.accepted(at) {
			edge = append(edge, at)
		}
	}
	if whole := s.answer.Frontier.Whole || s.none; whole || len(edge) > 0 {
		s.problem.solveListed(s.pulse.ctx, edge, &s.answer)
		for _, solution := range s.answer.solutions() {
			solution.Proved = solution.Proved && whole
		}
	}
}
