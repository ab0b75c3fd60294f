package bargain

import (
	"encoding/json"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"paraph/record/roomtest"
	"paraph/settle"
)

// lentBy plays two parties that keep preferences and lend them, and gives all
// that the chair reads of it, in bytes, and the table that its engine works on.
func lentBy(t *rapid.T, ru, ua Prefer, grains ...Grain) (string, TableView) {
	r := room()
	set(t, r)
	r.Must(t, roomtest.RU, ru)
	r.Must(t, roomtest.UA, ua)
	for _, g := range grains {
		r.Must(t, roomtest.RU, Lend{g})
	}
	r.Must(t, roomtest.UA, Lend{Coarse})
	var read []any
	for _, e := range r.Entries {
		if roomtest.Chair.Lens().Reads(e.Audience) {
			read = append(read, e.Audience, e.At, e.Content.Kind, e.Content.By, e.Content.Makes, e.Content.Mentions, string(e.Content.Body))
		}
	}
	b, err := json.Marshal(read)
	if err != nil {
		t.Fatal(err)
	}
	return string(b), SeeTable(r.State(roomtest.Chair.Lens()), seats, now(t))
}

// drawn gives preferences whose issues each have one option that is worth
// nothing, in thousandths; the greatest swing is 1,000.
func drawn(t *rapid.T) [][]int64 {
	table := [][]int64{make([]int64, 2), make([]int64, 2), make([]int64, 3)}
	for i, row := range table {
		nothing := rapid.IntRange(0, len(row)-1).Draw(t, "nothing")
		for o := range row {
			if o != nothing {
				// Evenly: who draws from rapid alone gets small numbers most of all.
				table[i][o] = 1 + int64(rapid.Uint64().Draw(t, "worth")*0x9E3779B97F4A7C15>>32%999)
			}
		}
	}
	top := rapid.IntRange(0, 1).Draw(t, "top")
	for o, w := range table[top] {
		if w != 0 || table[top][1-o] == 0 {
			table[top][o] = 1000
			break
		}
	}
	return table
}

func preferences(table [][]int64) Prefer {
	p := preferring(row(table[0]...), row(table[1]...), row(table[2]...))
	p.Party.Reservation = nil
	return p
}

// moveWithin gives preferences that differ from others in one worth, which moves
// as far as it can within its level; and how far it moved.
func moveWithin(t *rapid.T, table [][]int64, g Grain) ([][]int64, int64) {
	other := [][]int64{append([]int64{}, table[0]...), append([]int64{}, table[1]...), append([]int64{}, table[2]...)}
	i := rapid.IntRange(0, 2).Draw(t, "issue")
	o := rapid.IntRange(0, len(table[i])-1).Draw(t, "option")
	w := table[i][o]
	if w == 0 || w == 1000 {
		return other, 0
	}
	low := (w*int64(g)/1000*1000 + int64(g) - 1) / int64(g)
	high := ((w*int64(g)/1000+1)*1000 - 1) / int64(g)
	other[i][o] = max(low, 1)
	if high-w > w-low {
		other[i][o] = min(high, 999)
	}
	return other, int64(math.Abs(float64(other[i][o] - w)))
}

// What the chair reads is the same to the byte for preferences that lie in the
// same levels, whatever they are within them: so nobody who reads all of it can
// tell a worth more finely than the grain, by any way of computing. Lending at
// coarser grains as well tells no more.
func TestChairCannotTellWithinAGrain(t *testing.T) {
	far, cases := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.SampledFrom([]Grain{Coarse, Middling, Fine, VeryFine}).Draw(t, "grain")
		table := drawn(t)
		other, moved := moveWithin(t, table, g)
		ua := preferences(drawn(t))
		grains := []Grain{g}
		if g > Coarse && rapid.Bool().Draw(t, "coarser first") {
			grains = []Grain{Coarse, g}
		}
		a, _ := lentBy(t, preferences(table), ua, grains...)
		b, _ := lentBy(t, preferences(other), ua, grains...)
		if a != b {
			t.Fatalf("at %d levels the chair tells %v from %v:\n%s\n%s", g, table, other, a, b)
		}
		cases++
		if moved*int64(g) > 400 { // two fifths of a level
			far++
		}
	})
	if far < cases/4 {
		t.Errorf("worths moved far within their level in %d of %d cases: too few to prove anything", far, cases)
	}
}

