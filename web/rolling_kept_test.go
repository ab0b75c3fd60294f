package web

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"paraph/desk"
	"paraph/desk/desktest"
	"paraph/record"
	"paraph/record/roomtest"
	"paraph/store/sqlite"
	"paraph/text"
)

// A page that is made from the ones before it is the page of a server that was
// started now, whatever happened between, to the last byte.
func TestPagesMadeFromEarlierOnes(t *testing.T) {
	store, err := sqlite.Open(filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	d := desk.New(store, desk.Options{Clock: func() time.Time {
		now = now.Add(time.Minute)
		return now
	}})
	options := Options{
		Demo: true, Seats: map[record.ProcessID][]record.Seat{}, Key: func() string { return "key-0000000000000000" },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	server := New(d, options)
	page := func(s *Server, p record.ProcessID, seat record.Seat, path string) string {
		r := httptest.NewRequest(http.MethodGet, "/p/"+string(p)+"/"+path, nil)
		r.Host = "localhost"
		r.AddCookie(&http.Cookie{Name: seatCookie(p), Value: string(seat)})
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return fmt.Sprint(w.Code, w.Body)
	}
	cases, shared, all := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		p := record.ProcessID(fmt.Sprint("p-", cases))
		options.Seats[p] = []record.Seat{"CH", "RU", "UA", "EU"}
		do := func(by record.Actor, act any) error {
			_, err := d.Do(context.Background(), p, by, fmt.Sprint(now), act)
			return err
		}
		for _, act := range desktest.Opening(record.Plenary) {
			if err := do(roomtest.Chair, act); err != nil {
				t.Fatal(err)
			}
		}
		draws := desktest.Draws{T: t}
		var clauses []text.Clause
		_ = d.Look(context.Background(), p, roomtest.Chair.Lens(), func(v desk.View) error {
			version, _ := text.SeeVersion(v.Text, "")
			clauses = version.Clauses
			return nil
		})
		draws.Clauses = clauses
		paths := []string{"text", "text?depth=2", "text?held=RU", "matrix", "convergence", "clauses/" + clauses[1].ID}
		var before []*Fragment
		for range rapid.IntRange(2, 6).Draw(t, "looks") {
			for range rapid.IntRange(1, 6).Draw(t, "acts") {
				by, act := draws.Act()
				_ = do(by, act) // what is refused changes nothing
			}
			fresh := New(desk.New(store, desk.Options{}), options)
			for _, seat := range []record.Seat{"CH", "RU", "EU"} {
				path := rapid.SampledFrom(paths).Draw(t, "path")
				for _, path := range []string{"text", path} {
					if got, want := page(server, p, seat, path), page(fresh, p, seat, path); got != want {
						t.Fatalf("%s as %s is\n%s\nand when it is made anew\n%s", path, seat, got, want)
					}
				}
			}
			after := elements(d, p)
			for i := range after {
				all++
				if i < len(before) && after[i] == before[i] {
					shared++
				}
			}
			before = after
		}
		d.Drop(p)
	})
	t.Logf("%d of %d elements stood as they were", shared, all)
	if shared*5 < all {
		t.Errorf("only %d of %d elements were taken over: too few to prove anything", shared, all)
	}
}

// elements gives the elements of clauses on the page that the chair saw last.
func elements(d *desk.Desk, p record.ProcessID) []*Fragment {
	var parts []*Fragment
	_ = d.Look(context.Background(), p, roomtest.Chair.Lens(), func(v desk.View) error {
		if kept, ok := v.Kept.Get("rolling page").(*shownRolling); ok {
			parts = kept.parts
		}
		return nil
	})
	return parts
}

// A form that is shown again, because what was filled in was refused, stands at
// an address where another page is read: neither is taken for the other.
func TestRefusedFormIsNoOtherPage(t *testing.T) {
	tb := newTable(t)
	tb.do(river, north, text.Table{ID: "moves-the-cursor", Kind: text.Insert, Words: "3. More.", Audience: record.Plenary})
	const at, alert = "/p/river/versions/new", `Not recorded.`
	refused := tb.post(chair, at, url.Values{"key": {"key-0000000000000000"}, "draft": {""}, "class": {string(text.ChairsText)}}).Body.String()
	if !strings.Contains(refused, alert) {
		t.Fatalf("the refused form says nothing: %s", refused)
	}
	if page := tb.get(chair, at).Body.String(); strings.Contains(page, alert) {
		t.Error("the page shows what a form was refused for")
	}
}
