package elicit

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"paraph/settle"
)

// truth is a party whose preferences are known: worths that sum to 100 at best,
// and are 0 at worst.
type truth struct {
	issues  []settle.Issue
	weights []*big.Rat   // shares of 100
	values  [][]*big.Rat // from 0 to 1, of which both occur in each issue
}

func (t truth) worth(i, o int) *big.Rat { return product(t.weights[i], t.values[i][o]) }

func (t truth) gain(g Gain) *big.Rat {
	return new(big.Rat).Sub(t.worth(g.Issue, g.Get), t.worth(g.Issue, g.Over))
}

func (t truth) verdict(p Pick) Verdict {
	switch t.gain(p.Left).Cmp(t.gain(p.Right)) {
	case 1:
		return Left
	case -1:
		return Right
	}
	return Alike
}

var truths = rapid.Custom(func(t *rapid.T) truth {
	n := rapid.IntRange(1, 6).Draw(t, "issues")
	var out truth
	sum := int64(0)
	var raw []int64
	for i := range n {
		issue := settle.Issue{Name: fmt.Sprint("issue ", i+1)}
		m := rapid.IntRange(2, 4).Draw(t, "options")
		values := []*big.Rat{new(big.Rat), big.NewRat(1, 1)}
		for range m - 2 {
			values = append(values, big.NewRat(int64(rapid.IntRange(0, 10).Draw(t, "value")), 10))
		}
		values = rapid.Permutation(values).Draw(t, "order")
		for o := range m {
			issue.Options = append(issue.Options, fmt.Sprint("option ", o+1))
		}
		w := int64(rapid.IntRange(1, 9).Draw(t, "weight"))
		raw, sum = append(raw, w), sum+w
		out.issues, out.values = append(out.issues, issue), append(out.values, values)
	}
	for _, w := range raw {
		out.weights = append(out.weights, big.NewRat(100*w, sum))
	}
	return out
})

// ranks gives the rank of each number, 1 for the greatest, ties sharing theirs.
func ranks(all []*big.Rat) []int {
	order := slices.Clone(all)
	slices.SortFunc(order, func(a, b *big.Rat) int { return b.Cmp(a) })
	order = slices.CompactFunc(order, func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })
	var out []int
	for _, n := range all {
		out = append(out, 1+slices.IndexFunc(order, func(m *big.Rat) bool { return m.Cmp(n) == 0 }))
	}
	return out
}

// loosely is a span around a number, sometimes exact and sometimes not known.
func loosely(t *rapid.T, n *big.Rat) Span {
	switch rapid.IntRange(0, 5).Draw(t, "how") {
	case 0:
		return Span{}
	case 1, 2:
		down, up := big.NewRat(int64(rapid.IntRange(0, 20).Draw(t, "down")), 1), big.NewRat(int64(rapid.IntRange(0, 20).Draw(t, "up")), 1)
		return Span{larger(new(big.Rat), down.Sub(n, down)), smaller(hundred, up.Add(n, up))}
	}
	return Exactly(n)
}

// answers of one who knows the truth and sometimes does not say.
func (t truth) answers(r *rapid.T, m Method) Answers {
	a := Answers{Method: m}
	issueRanks := ranks(t.weights)
	scale := hundred
	if m == Swing {
		scale = t.weights[slices.Index(issueRanks, 1)]
	}
	for i := range t.issues {
		said := IssueAnswer{Rank: issueRanks[i], Points: loosely(r, new(big.Rat).Quo(product(hundred, t.weights[i]), scale))}
		if rapid.IntRange(0, 5).Draw(r, "unranked") == 0 {
			said.Rank = 0
		}
		optionRanks := ranks(t.values[i])
		for o, v := range t.values[i] {
			option := OptionAnswer{Rank: optionRanks[o], Points: loosely(r, product(hundred, v))}
			between := v.Sign() > 0 && v.Cmp(one) < 0
			if between && rapid.IntRange(0, 3).Draw(r, "unknown") == 0 {
				option.Rank = 0
			}
			said.Options = append(said.Options, option)
		}
		a.Issues = append(a.Issues, said)
	}
	return a
}

