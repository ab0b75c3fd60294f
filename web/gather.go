package web

import (
	"bytes"
	"context"
	"io"
	"slices"
	"sync"

	"github.com/a-h/templ"
	"github.com/a-h/templ/runtime"
)

// pieces are the markup of a page's body, in order. Pages share those of the
// fragments that stood still.
type pieces []string

// Render writes them as they are, many at once: each write may become a packet.
func (p pieces) Render(_ context.Context, w io.Writer) error {
	b := writings.Get().(*[]byte)
	defer writings.Put(b)
	out := (*b)[:0]
	for _, piece := range p {
		if len(out) > 0 && len(out)+len(piece) > cap(out) {
			if _, err := w.Write(out); err != nil {
				return err
			}
			out = out[:0]
		}
		if len(piece) > cap(out) {
			if _, err := io.WriteString(w, piece); err != nil {
				return err
			}
			continue
		}
		out = append(out, piece...)
	}
	_, err := w.Write(out)
	return err
}

// writings are where pieces are put together.
var writings = sync.Pool{New: func() any {
	b := make([]byte, 0, 64<<10)
	return &b
}}

// gather renders a component to pieces, of which each fragment is one: what was
// rendered before is not copied. Writing to memory fails for none.
func gather(c templ.Component) pieces {
	g := &gathering{}
	_ = c.Render(context.WithValue(context.Background(), gatherKey{}, g), &g.loose)
	g.cut()
	return g.pieces
}

// gatherKey marks rendering to pieces.
type gatherKey struct{}

type gathering struct {
	pieces pieces
	loose  bytes.Buffer // what stands since the last piece
}

// row is fragments one after the other, which a page may have by the hundred.
type row []*Fragment

// Render writes them.
func (r row) Render(ctx context.Context, w io.Writer) error {
	g, gathers := ctx.Value(gatherKey{}).(*gathering)
	if !gathers {
		for _, f := range r {
			if err := f.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	}
	if b, buffered := w.(*runtime.Buffer); buffered {
		if err := b.Flush(); err != nil {
			return err
		}
	}
	g.cut()
	g.pieces = slices.Grow(g.pieces, len(r)+16)
	for _, f := range r {
		g.pieces = append(g.pieces, f.HTML())
	}
	return nil
}

// cut makes a piece of what is loose.
func (g *gathering) cut() {
	if g.loose.Len() > 0 {
		g.pieces = append(g.pieces, g.loose.String())
		g.loose.Reset()
	}
}

// fragment takes a fragment in, by its parts when it has some.
func (g *gathering) fragment(ctx context.Context, f *Fragment, w io.Writer) error {
	if f.Parts != nil {
		return fragment(f).Render(ctx, w)
	}
	if b, buffered := w.(*runtime.Buffer); buffered {
		if err := b.Flush(); err != nil {
			return err
		}
	}
	g.cut()
	g.pieces = append(g.pieces, f.HTML())
	return nil
}
