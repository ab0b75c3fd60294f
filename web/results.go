package web

import (
	"cmp"
	"context"
	"math"
	"math/big"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"paraph/bargain"
	"paraph/elicit"
	"paraph/page"
	"paraph/settle"
)

// engineTime is how long the engine may look for what could be agreed before it gives
// what it has with its bounds.
const engineTime = 3 * time.Second

// results is what the chair's engine makes of what parties have lent: values alone.
type results struct {
	path     string
	table    bargain.TableView
	seats    []SeatName // of the table's parties
	waiting  []SeatName
	packages []bargain.PackageView
	answer   *settle.Answer
	best     []*big.Rat // the most that any package gives each party
	points   []solved
	offers   []offered
}

// solved is a package that solves by some names.
type solved struct {
	Names  []string // "Nash"
	Point  settle.Point
	Proved bool
}

// offered is a package on the table as the engine sees it.
type offered struct {
	Title, ID string
	Point     *settle.Point // nil when it leaves issues open
	Better    *settle.Point // hurts nobody and is better for some; nil for none
	Proved    bool          // that nothing better is there, when Better is nil
	Trade     *settle.Point // two issues decided otherwise, which helps most; nil for none
}

// seeResults is what could be agreed, for the chair alone: made of what parties have
// lent, at the grain that each allowed.
func seeResults(v sight, _ *http.Request) (*Page, error) {
	p := &Page{Title: "What could be agreed", Section: bargainSection, Frozen: true}
	if !v.chairs() {
		p.Body = resultsForNobody(v)
		return p, nil
	}
	res := results{path: v.path("bargain"), table: bargain.SeeTable(v.Bargain, v.parties(), v.current()), packages: v.bargaining().live()}
	for _, s := range res.table.Seats {
		res.seats = append(res.seats, v.seat(s))
	}
	for _, s := range res.table.Waiting {
		res.waiting = append(res.waiting, v.seat(s))
	}
	p.rest = func(p *Page) error {
		if err := res.work(); err != nil {
			return err
		}
		p.Body = resultsPage(res)
		return nil
	}
	return p, nil
}

// work has the engine find what could be agreed.
func (res *results) work() error {
	if len(res.seats) < 2 || len(res.table.Issues) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), engineTime)
	defer cancel()
	for i, s := range res.seats {
		res.table.Problem.Parties[i].Name = s.Code
	}
	found, err := settle.Settle(ctx, &res.table.Problem, settle.Options{})
	if err != nil {
		return err
	}
	res.answer = found
	for i := range res.seats {
		res.best = append(res.best, res.most(i))
	}
	res.gather()
	ctx, cancel = context.WithTimeout(context.Background(), engineTime)
	defer cancel()
	for _, k := range res.packages {
		o, err := res.offer(ctx, k)
		if err != nil {
			return err
		}
		res.offers = append(res.offers, o)
	}
	return nil
}

// most is the most that any package gives a party, against the rules or not.
func (res *results) most(party int) *big.Rat {
	sum := new(big.Rat)
	for _, row := range res.table.Problem.Parties[party].Worth {
		if len(row) > 0 {
			sum.Add(sum, slices.MaxFunc(row, func(a, b *big.Rat) int { return a.Cmp(b) }))
		}
	}
	return sum
}

// gather lists the packages that solve, each once with all its names.
func (res *results) gather() {
	for _, s := range []struct {
		name string
		settle.Solution
	}{
		{"Nash", res.answer.Nash}, {"Kalai–Smorodinsky", res.answer.KalaiSmorodinsky},
		{"Egalitarian", res.answer.Egalitarian}, {"Utilitarian", res.answer.Utilitarian},
	} {
		for _, point := range s.Points {
			at := slices.IndexFunc(res.points, func(o solved) bool { return slices.Equal(o.Point.Package, point.Package) })
			if at < 0 {
				at = len(res.points)
				res.points = append(res.points, solved{Point: point, Proved: true})
			}
			res.points[at].Names = append(res.points[at].Names, s.name)
			res.points[at].Proved = res.points[at].Proved && s.Proved
		}
	}
}

// offer looks at a package on the table: what it gives each party, what would be
// better at nobody's cost, and the trade on it that helps most.
func (res *results) offer(ctx context.Context, k bargain.PackageView) (offered, error) {
	out := offered{Title: k.Title, ID: k.ID}
	whole, ok := res.table.Package(k.Choices)
	if !ok {
		return out, nil
	}
	point := res.point(whole)
	out.Point = &point
	better, err := settle.Improve(ctx, &res.table.Problem, whole)
	if err != nil {
		return out, err
	}
	out.Proved = better.Proved
	if len(better.Best.Points) > 0 {
		out.Better = &better.Best.Points[0]
	}
	trades, _, err := settle.Trades(ctx, &res.table.Problem, whole)
	if err != nil {
		return out, err
	}
	if len(trades) > 0 {
		traded := res.point(trades[0].Package)
		out.Trade = &traded
	}
	return out, nil
}

// point is a package with what it gives each party.
func (res *results) point(k settle.Package) settle.Point {
	out := settle.Point{Package: k}
	for i := range res.seats {
		out.Utilities = append(out.Utilities, res.table.Problem.Utility(i, k))
	}
	return out
}

