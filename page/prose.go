package page

import "strings"

// prose writes words as written in Markdown: escapes are resolved, white space
// is folded, and *x* and **x** are shown as emphasis where they balance within
// the words given. Anything else stays literal.
func (m *markup) prose(src string) { m.emphasised(fold(src), 2) }

// emphasised writes folded words, with emphasis nested at most depth times.
func (m *markup) emphasised(s string, depth int) {
	var lone [3]bool // a run of that many stars is known to have no partner in the rest
	for s != "" {
		i := strings.IndexAny(s, `\*`)
		if i < 0 {
			break
		}
		m.words(s[:i])
		s = s[i:]
		if s[0] == '\\' {
			n := 1
			if len(s) > 1 && isPunct(s[1]) {
				s = s[1:]
			}
			m.words(s[:n])
			s = s[n:]
			continue
		}
		n := len(s) - len(strings.TrimLeft(s, "*"))
		end := -1
		if n <= 2 && depth > 0 && !lone[n] && len(s) > n && s[n] != ' ' {
			end = closing(s[n:], n)
			lone[n] = end < 0
		}
		if end < 0 {
			m.words(s[:n])
			s = s[n:]
			continue
		}
		name := [...]literal{1: `em`, 2: `strong`}[n]
		m.tag(`<`, name, `>`)
		m.emphasised(s[n:n+end], depth-1)
		m.tag(`</`, name, `>`)
		s = s[n+end+n:]
	}
	m.words(s)
}

// closing finds the run of exactly n stars that closes emphasis which opens
// before s; -1 when there is none.
func closing(s string, n int) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '*':
			run := len(s[i:]) - len(strings.TrimLeft(s[i:], "*"))
			if run == n && s[i-1] != ' ' {
				return i
			}
			i += run - 1
		}
	}
	return -1
}

// fold makes one space of every run of ASCII white space, and trims nothing.
func fold(s string) string {
	if !strings.ContainsAny(s, "\t\n\r\f\v") && !strings.Contains(s, "  ") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ' ', '\t', '\n', '\r', '\f', '\v':
			if !space {
				b.WriteByte(' ')
			}
			space = true
		default:
			b.WriteByte(s[i])
			space = false
		}
	}
	return b.String()
}

// blank tells whether s holds nothing but ASCII white space.
func blank(s string) bool { return strings.Trim(s, " \t\n\r\f\v") == "" }

func isPunct(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}
