package settle

import (
	"context"
	"math/big"
	"slices"

	"paraph/fault"
)

// Robustness is how far a package holds whatever the worths are within the
// parties' doubts. Each worth may be off by its doubt, either way, by itself.
type Robustness struct {
	// Least and Most are what the package may be worth to each party.
	Least, Most []*big.Rat
	// Keeps tells of each party whether the package gives it its reservation value
	// in every case.
	Keeps []bool
	// Stays says that the package is on the frontier of the packages that keep the
	// rules in every case: that no package could be as good for all and better for one.
	// Proved says that Stays is right.
	Stays, Proved bool
	// Rival is a package that is better in some case; its Package is nil when none
	// was found. Its utilities are by the worths as they are given.
	Rival Point
	// Part is the largest part of all doubts, of the parts that were tried (64ths),
	// for which the package was proved to stay; zero also when it is not on the
	// frontier without any doubt.
	Part *big.Rat
	// Regret is the most by which the weighted sum of utilities of another package
	// may be above this one's: at most this much of the sum is lost by choosing it.
	// Nil when it was not found in time, and for problems with terms.
	Regret *big.Rat
}

// partSteps is how finely the part of the doubts is sought: to halves of halves.
const partSteps = 6

// Robust tells how far a package holds within the parties' doubts. An unsound
// problem, a doubt below zero and a package that is not one option of every
// issue are errors of kind invalid.
//
// Two packages differ by the issues that they decide unlike, so that the case
// that is worst for the package against any other is one: its own options worth
// the least where the other's differ, and the other's worth the most. A package
// stays on the frontier exactly when in the problem of that case (in which its own
// options have their least worth and all others their most) nothing improves it.
func Robust(ctx context.Context, p *Problem, k Package) (*Robustness, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if !p.holds(k) {
		return nil, fault.Invalid("the package is not one option of every issue")
	}
	for _, party := range p.Parties {
		for i, row := range party.Doubt {
			for o, d := range row {
				if d.Sign() < 0 {
					return nil, fault.Invalid("%s: the doubt of %q in issue %q is below zero", party.Name, p.Issues[i].Options[o], p.Issues[i].Name)
				}
			}
		}
	}
	r := &Robustness{Part: new(big.Rat)}
	for i := range p.Parties {
		r.spread(p, i, k)
	}
	worst := p.against(k, big.NewRat(1, 1))
	rival, proved, err := worst.improvement(ctx, k)
	if err != nil {
		return nil, err
	}
	r.Stays, r.Proved = rival == nil && proved, proved
	switch {
	case r.Stays:
		r.Part.SetInt64(1)
	case rival != nil:
		r.Rival = p.point(rival)
		if err := r.part(ctx, p, k); err != nil {
			return nil, err
		}
	}
	r.regret(ctx, worst, k)
	return r, nil
}

// spread sets what the package may be worth to a party.
func (r *Robustness) spread(p *Problem, party int, k Package) {
	least, most := p.Utility(party, k), p.Utility(party, k)
	for i, o := range k {
		if d := p.doubt(party, Choice{i, o}); d != nil {
			least.Sub(least, d)
			most.Add(most, d)
		}
	}
	reservation := p.Parties[party].Reservation
	r.Least, r.Most = append(r.Least, least), append(r.Most, most)
	r.Keeps = append(r.Keeps, reservation == nil || least.Cmp(reservation) >= 0)
}

// doubt is nil when there is none.
func (p *Problem) doubt(party int, c Choice) *big.Rat {
	if table := p.Parties[party].Doubt; c.Issue < len(table) && table[c.Issue] != nil {
		return table[c.Issue][c.Option]
	}
	return nil
}

// against is the problem of the case that is worst for a package, with a part of
// the doubts.
func (p *Problem) against(k Package, part *big.Rat) *Problem {
	worst := *p
	worst.Parties = slices.Clone(p.Parties)
	for x := range worst.Parties {
		party := &worst.Parties[x]
		if party.Doubt == nil {
			continue
		}
		worth := make([][]*big.Rat, len(p.Issues))
		for i, issue := range p.Issues {
			row := make([]*big.Rat, len(issue.Options))
			for o := range row {
				row[o] = new(big.Rat)
				if i < len(party.Worth) && party.Worth[i] != nil {
					row[o].Set(party.Worth[i][o])
				}
				if d := p.doubt(x, Choice{i, o}); d != nil {
					by := new(big.Rat).Mul(d, part)
					if o == k[i] {
						by.Neg(by)
					}
					row[o].Add(row[o], by)
				}
			}
			worth[i] = row
		}
		party.Worth, party.Doubt = worth, nil
	}
	return &worst
}

// part seeks the largest part of the doubts that the package stays for.
func (r *Robustness) part(ctx context.Context, p *Problem, k Package) error {
	stays := func(part *big.Rat) (bool, error) {
		rival, proved, err := p.against(k, part).improvement(ctx, k)
		return rival == nil && proved, err
	}
	if at, err := stays(new(big.Rat)); err != nil || !at {
		return err
	}
	step := big.NewRat(1, 1)
	for range partSteps {
		step.Quo(step, big.NewRat(2, 1))
		next := new(big.Rat).Add(r.Part, step)
		at, err := stays(next)
		if err != nil {
			return err
		}
		if at {
			r.Part = next
		}
	}
	return nil
}

// regret finds the most that the sum of utilities may lose by the package.
func (r *Robustness) regret(ctx context.Context, worst *Problem, k Package) {
	free := *worst
	free.Parties = slices.Clone(worst.Parties)
	for i := range free.Parties {
		free.Parties[i].Reservation = nil
	}
	w, fits := free.wholeNumbers()
	if !fits || free.interdependent() || !free.Feasible(k) {
		return
	}
	best := free.utilitarian(ctx, w)
	if !best.Proved && (best.Bound == nil || best.Value == nil || best.Bound.Cmp(best.Value) != 0) {
		return
	}
	sum := new(big.Rat)
	for i := range free.Parties {
		u := free.Utility(i, k)
		sum.Add(sum, u.Mul(u, free.weight(i)))
	}
	r.Regret = new(big.Rat).Sub(best.Value, sum)
}
