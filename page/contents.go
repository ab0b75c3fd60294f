package page

import (
	"paraph/draft"
)

// Contents is the contents of a comparison: the sections in which anything
// changed, how many changes each has, and a link to the first. It is empty where
// the texts are not given, or are one section.
func (v ComparisonView) Contents() Component {
	return component(func(m *markup) {
		all := v.changedSections()
		if len(all) < 2 {
			return
		}
		m.tag(`<nav class="changed-sections"`)
		m.attr(`aria-label`, "Sections with changes")
		m.tag("><ol>\n")
		for _, s := range all {
			m.tag(`<li><a`)
			m.attr(`href`, "#"+s.anchor)
			m.tag(`><bdi>`)
			m.words(s.name)
			m.tag(`</bdi></a> `)
			m.words(count(s.changes, "change"))
			m.tag("</li>\n")
		}
		m.tag("</ol></nav>\n")
	})
}

// changedSection is a section in which something changed.
type changedSection struct {
	name, anchor string
	changes      int
}

func (v ComparisonView) changedSections() []changedSection {
	if v.Old == nil || v.New == nil {
		return nil
	}
	var out []changedSection
	for i, c := range v.Comparison.Clauses {
		if c.Kind == draft.Same {
			continue
		}
		name, anchor := "", ""
		switch {
		case c.NewIndex >= 0:
			name, anchor = sectionName(v.New, c.NewIndex), v.id("to", c.NewIndex)
		case c.OldIndex >= 0:
			name, anchor = sectionName(v.Old, c.OldIndex), v.id("old", i)
		default:
			return nil
		}
		if n := len(out); n > 0 && out[n-1].name == name {
			out[n-1].changes++
			continue
		}
		out = append(out, changedSection{name, anchor, 1})
	}
	return out
}

// sectionName says in which section a clause stands.
func sectionName(t *draft.Text, clause int) string {
	if c := t.Clauses[clause]; !c.IsHeading() {
		if c.Section < 0 {
			return "Before the first heading"
		}
		clause = c.Section
	}
	name := Place(t, clause)
	if heading := short(fold(t.Clauses[clause].Heading)); heading != "" && heading != name {
		name += ", " + heading
	}
	return name
}
