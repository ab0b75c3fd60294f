package page

import (
	"math"
)

// scale brings worths to places of a drawing.
type scale struct{ low, high, from, to float64 }

func (s scale) at(v float64) float64 {
	return s.from + (s.to-s.from)*(v-s.low)/(s.high-s.low)
}

// widened leaves room at both ends.
func widened(low, high float64) (float64, float64) {
	room := (high - low) / 20
	return low - room, high + room
}

// ticks are round numbers within a span, about six of them.
func ticks(low, high float64) []float64 {
	raw := (high - low) / 6
	if !(raw > 0) || math.IsInf(raw, 0) {
		return nil
	}
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	step := power
	for _, of := range []float64{1, 2, 5, 10} {
		if step = of * power; step >= raw {
			break
		}
	}
	var out []float64
	for n := math.Ceil(low / step); n*step <= high && len(out) < 12; n++ {
		out = append(out, n*step+0) // 0, never -0
	}
	return out
}

// plane draws two parties: the first to the right, the second upwards.
func (f Frontier) plane(m *markup) {
	lowX, highX := widened(f.span(0))
	lowY, highY := widened(f.span(1))
	x := scale{lowX, highX, planeLeft, planeRight}
	y := scale{lowY, highY, planeBase, planeTop}
	f.zone(m, x, y)
	f.axes(m, x, y)
	m.tag(`<g class="packages" fill-opacity="0.22">`, "\n")
	for _, w := range spots(f.Packages, x, y, mostDots) {
		m.tag(`<circle r="1.6" cx="`)
		m.decimal(w.x)
		m.tag(`" cy="`)
		m.decimal(w.y)
		m.tag("\"/>\n")
	}
	m.tag("</g>\n")
	f.edge(m, x, y)
	f.floors(m, x, y)
	f.marks(m, x, y)
}

// zone shades what is worth more than no deal to both.
func (f Frontier) zone(m *markup, x, y scale) {
	if !f.floored() {
		return
	}
	left, base := planeLeft, planeBase
	if v, ok := f.floor(0); ok {
		left = x.at(v)
	}
	if v, ok := f.floor(1); ok {
		base = y.at(v)
	}
	m.tag(`<rect class="zone" fill-opacity="0.08" x="`)
	m.decimal(left)
	m.tag(`" y="`)
	m.decimal(planeTop)
	m.tag(`" width="`)
	m.decimal(planeRight - left)
	m.tag(`" height="`)
	m.decimal(base - planeTop)
	m.tag("\"/>\n")
}

func (f Frontier) axes(m *markup, x, y scale) {
	m.tag(`<path class="axis" fill="none" stroke="currentColor" stroke-opacity="0.5" d="M52 44V400H462"/>`, "\n", `<g class="quiet" font-size="11">`, "\n")
	for _, v := range ticks(x.low, x.high) {
		m.tag(`<text text-anchor="middle" y="416" x="`)
		m.decimal(x.at(v))
		m.tag(`">`)
		m.words(worthFigure(v))
		m.tag("</text>\n")
	}
	for _, v := range ticks(y.low, y.high) {
		m.tag(`<text text-anchor="end" x="47" y="`)
		m.decimal(y.at(v) + 4)
		m.tag(`">`)
		m.words(worthFigure(v))
		m.tag("</text>\n")
	}
	m.tag("</g>\n", `<text text-anchor="end" font-weight="600" x="462" y="434">`)
	m.words("worth to " + f.Parties[0] + " →")
	m.tag("</text>\n", `<text font-weight="600" x="4" y="37">`)
	m.words("↑ worth to " + f.Parties[1])
	m.tag("</text>\n")
}

// spot is a place of the drawing.
type spot struct{ x, y float64 }

// spots are the places of packages, each once as far as it can be told apart.
func spots(list []Worth, x, y scale, most int) []spot {
	seen := map[spot]bool{}
	var out []spot
	for _, w := range list {
		if len(w) < 2 {
			continue
		}
		at := spot{math.Round(x.at(w[0])*2) / 2, math.Round(y.at(w[1])*2) / 2}
		if !seen[at] {
			seen[at] = true
			out = append(out, at)
		}
	}
	return thinned(out, most)
}

