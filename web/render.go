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
	"paraph/web/squeeze"
)

// renders keeps the pages made last. Equal lenses share one page, and all who
// watch it share what is sent when it moves: that costs one render and one
// comparison, however many watch.
//
// Each lens has a shelf of its own, so that what others write and read never
// pushes its pages out: a stream that goes on from an old page says by how much
// it sends whether that page was still known.
type renders struct {
	mu      sync.Mutex
	most    int // pages on a shelf
	shelves map[shelfKey]*shelf
	turn    uint64
}

// maxShelves bounds how many lenses have a shelf: the one not used for longest
// goes, which takes that many others.
const maxShelves = 64

// shelfKey is a lens in a process.
type shelfKey struct {
	process record.ProcessID
	lens    record.Lens
}

// shelf has the pages that one lens looked at last.
type shelf struct {
	pages map[renderKey]*render
	order []renderKey // oldest first
	used  uint64
}

// renderKey is all that a page depends on.
type renderKey struct {
	process record.ProcessID
	lens    record.Lens
	url     string      // method, path and query: a form that is shown again stands where another page is read
	cursor  desk.Cursor // how far the lens has read
}

// render is one page, made once, with what changed against earlier ones.
type render struct {
	once sync.Once
	page *Page
	err  error

	packing sync.Once
	packed  *squeeze.Part // the body, compressed when it is first asked for so

	wrapping sync.Mutex
	wrappers []wrapper // what stood around the body lately, compressed

	rest   sync.Once
	failed error // what the rest came to

	mu      sync.Mutex
	against map[desk.Cursor][]byte // by the cursor of the earlier page; no pointers, so that old pages go
}

func newRenders(most int) *renders { return &renders{most: most, shelves: map[shelfKey]*shelf{}} }

// shelf gives the shelf of a key's lens, and makes room for one. The lock is held.
func (rs *renders) shelf(k renderKey) *shelf {
	at := shelfKey{k.process, k.lens}
	sh := rs.shelves[at]
	if sh == nil {
		if len(rs.shelves) >= maxShelves {
			oldest := at
			for other, s := range rs.shelves {
				if oldest == at || s.used < rs.shelves[oldest].used {
					oldest = other
				}
			}
			delete(rs.shelves, oldest)
		}
		sh = &shelf{pages: map[renderKey]*render{}}
		rs.shelves[at] = sh
	}
	rs.turn++
	sh.used = rs.turn
	return sh
}

// get gives the render of a key, or a new one to be made.
func (rs *renders) get(k renderKey) *render {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	sh := rs.shelf(k)
	if r := sh.pages[k]; r != nil {
		return r
	}
	r := &render{against: map[desk.Cursor][]byte{}}
	if len(sh.order) >= rs.most {
		delete(sh.pages, sh.order[0])
		sh.order = sh.order[1:]
	}
	sh.pages[k] = r
	sh.order = append(sh.order, k)
	return r
}

// known gives the render of a key if it was made and is still kept.
func (rs *renders) known(k renderKey) *render {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	return rs.shelf(k).pages[k]
}

// forget drops a render that failed, so that the next who asks tries again.
func (rs *renders) forget(k renderKey, failed *render) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	sh := rs.shelf(k)
	if sh.pages[k] == failed {
		delete(sh.pages, k)
		sh.order = slices.DeleteFunc(sh.order, func(o renderKey) bool { return o == k })
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

// squeezed gives the page's body compressed, once for all who ask.
func (r *render) squeezed() *squeeze.Part {
	r.packing.Do(func() { r.packed = squeeze.Middle([]byte(markup(r.page.Body))) })
	return r.packed
}

// wrapper is what stands around the body of a page for one person, plain and
// compressed: the same for many who see through one lens.
type wrapper struct {
	head, tail  string
	front, back []byte
}

// maxWrappers is how many a page remembers.
const maxWrappers = 4

// wrapped gives what stands around the body compressed, as squeeze.Around.
func (r *render) wrapped(head, tail []byte) (front, back []byte) {
	middle := r.squeezed()
	if r.page.Form != nil { // no two have the same form
		return squeeze.Around(head, middle, tail)
	}
	r.wrapping.Lock()
	defer r.wrapping.Unlock()
	for _, w := range r.wrappers {
		if w.head == string(head) && w.tail == string(tail) {
			return w.front, w.back
		}
	}
	if len(r.wrappers) == maxWrappers {
		r.wrappers = slices.Delete(r.wrappers, 0, 1)
	}
	front, back = squeeze.Around(head, middle, tail)
	r.wrappers = append(r.wrappers, wrapper{string(head), string(tail), front, back})
	return front, back
}

// finish makes the rest of the page, once for all who ask, when the look is over.
func (r *render) finish() error {
	r.rest.Do(func() {
		if r.page.rest == nil {
			return
		}
		r.failed = errUnmade
		if r.failed = r.page.rest(r.page); r.failed == nil {
			r.page.Body = gather(r.page.Body)
		}
		r.page.rest = nil
	})
	return r.failed
}

var errUnmade = errors.New("the page could not be made")

// since gives the events that bring a page which shows prev, made at cursor, to
// this one. A nil prev is a page that nobody knows any more.
func (r *render) since(prev *render, cursor desk.Cursor) []byte {
	var had []*Fragment
	if prev == nil || prev.page == nil {
		cursor = ""
	} else if prev.finish() == nil {
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
