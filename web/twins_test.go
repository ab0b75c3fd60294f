package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"paraph/api"
	"paraph/desk"
	"paraph/people"
	"paraph/record"
	"paraph/store/sqlite"
	"paraph/web/squeeze"
)

// talks is the process of the twins; secret is another, of which the lens reads
// nothing.
const (
	talks  record.ProcessID = "talks"
	secret record.ProcessID = "secret"
)

// twins are two servers that a lens must not be able to tell apart: one on the
// whole record, one on a record where what the lens may not read never happened.
// They have one clock, and draw the same keys for the same request.
type twins struct {
	*rapid.T
	viewer
	whole, purged *house
	books         shelfOfBooks
	now           time.Time
	late          time.Duration // since the sessions began, when the case begins
	asked         int           // requests made of both
}

// house is a record with its desk and server.
type house struct {
	log    record.Log
	desk   *desk.Desk
	server *Server
	asked  int // the request that is being answered
	drawn  int // keys drawn for it

	register *people.Register  // nil in a demonstration
	tokens   map[string]string // of sessions
	programs map[string]string // tokens of programs
	dice     dice
}

// bubble runs a case where time stands still until all wait for it. What ends
// the case by panic ends it outside of the bubble; failures and what rapid stops
// a case with must leave it on different lines, or rapid takes one for the other.
func bubble(t *testing.T, r *rapid.T, run func(t *testing.T)) {
	var ended any
	synctest.Test(t, func(t *testing.T) {
		defer func() { ended = recover() }()
		run(t)
	})
	if words, failed := ended.(failure); failed {
		r.Fatal(string(words))
	}
	if ended != nil {
		panic(ended)
	}
}

// failure ends a case that fails.
type failure string

// Fatalf ends the case: the lens can tell, or the test cannot go on.
func (tw *twins) Fatalf(format string, args ...any) { panic(failure(fmt.Sprintf(format, args...))) }

// must ends the case when something went wrong.
func (tw *twins) must(err error) {
	if err != nil {
		tw.Fatalf("%v", err)
	}
}

