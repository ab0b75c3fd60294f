package press

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"paraph/fault"
	"paraph/record"
)

// Decide judges an act by what its actor sees, and gives the entries to write.
// Seats, sittings and versions that an entry names it leaves to the desk to
// look up: the entry mentions them.
func Decide(s *State, by record.Actor, _ time.Time, act Act) ([]record.Event, error) {
	switch a := act.(type) {
	case Record:
		return s.record(by, a)
	case Claim:
		return s.claim(by, a)
	case Deny:
		return s.deny(by, a)
	case Judge:
		return s.judge(by, a)
	case Leak:
		return s.leak(by, a)
	}
	panic(fmt.Sprintf("press: unknown act %T", act))
}

func (s *State) record(by record.Actor, a Record) ([]record.Event, error) {
	a.Kind = cmp.Or(a.Kind, Statement)
	to, err := by.Address(a.Audience, record.Public, record.Noting)
	if err := cmp.Or(err,
		a.check(by),
		voice(by, a.For),
		a.Source.Check(to),
		fresh(s.statements.Get(a.ID) == nil, "a statement", a.ID)); err != nil {
		return nil, err
	}
	mentions := refs(to, append(a.Cleared, a.For)...)
	if a.Sitting != "" {
		mentions = append(mentions, record.NewRef("sitting", a.Sitting))
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindRecorded,
		Body: recorded{
			a.ID, a.Kind, a.Speaker, a.For, a.Words, a.Quoted, a.Channel, a.Said.Settled(), a.Sitting, a.Cleared, a.Source,
		},
		Makes:    []record.Ref{record.NewRef("statement", a.ID)},
		Mentions: mentions,
	}}, nil
}

func (a Record) check(by record.Actor) error {
	if !slices.Contains([]Kind{Statement, ReadOut, Line, JointStatement}, a.Kind) {
		return fault.Invalid("%q is not a kind of statement", string(a.Kind)).
			With("one of statement, read-out, line, joint statement")
	}
	if a.Kind == JointStatement && by.Role != record.Chair && by.Role != record.Keeper {
		return fault.Forbidden("a joint statement is not one seat's to enter").
			With("the chair enters it; your own account is a read-out")
	}
	if len(a.Cleared) > 0 && a.Kind != Line && a.Kind != JointStatement {
		return fault.Invalid("only a line or a joint statement is cleared").With("leave out who cleared it")
	}
	for _, seat := range a.Cleared {
		if err := record.CheckSeat(seat); err != nil {
			return err
		}
		if seat != by.Seat && by.Role != record.Chair && by.Role != record.Keeper {
			return fault.Forbidden("%s cannot say that %s cleared the wording", by.Seat, seat).With("the chair can")
		}
	}
	return cmp.Or(
		record.CheckID("a statement", a.ID),
		record.CheckLine("the speaker", a.Speaker, record.Required),
		record.CheckProse("what was said", a.Words, record.Required),
		record.CheckLine("the channel", a.Channel, record.Optional),
		record.CheckLine("the sitting", a.Sitting, record.Optional),
		a.Said.Check("the time it was said"))
}

func (s *State) claim(by record.Actor, a Claim) ([]record.Event, error) {
	to, err := by.Address(a.Audience, record.Public, record.Noting)
	if err := cmp.Or(err,
		record.CheckID("a claim", a.ID),
		record.CheckProse("the claim", a.What, record.Required),
		record.CheckLine("who claims it", a.By, record.Required),
		voice(by, a.For),
		a.Said.Check("the time it was said"),
		a.Source.Check(to),
		fresh(s.claims.Get(a.ID) == nil, "a claim", a.ID)); err != nil {
		return nil, err
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindClaimed,
		Body:     claimed{a.ID, a.What, a.By, a.For, a.Said.Settled(), a.Source},
		Makes:    []record.Ref{record.NewRef("claim", a.ID)},
		Mentions: refs(to, a.For),
	}}, nil
}

