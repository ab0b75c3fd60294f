package draft

import "strings"

// block is one block of the source: a heading, a numbered unit, a list item, a
// paragraph, a definition of a note. Blocks are found line by line, before
// brackets are, because a bracket may span them.
type block struct {
	start, end int  // offsets; the blank lines after it are its own
	line       int  // of its first character that is not a space, from 1
	head       head // what stands at its head
	column     int  // of its first character that is not a space: columns of indentation, tabs to multiples of 4
	option     int  // the option it begins: index into parser.options; -1 for none
	section    int  // index of the nearest heading at or above it; -1 for none
	headEnd    int  // a "[" up to here stands at the head of the block
	tailAt     int  // a "]" from here on stands at its tail
	leads      bool // it ends with a colon: the blocks after it complete its sentence
}

// labelled tells whether a block begins with a number or letter of its own.
func (b block) labelled() bool { return b.head.label != "" }

// outline finds the blocks of the body. Together they cover it.
func (p *parser) outline(bodyAt int) error {
	o := outline{p: p, section: -1, pending: -1, blank: p.goesOn}
	line := 1 + strings.Count(p.src[:bodyAt], "\n")
	for at := bodyAt; at < len(p.src); line++ {
		text, next := lineAt(p.src, at)
		o.line(at, at+len(text), line)
		if len(o.blocks) > MaxClauses {
			return p.tooMany(at, MaxClauses, "clauses")
		}
		at = next
	}
	o.finish(bodyAt)
	p.blocks, p.pending = o.blocks, o.pending >= 0
	return nil
}

// outline is the state between two lines.
type outline struct {
	p           *parser
	blocks      []block
	section     int // index of the last heading
	pending     int // offset of a line that holds only marks, whose block is yet to come; -1 for none
	pendingLine int
	blank       bool // the line before was blank
	last        string
}

// line takes one line of the body.
func (o *outline) line(start, end, number int) {
	text := strings.TrimRight(o.p.src[start:end], " \t\r\f\v")
	first := skipAny(text, 0, " \t\r\f\v")
	if first == len(text) {
		o.blank = true
		return
	}
	after := len(o.blocks) == 0 || o.blank
	h := o.p.head(start+first, start+len(text), after || o.endsSentence())
	begins := after || o.blocks[len(o.blocks)-1].head.level > 0 || o.interrupts(h)
	if strings.HasPrefix(text[first:], "{:") {
		begins = len(o.blocks) == 0 // an attribute list belongs to what stands before it
	}
	o.blank, o.last = false, text
	switch {
	case h.bare && h.opens:
		if begins && o.pending < 0 {
			o.pending, o.pendingLine = start, number
		}
		return
	case h.bare && o.pending < 0 && len(o.blocks) > 0:
		return
	case !begins && o.pending < 0:
		return
	}
	b := block{start: start, line: number, head: h, column: columns(text[:first]), option: -1}
	if o.pending >= 0 {
		b.start, b.line, o.pending = o.pending, o.pendingLine, -1
	}
	b.section = o.section
	if h.level > 0 {
		o.section = len(o.blocks)
		b.section = o.section
	}
	o.blocks = append(o.blocks, b)
}

// interrupts tells whether a line with this head begins a block although no
// blank line stands before it.
func (o *outline) interrupts(h head) bool {
	if h.level > 0 || h.bullet || h.option.style != "" || h.definition {
		return true
	}
	if h.label == "" {
		return false
	}
	// "(a) above" can be the rest of a wrapped sentence.
	return !h.paren || o.endsSentence() || o.blocks[len(o.blocks)-1].head.paren
}

// endsSentence tells whether the line before can be the end of a unit.
func (o *outline) endsSentence() bool {
	last := strings.TrimRight(o.last, "*_ ")
	return last == "" || strings.IndexByte(".;:,]", last[len(last)-1]) >= 0 ||
		strings.HasSuffix(last, " and") || strings.HasSuffix(last, " or")
}

// finish makes the blocks cover the body, and measures their heads and tails.
func (o *outline) finish(bodyAt int) {
	src := o.p.src
	if len(o.blocks) == 0 && bodyAt < len(src) {
		o.blocks = append(o.blocks, block{start: bodyAt, line: 1 + strings.Count(src[:bodyAt], "\n"), section: -1, option: -1})
	}
	for i := range o.blocks {
		b := &o.blocks[i]
		b.end = len(src)
		if i+1 < len(o.blocks) {
			b.end = o.blocks[i+1].start
		}
		if i == 0 {
			b.start = bodyAt
		}
		b.headEnd = headEnd(src, max(b.start, b.head.end), b.end)
		b.tailAt = tailAt(src, b.start, b.end)
		words := strings.TrimRight(src[b.start:b.end], " \t\r\n\f\v*_")
		b.leads = strings.HasSuffix(words, ":")
	}
}

// headEnd gives the offset of the first word after the head of a block. A
// title in bold letters at the start ("**Support** [The Parties") is part of
// the head.
func headEnd(src string, at, end int) int {
	for at < end {
		switch c := src[at]; {
		case strings.IndexByte(" \t\r\n[]_", c) >= 0:
			at++
		case strings.HasPrefix(src[at:end], "**"):
			n := strings.Index(src[at+2:min(end, at+120)], "**")
			if n < 0 || strings.ContainsAny(src[at+2:at+2+n], "[]\n") {
				return at
			}
			at += n + 4
		case c == '*':
			at++
		default:
			return at
		}
	}
	return at
}

// tailAt gives the offset behind the last word of a block: only punctuation,
// marks and a note in braces follow.
func tailAt(src string, start, end int) int {
	at := end
	for at > start {
		switch c := src[at-1]; {
		case c == '}':
			open := strings.LastIndexByte(src[max(start, at-200):at], '{')
			if open < 0 {
				return at
			}
			at = max(start, at-200) + open
		case c == ']':
			if mark := noteBefore(src[start:at]); mark > 0 {
				at -= mark
			} else {
				at--
			}
		case strings.IndexByte(" \t\r\n*_.,;:!?>)\"'", c) >= 0:
			at--
		default:
			return at
		}
	}
	return at
}

// noteBefore gives the length of the footnote mark that s ends with, or 0.
func noteBefore(s string) int {
	open := strings.LastIndexByte(s[max(0, len(s)-20):], '[')
	if open < 0 {
		return 0
	}
	mark := s[max(0, len(s)-20)+open:]
	if strings.HasPrefix(mark, "[^") {
		return len(mark)
	}
	return 0
}

// columns gives the width of white space, tabs reaching to multiples of four.
func columns(space string) int {
	n := 0
	for i := range len(space) {
		if space[i] == '\t' {
			n += 4 - n%4
		} else {
			n++
		}
	}
	return n
}

// heading gives the words of a heading without its label and without marks.
func (p *parser) heading(b *block) string {
	words, _ := lineAt(p.src[:b.end], b.head.end)
	words = withoutMarks.Replace(words)
	return strings.Join(strings.Fields(strings.TrimRight(words, "# \t\r")), " ")
}

var withoutMarks = strings.NewReplacer("][", " ", "[", "", "]", "", "*", "")
