package demo

import (
	"slices"
	"strconv"
	"strings"

	"paraph/fault"
	"paraph/text"
)

// index finds the clauses of one version by the labels that lead to them, as
// printed: "Article 6 / 2 / (b)". An unnumbered paragraph counts within its
// heading: "Preamble / 5".
type index struct {
	version text.VersionView
	paths   []string // by place; empty for a clause that no path leads to
}

func indexOf(v text.VersionView) index {
	x := index{version: v}
	var section, paragraph string
	unnumbered := 0
	for i, c := range v.Clauses {
		switch {
		case v.Text.Clauses[i].IsHeading():
			section, paragraph, unnumbered = c.Label, "", 0
			if section == "" {
				section = c.Heading
			}
			x.paths = append(x.paths, section)
		case c.Label == "":
			unnumbered++
			x.paths = append(x.paths, join(section, strconv.Itoa(unnumbered)))
		case strings.HasPrefix(c.Label, "("):
			x.paths = append(x.paths, join(section, paragraph, c.Label))
		default:
			paragraph = c.Label
			x.paths = append(x.paths, join(section, paragraph))
		}
	}
	return x
}

// find gives a clause by its path, or by the end of its path where only one
// ends so. Numbered clauses go before unnumbered ones that count alike.
func (x index) find(path string) (text.Clause, error) {
	var found []text.Clause
	for i, p := range x.paths {
		if p == path || strings.HasSuffix(p, " / "+path) {
			found = append(found, x.version.Clauses[i])
		}
	}
	if len(found) > 1 {
		found = slices.DeleteFunc(found, func(c text.Clause) bool { return c.Label == "" && c.Heading == "" })
	}
	if len(found) != 1 {
		return text.Clause{}, fault.NotFound("%s has %d clauses %q, not one", x.version.Symbol, len(found), path)
	}
	return found[0], nil
}

// labelled gives words as a clause is printed, behind its label.
func labelled(label, words string) string {
	switch {
	case label == "" || strings.HasPrefix(words, "#"):
		return words
	case strings.HasPrefix(label, "("):
		return label + " " + words
	}
	return label + ". " + words
}

// lastStep gives the label at the end of a path.
func lastStep(path string) string { return strings.TrimSpace(path[strings.LastIndex(path, "/")+1:]) }

func join(steps ...string) string {
	return strings.Join(slices.DeleteFunc(steps, func(s string) bool { return s == "" }), " / ")
}
