package web

import (
	"net/http"
	"slices"

	"paraph/consent"
	"paraph/record"
	"paraph/text"
)

// seeProposals lists all proposals that the lens reads, or with ?seat=SEAT
// those of one seat, the newest first.
func seeProposals(v sight, r *http.Request) (*Page, error) {
	seat := record.Seat(r.URL.Query().Get("seat"))
	var live, past []text.ProposalView
	on := map[string][]consent.PositionView{}
	for _, p := range newestFirst(text.SeeProposals(v.Text)) {
		if seat != "" && p.Seat != seat {
			continue
		}
		on[p.ID] = consent.SeePositions(v.Consent, record.NewRef("proposal", p.ID))
		if p.Status == text.Live {
			live = append(live, p)
		} else {
			past = append(past, p)
		}
	}
	f := &Fragment{ID: "proposals", Name: "the proposals", Body: proposalsBody(v, live, past, on)}
	return &Page{
		Title: "Proposals", Section: "Proposals", Areas: []string{"text", "positions", "roster"},
		Live: []*Fragment{f}, Body: proposalsPage(v, seat, f),
	}, nil
}

func newestFirst(all []text.ProposalView) []text.ProposalView {
	out := slices.Clone(all)
	slices.Reverse(out)
	return out
}
