package web

import (
	"net/http"
	"slices"

	"paraph/process"
	"paraph/record"
	"paraph/sitting"
)

// How much of each a process shows at a glance; the pages behind show all.
const (
	glanceNews       = 12
	glanceSittings   = 3
	glanceConditions = 5
)

// seeGlance is a process at a glance: what it is to settle and by which rules,
// where the text stands, what comes next, what came last, who sits there.
func seeGlance(v sight, _ *http.Request) (*Page, error) {
	stands, there, err := v.standing()
	if err != nil {
		return nil, err
	}
	axes := &Fragment{ID: "standing", Name: "where the text stands", Body: glanceStanding(v, stands, there)}
	conditions := &Fragment{ID: "conditions", Name: "the next conditions", Body: glanceConditionList(v, v.nextConditions())}
	sittings := &Fragment{ID: "sittings", Name: "the last sittings", Body: glanceSittingList(v, v.lastSittings())}
	latest := &Fragment{ID: "news", Name: "what is new", Body: glanceNewsList(v, v.news(glanceNews))}
	seats := &Fragment{ID: "seats", Name: "the seats", Body: glanceSeats(v)}
	p := &Page{Title: v.table.Title, Section: "At a glance", Live: []*Fragment{axes, conditions, sittings, latest, seats}}
	p.Body = glancePage(v, axes, conditions, sittings, latest, seats)
	return p, nil
}

// nextConditions gives those on which something still waits.
func (v sight) nextConditions() []sitting.ConditionView {
	var out []sitting.ConditionView
	for _, c := range sitting.SeeConditions(v.Sitting) {
		if c.Standing != sitting.Met && c.Standing != sitting.Expired {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b sitting.ConditionView) int { return a.Due.Compare(b.Due) })
	return out
}

// lastSittings gives the sittings, the latest first.
func (v sight) lastSittings() []sitting.SittingView {
	all := sitting.SeeSittings(v.Sitting)
	slices.Reverse(all)
	return all
}

// narrower tells whether an audience is worth a mark where most is for all
// seats.
func narrower(a record.Audience) bool { return a != record.Plenary && a != record.Public }

// ended says how and when an accreditation ended.
func ended(p process.PersonView) string {
	if p.Left {
		return "left " + moment(p.Struck)
	}
	return "struck " + moment(p.Struck)
}

// sources gives the sources of a seat and its people, each once.
func sources(s process.SeatView) []record.Source {
	var out []record.Source
	add := func(one record.Source) {
		if !one.IsZero() && !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	add(s.Source)
	add(s.WhySource)
	for _, p := range s.People {
		add(p.Source)
	}
	for _, p := range s.Former {
		add(p.WhySource)
	}
	return out
}
