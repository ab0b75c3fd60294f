package draft

import (
	"cmp"
	"slices"
	"sort"
)

// facing are two alternatives, of the old and of the new text, of which marks
// that open or name them stand in each other's place.
type facing struct{ old, new int }

// brackets counts, per clause, the brackets lifted and added and the
// alternatives dropped. A bracket is still there if a mark that opens or names
// an alternative of it stands in the place of one of a bracket of the new text;
// a bracket of the new text counts once.
func (c *comparer) brackets() {
	old, new := c.old.text, c.new.text
	faces := make([]bool, len(old.Alternatives))
	for _, f := range c.facing {
		faces[f.old] = true
	}
	oldMate, newMate := c.lastingBrackets()
	for k, b := range old.Brackets {
		clause := old.opensIn(b)
		if clause < 0 {
			continue
		}
		ch := &c.out.Clauses[c.oldEntry[clause]]
		if oldMate[k] >= 0 {
			ch.OptionsDropped += c.missing(b, faces)
		} else {
			ch.BracketsLifted++
			ch.OptionsDropped += c.lost(b)
		}
	}
	for k, b := range new.Brackets {
		if clause := new.opensIn(b); newMate[k] < 0 && clause >= 0 {
			c.out.Clauses[c.newEntry[clause]].BracketsAdded++
		}
	}
}

// lastingBrackets gives for every bracket of either text the one that it is in
// the other, or unmatched. As alternatives may go from one bracket to another,
// there can be several ways; it is one that keeps the most brackets, decided in
// one direction, whichever text is called the new one.
func (c *comparer) lastingBrackets() (old, new []int) {
	a, b := c.old.text, c.new.text
	links := slices.Clone(c.facing)
	if c.exchanged {
		a, b = b, a
		for k, f := range links {
			links[k] = facing{f.new, f.old}
		}
	}
	slices.SortFunc(links, func(x, y facing) int { return cmp.Or(x.old-y.old, x.new-y.new) })
	m := newBracketMatching(len(a.Brackets), len(b.Brackets))
	for _, f := range links {
		x := a.Alternatives[f.old].Bracket
		m.choices[x] = append(m.choices[x], b.Alternatives[f.new].Bracket)
	}
	m.run()
	if c.exchanged {
		return m.back, m.mate
	}
	return m.mate, m.back
}

// opensIn gives the clause in which a bracket opens.
func (t *Text) opensIn(b Bracket) int {
	return t.Pieces[t.Alternatives[b.Alternatives[0]].First].Clause
}

// missing counts the alternatives that a bracket which is still there has lost.
// faces tells, per alternative of the old text, whether a mark stands in the
// place of one of its marks.
func (c *comparer) missing(b Bracket, faces []bool) int {
	n := 0
	for _, x := range b.Alternatives {
		if words, kept := c.keptWords(x); !faces[x] && 2*kept < max(words, 1) {
			n++
		}
	}
	return n
}

// lost counts the alternatives that did not win when their bracket was lifted:
// all but one if words of theirs stay or if having no text was one of them.
func (c *comparer) lost(b Bracket) int {
	for _, x := range b.Alternatives {
		if _, kept := c.keptWords(x); kept > 0 || c.old.text.Alternatives[x].NoText {
			return len(b.Alternatives) - 1
		}
	}
	return len(b.Alternatives)
}

// keptWords counts the words of an alternative, those included that it holds in
// part, and those of them that the new text still has.
func (c *comparer) keptWords(x int) (words, kept int) {
	w, a := c.old, c.old.text.Alternatives[x]
	if a.NoText { // though a word may go on across it
		return 0, 0
	}
	first := sort.Search(len(w.words), func(k int) bool { return int(w.atoms[w.words[k].last-1].piece) >= a.First })
	last := sort.Search(len(w.words), func(k int) bool { return int(w.atoms[w.words[k].first].piece) >= a.Last })
	for _, k := range c.kept[first:last] {
		if k {
			kept++
		}
	}
	return last - first, kept
}

// bracketMatching pairs brackets of two texts, one with one, so that as many as
// possible have a counterpart: a maximum matching by augmenting paths (Berge
// 1957; Kuhn 1955), many in one sweep.
type bracketMatching struct {
	choices [][]int // per bracket of the first text: those of the second it may be paired with, best first
	mate    []int   // per bracket of the first text: its counterpart, or unmatched
	back    []int   // per bracket of the second
	seen    []bool  // per bracket of the second: was it tried in this sweep
}

func newBracketMatching(first, second int) *bracketMatching {
	m := &bracketMatching{
		choices: make([][]int, first), mate: make([]int, first),
		back: make([]int, second), seen: make([]bool, second),
	}
	for i := range m.mate {
		m.mate[i] = unmatched
	}
	for j := range m.back {
		m.back[j] = unmatched
	}
	return m
}

// run sweeps until no bracket finds a counterpart any more. What was tried in
// vain stays so until the sweep ends, so a sweep is linear.
func (m *bracketMatching) run() {
	for found := true; found; {
		found = false
		clear(m.seen)
		for i := range m.choices {
			if m.mate[i] < 0 && m.find(i) {
				found = true
			}
		}
	}
}

// find pairs a bracket with one that is free, or else with one whose own
// counterpart finds another, and tells whether it could.
func (m *bracketMatching) find(i int) bool {
	for _, j := range m.choices[i] {
		if m.back[j] < 0 {
			m.mate[i], m.back[j] = j, i
			return true
		}
	}
	for _, j := range m.choices[i] {
		if m.seen[j] {
			continue
		}
		m.seen[j] = true
		if m.find(m.back[j]) {
			m.mate[i], m.back[j] = j, i
			return true
		}
	}
	return false
}