// holds fails when the truth is not within the intervals, or the party's doubt does
// not cover them.
func (t truth) holds(r *rapid.T, got *Result) {
	for i := range t.issues {
		if !got.Weights[i].Holds(t.weights[i]) {
			r.Fatalf("issue %d weighs %v, outside %v", i+1, t.weights[i], got.Weights[i])
		}
		for o := range t.issues[i].Options {
			w := got.Worths[i][o]
			if !w.Holds(t.worth(i, o)) {
				r.Fatalf("issue %d option %d is worth %v, outside %v to %v", i+1, o+1, t.worth(i, o), w.Low, w.High)
			}
			if !w.Holds(w.Mid) {
				r.Fatalf("issue %d option %d: %v is outside its own interval %v to %v", i+1, o+1, w.Mid, w.Low, w.High)
			}
			worth, doubt := got.Party.Worth[i][o], got.Party.Doubt[i][o]
			if !w.Holds(worth) || w.High.Cmp(new(big.Rat).Add(worth, doubt)) > 0 || w.Low.Cmp(new(big.Rat).Sub(worth, doubt)) < 0 {
				r.Fatalf("issue %d option %d: %v±%v does not cover %v to %v", i+1, o+1, worth, doubt, w.Low, w.High)
			}
		}
	}
}

func TestTheTruthIsWithinTheIntervals(t *testing.T) {
	for _, m := range []Method{Ranking, Weights, Swing} {
		t.Run(string(m), rapid.MakeCheck(func(r *rapid.T) {
			who := truths.Draw(r, "truth")
			got, err := Worths(who.issues, who.answers(r, m))
			if err != nil {
				r.Fatal(err)
			}
			who.holds(r, got)
			checked(r, who.issues, got)
		}))
	}
}

// checked fails when the engine would refuse the party.
func checked(r *rapid.T, issues []settle.Issue, got *Result) {
	p := settle.Problem{Issues: issues, Parties: []settle.Party{got.Party}}
	if err := p.Check(); err != nil {
		r.Fatal(err)
	}
}

// TestChoosing: who chooses by known preferences is never found contradicting, stays
// within the intervals, and each answer leaves no more open than before.
func TestChoosing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		who := truths.Draw(r, "truth")
		a := who.answers(r, Pairs)
		got, err := Worths(who.issues, a)
		if err != nil {
			r.Fatal(err)
		}
		for range rapid.IntRange(0, 12).Draw(r, "choices") {
			who.holds(r, got)
			p, more := got.Next(who.issues, a)
			if !more {
				if len(who.issues) > 1 && len(a.Picks) == 0 {
					r.Fatal("nothing is asked of who has said nothing of which issue matters more")
				}
				break
			}
			p.Answer = who.verdict(p)
			if rapid.IntRange(0, 6).Draw(r, "open") == 0 {
				p.Answer = Unknown
			}
			a.Picks = append(a.Picks, p)
			before := got
			if got, err = Worths(who.issues, a); err != nil {
				r.Fatal(err)
			}
			narrows(r, before, got, p.Answer != Unknown)
			if len(got.Conflicts) > 0 {
				r.Fatalf("answers that are all true contradict: %v", got.Conflicts)
			}
		}
		who.holds(r, got)
		checked(r, who.issues, got)
	})
}

func narrows(r *rapid.T, before, after *Result, answered bool) {
	for i, row := range after.Worths {
		for o, w := range row {
			if was := before.Worths[i][o]; w.Low.Cmp(was.Low) < 0 || w.High.Cmp(was.High) > 0 {
				r.Fatalf("an answer widened issue %d option %d from %v-%v to %v-%v", i+1, o+1, was.Low, was.High, w.Low, w.High)
			}
		}
	}
	if !answered {
		return
	}
	if last := after.cone.picks[len(after.cone.picks)-1]; !before.cone.open(last.Pick) {
		r.Fatal("a pair was asked whose answer was known")
	}
}

// open tells whether both answers to a pair are possible, by the corners met.
func (c *cone) open(p Pick) bool {
	row := c.lead(p)
	up := slices.ContainsFunc(c.met, func(x []*big.Rat) bool { return at(row, x).Sign() > 0 })
	down := slices.ContainsFunc(c.met, func(x []*big.Rat) bool { return at(row, x).Sign() < 0 })
	return up && down
}

