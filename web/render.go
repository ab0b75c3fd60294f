package web

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"paraph/desk"
	"paraph/record"
)

// renders keeps the pages made last. Equal lenses share one page, and all who
// watch it share what is sent when it moves: that costs one render and one
// comparison, however many watch.
type renders struct {
	mu    sync.Mutex
	most  int
	pages map[renderKey]*render
	order []renderKey // oldest first
}

// renderKey is all that a page depends on.
type renderKey struct {
	process record.ProcessID
	lens    record.Lens
	url     string      // path and query of the page
	cursor  desk.Cursor // how far the lens has read
}

// render is one page, made once, with what changed against earlier ones.
type render struct {
	once sync.Once
	page *Page
	err  error

	mu      sync.Mutex
	against map[desk.Cursor][]byte // by the cursor of the earlier page; no pointers, so that old pages go
}

func newRenders(most int) *renders { return &renders{most: most, pages: map[renderKey]*render{}} }

// get gives the render of a key, or a new one to be made.
func (rs *renders) get(k renderKey) *render {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if r := rs.pages[k]; r != nil {
		return r
	}
	r := &render{against: map[desk.Cursor][]byte{}}
	if len(rs.order) >= rs.most {
		delete(rs.pages, rs.order[0])
		rs.order = rs.order[1:]
	}
	rs.pages[k] = r
	rs.order = append(rs.order, k)
	return r
}

// known gives the render of a key if it was made and is still kept.
func (rs *renders) known(k renderKey) *render {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	return rs.pages[k]
}

// forget drops a render that failed, so that the next who asks tries again.
func (rs *renders) forget(k renderKey, failed *render) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	if rs.pages[k] == failed {
		delete(rs.pages, k)
		rs.order = slices.DeleteFunc(rs.order, func(o renderKey) bool { return o == k })
	}
}

// make makes the page, once for all who ask.
func (r *render) make(see func() (*Page, error)) error {
	r.once.Do(func() {
		r.err = errUnmade // stands when see panics
		r.page, r.err = see()
	})
	return r.err
}

var errUnmade = errors.New("the page could not be made")

// since gives the events that bring a page which shows prev, made at cursor, to
// this one. A nil prev is a page that nobody knows any more.
func (r *render) since(prev *render, cursor desk.Cursor) []byte {
	var had []*Fragment
	if prev == nil || prev.page == nil {
		cursor = ""
	} else {
		had = prev.page.Live
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if b, done := r.against[cursor]; done {
		return b
	}
	var b strings.Builder
	for _, f := range moved(had, r.page.Live) {
		event(&b, "fragment", f.HTML())
	}
	r.against[cursor] = []byte(b.String())
	return r.against[cursor]
}

// event writes one server-sent event without its id.
func event(b *strings.Builder, name, data string) {
	b.WriteString("event: " + name + "\n")
	for line := range strings.SplitSeq(data, "\n") {
		b.WriteString("data: " + strings.TrimSuffix(line, "\r") + "\n")
	}
	b.WriteString("\n")
}

// markup renders a component to a string. Writing to memory fails for none.
func markup(c templ.Component) string {
	var b strings.Builder
	_ = c.Render(context.Background(), &b)
	return b.String()
}

// made is HTML that was rendered before.
type made string

// Render writes it as it is.
func (h made) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, string(h))
	return err
}
