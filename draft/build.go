package draft

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"paraph/fault"
)

// build makes the text from the blocks and marks: one sweep over the source.
func (p *parser) build(bodyAt int) (*Text, error) {
	s := sweep{
		p:      p,
		t:      &Text{Front: p.front},
		clause: -1,
		line:   1,
		column: 1,
		last:   -1,
		joins:  -1,
		frames: []frame{{alternative: -1, option: -1, imbalance: -1}},
	}
	s.t.Pieces = make([]Piece, 0, 3*len(p.marks)+2*len(p.blocks)+1)
	s.t.Clauses = make([]Clause, 0, len(p.blocks))
	if p.goesOn {
		s.pos, s.line = bodyAt, 1+strings.Count(p.src[:bodyAt], "\n")
		s.column = 1 + utf8.RuneCountInString(p.src[strings.LastIndexByte(p.src[:bodyAt], '\n')+1:bodyAt])
	}
	s.emit(FrontMatter, bodyAt)
	next := 0
	for i := range p.blocks {
		s.beginBlock(i)
		for ; next < len(p.marks) && p.marks[next].block == i; next++ {
			if err := s.mark(next); err != nil {
				return nil, err
			}
		}
		s.endBlock(i)
		s.emit(Words, p.blocks[i].end)
		s.t.Clauses[i].Last = len(s.t.Pieces)
	}
	s.leave(1, s.line)
	s.t.describe(p.seats)
	return s.t, nil
}

// sweep is the state of build between two marks.
type sweep struct {
	p            *parser
	t            *Text
	pos          int // offset of what is not yet a piece
	line, column int // of pos
	lineEnd      int // offset of the end of a line, once looked for
	clause       int
	frames       []frame // the alternatives that are open, outermost first; frames[0] is the text
	last         int     // the bracket whose closing mark is the last piece; -1 for none
	joins        int     // the bracket that the option of this block goes on; -1 for a new one
	sections     sections
}

// frame is an alternative that is open.
type frame struct {
	alternative int
	depth       int
	option      int // its index into parser.options; -1 for a bracket
	closes      int // the mark that closes it; -1 when nothing does
	imbalance   int // index into Unbalanced of a bracket that nothing closes; else -1
}

// emit makes a piece of all up to end.
func (s *sweep) emit(k Kind, end int) {
	if end <= s.pos {
		return
	}
	src := s.p.src[s.pos:end]
	s.t.Pieces = append(s.t.Pieces, Piece{
		Kind: k, Src: src, Line: s.line, Column: s.column,
		Clause: s.clause, Within: s.frames[len(s.frames)-1].alternative,
	})
	if n := strings.Count(src, "\n"); n > 0 {
		s.line += n
		s.column = 1
		src = src[strings.LastIndexByte(src, '\n')+1:]
	}
	s.column += utf8.RuneCountInString(src)
	s.pos = end
	s.last = -1
}

// beginBlock ends the options that do not reach this block and begins its
// clause.
func (s *sweep) beginBlock(i int) {
	b := &s.p.blocks[i]
	for s.top().option >= 0 && s.optionEnds(s.top().option, i) {
		s.leave(len(s.frames)-1, s.line)
	}
	c := Clause{
		Label: b.head.label, Level: b.head.level, Indent: (b.column + 2) / 4,
		First: len(s.t.Pieces), Line: b.line, Section: s.sections.above(b.head.level, i),
	}
	if c.Level > 0 {
		c.Heading = s.p.heading(b)
	}
	s.t.Clauses = append(s.t.Clauses, c)
	s.clause, s.joins = i, -1
	if b.option >= 0 {
		s.leaveSibling(b.option)
	}
}

// sections are the headings in force: by level, 1 + the clause of the last one;
// 0 for none.
type sections [7]int

// above gives the nearest heading above a clause: for a heading, the nearest
// that is higher. A heading is in force from then on.
func (s *sections) above(level, clause int) int {
	above := 0
	for l, heading := range s {
		if level == 0 || l < level {
			above = max(above, heading)
		}
	}
	if level > 0 {
		clear(s[level:])
		s[level] = clause + 1
	}
	return above - 1
}

