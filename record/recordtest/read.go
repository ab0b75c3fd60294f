package recordtest

import (
	"context"
	"slices"
	"testing"

	"paraph/record"
)

const lake record.ProcessID = "lake"

var (
	ru = record.Offices("RU")
	ua = record.Internal("UA")
)

func readsBack(t *testing.T, log record.Log) {
	w := NewWriter(lake)
	first, second := w.Batch("first", record.Plenary), w.Batch("second", record.Plenary, ru)
	appendOK(t, log, first)
	appendOK(t, log, second)
	same(t, "plenary", readAll(t, log, lake, record.Plenary), []record.Entry{first.Entries[0], second.Entries[0]})
	same(t, "offices", readAll(t, log, lake, ru), second.Entries[1:])
}

func readsNothing(t *testing.T, log record.Log) {
	ctx := context.Background()
	appendOK(t, log, NewWriter(lake).Batch("first", ru))
	if got := readAll(t, log, "nowhere", record.Plenary); len(got) != 0 {
		t.Errorf("an unknown process has %d entries", len(got))
	}
	if got := readAll(t, log, lake, record.Plenary); len(got) != 0 {
		t.Errorf("an unwritten log has %d entries", len(got))
	}
	if got := readAll(t, log, lake, "offices:R"); len(got) != 0 {
		t.Errorf("the beginning of an audience's name has %d entries", len(got))
	}
	if got, err := log.Audiences(ctx, "nowhere"); err != nil || len(got) != 0 {
		t.Errorf("an unknown process has audiences %v, %v", got, err)
	}
	if got, err := log.Audiences(ctx, "lak"); err != nil || len(got) != 0 {
		t.Errorf("the beginning of a process's name has audiences %v, %v", got, err)
	}
}

func readsInPages(t *testing.T, log record.Log) {
	w := NewWriter(lake)
	b := w.Batch("all", slices.Repeat([]record.Audience{record.Plenary, ru}, 10)...)
	appendOK(t, log, b)
	var want []record.Entry
	for _, e := range b.Entries {
		if e.Audience == ru {
			want = append(want, e)
		}
	}
	for after := uint64(0); after <= 12; after++ {
		for _, limit := range []int{0, 1, 3, 10, 11} {
			from := min(after, 10)
			to := uint64(10)
			if limit > 0 {
				to = min(from+uint64(limit), 10)
			}
			got, err := log.Read(context.Background(), lake, ru, after, limit)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "page", got, want[from:to])
		}
	}
	if got, err := log.Read(context.Background(), lake, ru, 1<<64-1, 0); err != nil || len(got) != 0 {
		t.Errorf("after the last number of all: %d entries, %v", len(got), err)
	}
}

func lists(t *testing.T, log record.Log) {
	ctx := context.Background()
	if got, err := log.Processes(ctx); err != nil || len(got) != 0 {
		t.Errorf("an empty log has processes %v, %v", got, err)
	}
	w := NewWriter(lake)
	appendOK(t, log, w.Batch("first", ua, record.Public, ru))
	appendOK(t, log, w.Batch("second", record.Plenary, record.Public))
	appendOK(t, log, NewWriter("a").Batch("first", record.Plenary))
	appendOK(t, log, NewWriter("lake-2").Batch("first", record.Plenary))
	audiences, err := log.Audiences(ctx, lake)
	if want := []record.Audience{ua, ru, record.Plenary, record.Public}; err != nil || !slices.Equal(audiences, want) {
		t.Errorf("audiences %v, %v, want %v", audiences, err, want)
	}
	processes, err := log.Processes(ctx)
	if want := []record.ProcessID{"a", lake, "lake-2"}; err != nil || !slices.Equal(processes, want) {
		t.Errorf("processes %v, %v, want %v", processes, err, want)
	}
}

func finds(t *testing.T, log record.Log) {
	ctx := context.Background()
	w := NewWriter(lake)
	first, second := w.Batch("first", ru, record.Plenary, ru), w.Batch("second", ru)
	appendOK(t, log, first)
	appendOK(t, log, second)
	appendOK(t, log, NewWriter("sea").Batch("third", ru))
	for key, want := range map[string][]record.Entry{
		"first": first.Entries, "second": second.Entries, "third": nil, "": nil, "firs": nil,
	} {
		got, err := log.Find(ctx, lake, key)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "found by "+key, got, want)
	}
}
