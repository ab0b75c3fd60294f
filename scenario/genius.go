package scenario

import (
	"cmp"
	"math/big"

	"paraph/settle"
)

// geniusDomain reads a domain of GENIUS (Lin, Kraus, Baarslag and others, "Genius:
// an integrated environment for supporting the design of generic automated
// negotiators", Computational Intelligence 30, 2014).
func (r *reader) geniusDomain(root *element) error {
	found := root.below("issue")
	if len(found) == 0 {
		return r.wrong(root.line, "the domain has no <issue>")
	}
	for place, e := range found {
		number, err := r.index(e, place+1)
		if err != nil {
			return err
		}
		issue, err := r.geniusIssue(e)
		if err != nil {
			return err
		}
		if err := r.add(e.line, issue, number); err != nil {
			return err
		}
	}
	for _, space := range root.all("utility_space") {
		said := space.attr("number_of_issues")
		if n, ok := integer(said); said != "" && (!ok || n != len(found)) {
			r.note(space.line, "number_of_issues is %s, and the domain has %d; those that are there are read", said, len(found))
		}
	}
	return nil
}

// index is the number that an element gives itself; its place when it gives none.
func (r *reader) index(e *element, place int) (int, error) {
	said := e.attr("index")
	if said == "" {
		r.note(e.line, "<%s> has no index; its place, %d, is taken", e.name, place)
		return place, nil
	}
	n, ok := integer(said)
	if !ok {
		return 0, r.wrong(e.line, "the index %q of <%s> is no whole number", said, e.name)
	}
	return n, nil
}

// kindOf is what sort of issue an element tells of: "discrete", "integer" or
// "real". Old files leave it out; then what the element holds tells it.
func (r *reader) kindOf(e *element) (string, error) {
	kind := cmp.Or(e.attr("type"), e.attr("etype"), e.attr("vtype"))
	if v := e.attr("vtype"); (v == "integer" || v == "real") && kind == "discrete" && len(e.all("item")) == 0 {
		kind = v
	}
	if kind == "" {
		kind = "discrete"
		if low, _ := bounds(e); len(e.all("item")) == 0 && low != "" {
			kind = "integer"
		}
		r.note(e.line, "issue %q has no type; it is read as %s", e.attr("name"), kind)
	}
	switch kind {
	case "discrete", "integer", "real":
		return kind, nil
	}
	return "", r.wrong(e.line, "issue %q is of type %q", e.attr("name"), kind).With("discrete, integer and real are read")
}

// bounds are the ends of an issue that is a range: its own attributes, or those
// of a <range> in it.
func bounds(e *element) (low, high string) {
	for _, of := range append([]*element{e}, e.all("range")...) {
		low, high = cmp.Or(low, of.attr("lowerbound")), cmp.Or(high, of.attr("upperbound"))
	}
	return low, high
}

func (r *reader) geniusIssue(e *element) (settle.Issue, error) {
	kind, err := r.kindOf(e)
	if err != nil {
		return settle.Issue{}, err
	}
	issue := settle.Issue{Name: e.attr("name")}
	if kind == "discrete" {
		for _, item := range e.all("item") {
			issue.Options = append(issue.Options, item.attr("value"))
		}
		return issue, nil
	}
	low, high, err := r.ends(e)
	if err != nil {
		return issue, err
	}
	if kind == "real" {
		return r.sampled(e.line, issue.Name, low, high, r.grid)
	}
	if !low.IsInt() || !high.IsInt() {
		return issue, r.wrong(e.line, "issue %q of whole numbers goes from %s to %s", issue.Name, Decimal(low), Decimal(high)).With("its bounds are whole numbers")
	}
	return r.stepped(e.line, issue.Name, low, high, one)
}

// ends are the bounds of an issue as numbers.
func (r *reader) ends(e *element) (low, high *big.Rat, err error) {
	from, to := bounds(e)
	low, ok := rational(from)
	if !ok {
		return nil, nil, r.wrong(e.line, "issue %q has the lower bound %q", e.attr("name"), from).With("write a number, as in lowerbound=\"0\"")
	}
	high, ok = rational(to)
	if !ok {
		return nil, nil, r.wrong(e.line, "issue %q has the upper bound %q", e.attr("name"), to).With("write a number, as in upperbound=\"10\"")
	}
	return low, high, nil
}

