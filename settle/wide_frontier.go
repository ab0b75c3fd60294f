package settle

import "slices"

// wideInto is merge.into for numbers of more than one word: all candidates of the
// step are laid out, and sieved by their ranks.
func (c *combination) wideInto(m *merge, next *layer, floors [][]uint64, g grid, limit int) (bool, error) {
	w, width := c.wide, len(c.floors)*c.wide.limbs
	k := len(m.trail) // issues decided with this one
	var rows, sum []uint64
	var from, option []int32
	for _, r := range m.runs {
		for at := r.at; at < r.to; at++ {
			if err := c.pulse.beat(1); err != nil {
				return false, err
			}
			sum = append(sum[:0], m.prev.fine[at*width:(at+1)*width]...)
			viable := true
			for i := range c.floors {
				number := sum[i*w.limbs : (i+1)*w.limbs]
				w.add(number, number, w.worth[i][c.order[k-1]][r.option])
				viable = viable && w.reaches(number, w.rest[k][i], floors[i])
			}
			if viable {
				rows = append(rows, sum...)
				from, option = append(from, int32(at)), append(option, r.option)
			}
		}
	}
	before := func(a, b int32) bool {
		return m.smaller(&run{at: int(from[a]), option: option[a]}, &run{at: int(from[b]), option: option[b]})
	}
	kept, err := nondominated(w.ranks(rows, g.of(len(c.floors))), len(c.floors), before, c.pulse)
	if err != nil || next.len()+len(kept) > limit {
		return false, err
	}
	for _, i := range kept {
		next.fine = append(next.fine, rows[int(i)*width:int(i+1)*width]...)
		next.parent = append(next.parent, from[i])
		next.option = append(next.option, option[i])
	}
	return true, nil
}

// reaches tells whether a sum and the most that can be added to it are at least a floor.
func (w *wide) reaches(sum, rest, floor []uint64) bool {
	reach := make([]uint64, w.limbs)
	w.add(reach, sum, rest)
	return slices.Compare(reach, floor) >= 0
}

// nondominated is the places of the rows that no other covers, by falling
// numbers; of equal rows the one that is before the others.
func nondominated(rows []int64, parties int, before func(a, b int32) bool, pulse *pulse) ([]int32, error) {
	n := len(rows) / parties
	if n == 0 {
		return nil, nil
	}
	at := func(i int32) []int64 { return rows[int(i)*parties : int(i+1)*parties] }
	places := make([]int32, n)
	least, most := slices.Clone(at(0)), slices.Clone(at(0))
	for i := range places {
		places[i] = int32(i)
		for j, v := range at(int32(i)) {
			least[j], most[j] = min(least[j], v), max(most[j], v)
		}
	}
	slices.SortFunc(places, func(a, b int32) int {
		if c := slices.Compare(at(b), at(a)); c != 0 {
			return c
		}
		switch {
		case before(a, b):
			return -1
		case before(b, a):
			return 1
		}
		return 0
	})
	kept := newSieve(least, most, grid{})
	all := places[:0]
	for _, i := range places {
		if err := pulse.beat(1); err != nil {
			return nil, err
		}
		if kept.keep(at(i)) {
			all = append(all, i)
		}
	}
	return all, nil
}