// open opens a house. When the case ends, its record and states must be right.
func (tw *twins) open(t *testing.T, book string) *house {
	store, err := sqlite.Open(filepath.Join(t.TempDir(), "record.db"))
	tw.must(err)
	h := &house{log: store, tokens: tw.books.tokens, programs: tw.books.programs}
	h.desk = desk.New(store, desk.Options{
		Clock: func() time.Time { return tw.now },
		Chance: func(key string, n int) ([]byte, error) { // alike at both houses
			sum := sha256.Sum256([]byte(key))
			return bytes.Repeat(sum[:], n/len(sum)+1)[:n], nil
		},
		Unattended: true,
	})
	seated := tw.lens != record.Lens{}
	o := Options{
		// Seats are taken as in a demonstration. That lends some of the chair's eyes to
		// whoever has not taken one: the public is asked for as it is everywhere else.
		Demo: seated && !tw.door, Seats: map[record.ProcessID][]record.Seat{talks: {"CH", "RU", "UA", "EU"}},
		Key: func() string {
			h.drawn++
			return fmt.Sprintf("key-%08d-%08d", h.asked, h.drawn)
		},
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	if tw.door {
		h.dice.roll(0)
		tw.must(h.people(t, book, tw.clockOfDoor))
		o.People, o.URL, o.Clock = h.register, home_, tw.clockOfDoor
	}
	h.server = New(h.desk, o)
	if !tw.door {
		h.server.api = api.New(h.desk, api.Options{Who: bySeat(h.desk, talks), Places: inTalks, Log: o.Log})
	}
	h.server.renders = newRenders(10) // few, so that a lens would feel what others push out
	t.Cleanup(func() {
		if err := h.desk.Check(context.Background()); err != nil {
			t.Errorf("the record does not hold: %v", err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// clockOfDoor is the clock by which people are let in: a second goes by for each
// request, so that sessions last as long as the case. It may be so late that no
// passkey was shown just now.
func (tw *twins) clockOfDoor() time.Time {
	return morning.Add(tw.late).Add(time.Duration(tw.asked) * time.Second)
}

// tick lets a minute go by on the clock of both.
func (tw *twins) tick() { tw.now = tw.now.Add(time.Minute) }

// request is one thing to ask of a server: a page, or, with a form, an act.
type request struct {
	path string
	form url.Values
}

func (q request) String() string {
	if q.form == nil {
		return "GET " + q.path
	}
	return "POST " + q.path + " " + q.form.Encode()
}

// as makes the request as a seat's browser does in a demonstration.
func (q request) as(seat record.Seat) *http.Request {
	if strings.HasPrefix(q.path, api.Prefix) {
		return asProgram(q, seat)
	}
	r := httptest.NewRequest(http.MethodGet, q.path, nil)
	if q.form != nil {
		r = httptest.NewRequest(http.MethodPost, q.path, strings.NewReader(q.form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	r.Host = "localhost"
	if seat != "" {
		r.AddCookie(&http.Cookie{Name: seatCookie(talks), Value: string(seat)})
	}
	return r
}

// as makes the request as somebody's browser does: a seat's in a demonstration,
// else that of the person with the name.
func (h *house) as(name string, q request) *http.Request {
	if h.register == nil {
		return q.as(record.Seat(name))
	}
	r := q.as("")
	if forPrograms(r) {
		r.Header.Del("Authorization")
		if secret := h.programs[name]; secret != "" {
			r.Header.Set("Authorization", "Bearer "+secret)
		}
		return r
	}
	if name != "" {
		r.AddCookie(&http.Cookie{Name: sessionCookie, Value: h.tokens[name]})
	}
	return r
}

// answer asks one house.
func (h *house) answer(n int, name string, q request) *httptest.ResponseRecorder {
	h.asked, h.drawn = n, 0
	h.dice.roll(n)
	w := httptest.NewRecorder()
	h.server.ServeHTTP(w, h.as(name, q))
	return w
}

// ask asks both houses and holds the answers against each other, byte for byte.
// What is not found is the same whatever was asked for.
func (tw *twins) ask(q request) *httptest.ResponseRecorder {
	tw.asked++
	tw.tick()
	whole, purged := tw.whole.answer(tw.asked, tw.name, q), tw.purged.answer(tw.asked, tw.name, q)
	tw.alike(q.String(), written(whole), written(purged))
	if whole.Code >= 500 && whole.Code != http.StatusServiceUnavailable {
		tw.Fatalf("%v: %d to %v", tw.lens, whole.Code, q)
	}
	if q.form == nil && tw.asked%3 == 0 {
		tw.packed(q, whole)
	}
	if whole.Code == http.StatusNotFound {
		absent := tw.purged.answer(tw.asked, tw.name, request{path: nowhere(q.path)})
		tw.alike(q.String()+" against what never was", written(whole), written(absent))
	}
	return whole
}

// packed asks both houses for a page compressed, and holds these answers against
// each other and against the page as it is.
func (tw *twins) packed(q request, plain *httptest.ResponseRecorder) {
	var answers [2]*httptest.ResponseRecorder
	for i, h := range []*house{tw.whole, tw.purged} {
		h.asked, h.drawn = tw.asked, 0
		h.dice.roll(tw.asked)
		r := h.as(tw.name, q)
		r.Header.Set("Accept-Encoding", "gzip")
		answers[i] = httptest.NewRecorder()
		h.server.ServeHTTP(answers[i], r)
	}
	tw.alike(q.String()+", compressed", written(answers[0]), written(answers[1]))
	if answers[0].Header().Get("Content-Encoding") == "gzip" && !strings.HasPrefix(q.path, "/assets/") {
		page, err := unpacked(answers[0].Body)
		tw.must(err)
		tw.alike(q.String()+", unpacked", page, plain.Body.String())
	}
}

// unpacked gives a page as it was before it was compressed.
func unpacked(packed io.Reader) (string, error) {
	z, err := gzip.NewReader(packed)
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(z)
	return strings.ReplaceAll(string(b), squeeze.Comment, ""), err
}

// written gives an answer as it goes over the wire, but for the date.
func written(w *httptest.ResponseRecorder) string {
	var b strings.Builder
	fmt.Fprintln(&b, w.Code)
	for _, name := range slices.Sorted(maps.Keys(w.Header())) {
		fmt.Fprintf(&b, "%s: %q\n", name, w.Header()[name])
	}
	b.WriteString("\n")
	b.Write(drawnAnew.ReplaceAllFunc(w.Body.Bytes(), func(secret []byte) []byte {
		name, _, _ := bytes.Cut(secret, []byte(":"))
		return append(name, ": drawn"...)
	}))
	return b.String()
}

// drawnAnew is what is drawn anew for each asking, from a chance that cannot be given.
var drawnAnew = regexp.MustCompile(`"(ceremony|challenge)":"[^"]*"`)

// alike fails when the whole record shows in an answer.
func (tw *twins) alike(what, whole, purged string) {
	if whole == purged {
		return
	}
	at := 0
	for at < min(len(whole), len(purged)) && whole[at] == purged[at] {
		at++
	}
	around := func(s string) string { return s[max(0, min(len(s), at-200)):min(len(s), at+200)] }
	tw.Fatalf("%s %q, %q, can tell from %s what it may not read; on the whole record it is\n…%s…\nand without that\n…%s…",
		tw.lens.Role, tw.lens.Seat, tw.name, what, around(whole), around(purged))
}

// streams are the open streams of pages, at both houses.
type streams struct {
	tw    *twins
	pages []request
	pairs [][2]*wire
	close context.CancelFunc
}

// wire takes what a stream sends, while the case looks at it.
type wire struct {
	mu    sync.Mutex // guards taken
	taken *httptest.ResponseRecorder
	done  chan struct{}
}

func (w *wire) Header() http.Header { return w.taken.Header() }

func (w *wire) WriteHeader(code int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.taken.WriteHeader(code)
}

func (w *wire) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.taken.Write(b)
}

func (w *wire) Flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.taken.Flush()
}

// written gives all that was sent so far.
func (w *wire) written() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return written(w.taken)
}

// listen opens the streams of pages at both houses.
func (tw *twins) listen(t *testing.T, pages []request) *streams {
	ctx, cancel := context.WithCancel(context.Background())
	s := &streams{tw: tw, pages: pages, close: cancel}
	t.Cleanup(s.end)
	for _, q := range pages {
		var pair [2]*wire
		for i, h := range []*house{tw.whole, tw.purged} {
			w := &wire{taken: httptest.NewRecorder(), done: make(chan struct{})}
			r := h.as(tw.name, q).WithContext(ctx)
			go func() {
				defer close(w.done)
				h.server.ServeHTTP(w, r)
			}()
			pair[i] = w
		}
		s.pairs = append(s.pairs, pair)
	}
	return s
}

// alike waits until all has been sent that will be, and compares.
func (s *streams) alike(after string) {
	synctest.Wait()
	for i, pair := range s.pairs {
		s.tw.alike(fmt.Sprintf("%v, %s", s.pages[i], after), pair[0].written(), pair[1].written())
	}
}

// silent waits until all has been sent that will be, and fails when that is
// anything. It takes what was sent before.
func (s *streams) silent(before []string, after string) {
	for i, now := range s.sent() {
		if now != before[i] {
			s.tw.Fatalf("%s %q is sent on %v, %s that it cannot read:\n%s", s.tw.lens.Role, s.tw.lens.Seat, s.pages[i], after, now[len(before[i]):])
		}
	}
}

// sent gives what the whole record's streams have sent.
func (s *streams) sent() (all []string) {
	synctest.Wait()
	for _, pair := range s.pairs {
		all = append(all, pair[0].written())
	}
	return all
}

// end closes the streams and waits for them.
func (s *streams) end() {
	s.close()
	for _, pair := range s.pairs {
		<-pair[0].done
		<-pair[1].done
	}
}
