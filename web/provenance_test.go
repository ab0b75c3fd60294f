package web

import (
	"strings"
	"testing"

	"paraph/record"
)

// TestWhereItComesFrom looks for what the record holds of the clauses of a
// version, and of positions on other things, on the pages that show it.
func TestWhereItComesFrom(t *testing.T) {
	e := played(t)
	for _, c := range []struct {
		process record.ProcessID
		seat    record.Seat
		rest    string
		wants   []string
	}{
		{vesna, "TAB", "versions/lv-2026-ct-1-rev-2", []string{
			"<caption", `scope="col">Made from`, `href="#provenance"`, "Article 8, 1 of REV.1", "Moved: a rule about the level belongs with the level.",
			">dropped<", "Article 4, 3 of REV.1",
		}},
		{vesna, "TAB", "versions/lv-2026-ct-1-rev-1", []string{"!provenance"}},
		{ukraine, "", "versions/plan-28", []string{`scope="col">Published in`, "Ukrainska Pravda", "!Made from", "!none named"}},
		{ukraine, "", "matrix", []string{
			"On other things", "The plan of the United States", "in words", "Supports most of the points and criticises some.", "“<bdi>this Tuesday</bdi>”", `class="line said-when"`,
			"as reported by <bdi>Yuri Ushakov</bdi>",
		}},
		{vesna, "KEL", "matrix", []string{"!On other things"}},
		{ukraine, "", "", []string{"kept from outside, from public reporting", "3 principles of this record"}},
		{vesna, "", "", []string{"7 principles agreed for the talks"}},
		{vesna, "KEL", "", []string{"full powers:", "signature is reserved to the Prime Minister", "Keldrish, English"}},
		{vesna, "KEL", "sittings/first-round", []string{"Marit Solvane for KEL, Keldrish – English"}},
		{vesna, "KEL", "record", []string{"in these words", "wording cleared by"}},
		{vesna, "KEL", "messages", []string{"In these words", "Not to be said", "The figure of 60; the figure of 340."}},
		{vesna, "DOR", "messages", []string{"!The figure of 60", "Movement on the hourly limit is possible"}},
	} {
		page := e.get(t, c.process, c.seat, c.rest)
		for _, want := range c.wants {
			absent := strings.HasPrefix(want, "!")
			if strings.Contains(page, strings.TrimPrefix(want, "!")) == absent {
				t.Errorf("%s/%s as %q: %q is there: %t", c.process, c.rest, c.seat, strings.TrimPrefix(want, "!"), absent)
			}
		}
	}
}
