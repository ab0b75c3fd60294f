package scenario

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/settle"
)

// TestWriteAndReadAgain: a problem in Paraph's own form reads back as itself.
func TestWriteAndReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t)
		data, err := Write(p)
		if err != nil {
			t.Fatal(err)
		}
		again, notes, err := Read(File{"p.json", data}, nil, Options{})
		if err != nil || len(notes) > 0 {
			t.Fatalf("%v %v\n%s", err, notes, data)
		}
		if twice, err := Write(again); err != nil || string(twice) != string(data) {
			t.Fatalf("written again:\n%s\nand first:\n%s", twice, data)
		}
		for i := range p.Parties {
			if got, want := again.Parties[i], p.Parties[i]; !reflect.DeepEqual(shown(got), shown(want)) {
				t.Fatalf("%v became %v", shown(want), shown(got))
			}
		}
		if !reflect.DeepEqual(again.Rules, p.Rules) || !reflect.DeepEqual(again.StatusQuo, p.StatusQuo) {
			t.Fatalf("rules %v became %v, status quo %v became %v", p.Rules, again.Rules, p.StatusQuo, again.StatusQuo)
		}
	})
}

// shown is a party in words that compare.
func shown(p settle.Party) string {
	return fmt.Sprint(p.Name, p.Worth, p.Doubt, p.Terms, p.Reservation, p.Weight, p.Discount)
}

func drawProblem(t *rapid.T) *settle.Problem {
	p := &settle.Problem{}
	for i := range rapid.IntRange(1, 4).Draw(t, "issues") {
		issue := settle.Issue{Name: fmt.Sprintf("issue \"%d\"\n<é", i)}
		ranged := rapid.Bool().Draw(t, "ranged")
		for o := range rapid.IntRange(1, 4).Draw(t, "options") {
			issue.Options = append(issue.Options, fmt.Sprintf("option/%d", o))
			if ranged {
				issue.Values = append(issue.Values, big.NewRat(int64(o), 7))
			}
		}
		issue.Sampled = ranged && rapid.Bool().Draw(t, "sampled")
		p.Issues = append(p.Issues, issue)
	}
	table := func() [][]*big.Rat {
		rows := make([][]*big.Rat, len(p.Issues))
		for i, issue := range p.Issues {
			if rapid.Bool().Draw(t, "row") {
				for range issue.Options {
					rows[i] = append(rows[i], drawNumber(t))
				}
			}
		}
		return rows
	}
	for n := range rapid.IntRange(1, 3).Draw(t, "parties") {
		party := settle.Party{Name: fmt.Sprint("party ", n), Worth: table()}
		if rapid.Bool().Draw(t, "more") {
			party.Doubt, party.Reservation = table(), drawNumber(t)
			party.Weight, party.Discount = big.NewRat(3, 2), big.NewRat(9, 10)
		}
		for range rapid.IntRange(0, 2).Draw(t, "terms") {
			party.Terms = append(party.Terms, drawTerm(t, p))
		}
		p.Parties = append(p.Parties, party)
	}
	if rapid.Bool().Draw(t, "rules") {
		p.Rules = append(p.Rules, settle.Rule{If: []settle.Choice{drawChoice(t, p)}, Then: []settle.Choice{drawChoice(t, p)}})
		p.Rules = append(p.Rules, settle.Rule{If: []settle.Choice{drawChoice(t, p), drawChoice(t, p)}})
		p.StatusQuo = make(settle.Package, len(p.Issues))
	}
	return p
}

func drawChoice(t *rapid.T, p *settle.Problem) settle.Choice {
	i := rapid.IntRange(0, len(p.Issues)-1).Draw(t, "issue")
	return settle.Choice{Issue: i, Option: rapid.IntRange(0, len(p.Issues[i].Options)-1).Draw(t, "option")}
}

