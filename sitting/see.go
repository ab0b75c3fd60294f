package sitting

import (
	"cmp"
	"slices"
)

// SeeSittings gives all sittings by their start, those without one last.
func SeeSittings(s *State) []SittingView {
	all := s.sittings.All()
	slices.SortStableFunc(all, func(a, b SittingView) int {
		return cmp.Or(a.Start.Compare(b.Start), a.At.Compare(b.At))
	})
	return all
}

// SeeSitting gives one sitting by id, and whether there is one.
func SeeSitting(s *State, id string) (SittingView, bool) {
	if v := s.sittings.Get(id); v != nil {
		return *v, true
	}
	return SittingView{}, false
}

// SeeMessages gives all messages in the order in which they were sent.
func SeeMessages(s *State) []MessageView { return s.messages.All() }

// SeeConditions gives all conditions in the order in which they were set.
func SeeConditions(s *State) []ConditionView { return s.conditions.All() }

// SeeCondition gives one condition by id, and whether there is one.
func SeeCondition(s *State, id string) (ConditionView, bool) {
	if v := s.conditions.Get(id); v != nil {
		return *v, true
	}
	return ConditionView{}, false
}
