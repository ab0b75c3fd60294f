package web

import (
	"bytes"
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

// long is a process whose text has many clauses.
type long struct {
	*testing.B
	store   *sqlite.Store
	desk    *desk.Desk
	server  *Server
	clauses []text.Clause
	acts    int
	changes int
}

func longTable(b *testing.B, clauses int) *long {
	b.Helper()
	store, err := sqlite.Open(filepath.Join(b.TempDir(), "record.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	l := &long{B: b, store: store, desk: desk.New(store, desk.Options{Clock: time.Now})}
	l.do(process.Open{Title: "A long text", Rules: process.GroundRules{Regime: process.OnTheRecord}})
	l.do(process.Admit{Seat: chair, Name: "The Mediator", Role: record.Chair})
	var draft strings.Builder
	draft.WriteString("---\nseats: CH\n---\n\n")
	for i := range clauses {
		fmt.Fprintf(&draft, "%d. The Parties [shall][should] share the waters of basin %d, with due regard to those who live by them.\n\n", i+1, i)
	}
	l.do(text.Issue{ID: "long", Symbol: "L/1", Class: text.ChairsText, Title: "A long text", Draft: draft.String()})
	l.server = New(l.desk, Options{Demo: true, Seats: map[record.ProcessID][]record.Seat{river: {chair}}})
	_ = l.desk.Look(context.Background(), river, actor(chair).Lens(), func(v desk.View) error {
		version, _ := text.SeeVersion(v.Text, "")
		l.clauses = version.Clauses
		return nil
	})
	return l
}

func (l *long) do(act any) record.Entry {
	l.acts++
	r, err := l.desk.Do(context.Background(), river, actor(chair), fmt.Sprintf("bench-%d", l.acts), act)
	if err != nil {
		l.Fatal(err)
	}
	return r.Entries[0]
}

// change moves one clause: each time another, and in the end the first again.
func (l *long) change() {
	i := l.changes
	l.changes++
	a := text.Table{
		ID: fmt.Sprintf("p%d", i), Kind: text.Amend, Clause: l.clauses[i%len(l.clauses)].ID,
		Words: fmt.Sprintf("%d. Other words, number %d.", i+1, i), Audience: record.Plenary,
	}
	if i >= len(l.clauses) {
		a.Replaces = fmt.Sprintf("p%d", i-len(l.clauses))
	}
	l.do(a)
}

// history writes a history of proposals that were made and withdrawn, as they
// stand on a record, without asking a desk for each.
func (l *long) history(entries int) {
	tabled := l.do(text.Table{ID: "h-x", Kind: text.Amend, Clause: l.clauses[0].ID, Words: "1. Words of old.", Audience: record.Plenary})
	gone := l.do(text.Withdraw{Proposal: "h-x"})
	tip, at := gone.Tip(), gone.At
	for written := 0; written < entries; {
		key := fmt.Sprintf("history-%d", written)
		batch := record.Batch{Process: river, Key: key}
		for n := 0; n < 5_000 && written < entries; n++ {
			c := tabled.Content
			if written%2 == 1 {
				c = gone.Content
			}
			id := fmt.Sprintf("h-%d", written/2)
			refs := func(refs []record.Ref) (out []record.Ref) {
				for _, r := range refs {
					out = append(out, record.Ref(strings.ReplaceAll(string(r), "h-x", id)))
				}
				return out
			}
			c.Key, c.Body = key, bytes.ReplaceAll(c.Body, []byte("h-x"), []byte(id))
			c.Makes, c.Mentions = refs(c.Makes), refs(c.Mentions)
			at = at.Add(time.Microsecond)
			e, err := tip.Next(at, record.Salt{}, c)
			if err != nil {
				l.Fatal(err)
			}
			tip = e.Tip()
			batch.Entries = append(batch.Entries, e)
			written++
		}
		if _, err := l.store.Append(batch).Wait(context.Background()); err != nil {
			l.Fatal(err)
		}
	}
	l.desk.Drop(river)
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
	l := longTable(b, 1000)
	ask(b, l.server)
	for b.Loop() {
		ask(b, l.server)
	}
}

// BenchmarkPageAfterChange asks for it after each act that moved one clause, with
// little and with much that happened before.
func BenchmarkPageAfterChange(b *testing.B) {
	for _, history := range []int{100, 100_000} {
		b.Run(fmt.Sprintf("history=%d", history), func(b *testing.B) {
			l := longTable(b, 1000)
			l.history(history)
			ask(b, l.server)
			for b.Loop() {
				b.StopTimer()
				l.change()
				b.StartTimer()
				ask(b, l.server)
			}
		})
	}
}

// BenchmarkPageCold asks for it when nothing was made before.
func BenchmarkPageCold(b *testing.B) {
	l := longTable(b, 1000)
	for b.Loop() {
		b.StopTimer()
		l.desk.Drop(river)
		l.server = New(l.desk, l.server.options)
		_ = l.desk.Look(context.Background(), river, actor(chair).Lens(), func(desk.View) error { return nil })
		b.StartTimer()
		ask(b, l.server)
	}
}

// BenchmarkEventsAfterChange makes what one lens is sent after an act that moved
// one clause of 500: the page is seen, and compared with the one before.
func BenchmarkEventsAfterChange(b *testing.B) {
	l := longTable(b, 500)
	r := httptest.NewRequest(http.MethodGet, "/p/river/text", nil)
	st := sitter{process: river, lens: actor(chair).Lens(), by: actor(chair).By}
	shown, at, err := l.server.see(context.Background(), st, r, seeRolling)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		l.change()
		b.StartTimer()
		now, cursor, err := l.server.see(context.Background(), st, r, seeRolling)
		if err != nil {
			b.Fatal(err)
		}
		b.SetBytes(int64(len(now.since(shown, at))))
		shown, at = now, cursor
	}
}
