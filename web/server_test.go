package web

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"paraph/record"
	"paraph/text"
)

var everyone = []record.Seat{public, chair, north, south, basin}

func TestEveryPageWithNothingAndWithEverything(t *testing.T) {
	tb := newTable(t)
	seen := 0
	for _, p := range []record.ProcessID{empty, river} {
		for _, seat := range everyone {
			for _, path := range tb.pages(p) {
				w := tb.get(seat, path)
				want := http.StatusOK
				if seat == public {
					want = http.StatusNotFound // neither process is public
				}
				if w.Code != want {
					t.Errorf("%q sees %s: %d, want %d", seat, path, w.Code, want)
					continue
				}
				body := w.Body.String()
				if !strings.HasSuffix(body, "</html>") || strings.Contains(body, "%!") || strings.Contains(body, "@chip") {
					t.Errorf("%q sees %s: it is not whole", seat, path)
				}
				seen++
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d pages were seen", seen)
	}
}

func TestPagesShowWhatTheyAreFor(t *testing.T) {
	tb := newTable(t)
	c := tb.clause("release water")
	for _, tt := range []struct {
		seat       record.Seat
		path       string
		has, hasnt []string
	}{
		{north, "text", []string{"Agreement on the river", "R/2", `id="c-` + c + `"`, "may", "amends", "1 bis.", "reserves"}, []string{"September"}},
		{south, "text", []string{"September", "internal to SO"}, nil},
		{basin, "text", []string{"reserves"}, []string{"1 bis.", "September", "Propose"}},
		{chair, "clauses/" + c, []string{"Power comes first.", "July alone is too little.", "R/1", "opposes"}, []string{"Not yet shown"}},
		{basin, "clauses/" + c, []string{"Power comes first."}, []string{"opposes"}},
		{north, "clauses/" + tb.clause("Nothing here"), []string{"consent: ad referendum", "to the words of R/2", "The same words."}, []string{"void"}},
		{north, "proposals", []string{"Withdrawn or replaced", "The annex stays.", "Clear or withdraw"}, nil},
		{south, "proposals?seat=NO", []string{"Power comes first."}, []string{"Clear or withdraw", "September"}},
		{north, "versions", []string{"R/1", "R/2", "Compare with R/1"}, nil},
		{north, "versions/one", []string{"This is not the latest version", "frozen", "as read by NO"}, nil},
		{north, "compare?old=one&new=two", []string{"R/1 against R/2", "<ins", "<del"}, nil},
		{north, "text?reading=SO", []string{"On the table", "Southmark"}, []string{"September"}},
		{south, "text?reading=SO", []string{"September"}, nil},
		{north, "propose?kind=amend&clause=" + c, []string{"may release water in July.</textarea>", `value="internal:NO" checked`}, nil},
		{basin, "propose?kind=amend&clause=" + c, []string{"does not propose here"}, []string{"<textarea"}},
		{chair, "clauses/" + c + "/position", []string{"does not take positions here"}, nil},
	} {
		body := tb.get(tt.seat, "/p/river/"+tt.path).Body.String()
		for _, words := range tt.has {
			if !strings.Contains(body, words) {
				t.Errorf("%s sees %s without %q", tt.seat, tt.path, words)
			}
		}
		for _, words := range tt.hasnt {
			if strings.Contains(body, words) {
				t.Errorf("%s sees %s with %q", tt.seat, tt.path, words)
			}
		}
	}
}

// TestHeaders asks every route for its headers, whatever it answers.
func TestHeaders(t *testing.T) {
	tb := newTable(t)
	for _, pattern := range append(tb.server.Patterns(), "GET /nothing/here") {
		method, path, _ := strings.Cut(pattern, " ")
		path = strings.NewReplacer("{$}", "", "{process}", "river", "{version}", "one", "{clause}", "none", "{proposal}", "none", "{name}", "none").Replace(path)
		r := httptest.NewRequest(method, path, nil)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		h := tb.ask(north, r).Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store",
		} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", pattern, name, got, want)
			}
		}
	}
}

