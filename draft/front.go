package draft

import (
	"slices"
	"strings"

	"paraph/record"
)

const byteOrderMark = "\ufeff"

// readFront reads the front matter and tells where the body begins. A first
// line "---" that no other "---" answers, or that is followed by anything but
// keys, is a line of the text.
func readFront(src string) (Front, int) {
	at := 0
	if strings.HasPrefix(src, byteOrderMark) {
		at = len(byteOrderMark)
	}
	var f Front
	line, next := lineAt(src, at)
	if strings.TrimRight(line, " \t\r") != "---" {
		return f, at
	}
	key := ""
	for next < len(src) {
		line, next = lineAt(src, next)
		trimmed := strings.TrimSpace(line)
		if line = strings.TrimRight(line, " \t\r"); line == "---" || line == "..." {
			return f, next
		}
		switch {
		case trimmed == "" || trimmed[0] == '#':
		case strings.HasPrefix(trimmed, "- ") || line[0] == ' ' || line[0] == '\t':
			if key == "" {
				return Front{}, at
			}
			f.set(key, strings.TrimPrefix(trimmed, "- "), true)
		default:
			name, value, found := strings.Cut(line, ":")
			if !found || strings.ContainsAny(name, " \t[]*") {
				return Front{}, at
			}
			key = strings.ToLower(name)
			f.set(key, strings.TrimSpace(value), false)
		}
	}
	return Front{}, at
}

// lineAt gives the line that begins at an offset, without its line feed, and
// the offset of the line after it.
func lineAt(src string, at int) (line string, next int) {
	if n := strings.IndexByte(src[at:], '\n'); n >= 0 {
		return src[at : at+n], at + n + 1
	}
	return src[at:], len(src)
}

// set takes one value of the front matter; more tells that it continues a key
// of an earlier line.
func (f *Front) set(key, value string, more bool) {
	switch key {
	case "seats":
		value, _, _ = strings.Cut(value, " #")
		value = strings.TrimSuffix(strings.TrimPrefix(value, "["), "]")
		for name := range strings.FieldsFuncSeq(value, func(r rune) bool { return r == ',' || r == ';' }) {
			f.declare(record.Seat(unquote(strings.TrimSpace(name))))
		}
	case "title":
		if !more {
			f.Title = unquote(value)
		}
	case "symbol":
		if !more {
			f.Symbol = unquote(value)
		}
	case "brackets":
		f.Carried = f.Carried || unquote(value) == "carried"
	}
}

// declare adds seats that are not yet declared; beyond MaxSeats it takes one
// more, by which Parse sees that there are too many.
func (f *Front) declare(seats ...record.Seat) {
	for _, s := range seats {
		if len(f.Seats) <= MaxSeats && s != "" && !slices.Contains(f.Seats, s) {
			f.Seats = append(f.Seats, s)
		}
	}
}

// unquote takes one pair of quotation marks away.
func unquote(s string) string {
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}
