package settle

import (
	"context"
	"math"
	"slices"
)

// search goes through the packages of an additive problem, depth first, for the ones that a goal is content with, and passes over those of
// which the relaxation (prices) proves that none can be among them: branch and
// bound with Lagrangian bounds, fixing of options by their reduced worth, and
// plain listing where few packages are left (Fisher, "The Lagrangian relaxation
// method for solving integer programming problems", Management Science 27,
// 1981; Nauss, "The 0–1 knapsack problem with multiple choice constraints",
// European Journal of Operational Research 2, 1978).
//
// Rules are no part of the relaxation: what they forbid is taken away from the
// options that are open, as choices are made.
//
// Rounded numbers steer and bound, each bound widened by what rounding can amount
// to; what is offered to the goal is in whole numbers.
type search struct {
	ctx     context.Context
	goal    goal
	parties int
	issues  []field
	rules   []Rule    // in the options that the fields keep
	margin  []float64 // of party: what rounding amounts to in a sum of its gains
	shift   []float64 // of party: its gain from what no choice changes
	fixed   []int64   // of party: the whole sum behind shift
	sums    []int64   // scratch of an offer
	choice  []int     // scratch of an offer: option of issue
	prices  *prices
	levels  []level
	asked   int // how often the goal has asked for more
	pooled  int // at which of those the asked vectors of prices were made
	vector  []float64
	list    listing

	nodes   int     // visited, for progress and tests
	idle    int     // steps since the context was asked
	stopped bool    // the context has ended, or the goal has enough
	ceiling float64 // when stopped: what no package is above, in the goal's measure
}

// goal is what a search is for. It knows the best package so far and asks for
// vectors of gains that are at least as good; they are to be a convex set,
// without an upper end for any party.
//
// Gains are sums of worths less a base of the party's, in a unit of the party's.
type goal interface {
	// base and unit make a sum of whole numbers a gain.
	base(party int) int64
	unit(party int) float64
	// least finds the vector, of those asked for, that is the cheapest at prices,
	// writes it to vector and gives its price, rounded down.
	least(at, vector []float64) float64
	// needs is the least sum of each party in any package worth an offer.
	needs() []int64
	// offer takes a package that meets the needs; true when more is asked for since.
	offer(sums []int64, choice []int) bool
	// enough tells that the search need not go on.
	enough() bool
	// most is an upper bound on the goal's measure of vectors that are worth at
	// most so much at prices.
	most(at []float64, worth float64) float64
}

// level is one node on the way from the root to the present one.
type level struct {
	live   [][]int
	room   []int // backing of live
	facets []facet
	chosen []int
	at     []float64 // the prices that prove the most here
	worth  float64   // of the best package at these prices, margin included
	place  []float64 // the prices of the corner
	order  []branch
}

// branch is one option of the issue a node is split by.
type branch struct {
	option  int
	reduced float64 // by how much it is worth less than the best option
}

// listLimit is how many packages are listed at a node before it is split
// instead: about what a node costs.
const listLimit = 1000

func newSearch(ctx context.Context, w *whole, a goal) *search {
	n := len(w.worth)
	s := &search{ctx: ctx, goal: a, parties: n, ceiling: math.Inf(-1)}
	s.issues, s.fixed = w.fields()
	s.rules = w.translated(s.issues)
	s.sums, s.choice = make([]int64, n), make([]int, len(s.issues))
	s.margin, s.shift, s.vector = make([]float64, n), make([]float64, n), make([]float64, n)
	for p := range n {
		s.shift[p] = float64(s.fixed[p]-a.base(p)) / a.unit(p)
	}
	s.weigh()
	value := make([][]float64, 0, len(s.issues)+1)
	for i := range s.issues {
		value = append(value, s.issues[i].value)
	}
	s.prices = newPrices(n, append(value, make([]float64, n)))
	s.pooled = -1
	s.list.init(s)
	return s
}

