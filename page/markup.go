package page

import (
	"context"
	"io"
	"math"
	"strconv"
)

// markup collects HTML. Tags come only from constants of this package (the
// type literal takes no variable string), and all else is escaped: so no word
// of a text can become a tag.
type markup struct{ buf []byte }

// literal is markup written in this package's source.
type literal string

// tag writes markup as it stands.
func (m *markup) tag(parts ...literal) {
	for _, p := range parts {
		m.buf = append(m.buf, p...)
	}
}

// words writes text, escaped for content and for quoted attributes alike.
func (m *markup) words(s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		var esc literal
		switch s[i] {
		case '&':
			esc = "&amp;"
		case '<':
			esc = "&lt;"
		case '>':
			esc = "&gt;"
		case '"':
			esc = "&#34;"
		case '\'':
			esc = "&#39;"
		case 0:
			esc = "\uFFFD"
		default:
			continue
		}
		m.buf = append(m.buf, s[from:i]...)
		m.buf = append(m.buf, esc...)
		from = i + 1
	}
	m.buf = append(m.buf, s[from:]...)
}

// decimal writes a length of a drawing, with at most one decimal.
func (m *markup) decimal(x float64) {
	m.buf = strconv.AppendFloat(m.buf, math.Round(x*10)/10, 'f', -1, 64)
}

// said writes words that only a screen reader says.
func (m *markup) said(s string) {
	if s == "" {
		return
	}
	m.tag(`<span class="said" dir="ltr">`)
	m.words(s)
	m.tag(`</span>`)
}

// attr writes an attribute with an escaped value; nothing when it is empty.
func (m *markup) attr(name literal, value string) {
	if value == "" {
		return
	}
	m.tag(` `, name, `="`)
	m.words(value)
	m.tag(`"`)
}

// Write takes what a caller's own component renders.
func (m *markup) Write(p []byte) (int, error) {
	m.buf = append(m.buf, p...)
	return len(p), nil
}

// flushAt is how many bytes are gathered before they are handed on.
const flushAt = 32 << 10

// flush hands on what was gathered.
func (m *markup) flush(ctx context.Context, w io.Writer) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	_, err := w.Write(m.buf)
	m.buf = m.buf[:0]
	return err
}
