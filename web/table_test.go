package web

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"paraph/api"
	"paraph/consent"
	"paraph/desk"
	"paraph/process"
	"paraph/record"
	"paraph/store/sqlite"
	"paraph/text"
)

// The table of the tests: two invented parties, a chair, an observer.
const (
	river  record.ProcessID = "river"
	empty  record.ProcessID = "empty"
	chair  record.Seat      = "CH"
	north  record.Seat      = "NO"
	south  record.Seat      = "SO"
	basin  record.Seat      = "BA"
	public record.Seat      = ""
)

const draftOne = `---
seats: NO, SO
title: Agreement on the river
---

## Article 1 (Object)

1. The Parties shall share the waters of the river [equitably].

2. Nothing here prejudges the position of any Party.

## Article 2 (Releases)

1. The upper Party [NO: may][SO: shall] release water in July.

2. The annex [TBD] lists the gauges.
`

const draftTwo = `---
seats: NO, SO
title: Agreement on the river
---

## Article 1 (Object)

1. The Parties shall share the waters of the river equitably.

2. Nothing here prejudges the position of any Party.

## Article 2 (Releases)

1. The upper Party shall release water in July and in August.

2. The annex [TBD] lists the gauges.
`

// table is a server on a record of its own, with its process laid.
type table struct {
	*testing.T
	desk   *desk.Desk
	server *Server
	done   int
}

