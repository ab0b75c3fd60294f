package page

import "paraph/draft"

// Passage shows a passage with what was taken out of it and put into it, in one
// line of text, said in words as well.
func Passage(runs []draft.Run) Component {
	return component(func(m *markup) {
		m.tag(`<div class="comparison"><p dir="auto">`)
		for _, r := range runs {
			run(m, r)
		}
		m.tag("</p></div>\n")
	})
}
