package web

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"

	"paraph/desk"
	"paraph/record"
)

// followers are the pages that are open somewhere: one for each page and lens,
// however many look at it. Streams come and go; a follower is there from the
// first to the last of them.
type followers struct {
	mu  sync.Mutex
	all map[followKey]*follower
}

// followKey is all that a page depends on, but for the time.
type followKey struct {
	shelfKey
	url string
}

// follower watches one page through one lens: it wakes when the lens can read
// something new, makes the page and what has moved on it, once, and tells all
// streams that wait. It knows of no person: a stream asks for its own before it
// passes anything on.
type follower struct {
	s       *Server
	look    look
	request *http.Request
	sitting sitter // process and lens, and no person

	streams int // guarded by followers.mu
	cancel  context.CancelFunc
	made    chan struct{} // closed when the first stand is there, or none can be
	ended   chan struct{} // closed when nothing more will come
	err     error         // why none can be; set before made is closed

	now  atomic.Pointer[stand]
	mu   sync.Mutex // guards past
	past []*stand   // the last few, oldest first
}

// stand is a page as it is from one cursor to the next.
type stand struct {
	shown  *render
	cursor desk.Cursor
	from   desk.Cursor   // of the stand before
	news   parcel        // events that bring a page from there to here
	next   chan struct{} // closed when another stand has come, or none will
}

// maxPast is how many stands a follower remembers for those who are slower. Who
// is slower still gets all fragments.
const maxPast = 16

// join gives the follower of a page, with its first stand made, until it is left.
func (fs *followers) join(ctx context.Context, s *Server, w watched) (*follower, error) {
	key := followKey{shelfKey{w.sitting.process, w.sitting.lens}, w.request.URL.RequestURI()}
	fs.mu.Lock()
	f := fs.all[key]
	if f == nil {
		f = newFollower(s, w)
		fs.all[key] = f
		following, cancel := context.WithCancel(context.WithoutCancel(ctx))
		f.cancel = cancel
		go func() {
			f.follow(following)
			fs.mu.Lock()
			defer fs.mu.Unlock()
			if fs.all[key] == f {
				delete(fs.all, key)
			}
		}()
	}
	f.streams++
	fs.mu.Unlock()
	select {
	case <-f.made:
		if f.err == nil {
			return f, nil
		}
		fs.leave(key, f)
		return nil, f.err
	case <-ctx.Done():
		fs.leave(key, f)
		return nil, context.Cause(ctx)
	}
}

// leave gives a follower back. The last who does waits until it is gone.
func (fs *followers) leave(key followKey, f *follower) {
	fs.mu.Lock()
	f.streams--
	last := f.streams == 0
	if last && fs.all[key] == f {
		delete(fs.all, key)
	}
	fs.mu.Unlock()
	if last {
		f.cancel()
		<-f.ended
	}
}

func newFollower(s *Server, w watched) *follower {
	return &follower{
		s: s, look: w.look, request: impersonal(w.request),
		sitting: sitter{process: w.sitting.process, lens: w.sitting.lens, by: record.By{Seat: w.sitting.lens.Seat}},
		made:    make(chan struct{}), ended: make(chan struct{}),
	}
}

// impersonal is a request for the same page with nothing of who asked.
func impersonal(r *http.Request) *http.Request {
	bare := r.WithContext(context.Background())
	bare.Header, bare.Body, bare.RemoteAddr, bare.TLS = http.Header{}, http.NoBody, "", nil
	return bare
}

func (f *follower) key() followKey {
	return followKey{shelfKey{f.sitting.process, f.sitting.lens}, f.request.URL.RequestURI()}
}

// follow makes a stand of each move, until nobody is there or the lens may see
// the page no more.
func (f *follower) follow(ctx context.Context) {
	defer close(f.ended)
	shown, cursor, err := f.s.see(ctx, f.sitting, f.request, f.look)
	if err != nil {
		f.err = err
		close(f.made)
		return
	}
	f.tell(&stand{shown: shown, cursor: cursor})
	defer func() { close(f.now.Load().next) }()
	close(f.made)
	for {
		was := f.now.Load()
		move, err := f.s.desk.Watch(ctx, f.sitting.process, f.sitting.lens, was.cursor)
		if err != nil {
			return
		}
		next := &stand{shown: was.shown, cursor: move.Cursor, from: was.cursor}
		if was.shown.page.touched(move) {
			if next.shown, next.cursor, err = f.s.see(ctx, f.sitting, f.request, f.look); err != nil {
				return
			}
		}
		next.news = next.after(was.shown, was.cursor)
		f.tell(next)
	}
}

// touched tells whether a move may have changed a page.
func (p *Page) touched(move desk.Move) bool {
	return move.All || len(p.Areas) == 0 ||
		slices.ContainsFunc(p.Areas, func(a string) bool { return slices.Contains(move.Touched, a) })
}

// tell wakes the streams.
func (f *follower) tell(now *stand) {
	now.next = make(chan struct{})
	f.mu.Lock()
	if len(f.past) == maxPast {
		f.past = slices.Delete(f.past, 0, 1)
	}
	f.past = append(f.past, now)
	f.mu.Unlock()
	if was := f.now.Swap(now); was != nil {
		close(was.next)
	}
}

// since gives the events that bring a page which stands at a cursor to now.
func (f *follower) since(from desk.Cursor, now *stand) parcel {
	if from == now.from && now.from != "" {
		return now.news
	}
	return now.after(f.known(from), from)
}

// known gives the page as it was at a cursor; nil when nobody knows.
func (f *follower) known(c desk.Cursor) *render {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.past {
		if s.cursor == c {
			return s.shown
		}
	}
	return f.s.renders.known(f.sitting.key(f.request, c))
}

// after gives the events since an earlier page, which stood at a cursor, with
// the cursor of now.
func (s *stand) after(was *render, at desk.Cursor) parcel {
	var events []byte
	if was != s.shown {
		events = s.shown.since(was, at)
	}
	return parcelOf(append(events[:len(events):len(events)], identified(s.cursor)...))
}
