package docx

import (
	"fmt"
	"slices"
)

// tell writes down what became of each clause.
func (m *trip) tell(given []Given, out *Returned) {
	out.Anchored = m.anchored
	stays := m.inOrder()
	asked := map[int]doubtful{}
	for _, d := range m.doubtful {
		asked[d.line] = d
	}
	gone, told := m.gone(out), 0
	deletions := func(upTo int) {
		for ; told < upTo; told++ {
			if gone[told] {
				out.Edits = append(out.Edits, Edit{Kind: Deleted, Clause: given[told].Clause, Old: given[told].Source, Authors: m.doc.Authors()})
			}
		}
	}
	after := ""
	for i, g := range m.byLine {
		line := m.lines[i]
		by := m.sources[i].authors
		if g < 0 {
			added := Edit{Kind: Inserted, After: after, New: line.source(), Authors: by}
			if d, doubtful := asked[i]; doubtful {
				out.Questions = append(out.Questions, m.question(d, given, added))
			} else {
				out.Edits = append(out.Edits, added)
			}
			continue
		}
		if stays[g] {
			deletions(g)
		}
		old := given[g]
		line = line.labelledAs(m.given[g])
		m.lines[i] = line
		switch {
		case !slices.Equal(m.given[g].keys, line.keys):
			out.Edits = append(out.Edits, m.amended(g, i, old))
		case stays[g]:
			out.Unchanged++
		}
		if !stays[g] {
			out.Edits = append(out.Edits, Edit{Kind: Moved, Clause: old.Clause, After: after, Old: old.Source, Likeness: likeness(m.given[g], line), Authors: by})
		}
		if a, b := m.given[g].label(), line.label(); a != b && a != "" && b != "" && m.sources[i].Label == "" {
			out.Remarks = append(out.Remarks, Doubt{shortened(line.source(), 60), fmt.Sprintf("the number %q became %q: numbers follow from the order of the clauses, so that was left", a, b)})
		}
		after = old.Clause
	}
	deletions(len(given))
	m.around(out)
}

// amended is the edit of a clause whose words changed.
func (m *trip) amended(g, i int, old Given) Edit {
	return Edit{
		Kind: Amended, Clause: old.Clause, Old: old.Source, New: woven(m.given[g], m.lines[i]),
		Likeness: likeness(m.given[g], m.lines[i]), Authors: m.sources[i].authors,
	}
}

// question asks which clause a line is, or whether it is a new one.
func (m *trip) question(d doubtful, given []Given, added Edit) Question {
	q := Question{What: d.what, Words: added.New}
	for _, g := range d.clauses {
		q.Answers = append(q.Answers, m.amended(g, d.line, given[g]))
	}
	q.Answers = append(q.Answers, added)
	return q
}

// gone tells which clauses are in the document no more. When most are, it is no
// whole text that came back, and none is taken as deleted.
func (m *trip) gone(out *Returned) []bool {
	gone, found, missing := make([]bool, len(m.given)), 0, 0
	for g, i := range m.byGiven {
		switch {
		case i >= 0:
			found++
		case !m.spared[g] && !m.given[g].empty():
			gone[g] = true
			missing++
		}
	}
	if missing > 1 && missing > found {
		out.Remarks = append(out.Remarks, Doubt{What: fmt.Sprintf(
			"%d of the %d clauses are not in the document: they were not taken as deleted. Propose to delete those that are meant.", missing, missing+found)})
		return make([]bool, len(m.given))
	}
	return gone
}

