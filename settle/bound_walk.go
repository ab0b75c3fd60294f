package settle

import "math"

// walk leaves facet j along the edge of all the others until it stops falling.
func (q *prices) walk(j int, sign float64) {
	n := q.parties
	for p := range n {
		q.along[p] = sign * q.inverse[p*n+j]
	}
	slope := -math.Abs(q.share[j])
	if q.facets[j].kind == tie {
		slope = q.share[j]
	}
	// A price that falls to zero is the end of the edge.
	end, wall := math.Inf(1), -1
	for p, d := range q.along {
		if d < -1e-14 && !q.held(p, j) {
			if t := q.at[p] / -d; t < end {
				end, wall = t, p
			}
		}
	}
	for i := range q.value {
		q.look(i, j)
	}
	for {
		near, first := math.Inf(1), -1
		for i, t := range q.ahead {
			if t < near {
				near, first = t, i
			}
		}
		if first < 0 || near >= end {
			if wall < 0 {
				return // all is level; rounding alone comes here
			}
			q.facets[j].kind, q.facets[j].option = zero, wall
			clear(q.facets[j].normal)
			q.facets[j].normal[wall] = 1
			q.move(end)
			q.at[wall] = 0
			return
		}
		slope += q.climb[first]
		if slope >= 0 || q.bound(first, j) {
			f := &q.facets[j]
			f.kind, f.issue, f.option = tie, first, q.next[first]
			q.move(near)
			return
		}
		q.chosen[first] = q.next[first]
		q.beyond(first, near)
	}
}

// held tells whether another facet than j keeps the price of p at zero.
func (q *prices) held(p, j int) bool {
	for l := range q.facets {
		if f := &q.facets[l]; l != j && f.kind == zero && f.option == p {
			return true
		}
	}
	return false
}

// bound tells whether another facet than j is a tie of the issue, so that the
// chosen option cannot change without breaking it.
func (q *prices) bound(issue, j int) bool {
	for l := range q.facets {
		if f := &q.facets[l]; l != j && f.kind == tie && f.issue == issue {
			return true
		}
	}
	return false
}

// look finds the first facet of an issue along the edge.
func (q *prices) look(issue, leaving int) {
	base := q.offset[issue]
	for _, o := range q.live[issue] {
		v := q.of(issue, o)
		w, r := 0.0, 0.0
		for p, x := range v {
			w += q.at[p] * x
			r += q.along[p] * x
		}
		q.worth[base+o], q.rise[base+o] = w, r
	}
	q.ahead[issue] = math.Inf(1)
	c := q.chosen[issue]
	w, r := q.worth[base+c], q.rise[base+c]
	for _, o := range q.live[issue] {
		climb := q.rise[base+o] - r
		if o == c || climb <= 1e-13 || q.tied(issue, o, leaving) {
			continue
		}
		if t := max(0, (w-q.worth[base+o])/climb); t < q.ahead[issue] || t == q.ahead[issue] && climb > q.climb[issue] {
			q.ahead[issue], q.climb[issue], q.next[issue] = t, climb, o
		}
	}
}

// tied tells whether an option is tied with the chosen one by a facet that stays,
// or by the one that is being left.
func (q *prices) tied(issue, option, leaving int) bool {
	for l := range q.facets {
		if f := &q.facets[l]; f.kind == tie && f.issue == issue && f.option == option {
			return true
		}
	}
	return false
}

// beyond finds the next facet of an issue after one at t has been crossed.
func (q *prices) beyond(issue int, t float64) {
	base := q.offset[issue]
	q.ahead[issue] = math.Inf(1)
	c := q.chosen[issue]
	w, r := q.worth[base+c], q.rise[base+c]
	for _, o := range q.live[issue] {
		climb := q.rise[base+o] - r
		if o == c || climb <= 1e-13 {
			continue
		}
		if at := max(t, (w-q.worth[base+o])/climb); at < q.ahead[issue] {
			q.ahead[issue], q.climb[issue], q.next[issue] = at, climb, o
		}
	}
}

func (q *prices) move(t float64) {
	for p := range q.at {
		q.at[p] = max(0, q.at[p]+t*q.along[p])
	}
}
