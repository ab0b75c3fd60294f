package web

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"paraph/desk"
	"paraph/record"
	"paraph/text"
)

// listener is an open stream, read event by event.
type listener struct {
	*testing.T
	lines *bufio.Scanner
	close context.CancelFunc
}

// listen opens the stream of a page as a seat, from a cursor on.
func (tb *table) listen(host *httptest.Server, s record.Seat, page, cursor string) *listener {
	tb.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	tb.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, host.URL+"/live?"+url.Values{"page": {page}}.Encode(), nil)
	if err != nil {
		tb.Fatal(err)
	}
	r.Header.Set("Last-Event-ID", cursor)
	r.AddCookie(&http.Cookie{Name: seatCookie(river), Value: string(s)})
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		tb.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/event-stream") {
		tb.Fatalf("no stream: %s", answer.Status)
	}
	l := &listener{T: tb.T, lines: bufio.NewScanner(answer.Body), close: cancel}
	l.lines.Buffer(nil, 1<<20)
	return l
}

// next reads up to the next cursor: all that came with one move.
func (l *listener) next() (events, cursor string) {
	l.Helper()
	var b strings.Builder
	for l.lines.Scan() {
		line := l.lines.Text()
		if id, found := strings.CutPrefix(line, "id: "); found {
			return b.String(), id
		}
		b.WriteString(line + "\n")
	}
	l.Fatalf("the stream ended: %v", l.lines.Err())
	return "", ""
}

var liveURLs = regexp.MustCompile(`data-live="/live\?cursor=([^&"]*)`)

// cursor gives where a page stands.
func (tb *table) cursor(s record.Seat, page string) string {
	tb.Helper()
	found := liveURLs.FindStringSubmatch(tb.get(s, page).Body.String())
	if found == nil {
		tb.Fatalf("%s has no stream", page)
	}
	return found[1]
}

var keys = regexp.MustCompile(`name="key" value="[a-z0-9]+"`)

// TestGoodOfficesReachTheChairAlone is two seats side by side: what one says in
// confidence to the chair moves the chair's page, and nothing of the other's.
func TestGoodOfficesReachTheChairAlone(t *testing.T) {
	tb := newTable(t)
	host := httptest.NewServer(tb.server)
	t.Cleanup(host.Close)
	const page = "/p/river/text"
	c := tb.clause("Nothing here")
	before := map[string]string{}
	for _, path := range append(tb.pages(river), "/") {
		before[path] = keys.ReplaceAllString(tb.get(south, path).Body.String(), "")
	}
	heard := tb.listen(host, chair, page, tb.cursor(chair, page))
	deaf := tb.listen(host, south, page, tb.cursor(south, page))

	tb.do(river, north, text.Table{ID: "secret", Kind: text.Amend, Clause: c, Words: "2. Canary prejudges nothing.", Audience: record.Offices(north)})
	events, _ := heard.next()
	if !strings.Contains(events, "Canary") || !strings.Contains(events, `id="c-`+c+`"`) {
		t.Errorf("the chair hears %q", events)
	}
	if strings.Contains(events, "release water in July") {
		t.Error("a clause that did not move is sent")
	}
	for path, was := range before {
		if now := keys.ReplaceAllString(tb.get(south, path).Body.String(), ""); now != was {
			t.Errorf("%s of the other seat changed", path)
		}
	}

	// The next thing that the other hears is what is said to all, and no more.
	tb.do(river, north, text.Table{ID: "open", Kind: text.Amend, Clause: tb.clause("lists the gauges"), Words: "2. The annex lists the gauges and the Gaugebook.", Audience: record.Plenary})
	events, _ = deaf.next()
	if !strings.Contains(events, "Gaugebook") || strings.Contains(events, "Canary") {
		t.Errorf("the other seat hears %q", events)
	}
	if events, _ = heard.next(); !strings.Contains(events, "Gaugebook") {
		t.Errorf("the chair hears %q", events)
	}
	heard.close()
	deaf.close()
}

