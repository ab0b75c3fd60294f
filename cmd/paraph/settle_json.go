package main

import (
	"encoding/json"
	"math/big"
	"strings"

	"paraph/scenario"
	"paraph/settle"
)

// writtenSettlement is what --json prints. Its keys are a promise.
type writtenSettlement struct {
	Parties  []string       `json:"parties"`
	Issues   []writtenIssue `json:"issues"`
	Outcomes json.Number    `json:"outcomes"`
	// ZoneEmpty is null when it is not proved whether there is a zone of agreement.
	ZoneEmpty *bool          `json:"zone_empty"`
	Frontier  []writtenPoint `json:"frontier"`
	// FrontierWhole is false when Frontier is not all of it; then FrontierEpsilon is
	// how near it is, for each party, or null when that is not known.
	FrontierWhole    bool             `json:"frontier_whole"`
	FrontierEpsilon  []json.Number    `json:"frontier_epsilon,omitempty"`
	Nash             *writtenSolution `json:"nash"`
	KalaiSmorodinsky *writtenSolution `json:"kalai_smorodinsky"`
	Egalitarian      *writtenSolution `json:"egalitarian"`
	Utilitarian      *writtenSolution `json:"utilitarian"`
	Proved           bool             `json:"proved"`
	// Gap is the greatest of (bound − value) / |bound| of the solution points, 0 when
	// all is proved, and null when some bound is not known.
	Gap     *json.Number  `json:"gap"`
	Seconds float64       `json:"seconds"`
	Improve *writtenTrial `json:"improve,omitempty"`
	Notes   []string      `json:"notes"`
}

type writtenIssue struct {
	Name    string   `json:"name"`
	Options []string `json:"options"`
	Sampled bool     `json:"sampled,omitempty"`
}

// writtenPoint is a package as one option for each issue, in their order. The
// utilities are in the parties' order: as numbers, and exactly as they are.
type writtenPoint struct {
	Package   []any         `json:"package"`
	Utilities []json.Number `json:"utilities"`
	Exact     []string      `json:"exact"`
}

// writtenSolution is a solution point; Ties are others that are as good.
type writtenSolution struct {
	writtenPoint
	Ties   []writtenPoint `json:"ties"`
	Value  *json.Number   `json:"value"`
	Bound  *json.Number   `json:"bound"`
	Proved bool           `json:"proved"`
}

// written is what was found, as --json prints it.
func (s *settlement) written(notes []scenario.Note) writtenSettlement {
	a := s.answer
	out := writtenSettlement{
		Outcomes: json.Number(a.Outcomes.String()), Frontier: []writtenPoint{}, FrontierWhole: a.Frontier.Whole, Seconds: s.took.Seconds(), Notes: []string{},
		Nash: s.solution(&a.Nash), KalaiSmorodinsky: s.solution(&a.KalaiSmorodinsky), Egalitarian: s.solution(&a.Egalitarian), Utilitarian: s.solution(&a.Utilitarian),
	}
	for _, party := range s.problem.Parties {
		out.Parties = append(out.Parties, party.Name)
	}
	for _, issue := range s.problem.Issues {
		out.Issues = append(out.Issues, writtenIssue{issue.Name, issue.Options, issue.Sampled})
	}
	if a.Zone.Proved || !a.Zone.Empty {
		out.ZoneEmpty = &a.Zone.Empty
	}
	for _, at := range s.points {
		out.Frontier = append(out.Frontier, s.point(at))
	}
	for _, e := range a.Frontier.Epsilon {
		out.FrontierEpsilon = append(out.FrontierEpsilon, number(e))
	}
	for _, n := range notes {
		out.Notes = append(out.Notes, n.String())
	}
	out.Proved, out.Gap = s.gap()
	if s.tried != nil {
		out.Improve = s.writtenTrial()
	}
	return out
}

func (s *settlement) point(at settle.Point) writtenPoint {
	out := writtenPoint{Package: make([]any, len(at.Package))}
	for i, o := range at.Package {
		issue := &s.problem.Issues[i]
		out.Package[i] = issue.Options[o]
		if issue.Values != nil && !strings.Contains(issue.Options[o], "/") && issue.Options[o] == scenario.Decimal(issue.Values[o]) {
			out.Package[i] = json.Number(issue.Options[o])
		}
	}
	for _, u := range at.Utilities {
		out.Utilities = append(out.Utilities, number(u))
		out.Exact = append(out.Exact, u.RatString())
	}
	return out
}

func (s *settlement) solution(of *settle.Solution) *writtenSolution {
	if len(of.Points) == 0 {
		return nil
	}
	out := &writtenSolution{writtenPoint: s.point(of.Points[0]), Ties: []writtenPoint{}, Value: numberOr(of.Value), Bound: numberOr(of.Bound), Proved: of.Proved}
	for _, at := range of.Points[1:] {
		out.Ties = append(out.Ties, s.point(at))
	}
	return out
}

// gap tells whether all is proved, and how far the worst solution point may be
// from the best.
func (s *settlement) gap() (proved bool, gap *json.Number) {
	proved = s.answer.Frontier.Whole && (s.answer.Zone.Proved || !s.answer.Zone.Empty)
	most := new(big.Rat)
	for _, c := range s.concepts() {
		if c.of.Proved || s.answer.Zone.Empty && s.answer.Zone.Proved {
			continue
		}
		proved = false
		if c.of.Value == nil || c.of.Bound == nil || c.of.Bound.Sign() == 0 && c.of.Value.Sign() != 0 {
			return false, nil
		}
		if c.of.Bound.Sign() != 0 {
			share := new(big.Rat).Sub(c.of.Bound, c.of.Value)
			share.Quo(share, new(big.Rat).Abs(c.of.Bound))
			if share.Cmp(most) > 0 {
				most = share
			}
		}
	}
	n := number(most)
	return proved, &n
}

// number writes a rational as a number of JSON: exactly when it is a decimal,
// else to 20 places.
func number(q *big.Rat) json.Number {
	if exact := scenario.Decimal(q); !strings.Contains(exact, "/") {
		return json.Number(exact)
	}
	return json.Number(q.FloatString(20))
}

func numberOr(q *big.Rat) *json.Number {
	if q == nil {
		return nil
	}
	n := number(q)
	return &n
}
