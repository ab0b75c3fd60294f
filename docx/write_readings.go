package docx

import (
	"math/bits"
	"slices"
	"strings"
	"time"

	"paraph/draft"
)

// readings writes the script's text with the changes of several readings.
//
// Each reading is compared with the text by itself. Then the text is gone
// through once, character by character, with what each reading does there: which
// of them delete it, and what they insert before it.
func (s *script) readings(all []Reading) {
	base := s.stream(s.text, 0, len(s.text.Clauses)-1)
	m := merger{script: s, base: base, deleted: make([]uint64, len(base.cells)), inserted: map[int][]insertion{}}
	for k, r := range all {
		m.authors = append(m.authors, r.Author)
		if m.date.IsZero() {
			m.date = r.Date
		}
		m.read(k, r.Text)
	}
	m.write()
	m.tellApart()
}

// insertion is what some readings insert at one place.
type insertion struct {
	by    uint64 // the readings, as bits
	items []item
}

// merger lays readings over their common text. Bits stand for readings.
type merger struct {
	*script
	base     stream
	deleted  []uint64            // per cell of the text
	inserted map[int][]insertion // by the cell that they stand before
	authors  []string
	date     time.Time
}

// read notes what one reading changes.
func (m *merger) read(k int, t *draft.Text) {
	own := &script{book: m.book, text: t, begins: map[int][]int{}, ends: map[int][]int{}}
	own.compare(m.text, draft.Compare(m.text, t), 0, false)
	at := 0
	var added []item
	place := func() {
		if len(added) > 0 {
			m.insert(at, k, added)
			added = nil
		}
	}
	for _, it := range own.items {
		n := len(it.cells)
		if it.kind == paragraph {
			n = 1
		}
		if it.op == draft.Add {
			added = append(added, it)
			continue
		}
		place()
		if it.op == draft.Cut {
			for i := at; i < at+n; i++ {
				m.deleted[i] |= 1 << k
			}
		}
		at += n
	}
	place()
}

// insert notes an insertion, together with those of others that are the same.
func (m *merger) insert(at, k int, items []item) {
	list := m.inserted[at]
	for i := range list {
		if slices.EqualFunc(list[i].items, items, sameItem) {
			list[i].by |= 1 << k
			return
		}
	}
	m.inserted[at] = append(list, insertion{1 << k, items})
}

func sameItem(a, b item) bool {
	if a.kind != b.kind || (a.new == nil) != (b.new == nil) || a.new != nil && *a.new != *b.new {
		return false
	}
	return slices.Equal(a.cells, b.cells)
}

// hand gives the place of the joint author of some readings.
func (m *merger) hand(by uint64) int {
	names := make([]string, 0, bits.OnesCount64(by))
	for k, name := range m.authors {
		if by&(1<<k) != 0 {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return m.book.by(strings.Join(slices.Compact(names), ", "), m.date)
}

func (m *merger) write() {
	clause := 0
	if len(m.text.Clauses) > 0 {
		m.begin(0)
	}
	for i := 0; i < len(m.base.cells); {
		m.insertions(i)
		end := i + 1
		if m.base.cells[i].r != endOfParagraph {
			for end < len(m.base.cells) && m.deleted[end] == m.deleted[i] && m.inserted[end] == nil && m.base.cells[end].r != endOfParagraph {
				end++
			}
		}
		it := item{op: draft.Keep, cells: m.base.cells[i:end]}
		if by := m.deleted[i]; by != 0 {
			it.op, it.by = draft.Cut, m.hand(by)
		}
		if m.base.cells[i].r == endOfParagraph {
			it.kind, it.cells, it.old = paragraph, nil, m.base.shapes[clause]
			if it.op == draft.Keep {
				it.new = it.old
			}
			m.end(clause, item{op: draft.Keep})
			m.items = append(m.items, it)
			if clause++; clause < len(m.base.shapes) {
				m.begin(clause)
			}
		} else {
			m.put(it)
		}
		i = end
	}
	m.insertions(len(m.base.cells))
	if n := len(m.items); n == 0 || m.items[n-1].kind != paragraph || m.items[n-1].op != draft.Keep {
		// several hands may end the document otherwise: an empty paragraph closes it for all
		m.items = append(m.items, item{kind: paragraph, op: draft.Keep, old: nobody, new: nobody})
	}
}

func (m *merger) insertions(at int) {
	for _, in := range m.inserted[at] {
		by := m.hand(in.by)
		for _, it := range in.items {
			it.by = by
			m.items = append(m.items, it)
		}
	}
}
