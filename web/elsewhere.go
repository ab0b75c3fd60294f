package web

import (
	"paraph/consent"
	"paraph/press"
	"paraph/record"
)

// elsewhere gives the latest word of each seat, in each audience, on what is
// neither a clause nor a proposal; the newest first.
func (v sight) elsewhere() []consent.PositionView {
	type matter struct {
		seat  record.Seat
		on    record.Ref
		topic string
		to    record.Audience
	}
	seen := map[matter]bool{}
	var out []consent.PositionView
	for _, p := range consent.SeeAllPositions(v.Consent) {
		if p.On.Noun() == "clause" || p.On.Noun() == "proposal" {
			continue
		}
		if k := (matter{p.Seat, p.On, p.Topic, p.Audience}); !seen[k] {
			seen[k] = true
			out = append(out, p)
		}
	}
	return out
}

// matter says what a position is on that is on no clause and no proposal.
func (v sight) matter(p consent.PositionView) string {
	var of string
	switch p.On.Noun() {
	case "version":
		of = v.symbol(p.On.ID())
	case "statement":
		of = "a statement"
		if s, there := press.SeeStatement(v.Press, p.On.ID()); there {
			of = "what " + s.Speaker + " said"
		}
	}
	switch {
	case of == "":
		return firstUpper(p.Topic)
	case p.Topic == "":
		return firstUpper(of)
	}
	return firstUpper(of) + ": " + p.Topic
}
