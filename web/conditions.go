package web

import (
	"net/http"

	"paraph/sitting"
)

// seeConditions lists what must hold before a next step: what still waits, then
// what is settled.
func seeConditions(v sight, _ *http.Request) (*Page, error) {
	waiting := v.nextConditions()
	var settled []sitting.ConditionView
	for _, c := range sitting.SeeConditions(v.Sitting) {
		if c.Standing == sitting.Met || c.Standing == sitting.Expired {
			settled = append(settled, c)
		}
	}
	f := &Fragment{ID: "conditions", Name: "the conditions", Body: conditionList(v, waiting, settled)}
	return &Page{
		Title: "Conditions", Section: "Conditions", Areas: []string{"conditions", "roster"},
		Live: []*Fragment{f}, Body: conditionsPage(f),
	}, nil
}
