package draft

import "strings"

// labelHead is the label at the head of a block.
type labelHead struct {
	label  string // as printed, without marks around it
	length int    // with its full stop and the spaces after it; 0 for no label
	level  int    // the line is a heading in plain text: its level
	paren  bool
	bullet bool
}

// units are the words that name a unit of a treaty before its number, with the
// level of heading that a line of plain text with it has.
var units = []struct {
	word  string
	level int
}{
	{"article", 3}, {"annex", 1}, {"appendix", 1}, {"part", 1}, {"title", 1}, {"chapter", 2}, {"section", 2},
	{"schedule", 1}, {"rule", 3}, {"regulation", 3}, {"principle", 3}, {"point", 3}, {"paragraph", 3},
}

// suffixes are what an inserted unit adds to the number before it; longer ones
// first among those with a common beginning.
var suffixes = []string{
	"bis", "ter", "quater", "quat", "quinquies", "quinquiens", "quin", "sexies", "septies", "octies", "novies", "nonies",
	"decies", "undecies", "duodecies", "alt",
}

// labelAt reads the label at the start of s, one line. Heading tells that
// heading marks stand before it, apart that the line can be a heading of its
// own.
func labelAt(s string, heading, apart bool) labelHead {
	stars := skipAny(s, 0, "*_")
	if stars == 0 && !heading && len(s) > 1 && strings.IndexByte("-+", s[0]) >= 0 && isBlankByte(s[1]) {
		return labelHead{length: skipAny(s, 1, " \t"), bullet: true}
	}
	if stars == 1 && !heading && len(s) > 1 && isBlankByte(s[1]) {
		return labelHead{length: skipAny(s, 1, " \t"), bullet: true}
	}
	rest := s[stars:]
	l := unitLabel(rest, heading, apart && stars != 1)
	if l.length == 0 {
		l = numberLabel(rest, heading)
	}
	if l.length == 0 {
		l = letterLabel(rest, heading)
	}
	if l.length == 0 {
		return labelHead{}
	}
	l.length += stars
	if stars > 0 && strings.HasPrefix(s[l.length:], s[:stars]) {
		l.length += stars
		for l.length < len(s) && strings.IndexByte(".:)", s[l.length]) >= 0 {
			l.length++
		}
	} else if stars > 0 {
		// The emphasis goes on over the words: its mark is theirs.
		l.length -= stars
		return labelHead{}
	}
	l.length = skipAny(s, l.length, " \t")
	return l
}

// unitLabel reads "Article 5 bis", "ANNEX I", "Pp1".
func unitLabel(s string, heading, apart bool) labelHead {
	if s == "" || !isLetter(s[0]) {
		return labelHead{}
	}
	if n := preambular(s); n > 0 {
		return closed(s, n, true)
	}
	for _, u := range units {
		if len(s) < len(u.word) || !strings.EqualFold(s[:len(u.word)], u.word) || s[0] == u.word[0] {
			continue // a unit in running text is written small
		}
		n := skipAny(s, len(u.word), " \t")
		number := ordinalLength(s[n:])
		if n == len(u.word) || number == 0 {
			if n == len(s) && apart && !heading && u.level == 1 {
				return labelHead{label: s, length: n, level: u.level}
			}
			return labelHead{}
		}
		n = suffixed(s, n+number)
		l := labelHead{label: s[:n], length: n}
		switch {
		case heading:
		case apart && titles(s[n:]):
			l.level = u.level
		default:
			return closed(s, n, false)
		}
		if n < len(s) && strings.IndexByte(".:", s[n]) >= 0 {
			l.length++
		}
		return l
	}
	return labelHead{}
}

// titles tells whether s can be the rest of a heading after its label.
func titles(s string) bool {
	s = strings.TrimRight(s, " \t*_")
	if s == "" {
		return true
	}
	rest := strings.TrimLeft(s, " \t*_]")
	if rest == "" {
		return true
	}
	marked := strings.IndexByte(".:(-[", rest[0]) >= 0 || strings.HasPrefix(rest, "–") || strings.HasPrefix(rest, "—")
	return marked && len(rest) <= 100 && (len(rest) == 1 || strings.IndexByte(".;,", rest[len(rest)-1]) < 0)
}

// preambular gives the length of "Pp1", "OP 5 bis": paragraphs of a resolution.
func preambular(s string) int {
	if len(s) < 3 || !strings.EqualFold(s[:2], "pp") && !strings.EqualFold(s[:2], "op") {
		return 0
	}
	n := 2
	if s[n] == ' ' {
		n++
	}
	digits := digitsLength(s[n:])
	if digits == 0 || digits > 4 {
		return 0
	}
	return suffixed(s, n+digits)
}

