package page

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"paraph/draft"
)

// ComparisonView shows what became of a text, clause by clause. Deleted and
// inserted words are marked, struck or underlined, and said in words; a moved
// clause and the place it left point at each other. It is a Component.
type ComparisonView struct {
	Comparison draft.Comparison
	Old, New   *draft.Text // the texts, to name clauses by their place; may be nil
	Beside     bool        // old and new beside each other; else both in one line of text
	All        bool        // clauses that are the same are shown too, not only their number
	Prefix     string      // of the ids in it, when a page holds several comparisons; may be empty

	anchors map[int]int // per moved clause, by its old index: the first of those that stood and went with it
}

// Render writes the changes.
func (v ComparisonView) Render(ctx context.Context, w io.Writer) error {
	return component(func(m *markup) { v.write(m) }).Render(ctx, w)
}

func (v ComparisonView) write(m *markup) {
	m.tag(`<div class="comparison`)
	if v.Beside {
		m.tag(` beside`)
	}
	m.tag("\">\n")
	left := v.left()
	v.anchors = anchors(left)
	same := 0
	skipped := func() {
		if same > 0 {
			m.tag(`<p class="skipped">`)
			m.words(count(same, "block") + " unchanged")
			m.tag("</p>\n")
		}
		same = 0
	}
	leave := func(before int) {
		for len(left) > 0 && (before < 0 || left[0].OldIndex < before) {
			skipped()
			left = v.gone(m, left)
		}
	}
	for i, c := range v.Comparison.Clauses {
		if c.OldIndex >= 0 && !moved(c) {
			leave(c.OldIndex)
		}
		if c.Kind == draft.Same && !v.All {
			same++
			continue
		}
		skipped()
		v.change(m, i, c)
	}
	leave(-1)
	skipped()
	m.tag("</div>\n")
}

func moved(c draft.Change) bool { return c.Kind == draft.Moved || c.Kind == draft.MovedChanged }

// left gives the moved clauses in the order of the old text.
func (v ComparisonView) left() []draft.Change {
	var left []draft.Change
	for _, c := range v.Comparison.Clauses {
		if moved(c) {
			left = append(left, c)
		}
	}
	slices.SortFunc(left, func(a, b draft.Change) int { return a.OldIndex - b.OldIndex })
	return left
}

// gone writes where a run of moved clauses stood, and gives those after it.
func (v ComparisonView) gone(m *markup, left []draft.Change) []draft.Change {
	n := 1
	for n < len(left) && together(left[n-1], left[n]) {
		n++
	}
	first := left[0]
	m.tag(`<p class="skipped"`)
	m.attr(`id`, v.id("left", first.OldIndex))
	m.tag(`>`)
	if n > 1 {
		m.words(strconv.Itoa(n) + " blocks from " + where(first.From, first.OldLine) + " moved to ")
	} else {
		m.words(where(first.From, first.OldLine) + " moved to ")
	}
	v.link(m, "to", first.NewIndex, where(first.To, first.NewLine))
	m.tag("</p>\n")
	return left[n:]
}

// together tells whether two moved clauses stand side by side in both texts.
func together(a, b draft.Change) bool {
	return b.OldIndex == a.OldIndex+1 && b.NewIndex == a.NewIndex+1
}

func anchors(left []draft.Change) map[int]int {
	first := make(map[int]int, len(left))
	for i, c := range left {
		first[c.OldIndex] = c.OldIndex
		if i > 0 && together(left[i-1], c) {
			first[c.OldIndex] = first[left[i-1].OldIndex]
		}
	}
	return first
}

// where names a place of a text.
func where(place string, line int) string {
	if place != "" {
		return place
	}
	return "line " + strconv.Itoa(line)
}

func (v ComparisonView) id(what string, n int) string {
	return v.Prefix + what + "-" + strconv.Itoa(n+1)
}

func (v ComparisonView) link(m *markup, what string, n int, words string) {
	m.tag(`<a`)
	m.attr(`href`, "#"+v.id(what, n))
	m.tag(`>`)
	m.words(words)
	m.tag(`</a>`)
}