// TestContradictionsAreFound: of random answers, a set is found contradicting just
// when no preferences fit it, and what is named has no part that contradicts by
// itself. What fits is judged by elimination, apart from the simplex method.
func TestContradictionsAreFound(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(2, 4).Draw(r, "issues")
		var issues []settle.Issue
		a := Answers{Method: Pairs}
		for i := range n {
			issues = append(issues, settle.Issue{Name: fmt.Sprint(i), Options: []string{"yes", "no"}})
			a.Issues = append(a.Issues, IssueAnswer{Options: []OptionAnswer{{Rank: 1}, {Rank: 2}}})
		}
		var edges []edge
		for range rapid.IntRange(0, 7).Draw(r, "choices") {
			i := rapid.IntRange(0, n-1).Draw(r, "left")
			j := (i + rapid.IntRange(1, n-1).Draw(r, "right")) % n
			v := rapid.SampledFrom([]Verdict{Left, Right, Alike, Unknown}).Draw(r, "answer")
			a.Picks = append(a.Picks, Pick{Gain{i, 0, 1}, Gain{j, 0, 1}, v})
			edges = append(edges, edge{i, j, v})
		}
		got, err := Worths(issues, a)
		if err != nil {
			r.Fatal(err)
		}
		aside := map[int]bool{}
		for _, c := range got.Conflicts {
			aside[c.Pick] = true
			named := append(slices.Clone(c.With), c.Pick)
			if fits(n, edges, named) {
				r.Fatalf("%v are said to contradict and do not: %v", named, edges)
			}
			for _, out := range named {
				rest := slices.DeleteFunc(slices.Clone(named), func(k int) bool { return k == out })
				if !fits(n, edges, rest) {
					r.Fatalf("%v contradict without %d too: %v", named, out, edges)
				}
			}
		}
		var kept, all []int
		for k := range edges {
			all = append(all, k)
			if !aside[k] {
				kept = append(kept, k)
			}
		}
		if !fits(n, edges, kept) {
			r.Fatalf("what was kept contradicts: %v of %v", kept, edges)
		}
		if fits(n, edges, all) != (len(got.Conflicts) == 0) {
			r.Fatalf("contradictions %v of %v", got.Conflicts, edges)
		}
	})
}

type edge struct {
	left, right int
	answer      Verdict
}

// fits tells whether some order of n weights, ties allowed, keeps some answers: it
// tries all levels for each.
func fits(n int, edges []edge, some []int) bool {
	levels := make([]int, n)
	for {
		ok := true
		for _, k := range some {
			e := edges[k]
			switch l, r := levels[e.left], levels[e.right]; e.answer {
			case Left:
				ok = ok && l > r
			case Right:
				ok = ok && l < r
			case Alike:
				ok = ok && l == r
			}
		}
		if ok {
			return true
		}
		i := 0
		for i < n && levels[i] == n-1 {
			levels[i] = 0
			i++
		}
		if i == n {
			return false
		}
		levels[i]++
	}
}

func TestRankOrderCentroid(t *testing.T) {
	issues := []settle.Issue{{Name: "a", Options: []string{"x", "y"}}, {Name: "b", Options: []string{"x", "y"}}, {Name: "c", Options: []string{"x", "y", "z"}}}
	options := []OptionAnswer{{Rank: 1}, {Rank: 2}}
	a := Answers{Method: Ranking, Issues: []IssueAnswer{
		{Rank: 2, Options: options}, {Rank: 1, Options: options}, {Rank: 3, Options: []OptionAnswer{{Rank: 3}, {Rank: 2}, {Rank: 1}}},
	}}
	got, err := Worths(issues, a)
	if err != nil {
		t.Fatal(err)
	}
	// Barron and Barrett's weights of three: 11/18, 5/18, 2/18.
	for i, want := range []Interval{
		{new(big.Rat), big.NewRat(500, 18), big.NewRat(50, 1)},
		{big.NewRat(100, 3), big.NewRat(1100, 18), hundred},
		{new(big.Rat), big.NewRat(200, 18), big.NewRat(100, 3)},
	} {
		if g := got.Weights[i]; g.Low.Cmp(want.Low) != 0 || g.Mid.Cmp(want.Mid) != 0 || g.High.Cmp(want.High) != 0 {
			t.Errorf("issue %d weighs %v, not %v", i+1, g, want)
		}
	}
	if w := got.Worths[2][1]; w.Mid.Cmp(big.NewRat(100, 18)) != 0 || w.Low.Sign() != 0 || w.High.Cmp(big.NewRat(100, 3)) != 0 {
		t.Errorf("the middle option is worth %v", w)
	}
}

