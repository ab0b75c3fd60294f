package settle

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// drawn is what a random small problem may hold.
type drawn struct {
	rules, terms bool
	fine         bool // numbers that no int64 holds on one scale
	packages     int  // at most; 0 means 96
}

// drawProblem is a random problem of 2 to 5 parties, small enough to lay out,
// and mean: few distinct numbers so that there are ties, numbers below zero,
// issues with one option, parties that want the same, zones that are empty.
func drawProblem(t *rapid.T, may drawn) *Problem {
	p := &Problem{Issues: drawIssues(t, may)}
	worth := drawNumber(t, may.fine)
	parties := rapid.IntRange(2, 5).Draw(t, "parties")
	for i := range parties {
		p.Parties = append(p.Parties, drawParty(t, p, i, worth))
		if may.terms {
			p.Parties[i].Terms = drawTerms(t, p, worth)
		}
	}
	if may.rules {
		for range rapid.IntRange(0, 4).Draw(t, "rules") {
			p.Rules = append(p.Rules, Rule{
				If:   drawChoices(t, p, rapid.SampledFrom([]int{1, 1, 1, 2, 2, 0}).Draw(t, "if")),
				Then: drawChoices(t, p, rapid.SampledFrom([]int{1, 1, 1, 2, 0}).Draw(t, "then")),
			})
		}
	}
	if err := p.Check(); err != nil {
		t.Fatalf("a drawn problem is wrong: %v", err)
	}
	return p
}

func drawIssues(t *rapid.T, may drawn) []Issue {
	most := may.packages
	if most == 0 {
		most = 96
	}
	var issues []Issue
	for range rapid.IntRange(1, 6).Draw(t, "issues") {
		options := rapid.IntRange(1, max(1, min(5, most))).Draw(t, "options")
		most /= options
		issue := Issue{Name: fmt.Sprintf("issue %d", len(issues)+1)}
		for o := range options {
			issue.Options = append(issue.Options, fmt.Sprintf("option %d", o+1))
		}
		issues = append(issues, issue)
	}
	return issues
}

// drawNumber gives the numbers that one problem's worths are drawn from.
func drawNumber(t *rapid.T, fine bool) *rapid.Generator[*big.Rat] {
	if fine {
		return rapid.Custom(func(t *rapid.T) *big.Rat {
			primes := []int64{1, 999983, 1000003, 998244353, 1000000007, 2147483647}
			r := big.NewRat(rapid.Int64Range(-3, 9).Draw(t, "n"), rapid.SampledFrom(primes).Draw(t, "d"))
			return r.Mul(r, big.NewRat(1, rapid.SampledFrom(primes).Draw(t, "d")))
		})
	}
	least := rapid.SampledFrom([]int64{0, 0, -4}).Draw(t, "least")
	most := rapid.SampledFrom([]int64{1, 3, 10, 1000}).Draw(t, "most")
	parts := rapid.SampledFrom([]int64{1, 1, 7}).Draw(t, "parts")
	return rapid.Custom(func(t *rapid.T) *big.Rat {
		return big.NewRat(rapid.Int64Range(least, most).Draw(t, "n"), rapid.Int64Range(1, parts).Draw(t, "d"))
	})
}

func drawParty(t *rapid.T, p *Problem, i int, worth *rapid.Generator[*big.Rat]) Party {
	party := Party{Name: fmt.Sprintf("party %d", i+1)}
	if i > 0 && rapid.IntRange(0, 9).Draw(t, "same") == 0 {
		party.Worth = p.Parties[i-1].Worth
	} else {
		for _, issue := range p.Issues {
			var row []*big.Rat
			if rapid.IntRange(0, 9).Draw(t, "silent") > 0 {
				for range issue.Options {
					row = append(row, worth.Draw(t, "worth"))
				}
			}
			party.Worth = append(party.Worth, row)
		}
	}
	switch rapid.IntRange(0, 3).Draw(t, "reservation") {
	case 0:
		party.Reservation = new(big.Rat)
	case 1:
		party.Reservation = worth.Draw(t, "reservation")
	case 2:
		least := worth.Draw(t, "reservation")
		party.Reservation = least.Add(least, worth.Draw(t, "reservation"))
	}
	if rapid.IntRange(0, 4).Draw(t, "weighted") == 0 {
		party.Weight = big.NewRat(rapid.Int64Range(1, 3).Draw(t, "weight"), rapid.Int64Range(1, 2).Draw(t, "weight"))
	}
	return party
}

func drawTerms(t *rapid.T, p *Problem, worth *rapid.Generator[*big.Rat]) []Term {
	var terms []Term
	for range rapid.IntRange(0, 4).Draw(t, "terms") {
		term := Term{Worth: worth.Draw(t, "worth"), Outside: rapid.IntRange(0, 4).Draw(t, "outside") == 0}
		for range rapid.IntRange(0, 3).Draw(t, "bounds") {
			i := rapid.IntRange(0, len(p.Issues)-1).Draw(t, "issue")
			from := rapid.IntRange(0, len(p.Issues[i].Options)-1).Draw(t, "from")
			to := rapid.IntRange(from, len(p.Issues[i].Options)-1).Draw(t, "to")
			term.Bounds = append(term.Bounds, Bound{Issue: i, From: from, To: to})
		}
		terms = append(terms, term)
	}
	return terms
}

func drawChoices(t *rapid.T, p *Problem, n int) []Choice {
	var choices []Choice
	for range n {
		i := rapid.IntRange(0, len(p.Issues)-1).Draw(t, "issue")
		choices = append(choices, Choice{Issue: i, Option: rapid.IntRange(0, len(p.Issues[i].Options)-1).Draw(t, "option")})
	}
	return choices
}

// TestDrawnProblemsAreMean holds the generator to what it is for: every
// difficulty that it names must come up.
func TestDrawnProblemsAreMean(t *testing.T) {
	seen := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawn{rules: true, terms: true})
		b := layOut(p)
		note := func(name string, is bool) {
			if is {
				seen[name]++
			}
		}
		note("nothing keeps the rules", len(b.all) == 0)
		note("rules take packages away", len(b.all) < int(p.Outcomes().Int64()))
		note("empty zone", len(b.all) > 0 && len(b.zone) == 0)
		note("zone", len(b.zone) > 0)
		distinct := map[string]bool{}
		for _, at := range b.all {
			distinct[fmt.Sprint(at.Utilities)] = true
			for _, u := range at.Utilities {
				note("utility below zero", u.Sign() < 0)
				note("utility of zero", u.Sign() == 0)
			}
		}
		note("equal utilities", len(distinct) < len(b.all))
		for _, solve := range []func() ([]Point, *big.Rat){b.nash, b.kalaiSmorodinsky, b.egalitarian, b.utilitarian} {
			points, _ := solve()
			note("tied solutions", len(points) > 1)
		}
		note("one option", len(p.Issues[0].Options) == 1)
		note("five parties", len(p.Parties) == 5)
	})
	for _, name := range []string{
		"nothing keeps the rules", "rules take packages away", "empty zone", "zone", "utility below zero",
		"utility of zero", "equal utilities", "tied solutions", "one option", "five parties",
	} {
		if seen[name] == 0 {
			t.Errorf("no drawn problem shows: %s", name)
		}
	}
	t.Log(seen)
}
