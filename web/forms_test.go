package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const key = "abcdefghijklmnopqrstuvwxyz"

func (tb *table) proposal(words string) url.Values {
	return url.Values{
		"key": {key}, "kind": {"amend"}, "version": {"two"}, "clause": {tb.clause("Nothing here")},
		"words": {words}, "reason": {"Because."}, "audience": {"offices:NO"},
	}
}

func TestProposing(t *testing.T) {
	tb := newTable(t)
	form := tb.proposal("2. Canary prejudges nothing.")
	for range 2 { // sent twice, done once
		w := tb.post(north, "/p/river/propose", form)
		want := "/p/river/clauses/" + form.Get("clause") + "?done=proposed#proposal-" + key
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != want {
			t.Fatalf("%d to %q, want %q: %s", w.Code, w.Header().Get("Location"), want, w.Body)
		}
	}
	page := tb.get(north, "/p/river/clauses/"+form.Get("clause")+"?done=proposed").Body.String()
	if n := strings.Count(page, `id="proposal-`); n != 1 || !strings.Contains(page, "Your proposal is on the record.") {
		t.Errorf("the clause shows %d proposals", n)
	}
	if !strings.Contains(tb.get(chair, "/p/river/text").Body.String(), "Canary") {
		t.Error("the chair does not see what was said in confidence to the chair")
	}
	for _, other := range everyone {
		if other != chair && other != north && strings.Contains(tb.get(other, "/p/river/text").Body.String(), "Canary") {
			t.Errorf("%s sees what was said in confidence to the chair", other)
		}
	}
}

// TestProposingAgain replaces the own proposal that the new one would stand beside.
func TestProposingAgain(t *testing.T) {
	tb := newTable(t)
	form := tb.proposal("2. The first wording.")
	tb.post(north, "/p/river/propose", form)
	form.Set("key", key+"2")
	form.Set("words", "2. The second wording.")
	preview := tb.post(north, "/p/river/preview", form).Body.String()
	if !strings.Contains(preview, "It takes the place of your proposal") {
		t.Error("the preview does not say that a proposal is replaced")
	}
	if w := tb.post(north, "/p/river/propose", form); w.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	page := tb.get(north, "/p/river/proposals").Body.String()
	if !strings.Contains(page, "Replaced by a later one") {
		t.Error("the earlier proposal does not say that it is replaced")
	}
}

func TestRefusedFormKeepsWhatWasWritten(t *testing.T) {
	tb := newTable(t)
	form := tb.proposal("2. An open [bracket.")
	w := tb.post(north, "/p/river/propose", form)
	body := w.Body.String()
	for _, want := range []string{"An open [bracket.</textarea>", "Because.</textarea>", `value="offices:NO" checked`, "Not recorded.", `value="` + key + `"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the form comes back without %q", want)
		}
	}
	if w.Code != http.StatusBadRequest {
		t.Errorf("status %d", w.Code)
	}
	form.Del("key")
	if w := tb.post(north, "/p/river/propose", form); w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "without its key") {
		t.Errorf("a form without key: %d", w.Code)
	}
	form = tb.proposal("2. An observer writes.")
	form.Set("audience", "plenary")
	if w := tb.post(basin, "/p/river/propose", form); w.Code != http.StatusForbidden {
		t.Errorf("an observer proposes: %d", w.Code)
	}
}

func TestPreview(t *testing.T) {
	tb := newTable(t)
	form := tb.proposal("2. Nothing here prejudges the position of any Claimant.")
	whole := tb.post(north, "/p/river/preview", form)
	if body := whole.Body.String(); whole.Code != http.StatusOK || !strings.Contains(body, "Claimant") || !strings.Contains(body, "bracket opens") || !strings.Contains(body, "<form") {
		t.Errorf("the preview without script: %d", whole.Code)
	}
	form.Set("part", "preview")
	part := tb.post(north, "/p/river/preview", form).Body.String()
	if !strings.HasPrefix(part, `<div id="preview">`) || strings.Contains(part, "<form") || !strings.Contains(part, "Claimant") {
		t.Errorf("the preview for the script is %q", part)
	}
	form.Set("words", "2. Nothing here prejudges the position of any Party.")
	if part := tb.post(north, "/p/river/preview", form).Body.String(); !strings.Contains(part, "changes nothing") {
		t.Errorf("a proposal that changes nothing is previewed as %q", part)
	}
}

func TestClearingAndWithdrawing(t *testing.T) {
	tb := newTable(t)
	form := tb.proposal("2. Canary prejudges nothing.")
	tb.post(north, "/p/river/propose", form)
	w := tb.post(north, "/p/river/proposals/"+key+"/clear", url.Values{"audience": {"plenary"}, "reason": {"For all to read."}})
	if w.Code != http.StatusSeeOther {
		t.Fatalf("clearing: %d %s", w.Code, w.Body)
	}
	page := tb.get(basin, "/p/river/proposals").Body.String()
	if !strings.Contains(page, "Canary") || !strings.Contains(page, "For all to read.") || strings.Contains(page, "Because.") {
		t.Error("plenary does not read what was cleared to it, or reads the reason given to fewer")
	}
	if w := tb.post(south, "/p/river/proposals/"+key+"/withdraw", nil); w.Code != http.StatusForbidden {
		t.Errorf("another seat withdraws: %d", w.Code)
	}
	if w := tb.post(north, "/p/river/proposals/"+key+"/withdraw", url.Values{"reason": {"Enough."}}); w.Code != http.StatusSeeOther {
		t.Errorf("withdrawing: %d", w.Code)
	}
	if page := tb.get(basin, "/p/river/text").Body.String(); strings.Contains(page, "Canary") {
		t.Error("the text still shows what was withdrawn")
	}
}

func TestTakingAPosition(t *testing.T) {
	tb := newTable(t)
	at := "/p/river/clauses/" + tb.clause("Nothing here")
	form := url.Values{
		"key": {key}, "do": {"position"}, "fingerprint": {tb.print("Nothing here")}, "position": {"can live with"},
		"note": {"For the record."}, "audience": {"plenary"},
	}
	if w := tb.post(north, at+"/position", form); w.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	if page := tb.get(south, at).Body.String(); !strings.Contains(page, "can live with") || !strings.Contains(page, "For the record.") {
		t.Error("the position does not show")
	}
	form.Set("key", key+"2")
	form.Set("do", "consent")
	form.Set("level", "agreed")
	if w := tb.post(south, at+"/position", form); w.Code != http.StatusSeeOther {
		t.Fatalf("%d: %s", w.Code, w.Body)
	}
	if page := tb.get(north, at).Body.String(); !strings.Contains(page, "consent: agreed") {
		t.Error("the consent does not show")
	}
	form.Set("fingerprint", "other words")
	if w := tb.post(north, at+"/position", form); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "have changed since you opened") {
		t.Errorf("consent to words that have changed: %d", w.Code)
	}
}
