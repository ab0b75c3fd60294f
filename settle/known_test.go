package settle

import (
	"context"
	"math/big"
	"testing"
)

// known is the solution points of generated problems, found by other programs: a
// branch and bound of its own kind in Go, and for Nash an outer approximation with
// HiGHS, for the others mixed integer programs with GLPK, CBC and HiGHS.
var known = []struct {
	kind                     string
	issues, options, parties int
	nash, kalai, egalitarian []int64
}{
	{"fine", 20, 10, 4, []int64{9082690, 7124787, 8136982, 6222855}, []int64{8980777, 7329260, 7841811, 6152012}, []int64{7105450, 7110979, 7159955, 7114885}},
	{"points", 20, 10, 4, []int64{8770, 6350, 7700, 10680}, []int64{8890, 6510, 7772, 9881}, []int64{7791, 7499, 7510, 7670}},
	{"opposed", 20, 10, 4, []int64{7449128, 5811643, 7141562, 5425356}, []int64{7543427, 6113929, 6526150, 5236292}, []int64{6317138, 6288610, 6315624, 6304773}},
	{"fine", 50, 10, 6, []int64{20189037, 19045980, 15202016, 16624375, 15126248, 15871999}, []int64{20160101, 18686834, 15306109, 16937385, 15304117, 15407583}, []int64{16427469, 16474644, 16426936, 16454711, 16427303, 16431838}},
	{"points", 50, 10, 6, []int64{17189, 17065, 16879, 19036, 18824, 21572}, []int64{17519, 16425, 17033, 18433, 19333, 21447}, []int64{18106, 18106, 18094, 18108, 18103, 18122}},
	{"opposed", 50, 10, 6, []int64{15099412, 14537711, 13586710, 14108687, 13990293, 13895400}, []int64{16614020, 15388894, 12621648, 13980116, 12680073, 12696717}, []int64{14098647, 14091522, 14076053, 14063378, 14071241, 14064124}},
}

func TestKnownSolutions(t *testing.T) {
	for _, k := range known {
		p := generated(k.kind, k.issues, k.options, k.parties)
		if testing.Short() && k.issues > 20 {
			continue
		}
		w, _ := p.wholeNumbers()
		powers, _ := p.powers()
		ctx := context.Background()
		holds := func(name string, got Solution, want []int64) {
			t.Helper()
			if !got.Proved || len(got.Points) != 1 {
				t.Errorf("%s-%dx%d-p%d %s: proved %v, %d points", k.kind, k.issues, k.options, k.parties, name, got.Proved, len(got.Points))
				return
			}
			for i, u := range got.Points[0].Utilities {
				if u.Cmp(big.NewRat(want[i], 1)) != 0 {
					t.Errorf("%s-%dx%d-p%d %s: %v, not %v", k.kind, k.issues, k.options, k.parties, name, got.Points[0].Utilities, want)
					return
				}
			}
		}
		holds("Nash", w.nash(ctx, powers), k.nash)
		holds("Kalai–Smorodinsky", w.kalaiSmorodinsky(ctx), k.kalai)
		holds("egalitarian", w.egalitarian(ctx), k.egalitarian)
	}
}
