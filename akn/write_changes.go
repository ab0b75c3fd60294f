package akn

import (
	"cmp"
	"strconv"

	"paraph/draft"
)

// analysis writes what became of the version before: one textualMod for each
// clause that changed. Akoma Ntoso knows no move; a clause that moved is
// renumbered, and said to have moved in Paraph's name space.
func (w *writer) analysis() {
	before := w.doc.Before
	if before == nil || before.Text == nil {
		return
	}
	old := newWriter(*before)
	old.content() // which names its clauses
	compared := draft.Compare(before.Text, w.t)
	any := false
	for _, c := range compared.Clauses {
		kind := modification(c)
		if kind == "" {
			continue
		}
		if !any {
			w.open("analysis", attr{name: "source", value: "#" + w.doc.issuer()})
			w.line()
			w.open("activeModifications")
			w.line()
			any = true
		}
		w.textualMod(c, kind, old)
	}
	if any {
		w.close("activeModifications")
		w.line()
		w.close("analysis")
		w.line()
	}
}

// modification names a change in the terms of the schema; empty for none.
func modification(c draft.Change) string {
	switch c.Kind {
	case draft.Changed, draft.MovedChanged:
		return "substitution"
	case draft.Inserted:
		return "insertion"
	case draft.Deleted:
		return "repeal"
	case draft.Renumbered, draft.Moved:
		return "renumbering"
	case draft.Merged:
		return "join"
	case draft.Split:
		return "split"
	}
	return ""
}

func (w *writer) textualMod(c draft.Change, kind string, old *writer) {
	own := ""
	if c.Kind == draft.Moved || c.Kind == draft.MovedChanged {
		own = string(c.Kind)
	}
	w.open("textualMod", attr{name: "type", value: kind}, attr{name: "eId", value: w.unique.unique("mod_" + strconv.Itoa(w.unique["mods"]+1))},
		attr{name: "par:kind", value: own}, attr{name: "par:from", value: c.From}, attr{name: "par:to", value: c.To})
	w.unique["mods"]++
	here, there := w.doc.address().expression, old.doc.address().expression
	if c.NewIndex >= 0 {
		here = "#" + w.named[c.NewIndex]
	}
	if c.OldIndex >= 0 {
		there += "#" + old.named[c.OldIndex]
	}
	w.empty("source", attr{name: "href", value: here})
	w.empty("destination", attr{name: "href", value: there})
	if before := cmp.Or(c.OldLabel, c.NewLabel); kind == "renumbering" && before != c.NewLabel {
		w.empty("previous", attr{name: "par:label", value: c.OldLabel})
	}
	for _, side := range []struct {
		op   draft.Op
		name string
	}{{draft.Cut, "old"}, {draft.Add, "new"}} {
		for _, r := range c.Runs {
			if r.Op == side.op {
				w.open(side.name)
				w.open("par:words")
				w.markup.words(xmlOnly(r.Words))
				w.close("par:words")
				w.close(side.name)
			}
		}
	}
	w.close("textualMod")
	w.line()
}
