package settle

import (
	"fmt"
	"math/big"
)

// interdependent is a problem of hyper-rectangles of the shape in which they
// are published: twice as many terms for each party as there are issues, each
// over one to four of them, worths in whole numbers. The kind "plain" has no
// more; "mixed" has one term in five turned over and additive worths; "harsh"
// has worths below zero and, for each two issues, a rule besides.
func interdependent(kind string, issues, options, parties int) *Problem {
	r := splitMix(7000003 + issues*1009 + options*31 + parties*3 + len(kind))
	p := &Problem{}
	for i := range issues {
		issue := Issue{Name: fmt.Sprintf("issue %d", i+1)}
		for o := range options {
			issue.Options = append(issue.Options, fmt.Sprintf("option %d", o+1))
		}
		p.Issues = append(p.Issues, issue)
	}
	for n := range parties {
		party := Party{Name: fmt.Sprintf("party %d", n+1), Reservation: new(big.Rat)}
		for range 2 * issues {
			party.Terms = append(party.Terms, drawnTerm(&r, kind, issues, options))
		}
		if kind != "plain" {
			for range issues {
				var row []*big.Rat
				for range options {
					row = append(row, big.NewRat(r.below(10), 1))
				}
				party.Worth = append(party.Worth, row)
			}
		}
		p.Parties = append(p.Parties, party)
	}
	if kind == "harsh" {
		for range issues / 2 {
			choice := func() Choice { return Choice{Issue: int(r.below(issues)), Option: int(r.below(options))} }
			p.Rules = append(p.Rules, Rule{If: []Choice{choice()}, Then: []Choice{choice()}})
		}
	}
	return p
}

func drawnTerm(r *splitMix, kind string, issues, options int) Term {
	term := Term{Outside: kind != "plain" && r.below(5) == 0}
	over := map[int64]bool{}
	for size := 1 + int(r.below(4)); len(over) < min(size, issues); {
		over[r.below(issues)] = true
	}
	for i := range issues {
		if over[int64(i)] {
			a, b := int(r.below(options)), int(r.below(options))
			term.Bounds = append(term.Bounds, Bound{Issue: i, From: min(a, b), To: max(a, b)})
		}
	}
	worth := 1 + r.below(20*len(term.Bounds))
	if kind == "harsh" && r.below(3) == 0 {
		worth = -worth
	}
	term.Worth = big.NewRat(worth, 1)
	return term
}
