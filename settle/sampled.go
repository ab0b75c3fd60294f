package settle

import (
	"math/big"
	"slices"
)

// between tells whether some issue is sampled, and what that may lose to each
// party: for every sampled issue half of the widest step of its worth, since the
// nearer of the two numbers beside any is at most half a step away, and is the
// nearer for all parties.
func (p *Problem) between() (sampled bool, lost []*big.Rat) {
	sampled = slices.ContainsFunc(p.Issues, func(issue Issue) bool { return issue.Sampled })
	if !sampled || p.interdependent() {
		return sampled, nil
	}
	for _, rule := range p.Rules {
		for _, c := range slices.Concat(rule.If, rule.Then) {
			if p.Issues[c.Issue].Sampled {
				return sampled, nil
			}
		}
	}
	half := big.NewRat(1, 2)
	for _, party := range p.Parties {
		sum := new(big.Rat)
		for i, issue := range p.Issues {
			if !issue.Sampled || party.Worth == nil {
				continue
			}
			widest := new(big.Rat)
			for o := 1; o < len(party.Worth[i]); o++ {
				step := new(big.Rat).Sub(party.Worth[i][o], party.Worth[i][o-1])
				if step.Abs(step).Cmp(widest) > 0 {
					widest = step
				}
			}
			sum.Add(sum, widest.Mul(widest, half))
		}
		lost = append(lost, sum)
	}
	return sampled, lost
}
