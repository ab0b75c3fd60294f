package settle

import "math"

// run is candidates in order: the rows of a layer from at to to, with one option
// added to each.
type run struct {
	at, to int
	add    []int64
	option int32
}

// merge brings runs of candidates into one order: by falling sums, the first
// party's first; equal sums by the package, the lexicographically smallest first.
type merge struct {
	trail []*layer // the layers so far, of which prev is the last
	order []int
	prev  *layer
	runs  []run
	need  []int64 // what a candidate must give each party at least

	heads  []int64 // the first sum of each run's next candidate
	mine   Package // room to compare packages in
	theirs Package
}

// into appends the candidates that no other covers on the grid; false when there
// are more than the limit in all.
func (m *merge) into(next *layer, g grid, limit int, pulse *pulse) (bool, error) {
	m.heads = make([]int64, len(m.runs))
	for i := range m.runs {
		m.settle(i)
	}
	if next.parties == 2 && g.shift == nil {
		return m.two(next, limit, pulse)
	}
	least, most := m.extent()
	kept := newSieve(least, most, g)
	sums := make([]int64, next.parties)
	work := 1 + next.parties*next.parties/8 // with more parties more boxes are looked into
	for {
		i := m.best()
		if i < 0 {
			return true, nil
		}
		if err := pulse.beat(work); err != nil {
			return false, err
		}
		r := &m.runs[i]
		row := m.prev.row(r.at)
		for j := range sums {
			sums[j] = row[j] + r.add[j]
		}
		if kept.keep(sums) {
			if next.len() >= limit {
				return false, nil
			}
			next.add(sums, int32(r.at), r.option)
		}
		r.at++
		m.settle(i)
	}
}

// settle moves a run to its next candidate that gives what is needed.
func (m *merge) settle(i int) {
	r := &m.runs[i]
	for ; r.at < r.to; r.at++ {
		row := m.prev.row(r.at)
		enough := true
		for j, n := range m.need {
			if row[j]+r.add[j] < n {
				enough = false
				break
			}
		}
		if enough {
			m.heads[i] = row[0] + r.add[0]
			return
		}
	}
	m.heads[i] = math.MinInt64
}

// best is the run whose next candidate comes first; -1 when all are at their end.
func (m *merge) best() int {
	best := -1
	most := int64(math.MinInt64)
	for i, h := range m.heads {
		if h > most || h == most && best >= 0 && m.before(i, best) {
			best, most = i, h
		}
	}
	return best
}

// before tells whether run i's next candidate comes before run j's, of which the
// first sums are equal.
func (m *merge) before(i, j int) bool {
	a, b := &m.runs[i], &m.runs[j]
	mine, theirs := m.prev.row(a.at), m.prev.row(b.at)
	for k := 1; k < len(mine); k++ {
		x, y := mine[k]+a.add[k], theirs[k]+b.add[k]
		if x != y {
			return x > y
		}
	}
	return m.smaller(a, b)
}

// smaller tells whether one candidate's package is before another's. All issues
// not yet decided will be decided alike.
func (m *merge) smaller(a, b *run) bool {
	decided := len(m.trail) // this issue included
	if m.mine == nil {
		m.mine, m.theirs = make(Package, len(m.order)), make(Package, len(m.order))
	}
	packageAt(m.trail, m.order, int32(a.at), m.mine)
	packageAt(m.trail, m.order, int32(b.at), m.theirs)
	issue := m.order[decided-1]
	m.mine[issue], m.theirs[issue] = int(a.option), int(b.option)
	for k := range m.mine {
		if m.mine[k] != m.theirs[k] {
			return m.mine[k] < m.theirs[k]
		}
	}
	return false
}

// extent is the least and the greatest sum of each party that a candidate may have.
func (m *merge) extent() (least, most []int64) {
	n := m.prev.parties
	least, most = make([]int64, n), make([]int64, n)
	if m.prev.len() == 0 {
		return least, most
	}
	for j := range n {
		least[j], most[j] = math.MaxInt64, math.MinInt64
	}
	for _, r := range m.runs {
		for j, a := range r.add {
			least[j], most[j] = min(least[j], a), max(most[j], a)
		}
	}
	low, high := make([]int64, n), make([]int64, n)
	copy(low, m.prev.row(0))
	copy(high, m.prev.row(0))
	for i := range m.prev.len() {
		for j, s := range m.prev.row(i) {
			low[j], high[j] = min(low[j], s), max(high[j], s)
		}
	}
	for j := range n {
		least[j], most[j] = least[j]+low[j], most[j]+high[j]
	}
	return least, most
}

// two is into for two parties without a grid: after each candidate that is kept,
// every run moves on to its next one that gives the second party more, so that
// the first of them all is always kept.
func (m *merge) two(next *layer, limit int, pulse *pulse) (bool, error) {
	sums := m.prev.sums
	for {
		i := m.best()
		if i < 0 {
			return true, nil
		}
		r := &m.runs[i]
		row := m.prev.row(r.at)
		second := row[1] + r.add[1]
		if next.len() >= limit {
			return false, nil
		}
		next.sums = append(next.sums, row[0]+r.add[0], second)
		next.parent = append(next.parent, int32(r.at))
		next.option = append(next.option, r.option)
		passed := 0
		for j := range m.runs {
			r := &m.runs[j]
			want := second - r.add[1]
			from := r.at
			for r.at < r.to && sums[2*r.at+1] <= want {
				r.at++
			}
			if r.at > from {
				passed += r.at - from
				m.settle(j)
			}
		}
		if err := pulse.beat(passed); err != nil {
			return false, err
		}
	}
}
