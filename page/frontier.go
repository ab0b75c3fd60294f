package page

import (
	"context"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Frontier shows what packages are worth to the parties: two of them as a plane
// with one axis for each, more as one upright axis for each, with a line through
// them for every package. It is a Component: one SVG with a title and a
// description that says in words what is drawn. It shows what it is given, and
// knows nothing of who may see it.
type Frontier struct {
	ID       string // makes the ids of title and description unique on a page; "frontier" when empty
	Title    string // "What packages are worth" when empty
	Parties  []string
	Packages []Worth // all packages, drawn faintly; may be empty
	Points   []Worth // the frontier, by falling worth to the first party
	Marked   []Mark  // solution points, a tentative package; in the order of the legend
	// Floors are the parties' reservation values; NaN for a party without one, or
	// whose value is not shown. May be nil.
	Floors []float64
	// Partial says in words that Points is not the whole frontier; may be empty.
	Partial string
	Alone   bool // a file of its own: carries its own style, for light, dark and print
}

// Worth is what a package is worth to each party, in the parties' order.
type Worth []float64

// Mark is a package that stands out.
type Mark struct {
	Letter string // at the drawing: "N"
	Name   string // in the legend: "Nash"
	At     Worth
}

// The measures of the drawing, in units of the SVG.
const (
	planeWidth = 480.0
	planeLeft  = 52.0
	planeRight = 462.0
	planeTop   = 44.0
	planeBase  = 400.0
	axesRight  = 396.0
	legendLine = 20.0
	mostDots   = 4000 // of faint dots, and of points of the frontier
	mostLines  = 300  // through upright axes
)

// Render writes the SVG.
func (f Frontier) Render(ctx context.Context, w io.Writer) error {
	return component(f.draw).Render(ctx, w)
}

func (f Frontier) draw(m *markup) {
	id, title := f.ID, f.Title
	if id == "" {
		id = "frontier"
	}
	if title == "" {
		title = "What packages are worth"
	}
	legend := f.legend()
	height := planeBase + 56 + legendLine*float64(len(legend))
	m.tag(`<svg xmlns="http://www.w3.org/2000/svg" class="frontier" role="img" viewBox="0 0 480 `)
	m.decimal(height)
	m.tag(`"`)
	if f.Alone {
		m.tag(` width="720" height="`)
		m.decimal(height * 1.5)
		m.tag(`"`)
	}
	m.tag(` fill="currentColor" font-family="system-ui, sans-serif" font-size="12"`)
	m.attr(`aria-labelledby`, id+"-title "+id+"-desc")
	m.tag(">\n<title")
	m.attr(`id`, id+"-title")
	m.tag(`>`)
	m.words(title)
	m.tag("</title>\n<desc")
	m.attr(`id`, id+"-desc")
	m.tag(`>`)
	m.words(f.describe())
	m.tag("</desc>\n")
	if f.Alone {
		m.tag(frontierStyle)
	}
	m.tag(`<text x="4" y="20" font-size="15" font-weight="600">`)
	m.words(title)
	m.tag("</text>\n")
	if len(f.Parties) == 2 {
		f.plane(m)
	} else {
		f.upright(m)
	}
	for i, line := range legend {
		m.tag(`<g class="entry" transform="translate(12 `)
		m.decimal(planeBase + 62 + legendLine*float64(i))
		m.tag(")\">")
		f.key(m, line)
		m.tag("</g>\n")
	}
	m.tag("</svg>\n")
}

const frontierStyle = `<style>
svg { color: #1d2430; background: #fff; --accent: #1f4e8c; --bracket: #7a4a00; --quiet: #596273; --paper: #fff; }
@media (prefers-color-scheme: dark) { svg { color: #e6e8ec; background: #14171c; --accent: #8fb8f0; --bracket: #e3b566; --quiet: #a2abb9; --paper: #14171c; } }
@media print { svg { color: #000; background: none; --accent: #000; --bracket: #000; --quiet: #333; --paper: #fff; } }
.edge, .edge-line { stroke: var(--accent); } .edge-point { fill: var(--accent); } .zone { fill: var(--accent); } .floor { stroke: var(--bracket); } .floor-name { fill: var(--bracket); }
.quiet { fill: var(--quiet); } .mark { stroke: currentColor; fill: var(--paper); } .mark-letter { stroke: var(--paper); }
</style>
`

// legendEntry is a line below the drawing.
type legendEntry struct {
	shape int // of the mark, that of the first at its place
	mark  int // which of Marked it names; -1 for none
	words string
	more  bool // it goes on with a mark's words
}

func (f Frontier) legend() []legendEntry {
	var out []legendEntry
	for i, k := range f.Marked {
		first := slices.IndexFunc(f.Marked, func(o Mark) bool { return slices.Equal(o.At, k.At) })
		out = append(out, legendEntry{shape: max(first, 0) % shapes, mark: i, words: k.Letter + "  " + k.Name + ": " + f.worthsOf(k.At)})
	}
	if f.floored() {
		out = append(out, legendEntry{shape: -1, mark: -1, words: "Broken line: the worth of no deal. Shaded: worth more than no deal to all who said."})
	}
	if f.Partial != "" {
		out = append(out, legendEntry{shape: -1, mark: -1, words: f.Partial})
	}
	if n := f.leftOut(); n > 0 {
		out = append(out, legendEntry{shape: -1, mark: -1, words: "Drawn: an even choice of the " + Figure(n) + " packages of the frontier."})
	}
	var lines []legendEntry
	for _, e := range out {
		for i, words := range folded(e.words, 72) {
			if i > 0 {
				e = legendEntry{shape: -1, mark: -1, more: e.mark >= 0 || e.more}
			}
			e.words = words
			lines = append(lines, e)
		}
	}
	return lines
}

// folded breaks words into lines of at most n characters, a longer word aside.
func folded(words string, n int) []string {
	var lines []string
	for _, w := range strings.Fields(words) {
		if last := len(lines) - 1; last >= 0 && runes(lines[last])+1+runes(w) <= n {
			lines[last] += " " + w
		} else {
			lines = append(lines, w)
		}
	}
	return lines
}

// leftOut gives the number of the frontier's points when not all are drawn.
func (f Frontier) leftOut() int {
	most := mostDots
	if len(f.Parties) != 2 {
		most = mostLines
	}
	if len(f.Points) > most {
		return len(f.Points)
	}
	return 0
}

func (f Frontier) key(m *markup, line legendEntry) {
	if line.mark >= 0 {
		if len(f.Parties) != 2 {
			m.tag(`<path class="mark-line" fill="none" stroke="currentColor" stroke-width="2.2" d="M-8 -4H16"`)
			m.attr(`stroke-dasharray`, dashes[line.mark%len(dashes)])
			m.tag(`/>`)
		} else {
			shape(m, line.shape, 0, -4)
		}
	}
	m.tag(`<text x="`)
	if line.mark >= 0 || line.more {
		m.tag(`22`)
	} else {
		m.tag(`-8`)
	}
	m.tag(`" y="0">`)
	m.words(line.words)
	m.tag(`</text>`)
}

// worthsOf says the worths of a package by party.
func (f Frontier) worthsOf(at Worth) string {
	var b strings.Builder
	for i, w := range at {
		if i > 0 {
			b.WriteString(", ")
		}
		if i < len(f.Parties) && len(at) <= 3 {
			b.WriteString(f.Parties[i] + " ")
		}
		b.WriteString(worthFigure(w))
	}
	return b.String()
}

// worthFigure writes a worth with four significant digits.
func worthFigure(w float64) string {
	if w == 0 || math.Abs(w) >= 1000 {
		return strconv.FormatFloat(math.Round(w), 'f', -1, 64)
	}
	s := strconv.FormatFloat(w, 'g', 4, 64)
	if v, err := strconv.ParseFloat(s, 64); err == nil {
		s = strconv.FormatFloat(v, 'f', -1, 64)
	}
	return s
}

// floor gives a party's reservation value, if it is known.
func (f Frontier) floor(i int) (float64, bool) {
	if i >= len(f.Floors) || math.IsNaN(f.Floors[i]) {
		return 0, false
	}
	return f.Floors[i], true
}

func (f Frontier) floored() bool {
	for i := range f.Floors {
		if _, ok := f.floor(i); ok {
			return true
		}
	}
	return false
}

// span gives the least and the greatest worth to a party of all that is drawn.
func (f Frontier) span(party int) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	take := func(v float64) {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			low, high = min(low, v), max(high, v)
		}
	}
	for _, list := range [][]Worth{f.Packages, f.Points} {
		for _, w := range list {
			if party < len(w) {
				take(w[party])
			}
		}
	}
	for _, k := range f.Marked {
		if party < len(k.At) {
			take(k.At[party])
		}
	}
	if v, ok := f.floor(party); ok {
		take(v)
	}
	switch {
	case low > high:
		return 0, 1
	case low == high:
		return low - 0.5, high + 0.5
	}
	return low, high
}

