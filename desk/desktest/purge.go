package desktest

import (
	"context"
	"slices"

	"paraph/record"
)

// Purge writes the logs of a process that a lens reads to a record of their own,
// and tells how many entries it left out. There the rest never happened.
func Purge(ctx context.Context, from, to record.Log, p record.ProcessID, l record.Lens) (hidden int, err error) {
	entries, err := Entries(ctx, from, p)
	if err != nil {
		return 0, err
	}
	var batches []record.Batch
	for _, e := range entries {
		if !l.Reads(e.Audience) {
			hidden++
			continue
		}
		if n := len(batches); n > 0 && batches[n-1].Key == e.Content.Key {
			batches[n-1].Entries = append(batches[n-1].Entries, e)
		} else {
			batches = append(batches, record.Batch{Process: p, Key: e.Content.Key, Entries: []record.Entry{e}})
		}
	}
	var all []*record.Pending
	for _, b := range batches {
		all = append(all, to.Append(b))
	}
	for _, pending := range all {
		if _, err := pending.Wait(ctx); err != nil {
			return 0, err
		}
	}
	return hidden, nil
}

// Entries gives all that stands on the record of a process, whoever may read it,
// in the order of time.
func Entries(ctx context.Context, log record.Log, p record.ProcessID) ([]record.Entry, error) {
	audiences, err := log.Audiences(ctx, p)
	if err != nil {
		return nil, err
	}
	var all []record.Entry
	for _, a := range audiences {
		entries, err := log.Read(ctx, p, a, 0, 0)
		if err != nil {
			return nil, err
		}
		all = append(all, entries...)
	}
	slices.SortFunc(all, func(a, b record.Entry) int { return a.At.Compare(b.At) })
	return all, nil
}
