package desk

import (
	"context"

	"paraph/record"
)

// Attendance is somebody who stays with a process for a while and is asked again
// and again whether that one may: thousands are, in the same moment, whenever
// something comes. While nothing came that could turn anybody out, the answer
// that was given before stands. It is for one goroutine.
type Attendance struct {
	desk  *Desk
	hall  *hall
	by    record.Actor
	asked bool
	as    uint64 // hall.turned before the last answer
}

// Attend begins to stay with a process; it asks nothing yet. Leave ends it.
func (d *Desk) Attend(p record.ProcessID, by record.Actor) *Attendance {
	return &Attendance{desk: d, hall: d.enter(p), by: by}
}

// Leave ends the stay.
func (a *Attendance) Leave() { a.desk.leave(a.hall) }

// Sits tells, by its error, what LookAs would say of the actor now.
//
// What was looked at before Sits was asked was looked at while the actor sat
// there, if Sits says so: whoever was turned out by something is told that by
// all who look after it.
func (a *Attendance) Sits(ctx context.Context) error {
	now := a.hall.turned.Load()
	if a.asked && a.as == now {
		return nil
	}
	a.asked = false
	if err := a.hall.lookAs(ctx, a.by, func(View) error { return nil }); err != nil {
		return err
	}
	a.asked, a.as = true, now
	return nil
}
