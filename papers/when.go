package papers

import (
	"cmp"
	"strconv"
	"time"
	_ "time/tzdata" // the rules of time zones, for machines that have none

	"paraph/record"
)

// Spell is a piece of how a time is said: words, or a time for machines too.
type Spell struct {
	Words    string
	Datetime string // of a time element; empty for mere words
}

// Known says a time as well as it is known, in a place. A time that nobody
// knows is said so; nothing is made more exact than it was entered.
func Known(w record.When, at *time.Location) []Spell {
	from, to := w.Earliest.In(at), w.Latest.In(at)
	switch {
	case !w.IsKnown():
		return []Spell{{Words: "not known"}}
	case w.Earliest.IsZero():
		return []Spell{{Words: "not later than "}, instant(to)}
	case w.Latest.IsZero():
		return []Spell{{Words: "not before "}, instant(from)}
	case from.Equal(to):
		return []Spell{instant(from)}
	case wholeDays(from, to) && sameDay(from, to):
		return []Spell{date(from), {Words: ", hour not known"}}
	case wholeDays(from, to):
		return []Spell{{Words: "between "}, date(from), {Words: " and "}, date(to)}
	case sameDay(from, to):
		return []Spell{date(from), {Words: ", between "}, hour(from), {Words: " and "}, hour(to)}
	}
	return []Spell{{Words: "between "}, instant(from), {Words: " and "}, instant(to)}
}

func instant(t time.Time) Spell {
	return Spell{t.Format("2 January 2006, 15:04"), t.Format(time.RFC3339)}
}
func date(t time.Time) Spell { return Spell{t.Format("2 January 2006"), t.Format(time.DateOnly)} }
func hour(t time.Time) Spell { return Spell{t.Format("15:04"), t.Format(time.RFC3339)} }

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// wholeDays tells whether a span runs from the first minute of a day to the last
// of a day: then no hour is known.
func wholeDays(from, to time.Time) bool {
	return from.Format("15:04") == "00:00" && to.Format("15:04") == "23:59"
}

// HourKnown tells whether more than the day is known of a time.
func HourKnown(w record.When, at *time.Location) bool {
	return w.IsKnown() && !wholeDays(w.Earliest.In(at), w.Latest.In(at))
}

// Zone gives the rules of a time zone by its name; none for a name that nobody
// keeps rules for, and then times are told in UTC alone.
func Zone(name string) (*time.Location, bool) {
	if name == "" {
		return time.UTC, false
	}
	at, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC, false
	}
	return at, true
}

// Offset says how far a place's clock stood from UTC: "UTC+3", "UTC+5:30".
func Offset(t time.Time) string {
	_, seconds := t.Zone()
	if seconds == 0 {
		return "UTC"
	}
	sign, minutes := "+", seconds/60
	if minutes < 0 {
		sign, minutes = "−", -minutes
	}
	words := "UTC" + sign + strconv.Itoa(minutes/60)
	if m := minutes % 60; m != 0 {
		words += ":" + strconv.Itoa(m/10) + strconv.Itoa(m%10)
	}
	return words
}

// DaysApart says when the day at a place is not the day of UTC; empty when it
// is, or when the time is not known well enough to tell.
func DaysApart(w record.When, at *time.Location) string {
	if w.Earliest.IsZero() || w.Latest.IsZero() {
		return ""
	}
	local, utc := w.Earliest.In(at), w.Earliest.UTC()
	if sameDay(local, utc) || !sameDay(w.Latest.In(at), local) || !sameDay(w.Latest.UTC(), utc) {
		return ""
	}
	return local.Format("2 January") + " at the place, " + utc.Format("2 January") + " in UTC"
}

// Lasted says how long something took, as well as its ends are known.
func Lasted(start, end record.When) string {
	for _, t := range []time.Time{start.Earliest, start.Latest, end.Earliest, end.Latest} {
		if t.IsZero() {
			return ""
		}
	}
	least, most := end.Earliest.Sub(start.Latest), end.Latest.Sub(start.Earliest)
	switch {
	case most <= 0 || least <= 0 && most > 12*time.Hour:
		return "" // the ends are known too badly to tell
	case least <= 0:
		return "at most " + span(most)
	case least == most:
		return span(most)
	}
	return "between " + span(least) + " and " + span(most)
}

// span says a length of time: "4 h 20 min".
func span(d time.Duration) string {
	h, m := int(d/time.Hour), int(d%time.Hour/time.Minute)
	switch {
	case h == 0:
		return strconv.Itoa(m) + " min"
	case m == 0:
		return strconv.Itoa(h) + " h"
	}
	return strconv.Itoa(h) + " h " + strconv.Itoa(m) + " min"
}

// DayOf gives the day of a time as headings say it, by the clocks it was told
// by; empty when it is not known.
func DayOf(w record.When) string {
	t := w.Earliest
	if t.IsZero() {
		t = w.Latest
	}
	if t.IsZero() {
		return ""
	}
	at, _ := Zone(w.Zone)
	return t.In(at).Format("Monday, 2 January 2006")
}

// ByClock gives a time with the zone of a place, unless it was told by another.
func ByClock(w record.When, place string) record.When {
	w.Zone = cmp.Or(w.Zone, place)
	return w
}
