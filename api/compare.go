package api

import (
	"net/http"

	"paraph/draft"
	"paraph/papers"
)

// Comparison is what became of one text in another.
type Comparison struct {
	Old            Side     `json:"old"`
	New            Side     `json:"new"`
	DeletedWords   int      `json:"deleted_words"`
	InsertedWords  int      `json:"inserted_words"`
	MovedClauses   int      `json:"moved_clauses" about:"Without headings."`
	MovedWords     int      `json:"moved_words" about:"Kept words of moved clauses; in neither of the first two."`
	Renumbered     int      `json:"renumbered" about:"Clauses and headings with another label."`
	BracketsLifted int      `json:"brackets_lifted"`
	BracketsAdded  int      `json:"brackets_added"`
	OptionsDropped int      `json:"options_dropped"`
	OldWords       int      `json:"old_words"`
	NewWords       int      `json:"new_words"`
	Moves          []Move   `json:"moves" about:"Runs of clauses that moved together, in the order of the new text."`
	Clauses        []Change `json:"clauses" about:"In the order of the new text, deleted ones where they stood; those that stayed the same only when asked for."`
}

// Side is one text of a comparison.
type Side struct {
	Value string `json:"value" about:"As it is asked for: a version's id, rolling, base or reading:SEAT."`
	Name  string `json:"name" about:"For people."`
}

// Move is a run of clauses that moved together.
type Move struct {
	FromLabel string `json:"from_label"`
	ToLabel   string `json:"to_label"`
	Clauses   int    `json:"clauses"`
	Words     int    `json:"words"`
}

// Change is what became of one clause.
type Change struct {
	Kind          draft.ChangeKind `json:"kind"`
	Heading       bool             `json:"heading"`
	OldLabel      string           `json:"old_label,omitempty"`
	NewLabel      string           `json:"new_label,omitempty"`
	From          string           `json:"from,omitempty" about:"Of a moved clause, in words."`
	To            string           `json:"to,omitempty"`
	DeletedWords  int              `json:"deleted_words"`
	InsertedWords int              `json:"inserted_words"`
	Runs          []Run            `json:"runs" about:"Those that are not + are the old clause, those that are not - the new one."`
}

// Run is a stretch of a clause.
type Run struct {
	Op    draft.Op `json:"op" about:"= stays, - went, + came."`
	Words string   `json:"words"`
}

func seeCompare(v sight, r *http.Request) (any, error) {
	q := r.URL.Query()
	pair, err := papers.SeePair(v.out(), q.Get("old"), q.Get("new"))
	if err != nil {
		return nil, err
	}
	found, err := pair.Compare()
	if err != nil {
		return nil, err
	}
	return comparisonOf(Side(pair.Old), Side(pair.New), found.Comparison, q.Get("all") == "yes"), nil
}

func comparisonOf(old, now Side, c draft.Comparison, all bool) Comparison {
	out := Comparison{
		Old: old, New: now, DeletedWords: c.DeletedWords, InsertedWords: c.InsertedWords, MovedClauses: c.MovedClauses, MovedWords: c.MovedWords,
		Renumbered: c.Renumbered, BracketsLifted: c.BracketsLifted, BracketsAdded: c.BracketsAdded, OptionsDropped: c.OptionsDropped,
		OldWords: c.OldWords, NewWords: c.NewWords, Clauses: []Change{},
		Moves: each(c.Moves, func(m draft.Move) Move { return Move{m.FromLabel, m.ToLabel, m.Clauses, m.Words} }),
	}
	for _, ch := range c.Clauses {
		if ch.Kind == draft.Same && !all {
			continue
		}
		out.Clauses = append(out.Clauses, Change{
			ch.Kind, ch.Heading, ch.OldLabel, ch.NewLabel, ch.From, ch.To, ch.DeletedWords, ch.InsertedWords,
			each(ch.Runs, func(r draft.Run) Run { return Run{r.Op, r.Words} }),
		})
	}
	return out
}
