package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"paraph/settle"
)

// trial is what is found of one package: what it costs, what can be traded, and
// what is better for somebody and worse for nobody.
type trial struct {
	deal     settle.Point
	better   *settle.Improvement
	costs    []settle.Cost
	trades   []settle.Trade
	all      bool               // all trades were looked at
	doubtful *settle.Robustness // nil when no worth is in doubt
}

// fewTrades is how many trades are told.
const fewTrades = 3

func try(ctx context.Context, p *settle.Problem, deal settle.Package) (*trial, error) {
	t := &trial{deal: settle.Point{Package: deal}}
	for i := range p.Parties {
		t.deal.Utilities = append(t.deal.Utilities, p.Utility(i, deal))
	}
	var err error
	if t.better, err = settle.Improve(ctx, p, deal); err != nil {
		return nil, err
	}
	if t.costs, err = settle.Costs(ctx, p, deal); err != nil {
		return nil, err
	}
	if t.trades, t.all, err = settle.Trades(ctx, p, deal); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(p.Parties, func(party settle.Party) bool { return party.Doubt != nil }) {
		t.doubtful, err = settle.Robust(ctx, p, deal)
	}
	return t, err
}

// packageSaid reads a package as a person says it.
func packageSaid(p *settle.Problem, said string) (settle.Package, error) {
	if said == "status-quo" {
		if p.StatusQuo == nil {
			return nil, usagef("the domain says no status quo: name the package")
		}
		return p.StatusQuo, nil
	}
	parts := strings.Split(said, ";")
	k := make(settle.Package, len(p.Issues))
	for i := range k {
		k[i] = -1
	}
	for n, part := range parts {
		part = strings.TrimSpace(part)
		i, option := n, part
		for place, issue := range p.Issues {
			if rest, ok := strings.CutPrefix(part, issue.Name+"="); ok {
				i, option = place, strings.TrimSpace(rest)
			}
		}
		if i >= len(k) {
			return nil, usagef("the package has more parts than there are issues: %d", len(k))
		}
		o := slices.Index(p.Issues[i].Options, option)
		if o < 0 {
			return nil, usagef("issue %q has no option %q: its options are %s", p.Issues[i].Name, option, optionsSaid(p.Issues[i]))
		}
		k[i] = o
	}
	if open := slices.Index(k, -1); open >= 0 {
		return nil, usagef("the package leaves issue %q open", p.Issues[open].Name)
	}
	return k, nil
}

// printTrial shows what was found of a package.
func (s *settlement) printTrial(p *program) {
	t := s.tried
	fmt.Fprintf(p.out, "\nthe package %s\n", oneLine(s.inWords(t.deal.Package)))
	if !s.problem.Feasible(t.deal.Package) {
		fmt.Fprint(p.out, "  It does not keep the rules.\n")
	}
	for i, c := range t.costs {
		fmt.Fprintf(p.out, "  %s has %s%s\n", s.problem.Parties[i].Name, worth(c.Has), costSaid(c))
	}
	s.printBetter(p)
	if t.doubtful != nil {
		fmt.Fprintf(p.out, "  %s\n", s.doubtSaid())
	}
	for i, trade := range t.trades {
		if i == fewTrades {
			fmt.Fprintf(p.out, "  and %s more\n", plural(len(t.trades)-i, "trade"))
			break
		}
		fmt.Fprintf(p.out, "  a trade: %s\n    %s\n", oneLine(s.tradeSaid(trade)), s.gains(trade.Gains))
	}
	if !t.all {
		fmt.Fprint(p.out, "  Not all trades were looked at.\n")
	}
}

// costSaid says what a package costs a party against its best.
func costSaid(c settle.Cost) string {
	of, where := c.Zone, "in the zone of agreement"
	if of == nil {
		of, where = c.All, "of all"
	}
	if of == nil {
		return ""
	}
	lost := new(big.Rat).Sub(of, c.Has)
	switch lost.Sign() {
	case 0:
		return ", its best " + where
	case -1:
		return fmt.Sprintf(", %s more than its best %s, %s", worth(lost.Neg(lost)), where, worth(of))
	}
	return fmt.Sprintf(", %s less than its best %s, %s", worth(lost), where, worth(of))
}

