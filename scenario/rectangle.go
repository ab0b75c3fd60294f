package scenario

import (
	"cmp"
	"math/big"
	"slices"

	"paraph/settle"
)

// rectangles reads a nonlinear utility space: hyper-rectangles whose bounds name
// issues by number, from 1, and numbers of them, both ends included. INCLUDES
// adds the worth inside of the rectangle, EXCLUDES outside of it. All are divided
// by the maxutility that is said.
func (r *reader) rectangles(root, function *element, party *settle.Party) error {
	for place, e := range root.below("issue") {
		if _, _, err := r.geniusPlace(e, place+1); err != nil {
			return err
		}
	}
	scale := big.NewRat(1, 1)
	said := function.attr("maxutility")
	most, ok := rational(said)
	switch {
	case said != "" && !ok:
		return r.wrong(function.line, "maxutility is %q, and no number", said)
	case said == "" || most.Sign() <= 0:
		r.note(function.line, "no maxutility above 0 is said; worths are not normalised")
	default:
		scale.Inv(most)
	}
	reach := new(big.Rat)
	for _, u := range function.all("ufun") {
		if a := u.attr("aggregation"); a != "" && a != "sum" {
			return r.wrong(u.line, "rectangles are put together by %q", a).With("sum is read")
		}
		weight := scale
		if w := u.attr("weight"); w != "" {
			q, ok := rational(w)
			if !ok {
				return r.wrong(u.line, "the weight %q is no number", w)
			}
			weight = product(scale, q)
		}
		for _, e := range u.all("hyperRectangle") {
			worth, err := r.rectangle(e, weight, party)
			if err != nil {
				return err
			}
			if worth.Sign() > 0 {
				reach.Add(reach, worth)
			}
		}
	}
	if len(party.Terms) == 0 {
		return r.wrong(function.line, "the nonlinear utility space has no <hyperRectangle>")
	}
	if scale.Cmp(one) != 0 && reach.Cmp(one) > 0 {
		r.note(function.line, "a package may be worth more than the maxutility %s; it counts in full, where GENIUS cuts it at 1", said)
	}
	return nil
}

// rectangle reads one, and gives its worth.
func (r *reader) rectangle(e *element, weight *big.Rat, party *settle.Party) (*big.Rat, error) {
	said := cmp.Or(e.attr("utility"), e.attr("utility_function"))
	worth, ok := rational(said)
	if !ok {
		return nil, r.wrong(e.line, "a rectangle has the utility %q", said).With("write a number")
	}
	worth = product(worth, weight)
	inside, outside := e.all("INCLUDES"), e.all("EXCLUDES")
	if len(inside) > 0 && len(outside) > 0 {
		return nil, r.wrong(e.line, "a rectangle has both INCLUDES and EXCLUDES").With("make two of it")
	}
	if len(party.Terms) == MaxTerms {
		return nil, r.wrong(e.line, "has more than %d rectangles", MaxTerms)
	}
	term := settle.Term{Worth: worth, Outside: len(outside) > 0}
	for _, b := range slices.Concat(inside, outside) {
		bound, some, err := r.bound(b)
		if err != nil {
			return nil, err
		}
		if !some {
			return worth, r.empty(e, term, party)
		}
		term.Bounds = append(term.Bounds, bound)
	}
	if len(term.Bounds) == 0 {
		r.note(e.line, "a rectangle has no bound; it holds everywhere")
	}
	party.Terms = append(party.Terms, term)
	return worth, nil
}

// empty reads a rectangle that no package is inside of.
func (r *reader) empty(e *element, term settle.Term, party *settle.Party) error {
	r.note(e.line, "a rectangle has no option inside; every package is outside of it")
	if term.Outside {
		r.space.constant(party, term.Worth)
	}
	return nil
}

// bound reads one side of a rectangle; some is false when no option is in it.
func (r *reader) bound(e *element) (b settle.Bound, some bool, err error) {
	n, ok := integer(e.attr("index"))
	if !ok {
		return b, false, r.wrong(e.line, "the index %q of a bound is no whole number", e.attr("index"))
	}
	b.Issue = r.space.numbered(n)
	if b.Issue < 0 {
		return b, false, r.wrong(e.line, "the domain has no issue of number %d", n).With("bounds name issues by their index, from 1")
	}
	low, ok := rational(e.attr("min"))
	if !ok {
		return b, false, r.wrong(e.line, "min is %q, and no number", e.attr("min"))
	}
	high, ok := rational(e.attr("max"))
	if !ok {
		return b, false, r.wrong(e.line, "max is %q, and no number", e.attr("max"))
	}
	b.From, b.To, some, err = r.between(e.line, b.Issue, low, high)
	return b, some, err
}

// sortBy sorts a list by a number of its members.
func sortBy[T any](list []T, of func(T) int) {
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(of(a), of(b)) })
}
