package settle

import (
	"math"
	"slices"
)

// split searches a level by the options of the issue that the relaxation is most
// divided on.
func (s *search) split(depth int, ceiling float64) {
	s.level(depth + 1)
	l := &s.levels[depth]
	i := s.divided(l)
	s.keep(l)
	f := &s.issues[i]
	most := math.Inf(-1)
	l.order = l.order[:0]
	for _, o := range l.live[i] {
		v := dot(l.at, f.value[o*s.parties:(o+1)*s.parties])
		most = max(most, v)
		l.order = append(l.order, branch{o, v})
	}
	for x := range l.order {
		l.order[x].reduced = most - l.order[x].reduced
	}
	slices.SortStableFunc(l.order, func(a, b branch) int {
		switch {
		case a.reduced < b.reduced:
			return -1
		case a.reduced > b.reduced:
			return 1
		}
		return 0
	})
	for x := range s.levels[depth].order {
		l := &s.levels[depth]
		b := l.order[x]
		if b.reduced > s.gap(l) {
			break
		}
		child := s.level(depth + 1)
		for e := range s.issues {
			if e == i {
				child.live[e] = append(child.live[e], b.option)
				continue
			}
			child.live[e] = append(child.live[e], l.live[e]...)
		}
		s.back(l)
		s.node(depth+1, ceiling)
	}
}

// divided is the issue to split a level by.
func (s *search) divided(l *level) int {
	best, most := -1, tolerance
	for i := range s.issues {
		if len(l.live[i]) < 2 {
			continue
		}
		share := s.prices.fraction(i)
		if share = min(share, 1-share); share > most {
			best, most = i, share
		}
	}
	if best >= 0 {
		return best
	}
	least := math.Inf(1)
	for i := range s.issues {
		if len(l.live[i]) < 2 {
			continue
		}
		if second := s.second(l, i); second < least {
			best, least = i, second
		}
	}
	return best
}

// second is how much less than the best the second option of an issue is worth.
func (s *search) second(l *level, i int) float64 {
	a, b := math.Inf(-1), math.Inf(-1)
	for _, o := range l.live[i] {
		if v := dot(l.at, s.issues[i].value[o*s.parties:(o+1)*s.parties]); v > a {
			a, b = v, a
		} else {
			b = max(b, v)
		}
	}
	return a - b
}

// keep remembers the corner of a level, for its children to start from.
func (s *search) keep(l *level) {
	q := s.prices
	copy(l.chosen, q.chosen)
	copy(l.place, q.at)
	for j := range q.facets {
		normal := l.facets[j].normal
		copy(normal, q.facets[j].normal)
		l.facets[j] = q.facets[j]
		l.facets[j].normal = normal
	}
}

// back returns to a level's corner.
func (s *search) back(l *level) {
	q, last := s.prices, len(s.issues)
	copy(q.chosen, l.chosen)
	copy(q.at, l.place)
	for j := range q.facets {
		normal := q.facets[j].normal
		copy(normal, l.facets[j].normal)
		q.facets[j] = l.facets[j]
		q.facets[j].normal = normal
	}
	// The vectors asked may have been made anew since.
	open := len(q.live[last])
	if q.chosen[last] >= open {
		q.chosen[last] = 0
	}
	for j := range q.facets {
		if f := &q.facets[j]; f.kind == tie && f.issue == last {
			f.kind = free
		}
	}
}
