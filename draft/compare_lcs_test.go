package draft

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// plainLength is the textbook dynamic program.
func plainLength(a, b []int32) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}

// alignedLength checks that an alignment is one and gives its length.
func alignedLength(t interface{ Fatalf(string, ...any) }, to, a, b []int32) int {
	n, last := 0, int32(-1)
	for i, j := range to {
		if j == unmatched {
			continue
		}
		if j <= last || a[i] != b[j] {
			t.Fatalf("place %d is matched with place %d after place %d", i, j, last)
		}
		n, last = n+1, j
	}
	return n
}

func TestAlignIsLongest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.Int32Range(1, 40).Draw(t, "words")
		row := rapid.SliceOfN(rapid.Int32Range(0, words-1), 0, 200)
		a, b := row.Draw(t, "a"), row.Draw(t, "b")
		s := newSubsequence(int(words))
		for range 2 { // the second time with used scratch space
			if got, want := alignedLength(t, s.align(a, b), a, b), plainLength(a, b); got != want {
				t.Fatalf("length %d, the longest is %d", got, want)
			}
		}
	})
}

// edited makes a long row of words and a copy with one word in rate changed.
func edited(seed uint64, n, words, rate int) (a, b []int32) {
	r := rand.New(rand.NewPCG(seed, 1))
	for range n {
		w := int32(r.IntN(words))
		a = append(a, w)
		switch {
		case r.IntN(rate) > 0:
			b = append(b, w)
		case r.IntN(2) > 0:
			b = append(b, int32(r.IntN(words)), int32(r.IntN(words)))
		}
	}
	return a, b
}

func TestAlignIsLongestWhenHalved(t *testing.T) {
	for _, c := range []struct{ n, words, rate int }{{6000, 800, 30}, {5000, 20, 10}, {5000, 3, 2}, {6000, 900, 1}, {5500, 5000, 2}} {
		a, b := edited(7, c.n, c.words, c.rate)
		s := newSubsequence(c.words)
		if got, want := alignedLength(t, s.align(a, b), a, b), plainLength(a, b); got != want {
			t.Errorf("%v: length %d, the longest is %d", c, got, want)
		}
		if got := alignedLength(t, s.align(b, a), b, a); got != plainLength(a, b) {
			t.Errorf("%v, exchanged: length %d", c, got)
		}
	}
}

func TestAlignDividesWhatIsTooLong(t *testing.T) {
	for _, c := range []struct{ n, words, rate int }{{20000, 3000, 20}, {20000, 2, 2}, {20000, 20000, 2}} {
		a, b := edited(9, c.n, c.words, c.rate)
		b = append(slices.Clone(b[len(b)/2:]), b...) // far from the diagonal
		s := newSubsequence(c.words)
		s.limit = 1 << 16
		if got := alignedLength(t, s.align(a, b), a, b); got < c.n/4 {
			t.Errorf("%v: length only %d", c, got)
		}
	}
}
