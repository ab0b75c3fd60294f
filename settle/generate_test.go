package settle

import (
	"fmt"
	"math/big"
	"slices"
)

// splitMix is the generator splitmix64 (Steele, Lea, Flood, "Fast splittable
// pseudorandom number generators", OOPSLA 2014).
type splitMix uint64

func (s *splitMix) next() uint64 {
	*s += 0x9E3779B97F4A7C15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

func (s *splitMix) below(n int) int64 { return int64(s.next() % uint64(n)) }

// generated is an additive problem in whole numbers from seed 1, with a
// reservation value of 0 for every party. Its kind is fine (random worths, a
// random weight for each issue), points (weights to 100 and worths to 10, so that
// many packages are worth the same) or opposed (each issue's options in order,
// and in the other order for every second party).
func generated(kind string, issues, options, parties int) *Problem {
	r := splitMix(1000003 + issues*101 + options*7 + parties)
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
		most, step := 1000, 1001
		if kind == "points" {
			most, step = 100, 11
		}
		weight := make([]int64, issues)
		for i := range weight {
			weight[i] = 1 + r.below(most)
		}
		for i := range weight {
			values := make([]int64, options)
			for o := range values {
				values[o] = r.below(step)
			}
			if kind == "opposed" {
				slices.Sort(values)
				if n%2 == 1 {
					slices.Reverse(values)
				}
			}
			row := make([]*big.Rat, options)
			for o, v := range values {
				row[o] = big.NewRat(weight[i]*v, 1)
			}
			party.Worth = append(party.Worth, row)
		}
		p.Parties = append(p.Parties, party)
	}
	return p
}
