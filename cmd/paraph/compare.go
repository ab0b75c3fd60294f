package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"

	"paraph/draft"
	"paraph/page"
)

type compareCmd struct {
	seatsFlag
	remoteFlags
	JSON     bool   `name:"json" help:"Print as JSON."`
	HTML     string `name:"html" placeholder:"FILE" help:"Write the comparison as a page that stands alone into FILE."`
	WordOnly bool   `help:"Compare the words alone, without clauses, labels and marks."`
	Old      string `arg:"" help:"The older text."`
	New      string `arg:"" help:"The newer text."`
}

func (compareCmd) Help() string {
	return `Deleted words are printed {-so-}, inserted ones {+so+}. Moved clauses and new numbers are told apart from changes of words, and moved words are counted neither as deleted nor as inserted.

Examples:

    paraph compare rev1.md rev2.md
    paraph compare --html changes.html rev1.md rev2.md
    paraph compare --word-only --json old.md new.md
    paraph compare --server https://talks.example.org @vesna/REV.1 @vesna/REV.2`
}

func (c compareCmd) Run(p *program) error {
	p.remote = c.remoteFlags
	seats, err := c.declared()
	if err != nil {
		return err
	}
	old, err := p.parse(c.Old, seats...)
	if err != nil {
		return err
	}
	new, err := p.parse(c.New, seats...)
	if err != nil {
		return err
	}
	done := p.working("comparing")
	found := draft.CompareWith(old.Text, new.Text, draft.CompareOptions{WordOnly: c.WordOnly})
	done()
	if c.HTML != "" {
		if err := p.page(c.HTML, c.document(found, old, new), c.Old, c.New); err != nil {
			return err
		}
	}
	if c.JSON {
		return p.json(found)
	}
	c.print(p, found, old, new)
	return nil
}

// document is the comparison as a page that stands alone.
func (c compareCmd) document(found draft.Comparison, old, new source) page.Document {
	view := page.ComparisonView{Comparison: found, Old: old.Text, New: new.Text}
	beside := view
	beside.Beside, beside.Prefix = true, "beside-"
	return page.Document{
		Title:       cmp.Or(new.Text.Front.Title, titleOf(c.New), "Comparison"),
		Symbol:      new.Text.Front.Symbol,
		Fingerprint: fingerprint(new.Text),
		Facts:       []string{"Comparison of " + filepath.Base(old.Name) + " with " + filepath.Base(new.Name) + "."},
		Broad:       true,
		Sections: []page.Section{
			{Heading: "Figures", Body: view.Figures()},
			{Body: view.Contents()},
			{Heading: "Changes", Body: view},
			{Heading: "Old and new beside each other", Body: beside.Contents()},
			{Body: beside},
		},
	}
}

// print shows the comparison to a person: what changed, clause by clause.
func (c compareCmd) print(p *program, found draft.Comparison, old, new source) {
	fmt.Fprintf(p.out, "%s → %s\n%s\n", old.Name, new.Name, strings.Join(page.ComparisonFacts(found), ", "))
	m := marker{}
	if p.coloured() {
		m = marker{cut: "\x1b[31m", add: "\x1b[32m", end: "\x1b[0m"}
	}
	for _, ch := range found.Clauses {
		if ch.Kind == draft.Same {
			continue
		}
		fmt.Fprintf(p.out, "\n%s\n", changeLine(ch, old.Text, new.Text))
		if ch.Kind != draft.Moved && ch.Kind != draft.Renumbered {
			fmt.Fprintf(p.out, "    %s\n", m.runs(ch.Runs))
		}
	}
}

// changeLine says which clause changed, where it stands, and how.
func changeLine(ch draft.Change, old, new *draft.Text) string {
	var b strings.Builder
	place := ""
	switch {
	case ch.OldIndex < 0 && ch.NewIndex < 0:
		b.WriteString("all words")
	case ch.NewIndex < 0:
		b.WriteString(page.Place(old, ch.OldIndex))
		place = fmt.Sprintf("line %d", ch.OldLine)
	case ch.OldIndex < 0:
		b.WriteString(page.Place(new, ch.NewIndex))
		place = fmt.Sprintf("line %d", ch.NewLine)
	default:
		b.WriteString(page.Place(new, ch.NewIndex))
		place = fmt.Sprintf("line %d → %d", ch.OldLine, ch.NewLine)
	}
	b.WriteString("  " + strings.ReplaceAll(string(ch.Kind), "+", " and "))
	switch {
	case ch.Kind == draft.Moved || ch.Kind == draft.MovedChanged:
		b.WriteString(" from " + page.Place(old, ch.OldIndex))
	case ch.OldLabel != ch.NewLabel && ch.OldLine > 0 && ch.NewLine > 0:
		fmt.Fprintf(&b, ", was %s", cmp.Or(ch.OldLabel, "unnumbered"))
	}
	facts := page.ChangeFacts(ch)
	if place != "" {
		facts = append([]string{place}, facts...)
	}
	fmt.Fprintf(&b, " (%s)", strings.Join(facts, ", "))
	return b.String()
}

// marker marks words that went and words that came.
type marker struct{ cut, add, end string }

// around is how many words of an unchanged stretch are shown beside a change.
const around = 8

// runs writes the runs of a clause in one line; long unchanged stretches are
// shown by their ends.
func (m marker) runs(runs []draft.Run) string {
	var b strings.Builder
	for i, r := range runs {
		switch r.Op {
		case draft.Cut:
			b.WriteString(m.cut + wrap("{-", r.Words, "-}") + m.end)
		case draft.Add:
			b.WriteString(m.add + wrap("{+", r.Words, "+}") + m.end)
		default:
			b.WriteString(shortened(r.Words, i > 0, i < len(runs)-1))
		}
	}
	return strings.TrimSpace(b.String())
}

// wrap puts marks around words, inside the white space around them.
func wrap(open, words, closing string) string {
	inner := strings.TrimSpace(words)
	if inner == "" {
		return open + words + closing
	}
	at := strings.Index(words, inner)
	return words[:at] + open + strings.Join(strings.Fields(inner), " ") + closing + words[at+len(inner):]
}

// shortened leaves out the middle of an unchanged stretch, or its end or
// beginning when no change is there.
func shortened(words string, before, after bool) string {
	f := strings.Fields(words)
	keep := 0
	if before {
		keep += around
	}
	if after {
		keep += around
	}
	if len(f) <= keep+3 || keep == 0 {
		return strings.Join(strings.FieldsFunc(words, func(r rune) bool { return r == '\n' }), " ")
	}
	var b strings.Builder
	if before {
		if words[0] == ' ' || words[0] == '\n' {
			b.WriteByte(' ')
		}
		b.WriteString(strings.Join(f[:around], " ") + " ")
	}
	b.WriteString("…")
	if after {
		b.WriteString(" " + strings.Join(f[len(f)-around:], " "))
		if last := words[len(words)-1]; last == ' ' || last == '\n' {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
