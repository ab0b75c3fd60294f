package settle

import "math"

// prices is the relaxation of a search at one of its nodes: how much a gain of
// each party counts (its price) so that the best package by the sum of priced
// gains proves the most. Prices are not negative and sum to 1. For any prices
// the package that is best issue by issue is an upper bound (Lagrangian
// relaxation: Held, Karp, "The traveling-salesman problem and minimum spanning
// trees: part II", Mathematical Programming 1, 1971), so that rounding in here
// can make a bound weaker and never wrong.
//
// The bound less what the goal asks is a convex function of the prices, linear
// between facets: where two options of an issue are worth the same, and where a
// price is zero. It is minimised by going from corner to corner along edges, as
// the simplex method does, each edge walked through as many facets as it falls.
// What a goal asks is one issue more, its options the vectors that it would be
// content with, each found when the prices ask for it (Kelley, "The
// cutting-plane method for solving convex programs", J. SIAM 8, 1960).
type prices struct {
	parties int
	value   [][]float64 // of issue, option*parties+party; the last issue is what is asked, negated
	live    [][]int     // the options still open of each issue
	at      []float64   // the prices
	chosen  []int       // the best option of each issue at these prices
	facets  []facet     // the corner: as many as there are parties
	share   []float64   // of each facet in the balance at the corner: what of its option is in the mix

	inverse      []float64 // of the facets' normals, parties × parties
	work         []float64
	slope        []float64 // the balance, by party
	along        []float64 // the direction of an edge
	worth, rise  []float64 // of each option, by offset: at the prices, and along the edge
	offset       []int     // of issue
	ahead, climb []float64 // of issue: how far to its next facet, and what the slope rises there
	next         []int
	corners      int // visited so far
}

// facet is one of the planes that meet at a corner.
type facet struct {
	kind          facetKind
	issue, option int       // of a tie: option is worth what the chosen one is
	normal        []float64 // by party
}

type facetKind uint8

const (
	total facetKind = iota // the prices sum to 1; never left
	zero                   // the price of party `option` is zero
	tie
	free // a tie whose option is not open any more: a place, and no facet
)

// tolerance is what counts as zero in the balance at a corner.
const tolerance = 1e-9

func newPrices(parties int, value [][]float64) *prices {
	q := &prices{parties: parties, value: value}
	issues := len(value)
	q.at = make([]float64, parties)
	q.chosen = make([]int, issues)
	q.live = make([][]int, issues)
	q.facets = make([]facet, parties)
	for j := range q.facets {
		q.facets[j].normal = make([]float64, parties)
	}
	q.share = make([]float64, parties)
	q.inverse = make([]float64, parties*parties)
	q.work = make([]float64, 2*parties*parties)
	q.slope = make([]float64, parties)
	q.along = make([]float64, parties)
	q.offset = make([]int, issues+1)
	q.ahead = make([]float64, issues)
	q.climb = make([]float64, issues)
	q.next = make([]int, issues)
	q.layout()
	q.restart()
	return q
}

// layout gives each option its place in the flat tables; to be called again
// when the last issue has grown.
func (q *prices) layout() {
	for i := range q.value {
		q.offset[i+1] = q.offset[i] + len(q.value[i])/q.parties
	}
	for n := q.offset[len(q.value)]; len(q.worth) < n; {
		q.worth = append(q.worth, 0)
		q.rise = append(q.rise, 0)
	}
}

// restart goes to the corner where the first party alone counts.
func (q *prices) restart() {
	for j := range q.facets {
		f := &q.facets[j]
		clear(f.normal)
		q.at[j] = 0
		if j == 0 {
			f.kind = total
			for p := range f.normal {
				f.normal[p] = 1
			}
			q.at[0] = 1
			continue
		}
		f.kind, f.option = zero, j
		f.normal[j] = 1
	}
}

// of is the gains of one option.
func (q *prices) of(issue, option int) []float64 {
	return q.value[issue][option*q.parties : (option+1)*q.parties]
}

