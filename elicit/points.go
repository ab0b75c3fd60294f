package elicit

import (
	"math/big"

	"paraph/fault"
	"paraph/settle"
)

// weighed weighs issues by points. With swing, an issue's points are what going
// from its worst option to its best is worth, so that its options count from 0 to
// 1 whatever points they have (swing weighting: von Winterfeldt and Edwards,
// "Decision Analysis and Behavioral Research", 1986, section 8.3); without, an
// option counts as many hundredths of its issue's weight as it has points.
func (r *Result) weighed(issues []settle.Issue, a Answers, swing bool) error {
	values := make([]valued, len(issues))
	var points []Interval
	for i, said := range a.Issues {
		values[i] = valuedByPoints(said.Options, swing)
		p := said.Points.interval()
		if values[i].alike && swing {
			p = exactly(new(big.Rat))
		}
		points = append(points, p)
	}
	least, most := new(big.Rat), new(big.Rat)
	for _, p := range points {
		least.Add(least, p.Low)
		most.Add(most, p.High)
	}
	if most.Sign() == 0 {
		return fault.Invalid("no issue has any points").With("give the issue that matters most 100")
	}
	for i := range points {
		r.Weights = append(r.Weights, share(points, i, least, most))
	}
	r.multiply(values)
	r.remark(issues, a, values)
	return nil
}

// share is one issue's share of 100, when each issue has any number of points of
// its interval: least when it has the fewest and the others the most.
func share(points []Interval, i int, least, most *big.Rat) Interval {
	p := points[i]
	out := Interval{
		Low:  part(p.Low, new(big.Rat).Add(p.Low, new(big.Rat).Sub(most, p.High))),
		High: part(p.High, new(big.Rat).Add(p.High, new(big.Rat).Sub(least, p.Low))),
	}
	sum := new(big.Rat)
	for _, q := range points {
		sum.Add(sum, q.Mid)
	}
	out.Mid = part(p.Mid, sum)
	if new(big.Rat).Sub(most, p.High).Sign() == 0 { // nothing else can have points
		out.Low = out.Mid
	}
	return out
}

func part(n, of *big.Rat) *big.Rat {
	if of.Sign() == 0 {
		return new(big.Rat)
	}
	out := new(big.Rat).Quo(n, of)
	return out.Mul(out, hundred)
}

// valuedByPoints values an issue's options by their points.
func valuedByPoints(said []OptionAnswer, swing bool) valued {
	spans := make([]Interval, len(said))
	v := valued{blank: true}
	for o, answer := range said {
		spans[o] = answer.Points.interval()
		v.blank = v.blank && !answer.Points.known()
	}
	v.alike = alike(spans)
	for o, s := range spans {
		switch {
		case !swing:
			v.options = append(v.options, Interval{part100(s.Low), part100(s.Mid), part100(s.High)})
		case v.alike:
			v.options = append(v.options, exactly(new(big.Rat)))
		default:
			v.options = append(v.options, stretched(spans, o))
		}
	}
	return v
}

// part100 is a number of points as hundredths.
func part100(n *big.Rat) *big.Rat { return new(big.Rat).Quo(n, hundred) }

// alike tells whether all options have the same points, without doubt.
func alike(spans []Interval) bool {
	for _, s := range spans {
		if !s.Exact() || s.Low.Cmp(spans[0].Low) != 0 {
			return false
		}
	}
	return true
}

// stretched is where one option lies between the worst and the best of its issue.
// It rises with the option's own points and falls with those of the others, so its
// ends lie where the points do.
func stretched(spans []Interval, o int) Interval {
	out := Interval{
		Low: between(spans, o, func(s Interval, own bool) *big.Rat {
			if own {
				return s.Low
			}
			return s.High
		}),
		Mid: between(spans, o, func(s Interval, _ bool) *big.Rat { return s.Mid }),
		High: between(spans, o, func(s Interval, own bool) *big.Rat {
			if own {
				return s.High
			}
			return s.Low
		}),
	}
	if out.Mid == nil { // the middles of all are one number
		out.Mid = product(half, new(big.Rat).Add(orZero(out.Low), orZero(out.High)))
	}
	return Interval{orZero(out.Low), out.Mid, orZero(out.High)}
}

func orZero(n *big.Rat) *big.Rat {
	if n == nil {
		return new(big.Rat)
	}
	return n
}

// between is where an option lies when the points are at an end of their spans; nil
// when all options are the same there.
func between(spans []Interval, o int, at func(s Interval, own bool) *big.Rat) *big.Rat {
	own := at(spans[o], true)
	low, high := own, own
	for i, s := range spans {
		if i != o {
			low, high = smaller(low, at(s, false)), larger(high, at(s, false))
		}
	}
	size := new(big.Rat).Sub(high, low)
	if size.Sign() == 0 {
		return nil
	}
	return size.Quo(new(big.Rat).Sub(own, low), size)
}
