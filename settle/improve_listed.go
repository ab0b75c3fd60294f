package settle

import (
	"context"
	"math/big"
	"slices"
)

// improveTrials is how many packages are tried one by one for improvements.
const improveTrials = 100_000

// improveListed is Improve by trying every package, or by the frontier.
func (p *Problem) improveListed(ctx context.Context, deal Package) (*Improvement, error) {
	better, whole, err := p.improvements(ctx, deal)
	if err != nil {
		return nil, err
	}
	out := &Improvement{Exists: len(better) > 0, Proved: len(better) > 0 || whole}
	if !out.Exists {
		return out, nil
	}
	over := *p
	over.Parties = slices.Clone(p.Parties)
	for i := range over.Parties {
		over.Parties[i].Reservation = p.Utility(i, deal)
	}
	f := &fine{p: &over, ctx: ctx, edge: better}
	out.Criterion = ByProduct
	if powers, small := p.powers(); small {
		out.Best = f.best(func(at Point) []*big.Rat { return product(f.gains(at), powers) })
	}
	if out.Best.Value == nil || out.Best.Value.Sign() == 0 {
		out.Best, out.Criterion = f.best(f.shares), ByShares
	}
	out.Best.Points = distinct(out.Best.Points)
	changes := func(at Point) int { return changed(at.Package, deal) }
	least := changes(slices.MinFunc(better, func(a, b Point) int { return changes(a) - changes(b) }))
	f.edge = slices.DeleteFunc(slices.Clone(better), func(at Point) bool { return changes(at) > least })
	out.Fewest = f.best(f.shares)
	out.Fewest.Points = distinct(out.Fewest.Points)
	out.Fewest.Value, out.Fewest.Bound = big.NewRat(int64(least), 1), big.NewRat(int64(least), 1)
	if !whole {
		out.Best.Proved, out.Best.Bound = false, nil
	}
	if !whole || !p.few(improveTrials) {
		out.Fewest.Proved, out.Fewest.Bound = false, big.NewRat(1, 1)
	}
	return out, nil
}

// improvements is all improvements of a problem with few packages, and those on
// the frontier of one with many; whole tells whether all of them were found.
func (p *Problem) improvements(ctx context.Context, deal Package) (better []Point, whole bool, err error) {
	now := make([]*big.Rat, len(p.Parties))
	for i := range now {
		now[i] = p.Utility(i, deal)
	}
	take := func(at Point) {
		more := false
		for i, u := range at.Utilities {
			c := u.Cmp(now[i])
			if c < 0 {
				return
			}
			more = more || c > 0
		}
		if more {
			better = append(better, at)
		}
	}
	if !p.few(improveTrials) {
		a, err := Settle(ctx, p, Options{All: true})
		if err != nil {
			return nil, false, err
		}
		for i := range a.Frontier.Len() {
			take(a.Frontier.At(i))
		}
		return better, a.Frontier.Whole, nil
	}
	k := make(Package, len(p.Issues))
	for more, tried := true, 0; more; more, tried = k.next(p), tried+1 {
		if tried&255 == 255 && ctx.Err() != nil {
			return better, false, nil
		}
		if p.Feasible(k) {
			take(p.point(slices.Clone(k)))
		}
	}
	return better, true, nil
}

// few tells whether there are at most so many packages.
func (p *Problem) few(most int64) bool { return p.Outcomes().Cmp(big.NewInt(most)) <= 0 }

// changed is how many issues two packages decide unlike.
func changed(a, b Package) int {
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// shares is the score of the fairest shares: gains as parts of all that issues
// and terms can change for the party.
func (f *fine) shares(at Point) []*big.Rat {
	shares := f.gains(at)
	for i := range shares {
		if span := f.p.span(i); span.Sign() > 0 {
			shares[i].Quo(shares[i], span)
		}
	}
	slices.SortFunc(shares, (*big.Rat).Cmp)
	return shares
}

// span is all that issues and terms can change for a party.
func (p *Problem) span(party int) *big.Rat {
	span := new(big.Rat)
	who := &p.Parties[party]
	for _, row := range who.Worth {
		if row == nil {
			continue
		}
		least, most := row[0], row[0]
		for _, v := range row {
			if v.Cmp(least) < 0 {
				least = v
			}
			if v.Cmp(most) > 0 {
				most = v
			}
		}
		span.Add(span, most)
		span.Sub(span, least)
	}
	for _, t := range who.Terms {
		span.Add(span, new(big.Rat).Abs(t.Worth))
	}
	return span
}

// distinct is the points that no other betters, by falling utilities, the first
// package of each vector.
func distinct(points []Point) []Point {
	var kept []Point
	for i, a := range points {
		if !slices.ContainsFunc(points[:i], func(b Point) bool { return dominance(b, a) == 0 }) &&
			!slices.ContainsFunc(points, func(b Point) bool { return dominance(b, a) > 0 }) {
			kept = append(kept, a)
		}
	}
	slices.SortFunc(kept, func(a, b Point) int {
		return -slices.CompareFunc(a.Utilities, b.Utilities, (*big.Rat).Cmp)
	})
	return kept
}

// dominance is 1 when a is at least as good as b for all and better for one, 0
// when they are worth the same to all, else -1.
func dominance(a, b Point) int {
	more := 0
	for i, u := range a.Utilities {
		switch u.Cmp(b.Utilities[i]) {
		case -1:
			return -1
		case 1:
			more = 1
		}
	}
	return more
}
