package settle

import (
	"context"
	"math/big"
	"slices"
)

// solveFine is solveListed for numbers too fine for whole ones: in rationals.
func (p *Problem) solveFine(ctx context.Context, edge []Point, a *Answer) {
	f := &fine{p: p, ctx: ctx, edge: edge}
	a.KalaiSmorodinsky = f.best(f.parts())
	a.Egalitarian = f.best(func(at Point) []*big.Rat {
		gains := f.gains(at)
		slices.SortFunc(gains, (*big.Rat).Cmp)
		return gains
	})
	a.Utilitarian = f.best(func(at Point) []*big.Rat {
		sum := new(big.Rat)
		for i, u := range at.Utilities {
			sum.Add(sum, new(big.Rat).Mul(u, p.weight(i)))
		}
		return []*big.Rat{sum}
	})
	if powers, small := p.powers(); small {
		a.Nash = f.best(func(at Point) []*big.Rat { return product(f.gains(at), powers) })
	}
}

// fine is a frontier whose solution points are found in rationals.
type fine struct {
	p    *Problem
	ctx  context.Context
	edge []Point
}

func (p *Problem) weight(party int) *big.Rat {
	if w := p.Parties[party].Weight; w != nil {
		return w
	}
	return big.NewRat(1, 1)
}

// gains is what a point gives each party over its reservation value, or over 0.
func (f *fine) gains(at Point) []*big.Rat {
	gains := make([]*big.Rat, len(at.Utilities))
	for i, u := range at.Utilities {
		gains[i] = new(big.Rat).Set(u)
		if r := f.p.Parties[i].Reservation; r != nil {
			gains[i].Sub(gains[i], r)
		}
	}
	return gains
}

// parts is the score of the Kalai–Smorodinsky solution.
func (f *fine) parts() func(Point) []*big.Rat {
	ideal := f.gains(f.edge[0])
	for _, at := range f.edge {
		for i, gain := range f.gains(at) {
			if gain.Cmp(ideal[i]) > 0 {
				ideal[i] = gain
			}
		}
	}
	return func(at Point) []*big.Rat {
		parts := f.gains(at)
		for i := range parts {
			if ideal[i].Sign() <= 0 {
				parts[i].SetInt64(1)
				continue
			}
			parts[i].Quo(parts[i], ideal[i])
		}
		slices.SortFunc(parts, (*big.Rat).Cmp)
		return parts
	}
}

// product is the product of gains to their powers; nil with a gain below zero.
func product(gains []*big.Rat, powers []int64) []*big.Rat {
	num, den := big.NewInt(1), big.NewInt(1)
	for i, gain := range gains {
		if gain.Sign() < 0 {
			return nil
		}
		power := big.NewInt(powers[i])
		num.Mul(num, new(big.Int).Exp(gain.Num(), power, nil))
		den.Mul(den, new(big.Int).Exp(gain.Denom(), power, nil))
	}
	return []*big.Rat{new(big.Rat).SetFrac(num, den)}
}

// best is the points of the lexicographically greatest score; a point without a
// score is passed over.
func (f *fine) best(score func(Point) []*big.Rat) Solution {
	out := Solution{Proved: true}
	var most []*big.Rat
	for i, at := range f.edge {
		if i&255 == 255 && f.ctx.Err() != nil {
			out.Proved = false
			break
		}
		s := score(at)
		if s == nil {
			continue
		}
		switch c := slices.CompareFunc(s, most, (*big.Rat).Cmp); {
		case most == nil || c > 0:
			out.Points, most = []Point{at}, s
		case c == 0:
			out.Points = append(out.Points, at)
		}
	}
	if most != nil {
		out.Value = most[0]
	}
	if out.Proved {
		out.Bound = out.Value
	}
	return out
}