// TestHiddenIsAbsent asks for what is hidden from a seat and for what never
// was: the answers are the same to the byte.
func TestHiddenIsAbsent(t *testing.T) {
	tb := newTable(t)
	tb.do(river, north, text.Issue{ID: "hidden", Symbol: "N/1", Class: text.NonPaper, Title: "Draft", Draft: "1. A clause of our own.\n"})
	tb.do(river, north, text.Table{ID: "north-secret", Version: "two", Kind: text.Amend, Clause: tb.clause("Nothing here"), Words: "2. Canary.", Audience: record.Offices(north)})
	for _, pair := range [][2]string{
		{"/p/river/versions/hidden", "/p/river/versions/absent"},
		{"/p/river/compare?old=hidden&new=two", "/p/river/compare?old=absent&new=two"},
		{"/p/river/text?version=hidden", "/p/river/text?version=absent"},
		{"/live?page=/p/river/versions/hidden", "/live?page=/p/river/versions/absent"},
	} {
		same(t, pair[0], tb.get(south, pair[0]), tb.get(south, pair[1]), http.StatusNotFound)
	}
	same(t, "the process", tb.get(public, "/p/river/text"), tb.get(public, "/p/absent/text"), http.StatusNotFound)
	same(t, "its start", tb.get(public, "/p/river/"), tb.get(public, "/p/absent/"), http.StatusNotFound)
	same(t, "any path", tb.get(public, "/p/river/text"), tb.get(public, "/what"), http.StatusNotFound)
	for _, do := range []string{"withdraw", "clear"} {
		form := url.Values{"audience": {"plenary"}}
		hidden, absent := tb.post(south, "/p/river/proposals/north-secret/"+do, form), tb.post(south, "/p/river/proposals/absent/"+do, form)
		same(t, do, hidden, absent, http.StatusNotFound)
	}
}

func same(t *testing.T, what string, a, b *httptest.ResponseRecorder, code int) {
	t.Helper()
	if a.Code != code || b.Code != code || a.Body.String() != b.Body.String() || !maps.EqualFunc(a.Header(), b.Header(), func(x, y []string) bool { return strings.Join(x, "\n") == strings.Join(y, "\n") }) {
		t.Errorf("%s: hidden (%d) and absent (%d) differ", what, a.Code, b.Code)
	}
}

// TestGetChangesNothing walks over all pages as everybody and finds the record as it was.
func TestGetChangesNothing(t *testing.T) {
	tb := newTable(t)
	before := tb.entries()
	for _, seat := range everyone {
		for _, path := range append(tb.pages(river), "/", "/p/river/", "/sit", "/p/river/preview", "/p/river/proposals/north-may/withdraw") {
			tb.get(seat, path)
		}
	}
	tb.post(north, "/p/river/preview", url.Values{"kind": {"amend"}, "version": {"two"}, "clause": {tb.clause("Nothing here")}, "words": {"2. All else stands."}})
	if after := tb.entries(); after != before {
		t.Errorf("there are %d entries, there were %d", after, before)
	}
}

func (tb *table) entries() (n int) {
	for _, seat := range []record.Seat{chair, north, south, basin} {
		all, err := tb.desk.Entries(context.Background(), river, actor(seat).Lens())
		if err != nil {
			tb.Fatal(err)
		}
		n += len(all)
	}
	return n
}

