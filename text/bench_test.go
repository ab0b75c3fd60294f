package text

import (
	"fmt"
	"os"
	"testing"

	"paraph/draft"
	"paraph/record"
	"paraph/record/roomtest"
)

// BenchmarkSeeRolling makes the rolling text of the Paris draft of 23 October
// 2015 (see its README) with 40 amendments by two seats.
func BenchmarkSeeRolling(b *testing.B) {
	src, err := os.ReadFile("../draft/testdata/paris/2015-10-23.md")
	if err != nil {
		b.Fatal(err)
	}
	r := room()
	r.Must(b, roomtest.Chair, Issue{ID: "v-1", Symbol: "REV.1", Class: ChairsText, Draft: string(src)})
	v, _ := SeeVersion(r.State(roomtest.RU.Lens()), "")
	tabled := 0
	for i, c := range v.Clauses {
		words := clauseFor(&v, i, "RU")
		t, err := draft.Parse(words)
		if tabled == 40 || len(v.Text.Words(i)) < 200 || err != nil || len(t.Unbalanced) > 0 {
			continue
		}
		by := []record.Actor{roomtest.RU, roomtest.UA}[tabled%2]
		r.Must(b, by, Table{ID: fmt.Sprint("p-", tabled), Kind: Amend, Clause: c.ID, Words: words + " This is added.",
			Audience: record.Plenary})
		tabled++
	}
	s := r.State(roomtest.Observer.Lens())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := SeeRolling(s, "", nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(tabled), "proposals")
}
