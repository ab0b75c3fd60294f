package scenario

import (
	"cmp"
	"math/big"
	"strconv"
	"strings"

	"paraph/settle"
)

// classOf is the last word of a node's class: NegMAS writes "type:
// LinearAdditiveUtilityFunction" or the whole path of a class.
func classOf(n *node) string {
	name := cmp.Or(n.words("type"), n.words("__python_class__"), n.words("$type"))
	return name[strings.LastIndexByte(name, '.')+1:]
}

// negmasDomain reads an outcome space of NegMAS (Mohammad, Nakadai, Greenwald,
// "NegMAS: a platform for automated negotiations", PRIMA 2020).
func (r *reader) negmasDomain(tree *node) error {
	issues := tree.key("issues")
	if issues.kind != sequence || len(issues.items) == 0 {
		return r.wrong(issues.line, "the domain has no list of issues")
	}
	for i, n := range issues.items {
		issue, err := r.negmasIssue(n, i)
		if err != nil {
			return err
		}
		if err := r.add(n.line, issue, i); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) negmasIssue(n *node, place int) (settle.Issue, error) {
	if n.kind != mapping {
		return settle.Issue{}, r.wrong(n.line, "an issue has a name and values")
	}
	issue := settle.Issue{Name: cmp.Or(n.words("name"), "issue "+strconv.Itoa(place+1))}
	values, class := n.key("values"), classOf(n)
	switch {
	case values == nil:
		return issue, r.wrong(n.line, "issue %q has no values", issue.Name)
	case values.kind == scalar: // a count: from 0 to one less
		count, ok := integer(values.text)
		if !ok || count < 1 {
			return issue, r.wrong(values.line, "issue %q has the values %q", issue.Name, values.text).With("write a list, or how many whole numbers there are")
		}
		return r.stepped(n.line, issue.Name, new(big.Rat), big.NewRat(int64(count-1), 1), one)
	case values.kind != sequence:
		return issue, r.wrong(values.line, "issue %q has no list of values", issue.Name)
	}
	if class == "ContiguousIssue" || strings.HasPrefix(class, "Continuous") {
		return r.negmasRange(n, values, class, issue.Name)
	}
	if class == "" {
		r.note(n.line, "issue %q has no type; its values are read as a list", issue.Name)
	}
	for _, v := range values.items {
		if v.kind != scalar {
			return issue, r.wrong(v.line, "a value of issue %q is no word and no number", issue.Name)
		}
		issue.Options = append(issue.Options, v.text)
	}
	return issue, nil
}

// negmasRange reads an issue of two bounds: whole numbers, or an interval.
func (r *reader) negmasRange(n, values *node, class, name string) (settle.Issue, error) {
	if len(values.items) != 2 {
		return settle.Issue{}, r.wrong(values.line, "issue %q has %d bounds", name, len(values.items)).With("a %s has two: the least and the greatest", class)
	}
	var ends [2]*big.Rat
	for i := range ends {
		q, err := r.numberAt(values.items[i], "the bounds of issue "+name)
		if err != nil {
			return settle.Issue{}, err
		}
		ends[i] = q
	}
	if class == "ContiguousIssue" {
		return r.stepped(n.line, name, ends[0], ends[1], one)
	}
	return r.sampled(n.line, name, ends[0], ends[1], r.grid)
}

// negmasProfile reads a utility function of NegMAS.
func (r *reader) negmasProfile(tree *node) error {
	party := r.party(tree.words("name"))
	discounted := strings.Contains(classOf(tree), "Discounted")
	inner := tree
	if of := tree.key("ufun"); of != nil {
		if err := r.negmasDiscount(tree, party, discounted); err != nil {
			return err
		}
		inner = of
	}
	for _, n := range []*node{tree, inner} {
		if err := r.negmasFloor(n, party); err != nil {
			return err
		}
	}
	if party.Reservation == nil {
		r.note(0, "there is no reserved value; the party would take any package")
	}
	switch class := classOf(inner); class {
	case "LinearAdditiveUtilityFunction", "LinearUtilityAggregationFunction", "":
		return r.negmasAdditive(inner, party)
	case "LinearUtilityFunction", "AffineUtilityFunction":
		return r.negmasAdditive(inner, party)
	case "HyperRectangleUtilityFunction":
		return r.negmasRectangles(inner, party)
	default:
		return r.wrong(inner.line, "a utility function of type %q is not read", shortText(class)).With("LinearAdditive-, Linear-, Affine- and HyperRectangleUtilityFunction are")
	}
}

func (r *reader) negmasDiscount(tree *node, party *settle.Party, discounted bool) error {
	d := tree.key("discount")
	if !discounted || d == nil {
		return r.wrong(tree.line, "a utility function of type %q around another is not read", shortText(classOf(tree))).With("write the one inside alone")
	}
	q, err := r.numberAt(d, "the discount")
	if err != nil {
		return err
	}
	if q.Sign() <= 0 || q.Cmp(one) >= 0 {
		r.note(d.line, "the discount %s is not between 0 and 1; it is read as none", Decimal(q))
		return nil
	}
	party.Discount = q
	return nil
}

// negmasFloor reads the reserved value; minus infinity is none.
func (r *reader) negmasFloor(n *node, party *settle.Party) error {
	v := n.key("reserved_value")
	if v == nil {
		return nil
	}
	switch strings.ToLower(v.text) {
	case "-.inf", "-inf", ".nan", "nan", "-infinity":
		return nil
	}
	q, err := r.numberAt(v, "reserved_value")
	party.Reservation = q
	return err
}

// negmasAdditive reads weights and value functions, by place or by name.
func (r *reader) negmasAdditive(tree *node, party *settle.Party) error {
	values, weights := tree.key("values"), tree.key("weights")
	total := new(big.Rat)
	for i := range r.space.issues {
		w := big.NewRat(1, 1)
		if n, err := r.ofIssue(weights, "weights", i); err != nil {
			return err
		} else if n != nil {
			if w, err = r.numberAt(n, "the weight of issue "+r.space.issues[i].Name); err != nil {
				return err
			}
		} else if weights != nil {
			r.note(weights.line, "issue %q has no weight; it adds nothing", r.space.issues[i].Name)
			w = new(big.Rat)
		}
		total.Add(total, w)
		n, err := r.ofIssue(values, "values", i)
		if err != nil {
			return err
		}
		if n == nil && values != nil {
			r.note(values.line, "issue %q is not valued; it adds nothing", r.space.issues[i].Name)
			continue
		}
		row, err := r.valueFunction(n, tree.line, i)
		if err != nil {
			return err
		}
		weigh(row, w)
		party.Worth[i] = row
	}
	if weights == nil {
		r.note(tree.line, "there are no weights; each counts as 1")
	} else {
		r.weights(weights.line, total)
	}
	return r.bias(tree, party)
}

// bias adds the constant of a utility function.
func (r *reader) bias(tree *node, party *settle.Party) error {
	b := tree.key("bias")
	if b == nil {
		return nil
	}
	q, err := r.numberAt(b, "bias")
	if err == nil {
		r.space.constant(party, q)
	}
	return err
}

// ofIssue gives the member of a list or mapping for issue i; nil when it has none.
func (r *reader) ofIssue(n *node, what string, i int) (*node, error) {
	switch {
	case n == nil:
		return nil, nil
	case n.kind == mapping:
		if i == 0 {
			for _, k := range n.keys {
				if _, err := r.issueAt(k); err != nil {
					return nil, err
				}
			}
		}
		return n.key(r.space.issues[i].Name), nil
	case n.kind != sequence:
		return nil, r.wrong(n.line, "%s is no list", what)
	case len(n.items) != len(r.space.issues):
		return nil, r.wrong(n.line, "%s has %d members for %d issues", what, len(n.items), len(r.space.issues)).With("is this a profile of another domain?")
	case n.items[i].kind == nothing:
		return nil, nil
	}
	return n.items[i], nil
}

// valueFunction reads what the options of issue i are worth, before the weight;
// without a function, numbers are worth themselves.
func (r *reader) valueFunction(n *node, line, i int) ([]*big.Rat, error) {
	if n == nil {
		return r.polynomial(line, i, []*big.Rat{new(big.Rat), one})
	}
	if n.kind != mapping {
		return nil, r.wrong(n.line, "issue %q is valued in no known way", r.space.issues[i].Name)
	}
	parameter := func(name string) (*big.Rat, error) {
		v := n.key(name)
		if v == nil && name == "bias" {
			return new(big.Rat), nil
		}
		if v == nil {
			return nil, r.wrong(n.line, "a %s has no %s", classOf(n), name)
		}
		return r.numberAt(v, name)
	}
	var names []string
	switch class := classOf(n); class {
	case "TableFun":
		m := n.key("mapping")
		if m == nil {
			return nil, r.wrong(n.line, "a TableFun has no mapping")
		}
		return r.table(m, i)
	case "":
		return r.table(n, i)
	case "IdentityFun":
		return r.polynomial(n.line, i, []*big.Rat{new(big.Rat), one})
	case "ConstFun":
		names = []string{"bias"}
	case "LinearFun", "AffineFun":
		names = []string{"bias", "slope"}
	case "QuadraticFun":
		names = []string{"bias", "a1", "a2"}
	default:
		return nil, r.wrong(n.line, "a value function of type %q is not read", shortText(class)).With("TableFun, IdentityFun, ConstFun, LinearFun, AffineFun and QuadraticFun are")
	}
	var coefficients []*big.Rat
	for _, name := range names {
		q, err := parameter(name)
		if err != nil {
			return nil, err
		}
		coefficients = append(coefficients, q)
	}
	return r.polynomial(n.line, i, coefficients)
}

// polynomial values the numbers of issue i by c[0] + c[1]·x + c[2]·x² ….
func (r *reader) polynomial(line, i int, c []*big.Rat) ([]*big.Rat, error) {
	row := r.space.zeros(i)
	for o := range row {
		if len(c) == 1 {
			row[o].Set(c[0])
			continue
		}
		x := r.space.value(i, o)
		if x == nil {
			return nil, r.wrong(line, "%q of issue %q is no number, and its worth is computed from one", r.space.issues[i].Options[o], r.space.issues[i].Name).With("use a TableFun")
		}
		for n := len(c) - 1; n >= 0; n-- {
			row[o] = sum(c[n], product(row[o], x))
		}
	}
	return row, nil
}

// negmasRectangles reads a utility function of hyper-rectangles. Its ranges name
// issues by number, from 0.
func (r *reader) negmasRectangles(tree *node, party *settle.Party) error {
	ranges, utilities, weights := tree.key("outcome_ranges"), tree.key("utilities"), tree.key("weights")
	if utilities == nil {
		utilities = tree.key("mappings")
	}
	if ranges == nil || utilities == nil || ranges.kind != sequence || utilities.kind != sequence || len(ranges.items) != len(utilities.items) {
		return r.wrong(tree.line, "outcome_ranges and utilities are no lists of one length")
	}
	if weights != nil && (weights.kind != sequence || len(weights.items) != len(ranges.items)) {
		return r.wrong(weights.line, "weights is no list as long as outcome_ranges")
	}
	if len(ranges.items) > MaxTerms {
		return r.wrong(ranges.line, "has more than %d rectangles", MaxTerms)
	}
	for n, of := range ranges.items {
		worth, err := r.numberAt(utilities.items[n], "the utility of a rectangle")
		if err != nil {
			return err
		}
		if weights != nil {
			w, err := r.numberAt(weights.items[n], "the weight of a rectangle")
			if err != nil {
				return err
			}
			worth = product(worth, w)
		}
		if err := r.negmasRectangle(of, worth, party); err != nil {
			return err
		}
	}
	return r.bias(tree, party)
}

func (r *reader) negmasRectangle(of *node, worth *big.Rat, party *settle.Party) error {
	if of.kind == nothing || of.kind == mapping && len(of.keys) == 0 {
		r.note(of.line, "a rectangle has no bound; it holds everywhere")
		r.space.constant(party, worth)
		return nil
	}
	if of.kind != mapping {
		return r.wrong(of.line, "a rectangle has a range for the number of each issue it bounds")
	}
	term := settle.Term{Worth: worth}
	for n, k := range of.keys {
		number, ok := integer(k.text)
		if !ok || number < 0 || number >= len(r.space.issues) {
			return r.wrong(k.line, "the domain has no issue of number %s", shortText(k.text)).With("ranges name issues by number, from 0")
		}
		v := of.items[n]
		ends := []*node{v, v}
		if v.kind == sequence {
			ends = v.items
		}
		if len(ends) != 2 {
			return r.wrong(v.line, "a range has %d ends", len(ends)).With("write its least and its greatest number")
		}
		low, err := r.numberAt(ends[0], "the range of an issue")
		if err != nil {
			return err
		}
		high, err := r.numberAt(ends[1], "the range of an issue")
		if err != nil {
			return err
		}
		b := settle.Bound{Issue: number}
		var some bool
		if b.From, b.To, some, err = r.between(k.line, number, low, high); err != nil {
			return err
		}
		if !some {
			r.note(k.line, "a rectangle has no option inside; it adds nothing")
			return nil
		}
		term.Bounds = append(term.Bounds, b)
	}
	party.Terms = append(party.Terms, term)
	return nil
}
