package papers

import (
	"slices"
	"strings"

	"paraph/consent"
	"paraph/desk"
	"paraph/page"
	"paraph/process"
	"paraph/record"
	"paraph/text"
)

// Sight is one process as one lens sees it. Its view is good for as long as the
// look lasts.
type Sight struct {
	desk.View
	ID    record.ProcessID
	Table process.ProcessView
}

// keptRolling is the name under which a lens's latest rolling text is kept.
const keptRolling = "rolling text"

// RollingText gives the rolling text of a version; an empty one is the latest.
func (s Sight) RollingText(version string) (text.RollingView, error) {
	u, err := s.Unrolled(version)
	if err != nil {
		return text.RollingView{}, err
	}
	return s.Roll(u)
}

// Unrolled gives what the rolling text of a version is made of.
func (s Sight) Unrolled(version string) (text.Unrolled, error) {
	supporters := map[string][]record.Seat{}
	if live := text.SeeLive(s.Text, version); len(live) > 0 {
		supporters = consent.SeeSupporters(s.Consent, live...)
	}
	return text.SeeUnrolled(s.Text, version, supporters)
}

// Roll makes a rolling text of the one that this lens saw last, and keeps it for
// the next. It needs no more of the view than what is kept of it, so it may be
// called when the look is over.
func (s Sight) Roll(u text.Unrolled) (text.RollingView, error) {
	before, _ := s.Kept.Get(keptRolling).(text.RollingView)
	roll, err := u.Roll(before)
	if err == nil {
		s.Kept.Put(keptRolling, roll)
	}
	return roll, err
}

// Holders lists the seats that can hold words: all but the observers.
func (s Sight) Holders() []record.Seat {
	var out []record.Seat
	for _, seat := range s.Table.Seats {
		if seat.Role != record.Observer {
			out = append(out, seat.Seat)
		}
	}
	return out
}

// Names gives what seats are called.
func (s Sight) Names() map[record.Seat]string {
	out := make(map[record.Seat]string, len(s.Table.Seats))
	for _, seat := range s.Table.Seats {
		out[seat.Seat] = seat.Name
	}
	return out
}

// Seats gives the seats in the order of the table.
func (s Sight) Seats() []record.Seat {
	var out []record.Seat
	for _, seat := range s.Table.Seats {
		out = append(out, seat.Seat)
	}
	return out
}

// Reader says through whose eyes the sight is.
func (s Sight) Reader() string {
	if s.Lens.Seat == "" {
		return "the public"
	}
	return string(s.Lens.Seat)
}

// Readers says who may read something.
func Readers(a record.Audience) string {
	names := make([]string, 0, 2)
	for _, s := range a.Seats() {
		names = append(names, string(s))
	}
	switch a.Name() {
	case "offices":
		return "in confidence: " + strings.Join(names, "") + " and the chair"
	case "internal":
		return "internal to " + strings.Join(names, "")
	case "bilateral":
		return "bilateral: " + strings.Join(names, " and ")
	}
	return string(a)
}

// Titles gives what the clauses of a version are called when they stand alone,
// away from their article, by clause id.
func Titles(version text.VersionView) map[string]string {
	out := make(map[string]string, len(version.Clauses))
	for i, c := range version.Clauses {
		out[c.ID] = page.Title(version.Text, i)
	}
	return out
}

// Around lists what is printed around the words of a version that is taken out.
func (s Sight) Around(v text.VersionView) []string {
	made, err := seeVersion(s, Ask{Version: v.ID})
	if err != nil {
		return nil
	}
	p, err := made()
	if err != nil {
		return nil
	}
	return p.Around()
}

// Around lists what is printed around the words of a paper.
func (p Paper) Around() []string { return p.document(Options{}).Around() }

// Origin is a row of a provenance table with the name of its clause.
type Origin struct {
	text.Provenance
	Clause string // its id; empty for what was dropped
	Title  string
}

// Origins gives the provenance of a version in the order of its clauses, what
// was dropped last.
func Origins(version text.VersionView) []Origin {
	var out, dropped []Origin
	names := Titles(version)
	for i, c := range version.Clauses {
		for _, p := range version.Provenance {
			if p.Place == i {
				out = append(out, Origin{p, c.ID, names[c.ID]})
			}
		}
	}
	for _, p := range version.Provenance {
		if p.Place == text.Dropped {
			dropped = append(dropped, Origin{Provenance: p})
		}
	}
	return append(out, dropped...)
}

// Sourced tells whether a version's provenance names what any clause was made from.
func Sourced(version text.VersionView) bool {
	return slices.ContainsFunc(version.Provenance, func(p text.Provenance) bool { return len(p.Sources) > 0 })
}

// Reported tells whether it names where any clause was published.
func Reported(version text.VersionView) bool {
	return slices.ContainsFunc(version.Provenance, func(p text.Provenance) bool { return len(p.Reported) > 0 })
}
