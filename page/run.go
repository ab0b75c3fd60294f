package page

import (
	"context"
	"io"
	"strconv"
	"strings"
)

// Run shows how the figures of a text ran over its states: one small drawing
// for each figure, every one with its own scale from zero, because brackets
// and words are not of one measure and no single number tells how near an
// agreement is. It is a Component: one SVG with a title, a description, and
// values in figures beside the points.
type Run struct {
	ID     string   // makes the ids of title and description unique on a page; "run" when empty
	Title  string   // what the run is of; "Run of the figures" when empty
	States []string // names of the states, oldest first: symbols or file names
	Series []Series // in the order in which they are drawn
	Alone  bool     // a file of its own: carries its own style, for light, dark and print
	Wide   int      // drawings side by side; 3 when 0
}

// Series is one figure over the states.
type Series struct {
	Name   string // "brackets", "contested words"
	Values []int  // one for each state; never negative
}

// The measures of a drawing, in units of the SVG (pixels at its natural size).
const (
	panelWidth  = 300.0
	panelHeight = 190.0
	panelLeft   = 28.0  // to the first point
	panelRight  = 262.0 // to the last point
	panelTop    = 66.0  // the highest value
	panelBase   = 150.0 // zero
	headHeight  = 44.0
)

// Render writes the SVG.
func (r Run) Render(ctx context.Context, w io.Writer) error {
	return component(r.draw).Render(ctx, w)
}

