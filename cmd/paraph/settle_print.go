package main

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"

	"paraph/page"
	"paraph/scenario"
	"paraph/settle"
)

// concept is a solution point by its name.
type concept struct {
	name, letter, key string
	of                *settle.Solution
}

func (s *settlement) concepts() []concept {
	a := s.answer
	return []concept{
		{"Nash", "N", "nash", &a.Nash},
		{"Kalai–Smorodinsky", "K", "kalai_smorodinsky", &a.KalaiSmorodinsky},
		{"egalitarian", "E", "egalitarian", &a.Egalitarian},
		{"utilitarian", "U", "utilitarian", &a.Utilitarian},
	}
}

// print shows what was found to a mediator.
func (s *settlement) print(p *program) {
	fmt.Fprintf(p.out, "%s: %s, %s, %s\n", s.title, parties(len(s.problem.Parties)), plural(len(s.problem.Issues), "issue"), packages(s.answer.Outcomes))
	s.printParties(p)
	s.printIssues(p)
	fmt.Fprintf(p.out, "\nzone of agreement\n  %s\n", s.zoneSaid())
	s.printSolutions(p)
	s.printFrontier(p)
	if s.tried != nil {
		s.printTrial(p)
	}
	fmt.Fprintf(p.out, "\n%s\n", s.proofSaid())
}

func parties(n int) string {
	if n == 1 {
		return "1 party"
	}
	return fmt.Sprintf("%d parties", n)
}

