package consent

import (
	"cmp"
	"slices"

	"paraph/record"
)

// Fold takes one entry of this room into the state. It panics on a kind that it
// does not know.
func Fold(s *State, e record.Entry) {
	if s.cells == nil {
		s.on = map[record.Ref][]int{}
		s.consents = map[string][]ConsentView{}
		s.cells = map[cellKey]*CellView{}
		s.cellsOn = map[record.Ref][]*CellView{}
	}
	switch e.Content.Kind {
	case kindTaken:
		s.foldTaken(e, record.Body[taken](e))
	case kindGiven:
		s.foldGiven(e, record.Body[given](e))
	default:
		panic(record.Unknown(e))
	}
}

func (s *State) foldTaken(e record.Entry, v taken) {
	p := PositionView{
		On: v.On, Topic: v.Topic, Version: v.Version, Fingerprint: v.Fingerprint, Seat: v.Seat,
		Position: v.Position, Note: v.Note, ReportedBy: v.ReportedBy, Said: v.Said,
		At: e.At, By: e.Content.By, Audience: e.Audience, Source: v.Source,
	}
	s.on[v.On] = append(s.on[v.On], len(s.positions))
	s.positions = append(s.positions, p)
	c := s.cell(cellKey{v.Seat, v.On, v.Topic})
	c.Positions = latest(c.Positions, p, func(q PositionView) record.Audience { return q.Audience })
}

func (s *State) foldGiven(e record.Entry, v given) {
	g := ConsentView{
		Clause: v.Clause, Version: v.Version, Fingerprint: v.Fingerprint, Seat: v.Seat,
		Level: v.Level, Linked: v.Linked, Note: v.Note,
		At: e.At, By: e.Content.By, Audience: e.Audience, Source: v.Source,
	}
	s.consents[v.Clause] = append(s.consents[v.Clause], g)
	c := s.cell(cellKey{seat: v.Seat, on: record.NewRef("clause", v.Clause)})
	c.Consents = latest(c.Consents, g, func(h ConsentView) record.Audience { return h.Audience })
}

// cellKey names what one seat says of one thing, or of one topic in words.
type cellKey struct {
	seat  record.Seat
	on    record.Ref
	topic string
}

func (s *State) cell(k cellKey) *CellView {
	c := s.cells[k]
	if c == nil {
		c = &CellView{Seat: k.seat, On: k.on}
		s.cells[k] = c
		if k.topic == "" {
			s.cellsOn[k.on] = append(s.cellsOn[k.on], c)
		}
	}
	return c
}

// latest gives a new list in which v stands for its audience: the widest
// audience first, and of two equally wide ones the newer. The old list stays as
// it is, for those who look at it.
func latest[V any](list []V, v V, audience func(V) record.Audience) []V {
	next := []V{v}
	for _, w := range list {
		if audience(w) != audience(v) {
			next = append(next, w)
		}
	}
	slices.SortStableFunc(next, func(a, b V) int { return cmp.Compare(audience(b).Width(), audience(a).Width()) })
	return next
}

// Touches tells which areas of a page an entry of this room moves: "positions",
// and "clause/ID" or what else the position is on. A position on a proposal
// moves "text" too, since the rolling text names who supports it.
func Touches(e record.Entry) []string {
	switch e.Content.Kind {
	case kindTaken:
		v := record.Body[taken](e)
		switch v.On.Noun() {
		case "":
			return []string{"positions"}
		case "proposal":
			return []string{"positions", string(v.On), "text"}
		}
		return []string{"positions", string(v.On)}
	case kindGiven:
		return []string{"positions", string(record.NewRef("clause", record.Body[given](e).Clause))}
	}
	panic(record.Unknown(e))
}
