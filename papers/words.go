package papers

import (
	"strconv"
	"strings"
	"unicode"

	"paraph/draft"
	"paraph/page"
)

func number(n int) string { return strconv.Itoa(n) }

// writeMarkdown writes a paper in Markdown. A paper of one text is that text in
// Paraph's own format, to the letter, with what the paper is in its front matter.
func writeMarkdown(p Paper, _ Options) ([]byte, error) {
	if len(p.Parts) == 1 && p.Parts[0].Text != nil {
		return []byte(p.front(p.Parts[0].Text)), nil
	}
	var b strings.Builder
	b.WriteString("# " + p.Title + "\n\n")
	for _, line := range p.head() {
		b.WriteString(line + "\n\n")
	}
	b.WriteString(p.words())
	return []byte(b.String()), nil
}

// front gives a text with its front matter: its own, with the symbol and the
// fingerprint of the paper in place of what it says itself of them.
func (p Paper) front(t *draft.Text) string {
	own, body := "", ""
	for _, piece := range t.Pieces {
		if piece.Kind == draft.FrontMatter {
			own += piece.Src
		} else {
			body += piece.Src
		}
	}
	var b strings.Builder
	b.WriteString("---\n")
	for _, pair := range [][2]string{
		{"symbol", p.Symbol}, {"fingerprint", p.Fingerprint}, {"state", p.State}, {"reader", p.Reader},
	} {
		if pair[1] != "" {
			b.WriteString(pair[0] + ": " + pair[1] + "\n")
		}
	}
	dropped, kept := false, ""
	for line := range strings.Lines(strings.TrimPrefix(own, "\ufeff")) {
		name, _, keyed := strings.Cut(line, ":")
		switch {
		case strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...") || strings.TrimSpace(line) == "":
			continue
		case keyed && line[0] != ' ' && line[0] != '\t' && line[0] != '-':
			switch strings.ToLower(name) {
			case "symbol", "fingerprint", "state", "reader":
				dropped = true
			default:
				dropped = false
			}
		}
		if !dropped {
			kept += line
		}
	}
	b.WriteString(kept + "---\n")
	if own == "" {
		b.WriteString("\n")
	}
	b.WriteString(body)
	return b.String()
}

// head says which paper it is, in lines.
func (p Paper) head() []string {
	var out []string
	add := func(name, words string) {
		if words != "" {
			out = append(out, name+words)
		}
	}
	add("Process: ", p.Process)
	add("Symbol: ", p.Symbol)
	add("Fingerprint: ", p.Fingerprint)
	add("Paper: ", p.State)
	add("As read by: ", p.Reader)
	return append(out, p.Facts...)
}

// words gives the parts of a paper in Markdown.
func (p Paper) words() string {
	var b strings.Builder
	for _, part := range p.Parts {
		if part.Heading != "" {
			b.WriteString("## " + part.Heading + "\n\n")
		}
		switch {
		case part.Text != nil:
			b.WriteString(draft.Print(part.Text) + "\n")
		case part.Compared != nil:
			b.WriteString(part.Compared.words())
		case part.Table != nil:
			b.WriteString(part.Table.markdown())
		}
		for _, l := range part.Lines {
			switch l.Style {
			case Head:
				b.WriteString("**" + l.Words + "**\n\n")
			case Quoted:
				b.WriteString("> " + l.Words + "\n\n")
			default:
				b.WriteString(l.Words + "\n\n")
			}
		}
	}
	return b.String()
}

// markdown gives a table as GitHub's Markdown does.
func (t *Table) markdown() string {
	var b strings.Builder
	row := func(cells []string) {
		for _, c := range cells {
			c = strings.NewReplacer("|", "\\|", "\n", "<br>").Replace(c)
			b.WriteString("| " + c + " ")
		}
		b.WriteString("|\n")
	}
	row(t.Columns)
	for range t.Columns {
		b.WriteString("| --- ")
	}
	b.WriteString("|\n")
	for _, r := range t.Rows {
		row(r)
	}
	b.WriteString("\n")
	return b.String()
}

// marks says how a comparison is written without style: as in CriticMarkup.
const marks = "{--words that went--} {++words that came++}"

