package scenario

import (
	"math/big"

	"paraph/settle"
)

// Form is what a file of Paraph's own form says at its key "paraph". The form is
// told in docs/settlement-format.md.
const Form = "settlement/1"

// ownDomain reads a file of Paraph's own form as the domain: issues, rules and
// the status quo, and what parties it holds.
func (r *reader) ownDomain(tree *node) error {
	if err := r.ownHead(tree); err != nil {
		return err
	}
	issues := tree.key("issues")
	if issues == nil || issues.kind != sequence || len(issues.items) == 0 {
		return r.wrong(tree.line, "there is no list of issues").With(`write "issues": [{"name": "Seat", "options": ["Solenne", "Marat"]}]`)
	}
	for i, n := range issues.items {
		issue, err := r.ownIssue(n)
		if err != nil {
			return err
		}
		if r.space.issue(issue.Name) >= 0 {
			return r.wrong(n.line, "two issues are called %q", issue.Name).With("give each a name of its own")
		}
		if err := r.add(n.line, issue, i+1); err != nil {
			return err
		}
	}
	if err := r.ownRules(tree.key("rules")); err != nil {
		return err
	}
	if err := r.ownStatusQuo(tree.key("status_quo")); err != nil {
		return err
	}
	return r.ownPartiesOf(tree)
}

// ownParties reads a file of Paraph's own form as a profile: parties alone.
func (r *reader) ownParties(tree *node) error {
	if err := r.ownHead(tree); err != nil {
		return err
	}
	for i, k := range tree.keys {
		if k.text != "paraph" && k.text != "parties" && tree.items[i].kind != nothing {
			return r.wrong(k.line, "%q stands in a profile", k.text).With("issues, rules and the status quo belong to the domain")
		}
	}
	if tree.key("parties") == nil {
		return r.wrong(tree.line, "there is no list of parties")
	}
	return r.ownPartiesOf(tree)
}

func (r *reader) ownHead(tree *node) error {
	if said := tree.words("paraph"); said != Form {
		return r.wrong(tree.key("paraph").line, "the form %q is not known", shortText(said)).With("this program reads %q", Form)
	}
	return r.only(tree, "paraph", "name", "issues", "parties", "rules", "status_quo")
}

// only refuses keys that mean nothing, so that no misspelled one is passed over.
func (r *reader) only(n *node, known ...string) error {
	if n.kind != mapping {
		return r.wrong(n.line, "keys and values are needed here, as in {%q: …}", known[0])
	}
	for _, k := range n.keys {
		found := false
		for _, name := range known {
			found = found || k.text == name
		}
		if !found {
			return r.wrong(k.line, "the key %q means nothing here", shortText(k.text)).With("known are %v", known)
		}
	}
	return nil
}

func (r *reader) ownIssue(n *node) (settle.Issue, error) {
	if err := r.only(n, "name", "options", "values", "sampled", "from", "to", "step", "points"); err != nil {
		return settle.Issue{}, err
	}
	issue := settle.Issue{Name: n.words("name")}
	if issue.Name == "" {
		return issue, r.wrong(n.line, "an issue has no name")
	}
	if options := n.key("options"); options != nil {
		issue, err := r.ownOptions(n, options, issue)
		if err != nil {
			return issue, err
		}
		return r.ownValues(n, issue)
	}
	low, err := r.ownNumber(n, "from")
	if err != nil {
		return issue, err
	}
	high, err := r.ownNumber(n, "to")
	if err != nil {
		return issue, err
	}
	if n.key("step") == nil { // an interval
		points := r.grid
		if p := n.key("points"); p != nil {
			var ok bool
			if points, ok = integer(p.text); !ok || points < 2 || points > MaxOptions {
				return issue, r.wrong(p.line, "points is %q", shortText(p.text)).With("a whole number from 2 to %d", MaxOptions)
			}
		}
		return r.sampled(n.line, issue.Name, low, high, points)
	}
	step, err := r.ownNumber(n, "step")
	if err != nil {
		return issue, err
	}
	return r.stepped(n.line, issue.Name, low, high, step)
}

func (r *reader) ownOptions(n, options *node, issue settle.Issue) (settle.Issue, error) {
	if options.kind != sequence {
		return issue, r.wrong(options.line, "the options of issue %q are no list", issue.Name)
	}
	if len(options.items) > MaxOptions {
		return issue, r.tooMany(n.line, issue.Name)
	}
	seen := map[string]bool{}
	for _, o := range options.items {
		if o.kind != scalar || o.text == "" {
			return issue, r.wrong(o.line, "an option of issue %q is no word and no number", issue.Name)
		}
		if seen[o.text] {
			return issue, r.wrong(o.line, "issue %q has the option %q twice", issue.Name, shortText(o.text))
		}
		seen[o.text] = true
		issue.Options = append(issue.Options, o.text)
	}
	return issue, nil
}

// ownValues reads the numbers that options stand for, when they are said.
func (r *reader) ownValues(n *node, issue settle.Issue) (settle.Issue, error) {
	issue.Sampled = n.words("sampled") == "true"
	values := n.key("values")
	if values == nil {
		if issue.Sampled {
			return issue, r.wrong(n.line, "issue %q is sampled and has no values", issue.Name)
		}
		return issue, nil
	}
	if values.kind != sequence || len(values.items) != len(issue.Options) {
		return issue, r.wrong(values.line, "issue %q has not one value for each of its %d options", issue.Name, len(issue.Options))
	}
	for i, v := range values.items {
		q, err := r.numberAt(v, "the values of issue "+issue.Name)
		if err != nil {
			return issue, err
		}
		if i > 0 && q.Cmp(issue.Values[i-1]) <= 0 {
			return issue, r.wrong(v.line, "the values of issue %q do not rise", issue.Name)
		}
		issue.Values = append(issue.Values, q)
	}
	return issue, nil
}

// ownNumber reads the number of a key that must be there.
func (r *reader) ownNumber(n *node, name string) (*big.Rat, error) {
	v := n.key(name)
	if v == nil {
		return nil, r.wrong(n.line, "%q is missing", name)
	}
	return r.numberAt(v, name)
}
