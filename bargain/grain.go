package bargain

import (
	"math/big"
	"reflect"

	"paraph/settle"
)

// Coarsened gives a party as it is lent at a grain. Each worth is taken above
// the least of its issue and measured against the party's greatest swing, the
// most that one issue or term makes of a difference; of so many equal steps as
// the grain has levels, the level says in which it lies, from 0 to the grain
// less one; of a term that takes away, from minus the grain. The reservation
// value is raised to the next level, so that a package that keeps it here keeps
// it in truth.
//
// So of a worth nothing is told but an interval of the length 1/grain of the
// swing, and nothing at all of the scale. The levels of a coarse grain follow
// from those of a finer one, so who lends at several grains tells no more than by
// the finest. Doubts, weights and discounts are not lent, but with Exact.
func Coarsened(p settle.Party, g Grain) settle.Party {
	if g == Exact {
		return p
	}
	out := settle.Party{Name: p.Name}
	lows, swing := p.Worth, new(big.Rat)
	base := new(big.Rat) // the sum of the least worths
	rows := make([][]*big.Rat, len(lows))
	for i, row := range lows {
		rows[i] = above(row, base)
		for _, w := range rows[i] {
			swing = greater(swing, w)
		}
	}
	for _, t := range p.Terms {
		swing = greater(swing, new(big.Rat).Abs(t.Worth))
	}
	if swing.Sign() == 0 {
		swing.SetInt64(1) // nothing matters: all is at level 0
	}
	for _, row := range rows {
		var levels []*big.Rat
		for _, w := range row {
			levels = append(levels, level(w, swing, g))
		}
		out.Worth = append(out.Worth, levels)
	}
	for _, t := range p.Terms {
		out.Terms = append(out.Terms, settle.Term{Bounds: t.Bounds, Worth: level(t.Worth, swing, g), Outside: t.Outside})
	}
	if p.Reservation != nil {
		r := new(big.Rat).Sub(p.Reservation, base)
		r.Quo(r, swing).Mul(r, big.NewRat(int64(g), 1))
		out.Reservation = ceiling(r)
	}
	return out
}

// above gives worths less the least of them, which it adds to base.
func above(row []*big.Rat, base *big.Rat) []*big.Rat {
	if len(row) == 0 {
		return nil
	}
	least := row[0]
	for _, w := range row {
		if w.Cmp(least) < 0 {
			least = w
		}
	}
	base.Add(base, least)
	out := make([]*big.Rat, len(row))
	for o, w := range row {
		out[o] = new(big.Rat).Sub(w, least)
	}
	return out
}

// level tells in which of a swing's equal steps a worth lies; that of a term may
// lie below zero.
func level(w, swing *big.Rat, g Grain) *big.Rat {
	x := new(big.Rat).Quo(w, swing)
	x.Mul(x, big.NewRat(int64(g), 1))
	n := new(big.Int).Div(x.Num(), x.Denom()) // downwards: its denominator is above zero
	if top := big.NewInt(int64(g) - 1); n.Cmp(top) > 0 {
		n = top
	}
	return new(big.Rat).SetInt(n)
}

func ceiling(r *big.Rat) *big.Rat {
	n, rest := new(big.Int).DivMod(r.Num(), r.Denom(), new(big.Int))
	if rest.Sign() > 0 {
		n.Add(n, big.NewInt(1))
	}
	return new(big.Rat).SetInt(n)
}

func greater(a, b *big.Rat) *big.Rat {
	if b.Cmp(a) > 0 {
		return new(big.Rat).Set(b)
	}
	return a
}

func sameWorths(a, b worths) bool { return reflect.DeepEqual(a, b) }
