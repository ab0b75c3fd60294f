package docx

import "paraph/draft"

// weave goes through two rows of cells by the runs of a comparison and says, in
// order, how many cells are kept, cut or added. The runs tell only which letters
// are kept; labels, white space and the marks of paragraphs, which runs leave
// out or fold, are compared where they stand. Runs that do not fit the cells,
// and cells that look otherwise than before, are cut and added, so that what is
// said is true of any rows: those not added are the old one, those not cut the
// new one.
func weave(old, new []cell, runs []draft.Run, say func(op draft.Op, n int)) {
	w := weaver{old: old, new: new, say: say}
	for _, r := range runs {
		for _, c := range r.Words {
			if !w.letter(r.Op, valid(c)) {
				w.i, w.j = len(old), len(new)
				w.finish()
				return
			}
		}
	}
	w.i, w.j = len(old), len(new)
	w.finish()
}

// weaver holds how far two rows are read, and how much of that is said.
type weaver struct {
	old, new []cell
	i, j     int // read
	oldDone  int // said
	newDone  int
	kept     int // cells kept and not yet said, after those that are
	say      func(op draft.Op, n int)
}

// letter reads one character of a run, and tells whether it fits.
func (w *weaver) letter(op draft.Op, r rune) bool {
	if (cell{r: r}).isSpace() {
		return true
	}
	if op != draft.Add {
		for w.i < len(w.old) && w.old[w.i].passes() {
			w.i++
		}
		if w.i == len(w.old) || w.old[w.i].r != r {
			return false
		}
	}
	if op != draft.Cut {
		for w.j < len(w.new) && w.new[w.j].passes() {
			w.j++
		}
		if w.j == len(w.new) || w.new[w.j].r != r {
			return false
		}
	}
	switch {
	case op == draft.Cut:
		w.i++
	case op == draft.Add:
		w.j++
	case w.old[w.i] != w.new[w.j]: // it looks otherwise
		w.i, w.j = w.i+1, w.j+1
	default:
		if w.oldDone+w.kept < w.i || w.newDone+w.kept < w.j {
			w.between()
		}
		w.i, w.j, w.kept = w.i+1, w.j+1, w.kept+1
	}
	return true
}

// between says what stands between two letters that are kept.
func (w *weaver) between() {
	a, b := w.old[w.oldDone+w.kept:w.i], w.new[w.newDone+w.kept:w.j]
	head := alike(a, b)
	w.kept += head
	a, b = a[head:], b[head:]
	tail := alikeEnd(a, b)
	if len(a)+len(b) == 2*tail {
		w.kept += tail
		return
	}
	w.flush()
	if n := len(a) - tail; n > 0 {
		w.say(draft.Cut, n)
		w.oldDone += n
	}
	if n := len(b) - tail; n > 0 {
		w.say(draft.Add, n)
		w.newDone += n
	}
	w.kept = tail
}

// flush says what is kept.
func (w *weaver) flush() {
	if w.kept > 0 {
		w.say(draft.Keep, w.kept)
	}
	w.oldDone, w.newDone, w.kept = w.oldDone+w.kept, w.newDone+w.kept, 0
}

func (w *weaver) finish() {
	w.between()
	w.flush()
}

// alike counts the cells in which two rows begin alike: white space, marks of
// paragraphs, whole labels.
func alike(a, b []cell) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] && a[n].passes() {
		if a[n].is&labelled == 0 {
			n++
			continue
		}
		m := label(a[n:])
		if m != label(b[n:]) || !same(a[n:n+m], b[n:n+m]) {
			break
		}
		n += m
	}
	return n
}

// alikeEnd counts the cells in which two rows end alike: white space and marks
// of paragraphs.
func alikeEnd(a, b []cell) int {
	n := 0
	for n < len(a) && n < len(b) {
		x := a[len(a)-1-n]
		if x != b[len(b)-1-n] || !x.passes() || x.is&labelled != 0 {
			break
		}
		n++
	}
	return n
}

// label counts the cells of the label with which a row begins.
func label(row []cell) int {
	n := 0
	for n < len(row) && row[n].is&labelled != 0 {
		n++
	}
	return n
}

func same(a, b []cell) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
