package draft

import (
	"strings"

	"paraph/fault"
)

// Print gives the text as it was written: for every source that Parse takes,
// the same characters.
func Print(t *Text) string {
	size := 0
	for i := range t.Pieces {
		size += len(t.Pieces[i].Src)
	}
	var out strings.Builder
	out.Grow(size)
	for i := range t.Pieces {
		out.WriteString(t.Pieces[i].Src)
	}
	return out.String()
}

// PrintNormal gives the text in the normal form: holder lists as "[EU, US: …]"
// with verbs other than "propose" said, options as "**Option 2:** …" on lines
// of their own after a label. Words, and brackets without partner, stay as written; where
// brackets balance, every reading stays the same but for white space.
func PrintNormal(t *Text) string {
	var out strings.Builder
	for i := range t.Pieces {
		p := &t.Pieces[i]
		switch {
		case p.Kind == Holders:
			out.WriteString(holderList(t.Alternatives[p.Within].Holders))
			if !t.lineEnds(i) {
				out.WriteByte(' ')
			}
		case p.Kind == Option && t.opensOption(i):
			a := &t.Alternatives[p.Within]
			if i > 0 && t.Pieces[i-1].Kind == Label && isBlankByte(lastByte(t.Pieces[i-1].Src)) {
				out.WriteString("\n\n" + strings.Repeat(" ", t.optionColumn(i)))
			}
			out.WriteString("**" + a.Label)
			if len(a.Holders) > 0 {
				list := holderList(a.Holders)
				out.WriteString(" (" + list[:len(list)-1] + ")")
			}
			out.WriteString(":**")
			if !t.lineEnds(i) {
				out.WriteByte(' ')
			}
		default:
			out.WriteString(p.Src)
		}
	}
	return out.String()
}

// opensOption tells whether a piece is the whole mark of an option, and says
// nothing but its name and holders.
func (t *Text) opensOption(i int) bool {
	a := &t.Alternatives[t.Pieces[i].Within]
	if !t.Brackets[a.Bracket].Options || a.First != i || i+1 < len(t.Pieces) && t.Pieces[i+1].Kind == NoteMark {
		return false
	}
	_, rest, _ := strings.Cut(t.Pieces[i].Src, a.Label)
	if len(a.Holders) > 0 {
		rest = rest[strings.IndexByte(rest, ')')+1:]
	}
	return strings.Trim(rest, "*_:. \t") == ""
}

func lastByte(s string) byte { return s[len(s)-1] }

// optionColumn gives the spaces before an option that moves to a line of its
// own: those of the next one of its group, else as many as were before it.
func (t *Text) optionColumn(i int) int {
	a := t.Pieces[i].Within
	for _, other := range t.Brackets[t.Alternatives[a].Bracket].Alternatives {
		if other > a {
			return t.Pieces[t.Alternatives[other].First].Column - 1
		}
	}
	return t.Pieces[i].Column - 1
}

// lineEnds tells whether no words follow a piece on its line.
func (t *Text) lineEnds(i int) bool {
	for i++; i < len(t.Pieces); i++ {
		rest := strings.TrimLeft(t.Pieces[i].Src, " \t\r\f\v")
		if rest != "" {
			return rest[0] == '\n'
		}
	}
	return true
}

// holderList writes holders as a list: "EU, US propose; CL oppose: ".
func holderList(holders []Holder) string {
	plain := true
	for _, h := range holders {
		plain = plain && h.Verb == Proposes
	}
	var out strings.Builder
	for i, h := range holders {
		if i > 0 && h.Verb != holders[i-1].Verb {
			out.WriteString(" " + holders[i-1].Verb.plural() + "; ")
		} else if i > 0 {
			out.WriteString(", ")
		}
		out.WriteString(string(h.Seat))
	}
	if !plain {
		out.WriteString(" " + holders[len(holders)-1].Verb.plural())
	}
	return out.String() + ":"
}

// plural gives the verb as several seats take it: "propose".
func (v Verb) plural() string { return strings.TrimSuffix(string(v), "s") }

// PrintUnattributed gives the text as it is often published: without the
// names of those who hold what. The seats in the front matter are left out
// too. Names that the words themselves hold stay.
func PrintUnattributed(t *Text) string {
	var out strings.Builder
	for i := range t.Pieces {
		switch p := &t.Pieces[i]; p.Kind {
		case FrontMatter:
			out.WriteString(withoutSeats(p.Src))
		case Holders:
		default:
			out.WriteString(p.Src)
		}
	}
	return out.String()
}

// withoutSeats takes the declaration of seats out of front matter, and the
// front matter with it if nothing else is in it.
func withoutSeats(front string) string {
	var out strings.Builder
	within, more := false, 0
	for line := range strings.Lines(front) {
		name, _, found := strings.Cut(line, ":")
		if found && !isBlankByte(line[0]) {
			within = strings.EqualFold(name, "seats")
		} else if strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...") {
			within = false
			more--
		}
		if !within {
			out.WriteString(line)
			more++
		}
	}
	if more == 0 && strings.HasPrefix(strings.TrimPrefix(front, byteOrderMark), "---") {
		return ""
	}
	return out.String()
}

// PrintClean gives the text as it was written, if no bracket or option is
// open in it. Else the error (invalid) names the first that is.
func PrintClean(t *Text) (string, error) {
	for i := range t.Pieces {
		p := &t.Pieces[i]
		switch p.Kind {
		case Open, Stray:
			return "", fault.Invalid("line %d, column %d: the text is not clean: a bracket is open here", p.Line, p.Column)
		case Option:
			return "", fault.Invalid("line %d, column %d: the text is not clean: %s is open here", p.Line, p.Column,
				t.Alternatives[p.Within].Label)
		}
	}
	return Print(t), nil
}
