package docx

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"

	"paraph/draft"
	"paraph/record"
)

// cell is one character of a clause as written, with how it looks. Characters
// that only mark emphasis or an escape are hidden: they take part in comparing
// and are not shown.
type cell struct {
	r rune
	look
}

// endOfParagraph is the cell of a paragraph mark. The character stands in no
// text: it would be shown as a space.
const endOfParagraph = '\u2029'

// lineBreak is the cell of a break within a paragraph.
const lineBreak = '\n'

// look is how a character looks, and what it is.
type look struct {
	style style
	seat  uint8 // 1 + the place of the holder among the seats; 0 for none or several
	is    trait
}

type trait uint8

const (
	bold trait = 1 << iota
	italic
	hidden
	labelled // of a number or letter at the head of a clause
	literal  // escaped: no mark
	referred // the one character that stands for the mark of a footnote
)

// style is a character style of the document.
type style uint8

const (
	plain style = iota
	bracketMark
	holderList
	optionMark
	noText
	placeholder
	noteMark
	editorial // a bracket that contests nothing
)

// isSpace tells whether a cell is white space, which a comparison folds.
func (c cell) isSpace() bool { return unicode.IsSpace(c.r) && c.r != endOfParagraph }

// passes tells whether comparing passes over a cell: white space, labels, marks
// of paragraphs.
func (c cell) passes() bool {
	return c.is&labelled != 0 || c.r == endOfParagraph || c.isSpace()
}

// cells gives the characters of a clause. Heading marks and the blanks around
// the clause are left out; white space is folded.
func cells(t *draft.Text, clause int, seats []record.Seat) []cell {
	c := &t.Clauses[clause]
	size := 0
	for _, p := range t.Pieces[c.First:c.Last] {
		size += len(p.Src)
	}
	f := folder{out: make([]cell, 0, size), heading: c.IsHeading()}
	for i := c.First; i < c.Last; i++ {
		p := &t.Pieces[i]
		switch p.Kind {
		case draft.FrontMatter:
		case draft.Label:
			if c.IsHeading() && strings.HasPrefix(strings.TrimSpace(p.Src), "#") {
				continue
			}
			f.label(p.Src)
		default:
			f.words(p.Src, lookOf(t, p, seats))
		}
	}
	out := trimmed(f.out)
	emphasise(out)
	return out
}

// lookOf gives the look of a piece.
func lookOf(t *draft.Text, p *draft.Piece, seats []record.Seat) look {
	switch p.Kind {
	case draft.Open, draft.Close, draft.Stray:
		return look{style: bracketMark}
	case draft.Holders:
		l := look{style: holderList}
		if held := t.Alternatives[p.Within].Holders; len(held) == 1 {
			for i, s := range seats {
				if s == held[0].Seat {
					l.seat = uint8(1 + i%len(seatColours))
				}
			}
		}
		return l
	case draft.Option:
		return look{style: optionMark}
	case draft.Silence:
		return look{style: noText}
	case draft.Blank:
		return look{style: placeholder}
	case draft.NoteMark:
		return look{style: noteMark}
	}
	return look{}
}

// folder puts the cells of a clause together.
type folder struct {
	out     []cell
	heading bool
	space   bool // white space stands before what comes next
	slashed bool // the last cell is a backslash that may escape what comes next
}

// label takes a number or letter, and what parts it from the words.
func (f *folder) label(src string) {
	bare := strings.TrimSpace(src)
	first := len(f.out) == 0
	f.blank(look{})
	for _, r := range bare {
		f.out = append(f.out, cell{valid(r), look{is: labelled | literal}})
	}
	f.slashed = false
	if len(bare) == len(strings.TrimLeft(src, " \t\r\n")) {
		return
	}
	between := ' '
	if first && !f.heading {
		between = '\t'
	}
	f.out = append(f.out, cell{between, look{is: labelled}})
}

