package settle

import "slices"

// ties is the best packages of a search, one for each vector of sums.
type ties struct {
	found []found
	index map[string]int
}

type found struct {
	sums    []int64
	choices []int
}

func (t *ties) clear() {
	t.found = t.found[:0]
	clear(t.index)
}

// add keeps a package, the first in lexicographic order of those with its sums.
func (t *ties) add(sums []int64, choice []int) {
	key := make([]byte, 0, 64)
	for _, v := range sums {
		for range 8 {
			key = append(key, byte(v))
			v >>= 8
		}
	}
	if x, known := t.index[string(key)]; known {
		if slices.Compare(choice, t.found[x].choices) < 0 {
			copy(t.found[x].choices, choice)
		}
		return
	}
	if t.index == nil {
		t.index = map[string]int{}
	}
	t.index[string(key)] = len(t.found)
	t.found = append(t.found, found{slices.Clone(sums), slices.Clone(choice)})
}

// reading tells what a choice of the search stands for.
type reading func(choice []int) Point

// reduced reads choices among the options that a search keeps.
func (w *whole) reduced() reading {
	fields, _ := w.fields()
	return func(choice []int) Point {
		k := make(Package, len(choice))
		for i, o := range choice {
			k[i] = fields[i].options[o]
		}
		return w.point(k)
	}
}

// points is the packages found that no other of them betters, by falling utilities.
func (t *ties) points(read reading) []Point {
	kept := undominated(t.found)
	slices.SortFunc(kept, func(a, b found) int { return slices.Compare(b.sums, a.sums) })
	var points []Point
	for _, f := range kept {
		points = append(points, read(f.choices))
	}
	return points
}

// undominated is those vectors that no other is as good as for all and better for one.
func undominated(all []found) []found {
	var kept []found
	for i := range all {
		keep := true
		for j := range all {
			if i != j && covers(all[j].sums, all[i].sums) && !slices.Equal(all[i].sums, all[j].sums) {
				keep = false
				break
			}
		}
		if keep {
			kept = append(kept, all[i])
		}
	}
	return kept
}

// maxTies is how many solutions of one kind are listed.
const maxTies = 2000
