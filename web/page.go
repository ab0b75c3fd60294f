package web

import (
	"context"
	"io"
	"sync"

	"github.com/a-h/templ"
)

// Page is what a look gives: all that one lens sees at one address, as values.
// Nothing in it is personal, so that equal lenses share it; what differs from
// person to person (who sits here, the key of a form) stands outside.
type Page struct {
	Title   string
	Section string                     // the entry of the process's menu that it stands under
	Version *Identity                  // of the text that it shows; nil when it shows none
	Body    templ.Component            // holds the fragments where they belong
	Live    []*Fragment                // what may move while the page is open
	Areas   []string                   // what moves it, as rooms name it in Touches; empty for anything
	Form    func(Form) templ.Component // what may be filled in here, after the body; it keeps values alone, no state of a view; nil for nothing
	Frozen  bool                       // never changes: no stream is opened

	personal bool // its form depends on who asks beyond the lens: see membership

	process string   // its title
	seat    SeatName // through which it is seen

	// Rest makes what is missing of the page when the look is over, of values
	// alone: nobody acts while somebody looks. Nil when nothing is missing.
	rest func(*Page) error
}

// Fragment is an element of a page that is sent again when what it shows has
// moved. Its id is unique within the page.
type Fragment struct {
	ID     string
	Name   string // for people, said when it moves: "Clause 5 bis"
	Class  string
	Clause bool // a stop for the keys j and k
	Body   templ.Component

	// Parts are fragments inside Body that move alone. Shape is all that Body
	// shows beside them: when it is the same, only parts are compared.
	Parts []*Fragment
	Shape string

	once sync.Once
	html string
}

// Render writes the fragment: an element with its id, made once.
func (f *Fragment) Render(ctx context.Context, w io.Writer) error {
	if g, gathers := ctx.Value(gatherKey{}).(*gathering); gathers {
		return g.fragment(ctx, f, w)
	}
	_, err := io.WriteString(w, f.HTML())
	return err
}

// HTML gives the fragment as it is sent.
func (f *Fragment) HTML() string {
	f.once.Do(func() {
		f.html = markup(fragment(f))
		if f.Parts == nil {
			f.Body = nil // it may hold a whole view, and is not asked again
		}
	})
	return f.html
}

// moved lists what must be sent to a page that shows prev so that it shows
// next, fewest characters first in each branch: a fragment whose shape stands
// is not sent, only its parts. A nil prev is a page that nobody knows: all of
// next is sent.
func moved(prev, next []*Fragment) []*Fragment {
	for len(prev) > 0 && len(next) > 0 && prev[0] == next[0] {
		prev, next = prev[1:], next[1:]
	}
	for n, m := len(prev), len(next); n > 0 && m > 0 && prev[n-1] == next[m-1]; n, m = n-1, m-1 {
		prev, next = prev[:n-1], next[:m-1]
	}
	had := make(map[string]*Fragment, len(prev))
	for _, f := range prev {
		had[f.ID] = f
	}
	var out []*Fragment
	for _, f := range next {
		old := had[f.ID]
		switch {
		case old == f:
		case old == nil:
			out = append(out, f)
		case f.Parts != nil && old.Parts != nil && f.Shape == old.Shape:
			out = append(out, moved(old.Parts, f.Parts)...)
		case f.HTML() != old.HTML():
			out = append(out, f)
		}
	}
	return out
}