// words gives a comparison with the marks of CriticMarkup.
func (c *Compared) words() string {
	var b strings.Builder
	b.WriteString(strings.Join(page.ComparisonFacts(c.Comparison), ", ") + ".\n\nRead as: " + marks + "\n\n")
	same := 0
	passed := func() {
		if same > 0 {
			b.WriteString("(" + counted(same, "clause") + " unchanged)\n\n")
		}
		same = 0
	}
	for _, ch := range c.Clauses {
		if ch.Kind == draft.Same {
			same++
			continue
		}
		passed()
		b.WriteString(c.name(ch) + ": " + strings.Join(append([]string{strings.ReplaceAll(string(ch.Kind), "+", " and ")}, page.ChangeFacts(ch)...), ", ") + "\n\n")
		for _, r := range ch.Runs {
			switch r.Op {
			case draft.Cut:
				b.WriteString(marked("{--", r.Words, "--}"))
			case draft.Add:
				b.WriteString(marked("{++", r.Words, "++}"))
			default:
				b.WriteString(r.Words)
			}
		}
		b.WriteString("\n\n")
	}
	passed()
	return b.String()
}

// marked puts marks around words, inside the white space around them.
func marked(open, words, closing string) string {
	inner := strings.TrimSpace(words)
	if inner == "" {
		return words
	}
	at := strings.Index(words, inner)
	return words[:at] + open + inner + closing + words[at+len(inner):]
}

// name says which clause changed, and from where it came when it moved.
func (c *Compared) name(ch draft.Change) string {
	name := ""
	switch {
	case ch.NewIndex >= 0:
		name = page.Place(c.New, ch.NewIndex)
	case ch.OldIndex >= 0:
		name = page.Place(c.Old, ch.OldIndex)
	}
	if (ch.Kind == draft.Moved || ch.Kind == draft.MovedChanged) && ch.OldIndex >= 0 {
		name += " (from " + page.Place(c.Old, ch.OldIndex) + ")"
	}
	return or(name, "all words")
}

// writeText writes a paper as plain text.
func writeText(p Paper, _ Options) ([]byte, error) {
	var b strings.Builder
	b.WriteString(p.Title + "\n")
	for _, line := range p.head() {
		b.WriteString(line + "\n")
	}
	b.WriteString("\n")
	for _, part := range p.Parts {
		if part.Heading != "" {
			b.WriteString(part.Heading + "\n\n")
		}
		switch {
		case part.Text != nil:
			b.WriteString(plain(part.Text))
		case part.Compared != nil:
			b.WriteString(part.Compared.words())
		case part.Table != nil:
			b.WriteString(part.Table.text())
		}
		for _, l := range part.Lines {
			b.WriteString(l.Words + "\n")
			if l.Style != Head {
				b.WriteString("\n")
			}
		}
	}
	return []byte(strings.TrimRight(b.String(), "\n") + "\n"), nil
}

// text gives a table row by row, each cell under the name of its column.
func (t *Table) text() string {
	var b strings.Builder
	for _, r := range t.Rows {
		b.WriteString(strings.ReplaceAll(r[0], "\n", ": ") + "\n")
		for i, cell := range r[1:] {
			if cell != "" {
				name, _, _ := strings.Cut(t.Columns[i+1], "\n")
				b.WriteString("  " + name + ": " + strings.ReplaceAll(cell, "\n", "; ") + "\n")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// plain gives a text with its brackets and holders, without the signs of Markdown.
func plain(t *draft.Text) string {
	var b strings.Builder
	for _, p := range t.Pieces {
		switch p.Kind {
		case draft.FrontMatter:
		case draft.Label:
			b.WriteString(strings.TrimLeft(strings.ReplaceAll(p.Src, "*", ""), "# "))
		case draft.Option:
			b.WriteString(strings.ReplaceAll(p.Src, "*", ""))
		case draft.Words:
			b.WriteString(unmarked(p.Src))
		default:
			b.WriteString(p.Src)
		}
	}
	return strings.Trim(b.String(), "\n") + "\n"
}

// unmarked resolves escapes and leaves out the stars of emphasis; a star between
// spaces is a star.
func unmarked(s string) string {
	if !strings.ContainsAny(s, `\*`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		spaced := func(at int) bool { return at < 0 || at >= len(s) || s[at] == ' ' || s[at] == '\n' }
		switch {
		case s[i] == '\\' && i+1 < len(s) && s[i+1] < 0x80 && unicode.In(rune(s[i+1]), unicode.P, unicode.S):
			i++
			b.WriteByte(s[i])
		case s[i] == '*' && !(spaced(i-1) && spaced(i+1)):
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// langOf gives the language of a text, as far as its script and the working
// languages tell: the first of them that is written in the direction of the text.
func langOf(t *draft.Text, languages []string) string {
	right := page.RightToLeft(t)
	for _, l := range languages {
		if page.LanguageIsRightToLeft(l) == right {
			return l
		}
	}
	if right {
		return "und-Arab"
	}
	if len(languages) > 0 {
		return languages[0]
	}
	return "en"
}
