package draft

// Comparison is what became of a text: its changes by clause and in all.
//
// Words are counted without marks and labels: a bracket that is put around
// words, lifted from them or given other holders changes no word, and neither
// does another number. "[shall][should]" holds two words. The figures are those
// of a longest common subsequence of every two clauses that were matched, so no
// comparison of these clauses has fewer changes.
type Comparison struct {
	DeletedWords   int      `json:"deleted_words"`
	InsertedWords  int      `json:"inserted_words"`
	MovedClauses   int      `json:"moved_clauses"`   // without headings
	MovedWords     int      `json:"moved_words"`     // kept words of moved clauses and headings; in neither of the first two
	Renumbered     int      `json:"renumbered"`      // clauses and headings with another label, whatever else became of them
	BracketsLifted int      `json:"brackets_lifted"` // brackets of the old text that the new one has no more, with or without their words
	BracketsAdded  int      `json:"brackets_added"`  // so the new text has the old one's brackets − lifted + added
	OptionsDropped int      `json:"options_dropped"` // alternatives that the new text has no more, but for the one that stays when its bracket is lifted
	OldWords       int      `json:"old_words"`
	NewWords       int      `json:"new_words"`
	Moves          []Move   `json:"moves"`   // in the order of the new text
	Clauses        []Change `json:"clauses"` // in the order of the new text, deleted ones where they stood
}

// Move is a run of clauses that moved together: a whole article with its
// heading, or some paragraphs.
type Move struct {
	FromLabel string `json:"from_label"` // of its first clause, as printed
	ToLabel   string `json:"to_label"`
	FromLine  int    `json:"from_line"`
	ToLine    int    `json:"to_line"`
	Clauses   int    `json:"clauses"` // without headings
	Words     int    `json:"words"`   // kept words
}

// ChangeKind tells what became of a clause.
type ChangeKind string

// The kinds of changes. A changed clause may be renumbered too, and so may a
// moved one: its labels say it.
const (
	Same         ChangeKind = "same"
	Changed      ChangeKind = "changed" // words or marks
	Moved        ChangeKind = "moved"
	MovedChanged ChangeKind = "moved+changed"
	Inserted     ChangeKind = "inserted"
	Deleted      ChangeKind = "deleted"
	Renumbered   ChangeKind = "renumbered" // another label, nothing else
	Merged       ChangeKind = "merged"     // an old clause that became a part of another one's counterpart, which NewIndex names
	Split        ChangeKind = "split"      // a new clause that was a part of the old one that OldIndex names
)

// Change is what became of one clause.
type Change struct {
	Kind           ChangeKind `json:"kind"`
	Heading        bool       `json:"heading,omitempty"`
	OldIndex       int        `json:"old_index"` // into Clauses of the old text; -1 if inserted
	NewIndex       int        `json:"new_index"` // -1 if deleted
	OldLabel       string     `json:"old_label"`
	NewLabel       string     `json:"new_label"`
	OldLine        int        `json:"old_line"`       // 0 if inserted
	NewLine        int        `json:"new_line"`       // 0 if deleted
	From           string     `json:"from,omitempty"` // of a moved clause, in words: "Article 7, 3"
	To             string     `json:"to,omitempty"`
	DeletedWords   int        `json:"deleted_words"`
	InsertedWords  int        `json:"inserted_words"`
	BracketsLifted int        `json:"brackets_lifted"` // of those that open in it
	BracketsAdded  int        `json:"brackets_added"`
	OptionsDropped int        `json:"options_dropped"`
	Runs           []Run      `json:"runs"`

	kept int // words that both have, parts included
}

// Run is a stretch of a clause as written, with its marks and blanks but
// without the label. The runs that are not Add, put together, are the old
// clause; those that are not Cut the new one; both with white space folded.
//
// Runs are cut for readers: where a passage was rewritten, a stray word that
// both sides share stands in both runs, so the words in runs may be more than
// the figures.
type Run struct {
	Op    Op     `json:"op"`
	Words string `json:"words"`
}

// Op tells what became of a run.
type Op string

// The operations.
const (
	Keep Op = "="
	Cut  Op = "-"
	Add  Op = "+"
)

// CompareOptions choose what a comparison looks at. The zero value compares all.
type CompareOptions struct {
	WordOnly bool // ignore clauses, labels and marks: two rows of words. A moved passage is deleted and inserted
}

