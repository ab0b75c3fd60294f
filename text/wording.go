package text

import (
	"cmp"
	"slices"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
)

// checkWording tells whether a proposal says something that can be done to a
// version, and that changes it for the seat.
func (s *State) checkWording(v *VersionView, seat record.Seat, a Table) error {
	at, after := v.index(a.Clause), v.index(a.After)
	if a.Kind != Insert && at < 0 {
		return fault.NotFound("%s has no clause %q", v.Symbol, a.Clause)
	}
	if a.After != "" && after < 0 {
		return fault.NotFound("%s has no clause %q to come after", v.Symbol, a.After)
	}
	switch a.Kind {
	case Amend:
		if a.After != "" {
			return fault.Invalid("an amendment leaves the clause in its place").With("propose to move it as well")
		}
		if err := checkWords(v, a.Words); err != nil {
			return err
		}
		if sameWords(a.Words, clauseFor(v, at, seat)) {
			return fault.Invalid("the proposal changes nothing: these are the words that %s has now", seat)
		}
	case Insert:
		if a.Clause != "" {
			return fault.Invalid("a new clause has no id yet").With("say after which clause it comes")
		}
		return checkWords(v, a.Words)
	case Delete:
		if strings.TrimSpace(a.Words) != "" || a.After != "" {
			return fault.Invalid("a deletion has no words and no place")
		}
		if strings.TrimSpace(clauseFor(v, at, seat)) == "" {
			return fault.Invalid("the proposal changes nothing: %s has no such clause now", seat)
		}
	case Move:
		if strings.TrimSpace(a.Words) != "" {
			return fault.Invalid("a move has no words").With("propose to amend the clause as well")
		}
		if at == after || at == after+1 {
			return fault.Invalid("the proposal changes nothing: the clause stands there already")
		}
	default:
		return fault.Invalid("%q is not a kind of proposal", string(a.Kind)).With("one of amend, insert, delete, move")
	}
	return nil
}

// checkWords tells whether words will do as a clause: they parse, their
// brackets balance, and they name no seats, because a proposal speaks for its
// own.
func checkWords(v *VersionView, words string) error {
	if err := record.CheckProse("the wording", words, record.Required); err != nil {
		return err
	}
	t, err := draft.Parse(words, v.Text.Front.Seats...)
	if err != nil {
		return err
	}
	if len(t.Unbalanced) > 0 {
		u := t.Unbalanced[0]
		return fault.Invalid("line %d, column %d of the wording: a bracket without partner", u.Line, u.Column).
			With("close it, or take it out; \\[ writes a bracket that is part of the words")
	}
	if t.Pieces[0].Kind == draft.FrontMatter {
		return fault.Invalid("the wording begins with front matter").With("give the clause alone")
	}
	for _, a := range t.Alternatives {
		if len(a.Holders) > 0 && !a.Inferred {
			return fault.Invalid("the wording names %s as holder of a bracket", a.Holders[0].Seat).
				With("a proposal speaks for its own seat: write the clause as it would read for you")
		}
	}
	return nil
}

// labelled gives the words of an amendment with the label that the clause has,
// when they have none of their own: who leaves the number out keeps it.
func (v *VersionView) labelled(clause, words string) string {
	at := v.index(clause)
	own, err := draft.Parse(words)
	if at < 0 || err != nil || len(own.Clauses) == 0 || own.Clauses[0].Label != "" {
		return words
	}
	c := v.Text.Clauses[at]
	for _, p := range v.Text.Pieces[c.First:c.Last] {
		if p.Kind == draft.Label && strings.TrimSpace(words) != "" {
			return p.Src + strings.TrimSpace(words)
		}
	}
	return words
}

// sameWords tells whether two wordings are equal but for white space.
func sameWords(a, b string) bool {
	return slices.Equal(strings.Fields(a), strings.Fields(b))
}

// index gives the place of a clause in the version; -1 when it has none.
func (v *VersionView) index(id string) int {
	if i, there := v.sheet.places[id]; there {
		return i
	}
	return -1
}

// source gives the characters of clauses first to last of a text, last left
// out.
func source(t *draft.Text, first, last int) string {
	var b strings.Builder
	for _, c := range t.Clauses[first:last] {
		for _, p := range t.Pieces[c.First:c.Last] {
			b.WriteString(p.Src)
		}
	}
	return b.String()
}

// clauseFor gives a clause as a seat would have it: alternatives that are held
// by seats are decided, brackets that are nobody's stay as written.
func clauseFor(v *VersionView, at int, seat record.Seat) string {
	return carriedReading(cut(v.Text, at).core, v.Text.Front.Seats, seat)
}

// carriedReading gives a seat's reading of words, in which brackets without
// holders stand as written.
func carriedReading(words string, seats []record.Seat, seat record.Seat) string {
	t, err := draft.Parse(words, seats...)
	if err != nil {
		return words
	}
	return strings.TrimSpace(draft.Reading(carried(t), seat))
}

// carried gives the same text, read as one whose open brackets are carried.
func carried(t *draft.Text) *draft.Text {
	c := *t
	c.Front.Carried = true
	return &c
}

// holders gives the seats that hold alternatives in words, in the order in
// which the text declares its seats.
func holders(t *draft.Text) []record.Seat {
	var found []record.Seat
	for _, a := range t.Alternatives {
		for _, h := range a.Holders {
			if !a.Inferred && !slices.Contains(found, h.Seat) {
				found = append(found, h.Seat)
			}
		}
	}
	order := func(s record.Seat) int { return slices.Index(t.Front.Seats, s) }
	slices.SortStableFunc(found, func(a, b record.Seat) int { return cmp.Compare(order(a), order(b)) })
	return found
}

// slice is a clause cut out of its text: words that can stand by themselves,
// between marks of brackets that reach over several clauses, and white space.
type slice struct {
	before, core, after string
}

// cut cuts a clause out. Marks of brackets that begin or end in other clauses
// stay outside of the core as far as they stand at its edges.
func cut(t *draft.Text, at int) slice {
	c := t.Clauses[at]
	pieces := t.Pieces[c.First:c.Last]
	spanning := func(p draft.Piece) bool {
		if p.Within < 0 || p.Kind == draft.Words || p.Kind == draft.Label {
			return false
		}
		a := t.Alternatives[p.Within]
		return a.First < c.First || a.Last > c.Last
	}
	edge := func(p draft.Piece) bool { return spanning(p) || strings.TrimSpace(p.Src) == "" }
	first, last := 0, len(pieces)
	for first < last && edge(pieces[first]) {
		first++
	}
	for last > first && edge(pieces[last-1]) {
		last--
	}
	text := func(ps []draft.Piece) string {
		var b strings.Builder
		for _, p := range ps {
			b.WriteString(p.Src)
		}
		return b.String()
	}
	core := text(pieces[first:last])
	trimmed := strings.TrimLeft(core, " \t\r\n")
	lead := core[:len(core)-len(trimmed)]
	core = strings.TrimRight(trimmed, " \t\r\n")
	trail := trimmed[len(core):]
	return slice{text(pieces[:first]) + lead, core, trail + text(pieces[last:])}
}
