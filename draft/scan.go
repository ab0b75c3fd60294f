package draft

import "strings"

// mark is one mark in the source that is not words.
type mark struct {
	kind  markKind
	at    int // offsets of its first character and behind its last
	end   int
	block int
	mate  int // markOpen and closing: the index of the partner; -1 for none
}

type markKind uint8

const (
	noMark         markKind = iota // taken back
	markOpen                       // "["
	markClose                      // "]"
	markNote                       // footnote mark, or one bracket of a link with what belongs to it
	markLabel                      // heading marks, or a label
	markOption                     // "**Option 1:** "
	markOptionRest                 // the rest of an option's mark, after a footnote mark in it
	markBlank                      // {placement: …}
)

// scan finds the marks in all blocks, in order.
func (p *parser) scan() error {
	s := scanner{p: p, src: p.src}
	s.numbers()
	for i := range p.blocks {
		if at := s.block(i); at >= 0 {
			return p.tooMany(at, MaxMarks, "brackets and other marks")
		}
	}
	s.settleNumbers()
	p.marks, p.numbered = s.marks, s.noted != nil
	return nil
}

// scanner is the state of scan.
type scanner struct {
	p     *parser
	src   string
	marks []mark
	open  []int          // in this block: brackets that may be those of a link
	noted map[string]int // numbers of notes "[17] …": index of the markOpen mark of the note, or -1
	used  map[string]bool
}

// numbers collects the blocks that can be notes by number: "[17] See …".
func (s *scanner) numbers() {
	for _, b := range s.p.blocks {
		if number := numberIn(s.src[skipAny(s.src, b.start, " \t\r\n"):b.end]); number != "" {
			if s.noted == nil {
				s.noted, s.used = make(map[string]int), make(map[string]bool)
			}
			s.noted[number] = -1
		}
	}
}

// numberIn reads "[17]" with a space or colon after it at the start of a note.
func numberIn(s string) string {
	if s == "" || s[0] != '[' {
		return ""
	}
	n := digitsLength(s[1:])
	if n == 0 || n > 3 || len(s) < n+3 || s[n+1] != ']' || s[n+2] != ' ' && s[n+2] != ':' {
		return ""
	}
	return s[1 : n+1]
}

func (s *scanner) add(k markKind, at, end, block int) int {
	s.marks = append(s.marks, mark{kind: k, at: at, end: end, block: block, mate: -1})
	return end
}

// block finds the marks of one block. It gives the offset where they are too
// many; -1 when they are not.
func (s *scanner) block(i int) int {
	b, h := &s.p.blocks[i], &s.p.blocks[i].head
	s.open = s.open[:0]
	optionEnd := -1
	for at := b.start; at < b.end; {
		if len(s.marks) > MaxMarks {
			return at
		}
		switch {
		case at == h.levelAt && h.level > 0:
			at = s.add(markLabel, at, s.levelEnd(h), i)
			continue
		case at == h.labelAt && h.labelEnd > at:
			at = s.add(markLabel, at, h.labelEnd, i)
			continue
		case at == h.optionAt && h.option.style != "":
			optionEnd = h.optionEnd
			at = s.optionPart(markOption, at, optionEnd, i)
			continue
		case at < optionEnd && (len(s.marks) > 0 && s.marks[len(s.marks)-1].end == at && s.marks[len(s.marks)-1].kind == markNote) && s.src[at] != '[':
			at = s.optionPart(markOptionRest, at, optionEnd, i)
			continue
		}
		at = s.character(at, i)
	}
	return -1
}

// levelEnd gives the end of the heading marks and the spaces after them.
func (s *scanner) levelEnd(h *head) int {
	return skipAny(s.src, h.levelAt+skipAny(s.src[h.levelAt:], 0, "#"), " \t")
}

// optionPart adds the part of an option's mark up to a footnote mark in it.
func (s *scanner) optionPart(k markKind, at, end, block int) int {
	if note := strings.IndexByte(s.src[at:end], '['); note >= 0 {
		end = at + note
	}
	return s.add(k, at, end, block)
}

