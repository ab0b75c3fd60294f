package scenario

import (
	"math/big"
	"paraph/settle"
)

func (r *reader) ownPartiesOf(tree *node) error {
	parties := tree.key("parties")
	if parties == nil {
		return nil
	}
	if parties.kind != sequence {
		return r.wrong(parties.line, "the parties are no list")
	}
	if len(parties.items) > MaxParties {
		return r.wrong(parties.line, "%d parties are too many", len(parties.items)).With("at most %d", MaxParties)
	}
	for _, n := range parties.items {
		if err := r.ownParty(n); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) ownParty(n *node) error {
	if err := r.only(n, "name", "worth", "doubt", "terms", "reservation", "weight", "discount"); err != nil {
		return err
	}
	if n.words("name") == "" {
		return r.wrong(n.line, "a party has no name")
	}
	party := r.party(n.words("name"))
	for name, into := range map[string]**big.Rat{"reservation": &party.Reservation, "weight": &party.Weight, "discount": &party.Discount} {
		if v := n.key(name); v != nil {
			q, err := r.numberAt(v, name)
			if err != nil {
				return err
			}
			*into = q
		}
	}
	if w := party.Weight; w != nil && w.Sign() <= 0 {
		return r.wrong(n.key("weight").line, "the weight of %s is not above 0", party.Name)
	}
	if d := party.Discount; d != nil && (d.Sign() <= 0 || d.Cmp(one) > 0) {
		return r.wrong(n.key("discount").line, "the discount of %s is not above 0 and at most 1", party.Name)
	}
	if v := n.key("worth"); v != nil {
		if err := r.ownTable(v, party.Worth); err != nil {
			return err
		}
	}
	if v := n.key("doubt"); v != nil {
		party.Doubt = r.space.rows()
		if err := r.ownTable(v, party.Doubt); err != nil {
			return err
		}
	}
	return r.ownTerms(n.key("terms"), party)
}

// ownTable reads numbers by issue and option. For numbers a straight line may be
// said by the worth of the first and of the last: {"first": 0, "last": 1}.
func (r *reader) ownTable(v *node, table [][]*big.Rat) error {
	if v.kind != mapping {
		return r.wrong(v.line, "worths are said by issue, as in {\"Seat\": {\"Solenne\": 1}}")
	}
	for n, k := range v.keys {
		i, err := r.issueAt(k)
		if err != nil {
			return err
		}
		of := v.items[n]
		if r.space.issues[i].Values != nil && of.key("first") != nil && of.key("last") != nil {
			table[i], err = r.ownLine(of, i)
		} else {
			table[i], err = r.ownRow(of, i)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) ownRow(of *node, i int) ([]*big.Rat, error) {
	for _, k := range of.keys {
		if r.space.option(i, k.text) < 0 {
			return nil, r.wrong(k.line, "issue %q has no option %q", r.space.issues[i].Name, shortText(k.text))
		}
	}
	return r.table(of, i)
}

func (r *reader) ownLine(of *node, i int) ([]*big.Rat, error) {
	if err := r.only(of, "first", "last"); err != nil {
		return nil, err
	}
	first, err := r.ownNumber(of, "first")
	if err != nil {
		return nil, err
	}
	last, err := r.ownNumber(of, "last")
	if err != nil {
		return nil, err
	}
	values := r.space.issues[i].Values
	low, high := values[0], values[len(values)-1]
	row := r.space.zeros(i)
	for o, v := range values {
		row[o].Set(first)
		if high.Cmp(low) > 0 {
			share := new(big.Rat).Quo(new(big.Rat).Sub(v, low), new(big.Rat).Sub(high, low))
			row[o] = sum(first, product(share, new(big.Rat).Sub(last, first)))
		}
	}
	return row, nil
}

func (r *reader) ownTerms(list *node, party *settle.Party) error {
	if list == nil {
		return nil
	}
	if list.kind != sequence || len(list.items) > MaxTerms {
		return r.wrong(list.line, "the terms are no list, or more than %d", MaxTerms)
	}
	for _, n := range list.items {
		if err := r.only(n, "worth", "when", "outside"); err != nil {
			return err
		}
		worth, err := r.ownNumber(n, "worth")
		if err != nil {
			return err
		}
		term := settle.Term{Worth: worth}
		switch said := n.words("outside"); said {
		case "true", "false", "":
			term.Outside = said == "true"
		default:
			return r.wrong(n.line, "outside is %q", said).With("true or false")
		}
		when := n.key("when")
		if when == nil || when.kind != sequence {
			return r.wrong(n.line, "a term does not say when it holds").With(`write "when": [{"issue": "Seat", "option": "Marat"}]`)
		}
		for _, b := range when.items {
			bound, err := r.ownBound(b)
			if err != nil {
				return err
			}
			term.Bounds = append(term.Bounds, bound)
		}
		party.Terms = append(party.Terms, term)
	}
	return nil
}

// ownBound reads {"issue", "option"} or {"issue", "from", "to"}: from one option
// to another in the order in which the issue lists them.
func (r *reader) ownBound(n *node) (settle.Bound, error) {
	if err := r.only(n, "issue", "option", "from", "to"); err != nil {
		return settle.Bound{}, err
	}
	if n.key("option") != nil {
		c, err := r.ownChoice(n, "option")
		return settle.Bound{Issue: c.Issue, From: c.Option, To: c.Option}, err
	}
	from, err := r.ownChoice(n, "from")
	if err != nil {
		return settle.Bound{}, err
	}
	to, err := r.ownChoice(n, "to")
	if err == nil && to.Option < from.Option {
		err = r.wrong(n.line, "%q comes after %q", n.words("from"), n.words("to")).With("options are in the order in which the issue lists them")
	}
	return settle.Bound{Issue: from.Issue, From: from.Option, To: to.Option}, err
}

// ownChoice reads an issue, and one of its options by a key.
func (r *reader) ownChoice(n *node, key string) (settle.Choice, error) {
	name, option := n.key("issue"), n.key(key)
	if name == nil || option == nil || option.kind != scalar {
		return settle.Choice{}, r.wrong(n.line, "a choice has an issue and an option").With(`write {"issue": "Seat", "option": "Marat"}`)
	}
	i, err := r.issueAt(name)
	if err != nil {
		return settle.Choice{}, err
	}
	o := r.space.option(i, option.text)
	if o < 0 {
		return settle.Choice{}, r.wrong(option.line, "issue %q has no option %q", name.text, shortText(option.text))
	}
	return settle.Choice{Issue: i, Option: o}, nil
}

func (r *reader) ownRules(list *node) error {
	if list == nil {
		return nil
	}
	if list.kind != sequence || len(list.items) > MaxTerms {
		return r.wrong(list.line, "the rules are no list, or more than %d", MaxTerms)
	}
	for _, n := range list.items {
		if err := r.only(n, "if", "then"); err != nil {
			return err
		}
		when, err := r.ownChoices(n.key("if"))
		if err != nil {
			return err
		}
		then, err := r.ownChoices(n.key("then"))
		if err != nil {
			return err
		}
		if len(when)+len(then) == 0 {
			return r.wrong(n.line, "a rule says nothing").With(`write "if" and "then", or one of them`)
		}
		r.problem.Rules = append(r.problem.Rules, settle.Rule{If: when, Then: then})
	}
	return nil
}

func (r *reader) ownChoices(list *node) ([]settle.Choice, error) {
	if list == nil {
		return nil, nil
	}
	if list.kind != sequence {
		return nil, r.wrong(list.line, "choices are a list")
	}
	var out []settle.Choice
	for _, n := range list.items {
		if err := r.only(n, "issue", "option"); err != nil {
			return nil, err
		}
		c, err := r.ownChoice(n, "option")
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

// ownStatusQuo reads an option for every issue.
func (r *reader) ownStatusQuo(n *node) error {
	if n == nil {
		return nil
	}
	if n.kind != mapping {
		return r.wrong(n.line, "the status quo is an option for every issue, as in {\"Seat\": \"Marat\"}")
	}
	k, err := r.packageOf(n)
	r.problem.StatusQuo = k
	return err
}

func (r *reader) packageOf(n *node) (settle.Package, error) {
	for _, k := range n.keys {
		if _, err := r.issueAt(k); err != nil {
			return nil, err
		}
	}
	out := make(settle.Package, len(r.space.issues))
	for i := range out {
		name := r.space.issues[i].Name
		v := n.key(name)
		if v == nil {
			return nil, r.wrong(n.line, "the status quo leaves issue %q open", name)
		}
		if out[i] = r.space.option(i, v.text); out[i] < 0 || v.kind != scalar {
			return nil, r.wrong(v.line, "issue %q has no option %q", name, shortText(v.text))
		}
	}
	return out, nil
}
