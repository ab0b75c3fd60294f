package text

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"paraph/fault"
	"paraph/record"
)

// Decide judges an act by what its actor sees, and gives the entries to write.
func Decide(s *State, by record.Actor, _ time.Time, act Act) ([]record.Event, error) {
	switch a := act.(type) {
	case Issue:
		return s.issue(by, a)
	case Table:
		return s.table(by, a)
	case Withdraw:
		return s.withdraw(by, a)
	case Clear:
		return s.clear(by, a)
	}
	panic(fmt.Sprintf("text: unknown act %T", act))
}

func (s *State) issue(by record.Actor, a Issue) ([]record.Event, error) {
	narrowest := record.Plenary
	if by.Role != record.Chair && by.Role != record.Keeper {
		narrowest = record.Internal(by.Seat)
		if a.Class != NonPaper || by.Role != record.Party {
			return nil, fault.Forbidden("only the chair issues versions of the text").
				With("a party may issue a non-paper, or table proposals on a version")
		}
	}
	to, err := by.Address(a.Audience, narrowest, record.Speaking)
	if err := cmp.Or(err, a.check(), a.Source.Check(to)); err != nil {
		return nil, err
	}
	if s.versions.Get(a.ID) != nil {
		return nil, fault.Conflict("a version with the id %q stands already", a.ID).With("choose another id")
	}
	follows, err := s.followed(a, to)
	if err != nil {
		return nil, err
	}
	t, err := parseDraft(a.Draft)
	if err != nil {
		return nil, err
	}
	if err := checkProvenance(a.Provenance, len(t.Clauses)); err != nil {
		return nil, err
	}
	v := issued{
		ID: a.ID, Symbol: a.Symbol, Class: a.Class, Title: cmp.Or(a.Title, t.Front.Title), Date: a.Date,
		Note: a.Note, Source: a.Source, Draft: a.Draft, Clauses: identify(a.ID, t, follows), Provenance: a.Provenance,
	}
	if follows != nil {
		v.Follows = follows.ID
	}
	return []record.Event{{Audience: to, Kind: kindIssued, Body: v, Makes: v.makes(), Mentions: v.mentions(to)}}, nil
}

func (v issued) makes() []record.Ref {
	refs := []record.Ref{record.NewRef("version", v.ID)}
	for _, c := range v.Clauses {
		refs = append(refs,
			record.NewRef("clause", c.ID),
			record.NewRef("words", c.ID+"/"+c.Fingerprint))
	}
	return refs
}

func (v issued) mentions(to record.Audience) []record.Ref {
	seats := to.Seats()
	for _, p := range v.Provenance {
		seats = append(seats, p.Contributors...)
	}
	slices.Sort(seats)
	refs := record.SeatRefs(slices.Compact(seats)...)
	if v.Follows != "" {
		refs = append(refs, record.NewRef("version", v.Follows))
	}
	return refs
}

func (a Issue) check() error {
	if !slices.Contains(Classes(), a.Class) {
		return fault.Invalid("%q is not a class of versions", string(a.Class)).
			With("one of chair's text, compilation, consolidation, non-paper, conference room paper")
	}
	return cmp.Or(
		record.CheckID("a version", a.ID),
		record.CheckLine("the symbol", a.Symbol, record.Required),
		record.CheckLine("the title", a.Title, record.Optional),
		record.CheckLine("the date", a.Date, record.Optional),
		record.CheckProse("the note", a.Note, record.Optional))
}

func checkProvenance(table []Provenance, clauses int) error {
	for _, p := range table {
		if p.Place < Dropped || p.Place >= clauses {
			return fault.Invalid("the provenance speaks of clause %d of %d", p.Place, clauses).
				With("count the clauses of the draft from 0, headings too; %d is what was dropped", Dropped)
		}
		if p.Place == Dropped && len(p.Sources) == 0 {
			return fault.Invalid("the provenance does not say what was dropped").With("name it among the sources")
		}
		err := record.CheckProse("the reason for a clause", p.Reason, record.Optional)
		for _, s := range p.Contributors {
			err = cmp.Or(err, record.CheckSeat(s))
		}
		for _, s := range p.Sources {
			err = cmp.Or(err, record.CheckLine("what a clause was made from", s, record.Required))
		}
		for _, s := range p.Reported {
			err = cmp.Or(err, s.Check(record.Public))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// followed gives the version whose clauses a new one carries on; nil for none.
// Of itself it is never one that some reader of the new version may not read:
// the ids of its clauses would tell of it.
func (s *State) followed(a Issue, to record.Audience) (*VersionView, error) {
	if a.Follows != "" {
		v := s.versions.Get(a.Follows)
		if v == nil {
			return nil, fault.NotFound("there is no version %q", a.Follows)
		}
		if !surelyReads(v.Audience, to) {
			return nil, fault.Invalid("%s cannot be named to %s: not all of them read it", v.Symbol, to).
				With("follow a version that all readers of the new one read")
		}
		return v, nil
	}
	return s.latest(func(v *VersionView) bool { return surelyReads(v.Audience, to) }), nil
}

// latest gives the last version that fits; a non-paper only if there is no
// other. It gives nil when none fits.
func (s *State) latest(fits func(*VersionView) bool) *VersionView {
	var paper *VersionView
	for _, v := range slices.Backward(s.versions.All()) {
		if !fits(&v) {
			continue
		}
		if v.Class != NonPaper {
			return s.versions.Get(v.ID)
		}
		if paper == nil {
			paper = s.versions.Get(v.ID)
		}
	}
	return paper
}

// surelyReads tells whether all who read "narrow" read "wide", whoever sits at
// the table.
func surelyReads(wide, narrow record.Audience) bool {
	return wide == narrow || wide == record.Public || wide == record.Plenary && narrow != record.Public
}
