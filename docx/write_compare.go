package docx

import (
	"slices"

	"paraph/draft"
)

// stream is the characters of some clauses that follow one another, each with a
// paragraph mark behind it.
type stream struct {
	cells  []cell
	shapes []*shape // one for each mark
	first  int      // the first clause
}

func (s *script) stream(t *draft.Text, first, last int) stream {
	out := stream{first: first}
	for i := first; i <= last; i++ {
		row := cells(t, i, s.book.seats)
		out.shapes = append(out.shapes, shapeOf(t, i, row))
		if first == last {
			out.cells = append(row, cell{r: endOfParagraph})
			return out
		}
		out.cells = append(append(out.cells, row...), cell{r: endOfParagraph})
	}
	return out
}

// family is what a comparison says of clauses that belong together: one with
// one, or the parts that one was split into or made of.
type family struct {
	oldFirst, oldLast, newFirst, newLast int
	moved                                bool
	runs                                 []draft.Run
}

// families gives the paired clauses in the order of the new text.
func families(found draft.Comparison) []family {
	var out []family
	for _, c := range found.Clauses {
		if c.OldIndex < 0 || c.NewIndex < 0 {
			continue
		}
		moved := c.Kind == draft.Moved || c.Kind == draft.MovedChanged
		if n := len(out) - 1; n >= 0 && (out[n].newLast == c.NewIndex || out[n].oldLast == c.OldIndex && c.NewIndex == out[n].newLast+1) {
			f := &out[n]
			f.oldFirst, f.oldLast = min(f.oldFirst, c.OldIndex), max(f.oldLast, c.OldIndex)
			f.newLast, f.moved = max(f.newLast, c.NewIndex), f.moved || moved
			f.runs = append(f.runs, c.Runs...)
			continue
		}
		out = append(out, family{c.OldIndex, c.OldIndex, c.NewIndex, c.NewIndex, moved, slices.Clip(c.Runs)})
	}
	return out
}

// compare writes the old text and the script's own as one, by a comparison of
// them. Whatever the comparison says, each clause of either text is written
// once and in its order.
func (s *script) compare(old *draft.Text, found draft.Comparison, by int, native bool) {
	t := tracker{script: s, old: old, by: by}
	all := families(found)
	moves := map[int]int{} // per clause of the old text: the number of the move
	for i, f := range all {
		if native && f.moved {
			for k := f.oldFirst; k <= f.oldLast; k++ {
				moves[k] = i + 1
			}
		}
	}
	for i, f := range all {
		if f.newFirst < t.newDone { // would be written twice
			continue
		}
		if f.moved || f.oldFirst < t.oldDone {
			t.insertTo(f.newFirst)
			if native && f.moved {
				t.arrive(f, i+1)
			} else {
				t.insertTo(f.newLast + 1)
			}
			continue
		}
		t.deleteTo(f.oldFirst, moves, all)
		t.insertTo(f.newFirst)
		t.align(s.stream(old, f.oldFirst, f.oldLast), s.stream(s.text, f.newFirst, f.newLast), f.runs)
		t.oldDone, t.newDone = f.oldLast+1, f.newLast+1
	}
	t.deleteTo(len(old.Clauses), moves, all)
	t.insertTo(len(s.text.Clauses))
}

// tracker goes through two texts.
type tracker struct {
	*script
	old              *draft.Text
	by               int
	oldDone, newDone int
}

func (t *tracker) deleteTo(end int, moves map[int]int, all []family) {
	for ; t.oldDone < end; t.oldDone++ {
		row := cells(t.old, t.oldDone, t.book.seats)
		if n := moves[t.oldDone]; n > 0 && all[n-1].oldFirst == all[n-1].oldLast && all[n-1].newFirst == all[n-1].newLast {
			t.leave(row, n, all[n-1])
			continue
		}
		t.put(item{op: draft.Cut, by: t.by, cells: row})
		t.items = append(t.items, item{kind: paragraph, op: draft.Cut, by: t.by, old: shapeOf(t.old, t.oldDone, row)})
	}
}

func (t *tracker) insertTo(end int) {
	for ; t.newDone < end; t.newDone++ {
		row := cells(t.text, t.newDone, t.book.seats)
		t.begin(t.newDone)
		t.put(item{op: draft.Add, by: t.by, cells: row})
		t.end(t.newDone)
		t.items = append(t.items, item{kind: paragraph, op: draft.Add, by: t.by, new: shapeOf(t.text, t.newDone, row)})
	}
}