// packages writes how many there are, with commas between thousands.
func packages(n *big.Int) string {
	digits := n.String()
	if digits == "1" {
		return "1 package"
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits + " packages"
}

func (s *settlement) printParties(p *program) {
	discounted := slices.ContainsFunc(s.problem.Parties, func(party settle.Party) bool { return party.Discount != nil })
	weighed := slices.ContainsFunc(s.problem.Parties, func(party settle.Party) bool { return party.Weight != nil })
	var t table
	head := []string{"party", "no deal", s.bestName()}
	if weighed {
		head = append(head, "counts")
	}
	if discounted {
		head = append(head, "left after one unit of time")
	}
	t.row(head...)
	for i, party := range s.problem.Parties {
		row := []string{party.Name, worthOr(party.Reservation, "–"), worthOr(s.best(i), "–")}
		if weighed {
			row = append(row, worthOr(party.Weight, "1"))
		}
		if discounted {
			row = append(row, worthOr(party.Discount, "all"))
		}
		t.row(row...)
	}
	fmt.Fprintln(p.out)
	t.print(p)
}

// fewOptions is how many options of an issue are listed.
const fewOptions = 8

func (s *settlement) printIssues(p *program) {
	fmt.Fprint(p.out, "\nissues\n")
	for _, issue := range s.problem.Issues {
		fmt.Fprintf(p.out, "  %s: %s\n", oneLine(issue.Name), oneLine(optionsSaid(issue)))
	}
	if n := len(s.problem.Rules); n > 0 {
		fmt.Fprintf(p.out, "  with %s on what goes together\n", plural(n, "rule"))
	}
}

func optionsSaid(issue settle.Issue) string {
	n := len(issue.Options)
	switch {
	case issue.Sampled:
		return fmt.Sprintf("from %s to %s, at %d points", issue.Options[0], issue.Options[n-1], n)
	case issue.Values != nil && n > fewOptions:
		return fmt.Sprintf("from %s to %s, %d numbers", issue.Options[0], issue.Options[n-1], n)
	case n > fewOptions:
		return fmt.Sprintf("%s, … (%d options)", strings.Join(issue.Options[:fewOptions-1], ", "), n)
	}
	return strings.Join(issue.Options, ", ")
}

func (s *settlement) zoneSaid() string {
	zone := s.answer.Zone
	switch {
	case !zone.Empty && !slices.ContainsFunc(s.problem.Parties, func(party settle.Party) bool { return party.Reservation != nil }):
		return "Every package is in it: no party has said what no deal is worth."
	case !zone.Empty:
		return "There is one: packages that give every party at least what no deal is worth to it."
	case zone.Proved:
		return "There is none: no package gives every party at least what no deal is worth to it."
	}
	return "None was found, and it is not proved that there is none."
}

// printSolutions shows the solution points, those that are one package together.
func (s *settlement) printSolutions(p *program) {
	if s.answer.Zone.Empty {
		return
	}
	fmt.Fprint(p.out, "\nsolution points\n")
	type shown struct {
		names []string
		at    settle.Point
	}
	var all []shown
	for _, c := range s.concepts() {
		if len(c.of.Points) == 0 {
			fmt.Fprintf(p.out, "  %s: not found\n", c.name)
		}
		for i, at := range c.of.Points {
			if i == fewOptions {
				fmt.Fprintf(p.out, "  %s: and %d more that are as good (--json gives all)\n", c.name, len(c.of.Points)-i)
				break
			}
			name := c.name
			if n := len(c.of.Points); n > 1 {
				name = fmt.Sprintf("%s (%d of %d that are as good)", c.name, i+1, n)
			}
			same := slices.IndexFunc(all, func(o shown) bool { return slices.EqualFunc(o.at.Utilities, at.Utilities, equal) })
			if same >= 0 {
				all[same].names = append(all[same].names, name)
			} else {
				all = append(all, shown{[]string{name}, at})
			}
		}
	}
	for _, one := range all {
		fmt.Fprintf(p.out, "  %s\n    %s\n    %s\n", list(one.names), s.worthsSaid(one.at), oneLine(s.inWords(one.at.Package)))
	}
}

func equal(a, b *big.Rat) bool { return a.Cmp(b) == 0 }

// inWords says a package issue by issue.
func (s *settlement) inWords(k settle.Package) string {
	parts := make([]string, len(k))
	for i, o := range k {
		parts[i] = s.problem.Issues[i].Name + ": " + s.problem.Issues[i].Options[o]
	}
	return strings.Join(parts, "; ")
}

// worthsSaid says what a package is worth to each party, and which part that is
// of its best on the frontier.
func (s *settlement) worthsSaid(at settle.Point) string {
	parts := make([]string, len(at.Utilities))
	for i, u := range at.Utilities {
		parts[i] = s.problem.Parties[i].Name + " " + worth(u)
		if best := s.best(i); best != nil && best.Sign() > 0 && u.Sign() >= 0 {
			share, _ := new(big.Rat).Quo(u, best).Float64()
			parts[i] += fmt.Sprintf(" (%s of %s)", wholePercent(share), s.ownBest())
		}
	}
	return strings.Join(parts, ", ")
}

// wholePercent rounds so that only all is 100 %.
func wholePercent(share float64) string {
	n := math.Floor(100 * share)
	if share < 1 && 100*share-n >= 0.5 && n < 99 {
		n++
	}
	return fmt.Sprintf("%.0f %%", n)
}

func (s *settlement) printFrontier(p *program) {
	f := &s.answer.Frontier
	which := "packages in the zone of agreement"
	if s.all {
		which = "all packages"
	}
	fmt.Fprintf(p.out, "\nfrontier of %s: %s\n", which, plural(len(s.points), "utility vector"))
	if !f.Whole {
		fmt.Fprintf(p.out, "  %s\n", s.partialSaid())
	}
	for i, party := range s.problem.Parties {
		if len(s.points) > 0 {
			end := slices.MaxFunc(s.points, func(a, b settle.Point) int { return a.Utilities[i].Cmp(b.Utilities[i]) })
			fmt.Fprintf(p.out, "  best for %s: %s\n", party.Name, s.plainWorths(end))
		}
	}
}

func (s *settlement) plainWorths(at settle.Point) string {
	parts := make([]string, len(at.Utilities))
	for i, u := range at.Utilities {
		parts[i] = s.problem.Parties[i].Name + " " + worth(u)
	}
	return strings.Join(parts, ", ")
}

// partialSaid says how near a frontier is that is not whole.
func (s *settlement) partialSaid() string {
	epsilon := s.answer.Frontier.Epsilon
	if epsilon == nil {
		return "Not the whole frontier, and it is not known how near it is."
	}
	parts := make([]string, len(epsilon))
	for i, e := range epsilon {
		parts[i] = worth(e) + " for " + s.problem.Parties[i].Name
	}
	said := "Not the whole frontier. For every package, one of these gives each party at least as much, but for " + strings.Join(parts, ", ") + "."
	if !s.all {
		said += " That holds of packages that are as far above no deal."
	}
	return said
}

// proofSaid says whether all is proved, and else what is not.
func (s *settlement) proofSaid() string {
	var open []string
	for _, c := range s.concepts() {
		if c.of.Proved || s.answer.Zone.Empty && s.answer.Zone.Proved {
			continue
		}
		switch {
		case c.of.Value != nil && c.of.Bound != nil:
			open = append(open, fmt.Sprintf("%s: %s is found, and at most %s is possible", c.name, worth(c.of.Value), worth(c.of.Bound)))
		default:
			open = append(open, c.name+": no bound is known")
		}
	}
	if !s.answer.Frontier.Whole {
		open = append(open, "the frontier is not whole")
	}
	said := fmt.Sprintf("All of this is proved, in exact arithmetic (%s).", seconds(s.took.Seconds()))
	if len(open) > 0 {
		said = fmt.Sprintf("Not all of this is proved (%s). %s.", seconds(s.took.Seconds()), strings.Join(open, "; "))
		if s.stopped {
			said += " The search was ended before its end; --time gives it longer."
		}
	}
	for _, issue := range s.problem.Issues {
		if issue.Sampled {
			return said + " Of issues that are intervals it holds for the points that stand for them; --grid sets how many."
		}
	}
	return said
}

func seconds(t float64) string { return fmt.Sprintf("%.3g s", t) }

// worth writes a rational with four significant digits, and exactly when it is
// short.
func worth(q *big.Rat) string {
	if exact := scenario.Decimal(q); len(exact) <= 7 && !strings.Contains(exact, "/") {
		return exact
	}
	v, _ := q.Float64()
	if math.Abs(v) >= 10_000 {
		return q.FloatString(0)
	}
	return strings.TrimSuffix(fmt.Sprintf("%#.4g", v), ".")
}

func worthOr(q *big.Rat, otherwise string) string {
	if q == nil {
		return otherwise
	}
	return worth(q)
}

// bestName says what best is, in the table of parties.
func (s *settlement) bestName() string {
	if s.answer.Frontier.Whole {
		return "best on the frontier"
	}
	return "best that was found"
}

func (s *settlement) ownBest() string {
	if s.answer.Frontier.Whole {
		return "its best"
	}
	return "the best found for it"
}

// best is a party's greatest worth on the frontier, as far as it was found; nil
// when no package is known.
func (s *settlement) best(party int) *big.Rat {
	if s.bests == nil {
		s.bests = make([]*big.Rat, len(s.problem.Parties))
		known := slices.Clip(s.points)
		for _, c := range s.concepts() {
			known = append(known, c.of.Points...)
		}
		for _, at := range known {
			for i, u := range at.Utilities {
				if s.bests[i] == nil || u.Cmp(s.bests[i]) > 0 {
					s.bests[i] = u
				}
			}
		}
	}
	return s.bests[party]
}

// fewPackages is how many packages are drawn as dots beside the frontier.
const fewPackages = 20_000

// figure draws what was found.
func (s *settlement) figure() page.Frontier {
	f := page.Frontier{Title: s.title, Alone: true}
	for _, party := range s.problem.Parties {
		f.Parties = append(f.Parties, party.Name)
		floor := math.NaN()
		if party.Reservation != nil {
			floor, _ = party.Reservation.Float64()
		}
		f.Floors = append(f.Floors, floor)
	}
	for _, at := range s.points {
		f.Points = append(f.Points, drawn(at.Utilities))
	}
	for _, c := range s.concepts() {
		for i, at := range c.of.Points {
			if i == fewOptions {
				break
			}
			f.Marked = append(f.Marked, page.Mark{Letter: c.letter, Name: c.name, At: drawn(at.Utilities)})
		}
	}
	if !s.answer.Frontier.Whole {
		f.Partial = s.partialSaid()
	}
	if len(f.Parties) == 2 && s.answer.Outcomes.IsInt64() && s.answer.Outcomes.Int64() <= fewPackages {
		s.each(func(k settle.Package) {
			f.Packages = append(f.Packages, drawn([]*big.Rat{s.problem.Utility(0, k), s.problem.Utility(1, k)}))
		})
	}
	return f
}

func drawn(utilities []*big.Rat) page.Worth {
	out := make(page.Worth, len(utilities))
	for i, u := range utilities {
		out[i], _ = u.Float64()
	}
	return out
}

// each calls do with every package that keeps the rules.
func (s *settlement) each(do func(settle.Package)) {
	k := make(settle.Package, len(s.problem.Issues))
	for {
		if s.problem.Feasible(k) {
			do(k)
		}
		i := len(k) - 1
		for ; i >= 0; i-- {
			if k[i]++; k[i] < len(s.problem.Issues[i].Options) {
				break
			}
			k[i] = 0
		}
		if i < 0 {
			return
		}
	}
}
