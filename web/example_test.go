package web

import (
	"context"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"paraph/consent"
	"paraph/demo"
	"paraph/desk"
	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/sitting"
	"paraph/store/sqlite"
	"paraph/text"
)

const (
	vesna   record.ProcessID = "vesna"
	ukraine record.ProcessID = "ukraine-december-2025"
)

// example is the worked example, served as its demonstration serves it.
type example struct {
	*Server
	seats map[record.ProcessID][]record.Seat // the public first
}

// played opens the worked example for one test.
func played(t *testing.T) example {
	t.Helper()
	return opened(t, func(ctx context.Context, log record.Log) (*desk.Desk, map[record.ProcessID][]record.Seat, error) {
		d := desk.New(log, desk.Options{})
		seats := map[record.ProcessID][]record.Seat{}
		err := demo.Play(ctx, log)
		for _, p := range demo.Processes() {
			if err == nil {
				seats[p], err = demo.Seats(ctx, d, p)
			}
		}
		return d, seats, err
	})
}

// opened serves what a function puts on a new record. When the test is over,
// the record must hold.
func opened(t *testing.T, fill func(context.Context, record.Log) (*desk.Desk, map[record.ProcessID][]record.Seat, error)) example {
	t.Helper()
	log, err := sqlite.Open(filepath.Join(t.TempDir(), "record"))
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	d, taken, err := fill(ctx, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Check(ctx); err != nil {
			t.Errorf("the record does not hold: %v", err)
		}
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	e := example{seats: map[record.ProcessID][]record.Seat{}}
	for p := range taken {
		e.seats[p] = append([]record.Seat{""}, taken[p]...)
	}
	e.Server = New(d, Options{Demo: true, Seats: taken})
	return e
}

// ask sends a request from a seat, as a browser on this machine does.
func (e example) ask(p record.ProcessID, seat record.Seat, r *http.Request) *httptest.ResponseRecorder {
	r.Host = "127.0.0.1:8200"
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if seat != "" {
		r.AddCookie(&http.Cookie{Name: seatCookie(p), Value: string(seat)})
	}
	w := httptest.NewRecorder()
	e.ServeHTTP(w, r)
	return w
}

func (e example) get(t *testing.T, p record.ProcessID, seat record.Seat, rest string) string {
	t.Helper()
	w := e.ask(p, seat, httptest.NewRequest(http.MethodGet, processPath(p, rest), nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%s/%s as %q: %d", p, rest, seat, w.Code)
	}
	return w.Body.String()
}

func (e example) post(p record.ProcessID, seat record.Seat, rest string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, processPath(p, rest), strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return e.ask(p, seat, r)
}

// view gives what a seat reads.
func (e example) view(t *testing.T, p record.ProcessID, seat record.Seat, see func(desk.View)) {
	t.Helper()
	lens, err := e.desk.Lens(context.Background(), p, seat)
	if err == nil {
		err = e.desk.Look(context.Background(), p, lens, func(v desk.View) error {
			see(v)
			return nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// rests lists the pages of a process that a seat can open, within the process:
// those of every route, and of every thing that the seat reads of.
func (e example) rests(t *testing.T, p record.ProcessID, seat record.Seat) []string {
	t.Helper()
	out := []string{
		"", "text", "proposals", "versions", "compare", "matrix", "matrix?show=contested", "convergence", "sittings",
		"conditions", "messages", "record", "record?kind=claim", "record?kind=condition", "record?seat=" + string(seat),
	}
	e.view(t, p, seat, func(v desk.View) {
		for _, s := range sitting.SeeSittings(v.Sitting) {
			out = append(out, "sittings/"+s.ID)
		}
		for _, version := range text.SeeVersions(v.Text) {
			out = append(out, "versions/"+version.ID)
		}
		if version, there := text.SeeVersion(v.Text, ""); there {
			for _, c := range version.Clauses {
				out = append(out, "clauses/"+c.ID)
			}
		}
	})
	return out
}

// leftover is what a template that went wrong leaves on a page.
var leftover = regexp.MustCompile(`@[a-z]+[A-Z]?[a-zA-Z]*\(|%!|\bNaN\b`)

// TestEveryPageOfTheExample opens every page as every seat: each is whole, and
// none shows words that only others read.
func TestEveryPageOfTheExample(t *testing.T) {
	e := played(t)
	for p, seats := range e.seats {
		words := map[record.Seat]map[string]bool{}
		for _, seat := range seats {
			e.view(t, p, seat, func(v desk.View) { words[seat] = prose(v) })
		}
		hidden, shown := 0, map[string]bool{}
		for _, seat := range seats {
			all := e.all(t, p, seat)
			for w := range words[seat] {
				if !words[""][w] && strings.Contains(all, html.EscapeString(w)) {
					shown[w] = true
				}
			}
			for _, secret := range secretsFrom(words, seat) {
				hidden++
				if strings.Contains(all, html.EscapeString(secret)) {
					t.Errorf("a page of %q shows %q, which is not addressed to it", seat, secret)
				}
			}
		}
		if p == vesna && (hidden < 100 || len(shown) < 100) {
			t.Errorf("looked for %d hidden words, and pages of those addressed show %d: too few to tell anything", hidden, len(shown))
		}
	}
}

// all gives all pages of a process as a seat sees them, one after the other.
func (e example) all(t *testing.T, p record.ProcessID, seat record.Seat) string {
	t.Helper()
	var pages strings.Builder
	for _, rest := range e.rests(t, p, seat) {
		page := e.get(t, p, seat, rest)
		if strings.Count(page, "<h1") != 1 || strings.Count(page, "<main") != 1 {
			t.Errorf("%s/%s as %q has not one heading and one main part", p, rest, seat)
		}
		if odd := leftover.FindString(page); odd != "" {
			t.Errorf("%s/%s as %q shows %q", p, rest, seat, odd)
		}
		if strings.Contains(page, "% agreed") || strings.Contains(page, "percent") {
			t.Errorf("%s/%s as %q makes one number of the axes", p, rest, seat)
		}
		pages.WriteString(page)
	}
	return pages.String()
}

// prose collects the words of prose that a view holds.
func prose(v desk.View) map[string]bool {
	out := map[string]bool{}
	add := func(all ...string) {
		for _, w := range all {
			if len(w) >= 16 && !strings.ContainsAny(w, "[]*\n") {
				out[w] = true
			}
		}
	}
	for _, p := range text.SeeProposals(v.Text) {
		for _, s := range p.Standing {
			add(s.Reason)
		}
	}
	for _, p := range consent.SeeAllPositions(v.Consent) {
		add(p.Note)
	}
	for _, m := range sitting.SeeMessages(v.Sitting) {
		add(m.Words, m.PassOn, m.Withhold)
	}
	for _, s := range sitting.SeeSittings(v.Sitting) {
		add(s.Outcome)
	}
	for _, c := range sitting.SeeConditions(v.Sitting) {
		add(c.What)
	}
	for _, l := range press.SeeLeaks(v.Press) {
		add(l.What)
	}
	for _, s := range process.SeeProcess(v.Process).Seats {
		for _, p := range s.People {
			add(p.Powers, p.Note)
		}
	}
	return out
}

// secretsFrom gives the words that others read and a seat does not, not even as
// a part of other words.
func secretsFrom(words map[record.Seat]map[string]bool, seat record.Seat) []string {
	var own strings.Builder
	for w := range words[seat] {
		own.WriteString(w + "\n")
	}
	found := map[string]bool{}
	var out []string
	for other := range words {
		for w := range words[other] {
			if !found[w] && !strings.Contains(own.String(), w) {
				found[w] = true
				out = append(out, w)
			}
		}
	}
	return out
}
