package api

import (
	"paraph/draft"
	"paraph/fault"
	"paraph/papers"
	"paraph/register"
	"paraph/text"
)

// Copy is a circulating copy.
type Copy struct {
	Words string `json:"words" about:"The copy as plain text: typed, pasted, scanned, or taken out of a file."`
}

// Which is which version a copy is, among those that you read.
type Which struct {
	Verdict  register.Verdict `json:"verdict" about:"exact: all of it stands so in one version and in no other; nearest: the runs tell what differs; alike: several have these words equally; unknown: no version has half of them."`
	Versions []Likeness       `json:"versions" about:"One when exact or nearest, several when alike, none when unknown."`
	RunnerUp *Likeness        `json:"runner_up,omitempty" about:"The next best; when unknown, the best."`
	Words    int              `json:"words" about:"Of the copy, without those set aside."`
	Aside    []string         `json:"aside" about:"Lines of the copy that are heads and numbers of its pages."`
	Runs     []Run            `json:"runs" about:"From the first version's words to the copy's, over what the copy covers."`
}

// Likeness is how much a copy is like a version.
type Likeness struct {
	ID      string  `json:"id"`
	Symbol  string  `json:"symbol"`
	Share   float64 `json:"share" about:"Of the copy's words that stand in the version, 0 to 1."`
	Covers  float64 `json:"covers" about:"Of the version's words that the copy has, 0 to 1."`
	Deleted int     `json:"deleted" about:"Words of the covered part that the copy has not."`
	Added   int     `json:"added" about:"Words of the copy that the covered part has not."`
	Marks   int     `json:"marks" about:"Words that are the same but for brackets or punctuation beside them."`
}

// SeeRegister gives the register of the versions that a lens sees. It is kept
// beside the lens's states and shared with no other lens.
func SeeRegister(v papers.Sight) *register.Register {
	versions := text.SeeVersions(v.Text)
	if kept, ok := v.Kept.Get("register").(keptRegister); ok && kept.of == len(versions) {
		return kept.register
	}
	var all []register.Version
	for _, version := range versions {
		all = append(all, register.Version{ID: version.ID, Symbol: version.Symbol, Text: version.Text, Around: v.Around(version)})
	}
	made := keptRegister{len(versions), register.New(all)}
	v.Kept.Put("register", made)
	return made.register
}

// keptRegister is a register and of how many versions it is: they only grow.
type keptRegister struct {
	of       int
	register *register.Register
}

func seeWhich(v sight, b *Copy) (any, error) {
	if b.Words == "" {
		return nil, fault.Invalid("The copy has no words.").With("send it as plain text in \"words\"")
	}
	return whichOf(SeeRegister(v.out()).Which(b.Words)), nil
}

func whichOf(a register.Answer) Which {
	out := Which{
		Verdict: a.Verdict, Versions: each(a.Versions, likenessOf), Words: a.Words,
		Aside: each(a.Aside, func(s string) string { return s }), Runs: each(a.Runs, func(r register.Run) Run { return Run{r.Op, r.Words} }),
	}
	if a.RunnerUp != nil {
		next := likenessOf(*a.RunnerUp)
		out.RunnerUp = &next
	}
	return out
}

func likenessOf(l register.Likeness) Likeness { return Likeness(l) }

// Answer gives what a server said as the register says it.
func (w Which) Answer() register.Answer {
	a := register.Answer{Verdict: w.Verdict, Words: w.Words, Aside: w.Aside, Versions: []register.Likeness{}, Runs: []register.Run{}}
	for _, l := range w.Versions {
		a.Versions = append(a.Versions, register.Likeness(l))
	}
	if w.RunnerUp != nil {
		next := register.Likeness(*w.RunnerUp)
		a.RunnerUp = &next
	}
	for _, r := range w.Runs {
		a.Runs = append(a.Runs, register.Run{Op: draft.Op(r.Op), Words: r.Words})
	}
	return a
}
