package api

import (
	"net/http"
	"strings"
	"testing"
)

const key = "a-key-of-the-tests-0001"

// TestRefusals says by hand how requests that cannot be right are answered. Every
// answer is held to the document.
func TestRefusals(t *testing.T) {
	c := promised(open(t))
	deep := strings.Repeat(`[`, 9) + strings.Repeat(`]`, 9)
	for _, row := range []struct {
		name, token, path, body string
		status                  int
		says                    string
	}{
		{"a token that is none", "XXX", "/p/vesna", "", 401, "The token is not accepted."},
		{"a token that is none, for a process that is none", "XXX", "/p/nothing", "", 401, "The token is not accepted."},
		{"a token that is none, for the list", "XXX", "/processes", "", 401, "The token is not accepted."},
		{"a process that is none", "KEL", "/p/nothing", "", 404, "There is nothing here for you."},
		{"a name that no process has", "KEL", "/p/%FF", "", 404, "There is nothing here for you."},
		{"a clause that is none", "KEL", "/p/vesna/clauses/nothing", "", 404, "There is nothing here for you."},
		{"the internal proposal of another", "DOR", "/p/vesna/proposals/kel-data-daily-draft", "", 404, "There is nothing here for you."},
		{"a parameter that is not known", "KEL", "/p/vesna/text?hold=KEL", "", 400, `The parameter \"hold\" is not known here.`},
		{"a parameter twice", "KEL", "/p/vesna/text?held=KEL&held=DOR", "", 400, `The parameter \"held\" is there twice.`},
		{"a value that is not known", "KEL", "/p/vesna/text?as=pdf", "", 400, `The parameter \"as\" cannot be \"pdf\".`},
		{"a query that is none", "KEL", "/p/vesna/text?%zz", "", 400, "The query of the address cannot be read."},

		{"an act of the public", "", "/p/vesna/proposals", `{"kind":"delete"}`, 403, "Only those who have a seat act."},
		{"an act of the public where nothing is", "", "/p/nothing/proposals", `{"kind":"delete"}`, 404, "There is nothing here for you."},
		{"an act with a token that reads", "reads:KEL", "/p/vesna/proposals", `{"kind":"delete"}`, 403, "This token may read only."},
		{"clearing with a token that may not bind", "acts:KEL", "/p/vesna/proposals/kel-data-daily-draft/clear", `{"audience":"parties"}`, 403, "This token may not do what a page asks for the passkey anew for."},
		{"consent with a token that may not bind", "acts:KEL", "/p/vesna/clauses/" + exampleClause + "/consent", `{"level":"agreed","fingerprint":"` + examplePrint + `"}`, 403, "This token may not"},
		{"admitting with a token that may not bind", "acts:AOM", "/p/vesna/seats", `{"seat":"LBC","name":"Commission","role":"observer"}`, 403, "This token may not"},
		{"admitting as a party", "KEL", "/p/vesna/seats", `{"seat":"LBC","name":"Commission","role":"observer"}`, 403, "only the chair admits a seat"},
		{"other words", "KEL", "/p/vesna/clauses/" + exampleClause + "/position", `{"position":"supports","fingerprint":"00"}`, 409, "The words of this clause are not those of the fingerprint."},
		{"no words", "KEL", "/p/vesna/clauses/" + exampleClause + "/consent", `{"level":"agreed"}`, 400, "The fingerprint of the words is missing."},
		{"a position on what is not there", "KEL", "/p/vesna/clauses/" + exampleClause + "/position", `{"position":"supports","on":"proposal/nothing"}`, 400, "On this clause there is no proposal/nothing."},
		{"striking nobody", "AOM", "/p/vesna/people/nobody/strike", `{}`, 404, "There is nothing here for you."},

		{"no JSON", "KEL", "/p/vesna/proposals", `kind=delete`, 400, "The body is not JSON: it is wrong at byte 0."},
		{"a list", "KEL", "/p/vesna/proposals", `[]`, 400, "The body is a JSON array."},
		{"nothing", "KEL", "/p/vesna/proposals", ` `, 400, "The body is not JSON"},
		{"more than one", "KEL", "/p/vesna/proposals", `{} {}`, 400, "The body goes on after its JSON value."},
		{"an unknown field", "KEL", "/p/vesna/proposals", `{"kind":"delete","audiense":"public"}`, 400, `The field \"audiense\" is not known here.`},
		{"an unknown field within", "KEL", "/p/vesna/proposals", `{"source":{"outlets":"The Courier"}}`, 400, `The field \"outlets\" is not known here.`},
		{"a field in capitals", "KEL", "/p/vesna/proposals", `{"Kind":"delete"}`, 400, `The field \"Kind\" is not known here.`},
		{"a field twice", "KEL", "/p/vesna/proposals", `{"kind":"delete","kind":"amend"}`, 400, `The field \"kind\" is there twice.`},
		{"a number for words", "KEL", "/p/vesna/proposals", `{"kind":1}`, 400, `The field \"kind\" cannot be a JSON number.`},
		{"null", "KEL", "/p/vesna/proposals", `{"kind":null}`, 400, "The body holds a null."},
		{"too deep", "KEL", "/p/vesna/proposals", `{"kind":` + deep + `}`, 400, "The body is nested deeper than 8."},
		{"half a pair", "KEL", "/p/vesna/proposals", `{"words":"\ud83d"}`, 400, "A string in the body holds half of a surrogate pair."},
		{"bytes that are no UTF-8", "KEL", "/p/vesna/proposals", "{\"words\":\"\xff\"}", 400, "The body is not valid UTF-8."},
		{"too much", "KEL", "/p/vesna/proposals", `{"words":"` + strings.Repeat("a", maxBody) + `"}`, 413, "The body is larger than 1024 KiB."},
		{"too much for a draft", "KEL", "/p/vesna/versions", `{"draft":"` + strings.Repeat("a", maxDraft) + `"}`, 413, "The body is larger than 24576 KiB."},
		{"what the room refuses", "KEL", "/p/vesna/proposals", `{"kind":"none","clause":"` + exampleClause + `"}`, 400, "is not a kind of proposal"},
		{"what others read with a preview", "KEL", "/p/vesna/preview", `{"kind":"amend","clause":"` + exampleClause + `","words":"1. The [lake."}`, 400, "bracket"},
	} {
		w := c.ask(request(row.token, row.path, key, row.body))
		if w.Code != row.status || !strings.Contains(w.Body.String(), row.says) {
			t.Errorf("%s: %d %s, want %d and %q", row.name, w.Code, w.Body, row.status, row.says)
		}
		if w.Code == http.StatusUnauthorized && w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("%s: how to show a token is not said", row.name)
		}
	}
}

