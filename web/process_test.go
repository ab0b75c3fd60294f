package web

import (
	"cmp"
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"paraph/desk"
	"paraph/press"
	"paraph/process"
	"paraph/record"
)

// TestPagesOfTheTalks holds the pages to what was reported, and to no more.
func TestPagesOfTheTalks(t *testing.T) {
	e := played(t)
	for rest, wants := range map[string][]string{
		"": {"United States", "also an interested party", "Where the text stands", "On the record", "clauses clean", "can live with", "ad referendum"},
		"sittings/kremlin": {
			"2 December 2025, 19:40", "UTC+3", "2 December 2025, 16:40", "another date", "3 December at the place, 2 December in UTC",
			"between 4 h 20 min and 5 h", "Almost five hours", "not named", "interpreter", "Both sides agreed to keep the content confidential.",
		},
		"record": {
			"Pokrovsk", "contested", "Asserted", "Denied", "Ukrainian General Staff", "the record names nobody", "time not resolved",
			"Europe/Moscow", "a summary, not the words", "condition",
		},
		"conditions":  {"global but rapid decisions", "Volodymyr Zelensky", "no date is set"},
		"convergence": {"<svg", "with live proposals", "contested words"},
		"messages":    {"No message is here for you."},
		"sittings":    {"time not resolved", "The previous Monday"},
	} {
		page := visible(e.get(t, ukraine, "", rest))
		for _, want := range wants {
			if !strings.Contains(strings.ToLower(page), strings.ToLower(want)) {
				t.Errorf("%q does not show %q", rest, want)
			}
		}
	}
}

var tags = regexp.MustCompile(`<(?:[^s/]|s[^v]|/)[^>]*>`)

// visible takes the tags out of a page, but for drawings.
func visible(page string) string {
	page = strings.NewReplacer("&#34;", `"`, "&#39;", "'").Replace(tags.ReplaceAllString(page, ""))
	return strings.Join(strings.Fields(page), " ")
}

func TestMatrix(t *testing.T) {
	e := played(t)
	all, contested := e.get(t, vesna, "KEL", "matrix"), e.get(t, vesna, "KEL", "matrix?show=contested")
	for _, want := range []string{"void, the words changed", "initialled", "amendment", "internal to KEL", "nothing recorded", `scope="row"`, `scope="col"`, "<caption"} {
		if !strings.Contains(all, want) {
			t.Errorf("the matrix does not show %q", want)
		}
	}
	if rows, fewer := strings.Count(all, "<tr"), strings.Count(contested, "<tr"); fewer < 10 || fewer >= rows {
		t.Errorf("of %d rows %d are contested", rows, fewer)
	}
	if strings.Count(all, "internal to KEL") > 0 && strings.Contains(e.get(t, vesna, "AOM", "matrix"), "internal to KEL") {
		t.Error("the chair sees what is internal to a party")
	}
	names := []string{"Kingdom of Dorvane", "Republic of Ilmara", "Republic of Keldria"}
	head := all[strings.Index(all, "<thead"):strings.Index(all, "</thead")]
	for i := 1; i < len(names); i++ {
		if strings.Index(head, names[i-1]) > strings.Index(head, names[i]) {
			t.Errorf("%s stands after %s", names[i-1], names[i])
		}
	}
}

func TestTimelineFilters(t *testing.T) {
	e := played(t)
	claims := e.get(t, ukraine, "", "record?kind=claim")
	if !strings.Contains(claims, `id="claim-`) || strings.Contains(claims, `id="statement-`) || strings.Contains(claims, `id="leak-`) {
		t.Error("the choice of claims does not show claims alone")
	}
	ua := e.get(t, ukraine, "", "record?seat=UA")
	if !strings.Contains(ua, `id="statement-zelensky-signals"`) || strings.Contains(ua, `id="statement-putin-forum"`) || !strings.Contains(ua, `id="claim-pokrovsk"`) {
		t.Error("the choice of a seat does not show what that seat said, claimed or denied alone")
	}
	if none := e.get(t, ukraine, "", "record?kind=line"); !strings.Contains(none, "Nothing of that kind") {
		t.Error("a choice that finds nothing says nothing")
	}
	beside := e.get(t, vesna, "", "record?kind=read-out")
	if strings.Count(beside, "Read-outs beside each other") != 1 || strings.Count(beside, `id="statement-readout-`) != 3 {
		t.Error("the three read-outs do not stand beside each other")
	}
}

