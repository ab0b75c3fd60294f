package consent

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"paraph/fault"
	"paraph/record"
)

// Decide judges an act by what its actor sees, and gives the entries to write.
// Whether the words exist it leaves to the desk: an entry mentions them, and
// none may mention what is not there for all its readers.
func Decide(s *State, by record.Actor, _ time.Time, act Act) ([]record.Event, error) {
	switch a := act.(type) {
	case TakePosition:
		return s.take(by, a)
	case Give:
		return s.give(by, a)
	}
	panic(fmt.Sprintf("consent: unknown act %T", act))
}

func (s *State) take(by record.Actor, a TakePosition) ([]record.Event, error) {
	if by.Role != record.Keeper {
		if err := party(by, "takes positions"); err != nil {
			return nil, err
		}
	}
	seat, err := by.Voice(a.For)
	if err != nil {
		return nil, err
	}
	to, err := by.Address(a.Audience, record.Internal(by.Seat), record.Speaking)
	if err := cmp.Or(err, record.CheckSeat(seat), a.check(by), a.Source.Check(to)); err != nil {
		return nil, err
	}
	v := taken{a.On, a.Topic, a.Version, a.Fingerprint, seat, a.Position, a.Note, a.ReportedBy, a.Said.Settled(), a.Source}
	if s.stands(v, to) {
		return nil, fault.Conflict("%s holds that position already", seat).With("there is nothing to change")
	}
	return []record.Event{{Audience: to, Kind: kindTaken, Body: v, Mentions: v.mentions(to)}}, nil
}

func (v taken) mentions(to record.Audience) []record.Ref {
	refs := record.SeatRefs(v.Seat)
	if v.On != "" {
		refs = append(refs, v.On)
	}
	if v.Version != "" {
		refs = append(refs, record.NewRef("version", v.Version))
	}
	if v.Fingerprint != "" {
		refs = append(refs, wordsRef(v.On.ID(), v.Fingerprint))
	}
	return append(refs, others(to, v.Seat)...)
}

// stands tells whether a seat's latest position in an audience is just this.
func (s *State) stands(v taken, to record.Audience) bool {
	c, there := s.cells[cellKey{v.Seat, v.On, v.Topic}]
	return there && slices.ContainsFunc(c.Positions, func(p PositionView) bool {
		return p.Audience == to && p.Position == v.Position && p.Note == v.Note &&
			p.Version == v.Version && p.Fingerprint == v.Fingerprint &&
			p.ReportedBy == v.ReportedBy && p.Said == v.Said && p.Source == v.Source
	})
}

func (s *State) give(by record.Actor, a Give) ([]record.Event, error) {
	if err := party(by, "gives consent"); err != nil {
		return nil, err
	}
	duty := record.Speaking
	if a.Level == Agreed || a.Level == Initialled || a.Level == Signed {
		duty = record.Binding
	}
	to, err := by.Address(a.Audience, record.Internal(by.Seat), duty)
	if err := cmp.Or(err, a.check(), s.moves(by.Seat, to, a), a.Source.Check(to)); err != nil {
		return nil, err
	}
	v := given{a.Clause, a.Version, a.Fingerprint, by.Seat, a.Level, a.Linked, a.Note, a.Source}
	return []record.Event{{Audience: to, Kind: kindGiven, Body: v, Mentions: v.mentions(to)}}, nil
}

func (v given) mentions(to record.Audience) []record.Ref {
	refs := append(record.SeatRefs(v.Seat),
		record.NewRef("clause", v.Clause),
		record.NewRef("version", v.Version),
		wordsRef(v.Clause, v.Fingerprint))
	for _, id := range v.Linked {
		refs = append(refs, record.NewRef("clause", id))
	}
	return append(refs, others(to, v.Seat)...)
}

// moves refuses a consent that changes nothing in its audience.
func (s *State) moves(seat record.Seat, to record.Audience, a Give) error {
	last := ConsentView{Level: None}
	if c, there := s.cells[cellKey{seat: seat, on: record.NewRef("clause", a.Clause)}]; there {
		for _, v := range c.Consents {
			if v.Audience == to {
				last = v
			}
		}
	}
	if a.Level == None && last.Level == None {
		return fault.Conflict("%s has given no consent to this clause there", seat).With("there is nothing to take back")
	}
	if a.Level == last.Level && a.Version == last.Version && a.Fingerprint == last.Fingerprint &&
		slices.Equal(a.Linked, last.Linked) {
		return fault.Conflict("%s has given this consent already", seat)
	}
	return nil
}

func (a TakePosition) check(by record.Actor) error {
	reported := by.Role == record.Keeper && a.Position == "" && a.Note != ""
	if !slices.Contains(Positions(), a.Position) && !reported {
		return fault.Invalid("%q is not a position", string(a.Position)).
			With("one of proposes, supports, can live with, reserves, opposes, silent")
	}
	if a.On == "" && a.Topic == "" {
		return fault.Invalid("the position is on nothing").With("name what it is on, or say it in words")
	}
	if a.Topic != "" && slices.Contains([]string{"clause", "proposal"}, a.On.Noun()) {
		return fault.Invalid("a position on a %s is on all of it", a.On.Noun()).With("say in the note what it is about")
	}
	nouns := []string{"clause", "proposal", "version", "statement"}
	if a.On != "" && (!slices.Contains(nouns, a.On.Noun()) || a.On.ID() == "") {
		return fault.Invalid("one cannot take a position on %q", string(a.On)).
			With("on a clause, a proposal, a version or a statement")
	}
	if a.Fingerprint+a.Version != "" && a.On.Noun() != "clause" {
		return fault.Invalid("a fingerprint and a version belong to the words of a clause")
	}
	return cmp.Or(
		record.CheckLine("what the position is on", a.Topic, record.Optional),
		record.CheckLine("the fingerprint", a.Fingerprint, record.Optional),
		record.CheckLine("the version", a.Version, record.Optional),
		a.Said.Check("the time it was said"),
		record.CheckLine("what the position is on", string(a.On), record.Optional),
		record.CheckProse("the note", a.Note, record.Optional),
		record.CheckLine("the person it is reported by", a.ReportedBy, record.Optional))
}

func (a Give) check() error {
	if !slices.Contains(Levels(), a.Level) {
		return fault.Invalid("%q is not a level of consent", string(a.Level)).
			With("one of none, ad referendum, agreed, initialled, signed")
	}
	for i, id := range a.Linked {
		if id == a.Clause {
			return fault.Invalid("a clause cannot rest on itself").With("leave it out of the linked clauses")
		}
		if slices.Contains(a.Linked[:i], id) {
			return fault.Invalid("the clause %s is linked twice", id)
		}
		if err := record.CheckLine("a linked clause", id, record.Required); err != nil {
			return err
		}
	}
	return cmp.Or(
		record.CheckLine("the clause", a.Clause, record.Required),
		record.CheckLine("the version", a.Version, record.Required),
		record.CheckLine("the fingerprint of the words", a.Fingerprint, record.Required),
		record.CheckProse("the note", a.Note, record.Optional))
}

// party refuses all but parties: the chair keeps the pen, and observers consent
// to nothing.
func party(by record.Actor, does string) error {
	if by.Role == record.Party {
		return nil
	}
	return fault.Forbidden("only a party %s", does)
}

func wordsRef(clause, fingerprint string) record.Ref {
	return record.NewRef("words", clause+"/"+fingerprint)
}

// others names the seats that an audience names beside the own one.
func others(to record.Audience, own record.Seat) []record.Ref {
	return record.SeatRefs(slices.DeleteFunc(to.Seats(), func(s record.Seat) bool { return s == own })...)
}
