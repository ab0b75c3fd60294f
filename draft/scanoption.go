package draft

import (
	"strconv"
	"strings"
)

// optionMark is what "**Option 2:**" says.
type optionMark struct {
	style  string // options of one style follow each other: "option 1", "option I", "option (a)", "alt 1" …; empty for no mark
	number int    // from 1
	label  string // as printed, without emphasis and colon: "Option 2"
	alone  bool   // nothing follows on its line
}

// option is the head of a block that begins an option.
type option struct {
	block  int
	parent int // the option around it; -1 for none
	first  int // the first option of its group
	next   int // the next option of its group; -1 for the last
	column int // where its mark stands
}

// optionMarkAt reads the mark of an option at the start of s, one line. It
// gives the mark and its length with the spaces after it; 0 for none. Without
// emphasis, the mark must end with a colon or a full stop or fill the line: "Option 1
// is preferred" is a sentence.
func optionMarkAt(s string) (optionMark, int) {
	stars := skipAny(s, 0, "*_")
	o, n := optionName(s[stars:])
	if n == 0 {
		return o, 0
	}
	n += stars
	if inner := parenthesis(s[n:]); inner > 0 {
		n += inner
		if n == len(s) || strings.IndexByte(":.*_", s[n]) < 0 {
			return optionMark{}, 0
		}
	}
	ended := n == len(s)
	if stars > 0 {
		close := strings.Index(s[n:min(len(s), n+100)], s[:stars])
		if close < 0 || !noteMarks(s[n:n+close]) || close > 0 && (isLetter(s[n]) || isDigit(s[n])) {
			return optionMark{}, 0
		}
		n += close + stars
		ended = true
	}
	for n < len(s) && (s[n] == ':' || s[n] == '.' && (n+1 == len(s) || isBlankByte(s[n+1]))) {
		n++
		ended = true
	}
	if !ended {
		return optionMark{}, 0
	}
	n = skipAny(s, n, " \t")
	o.alone = n == len(s)
	return o, n
}

// parenthesis gives the length of a short remark in parentheses at the start of
// s, with the spaces before it: "Option 1 (EU, US): …"; 0 for none.
func parenthesis(s string) int {
	at := skipAny(s, 0, " \t")
	if at == len(s) || s[at] != '(' {
		return 0
	}
	n := strings.IndexAny(s[at+1:min(len(s), at+100)], "()[]\\")
	if n < 0 || s[at+1+n] != ')' {
		return 0
	}
	return at + n + 2
}

// optionName reads "Option 2", "Option (a)", "Alt II", and gives its length.
func optionName(s string) (optionMark, int) {
	word := ""
	for _, w := range []string{"option", "alternative", "alt"} {
		if len(s) >= len(w) && strings.EqualFold(s[:len(w)], w) {
			word = w
			break
		}
	}
	if word == "" {
		return optionMark{}, 0
	}
	n := len(word)
	if word == "alt" && n < len(s) && s[n] == '.' {
		n++
	}
	n = skipAny(s, n, " \t")
	if n < len(s) && isLetter(s[n]) && n == len(word) {
		return optionMark{}, 0 // "Optional", "Alter"
	}
	paren := n < len(s) && s[n] == '('
	at := n
	if paren {
		at++
	}
	length := ordinalLength(s[at:])
	if length == 0 || length > 6 {
		return optionMark{}, 0
	}
	style, number := ordinal(s[at : at+length])
	n = at + length
	if paren {
		if n == len(s) || s[n] != ')' {
			return optionMark{}, 0
		}
		n++
		style = "(" + style + ")"
	}
	if number == 0 || n < len(s) && (isLetter(s[n]) || isDigit(s[n])) {
		return optionMark{}, 0
	}
	return optionMark{style: word + " " + style, number: number, label: s[:n]}, n
}

// ordinal gives the style of a number, named by its first one, and its value.
func ordinal(s string) (style string, number int) {
	if isDigit(s[0]) {
		number, _ = strconv.Atoi(s[:min(len(s), 6)])
		return "1", number
	}
	small := s[0]&0x20 != 0
	if v := roman(s); v > 0 && (len(s) > 1 || strings.IndexByte("ivxIVX", s[0]) >= 0) {
		if small {
			return "i", v
		}
		return "I", v
	}
	if small {
		return "a", int(s[0]-'a') + 1
	}
	return "A", int(s[0]-'A') + 1
}

// noteMarks tells whether the only brackets in s are footnote marks.
func noteMarks(s string) bool {
	for {
		open := strings.IndexAny(s, "[]")
		if open < 0 {
			return true
		}
		s = s[open:]
		if !strings.HasPrefix(s, "[^") {
			return false
		}
		end := strings.IndexByte(s, ']')
		if end < 0 {
			return false
		}
		s = s[end+1:]
	}
}

// groupOptions finds which options follow each other, line by line. It is a
// proposal: where brackets part two options, they are no group.
func (p *parser) groupOptions() []option {
	var options []option
	top := -1
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.head.option.style == "" {
			for top >= 0 && p.endsOption(&options[top], options, b) {
				top = options[top].parent
			}
			continue
		}
		o := option{block: i, next: -1, column: b.column + b.head.optionAt - b.contentAt(p.src)}
		o.first = len(options)
		before, again := p.sibling(options, top, o)
		switch {
		case before >= 0:
			options[before].next = len(options)
			o.first, o.parent = options[before].first, options[before].parent
		case again >= 0:
			o.parent = options[again].parent
		default:
			for top >= 0 && p.endsOption(&options[top], options, b) {
				top = options[top].parent
			}
			o.parent = top
		}
		top = len(options)
		b.option = top
		options = append(options, o)
	}
	return options
}

// sibling finds, from the innermost option outwards, the one that o follows;
// or the one whose group o's group comes after.
func (p *parser) sibling(options []option, top int, o option) (before, again int) {
	mark := p.blocks[o.block].head.option
	for i := top; i >= 0; i = options[i].parent {
		other := p.blocks[options[i].block].head.option
		if other.style != mark.style || max(options[i].column-o.column, o.column-options[i].column) > 3 {
			continue
		}
		if mark.number > other.number {
			return i, -1
		}
		return -1, i
	}
	return -1, -1
}

// endsOption tells whether an option that is open ends before block b: at a
// heading as high as the one it stands under, at a unit outside of the one it stands
// in.
func (p *parser) endsOption(o *option, options []option, b *block) bool {
	own, first := &p.blocks[o.block], &p.blocks[options[o.first].block]
	if b.head.level > 0 {
		under := 0
		if first.section >= 0 {
			under = p.blocks[first.section].head.level
		}
		return b.head.level <= under
	}
	if first.labelled() && b.labelled() && b.column <= first.column && b.head.paren == first.head.paren {
		return true
	}
	return outside(own, b)
}

// outside tells whether block b stands further left than own, so that what
// own belongs to has ended. Unnumbered paragraphs may be carelessly indented.
func outside(own, b *block) bool {
	return b.column < own.column && (b.labelled() || b.column == 0 || own.column-b.column >= 4)
}

// contentAt gives the offset of the first character that is not a space, on
// the line of the block's head.
func (b *block) contentAt(src string) int {
	at := max(b.head.optionAt, b.start)
	line := strings.LastIndexByte(src[b.start:at], '\n') + 1
	return skipAny(src, b.start+line, " \t\r\f\v")
}
