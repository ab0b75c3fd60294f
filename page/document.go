package page

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"
)

//go:embed document.css
var frameStyle string

// Document is a file that stands alone: one HTML page without script, with its
// style inlined, nothing fetched, ready for A4. The version's identity stands at
// the head and, in print, on every sheet. It is a Component.
type Document struct {
	Title       string
	Lang        string // of the text, as in "en"; "en" when empty
	Symbol      string // of the version, as in "REV.3"; may be empty
	Fingerprint string // of the words, in full; may be empty
	State       string // what sort of state it shows: "as issued", "rolling text"; may be empty
	Lines       bool   // in print, lines are numbered: for a version that no longer changes
	Right       bool   // most of it is written from right to left
	Reader      string // through whose eyes it is: "as read by KEL"; may be empty
	Sheet       string // of paper: "letter", else A4
	Facts       []string
	Legend      *TextView // whose seats and marks are explained; may be nil
	Broad       bool      // two columns need room
	Across      bool      // in print, the sheet lies on its long side
	Sections    []Section
}

// Section is a part of a document.
type Section struct {
	Heading string // may be empty
	Body    Component
}

// Render writes the document.
func (d Document) Render(ctx context.Context, w io.Writer) error {
	var m markup
	if err := d.write(ctx, &m); err != nil {
		return err
	}
	return m.flush(ctx, w)
}

func (d Document) write(ctx context.Context, m *markup) error {
	lang := d.Lang
	if lang == "" {
		lang = "en"
	}
	m.tag("<!doctype html>\n<html")
	m.attr(`lang`, lang)
	m.tag(">\n<head>\n<meta charset=\"utf-8\">\n", `<meta name="viewport" content="width=device-width, initial-scale=1">`, "\n",
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`, "\n<title>")
	m.words(d.Title)
	m.tag("</title>\n<style>\n")
	m.css(Style)
	m.css(frameStyle)
	m.css(d.sheet())
	m.tag("</style>\n</head>\n<body")
	class := ""
	if d.Broad {
		class = "broad"
	}
	if d.Lines {
		class = strings.TrimSpace(class + " lined")
	}
	m.attr(`class`, class)
	m.tag(">\n<header>\n<h1 dir=\"auto\">")
	m.words(d.Title)
	m.tag("</h1>\n")
	if d.Symbol != "" || d.Fingerprint != "" {
		m.tag(`<p class="identity">`)
		if d.Symbol != "" {
			m.tag(`<strong>`)
			m.words(d.Symbol)
			m.tag(`</strong> `)
		}
		for _, of := range []string{d.State, d.Reader} {
			if of != "" {
				m.tag(`<span class="of" dir="auto">`)
				m.words(of)
				m.tag(`</span> `)
			}
		}
		if d.Fingerprint != "" {
			m.tag(`fingerprint <code>`)
			m.words(d.Fingerprint)
			m.tag(`</code>`)
		}
		m.tag("</p>\n")
	}
	for _, fact := range d.Facts {
		m.tag(`<p class="fact" dir="auto">`)
		m.words(fact)
		m.tag("</p>\n")
	}
	if d.Legend != nil {
		if err := d.Legend.Legend().Render(ctx, m); err != nil {
			return err
		}
	}
	m.tag("</header>\n<main")
	if d.Right {
		m.tag(` dir="rtl"`)
	}
	m.tag(">\n")
	for _, s := range d.Sections {
		m.tag("<section>\n")
		if s.Heading != "" {
			m.tag(`<h2 dir="auto">`)
			m.words(s.Heading)
			m.tag("</h2>\n")
		}
		if err := s.Body.Render(ctx, m); err != nil {
			return err
		}
		m.tag("</section>\n")
	}
	m.tag("</main>\n</body>\n</html>\n")
	return nil
}

// Around lists what is printed around the words of the document, at its head and
// on each sheet, piece by piece: by it a printed copy is told from its words.
func (d Document) Around() []string {
	all := append([]string{d.Title, d.Symbol, d.State, d.Reader, cut(d.Title, 60), cut(d.Symbol, 60)}, d.Facts...)
	if d.Fingerprint != "" {
		all = append(all, "fingerprint "+d.Fingerprint, "fingerprint "+groups(d.Fingerprint))
	}
	if d.Legend != nil {
		all = append(all, d.Legend.legendLines()...)
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}

// css writes a style sheet of this package into a style element.
func (m *markup) css(sheet string) {
	m.buf = append(m.buf, strings.ReplaceAll(sheet, "</", `<\/`)...)
}

// cssString quotes words for a style sheet: everything but letters, digits and
// spaces of ASCII is written as an escape, so that no word can end the string.
func cssString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == ' ':
			b.WriteRune(r)
		case r == 0:
			b.WriteString(`\fffd `)
		default:
			fmt.Fprintf(&b, `\%06x `, r) // the space ends the escape
		}
	}
	b.WriteByte('"')
	return b.String()
}
