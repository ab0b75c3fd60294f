package record

import (
	"cmp"
	"time"

	"paraph/fault"
)

// When is a time as well as it is known: exact (Earliest equals Latest), an
// interval, or not known (both zero). Words keep how the source says it, Doubt
// why it is flagged; a time in doubt stays in doubt until a person settles it.
type When struct {
	Earliest time.Time `json:"earliest,omitzero"`
	Latest   time.Time `json:"latest,omitzero"`
	Words    string    `json:"words,omitempty"` // "late Monday", "last Sunday"
	Doubt    string    `json:"doubt,omitempty"` // empty when nothing is in doubt
}

// Exactly is a time that is known.
func Exactly(t time.Time) When { return When{Earliest: t, Latest: t} }

// Between is a time known to lie in an interval, its ends included.
func Between(earliest, latest time.Time) When { return When{Earliest: earliest, Latest: latest} }

// IsZero tells whether nothing at all is said.
func (w When) IsZero() bool { return w == When{} }

// IsKnown tells whether there are bounds, exact or not.
func (w When) IsKnown() bool { return !w.Earliest.IsZero() }

// IsExact tells whether the time is known and not in doubt.
func (w When) IsExact() bool { return w.IsKnown() && w.Earliest.Equal(w.Latest) && w.Doubt == "" }

// Settled gives the same time in UTC, to the microsecond, as entries keep it.
func (w When) Settled() When {
	w.Earliest = settle(w.Earliest)
	w.Latest = settle(w.Latest)
	return w
}

func settle(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Microsecond)
}

// Check tells whether the time can be: both bounds or none, in order, within
// the years 1 to 9999.
func (w When) Check(what string) error {
	if w.Earliest.IsZero() != w.Latest.IsZero() {
		return fault.Invalid("%s has only one bound", what).
			With("give both ends of the interval; the same twice when it is exact; none when it is not known")
	}
	if w.Latest.Before(w.Earliest) {
		return fault.Invalid("%s ends before it begins", what).With("put the earlier bound first")
	}
	if y := w.Latest.Year(); y > 9999 || w.Earliest.Year() < 1 {
		return fault.Invalid("%s lies outside the years 1 to 9999", what)
	}
	return cmp.Or(
		CheckLine(what+" in words", w.Words, Optional),
		CheckLine("the doubt about "+what, w.Doubt, Optional))
}

// Compare orders times by their earliest, then their latest bound; unknown
// times come last.
func (w When) Compare(v When) int {
	if w.IsKnown() != v.IsKnown() {
		if w.IsKnown() {
			return -1
		}
		return 1
	}
	return cmp.Or(w.Earliest.Compare(v.Earliest), w.Latest.Compare(v.Latest))
}
