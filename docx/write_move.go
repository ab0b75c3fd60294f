package docx

import "paraph/draft"

// move is one clause that moved, to be tracked as such.
type move struct {
	number           int
	old, new         stream
	oldKept, newKept []bool // per cell: it is in both texts
}

// planMove notes that a clause moved. Parts of several, and a clause that kept
// no letter, are deleted and inserted.
func (t *tracker) planMove(f family) {
	if f.oldFirst != f.oldLast || f.newFirst != f.newLast || t.moves[f.oldFirst] != nil {
		return
	}
	m := &move{
		number: len(t.moves) + 1,
		old:    t.stream(t.old, f.oldFirst, f.oldFirst), new: t.stream(t.text, f.newFirst, f.newFirst),
	}
	m.oldKept, m.newKept = make([]bool, len(m.old.cells)), make([]bool, len(m.new.cells))
	letters, i, j := 0, 0, 0
	weave(m.old.cells, m.new.cells, f.runs, func(op draft.Op, n int) {
		for range n {
			if op == draft.Keep {
				m.oldKept[i], m.newKept[j] = true, true
				if !m.old.cells[i].passes() {
					letters++
				}
			}
			if op != draft.Add {
				i++
			}
			if op != draft.Cut {
				j++
			}
		}
	})
	if letters > 0 {
		t.moves[f.oldFirst] = m
	}
}

// arrive writes a moved clause where it stands now: what it has kept as moved
// here, what is new in it as inserted. What goes it has left behind.
func (t *tracker) arrive(m *move) {
	t.begin(t.newDone)
	t.items = append(t.items, item{kind: moveBegin, op: draft.Add, by: t.by, move: m.number})
	t.parted(m.new.cells, m.newKept, draft.Add, m.number)
	t.end(t.newDone, item{op: draft.Add, by: t.by, move: m.number})
	t.items = append(t.items, item{kind: paragraph, op: draft.Add, by: t.by, move: m.number, new: m.new.shapes[0]},
		item{kind: moveEnd, op: draft.Add, move: m.number})
	t.newDone++
}

// leave writes a moved clause where it stood.
func (t *tracker) leave(m *move) {
	t.items = append(t.items, item{kind: moveBegin, op: draft.Cut, by: t.by, move: m.number})
	t.parted(m.old.cells, m.oldKept, draft.Cut, m.number)
	t.items = append(t.items, item{kind: paragraph, op: draft.Cut, by: t.by, move: m.number, old: m.old.shapes[0]},
		item{kind: moveEnd, op: draft.Cut, move: m.number})
}

// parted writes a row, of which some was kept, and so moved, and some not, but
// for the paragraph mark behind it.
func (t *tracker) parted(row []cell, kept []bool, op draft.Op, move int) {
	row = row[:len(row)-1]
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
