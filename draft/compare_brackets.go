package draft

import "sort"

// brackets counts, per clause, the brackets lifted and added and the
// alternatives dropped. A bracket is still there if an opening mark of it stands
// in the place of an opening mark of a bracket of the new text.
func (c *comparer) brackets() {
	old, new := c.old.text, c.new.text
	taken := make([]bool, len(new.Brackets))
	for _, b := range old.Brackets {
		there := false
		for _, x := range b.Alternatives {
			if y := c.twin[x]; y >= 0 && !taken[new.Alternatives[y].Bracket] {
				taken[new.Alternatives[y].Bracket] = true
				there = true
				break
			}
		}
		clause := old.opensIn(b)
		if clause < 0 {
			continue
		}
		ch := &c.out.Clauses[c.oldEntry[clause]]
		if there {
			ch.OptionsDropped += c.missing(b)
		} else {
			ch.BracketsLifted++
			ch.OptionsDropped += c.lost(b)
		}
	}
	for k, b := range new.Brackets {
		if clause := new.opensIn(b); !taken[k] && clause >= 0 {
			c.out.Clauses[c.newEntry[clause]].BracketsAdded++
		}
	}
}

// opensIn gives the clause in which a bracket opens.
func (t *Text) opensIn(b Bracket) int {
	return t.Pieces[t.Alternatives[b.Alternatives[0]].First].Clause
}

// missing counts the alternatives that a bracket which is still there has lost.
func (c *comparer) missing(b Bracket) int {
	n := 0
	for _, x := range b.Alternatives {
		if words, kept := c.keptWords(x); c.twin[x] < 0 && 2*kept < max(words, 1) {
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