func dot(a, b []float64) float64 {
	sum := 0.0
	b = b[:len(a)]
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

// enter makes the place fit for the options that are open now: chosen options
// that are not, or not the best, are replaced, and ties that do not hold any
// more become free.
func (q *prices) enter() {
	for i := range q.value {
		best, most := q.live[i][0], math.Inf(-1)
		kept := math.Inf(-1)
		for _, o := range q.live[i] {
			v := dot(q.at, q.of(i, o))
			if v > most {
				best, most = o, v
			}
			if o == q.chosen[i] {
				kept = v
			}
		}
		if kept < most-1e-13*(1+math.Abs(most)) {
			q.choose(i, best)
		}
	}
	for j := range q.facets {
		if f := &q.facets[j]; f.kind == tie && !q.open(f.issue, f.option) {
			f.kind = free
		}
	}
}

// choose makes an option the chosen one of its issue without regard to ties.
func (q *prices) choose(issue, option int) {
	q.chosen[issue] = option
	for j := range q.facets {
		if f := &q.facets[j]; f.kind == tie && f.issue == issue {
			f.kind = free
		}
	}
}

func (q *prices) open(issue, option int) bool {
	for _, o := range q.live[issue] {
		if o == option {
			return true
		}
	}
	return false
}

// minimise goes down to the lowest corner, in at most so many steps; it is the
// lowest when it gives true.
func (q *prices) minimise(steps int) bool {
	for range steps {
		if !q.corner() {
			q.restart()
			q.enter()
			continue
		}
		j, sign := q.steepest()
		if j < 0 {
			return true
		}
		q.corners++
		if q.facets[j].kind == tie && sign > 0 {
			q.rebase(j)
			continue
		}
		q.walk(j, sign)
	}
	return false
}

// corner computes where the facets meet and the balance there; false when they
// do not meet in a point, which only rounding can bring about.
func (q *prices) corner() bool {
	n := q.parties
	for j := range q.facets {
		f := &q.facets[j]
		if f.kind == tie {
			a, b := q.of(f.issue, f.option), q.of(f.issue, q.chosen[f.issue])
			for p := range f.normal {
				f.normal[p] = a[p] - b[p]
			}
		}
	}
	if !q.invert() {
		return false
	}
	// The prices where all facets meet: all planes go through the origin but
	// the one of the sum, and a free place stays where it is.
	copy(q.along, q.at)
	clear(q.at)
	for j := range q.facets {
		right := 0.0
		switch q.facets[j].kind {
		case total:
			right = 1
		case free:
			right = dot(q.facets[j].normal, q.along)
		default:
			continue
		}
		for p := range n {
			q.at[p] += q.inverse[p*n+j] * right
		}
	}
	for p, v := range q.at {
		if v < 0 {
			if v < -1e-6 || math.IsNaN(v) {
				return false
			}
			q.at[p] = 0
		}
	}
	clear(q.slope)
	for i := range q.value {
		for p, v := range q.of(i, q.chosen[i]) {
			q.slope[p] += v
		}
	}
	for j := range n {
		sum := 0.0
		for p := range n {
			sum -= q.slope[p] * q.inverse[p*n+j]
		}
		q.share[j] = sum
	}
	return true
}

// invert computes the inverse of the facets' normals, a row for each facet.
func (q *prices) invert() bool {
	n := q.parties
	a := q.work[:2*n*n]
	for j := range n {
		row := a[j*2*n : (j+1)*2*n]
		size := 0.0
		for p, v := range q.facets[j].normal {
			size = max(size, math.Abs(v))
			row[p] = v
		}
		if size == 0 {
			return false
		}
		for p := range n {
			row[n+p] = 0
		}
		row[n+j] = 1
	}
	for c := range n {
		best, most := -1, 1e-14
		for r := c; r < n; r++ {
			if v := math.Abs(a[r*2*n+c]); v > most {
				best, most = r, v
			}
		}
		if best < 0 {
			return false
		}
		if best != c {
			for x := c; x < 2*n; x++ {
				a[c*2*n+x], a[best*2*n+x] = a[best*2*n+x], a[c*2*n+x]
			}
		}
		pivot := a[c*2*n : (c+1)*2*n]
		scale := 1 / pivot[c]
		for x := c; x < 2*n; x++ {
			pivot[x] *= scale
		}
		for r := range n {
			if r == c {
				continue
			}
			row := a[r*2*n : (r+1)*2*n]
			if by := row[c]; by != 0 {
				for x := c; x < 2*n; x++ {
					row[x] -= by * pivot[x]
				}
			}
		}
	}
	for r := range n {
		copy(q.inverse[r*n:(r+1)*n], a[r*2*n+n:(r+1)*2*n])
	}
	return true
}

// steepest is the facet to leave, and to which side: away from its option (-1)
// or towards it (+1); -1 when the corner is the lowest.
func (q *prices) steepest() (int, float64) {
	n := q.parties
	best, sign, most := -1, 0.0, 0.0
	for j := range q.facets {
		f := &q.facets[j]
		fall, s := 0.0, 0.0
		switch y := q.share[j]; f.kind {
		case total:
			continue
		case zero:
			fall, s = y, 1
		case free:
			fall, s = math.Abs(y), math.Copysign(1, y)
		case tie:
			// The facets of one issue share it with its chosen option, which
			// has what the others leave; when they leave less than nothing
			// another must become the chosen one.
			fall, s = -y, -1
			if over := q.over(f.issue); y > tolerance && over > fall {
				fall, s = over, 1
			}
		}
		if fall <= tolerance {
			continue
		}
		length := 0.0
		for p := range n {
			length += q.inverse[p*n+j] * q.inverse[p*n+j]
		}
		if steep := fall * fall / (length + 1e-300); steep > most {
			best, sign, most = j, s, steep
		}
	}
	return best, sign
}

// over is by how much the shares of an issue's tied options exceed 1.
func (q *prices) over(issue int) float64 {
	sum := -1.0
	for j := range q.facets {
		if q.facets[j].kind == tie && q.facets[j].issue == issue {
			sum += q.share[j]
		}
	}
	return sum
}

// rebase makes the option of a tie the chosen one and the chosen one tied to it.
func (q *prices) rebase(j int) {
	f := &q.facets[j]
	q.chosen[f.issue], f.option = f.option, q.chosen[f.issue]
}

// fraction is how much of an issue the relaxation gives to others than its chosen option.
func (q *prices) fraction(issue int) float64 {
	sum := 0.0
	for j := range q.facets {
		if q.facets[j].kind == tie && q.facets[j].issue == issue {
			sum += q.share[j]
		}
	}
	return sum
}
