package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"paraph/demo"
	"paraph/desk"
	"paraph/people"
	"paraph/people/peopletest"
	"paraph/record"
	"paraph/sitting"
	"paraph/store/sqlite"
	"paraph/web"
)

// canaries are words of the worked example, of people, and of what is asked
// for: titles, seats, names, ids, words of texts. No log and no metric may hold
// one of them.
var canaries = regexp.MustCompile(`(?i)vesna|maarand|keldri|ilmara|dorvan|avelhead|ukraine|canary|proposals|positions?/|rev\.?[0-9]|\b(AOM|KEL|ILM|DOR|TAB)\b|/p/`)

// opened is a data directory with the worked example, in which somebody has the
// place of the chair's head, and which can do everything wrong that can be.
func opened(t *testing.T, hidden int) (folder, session string) {
	t.Helper()
	folder = initialised(t)
	store, err := sqlite.Open(filepath.Join(folder, recordFile))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := demo.Play(t.Context(), store); err != nil {
		t.Fatal(err)
	}
	d := desk.New(store, desk.Options{})
	kel := record.Actor{By: record.By{Seat: "KEL", Person: "ilse-varnhold", Capacity: record.Head}, Role: record.Party}
	for i := range hidden {
		id := fmt.Sprint("canary-hidden-", i)
		if _, err := d.Do(t.Context(), "vesna", kel, id, sitting.Send{ID: id, Words: "Canary words."}); err != nil {
			t.Fatal(err)
		}
	}
	unknown(t, store)
	register, book, err := data{folder: folder}.register(people.Options{URL: defaultURL})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	defer register.Close()
	chair := peopletest.Enrol(t, register, people.Invited{Place: people.Place{Process: "vesna", Person: "odile-maarand"}}, "Odile Canary")
	return folder, chair.Session
}

// unknown writes an entry of a kind that no program knows, so that looking at
// its process panics, with the entry in the panic's words.
func unknown(t *testing.T, store *sqlite.Store) {
	t.Helper()
	const process = "ukraine-december-2025"
	entries, err := store.Read(t.Context(), process, record.Public, 0, 0)
	if err != nil || len(entries) == 0 {
		t.Fatal(err)
	}
	e, err := entries[len(entries)-1].Tip().Next(time.Now().UTC().Truncate(time.Microsecond), record.Salt{1}, record.Content{
		Kind: "process.canary.sung", By: record.By{Seat: "KEEPER"}, Key: "canary", Body: json.RawMessage(`{"canary":"Canary"}`),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Append(record.Batch{Process: process, Key: "canary", Entries: []record.Entry{e}}).Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// misbehave asks a server for everything, rightly and wrongly, and gives how
// many answers had each status.
func misbehave(t *testing.T, at, session string) map[int]int {
	t.Helper()
	statuses := map[int]int{}
	ask := func(method, path string, body string, change func(*http.Request)) {
		r, err := http.NewRequest(method, "http://"+at+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Host = "localhost:8300"
		r.Header.Set("Cookie", "__Host-paraph="+session)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		if change != nil {
			change(r)
		}
		answer, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			return // it was broken off
		}
		defer answer.Body.Close()
		statuses[answer.StatusCode]++
		if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/event-stream") {
			_, _ = io.Copy(io.Discard, answer.Body)
		}
	}
	fill := strings.NewReplacer("{process}", "vesna", "{$}", "", "{name}", "canary.css")
	for _, pattern := range web.New(nil, web.Options{}).Patterns() {
		method, path, _ := strings.Cut(pattern, " ")
		path = regexp.MustCompile(`\{[a-z]+\}`).ReplaceAllString(fill.Replace(path), "canary")
		form := url.Values{"words": {"Canary"}, "name": {"Canary"}, "key": {"canary-canary-canary"}}.Encode()
		ask(method, path, form, nil)
		ask(method, strings.Replace(path, "vesna", "ukraine-december-2025", 1), form, nil)
		ask(method, path+"?canary=Vesna", form, func(r *http.Request) { r.Header.Del("Cookie") })
	}
	ask("GET", "/live?page=/p/vesna/text", "", nil)
	ask("POST", "/p/vesna/messages", strings.Repeat("Canary=", 1<<19), nil)
	ask("POST", "/p/vesna/propose", "%zz=Canary", nil)
	ask("POST", "/p/vesna/propose", "Canary", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") })
	ask("GET", "/p/vesna/", "", func(r *http.Request) { r.Host = "vesna.example" })
	ask("GET", "/p/vesna/", "", func(r *http.Request) { r.Header.Set("X-Canary", strings.Repeat("Canary", 10_000)) })
	return statuses
}

// figuresAt gives the metrics of a server.
func figuresAt(t *testing.T, s *running) string {
	t.Helper()
	_, said := get(t, regexp.MustCompile(`http://[0-9.:]+/metrics`).FindString(s.said))
	return said
}

// Whoever runs the machine reads no process: not in the log at its most
// talkative, whatever goes wrong, and not in the metrics.
func TestLogsAndMetricsTellNothing(t *testing.T) {
	folder, session := opened(t, 0)
	s := serving(t, folder, "--log-level", "debug", "--metrics", "127.0.0.1:0")
	statuses := misbehave(t, s.at, session)
	for _, want := range []int{http.StatusOK, http.StatusNotFound, http.StatusForbidden, http.StatusInternalServerError, http.StatusRequestEntityTooLarge, http.StatusMisdirectedRequest} {
		if statuses[want] == 0 {
			t.Errorf("nothing was answered with %d: %v", want, statuses)
		}
	}
	figures := figuresAt(t, s)
	s.stop()
	said := s.log.String()
	if !strings.Contains(said, `"a page failed"`) {
		t.Errorf("no panic came to the log: %s", said)
	}
	for what, text := range map[string]string{"log": said, "metrics": figures} {
		for _, found := range append(canaries.FindAllString(text, -1), contained(text, session)...) {
			t.Errorf("the %s says %q", what, found)
		}
	}
}

func contained(text, secret string) []string {
	if strings.Contains(text, secret) {
		return []string{"the token of a session"}
	}
	return nil
}

// Servers whose processes differ only in what is hidden have the same metrics,
// but for their values, and these count requests and never entries.
func TestMetricsDoNotCountWhatIsHidden(t *testing.T) {
	var names [2][]string
	var counts [2][]string
	for i, hidden := range []int{0, 25} {
		folder, session := opened(t, hidden)
		s := serving(t, folder, "--metrics", "127.0.0.1:0")
		misbehave(t, s.at, session)
		for _, line := range strings.Split(figuresAt(t, s), "\n") {
			name, _, _ := strings.Cut(line, " ")
			if strings.HasPrefix(line, "#") {
				name = line
			}
			names[i] = append(names[i], name)
			if strings.HasPrefix(line, "paraph_requests_total") || strings.HasPrefix(line, "paraph_panics") {
				counts[i] = append(counts[i], line)
			}
		}
		s.stop()
	}
	if !slices.Equal(names[0], names[1]) {
		t.Errorf("the names differ: %v, %v", names[0], names[1])
	}
	if !slices.Equal(counts[0], counts[1]) {
		t.Errorf("the counts differ: %v, %v", counts[0], counts[1])
	}
}
