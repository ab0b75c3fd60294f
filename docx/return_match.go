package docx

import (
	"cmp"
	"slices"
	"strings"
)

// byAnchors takes what the anchors say, where the words do not speak against it.
func (m *trip) byAnchors() {
	clauseOf := map[string]int{}
	for _, a := range m.doc.Origin.Anchors {
		id := a.Clause
		if id == "" { // of a text whose clauses have no ids: their running number
			id = strings.TrimPrefix(a.Name, anchorPrefix)
		}
		if at, known := m.byID[id]; known {
			clauseOf[a.Name] = at
		}
	}
	holds := make([][]int, len(m.given)) // per clause: the lines that its anchor reaches into
	named := make([][]int, len(m.lines))
	for i, l := range m.sources {
		for _, name := range l.Anchors {
			at, known := clauseOf[name]
			if !known {
				at, known = m.byID[clauseIn(name)]
			}
			if known && !slices.Contains(named[i], at) {
				holds[at] = append(holds[at], i)
				named[i] = append(named[i], at)
			}
		}
	}
	same := m.equals()
	for g, lines := range holds {
		best, likest := -1, -1.0
		for _, i := range lines {
			if l := likeness(m.given[g], m.lines[i]); l > likest && m.byLine[i] < 0 {
				best, likest = i, l
			}
		}
		if best < 0 || m.given[g].empty() {
			continue
		}
		other, isOther := same[m.lines[best].text()]
		switch {
		case isOther && other != g && likest < 1: // the words of another clause stand under this anchor
		case len(named[best]) > 1 && !m.foremost(g, named[best], best):
		case likest >= anchored || len(lines) == 1 && len(named[best]) == 1 && likest >= perhaps:
			m.pair(best, g)
			m.anchored++
		}
	}
	for i, clauses := range named {
		if g := m.byLine[i]; g >= 0 && len(clauses) > 1 {
			m.mergedInto(i, g, clauses)
		}
	}
}

// foremost tells whether a clause is the likest of those whose anchors reach into
// a line, and of equally like ones the first.
func (m *trip) foremost(g int, clauses []int, line int) bool {
	own := likeness(m.given[g], m.lines[line])
	for _, o := range clauses {
		if l := likeness(m.given[o], m.lines[line]); l > own || l == own && o < g {
			return false
		}
	}
	return true
}

// mergedInto finds clauses whose words now stand in the line of another one.
func (m *trip) mergedInto(line, g int, clauses []int) {
	for _, o := range clauses {
		if o != g && m.byGiven[o] < 0 && contained(m.given[o], m.lines[line]) >= 0.6 {
			m.merged[o] = true
		}
	}
}

// equals gives the clauses whose words no other clause has, by their words.
func (m *trip) equals() map[string]int {
	out, twice := map[string]int{}, map[string]bool{}
	for i, g := range m.given {
		text := g.text()
		if _, there := out[text]; there || twice[text] {
			twice[text] = true
			delete(out, text)
			continue
		}
		if !g.empty() {
			out[text] = i
		}
	}
	return out
}

// byEquality pairs lines and clauses that say the same: in order as far as that
// goes, then those that are the only ones.
func (m *trip) byEquality() {
	var old, new []int // those left, in order
	for g := range m.given {
		if m.byGiven[g] < 0 && !m.given[g].empty() {
			old = append(old, g)
		}
	}
	for i := range m.lines {
		if m.byLine[i] < 0 {
			new = append(new, i)
		}
	}
	ids := map[string]int{}
	number := func(text string) int {
		if _, there := ids[text]; !there {
			ids[text] = len(ids)
		}
		return ids[text]
	}
	var a, b []int
	for _, g := range old {
		a = append(a, number(m.given[g].text()))
	}
	for _, i := range new {
		b = append(b, number(m.lines[i].text()))
	}
	for _, p := range commonInOrder(a, b) {
		m.pair(new[p[1]], old[p[0]])
	}
	left := map[string][]int{}
	for _, g := range old {
		if m.byGiven[g] < 0 {
			left[m.given[g].text()] = append(left[m.given[g].text()], g)
		}
	}
	for _, i := range new {
		if m.byLine[i] < 0 {
			if found := left[m.lines[i].text()]; len(found) > 0 {
				m.pair(i, found[0])
				left[m.lines[i].text()] = found[1:]
			}
		}
	}
}

