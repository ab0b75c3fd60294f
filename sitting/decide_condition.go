package sitting

import (
	"cmp"
	"slices"
	"time"

	"paraph/fault"
	"paraph/record"
)

func (s *State) setCondition(by record.Actor, a SetCondition) ([]record.Event, error) {
	seat, err := speaker(by, a.For, "sets conditions")
	if err != nil {
		return nil, err
	}
	to, err := by.Address(a.Audience, record.Internal(by.Seat), record.Speaking)
	if err := cmp.Or(err,
		record.CheckID("a condition", a.ID),
		record.CheckProse("the condition", a.What, record.Required),
		record.CheckLine("the step that waits for it", a.ForStep, record.Optional),
		record.CheckLine("the person who stated it", a.StatedBy, record.Optional),
		a.Due.Check("the date it is due"),
		a.Source.Check(to)); err != nil {
		return nil, err
	}
	if s.conditions.Get(a.ID) != nil {
		return nil, fault.Conflict("a condition with the id %q stands already", a.ID).With("choose another id")
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindSet,
		Body:     conditionSet{a.ID, a.What, a.ForStep, seat, a.StatedBy, a.Due.Settled(), a.Source},
		Makes:    []record.Ref{record.NewRef("condition", a.ID)},
		Mentions: mentions(nil, append(to.Seats(), seat)...),
	}}, nil
}

func (s *State) judgeCondition(by record.Actor, now time.Time, a JudgeCondition) ([]record.Event, error) {
	v := s.conditions.Get(a.Condition)
	if v == nil {
		return nil, fault.NotFound("there is no condition %q", a.Condition)
	}
	if _, err := speaker(by, "", "judges conditions"); err != nil {
		return nil, err
	}
	to, err := by.Address(v.Audience, v.Audience, record.Speaking)
	if err := cmp.Or(err,
		v.mayBecome(by, now, a.Standing),
		record.CheckProse("the note", a.Note, record.Optional),
		a.Source.Check(to)); err != nil {
		return nil, err
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindJudged,
		Body:     conditionJudged(a),
		Mentions: []record.Ref{record.NewRef("condition", a.Condition)},
	}}, nil
}

func (v *ConditionView) mayBecome(by record.Actor, now time.Time, st Standing) error {
	if !slices.Contains(Standings(), st) {
		return fault.Invalid("%q is not how a condition stands", string(st)).
			With("one of open, met, unmet, disputed, expired")
	}
	if by.Role == record.Party && v.Seat != by.Seat && st != Disputed {
		return fault.Forbidden("the condition is not yours to judge").
			With("you can say that it is disputed; %s and the chair judge it", cmp.Or(v.Seat, "who set it"))
	}
	if st == Expired && now.Before(v.Due.Latest) {
		return fault.Invalid("the condition has not expired").With("it expires once its date has passed")
	}
	if v.Standing == st && (len(v.History) > 0 && v.History[len(v.History)-1].Seat == by.Seat || st == Open) {
		return fault.Conflict("the condition stands so already: %s", st)
	}
	return nil
}

func (s *State) signal(by record.Actor, a Signal) ([]record.Event, error) {
	seat, err := speaker(by, a.For, "signals")
	if err != nil {
		return nil, err
	}
	v := s.conditions.Get(a.Condition)
	if v == nil {
		return nil, fault.NotFound("there is no condition %q", a.Condition)
	}
	to, err := by.Address(a.Audience, record.Internal(by.Seat), record.Speaking)
	if err := cmp.Or(err,
		record.CheckID("a signal", a.ID),
		record.CheckProse("the signal", a.Words, record.Required),
		a.Source.Check(to)); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(v.Signals, func(g SignalView) bool { return g.ID == a.ID }) {
		return nil, fault.Conflict("a signal with the id %q stands already", a.ID).With("choose another id")
	}
	return []record.Event{{
		Audience: to,
		Kind:     kindSignalled,
		Body:     signalled{a.ID, a.Condition, a.Words, seat, a.Source},
		Mentions: append(mentions(nil, append(to.Seats(), seat)...), record.NewRef("condition", a.Condition)),
	}}, nil
}

// speaker gives the seat that an act speaks for; observers speak here for none.
func speaker(by record.Actor, asked record.Seat, does string) (record.Seat, error) {
	if by.Role == record.Observer {
		return "", fault.Forbidden("an observer %s for nobody", does).With("parties and the chair do")
	}
	if asked != "" {
		if err := record.CheckSeat(asked); err != nil {
			return "", err
		}
	}
	return by.Voice(asked)
}
