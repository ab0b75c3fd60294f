package recordtest

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"paraph/record"
)

// Writer chains batches of one process as whoever holds the process's lock
// would. It is not safe for use by several goroutines.
type Writer struct {
	Process record.ProcessID
	At      time.Time // of the last entry
	tips    map[record.Audience]record.Tip
	salts   uint64
}

// NewWriter gives a writer for a process that has no entries yet.
func NewWriter(p record.ProcessID) *Writer {
	return &Writer{
		Process: p,
		At:      time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		tips:    map[record.Audience]record.Tip{},
	}
}

// Batch makes the next batch: one entry to each of the audiences, in their
// order, whose body is the key.
func (w *Writer) Batch(key string, to ...record.Audience) record.Batch {
	b := record.Batch{Process: w.Process, Key: key}
	body, err := json.Marshal(key)
	if err != nil {
		panic(err) // a string is always JSON
	}
	for _, a := range to {
		tip, ok := w.tips[a]
		if !ok {
			tip = record.Tip{Process: w.Process, Audience: a}
		}
		w.salts++
		salt := record.Salt{0: byte(w.salts), 1: byte(w.salts >> 8), 2: byte(w.salts >> 16), 31: 1}
		w.At = w.At.Add(time.Microsecond)
		e, err := tip.Next(w.At, salt, record.Content{
			Kind: "test.thing.made", By: record.By{Seat: "RU", Person: "A. Person", Capacity: record.Head}, Key: key,
			Makes:    []record.Ref{record.Ref(fmt.Sprintf("thing/%d", w.salts))},
			Mentions: []record.Ref{"thing/<&>\u2028"},
			Body:     body,
		})
		if err != nil {
			panic(err) // the content is well formed
		}
		w.tips[a] = e.Tip()
		b.Entries = append(b.Entries, e)
	}
	return b
}

// Fork gives a writer that stands where w stands, as one would that did not
// see what w writes from now on.
func (w *Writer) Fork() *Writer {
	c := *w
	c.tips = map[record.Audience]record.Tip{}
	for a, tip := range w.tips {
		c.tips[a] = tip
	}
	c.salts += 1000
	return &c
}

// Verify reads all that stands in a log and verifies it: every chain, and that
// no two entries of a process have the same time. It gives the entries of each
// process in the order of their times.
func Verify(t testing.TB, log record.Log) map[record.ProcessID][]record.Entry {
	t.Helper()
	ctx := context.Background()
	processes, err := log.Processes(ctx)
	if err != nil {
		t.Fatalf("listing processes: %v", err)
	}
	all := map[record.ProcessID][]record.Entry{}
	for _, p := range processes {
		audiences, err := log.Audiences(ctx, p)
		if err != nil {
			t.Fatalf("listing audiences: %v", err)
		}
		for _, a := range audiences {
			entries, err := log.Read(ctx, p, a, 0, 0)
			if err != nil {
				t.Fatalf("reading %s of %s: %v", a, p, err)
			}
			if err := record.Verify(entries); err != nil {
				t.Errorf("verifying: %v", err)
			}
			all[p] = append(all[p], entries...)
		}
		slices.SortFunc(all[p], func(a, b record.Entry) int { return a.At.Compare(b.At) })
		for i := 1; i < len(all[p]); i++ {
			if !all[p][i].At.After(all[p][i-1].At) {
				t.Errorf("two entries of %s at %v", p, all[p][i].At)
			}
		}
	}
	return all
}

// append writes a batch and fails the test if that fails.
func appendOK(t *testing.T, log record.Log, b record.Batch) {
	t.Helper()
	got, err := log.Append(b).Wait(context.Background())
	if err != nil {
		t.Fatalf("appending %s: %v", b.Key, err)
	}
	same(t, "appended", got, b.Entries)
}

func readAll(t *testing.T, log record.Log, p record.ProcessID, a record.Audience) []record.Entry {
	t.Helper()
	got, err := log.Read(context.Background(), p, a, 0, 0)
	if err != nil {
		t.Fatalf("reading %s of %s: %v", a, p, err)
	}
	return got
}

func same(t *testing.T, what string, got, want []record.Entry) {
	t.Helper()
	for i := range min(len(got), len(want)) {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Fatalf("%s, entry %d of %d: got %+v\nwant %+v", what, i+1, len(got), got[i], want[i])
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%s: got %d entries, want %d", what, len(got), len(want))
	}
}

// head hands in batches of one process from many goroutines, in the order in
// which they are chained, as a desk does.
type head struct {
	mu  sync.Mutex
	log record.Log
	w   *Writer
}

func (h *head) append(key string, to ...record.Audience) error {
	h.mu.Lock()
	p := h.log.Append(h.w.Batch(key, to...))
	h.mu.Unlock()
	_, err := p.Wait(context.Background())
	return err
}
