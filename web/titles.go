package web

import (
	"strings"

	"paraph/draft"
	"paraph/text"
)

// titles gives what the clauses of a version are called when they stand alone,
// away from their article, by clause id.
func titles(version text.VersionView) map[string]string {
	out := make(map[string]string, len(version.Clauses))
	for i, c := range version.Clauses {
		out[c.ID] = placeName(version.Text, i)
	}
	return out
}

// opening gives the first words of a clause with its brackets, without holders
// and emphasis, cut at a word.
func opening(t *draft.Text, c draft.Clause, most int) string {
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