func TestHeadersOfAnAct(t *testing.T) {
	c := promised(open(t))
	for _, row := range []struct {
		name   string
		change func(http.Header)
		status int
		says   string
	}{
		{"no key", func(h http.Header) { h.Del(keyHeader) }, 400, "The header Idempotency-Key is missing, or no key."},
		{"a short key", func(h http.Header) { h.Set(keyHeader, "short") }, 400, "The header Idempotency-Key"},
		{"a key in capitals", func(h http.Header) { h.Set(keyHeader, strings.ToUpper(key)) }, 400, "The header Idempotency-Key"},
		{"two keys", func(h http.Header) { h.Add(keyHeader, key) }, 400, "The header Idempotency-Key"},
		{"a form", func(h http.Header) { h.Set("Content-Type", "application/x-www-form-urlencoded") }, 415, "The body must be JSON."},
		{"no type", func(h http.Header) { h.Del("Content-Type") }, 415, "The body must be JSON."},
		{"another charset", func(h http.Header) { h.Set("Content-Type", "application/json; charset=utf-16") }, 415, "The body must be JSON."},
	} {
		r := request("KEL", "/p/vesna/messages", key, `{"words":"Well?"}`)
		row.change(r.Header)
		if w := c.ask(r); w.Code != row.status || !strings.Contains(w.Body.String(), row.says) {
			t.Errorf("%s: %d %s", row.name, w.Code, w.Body)
		}
	}
	r := request("KEL", "/p/vesna/messages", key, `{"words":"Well?"}`)
	r.Header.Set("Content-Type", "application/json; charset=UTF-8")
	if w := c.ask(r); w.Code != http.StatusOK {
		t.Errorf("with its charset: %d %s", w.Code, w.Body)
	}
}

// TestAbsentIsAbsent holds what is hidden, what never was and what is no route
// against each other, byte for byte.
func TestAbsentIsAbsent(t *testing.T) {
	h := open(t)
	want := wire(h.get("DOR", "/nowhere"))
	for _, path := range []string{
		"/p/nothing", "/p/nothing/text", "/p/vesna/proposals/nothing", "/p/vesna/proposals/kel-data-daily-draft", "/p/vesna/versions/nothing",
		"/p/vesna/text?version=nothing", "/p/vesna/compare?old=nothing", "/p/vesna/live/more", "/p/nothing/live",
	} {
		if got := wire(h.get("DOR", path)); got != want {
			t.Errorf("%s is\n%s\nand what is nowhere\n%s", path, got, want)
		}
	}
	for _, path := range []string{"/p/nothing/messages", "/p/vesna/proposals/nothing/withdraw", "/p/vesna/proposals/kel-data-daily-draft/withdraw"} {
		if got := wire(h.post("DOR", path, key, `{}`)); got != want {
			t.Errorf("%s is\n%s\nand what is nowhere\n%s", path, got, want)
		}
	}
}

// TestTextForThoseWhoAskForIt asks for one text in both forms.
func TestTextForThoseWhoAskForIt(t *testing.T) {
	c := promised(open(t))
	for accept, kind := range map[string]string{
		"": jsonType, "*/*": jsonType, "application/json": jsonType, "text/html": jsonType, "text/plain;q=0.5, application/json": jsonType,
		"text/plain": plainType, "text/*;q=0.8, */*;q=0.1": plainType, "application/json;q=0.2, text/plain;q=0.4": plainType, "text/plain;q=0": jsonType,
	} {
		r := request("KEL", "/p/vesna/text", "", "")
		r.Header.Set("Accept", accept)
		if w := c.ask(r); w.Header().Get("Content-Type") != kind {
			t.Errorf("Accept: %s gets %s", accept, w.Header().Get("Content-Type"))
		}
	}
	var roll RollingText
	c.into("KEL", "/p/vesna/text", &roll)
	if text := c.get("KEL", "/p/vesna/text?as=text").Body.String(); text != roll.Text || !strings.Contains(text, "[KEL") {
		t.Errorf("as text it is\n%.300s\nand within JSON\n%.300s", text, roll.Text)
	}
}