func drawTerm(t *rapid.T, p *settle.Problem) settle.Term {
	term := settle.Term{Worth: drawNumber(t), Outside: rapid.Bool().Draw(t, "outside")}
	for range rapid.IntRange(0, 2).Draw(t, "bounds") {
		c := drawChoice(t, p)
		term.Bounds = append(term.Bounds, settle.Bound{Issue: c.Issue, From: c.Option, To: rapid.IntRange(c.Option, len(p.Issues[c.Issue].Options)-1).Draw(t, "to")})
	}
	return term
}

func drawNumber(t *rapid.T) *big.Rat {
	return big.NewRat(rapid.Int64Range(-1000, 1000).Draw(t, "over"), rapid.Int64Range(1, 60).Draw(t, "under"))
}

func TestNamesMustBeTheirOwn(t *testing.T) {
	one := settle.Issue{Name: "a", Options: []string{"x"}}
	for name, p := range map[string]*settle.Problem{
		"issues":  {Issues: []settle.Issue{one, one}, Parties: []settle.Party{{Name: "p"}}},
		"options": {Issues: []settle.Issue{{Name: "a", Options: []string{"x", "x"}}}, Parties: []settle.Party{{Name: "p"}}},
		"parties": {Issues: []settle.Issue{one}, Parties: []settle.Party{{Name: "p"}, {Name: "p"}}},
	} {
		if data, err := Write(p); err == nil {
			t.Errorf("%s of one name were written:\n%s", name, data)
		}
	}
}

// TestNumbers: numbers are read as they are written, and no others.
func TestNumbers(t *testing.T) {
	for said, want := range map[string]string{
		"0.1": "1/10", "-.5": "-1/2", "1e-3": "1/1000", "2/6": "1/3", " 7 ": "7/1",
		"0.47001665765358990000000000000000000001": "47001665765358990000000000000000000001/100000000000000000000000000000000000000",
	} {
		if q, ok := rational(said); !ok || q.RatString() != new(big.Rat).Set(mustRat(t, want)).RatString() {
			t.Errorf("%q is read as %v", said, q)
		}
	}
	for _, said := range []string{"", "1,5", "0x10", "1_000", "1/0", "nan", "Inf", "1e999999999", "1e", "--1", "½"} {
		if q, ok := rational(said); ok {
			t.Errorf("%q is read as %v", said, q)
		}
	}
}

func mustRat(t *testing.T, s string) *big.Rat {
	q, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatal(s)
	}
	return q
}

// TestHostileFiles: what is too large, too deep or multiplies is refused.
func TestHostileFiles(t *testing.T) {
	deep := func(open, inner, closing string) []byte {
		var b []byte
		for range 100_000 {
			b = append(b, open...)
		}
		return append(append(b, inner...), closing...)
	}
	many, _ := json.Marshal(map[string]any{"issuesValues": map[string]any{"a": map[string]any{"values": make([]int, MaxOptions+1)}}})
	for name, data := range map[string][]byte{
		"deep XML":     deep("<a>", "", ""),
		"deep JSON":    deep(`{"paraph":`, "", ""),
		"deep YAML":    deep("- ", "x", ""),
		"deep flow":    append([]byte("issues: "), deep("[", "", "")...),
		"long":         make([]byte, MaxBytes+1),
		"many options": many,
		"long number":  []byte(`{"paraph": "settlement/1", "issues": [{"name": "a", "from": 0, "to": 1e300, "step": 1e-300}]}`),
		"many ranges":  []byte(`<negotiation_template>` + strings.Repeat(`<issue type="integer" index="1" lowerbound="0" upperbound="60000"/>`, 2) + `</negotiation_template>`),
		"aliases":      []byte("a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nissues: [*c,*c,*c,*c]\n"),
		"merges":       []byte("a: &a {issues: 3}\n<<: *a\n"),
		"entities":     []byte("<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><negotiation_template>&c;</negotiation_template>"),
	} {
		if _, _, err := Read(File{"x", data}, nil, Options{}); err == nil {
			t.Errorf("%s: read", name)
		}
	}
}