// optionEnds tells whether an option that is open ends before block i begins.
// The last of a group ends with its own block when its words stand on the
// line of its mark, unless they lead into a list; else when what it stands in
// ends.
func (s *sweep) optionEnds(option, i int) bool {
	o, b := &s.p.options[option], &s.p.blocks[i]
	if o.next >= 0 && i <= s.p.options[o.next].block {
		return false
	}
	own := &s.p.blocks[o.block]
	if o.next < 0 {
		if !own.head.option.alone && !own.leads {
			return b.column <= own.column
		}
		if i == o.block+2 && s.silent(i-1) && b.column <= s.p.blocks[i-1].column {
			return true
		}
	}
	return s.p.endsOption(o, s.p.options, b)
}

// silent tells whether a block says "no text".
func (s *sweep) silent(i int) bool {
	return silence(s.p.src[s.p.blocks[i].start:s.p.blocks[i].end])
}

// leaveSibling ends the option that the given one follows, and whatever is
// open in it, if both stand in the same bracket.
func (s *sweep) leaveSibling(option int) {
	for at := len(s.frames) - 1; at > 0 && s.frames[at].option >= 0; at-- {
		if s.p.options[s.frames[at].option].first == s.p.options[option].first {
			s.joins = s.t.Alternatives[s.frames[at].alternative].Bracket
			s.leave(at, s.line)
			return
		}
	}
}

// endBlock closes the brackets that nothing closes: they are read as closed
// after the last words of the block that they open in, or, when they hold a bracket that reaches
// further, where that one ends.
func (s *sweep) endBlock(i int) {
	from := len(s.frames)
	for at := len(s.frames) - 1; at > 0; at-- {
		if s.frames[at].imbalance >= 0 {
			from = at
		} else if s.frames[at].option < 0 {
			break
		}
	}
	if from < len(s.frames) {
		b := &s.p.blocks[i]
		s.emit(Words, b.start+len(strings.TrimRight(s.p.src[b.start:b.end], " \t\r\n\f\v")))
		s.leave(from, s.line)
	}
}

func (s *sweep) top() *frame { return &s.frames[len(s.frames)-1] }

// leave closes all frames from an index on: their last words stand on the
// given line.
func (s *sweep) leave(from, line int) {
	for _, f := range s.frames[from:] {
		s.t.Alternatives[f.alternative].Last = len(s.t.Pieces)
		if f.imbalance >= 0 {
			u := &s.t.Unbalanced[f.imbalance]
			u.Assumed = fmt.Sprintf("never closes; read as closed at the end of its paragraph, line %d", line)
			u.Partner = line
		}
	}
	s.frames = s.frames[:from]
}

// mark takes one mark.
func (s *sweep) mark(i int) error {
	m := &s.p.marks[i]
	if m.kind == noMark {
		return nil
	}
	s.emit(Words, m.at)
	switch m.kind {
	case markOpen:
		return s.open(i)
	case markClose:
		s.close(i)
	case markOption:
		return s.option(i)
	case markOptionRest:
		s.emit(Option, m.end)
	case markNote:
		s.emit(NoteMark, m.end)
	case markLabel:
		s.emit(Label, m.end)
	case markBlank:
		s.emit(Blank, m.end)
	}
	return nil
}

// open takes a "[", with the holder list and the option's name after it.
func (s *sweep) open(i int) error {
	m := &s.p.marks[i]
	bracket := s.last
	if bracket < 0 {
		bracket = s.newBracket(false)
	}
	if err := s.enter(bracket, frame{option: -1, closes: m.mate, imbalance: -1}); err != nil {
		return err
	}
	if m.mate < 0 {
		s.top().imbalance = s.unclosed()
	}
	s.emit(Open, m.end)
	a := &s.t.Alternatives[len(s.t.Alternatives)-1]
	rest := s.p.src[m.end:s.endOfLine(m.end)]
	holders, n := s.p.seats.list(rest)
	a.Holders = holders
	s.emit(Holders, m.end+n)
	if m.mate >= 0 && s.p.marks[m.mate].block == m.block && s.p.blocks[m.block].head.optionAt != s.pos {
		if o, n := optionMarkAt(rest[n:]); n > 0 {
			a.Label = o.label
			s.emit(Option, s.pos+n)
		}
	}
	return nil
}

