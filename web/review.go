package web

import (
	"context"
	"math/big"
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"paraph/bargain"
	"paraph/elicit"
	"paraph/fault"
	"paraph/record"
	"paraph/settle"
)

// review is what the own preferences mean: values alone.
type review struct {
	eliciting
	found    *elicit.Result
	says     []string
	packages []valuedPackage
	sliders  []slider
	moved    bool // some slider is elsewhere than the own weight
	lent     *bargain.LendingView
}

// valuedPackage is a package on the table and what it is worth to the own seat.
type valuedPackage struct {
	bargain.PackageView
	worth, other *big.Rat // by the own weights, and by those of the sliders; nil when it leaves issues open
	low, high    *big.Rat
}

// slider is one issue's weight as it is tried out.
type slider struct {
	Name  string
	Own   int // the own weight of 100, rounded
	Value int
}

// seeReview is what the own preferences mean, in words, figures and packages; with
// other weights to try: ?w-0=30&w-1=70.
func seeReview(v sight, r *http.Request) (*Page, error) {
	p := &Page{Title: "What your preferences mean", Section: bargainSection, Areas: []string{"bargain"}}
	if v.Lens.Role != record.Party {
		p.Body = noPreferences()
		return p, nil
	}
	m := review{eliciting: v.eliciting()}
	if l, there := v.lending(); there {
		m.lent = &l
	}
	if !m.kept || m.stale {
		p.Body = reviewNothing(m)
		return p, nil
	}
	found, err := v.meant(m.eliciting)
	if err != nil {
		return nil, err
	}
	m.found, m.says = found, found.Says(m.issues)
	m.slide(r.URL.Query())
	for _, k := range v.bargaining().live() {
		m.packages = append(m.packages, m.value(k))
	}
	meaning := &Fragment{ID: "packages", Name: "what packages are worth to you", Body: reviewPackages(m)}
	p.Live = []*Fragment{meaning}
	p.Body = reviewPage(m, meaning)
	p.Form = func(f Form) templ.Component { return lendForm(m, f) }
	return p, nil
}

// meant gives what the own preferences come to.
func (v sight) meant(e eliciting) (*elicit.Result, error) {
	if e.asked {
		return elicit.Worths(e.issues, e.answers)
	}
	own, there := bargain.SeeOwnTable(v.Bargain, v.Lens.Seat, v.current())
	if !there {
		return nil, fault.NotFound("no preferences are kept")
	}
	return elicit.Given(e.issues, own.Problem.Parties[0]), nil
}

// slide reads the sliders.
func (m *review) slide(q url.Values) {
	for i, issue := range m.issues {
		own, _ := new(big.Float).SetRat(m.found.Weights[i].Mid).Int64()
		s := slider{issue.Name, int(own), int(own)}
		if n, err := strconv.Atoi(q.Get(m.name("w", i))); err == nil && n >= 0 && n <= 100 {
			s.Value = n
		}
		m.moved = m.moved || s.Value != s.Own
		m.sliders = append(m.sliders, s)
	}
}

// value says what a package is worth: the sum of its options' worths, and how low
// and high that may be; of issues that it leaves open, anything.
func (m *review) value(k bargain.PackageView) valuedPackage {
	out := valuedPackage{PackageView: k, worth: new(big.Rat), other: new(big.Rat), low: new(big.Rat), high: new(big.Rat)}
	total := 0
	for _, s := range m.sliders {
		total += s.Value
	}
	whole := true
	for i, id := range m.ids {
		o := optionPlace(k.Choices, id)
		if o < 0 || o >= len(m.issues[i].Options) {
			whole = false
			low, high := ends(m.found.Worths[i])
			out.low.Add(out.low, low)
			out.high.Add(out.high, high)
			continue
		}
		w := m.found.Worths[i][o]
		out.worth.Add(out.worth, w.Mid)
		out.low.Add(out.low, w.Low)
		out.high.Add(out.high, w.High)
		if own := m.found.Weights[i].Mid; own.Sign() > 0 && total > 0 {
			part := new(big.Rat).Quo(w.Mid, own)
			out.other.Add(out.other, part.Mul(part, big.NewRat(int64(100*m.sliders[i].Value), int64(total))))
		}
	}
	if !whole {
		out.worth, out.other = nil, nil
	}
	if m.asked && out.high.Cmp(hundredPoints) > 0 {
		out.high = hundredPoints
	}
	return out
}