func TestWhatComesFromElsewhereIsRefused(t *testing.T) {
	tb := newTable(t)
	form := url.Values{"process": {"river"}, "seat": {"SO"}}.Encode()
	for _, tt := range []struct {
		name    string
		method  string
		host    string
		headers map[string]string
		body    string
		want    int
	}{
		{"own page", "POST", "localhost", map[string]string{"Sec-Fetch-Site": "same-origin"}, form, http.StatusSeeOther},
		{"own page, old browser", "POST", "localhost", map[string]string{"Origin": "http://localhost"}, form, http.StatusSeeOther},
		{"other site", "POST", "localhost", map[string]string{"Sec-Fetch-Site": "cross-site"}, form, http.StatusForbidden},
		{"sister site", "POST", "localhost", map[string]string{"Sec-Fetch-Site": "same-site"}, form, http.StatusForbidden},
		{"other origin", "POST", "localhost", map[string]string{"Origin": "http://elsewhere.example"}, form, http.StatusForbidden},
		{"no word of where", "POST", "localhost", nil, form, http.StatusForbidden},
		{"link from elsewhere", "GET", "localhost", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, "", http.StatusOK},
		{"picture elsewhere", "GET", "localhost", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, "", http.StatusForbidden},
		{"other name for this machine", "GET", "elsewhere.example", nil, "", http.StatusMisdirectedRequest},
		{"loopback by number", "GET", "127.0.0.1:8080", nil, "", http.StatusOK},
		{"too much", "POST", "localhost", map[string]string{"Sec-Fetch-Site": "same-origin"}, strings.Repeat("a", maxForm+1), http.StatusRequestEntityTooLarge},
	} {
		path := "/"
		if tt.method == "POST" {
			path = "/sit"
		}
		r := httptest.NewRequest(tt.method, path, strings.NewReader(tt.body))
		r.Host = tt.host
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for name, value := range tt.headers {
			r.Header.Set(name, value)
		}
		w := httptest.NewRecorder()
		tb.server.ServeHTTP(w, r)
		if w.Code != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, w.Code, tt.want)
		}
	}
}

func TestSitting(t *testing.T) {
	tb := newTable(t)
	w := tb.post(public, "/sit", url.Values{"process": {"river"}, "seat": {"SO"}, "back": {"/p/river/versions"}})
	if c := w.Header().Get("Set-Cookie"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/p/river/versions" ||
		!strings.HasPrefix(c, "seat-river=SO;") || !strings.Contains(c, "HttpOnly") || !strings.Contains(c, "SameSite=Strict") {
		t.Errorf("taking a seat: %d to %q with %q", w.Code, w.Header().Get("Location"), c)
	}
	for _, back := range []string{"https://elsewhere.example/", "//elsewhere.example", `/p/\elsewhere`, ""} {
		w := tb.post(public, "/sit", url.Values{"process": {"river"}, "seat": {"SO"}, "back": {back}})
		if got := w.Header().Get("Location"); got != "/p/river/" {
			t.Errorf("back to %q leads to %q", back, got)
		}
	}
	if w := tb.post(public, "/sit", url.Values{"process": {"river"}, "seat": {"XX"}}); w.Code != http.StatusBadRequest {
		t.Errorf("a seat that is not there: %d", w.Code)
	}
	tb.server.options.Demo = false
	if w := tb.get(north, "/p/river/text"); w.Code != http.StatusNotFound {
		t.Errorf("outside a demonstration a cookie still gives a seat: %d", w.Code)
	}
	if w := tb.post(public, "/sit", url.Values{"process": {"river"}, "seat": {"SO"}}); w.Code != http.StatusNotFound {
		t.Errorf("outside a demonstration a seat can be taken: %d", w.Code)
	}
}

// TestNoPageLoadsFromElsewhere looks for anything that a browser would fetch,
// and for style and script in a page, which the policy forbids.
func TestNoPageLoadsFromElsewhere(t *testing.T) {
	tb := newTable(t)
	fetched := regexp.MustCompile(`(?i)(src|href|action|formaction|data-[a-z]+)="(https?:)?//|<style|\sstyle=|\son[a-z]+=|javascript:|<script[^>]*>[^<]`)
	for _, path := range append(tb.pages(river), "/") {
		if found := fetched.FindString(tb.get(north, path).Body.String()); found != "" {
			t.Errorf("%s holds %q", path, found)
		}
	}
}
