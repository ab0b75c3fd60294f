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
	for _, c := range v.Text.Clauses {
		switch {
		case c.IsHeading():
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

// find gives a clause of an issued version by its path.
func (x index) find(path string) (text.Clause, error) {
	i, err := x.place(path)
	if err != nil {
		return text.Clause{}, err
	}
	return x.version.Clauses[i], nil
}

// place tells which clause a path leads to, or the end of a path where only one
// ends so. Numbered clauses go before unnumbered ones that count alike.
func (x index) place(path string) (int, error) {
	var found []int
	for i, p := range x.paths {
		if p == path || strings.HasSuffix(p, " / "+path) {
			found = append(found, i)
		}
	}
	if len(found) > 1 {
		found = slices.DeleteFunc(found, func(i int) bool {
			c := x.version.Text.Clauses[i]
			return c.Label == "" && c.Heading == ""
		})
	}
	if len(found) != 1 {
		return 0, fault.NotFound("%s has %d clauses %q, not one", x.version.Symbol, len(found), path)
	}
	return found[0], nil
}

// spoken gives a path as one says it: "Article 6, 2 (b)", "Preamble, paragraph 5".
func spoken(path string) string {
	steps := strings.Split(path, " / ")
	if len(steps) == 1 {
		return path
	}
	rest := strings.Join(steps[1:], " ")
	if !strings.HasPrefix(steps[0], "Article") {
		rest = "paragraph " + rest
	}
	return steps[0] + ", " + rest
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
