package text

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/record"
	"paraph/record/roomtest"
)

// Whatever came before: a rolling text that takes over from another is the one
// that is made from nothing, to the last mark.
func TestRollingAfter(t *testing.T) {
	kept, all := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		r := room()
		words := rapid.SampledFrom([]string{
			"the", "parties", "shall", "[may]", "[not][never]", "meet", "(a)", "30", "days;", "of", "water", "\\[sic\\]", "[RU: now]", "[UA: then]", "النص",
		})
		clause := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(words, 1, 6).Draw(t, "words"), " ")
		})
		odd := rapid.SampledFrom([]string{"", "", "", "", "", "", "[", "]", "[17] ", "Option 1: ", "## "})
		draw := func(id string) Issue {
			a := issue(id)
			a.Symbol = "REV." + id
			src := "---\nseats: RU, UA\n---\n"
			for i := range rapid.IntRange(1, 8).Draw(t, "clauses") {
				src += fmt.Sprintf("\n%d. %s%s\n", i+1, odd.Draw(t, "odd"), clause.Draw(t, "clause"))
			}
			a.Draft = src
			return a
		}
		r.Must(t, roomtest.Chair, draw("v-1"))
		lenses := []record.Lens{roomtest.RU.Lens(), roomtest.UA.Lens(), roomtest.Chair.Lens(), roomtest.Observer.Lens()}
		before := make([]RollingView, len(lenses))
		states, folded := make([]State, len(lenses)), 0
		for turn := range rapid.IntRange(1, 6).Draw(t, "turns") {
			if turn == 3 && rapid.Bool().Draw(t, "another version") {
				if _, err := r.Do(roomtest.Chair, draw("v-2")); err != nil {
					t.Skip("not a draft")
				}
			}
			play(t, r, clause)
			supporters := map[string][]record.Seat{}
			if rapid.Bool().Draw(t, "supported") {
				supporters["a"] = []record.Seat{"UA"}
				supporters["b"] = []record.Seat{"CH", "RU"}
			}
			version := rapid.SampledFrom([]string{"", "", "v-1"}).Draw(t, "version")
			for ; folded < len(r.Entries); folded++ {
				for i, l := range lenses {
					if l.Reads(r.Entries[folded].Audience) {
						Fold(&states[i], r.Entries[folded])
					}
				}
			}
			for i, l := range lenses {
				want, failed := SeeRolling(r.State(l), version, supporters)
				got, err := SeeRollingAfter(&states[i], before[i], version, supporters)
				if fmt.Sprint(err) != fmt.Sprint(failed) {
					t.Fatalf("%v: %v, and from nothing %v", l, err, failed)
				}
				if err != nil {
					continue
				}
				all++
				if before[i].made != nil && before[i].made.text == got.made.text && len(got.made.live) > 0 {
					kept++
				}
				checkSame(t, got, want)
				before[i] = got
			}
		}
	})
	t.Logf("%d of %d rolling texts had one of the same version before them", kept, all)
	if kept*5 < all {
		t.Errorf("only %d of %d rolling texts had one of the same version before them: too few to prove anything", kept, all)
	}
}

func checkSame(t *rapid.T, got, want RollingView) {
	if !reflect.DeepEqual(got.Text, want.Text) {
		t.Fatalf("the text is\n%+v\nand from nothing\n%+v", got.Text, want.Text)
	}
	if got.Counts != want.Counts || !reflect.DeepEqual(got.Clauses, want.Clauses) || got.Version.ID != want.Version.ID {
		t.Fatalf("%+v, %+v\nand from nothing\n%+v, %+v", got.Counts, got.Clauses, want.Counts, want.Clauses)
	}
}
