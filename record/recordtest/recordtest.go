// Package recordtest is the promise of record.Log as tests, which every store
// must pass: Run them in the store's own tests.
//
// It may know nothing of any store. Read Run first; writer.go has what the
// cases write with.
package recordtest

import (
	"testing"

	"paraph/record"
)

// Run holds a store to the promise. Each case opens a log of its own, empty,
// which Run closes after verifying all that stands in it. Run fails when no
// case ran.
func Run(t *testing.T, open func(t *testing.T) record.Log) {
	ran := 0
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			ran++
			log := open(t)
			c.run(t, log)
			if !c.closes {
				Verify(t, log)
			}
			for range 2 { // the second time changes nothing
				if err := log.Close(); err != nil {
					t.Errorf("closing: %v", err)
				}
			}
		})
	}
	if ran == 0 {
		t.Error("no case of the promise ran")
	}
}

var cases = []struct {
	name   string
	run    func(*testing.T, record.Log)
	closes bool // closes the log by itself
}{
	{name: "what is appended is read back", run: readsBack},
	{name: "what is not there is empty", run: readsNothing},
	{name: "reading has a start and a limit", run: readsInPages},
	{name: "an act is found by its key", run: finds},
	{name: "logs and processes are listed in order", run: lists},
	{name: "a batch that does not follow is a conflict", run: conflicts},
	{name: "a batch that is wrong is invalid", run: refusesInvalid},
	{name: "a batch over several audiences is written whole or not at all", run: writesWhole},
	{name: "a key writes once", run: writesOnce},
	{name: "a key writes once, at the same time", run: writesOnceAtOnce},
	{name: "a batch may be chained to one that waits", run: pipelines},
	{name: "a batch chained to a refused one is refused", run: refusesFollowers},
	{name: "refusals harm nobody else", run: harmsNobody},
	{name: "16 writers and a tailing reader", run: tails},
	{name: "a batch of 10,000 entries", run: takesLarge},
	{name: "destroying leaves a log that verifies", run: destroys},
	{name: "nobody waits for ever", run: givesUpWaiting},
	{name: "closing finishes what was handed in", run: closes, closes: true},
}