// inOrder tells which clauses stay in their place: the heaviest run of those that
// have the same order in both, counted in words.
func (m *trip) inOrder() []bool {
	type end struct{ weight, line, before int }
	n := len(m.given)
	tree := make([]int, n+1) // 1 + the best end among clauses up to a place (Fenwick 1994)
	var ends []end
	best := 0
	for i, g := range m.byLine {
		if g < 0 {
			continue
		}
		last := 0
		for at := g; at > 0; at &= at - 1 {
			if t := tree[at]; t > 0 && (last == 0 || ends[t-1].weight > ends[last-1].weight) {
				last = t
			}
		}
		e := end{len(m.given[g].keys)*(n+1) + 1, i, last}
		if last > 0 {
			e.weight += ends[last-1].weight
		}
		ends = append(ends, e)
		for at := g + 1; at <= n; at += at & -at {
			if t := tree[at]; t == 0 || e.weight > ends[t-1].weight {
				tree[at] = len(ends)
			}
		}
		if best == 0 || e.weight > ends[best-1].weight {
			best = len(ends)
		}
	}
	stays := make([]bool, n)
	for ; best > 0; best = ends[best-1].before {
		stays[m.byLine[ends[best-1].line]] = true
	}
	return stays
}

// around tells what is in the document beside the clauses.
func (m *trip) around(out *Returned) {
	w := textWriter{doc: m.doc}
	w.remarks()
	out.Remarks = append(out.Remarks, w.doubts...)
}

// source gives a wording as a source of its own.
func (w wording) source() string { return w.prefix + written(w.tokens, w.prefix != "") }

// commonInOrder gives the pairs of places of a longest row that two rows have in
// common, in order; of very long rows one that holds what is rare in both.
func commonInOrder(a, b []int) [][2]int {
	var out [][2]int
	commonFrom(a, b, 0, 0, &out)
	return out
}

// mostCells bounds the table of one comparison.
const mostCells = 4 << 20

func commonFrom(a, b []int, i, j int, out *[][2]int) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		*out = append(*out, [2]int{i, j})
		a, b, i, j = a[1:], b[1:], i+1, j+1
	}
	tail := 0
	for tail < len(a) && tail < len(b) && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	a, b = a[:len(a)-tail], b[:len(b)-tail]
	switch {
	case len(a) == 0 || len(b) == 0:
	case len(a)*len(b) <= mostCells:
		byTable(a, b, i, j, out)
	default:
		byRare(a, b, i, j, out)
	}
	for k := range tail {
		*out = append(*out, [2]int{i + len(a) + k, j + len(b) + k})
	}
}

func byTable(a, b []int, i, j int, out *[][2]int) {
	width := len(b) + 1
	length := make([]int32, (len(a)+1)*width)
	for x := len(a) - 1; x >= 0; x-- {
		for y := len(b) - 1; y >= 0; y-- {
			if a[x] == b[y] {
				length[x*width+y] = length[(x+1)*width+y+1] + 1
			} else {
				length[x*width+y] = max(length[(x+1)*width+y], length[x*width+y+1])
			}
		}
	}
	for x, y := 0, 0; x < len(a) && y < len(b); {
		switch {
		case a[x] == b[y]:
			*out = append(*out, [2]int{i + x, j + y})
			x, y = x+1, y+1
		case length[(x+1)*width+y] >= length[x*width+y+1]:
			x++
		default:
			y++
		}
	}
}

// byRare cuts long rows at what each of them has once (Cohen's patience diff).
func byRare(a, b []int, i, j int, out *[][2]int) {
	times, placeA, placeB := map[int][2]int{}, map[int]int{}, map[int]int{}
	for x, v := range a {
		t := times[v]
		times[v], placeA[v] = [2]int{t[0] + 1, t[1]}, x
	}
	for y, v := range b {
		t := times[v]
		times[v], placeB[v] = [2]int{t[0], t[1] + 1}, y
	}
	x0, y0, cut := 0, 0, false
	for x, v := range a {
		if times[v] == [2]int{1, 1} && placeB[v] >= y0 && placeB[v]-y0 <= x-x0+len(a)/8 {
			y := placeB[v]
			commonFrom(a[x0:x], b[y0:y], i+x0, j+y0, out)
			*out = append(*out, [2]int{i + x, j + y})
			x0, y0, cut = x+1, y+1, true
		}
	}
	if cut {
		commonFrom(a[x0:], b[y0:], i+x0, j+y0, out)
	}
}
