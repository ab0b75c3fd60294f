package settle

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"slices"

	"paraph/fault"
)

// Improvement is what can be made of a package at nobody's cost: a settlement
// after the settlement (Raiffa, "Post-settlement settlements", Negotiation
// Journal 1, 1985). A gain here is what a package gives a party above what the
// deal gives it.
type Improvement struct {
	// Exists says that some package gives every party at least what the deal gives
	// it, and one party more.
	Exists bool
	// Proved says that Exists is right. When it is not, no improvement was found
	// in time, and there may be one.
	Proved bool
	// Best is the improvement by Criterion; when proved, it is on the frontier.
	// Without an improvement it has no points.
	Best      Solution
	Criterion Criterion
	// Fewest is the improvement that changes the fewest issues, and of those the
	// one of the fairest shares. Its Value is how many issues it changes, its
	// Bound a lower bound on that.
	Fewest Solution
}

// Criterion is what the best improvement makes greatest.
type Criterion string

// The criteria. The first is used wherever some package gives every party a gain.
const (
	// ByProduct is the product of gains, each to the power of the party's weight:
	// the Nash solution with the deal as what holds without agreement.
	ByProduct Criterion = "product of gains"
	// ByShares is the fairest shares: the gains as parts of all that issues and
	// terms can change for the party, in leximin order.
	ByShares Criterion = "fairest shares"
)

