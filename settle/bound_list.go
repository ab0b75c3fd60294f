package settle

import (
	"math"
	"slices"
)

// listing goes through all packages of a level whose reduced worths stay within
// the level's gap: from the best package at the level's prices, issue by issue,
// to every other option that the rest of the gap allows, unless some party can
// no longer get what it needs.
type listing struct {
	s       *search
	devs    []deviation
	changes []change
	shift   []int64   // of change*parties+party: what it changes of the sums
	rises   []int64   // of deviation*parties+party: the most that it and later ones can add
	rates   []float64 // the same place: the most that they add for each unit of reduced worth
	needs   []int64
	steps   int
	gap     float64
	asked   int
	level   *level
}

// deviation is one issue's other options: changes from from to to.
type deviation struct {
	issue, base int
	from, to    int
	least       float64 // the smallest of their reduced worths
}

type change struct {
	option  int
	reduced float64
}

func (g *listing) init(s *search) { g.s = s }

// all offers every package of a level that may be asked for; false when there
// are too many, or the search is stopped.
func (g *listing) all(l *level) bool {
	s := g.s
	g.level, g.steps, g.gap, g.asked = l, 0, s.gap(l), s.asked
	g.prepare()
	g.needs = s.goal.needs()
	if !g.from(0, 0) {
		return false
	}
	return !s.stopped
}

func (g *listing) prepare() {
	s, l := g.s, g.level
	n := s.parties
	g.devs, g.changes = g.devs[:0], g.changes[:0]
	copy(s.sums, s.fixed)
	for i := range s.issues {
		f := &s.issues[i]
		base, most := -1, math.Inf(-1)
		for _, o := range l.live[i] {
			if v := dot(l.at, f.value[o*n:(o+1)*n]); v > most {
				base, most = o, v
			}
		}
		s.choice[i] = base
		for p, v := range f.worth[base*n : (base+1)*n] {
			s.sums[p] += v
		}
		d := deviation{issue: i, base: base, from: len(g.changes), least: math.Inf(1)}
		for _, o := range l.live[i] {
			reduced := most - dot(l.at, f.value[o*n:(o+1)*n])
			if o == base || reduced > g.gap {
				continue
			}
			d.least = min(d.least, reduced)
			g.changes = append(g.changes, change{o, reduced})
		}
		if d.to = len(g.changes); d.to > d.from {
			slices.SortFunc(g.changes[d.from:d.to], func(a, b change) int {
				if a.reduced < b.reduced {
					return -1
				}
				return 1
			})
			g.devs = append(g.devs, d)
		}
	}
	slices.SortStableFunc(g.devs, func(a, b deviation) int {
		switch {
		case a.least < b.least:
			return -1
		case a.least > b.least:
			return 1
		}
		return 0
	})
	g.tables()
}

// tables computes what each change does to the sums, and the most that is to be
// had from each deviation on.
func (g *listing) tables() {
	s := g.s
	n := s.parties
	g.shift = slices.Grow(g.shift[:0], len(g.changes)*n)[:len(g.changes)*n]
	g.rises = slices.Grow(g.rises[:0], (len(g.devs)+1)*n)[:(len(g.devs)+1)*n]
	g.rates = slices.Grow(g.rates[:0], (len(g.devs)+1)*n)[:(len(g.devs)+1)*n]
	clear(g.rises[len(g.devs)*n:])
	clear(g.rates[len(g.devs)*n:])
	for x := len(g.devs) - 1; x >= 0; x-- {
		d := &g.devs[x]
		f := &s.issues[d.issue]
		for p := range n {
			most, rate := int64(0), g.rates[(x+1)*n+p]
			for c := d.from; c < d.to; c++ {
				by := f.worth[g.changes[c].option*n+p] - f.worth[d.base*n+p]
				g.shift[c*n+p] = by
				most = max(most, by)
				if by > 0 {
					rate = max(rate, float64(by)/g.changes[c].reduced)
				}
			}
			g.rates[x*n+p] = rate * (1 + 1e-9)
			g.rises[x*n+p] = g.rises[(x+1)*n+p] + most
		}
	}
}

// from offers the package in the scratch and all that deviate from it at
// deviation x or later.
func (g *listing) from(x int, spent float64) bool {
	s := g.s
	n := s.parties
	meets := true
	for p, need := range g.needs {
		if s.sums[p] < need {
			meets = false
			break
		}
	}
	if meets && s.allowed() && s.goal.offer(s.sums, s.choice) {
		s.asked++
		g.gap = s.gap(g.level)
		g.needs = s.goal.needs()
	}
	for ; x < len(g.devs); x++ {
		d := &g.devs[x]
		if spent+d.least > g.gap {
			break
		}
		rises := g.rises[x*n : (x+1)*n]
		rates := g.rates[x*n : (x+1)*n]
		rest := g.gap - spent
		for p, need := range g.needs {
			if lacks := need - s.sums[p]; lacks > 0 && (lacks > rises[p] || float64(lacks) > rates[p]*rest) {
				return true
			}
		}
		for c := d.from; c < d.to; c++ {
			change := g.changes[c]
			if spent+change.reduced > g.gap {
				break
			}
			if g.steps++; g.steps > listLimit || g.steps&255 == 0 && s.tick(256) {
				return false
			}
			shift := g.shift[c*n : (c+1)*n]
			for p, v := range shift {
				s.sums[p] += v
			}
			s.choice[d.issue] = change.option
			whole := g.from(x+1, spent+change.reduced)
			for p, v := range shift {
				s.sums[p] -= v
			}
			if !whole {
				return false
			}
		}
		s.choice[d.issue] = d.base
	}
	return true
}