// change writes one clause.
func (v ComparisonView) change(m *markup, i int, c draft.Change) {
	m.tag(`<div`)
	m.attr(`class`, "change change-"+kindClass(c.Kind))
	if c.NewIndex >= 0 {
		m.attr(`id`, v.id("to", c.NewIndex))
	} else {
		m.attr(`id`, v.id("old", i))
	}
	m.tag(`>`)
	v.what(m, c)
	class := literal(``)
	switch {
	case c.Heading:
		class = ` class="title"`
	case c.Kind == draft.Same || c.Kind == draft.Renumbered || c.Kind == draft.Moved:
		class = ` class="unchanged"`
	}
	if v.Beside {
		v.side(m, c, class, draft.Cut)
		v.side(m, c, class, draft.Add)
	} else {
		m.tag(`<p`, class, ` dir="auto">`)
		for _, r := range c.Runs {
			run(m, r)
		}
		m.tag(`</p>`)
	}
	m.tag("</div>\n")
}

// side writes one column: the words kept, and those that only it has.
func (v ComparisonView) side(m *markup, c draft.Change, class literal, own draft.Op) {
	m.tag(`<p`, class, ` dir="auto">`)
	if own == draft.Cut && c.OldIndex < 0 && c.Kind == draft.Inserted {
		m.said("not in the old text")
	}
	if own == draft.Add && c.NewIndex < 0 && c.Kind == draft.Deleted {
		m.said("not in the new text")
	}
	for _, r := range c.Runs {
		if r.Op == draft.Keep || r.Op == own {
			run(m, r)
		}
	}
	m.tag(`</p>`)
}

// run writes a stretch of words with its operation shown and said.
func run(m *markup, r draft.Run) {
	switch r.Op {
	case draft.Cut:
		m.tag(`<del>`)
		m.said(" deleted: ")
		m.prose(r.Words)
		m.said(" end of deletion ")
		m.tag(`</del>`)
	case draft.Add:
		m.tag(`<ins>`)
		m.said(" inserted: ")
		m.prose(r.Words)
		m.said(" end of insertion ")
		m.tag(`</ins>`)
	default:
		m.prose(r.Words)
	}
}

// what writes the line over a change: the clause, what became of it, its
// figures.
func (v ComparisonView) what(m *markup, c draft.Change) {
	m.tag(`<p class="what">`)
	if name := v.name(c); name != "" {
		m.tag(`<bdi>`)
		m.words(name)
		m.tag(`</bdi> · `)
	}
	m.tag(`<span`)
	m.attr(`class`, "kind kind-"+kindClass(c.Kind))
	m.tag(`>`)
	m.words(kindWords(c.Kind))
	m.tag(`</span>`)
	if moved(c) {
		m.tag(` from `)
		v.link(m, "left", v.anchors[c.OldIndex], where(c.From, c.OldLine))
	} else if c.OldIndex >= 0 && c.NewIndex >= 0 && c.OldLabel != c.NewLabel {
		m.words(", was " + quotedLabel(c.OldLabel))
	}
	for _, fact := range ChangeFacts(c) {
		m.words(" · " + fact)
	}
	m.tag(`</p>`)
}

// name says which clause a change is of: by its place in the text, else by its
// label, else by its line.
func (v ComparisonView) name(c draft.Change) string {
	text, index, label, line := v.New, c.NewIndex, c.NewLabel, c.NewLine
	if c.NewIndex < 0 {
		text, index, label, line = v.Old, c.OldIndex, c.OldLabel, c.OldLine
	}
	switch {
	case text != nil && index >= 0 && index < len(text.Clauses):
		return Place(text, index)
	case label != "":
		return label
	case line > 0:
		return where("", line)
	}
	return ""
}

// Place says where a clause of a text stands: "Article 5 bis, 3", "Article 6,
// 2 (b)", "Preamble, line 12". A long heading without label is cut.
func Place(t *draft.Text, clause int) string {
	c := t.Clauses[clause]
	if c.IsHeading() {
		return cmp.Or(c.Label, short(fold(c.Heading)), where("", c.Line))
	}
	own := cmp.Or(strings.TrimSpace(numberAbove(t, clause)+" "+c.Label), where("", c.Line))
	if c.Section < 0 {
		return own
	}
	above := t.Clauses[c.Section]
	if name := cmp.Or(above.Label, short(fold(above.Heading))); name != "" {
		return name + ", " + own
	}
	return own
}