// Two attacks that see all that the chair's engine sees: the middle of the
// interval that a level says, and a least-squares fit of worths to the engine's
// utilities of all packages. Neither comes nearer to a worth, on average, than
// who knows the level alone and nothing else can: a quarter of a level. That the
// attacks are at work is seen by the exact grain, where they find all.
func TestAttacksRecoverNoMoreThanTheGrain(t *testing.T) {
	var squares, middles, exact, n, levels float64
	rapid.Check(t, func(t *rapid.T) {
		table := drawn(t)
		g := rapid.SampledFrom([]Grain{Coarse, Middling}).Draw(t, "grain")
		_, seen := lentBy(t, preferences(table), preferences(drawn(t)), g)
		_, whole := lentBy(t, preferences(table), preferences(drawn(t)), Exact)
		for i, row := range table {
			for o, w := range row {
				if w == 0 || w == 1000 {
					continue // known to be the least or the greatest, by the form of these preferences
				}
				truth := float64(w) / 1000 * float64(g)
				n++
				levels++
				middles += math.Abs(worthOf(seen, i, o) + 0.5 - truth)
				squares += math.Abs(fitted(seen.Problem, i, o) + 0.5 - truth)
				exact += math.Abs(worthOf(whole, i, o) - float64(w))
			}
		}
	})
	if middles/n < 0.2 || squares/n < 0.2 {
		t.Errorf("worths are recovered to %.3f and %.3f of a level on average; the bound is a quarter", middles/n, squares/n)
	}
	if middles/n > 0.3 || squares/n > 0.3 || exact != 0 {
		t.Errorf("the attacks do not even find what is told: %.3f, %.3f, exact %.3f", middles/n, squares/n, exact)
	}
	t.Logf("mean error of %.0f worths: %.3f of a level by intervals, %.3f by least squares", levels, middles/n, squares/n)
}

func worthOf(t TableView, i, o int) float64 {
	f, _ := t.Problem.Parties[0].Worth[i][o].Float64()
	return f
}

// fitted gives the effect of an option by least squares over the utilities of all
// packages: for a whole factorial design that is the mean with it, less the mean
// with the issue's worst option.
func fitted(p settle.Problem, issue, option int) float64 {
	var sums, counts [3]float64
	for a := range p.Issues[0].Options {
		for b := range p.Issues[1].Options {
			for c := range p.Issues[2].Options {
				k := settle.Package{a, b, c}
				u, _ := p.Utility(0, k).Float64()
				sums[k[issue]] += u
				counts[k[issue]]++
			}
		}
	}
	least := math.Inf(1)
	for o := range p.Issues[issue].Options {
		least = min(least, sums[o]/counts[o])
	}
	return sums[option]/counts[option] - least
}

// A package that keeps the reservation value as it was lent keeps it in truth.
func TestZoneOfWhatIsLentIsOneInTruth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := drawn(t)
		own := preferences(table).Party
		own.Reservation = big.NewRat(rapid.Int64Range(-100, 2500).Draw(t, "reservation"), 1)
		for i := range own.Worth {
			shift := big.NewRat(rapid.Int64Range(-50, 50).Draw(t, "shift"), 1)
			for o := range own.Worth[i] {
				own.Worth[i][o].Add(own.Worth[i][o], shift)
			}
		}
		if rapid.Bool().Draw(t, "a term") {
			own.Terms = []settle.Term{{Bounds: []settle.Bound{{Issue: 0}, {Issue: 1}}, Worth: big.NewRat(rapid.Int64Range(-900, 900).Draw(t, "joint"), 1)}}
		}
		lent := Coarsened(own, rapid.SampledFrom(Grains()).Draw(t, "grain"))
		p := settle.Problem{Parties: []settle.Party{own, lent}}
		for range 2 {
			p.Issues = append(p.Issues, settle.Issue{Options: []string{"a", "b"}})
		}
		p.Issues = append(p.Issues, settle.Issue{Options: []string{"a", "b", "c"}})
		for k := range 12 {
			pack := settle.Package{k & 1, k >> 1 & 1, k >> 2}
			if p.Utility(1, pack).Cmp(lent.Reservation) >= 0 && p.Utility(0, pack).Cmp(own.Reservation) < 0 {
				t.Fatalf("%v keeps %s of what is lent, and not %s in truth", pack, lent.Reservation.RatString(), own.Reservation.RatString())
			}
		}
	})
}
