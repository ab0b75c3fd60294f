package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"paraph/consent"
	"paraph/desk"
	"paraph/draft"
	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/sitting"
	"paraph/text"
)

// planted is words of the files that stand in some audience and nowhere else.
type planted struct {
	where string
	words string
	reads []record.Audience // those in which the words stand
}

// secrets collects what is said to fewer than the plenary.
func secrets(t *testing.T) []planted {
	t.Helper()
	var found []planted
	add := func(where, words string, to ...record.Audience) {
		if words != "" && to[0] != record.Public && to[0] != record.Plenary {
			found = append(found, planted{where, words, to})
		}
	}
	proposals, err1 := read[[]proposal]("vesna", "proposals.json")
	positions, err2 := read[[]position]("vesna", "positions.json")
	consents, err3 := read[[]level]("vesna", "consents.json")
	messages, err4 := read[[]message]("vesna", "messages.json")
	meetings, err5 := read[[]meeting]("vesna", "sittings.json")
	conditions, err6 := read[[]condition]("vesna", "conditions.json")
	for _, err := range []error{err1, err2, err3, err4, err5, err6} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range proposals {
		add(p.ID+", the reason", p.Reason, p.Audience)
		to := []record.Audience{p.Audience}
		for _, f := range p.Fate {
			if f.Act == "clear" {
				to = append(to, f.Audience)
			}
		}
		add(p.ID, p.ID, to...)
	}
	for _, p := range positions {
		add("the position of "+string(p.Seat)+" on "+p.Clause, p.Note, p.Audience)
	}
	for _, l := range consents {
		add("the consent of "+string(l.Seat)+" to "+l.Clause, l.Note, l.Audience)
	}
	origins := map[string]message{}
	for _, m := range messages {
		origins[m.ID] = m
		if origins[m.Carries].MayPassOn != m.Words { // else its origin's sender reads the same words
			add(m.ID, m.Words, m.Audience)
			add(m.ID+", what is not to be passed on", m.NotToPassOn, m.Audience)
			if !carried(messages, m) {
				add(m.ID+", what may be passed on", m.MayPassOn, m.Audience)
			}
		}
		if m.Carries != "" { // only the ledger of the chair ties the two
			add(m.ID+", its origin", fmt.Sprintf(`"Origin":%q`, m.Carries), record.Internal("AOM"))
		}
	}
	for _, m := range meetings {
		add(m.ID, m.Outcome, m.Audience)
	}
	for _, c := range conditions {
		add(c.ID, c.Words, c.Audience)
	}
	return found
}

// carried tells whether the chair carried on just what it might.
func carried(all []message, m message) bool {
	return slices.ContainsFunc(all, func(next message) bool {
		return next.Carries == m.ID && strings.Contains(next.Words, m.MayPassOn)
	})
}

// Everything that a lens can be shown holds what is said to it, and no word of
// what is said to others alone.
func TestNothingIsSeenThatIsNotAddressed(t *testing.T) {
	_, d := played(t)
	all := secrets(t)
	seen, hidden := 0, 0
	for _, l := range lenses(t, d, vesna) {
		page := everything(t, d, vesna, l)
		for _, s := range all {
			reads := false
			for _, a := range s.reads {
				reads = reads || l.Reads(a)
			}
			there := strings.Contains(page, quoted(s.words))
			if reads {
				seen++
			} else {
				hidden++
			}
			if there && !reads {
				t.Errorf("%v sees %s, which is for %q", l, s.where, s.reads)
			}
			if reads && !there {
				t.Errorf("%v does not see %s, which is for %q", l, s.where, s.reads)
			}
		}
	}
	if seen < 100 || hidden < 200 {
		t.Errorf("%d items looked for by those who read them and %d by others: too few", seen, hidden)
	}
}

// quoted gives words as they stand in JSON, without the quotation marks; a
// member of an object stands as it is.
func quoted(words string) string {
	if strings.HasPrefix(words, `"Origin"`) {
		return words
	}
	return strings.TrimSuffix(strings.TrimPrefix(encode(words), `"`), `"`)
}

func encode(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}

// everything gives all views of a process through a lens as JSON, and the
// entries that it reads.
func everything(t *testing.T, d *desk.Desk, p record.ProcessID, l record.Lens) string {
	t.Helper()
	var parts []any
	look(t, d, p, l, func(v desk.View) {
		parts = nil
		parts = append(parts, v.Cursor, process.SeeProcess(v.Process), text.SeeProposals(v.Text),
			consent.SeeAllPositions(v.Consent), consent.SeeMatrix(v.Consent), consent.SeeSupporters(v.Consent),
			sitting.SeeSittings(v.Sitting), sitting.SeeMessages(v.Sitting), sitting.SeeConditions(v.Sitting),
			press.SeeTimeline(v.Press))
		for _, version := range text.SeeVersions(v.Text) {
			rolling, err := text.SeeRolling(v.Text, version.ID, consent.SeeSupporters(v.Consent))
			if err != nil {
				t.Fatal(err)
			}
			parts = append(parts, version, rolling, draft.Print(rolling.Text))
			for _, c := range version.Clauses {
				clause, _ := text.SeeClause(v.Text, c.ID)
				parts = append(parts, clause, consent.SeeConsents(v.Consent, c.ID), consent.SeePositions(v.Consent, record.NewRef("clause", c.ID)))
			}
		}
	})
	entries, err := d.Entries(ctx, p, l)
	if err != nil {
		t.Fatal(err)
	}
	parts = append(parts, entries)
	return encode(parts)
}
