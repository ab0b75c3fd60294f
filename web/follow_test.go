package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"paraph/desk"
	"paraph/fault"
	"paraph/record"
	"paraph/text"
)

const openPage = "/p/river/text"

// TestStreamsOfOnePageShareAFollower opens many streams of one page and lens:
// all hear the same, and when they have left nobody follows any more.
func TestStreamsOfOnePageShareAFollower(t *testing.T) {
	tb := newTable(t)
	host := httptest.NewServer(tb.server)
	t.Cleanup(host.Close)
	cursor := tb.cursor(south, openPage)
	var all []*listener
	for range 30 {
		all = append(all, tb.listen(host, south, openPage, cursor))
	}
	all = append(all, tb.listen(host, chair, openPage, tb.cursor(chair, openPage)))
	if n := tb.followed(); n != 2 {
		t.Errorf("%d followers for two lenses", n)
	}
	c := tb.clause("Nothing here")
	for i := range 3 {
		tb.again(c, i)
	}
	last := tb.cursor(south, openPage)
	for _, l := range all {
		for _, at := l.next(); at != last; _, at = l.next() {
		}
		l.close()
	}
	for tb.followed() > 0 { // a stream leaves after its reader; one that never does holds the test
		time.Sleep(time.Millisecond)
	}
}

// again amends a clause in plenary for the nth time.
func (tb *table) again(clause string, n int) {
	tb.Helper()
	act := text.Table{ID: fmt.Sprint("open-", n), Kind: text.Amend, Clause: clause, Words: fmt.Sprintf("2. Canary stands, %d.", n), Audience: record.Plenary}
	if n > 0 {
		act.Replaces = fmt.Sprint("open-", n-1)
	}
	tb.do(river, north, act)
}

func (tb *table) followed() int {
	tb.server.followers.mu.Lock()
	defer tb.server.followers.mu.Unlock()
	return len(tb.server.followers.all)
}

// TestStreamsOverHTTP2 opens streams that share one connection.
func TestStreamsOverHTTP2(t *testing.T) {
	tb := newTable(t)
	host := httptest.NewUnstartedServer(tb.server)
	host.EnableHTTP2 = true
	host.StartTLS()
	t.Cleanup(host.Close)
	var all []*bufio.Scanner
	for range 20 {
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, host.URL+liveURL(openPage, ""), nil)
		r.AddCookie(&http.Cookie{Name: seatCookie(river), Value: string(south)})
		answer, err := host.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if answer.ProtoMajor != 2 {
			t.Fatal(answer.Proto)
		}
		lines := bufio.NewScanner(answer.Body)
		lines.Buffer(nil, 1<<20)
		all = append(all, lines)
	}
	tb.do(river, north, text.Table{ID: "open", Kind: text.Amend, Clause: tb.clause("Nothing here"), Words: "2. All else stands.", Audience: record.Plenary})
	for _, lines := range all {
		heard := false
		for !heard && lines.Scan() {
			heard = strings.Contains(lines.Text(), "All else stands")
		}
		if !heard {
			t.Errorf("a stream ended: %v", lines.Err())
		}
	}
}

// slow is a reader that takes nothing while it is held.
type slow struct {
	*wire
	gate chan struct{} // holds one token while bytes are taken
}

func (w *slow) Write(b []byte) (int, error) {
	<-w.gate
	defer func() { w.gate <- struct{}{} }()
	return w.wire.Write(b)
}

// TestSlowReaderComesToThePage: a reader that was slow has, fragment by fragment,
// what a page loaded now shows, however much came meanwhile.
func TestSlowReaderComesToThePage(t *testing.T) {
	for _, acts := range []int{1, 3, 2 * maxPast} {
		synctest.Test(t, func(t *testing.T) {
			tb := newTable(t)
			q := request{path: liveURL(openPage, "")}.as("")
			q.AddCookie(&http.Cookie{Name: seatCookie(river), Value: string(south)})
			w := &slow{wire: &wire{taken: httptest.NewRecorder(), done: make(chan struct{})}, gate: make(chan struct{}, 1)}
			w.gate <- struct{}{}
			go func() {
				defer close(w.done)
				tb.server.ServeHTTP(w, q.WithContext(t.Context()))
			}()
			synctest.Wait()
			c := tb.clause("Nothing here")
			tb.again(c, 0)
			synctest.Wait()
			<-w.gate
			for i := range acts {
				tb.again(c, i+1)
				synctest.Wait()
			}
			w.gate <- struct{}{}
			synctest.Wait()
			shown := fragments(w.written())
			now, _, err := tb.server.see(t.Context(), sitter{process: river, lens: actor(south).Lens(), by: actor(south).By}, request{path: openPage}.as(south), seeRolling)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range now.page.Live {
				if f.Parts == nil && shown[f.ID] != f.HTML() {
					t.Errorf("after %d acts the reader has %q of %s", acts, shown[f.ID], f.ID)
				}
				for _, part := range f.Parts {
					if sent := shown[part.ID]; sent != "" && sent != part.HTML() {
						t.Errorf("after %d acts the reader has %q of %s", acts, sent, part.ID)
					}
				}
			}
			if got := strings.Count(w.written(), "Canary stands, "+fmt.Sprint(acts)+"."); got == 0 {
				t.Errorf("after %d acts the reader does not have the last", acts)
			}
			synctest.Wait()
		})
	}
}

