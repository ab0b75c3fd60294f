// Package demo is the worked example: two processes, which Play opens on a log
// through the same acts as any user's, at the times that their story gives.
//
// The talks on the waters of Lake Vesna are invented, and show all that is
// confidential. The talks on a plan for Ukraine of December 2025 are what public
// reporting says and nothing more, kept from outside by a keeper; no real party
// gets a private word here. The README of each folder tells what stands in its
// files and where it comes from.
//
// The package may not write to a log but through a desk, and knows no store.
// Read this file first; data.go has the shapes of the files, script.go and the
// files beside it make acts of them, stage.go plays the acts.
package demo

import (
	"context"
	"embed"

	"paraph/desk"
	"paraph/fault"
	"paraph/process"
	"paraph/record"
)

//go:embed vesna/*.json vesna/rev*.md talks/*.json talks/plan.md talks/counter.md
var files embed.FS

// folders names the folders of the processes, in the order in which Play opens
// them.
var folders = []string{"vesna", "talks"}

// Processes lists the processes of the example: the invented one, then the real one.
func Processes() []record.ProcessID { return []record.ProcessID{"vesna", "ukraine-december-2025"} }

// Play opens both processes on a log and returns when all is durable. Every act
// has a key of its own: what a log holds already is not done again, so a play
// that broke off is finished by the next. An error names the file and the item
// that could not be played.
//
// Play uses a desk of its own, whose clock it sets. Another desk on the log may
// look meanwhile, but should not act in these processes.
func Play(ctx context.Context, log record.Log) error {
	for i, name := range folders {
		script, err := write(name)
		if err != nil {
			return err
		}
		if want := Processes()[i]; script.process != want {
			return fault.Invalid("demo/%s/process.json names the process %q, not %q", name, script.process, want)
		}
		if err := play(ctx, log, script); err != nil {
			return err
		}
	}
	return nil
}

// Seats lists the seats of a process of the example, as the public may know
// them: the chair first.
func Seats(ctx context.Context, d *desk.Desk, p record.ProcessID) ([]record.Seat, error) {
	var seats []record.Seat
	err := d.Look(ctx, p, record.Lens{}, func(v desk.View) error {
		seats = nil
		for _, s := range process.SeeProcess(v.Process).Seats {
			seats = append(seats, s.Seat)
		}
		return nil
	})
	return seats, err
}
