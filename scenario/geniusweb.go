package scenario

import (
	"math/big"
	"strings"

	"paraph/settle"
)

// webDomain reads a domain of GeniusWeb: {"name", "issuesValues": {issue:
// {"values": […]} or {"range": [low, high, step]}}}.
func (r *reader) webDomain(tree *node) error {
	issues := tree.key("issuesValues")
	if issues.kind != mapping || len(issues.keys) == 0 {
		return r.wrong(issues.line, "issuesValues names no issue")
	}
	for i, k := range issues.keys {
		issue, err := r.webIssue(k, issues.items[i])
		if err != nil {
			return err
		}
		if err := r.add(k.line, issue, i+1); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) webIssue(k, v *node) (settle.Issue, error) {
	issue := settle.Issue{Name: k.text}
	if list := v.key("values"); list != nil && list.kind == sequence {
		for _, o := range list.items {
			if o.kind != scalar {
				return issue, r.wrong(o.line, "an option of issue %q is no word and no number", k.text)
			}
			issue.Options = append(issue.Options, o.text)
		}
		return issue, nil
	}
	ends := v.key("range")
	if ends == nil || ends.kind != sequence || len(ends.items) != 3 {
		return issue, r.wrong(k.line, "issue %q has neither values nor a range", k.text).With(`write "values": […] or "range": [low, high, step]`)
	}
	var n [3]*big.Rat
	for i := range n {
		q, err := r.numberAt(ends.items[i], "the range of issue "+k.text)
		if err != nil {
			return issue, err
		}
		n[i] = q
	}
	return r.stepped(k.line, k.text, n[0], n[1], n[2])
}

// numberAt reads a scalar as a number.
func (r *reader) numberAt(n *node, of string) (*big.Rat, error) {
	if n.kind == scalar {
		if q, ok := rational(n.text); ok {
			return q, nil
		}
		return nil, r.wrong(n.line, "%s: %q is no number", of, shortText(n.text)).With("write it as in 0.25 or 1/4")
	}
	return nil, r.wrong(n.line, "%s: a number is needed", of)
}

// shortText cuts what an error quotes.
func shortText(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}

// webProfile reads a profile of GeniusWeb that gives worths.
func (r *reader) webProfile(tree *node) error {
	kind, space := tree.keys[0].text, tree.items[0]
	if space.kind != mapping {
		return r.wrong(space.line, "%s holds nothing", kind)
	}
	party := r.party(space.words("name"))
	if domain := space.key("domain"); domain != nil {
		if err := r.sameDomain(domain); err != nil {
			return err
		}
	}
	var err error
	switch strings.TrimSuffix(kind, "UtilitySpace") {
	case "LinearAdditive":
		err = r.webAdditive(space, party)
	case "SumOfGroups":
		err = r.webGroups(space, party)
	default:
		err = r.wrong(tree.line, "a profile %s says which packages are better, not what they are worth", kind).With("LinearAdditiveUtilitySpace and SumOfGroupsUtilitySpace are read")
	}
	if err != nil {
		return err
	}
	return r.webFloor(space, party)
}

// sameDomain holds the domain that a profile carries against the one that is read.
func (r *reader) sameDomain(domain *node) error {
	issues := domain.key("issuesValues")
	if issues == nil || issues.kind != mapping {
		return nil
	}
	for _, k := range issues.keys {
		if r.space.issue(k.text) < 0 {
			return r.wrong(k.line, "the profile's own domain has an issue %q, and the domain has not", k.text).With("is this a profile of another domain?")
		}
	}
	if len(issues.keys) != len(r.space.issues) {
		r.note(issues.line, "the profile's own domain has %d of the %d issues", len(issues.keys), len(r.space.issues))
	}
	return nil
}

func (r *reader) webAdditive(space *node, party *settle.Party) error {
	weights, utilities := space.key("issueWeights"), space.key("issueUtilities")
	if utilities == nil || utilities.kind != mapping {
		return r.wrong(space.line, "the profile has no issueUtilities")
	}
	if weights == nil || weights.kind != mapping {
		return r.wrong(space.line, "the profile has no issueWeights")
	}
	total := new(big.Rat)
	for n, k := range utilities.keys {
		i, err := r.issueAt(k)
		if err != nil {
			return err
		}
		row, err := r.webValues(k, utilities.items[n], i)
		if err != nil {
			return err
		}
		w := weights.key(k.text)
		if w == nil {
			r.note(k.line, "issue %q has no weight; it adds nothing", k.text)
			continue
		}
		q, err := r.numberAt(w, "the weight of issue "+k.text)
		if err != nil {
			return err
		}
		total.Add(total, q)
		weigh(row, q)
		party.Worth[i] = row
	}
	for _, k := range weights.keys {
		if _, err := r.issueAt(k); err != nil {
			return err
		}
	}
	r.unvalued(utilities)
	r.weights(weights.line, total)
	return nil
}

// unvalued tells which issues a mapping by their names leaves out.
func (r *reader) unvalued(by *node) {
	for i := range r.space.issues {
		if name := r.space.issues[i].Name; by.key(name) == nil {
			r.note(by.line, "issue %q is not valued; it adds nothing", name)
		}
	}
}

func (r *reader) issueAt(k *node) (int, error) {
	if i := r.space.issue(k.text); i >= 0 {
		return i, nil
	}
	return 0, r.wrong(k.line, "the domain has no issue %q", shortText(k.text)).With("is this a profile of another domain?")
}

// webValues reads the worths of an issue's options, before the weight. Old files
// call the two ways discreteutils and numberutils.
func (r *reader) webValues(k, v *node, i int) ([]*big.Rat, error) {
	for _, name := range []string{"DiscreteValueSetUtilities", "discreteutils"} {
		if of := v.key(name); of != nil {
			if inner := of.key("valueUtilities"); inner != nil {
				of = inner
			}
			return r.table(of, i)
		}
	}
	for _, name := range []string{"NumberValueSetUtilities", "numberutils"} {
		if of := v.key(name); of != nil {
			return r.line(of, i)
		}
	}
	return nil, r.wrong(k.line, "issue %q is valued in no known way", k.text).With("DiscreteValueSetUtilities and NumberValueSetUtilities are read")
}

// table reads a worth for each option; options without one count as 0.
func (r *reader) table(of *node, i int) ([]*big.Rat, error) {
	issue := &r.space.issues[i]
	if of.kind != mapping {
		return nil, r.wrong(of.line, "issue %q has no table of worths", issue.Name)
	}
	row, known := make([]*big.Rat, len(issue.Options)), 0
	for n, k := range of.keys {
		o := r.space.option(i, k.text)
		if o < 0 {
			r.note(k.line, "the domain has no option %q of issue %q; its worth is left out", k.text, issue.Name)
			continue
		}
		q, err := r.numberAt(of.items[n], "the worth of "+shortText(k.text))
		if err != nil {
			return nil, err
		}
		row[o] = q
		known++
	}
	if known == 0 {
		return nil, r.wrong(of.line, "no option of issue %q is one of the domain's", issue.Name).With("is this a profile of another domain?")
	}
	for o, q := range row {
		if q == nil {
			r.note(of.line, "%q of issue %q has no worth; it counts as 0", issue.Options[o], issue.Name)
			row[o] = new(big.Rat)
		}
	}
	return row, nil
}

// line reads the worths of a low and a high number, with a straight line between
// them; numbers outside count as 0.
func (r *reader) line(of *node, i int) ([]*big.Rat, error) {
	var at [4]*big.Rat
	for n, name := range []string{"lowValue", "lowUtility", "highValue", "highUtility"} {
		v := of.key(name)
		if v == nil {
			return nil, r.wrong(of.line, "issue %q has no %s", r.space.issues[i].Name, name)
		}
		q, err := r.numberAt(v, name)
		if err != nil {
			return nil, err
		}
		at[n] = q
	}
	low, lowWorth, high, highWorth := at[0], at[1], at[2], at[3]
	if high.Cmp(low) <= 0 {
		return nil, r.wrong(of.line, "lowValue is not below highValue")
	}
	slope := new(big.Rat).Quo(new(big.Rat).Sub(highWorth, lowWorth), new(big.Rat).Sub(high, low))
	row, outside := r.space.zeros(i), 0
	for o := range row {
		v := r.space.value(i, o)
		if v == nil {
			return nil, r.wrong(of.line, "%q of issue %q is no number", r.space.issues[i].Options[o], r.space.issues[i].Name)
		}
		if v.Cmp(low) < 0 || v.Cmp(high) > 0 {
			outside++
			continue
		}
		row[o] = sum(lowWorth, product(slope, new(big.Rat).Sub(v, low)))
	}
	if outside > 0 {
		r.note(of.line, "outside of lowValue to highValue, options of issue %q count as 0: %d of them", r.space.issues[i].Name, outside)
	}
	return row, nil
}

// webGroups reads a sum over groups of issues: a worth for combinations of
// options, 0 for those that are not said.
func (r *reader) webGroups(space *node, party *settle.Party) error {
	parts := space.key("partUtilities")
	if parts == nil || parts.kind != mapping {
		return r.wrong(space.line, "the profile has no partUtilities")
	}
	valued := make([]bool, len(r.space.issues))
	for n, k := range parts.keys {
		of := parts.items[n]
		for _, name := range []string{"partsutils", "PartsUtilities"} {
			if inner := of.key(name); inner != nil {
				of = inner
			}
		}
		issues, list := of.key("issues"), of.key("utilslist")
		if issues == nil || list == nil || issues.kind != sequence || list.kind != sequence {
			return r.wrong(k.line, "part %q has no issues or no utilslist", k.text)
		}
		var group []int
		for _, name := range issues.items {
			i, err := r.issueAt(name)
			if err != nil {
				return err
			}
			if valued[i] {
				return r.wrong(name.line, "issue %q is in two parts", name.text).With("parts do not overlap")
			}
			valued[i] = true
			group = append(group, i)
		}
		for _, of := range list.items {
			if err := r.combination(of, group, party); err != nil {
				return err
			}
		}
	}
	for i, ok := range valued {
		if !ok {
			r.note(parts.line, "issue %q is in no part; it adds nothing", r.space.issues[i].Name)
		}
	}
	return nil
}

// combination reads the worth of one option for each issue of a group. For a
// group of one issue that is a worth of its option.
func (r *reader) combination(of *node, group []int, party *settle.Party) error {
	values, util := of.key("values"), of.key("util")
	if values == nil || util == nil || values.kind != sequence || len(values.items) != len(group) {
		return r.wrong(of.line, "a combination has not one value for each of its %d issues, and a util", len(group))
	}
	q, err := r.numberAt(util, "util")
	if err != nil {
		return err
	}
	if len(party.Terms) == MaxTerms {
		return r.wrong(of.line, "has more than %d combinations", MaxTerms)
	}
	term := settle.Term{Worth: q}
	for n, v := range values.items {
		o := r.space.option(group[n], v.text)
		if o < 0 {
			r.note(v.line, "the domain has no option %q of issue %q; the combination is left out", v.text, r.space.issues[group[n]].Name)
			return nil
		}
		term.Bounds = append(term.Bounds, settle.Bound{Issue: group[n], From: o, To: o})
	}
	if len(group) > 1 {
		party.Terms = append(party.Terms, term)
		return nil
	}
	b := term.Bounds[0]
	if party.Worth[b.Issue] == nil {
		party.Worth[b.Issue] = r.space.zeros(b.Issue)
	}
	party.Worth[b.Issue][b.From] = q
	return nil
}

// webFloor makes the reservation value of the reservation bid: what that package
// is worth. Issues that it leaves out count as 0, as in GeniusWeb.
func (r *reader) webFloor(space *node, party *settle.Party) error {
	bid := space.key("reservationBid")
	if bid == nil {
		r.note(0, "there is no reservation bid; the party would take any package")
		return nil
	}
	values := bid.key("issuevalues")
	if values == nil {
		values = bid.key("issueValues")
	}
	if values == nil || values.kind != mapping {
		return r.wrong(bid.line, "the reservation bid has no issuevalues")
	}
	chosen := make([]int, len(r.space.issues))
	for i := range chosen {
		chosen[i] = -1
	}
	for n, k := range values.keys {
		i, err := r.issueAt(k)
		if err != nil {
			return err
		}
		o := r.space.option(i, values.items[n].text)
		if o < 0 {
			return r.wrong(values.items[n].line, "the domain has no option %q of issue %q", values.items[n].text, k.text)
		}
		chosen[i] = o
	}
	party.Reservation = new(big.Rat)
	for i, o := range chosen {
		if o < 0 {
			r.note(values.line, "the reservation bid leaves issue %q out, which counts as 0", r.space.issues[i].Name)
		} else if row := party.Worth[i]; row != nil {
			party.Reservation.Add(party.Reservation, row[o])
		}
	}
	for _, t := range party.Terms {
		holds := true
		for _, b := range t.Bounds {
			holds = holds && chosen[b.Issue] >= b.From && chosen[b.Issue] <= b.To
		}
		if holds {
			party.Reservation.Add(party.Reservation, t.Worth)
		}
	}
	return nil
}
