package page

import (
	"strings"

	"paraph/draft"
)

// Title says what a clause is called when it stands alone, away from its
// article: "Article 9, 4", a heading in full, a paragraph without number by how
// it begins.
func Title(t *draft.Text, clause int) string {
	c := t.Clauses[clause]
	switch {
	case c.IsHeading():
		return Name(c.Label, c.Heading)
	case c.Label != "":
		return Place(t, clause)
	}
	name := begins(t, c)
	if c.Section >= 0 {
		return Place(t, c.Section) + ", " + name
	}
	return name
}

// Name is what a clause is called: by its label, else by its heading.
func Name(label, heading string) string {
	switch {
	case label == "" && heading == "":
		return "a paragraph without number"
	case label == "" || label == heading:
		return heading
	}
	return strings.TrimSpace(label + " " + heading)
}

// begins gives the first words of a clause in quotation marks.
func begins(t *draft.Text, c draft.Clause) string {
	var words []string
	for _, p := range t.Pieces[c.First:c.Last] {
		if p.Kind == draft.Words {
			words = append(words, strings.Fields(strings.NewReplacer("*", "", "_", "").Replace(p.Src))...)
		}
		if len(words) >= 4 {
			return "“" + strings.Join(words[:4], " ") + " …”"
		}
	}
	return "“" + strings.Join(words, " ") + "”"
}

// Opening gives the first words of a clause with its brackets, without holders
// and emphasis, cut at a word after at most so many characters.
func Opening(t *draft.Text, c draft.Clause, most int) string {
	var b strings.Builder
	for _, p := range t.Pieces[c.First:c.Last] {
		switch p.Kind {
		case draft.Words:
			b.WriteString(p.Src)
		case draft.Open:
			b.WriteString("[")
		case draft.Close:
			b.WriteString("]")
		}
		if b.Len() > 4*most {
			break
		}
	}
	words := strings.Join(strings.Fields(strings.NewReplacer("*", "", "_", "", "\\", "").Replace(b.String())), " ")
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
