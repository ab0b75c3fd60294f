package draft

import (
	"bytes"
	"strings"

	"paraph/record"
)

// Reading gives the plain text that a seat would have: in a bracket where the
// seat holds an alternative, that alternative; else the first alternative
// without holders; else nothing. It is read in the same way within. The empty
// seat holds nothing, so its reading is what lies on the table.
//
// A seat that opposes or reserves does not hold the words. Holders that were
// inferred are not used. Front matter, marks and holder lists are left out;
// labels, footnote marks, links and placeholders stay as written; escapes
// (\[of 2022\]) are resolved. Where words fall out, no second space and no
// second blank line stays.
//
// When the front matter says "brackets: carried", brackets and options none
// of whose alternatives has a holder belong to the submissions: they stand in
// the reading as written, and so do escapes.
func Reading(t *Text, seat record.Seat) string {
	fates := t.fates(seat)
	size := 0
	for i := range t.Pieces {
		size += len(t.Pieces[i].Src)
	}
	r := reader{text: t, clause: -1, out: make([]byte, 0, size), carried: t.Front.Carried}
	for i := range t.Pieces {
		p := &t.Pieces[i]
		fate := fates[p.Within+1]
		switch {
		case p.Kind == FrontMatter:
		case fate == dropped:
			r.gap, r.hole = true, true
		case fate == carried || !p.isMark():
			r.take(p)
		default:
			// What was left out before an alternative that is kept is no hole
			// in it: "a [US: b][RU: . c]" is "a . c" to RU.
			r.gap, r.hole = true, r.hole && p.Kind == Close || p.Kind == Silence
		}
	}
	return r.finish()
}

// isMark tells whether a reading leaves the piece out although it keeps what
// stands around it.
func (p *Piece) isMark() bool {
	switch p.Kind {
	case Open, Close, Holders, Option, Silence:
		return true
	}
	return false
}

// fate is what a reading does with an alternative.
type fate uint8

const (
	dropped fate = iota
	kept         // its words
	carried      // its words and marks
)

// fates gives the fate of each alternative, at its index + 1; that of the text
// itself, at 0, is kept.
func (t *Text) fates(seat record.Seat) []fate {
	fates := make([]fate, len(t.Alternatives)+1)
	fates[0] = kept
	for i := range t.Brackets {
		b := &t.Brackets[i]
		if fates[b.Within+1] == dropped {
			continue
		}
		chosen, held := t.choose(b, seat)
		switch {
		case !held && t.Front.Carried:
			for _, a := range b.Alternatives {
				fates[a+1] = carried
			}
		case chosen >= 0:
			fates[chosen+1] = kept
		}
	}
	return fates
}

// choose gives the alternative of a bracket that a seat would have, -1 for
// none, and whether any alternative has a holder.
func (t *Text) choose(b *Bracket, seat record.Seat) (chosen int, held bool) {
	chosen, open := -1, -1
	for _, i := range b.Alternatives {
		a := &t.Alternatives[i]
		if len(a.Holders) == 0 || a.Inferred {
			if open < 0 {
				open = i
			}
			continue
		}
		held = true
		if chosen < 0 && a.HeldBy(seat) {
			chosen = i
		}
	}
	if chosen < 0 {
		chosen = open
	}
	return chosen, held
}

// HeldBy tells whether a seat wants these words: it is a holder, not by
// inference, and neither opposes nor reserves.
func (a *Alternative) HeldBy(seat record.Seat) bool {
	if a.Inferred {
		return false
	}
	for _, h := range a.Holders {
		if h.Seat == seat && h.Verb != Opposes && h.Verb != Reserves {
			return true
		}
	}
	return false
}

// reader puts together what a reading keeps.
type reader struct {
	text    *Text
	clause  int // of the last piece that was taken
	out     []byte
	carried bool
	gap     bool // marks or words were left out since the last piece
	hole    bool // words were
}

// take appends a piece.
func (r *reader) take(p *Piece) {
	s := p.Src
	if r.gap {
		if p.Column == 1 && p.Clause != r.clause && !r.text.beginsOption(p.Clause) {
			r.breakLine()
		}
		s = r.join(s, p.Column == 1)
		r.gap, r.hole = false, false
	}
	r.clause = p.Clause
	if r.carried || p.Kind == NoteMark {
		r.out = append(r.out, s...)
		return
	}
	for {
		at := strings.IndexByte(s, '\\')
		if at < 0 || at+1 == len(s) {
			r.out = append(r.out, s...)
			return
		}
		r.out = append(r.out, s[:at]...)
		if !isPunct(s[at+1]) && !(at == 0 || s[at-1] <= ' ') || !escapes(s[at+1:]) {
			r.out = append(r.out, '\\')
		}
		r.out = append(r.out, s[at+1])
		s = s[at+2:]
	}
}

// breakLine ends the paragraph, if what ended it was left out.
func (r *reader) breakLine() {
	words := bytes.TrimRight(r.out, " \t")
	if len(words) > 0 && words[len(words)-1] != '\n' {
		r.out = append(words, "\n\n"...)
	}
}

// beginsOption tells whether a clause begins with the mark of an option, which
// then may go on the line of a label before it.
func (t *Text) beginsOption(clause int) bool {
	c := &t.Clauses[clause]
	for i := c.First; i < c.Last; i++ {
		if p := &t.Pieces[i]; p.Kind == Option || strings.TrimSpace(p.Src) != "" {
			return p.Kind == Option
		}
	}
	return false
}

// escapes tells whether a backslash before s is an escape: before punctuation,
// and where it keeps words that hold none from being read as a mark ("\No
// text", "\Option 1").
func escapes(s string) bool {
	if isPunct(s[0]) {
		return true
	}
	if _, n := optionName(s); n > 0 {
		return true
	}
	return silence(s)
}

// join takes away the white space that is too much where something was left
// out before s, and gives what of s stays. Fresh tells that s begins a line of the
// source.
func (r *reader) join(s string, fresh bool) string {
	if s == "" {
		return s
	}
	words := len(r.out)
	for words > 0 && isBlankByte(r.out[words-1]) {
		words--
	}
	lineStart := words == 0 || r.out[words-1] == '\n'
	switch {
	case fresh && lineStart:
		r.out = r.out[:words] // indentation of a line that fell out
	case s[0] == '\n' || s[0] == '\r':
		r.out = r.out[:words]
	case isBlankByte(s[0]) && (lineStart || words < len(r.out)):
		s = strings.TrimLeft(s, " \t")
	case r.hole && !lineStart && strings.IndexByte(".,;:!?)", s[0]) >= 0:
		r.out = r.out[:words]
	}
	return s
}

// finish makes of several blank lines one, and of those at the ends none.
func (r *reader) finish() string {
	src := r.out
	if r.gap {
		src = bytes.TrimRight(src, " \t")
	}
	out := make([]byte, 0, len(r.out))
	blanks, begun := 0, false
	for at := 0; at < len(src); {
		line := src[at:]
		if n := bytes.IndexByte(line, '\n'); n >= 0 {
			line = line[:n+1]
		}
		at += len(line)
		if len(bytes.TrimLeft(line, " \t\r\n\f\v")) == 0 {
			blanks++
			continue
		}
		if blanks > 0 && begun {
			out = append(out, '\n')
		}
		out = append(out, line...)
		blanks, begun = 0, true
	}
	return string(out)
}
