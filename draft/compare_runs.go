package draft

import (
	"slices"
	"strings"
)

// runWriter puts runs together, joining those of one kind.
type runWriter struct {
	runs []Run
	op   Op
	b    strings.Builder
}

func (r *runWriter) put(op Op, words string) {
	if words == "" {
		return
	}
	if op != r.op {
		r.flush()
		r.op = op
	}
	r.b.WriteString(words)
}

func (r *runWriter) flush() {
	if r.b.Len() > 0 {
		r.runs = append(r.runs, Run{r.op, r.b.String()})
		r.b.Reset()
	}
}

func (r *runWriter) done() []Run {
	r.flush()
	if r.runs == nil {
		return []Run{}
	}
	return r.runs
}

// whole is one run.
func whole(op Op, words string) []Run {
	r := &runWriter{}
	r.put(op, words)
	return r.done()
}

// bare writes two rows of words, one blank between.
func (r *runWriter) bare(lex *lexicon, a, b []int32, hunks []hunk) {
	row := func(op Op, ids []int32, all []int32, end int) {
		for k, id := range ids {
			r.put(op, lex.text[id])
			if k < len(ids)-1 || end < len(all) {
				r.put(op, " ")
			}
		}
	}
	i := 0
	for _, h := range hunks {
		row(Keep, a[i:h.old], a, h.old)
		row(Cut, a[h.old:h.oldEnd], a, h.oldEnd)
		row(Add, b[h.new:h.newEnd], b, h.newEnd)
		i = h.oldEnd
	}
	row(Keep, a[i:], a, len(a))
}

// weaver writes the runs of one pair of clauses, marks and blanks included.
type weaver struct {
	runWriter
	c    *comparer
	note bool // note which marks stand in each other's place
}

// compareSpans compares the words and marks of an old and a new stretch. It
// gives the hunks of words, exact, and the runs, and tells whether words or marks
// changed.
func (c *comparer) compareSpans(s, t extent) ([]hunk, []Run, bool) {
	oldAtoms, newAtoms := c.old.atoms[s.atom:s.atomEnd], c.new.atoms[t.atom:t.atomEnd]
	same := c.unchanged(oldAtoms, newAtoms)
	if same && slices.EqualFunc(oldAtoms, newAtoms, likeAtoms) {
		c.keep(s, nil)
		return nil, whole(Keep, joinAtoms(newAtoms)), false
	}
	a := c.old.ids[s.word:s.wordEnd]
	hunks := c.hunks(a, c.new.ids[t.word:t.wordEnd], func(inNew bool, first, last int) int32 {
		if inNew {
			return c.new.balance(t, first, last)
		}
		return c.old.balance(s, first, last)
	})
	c.keep(s, hunks)
	w := &weaver{c: c, note: !same}
	w.weave(s, t, hunks)
	if shown := c.tidy(a, hunks); len(shown) < len(hunks) {
		w = &weaver{c: c}
		w.weave(s, t, shown)
	}
	return hunks, w.done(), !same || len(hunks) > 0
}

// keep notes the words of an old stretch that stay.
func (c *comparer) keep(s extent, hunks []hunk) {
	k := s.word
	for _, h := range append(hunks[:len(hunks):len(hunks)], hunk{old: s.length()}) {
		for ; k < s.word+h.old; k++ {
			c.kept[k] = true
		}
		k = s.word + h.oldEnd
	}
}

// unchanged tells whether words and marks are the same, white space aside, and
// if so notes that each mark stands in the place of its like.
func (c *comparer) unchanged(old, new []atom) bool {
	i, j := 0, 0
	next := func(atoms []atom, k int) int {
		for k < len(atoms) && atoms[k].sort == atomSpace {
			k++
		}
		return k
	}
	for {
		i, j = next(old, i), next(new, j)
		if i == len(old) || j == len(new) {
			break
		}
		if old[i].src != new[j].src || old[i].sort != new[j].sort || old[i].kind != new[j].kind {
			return false
		}
		i, j = i+1, j+1
	}
	if i < len(old) || j < len(new) {
		return false
	}
	for i, j = next(old, 0), next(new, 0); i < len(old); i, j = next(old, i+1), next(new, j+1) {
		c.inPlace(old[i], new[j])
	}
	return true
}

