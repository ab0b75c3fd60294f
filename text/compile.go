package text

import (
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
// its own words.
func (r *roller) compile(core string, words map[record.Seat]string) (string, bool) {
	whole, err := draft.Parse(core, r.seats...)
	if err != nil {
		return "", false
	}
	wanted := map[record.Seat]string{}
	for _, seat := range holders(whole) {
		wanted[seat] = carriedReading(core, r.seats, seat)
	}
	for seat, w := range words {
		wanted[seat] = strings.TrimSpace(w)
	}
	var subs []submission
	for _, seat := range r.seats {
		if w, ok := wanted[seat]; ok {
			subs = append(subs, submission{seat, w})
		}
	}
	base := carriedReading(core, r.seats, "")
	for _, way := range []func(string, []submission) (string, bool){r.together, sideBySide} {
		if printed, ok := way(base, subs); ok && r.proves(printed, base, subs) {
			return printed, true
		}
	}
	return "", false
}

// submission is what one seat would have.
type submission struct {
	seat  record.Seat
	words string
}

// proves tells whether every seat reads its own words in what was printed, and
// a seat that asked for nothing the base.
func (r *roller) proves(printed, base string, subs []submission) bool {
	t, err := draft.Parse(printed, r.seats...)
	if err != nil {
		return false
	}
	all := append(slices.Clone(subs), submission{"", base})
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

// sideBySide prints the words of the base and those of the seats as
// alternatives, whole; seats with equal words share one.
func sideBySide(base string, subs []submission) (string, bool) {
	var b strings.Builder
	if base != "" {
		b.WriteString("[" + base + "]")
	}
	done := map[string]bool{base: true}
	for _, s := range subs {
		if done[s.words] {
			continue
		}
		done[s.words] = true
		var seats []string
		for _, o := range subs {
			if o.words == s.words {
				seats = append(seats, string(o.seat))
			}
		}
		words := s.words
		if words == "" {
			words = "no text"
		}
		b.WriteString("[" + strings.Join(seats, ", ") + ": " + words + "]")
	}
	return b.String(), true
}
