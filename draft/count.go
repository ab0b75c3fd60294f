package draft

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Counts are the figures of a text, or of one clause of it. Front matter is
// left out.
type Counts struct {
	// Clauses is the number of blocks that are not headings and hold anything.
	Clauses int `json:"clauses"`
	// Brackets is the number of pairs "[…]" as they stand, as one counts them
	// by machine, those of Marks included: with the unclosed brackets it is
	// the number of "[", with the unopened ones that of "]". Escaped brackets
	// are not counted.
	Brackets int `json:"brackets"`
	// Alternatives is the number of pairs that have a rival: those in runs of
	// two and more with nothing between ("[shall][should]").
	Alternatives int `json:"alternatives"`
	// Options is the number of lines that begin an option, in any style.
	Options int `json:"options"`
	// BoldOptions is the number of those whose mark comes first on the line and in bold
	// letters ("**Option 1:**", not "2. **Option 1:**").
	BoldOptions int `json:"bold_options"`
	// Placeholders is the number of places where words are to be written
	// later: "[*placeholder for …*]", "[X]", "{placement: …}".
	Placeholders int `json:"placeholders"`
	// MaxDepth is how deep brackets nest: 1 for a bracket in no other. Options
	// and marks do not count.
	MaxDepth int `json:"max_depth"`
	// Words is the number of runs of characters other than white space that
	// hold a letter or a digit, outside of marks, labels, holder lists, blanks and "no
	// text".
	Words int `json:"words"`
	// ContestedWords is the number of words inside any bracket or option.
	ContestedWords int `json:"contested_words"`
	// Marks is the number of pairs that contest nothing: footnote marks and
	// the brackets of links.
	Marks int `json:"marks"`
}

// ClauseCounts are the figures of one clause. A bracket that spans clauses is
// counted where it opens.
type ClauseCounts struct {
	Label   string `json:"label"`
	Section string `json:"section"` // label and words of the nearest heading above; of a heading: its own
	Line    int    `json:"line"`
	Counts
}

// Count gives the figures of the whole text.
func Count(t *Text) Counts { return total(count(t)) }

// total adds the figures of all clauses.
func total(counts []Counts) Counts {
	var sum Counts
	for i := range counts {
		c := &counts[i]
		sum.Clauses += c.Clauses
		sum.Brackets += c.Brackets
		sum.Alternatives += c.Alternatives
		sum.Options += c.Options
		sum.BoldOptions += c.BoldOptions
		sum.Placeholders += c.Placeholders
		sum.MaxDepth = max(sum.MaxDepth, c.MaxDepth)
		sum.Words += c.Words
		sum.ContestedWords += c.ContestedWords
		sum.Marks += c.Marks
	}
	return sum
}

// CountClauses gives the figures of each clause, headings included, in order. Their sums, and
// the greatest depth, are those of the text.
func CountClauses(t *Text) []ClauseCounts {
	counts := make([]ClauseCounts, len(t.Clauses))
	for i, c := range count(t) {
		clause := &t.Clauses[i]
		counts[i] = ClauseCounts{Label: clause.Label, Line: clause.Line, Counts: c}
		section := clause.Section
		if clause.IsHeading() {
			section = i
		}
		if section >= 0 {
			counts[i].Section = strings.TrimSpace(t.Clauses[section].Label + " " + t.Clauses[section].Heading)
		}
	}
	return counts
}

// count gives the figures by clause.
func count(t *Text) []Counts {
	counts := make([]Counts, len(t.Clauses))
	depth := t.bracketDepths()
	for i := range t.Pieces {
		p := &t.Pieces[i]
		if p.Clause < 0 {
			continue
		}
		c := &counts[p.Clause]
		c.piece(t, p, i)
		c.MaxDepth = max(c.MaxDepth, depth[p.Within+1])
		if c.Clauses == 0 && !t.Clauses[p.Clause].IsHeading() && strings.TrimSpace(p.Src) != "" {
			c.Clauses = 1
		}
	}
	return counts
}

// piece adds one piece to the figures of its clause.
func (c *Counts) piece(t *Text, p *Piece, i int) {
	switch p.Kind {
	case Words:
		n := countWords(p.Src)
		c.Words += n
		if p.Within >= 0 {
			c.ContestedWords += n
		}
	case Open:
		a := &t.Alternatives[p.Within]
		if t.Pieces[a.Last-1].Kind != Close || t.Pieces[a.Last-1].Within != p.Within {
			return
		}
		c.Brackets++
		if len(t.Brackets[a.Bracket].Alternatives) > 1 {
			c.Alternatives++
		}
		if a.Placeholder {
			c.Placeholders++
		}
	case NoteMark:
		n := strings.Count(p.Src, "[")
		c.Brackets += n
		c.Marks += n
	case Option:
		a := &t.Alternatives[p.Within]
		if a.First != i {
			return
		}
		c.Options++
		if strings.HasPrefix(p.Src, "**") && t.lineBegins(i) {
			c.BoldOptions++
		}
		if a.Placeholder {
			c.Placeholders++
		}
	case Blank:
		if strings.HasPrefix(p.Src, "{") {
			c.Placeholders++
		}
	}
}

// lineBegins tells whether only white space stands before a piece on its line.
func (t *Text) lineBegins(i int) bool {
	for i--; i >= 0; i-- {
		src := t.Pieces[i].Src
		feed := strings.LastIndexByte(src, '\n')
		if strings.TrimSpace(src[feed+1:]) != "" {
			return false
		}
		if feed >= 0 {
			return true
		}
	}
	return true
}

// bracketDepths gives for each alternative, at its index + 1, how many
// brackets it stands in, its own included and options left out.
func (t *Text) bracketDepths() []int {
	depth := make([]int, len(t.Alternatives)+1)
	for i := range t.Brackets {
		b := &t.Brackets[i]
		for _, a := range b.Alternatives {
			depth[a+1] = depth[b.Within+1]
			if !b.Options {
				depth[a+1]++
			}
		}
	}
	return depth
}

// countWords counts the runs without white space that hold a letter or a
// digit.
func countWords(s string) int {
	n, counted := 0, false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c <= ' ':
				counted = false
			case !counted && (isLetter(c) || isDigit(c)):
				counted = true
				n++
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		if unicode.IsSpace(r) {
			counted = false
		} else if !counted && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)) {
			counted = true
			n++
		}
	}
	return n
}
