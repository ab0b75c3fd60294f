package settle

import (
	"math"
	"slices"
)

// field is one issue without the options that nobody needs: of options that are
// worth the same to everybody the first is kept, and none that another betters;
// all that a rule names are.
type field struct {
	issue   int
	options []int   // their places in the problem
	worth   []int64 // of option*parties+party, less the least of the party in this issue
	value   []float64
}

// fields prepares the issues, and gives what each party has from their least options.
func (w *whole) fields() ([]field, []int64) {
	n := len(w.worth)
	fixed := make([]int64, n)
	var fields []field
	for i := range w.worth[0] {
		f := field{issue: i, options: w.useful(i)}
		least := make([]int64, n)
		for p := range n {
			least[p] = math.MaxInt64
			for _, o := range f.options {
				least[p] = min(least[p], w.worth[p][i][o])
			}
			fixed[p] += least[p]
		}
		for _, o := range f.options {
			for p := range n {
				f.worth = append(f.worth, w.worth[p][i][o]-least[p])
			}
		}
		fields = append(fields, f)
	}
	return fields, fixed
}

// useful is the options of an issue of which no other is as good for all and
// better for one, or the same and earlier.
func (w *whole) useful(issue int) []int {
	var kept []int
	named := map[int]bool{}
	for _, rule := range w.rules {
		for _, c := range slices.Concat(rule.If, rule.Then) {
			if c.Issue == issue {
				named[c.Option] = true
			}
		}
	}
	count := len(w.worth[0][issue])
	for o := range count {
		keep := true
		for other := 0; other < count && keep; other++ {
			if other == o || named[o] || named[other] {
				continue
			}
			asGood, better := true, false
			for p := range w.worth {
				a, b := w.worth[p][issue][other], w.worth[p][issue][o]
				asGood = asGood && a >= b
				better = better || a > b
			}
			keep = !asGood || !better && other > o
		}
		if keep {
			kept = append(kept, o)
		}
	}
	return kept
}
