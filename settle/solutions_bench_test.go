package settle

import (
	"context"
	"fmt"
	"slices"
	"testing"
)

// benchmarked is the problems of the benchmarks of solution points.
var benchmarked = []struct {
	kind                     string
	issues, options, parties int
}{
	{"fine", 20, 10, 4}, {"points", 20, 10, 4}, {"opposed", 20, 10, 4},
	{"fine", 50, 10, 6}, {"points", 50, 10, 6}, {"opposed", 50, 10, 6},
	{"fine", 50, 10, 8}, {"points", 50, 10, 8}, {"opposed", 50, 10, 8},
}

func benchmarkSolution(b *testing.B, solve func(context.Context, *Problem, *whole) Solution) {
	for _, c := range benchmarked {
		p := generated(c.kind, c.issues, c.options, c.parties)
		w, _ := p.wholeNumbers()
		b.Run(fmt.Sprintf("%s-%dx%d-p%d", c.kind, c.issues, c.options, c.parties), func(b *testing.B) {
			for b.Loop() {
				if got := solve(context.Background(), p, w); !got.Proved {
					b.Fatal("not proved")
				}
			}
		})
	}
}

func BenchmarkNash(b *testing.B) {
	benchmarkSolution(b, func(ctx context.Context, p *Problem, w *whole) Solution {
		powers, _ := p.powers()
		return w.nash(ctx, powers)
	})
}

func BenchmarkKalaiSmorodinsky(b *testing.B) {
	benchmarkSolution(b, func(ctx context.Context, p *Problem, w *whole) Solution { return w.kalaiSmorodinsky(ctx) })
}

func BenchmarkEgalitarian(b *testing.B) {
	benchmarkSolution(b, func(ctx context.Context, p *Problem, w *whole) Solution { return w.egalitarian(ctx) })
}

func BenchmarkUtilitarian(b *testing.B) {
	benchmarkSolution(b, func(ctx context.Context, p *Problem, w *whole) Solution { return p.utilitarian(ctx, w) })
}

// BenchmarkImprove improves the Nash point, of which it is to be proved that
// nothing is better, and that point with every fifth issue decided otherwise.
func BenchmarkImprove(b *testing.B) {
	for _, c := range benchmarked {
		if c.parties > 6 {
			continue
		}
		p := generated(c.kind, c.issues, c.options, c.parties)
		w, _ := p.wholeNumbers()
		powers, _ := p.powers()
		best := w.nash(context.Background(), powers).Points[0].Package
		near := slices.Clone(best)
		for i := 0; i < len(near); i += 5 {
			near[i] = (near[i] + 1) % c.options
		}
		for name, deal := range map[string]Package{"none": best, "near": near} {
			b.Run(fmt.Sprintf("%s-%dx%d-p%d-%s", c.kind, c.issues, c.options, c.parties, name), func(b *testing.B) {
				for b.Loop() {
					if got, err := Improve(context.Background(), p, deal); err != nil || !got.Proved || got.Exists != (name == "near") {
						b.Fatal(got, err)
					}
				}
			})
		}
	}
}
