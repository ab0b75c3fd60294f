package akn

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// markup is XML in the making.
type markup struct{ strings.Builder }

// attr is one attribute; one with an empty value is left out, unless it says
// that the emptiness was meant.
type attr struct {
	name, value string
	meant       bool
}

func (m *markup) open(name string, attrs ...attr) {
	m.WriteByte('<')
	m.WriteString(name)
	m.attrs(attrs)
	m.WriteByte('>')
}

// empty writes an element without content.
func (m *markup) empty(name string, attrs ...attr) {
	m.WriteByte('<')
	m.WriteString(name)
	m.attrs(attrs)
	m.WriteString("/>")
}

func (m *markup) close(name string) {
	m.WriteString("</")
	m.WriteString(name)
	m.WriteByte('>')
}

// line ends a line, where white space says nothing.
func (m *markup) line() { m.WriteByte('\n') }

func (m *markup) attrs(attrs []attr) {
	for _, a := range attrs {
		if a.value == "" && !a.meant {
			continue
		}
		m.WriteByte(' ')
		m.WriteString(a.name)
		m.WriteString(`="`)
		m.WriteString(attributes.Replace(xmlOnly(a.value)))
		m.WriteByte('"')
	}
}

var (
	attributes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\n", "&#xA;", "\r", "&#xD;", "\t", "&#x9;")
	contents   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
)

// words writes characters as content. Those that XML cannot hold are written
// as elements that name them.
func (m *markup) words(s string) {
	for s != "" {
		n := strings.IndexFunc(s, notXML)
		if n < 0 {
			n = len(s)
		}
		m.WriteString(contents.Replace(s[:n]))
		if s = s[n:]; s == "" {
			return
		}
		_, size := utf8.DecodeRuneInString(s)
		m.empty("inline", attr{name: "name", value: "character"}, attr{name: "par:written", value: coded(s[:size])})
		s = s[size:]
	}
}

// notXML tells whether a character is none of XML 1.0's (production 2).
func notXML(r rune) bool {
	return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0xfffe || r == 0xffff
}

// xmlOnly leaves out what XML cannot hold, in what is only shown.
func xmlOnly(s string) string {
	if strings.IndexFunc(s, notXML) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if notXML(r) {
			return -1
		}
		return r
	}, s)
}

// coded writes notation so that an attribute keeps it through any program:
// white space but the blank, the backslash, and what XML cannot hold are escaped.
func coded(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\\':
			b.WriteString(`\\`)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r != ' ' && blank(r), notXML(r):
			fmt.Fprintf(&b, `\u{%x}`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// decoded is the inverse of coded. What is no escape is kept as it stands.
func decoded(s string) string {
	var b strings.Builder
	for s != "" {
		n := strings.IndexByte(s, '\\')
		if n < 0 || n+1 == len(s) {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:n])
		s = s[n:]
		size := 2
		switch s[1] {
		case '\\':
			b.WriteByte('\\')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		default:
			size = 1
			if end := strings.IndexByte(s, '}'); strings.HasPrefix(s, `\u{`) && end > 0 {
				if r, err := strconv.ParseUint(s[3:end], 16, 21); err == nil && r != 0 && utf8.ValidRune(rune(r)) {
					b.WriteRune(rune(r))
					s = s[end+1:]
					continue
				}
			}
			b.WriteByte('\\')
		}
		s = s[size:]
	}
	return b.String()
}