func TestMessagesAreCarried(t *testing.T) {
	e := played(t)
	before := map[record.Seat]string{}
	for _, seat := range []record.Seat{"DOR", "ILM", "TAB", ""} {
		before[seat] = ledgerOf(e.get(t, vesna, seat, "messages"))
	}
	w := e.post(vesna, "KEL", "messages", url.Values{
		"key": {"keldrian-message-0001"}, "words": {"Forty an hour, if nobody learns that it is ours."}, "may-pass": {"DOR"},
		"pass-on": {"Forty an hour is not excluded."}, "withhold": {"Whose it is."},
	})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("sending: %d %s", w.Code, w.Body)
	}
	chairs := e.get(t, vesna, "AOM", "messages")
	if !strings.Contains(chairs, "Forty an hour, if nobody") || !strings.Contains(chairs, `/messages/keldrian-message-0001/carry"`) {
		t.Fatal("the chair cannot carry the message on")
	}
	if ledgerOf(e.get(t, vesna, "DOR", "messages")) != before["DOR"] {
		t.Error("the ledger of another seat has moved before anything was carried to it")
	}
	keldria := ledgerOf(e.get(t, vesna, "KEL", "messages"))
	if w := e.post(vesna, "AOM", "messages/keldrian-message-0001/carry", url.Values{"to": {"ILM"}}); w.Code != http.StatusForbidden {
		t.Errorf("carried where it may not go: %d", w.Code)
	}
	for range 2 { // sent twice, carried once
		w = e.post(vesna, "AOM", "messages/keldrian-message-0001/carry", url.Values{"to": {"DOR"}})
		if w.Code != http.StatusSeeOther {
			t.Fatalf("carrying: %d %s", w.Code, w.Body)
		}
	}
	dorvane := ledgerOf(e.get(t, vesna, "DOR", "messages"))
	if strings.Count(dorvane, "Forty an hour is not excluded.") != 1 || strings.Contains(dorvane, "keldrian") || strings.Contains(dorvane, "Whose it is") {
		t.Error("the message did not arrive once, or says where it came from")
	}
	if ledgerOf(e.get(t, vesna, "KEL", "messages")) != keldria {
		t.Error("the sender's ledger tells when its message was carried on")
	}
	for _, seat := range []record.Seat{"ILM", "TAB", ""} {
		if ledgerOf(e.get(t, vesna, seat, "messages")) != before[seat] {
			t.Errorf("the ledger of %q has moved", seat)
		}
	}
	arrived := regexp.MustCompile(`/p/vesna/(messages/[a-z0-9]{26}/acknowledge)"`).FindStringSubmatch(dorvane)
	if arrived == nil {
		t.Fatal("the message that was carried cannot be acknowledged")
	}
	if w := e.post(vesna, "DOR", arrived[1], nil); w.Code != http.StatusSeeOther {
		t.Errorf("acknowledging: %d %s", w.Code, w.Body)
	}
	if !strings.Contains(visible(e.get(t, vesna, "AOM", "messages")), "received by DOR") {
		t.Error("the chair does not see that its message has arrived")
	}
	if w := e.post(vesna, "TAB", "messages/keldrian-message-0001/acknowledge", nil); w.Code != http.StatusNotFound {
		t.Errorf("a message of others is acknowledged: %d", w.Code)
	}
}

// ledgerOf cuts the messages out of their page.
func ledgerOf(page string) string {
	from := strings.Index(page, `id="ledger"`)
	rest := page[from:]
	for _, end := range []string{`<form class="act"`, "</main>"} {
		if to := strings.Index(rest, end); to >= 0 {
			return rest[:to]
		}
	}
	return rest
}

// TestPagesWithNothing opens a process in which nothing has happened yet: every
// page says something that helps.
func TestPagesWithNothing(t *testing.T) {
	e := bare(t)
	for rest, want := range map[string]string{
		"": "Nothing is on the record yet", "matrix": "No version of a text is before you yet.", "convergence": "No version of a text is before you yet.",
		"sittings": "No sitting is recorded yet", "conditions": "No condition is set", "messages": "No message is here for you.",
		"record": "Nothing public is on the record yet.",
	} {
		for _, seat := range []record.Seat{"MM", "AA"} {
			if page := e.get(t, "new", seat, rest); !strings.Contains(page, want) {
				t.Errorf("%q as %s does not say %q", rest, seat, want)
			}
		}
		if w := e.ask("new", "", httptest.NewRequest(http.MethodGet, "/p/new/"+rest, nil)); w.Code != http.StatusNotFound {
			t.Errorf("%q is open to the public: %d", rest, w.Code)
		}
	}
	if w := e.ask("new", "AA", httptest.NewRequest(http.MethodGet, "/p/new/sittings/none", nil)); w.Code != http.StatusNotFound {
		t.Errorf("a sitting that is not there: %d", w.Code)
	}
}

// Two statements in the same words are two statements, and a time with one
// bound is shown as such.
func TestSameWordsTwice(t *testing.T) {
	e := bare(t)
	chair := record.Actor{By: record.By{Seat: "MM", Capacity: record.Head}, Role: record.Chair}
	for _, id := range []string{"one", "two"} {
		_, err := e.desk.Do(context.Background(), "new", chair, id, press.Record{
			ID: id, Speaker: "A minister", Words: "We talk.", Quoted: true, Said: record.When{Earliest: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}, Audience: record.Plenary,
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	page := visible(e.get(t, "new", "AA", "record"))
	if strings.Count(page, "“We talk.”") != 2 || strings.Count(page, "not before 1 March 2026, 09:00") != 2 || strings.Count(page, "in these words") != 2 {
		t.Errorf("two statements in the same words are shown as %q", page)
	}
}

// bare opens a process with a chair and a party, and nothing else.
func bare(t *testing.T) example {
	t.Helper()
	return opened(t, func(ctx context.Context, log record.Log) (*desk.Desk, map[record.ProcessID][]record.Seat, error) {
		d := desk.New(log, desk.Options{})
		chair := record.Actor{By: record.By{Seat: "MM", Capacity: record.Head}, Role: record.Chair}
		var wrong error
		for key, act := range []any{
			process.Open{Title: "New talks", Rules: process.GroundRules{Regime: process.OnTheRecord}},
			process.Admit{Seat: "MM", Name: "The Mediator", Role: record.Chair},
			process.Admit{Seat: "AA", Name: "Aland", Role: record.Party},
		} {
			_, err := d.Do(ctx, "new", chair, strconv.Itoa(key), act)
			wrong = cmp.Or(wrong, err)
		}
		return d, map[record.ProcessID][]record.Seat{"new": {"MM", "AA"}}, wrong
	})
}