// TestStreamGoesOnWhereItBroke opens a stream at the cursor of an old page.
func TestStreamGoesOnWhereItBroke(t *testing.T) {
	tb := newTable(t)
	host := httptest.NewServer(tb.server)
	t.Cleanup(host.Close)
	const page = "/p/river/text"
	c := tb.clause("Nothing here")
	old := tb.cursor(south, page)
	tb.do(river, north, text.Table{ID: "open", Kind: text.Amend, Clause: c, Words: "2. All else stands.", Audience: record.Plenary})

	again := tb.listen(host, south, page, old)
	events, cursor := again.next()
	if !strings.Contains(events, "All else stands") || cursor != tb.cursor(south, page) {
		t.Errorf("from an old page on, the stream says %q", events)
	}
	if strings.Contains(events, `id="text"`) {
		t.Error("the whole text is sent though the old page is known")
	}
	again.close()

	lost := tb.listen(host, south, page, "zzz")
	if events, _ := lost.next(); !strings.Contains(events, `id="text"`) {
		t.Error("from nowhere on, the whole text is not sent")
	}
	lost.close()
}

func TestStreamOfWhatIsNoPage(t *testing.T) {
	tb := newTable(t)
	for _, page := range []string{"", "/", "/live", "/live?page=/p/river/text", "//elsewhere/p/river/text", "https://elsewhere.example/p/river/text", "/p/river/nothing", "/p/absent/text", "%zz"} {
		w := tb.get(south, "/live?"+url.Values{"page": {page}}.Encode())
		if w.Code != http.StatusNotFound {
			t.Errorf("the stream of %q: %d", page, w.Code)
		}
	}
}

func TestMoved(t *testing.T) {
	part := func(id, words string) *Fragment { return &Fragment{ID: id, Body: templ.Raw(words)} }
	body := func(shape string, parts ...*Fragment) *Fragment {
		return &Fragment{ID: "text", Shape: shape, Parts: parts, Body: templ.Join(components(parts)...)}
	}
	was := []*Fragment{part("a", "1"), body("x y", part("x", "1"), part("y", "1"))}
	for _, tt := range []struct {
		name string
		prev []*Fragment
		next []*Fragment
		want string
	}{
		{"nothing moved", was, []*Fragment{part("a", "1"), body("x y", part("x", "1"), part("y", "1"))}, ""},
		{"one fragment", was, []*Fragment{part("a", "2"), body("x y", part("x", "1"), part("y", "1"))}, "a"},
		{"one part", was, []*Fragment{part("a", "1"), body("x y", part("x", "1"), part("y", "2"))}, "y"},
		{"another shape", was, []*Fragment{part("a", "1"), body("x y z", part("x", "1"), part("y", "1"), part("z", "1"))}, "text"},
		{"nobody knows", nil, was, "a text"},
	} {
		var got []string
		for _, f := range moved(tt.prev, tt.next) {
			got = append(got, f.ID)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %q is sent, want %q", tt.name, got, tt.want)
		}
	}
}

func components(parts []*Fragment) (out []templ.Component) {
	for _, p := range parts {
		out = append(out, p)
	}
	return out
}

func TestRendersForgetTheOldest(t *testing.T) {
	rs := newRenders(2)
	at := func(c desk.Cursor) renderKey { return renderKey{process: river, cursor: c} }
	first := rs.get(at("1"))
	if rs.get(at("1")) != first || rs.known(at("1")) != first {
		t.Error("equal keys do not share a render")
	}
	rs.get(at("2"))
	rs.get(at("3"))
	if rs.known(at("1")) != nil || rs.known(at("3")) == nil {
		t.Error("the oldest is kept, or the newest is not")
	}
	rs.forget(at("2"), rs.known(at("2")))
	if rs.known(at("2")) != nil {
		t.Error("a failed render is kept")
	}
}

// TestRendersOfOneLensAreItsOwn: how much of its pages is still known tells a
// lens nothing of what others read.
func TestRendersOfOneLensAreItsOwn(t *testing.T) {
	rs := newRenders(2)
	own := renderKey{process: river, lens: actor(south).Lens(), cursor: "1"}
	rs.get(own)
	for i := range 100 {
		rs.get(renderKey{process: river, lens: actor(north).Lens(), cursor: desk.Cursor(strconv.Itoa(i))})
	}
	if rs.known(own) == nil {
		t.Error("others pushed a lens's page out")
	}
	for i := range 2 * maxShelves {
		rs.get(renderKey{process: river, lens: record.Lens{Seat: record.Seat(strconv.Itoa(i)), Role: record.Party}})
	}
	if len(rs.shelves) > maxShelves {
		t.Errorf("%d lenses have shelves", len(rs.shelves))
	}
}