func (s *State) deny(by record.Actor, a Deny) ([]record.Event, error) {
	v := s.claims.Get(a.Claim)
	if v == nil {
		return nil, fault.NotFound("there is no claim %q", a.Claim)
	}
	to, err := by.Address(v.Audience, v.Audience, record.Noting)
	if err := cmp.Or(err,
		record.CheckLine("who denies it", a.By, record.Required),
		record.CheckProse("the words of the denial", a.Words, record.Optional),
		voice(by, a.For),
		a.Said.Check("the time it was said"),
		a.Source.Check(to)); err != nil {
		return nil, err
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindDenied,
		Body:     denied{a.Claim, a.By, a.For, a.Words, a.Said.Settled(), a.Source},
		Mentions: append(refs(to, a.For), record.NewRef("claim", a.Claim)),
	}}, nil
}

func (s *State) judge(by record.Actor, a Judge) ([]record.Event, error) {
	v := s.claims.Get(a.Claim)
	if v == nil {
		return nil, fault.NotFound("there is no claim %q", a.Claim)
	}
	if by.Role != record.Chair && by.Role != record.Keeper && v.Author != by.Seat {
		return nil, fault.Forbidden("this claim was entered by another seat").
			With("you can deny it; the chair, or who entered it, says how it stands")
	}
	if !slices.Contains(Standings(), a.Standing) {
		return nil, fault.Invalid("%q is not how a claim stands", string(a.Standing)).
			With("one of asserted, contested, partly confirmed, confirmed, refuted, withdrawn, unverifiable")
	}
	if a.Source.IsZero() {
		return nil, fault.Invalid("a claim is judged with a source or not at all").With("name what the judgement rests on")
	}
	to, err := by.Address(v.Audience, v.Audience, record.Noting)
	if err := cmp.Or(err,
		record.CheckProse("the note", a.Note, record.Optional),
		a.Source.Check(to)); err != nil {
		return nil, err
	}
	if v.Standing == a.Standing {
		return nil, fault.Conflict("the claim stands so already: %s", a.Standing)
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindJudged,
		Body:     judged(a),
		Mentions: []record.Ref{record.NewRef("claim", a.Claim)},
	}}, nil
}

func (s *State) leak(by record.Actor, a Leak) ([]record.Event, error) {
	to, err := by.Address(a.Audience, record.Public, record.Noting)
	if err := cmp.Or(err,
		record.CheckID("a leak", a.ID),
		record.CheckProse("what is out", a.What, record.Required),
		record.CheckLine("where it is out", a.Where, record.Optional),
		record.CheckLine("the version", a.Version, record.Optional),
		a.Found.Check("the time it was found"),
		record.CheckProse("the note", a.Note, record.Optional),
		a.Source.Check(to),
		fresh(s.leaks.Get(a.ID) == nil, "a leak", a.ID)); err != nil {
		return nil, err
	}
	mentions := refs(to)
	if a.Version != "" {
		mentions = append(mentions, record.NewRef("version", a.Version))
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindLeaked,
		Body:     leaked{a.ID, a.What, a.Where, a.Version, a.Found.Settled(), a.Note, a.Source},
		Makes:    []record.Ref{record.NewRef("leak", a.ID)},
		Mentions: mentions,
	}}, nil
}

// voice refuses to speak for another seat. Nobody has to speak for any.
func voice(by record.Actor, asked record.Seat) error {
	if asked == "" {
		return nil
	}
	_, err := by.Voice(asked)
	return cmp.Or(err, record.CheckSeat(asked))
}

func fresh(ok bool, what, id string) error {
	if ok {
		return nil
	}
	return fault.Conflict("%s with the id %q stands already", what, id).With("choose another id")
}

// refs names the seats that an entry speaks of, each once.
func refs(to record.Audience, seats ...record.Seat) []record.Ref {
	found := record.SeatRefs(append(to.Seats(), seats...)...)
	slices.Sort(found)
	return slices.Compact(found)
}