// fragments gives what a stream has sent last of each fragment.
func fragments(sent string) map[string]string {
	last := map[string]string{}
	for event := range strings.SplitSeq(sent, "\n\n") {
		_, data, found := strings.Cut(event, "event: fragment\n")
		if !found {
			continue
		}
		html := strings.ReplaceAll(strings.TrimPrefix(data, "data: "), "\ndata: ", "\n")
		id, _, _ := strings.Cut(html[strings.Index(html, `id="`)+len(`id="`):], `"`)
		last[id] = html
	}
	return last
}

// TestDeadReaderIsGivenUp: a connection whose reader takes nothing is closed.
func TestDeadReaderIsGivenUp(t *testing.T) {
	tb := newTable(t)
	w := &deadlines{ResponseRecorder: httptest.NewRecorder()}
	st := stream{s: tb.server, outlet: outlet{w: w, out: http.NewResponseController(w)}}
	for range 100 {
		if err := st.send(still); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.set) != 1 || time.Until(w.set[0]) > patience || time.Until(w.set[0]) < beat {
		t.Errorf("the reader has until %v", w.set)
	}
	st.until = time.Now().Add(patience - beat)
	if err := st.send(still); err != nil || len(w.set) != 2 {
		t.Error("a heartbeat does not put the deadline off")
	}
}

// deadlines notes the deadlines that are set for a reader.
type deadlines struct {
	*httptest.ResponseRecorder
	set []time.Time
}

func (d *deadlines) SetWriteDeadline(t time.Time) error {
	d.set = append(d.set, t)
	return nil
}

// TestStreamHasItsConnection looks at the bytes of a stream over HTTP/1.1: what
// is sent comes in whole chunks, and one who sends something more is left in order.
func TestStreamHasItsConnection(t *testing.T) {
	tb := newTable(t)
	host := httptest.NewServer(tb.server)
	t.Cleanup(host.Close)
	conn, err := net.Dial("tcp", host.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: localhost\r\nCookie: %s=%s\r\n\r\n", liveURL(openPage, desk.Cursor(tb.cursor(south, openPage))), seatCookie(river), south)
	lines := bufio.NewReader(conn)
	answer, err := http.ReadResponse(lines, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(answer.TransferEncoding, []string{"chunked"}) || !answer.Close || answer.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the head says %v, %v", answer.TransferEncoding, answer.Header)
	}
	events := bufio.NewScanner(answer.Body)
	events.Buffer(nil, 1<<20)
	tb.again(tb.clause("Nothing here"), 0)
	heard := false
	for !heard && events.Scan() {
		heard = strings.Contains(events.Text(), "Canary stands, 0.")
	}
	fmt.Fprint(conn, "G")
	for events.Scan() {
	}
	if !heard || events.Err() != nil {
		t.Errorf("what was done is heard: %v; at the end %v", heard, events.Err())
	}
	if _, err := lines.ReadByte(); err != io.EOF {
		t.Errorf("behind the end: %v", err)
	}
}

func TestQuota(t *testing.T) {
	q := newQuota()
	first, err := q.take("a", 2)
	if err != nil {
		t.Fatal(err)
	}
	second, _ := q.take("a", 2)
	if _, err := q.take("a", 2); fault.KindOf(err) != fault.KindUnavailable {
		t.Errorf("one too many: %v", err)
	}
	if _, err := q.take("b", 2); err != nil {
		t.Errorf("another holder: %v", err)
	}
	first()
	if _, err := q.take("a", 2); err != nil {
		t.Errorf("after one was released: %v", err)
	}
	second()
}
