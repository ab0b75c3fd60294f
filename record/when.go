package record

import (
	"cmp"
	"strings"
	"time"

	"paraph/fault"
)

// When is a time as well as it is known: exact (Earliest equals Latest), an
// interval, with one bound only ("before the sitting"), or not known (both
// zero). Words keep how the source says it, Doubt why it is flagged; a time in
// doubt stays in doubt until a person settles it.
type When struct {
	Earliest time.Time `json:"earliest,omitzero"`
	Latest   time.Time `json:"latest,omitzero"`
	Words    string    `json:"words,omitempty"` // "late Monday", "last Sunday"
	Doubt    string    `json:"doubt,omitempty"` // empty when nothing is in doubt
	Zone     string    `json:"zone,omitempty"`  // IANA name of the zone whose clocks it was told by, for show
}

// Exactly is a time that is known.
func Exactly(t time.Time) When { return When{Earliest: t, Latest: t} }

// Between is a time known to lie in an interval, its ends included.
func Between(earliest, latest time.Time) When { return When{Earliest: earliest, Latest: latest} }

// IsZero tells whether nothing at all is said.
func (w When) IsZero() bool { return w == When{} }

// IsKnown tells whether there is a bound at least.
func (w When) IsKnown() bool { return !w.Earliest.IsZero() || !w.Latest.IsZero() }

// IsExact tells whether the time is known and not in doubt.
func (w When) IsExact() bool { return w.IsKnown() && w.Earliest.Equal(w.Latest) && w.Doubt == "" }

// IsUnresolved tells whether the time is to be flagged: it lacks a bound, or is
// in doubt.
func (w When) IsUnresolved() bool { return w.Earliest.IsZero() || w.Latest.IsZero() || w.Doubt != "" }

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

// Check tells whether the time can be: its bounds in order and before the year
// 10000, its zone in the form of a zone's name.
func (w When) Check(what string) error {
	if !w.Latest.IsZero() && w.Latest.Before(w.Earliest) {
		return fault.Invalid("%s ends before it begins", what).With("put the earlier bound first")
	}
	for _, t := range []time.Time{w.Earliest, w.Latest} {
		if y := t.UTC().Year(); y < 1 || y > 9999 {
			return fault.Invalid("%s lies outside the years 1 to 9999", what)
		}
	}
	return cmp.Or(
		CheckZone(w.Zone),
		CheckLine(what+" in words", w.Words, Optional),
		CheckLine("the doubt about "+what, w.Doubt, Optional))
}

// Compare orders times by their first bound, then by their last; unknown times
// come last.
func (w When) Compare(v When) int {
	if w.IsKnown() != v.IsKnown() {
		if w.IsKnown() {
			return -1
		}
		return 1
	}
	return cmp.Or(w.first().Compare(v.first()), w.last().Compare(v.last()))
}

func (w When) first() time.Time {
	if w.Earliest.IsZero() {
		return w.Latest
	}
	return w.Earliest
}

func (w When) last() time.Time {
	if w.Latest.IsZero() {
		return w.Earliest
	}
	return w.Latest
}

// CheckZone judges the form of a zone's name alone ("Europe/Moscow"): to know
// the zones, files are needed.
func CheckZone(zone string) error {
	ok := len(zone) <= 64 && !strings.HasPrefix(zone, "/") && !strings.HasSuffix(zone, "/") && !strings.Contains(zone, "//")
	for _, r := range zone {
		ok = ok && (strings.ContainsRune("/_-+", r) || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z')
	}
	if !ok {
		return fault.Invalid("%q is not the name of a time zone", zone).With("as in Europe/Moscow")
	}
	return nil
}
