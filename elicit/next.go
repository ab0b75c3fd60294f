package elicit

import (
	"math/big"

	"paraph/settle"
)

// Bounds on the search for the next pair, which keep it short where issues are many.
const (
	maxGains   = 64
	maxCorners = 48
)

// Next gives the pair whose answer tells most, whichever way it goes: the one whose
// lesser possible lead is greatest over the corners of what fits so far. Both
// answers are open to it, so each narrows. It gives false when no pair is open that
// was not asked, or when the method is not Pairs.
func (r *Result) Next(issues []settle.Issue, a Answers) (Pick, bool) {
	if r.cone == nil {
		return Pick{}, false
	}
	gains := r.cone.gains(a)
	corners := r.cone.met[:min(len(r.cone.met), maxCorners)]
	worth := make([][]*big.Rat, len(gains)) // of gain and corner
	for g, gain := range gains {
		row := r.cone.gain(gain)
		for _, corner := range corners {
			worth[g] = append(worth[g], at(row, corner))
		}
	}
	asked := map[[2]Gain]bool{}
	for _, p := range a.Picks {
		asked[[2]Gain{p.Left, p.Right}], asked[[2]Gain{p.Right, p.Left}] = true, true
	}
	best, told := Pick{}, new(big.Rat)
	for g := range gains {
		for h := g + 1; h < len(gains); h++ {
			if asked[[2]Gain{gains[g], gains[h]}] {
				continue
			}
			if t := tells(worth[g], worth[h]); t.Cmp(told) > 0 {
				best, told = Pick{Left: gains[g], Right: gains[h]}, t
			}
		}
	}
	return best, told.Sign() > 0
}

// tells is the lesser of how far one gain may lead the other and the other the one.
func tells(left, right []*big.Rat) *big.Rat {
	up, down := new(big.Rat), new(big.Rat)
	for i := range left {
		lead := new(big.Rat).Sub(left[i], right[i])
		up = larger(up, lead)
		down = larger(down, new(big.Rat).Neg(lead))
	}
	return smaller(up, down)
}

// gains lists what may be asked about: of each issue whose worst and best option
// are known, the whole swing first; then, of all issues, the parts of it.
func (c *cone) gains(a Answers) []Gain {
	var whole, parts []Gain
	for i, said := range a.Issues {
		order := ladder(said.Options)
		if len(order) < 2 {
			continue
		}
		best, worst := place(said.Options, order[0]), place(said.Options, order[len(order)-1])
		whole = append(whole, Gain{i, best, worst})
		for o, option := range said.Options {
			if option.Rank == order[0] || option.Rank == order[len(order)-1] {
				continue
			}
			parts = append(parts, Gain{i, best, o}, Gain{i, o, worst})
		}
	}
	all := append(whole, parts...)
	return all[:min(len(all), maxGains)]
}

func place(said []OptionAnswer, rank int) int {
	for o, option := range said {
		if option.Rank == rank {
			return o
		}
	}
	return -1
}