// describe tells the drawing in words.
func (f Frontier) describe() string {
	var b strings.Builder
	b.WriteString("Parties: " + strings.Join(f.Parties, ", ") + ".")
	if n := len(f.Packages); n > 0 {
		b.WriteString(" Packages: " + Figure(n) + ".")
	}
	b.WriteString(" On the frontier: " + Figure(len(f.Points)) + ".")
	for i, name := range f.Parties {
		if v, ok := f.floor(i); ok {
			b.WriteString(" No deal is worth " + worthFigure(v) + " to " + name + ".")
		}
	}
	for _, k := range f.Marked {
		b.WriteString(" " + k.Name + ": " + f.worthsOf(k.At) + ".")
	}
	if f.Partial != "" {
		b.WriteString(" " + f.Partial)
	}
	return b.String()
}

// Table gives the marked packages as a table: a row for each, a column for each
// party.
func (f Frontier) Table() Component {
	v := TableView{Caption: "What the marked packages are worth", Columns: append([]string{"Package"}, f.Parties...)}
	for _, k := range f.Marked {
		row := []string{k.Name}
		for i := range f.Parties {
			cell := ""
			if i < len(k.At) {
				cell = worthFigure(k.At[i])
			}
			row = append(row, cell)
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// thinned gives at most n of a list, evenly, its ends among them.
func thinned[T any](list []T, n int) []T {
	if len(list) <= n {
		return list
	}
	out := make([]T, n)
	for i := range out {
		out[i] = list[i*(len(list)-1)/(n-1)]
	}
	return out
}