// inPlace notes that an opening mark stands in the place of another.
func (c *comparer) inPlace(old, new atom) {
	if old.sort == atomMark && (old.kind == Open || old.kind == Option) {
		x, y := c.old.text.Pieces[old.piece].Within, c.new.text.Pieces[new.piece].Within
		if x >= 0 && y >= 0 {
			c.facing = append(c.facing, facing{x, y})
		}
	}
}

// balance tells how well the words of a clause from first up to last hold whole
// brackets: the marks that open stand before a word, those that close after one.
func (w *matter) balance(s extent, first, last int) int32 {
	open, any := 0, false
	for k := first; k < last; k++ {
		at := w.words[s.word+k]
		for i := int(at.first) - 1; i >= s.atom && w.atoms[i].sort != atomLetters; i-- {
			if w.atoms[i].kind == Open {
				open, any = open+1, true
			}
		}
		for i := int(at.last); i < s.atomEnd && w.atoms[i].sort != atomLetters; i++ {
			if w.atoms[i].kind == Close {
				open, any = open-1, true
			}
		}
	}
	switch {
	case open != 0:
		return -3
	case any:
		return 3
	}
	return 0
}

// weave writes two clauses that differ in the given hunks of words.
func (w *weaver) weave(s, t extent, hunks []hunk) {
	old, new := w.c.old, w.c.new
	i, j := s.atom, t.atom
	k, l, rough := 0, 0, false
	for h := 0; h <= len(hunks); h++ {
		end := s.length()
		if h < len(hunks) {
			end = hunks[h].old
		}
		for ; k < end; k, l = k+1, l+1 {
			x, y := old.words[s.word+k], new.words[t.word+l]
			w.segment(old.atoms[i:x.first], new.atoms[j:y.first], rough)
			w.word(old.atoms[x.first:x.last], new.atoms[y.first:y.last])
			i, j, rough = int(x.last), int(y.last), false
		}
		if h < len(hunks) {
			k, l, rough = hunks[h].oldEnd, hunks[h].newEnd, hunks[h].rough
		}
	}
	w.segment(old.atoms[i:s.atomEnd], new.atoms[j:t.atomEnd], rough)
}

// word writes a word that both clauses have, with the marks inside it.
func (w *weaver) word(old, new []atom) {
	if len(old) == 1 && len(new) == 1 {
		w.put(Keep, old[0].src)
		return
	}
	marks := func(atoms []atom) int {
		n := 0
		for n < len(atoms) && atoms[n].sort != atomLetters {
			n++
		}
		return n
	}
	var x, y string
	for len(old) > 0 || len(new) > 0 || x != "" || y != "" {
		m, n := 0, 0
		if x == "" {
			m = marks(old)
		}
		if y == "" {
			n = marks(new)
		}
		w.segment(old[:m], new[:n], true)
		old, new = old[m:], new[n:]
		if x == "" {
			x, old = old[0].src, old[1:]
		}
		if y == "" {
			y, new = new[0].src, new[1:]
		}
		n = min(len(x), len(y))
		w.put(Keep, x[:n])
		x, y = x[n:], y[n:]
	}
}

// segment writes what stands between two words that both clauses have: blanks,
// marks, and words that only one of them has.
func (w *weaver) segment(old, new []atom, rough bool) {
	n := commonEnd(old, new)
	opening := false
	for _, a := range old[len(old)-n:] {
		opening = opening || a.sort == atomMark && (a.kind == Open || a.kind == Option)
	}
	if !opening { // what opens belongs to the word after it, what closes to the one before
		n = 0
	}
	after, afterNew := old[len(old)-n:], new[len(new)-n:]
	old, new = old[:len(old)-n], new[:len(new)-n]
	n = 0
	for n < len(old) && n < len(new) && old[n].sort != atomLetters && likeAtoms(old[n], new[n]) {
		n++
	}
	w.keep(old[:n], new[:n])
	old, new = old[n:], new[n:]
	n = commonEnd(old, new)
	w.middle(old[:len(old)-n], new[:len(new)-n], rough)
	w.keep(old[len(old)-n:], new[len(new)-n:])
	w.keep(after, afterNew)
}

