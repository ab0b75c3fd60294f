package text

import (
	"cmp"
	"slices"
	"strings"

	"paraph/draft"
	"paraph/record"
)

// compile gives one clause as the seats would have it, in one bracketed text,
// and whether there is a way to write it. Words that a seat does not ask for
// otherwise it has as the version gives them: the seats that hold alternatives
// in the clause keep them.
//
// What it gives is proved: each seat's reading of it is the seat's reading of
// its own words, and so is the reading of who asks for nothing.
func (r *roller) compile(core string, words map[record.Seat]string) (string, bool) {
	if len(words) == 0 {
		return core, true
	}
	whole, err := draft.Parse(core, r.seats...)
	if err != nil {
		return "", false
	}
	held := holders(whole)
	wanted := map[record.Seat]string{}
	for _, seat := range held {
		wanted[seat] = carriedReading(core, r.seats, seat)
	}
	for seat, w := range words {
		wanted[seat] = strings.TrimSpace(w)
	}
	c := clauseWords{base: carriedReading(core, r.seats, ""), kept: !divided(whole), seats: r.seats}
	for _, seat := range r.seats {
		if w, ok := wanted[seat]; ok {
			c.subs = append(c.subs, submission{seat, w})
		} else {
			c.kept = true
		}
	}
	for _, way := range []func(clauseWords) (string, bool){inOne, sideBySide, together} {
		if printed, ok := way(c); ok && r.proves(printed, c) {
			return printed, true
		}
	}
	return "", false
}

// clauseWords is what the seats would have of one clause.
type clauseWords struct {
	base  string // what lies on the table
	kept  bool   // somebody has the base, or could: else seats have divided its words among them, and all want others
	subs  []submission
	seats []record.Seat
}

// divided tells whether in some bracket seats hold all alternatives, two at
// least: what is read there without any of them makes no sense by itself.
func divided(t *draft.Text) bool {
	return slices.ContainsFunc(t.Brackets, func(b draft.Bracket) bool {
		open := func(i int) bool { return len(t.Alternatives[i].Holders) == 0 || t.Alternatives[i].Inferred }
		return len(b.Alternatives) > 1 && !slices.ContainsFunc(b.Alternatives, open)
	})
}

// submission is what one seat would have.
type submission struct {
	seat  record.Seat
	words string
}

// proves tells whether every seat reads its own words in what was printed, and
// a seat that asked for nothing the base.
func (r *roller) proves(printed string, c clauseWords) bool {
	t, err := draft.Parse(printed, r.seats...)
	if err != nil {
		return false
	}
	all := slices.Clone(c.subs)
	if c.kept {
		all = append(all, submission{"", c.base})
	}
	for _, s := range all {
		own, err := draft.Parse(s.words, r.seats...)
		if err != nil || !sameWords(draft.Reading(r.as(t), s.seat), draft.Reading(r.as(own), s.seat)) {
			return false
		}
	}
	return true
}

// as reads a part of the text in the way in which the whole is read.
func (r *roller) as(t *draft.Text) *draft.Text {
	if r.version.Text.Front.Carried {
		return carried(t)
	}
	return t
}

// together compiles the words of the base and those of the seats, so that what
// they share stands once.
func together(c clauseWords) (string, bool) {
	base, err := draft.Parse(c.base, c.seats...)
	if err != nil {
		return "", false
	}
	var all []draft.Submission
	for _, s := range c.subs {
		own, err := draft.Parse(s.words, c.seats...)
		if err != nil {
			return "", false
		}
		all = append(all, draft.Submission{Seat: s.seat, Text: own})
	}
	if c.kept {
		all = append(all, draft.Submission{Text: base})
	}
	compiled, err := draft.Compile(base, all)
	if err != nil {
		return "", false
	}
	return strings.TrimSpace(source(compiled, 0, len(compiled.Clauses))), true
}

// inOne does the same for wordings that have enough in common: it refuses what
// comes apart into more clauses than any of them has.
func inOne(c clauseWords) (string, bool) {
	printed, ok := together(c)
	if !ok {
		return "", false
	}
	most := max(1, blocks(c.base))
	for _, s := range c.subs {
		most = max(most, blocks(s.words))
	}
	return printed, blocks(printed) <= most
}

// blocks tells how many clauses words make.
func blocks(words string) int {
	t, err := draft.Parse(words)
	if err != nil {
		return 0
	}
	return len(t.Clauses)
}

// sideBySide prints the words of the base and those of the seats as
// alternatives, whole; seats with equal words share one.
func sideBySide(c clauseWords) (string, bool) {
	var b strings.Builder
	done := map[string]bool{}
	if c.kept {
		done[c.base] = true
		if c.base != "" {
			b.WriteString("[" + c.base + "]")
		}
	}
	for _, s := range c.subs {
		if done[s.words] {
			continue
		}
		done[s.words] = true
		var seats []string
		for _, o := range c.subs {
			if o.words == s.words {
				seats = append(seats, string(o.seat))
			}
		}
		b.WriteString("[" + strings.Join(seats, ", ") + ": " + cmp.Or(s.words, "no text") + "]")
	}
	return b.String(), true
}
