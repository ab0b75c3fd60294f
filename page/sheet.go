package page

import (
	"fmt"
	"strconv"
	"strings"
)

// The measures of a printed page, in points. Every line of a text stands on a
// grid of lineHeight, so that the numbers in the margin, which stand on the same
// grid, name lines: no style sheet can count lines, but it can keep them apart.
const (
	lineHeight = 17
	topMargin  = 68
	footMargin = 62
)

// paper is a size of paper: its name in CSS (Paged Media, section 7) and its
// height in points.
type paper struct {
	css    string
	height int
}

var sheets = map[string]paper{"": {"A4", 842}, "a4": {"A4", 842}, "letter": {"letter", 792}}

// sheet is the page of paper. On every page stand the symbol and what it is of, at
// the foot the fingerprint and "page x of y"; where lines are numbered, every fifth
// number stands in the margin at which lines begin.
func (d Document) sheet() string {
	p := sheets[d.Sheet]
	if p.css == "" {
		p = sheets[""]
	}
	orientation, height := "", p.height
	if d.Across {
		orientation = " landscape"
		height = map[string]int{"A4": 595, "letter": 612}[p.css]
	}
	identity := d.Symbol
	if identity == "" {
		identity = d.Title
	}
	of := strings.TrimPrefix(d.State+" · "+d.Reader, " · ")
	of = strings.TrimSuffix(of, " · ")
	print := ""
	if d.Fingerprint != "" {
		print = "fingerprint " + groups(d.Fingerprint)
	}
	lines := height - topMargin - footMargin
	lines /= lineHeight
	foot := height - topMargin - lines*lineHeight // what is left over stands at the foot
	var b strings.Builder
	fmt.Fprintf(&b, `@page { size: %s%s; margin: %dpt 51pt %dpt 68pt;
  @top-left { content: %s; font: 600 8pt sans-serif; vertical-align: middle; }
  @top-right { content: %s; font: 8pt sans-serif; vertical-align: middle; }
  @bottom-left { content: %s; font: 8pt monospace; vertical-align: middle; }
  @bottom-right { content: "page " counter(page) " of " counter(pages); font: 8pt sans-serif; vertical-align: middle; }
`, p.css, orientation, topMargin, foot, cssString(cut(identity, 60)), cssString(cut(of, 70)), cssString(print))
	if d.Lines {
		side, padding, align := "left", "padding-right: 10pt", "right"
		if d.Right {
			side, padding, align = "right", "padding-left: 10pt", "left"
		}
		fmt.Fprintf(&b, `  @%s-top { content: %s; white-space: pre; font: 7pt/%dpt sans-serif; text-align: %s; vertical-align: top; %s; }
`, side, lineNumbers(lines), lineHeight, align, padding)
	}
	b.WriteString("}\n")
	return b.String()
}

// lineNumbers gives every fifth number of so many lines, each on its line.
func lineNumbers(lines int) string {
	var b strings.Builder
	b.WriteByte('"')
	for n := 1; n <= lines; n++ {
		if n%5 == 0 {
			b.WriteString(strconv.Itoa(n))
		}
		if n < lines {
			b.WriteString(`\00000a`)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// groups gives the start of a fingerprint in groups, enough to compare by eye.
func groups(fingerprint string) string {
	if len(fingerprint) < 16 {
		return fingerprint
	}
	f := fingerprint[:16]
	return f[0:4] + " " + f[4:8] + " " + f[8:12] + " " + f[12:16]
}

// cut cuts words after at most so many characters.
func cut(words string, most int) string {
	if runes(words) <= most {
		return words
	}
	return string([]rune(words)[:most-1]) + "…"
}
