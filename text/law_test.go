package text

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
	"paraph/record/roomtest"
)

// Whatever is tabled, cleared and withdrawn, before whomever: each seat's
// reading of the rolling text that a lens sees is the version with the seat's
// own proposals carried out, as far as that lens sees them.
func TestRollingGivesWordsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := room()
		a := issue("v-1")
		words := rapid.SampledFrom([]string{"the", "parties", "shall", "[may]", "[not][never]", "meet", "(a)", "30", "days;", "data,", "of", "water", "\\[sic\\]", "[RU: now]", "[UA: then]", "النص"})
		clause := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(words, 1, 9).Draw(t, "words"), " ")
		})
		n := rapid.IntRange(1, 5).Draw(t, "clauses")
		src := "---\nseats: RU, UA, CH\n---\n"
		for i := range n {
			src += fmt.Sprintf("\n%d. %s\n", i+1, clause.Draw(t, "clause"))
		}
		a.Draft = src
		r.Must(t, roomtest.Chair, a)
		play(t, r, clause)
		for _, who := range []record.Actor{roomtest.RU, roomtest.UA, roomtest.Chair, roomtest.Observer} {
			s := r.State(who.Lens())
			v, err := SeeRolling(s, "", nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range v.Clauses {
				if len(c.Applied) == 0 && len(c.Beside) > 0 {
					t.Logf("beside: %v", c)
				}
			}
			for _, seat := range []record.Seat{"RU", "UA", "CH", ""} {
				want := strings.Fields(expected(s, v.Version, seat))
				if got := strings.Fields(draft.Reading(v.Text, seat)); !slices.Equal(got, want) {
					t.Fatalf("%s, as %s: reads\n%q\nnot\n%q\nin\n%s", seat, who.Seat, got, want, draft.Print(v.Text))
				}
			}
		}
	})
}

// play asks for some acts; what is refused is refused with words.
func play(t *rapid.T, r *roomtest.Room[State, Act], clause *rapid.Generator[string]) {
	v, _ := SeeVersion(r.State(roomtest.Chair.Lens()), "")
	id := rapid.SampledFrom(append(ids(v), ""))
	name := rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f", "g", "h"})
	for range rapid.IntRange(1, 12).Draw(t, "acts") {
		by := rapid.SampledFrom([]record.Actor{roomtest.RU, roomtest.UA, roomtest.Chair}).Draw(t, "by")
		to := rapid.SampledFrom([]record.Audience{
			"", record.Offices(by.Seat), record.Parties, record.Plenary, record.Bilateral("RU", "UA"),
		}).Draw(t, "to")
		var act Act
		switch rapid.IntRange(0, 4).Draw(t, "act") {
		case 0:
			act = Withdraw{Proposal: name.Draw(t, "proposal")}
		case 1:
			act = Clear{Proposal: name.Draw(t, "proposal"), To: to, Replaces: rapid.SampledFrom([]string{"", "", "a"}).Draw(t, "replaces")}
		default:
			kind := rapid.SampledFrom([]Kind{Amend, Insert, Delete, Move}).Draw(t, "kind")
			table := Table{ID: name.Draw(t, "proposal"), Kind: kind, Audience: to}
			if kind != Insert {
				table.Clause = id.Draw(t, "clause")
			}
			if kind == Insert || kind == Move {
				table.After = id.Draw(t, "after")
			}
			if kind == Amend || kind == Insert {
				table.Words = rapid.SampledFrom([]string{"9. ", "(a) ", "", "## Article ", "9. One.\n\n10. "}).Draw(t, "label") +
					strings.NewReplacer("[RU: now]", "now", "[UA: then]", "then").Replace(clause.Draw(t, "words"))
			}
			table.Replaces = rapid.SampledFrom([]string{"", "", "", "b"}).Draw(t, "replaces")
			act = table
		}
		entries, err := r.Do(by, act)
		if err != nil && fault.KindOf(err) == fault.KindInternal {
			t.Fatalf("%#v: %v", act, err)
		}
		roomtest.Again(t, entries, decoders)
	}
}

// expected carries a seat's proposals out on the version, in the plainest way.
func expected(s *State, v VersionView, seat record.Seat) string {
	type wanted struct{ amend, move *ProposalView }
	want := map[string]wanted{}
	inserted := map[string][]ProposalView{}
	wider := func(old *ProposalView, p ProposalView) *ProposalView {
		if old == nil || p.Widest().Width() >= old.Widest().Width() {
			return &p
		}
		return old
	}
	for _, p := range SeeProposals(s) {
		if p.Status != Live || p.Seat != seat {
			continue
		}
		w := want[p.Clause]
		switch p.Kind {
		case Insert:
			inserted[p.After] = append(inserted[p.After], p)
		case Move:
			w.move = wider(w.move, p)
		default:
			w.amend = wider(w.amend, p)
		}
		want[p.Clause] = w
	}
	wordsOf := func(i int) string {
		if w := want[v.Clauses[i].ID]; w.amend != nil {
			return w.amend.Words
		}
		return clauseFor(&v, i, seat)
	}
	moved := map[string][]string{}
	for _, p := range SeeProposals(s) {
		if w := want[p.Clause]; p.Kind == Move && w.move != nil && w.move.ID == p.ID {
			moved[p.After] = append(moved[p.After], wordsOf(v.index(p.Clause)))
		}
	}
	var b strings.Builder
	after := func(id string) {
		for _, p := range inserted[id] {
			b.WriteString(p.Words + "\n\n")
		}
		for _, words := range moved[id] {
			b.WriteString(words + "\n\n")
		}
	}
	after("")
	for i, c := range v.Clauses {
		if want[c.ID].move == nil {
			b.WriteString(wordsOf(i) + "\n\n")
		}
		after(c.ID)
	}
	t, err := draft.Parse(b.String(), v.Text.Front.Seats...)
	if err != nil {
		panic(err)
	}
	return draft.Reading(t, seat)
}