// arrive writes a moved clause where it stands now: what it has kept as moved
// here, what is new in it as inserted.
func (t *tracker) arrive(f family, move int) {
	if f.oldFirst != f.oldLast || f.newFirst != f.newLast {
		t.insertTo(f.newLast + 1)
		return
	}
	row := t.stream(t.text, f.newFirst, f.newFirst)
	t.begin(f.newFirst)
	kept := keptCells(t.stream(t.old, f.oldFirst, f.oldFirst).cells, row.cells, f.runs)
	t.parted(row.cells[:len(row.cells)-1], kept.new, draft.Add, move)
	t.end(f.newFirst)
	t.items = append(t.items, item{kind: paragraph, op: draft.Add, by: t.by, move: move, new: row.shapes[0]})
	t.newDone++
}

// leave writes a moved clause where it stood.
func (t *tracker) leave(row []cell, move int, f family) {
	kept := keptCells(append(slices.Clip(row), cell{r: endOfParagraph}), t.stream(t.text, f.newFirst, f.newFirst).cells, f.runs)
	t.parted(row, kept.old, draft.Cut, move)
	t.items = append(t.items, item{kind: paragraph, op: draft.Cut, by: t.by, move: move, old: shapeOf(t.old, t.oldDone, row)})
}

// parted writes words of which some were kept, and so moved, and the others not.
func (t *tracker) parted(row []cell, kept []bool, op draft.Op, move int) {
	for i := 0; i < len(row); {
		end := i + 1
		for end < len(row) && kept[end] == kept[i] {
			end++
		}
		it := item{op: op, by: t.by, cells: row[i:end]}
		if kept[i] {
			it.move = move
		}
		t.put(it)
		i = end
	}
}

// keeping tells which cells of two rows were kept.
type keeping struct{ old, new []bool }

func keptCells(old, new []cell, runs []draft.Run) keeping {
	k := keeping{make([]bool, len(old)), make([]bool, len(new))}
	i, j := 0, 0
	weave(old, new, runs, func(op draft.Op, n int) {
		switch op {
		case draft.Cut:
			i += n
		case draft.Add:
			j += n
		default:
			for range n {
				k.old[i], k.new[j] = true, true
				i, j = i+1, j+1
			}
		}
	})
	return k
}

// align writes clauses of the old text and those of the new one that they have
// become.
func (t *tracker) align(old, new stream, runs []draft.Run) {
	a := aligner{tracker: t, old: old, new: new, clause: new.first}
	t.begin(a.clause)
	weave(old.cells, new.cells, runs, a.take)
}

// aligner turns what weave finds into items.
type aligner struct {
	*tracker
	old, new         stream
	i, j             int // cells written
	oldMark, newMark int // marks written
	clause           int // of the new text, that is being written
}

func (a *aligner) take(op draft.Op, n int) {
	var row []cell
	switch op {
	case draft.Cut:
		row, a.i = a.old.cells[a.i:a.i+n], a.i+n
	case draft.Add:
		row, a.j = a.new.cells[a.j:a.j+n], a.j+n
	default:
		row, a.i, a.j = a.new.cells[a.j:a.j+n], a.i+n, a.j+n
	}
	for len(row) > 0 {
		end := slices.IndexFunc(row, func(c cell) bool { return c.r == endOfParagraph })
		if end < 0 {
			a.put(item{op: op, by: a.by, cells: row})
			return
		}
		a.put(item{op: op, by: a.by, cells: row[:end]})
		a.mark(op)
		row = row[end+1:]
	}
}

func (a *aligner) mark(op draft.Op) {
	it := item{kind: paragraph, op: op, by: a.by}
	if op != draft.Add {
		it.old = a.old.shapes[a.oldMark]
		a.oldMark++
	}
	if op != draft.Cut {
		it.new = a.new.shapes[a.newMark]
		a.newMark++
		a.end(a.clause)
	}
	a.items = append(a.items, it)
	if op != draft.Cut {
		if a.clause++; a.newMark < len(a.new.shapes) {
			a.begin(a.clause)
		}
	}
}
