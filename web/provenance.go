package web

import (
	"slices"

	"paraph/text"
)

// origin is a row of a provenance table with the name of its clause.
type origin struct {
	text.Provenance
	Clause string // its id; empty for what was dropped
	Title  string
}

// provenance gives the rows in the order of the clauses, what was dropped last.
func (v sight) provenance(version text.VersionView) []origin {
	var out, dropped []origin
	names := titles(version)
	for i, c := range version.Clauses {
		for _, p := range version.Provenance {
			if p.Place == i {
				out = append(out, origin{p, c.ID, names[c.ID]})
			}
		}
	}
	for _, p := range version.Provenance {
		if p.Place == text.Dropped {
			dropped = append(dropped, origin{Provenance: p})
		}
	}
	return append(out, dropped...)
}

// sourced tells whether the table names what any clause was made from.
func sourced(version text.VersionView) bool {
	return slices.ContainsFunc(version.Provenance, func(p text.Provenance) bool { return len(p.Sources) > 0 })
}

// reported tells whether the table names where any clause was published.
func reported(version text.VersionView) bool {
	return slices.ContainsFunc(version.Provenance, func(p text.Provenance) bool { return len(p.Reported) > 0 })
}