// weigh computes the options' gains. Each is moved by a trifle of its own, so
// that no two corners of the relaxation are in one place; the margin covers it.
func (s *search) weigh() {
	most := make([]float64, s.parties)
	for i := range s.issues {
		f := &s.issues[i]
		f.value = make([]float64, len(f.worth))
		for x, n := range f.worth {
			p := x % s.parties
			f.value[x] = float64(n) / s.goal.unit(p)
			most[p] = max(most[p], f.value[x])
		}
	}
	trifle := uint64(1)
	for i := range s.issues {
		f := &s.issues[i]
		for x := range f.value {
			trifle = trifle*6364136223846793005 + 1442695040888963407
			f.value[x] += most[x%s.parties] * 0x1p-40 * float64(int64(trifle)>>11) * 0x1p-52
		}
	}
	for p := range s.parties {
		s.margin[p] = float64(len(s.issues)+1)*most[p]*0x1p-38 + math.Abs(s.shift[p])*0x1p-48
	}
}

// run searches everything; when it is stopped before, ceiling is set.
func (s *search) run() {
	s.start()
	s.node(0, math.Inf(1))
}

// start makes the root and offers what its prices choose; it gives an upper bound
// on the goal's measure.
func (s *search) start() float64 {
	root := s.level(0)
	for i := range s.issues {
		for o := range s.issues[i].options {
			root.live[i] = append(root.live[i], o)
		}
	}
	if !s.obey(root) || !s.relax(root) {
		return math.Inf(-1)
	}
	s.offerChosen(root)
	if s.asked > 0 && !s.relax(root) {
		return math.Inf(-1)
	}
	return s.goal.most(root.at, root.worth)
}

// level is the level at a depth, made when first needed.
func (s *search) level(depth int) *level {
	for len(s.levels) <= depth {
		n := 0
		for i := range s.issues {
			n += len(s.issues[i].options)
		}
		l := level{
			live: make([][]int, len(s.issues)+1), room: make([]int, n),
			facets: make([]facet, s.parties), chosen: make([]int, len(s.issues)+1),
			at: make([]float64, s.parties), place: make([]float64, s.parties),
		}
		for j := range l.facets {
			l.facets[j].normal = make([]float64, s.parties)
		}
		at := 0
		for i := range s.issues {
			l.live[i] = l.room[at:at:(at + len(s.issues[i].options))]
			at += len(s.issues[i].options)
		}
		s.levels = append(s.levels, l)
	}
	l := &s.levels[depth]
	for i := range s.issues {
		l.live[i] = l.live[i][:0]
	}
	return l
}

// tick tells whether the search must stop; work is about how many packages or
// hundreds of steps were done since.
func (s *search) tick(work int) bool {
	if s.idle += work; s.idle >= 20000 && !s.stopped {
		s.idle = 0
		s.stopped = s.ctx.Err() != nil
	}
	if !s.stopped && s.goal.enough() {
		s.stopped = true
	}
	return s.stopped
}

// node searches the packages of a level's live options.
func (s *search) node(depth int, ceiling float64) {
	if s.tick(2000) {
		s.ceiling = max(s.ceiling, ceiling)
		return
	}
	s.nodes++
	l := &s.levels[depth]
	if !s.obey(l) || !s.relax(l) {
		return
	}
	ceiling = min(ceiling, s.goal.most(l.at, l.worth))
	s.fix(l)
	before := s.asked
	s.offerChosen(l)
	if before != s.asked && s.gap(l) < 0 {
		return
	}
	if s.list.all(l) {
		return
	}
	if s.stopped {
		s.ceiling = max(s.ceiling, ceiling)
		return
	}
	s.split(depth, ceiling)
}

// gap is by how much the best that a level may hold is above what is asked, at
// its prices; below zero it holds nothing that is asked for.
func (s *search) gap(l *level) float64 { return l.worth - s.goal.least(l.at, s.vector) }

