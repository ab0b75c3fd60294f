package register

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"paraph/draft"
)

// word is one word of a text as it is looked for, and as it was written.
type word struct {
	core   string // letters and digits alone, in one case, without ligatures
	marks  string // the brackets and the punctuation up to the next word, folded
	before string // brackets and parentheses that open before it
	own    int32  // how much of marks stands on the word's own line
	early  int32  // how much of before stands on earlier lines
	line   int32  // index into row.lines
	at     int32  // offsets into row.src of the word
	end    int32
}

// row is a text as a row of words.
type row struct {
	src   string
	words []word
	lines []string // by their words: what repeats from page to page is told by it
}

// rowOf gives the words that a draft shows: labels, holders and options among
// them; without front matter, heading marks and footnote marks.
func rowOf(t *draft.Text) row {
	var b strings.Builder
	for i := range t.Pieces {
		switch p := &t.Pieces[i]; p.Kind {
		case draft.FrontMatter, draft.NoteMark:
			b.WriteString(strings.Repeat("\n", strings.Count(p.Src, "\n")))
		case draft.Words:
			b.WriteString(p.Src)
		default:
			b.WriteString(p.Src)
		}
	}
	return rowOfWords(b.String())
}

// rowOfWords takes characters apart into words.
func rowOfWords(src string) row {
	r := row{src: src}
	line, lineFrom := strings.Builder{}, 0
	endLine := func() {
		r.lines = append(r.lines, line.String())
		line.Reset()
		lineFrom = len(r.words)
	}
	open, early := "", 0
	for at := 0; at < len(src); {
		c, size := utf8.DecodeRuneInString(src[at:])
		switch {
		case inWord(c):
			end := wordEnd(src, at)
			w := word{core: fold(src[at:end]), before: open, early: int32(early), line: int32(len(r.lines)), at: int32(at), end: int32(end)}
			open, early = "", 0
			if w.core != "" {
				if len(r.words) > lineFrom {
					line.WriteByte(' ')
				}
				line.WriteString(w.core)
				r.words = append(r.words, w)
			}
			at = end
			continue
		case c == '\n' || c == '\f':
			endLine()
			early = len(open)
		case c == '[' || c == '(':
			open += string(c)
		case !unicode.IsSpace(c) && !ignored(c):
			if n := len(r.words); n > 0 {
				w := &r.words[n-1]
				w.marks += mark(c)
				if w.line == int32(len(r.lines)) {
					w.own = int32(len(w.marks))
				}
			}
		}
		at += size
	}
	endLine()
	return r
}

// inWord tells whether a character is part of a word.
func inWord(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.IsMark(c) || c == '\u00ad'
}

// ignored tells whether a character is only notation or invisible.
func ignored(c rune) bool {
	switch c {
	case '*', '#', '_', '\\', '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad':
		return true
	}
	return false
}

// wordEnd gives the end of the word at an offset. Where no blanks are written
// between words, every character is one. Soft hyphens, and what cannot be
// seen, do not end a word.
func wordEnd(src string, at int) int {
	c, size := utf8.DecodeRuneInString(src[at:])
	if unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer) {
		end := at + size
		for end < len(src) {
			m, n := utf8.DecodeRuneInString(src[end:])
			if !unicode.IsMark(m) {
				break
			}
			end += n
		}
		return end
	}
	end := at
	for end < len(src) {
		c, size := utf8.DecodeRuneInString(src[end:])
		switch c {
		case '\u200b', '\u200c', '\u200d', '\u2060':
		default:
			if !inWord(c) || unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer) {
				return end
			}
		}
		end += size
	}
	return end
}

// fold gives a word as it is looked for: compatibility forms taken apart
// (ligatures, full-width letters), one case, nothing invisible.
func fold(s string) string {
	plain := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			plain = false
		}
	}
	if plain {
		return strings.ToLower(s)
	}
	s = strings.Map(func(c rune) rune {
		if ignored(c) {
			return -1
		}
		return c
	}, s)
	return strings.ToLower(norm.NFKC.String(s))
}

// mark gives a mark that says something wherever a text is typed; empty for
// quotation marks, dashes and bullets, which every program writes in its own way.
func mark(c rune) string {
	if strings.ContainsRune("].,;:!?)%/$€£+=<>&@§°", c) {
		return string(c)
	}
	return ""
}

// joinHyphens joins words that a line's end parted, where the register knows
// the word that they make.
func (r row) joinHyphens(known func(core string) bool) row {
	out := r
	out.words = nil
	for i := 0; i < len(r.words); i++ {
		w := r.words[i]
		if i+1 < len(r.words) && w.marks == "" && r.words[i+1].line == w.line+1 && r.words[i+1].before == "" {
			if next := r.words[i+1]; known(w.core+next.core) && hyphens(r.src[w.end:next.at]) {
				w.core, w.marks, w.own, w.end, w.line = w.core+next.core, next.marks, next.own, next.end, next.line
				i++
			}
		}
		out.words = append(out.words, w)
	}
	return out
}

// hyphens tells whether a hyphen and a line's end stand between two words, and
// nothing else. The hyphen may be a soft one that a word's end has taken in.
func hyphens(between string) bool {
	bare := strings.TrimLeft(between, "-‐‑\u00ad \t\r\n")
	return bare == "" && strings.ContainsAny(between, "-‐‑")
}
