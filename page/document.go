package page

import (
	"context"
	_ "embed"
	"fmt"
	"io"
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
	Reader      string // through whose eyes it is: "as read by KEL"; may be empty
	Sheet       string // of paper: "letter", else A4
	Facts       []string
	Legend      Component // may be nil
	Broad       bool      // two columns need room
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
	if d.Broad {
		m.tag(` class="broad"`)
	}
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
		if d.Fingerprint != "" {
			m.tag(`fingerprint <code>`)
			m.words(d.Fingerprint)
			m.tag(`</code>`)
		}
		m.tag("</p>\n")
	}
	for _, fact := range d.Facts {
		m.tag(`<p class="fact">`)
		m.words(fact)
		m.tag("</p>\n")
	}
	if d.Legend != nil {
		if err := d.Legend.Render(ctx, m); err != nil {
			return err
		}
	}
	m.tag("</header>\n<main>\n")
	for _, s := range d.Sections {
		m.tag("<section>\n")
		if s.Heading != "" {
			m.tag(`<h2>`)
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

// css writes a style sheet of this package into a style element.
func (m *markup) css(sheet string) {
	m.buf = append(m.buf, strings.ReplaceAll(sheet, "</", `<\/`)...)
}

// sheet is the page of paper: A4, the version's identity at its head, its
// number at its foot.
func (d Document) sheet() string {
	identity := d.Title
	if d.Symbol != "" {
		identity = d.Symbol + " · " + identity
	}
	short := []rune(identity)
	if len(short) > 70 {
		short = append(short[:69], '…')
	}
	print := ""
	if d.Fingerprint != "" {
		print = d.Fingerprint[:min(12, len(d.Fingerprint))]
	}
	return fmt.Sprintf(`@page { size: A4; margin: 22mm 18mm 20mm 20mm;
  @top-left { content: %s; font: 8pt sans-serif; }
  @top-right { content: %s; font: 8pt monospace; }
  @bottom-center { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
`, cssString(string(short)), cssString(print))
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
			fmt.Fprintf(&b, `\%06x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
