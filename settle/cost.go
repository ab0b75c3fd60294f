package settle

import (
	"context"
	"math/big"
	"slices"

	"paraph/fault"
)

// Cost is what a package costs one party against the best that it could have.
type Cost struct {
	// Has is what the package is worth to the party.
	Has *big.Rat
	// Zone is the most that a package of the zone of agreement is worth to it; nil
	// when the zone is empty, or nothing of it is known. All is the most that any
	// package that keeps the rules is worth to it; nil when none is known.
	Zone, All *big.Rat
	// Proved says that Zone and All are right; when not, they are the most that
	// was found.
	Proved bool
	// Issues is, for each issue, what its best option for this party would add to
	// the package, by the worth of the options alone: terms and rules aside.
	Issues []*big.Rat
}

// Costs tells what a package costs each party. An unsound problem, and a package
// that is not one option of every issue, are errors of kind invalid.
func Costs(ctx context.Context, p *Problem, k Package) ([]Cost, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if !p.holds(k) {
		return nil, fault.Invalid("the package is not one option of every issue")
	}
	costs := make([]Cost, len(p.Parties))
	for i := range costs {
		costs[i] = Cost{Has: p.Utility(i, k), Issues: p.concessions(i, k)}
	}
	w, fits := p.wholeNumbers()
	if !fits || p.interdependent() {
		return costs, p.mostListed(ctx, costs)
	}
	zone, proved := w.ideals(ctx)
	free := *w
	free.floored = make([]bool, len(w.floored))
	free.floor = slices.Repeat([]int64{-maxWhole}, len(w.floor))
	all, allProved := free.ideals(ctx)
	for i := range costs {
		costs[i].Proved = proved && allProved
		if zone != nil {
			costs[i].Zone = w.rat(i, zone[i])
		}
		if all != nil {
			costs[i].All = w.rat(i, all[i])
		}
	}
	return costs, nil
}

// concessions is what the best option of each issue would add for a party.
func (p *Problem) concessions(party int, k Package) []*big.Rat {
	out := make([]*big.Rat, len(k))
	for i, o := range k {
		out[i] = new(big.Rat)
		if worth := p.Parties[party].Worth; i < len(worth) && worth[i] != nil {
			out[i].Sub(slices.MaxFunc(worth[i], (*big.Rat).Cmp), worth[i][o])
		}
	}
	return out
}

// mostListed reads the most of each party off the frontiers.
func (p *Problem) mostListed(ctx context.Context, costs []Cost) error {
	a, err := Settle(ctx, p, Options{All: true})
	if err != nil {
		return err
	}
	raise := func(most **big.Rat, u *big.Rat) {
		if *most == nil || u.Cmp(*most) > 0 {
			*most = u
		}
	}
	for i := range costs {
		costs[i].Proved = a.Frontier.Whole
	}
	for x := range a.Frontier.Len() {
		at := a.Frontier.At(x)
		accepted := p.accepted(at)
		for i, u := range at.Utilities {
			raise(&costs[i].All, u)
			if accepted {
				raise(&costs[i].Zone, u)
			}
		}
	}
	return nil
}
