package settle

import (
	"context"
	"fmt"
	"testing"
)

// interdependents is the problems of the benchmarks: issues of ten options,
// two terms an issue for each party.
var interdependents = []struct {
	issues, parties int
}{{10, 2}, {30, 2}, {50, 2}, {10, 3}, {20, 4}}

func benchmarkTerms(b *testing.B, most int, work func(b *testing.B, t *termed, p *pulse)) {
	for _, c := range interdependents[:most] {
		t, _ := newTermed(interdependent("plain", c.issues, 10, c.parties))
		b.Run(fmt.Sprintf("%dx10-p%d", c.issues, c.parties), func(b *testing.B) {
			for b.Loop() {
				work(b, t, newPulse(context.Background(), nil))
			}
		})
	}
}

func benchmarkTermPoint(b *testing.B, find func(t *termed, p *pulse, tops []int64) Solution) {
	for _, c := range interdependents {
		t, _ := newTermed(interdependent("plain", c.issues, 10, c.parties))
		tops, _ := t.tops(newPulse(context.Background(), nil), t.zoneFloor(false))
		b.Run(fmt.Sprintf("%dx10-p%d", c.issues, c.parties), func(b *testing.B) {
			for b.Loop() {
				if !find(t, newPulse(context.Background(), nil), tops).Proved {
					b.Fatal("not proved")
				}
			}
		})
	}
}

func BenchmarkTermsFrontier(b *testing.B) {
	benchmarkTerms(b, 4, func(b *testing.B, t *termed, p *pulse) {
		if _, whole := t.frontier(p, t.zoneFloor(false), 0, nil); !whole {
			b.Fatal("not whole")
		}
	})
}

func BenchmarkTermsZone(b *testing.B) {
	benchmarkTerms(b, len(interdependents), func(b *testing.B, t *termed, p *pulse) { t.some(p, t.zoneFloor(false)) })
}

func BenchmarkTermsUtilitarian(b *testing.B) {
	benchmarkTermPoint(b, func(t *termed, p *pulse, tops []int64) Solution { return t.utilitarian(p, t.zoneFloor(false)) })
}

func BenchmarkTermsNash(b *testing.B) {
	benchmarkTermPoint(b, func(t *termed, p *pulse, tops []int64) Solution {
		return t.nash(p, t.zoneFloor(false), t.bases(), tops)
	})
}

func BenchmarkTermsEgalitarian(b *testing.B) {
	benchmarkTermPoint(b, func(t *termed, p *pulse, tops []int64) Solution {
		return t.egalitarian(p, t.zoneFloor(false), t.bases())
	})
}

func BenchmarkTermsKalaiSmorodinsky(b *testing.B) {
	benchmarkTermPoint(b, func(t *termed, p *pulse, tops []int64) Solution {
		return t.kalaiSmorodinsky(p, t.zoneFloor(false), t.bases(), tops)
	})
}
