package api

import (
	"context"
	"math/big"
	"net/http"
	"time"

	"paraph/bargain"
	"paraph/desk"
	"paraph/record"
	"paraph/settle"
)

// Results are what the engine finds of the preferences that were lent, as far as
// you read of them: the chair all, a party its own. Utilities are in levels of
// each seat's own grain, from what was lent and nothing finer.
type Results struct {
	Issues    []string        `json:"issues" about:"Ids of those that can be decided now, in the order of choices."`
	Seats     []record.Seat   `json:"seats" about:"Those whose preferences are used, in the order of utilities."`
	Grains    []bargain.Grain `json:"grains" about:"Of each of the seats."`
	Waiting   []record.Seat   `json:"waiting" about:"Parties that have lent nothing, or for other issues."`
	Outcomes  string          `json:"outcomes" about:"How many packages there are."`
	ZoneEmpty bool            `json:"zone_empty" about:"No package was found that keeps all reservation values, as they were lent."`
	Proved    bool            `json:"proved" about:"All is proved; else the time was up, and what is given is the best found."`
	Frontier  []Outcome       `json:"frontier"`
	Nash      []Outcome       `json:"nash"`
	Kalai     []Outcome       `json:"kalai_smorodinsky"`
	Fair      []Outcome       `json:"egalitarian"`
	Sum       []Outcome       `json:"utilitarian"`
}

// Outcome is a package and what it is worth to each seat.
type Outcome struct {
	Choices   []Choice `json:"choices"`
	Utilities []string `json:"utilities"`
}

// Improvements are what the engine finds for a second pass after a package: others
// that give each seat whose preferences were lent at least as much, and one more.
// It is the floor; nothing is finer than what was lent.
type Improvements struct {
	Seats   []record.Seat `json:"seats" about:"Those whose preferences are used, in the order of utilities."`
	Waiting []record.Seat `json:"waiting" about:"Parties that have lent nothing, or for other issues."`
	Exists  bool          `json:"exists"`
	Proved  bool          `json:"proved" about:"That there is one, or none, is proved; else the time was up."`
	Best    []Outcome     `json:"best"`
	By      string        `json:"by,omitempty" about:"What the best makes greatest."`
	Fewest  []Outcome     `json:"fewest" about:"Those that change the fewest issues."`
}

// engineTime is how long the engine works on one request.
const engineTime = 2 * time.Second

// mostShown is how many points of a frontier are given.
const mostShown = 2_000

// seeResults gathers what the engine works on; it works when the look is over.
func seeResults(v sight, r *http.Request) (any, error) {
	t := bargain.SeeTable(v.Bargain, v.parties(), desk.Current(v.View))
	return later(func() (any, error) { return settled(r.Context(), t) }), nil
}

// seeImprovements gathers what the engine works on for a second pass.
func seeImprovements(v sight, r *http.Request) (any, error) {
	now := desk.Current(v.View)
	p, there := bargain.SeePackage(v.Bargain, r.PathValue("package"), now)
	if !there {
		return nil, missing()
	}
	t := bargain.SeeTable(v.Bargain, v.parties(), now)
	deal, whole := t.Package(p.Choices)
	return later(func() (any, error) { return improved(r.Context(), t, deal, whole) }), nil
}

func improved(ctx context.Context, t bargain.TableView, deal settle.Package, whole bool) (any, error) {
	out := Improvements{Seats: list(t.Seats), Waiting: list(t.Waiting), Best: []Outcome{}, Fewest: []Outcome{}}
	if len(t.Issues) == 0 || len(t.Seats) == 0 || !whole { // a package that leaves issues open is no deal to better
		return out, nil
	}
	ctx, cancel := context.WithTimeout(ctx, engineTime)
	defer cancel()
	found, err := settle.Improve(ctx, &t.Problem, deal)
	if err != nil {
		return nil, err
	}
	of := func(p settle.Point) Outcome { return outcomeOf(t, p) }
	out.Exists, out.Proved = found.Exists, found.Proved
	if found.Exists {
		out.By = string(found.Criterion)
	}
	out.Best, out.Fewest = each(found.Best.Points, of), each(found.Fewest.Points, of)
	return out, nil
}

func outcomeOf(t bargain.TableView, p settle.Point) Outcome {
	return Outcome{
		Choices:   each(t.Choices(p.Package), choiceOf),
		Utilities: each(p.Utilities, func(u *big.Rat) string { return u.RatString() }),
	}
}

func settled(ctx context.Context, t bargain.TableView) (any, error) {
	out := Results{
		Issues: each(t.Issues, func(i bargain.IssueView) string { return i.ID }), Seats: list(t.Seats), Grains: list(t.Grains), Waiting: list(t.Waiting),
		Outcomes: "0", Frontier: []Outcome{}, Nash: []Outcome{}, Kalai: []Outcome{}, Fair: []Outcome{}, Sum: []Outcome{},
	}
	if len(t.Issues) == 0 || len(t.Seats) == 0 {
		return out, nil
	}
	ctx, cancel := context.WithTimeout(ctx, engineTime)
	defer cancel()
	found, err := settle.Settle(ctx, &t.Problem, settle.Options{})
	if err != nil {
		return nil, err
	}
	outcome := func(p settle.Point) Outcome { return outcomeOf(t, p) }
	out.Outcomes = found.Outcomes.String()
	out.ZoneEmpty = found.Zone.Empty
	shown := min(found.Frontier.Len(), mostShown)
	out.Proved = found.Zone.Proved && found.Frontier.Whole && shown == found.Frontier.Len()
	for i := range shown {
		out.Frontier = append(out.Frontier, outcome(found.Frontier.At(i)))
	}
	for _, s := range []struct {
		to   *[]Outcome
		from settle.Solution
	}{{&out.Nash, found.Nash}, {&out.Kalai, found.KalaiSmorodinsky}, {&out.Fair, found.Egalitarian}, {&out.Sum, found.Utilitarian}} {
		*s.to = each(s.from.Points, outcome)
		out.Proved = out.Proved && s.from.Proved
	}
	return out, nil
}
