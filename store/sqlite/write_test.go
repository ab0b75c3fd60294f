package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"paraph/fault"
	"paraph/record"
	"paraph/record/recordtest"
)

// A full disk refuses, harms nothing that stands, and is over when there is room.
func TestFullDisk(t *testing.T) {
	ctx := context.Background()
	path := newPath(t)
	db, err := sql.Open("sqlite", source(path, "FULL"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := recordFile.migrate(ctx, conn, path); err != nil {
		t.Fatal(err)
	}
	writer, err := newWriter(ctx, conn, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := writer.close(); err != nil {
			t.Error(err)
		}
	}()
	put := func(batches ...record.Batch) (errs []error) {
		var group []job
		var all []*record.Pending
		for _, b := range batches {
			contents, err := b.Check()
			if err != nil {
				t.Fatal(err)
			}
			p, settle := record.NewPending()
			group, all = append(group, job{batch: b, contents: contents, settle: settle}), append(all, p)
		}
		writer.commit(group)
		for _, p := range all {
			_, err := p.Wait(ctx)
			errs = append(errs, err)
		}
		return errs
	}
	w := recordtest.NewWriter("lake")
	if errs := put(w.Batch("before", record.Plenary)); errs[0] != nil {
		t.Fatal(errs[0])
	}
	var pages int
	if err := conn.QueryRowContext(ctx, "PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
		t.Fatal(err)
	}
	back := w.Fork()
	small, large := w.Batch("small", record.Plenary), w.Batch("large", slices.Repeat([]record.Audience{record.Plenary}, 200)...)
	for _, err := range put(small, large) {
		if fault.KindOf(err) != fault.KindUnavailable {
			t.Errorf("on a full disk: %v, want unavailable", err)
		}
	}
	if got, err := read(ctx, conn, "lake", record.Plenary, 0, 0); err != nil || len(got) != 1 {
		t.Errorf("on a full disk %d entries are read, %v", len(got), err)
	}
	if _, err := conn.ExecContext(ctx, "PRAGMA max_page_count = 100000"); err != nil {
		t.Fatal(err)
	}
	if errs := put(large); fault.KindOf(errs[0]) != fault.KindConflict {
		t.Errorf("what follows on what was refused: %v, want a conflict", errs[0])
	}
	for _, err := range put(back.Batch("small", record.Plenary), back.Batch("large", slices.Repeat([]record.Audience{record.Plenary}, 200)...)) {
		if err != nil {
			t.Errorf("when there is room again: %v", err)
		}
	}
}

// Batches that wait share a transaction, and a bad one among them harms no other.
func TestGroupCommit(t *testing.T) {
	var commits atomic.Int32
	entered, gate := make(chan struct{}), make(chan struct{})
	s := openedWith(t, newPath(t), settings{synchronous: "FULL", beforeCommit: func() {
		if commits.Add(1) == 1 {
			close(entered)
			<-gate
		}
	}})
	w := recordtest.NewWriter("lake")
	first := s.Append(w.Batch("first", record.Plenary))
	<-entered
	var good, bad []*record.Pending
	for i := range 50 {
		spoiled := w.Fork().Batch(fmt.Sprint(i, "!"), record.Public, record.Plenary)
		spoiled.Entries[1].Chain[0]++
		bad = append(bad, s.Append(spoiled))
		b := w.Batch(fmt.Sprint(i), record.Plenary)
		good = append(good, s.Append(b), s.Append(b)) // the second finds the first in its own transaction
	}
	select {
	case <-first.Done():
		t.Error("acknowledged before the commit")
	default:
	}
	close(gate)
	ctx := context.Background()
	for _, p := range good {
		if got, err := p.Wait(ctx); err != nil || len(got) != 1 {
			t.Errorf("a good batch: %d entries, %v", len(got), err)
		}
	}
	for _, p := range bad {
		if _, err := p.Wait(ctx); fault.KindOf(err) != fault.KindConflict {
			t.Errorf("a bad batch: %v, want a conflict", err)
		}
	}
	if n := commits.Load(); n != 2 {
		t.Errorf("%d commits, want 2: the first, and one for all that waited for it", n)
	}
	if got, err := s.Read(ctx, "lake", record.Public, 0, 0); err != nil || len(got) != 0 {
		t.Errorf("a refused batch left %d entries, %v", len(got), err)
	}
}

// Durable appends a second, of one entry of about 400 bytes. In "own process"
// each caller waits for its act before it makes the next one; in "one process"
// they share a process, each chained to what the one before handed in.
func BenchmarkAppend(b *testing.B) {
	for _, callers := range []int{1, 16, 50} {
		b.Run(fmt.Sprintf("own process/callers=%d", callers), func(b *testing.B) {
			s := opened(b, filepath.Join(b.TempDir(), "record.db"))
			load(b, callers, func(caller int) func(key string) *record.Pending {
				w := recordtest.NewWriter(record.ProcessID(fmt.Sprint("p-", caller)))
				return func(key string) *record.Pending { return s.Append(w.Batch(key, record.Plenary)) }
			})
		})
		b.Run(fmt.Sprintf("one process/callers=%d", callers), func(b *testing.B) {
			s := opened(b, filepath.Join(b.TempDir(), "record.db"))
			w := recordtest.NewWriter("lake")
			var mu sync.Mutex
			load(b, callers, func(int) func(key string) *record.Pending {
				return func(key string) *record.Pending {
					mu.Lock()
					defer mu.Unlock()
					return s.Append(w.Batch(key, record.Plenary))
				}
			})
		})
	}
}

func load(b *testing.B, callers int, caller func(int) func(key string) *record.Pending) {
	var next atomic.Int64
	var all sync.WaitGroup
	b.ResetTimer()
	for i := range callers {
		write := caller(i)
		all.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				if _, err := write(fmt.Sprint("act-", n)).Wait(context.Background()); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "appends/s")
}

func BenchmarkRead(b *testing.B) {
	s := opened(b, filepath.Join(b.TempDir(), "record.db"))
	written(b, s, recordtest.NewWriter("lake").Batch("all", slices.Repeat([]record.Audience{record.Plenary}, 10_000)...))
	for b.Loop() {
		if got, err := s.Read(context.Background(), "lake", record.Plenary, 0, 0); err != nil || len(got) != 10_000 {
			b.Fatal(len(got), err)
		}
	}
	b.ReportMetric(float64(b.N)*10_000/b.Elapsed().Seconds(), "entries/s")
}
