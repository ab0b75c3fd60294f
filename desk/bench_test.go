package desk

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"paraph/desk/desktest"
	"paraph/press"
	"paraph/record"
)

// Whole acts a second through the desk: decided, chained, folded and durable.
// Each is followed by its floor: as many callers, whose rows a bare SQLite takes
// into transactions as they come, just as durably.
func BenchmarkDo(b *testing.B) {
	for _, callers := range []int{1, 16, 50} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			d := New(store(b), Options{Clock: time.Now})
			seat(b, d, "lake")
			for _, l := range desktest.Lenses()[:4] {
				pages(b, d, "lake", l)
			}
			crowd(b, callers, func(n int64) error {
				act := press.Claim{ID: fmt.Sprint("c-", n), What: "The dam broke", By: "A mayor", Audience: record.Parties}
				_, err := d.Do(ctx, "lake", ru, fmt.Sprint("act-", n), act)
				return err
			})
		})
		b.Run(fmt.Sprintf("floor/callers=%d", callers), func(b *testing.B) {
			crowd(b, callers, bareInsert(b))
		})
	}
}

// crowd has many callers do something b.N times in all, and reports how often
// a second and how long the slowest of a hundred takes.
func crowd(b *testing.B, callers int, do func(n int64) error) {
	var next atomic.Int64
	var all sync.WaitGroup
	took := make([]time.Duration, b.N)
	b.ResetTimer()
	for range callers {
		all.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				began := time.Now()
				if err := do(n); err != nil {
					b.Error(err)
					return
				}
				took[n-1] = time.Since(began)
			}
		})
	}
	all.Wait()
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// bareInsert opens a bare table and gives what puts one row of an act's size
// into it, with all that wait in one synced transaction.
func bareInsert(b *testing.B) func(int64) error {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "bare.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_txlock=immediate")
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE row (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, chain BLOB NOT NULL, body TEXT NOT NULL)"); err != nil {
		b.Fatal(err)
	}
	insert, err := db.Prepare("INSERT INTO row (at, chain, body) VALUES (?, ?, ?)")
	if err != nil {
		b.Fatal(err)
	}
	body, chain := strings.Repeat("x", 300), make([]byte, 32)
	queue, done := make(chan chan error, 256), make(chan struct{})
	go func() {
		defer close(done)
		for first := range queue {
			waiting := []chan error{first}
			for more := true; more && len(waiting) < 256; {
				select {
				case w, open := <-queue:
					if more = open; open {
						waiting = append(waiting, w)
					}
				default:
					more = false
				}
			}
			tx, err := db.Begin()
			if err == nil {
				for range waiting {
					_, failed := tx.Stmt(insert).Exec(time.Now().UnixMicro(), chain, body)
					err = errors.Join(err, failed)
				}
				err = errors.Join(err, tx.Commit())
			}
			for _, w := range waiting {
				w <- err
			}
		}
	}()
	b.Cleanup(func() {
		close(queue)
		<-done
		if err := errors.Join(insert.Close(), db.Close()); err != nil {
			b.Error(err)
		}
	})
	return func(int64) error {
		written := make(chan error, 1)
		queue <- written
		return <-written
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
