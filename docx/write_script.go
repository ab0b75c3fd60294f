package docx

import (
	"strings"

	"paraph/draft"
)

// script is a document in the making: words, paragraph marks and anchors in
// order, each kept, deleted or inserted. The items that are not inserted are the
// old text, those that are not deleted the new one.
type script struct {
	book  *book
	text  *draft.Text // the new one
	items []item
	notes map[string]int // that stand at the foot of their pages, by their marks: the clauses that say them

	begins, ends map[int][]int // per clause of the new text: anchors and remarks that begin or end with it
}

// item is one thing of a script: words, or the end of a paragraph, or one of
// the other marks.
type item struct {
	kind   itemKind
	op     draft.Op
	by     int    // index into the book's hands: who deleted or inserted it
	move   int    // the number of the move that it is part of; 0 for none
	cells  []cell // of words
	old    *shape // of a paragraph, as it was; nil if it was not
	new    *shape // as it is; nil if it is no more
	anchor int    // index into the book's spans
}

type itemKind uint8

const (
	words itemKind = iota
	paragraph
	anchorBegin
	anchorEnd
	moveBegin
	moveEnd
)

// shape is how a paragraph looks.
type shape struct {
	style string
	rtl   bool
	inset int // from the margin, in twentieths of a point, where that is not as the style has it
}

func newScript(b *book, t *draft.Text) *script {
	s := &script{book: b, text: t, begins: map[int][]int{}, ends: map[int][]int{}}
	if len(t.Clauses) == 0 {
		return s
	}
	for i, sp := range b.spansOf(t) {
		s.begins[sp.first] = append(s.begins[sp.first], i)
		s.ends[sp.last] = append(s.ends[sp.last], i)
	}
	return s
}

// standing writes a clause of the text as it stands.
func (s *script) standing(clause int) {
	row := s.referring(cells(s.text, clause, s.book.seats))
	sh := shapeOf(s.text, clause, row)
	sh.inset = insetOf(s.text, clause, sh.style)
	s.begin(clause)
	s.put(item{op: draft.Keep, cells: row})
	s.end(clause, item{op: draft.Keep})
	s.items = append(s.items, item{kind: paragraph, op: draft.Keep, old: sh, new: sh})
}

// put adds words; none are nothing.
func (s *script) put(it item) {
	if len(it.cells) > 0 {
		s.items = append(s.items, it)
	}
}

// begin and end put the anchors and remarks that begin or end with a clause of
// the new text. The sign of a remark goes with words that are inserted.
func (s *script) begin(clause int) {
	for _, i := range s.begins[clause] {
		s.items = append(s.items, item{kind: anchorBegin, anchor: i})
	}
}

func (s *script) end(clause int, with item) {
	for _, i := range s.ends[clause] {
		s.items = append(s.items, item{kind: anchorEnd, anchor: i, op: with.op, by: with.by, move: with.move})
	}
}

// shapeOf gives the shape of a clause, whose characters are at hand.
func shapeOf(t *draft.Text, clause int, row []cell) *shape {
	c := &t.Clauses[clause]
	sh := &shape{rtl: rightToLeft(row)}
	switch {
	case c.IsHeading():
		sh.style = headingStyles[min(c.Level, len(headingStyles))-1]
	case len(row) > 0 && row[0].is&labelled != 0:
		sh.style = clauseStyles[min(c.Indent, len(clauseStyles)-1)]
	default:
		sh.style = passageStyles[min(c.Indent, len(passageStyles)-1)]
	}
	return sh
}

// insetStep is what one blank before a clause sets it in, in twentieths of a point:
// which options a clause belongs to may hang on a single one.
const insetStep = 60

// insetOf gives how far a clause is set in, where it is by another number of blanks
// than its style says; else 0.
func insetOf(t *draft.Text, clause int, style string) int {
	c := &t.Clauses[clause]
	base, deep := insetBase(style)
	if c.Last == c.First || deep != c.Indent {
		return 0
	}
	src := t.Pieces[c.First].Src
	src = src[strings.LastIndexByte(src[:len(src)-len(strings.TrimLeft(src, " \t\r\n"))], '\n')+1:]
	column := 0
	for ; column < len(src) && (src[column] == ' ' || src[column] == '\t'); column++ {
		if src[column] == '\t' {
			return 0
		}
	}
	if beyond := column - 4*c.Indent; beyond != 0 && abs(beyond) <= 2 {
		return max(base+beyond*insetStep, 1)
	}
	return 0
}

// insetBase gives how far a style of clauses sets in, and at which depth; -1 for
// another style.
func insetBase(style string) (base, deep int) {
	step := 567
	for _, name := range []string{"Clause", "Passage"} {
		n, found := strings.CutPrefix(strings.ReplaceAll(style, " ", ""), name)
		switch {
		case !found || len(n) > 1 || n != "" && (n[0] < '2' || n[0] > '6'):
			continue
		case n != "":
			deep = int(n[0] - '1')
		}
		if name == "Clause" {
			return step * (deep + 1), deep
		}
		return step * deep, deep
	}
	return 0, -1
}

func abs(n int) int { return max(n, -n) }

// settle makes the last paragraph one that both texts have: a document cannot
// end with a paragraph mark that goes away. Where the last paragraphs are
// deleted or inserted, the marks are taken the other way round, which leaves
// both texts as they are.
func (s *script) settle() {
	s.tellApart()
	s.settleMarks()
	s.close()
}

func (s *script) settleMarks() {
	kept, cut, added := -1, -1, -1
	for i, it := range s.items {
		if it.kind != paragraph {
			continue
		}
		switch it.op {
		case draft.Keep:
			kept, cut, added = i, -1, -1
		case draft.Cut:
			cut = i
		default:
			added = i
		}
	}
	switch {
	case cut < 0 && added < 0:
		if kept < 0 {
			s.items = append(s.items, item{kind: paragraph, op: draft.Keep, old: nobody, new: nobody})
		}
	case cut >= 0 && added >= 0:
		last, gone := max(cut, added), min(cut, added)
		s.items[last].op, s.items[last].move = draft.Keep, 0
		s.items[last].old, s.items[last].new = s.items[cut].old, s.items[added].new
		s.items = append(s.items[:gone], s.items[gone+1:]...)
	case kept < 0 && cut >= 0:
		s.items[cut].op, s.items[cut].new = draft.Keep, nobody
	case kept < 0:
		s.items[added].op, s.items[added].old = draft.Keep, nobody
	case added >= 0:
		k, a := &s.items[kept], &s.items[added]
		k.op, k.by, a.op, a.move = draft.Add, a.by, draft.Keep, 0
		a.old, k.old = k.old, nil
	default:
		k, c := &s.items[kept], &s.items[cut]
		k.op, k.by, c.op, c.move = draft.Cut, c.by, draft.Keep, 0
		c.new, k.new = k.new, nil
	}
}

// close puts what stands behind the last paragraph mark before it.
func (s *script) close() {
	end := len(s.items)
	for end > 0 && s.items[end-1].kind != paragraph {
		end--
	}
	if end > 0 && end < len(s.items) {
		last := s.items[end-1]
		copy(s.items[end-1:], s.items[end:])
		s.items[len(s.items)-1] = last
	}
}

// nobody is the shape of the one paragraph of an empty document.
var nobody = &shape{style: passageStyles[0]}