// relax finds the prices that prove the most of a level; false when they prove
// that it holds nothing that is asked for.
func (s *search) relax(l *level) bool {
	q := s.prices
	last := len(s.issues)
	copy(q.live, l.live[:last])
	if s.pooled != s.asked || len(q.value[last]) > 256*s.parties {
		s.pooled = s.asked
		q.value[last] = q.value[last][:0]
		q.live[last] = q.live[last][:0]
		s.goal.least(q.at, s.vector)
		s.ask()
	}
	q.enter()
	lowest := math.Inf(1)
	for range 100 {
		done := q.minimise(60 * s.parties)
		worth, gap := s.prove(q)
		if gap < lowest {
			lowest = gap
			l.worth = worth
			copy(l.at, q.at)
		}
		if gap < 0 {
			return false
		}
		// What the vectors asked so far leave is below the true gap; when they
		// leave about as much, these prices are the best.
		known := dot(q.at, q.of(last, q.chosen[last]))
		if new := -dot(q.at, s.vector) + dot(q.at, s.shift); !done || new-known <= 0.01*lowest || new-known <= 1e-12 {
			break
		}
		s.ask()
	}
	return true
}

// prove is what the best package is worth at the present prices, with all that
// rounding may amount to, and by how much that is above what is asked.
func (s *search) prove(q *prices) (worth, gap float64) {
	for i := range s.issues {
		most := math.Inf(-1)
		for _, o := range q.live[i] {
			most = max(most, dot(q.at, q.of(i, o)))
		}
		worth += most
	}
	worth += dot(q.at, s.shift) + dot(q.at, s.margin)
	return worth, worth - s.goal.least(q.at, s.vector)
}

// ask adds the vector of the last question to those that the prices weigh.
func (s *search) ask() {
	q, last := s.prices, len(s.issues)
	o := len(q.value[last]) / s.parties
	for p, v := range s.vector {
		q.value[last] = append(q.value[last], s.shift[p]-v)
	}
	q.live[last] = append(q.live[last], o)
	q.layout()
	q.choose(last, o)
}

// fix takes away the options that no package asked for can have.
func (s *search) fix(l *level) {
	q := s.prices
	gap := s.gap(l)
	for i := range s.issues {
		f := &s.issues[i]
		most := math.Inf(-1)
		for _, o := range l.live[i] {
			most = max(most, dot(l.at, f.value[o*s.parties:(o+1)*s.parties]))
		}
		l.live[i] = slices.DeleteFunc(l.live[i], func(o int) bool {
			return most-dot(l.at, f.value[o*s.parties:(o+1)*s.parties]) > gap
		})
	}
	copy(q.live, l.live[:len(s.issues)])
	q.enter()
}

// offerChosen offers the package of the options that the prices choose.
func (s *search) offerChosen(l *level) {
	copy(s.choice, s.prices.chosen)
	copy(s.sums, s.fixed)
	for i, o := range s.choice {
		for p, v := range s.issues[i].worth[o*s.parties : (o+1)*s.parties] {
			s.sums[p] += v
		}
	}
	s.offer()
	s.climb(l)
}

// offer puts the package in the scratch to the goal.
func (s *search) offer() bool {
	for p, need := range s.goal.needs() {
		if s.sums[p] < need {
			return false
		}
	}
	if !s.allowed() || !s.goal.offer(s.sums, s.choice) {
		return false
	}
	s.asked++
	return true
}

// climb changes one option at a time of the package in the scratch for as long as the
// goal takes it as better.
func (s *search) climb(l *level) {
	n := s.parties
	for again := true; again; {
		again = false
		for i := range s.issues {
			f := &s.issues[i]
			for _, o := range l.live[i] {
				old := s.choice[i]
				if o == old {
					continue
				}
				for p := range n {
					s.sums[p] += f.worth[o*n+p] - f.worth[old*n+p]
				}
				s.choice[i] = o
				if s.offer() {
					again = true
					continue
				}
				for p := range n {
					s.sums[p] += f.worth[old*n+p] - f.worth[o*n+p]
				}
				s.choice[i] = old
			}
		}
	}
}

// original is the package of the options chosen, as the problem numbers them.
func (s *search) original(choice []int) Package {
	k := make(Package, len(choice))
	for i, o := range choice {
		k[i] = s.issues[i].options[o]
	}
	return k
}
