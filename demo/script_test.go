package demo

import (
	"strings"
	"testing"
	"time"

	"paraph/fault"
	"paraph/record"
)

func TestOrder(t *testing.T) {
	noon := time.Date(2026, 3, 24, 12, 0, 0, 0, time.UTC)
	at := func(item, key string, minutes int) step {
		return step{cue: cue{"press.json", item, noon.Add(time.Duration(minutes) * time.Minute), keeper}, key: key}
	}
	for _, c := range []struct {
		name    string
		steps   []step
		refusal string
	}{
		{"in order of time", []step{at("b", "b", 1), at("a", "a", 0)}, ""},
		{"at one time", []step{at("a", "a", 0), at("b", "b", 0)}, "demo/lake/press.json, b: it is entered at 2026-03-24T12:00:00Z, as is a in press.json"},
		{"with one key", []step{at("a", "k", 0), at("b", "k", 1)}, `demo/lake/press.json, b: it has the key "k", as has a in press.json`},
	} {
		s := &script{folder: "lake", steps: c.steps}
		err := s.order()
		if c.refusal == "" && (err != nil || s.steps[0].item != "a") || c.refusal != "" && (err == nil || err.Error() != c.refusal) {
			t.Errorf("%s: %v, the first is %s", c.name, err, s.steps[0].item)
		}
	}
}

func TestNobodyActsWithoutAccreditation(t *testing.T) {
	s := &script{folder: "lake", people: map[string]record.Actor{}}
	err := s.add(cue{file: "press.json", item: "a", by: "somebody"}, "a", nil)
	if fault.KindOf(err) != fault.KindInvalid || !strings.Contains(err.Error(), `press.json, a: nobody is accredited as "somebody"`) {
		t.Errorf("got %v", err)
	}
}

func TestSpan(t *testing.T) {
	moscow := time.Date(2025, 12, 2, 16, 40, 0, 0, time.UTC)
	for _, c := range []struct {
		span span
		want record.When
		bad  string
	}{
		{span{}, record.When{}, ""},
		{span{Earliest: "2025-12-02T19:40", Latest: "2025-12-02T19:40", Zone: "Europe/Moscow"}, record.When{Earliest: moscow, Latest: moscow, Zone: "Europe/Moscow"}, ""},
		{span{Latest: "2025-12-02T19:40", Zone: "Europe/Moscow", Words: "before", Doubt: "no date"},
			record.When{Latest: moscow, Words: "before", Doubt: "no date", Zone: "Europe/Moscow"}, ""},
		{span{Latest: "2025-12-02T19:40", Zone: "Europe/Atlantis"}, record.When{}, "is not a time zone"},
		{span{Latest: "yesterday", Zone: "UTC"}, record.When{}, "is not a time"},
	} {
		got, err := c.span.when()
		if c.bad != "" && (err == nil || !strings.Contains(err.Error(), c.bad)) || c.bad == "" && (err != nil || got.Settled() != c.want) {
			t.Errorf("%+v is %+v, %v", c.span, got, err)
		}
	}
}

func TestPackagesAreSpeltOut(t *testing.T) {
	issues := []issue{{ID: "pace", Title: "Pace", Clauses: []string{"5", "6"}, Options: []option{{"a", "slow"}, {"b", "fast"}}}}
	p := outline{Title: "Outline", Words: "For answer.", Choices: map[string]string{"pace": "b"}}
	if got, err := p.spell(issues); err != nil || got != "Outline. For answer.\n\nPace (5; 6): fast." {
		t.Errorf("%q, %v", got, err)
	}
	p.Choices = nil
	if _, err := p.spell(issues); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a package without a choice: %v", err)
	}
}