func TestSpans(t *testing.T) {
	for in, want := range map[string]string{
		"40": "40", " 12.5 ": "12.5", "12,5": "12.5", "30-50": "30-50", "30 – 50": "30-50", "30 to 50": "30-50", "": "", "?": "", "0": "0", "5-5": "5",
	} {
		if s, err := ParseSpan(in); err != nil || s.String() != want {
			t.Errorf("%q is read as %q, %v", in, s, err)
		}
	}
	for _, in := range []string{"-", "a", "1e9", "1/2", "5-", "-5", "1.2.3", "9999999999999", "0x10", "Inf"} {
		if s, err := ParseSpan(in); err == nil {
			t.Errorf("%q is read as %q", in, s)
		}
	}
}

func FuzzParseSpan(f *testing.F) {
	f.Add("30-50")
	f.Add("12,5 to ?")
	f.Fuzz(func(t *testing.T, in string) {
		s, err := ParseSpan(in)
		if err != nil {
			return
		}
		if s.known() && (s.From.Sign() < 0 || s.To.Sign() < 0) {
			t.Errorf("%q is read as %v", in, s)
		}
		if again, err := ParseSpan(s.String()); err != nil || again.String() != s.String() {
			t.Errorf("%q is written %q and read as %q, %v", in, s, again, err)
		}
	})
}

func TestRefusals(t *testing.T) {
	issues := []settle.Issue{{Name: "water", Options: []string{"much", "little"}}}
	two := []OptionAnswer{{Rank: 1}, {Rank: 2}}
	n := func(i int64) *big.Rat { return big.NewRat(i, 1) }
	for name, a := range map[string]Answers{
		"no method":      {Issues: []IssueAnswer{{Options: two}}},
		"too few issues": {Method: Ranking},
		"too few":        {Method: Ranking, Issues: []IssueAnswer{{Options: two[:1]}}},
		"below zero":     {Method: Weights, Issues: []IssueAnswer{{Points: Exactly(n(-1)), Options: two}}},
		"above hundred":  {Method: Weights, Issues: []IssueAnswer{{Points: Exactly(n(101)), Options: two}}},
		"turned round":   {Method: Weights, Issues: []IssueAnswer{{Points: Span{n(50), n(30)}, Options: two}}},
		"half":           {Method: Weights, Issues: []IssueAnswer{{Points: Span{From: n(50)}, Options: two}}},
		"all nothing":    {Method: Swing, Issues: []IssueAnswer{{Points: Exactly(n(0)), Options: two}}},
		"no such option": {Method: Pairs, Issues: []IssueAnswer{{Options: two}}, Picks: []Pick{{Gain{0, 0, 1}, Gain{0, 2, 1}, Left}}},
		"no such issue":  {Method: Pairs, Issues: []IssueAnswer{{Options: two}}, Picks: []Pick{{Gain{0, 0, 1}, Gain{1, 0, 1}, Left}}},
		"no answer":      {Method: Pairs, Issues: []IssueAnswer{{Options: two}}, Picks: []Pick{{Gain{0, 0, 1}, Gain{0, 1, 0}, ""}}},
		"alike":          {Method: Pairs, Issues: []IssueAnswer{{Options: []OptionAnswer{{Rank: 1}, {Rank: 1}}}}},
		"floor":          {Method: Ranking, Issues: []IssueAnswer{{Options: two}}, Floor: Floor{Package: settle.Package{2}}},
	} {
		if _, err := Worths(issues, a); err == nil {
			t.Errorf("%s: not refused", name)
		}
	}
}

// TestNothingKnown: all that is not known is anything, and no answer is needed.
func TestNothingKnown(t *testing.T) {
	issues := []settle.Issue{{Name: "a", Options: []string{"x", "y"}}, {Name: "b", Options: []string{"x", "y", "z"}}, {Name: "c", Options: []string{"x"}}}
	for _, m := range Methods() {
		a := Answers{Method: m, Issues: []IssueAnswer{{Options: make([]OptionAnswer, 2)}, {Options: make([]OptionAnswer, 3)}, {Options: make([]OptionAnswer, 1)}}}
		got, err := Worths(issues, a)
		if err != nil {
			t.Errorf("%s: %v", m, err)
			continue
		}
		for i := range 2 {
			for o, w := range got.Worths[i] {
				if w.Low.Sign() != 0 || w.High.Cmp(hundred) != 0 {
					t.Errorf("%s: issue %d option %d is worth %v", m, i+1, o+1, w)
				}
			}
		}
		if len(got.Notes) == 0 || len(got.Says(issues)) != len(issues) {
			t.Errorf("%s says nothing of it", m)
		}
	}
}

