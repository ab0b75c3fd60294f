package record

import (
	"cmp"
	"time"

	"paraph/fault"
)

// When is a time as well as it is known: exact (Earliest equals Latest), an
// interval, "not later than" (Latest alone), or not known (both zero). Words
// keep how the source says it, Doubt why it is flagged; a time in doubt stays in
// doubt until a person settles it.
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

// NotAfter is a time of which only the later bound is known.
func NotAfter(latest time.Time) When { return When{Latest: latest} }

// IsZero tells whether nothing at all is said.
func (w When) IsZero() bool { return w == When{} }

// IsKnown tells whether there are both bounds, exact or not.
func (w When) IsKnown() bool { return !w.Earliest.IsZero() }

// IsNotAfter tells whether only the later bound is known.
func (w When) IsNotAfter() bool { return w.Earliest.IsZero() && !w.Latest.IsZero() }

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

// Check tells whether the time can be: both bounds, the later one or none, in
// order, within the years 1 to 9999.
func (w When) Check(what string) error {
	if w.Latest.IsZero() && !w.Earliest.IsZero() {
		return fault.Invalid("%s has only one bound", what).
			With("give both ends of the interval; the same twice when it is exact; the later one alone when no more is known")
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

// Compare orders times by their earliest, then their latest bound. A time of
// which only the later bound is known stands there; unknown times come last.
func (w When) Compare(v When) int {
	if w.Latest.IsZero() != v.Latest.IsZero() {
		if v.Latest.IsZero() {
			return -1
		}
		return 1
	}
	return cmp.Or(w.place().Compare(v.place()), w.Latest.Compare(v.Latest))
}

func (w When) place() time.Time {
	if w.IsNotAfter() {
		return w.Latest
	}
	return w.Earliest
}
