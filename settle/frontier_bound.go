package settle

import (
	"math/big"
	"slices"
)

// bound bounds the solution points that are not proved, by a covering: whatever
// package there is, some row and the loss together are as good for every party.
func (s *settling) bound(c *combination, rough *covering) {
	if s.answer.Frontier.Whole || s.none {
		return
	}
	p, a := s.problem, &s.answer
	powers, small := p.powers()
	ideal := p.ideals(a)
	most := make([]*big.Rat, len(a.solutions())) // in the order of Nash, Kalai–Smorodinsky, egalitarian, utilitarian
	for _, u := range s.ceilings(c, rough) {
		gains := make([]*big.Rat, len(u))
		sum := new(big.Rat)
		share, least := big.NewRat(1, 1), (*big.Rat)(nil)
		for i := range u {
			sum.Add(sum, new(big.Rat).Mul(u[i], p.weight(i)))
			gains[i] = p.gain(i, u[i])
			if least == nil || gains[i].Cmp(least) < 0 {
				least = gains[i]
			}
			if ideal[i] != nil && ideal[i].Sign() > 0 {
				if part := new(big.Rat).Quo(gains[i], ideal[i]); part.Cmp(share) < 0 {
					share = part
				}
			}
		}
		scores := []*big.Rat{nil, share, least, sum}
		if small {
			if nash := product(gains, powers); nash != nil {
				scores[0] = nash[0]
			}
		}
		for i, score := range scores {
			if score != nil && (most[i] == nil || score.Cmp(most[i]) > 0) {
				most[i] = score
			}
		}
	}
	for i, solution := range a.solutions() {
		solution.Bound, solution.Proved = most[i], false
	}
}

// ceilings is utilities of which, for each package, some are as good for every
// party; of the best of each party apart when there is no covering.
func (s *settling) ceilings(c *combination, rough *covering) [][]*big.Rat {
	n := len(s.problem.Parties)
	if rough == nil {
		top := make([]*big.Rat, n)
		for i := range top {
			top[i] = s.problem.greatest(i)
		}
		return [][]*big.Rat{top}
	}
	var all [][]*big.Rat
	for row := range rough.last().len() {
		u := make([]*big.Rat, n)
		for i := range u {
			sum := c.sum(rough.last(), row, i)
			u[i] = new(big.Rat).SetFrac(sum.Add(sum, rough.loss[i]), c.w.scale[i])
		}
		all = append(all, u)
	}
	return all
}

// sum is what a row of a layer gives a party, as a whole number on the party's scale.
func (c *combination) sum(l *layer, row, party int) *big.Int {
	if c.wide == nil {
		return big.NewInt(l.row(row)[party])
	}
	from := (row*l.parties + party) * c.wide.limbs
	n := c.wide.number(l.fine[from : from+c.wide.limbs])
	return n.Add(n, c.wide.least[party])
}

// gain is a utility over the party's reservation value, or over 0.
func (p *Problem) gain(party int, u *big.Rat) *big.Rat {
	if r := p.Parties[party].Reservation; r != nil {
		return new(big.Rat).Sub(u, r)
	}
	return u
}

// ideals is the greatest gain of each party among the points found, which is at
// most its greatest in the zone; nil without points.
func (p *Problem) ideals(a *Answer) []*big.Rat {
	ideal := make([]*big.Rat, len(p.Parties))
	points := slices.Concat(a.Nash.Points, a.KalaiSmorodinsky.Points, a.Egalitarian.Points, a.Utilitarian.Points)
	for _, at := range points {
		for i, u := range at.Utilities {
			if gain := p.gain(i, u); ideal[i] == nil || gain.Cmp(ideal[i]) > 0 {
				ideal[i] = gain
			}
		}
	}
	return ideal
}