// Improve finds packages that keep the rules and give every party at least what
// the deal gives it, and one party more; or proves that there is none. When ctx
// ends before, it gives what was found, unproved. Reservation values count no
// more: the deal is the floor, and need not keep the rules itself. A deal that is
// not one option of every issue, and a problem that is not sound, are errors of
// kind invalid.
//
// Where numbers are too fine for one word it tries every package if there are
// not too many; else it looks at the frontier alone, and does not prove that no
// other improvement changes fewer issues.
func Improve(ctx context.Context, p *Problem, deal Package) (*Improvement, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if !p.holds(deal) {
		return nil, fault.Invalid("the package to improve is not one option of every issue")
	}
	w, fits := p.wholeNumbers()
	powers, small := p.powers()
	t, ready := p.termed()
	var out *Improvement
	switch {
	case ready && small:
		out = t.improve(ctx, deal)
	case fits && small && !p.interdependent():
		out = w.improve(ctx, powers, deal)
	default:
		var err error
		if out, err = p.improveListed(ctx, deal); err != nil {
			return nil, err
		}
	}
	for _, s := range []*Solution{&out.Best, &out.Fewest} {
		if err := p.verifyGains(s.Points, deal); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// verifyGains evaluates points anew.
func (p *Problem) verifyGains(points []Point, deal Package) error {
	for _, at := range points {
		if err := p.verify(at); err != nil {
			return err
		}
		better := false
		for i, u := range at.Utilities {
			c := u.Cmp(p.Utility(i, deal))
			if c < 0 {
				return fmt.Errorf("settle: package %v gives %s less than package %v", at.Package, p.Parties[i].Name, deal)
			}
			better = better || c > 0
		}
		if !better {
			return fmt.Errorf("settle: package %v gives nobody more than package %v", at.Package, deal)
		}
	}
	return nil
}

// improve is Improve in whole numbers.
func (w *whole) improve(ctx context.Context, powers []int64, deal Package) *Improvement {
	over := w.over(deal)
	first, s := over.improvable(ctx)
	out := &Improvement{Exists: len(first.found) > 0}
	out.Proved = out.Exists || !s.stopped
	if !out.Exists {
		return out
	}
	known := first.found[0]
	out.Best, out.Criterion = over.bestOver(ctx, powers, known)
	out.Fewest = w.fewest(ctx, deal, known, s)
	return out
}

// improvable seeks one package that gives all their floors and one party more.
func (w *whole) improvable(ctx context.Context) (*improving, *search) {
	first := newImproving(w.floor, w.tops(), len(w.floor))
	first.one = true
	s := newSearch(ctx, w, first)
	s.run()
	return first, s
}

// improvement is one improvement of a deal, if it is found; proved when it is, or
// when there is none.
func (p *Problem) improvement(ctx context.Context, deal Package) (found Package, proved bool, err error) {
	w, fits := p.wholeNumbers()
	if !fits || p.interdependent() {
		better, whole, err := p.improvements(ctx, deal)
		if len(better) > 0 {
			return better[0].Package, true, err
		}
		return nil, whole, err
	}
	first, s := w.over(deal).improvable(ctx)
	if len(first.found) > 0 {
		k := s.original(first.found[0].choices)
		return k, true, p.verifyGains([]Point{p.point(k)}, deal)
	}
	return nil, !s.stopped, nil
}

// over is the problem in which the deal is every party's reservation value.
func (w *whole) over(deal Package) *whole {
	over := *w
	over.floor, over.floored = make([]int64, len(w.worth)), everybody(len(w.worth))
	for p := range w.worth {
		over.floor[p] = w.sum(p, deal)
	}
	return &over
}

func everybody(n int) []bool {
	all := make([]bool, n)
	for p := range all {
		all[p] = true
	}
	return all
}

// bestOver is the best package over the floors, given an improvement.
func (w *whole) bestOver(ctx context.Context, powers []int64, known found) (Solution, Criterion) {
	product := newNashGoal(w, powers, w.bottoms(), w.tops())
	if covers(known.sums, product.need) {
		product.offer(known.sums, known.choices)
	}
	s := newSearch(ctx, w, product)
	s.run()
	if len(product.found) > 0 {
		return product.solution(w.reduced(), s), ByProduct
	}
	fair := newLeximin(w.floor, w.bottoms(), w.spans(), everybody(len(w.floor)))
	fair.offer(known.sums, known.choices)
	out := fair.solve(ctx, w)
	if s.stopped {
		// Whether every party could have had more is open.
		out.Proved, out.Bound = false, nil
	}
	return out, ByShares
}

// spans is all that the issues can change for each party; 1 where that is nothing.
func (w *whole) spans() []*big.Int {
	spans := make([]*big.Int, len(w.worth))
	for p, table := range w.worth {
		span := int64(0)
		for _, row := range table {
			span += slices.Max(row) - slices.Min(row)
		}
		spans[p] = big.NewInt(max(1, span))
	}
	return spans
}

// fewest is the improvement that changes the fewest issues. To change none is
// the only wish of one party more.
func (w *whole) fewest(ctx context.Context, deal Package, known found, s *search) Solution {
	n := len(w.worth)
	with := w.over(deal)
	with.worth = slices.Clone(with.worth)
	keeper := make([][]int64, len(deal))
	for i, o := range deal {
		keeper[i] = make([]int64, len(w.worth[0][i]))
		for other := range keeper[i] {
			if other != o {
				keeper[i][other] = -1
			}
		}
	}
	with.worth = append(with.worth, keeper)
	with.floor = append(with.floor, -int64(len(deal)))
	with.floored = append(with.floored, true)
	with.scale = append(slices.Clone(with.scale), big.NewInt(1))

	fewer := newImproving(with.floor, with.tops(), n)
	counting := newSearch(ctx, with, fewer)
	counting.seed(s.original(known.choices), with)
	counting.run()
	changes := -fewer.found[0].sums[n]
	with.floor[n] = -changes
	compared := everybody(n + 1)
	compared[n] = false
	fair := newLeximin(with.floor, with.bottoms(), append(w.spans(), big.NewInt(1)), compared)
	fair.offer(fewer.found[0].sums, fewer.found[0].choices)
	out := fair.solve(ctx, with)
	for i := range out.Points {
		out.Points[i].Utilities = out.Points[i].Utilities[:n]
	}
	out.Proved = out.Proved && !counting.stopped
	out.Value = big.NewRat(changes, 1)
	out.Bound = out.Value
	if counting.stopped {
		out.Bound = big.NewRat(1, 1)
	}
	return out
}

// asGood tells whether an option of an issue gives every party at least what another gives.
func (w *whole) asGood(issue, option, other int) bool {
	for p := range w.worth {
		if w.worth[p][issue][option] < w.worth[p][issue][other] {
			return false
		}
	}
	return true
}

// seed offers a package before the search, or one as good of the options that it keeps.
func (s *search) seed(k Package, w *whole) {
	for i, o := range k {
		s.choice[i] = slices.IndexFunc(s.issues[i].options, func(kept int) bool {
			return kept == o || !slices.Contains(s.issues[i].options, o) && w.asGood(i, kept, o)
		})
	}
	k = s.original(s.choice)
	for p := range s.sums {
		s.sums[p] = w.sum(p, k)
	}
	s.offer()
}

// improving is the goal of packages that give each party its floor and one of the
// first parties more.
type improving struct {
	ties
	floor   []int64
	units   []float64
	need    []int64
	parties int  // those of whom one must have more
	one     bool // whether one is enough; else what the last party gets is made greatest
}

func newImproving(floor, tops []int64, parties int) *improving {
	a := &improving{floor: floor, need: slices.Clone(floor), parties: parties}
	for p, top := range tops {
		a.units = append(a.units, max(1, float64(top-floor[p])))
	}
	return a
}

func (a *improving) base(p int) int64   { return a.floor[p] }
func (a *improving) unit(p int) float64 { return a.units[p] }
func (a *improving) needs() []int64     { return a.need }
func (a *improving) enough() bool       { return a.one && len(a.found) > 0 }

func (a *improving) offer(sums []int64, choice []int) bool {
	if a.enough() {
		return false
	}
	for p := range a.parties {
		if sums[p] <= a.floor[p] {
			continue
		}
		a.clear()
		a.add(sums, choice)
		if !a.one {
			last := len(sums) - 1
			a.need[last] = sums[last] + 1
		}
		return true
	}
	return false
}

// least adds to the needs the one unit that is the cheapest.
func (a *improving) least(at, vector []float64) float64 {
	cheapest, price := 0, math.Inf(1)
	for p := range at {
		vector[p] = float64(a.need[p]-a.floor[p]) / a.units[p]
		if p < a.parties && at[p]/a.units[p] < price {
			cheapest, price = p, at[p]/a.units[p]
		}
	}
	vector[cheapest] += 1 / a.units[cheapest]
	return priced(at, vector)
}

func (a *improving) most([]float64, float64) float64 { return math.Inf(1) }
