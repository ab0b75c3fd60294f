package web

import (
	"cmp"
	"strconv"

	"paraph/papers"
	"paraph/record"
	"paraph/text"
)

// plural gives a word for a number of things.
func plural(n int, one string) string {
	if n == 1 {
		return one
	}
	return one + "s"
}

// does says what a proposal does.
func does(k text.Kind) string {
	switch k {
	case text.Amend:
		return "amends"
	case text.Insert:
		return "inserts"
	case text.Delete:
		return "deletes"
	case text.Move:
		return "moves"
	}
	return string(k)
}

// audience says who may read something.
func (v sight) audience(a record.Audience) string { return papers.Readers(a) }

// readers says what an audience means.
func (v sight) readers(a record.Audience) string {
	switch a.Name() {
	case "internal":
		return "your own delegation alone"
	case "offices":
		return "good offices: nobody else learns that it is there"
	case "bilateral":
		return "these seats alone, not the chair"
	case "parties":
		return "every party and the chair, without observers"
	case "plenary":
		return "every seat of the process"
	}
	return ""
}

// size says a number of bytes.
func size(bytes int64) string { return strconv.FormatInt(bytes>>10, 10) + " KiB" }

// confidential tells whether an audience is narrower than the parties together.
func confidential(a record.Audience) bool { return len(a.Seats()) > 0 }

// holders lists the seats that can hold words: all but the observers.
func (v sight) holders() []SeatName {
	var out []SeatName
	for _, s := range v.out().Holders() {
		out = append(out, v.seat(s))
	}
	return out
}

// firstReader is the seat whose reading is shown first: the own one, when it
// can hold words.
func (v sight) firstReader() string {
	if v.Lens.Role == record.Party {
		return string(v.Lens.Seat)
	}
	for _, s := range v.table.Seats {
		if s.Role == record.Party {
			return string(s.Seat)
		}
	}
	return string(v.Lens.Seat)
}

// mayPropose tells whether the seat's role lets it table proposals.
func (v sight) mayPropose() bool { return v.Lens.Role == record.Party || v.Lens.Role == record.Chair }

// proposalPath is the path of a proposal.
func (v sight) proposalPath(p text.ProposalView) string { return v.path(proposalPlace(p)) }

// proposalPlace is where a proposal is shown among the pages of its process: on
// that of its clause, for an insertion of the clause that it follows.
func proposalPlace(p text.ProposalView) string {
	clause := cmp.Or(p.Clause, p.After)
	if clause == "" {
		return "proposals#proposal-" + p.ID
	}
	return "clauses/" + clause + "#proposal-" + p.ID
}

// laid puts the parts of a text in order, with the number of clauses that were
// passed over before each run of them; the last may be passed over clauses alone.
func laid(units []unit, parts []*Fragment) []stretch {
	out := []stretch{{}}
	for _, u := range units {
		if u.shown {
			if u.after > 0 {
				out = append(out, stretch{passed: u.after})
			}
			last := &out[len(out)-1]
			last.parts, parts = append(last.parts, parts[0]), parts[1:]
		}
		if u.rest > 0 {
			out = append(out, stretch{passed: u.rest})
		}
	}
	return out
}

// stretch is parts of a text with what was passed over before them.
type stretch struct {
	passed int
	parts  row
}
