package desk

import (
	"testing"

	"paraph/fault"
	"paraph/process"
	"paraph/record"
)

// Who stays is told at once what LookAs would say: after each thing that gives
// or ends a place, also when what was written last did not stand.
func TestAttendance(t *testing.T) {
	d := on(t, store(t))
	staffed(t, d)
	var all []*Attendance
	actors := []record.Actor{chair, ru, ua, observer, member, {}}
	for _, by := range actors {
		a := d.Attend("lake", by)
		defer a.Leave()
		all = append(all, a)
	}
	steps := []struct {
		by  record.Actor
		act any
	}{
		{ru, table("p1", record.Plenary)},
		{ru, strike(member)},
		{chair, process.Suspend{Seat: "UA"}},
		{ru, table("p2", record.Plenary)},
		{chair, process.Restore{Seat: "UA"}},
	}
	for i, step := range steps {
		must(t, d, "lake", step.by, step.act)
		for range 2 {
			for j, a := range all {
				want, got := d.LookAs(ctx, "lake", actors[j], func(View) error { return nil }), a.Sits(ctx)
				if fault.KindOf(got) != fault.KindOf(want) {
					t.Errorf("after step %d %+v is told %v, and a look %v", i, actors[j].By, got, want)
				}
			}
		}
	}
	if fault.KindOf(all[4].Sits(ctx)) != fault.KindNotFound {
		t.Error("who was struck stays")
	}
}

// What cost somebody the place and did not stand, did not cost it.
func TestAttendanceWhenNothingStands(t *testing.T) {
	log, d := slowDesk(t)
	a := d.Attend("lake", ua)
	defer a.Leave()
	if err := a.Sits(ctx); err != nil {
		t.Fatal(err)
	}
	log.hold()
	did := later(func() error { return second(d.Do(ctx, "lake", chair, key(), process.Suspend{Seat: "UA"})) })
	<-log.arrived
	asked := later(func() error { return a.Sits(ctx) })
	select {
	case err := <-asked:
		t.Errorf("told before anybody knows: %v", err)
	default:
	}
	log.fail()
	if err := <-did; err == nil {
		t.Error("what failed was done")
	}
	if err := <-asked; err != nil {
		t.Errorf("who sits is told %v", err)
	}
}