// commonEnd counts the marks and blanks in which two rows of atoms end alike.
func commonEnd(old, new []atom) int {
	n := 0
	for n < len(old) && n < len(new) {
		x, y := old[len(old)-1-n], new[len(new)-1-n]
		if x.sort == atomLetters || !likeAtoms(x, y) {
			break
		}
		n++
	}
	return n
}

func likeAtoms(x, y atom) bool { return x.sort == y.sort && x.kind == y.kind && x.src == y.src }

func (w *weaver) keep(old, new []atom) {
	for k, a := range old {
		w.put(Keep, a.src)
		if w.note {
			w.c.inPlace(a, new[k])
		}
	}
}

const maxMarkPairs = 1 << 12

// middle writes a segment that begins and ends with something different,
// keeping the marks that both sides have.
func (w *weaver) middle(old, new []atom, rough bool) {
	if rough {
		w.replace(old, new)
		return
	}
	x, y := marksOf(old), marksOf(new)
	if len(x) == 0 || len(y) == 0 || len(x)*len(y) > maxMarkPairs {
		w.replace(old, new)
		return
	}
	i, j := 0, 0
	for _, p := range w.commonMarks(old, new, x, y) {
		w.replace(old[i:p[0]], new[j:p[1]])
		a, b := old[p[0]], new[p[1]]
		if a.src == b.src {
			w.put(Keep, a.src)
		} else {
			w.put(Cut, a.src)
			w.put(Add, b.src)
		}
		if w.note {
			w.c.inPlace(a, b)
		}
		i, j = p[0]+1, p[1]+1
	}
	w.replace(old[i:], new[j:])
}

func marksOf(atoms []atom) []int {
	var out []int
	for k, a := range atoms {
		if a.sort == atomMark {
			out = append(out, k)
		}
	}
	return out
}

// commonMarks gives the places of a longest common subsequence of marks.
func (w *weaver) commonMarks(old, new []atom, x, y []int) [][2]int {
	if !w.c.exchanged {
		return commonMarks(old, new, x, y)
	}
	out := commonMarks(new, old, y, x)
	for k := range out {
		out[k][0], out[k][1] = out[k][1], out[k][0]
	}
	return out
}

func commonMarks(old, new []atom, x, y []int) [][2]int {
	width := len(y) + 1
	best := make([]int, (len(x)+1)*width)
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if sameMark(old[x[i]], new[y[j]]) {
				best[i*width+j] = best[(i+1)*width+j+1] + 1
			} else {
				best[i*width+j] = max(best[(i+1)*width+j], best[i*width+j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case sameMark(old[x[i]], new[y[j]]):
			out = append(out, [2]int{x[i], y[j]})
			i, j = i+1, j+1
		case best[(i+1)*width+j] >= best[i*width+j+1]:
			i++
		default:
			j++
		}
	}
	return out
}

// sameMark tells whether a mark may stand in another's place: brackets and
// options may whatever their labels say.
func sameMark(x, y atom) bool {
	switch x.kind {
	case Open, Close, Option:
		return x.kind == y.kind
	}
	return x.kind == y.kind && x.src == y.src
}

// replace writes atoms that others replaced, keeping the blank around them.
func (w *weaver) replace(old, new []atom) {
	blank := func(atoms []atom, k int) bool { return len(atoms) > 0 && atoms[k].sort == atomSpace }
	if blank(old, 0) && blank(new, 0) {
		w.put(Keep, " ")
		old, new = old[1:], new[1:]
	}
	tail := blank(old, len(old)-1) && blank(new, len(new)-1)
	if tail {
		old, new = old[:len(old)-1], new[:len(new)-1]
	}
	w.put(Cut, joinAtoms(old))
	w.put(Add, joinAtoms(new))
	if tail {
		w.put(Keep, " ")
	}
}
