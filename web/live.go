package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"paraph/desk"
	"paraph/fault"
)

// beat is the time between two heartbeats of a stream. It is fixed: a beat that
// came sooner or later would tell that something was written.
const beat = 15 * time.Second

// patience is how long a stream waits for a reader to take what it sent.
const patience = 30 * time.Second

// live is the stream of one open page: GET /live?page=/p/…&cursor=…. It wakes
// only for what the lens of the page may read, and sends each fragment that has
// moved, with the cursor as the event's id, so that a broken stream goes on
// where it was. A slow reader misses nothing: it gets the sum of what moved.
func (s *Server) live(w http.ResponseWriter, r *http.Request) {
	watched, err := s.watched(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	ctx, stop := watched.sitting.caller.until(r.Context())
	defer stop()
	st := stream{w: w, out: http.NewResponseController(w), s: s, watched: watched}
	from := desk.Cursor(cmp.Or(r.Header.Get("Last-Event-ID"), r.URL.Query().Get("cursor")))
	if err := st.open(ctx, from); err != nil {
		s.fail(w, r, err)
		return
	}
	st.follow(ctx)
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

// stream is one open event stream.
type stream struct {
	watched
	s      *Server
	w      http.ResponseWriter
	out    *http.ResponseController
	shown  *render
	at     desk.Cursor // where shown was made
	cursor desk.Cursor // how far the reader has been told
}

// open answers the request and brings a page that stood at "from" up to date.
func (st *stream) open(ctx context.Context, from desk.Cursor) error {
	now, cursor, err := st.s.see(ctx, st.sitting, st.request, st.look)
	if err != nil {
		return err
	}
	h := st.w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	st.w.WriteHeader(http.StatusOK)
	hello := "retry: 1000\n\n"
	if from != cursor {
		old := st.s.renders.known(st.sitting.key(st.request, from))
		hello += string(now.since(old, from)) + identified(cursor)
	}
	st.shown, st.at, st.cursor = now, cursor, cursor
	return st.send([]byte(hello))
}

// follow sends what moves until the reader leaves, or may see the page no more.
func (st *stream) follow(ctx context.Context) {
	next := time.Now().Add(beat)
	for ctx.Err() == nil {
		waiting, cancel := context.WithDeadline(ctx, next)
		move, err := st.s.desk.WatchAs(waiting, st.sitting.process, st.sitting.actor(), st.cursor)
		beaten := waiting.Err() != nil
		cancel()
		switch {
		case err == nil:
			err = st.moved(ctx, move)
		case beaten && ctx.Err() == nil:
			next = next.Add(beat)
			err = st.send([]byte(": still here\n\n"))
		}
		if err != nil {
			return
		}
	}
}

// moved sends what differs between the page as shown and as it is now. A move
// that does not touch the page is told by its cursor alone.
func (st *stream) moved(ctx context.Context, move desk.Move) error {
	if areas := st.shown.page.Areas; !move.All && len(areas) > 0 && !slices.ContainsFunc(areas, func(a string) bool { return slices.Contains(move.Touched, a) }) {
		st.cursor = move.Cursor
		return st.send([]byte(identified(move.Cursor)))
	}
	now, cursor, err := st.s.see(ctx, st.sitting, st.request, st.look)
	if err != nil {
		return err
	}
	events := now.since(st.shown, st.at)
	st.shown, st.at, st.cursor = now, cursor, cursor
	return st.send(append(events[:len(events):len(events)], identified(cursor)...))
}

// identified is an event that says nothing but where the stream stands.
func identified(c desk.Cursor) string { return "id: " + string(c) + "\n\n" }

func (st *stream) send(b []byte) error {
	_ = st.out.SetWriteDeadline(time.Now().Add(patience)) // a writer without deadlines has none
	if _, err := st.w.Write(b); err != nil {
		return err
	}
	return st.out.Flush()
}

// liveURL is where the stream of a page is, from a cursor on.
func liveURL(page string, cursor desk.Cursor) string {
	return "/live?" + url.Values{"page": {page}, "cursor": {string(cursor)}}.Encode()
}

// key is what a page seen from here at a cursor depends on. A form that is shown
// again stands at the address to which it was sent, where another page may be.
func (st sitter) key(r *http.Request, cursor desk.Cursor) renderKey {
	return renderKey{process: st.process, lens: st.lens, url: r.Method + " " + r.URL.RequestURI(), cursor: cursor}
}
