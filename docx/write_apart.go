package docx

import (
	"slices"

	"paraph/draft"
)

// tellApart sees to it that a change at the end of a paragraph that stays and one
// of the same sort at the beginning of the next are two: LibreOffice takes them
// for one, and the paragraph mark between them with it. Both texts stay as they
// are.
func (s *script) tellApart() {
	for i := 0; i < len(s.items); i++ {
		if it := &s.items[i]; it.kind != paragraph || it.op != draft.Keep {
			continue
		}
		last, next := s.before(i), s.after(i)
		if last < 0 || next < 0 {
			continue
		}
		p, q := &s.items[last], &s.items[next]
		if p.op == draft.Keep || p.op != q.op || p.by != q.by {
			continue
		}
		end := s.oneChange(i+1, p)
		if end > i && *s.items[i].shape() == *s.items[end].shape() {
			turn(&s.items[i], &s.items[end])
			continue
		}
		switch before := s.before(last); {
		case before >= 0 && s.items[before].op != draft.Keep && s.items[before].op != p.op && s.items[before].by == p.by:
			s.items[before], s.items[last] = s.items[last], s.items[before]
		case before >= 0 && s.items[before].op == draft.Keep:
			s.reword(before, last)
			i++
		case end > i:
			turn(&s.items[i], &s.items[end])
		}
	}
}

// shape gives the shape of a paragraph that is kept, inserted or deleted.
func (it *item) shape() *shape {
	if it.new != nil {
		return it.new
	}
	return it.old
}

// before gives the words before an item in its paragraph; -1 for none.
func (s *script) before(i int) int {
	for i--; i >= 0 && s.items[i].kind != paragraph; i-- {
		if s.items[i].kind == words {
			return i
		}
	}
	return -1
}

// after gives the first words of the paragraph behind a paragraph mark, or its
// mark if it has none; -1 for none.
func (s *script) after(i int) int {
	for i++; i < len(s.items); i++ {
		if k := s.items[i].kind; k == words || k == paragraph {
			return i
		}
	}
	return -1
}

// oneChange gives the last of the paragraph marks from an item on that go with
// words as one change: everything up to it is inserted, or deleted, by the same
// hand. -1 when there is none.
func (s *script) oneChange(from int, like *item) int {
	end := -1
	for i := from; i < len(s.items); i++ {
		it := &s.items[i]
		if it.kind != words && it.kind != paragraph {
			continue
		}
		if it.op != like.op || it.by != like.by || it.move != like.move {
			break
		}
		if it.kind == paragraph {
			end = i
		}
	}
	return end
}

// turn exchanges a mark that is kept and one that is not: the paragraph's own
// mark is new, or goes, and the last one of those behind it stays. It is how a
// person would write it.
func turn(kept, other *item) {
	kept.op, other.op, kept.by = other.op, draft.Keep, other.by
	if kept.op == draft.Add {
		kept.old, other.old = nil, kept.old
	} else {
		kept.new, other.new = nil, kept.new
	}
}

// reword tracks the last word of kept words as deleted and inserted again,
// together with the change that stands after it, so that another change than that
// one ends the paragraph.
func (s *script) reword(kept, change int) {
	k, c := s.items[kept], s.items[change]
	at := len(k.cells)
	for at > 0 && k.cells[at-1].isSpace() {
		at--
	}
	for at > 0 && !k.cells[at-1].isSpace() {
		at--
	}
	word := k.cells[at:]
	k.cells = k.cells[:at]
	c.cells = slices.Concat(word, c.cells)
	again := item{op: draft.Cut, by: c.by, cells: word}
	if c.op == draft.Cut {
		again.op = draft.Add
	}
	s.items[kept], s.items[change] = k, c
	s.items = slices.Insert(s.items, change+1, again)
}
