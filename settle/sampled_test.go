package settle

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// TestBetweenSampledNumbers tries packages between the sampled numbers, with
// worths that are linear there: some sampled package beside each is as good for
// every party, but for what the answer says may be lost.
func TestBetweenSampledNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawn{})
		for i := range p.Issues {
			p.Issues[i].Sampled = rapid.Bool().Draw(t, "sampled")
		}
		sampled, lost := p.between()
		if !sampled {
			if lost != nil {
				t.Fatalf("%v lost and nothing sampled", lost)
			}
			return
		}
		low, nearer, share := make(Package, len(p.Issues)), make(Package, len(p.Issues)), make([]*big.Rat, len(p.Issues))
		for i, issue := range p.Issues {
			low[i] = rapid.IntRange(0, len(issue.Options)-1).Draw(t, "option")
			nearer[i], share[i] = low[i], new(big.Rat)
			if issue.Sampled && low[i]+1 < len(issue.Options) {
				share[i].SetFrac64(rapid.Int64Range(0, 12).Draw(t, "share"), 12)
				if share[i].Cmp(big.NewRat(1, 2)) > 0 {
					nearer[i]++
				}
			}
		}
		for party := range p.Parties {
			u := p.Utility(party, low)
			for i, part := range share {
				if row := p.Parties[party].Worth[i]; row != nil && part.Sign() > 0 {
					step := new(big.Rat).Sub(row[low[i]+1], row[low[i]])
					u.Add(u, step.Mul(step, part))
				}
			}
			if u.Sub(u, lost[party]).Cmp(p.Utility(party, nearer)) > 0 {
				t.Errorf("%s has %s more between %v than at %v", p.Parties[party].Name, u, low, nearer)
			}
		}
	})
}

func TestBetweenIsUnknownWithTermsAndRules(t *testing.T) {
	p := generated("fine", 2, 3, 2)
	p.Issues[0].Sampled = true
	if sampled, lost := p.between(); !sampled || len(lost) != 2 {
		t.Errorf("sampled %v, lost %v", sampled, lost)
	}
	p.Rules = []Rule{{Then: []Choice{{0, 1}}}}
	if sampled, lost := p.between(); !sampled || lost != nil {
		t.Errorf("with a rule: sampled %v, lost %v", sampled, lost)
	}
	p.Rules = nil
	p.Parties[0].Terms = []Term{{Worth: big.NewRat(1, 1)}}
	if sampled, lost := p.between(); !sampled || lost != nil {
		t.Errorf("with a term: sampled %v, lost %v", sampled, lost)
	}
}
