package papers

import (
	"cmp"
	"slices"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
	"paraph/text"
)

// Side is one text of a comparison: a version, the rolling text, what lies on the
// table, or the reading of a seat.
type Side struct {
	Value string // as it is asked for; a version's is its id, which has no colon
	Name  string // for people
}

// The sides that are no versions.
const (
	RollingSide = "rolling"
	BaseSide    = "base"
	ReadingSide = "reading:"
)

// Sides lists what can be compared; nothing where there is no version.
func (s Sight) Sides() []Side {
	var out []Side
	for _, v := range text.SeeVersions(s.Text) {
		out = append(out, Side{v.ID, v.Symbol})
	}
	if len(out) == 0 {
		return nil
	}
	out = append(out, Side{RollingSide, "the rolling text"}, Side{BaseSide, "what lies on the table"})
	for _, seat := range s.Holders() {
		out = append(out, Side{ReadingSide + string(seat), "the reading of " + string(seat)})
	}
	return out
}

// Pair is two sides, gathered: a value, from which Compare makes the comparison
// when the look is over.
type Pair struct {
	Old, New Side
	sight    Sight
	sides    [2]*draft.Text // nil for one that is made of the rolling text
	unrolled *text.Unrolled // nil when neither is
}

// SeePair gathers two sides. An empty new one is the latest version, an empty old
// one the version that the latest follows. What is not there for this lens is not
// found.
func SeePair(s Sight, old, now string) (Pair, error) {
	p := Pair{sight: s.after()}
	latest, there := text.SeeVersion(s.Text, "")
	if !there {
		return p, fault.NotFound("there is no text yet")
	}
	old, now = cmp.Or(old, latest.Follows, latest.ID), cmp.Or(now, latest.ID)
	all := s.Sides()
	for i, value := range []string{old, now} {
		at := slices.IndexFunc(all, func(o Side) bool { return o.Value == value })
		if at < 0 {
			return p, fault.NotFound("no such text")
		}
		if i == 0 {
			p.Old = all[at]
		} else {
			p.New = all[at]
		}
		if version, there := text.SeeVersion(s.Text, value); there {
			p.sides[i] = version.Text
		} else if p.unrolled == nil {
			u, err := s.Unrolled("")
			if err != nil {
				return p, err
			}
			p.unrolled = &u
		}
	}
	return p, nil
}

// after is the sight without its view: what is left of it when the look is over.
func (s Sight) after() Sight {
	s.Process, s.Text, s.Consent, s.Sitting, s.Press = nil, nil, nil, nil, nil
	return s
}

// Compared is what became of one text in another.
type Compared struct {
	OldSide, NewSide Side
	Old, New         *draft.Text
	OldOf            Basis // of the older text, where that is a version
	draft.Comparison
}

// Compare makes the comparison.
func (p Pair) Compare() (Compared, error) {
	c := Compared{OldSide: p.Old, NewSide: p.New}
	texts := p.sides
	if p.unrolled != nil {
		roll, err := p.sight.Roll(*p.unrolled)
		if err != nil {
			return c, err
		}
		for i, value := range []string{p.Old.Value, p.New.Value} {
			if texts[i] != nil {
				continue
			}
			if texts[i], err = sideOf(roll.Text, value); err != nil {
				return c, err
			}
		}
	}
	c.Old, c.New = texts[0], texts[1]
	c.Comparison = draft.Compare(c.Old, c.New)
	return c, nil
}

// sideOf gives a side that is made of the rolling text.
func sideOf(roll *draft.Text, value string) (*draft.Text, error) {
	if value == RollingSide {
		return roll, nil
	}
	seat := record.Seat(strings.TrimPrefix(value, ReadingSide))
	if value == BaseSide {
		seat = ""
	}
	return draft.Parse(draft.Reading(roll, seat))
}