// Compare finds what became of the old text in the new one.
func Compare(old, new *Text) Comparison { return CompareWith(old, new, CompareOptions{}) }

// CompareWith is Compare with options. With WordOnly the result has one Change
// (none if both texts are empty), whose runs hold words without marks, one
// blank between.
func CompareWith(old, new *Text, options CompareOptions) Comparison {
	lex := newLexicon()
	c := newComparer(newMatter(old, lex), newMatter(new, lex), lex)
	if options.WordOnly {
		c.compareWords()
	} else {
		c.compareClauses()
	}
	c.out.OldWords, c.out.NewWords = len(c.old.words), len(c.new.words)
	return c.out
}

// comparer is a comparison in the making.
type comparer struct {
	out       Comparison
	old, new  *matter
	lex       *lexicon
	lcs       *subsequence
	exchanged bool   // ties are decided as if the texts were exchanged
	kept      []bool // per word of the old text: is it in the new one
	facing    []facing
	oldEntry  []int // per clause of the old text: its place in out.Clauses
	newEntry  []int
}

func newComparer(old, new *matter, lex *lexicon) *comparer {
	c := &comparer{
		old: old, new: new, lex: lex,
		exchanged: before(new, old, lex),
		lcs:       newSubsequence(len(lex.text)),
		kept:      make([]bool, len(old.words)),
		oldEntry:  make([]int, len(old.spans)),
		newEntry:  make([]int, len(new.spans)),
	}
	c.out.Moves, c.out.Clauses = []Move{}, []Change{}
	return c
}

// compareWords compares the texts as two rows of words.
func (c *comparer) compareWords() {
	if len(c.old.ids)+len(c.new.ids) == 0 {
		return
	}
	r := &runWriter{}
	hunks := c.hunks(c.old.ids, c.new.ids, nil)
	r.bare(c.lex, c.old.ids, c.new.ids, c.tidy(c.old.ids, hunks))
	ch := Change{Kind: Same, OldIndex: -1, NewIndex: -1, Runs: r.done()}
	for _, h := range hunks {
		ch.Kind = Changed
		ch.DeletedWords += h.oldEnd - h.old
		ch.InsertedWords += h.newEnd - h.new
	}
	c.out.DeletedWords, c.out.InsertedWords = ch.DeletedWords, ch.InsertedWords
	c.out.Clauses = append(c.out.Clauses, ch)
}

// compareClauses compares clause by clause.
func (c *comparer) compareClauses() {
	pairs, oldParts, newParts := matchWordings(c.old, c.new, c.lex, c.lcs)
	matched := make([]bool, len(c.old.spans))
	for _, p := range pairs {
		matched[p.Old] = true
	}
	oldDone, newDone := 0, 0
	upTo := func(old, new int) {
		for ; oldDone < old; oldDone++ {
			if !matched[oldDone] && oldParts[oldDone] < 0 {
				c.deleted(oldDone)
			}
		}
		for ; newDone < new; newDone++ {
			if newParts[newDone] < 0 {
				c.inserted(newDone)
			}
		}
	}
	for _, p := range pairs {
		if p.Moved {
			upTo(oldDone, p.New)
		} else {
			upTo(p.Old, p.New)
			oldDone = p.Old + 1
		}
		newDone = p.New + 1
		oldGroup := group{p, false, firstPart(oldParts, p.Old), lastPart(oldParts, p.Old)}
		newGroup := group{p, true, firstPart(newParts, p.New), lastPart(newParts, p.New)}
		switch {
		case oldGroup.first < oldGroup.last:
			c.group(oldGroup)
		case newGroup.first < newGroup.last:
			c.group(newGroup)
		default:
			c.pair(p)
		}
	}
	upTo(len(c.old.spans), len(c.new.spans))
	c.brackets()
	c.moves(pairs)
	c.total()
}

func (c *comparer) deleted(i int) {
	clause := c.old.text.Clauses[i]
	c.oldEntry[i] = len(c.out.Clauses)
	c.out.Clauses = append(c.out.Clauses, Change{
		Kind: Deleted, Heading: clause.IsHeading(), OldIndex: i, NewIndex: -1,
		OldLabel: clause.Label, OldLine: clause.Line, DeletedWords: c.old.spans[i].length(),
		Runs: whole(Cut, c.old.written(i)),
	})
}