// geniusProfile reads a utility space of GENIUS.
func (r *reader) geniusProfile(root *element) error {
	party := r.party("")
	if err := r.geniusFloor(root, party); err != nil {
		return err
	}
	if functions := root.below("utility"); len(functions) > 0 {
		return r.rectangles(root, functions[0], party)
	}
	if functions := root.below("utility_function"); len(functions) > 0 { // as NegMAS writes it
		return r.rectangles(root, functions[0], party)
	}
	return r.additive(root, party)
}

// geniusFloor reads the reservation value and the discount. In GENIUS a discount
// of 0 means that there is none.
func (r *reader) geniusFloor(root *element, party *settle.Party) error {
	said := false
	for _, e := range root.below("reservation") {
		q, ok := rational(e.attr("value"))
		if !ok {
			return r.wrong(e.line, "the reservation value %q is no number", e.attr("value"))
		}
		party.Reservation, said = q, true
	}
	if !said {
		r.note(0, "there is no reservation value; the party would take any package")
	}
	for _, e := range root.below("discount_factor") {
		q, ok := rational(e.attr("value"))
		switch {
		case !ok:
			return r.wrong(e.line, "the discount factor %q is no number", e.attr("value"))
		case q.Sign() == 0:
			r.note(e.line, "the discount factor is 0, which means none")
		case q.Sign() < 0 || q.Cmp(one) > 0:
			r.note(e.line, "the discount factor %s is not between 0 and 1; it is read as none", Decimal(q))
		case q.Cmp(one) < 0:
			party.Discount = q
		}
	}
	return nil
}

// additive reads weights and evaluators of a linear utility space.
func (r *reader) additive(root *element, party *settle.Party) error {
	weights, err := r.geniusWeights(root)
	if err != nil {
		return err
	}
	total := new(big.Rat)
	done := make([]bool, len(r.space.issues))
	for place, e := range root.below("issue") {
		i, number, err := r.geniusPlace(e, place+1)
		if err != nil {
			return err
		}
		if done[i] {
			return r.wrong(e.line, "issue %q is valued twice", r.space.issues[i].Name).With("keep the one that holds")
		}
		done[i] = true
		row, err := r.evaluator(e, i)
		if err != nil {
			return err
		}
		w, weighed := weights[number]
		if !weighed {
			r.note(e.line, "issue %q has no weight; it adds nothing", r.space.issues[i].Name)
			continue
		}
		delete(weights, number)
		total.Add(total, w.value)
		weigh(row, w.value)
		party.Worth[i] = row
	}
	for i, ok := range done {
		if !ok {
			r.note(0, "issue %q is not valued; it adds nothing", r.space.issues[i].Name)
		}
	}
	for _, w := range inOrder(weights) {
		r.note(w.line, "the weight %s is of number %d, which is no issue; it is left out", Decimal(w.value), w.number)
	}
	r.weights(0, total)
	return nil
}

// weight is one weight of a file.
type weight struct {
	number, line int
	value        *big.Rat
}

func (r *reader) geniusWeights(root *element) (map[int]weight, error) {
	weights := map[int]weight{}
	for place, e := range root.below("weight") {
		n, err := r.index(e, place+1)
		if err != nil {
			return nil, err
		}
		q, ok := rational(e.attr("value"))
		if !ok {
			return nil, r.wrong(e.line, "the weight %q is no number", e.attr("value"))
		}
		if _, twice := weights[n]; twice {
			r.note(e.line, "the weight of number %d is said twice; the later holds", n)
		}
		weights[n] = weight{n, e.line, q}
	}
	return weights, nil
}

// inOrder gives weights as they stand in the file.
func inOrder(weights map[int]weight) []weight {
	var out []weight
	for _, w := range weights {
		out = append(out, w)
	}
	sortBy(out, func(w weight) int { return w.line<<20 + w.number })
	return out
}

// geniusPlace finds the domain's issue that an element of a profile values: by
// its name, and by its number when the domain has no such name.
func (r *reader) geniusPlace(e *element, place int) (issue, number int, err error) {
	number, err = r.index(e, place)
	if err != nil {
		return 0, 0, err
	}
	name := e.attr("name")
	byNumber := r.space.numbered(number)
	if byNumber >= 0 && r.space.issues[byNumber].Name == name {
		return byNumber, number, nil
	}
	if i := r.space.issue(name); i >= 0 {
		r.note(e.line, "issue %q has another number in the domain; it is found by its name", name)
		return i, number, nil
	}
	if byNumber >= 0 {
		r.note(e.line, "issue %q is called %q in the domain; it is found by its number", name, r.space.issues[byNumber].Name)
		return byNumber, number, nil
	}
	return 0, 0, r.wrong(e.line, "the domain has no issue %q (number %d)", name, number).With("is this a profile of another domain?")
}
