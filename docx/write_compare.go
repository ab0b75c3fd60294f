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
	t := tracker{script: s, old: old, by: by, moves: map[int]*move{}}
	all := families(found)
	written := 0 // clauses of the new text
	for _, f := range all {
		if native && f.moved && f.newFirst >= written {
			t.planMove(f)
		}
		written = max(written, f.newLast+1)
	}
	for _, f := range all {
		if f.newFirst < t.newDone { // would be written twice
			continue
		}
		t.insertTo(f.newFirst)
		if f.moved || f.oldFirst < t.oldDone {
			if m := t.moves[f.oldFirst]; m != nil {
				t.arrive(m)
			}
			t.insertTo(f.newLast + 1)
			continue
		}
		t.deleteTo(f.oldFirst)
		t.align(s.stream(old, f.oldFirst, f.oldLast), s.stream(s.text, f.newFirst, f.newLast), f.runs)
		t.oldDone, t.newDone = f.oldLast+1, f.newLast+1
	}
	t.deleteTo(len(old.Clauses))
	t.insertTo(len(s.text.Clauses))
}

// tracker goes through two texts.
type tracker struct {
	*script
	old              *draft.Text
	by               int
	oldDone, newDone int
	moves            map[int]*move // per clause of the old text
}

func (t *tracker) deleteTo(end int) {
	for ; t.oldDone < end; t.oldDone++ {
		if m := t.moves[t.oldDone]; m != nil {
			t.leave(m)
			continue
		}
		row := cells(t.old, t.oldDone, t.book.seats)
		t.put(item{op: draft.Cut, by: t.by, cells: row})
		t.items = append(t.items, item{kind: paragraph, op: draft.Cut, by: t.by, old: shapeOf(t.old, t.oldDone, row)})
	}
}

func (t *tracker) insertTo(end int) {
	for ; t.newDone < end; t.newDone++ {
		row := cells(t.text, t.newDone, t.book.seats)
		t.begin(t.newDone)
		t.put(item{op: draft.Add, by: t.by, cells: row})
		t.end(t.newDone, item{op: draft.Add, by: t.by})
		t.items = append(t.items, item{kind: paragraph, op: draft.Add, by: t.by, new: shapeOf(t.text, t.newDone, row)})
	}
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
		a.endKept(op)
	}
	a.items = append(a.items, it)
	if op != draft.Cut {
		if a.clause++; a.newMark < len(a.new.shapes) {
			a.begin(a.clause)
		}
	}
}

// endKept ends a clause that is in both texts. A footnote's sign is a character
// that the old text does not have; a comment's is none.
func (a *aligner) endKept(op draft.Op) {
	if a.book.Footnotes {
		op = draft.Add
	}
	a.end(a.clause, item{op: op, by: a.by})
}
