// Package sheet writes tables for programs that calculate: CSV (RFC 4180) and
// XLSX (ECMA-376, "Office Open XML", transitional).
//
// It is pure: it takes values and gives bytes, the same ones every time. Every
// cell is text. What a party wrote is never a formula in another party's
// program: see Armed. Read this file first, then xlsx.go.
package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Table is rows of words under columns. Rows may be shorter than the columns.
type Table struct {
	Title   string
	Columns []string
	Rows    [][]string
}

// CSV gives the table as comma-separated values in UTF-8, with a byte order mark,
// without which Excel takes it for another encoding, and with the names of the
// columns as first line. A cell that a program might take for a formula begins
// with an apostrophe.
func CSV(t Table) []byte {
	var b strings.Builder
	b.WriteString("\ufeff")
	line(&b, t.Columns, len(t.Columns))
	for _, r := range t.Rows {
		line(&b, r, len(t.Columns))
	}
	return []byte(b.String())
}

func line(b *strings.Builder, cells []string, columns int) {
	for i := range max(columns, len(cells)) {
		if i > 0 {
			b.WriteByte(',')
		}
		if i < len(cells) {
			quoted(b, cells[i])
		}
	}
	b.WriteString("\r\n")
}

// quoted writes a cell, in quotation marks where it needs them.
func quoted(b *strings.Builder, s string) {
	if Armed(s) {
		s = "'" + s
	}
	if !strings.ContainsAny(s, "\",\r\n\t;'") && s == strings.TrimSpace(s) {
		b.WriteString(s)
		return
	}
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(s, `"`, `""`))
	b.WriteByte('"')
}

// Armed tells whether a program might take words for a formula (CWE-1236): they
// begin with one of = + - @ | or a tab or a carriage return, whatever white
// space, quotation marks or invisible characters stand before it, and in
// full-width forms too, which some programs narrow. So do words of which a line
// begins so, since not every program keeps a cell's lines together.
func Armed(s string) bool {
	if strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") {
		return true
	}
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == '\r' }) {
		part = strings.TrimLeftFunc(part, passedOver)
		if r, size := utf8.DecodeRuneInString(part); size > 0 && strings.ContainsRune("=+-@|−", narrow(r)) {
			return true
		}
	}
	return false
}

func passedOver(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || strings.ContainsRune(`"'`+"“”‘’＂＇`", r)
}

// narrow gives the usual form of a full-width or small character.
func narrow(r rune) rune {
	switch r {
	case '﹢':
		return '+'
	case '﹣', '－', '‐', '‑':
		return '-'
	case '﹦':
		return '='
	case '﹫':
		return '@'
	}
	if n := width.LookupRune(r).Narrow(); n != 0 {
		return n
	}
	return r
}