func (s *settlement) printBetter(p *program) {
	better := s.tried.better
	switch {
	case !better.Exists && better.Proved:
		fmt.Fprint(p.out, "  No package is better for one party without being worse for another: that is proved.\n")
		return
	case !better.Exists:
		fmt.Fprint(p.out, "  No package was found that is better for one party and worse for none; it is not proved that there is none.\n")
		return
	}
	show := func(what string, of settle.Solution) {
		if len(of.Points) > 0 {
			at := of.Points[0]
			fmt.Fprintf(p.out, "  %s: %s\n    %s\n", what, oneLine(s.changes(at.Package)), s.gains(s.gained(at)))
		}
	}
	show("worse for nobody, and the best by the "+string(better.Criterion), better.Best)
	show("worse for nobody, with the fewest changes", better.Fewest)
}

// doubtSaid says how far the package holds within the doubts.
func (s *settlement) doubtSaid() string {
	d := s.tried.doubtful
	parts := make([]string, len(d.Least))
	for i := range d.Least {
		parts[i] = fmt.Sprintf("%s from %s to %s", s.problem.Parties[i].Name, worth(d.Least[i]), worth(d.Most[i]))
	}
	said := "Within what is in doubt it is worth: " + strings.Join(parts, ", ") + "."
	switch {
	case d.Stays && d.Proved:
		said += " It stays on the frontier in every case: that is proved."
	case d.Rival.Package != nil:
		said += " In some case another package is better for one and worse for none."
	}
	return said
}

// changes says in which issues another package differs from the one that is tried.
func (s *settlement) changes(k settle.Package) string {
	var parts []string
	for i, o := range k {
		if was := s.tried.deal.Package[i]; was != o {
			issue := &s.problem.Issues[i]
			parts = append(parts, fmt.Sprintf("%s: %s instead of %s", issue.Name, issue.Options[o], issue.Options[was]))
		}
	}
	return strings.Join(parts, "; ")
}

// tradeSaid says a trade by its two changes, and who gives by each.
func (s *settlement) tradeSaid(t settle.Trade) string {
	k := slices.Clone(s.tried.deal.Package)
	parts := make([]string, len(t.Moves))
	for n, move := range t.Moves {
		k[move.Issue] = t.Package[move.Issue]
		parts[n] = s.changes(k) + " (" + s.problem.Parties[t.Givers[n]].Name + " gives)"
		k[move.Issue] = s.tried.deal.Package[move.Issue]
	}
	return strings.Join(parts, "; ")
}

// gained is what another package gives each party above the one that is tried.
func (s *settlement) gained(at settle.Point) []*big.Rat {
	out := make([]*big.Rat, len(at.Utilities))
	for i, u := range at.Utilities {
		out[i] = new(big.Rat).Sub(u, s.tried.deal.Utilities[i])
	}
	return out
}

func (s *settlement) gains(gained []*big.Rat) string {
	parts := make([]string, len(gained))
	for i, g := range gained {
		sign := ""
		if g.Sign() > 0 {
			sign = "+"
		}
		parts[i] = s.problem.Parties[i].Name + " " + sign + worth(g)
	}
	return strings.Join(parts, ", ")
}

// writtenTrial is what --json prints of a package.
type writtenTrial struct {
	writtenPoint
	Feasible bool             `json:"feasible"`
	Exists   bool             `json:"improvable"`
	Proved   bool             `json:"proved"`
	By       string           `json:"by"`
	Best     *writtenSolution `json:"best"`
	Fewest   *writtenSolution `json:"fewest_changes"`
	Costs    []writtenCost    `json:"costs"`
	Trades   []writtenTrade   `json:"trades"`
	All      bool             `json:"trades_whole"`
}

type writtenCost struct {
	Has    json.Number  `json:"has"`
	Zone   *json.Number `json:"best_in_zone"`
	All    *json.Number `json:"best_of_all"`
	Proved bool         `json:"proved"`
}

type writtenTrade struct {
	Package []any         `json:"package"`
	Gains   []json.Number `json:"gains"`
}

func (s *settlement) writtenTrial() *writtenTrial {
	t := s.tried
	out := &writtenTrial{
		writtenPoint: s.point(t.deal), Feasible: s.problem.Feasible(t.deal.Package), Exists: t.better.Exists, Proved: t.better.Proved,
		By: string(t.better.Criterion), Best: s.solution(&t.better.Best), Fewest: s.solution(&t.better.Fewest), Trades: []writtenTrade{}, All: t.all,
	}
	for _, c := range t.costs {
		out.Costs = append(out.Costs, writtenCost{number(c.Has), numberOr(c.Zone), numberOr(c.All), c.Proved})
	}
	for _, trade := range t.trades {
		w := writtenTrade{Package: s.point(settle.Point{Package: trade.Package}).Package}
		for _, g := range trade.Gains {
			w.Gains = append(w.Gains, number(g))
		}
		out.Trades = append(out.Trades, w)
	}
	return out
}
