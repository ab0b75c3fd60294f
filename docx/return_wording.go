package docx

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"paraph/draft"
	"paraph/record"
)

// wording is a clause or a paragraph as words that can be compared.
type wording struct {
	prefix     string // marks of a heading, as written
	tokens     []token
	keys       []string // of the tokens that are no label
	neighbours []string // every two that stand side by side, sorted
}

// token is a word, or one character that is none, with how it looks.
type token struct {
	space string // before it: as written, folded
	cells []cell // with the escapes in it
	key   string // what it is compared by
	label bool   // part of a number or letter at the head
}

func (w wording) empty() bool { return len(w.keys) == 0 }

// text gives the words as one string, the same for wordings that say the same.
func (w wording) text() string { return strings.Join(w.keys, "\x00") }

// label gives the number or letter at the head.
func (w wording) label() string {
	var out strings.Builder
	for _, t := range w.tokens {
		if t.label {
			out.WriteString(t.key)
		}
	}
	return out.String()
}

// wordingOf reads a source as words.
func wordingOf(source string, seats []record.Seat) wording {
	t, err := draft.Parse(source, seats...)
	if err != nil {
		t, _ = draft.Parse(strings.ToValidUTF8(strings.ReplaceAll(source, "\x00", ""), "\uFFFD"))
	}
	var w wording
	if t == nil {
		return w
	}
	var row []cell
	for i := range t.Clauses {
		if i > 0 {
			row = append(row, cell{r: lineBreak})
		}
		row = append(row, cells(t, i, nil)...)
	}
	if len(t.Clauses) > 0 && t.Clauses[0].IsHeading() {
		for _, p := range t.Pieces {
			if p.Kind == draft.Label && strings.HasPrefix(strings.TrimSpace(p.Src), "#") {
				w.prefix = strings.TrimLeft(p.Src, " \t\r\n")
				break
			}
		}
	}
	w.split(row)
	last := ""
	for _, k := range w.keys {
		w.neighbours = append(w.neighbours, last+" "+k)
		last = k
	}
	if len(w.keys) > 0 {
		w.neighbours = append(w.neighbours, last+" ")
	}
	slices.Sort(w.neighbours)
	return w
}

// split cuts a row of characters into tokens.
func (w *wording) split(row []cell) {
	space := ""
	var escape []cell // a hidden backslash belongs to what it escapes
	for _, c := range row {
		switch {
		case c.isSpace():
			space = " "
			if c.r == lineBreak {
				space = "\n"
			}
			continue
		case c.is&hidden != 0:
			if c.r == '\\' {
				escape = append(escape, c)
			}
			continue
		case c.r == '\u00ad':
			continue
		}
		n := len(w.tokens)
		label := c.is&labelled != 0
		if n > 0 && space == "" && len(escape) == 0 && w.tokens[n-1].label == label && word(c.r) && word(w.tokens[n-1].cells[len(w.tokens[n-1].cells)-1].r) {
			w.tokens[n-1].cells = append(w.tokens[n-1].cells, c)
			continue
		}
		w.tokens = append(w.tokens, token{space: space, cells: append(escape, c), label: label})
		space, escape = "", nil
	}
	for i := range w.tokens {
		t := &w.tokens[i]
		t.key = keyOf(t.cells)
		if !t.label {
			w.keys = append(w.keys, t.key)
		}
	}
}

// word tells whether a character is part of a word.
func word(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// likeForms are characters that word processors put for one another.
var likeForms = strings.NewReplacer(
	"“", `"`, "”", `"`, "„", `"`, "‟", `"`, "«", `"`, "»", `"`, "″", `"`,
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "′", "'",
	"\u2011", "-", "\u2010", "-", "…", "...",
)

// keyOf gives what a token is compared by.
func keyOf(cells []cell) string {
	var out strings.Builder
	for _, c := range cells {
		if c.is&hidden == 0 {
			out.WriteRune(c.r)
		}
	}
	return norm.NFC.String(likeForms.Replace(out.String()))
}

// likeness is Dice's coefficient of the neighbouring words (Dice 1945), from 0 to
// 1.
func likeness(a, b wording) float64 {
	if len(a.keys) == 0 || len(b.keys) == 0 {
		return 0
	}
	return 2 * float64(common(a.neighbours, b.neighbours)) / float64(len(a.neighbours)+len(b.neighbours))
}

// contained is the part of the neighbouring words of one that another has too.
func contained(a, in wording) float64 {
	if len(a.keys) == 0 {
		return 0
	}
	return float64(common(a.neighbours, in.neighbours)) / float64(len(a.neighbours))
}

// common counts what two sorted rows have in common.
func common(a, b []string) int {
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch strings.Compare(a[i], b[j]) {
		case -1:
			i++
		case 1:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// woven gives the source of a clause with the words of a line: what both have as
// the clause has it, what is new as the line has it. The label is the clause's.
func woven(old, new wording) string {
	var a, b []int
	ids := map[string]int{}
	number := func(t token) int {
		if _, there := ids[t.key]; !there {
			ids[t.key] = len(ids)
		}
		return ids[t.key]
	}
	var words, lines []token
	for _, t := range old.tokens {
		if !t.label {
			words, a = append(words, t), append(a, number(t))
		}
	}
	for _, t := range new.tokens {
		if !t.label {
			lines, b = append(lines, t), append(b, number(t))
		}
	}
	kept := map[int]int{} // by the place in lines
	for _, p := range commonInOrder(a, b) {
		kept[p[1]] = p[0]
	}
	var out []token
	labels := slices.DeleteFunc(slices.Clone(old.tokens), func(t token) bool { return !t.label })
	first := slices.IndexFunc(old.tokens, func(t token) bool { return t.label })
	last, before := -2, -1
	for j, t := range lines {
		if first >= 0 && len(labels) > 0 && len(out) >= first {
			out, labels = append(out, labels...), nil
		}
		if i, same := kept[j]; same {
			space := words[i].space
			if before != i-1 || last != j-1 {
				space = spaced(t.space)
			}
			t = words[i]
			t.space = space
			before, last = i, j
		} else {
			t.space = spaced(t.space)
		}
		out = append(out, t)
	}
	return old.prefix + written(append(out, labels...), old.prefix != "")
}

// spaced gives the space before a new word, which is never the end of a line.
func spaced(s string) string {
	if s == "" {
		return ""
	}
	return " "
}

// written writes tokens as a source.
func written(tokens []token, heading bool) string {
	var e emphasis
	label := false
	for i, t := range tokens {
		space := t.space
		switch {
		case i == 0:
			space = ""
		case label && !t.label && space == "":
			space = " "
		case space == "\n" && !heading:
			space = "\\\n"
		}
		label = t.label
		e.blank += space
		for _, c := range t.cells {
			e.write(string(c.r), c.is&bold != 0 && !heading, c.is&italic != 0)
		}
	}
	e.turn(false, false)
	return strings.TrimSpace(e.out.String())
}
