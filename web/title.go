package web

import (
	"strconv"
	"strings"

	"paraph/draft"
	"paraph/text"
)

// titles gives what the clauses of a version are called when they stand alone,
// away from their article: "Article 5, 2 (b)", "Preamble, paragraph 3". By
// clause id.
func titles(version text.VersionView) map[string]string {
	out := make(map[string]string, len(version.Clauses))
	var n numbering
	for i, c := range version.Text.Clauses {
		if i < len(version.Clauses) {
			out[version.Clauses[i].ID] = n.title(c)
		}
	}
	return out
}

// numbering follows the clauses of a text in order.
type numbering struct {
	section string // the heading above
	number  string // the last number above letters
	unnamed int    // paragraphs without number since the heading
}

// title names the next clause.
func (n *numbering) title(c draft.Clause) string {
	if c.IsHeading() {
		n.section, n.number, n.unnamed = c.Label, "", 0
		if c.Label == "" {
			n.section = plainText(c.Heading)
		}
		return strings.TrimSpace(c.Label + " " + plainText(c.Heading))
	}
	name := c.Label
	switch {
	case c.Label == "":
		n.unnamed++
		name = "paragraph " + strconv.Itoa(n.unnamed)
	case strings.HasPrefix(c.Label, "("):
		name = strings.TrimSpace(n.number + " " + c.Label)
	default:
		n.number = c.Label
	}
	if n.section == "" {
		return name
	}
	return n.section + ", " + name
}

// title gives what a clause is called when it stands alone, by the latest
// version that has it.
func (v sight) title(clause string) string {
	c, there := text.SeeClause(v.Text, clause)
	if !there {
		return "a clause"
	}
	version, _ := text.SeeVersion(v.Text, c.Words[len(c.Words)-1].Version)
	return titles(version)[clause]
}

// opening gives the first words of a clause without its marks, cut at a word.
func opening(t *draft.Text, c draft.Clause, most int) string {
	var b strings.Builder
	for _, p := range t.Pieces[c.First:c.Last] {
		if p.Kind == draft.Words {
			b.WriteString(p.Src)
		}
		if b.Len() > 4*most {
			break
		}
	}
	words := strings.Join(strings.Fields(plainText(b.String())), " ")
	runes := []rune(words)
	if len(runes) <= most {
		return words
	}
	cut := string(runes[:most])
	if at := strings.LastIndexByte(cut, ' '); at > 0 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:") + " …"
}

// plainText leaves out the signs of emphasis.
func plainText(s string) string { return strings.NewReplacer("*", "", "_", "", "\\", "").Replace(s) }
