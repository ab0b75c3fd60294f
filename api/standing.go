package api

import (
	"net/http"
	"slices"

	"paraph/consent"
	"paraph/draft"
	"paraph/record"
	"paraph/text"
)

// State is one state of the text on the first axis.
type State struct {
	Name      string `json:"name" about:"A version's symbol, or: with live proposals."`
	Version   string `json:"version,omitempty" about:"The version's id; left out for the rolling text."`
	Date      string `json:"date,omitempty"`
	Clean     int    `json:"clean" about:"Clauses without brackets."`
	Bracketed int    `json:"bracketed" about:"Clauses with brackets."`
	Counts    Counts `json:"counts"`
}

// Axes is where the text stands on the three axes. They stay side by
// side: there is no number for all of them.
type Axes struct {
	Version   VersionHead     `json:"version"`
	Issued    State           `json:"issued" about:"The version as it was issued."`
	Now       State           `json:"now" about:"The same with the live proposals."`
	Positions []PositionCount `json:"positions" about:"The latest words of the seats, value by value."`
	Consents  []ConsentCount  `json:"consents" about:"Level by level, from the lowest above none."`
}

// PositionCount is how many seats' latest words on clauses and live proposals
// have one value.
type PositionCount struct {
	Position  consent.Position `json:"position"`
	Clauses   int              `json:"clauses"`
	Proposals int              `json:"proposals"`
	Seats     []record.Seat    `json:"seats" about:"That have it anywhere here."`
}

// ConsentCount is how many consents of one level stand.
type ConsentCount struct {
	Level consent.Level `json:"level"`
	Stand int           `json:"stand"`
	Void  int           `json:"void" about:"Those whose words have changed since."`
	Seats []record.Seat `json:"seats" about:"Whose consents stand."`
}

// Convergence is how the figures of the text ran over its versions.
type Convergence struct {
	States  []State     `json:"states" about:"The versions, the oldest first, and at the end the rolling text."`
	Clauses []ClauseRun `json:"clauses" about:"The clauses that were contested in any state: first those of the latest version in its order, then those that are gone."`
}

// ClauseRun is the contested words of one clause over the states.
type ClauseRun struct {
	Clause    string `json:"clause"`
	Title     string `json:"title"`
	Contested []*int `json:"contested" about:"One for each state; null where it has no such clause."`
}

func stateOf(name, version, date string, t *draft.Text) State {
	s := State{Name: name, Version: version, Date: date, Counts: countsOf(draft.Count(t))}
	for _, c := range draft.CountClauses(t) {
		switch {
		case c.Clauses == 0:
		case countsOf(c.Counts).contested():
			s.Bracketed += c.Clauses
		default:
			s.Clean += c.Clauses
		}
	}
	return s
}

const nowName = "with live proposals"

func seeStanding(v sight, _ *http.Request) (any, error) {
	version, err := v.latest()
	if err != nil {
		return nil, err
	}
	roll, err := v.rolling(version.ID)
	if err != nil {
		return nil, err
	}
	prints := map[string]string{}
	for _, c := range version.Clauses {
		prints[c.ID] = c.Fingerprint
	}
	cells := consent.SeeMatrix(v.Consent).Cells
	return Axes{
		Version: headOf(version), Issued: stateOf(version.Symbol, version.ID, version.Date, version.Text), Now: stateOf(nowName, "", "", roll.Text),
		Positions: v.positionCounts(cells, prints), Consents: v.consentCounts(cells, prints),
	}, nil
}

// positionCounts counts the latest word of each seat on each clause and live
// proposal: the one to the widest audience that the lens reads.
func (v sight) positionCounts(cells []consent.CellView, prints map[string]string) []PositionCount {
	out := each(consent.Positions(), func(p consent.Position) PositionCount { return PositionCount{Position: p, Seats: []record.Seat{}} })
	for _, c := range cells {
		if len(c.Positions) == 0 {
			continue
		}
		at := slices.Index(consent.Positions(), c.Positions[0].Position)
		if at < 0 {
			continue // reported in words, as none of the six
		}
		_, there := prints[c.On.ID()]
		proposal, proposed := text.SeeProposal(v.Text, c.On.ID())
		switch {
		case c.On.Noun() == "clause" && there:
			out[at].Clauses++
		case c.On.Noun() == "proposal" && proposed && proposal.Status == text.Live:
			out[at].Proposals++
		default:
			continue
		}
		out[at].Seats = append(out[at].Seats, c.Seat)
	}
	for i := range out {
		out[i].Seats = v.inOrder(out[i].Seats)
	}
	return out
}

func (v sight) consentCounts(cells []consent.CellView, prints map[string]string) []ConsentCount {
	levels := slices.DeleteFunc(slices.Clone(consent.Levels()), func(l consent.Level) bool { return l == consent.None })
	out := each(levels, func(l consent.Level) ConsentCount { return ConsentCount{Level: l, Seats: []record.Seat{}} })
	for _, c := range cells {
		if len(c.Consents) == 0 {
			continue
		}
		at := slices.Index(levels, c.Consents[0].Level)
		fingerprint, there := prints[c.On.ID()]
		switch {
		case at < 0 || !there:
		case fingerprint != c.Consents[0].Fingerprint:
			out[at].Void++
		default:
			out[at].Stand++
			out[at].Seats = append(out[at].Seats, c.Seat)
		}
	}
	for i := range out {
		out[i].Seats = v.inOrder(out[i].Seats)
	}
	return out
}

// inOrder gives each seat once, in the order of the table.
func (v sight) inOrder(seats []record.Seat) []record.Seat {
	out := []record.Seat{}
	for _, s := range v.seats() {
		if slices.Contains(seats, s) {
			out = append(out, s)
		}
	}
	return out
}

func seeConvergence(v sight, _ *http.Request) (any, error) {
	versions := text.SeeVersions(v.Text)
	latest, err := v.latest()
	if err != nil {
		return nil, err
	}
	roll, err := v.rolling(latest.ID)
	if err != nil {
		return nil, err
	}
	out := Convergence{Clauses: []ClauseRun{}}
	for _, version := range versions {
		out.States = append(out.States, stateOf(version.Symbol, version.ID, version.Date, version.Text))
	}
	out.States = append(out.States, stateOf(nowName, "", "", roll.Text))
	for _, run := range runs(versions, roll) {
		if slices.ContainsFunc(run.Contested, func(n *int) bool { return n != nil && *n > 0 }) {
			out.Clauses = append(out.Clauses, *run)
		}
	}
	return out, nil
}

// runs gives the contested words of every clause over the versions and, last,
// the rolling text.
func runs(versions []text.VersionView, roll text.RollingView) []*ClauseRun {
	var all []*ClauseRun
	at := map[string]*ClauseRun{}
	for s, version := range slices.Backward(versions) {
		counts := draft.CountClauses(version.Text)
		for i, c := range version.Clauses {
			if counts[i].Clauses == 0 {
				continue
			}
			if at[c.ID] == nil {
				at[c.ID] = &ClauseRun{Clause: c.ID, Title: titleAt(version.Text, i), Contested: make([]*int, len(versions)+1)}
				all = append(all, at[c.ID])
			}
			at[c.ID].Contested[s] = &counts[i].ContestedWords
		}
	}
	counts := draft.CountClauses(roll.Text)
	for _, c := range roll.Clauses {
		if run := at[c.ID]; run != nil {
			sum := 0
			for _, n := range counts[c.First:c.Last] {
				sum += n.ContestedWords
			}
			run.Contested[len(versions)] = &sum
		}
	}
	return all
}
