package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"paraph/desk"
	"paraph/fault"
	"paraph/process"
	"paraph/record"
	"paraph/store/sqlite"
	"paraph/text"
)

// TestListSaysWhatFailed asks for the list of processes while a seat cannot be
// looked up: that is no list of nothing.
func TestListSaysWhatFailed(t *testing.T) {
	store, err := sqlite.Open(filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	d := desk.New(store, desk.Options{})
	if _, err := d.Do(context.Background(), river, actor(chair), "open", process.Open{Title: "Talks", Rules: process.GroundRules{Regime: process.OnTheRecord}}); err != nil {
		t.Fatal(err)
	}
	s := New(desk.New(&faltering{Log: store}, desk.Options{}), Options{Demo: true, Seats: map[record.ProcessID][]record.Seat{river: {chair}}})
	for _, want := range []int{http.StatusServiceUnavailable, http.StatusOK} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = "localhost"
		r.AddCookie(&http.Cookie{Name: seatCookie(river), Value: string(chair)})
		w := httptest.NewRecorder()
		if s.ServeHTTP(w, r); w.Code != want {
			t.Errorf("the list is answered with %d, want %d", w.Code, want)
		}
	}
}

// faltering is a log that fails once to say what is in it.
type faltering struct {
	record.Log
	failed bool
}

func (f *faltering) Audiences(ctx context.Context, p record.ProcessID) ([]record.Audience, error) {
	if !f.failed {
		f.failed = true
		return nil, fault.Unavailable("the disk does not answer")
	}
	return f.Log.Audiences(ctx, p)
}

// TestStreamOfWhoIsSentAway strikes a person, and suspends a seat, under an open
// stream: it ends at once and says nothing more, and the page is then that of a
// process that is not there.
func TestStreamOfWhoIsSentAway(t *testing.T) {
	const page = "/p/river/text"
	for name, act := range map[string]process.Act{
		"struck": process.Strike{Seat: north, Person: "head-no"}, "suspended": process.Suspend{Seat: north},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tb := newTable(t)
				asked := tb.as(north, httptest.NewRequest(http.MethodGet, page, nil))
				asked.SetPathValue("process", string(river))
				person, err := tb.server.sitter(asked)
				if err != nil || person.by != actor(north).By {
					t.Fatalf("%+v asks, %v", person.by, err)
				}
				reading, leave := context.WithCancel(context.Background())
				defer leave()
				away, stays := tb.stream(reading, north, page), tb.stream(reading, south, page)
				tb.do(river, south, text.Table{ID: "before", Kind: text.Amend, Clause: tb.clause("Nothing here"), Words: "2. Canary.", Audience: record.Plenary})
				synctest.Wait()
				before := away.written()
				if !strings.Contains(before, "Canary") || away.ended() {
					t.Fatalf("the stream is not open: %q", before)
				}
				struck := time.Now()
				tb.do(river, chair, act)
				tb.do(river, south, text.Table{ID: "after", Kind: text.Amend, Clause: tb.clause("lists the gauges"), Words: "2. Thunder.", Audience: record.Plenary})
				synctest.Wait()
				if !away.ended() || time.Since(struck) >= time.Second {
					t.Errorf("the stream is open after %v", time.Since(struck))
				}
				if now := away.written(); now != before {
					t.Errorf("after it was over, the stream says %q", now[len(before):])
				}
				if stays.ended() {
					t.Error("the stream of another seat ended too")
				}
				leave()

				w := httptest.NewRecorder()
				tb.server.guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					_, _, err := tb.server.see(r.Context(), person, r, seeRolling) // as the person who was sent away
					tb.server.fail(w, r, err)
				})).ServeHTTP(w, asked)
				same(t, page, w, tb.get(north, "/p/absent/text"), http.StatusNotFound)
				if name == "suspended" {
					same(t, page, tb.get(north, page), tb.get(north, "/p/absent/text"), http.StatusNotFound)
					live := "/live?" + url.Values{"page": {page}}.Encode()
					same(t, live, tb.get(north, live), tb.get(north, "/live?page=/p/absent/text"), http.StatusNotFound)
					if w := tb.get(south, page); w.Code != http.StatusOK {
						t.Errorf("while a seat is suspended, another sees %d", w.Code)
					}
					tb.do(river, chair, process.Restore{Seat: north})
					if w := tb.get(north, page); w.Code != http.StatusOK {
						t.Errorf("restored, the seat sees %d", w.Code)
					}
				}
			})
		})
	}
}

// stream opens the stream of a page as a seat, until ctx ends.
func (tb *table) stream(ctx context.Context, s record.Seat, page string) *wire {
	w := &wire{taken: httptest.NewRecorder(), done: make(chan struct{})}
	r := tb.as(s, httptest.NewRequest(http.MethodGet, "/live?"+url.Values{"page": {page}}.Encode(), nil).WithContext(ctx))
	go func() {
		defer close(w.done)
		tb.server.ServeHTTP(w, r)
	}()
	synctest.Wait()
	return w
}

// ended tells whether a stream is over.
func (w *wire) ended() bool {
	select {
	case <-w.done:
		return true
	default:
		return false
	}
}

// TestGlanceShowsWhoLeft finds at a glance who is no longer accredited, and which
// seat is suspended.
func TestGlanceShowsWhoLeft(t *testing.T) {
	tb := newTable(t)
	const page = "/p/river/"
	if body := tb.get(south, page).Body.String(); strings.Contains(body, "Suspended") || strings.Contains(body, "no longer accredited") {
		t.Error("somebody is shown as gone before anybody is")
	}
	tb.do(river, north, process.Strike{Seat: north, Person: "head-no"})
	tb.do(river, chair, process.Strike{Seat: basin, Person: "head-ba", Reason: "Recalled <b>home</b>."})
	tb.do(river, chair, process.Suspend{Seat: north, Reason: "Until a head is named."})
	body := visible(tb.get(south, page).Body.String())
	for _, words := range []string{"1 no longer accredited", "Head of NO, head, left 1 March 2026", "Head of BA, head, struck 1 March 2026", "(Recalled &lt;b&gt;home&lt;/b&gt;.)", "Suspended since 1 March 2026", "Until a head is named."} {
		if !strings.Contains(body, words) {
			t.Errorf("at a glance nothing says %q", words)
		}
	}
}