// newTable opens a record and two processes on it: "empty", which has seats
// alone, and "river", which has two versions, proposals and positions.
func newTable(t *testing.T) *table {
	t.Helper()
	store, err := sqlite.Open(filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	tb := &table{T: t, desk: desk.New(store, desk.Options{Clock: func() time.Time {
		now = now.Add(time.Minute)
		return now
	}})}
	seats := []record.Seat{chair, north, south, basin}
	tb.server = New(tb.desk, Options{
		Demo: true, Seats: map[record.ProcessID][]record.Seat{river: seats, empty: seats},
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	tb.server.api = api.New(tb.desk, api.Options{Who: bySeat(tb.desk, river, empty), Places: func(*http.Request) ([]record.ProcessID, error) {
		return []record.ProcessID{river, empty}, nil
	}, Log: tb.server.options.Log})
	t.Cleanup(func() {
		if err := tb.desk.Check(context.Background()); err != nil {
			t.Errorf("the record does not hold: %v", err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	tb.open(empty)
	tb.open(river)
	tb.lay()
	return tb
}

func actor(s record.Seat) record.Actor {
	roles := map[record.Seat]record.Role{chair: record.Chair, north: record.Party, south: record.Party, basin: record.Observer}
	a := record.Actor{By: record.By{Seat: s, Capacity: record.Head}, Role: roles[s]}
	if s != chair {
		a.Person = "head-" + strings.ToLower(string(s))
	}
	return a
}

// do does an act that must succeed.
func (tb *table) do(p record.ProcessID, s record.Seat, act any) {
	tb.Helper()
	tb.done++
	if _, err := tb.desk.Do(context.Background(), p, actor(s), "test-"+string(p)+"-"+string(rune('a'+tb.done/26))+string(rune('a'+tb.done%26)), act); err != nil {
		tb.Fatalf("%T: %v", act, err)
	}
}

func (tb *table) open(p record.ProcessID) {
	tb.do(p, chair, process.Open{Title: "The river talks", Question: "Who releases how much water?", Rules: process.GroundRules{Regime: process.WithoutPrejudice}})
	tb.do(p, chair, process.Admit{Seat: chair, Name: "The Mediator", Role: record.Chair})
	tb.do(p, chair, process.Admit{Seat: north, Name: "Northland", Role: record.Party})
	tb.do(p, chair, process.Admit{Seat: south, Name: "Southmark", Role: record.Party})
	tb.do(p, chair, process.Admit{Seat: basin, Name: "Basin Commission", Role: record.Observer})
	for _, s := range []record.Seat{north, south, basin} {
		tb.do(p, chair, process.Accredit{ID: "head-" + strings.ToLower(string(s)), Seat: s, Name: "Head of " + string(s), Capacity: record.Head})
	}
}

func (tb *table) lay() {
	tb.do(river, chair, text.Issue{ID: "one", Symbol: "R/1", Class: text.ChairsText, Title: "Agreement on the river", Draft: draftOne, Date: "1 March 2026"})
	tb.do(river, chair, text.Issue{ID: "two", Symbol: "R/2", Class: text.Consolidation, Title: "Agreement on the river", Draft: draftTwo, Date: "2 March 2026", Note: "After the first round."})
	c := tb.clause("release water")
	tb.do(river, north, text.Table{ID: "north-may", Kind: text.Amend, Clause: c, Words: "1. The upper Party may release water in July.", Reason: "Power comes first.", Audience: record.Plenary})
	tb.do(river, south, text.Table{ID: "south-own", Kind: text.Amend, Clause: c, Words: "1. The upper Party shall release water from July to September.", Reason: "Not yet shown to anybody."})
	tb.do(river, south, text.Table{ID: "south-new", Kind: text.Insert, After: c, Words: "1 bis. Releases are measured at the border gauge.", Audience: record.Parties})
	tb.do(river, north, text.Table{ID: "north-gone", Kind: text.Delete, Clause: tb.clause("lists the gauges"), Audience: record.Plenary})
	tb.do(river, north, text.Withdraw{Proposal: "north-gone", Reason: "The annex stays."})
	tb.do(river, south, consent.TakePosition{On: record.NewRef("clause", c), Position: consent.Reserves, Note: "July alone is too little.", Audience: record.Plenary})
	tb.do(river, south, consent.TakePosition{On: "proposal/north-may", Position: consent.Opposes, Audience: record.Parties})
	tb.do(river, north, consent.Give{Clause: tb.clause("Nothing here"), Version: "two", Fingerprint: tb.print("Nothing here"), Level: consent.AdReferendum, Audience: record.Plenary})
}

// latest gives the clause of the latest version that holds words.
func (tb *table) latest(words string) (found text.Clause) {
	tb.Helper()
	err := tb.desk.Look(context.Background(), river, actor(chair).Lens(), func(v desk.View) error {
		version, _ := text.SeeVersion(v.Text, "")
		for _, c := range version.Clauses {
			seen, _ := text.SeeClause(v.Text, c.ID)
			if w := seen.Words[len(seen.Words)-1]; strings.Contains(w.Words, words) {
				found = c
			}
		}
		return nil
	})
	if err != nil || found.ID == "" {
		tb.Fatalf("no clause holds %q: %v", words, err)
	}
	return found
}

func (tb *table) clause(words string) string { tb.Helper(); return tb.latest(words).ID }
func (tb *table) print(words string) string  { tb.Helper(); return tb.latest(words).Fingerprint }

// pages lists the paths of all pages of a process, in all their forms.
func (tb *table) pages(p record.ProcessID) []string {
	at := "/p/" + string(p) + "/"
	out := []string{at + "text", at + "versions", at + "compare", at + "proposals"}
	if p == empty {
		return out
	}
	c := tb.clause("release water")
	for _, rest := range []string{
		"text?held=NO", "text?held=SO&depth=2", "text?reading=NO", "text?reading=SO", "text?reading=", "text?version=one",
		"versions/one", "versions/two", "clauses/" + c, "clauses/" + tb.clause("Nothing here"), "clauses/" + tb.clause("lists the gauges"),
		"compare?old=one&new=two", "compare?old=one&new=rolling&as=beside&all=yes", "compare?old=base&new=reading:NO",
		"proposals?seat=NO", "propose?kind=amend&clause=" + c, "propose?kind=insert&after=" + c, "propose?kind=delete&clause=" + c,
		"propose?kind=move&clause=" + c, "propose", "clauses/" + c + "/position",
	} {
		out = append(out, at+rest)
	}
	return out
}

// get asks for a page as a seat.
func (tb *table) get(s record.Seat, path string) *httptest.ResponseRecorder {
	return tb.ask(s, httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form as a seat, as a browser on one of our pages would.
func (tb *table) post(s record.Seat, path string, form url.Values) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	tb.server.ServeHTTP(w, tb.formOf(s, path, form))
	return w
}

// formOf makes the request with which a seat sends a form.
func (tb *table) formOf(s record.Seat, path string, form url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return tb.as(s, r)
}

func (tb *table) ask(s record.Seat, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	tb.server.ServeHTTP(w, tb.as(s, r))
	return w
}

// as makes a request a seat's.
func (tb *table) as(s record.Seat, r *http.Request) *http.Request {
	r.Host = "localhost"
	for _, p := range []record.ProcessID{river, empty} {
		if s != public {
			r.AddCookie(&http.Cookie{Name: seatCookie(p), Value: string(s)})
		}
	}
	return r
}