// endOfLine gives where the line of an offset ends.
func (s *sweep) endOfLine(at int) int {
	if s.lineEnd < at {
		s.lineEnd = len(s.p.src)
		if n := strings.IndexByte(s.p.src[at:], '\n'); n >= 0 {
			s.lineEnd = at + n
		}
	}
	return s.lineEnd
}

// newBracket begins a bracket within the innermost frame.
func (s *sweep) newBracket(options bool) int {
	top := s.top()
	s.t.Brackets = append(s.t.Brackets, Bracket{Within: top.alternative, Depth: top.depth + 1, Options: options})
	return len(s.t.Brackets) - 1
}

// enter begins an alternative of a bracket.
func (s *sweep) enter(bracket int, f frame) error {
	f.depth = s.t.Brackets[bracket].Depth
	if f.depth > MaxDepth {
		return fault.Invalid("line %d, column %d: brackets nest deeper than %d", s.line, s.column, MaxDepth).
			With("close the brackets before this place")
	}
	f.alternative = len(s.t.Alternatives)
	s.t.Alternatives = append(s.t.Alternatives, Alternative{Bracket: bracket, First: len(s.t.Pieces)})
	s.t.Brackets[bracket].Alternatives = append(s.t.Brackets[bracket].Alternatives, f.alternative)
	s.frames = append(s.frames, f)
	return nil
}

// close takes a "]".
func (s *sweep) close(i int) {
	m := &s.p.marks[i]
	if m.mate < 0 {
		s.unopened(m)
		s.emit(Stray, m.end)
		return
	}
	at := len(s.frames) - 1
	for s.frames[at].closes != i {
		at--
	}
	if at+1 < len(s.frames) {
		s.leave(at+1, s.line)
	}
	bracket := s.t.Alternatives[s.frames[at].alternative].Bracket
	s.emit(Close, m.end)
	s.leave(at, s.line)
	s.last = bracket
}

// option takes the mark at the head of an option.
func (s *sweep) option(i int) error {
	m := &s.p.marks[i]
	own := s.p.blocks[m.block].option
	bracket := s.joins
	if bracket >= 0 && s.t.Brackets[bracket].Within != s.top().alternative {
		bracket = -1
	}
	if bracket < 0 {
		bracket = s.newBracket(true)
	}
	if err := s.enter(bracket, frame{option: own, closes: -1, imbalance: -1}); err != nil {
		return err
	}
	a := &s.t.Alternatives[len(s.t.Alternatives)-1]
	a.Label = s.p.blocks[m.block].head.option.label
	_, rest, _ := strings.Cut(s.p.src[m.at:m.end], a.Label) // the name itself may hold parentheses
	if _, remark, found := strings.Cut(rest, "("); found {
		remark, _, _ = strings.Cut(remark, ")")
		a.Holders = s.p.seats.whole(remark)
	}
	s.emit(Option, m.end)
	return nil
}

// unclosed reports an opening bracket that nothing closes. Where it ends is
// said when the sweep gets there.
func (s *sweep) unclosed() int {
	s.t.Unbalanced = append(s.t.Unbalanced, Imbalance{Line: s.line, Column: s.column})
	return len(s.t.Unbalanced) - 1
}

// unopened reports a closing bracket that nothing opened.
func (s *sweep) unopened(m *mark) {
	line := s.p.blocks[m.block].line
	s.t.Unbalanced = append(s.t.Unbalanced, Imbalance{
		Line: s.line, Column: s.column, Unopened: true,
		Assumed: fmt.Sprintf("left as it stands; the bracket it closes is missing, most likely in its paragraph, which begins on line %d", line),
		Partner: line,
	})
}