// edge draws the frontier: its packages, and the steps beyond which there is none.
func (f Frontier) edge(m *markup, x, y scale) {
	points := spots(f.Points, x, y, mostDots)
	if len(points) == 0 {
		return
	}
	m.tag(`<path class="edge" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" d="M`)
	for i, p := range points { // from right to left, upwards
		if i > 0 {
			m.tag(`H`)
			m.decimal(p.x)
			m.tag(`V`)
			m.decimal(p.y)
			continue
		}
		m.decimal(p.x)
		m.tag(` `)
		m.decimal(p.y)
	}
	m.tag("\"/>\n", `<g class="edge-points">`, "\n")
	radius := 3.2
	if len(points) > 150 {
		radius = 2
	}
	for _, p := range points {
		m.tag(`<circle class="edge-point" cx="`)
		m.decimal(p.x)
		m.tag(`" cy="`)
		m.decimal(p.y)
		m.tag(`" r="`)
		m.decimal(radius)
		m.tag("\"/>\n")
	}
	m.tag("</g>\n")
}

// floors draws the reservation values as broken lines.
func (f Frontier) floors(m *markup, x, y scale) {
	if v, ok := f.floor(0); ok {
		m.tag(`<path class="floor" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="5 4" d="M`)
		m.decimal(x.at(v))
		m.tag(` 44V400"/>`, "\n")
	}
	if v, ok := f.floor(1); ok {
		m.tag(`<path class="floor" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="5 4" d="M52 `)
		m.decimal(y.at(v))
		m.tag(`H462"/>`, "\n")
	}
}

// marks draws the packages that stand out. Those at one place share a label, and
// labels keep clear of each other where there is room.
func (f Frontier) marks(m *markup, x, y scale) {
	var taken []spot
	done := map[spot]bool{}
	for i, k := range f.Marked {
		if len(k.At) < 2 {
			continue
		}
		at := spot{x.at(k.At[0]), y.at(k.At[1])}
		if done[at] {
			continue
		}
		done[at] = true
		letters := k.Letter
		for _, other := range f.Marked[i+1:] {
			if len(other.At) > 1 && (spot{x.at(other.At[0]), y.at(other.At[1])}) == at {
				letters += " " + other.Letter
			}
		}
		shape(m, i%shapes, at.x, at.y)
		label := clear(at, float64(runes(letters))*8, taken)
		taken = append(taken, label)
		m.tag(`<text class="mark-letter" paint-order="stroke" stroke-width="3" stroke-linejoin="round" font-weight="700" font-size="13" text-anchor="middle" x="`)
		m.decimal(label.x)
		m.tag(`" y="`)
		m.decimal(label.y)
		m.tag(`">`)
		m.words(letters)
		m.tag("</text>\n")
	}
}

// clear chooses a place for a label beside a mark.
func clear(at spot, width float64, taken []spot) spot {
	aside := 10 + width/2
	places := []spot{{at.x + aside, at.y - 6}, {at.x - aside, at.y + 14}, {at.x + aside, at.y + 14}, {at.x - aside, at.y - 6}, {at.x, at.y - 14}, {at.x, at.y + 22}}
	for _, p := range places {
		free := p.x-width/2 > planeLeft && p.x+width/2 < planeRight && p.y > planeTop && p.y < planeBase
		for _, t := range taken {
			free = free && (math.Abs(t.x-p.x) > width+8 || math.Abs(t.y-p.y) > 13)
		}
		if free {
			return p
		}
	}
	return places[0]
}

// shapes is how many marks are told apart by their shape.
const shapes = 5

// shape draws a mark: circle, square, diamond, triangle, cross.
func shape(m *markup, which int, x, y float64) {
	m.tag(`<path class="mark" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" transform="translate(`)
	m.decimal(x)
	m.tag(` `)
	m.decimal(y)
	m.tag(`)" d="`)
	m.tag([shapes]literal{
		`M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0Z`, `M-5 -5H5V5H-5Z`, `M0 -7L7 0L0 7L-7 0Z`, `M0 -6.5L6 5H-6Z`,
		`M-2 -6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z`,
	}[which])
	m.tag("\"/>\n")
}
