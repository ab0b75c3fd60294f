package settle

import (
	"context"
	"fmt"
	"testing"
)

// sizes is how many points the frontiers of generated problems have, as an
// implementation of its own found them; those that NegMAS finishes agree.
var sizes = []struct {
	kind                     string
	issues, options, parties int
	points                   int
}{
	{"fine", 5, 5, 2, 11}, {"fine", 5, 5, 3, 123}, {"fine", 5, 5, 4, 145},
	{"fine", 5, 5, 5, 207}, {"fine", 5, 5, 6, 458}, {"fine", 5, 5, 8, 2225},
	{"fine", 6, 10, 2, 21}, {"fine", 6, 10, 3, 136}, {"fine", 6, 10, 4, 2073},
	{"fine", 6, 10, 5, 2999}, {"fine", 6, 10, 6, 10891}, {"fine", 6, 10, 8, 98555},
	{"fine", 7, 10, 2, 56}, {"fine", 7, 10, 3, 402}, {"fine", 7, 10, 4, 4946},
	{"fine", 8, 10, 2, 44}, {"fine", 8, 10, 4, 6646}, {"fine", 8, 10, 5, 16276}, {"fine", 8, 10, 6, 98037},
	{"fine", 10, 10, 2, 109}, {"fine", 10, 10, 3, 1912}, {"fine", 10, 10, 4, 8296},
	{"fine", 20, 10, 2, 210}, {"fine", 20, 10, 3, 10075}, {"fine", 20, 10, 4, 201433},
	{"fine", 30, 10, 2, 539}, {"fine", 30, 10, 3, 52958},
	{"fine", 50, 10, 2, 1107}, {"fine", 50, 10, 3, 229376},
	{"points", 6, 10, 2, 12}, {"points", 6, 10, 4, 1131},
	{"points", 20, 10, 2, 67}, {"points", 20, 10, 3, 34215}, {"points", 20, 10, 4, 221066},
	{"points", 50, 10, 2, 344},
	{"opposed", 6, 10, 2, 110}, {"opposed", 6, 10, 3, 1009}, {"opposed", 6, 10, 4, 7550},
	{"opposed", 7, 10, 2, 413}, {"opposed", 10, 10, 2, 831}, {"opposed", 10, 10, 4, 122116},
	{"opposed", 20, 10, 2, 1319}, {"opposed", 20, 10, 3, 51838},
	{"opposed", 30, 10, 2, 3546}, {"opposed", 50, 10, 2, 7813},
}

// largeFrontier is the points from which a frontier is left to the benchmarks, which
// hold all of them to their sizes.
const largeFrontier = 17_000

func TestFrontierSizes(t *testing.T) {
	for _, c := range sizes {
		if c.points >= largeFrontier {
			continue
		}
		name := fmt.Sprintf("%s-%dx%d-p%d", c.kind, c.issues, c.options, c.parties)
		t.Run(name, func(t *testing.T) {
			if n := frontierOf(t, generated(c.kind, c.issues, c.options, c.parties)).Len(); n != c.points {
				t.Errorf("%d points, not %d", n, c.points)
			}
		})
	}
}

// frontierOf is the frontier alone.
func frontierOf(t testing.TB, p *Problem) *Frontier {
	s := &settling{problem: p, pulse: newPulse(context.Background(), nil)}
	c := newCombination(p, s.options, s.pulse)
	if done, err := c.advance(maxPoints); err != nil || !done {
		t.Fatalf("the frontier is not whole (%v)", err)
	}
	s.take(c, c.found)
	return &s.answer.Frontier
}

// BenchmarkFrontier finds every frontier of the table, and holds it to its size.
func BenchmarkFrontier(b *testing.B) {
	for _, c := range sizes {
		b.Run(fmt.Sprintf("%s-%dx%d-p%d", c.kind, c.issues, c.options, c.parties), func(b *testing.B) {
			p := generated(c.kind, c.issues, c.options, c.parties)
			points := 0
			for b.Loop() {
				points = frontierOf(b, p).Len()
			}
			if points != c.points {
				b.Errorf("%d points, not %d", points, c.points)
			}
			b.ReportMetric(float64(points), "points")
		})
	}
}
