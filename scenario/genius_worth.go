package scenario

import (
	"math/big"
	"strconv"
)

// evaluator reads what the options of issue i are worth, before the weight.
func (r *reader) evaluator(e *element, i int) ([]*big.Rat, error) {
	functions, items := e.all("evaluator"), e.all("item")
	switch {
	case len(functions) > 0:
		return r.function(e, functions[0], i)
	case len(items) > 0:
		return r.evaluations(e, items, i)
	}
	r.note(e.line, "issue %q has no evaluation; it adds nothing", r.space.issues[i].Name)
	return r.space.zeros(i), nil
}

// evaluations reads a worth for each option, normalised by the greatest.
func (r *reader) evaluations(e *element, items []*element, i int) ([]*big.Rat, error) {
	issue := &r.space.issues[i]
	row := make([]*big.Rat, len(issue.Options))
	most, known := (*big.Rat)(nil), 0
	for _, item := range items {
		value, said := item.attr("value"), item.attr("evaluation")
		o := r.space.option(i, value)
		if o < 0 {
			r.note(item.line, "the domain has no option %q of issue %q; its evaluation is left out", value, issue.Name)
			continue
		}
		if said == "" {
			r.note(item.line, "%q of issue %q has no evaluation; it counts as 0", value, issue.Name)
			said = "0"
		}
		q, ok := rational(said)
		if !ok {
			return nil, r.wrong(item.line, "the evaluation %q of %q is no number", said, value).With("write it as in 0.25")
		}
		if row[o] != nil {
			r.note(item.line, "%q of issue %q is evaluated twice; the later holds", value, issue.Name)
		} else {
			known++
		}
		row[o] = q
	}
	if known == 0 {
		return nil, r.wrong(e.line, "no option of issue %q is one of the domain's", issue.Name).With("is this a profile of another domain?")
	}
	for o, q := range row {
		if q == nil {
			r.note(e.line, "%q of issue %q has no evaluation; it counts as 0", issue.Options[o], issue.Name)
			q = new(big.Rat)
			row[o] = q
		}
		if most == nil || q.Cmp(most) > 0 {
			most = q
		}
	}
	return row, r.normalise(e, row, most, issue.Name)
}

// normalise divides evaluations by the greatest.
func (r *reader) normalise(e *element, row []*big.Rat, most *big.Rat, issue string) error {
	if most.Sign() > 0 {
		weigh(row, new(big.Rat).Inv(most))
		return nil
	}
	for _, q := range row {
		if q.Sign() < 0 {
			return r.wrong(e.line, "no evaluation of issue %q is above 0", issue).With("evaluations are divided by the greatest: make that one positive")
		}
	}
	r.note(e.line, "all evaluations of issue %q are 0; it adds nothing", issue)
	return nil
}

// function reads an evaluator of numbers. Its worths are cut to 0 and 1. With
// slope and offset the line begins at the issue's lower bound; with parameters,
// at zero.
func (r *reader) function(e, f *element, i int) ([]*big.Rat, error) {
	issue := &r.space.issues[i]
	kind := f.attr("ftype")
	parameter := func(names ...string) (*big.Rat, error) {
		for _, name := range names {
			if said := f.attr(name); said != "" {
				if q, ok := rational(said); ok {
					return q, nil
				}
				return nil, r.wrong(f.line, "%s is %q, and no number", name, said)
			}
		}
		return nil, r.wrong(f.line, "the %s evaluator of issue %q has no %s", kind, issue.Name, names[0])
	}
	of, err := r.curve(f, kind, parameter, i)
	if err != nil {
		return nil, err
	}
	row, cut := r.space.zeros(i), false
	for o := range row {
		v := r.space.value(i, o)
		if v == nil {
			return nil, r.wrong(e.line, "%q of issue %q is no number, and is valued by a %s evaluator", issue.Options[o], issue.Name, kind)
		}
		raw := of(v)
		row[o] = within(raw)
		cut = cut || row[o] != raw
	}
	if cut {
		r.note(f.line, "the evaluator of issue %q leaves 0 to 1; it is cut there", issue.Name)
	}
	return row, nil
}

// curve gives the function of an evaluator.
func (r *reader) curve(f *element, kind string, parameter func(...string) (*big.Rat, error), i int) (func(*big.Rat) *big.Rat, error) {
	switch kind {
	case "linear":
		from := new(big.Rat)
		slope, offset := []string{"parameter1"}, []string{"parameter0"}
		if f.attr("slope") != "" || f.attr("offset") != "" {
			slope, offset = []string{"slope"}, []string{"offset"}
			if v := r.space.value(i, 0); v != nil {
				from = v
			}
		}
		m, err := parameter(slope...)
		if err != nil {
			return nil, err
		}
		c, err := parameter(offset...)
		return func(v *big.Rat) *big.Rat { return sum(c, product(m, new(big.Rat).Sub(v, from))) }, err
	case "constant":
		c, err := parameter("parameter0", "offset")
		return func(*big.Rat) *big.Rat { return c }, err
	case "triangular":
		return r.triangle(f, parameter)
	}
	return nil, r.wrong(f.line, "an evaluator %q is not read", kind).With("linear, constant and triangular are")
}

// triangle rises from parameter0 to 1 at parameter2, and falls to parameter1.
func (r *reader) triangle(f *element, parameter func(...string) (*big.Rat, error)) (func(*big.Rat) *big.Rat, error) {
	var at [3]*big.Rat
	for n := range at {
		q, err := parameter("parameter" + strconv.Itoa(n))
		if err != nil {
			return nil, err
		}
		at[n] = q
	}
	low, high, top := at[0], at[1], at[2]
	if low.Cmp(top) > 0 || top.Cmp(high) > 0 {
		return nil, r.wrong(f.line, "the triangle goes from %s over %s to %s", Decimal(low), Decimal(top), Decimal(high)).With("parameter0, parameter2 and parameter1 rise")
	}
	share := func(v, zero, full *big.Rat) *big.Rat {
		return new(big.Rat).Quo(new(big.Rat).Sub(v, zero), new(big.Rat).Sub(full, zero))
	}
	return func(v *big.Rat) *big.Rat {
		switch {
		case v.Cmp(low) < 0 || v.Cmp(high) > 0:
			return new(big.Rat)
		case v.Cmp(top) < 0:
			return share(v, low, top)
		case v.Cmp(top) == 0:
			return big.NewRat(1, 1)
		}
		return share(v, high, top)
	}, nil
}
