package web

import (
	"net/http"
	"slices"
	"strconv"

	"paraph/draft"
	"paraph/page"
	"paraph/papers"
	"paraph/text"
)

// convergence is the run of a text's figures over its versions, and at the end
// the rolling text as this lens reads it.
type convergence struct {
	sight
	run    page.Run
	states []runState
	lines  []clauseRun
	most   int // the most contested words of any clause in any state
}

// runState is one state of the text with its figures.
type runState struct {
	Name string
	Rest string // path of its page
	Date string
	textState
}

// clauseRun is the contested words of one clause over the states; -1 where a
// state has no such clause.
type clauseRun struct {
	ID, Title string
	Until     string // symbol of the last version that has it; empty when the latest does
	Contested []int
}

// seeConvergence is how the figures of the text ran over its versions.
func seeConvergence(v sight, _ *http.Request) (*Page, error) {
	versions := text.SeeVersions(v.Text)
	if len(versions) == 0 {
		return &Page{Title: "Convergence", Section: "Convergence", Body: noText(v), Areas: []string{"versions"}}, nil
	}
	latest, _ := text.SeeVersion(v.Text, "")
	roll, err := v.rollingText(latest.ID)
	if err != nil {
		return nil, err
	}
	c := convergence{sight: v}
	for _, version := range versions {
		c.states = append(c.states, runState{version.Symbol, "versions/" + version.ID, version.Date, stateOf(version.Text)})
	}
	c.states = append(c.states, runState{"with live proposals", "text", "now", stateOf(roll.Text)})
	c.draw()
	c.follow(versions, roll)
	f := &Fragment{ID: "convergence", Name: "the run of the figures", Body: convergenceBody(c)}
	return &Page{
		Title: "Convergence", Section: "Convergence", Areas: []string{"text", "versions", "positions"},
		Live: []*Fragment{f}, Body: convergencePage(f),
	}, nil
}

// draw makes the drawings: one for each figure.
func (c *convergence) draw() {
	figures := []struct {
		name string
		of   func(runState) int
	}{
		{"clauses with brackets", func(s runState) int { return s.Bracketed }},
		{"clauses clean", func(s runState) int { return s.Clean }},
		{"brackets", func(s runState) int { return s.Brackets - s.Marks }},
		{"contested words", func(s runState) int { return s.ContestedWords }},
		{"words", func(s runState) int { return s.Words }},
		{"deepest bracket", func(s runState) int { return s.MaxDepth }},
	}
	c.run = page.Run{ID: "convergence-run", Title: "Figures of the text, state by state"}
	for _, s := range c.states {
		c.run.States = append(c.run.States, s.Name)
	}
	for _, f := range figures {
		series := page.Series{Name: f.name}
		for _, s := range c.states {
			series.Values = append(series.Values, f.of(s))
		}
		c.run.Series = append(c.run.Series, series)
	}
}

// follow gives the contested words of each clause over the states, for clauses
// that were contested in any: first those of the latest version in its order,
// then those that are gone.
func (c *convergence) follow(versions []text.VersionView, roll text.RollingView) {
	runs := map[string]*clauseRun{}
	var order []string
	for s, version := range slices.Backward(versions) {
		counts, named := draft.CountClauses(version.Text), papers.Titles(version)
		for i, clause := range version.Clauses {
			if counts[i].Clauses == 0 {
				continue
			}
			if runs[clause.ID] == nil {
				runs[clause.ID] = &clauseRun{ID: clause.ID, Title: named[clause.ID], Contested: none(len(c.states))}
				if s < len(versions)-1 {
					runs[clause.ID].Until = version.Symbol
				}
				order = append(order, clause.ID)
			}
			runs[clause.ID].Contested[s] = counts[i].ContestedWords
		}
	}
	counts, last := draft.CountClauses(roll.Text), len(c.states)-1
	for _, clause := range roll.Clauses {
		if run := runs[clause.ID]; run != nil {
			run.Contested[last] = 0
			for _, n := range counts[clause.First:clause.Last] {
				run.Contested[last] += n.ContestedWords
			}
		}
	}
	for _, id := range order {
		if most := slices.Max(runs[id].Contested); most > 0 {
			c.lines = append(c.lines, *runs[id])
			c.most = max(c.most, most)
		}
	}
}

// none is a run in which no state has the clause.
func none(states int) []int {
	out := make([]int, states)
	for i := range out {
		out[i] = -1
	}
	return out
}

// bar gives the length of a bar for a number of words, in units of 100.
func (c convergence) bar(words int) string {
	if words <= 0 || c.most == 0 {
		return "0"
	}
	return strconv.Itoa(max(1, 100*words/c.most))
}
