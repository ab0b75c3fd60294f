package draft

import "strings"

// head is what stands at the head of a block before its words.
type head struct {
	level      int    // of a heading; 0 for none
	levelAt    int    // offset of the heading marks "#"
	label      string // as printed; empty for none
	labelAt    int    // offset of the label
	labelEnd   int    // and of what follows it
	paren      bool   // the label stands in parentheses: "(a)"
	bullet     bool   // a list item without number; labelAt and labelEnd tell where
	option     optionMark
	optionAt   int
	optionEnd  int
	definition bool // of a link reference or a footnote
	defines    string
	opens      bool // a "[" is the last bracket in the head
	bare       bool // nothing follows the head
	end        int  // offset of what follows the head
}

// head reads the head of a block in src[at:end], which is one line that begins
// with no space: brackets and holder lists, heading marks, a label, the mark
// of an option, in any sensible order. Apart tells that the line can begin a
// heading of its own ("Article 5" in plain text).
func (p *parser) head(at, end int, apart bool) head {
	h := head{levelAt: -1, labelAt: -1, optionAt: -1}
	line := p.src[:end]
	if name, length := definition(line[at:]); length > 0 {
		h.definition, h.defines, h.end = true, name, at
		if name[0] != '^' {
			p.define(name)
		}
		return h
	}
	for at < end {
		next := p.headPart(&h, line, at, apart)
		if next == at {
			break
		}
		at = next
	}
	h.end = at
	h.bare = at == end && h.level == 0 && h.label == "" && !h.bullet && h.option.style == ""
	return h
}

// headPart reads one part of a head at an offset and gives the offset after
// it: the same one when no part stands there.
func (p *parser) headPart(h *head, line string, at int, apart bool) int {
	switch c := line[at]; {
	case c == ' ' || c == '\t':
		return at + 1
	case c == '[':
		if strings.HasPrefix(line[at:], "[^") {
			return at
		}
		h.opens = true
		_, n := p.seats.list(line[at+1:])
		at += 1 + n
		if end := strings.IndexByte(line[at:min(len(line), at+20)], ']'); end > 0 && silence(line[at:at+end]) {
			return at + end // "[RU: no text][US: 5 bis. …": the label stands in the next alternative
		}
		return at
	case c == ']':
		h.opens = false
		return at + 1
	case c == '#' && h.level == 0 && h.labelAt < 0 && h.optionAt < 0:
		if level := headingMarks(line[at:]); level > 0 {
			h.level, h.levelAt = level, at
			return skipAny(line, at+level, " \t")
		}
		return at
	}
	if h.label == "" && !h.bullet {
		if l := labelAt(line[at:], h.level > 0, apart && h.option.style == ""); l.length > 0 {
			h.label, h.paren, h.bullet = l.label, l.paren, l.bullet
			h.labelAt, h.labelEnd = at, at+l.length
			if l.level > 0 && h.level == 0 {
				h.level = l.level
			}
			return h.labelEnd
		}
	}
	if h.option.style == "" && h.level == 0 {
		if o, n := optionMarkAt(line[at:]); n > 0 && !(h.opens && closesIn(line[at:])) {
			h.option, h.optionAt, h.optionEnd = o, at, at+n
			return at + n
		}
	}
	return at
}

// closesIn tells whether a bracket that opened before s closes in s: then an
// option's mark after it names that alternative and begins no option.
func closesIn(s string) bool {
	depth := 1
	for i := 0; i < len(s) && depth > 0; i++ {
		switch s[i] {
		case '\\':
			i++
		case '[':
			depth++
		case ']':
			depth--
		}
	}
	return depth == 0
}

// define notes that a link reference is defined.
func (p *parser) define(name string) {
	if p.refs == nil {
		p.refs = make(map[string]bool)
	}
	p.refs[strings.ToLower(name)] = true
}

// headingMarks gives the level of the heading that s begins as, or 0.
func headingMarks(s string) int {
	n := skipAny(s, 0, "#")
	if n > 6 || n < len(s) && s[n] != ' ' && s[n] != '\t' {
		return 0
	}
	return n
}

// definition reads "[name]: target" or "[^name]:" at the start of s and gives
// the name and the length of "[name]"; length 0 for anything else.
func definition(s string) (name string, length int) {
	if s == "" || s[0] != '[' {
		return "", 0
	}
	end := strings.IndexAny(s[1:min(len(s), 100)], "[]\\")
	if end <= 0 || s[1+end] != ']' {
		return "", 0
	}
	name, length = s[1:1+end], end+2
	if !strings.HasPrefix(s[length:], ":") || name == "^" {
		return "", 0
	}
	if name[0] == '^' {
		return name, length
	}
	target, _, _ := strings.Cut(strings.TrimSpace(s[length+1:]), " ")
	if !isTarget(target) {
		return "", 0
	}
	return name, length
}

// isTarget tells whether s is plainly the target of a link and not words in
// parentheses: "[x](a)" is a bracket and the letter of a subparagraph.
func isTarget(s string) bool {
	s = strings.Trim(s, "<>")
	if s == "" || strings.ContainsAny(s, " \t\n[]\\") {
		return false
	}
	for _, start := range []string{"#", "/", "./", "../", "www.", "mailto:"} {
		if strings.HasPrefix(s, start) && len(s) > len(start) {
			return true
		}
	}
	return strings.Contains(s, "://")
}