// blank puts the white space that stands before what comes next. Between words
// of one mark it looks as they do.
func (f *folder) blank(next look) {
	if n := len(f.out); f.space && n > 0 && !f.out[n-1].isSpace() {
		own := look{}
		if before := f.out[n-1].look; before.style == next.style && before.seat == next.seat && next.style != bracketMark {
			own = look{style: next.style, seat: next.seat}
		}
		f.out = append(f.out, cell{' ', own})
	}
	f.space = false
}

func (f *folder) words(src string, l look) {
	for _, r := range src {
		if unicode.IsSpace(r) {
			f.white(r)
			continue
		}
		f.blank(l)
		own := l
		if f.slashed && isPunct(r) {
			f.out[len(f.out)-1].is |= hidden
			own.is |= literal
			if r == '[' || r == ']' {
				own.style = editorial
			}
		}
		f.slashed = r == '\\' && own.is&literal == 0
		f.out = append(f.out, cell{valid(r), own})
	}
}

// white takes one character of white space. A blank that does not break stays;
// so does the end of a line that a backslash asks for or that stands in a heading.
func (f *folder) white(r rune) {
	switch n := len(f.out); {
	case r == '\u00a0' || r == '\u202f' || r == '\u2007':
		f.blank(look{})
		f.out = append(f.out, cell{r, look{}})
	case r == '\n' && n > 0 && (f.slashed || f.heading && !f.out[n-1].isSpace()):
		if f.slashed {
			f.out[n-1].is |= hidden
		}
		f.out = append(f.out, cell{lineBreak, look{}})
		f.space = false
	default:
		f.space = true
	}
	f.slashed = false
}

// trimmed leaves the white space at the end out.
func trimmed(cells []cell) []cell {
	for len(cells) > 0 && cells[len(cells)-1].isSpace() && cells[len(cells)-1].is&labelled == 0 {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// valid gives a character that XML can hold and that is none of our marks.
func valid(r rune) rune {
	if r < ' ' || r == 0xFFFE || r == 0xFFFF || r == endOfParagraph {
		return utf8.RuneError
	}
	return r
}

// emphasise finds what one star or two on either side make italic or bold, over
// all the marks of the clause: real texts open emphasis before a bracket and
// close it within. Stars without partner stay.
func emphasise(cells []cell) {
	open := [3]int{-1, -1, -1} // by the number of stars: where the run that opens stands
	for i := 0; i < len(cells); {
		if !star(cells[i]) {
			i++
			continue
		}
		end := i
		for end < len(cells) && star(cells[end]) {
			end++
		}
		n := end - i
		switch closes := i > 0 && !cells[i-1].isSpace(); {
		case n > 2:
		case closes && open[n] >= 0:
			mark(cells, open[n], i, n)
			if open[3-n] > open[n] {
				open[3-n] = -1
			}
			open[n] = -1
		case end < len(cells) && !cells[end].isSpace():
			open[n] = i
		}
		i = end
	}
}

func star(c cell) bool { return c.r == '*' && c.is&literal == 0 }

// mark sets emphasis between two runs of n stars.
func mark(cells []cell, open, close, n int) {
	kind := italic
	if n == 2 {
		kind = bold
	}
	for i := open; i < open+n; i++ {
		cells[i].is |= hidden
		cells[close+i-open].is |= hidden
	}
	for i := open + n; i < close; i++ {
		cells[i].is |= kind
	}
}

func isPunct(r rune) bool {
	return '!' <= r && r <= '/' || ':' <= r && r <= '@' || '[' <= r && r <= '`' || '{' <= r && r <= '~'
}

// rightToLeft tells whether the first letter of some cells is written so.
func rightToLeft(cells []cell) bool {
	for _, c := range cells {
		if c.is&(hidden|labelled) != 0 {
			continue
		}
		switch class(c.r) {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

func class(r rune) bidi.Class {
	if r >= noteCell {
		return bidi.ON
	}
	if r < utf8.RuneSelf {
		if 'a' <= r|0x20 && r|0x20 <= 'z' {
			return bidi.L
		}
		return bidi.ON
	}
	p, _ := bidi.LookupRune(r)
	return p.Class()
}
