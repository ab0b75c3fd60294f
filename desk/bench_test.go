package desk

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"paraph/desk/desktest"
	"paraph/press"
	"paraph/record"
)

// Whole acts a second through the desk: decided, chained, folded and durable.
func BenchmarkDo(b *testing.B) {
	for _, callers := range []int{1, 16, 50} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			d := New(store(b), Options{Clock: time.Now})
			seat(b, d, "lake")
			for _, l := range desktest.Lenses()[:4] {
				pages(b, d, "lake", l)
			}
			var next atomic.Int64
			var all sync.WaitGroup
			b.ResetTimer()
			for range callers {
				all.Go(func() {
					for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
						act := press.Claim{ID: fmt.Sprint("c-", n), What: "The dam broke", By: "A mayor", Audience: record.Parties}
						if _, err := d.Do(ctx, "lake", ru, fmt.Sprint("act-", n), act); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
		})
	}
}

// A lens that nobody looked through yet, on 10,000 entries.
func BenchmarkOpen(b *testing.B) {
	log := store(b)
	d := New(log, Options{})
	seat(b, d, "lake")
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			for range 200 {
				must(b, d, "lake", ru, press.Claim{ID: key(), What: "The dam broke", By: "A mayor", Audience: record.Parties})
			}
		})
	}
	all.Wait()
	for b.Loop() {
		d.Drop("lake")
		if err := d.Look(ctx, "lake", ua.Lens(), func(View) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
}
