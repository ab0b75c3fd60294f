package draft

import (
	"cmp"
	"slices"
	"strings"
)

// mode is a way to print words so that they are not read as marks.
type mode struct {
	carried bool // brackets of the submissions stand as written
	inline  bool // no line begins within a bracket
	flat    bool // no line begins at all, so that nothing stands at the head of one by chance
}

// modes gives the ways to print the texts, best first. Where brackets do not
// balance, a parser must guess how far they reach, and lines within brackets mislead it.
func modes(base *Text, submissions []Submission) []mode {
	var marked, unbalanced bool
	look := func(t *Text) {
		marked = marked || hasMarks(t)
		unbalanced = unbalanced || len(t.Unbalanced) > 0
	}
	if base != nil {
		look(base)
	}
	for _, s := range submissions {
		look(s.Text)
	}
	if marked {
		return []mode{{carried: true, inline: unbalanced}, {}, {inline: true, flat: true}}
	}
	return []mode{{}, {inline: true, flat: true}}
}

// hasMarks tells whether words of a text could be read as marks.
func hasMarks(t *Text) bool {
	for _, p := range t.Pieces {
		if p.Kind != FrontMatter && (p.Kind != Words && p.Kind != Label || strings.ContainsAny(p.Src, `[]\`)) {
			return true
		}
	}
	return false
}

// printer writes a compilation.
type printer struct {
	*compiler
	mode
	out   strings.Builder
	seats *seatList
	rows  [][]int // of the section being written
	first bool    // no section is written yet
	depth int     // of brackets
	fresh bool    // nothing is written since the last bracket opened
	guard bool    // and the bracket has no holders: what follows must not read as such
}

// print gives the compilation as written text.
func (c *compiler) print(planks []plank, m mode) string {
	p := printer{compiler: c, mode: m, seats: newSeatList(c.declared)}
	c.collation.fits = nil
	if m.carried {
		c.collation.fits = p.asWritten
	}
	p.front()
	for _, s := range c.sections(planks) {
		if s.same < 0 && s.passages == nil {
			continue
		}
		p.out.WriteString(p.before(s))
		p.fresh, p.guard = true, false
		p.rows = s.rows
		if s.same >= 0 {
			p.clause(s.same)
		} else {
			p.passages(s.passages)
		}
	}
	p.out.WriteString("\n")
	return p.out.String()
}

// front writes the front matter.
func (p *printer) front() {
	p.out.WriteString("---\n")
	if t := p.compiler.front.Title; t != "" {
		p.out.WriteString("title: " + t + "\n")
	}
	p.out.WriteString("seats: ")
	for i, s := range p.compiler.declared {
		if i > 0 {
			p.out.WriteString(", ")
		}
		p.out.WriteString(string(s))
	}
	if p.carried {
		p.out.WriteString("\nbrackets: carried")
	}
	p.out.WriteString("\n---\n")
	p.first = true
}

// before gives the white space before a section: as the first of the texts
// that has it has it.
func (p *printer) before(s section) string {
	blank := s.planks[0].before
	if p.first {
		p.first = false
		return "\n"
	}
	if p.flat {
		return " "
	}
	indent := blank[strings.LastIndexByte(blank, '\n')+1:]
	if strings.Trim(indent, " \t") != "" {
		indent = ""
	}
	if strings.Count(blank, "\n") == 1 {
		return "\n" + indent
	}
	return "\n\n" + indent
}

// clause writes a clause that nobody changed: as it stands where nothing has
// to be escaped.
func (p *printer) clause(n int32) {
	w := &p.clauses[n]
	if !p.flat && (p.carried || !p.escapes(w.raw)) {
		p.out.WriteString(w.raw)
		return
	}
	w = p.known(n)
	p.words(w.words, w.gaps)
}

// escapes tells whether something in s may have to be escaped.
func (p *printer) escapes(s string) bool {
	if strings.ContainsAny(s, `[]\`) {
		return true
	}
	for word := range strings.FieldsSeq(s) {
		if opensOption(word) {
			return true
		}
	}
	return false
}

// passages writes passages one after the other.
func (p *printer) passages(ps []passage) {
	for _, x := range ps {
		if x.alternatives == nil {
			p.words(x.words, x.gaps)
			continue
		}
		p.gap(firstGap(x))
		for _, v := range p.ordered(x.alternatives) {
			p.variant(v)
		}
		p.fresh = false
	}
}

// variant writes one alternative.
func (p *printer) variant(v variant) {
	p.out.WriteByte('[')
	p.depth++
	if !v.silent {
		for i, s := range p.holders(v) {
			if i > 0 {
				p.out.WriteString(", ")
			}
			p.out.WriteString(string(p.compiler.seats[s]))
		}
		p.out.WriteString(": ")
	}
	p.fresh, p.guard = true, v.silent
	if len(v.body) == 0 {
		p.out.WriteString("no text")
	}
	if !p.carried && len(v.body) == 1 && p.silence(v.body[0].words) {
		p.out.WriteByte('\\')
	}
	p.passages(v.body)
	p.out.WriteByte(']')
	p.depth--
}

// holders gives the seats of an alternative, as indices of submissions in
// order.
func (p *printer) holders(v variant) []int {
	var out []int
	for _, r := range v.rows {
		for _, t := range p.rows[r] {
			out = append(out, p.texts[t].seats...)
		}
	}
	slices.Sort(out)
	return out
}

// ordered gives the base's words first and then the alternatives in the order
// of the submissions.
func (p *printer) ordered(vs []variant) []variant {
	vs = slices.Clone(vs)
	first := func(v variant) int {
		if v.silent {
			return -1
		}
		return slices.Min(p.holders(v))
	}
	slices.SortFunc(vs, func(x, y variant) int { return cmp.Compare(first(x), first(y)) })
	return vs
}

// firstGap gives the white space before the first word of a passage.
func firstGap(x passage) gap {
	if len(x.words) > 0 {
		return x.gaps[0]
	}
	for _, v := range x.alternatives {
		if len(v.body) > 0 {
			return firstGap(v.body[0])
		}
	}
	return spaced
}

// gap writes white space, unless a bracket was just opened.
func (p *printer) gap(g gap) {
	if p.fresh {
		p.fresh = false
		return
	}
	switch {
	case p.flat || g == spaced || p.inline && p.depth > 0:
		p.out.WriteByte(' ')
	case g == broken:
		p.out.WriteByte('\n')
	default:
		p.out.WriteString("\n\n")
	}
}

// words writes words that all readers share, escaped as the mode needs it.
func (p *printer) words(words []int32, gaps []gap) {
	guarded := p.fresh && p.guard
	at, offset := -1, 0 // a colon that has to be escaped
	if guarded {
		at, offset = p.holderList(words)
	}
	for i, w := range words {
		p.gap(gaps[i])
		text := p.collation.words.text[w]
		if p.carried {
			p.out.WriteString(text)
			continue
		}
		if p.option(words[i:]) || guarded && i == 0 && text[0] == '^' {
			p.out.WriteByte('\\')
		}
		if i == at {
			p.escape(text[:offset])
			p.out.WriteString(`\:`)
			text = text[offset+1:]
		}
		p.escape(text)
	}
}

// holderList gives the place of the colon that would end a holder list, if the
// words begin as one; else -1.
func (p *printer) holderList(words []int32) (word, offset int) {
	if _, length, _ := p.seats.seat(strings.TrimLeft(p.plain(words[:min(len(words), 4)]), " *_")); length == 0 {
		return -1, 0
	}
	word = slices.IndexFunc(words, func(w int32) bool { return strings.Contains(p.collation.words.text[w], ":") })
	if word < 0 {
		return -1, 0
	}
	if _, length := p.seats.list(p.plain(words[:word+1])); length == 0 {
		return -1, 0
	}
	return word, strings.IndexByte(p.collation.words.text[words[word]], ':')
}

// option tells whether the words begin as the mark of an option does.
func (p *printer) option(words []int32) bool {
	if !opensOption(p.collation.words.text[words[0]]) {
		return false
	}
	for n := 1; n <= min(len(words), 8); n++ {
		if _, length := optionMarkAt(p.plain(words[:n])); length > 0 {
			return true
		}
	}
	return false
}

// silence tells whether words would be read as "no text".
func (p *printer) silence(words []int32) bool {
	return len(words) > 0 && len(words) <= 2 && silence(p.plain(words))
}

// asWritten tells whether words whose brackets balance may stand as an
// alternative as they are: nothing in them would be read as a mark of ours.
func (p *printer) asWritten(words []int32, silent bool) bool {
	if len(words) == 0 {
		return true
	}
	if list, _ := p.holderList(words); silent && (list >= 0 || p.noteMark(words)) || p.silence(words) {
		return false
	}
	return !p.option(words)
}

// noteMark tells whether words in brackets could be read as a footnote mark.
func (p *printer) noteMark(words []int32) bool {
	text := p.collation.words.text[words[0]]
	return len(words) == 1 && (text[0] == '^' || digitsLength(text) == len(text))
}

// opensOption tells whether a word may be the first of an option's mark.
func opensOption(word string) bool {
	word = strings.ToLower(strings.TrimLeft(word, "*_"))
	return strings.HasPrefix(word, "alt") || strings.HasPrefix(word, "option")
}

// escape writes a word so that none of its characters is read as a mark.
func (p *printer) escape(word string) {
	for {
		n := strings.IndexAny(word, `[]\`)
		if n < 0 {
			p.out.WriteString(word)
			return
		}
		p.out.WriteString(word[:n])
		p.out.WriteByte('\\')
		p.out.WriteByte(word[n])
		word = word[n+1:]
	}
}

// plain gives words with single spaces between.
func (p *printer) plain(words []int32) string {
	text := make([]string, len(words))
	for i, w := range words {
		text[i] = p.collation.words.text[w]
	}
	return strings.Join(text, " ")
}