// character takes what stands at an offset and gives the offset after it.
func (s *scanner) character(at, block int) int {
	end := s.p.blocks[block].end
	switch s.src[at] {
	case '\\':
		if at+1 < end && isPunct(s.src[at+1]) {
			return at + 2
		}
	case '[':
		if n := s.note(at, end, block); n > 0 {
			return s.add(markNote, at, at+n, block)
		}
		s.open = append(s.open, len(s.marks))
		return s.add(markOpen, at, at+1, block)
	case ']':
		return s.closing(at, end, block)
	case '{':
		if n := placementAt(s.src[at:end]); n > 0 {
			return s.add(markBlank, at, at+n, block)
		}
	}
	return at + 1
}

// note gives the length of a footnote mark or of the name of a definition at
// an offset; 0 for none.
func (s *scanner) note(at, end, block int) int {
	rest := s.src[at:end]
	if strings.HasPrefix(rest, "[^") {
		n := strings.IndexAny(rest[2:min(len(rest), 100)], "[] \t\n\\")
		if n > 0 && rest[2+n] == ']' {
			return n + 3
		}
		return 0
	}
	b := &s.p.blocks[block]
	if b.head.definition && at == b.head.end {
		return len(b.head.defines) + 2
	}
	if s.noted == nil {
		return 0
	}
	n := digitsLength(rest[1:])
	if n == 0 || n+1 >= len(rest) || rest[n+1] != ']' {
		return 0
	}
	number := rest[1 : n+1]
	if _, ok := s.noted[number]; !ok {
		return 0
	}
	if at == skipAny(s.src, b.start, " \t\r\n") && numberIn(rest) != "" {
		s.noted[number] = len(s.marks)
		return 0 // for now: settleNumbers looks whether a mark refers to it
	}
	if at == 0 || !endsWord(s.src[at-1]) {
		return 0
	}
	s.used[number] = true
	return n + 2
}

// endsWord tells whether a byte can be the last of a word or of a sentence.
func endsWord(c byte) bool {
	return isLetter(c) || isDigit(c) || c >= 0x80 || strings.IndexByte(".,;:)\"'*", c) >= 0
}

// settleNumbers makes the numbers of notes marks of notes where a mark in the
// text refers to them.
func (s *scanner) settleNumbers() {
	for number, i := range s.noted {
		if i >= 0 && s.used[number] && s.marks[i].kind == markOpen && i+1 < len(s.marks) && s.marks[i+1].kind == markClose {
			s.marks[i].kind, s.marks[i].end = markNote, s.marks[i+1].end
			s.marks[i+1].kind = noMark
		}
	}
}

// closing takes a "]": the end of a link's text, or a bracket.
func (s *scanner) closing(at, end, block int) int {
	if len(s.open) == 0 {
		return s.add(markClose, at, at+1, block)
	}
	open := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	if n := s.link(s.src[s.marks[open].end:at], s.src[at+1:end]); n >= 0 {
		s.marks[open].kind = markNote
		return s.add(markNote, at, at+1+n, block)
	}
	return s.add(markClose, at, at+1, block)
}

// link tells whether text in brackets, with what follows it, is plainly a
// link. It gives the length of what belongs to the link after the bracket;
// -1 for no link.
func (s *scanner) link(text, after string) int {
	if strings.HasPrefix(after, "(") {
		n := strings.IndexAny(after[:min(len(after), 2000)], ") \n[]")
		if n > 0 && after[n] == ')' && isTarget(after[1:n]) {
			return n + 1
		}
	}
	if len(s.p.refs) == 0 {
		return -1
	}
	if strings.HasPrefix(after, "[") {
		n := strings.IndexAny(after[1:min(len(after), 100)], "[]\\")
		if n >= 0 && after[1+n] == ']' && (s.refersTo(after[1:1+n]) || n == 0 && s.refersTo(text)) {
			return n + 2
		}
		return -1
	}
	if s.refersTo(text) {
		return 0
	}
	return -1
}

func (s *scanner) refersTo(name string) bool {
	return len(name) < 100 && s.p.refs[strings.ToLower(name)]
}

// placementAt gives the length of a placeholder in braces at the start of s;
// 0 for anything else in braces.
func placementAt(s string) int {
	n := strings.IndexAny(s[1:min(len(s), 2000)], "{}[]\\")
	if n < 0 || s[1+n] != '}' || strings.Contains(s[:n], "\n\n") {
		return 0
	}
	if !laterWords(s[1 : 1+n]) {
		return 0
	}
	return n + 2
}

func isPunct(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}
