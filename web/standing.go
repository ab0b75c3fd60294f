package web

import (
	"paraph/consent"
	"paraph/draft"
	"paraph/papers"
	"paraph/record"
	"paraph/text"
)

// standing is where the latest version stands on the three axes, as one lens
// reads them. The axes stay side by side: there is no number for all of them.
type standing struct {
	Version     text.VersionView
	Issued, Now textState
	Positions   []positionCount // one for each value, in their order
	Consents    []consentCount  // one for each level above none
}

// textState is the first axis: which clauses have brackets in them.
type textState struct {
	Clean, Bracketed int // clauses; headings left out
	draft.Counts
}

// positionCount is how many seats' latest words have one value.
type positionCount struct {
	Position                      consent.Position
	Clauses, Proposals, Elsewhere int
	Seats                         []record.Seat // that have it anywhere, in the table's order
}

// consentCount is how many consents of one level stand, and how many have
// become void because the words changed.
type consentCount struct {
	Level       consent.Level
	Stand, Void int
	Seats       []record.Seat // whose consents stand, in the table's order
}

// standing gives where the text stands; none while there is no text.
func (v sight) standing() (standing, bool, error) {
	version, there := text.SeeVersion(v.Text, "")
	if !there {
		return standing{}, false, nil
	}
	roll, err := v.rollingText(version.ID)
	if err != nil {
		return standing{}, true, err
	}
	s := standing{Version: version, Issued: stateOf(version.Text), Now: stateOf(roll.Text)}
	cells := consent.SeeMatrix(v.Consent).Cells
	s.Positions = v.positionCounts(cells, version)
	s.Consents = v.consentCounts(cells, version)
	return s, true, nil
}

// stateOf counts clauses with and without brackets. A clause inside a bracket
// that opened before it is not clean.
func stateOf(t *draft.Text) textState {
	s := textState{Counts: draft.Count(t)}
	for _, c := range draft.CountClauses(t) {
		switch {
		case c.Clauses == 0:
		case papers.Bracketed(c.Counts):
			s.Bracketed += c.Clauses
		default:
			s.Clean += c.Clauses
		}
	}
	return s
}

// positionCounts counts the latest word of each seat on each thing: the one to
// the widest audience that this lens reads.
func (v sight) positionCounts(cells []consent.CellView, version text.VersionView) []positionCount {
	counts := map[consent.Position]*positionCount{}
	var out []positionCount
	for _, p := range consent.Positions() {
		out = append(out, positionCount{Position: p})
	}
	for i := range out {
		counts[out[i].Position] = &out[i]
	}
	in := index(version)
	for _, c := range cells {
		if len(c.Positions) == 0 {
			continue
		}
		n := counts[c.Positions[0].Position]
		if n == nil {
			continue // reported in words, as none of the six
		}
		proposal, proposed := text.SeeProposal(v.Text, c.On.ID())
		_, there := in[c.On.ID()]
		switch {
		case c.On.Noun() == "clause" && there:
			n.Clauses++
		case c.On.Noun() == "proposal" && proposed && proposal.Status == text.Live:
			n.Proposals++
		case c.On.Noun() == "version" || c.On.Noun() == "statement":
			n.Elsewhere++
		default:
			continue
		}
		n.Seats = append(n.Seats, c.Seat)
	}
	for _, p := range v.onTopics() {
		if n := counts[p.Position]; n != nil {
			n.Elsewhere++
			n.Seats = append(n.Seats, p.Seat)
		}
	}
	for i := range out {
		out[i].Seats = v.inOrder(out[i].Seats)
	}
	return out
}

// onTopics gives the latest word of each seat on each topic that is no text.
func (v sight) onTopics() []consent.PositionView {
	type topic struct {
		seat  record.Seat
		words string
	}
	seen := map[topic]bool{}
	var out []consent.PositionView
	for _, p := range consent.SeePositions(v.Consent, "") {
		if k := (topic{p.Seat, p.Topic}); !seen[k] {
			seen[k] = true
			out = append(out, p)
		}
	}
	return out
}

func (v sight) consentCounts(cells []consent.CellView, version text.VersionView) []consentCount {
	var out []consentCount
	at := map[consent.Level]int{}
	for _, l := range consent.Levels() {
		if l != consent.None {
			at[l] = len(out)
			out = append(out, consentCount{Level: l})
		}
	}
	in := index(version)
	for _, c := range cells {
		if len(c.Consents) == 0 || c.Consents[0].Level == consent.None {
			continue
		}
		clause, there := in[c.On.ID()]
		n := &out[at[c.Consents[0].Level]]
		switch {
		case !there:
		case clause.Fingerprint != c.Consents[0].Fingerprint:
			n.Void++
		default:
			n.Stand++
			n.Seats = append(n.Seats, c.Seat)
		}
	}
	for i := range out {
		out[i].Seats = v.inOrder(out[i].Seats)
	}
	return out
}

// index gives the clauses of a version by id.
func index(version text.VersionView) map[string]text.Clause {
	in := make(map[string]text.Clause, len(version.Clauses))
	for _, c := range version.Clauses {
		in[c.ID] = c
	}
	return in
}

// inOrder gives each seat once, in the order of the table.
func (v sight) inOrder(seats []record.Seat) []record.Seat {
	had := map[record.Seat]bool{}
	for _, s := range seats {
		had[s] = true
	}
	var out []record.Seat
	for _, s := range v.seats() {
		if had[s] {
			out = append(out, s)
		}
	}
	return out
}
