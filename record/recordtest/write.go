package recordtest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"paraph/fault"
	"paraph/record"
)

func writesOnce(t *testing.T, log record.Log) {
	w := NewWriter(lake)
	early := w.Fork()
	first := w.Batch("first", ru, record.Plenary, ru)
	appendOK(t, log, first)
	appendOK(t, log, w.Batch("second", ru))
	for name, again := range map[string]record.Batch{
		"as it was":                   first,
		"chained anew":                w.Fork().Batch("first", ru, record.Plenary, ru),
		"something else":              w.Fork().Batch("first", ua),
		"on a head that is long past": early.Batch("first", ru),
	} {
		got, err := log.Append(again).Wait(context.Background())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		same(t, name, got, first.Entries)
	}
	if n := len(readAll(t, log, lake, ru)); n != 3 {
		t.Errorf("%d entries stand, want 3", n)
	}
	elsewhere := NewWriter("sea").Batch("first", ru)
	appendOK(t, log, elsewhere)
	same(t, "the key in another process", readAll(t, log, "sea", ru), elsewhere.Entries)
}

func writesOnceAtOnce(t *testing.T, log record.Log) {
	const rounds, rivals = 20, 8
	w := NewWriter(lake)
	for round := range rounds {
		key := fmt.Sprint("round ", round)
		results := make([][]record.Entry, rivals)
		var all sync.WaitGroup
		for i := range rivals {
			b := w.Fork().Batch(key, record.Plenary)
			all.Go(func() {
				var err error
				if results[i], err = log.Append(b).Wait(context.Background()); err != nil {
					t.Errorf("%s, rival %d: %v", key, i, err)
				}
			})
		}
		all.Wait()
		for _, got := range results {
			same(t, key, got, results[0])
		}
		if t.Failed() {
			return
		}
		w.take(results[0])
	}
	if n := len(readAll(t, log, lake, record.Plenary)); n != rounds {
		t.Errorf("%d entries stand, want %d", n, rounds)
	}
}

// take moves the writer to where it stands after entries that were written.
func (w *Writer) take(entries []record.Entry) {
	for _, e := range entries {
		w.tips[e.Audience], w.At = e.Tip(), e.At
	}
}

func pipelines(t *testing.T, log record.Log) {
	w := NewWriter(lake)
	var batches []record.Batch
	var all []*record.Pending
	for i := range 300 {
		to := []record.Audience{record.Plenary, ru, ua}[:1+i%3]
		batches = append(batches, w.Batch(fmt.Sprint(i), to...))
		all = append(all, log.Append(batches[i]))
	}
	var want []record.Entry
	for i, p := range all {
		got, err := p.Wait(context.Background())
		if err != nil {
			t.Fatalf("batch %d: %v", i, err)
		}
		same(t, "batch", got, batches[i].Entries)
		want = append(want, batches[i].Entries[0])
	}
	same(t, "plenary", readAll(t, log, lake, record.Plenary), want)
}

func tails(t *testing.T, log record.Log) {
	const writers, each = 16, 25
	h := &head{log: log, w: NewWriter(lake)}
	to := []record.Audience{record.Plenary, ru, ua, record.Public}
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			for j := range each {
				audiences := []record.Audience{to[i%4], to[(i+j)%4]}
				if err := h.append(fmt.Sprintf("%d/%d", i, j), audiences[:1+j%2]...); err != nil {
					t.Errorf("writer %d: %v", i, err)
				}
			}
		})
	}
	finished := make(chan struct{})
	go func() {
		all.Wait()
		close(finished)
	}()

	seen := map[record.Audience][]record.Entry{}
	for last := false; !last; {
		select {
		case <-finished:
			last = true // and one more look, for what came before this
		default:
		}
		for _, a := range to {
			for tail(t, log, a, seen) && last {
			}
		}
		if t.Failed() {
			<-finished
			return
		}
	}
	n := 0
	for a, entries := range seen {
		n += len(entries)
		same(t, "tailed "+string(a), entries, readAll(t, log, lake, a))
	}
	if want := writers*each + writers*(each/2); n != want {
		t.Errorf("the reader saw %d entries, want %d", n, want)
	}
}

// tail reads on where the last reading of a log ended: nothing may be missing,
// out of order or back in time. It tells whether there was anything.
func tail(t *testing.T, log record.Log, a record.Audience, seen map[record.Audience][]record.Entry) bool {
	t.Helper()
	got, err := log.Read(context.Background(), lake, a, uint64(len(seen[a])), 7)
	if err != nil {
		t.Error(err)
		return false
	}
	for _, e := range got {
		tip, at := record.Tip{Process: lake, Audience: a}, time.Time{}
		if n := len(seen[a]); n > 0 {
			tip, at = seen[a][n-1].Tip(), seen[a][n-1].At
		}
		if err := e.Follows(tip); err != nil || !e.At.After(at) {
			t.Errorf("the reader met entry %d of %s after %d: %v", e.Seq, a, tip.Seq, err)
			return false
		}
		seen[a] = append(seen[a], e)
	}
	return len(got) > 0
}

func takesLarge(t *testing.T, log record.Log) {
	w := NewWriter(lake)
	b := w.Batch("large", slices.Repeat([]record.Audience{record.Plenary, record.Plenary, ru, ua}, 2500)...)
	appendOK(t, log, b)
	appendOK(t, log, w.Batch("small", record.Plenary))
	if n := len(readAll(t, log, lake, record.Plenary)); n != 5001 {
		t.Errorf("%d entries in plenary, want 5001", n)
	}
	got, err := log.Append(b).Wait(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	same(t, "once more", got, b.Entries)
}

func destroys(t *testing.T, log record.Log) {
	ctx := context.Background()
	w := NewWriter(lake)
	for _, key := range []string{"a", "b", "c"} {
		appendOK(t, log, w.Batch(key, ru))
	}
	before := readAll(t, log, lake, ru)
	for range 2 { // the second time changes nothing
		if err := log.Destroy(ctx, lake, ru, 2); err != nil {
			t.Fatal(err)
		}
	}
	want := slices.Clone(before)
	want[1].Content, want[1].Salt, want[1].Destroyed = record.Content{}, record.Salt{}, true
	same(t, "after", readAll(t, log, lake, ru), want)
	for name, at := range map[string]struct {
		p   record.ProcessID
		a   record.Audience
		seq uint64
	}{
		"no process": {"sea", ru, 1}, "no log": {lake, ua, 1}, "no entry": {lake, ru, 4}, "before the first": {lake, ru, 0},
		"beyond all numbers": {lake, ru, 1<<64 - 1},
	} {
		if err := log.Destroy(ctx, at.p, at.a, at.seq); fault.KindOf(err) != fault.KindNotFound {
			t.Errorf("destroying where there is %s: %v, want not found", name, err)
		}
	}
	appendOK(t, log, w.Batch("d", ru))
	got, err := log.Append(record.Batch{Process: lake, Key: "b", Entries: before[1:2]}).Wait(ctx)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the act that was destroyed, once more", got, want[1:2])
}
