package press

import "paraph/record"

// Fold takes one entry of this room into the state. It panics on a kind that it
// does not know. Of two things with one id the first stands, and only what is
// said to its own audience bears on it: another seat may by chance have one of
// the same id, out of its sight.
func Fold(s *State, e record.Entry) {
	switch e.Content.Kind {
	case kindRecorded:
		s.foldRecorded(e, record.Body[recorded](e))
	case kindClaimed:
		s.foldClaimed(e, record.Body[claimed](e))
	case kindDenied:
		s.foldDenied(e, record.Body[denied](e))
	case kindJudged:
		s.foldJudged(e, record.Body[judged](e))
	case kindLeaked:
		s.foldLeaked(e, record.Body[leaked](e))
	default:
		panic(record.Unknown(e))
	}
}

func (s *State) foldRecorded(e record.Entry, v recorded) {
	s.statements.Add(v.ID, StatementView{
		ID: v.ID, Kind: v.Kind, Speaker: v.Speaker, Seat: v.Seat, Words: v.Words, Quoted: v.Quoted,
		Channel: v.Channel, Said: v.Said, Sitting: v.Sitting, Cleared: v.Cleared, At: e.At, Audience: e.Audience, Source: v.Source,
	})
}

func (s *State) foldClaimed(e record.Entry, v claimed) {
	s.claims.Add(v.ID, ClaimView{
		ID: v.ID, What: v.What, By: v.By, Seat: v.Seat, Said: v.Said, Standing: Asserted,
		Author: e.Content.By.Seat, At: e.At, Audience: e.Audience, Source: v.Source,
	})
}

func (s *State) foldDenied(e record.Entry, v denied) {
	c := s.claims.Get(v.Claim)
	if c == nil || c.Audience != e.Audience {
		return
	}
	c.Denials = append(c.Denials, Denial{v.By, v.Seat, v.Words, v.Said, e.At, v.Source})
	if c.Standing == Asserted {
		c.Standing = Contested
	}
}

func (s *State) foldJudged(e record.Entry, v judged) {
	if c := s.claims.Get(v.Claim); c != nil && c.Audience == e.Audience {
		c.Standing = v.Standing
		c.Judgements = append(c.Judgements, Judgement{v.Standing, v.Note, e.Content.By.Seat, e.At, v.Source})
	}
}

func (s *State) foldLeaked(e record.Entry, v leaked) {
	s.leaks.Add(v.ID, LeakView{
		ID: v.ID, What: v.What, Where: v.Where, Version: v.Version, Found: v.Found, Note: v.Note,
		At: e.At, Audience: e.Audience, Source: v.Source,
	})
}

// Touches tells which areas of a page an entry of this room moves: the public
// record, whatever it is.
func Touches(record.Entry) []string { return []string{"record"} }