func (c *comparer) inserted(j int) {
	clause := c.new.text.Clauses[j]
	c.newEntry[j] = len(c.out.Clauses)
	c.out.Clauses = append(c.out.Clauses, Change{
		Kind: Inserted, Heading: clause.IsHeading(), OldIndex: -1, NewIndex: j,
		NewLabel: clause.Label, NewLine: clause.Line, InsertedWords: c.new.spans[j].length(),
		Runs: whole(Add, c.new.written(j)),
	})
}

func (c *comparer) pair(p Pair) {
	ch := c.change(p.Old, p.New)
	c.oldEntry[p.Old], c.newEntry[p.New] = len(c.out.Clauses), len(c.out.Clauses)
	hunks, runs, changed := c.compareSpans(c.old.spans[p.Old], c.new.spans[p.New])
	for _, h := range hunks {
		ch.DeletedWords += h.oldEnd - h.old
		ch.InsertedWords += h.newEnd - h.new
	}
	ch.Runs, ch.kept = runs, c.old.spans[p.Old].length()-ch.DeletedWords
	ch.Kind = kindOf(p.Moved, changed, ch.OldLabel != ch.NewLabel)
	if p.Moved {
		ch.From, ch.To = c.old.text.place(p.Old), c.new.text.place(p.New)
	}
	c.out.Clauses = append(c.out.Clauses, ch)
}

// change begins the change of an old clause into a new one.
func (c *comparer) change(i, j int) Change {
	a, b := c.old.text.Clauses[i], c.new.text.Clauses[j]
	return Change{
		Heading: b.IsHeading(), OldIndex: i, NewIndex: j,
		OldLabel: a.Label, NewLabel: b.Label, OldLine: a.Line, NewLine: b.Line,
	}
}

func kindOf(moved, changed, renumbered bool) ChangeKind {
	switch {
	case moved && changed:
		return MovedChanged
	case moved:
		return Moved
	case changed:
		return Changed
	case renumbered:
		return Renumbered
	}
	return Same
}

// total adds up the clauses' figures.
func (c *comparer) total() {
	out := &c.out
	for i := range out.Clauses {
		ch := &out.Clauses[i]
		out.DeletedWords += ch.DeletedWords
		out.InsertedWords += ch.InsertedWords
		out.BracketsLifted += ch.BracketsLifted
		out.BracketsAdded += ch.BracketsAdded
		out.OptionsDropped += ch.OptionsDropped
		if ch.OldIndex >= 0 && ch.NewIndex >= 0 && ch.OldLabel != ch.NewLabel && ch.Kind != Merged && ch.Kind != Split {
			out.Renumbered++
		}
	}
	for _, m := range out.Moves {
		out.MovedClauses += m.Clauses
		out.MovedWords += m.Words
	}
}

// moves groups the moved clauses: those that follow one another in both texts,
// but for inserted and deleted ones, up to the next heading of the first one's
// rank.
func (c *comparer) moves(pairs []Pair) {
	matched := make([]bool, len(c.old.spans))
	for _, p := range pairs {
		matched[p.Old] = true
	}
	follows := make([]int, len(matched)) // per old clause: the matched one before it
	last := -1
	for i := range follows {
		follows[i] = last
		if matched[i] {
			last = i
		}
	}
	before, level := -2, 0
	for _, p := range pairs {
		if !p.Moved {
			before = -2
			continue
		}
		ch := &c.out.Clauses[c.newEntry[p.New]]
		own := c.new.text.Clauses[p.New].Level
		if follows[p.Old] != before || own > 0 && (level == 0 || own <= level) {
			c.out.Moves = append(c.out.Moves, Move{FromLabel: ch.OldLabel, ToLabel: ch.NewLabel, FromLine: ch.OldLine, ToLine: ch.NewLine})
			level = own
		}
		m := &c.out.Moves[len(c.out.Moves)-1]
		m.Words += ch.kept
		if own == 0 {
			m.Clauses++
		}
		before = p.Old
	}
}

// place says in words where a clause stands: its heading and its label.
func (t *Text) place(clause int) string {
	c := t.Clauses[clause]
	name := c.Label
	if c.IsHeading() && name == "" {
		name = c.Heading
	}
	if c.IsHeading() || c.Section < 0 {
		return name
	}
	above := t.Clauses[c.Section]
	switch where := above.Label; {
	case where == "" && name == "":
		return above.Heading
	case where == "":
		return above.Heading + ", " + name
	case name == "":
		return where
	default:
		return where + ", " + name
	}
}
