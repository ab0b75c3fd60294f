package record

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

var day = time.Date(2025, 12, 2, 16, 40, 0, 0, time.UTC)

func TestWhenCheck(t *testing.T) {
	for _, c := range []struct {
		name    string
		when    When
		refusal string
	}{
		{"nothing", When{}, ""},
		{"exact", Exactly(day), ""},
		{"an interval", Between(day, day.Add(time.Hour)), ""},
		{"words alone", When{Words: "on Thursday", Doubt: "cannot be right as written"}, ""},
		{"one bound", When{Latest: day, Words: "before the sitting"}, ""},
		{"the other bound", When{Earliest: day}, ""},
		{"a zone", When{Zone: "America/Argentina/Buenos_Aires"}, ""},
		{"a zone that climbs", When{Zone: "../etc/passwd"}, "not the name of a time zone"},
		{"a zone from the root", When{Zone: "/etc/localtime"}, "not the name of a time zone"},
		{"the wrong way round", Between(day, day.Add(-time.Hour)), "ends before it begins"},
		{"a year that cannot be written", Exactly(time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)), "years 1 to 9999"},
		{"two lines", When{Words: "on\nThursday"}, "several lines"},
		{"doubt on two lines", When{Doubt: "a\nb"}, "the doubt about the start"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.when.Check("the start")
			if c.refusal == "" && err != nil || c.refusal != "" && (err == nil || !strings.Contains(err.Error(), c.refusal)) {
				t.Errorf("got %v, want %q", err, c.refusal)
			}
		})
	}
}

func TestWhenIs(t *testing.T) {
	doubtful := Exactly(day)
	doubtful.Doubt = "two dates are possible"
	for _, c := range []struct {
		name               string
		when               When
		zero, known, exact bool
		unresolved         bool
	}{
		{"nothing", When{}, true, false, false, true},
		{"words", When{Words: "soon"}, false, false, false, true},
		{"exact", Exactly(day), false, true, true, false},
		{"in doubt", doubtful, false, true, false, true},
		{"one bound", When{Latest: day}, false, true, false, true},
		{"an interval", Between(day, day.Add(1)), false, true, false, false},
	} {
		if c.when.IsZero() != c.zero || c.when.IsKnown() != c.known || c.when.IsExact() != c.exact ||
			c.when.IsUnresolved() != c.unresolved {
			t.Errorf("%s: zero %v, known %v, exact %v", c.name, c.when.IsZero(), c.when.IsKnown(), c.when.IsExact())
		}
	}
}

func TestWhenSettled(t *testing.T) {
	moscow := time.FixedZone("MSK", 3*60*60)
	w := Exactly(time.Date(2025, 12, 2, 19, 40, 0, 1234, moscow)).Settled()
	if want := day.Add(time.Microsecond); w.Earliest != want || w.Latest != want {
		t.Errorf("settled as %v to %v, want %v", w.Earliest, w.Latest, want)
	}
	if got := (When{Words: "soon"}).Settled(); got != (When{Words: "soon"}) {
		t.Errorf("an unknown time settles as %v", got)
	}
	b, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	var back When
	if err := json.Unmarshal(b, &back); err != nil || back != w {
		t.Errorf("%s comes back as %v: %v", b, back, err)
	}
}

func TestWhenCompare(t *testing.T) {
	order := []When{
		Exactly(day), Between(day, day.Add(time.Hour)), {Latest: day.Add(time.Second)}, Exactly(day.Add(time.Minute)),
		{Earliest: day.Add(time.Hour)}, {Words: "soon"},
	}
	for i, w := range order {
		for j, v := range order {
			if got := w.Compare(v); got < 0 != (i < j) || got > 0 != (i > j) {
				t.Errorf("%v against %v: %d", w, v, got)
			}
		}
	}
}
