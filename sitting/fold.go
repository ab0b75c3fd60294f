package sitting

import (
	"slices"

	"paraph/record"
)

// Fold takes one entry of this room into the state. It panics on a kind that it
// does not know. Of two things with one id the first stands, and only what is
// said to its own audience bears on it: another seat may by chance have one of
// the same id, out of its sight.
func Fold(s *State, e record.Entry) {
	switch e.Content.Kind {
	case kindHeld:
		s.foldHeld(e, record.Body[held](e))
	case kindConcluded:
		s.foldConcluded(e, record.Body[concluded](e))
	case kindSent:
		s.foldSent(e, record.Body[sent](e))
	case kindCarried:
		s.foldCarried(record.Body[carried](e))
	case kindAcknowledged:
		s.foldAcknowledged(e, record.Body[acknowledged](e))
	case kindSet:
		s.foldSet(e, record.Body[conditionSet](e))
	case kindJudged:
		s.foldJudged(e, record.Body[conditionJudged](e))
	case kindSignalled:
		s.foldSignalled(e, record.Body[signalled](e))
	default:
		panic(record.Unknown(e))
	}
}

func (s *State) foldHeld(e record.Entry, v held) {
	s.sittings.Add(v.ID, SittingView{
		ID: v.ID, Title: v.Title, Kind: v.Kind, Round: v.Round, Place: v.Place, Zone: v.Zone,
		Start: v.Start, End: v.End, Unresolved: v.Start.IsUnresolved(),
		Attendance: v.Attendance, Languages: v.Languages, Interpretation: v.Interpretation, Agenda: v.Agenda,
		Confidentiality: v.Confidentiality, Outcome: v.Outcome, Note: v.Note,
		Seat: e.Content.By.Seat, At: e.At, Audience: e.Audience, Source: v.Source,
	})
}

func (s *State) foldConcluded(e record.Entry, v concluded) {
	t := s.sittings.Get(v.Sitting)
	if t == nil || t.Audience != e.Audience {
		return
	}
	t.Outcome, t.OutcomeSource, t.Concluded = v.Outcome, v.Source, e.At
	if !v.End.IsZero() {
		t.End = v.End
	}
}

func (s *State) foldSent(e record.Entry, v sent) {
	s.messages.Add(v.ID, MessageView{
		ID: v.ID, From: e.Content.By.Seat, To: v.To, Words: v.Words, MayPass: v.MayPass,
		PassOn: v.PassOn, Withhold: v.Withhold,
		At: e.At, By: e.Content.By, Audience: e.Audience,
	})
}

func (s *State) foldCarried(v carried) {
	if m := s.messages.Get(v.Message); m != nil {
		m.Origin = v.Origin
	}
	if m := s.messages.Get(v.Origin); m != nil {
		m.Carried = append(m.Carried, v.Message)
	}
}

func (s *State) foldAcknowledged(e record.Entry, v acknowledged) {
	if m := s.messages.Get(v.Message); m != nil && m.Audience == e.Audience {
		m.Acknowledged = append(m.Acknowledged, Receipt{e.Content.By.Seat, e.At})
	}
}

func (s *State) foldSet(e record.Entry, v conditionSet) {
	s.conditions.Add(v.ID, ConditionView{
		ID: v.ID, What: v.What, ForStep: v.ForStep, Seat: v.Seat, StatedBy: v.StatedBy, Due: v.Due, Standing: Open,
		At: e.At, Audience: e.Audience, Source: v.Source,
	})
}

func (s *State) foldJudged(e record.Entry, v conditionJudged) {
	if c := s.conditions.Get(v.Condition); c != nil && c.Audience == e.Audience {
		c.Standing = v.Standing
		c.History = append(c.History, Judgement{v.Standing, v.Note, e.Content.By.Seat, e.At, v.Source})
	}
}

func (s *State) foldSignalled(e record.Entry, v signalled) {
	if c := s.conditions.Get(v.Condition); c != nil {
		c.Signals = append(c.Signals, SignalView{
			ID: v.ID, Condition: v.Condition, Words: v.Words, Seat: v.Seat,
			At: e.At, Audience: e.Audience, Source: v.Source,
		})
	}
}

// Touches tells which areas of a page an entry of this room moves.
func Touches(e record.Entry) []string {
	sittings := []record.Kind{kindHeld, kindConcluded}
	messages := []record.Kind{kindSent, kindCarried, kindAcknowledged}
	switch {
	case slices.Contains(sittings, e.Content.Kind):
		return []string{"sittings"}
	case slices.Contains(messages, e.Content.Kind):
		return []string{"messages"}
	}
	return []string{"conditions"}
}