// numberLabel reads "5.", "5 bis.", "3.1 bis", "134quater.", "127Alt2.", "0.", "3.x", "1)".
func numberLabel(s string, heading bool) labelHead {
	sign := 0
	if strings.HasPrefix(s, "§") {
		sign = skipAny(s, len("§"), " ")
	}
	first := digitsLength(s[sign:])
	if first == 0 || first > 4 {
		return labelHead{}
	}
	n, parts := sign+first, 1
	for n+1 < len(s) && s[n] == '.' {
		more := digitsLength(s[n+1:])
		if more == 0 && s[n+1] == 'x' && (n+2 == len(s) || !isLetter(s[n+2])) {
			more = 1
		}
		if more == 0 || more > 4 {
			break
		}
		n += 1 + more
		parts++
	}
	plain := n
	n = suffixed(s, n)
	if n == plain && parts == 1 && first > 3 {
		return labelHead{} // a year
	}
	if n > plain || heading || sign > 0 {
		return closed(s, n, heading)
	}
	if l := closed(s, n, false); l.length > n {
		if s[n] != ':' || parts > 1 {
			return l
		}
		return labelHead{}
	}
	if parts > 1 && n+1 < len(s) && s[n] == ' ' && startsSentence(strings.TrimLeft(s[n:], " ")) {
		return labelHead{label: s[:n], length: n}
	}
	if parts > 1 && n < len(s) && s[n] == '[' {
		return labelHead{label: s[:n], length: n}
	}
	return labelHead{}
}

// startsSentence tells whether s begins as a sentence does, so that a number
// before it is a label and not a quantity.
func startsSentence(s string) bool {
	s = strings.TrimLeft(s, "*_\"")
	return s != "" && (s[0] == '[' || 'A' <= s[0] && s[0] <= 'Z')
}

// letterLabel reads "(a)", "(iv)", "a)", "A.", "IV.".
func letterLabel(s string, heading bool) labelHead {
	paren := strings.HasPrefix(s, "(")
	n := 0
	if paren {
		n = 1
	}
	length := ordinalLength(s[n:])
	if length == 0 || length > 6 {
		return labelHead{}
	}
	n = suffixed(s, n+length)
	switch {
	case n >= len(s):
		return labelHead{}
	case paren && s[n] == ')':
		n = suffixed(s, n+1)
		return labelHead{label: s[:n], length: n, paren: true}.spaced(s)
	case !paren && s[n] == ')' && !isDigit(s[0]):
		return labelHead{label: s[:n], length: n + 1, paren: true}.spaced(s)
	case !paren && s[n] == '.' && isLetter(s[0]):
		return labelHead{label: s[:n], length: n + 1}.spaced(s)
	}
	return labelHead{}
}

// spaced gives the label back if a space, a bracket or nothing follows it.
func (l labelHead) spaced(s string) labelHead {
	if l.length < len(s) && strings.IndexByte(" \t[]*_", s[l.length]) < 0 {
		return labelHead{}
	}
	return l
}

// closed makes a label of s[:n] if a full stop, a colon, a parenthesis, a
// bracket or nothing follows it; or a space, where sure tells that s[:n] can be
// nothing but a label, or when it ends with a suffix.
func closed(s string, n int, sure bool) labelHead {
	l := labelHead{label: s[:n], length: n}
	if n < len(s) && strings.IndexByte(".:)", s[n]) >= 0 {
		l.length++
		return l.spaced(s)
	}
	if n == len(s) || s[n] == ']' || sure && isBlankByte(s[n]) {
		return l
	}
	if isBlankByte(s[n]) && isLetter(s[n-1]) || s[n] == '[' && isLetter(s[n-1]) {
		return l
	}
	return labelHead{}
}

// suffixed gives the offset behind the suffixes that follow s[:n]: "bis",
// " bis", ".bis", "Alt2", "bis alt 1".
func suffixed(s string, n int) int {
	for {
		at := n
		if at < len(s) && (s[at] == ' ' || s[at] == '.') {
			at++
		}
		found := 0
		for _, x := range suffixes {
			if len(s)-at >= len(x) && strings.EqualFold(s[at:at+len(x)], x) {
				found = len(x)
				if end := at + found; end == len(s) || !isLetter(s[end]) {
					break
				}
				found = 0
			}
		}
		if found == 0 {
			return n
		}
		end := at + found
		digits := digitsLength(s[min(len(s), end):])
		if digits == 0 && end < len(s) && s[end] == ' ' && strings.EqualFold(s[at:end], "alt") {
			if digits = digitsLength(s[end+1:]); digits > 0 {
				digits++
			}
		}
		n = end + digits
	}
}

// ordinalLength gives the length of the number at the start of s: digits,
// Roman numerals, or a letter once or twice ("a", "aa"); 0 for none.
func ordinalLength(s string) int {
	if n := digitsLength(s); n > 0 {
		for n+1 < len(s) && s[n] == '.' && isDigit(s[n+1]) {
			n += 1 + digitsLength(s[n+1:])
		}
		return n
	}
	n := 0
	for n < len(s) && isLetter(s[n]) {
		n++
	}
	if n < len(s) && s[n] >= 0x80 {
		return 0
	}
	// "Vbis" is V with a suffix.
	for _, x := range suffixes {
		if n > len(x) && strings.EqualFold(s[n-len(x):n], x) {
			n -= len(x)
			break
		}
	}
	if n == 1 || n == 2 && s[0] == s[1] || n > 0 && roman(s[:n]) > 0 {
		return n
	}
	return 0
}

func digitsLength(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// roman gives the value of a Roman numeral in one case of letters; 0 for none.
func roman(s string) int {
	if len(s) > 8 {
		return 0
	}
	values := map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
	total, last := 0, 0
	for i := len(s) - 1; i >= 0; i-- {
		v := values[s[i]|0x20]
		if v == 0 || (s[i]^s[0])&0x20 != 0 {
			return 0
		}
		if v < last {
			total -= v
		} else {
			total, last = total+v, v
		}
	}
	return total
}

func isBlankByte(c byte) bool { return c == ' ' || c == '\t' }
