package draft

import (
	"strings"
	"unicode/utf8"

	"paraph/fault"
	"paraph/record"
)

// The limits of what Parse takes.
const (
	MaxBytes   = 16 << 20 // of a source, in bytes
	MaxDepth   = 256      // of brackets and options within each other
	MaxSeats   = 1000     // declared for one text
	MaxClauses = 200_000  // of one text, headings included
	MaxMarks   = 400_000  // brackets, options, labels, footnote marks of one text
)

// Parse reads a draft written in Markdown or plain text. Seats given here add
// to those that the front matter declares; only declared seats make a holder
// list.
//
// Brackets that do not balance are no error: they are reported in Unbalanced,
// with what was assumed, and nothing is mended or dropped. Print gives back
// the same characters for every source that Parse takes.
//
// It refuses, as invalid and with the place, a source that is no UTF-8 text or
// goes beyond one of the limits. Time and space
// are linear in the length of the source.
func Parse(src string, seats ...record.Seat) (*Text, error) {
	p, bodyAt, err := newParser(src, seats)
	if err != nil {
		return nil, err
	}
	return p.parse(bodyAt)
}

// newParser makes the parser of a whole source, and tells where the body
// begins.
func newParser(src string, seats []record.Seat) (p *parser, bodyAt int, err error) {
	if err := readable(src); err != nil {
		return nil, 0, err
	}
	front, bodyAt := readFront(src)
	front.declare(seats...)
	if len(front.Seats) > MaxSeats {
		return nil, 0, fault.Invalid("the text declares more than %d seats", MaxSeats)
	}
	return &parser{src: src, front: front, seats: newSeatList(front.Seats)}, bodyAt, nil
}

// parse reads the body, stage by stage.
func (p *parser) parse(bodyAt int) (*Text, error) {
	if err := p.outline(bodyAt); err != nil {
		return nil, err
	}
	if err := p.matchMarks(); err != nil {
		return nil, err
	}
	return p.build(bodyAt)
}

// matchMarks finds the marks in the blocks, and which belong together.
func (p *parser) matchMarks() error {
	p.options = p.groupOptions()
	if err := p.scan(); err != nil {
		return err
	}
	p.pair()
	return nil
}

// parser holds what the stages of Parse hand on to each other: the blocks of
// the source, the marks in them, and which marks belong together.
type parser struct {
	src     string
	front   Front
	seats   *seatList
	blocks  []block
	options []option
	refs    map[string]bool // names that a link reference definition defines, in lower case
	marks   []mark

	numbered bool // a block can be a note by number
	balanced bool // the brackets balance as they stand
	pending  bool // the source ends with a line that holds only marks, whose block is yet to come
	goesOn   bool // only what comes from an offset on is read: see Revise
}

// readable refuses what cannot be a text.
func readable(src string) error {
	if len(src) > MaxBytes {
		return fault.Invalid("the text has %d bytes, more than the %d that a text may have", len(src), MaxBytes).
			With("split it into several texts")
	}
	if at := strings.IndexByte(src, 0); at >= 0 {
		line, column := placeOf(src, at)
		return fault.Invalid("line %d, column %d: a zero byte: this is not a text but a binary file", line, column).
			With("give a Markdown or plain text file in UTF-8")
	}
	if !utf8.ValidString(src) {
		at := invalidAt(src)
		line, column := placeOf(src, at)
		return fault.Invalid("line %d, column %d: byte 0x%02X is not valid UTF-8", line, column, src[at]).
			With("save the text in UTF-8")
	}
	return nil
}

// tooMany says that a text goes beyond a limit at an offset.
func (p *parser) tooMany(at, limit int, what string) error {
	line, column := placeOf(p.src, at)
	return fault.Invalid("line %d, column %d: more than %d %s", line, column, limit, what).
		With("split it into several texts")
}

// invalidAt gives the offset of the first byte that is not UTF-8.
func invalidAt(src string) int {
	for at, r := range src {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(src[at:]); size == 1 {
				return at
			}
		}
	}
	return len(src)
}

// placeOf gives line and column of an offset, from 1, columns in characters.
func placeOf(src string, at int) (line, column int) {
	before := src[:at]
	line = 1 + strings.Count(before, "\n")
	return line, 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
}
