package scenario

import (
	"bytes"
	"encoding/json"
	"math/big"
	"slices"

	"paraph/fault"
	"paraph/settle"
)

// Write gives a problem in Paraph's own form, so that Read gives the same problem
// back. Names of issues, of an issue's options and of parties must be their own.
func Write(p *settle.Problem) ([]byte, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if err := distinctNames(p); err != nil {
		return nil, err
	}
	out := writtenProblem{Paraph: Form}
	for _, issue := range p.Issues {
		out.Issues = append(out.Issues, writtenIssue{issue.Name, issue.Options, decimals(issue.Values), issue.Sampled})
	}
	for i := range p.Parties {
		out.Parties = append(out.Parties, partyOf(p, &p.Parties[i]))
	}
	for _, rule := range p.Rules {
		out.Rules = append(out.Rules, writtenRule{choices(p, rule.If), choices(p, rule.Then)})
	}
	if p.StatusQuo != nil {
		for i, o := range p.StatusQuo {
			out.StatusQuo = append(out.StatusQuo, pair{p.Issues[i].Name, p.Issues[i].Options[o]})
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(out)
	return b.Bytes(), err
}

// What is written, in its order.
type (
	writtenProblem struct {
		Paraph    string         `json:"paraph"`
		Issues    []writtenIssue `json:"issues"`
		Rules     []writtenRule  `json:"rules,omitempty"`
		StatusQuo pairs          `json:"status_quo,omitempty"`
		Parties   []writtenParty `json:"parties,omitempty"`
	}
	writtenIssue struct {
		Name    string   `json:"name"`
		Options []string `json:"options"`
		Values  []string `json:"values,omitempty"`
		Sampled bool     `json:"sampled,omitempty"`
	}
	writtenParty struct {
		Name        string        `json:"name"`
		Reservation string        `json:"reservation,omitempty"`
		Weight      string        `json:"weight,omitempty"`
		Discount    string        `json:"discount,omitempty"`
		Worth       pairs         `json:"worth,omitempty"`
		Doubt       *pairs        `json:"doubt,omitempty"`
		Terms       []writtenTerm `json:"terms,omitempty"`
	}
	writtenTerm struct {
		Worth   string         `json:"worth"`
		When    []writtenBound `json:"when"`
		Outside bool           `json:"outside,omitempty"`
	}
	writtenBound struct {
		Issue string `json:"issue"`
		From  string `json:"from"`
		To    string `json:"to"`
	}
	writtenRule struct {
		If   []writtenChoice `json:"if,omitempty"`
		Then []writtenChoice `json:"then,omitempty"`
	}
	writtenChoice struct {
		Issue  string `json:"issue"`
		Option string `json:"option"`
	}
	pair struct {
		key   string
		value any
	}
	pairs []pair // an object whose keys keep their order
)

// MarshalJSON writes the pairs as an object.
func (list pairs) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(p.key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(p.value)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func partyOf(p *settle.Problem, party *settle.Party) writtenParty {
	out := writtenParty{
		Name: party.Name, Reservation: decimal(party.Reservation), Weight: decimal(party.Weight), Discount: decimal(party.Discount),
		Worth: worths(p, party.Worth),
	}
	if party.Doubt != nil {
		doubt := append(pairs{}, worths(p, party.Doubt)...)
		out.Doubt = &doubt
	}
	for _, t := range party.Terms {
		term := writtenTerm{Worth: Decimal(t.Worth), Outside: t.Outside, When: []writtenBound{}}
		for _, b := range t.Bounds {
			issue := &p.Issues[b.Issue]
			term.When = append(term.When, writtenBound{issue.Name, issue.Options[b.From], issue.Options[b.To]})
		}
		out.Terms = append(out.Terms, term)
	}
	return out
}

func worths(p *settle.Problem, table [][]*big.Rat) pairs {
	var out pairs
	for i, row := range table {
		if row == nil {
			continue
		}
		var of pairs
		for o, w := range row {
			of = append(of, pair{p.Issues[i].Options[o], Decimal(w)})
		}
		out = append(out, pair{p.Issues[i].Name, of})
	}
	return out
}

func choices(p *settle.Problem, list []settle.Choice) []writtenChoice {
	var out []writtenChoice
	for _, c := range list {
		out = append(out, writtenChoice{p.Issues[c.Issue].Name, p.Issues[c.Issue].Options[c.Option]})
	}
	return out
}

func decimal(q *big.Rat) string {
	if q == nil {
		return ""
	}
	return Decimal(q)
}

func decimals(list []*big.Rat) []string {
	var out []string
	for _, q := range list {
		out = append(out, Decimal(q))
	}
	return out
}

// distinctNames refuses what could not be told apart when it is read again.
func distinctNames(p *settle.Problem) error {
	var issues, parties []string
	for _, issue := range p.Issues {
		issues = append(issues, issue.Name)
		if name, ok := alike(issue.Options); !ok {
			return fault.Invalid("the name %q of an option of issue %q is not its own", name, issue.Name)
		}
	}
	for _, party := range p.Parties {
		parties = append(parties, party.Name)
	}
	for _, list := range [][]string{issues, parties} {
		if name, ok := alike(list); !ok {
			return fault.Invalid("the name %q of an issue or a party is not its own", name)
		}
	}
	return nil
}

// alike finds a name that is empty or not the only one.
func alike(names []string) (name string, ok bool) {
	sorted := slices.Sorted(slices.Values(names))
	for i, name := range sorted {
		if name == "" || i > 0 && name == sorted[i-1] {
			return name, false
		}
	}
	return "", true
}
