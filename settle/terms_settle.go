package settle

import (
	"math"
	"math/big"
)

// terms settles a problem with interdependent terms; false when its numbers are
// too fine for whole numbers.
func (s *settling) terms() bool {
	t, ok := newTermed(s.problem)
	if !ok {
		return false
	}
	a := &s.answer
	floor := t.zoneFloor(false)
	s.pulse.step("zone of agreement", 0, 0, 0)
	spots, proved := t.some(s.pulse, floor)
	a.Zone = Zone{Empty: len(spots) == 0, Proved: proved}
	if len(spots) > 0 {
		a.Zone.Shown = s.problem.point(t.choose(spots[0].k))
		s.termPoints(t, floor)
	} else if proved {
		for _, solution := range a.solutions() {
			*solution = Solution{Proved: true}
		}
	}
	if len(spots) > 0 || !proved || s.options.All {
		s.termFrontier(t)
	} else {
		a.Frontier.Whole = true
	}
	if _, small := s.problem.powers(); !small && a.Frontier.Whole {
		s.solveListed()
	}
	return true
}

// termPoints finds the solution points; there is a zone of agreement.
func (s *settling) termPoints(t *termed, floor corner) {
	a, base := &s.answer, t.bases()
	s.pulse.step("greatest sum", 0, 0, 0)
	a.Utilitarian = t.utilitarian(s.pulse, floor)
	s.pulse.step("greatest smallest gain", 0, 0, 0)
	a.Egalitarian = t.egalitarian(s.pulse, floor, base)
	s.pulse.step("most for each party", 0, 0, 0)
	tops, proved := t.tops(s.pulse, floor)
	if _, small := s.problem.powers(); small {
		s.pulse.step("greatest product of gains", 0, 0, 0)
		a.Nash = t.nash(s.pulse, floor.over(base), base, tops)
	}
	if !proved {
		a.KalaiSmorodinsky = Solution{Bound: big.NewRat(1, 1)}
		return
	}
	s.pulse.step("greatest smallest part of what can be gained", 0, 0, 0)
	a.KalaiSmorodinsky = t.kalaiSmorodinsky(s.pulse, floor, base, tops)
}

func (s *settling) termFrontier(t *termed) {
	f := &s.answer.Frontier
	e := &epsilons{t: t}
	s.pulse.step("frontier", 0, 0, 0)
	spots, whole := t.frontier(s.pulse, t.zoneFloor(s.options.All), s.options.MaxPoints, e.leave)
	f.Whole = whole
	if !whole {
		f.Epsilon = e.against(spots)
	}
	f.points = t.inOrder(s.pulse, spots)
}

// zoneFloor is what a package must give each party.
func (t *termed) zoneFloor(all bool) corner {
	floor := make(corner, t.k)
	for party := range floor {
		floor[party] = math.MinInt64
		if !all && t.exact.floored[party] {
			floor[party] = t.exact.floor[party]
		}
	}
	return floor
}

// over is the corner with each utility at least as given.
func (c corner) over(least []int64) corner {
	up := make(corner, len(c))
	for party := range c {
		up[party] = max(c[party], least[party])
	}
	return up
}