func (r Run) draw(m *markup) {
	wide := r.Wide
	if wide == 0 {
		wide = 3
	}
	wide = max(1, min(wide, len(r.Series)))
	high := (len(r.Series) + wide - 1) / wide
	id, title := r.ID, r.Title
	if id == "" {
		id = "run"
	}
	if title == "" {
		title = "Run of the figures"
	}
	m.tag(`<svg xmlns="http://www.w3.org/2000/svg" class="run" role="img" viewBox="0 0 `)
	m.decimal(float64(wide) * panelWidth)
	m.tag(` `)
	m.decimal(headHeight + float64(high)*panelHeight)
	m.tag(`"`)
	if r.Alone {
		m.tag(` width="`)
		m.decimal(float64(wide) * panelWidth)
		m.tag(`" height="`)
		m.decimal(headHeight + float64(high)*panelHeight)
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
	m.words(r.describe())
	m.tag("</desc>\n")
	if r.Alone {
		m.tag(aloneStyle)
	}
	m.tag(`<text x="4" y="24" font-size="16" font-weight="600">`)
	m.words(title)
	m.tag("</text>\n")
	for i, s := range r.Series {
		m.tag(`<g transform="translate(`)
		m.decimal(float64(i%wide) * panelWidth)
		m.tag(` `)
		m.decimal(headHeight + float64(i/wide)*panelHeight)
		m.tag(")\">\n")
		r.panel(m, s)
		m.tag("</g>\n")
	}
	m.tag("</svg>\n")
}

const aloneStyle = `<style>
svg { color: #1d2430; background: #fff; }
.line { stroke: #1f4e8c; } .point { fill: #1f4e8c; }
@media (prefers-color-scheme: dark) { svg { color: #e6e8ec; background: #14171c; } .line { stroke: #8fb8f0; } .point { fill: #8fb8f0; } }
@media print { svg { color: #000; background: none; } .line { stroke: #000; } .point { fill: #000; } }
</style>
`

// panel draws one series.
func (r Run) panel(m *markup, s Series) {
	top := 1
	for _, v := range s.Values {
		top = max(top, v)
	}
	n := len(s.Values)
	x := func(i int) float64 {
		if n == 1 {
			return (panelLeft + panelRight) / 2
		}
		return panelLeft + (panelRight-panelLeft)*float64(i)/float64(n-1)
	}
	y := func(i int) float64 {
		return panelBase - (panelBase-panelTop)*float64(s.Values[i])/float64(top)
	}
	m.tag(`<text x="4" y="28" font-size="13" font-weight="600">`)
	m.words(s.Name)
	m.tag("</text>\n", `<path class="axis" fill="none" stroke="currentColor" stroke-opacity="0.45" d="M4 150.5H286"/>`, "\n")
	if n == 0 {
		return
	}
	if n > 1 {
		m.tag(`<path class="area" fill-opacity="0.07" d="`)
		m.path(n, x, y)
		m.tag(`L`)
		m.decimal(x(n - 1))
		m.tag(` 150L`)
		m.decimal(x(0))
		m.tag(` 150Z"/>`, "\n", `<path class="line" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" d="`)
		m.path(n, x, y)
		m.tag("\"/>\n")
	}
	for i := range n {
		m.tag(`<circle class="point" r="3.5" cx="`)
		m.decimal(x(i))
		m.tag(`" cy="`)
		m.decimal(y(i))
		m.tag(`"><title>`)
		m.words(r.state(i) + ": " + Figure(s.Values[i]))
		m.tag("</title></circle>\n")
	}
	for _, i := range labelled(n, func(i int) int { return runes(Figure(s.Values[i])) * 7 }, x) {
		m.tag(`<text class="value" text-anchor="middle" x="`)
		m.decimal(x(i) + aside(s.Values, i))
		m.tag(`" y="`)
		m.decimal(y(i) - 9)
		m.tag(`">`)
		m.words(Figure(s.Values[i]))
		m.tag("</text>\n")
	}
	names := r.short()
	for _, i := range labelled(n, func(i int) int { return runes(names[i]) * 7 }, x) {
		at, anchor := x(i), literal(`middle`)
		half := float64(runes(names[i])) * 3.2
		switch {
		case n > 1 && i == 0 && at-half < 4:
			at, anchor = 4, `start`
		case n > 1 && i == n-1 && at+half > 286:
			at, anchor = 286, `end`
		}
		m.tag(`<text class="state" font-size="11" text-anchor="`, anchor, `" x="`)
		m.decimal(at)
		m.tag(`" y="168">`)
		m.words(names[i])
		m.tag("</text>\n")
	}
}

// aside is how far a label at the end of a line stands beside its point, when
// the line would otherwise run through it.
func aside(values []int, i int) float64 {
	last := len(values) - 1
	switch {
	case i == 0 && last > 0 && values[1] > values[0]:
		return -10
	case i == last && last > 0 && values[last-1] > values[last]:
		return 10
	}
	return 0
}

func (m *markup) path(n int, x, y func(int) float64) {
	for i := range n {
		if i == 0 {
			m.tag(`M`)
		} else {
			m.tag(`L`)
		}
		m.decimal(x(i))
		m.tag(` `)
		m.decimal(y(i))
	}
}

// labelled chooses the points that get a label, so that labels of the given
// widths do not meet: the last, the first, and between them what fits.
func labelled(n int, width func(int) int, x func(int) float64) []int {
	fits := func(i, j int) bool { return x(j)-x(i) >= float64(width(i)+width(j))/2+6 }
	last := n - 1
	if n == 1 {
		return []int{0}
	}
	if !fits(0, last) {
		return []int{last}
	}
	chosen := []int{0}
	for i := 1; i < last; i++ {
		if fits(chosen[len(chosen)-1], i) && fits(i, last) {
			chosen = append(chosen, i)
		}
	}
	return append(chosen, last)
}

// short gives the states' names, cut to what stands under a point.
func (r Run) short() []string {
	const most = 20
	names := make([]string, 0, len(r.States))
	for i := range r.States {
		name := []rune(r.state(i))
		if len(name) > most {
			name = append([]rune{'…'}, name[len(name)-most+1:]...)
		}
		names = append(names, string(name))
	}
	return names
}

func (r Run) state(i int) string {
	if i < len(r.States) && r.States[i] != "" {
		return r.States[i]
	}
	return strconv.Itoa(i + 1)
}

// describe tells the run in words.
func (r Run) describe() string {
	var b strings.Builder
	b.WriteString("States: ")
	for i := range r.States {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(r.state(i))
	}
	b.WriteString(".")
	for _, s := range r.Series {
		b.WriteString(" " + s.Name + ": ")
		for i, v := range s.Values {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(Figure(v))
		}
		b.WriteString(".")
	}
	return b.String()
}

// Table gives the same figures as a table: a row for each state.
func (r Run) Table() Component {
	return component(func(m *markup) {
		m.tag(`<table class="figures"><thead><tr><th scope="col">State</th>`)
		for _, s := range r.Series {
			m.tag(`<th scope="col">`)
			m.words(s.Name)
			m.tag(`</th>`)
		}
		m.tag("</tr></thead><tbody>\n")
		for i := range r.States {
			m.tag(`<tr><th scope="row">`)
			m.words(r.state(i))
			m.tag(`</th>`)
			for _, s := range r.Series {
				m.tag(`<td>`)
				if i < len(s.Values) {
					m.words(Figure(s.Values[i]))
				}
				m.tag(`</td>`)
			}
			m.tag("</tr>\n")
		}
		m.tag("</tbody></table>\n")
	})
}

// Figure writes a number with a comma between thousands: "1,052".
func Figure(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
