package recordtest

import (
	"context"
	"testing"
	"time"

	"paraph/fault"
	"paraph/record"
)

func refused(t *testing.T, log record.Log, b record.Batch, want fault.Kind) {
	t.Helper()
	got, err := log.Append(b).Wait(context.Background())
	if fault.KindOf(err) != want {
		t.Errorf("appending %s gives %d entries and %v, want %s", b.Key, len(got), err, want)
	}
}

func conflicts(t *testing.T, log record.Log) {
	w := NewWriter(lake)
	first := w.Batch("first", record.Plenary)
	appendOK(t, log, first)
	rival := w.Fork()
	later := w.Fork()
	appendOK(t, log, w.Batch("second", record.Plenary))

	rival.At = w.At
	refused(t, log, rival.Batch("behind", record.Plenary), fault.KindConflict)
	later.At = w.At
	later.Batch("never written", record.Plenary)
	refused(t, log, later.Batch("on one never written", record.Plenary), fault.KindConflict)
	refused(t, log, later.Batch("ahead", record.Plenary), fault.KindConflict)

	early := w.Fork()
	early.At = w.At.Add(-time.Microsecond)
	refused(t, log, early.Batch("at the last time", record.Plenary), fault.KindConflict)
	early = w.Fork()
	early.At = w.At.Add(-time.Microsecond)
	refused(t, log, early.Batch("at the last time of another log", ru), fault.KindConflict)
	appendOK(t, log, w.Batch("third", record.Plenary, ru))

	same(t, "first", readAll(t, log, lake, record.Plenary)[:1], first.Entries)
	if n := len(readAll(t, log, lake, record.Plenary)); n != 3 {
		t.Errorf("%d entries stand, want 3", n)
	}
}

func refusesInvalid(t *testing.T, log record.Log) {
	good := func() record.Batch { return NewWriter(lake).Batch("first", record.Plenary, ru) }
	for name, spoil := range map[string]func(*record.Batch){
		"no entries":       func(b *record.Batch) { b.Entries = nil },
		"no key":           func(b *record.Batch) { b.Key = "" },
		"another key":      func(b *record.Batch) { b.Key = "second" },
		"another process":  func(b *record.Batch) { b.Process = "other" },
		"altered content":  func(b *record.Batch) { b.Entries[1].Content.By.Seat = "UA" },
		"altered salt":     func(b *record.Batch) { b.Entries[1].Salt[0]++ },
		"destroyed":        func(b *record.Batch) { b.Entries[1].Destroyed = true },
		"no audience":      func(b *record.Batch) { b.Entries[1].Audience = "nobody" },
		"a time elsewhere": func(b *record.Batch) { b.Entries[1].At = b.Entries[1].At.In(time.FixedZone("X", 3600)) },
	} {
		b := good()
		spoil(&b)
		b2, err := log.Append(b).Wait(context.Background())
		if fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s gives %d entries and %v, want invalid", name, len(b2), err)
		}
	}
	if got, err := log.Processes(context.Background()); err != nil || len(got) != 0 {
		t.Errorf("refused batches left %v, %v", got, err)
	}
	appendOK(t, log, good())
}

func writesWhole(t *testing.T, log record.Log) {
	w := NewWriter(lake)
	appendOK(t, log, w.Batch("first", record.Plenary, ru, ua))
	before := [][]record.Entry{readAll(t, log, lake, record.Plenary), readAll(t, log, lake, ru), readAll(t, log, lake, ua)}
	for last := range 3 {
		bad := w.Fork().Batch("second", record.Plenary, ru, ua)
		bad.Entries[last].Chain[7]++
		refused(t, log, bad, fault.KindConflict)
		for i, a := range []record.Audience{record.Plenary, ru, ua} {
			same(t, string(a), readAll(t, log, lake, a), before[i])
		}
	}
	good := w.Batch("second", record.Plenary, ru, record.Plenary, ua)
	appendOK(t, log, good)
	same(t, "plenary", readAll(t, log, lake, record.Plenary), append(before[0], good.Entries[0], good.Entries[2]))
}

func refusesFollowers(t *testing.T, log record.Log) {
	w := NewWriter(lake)
	appendOK(t, log, w.Batch("first", record.Plenary))
	back := w.Fork()
	bad := w.Batch("second", record.Plenary)
	bad.Entries[0].Chain[0]++
	one, two := log.Append(bad), log.Append(w.Batch("third", record.Plenary))
	for _, p := range []*record.Pending{one, two} {
		if _, err := p.Wait(context.Background()); fault.KindOf(err) != fault.KindConflict {
			t.Errorf("%v, want a conflict", err)
		}
	}
	back.At = w.At
	appendOK(t, log, back.Batch("third", record.Plenary))
}

func harmsNobody(t *testing.T, log record.Log) {
	here, there := NewWriter(lake), NewWriter("sea")
	var good, bad []*record.Pending
	for _, key := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		good = append(good, log.Append(here.Batch(key, record.Plenary, ru)))
		spoiled := here.Fork().Batch(key+"!", record.Plenary, ru)
		spoiled.Entries[1].Chain[0]++
		bad = append(bad, log.Append(spoiled))
		good = append(good, log.Append(there.Batch(key, record.Plenary)))
	}
	for _, p := range good {
		if _, err := p.Wait(context.Background()); err != nil {
			t.Errorf("a good batch among bad ones: %v", err)
		}
	}
	for _, p := range bad {
		if _, err := p.Wait(context.Background()); fault.KindOf(err) != fault.KindConflict {
			t.Errorf("a bad batch among good ones: %v, want a conflict", err)
		}
	}
	if n := len(readAll(t, log, lake, ru)); n != 8 {
		t.Errorf("%d entries stand, want 8", n)
	}
}

func givesUpWaiting(t *testing.T, log record.Log) {
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	w := NewWriter(lake)
	b := w.Batch("first", record.Plenary)
	p := log.Append(b)
	if got, err := p.Wait(gone); err != nil && fault.KindOf(err) != fault.KindUnavailable {
		t.Errorf("gave %d entries and %v, want the outcome or unavailable", len(got), err)
	}
	appendOK(t, log, b)
	same(t, "stands once", readAll(t, log, lake, record.Plenary), b.Entries)
	if err := log.Destroy(context.Background(), lake, record.Plenary, 9); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("destroying what is not there: %v, want not found", err)
	}
}

func closes(t *testing.T, log record.Log) {
	w := NewWriter(lake)
	var all []*record.Pending
	for _, key := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		all = append(all, log.Append(w.Batch(key, record.Plenary)))
	}
	Verify(t, log)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		select {
		case <-p.Done():
		default:
			t.Error("closed before a batch handed in was settled")
		}
		if _, err := p.Wait(context.Background()); err != nil {
			t.Errorf("handed in before closing: %v", err)
		}
	}
	refused(t, log, w.Batch("late", record.Plenary), fault.KindUnavailable)
}