func BenchmarkPairs(b *testing.B) {
	for _, n := range []int{8, 12} {
		b.Run(fmt.Sprint(n, " issues"), func(b *testing.B) {
			var issues []settle.Issue
			a := Answers{Method: Pairs}
			for i := range n {
				issues = append(issues, settle.Issue{Name: fmt.Sprint(i), Options: []string{"a", "b", "c"}})
				a.Issues = append(a.Issues, IssueAnswer{Options: []OptionAnswer{{Rank: 1}, {Rank: 2}, {Rank: 3}}})
			}
			var got *Result
			for range 20 {
				got, _ = Worths(issues, a)
				p, more := got.Next(issues, a)
				if !more {
					break
				}
				p.Answer = []Verdict{Left, Right}[len(a.Picks)%2]
				a.Picks = append(a.Picks, p)
			}
			for b.Loop() {
				got, _ = Worths(issues, a)
				got.Next(issues, a)
			}
		})
	}
}

// TestChoicesAgainstRanks: a choice that no order of the options allows contradicts
// by itself, and one that goes round over three issues names the other two.
func TestChoicesAgainstRanks(t *testing.T) {
	issues := []settle.Issue{{Name: "a", Options: []string{"x", "y", "z"}}, {Name: "b", Options: []string{"x", "y"}}, {Name: "c", Options: []string{"x", "y"}}, {Name: "d", Options: []string{"x", "y"}}}
	a := Answers{Method: Pairs, Issues: []IssueAnswer{
		{Options: []OptionAnswer{{Rank: 1}, {Rank: 2}, {Rank: 3}}}, {Options: []OptionAnswer{{Rank: 1}, {Rank: 2}}},
		{Options: []OptionAnswer{{Rank: 1}, {Rank: 2}}}, {Options: []OptionAnswer{{Rank: 2}, {Rank: 1}}},
	}}
	gain := []Gain{{0, 0, 2}, {1, 0, 1}, {2, 0, 1}, {3, 1, 0}}
	a.Picks = []Pick{
		{Gain{0, 1, 2}, Gain{0, 0, 2}, Left}, // a part is not more than the whole
		{gain[0], gain[1], Left},
		{gain[3], gain[0], Right},
		{gain[1], gain[2], Left},
		{gain[2], gain[0], Left}, // goes round with the second and the fourth
		{gain[3], gain[0], Unknown},
	}
	got, err := Worths(issues, a)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, c := range got.Conflicts {
		said = append(said, c.Words())
	}
	want := []string{
		"Choice 1 contradicts the order in which you ranked the options. It is set aside; change it or the order.",
		"Choice 5 contradicts choices 2 and 4: they cannot all be true. Choice 5 is set aside; change one of them.",
	}
	if !slices.Equal(said, want) {
		t.Errorf("contradictions: %q", said)
	}
	if left, right := a.Picks[1].Asks(issues); left != "on a, get “x” rather than “z”" || right != "on b, get “x” rather than “y”" {
		t.Errorf("asked: %s / %s", left, right)
	}
}

// TestGiven: worths that were not asked for stand as they are given.
func TestGiven(t *testing.T) {
	issues := []settle.Issue{{Name: "a", Options: []string{"x", "y"}}, {Name: "b", Options: []string{"x", "y"}}}
	p := settle.Party{
		Worth: [][]*big.Rat{{big.NewRat(3, 1), big.NewRat(7, 1)}, nil}, Doubt: [][]*big.Rat{{new(big.Rat), big.NewRat(2, 1)}, nil},
	}
	got := Given(issues, p)
	if w := got.Worths[0][1]; w.Low.Cmp(big.NewRat(5, 1)) != 0 || w.Mid.Cmp(big.NewRat(7, 1)) != 0 || w.High.Cmp(big.NewRat(9, 1)) != 0 {
		t.Errorf("the worth is %v", w)
	}
	if w := got.Weights[0].Mid; w.Cmp(big.NewRat(4, 1)) != 0 {
		t.Errorf("the issue weighs %v", w)
	}
	if got.Weights[1].Mid.Sign() != 0 || len(got.Says(issues)) != 2 {
		t.Errorf("an issue of no worth weighs %v", got.Weights[1])
	}
}
