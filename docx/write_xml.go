package docx

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// markup collects XML. Nothing of a text gets into it but through text or attr.
type markup struct{ buf []byte }

// literalMarkup is markup that stands in this package.
type literalMarkup string

func (m *markup) tag(parts ...literalMarkup) {
	for _, p := range parts {
		m.buf = append(m.buf, p...)
	}
}

// text writes words, escaped.
func (m *markup) text(s string) {
	for _, r := range s {
		m.char(r)
	}
}

func (m *markup) char(r rune) {
	switch r {
	case '<':
		m.buf = append(m.buf, "&lt;"...)
	case '>':
		m.buf = append(m.buf, "&gt;"...)
	case '&':
		m.buf = append(m.buf, "&amp;"...)
	case '"':
		m.buf = append(m.buf, "&quot;"...)
	case '\t', '\n', '\r':
		m.buf = append(m.buf, ' ')
	default:
		m.buf = utf8.AppendRune(m.buf, valid(r))
	}
}

// attr writes an attribute.
func (m *markup) attr(name literalMarkup, value string) {
	m.tag(" ", name, `="`)
	m.text(value)
	m.tag(`"`)
}

// number writes an attribute that is a number.
func (m *markup) number(name literalMarkup, n int) {
	m.tag(" ", name, `="`)
	m.buf = strconv.AppendInt(m.buf, int64(n), 10)
	m.tag(`"`)
}

func (m *markup) String() string { return string(m.buf) }

// lines gives the paragraphs of words.
func lines(s string) []string {
	return strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

const (
	wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	linkSpace = `xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
)
