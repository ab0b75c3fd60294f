package web

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"paraph/desk"
	"paraph/fault"
)

// beat is the time between two heartbeats of a stream. It is fixed: a beat that
// came sooner or later would tell that something was written.
const beat = 15 * time.Second

// live is the stream of one open page: GET /live?page=/p/…&cursor=…. It wakes
// only for what the lens of the page may read, and sends each fragment that has
// moved, with the cursor as the event's id, so that a broken stream goes on
// where it was. A slow reader misses nothing: it gets the sum of what moved.
func (s *Server) live(w http.ResponseWriter, r *http.Request) {
	st, err := s.stream(w, r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	if st.conn != nil {
		go st.alone() // and the handler returns, with all that answering a request takes
		return
	}
	defer st.leave()
	st.follow(r.Context().Done())
}

// stream opens a stream.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) (st *stream, err error) {
	watched, err := s.watched(r)
	if err != nil {
		return nil, err
	}
	c := watched.sitting.caller
	st = &stream{s: s, outlet: outlet{w: w, out: http.NewResponseController(w)}, ended: c.Ended}
	if st.release, err = s.streams.take(streamsOf(c, r)); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			st.leave()
		}
	}()
	if st.pages, err = s.followers.join(r.Context(), s, watched); err != nil {
		return st, err
	}
	st.reader = s.desk.Attend(watched.sitting.process, watched.sitting.actor())
	return st, st.open(r, desk.Cursor(cmp.Or(r.Header.Get("Last-Event-ID"), r.URL.Query().Get("cursor"))))
}

// alone follows on the connection itself, which a stream over HTTP/1.1 has alone.
func (st *stream) alone() {
	defer st.leave()
	defer func() {
		if recover() != nil { // as in Server.recovered: the log gets where it was, and never what
			st.s.log().LogAttrs(context.Background(), slog.LevelError, "a stream failed", slog.Any("where", fault.Passed()))
		}
	}()
	left := make(chan struct{})
	go func() {
		defer close(left)
		_, _ = st.conn.Read(make([]byte, 1)) // nothing more is to come: whoever sends something has lost the thread
	}()
	st.follow(left)
	st.end()
}

// leave gives back what a stream took.
func (st *stream) leave() {
	if st.conn != nil {
		_ = st.conn.Close()
	}
	if st.reader != nil {
		st.reader.Leave()
	}
	if st.pages != nil {
		st.s.followers.leave(st.pages.key(), st.pages)
	}
	st.release()
}

// watched finds the page that a stream is for, as the one who asks sees it.
func (s *Server) watched(r *http.Request) (watched, error) {
	page, err := url.ParseRequestURI(r.URL.Query().Get("page"))
	if err != nil || page.Host != "" || !strings.HasPrefix(page.Path, "/p/") {
		return watched{}, fault.NotFound("no such page")
	}
	inner := r.Clone(context.WithValue(r.Context(), watchKey{}, new(watched)))
	inner.URL, inner.RequestURI = page, page.RequestURI()
	found := inner.Context().Value(watchKey{}).(*watched)
	s.pages.ServeHTTP(discard{}, inner)
	if found.look == nil {
		return watched{}, fault.NotFound("no such page")
	}
	found.sitting, err = s.sitter(inner)
	return *found, err
}

// watched is a page to follow: its look, the request for it, who sits there.
type watched struct {
	look    look
	request *http.Request
	sitting sitter
}

// watchKey marks a request that only asks which look answers it.
type watchKey struct{}

// discard swallows what the look-up of a page would answer.
type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(b []byte) (int, error) { return len(b), nil }
func (discard) WriteHeader(int)             {}

// stream is one open event stream. It keeps little, because there are thousands.
type stream struct {
	outlet
	s       *Server
	release func() // gives its place among the streams back
	reader  *desk.Attendance
	pages   *follower
	ended   <-chan struct{} // closed when the session ends; nil without one
	cursor  desk.Cursor     // how far the reader has been told
}

// open answers the request and brings a page that stood at "from" up to date.
func (st *stream) open(r *http.Request, from desk.Cursor) error {
	now := st.pages.now.Load()
	if err := st.reader.Sits(r.Context()); err != nil {
		return err
	}
	st.begin(r)
	hello := []byte("retry: 1000\n\n")
	if from != now.cursor {
		hello = append(hello, st.pages.since(from, now).events()...)
	}
	st.cursor = now.cursor
	return st.send(parcelOf(hello))
}

// follow sends what moves until the reader leaves, or may see the page no more.
func (st *stream) follow(left <-chan struct{}) {
	next := time.Now().Add(beat)
	clock := time.NewTimer(beat)
	defer clock.Stop()
	for {
		now := st.pages.now.Load()
		var err error
		if now.cursor != st.cursor {
			err = st.moved(now)
		} else {
			select {
			case <-now.next:
				if st.pages.now.Load() == now {
					return // nothing follows: the page is there no more
				}
			case <-clock.C:
				next = next.Add(beat)
				clock.Reset(time.Until(next))
				err = st.send(still)
			case <-st.ended:
				return
			case <-left:
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// still is a heartbeat.
var still = parcelOf([]byte(": still here\n\n"))

// moved sends what differs between the page as the reader has it and as it is.
// Who reads is asked after the page was taken and before it is sent: so nothing
// is sent that was made after the record shut somebody out.
func (st *stream) moved(now *stand) error {
	if err := st.reader.Sits(context.Background()); err != nil {
		return err
	}
	select {
	case <-st.ended:
		return errDoor
	default:
	}
	if err := st.send(st.pages.since(st.cursor, now)); err != nil {
		return err
	}
	st.cursor = now.cursor
	return nil
}

// identified is an event that says nothing but where the stream stands.
func identified(c desk.Cursor) string { return "id: " + string(c) + "\n\n" }

// liveURL is where the stream of a page is, from a cursor on.
func liveURL(page string, cursor desk.Cursor) string {
	return "/live?" + url.Values{"page": {page}, "cursor": {string(cursor)}}.Encode()
}

// key is what a page seen from here at a cursor depends on. A form that is shown
// again stands at the address to which it was sent, where another page may be.
func (st sitter) key(r *http.Request, cursor desk.Cursor) renderKey {
	return renderKey{process: st.process, lens: st.lens, url: r.Method + " " + r.URL.RequestURI(), cursor: cursor}
}
