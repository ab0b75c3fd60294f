package page

// dashes tell marked packages apart where they are lines.
var dashes = []string{"", "9 4", "2 4", "12 4 2 4", "5 3"}

// upright draws an axis for each party, from the least worth at its foot to the
// greatest at its head, and each package as a line through them (Inselberg, "The
// plane with parallel coordinates", The Visual Computer 1, 1985).
func (f Frontier) upright(m *markup) {
	n := len(f.Parties)
	if n == 0 {
		return
	}
	axes := make([]scale, n)
	for i := range axes {
		low, high := f.span(i)
		axes[i] = scale{low, high, planeBase - 14, planeTop + 30}
	}
	x := func(i int) float64 {
		if n == 1 {
			return (planeLeft + axesRight) / 2
		}
		return planeLeft + (axesRight-planeLeft)*float64(i)/float64(n-1)
	}
	m.tag(`<g class="edge-lines" fill="none" stroke-opacity="0.22" stroke-width="1.2">`, "\n")
	for _, w := range thinned(f.Points, mostLines) {
		m.tag(`<path class="edge-line" stroke="currentColor" d="`)
		through(m, w, axes, x)
		m.tag("\"/>\n")
	}
	m.tag("</g>\n")
	for i, name := range f.Parties {
		f.axis(m, axes[i], x(i), i, name)
	}
	for i, k := range f.Marked {
		m.tag(`<path class="mark-line" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linejoin="round"`)
		m.attr(`stroke-dasharray`, dashes[i%len(dashes)])
		m.tag(` d="`)
		through(m, k.At, axes, x)
		m.tag("\"/>\n")
	}
	f.letters(m, axes, x(n-1))
}

// through writes the line of a package.
func through(m *markup, w Worth, axes []scale, x func(int) float64) {
	for i, axis := range axes {
		if i >= len(w) {
			return
		}
		if i == 0 {
			m.tag(`M`)
		} else {
			m.tag(`L`)
		}
		m.decimal(x(i))
		m.tag(` `)
		m.decimal(axis.at(w[i]))
	}
	if len(axes) == 1 { // a single party: a short stroke across its axis
		m.tag(`h12`)
	}
}

// axis draws a party's axis with the ends in figures; the part above no deal is
// shaded.
func (f Frontier) axis(m *markup, s scale, x float64, i int, name string) {
	if v, ok := f.floor(i); ok {
		at := s.at(v)
		m.tag(`<rect class="zone" fill-opacity="0.16" width="14" x="`)
		m.decimal(x - 7)
		m.tag(`" y="`)
		m.decimal(s.to)
		m.tag(`" height="`)
		m.decimal(at - s.to)
		m.tag("\"/>\n", `<path class="floor" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="4 2" d="M`)
		m.decimal(x - 11)
		m.tag(` `)
		m.decimal(at)
		m.tag("h22\"/>\n")
	}
	m.tag(`<path class="axis" fill="none" stroke="currentColor" stroke-opacity="0.6" d="M`)
	m.decimal(x)
	m.tag(` `)
	m.decimal(s.to)
	m.tag(`V`)
	m.decimal(s.from)
	m.tag("\"/>\n")
	f.axisText(m, x, s.to-20, true, shortName(name, len(f.Parties)))
	f.axisText(m, x, s.to-6, false, worthFigure(s.high))
	f.axisText(m, x, s.from+16, false, worthFigure(s.low))
}

func (f Frontier) axisText(m *markup, x, y float64, strong bool, words string) {
	m.tag(`<text text-anchor="middle" x="`)
	m.decimal(x)
	m.tag(`" y="`)
	m.decimal(y)
	m.tag(`"`)
	if strong {
		m.tag(` font-weight="600"`)
	} else {
		m.tag(` class="quiet" font-size="11"`)
	}
	m.tag(`>`)
	m.words(words)
	m.tag("</text>\n")
}

// shortName cuts a name to what stands over one of n axes.
func shortName(name string, n int) string {
	most := max(5, 60/max(n, 1))
	if r := []rune(name); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return name
}

// letters names the marked lines at the last axis, those at one height together.
func (f Frontier) letters(m *markup, axes []scale, x float64) {
	last := len(axes) - 1
	var rows []spot
	var words []string
	for _, k := range f.Marked {
		if len(k.At) <= last {
			continue
		}
		at := axes[last].at(k.At[last])
		joined := false
		for r := range rows {
			if d := rows[r].y - at; d > -13 && d < 13 {
				words[r] += " " + k.Letter
				joined = true
				break
			}
		}
		if !joined {
			rows, words = append(rows, spot{x + 12, at}), append(words, k.Letter)
		}
	}
	for r, at := range rows {
		m.tag(`<text class="mark-letter" paint-order="stroke" stroke-width="3" font-weight="700" font-size="13" x="`)
		m.decimal(at.x)
		m.tag(`" y="`)
		m.decimal(at.y + 4)
		m.tag(`">`)
		m.words(words[r])
		m.tag("</text>\n")
	}
}