var hundredPoints = big.NewRat(100, 1)

// ends gives the least and the greatest that any option may be worth.
func ends(row []elicit.Interval) (low, high *big.Rat) {
	low, high = row[0].Low, row[0].High
	for _, w := range row {
		if w.Low.Cmp(low) < 0 {
			low = w.Low
		}
		if w.High.Cmp(high) > 0 {
			high = w.High
		}
	}
	return low, high
}

func optionPlace(choices []bargain.Choice, issue string) int {
	for _, c := range choices {
		if c.Issue == issue {
			return c.Option
		}
	}
	return -1
}

// best is the package that gives the own seat most.
func (m *review) best() settle.Package {
	var k settle.Package
	for _, row := range m.found.Worths {
		at := 0
		for o, w := range row {
			if w.Mid.Cmp(row[at].Mid) > 0 {
				at = o
			}
		}
		k = append(k, at)
	}
	return k
}

// floor says what no deal is worth, in words; empty when that was not said.
func (m *review) floor() string {
	if m.found.Party.Reservation == nil {
		return ""
	}
	return elicit.Number(m.found.Party.Reservation)
}

// above tells whether a package is worth at least as much as no deal.
func (m *review) above(k valuedPackage) bool {
	return m.found.Party.Reservation == nil || k.worth == nil || k.worth.Cmp(m.found.Party.Reservation) >= 0
}

// bar gives a number of 100 as a coordinate.
func bar(n *big.Rat) string { return n.FloatString(1) }

// span is the length between two numbers of 100; never nothing, so that it is seen.
func spanOf(i elicit.Interval) string {
	if i.Exact() {
		return "0.8"
	}
	return i.Width().FloatString(1)
}

// grains says what each grain reveals.
func grains() []choice {
	var out []choice
	for _, g := range bargain.Grains() {
		c := choice{Value: strconv.Itoa(int(g))}
		switch {
		case g == bargain.Exact:
			c.Words, c.Hint = "Exactly", "the chair's engine is given your numbers as they stand; who reads all that the chair reads can know them"
		default:
			n := strconv.Itoa(int(g))
			c.Words = "In " + n + " levels"
			c.Hint = "of each option it is told only in which of " + n + " equal steps of your greatest issue its worth lies: nothing finer than 1/" + n + " of that"
		}
		out = append(out, c)
	}
	return out
}

// lend lets the chair's engine use the own preferences.
func (s *Server) lend(w http.ResponseWriter, r *http.Request) {
	s.formed(w, r, seeReview, "bargain/preferences/review", func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		n, err := strconv.Atoi(f.Get("grain"))
		if err != nil {
			return answer{}, fault.Invalid("it is not said how finely").With("choose a grain")
		}
		if err := s.needs(st.caller, "lend your delegation's preferences to the chair, "+grainWords(bargain.Grain(n))); err != nil {
			return answer{}, err
		}
		_, err = s.desk.Bargain(ctx, st.process, st.actor(), f.Get("key"), bargain.Lend{Grain: bargain.Grain(n)})
		return to(processPath(st.process, "bargain/preferences/review?done=lent#lend"), err)
	})
}

// revoke ends what the own seat has lent.
func (s *Server) revoke(w http.ResponseWriter, r *http.Request) {
	s.formed(w, r, seeReview, "bargain/preferences/review", func(ctx context.Context, st sitter, f url.Values) (answer, error) {
		_, err := s.desk.Bargain(ctx, st.process, st.actor(), f.Get("key"), bargain.Revoke{})
		return to(processPath(st.process, "bargain/preferences/review?done=revoked#lend"), err)
	})
}

func numberOr(n *big.Rat, none string) string {
	if n == nil {
		return none
	}
	return elicit.Number(n)
}

// costOf is what a package is worth less than the own best.
func costOf(m review, k valuedPackage) string {
	if k.worth == nil {
		return "–"
	}
	most := new(big.Rat)
	for i, o := range m.best() {
		most.Add(most, m.found.Worths[i][o].Mid)
	}
	return elicit.Number(most.Sub(most, k.worth))
}
