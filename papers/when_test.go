package papers

import (
	"strings"
	"testing"
	"time"

	"paraph/record"
)

func at(s string, zone string) time.Time {
	place, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	t, err := time.ParseInLocation("2006-01-02T15:04", s, place)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func TestTimesAreSaidAsWellAsTheyAreKnown(t *testing.T) {
	const moscow = "Europe/Moscow"
	place, _ := Zone(moscow)
	for _, c := range []struct {
		w    record.When
		want string
	}{
		{record.When{}, "not known"},
		{record.Exactly(at("2025-12-02T19:40", moscow)), "2 December 2025, 19:40"},
		{record.When{Latest: at("2025-12-02T19:40", moscow)}, "not later than 2 December 2025, 19:40"},
		{record.When{Earliest: at("2025-12-02T19:40", moscow)}, "not before 2 December 2025, 19:40"},
		{record.Between(at("2025-12-03T00:00", moscow), at("2025-12-03T00:40", moscow)), "3 December 2025, between 00:00 and 00:40"},
		{record.Between(at("2025-12-03T00:00", moscow), at("2025-12-03T23:59", moscow)), "3 December 2025, hour not known"},
		{record.Between(at("2025-11-30T00:00", moscow), at("2025-12-03T23:59", moscow)), "between 30 November 2025 and 3 December 2025"},
		{record.Between(at("2025-12-02T23:00", moscow), at("2025-12-03T01:00", moscow)), "between 2 December 2025, 23:00 and 3 December 2025, 01:00"},
	} {
		var words strings.Builder
		for _, s := range Known(c.w, place) {
			words.WriteString(s.Words)
			if _, err := time.Parse(time.RFC3339, s.Datetime); s.Datetime != "" && err != nil {
				if _, err := time.Parse(time.DateOnly, s.Datetime); err != nil {
					t.Errorf("%q carries the time %q", s.Words, s.Datetime)
				}
			}
		}
		if words.String() != c.want {
			t.Errorf("%v is said as %q, want %q", c.w, words.String(), c.want)
		}
	}
}

func TestDaysApart(t *testing.T) {
	for _, c := range []struct{ at, zone, want string }{
		{"2025-12-03T00:40", "Europe/Moscow", "3 December at the place, 2 December in UTC"},
		{"2025-12-02T22:00", "America/New_York", "2 December at the place, 3 December in UTC"},
		{"2025-12-02T19:40", "Europe/Moscow", ""},
		{"2025-12-02T23:59", "UTC", ""},
	} {
		place, _ := Zone(c.zone)
		if got := DaysApart(record.Exactly(at(c.at, c.zone)), place); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.at, c.zone, got, c.want)
		}
	}
}

func TestLasted(t *testing.T) {
	from := at("2025-12-02T16:40", "UTC")
	for _, c := range []struct {
		start, end record.When
		want       string
	}{
		{record.Exactly(from), record.Exactly(from.Add(8*time.Hour + 10*time.Minute)), "8 h 10 min"},
		{record.Exactly(from), record.Exactly(from.Add(45 * time.Minute)), "45 min"},
		{record.Exactly(from), record.Between(from.Add(260*time.Minute), from.Add(5*time.Hour)), "between 4 h 20 min and 5 h"},
		{record.Between(from, from.Add(time.Hour)), record.Exactly(from.Add(time.Hour)), "at most 1 h"},
		{record.Between(from, from.Add(24*time.Hour)), record.Between(from, from.Add(48*time.Hour)), ""},
		{record.Exactly(from), record.When{}, ""},
		{record.When{Latest: from}, record.Exactly(from), ""},
	} {
		if got := Lasted(c.start, c.end); got != c.want {
			t.Errorf("from %v to %v: %q, want %q", c.start, c.end, got, c.want)
		}
	}
}

func TestZones(t *testing.T) {
	for name, known := range map[string]bool{"Europe/Moscow": true, "": false, "Europe/Atlantis": false, "../../etc/passwd": false} {
		if place, there := Zone(name); there != known || place == nil {
			t.Errorf("zone %q: %v, %v", name, place, there)
		}
	}
	for want, c := range map[string][2]string{
		"UTC+3": {"2025-12-02T19:40", "Europe/Moscow"}, "UTC−5": {"2025-12-02T19:40", "America/New_York"},
		"UTC+5:30": {"2025-12-02T19:40", "Asia/Kolkata"}, "UTC": {"2025-12-02T19:40", "UTC"},
	} {
		place, _ := Zone(c[1])
		if got := Offset(at(c[0], c[1]).In(place)); got != want {
			t.Errorf("%s is %q, want %q", c[1], got, want)
		}
	}
}
