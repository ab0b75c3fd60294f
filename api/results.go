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

// engineTime is how long the engine works on one request.
const engineTime = 2 * time.Second

// mostShown is how many points of a frontier are given.
const mostShown = 2_000

// seeResults gathers what the engine works on; it works when the look is over.
func seeResults(v sight, r *http.Request) (any, error) {
	t := bargain.SeeTable(v.Bargain, v.parties(), desk.Current(v.View))
	return later(func() (any, error) { return settled(r.Context(), t) }), nil
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
	outcome := func(p settle.Point) Outcome {
		return Outcome{
			Choices:   each(t.Choices(p.Package), choiceOf),
			Utilities: each(p.Utilities, func(u *big.Rat) string { return u.RatString() }),
		}
	}
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
