package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"paraph/desk"
	"paraph/process"
	"paraph/record"
	"paraph/store/sqlite"
	"paraph/text"
)

// longTable is a process whose text has 1,000 clauses.
func longTable(b *testing.B) (*desk.Desk, *Server, func(act any)) {
	b.Helper()
	store, err := sqlite.Open(filepath.Join(b.TempDir(), "record.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	d := desk.New(store, desk.Options{Clock: time.Now})
	n := 0
	do := func(act any) {
		n++
		if _, err := d.Do(context.Background(), river, actor(chair), fmt.Sprintf("bench-%d", n), act); err != nil {
			b.Fatal(err)
		}
	}
	do(process.Open{Title: "A long text", Rules: process.GroundRules{Regime: process.OnTheRecord}})
	do(process.Admit{Seat: chair, Name: "The Mediator", Role: record.Chair})
	var draft strings.Builder
	draft.WriteString("---\nseats: CH\n---\n\n")
	for i := range 1000 {
		fmt.Fprintf(&draft, "%d. The Parties [shall][should] share the waters of basin %d, with due regard to those who live by them.\n\n", i+1, i)
	}
	do(text.Issue{ID: "long", Symbol: "L/1", Class: text.ChairsText, Title: "A long text", Draft: draft.String()})
	s := New(d, Options{Demo: true, Seats: map[record.ProcessID][]record.Seat{river: {chair}}})
	return d, s, do
}

func ask(b *testing.B, s *Server) {
	r := httptest.NewRequest(http.MethodGet, "/p/river/text", nil)
	r.Host = "localhost"
	r.AddCookie(&http.Cookie{Name: seatCookie(river), Value: string(chair)})
	w := &counter{header: http.Header{}}
	s.ServeHTTP(w, r)
	if w.status != http.StatusOK {
		b.Fatal(w.status)
	}
	b.SetBytes(w.bytes)
}

// counter takes an answer and keeps none of it.
type counter struct {
	header http.Header
	status int
	bytes  int64
}

func (c *counter) Header() http.Header    { return c.header }
func (c *counter) WriteHeader(status int) { c.status = status }

func (c *counter) Write(b []byte) (int, error) {
	c.bytes += int64(len(b))
	return len(b), nil
}

// BenchmarkPageWarm asks again for a page of 1,000 clauses.
func BenchmarkPageWarm(b *testing.B) {
	_, s, _ := longTable(b)
	ask(b, s)
	for b.Loop() {
		ask(b, s)
	}
}

// BenchmarkPageAfterChange asks for it after each act that moved one clause.
func BenchmarkPageAfterChange(b *testing.B) {
	d, s, do := longTable(b)
	var clauses []text.Clause
	_ = d.Look(context.Background(), river, actor(chair).Lens(), func(v desk.View) error {
		version, _ := text.SeeVersion(v.Text, "")
		clauses = version.Clauses
		return nil
	})
	i := 0
	for b.Loop() {
		b.StopTimer()
		do(text.Table{ID: fmt.Sprintf("p%d", i), Kind: text.Amend, Clause: clauses[i%len(clauses)].ID, Words: fmt.Sprintf("%d. Other words, number %d.", i+1, i), Audience: record.Plenary})
		i++
		b.StartTimer()
		ask(b, s)
	}
}