// share says a party's utility as a share of its best, in whole hundredths.
func (res *results) share(party int, u *big.Rat) string {
	if res.best[party].Sign() == 0 {
		return "–"
	}
	n := new(big.Rat).Quo(u, res.best[party])
	return n.Mul(n, hundredPoints).FloatString(0) + " %"
}

// cost says what a package costs a party against its best, in levels.
func (res *results) cost(party int, u *big.Rat) string {
	return elicit.Number(new(big.Rat).Sub(res.best[party], u))
}

// exchange is a change of one issue on the way from one package to another, with
// whom it helps and whom it costs.
type exchange struct {
	Issue, From, To string
	Helps, Costs    []string
}

// changes says the way from a package to one that is better, issue by issue.
func (res *results) changes(from, to settle.Point) []exchange {
	var out []exchange
	for i, issue := range res.table.Issues {
		a, b := from.Package[i], to.Package[i]
		if a == b {
			continue
		}
		e := exchange{Issue: issue.Name, From: issue.Options[a].Name, To: issue.Options[b].Name}
		for p, s := range res.seats {
			row := res.table.Problem.Parties[p].Worth[i]
			switch {
			case row == nil:
			case row[b].Cmp(row[a]) > 0:
				e.Helps = append(e.Helps, s.Code)
			case row[b].Cmp(row[a]) < 0:
				e.Costs = append(e.Costs, s.Code)
			}
		}
		out = append(out, e)
	}
	return out
}

// words says what a package decides.
func (res *results) words(k settle.Package) []bargain.Decided {
	var out []bargain.Decided
	for i, o := range k {
		out = append(out, bargain.Decided{Issue: res.table.Issues[i].Name, Option: res.table.Issues[i].Options[o].Name})
	}
	return out
}

// tablePath is the form on which a package of the engine's is tabled.
func (res *results) tablePath(k settle.Package) string {
	q := url.Values{}
	for _, c := range res.table.Choices(k) {
		q.Add("choice", choiceValue(c))
	}
	return res.path + "/packages/new?" + q.Encode()
}

// grain says how finely a party lent.
func (res *results) grain(i int) string { return grainWords(res.table.Grains[i]) }

// size says how large the search was.
func (res *results) size() string {
	n := res.answer.Outcomes
	if n.IsInt64() {
		return strconv.FormatInt(n.Int64(), 10)
	}
	return "about 10^" + strconv.Itoa(len(n.String())-1)
}

// who is the seat that a page of results may speak of.
func (res *results) who(i int) string { return cmp.Or(res.seats[i].Name, res.seats[i].Code) }

// Bounds of what is drawn and listed.
const (
	maxFrontierRows = 200
	maxFaint        = 3000 // packages that are drawn faintly behind the frontier of two
)

// picture draws the frontier, with the packages that have names and those on the table.
func (res *results) picture() page.Frontier {
	f := page.Frontier{Title: "What packages are worth, in hundredths of each party's best"}
	for _, s := range res.seats {
		f.Parties = append(f.Parties, s.Code)
	}
	for i := range res.answer.Frontier.Len() {
		f.Points = append(f.Points, res.drawn(res.answer.Frontier.At(i)))
	}
	if len(res.seats) == 2 {
		f.Packages = res.faint()
	}
	for _, s := range res.points {
		letters := ""
		for _, name := range s.Names {
			letters += name[:1]
		}
		f.Marked = append(f.Marked, page.Mark{Letter: letters, Name: strings.Join(s.Names, ", "), At: res.drawn(s.Point)})
	}
	for n, o := range res.offers {
		if o.Point != nil {
			f.Marked = append(f.Marked, page.Mark{Letter: strconv.Itoa(n + 1), Name: o.Title, At: res.drawn(*o.Point)})
		}
	}
	for i, p := range res.table.Problem.Parties {
		floor := math.NaN()
		if p.Reservation != nil {
			floor = res.hundredths(i, p.Reservation)
		}
		f.Floors = append(f.Floors, floor)
	}
	if !res.answer.Frontier.Whole {
		f.Partial = "The frontier as far as it was found in the time given."
	}
	return f
}

// drawn gives a package's worths as they are drawn.
func (res *results) drawn(p settle.Point) page.Worth {
	var out page.Worth
	for i, u := range p.Utilities {
		out = append(out, res.hundredths(i, u))
	}
	return out
}

func (res *results) hundredths(party int, u *big.Rat) float64 {
	if res.best[party].Sign() == 0 {
		return 0
	}
	n, _ := new(big.Rat).Quo(u, res.best[party]).Float64()
	return math.Round(1000*n) / 10
}

// faint lists all packages that keep the rules, when they are few.
func (res *results) faint() []page.Worth {
	p := &res.table.Problem
	if !p.Outcomes().IsInt64() || p.Outcomes().Int64() > maxFaint {
		return nil
	}
	var out []page.Worth
	for k := make(settle.Package, len(p.Issues)); ; {
		if p.Feasible(k) {
			out = append(out, res.drawn(res.point(k)))
		}
		i := 0
		for i < len(k) && k[i] == len(p.Issues[i].Options)-1 {
			k[i] = 0
			i++
		}
		if i == len(k) {
			return out
		}
		k[i]++
	}
}