// short cuts a heading at a word, before a bracket that the cut would leave open.
func short(heading string) string {
	const most = 32
	if runes(heading) <= most {
		return heading
	}
	cut := string([]rune(heading)[:most])
	if at := strings.LastIndexByte(cut, ' '); at > 0 {
		cut = cut[:at]
	}
	if at := strings.LastIndexByte(cut, '('); at > 0 && !strings.Contains(cut[at:], ")") {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:") + " …"
}

// numberAbove gives the number under which a letter in round brackets stands;
// empty for other clauses.
func numberAbove(t *draft.Text, clause int) string {
	lettered := func(i int) bool { return strings.HasPrefix(t.Clauses[i].Label, "(") }
	if !lettered(clause) {
		return ""
	}
	for i := clause - 1; i > t.Clauses[clause].Section; i-- {
		if !lettered(i) && t.Clauses[i].Label != "" {
			return t.Clauses[i].Label
		}
	}
	return ""
}

func quotedLabel(label string) string {
	if label == "" {
		return "unnumbered"
	}
	return label
}

// kindClass makes a kind a class: "moved+changed" is "moved".
func kindClass(k draft.ChangeKind) string {
	if k == draft.MovedChanged {
		return "moved"
	}
	return string(k)
}

func kindWords(k draft.ChangeKind) string {
	if k == draft.MovedChanged {
		return "moved and changed"
	}
	return string(k)
}

// ChangeFacts says what the figures of a change are, in words, leaving out
// those that are zero: "3 words deleted", "1 bracket lifted".
func ChangeFacts(c draft.Change) []string {
	return facts(
		fact{c.DeletedWords, "word", "deleted"}, fact{c.InsertedWords, "word", "inserted"},
		fact{c.BracketsLifted, "bracket", "lifted"}, fact{c.BracketsAdded, "bracket", "added"},
		fact{c.OptionsDropped, "alternative", "dropped"},
	)
}

// ComparisonFacts says what the figures of a comparison are, in words, leaving
// out those that are zero; "no difference" when all are.
func ComparisonFacts(c draft.Comparison) []string {
	all := facts(
		fact{c.DeletedWords, "word", "deleted"}, fact{c.InsertedWords, "word", "inserted"},
		fact{c.MovedClauses, "clause", "moved"}, fact{c.MovedWords, "word", "moved"},
		fact{c.Renumbered, "clause", "renumbered"},
		fact{c.BracketsLifted, "bracket", "lifted"}, fact{c.BracketsAdded, "bracket", "added"},
		fact{c.OptionsDropped, "alternative", "dropped"},
	)
	if len(all) == 0 {
		for _, change := range c.Clauses {
			if change.Kind != draft.Same {
				return []string{"no word changed"}
			}
		}
		return []string{"no difference"}
	}
	return all
}

type fact struct {
	n          int
	what, done string
}

func facts(all ...fact) []string {
	var words []string
	for _, f := range all {
		if f.n > 0 {
			words = append(words, count(f.n, f.what)+" "+f.done)
		}
	}
	return words
}

// count says a number of things: "1 clause", "1,052 brackets".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return Figure(n) + " " + thing + "s"
}

// Figures gives the figures of the comparison as a table.
func (v ComparisonView) Figures() Component {
	c := v.Comparison
	return component(func(m *markup) {
		m.tag(`<table class="figures"><thead><tr><th scope="col">Figure</th><th scope="col">Number</th></tr></thead><tbody>`, "\n")
		for _, row := range []struct {
			name string
			n    int
		}{
			{"words deleted", c.DeletedWords}, {"words inserted", c.InsertedWords},
			{"clauses moved", c.MovedClauses}, {"words moved", c.MovedWords},
			{"clauses renumbered", c.Renumbered}, {"brackets lifted", c.BracketsLifted},
			{"brackets added", c.BracketsAdded}, {"alternatives dropped", c.OptionsDropped},
		} {
			m.tag(`<tr><th scope="row">`)
			m.words(row.name)
			m.tag(`</th><td>`)
			m.words(Figure(row.n))
			m.tag("</td></tr>\n")
		}
		m.tag("</tbody></table>\n")
	})
}