// byLikeness pairs what is left: the likest first, where nothing else is nearly
// as like; what is not so clear is asked.
func (m *trip) byLikeness() {
	type candidate struct {
		line, clause int
		like         float64
	}
	var all []candidate
	byLine, byClause := map[int][]candidate{}, map[int][]candidate{}
	for _, c := range m.sharing() {
		line, clause := c[0], c[1]
		like := likeness(m.given[clause], m.lines[line])
		if like >= perhaps && m.between(line, clause) {
			like += (1 - like) * inPlace
		}
		if like >= perhaps {
			all = append(all, candidate{line, clause, like})
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.like, a.like), a.line-b.line, a.clause-b.clause)
	})
	for _, c := range all {
		byLine[c.line] = append(byLine[c.line], c)
		byClause[c.clause] = append(byClause[c.clause], c)
	}
	rival := func(c candidate) bool {
		for _, o := range append(slices.Clone(byLine[c.line]), byClause[c.clause]...) {
			if o != c && c.like-o.like < nearly && m.byLine[o.line] < 0 && m.byGiven[o.clause] < 0 {
				return true
			}
		}
		return false
	}
	for _, c := range all {
		if m.byLine[c.line] < 0 && m.byGiven[c.clause] < 0 && c.like >= surely && !rival(c) {
			m.pair(c.line, c.clause)
		}
	}
	for i := range m.lines {
		if m.byLine[i] >= 0 {
			continue
		}
		d := doubtful{line: i, what: "It is not clear which clause this is."}
		for _, c := range byLine[i] {
			if m.byGiven[c.clause] < 0 && len(d.clauses) < 3 {
				d.clauses = append(d.clauses, c.clause)
				m.spared[c.clause] = true
			}
		}
		if len(d.clauses) == 1 {
			d.what = "Is this the clause in other words, or a new one?"
		}
		if len(d.clauses) > 0 {
			m.doubtful = append(m.doubtful, d)
		}
	}
}

// inPlace is what it counts that a line stands between the same neighbours as a
// clause.
const inPlace = 0.25

// between tells whether a line and a clause stand between the same neighbours.
func (m *trip) between(line, clause int) bool {
	before := func() bool {
		i, g := line-1, clause-1
		for i >= 0 && m.byLine[i] < 0 {
			i--
		}
		for g >= 0 && m.byGiven[g] < 0 {
			g--
		}
		return i < 0 && g < 0 || i >= 0 && m.byLine[i] == g
	}
	after := func() bool {
		i, g := line+1, clause+1
		for i < len(m.lines) && m.byLine[i] < 0 {
			i++
		}
		for g < len(m.given) && m.byGiven[g] < 0 {
			g++
		}
		return i == len(m.lines) && g == len(m.given) || i < len(m.lines) && m.byLine[i] == g
	}
	return before() && after()
}

// sharing gives the lines and clauses that are left and have neighbouring words
// in common, or are the only ones in their place.
func (m *trip) sharing() [][2]int {
	has := map[string][]int{} // clauses, by two neighbouring words
	for g, w := range m.given {
		if m.byGiven[g] < 0 && !m.merged[g] {
			for _, p := range w.neighbours {
				has[p] = append(has[p], g)
			}
		}
	}
	var out [][2]int
	for i, w := range m.lines {
		if m.byLine[i] >= 0 {
			continue
		}
		common := map[int]int{}
		for _, p := range w.neighbours {
			if found := has[p]; len(found) <= 50 {
				for _, g := range found {
					common[g]++
				}
			}
		}
		for g := range common {
			out = append(out, [2]int{i, g})
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], a[1]-b[1]) })
	return out
}

// clauseIn gives the id of a clause that is in the name of its bookmark: after the
// running number, with every byte but letters and digits as "_" and two
// hexadecimal digits; when there is none, the running number.
func clauseIn(name string) string {
	number, id, found := strings.Cut(strings.TrimPrefix(name, anchorPrefix), "_")
	if !found {
		return number
	}
	var out strings.Builder
	for i := 0; i < len(id); i++ {
		if id[i] != '_' {
			out.WriteByte(id[i])
			continue
		}
		if i+2 >= len(id) {
			return ""
		}
		b, ok := hexByte(id[i+1], id[i+2])
		if !ok {
			return ""
		}
		out.WriteByte(b)
		i += 2
	}
	return out.String()
}

func hexByte(high, low byte) (byte, bool) {
	const digits = "0123456789abcdef"
	h, l := strings.IndexByte(digits, high|0x20), strings.IndexByte(digits, low|0x20)
	if high < 'A' {
		h = strings.IndexByte(digits, high)
	}
	if low < 'A' {
		l = strings.IndexByte(digits, low)
	}
	return byte(h<<4 | l&15), h >= 0 && l >= 0
}
