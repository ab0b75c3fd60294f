package desk

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"paraph/bargain"
	"paraph/desk/desktest"
	"paraph/fault"
	"paraph/record"
	"paraph/record/roomtest"
	"paraph/settle"
)

// bargaining opens a process whose history goes on from desktest's bargain.
func bargaining(t *testing.T, d *Desk, p record.ProcessID) {
	t.Helper()
	for i, act := range desktest.Opening(record.Plenary) {
		if _, err := d.Do(ctx, p, roomtest.Chair, fmt.Sprint("open-", i), act); err != nil {
			t.Fatal(err)
		}
	}
}

func testAs(t *testing.T, d *Desk, p record.ProcessID, l record.Lens, id string) (found bargain.TestView) {
	t.Helper()
	if err := d.Look(ctx, p, l, func(v View) error {
		found, _ = bargain.SeeTest(v.Bargain, id, Current(v))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return found
}

// A person answers by one act. The rest follows: keys when the test is opened,
// openings when the last has answered.
func TestSealedTestByOneActEach(t *testing.T) {
	d := on(t, store(t))
	bargaining(t, d, "p")
	answers := 0
	for _, yes := range [][2]bool{{true, true}, {true, false}, {false, true}} {
		id := fmt.Sprint("test-", answers)
		open := bargain.OpenTest{ID: id, Question: "Could you?", Asked: []record.Seat{"RU", "UA"}}
		if _, err := d.Bargain(ctx, "p", roomtest.Chair, key(), open); err != nil {
			t.Fatal(err)
		}
		if v := testAs(t, d, "p", roomtest.Observer.Lens(), id); v.ID != "" {
			t.Errorf("an observer sees the test: %+v", v)
		}
		if v := testAs(t, d, "p", roomtest.Chair.Lens(), id); v.Stage != bargain.Answering {
			t.Errorf("opened, it is %s", v.Stage)
		}
		for i, by := range []record.Actor{roomtest.RU, roomtest.UA} {
			answers++
			if _, err := d.Bargain(ctx, "p", by, key(), bargain.Answer{Test: id, Yes: yes[i]}); err != nil {
				t.Fatal(err)
			}
			before := testAs(t, d, "p", roomtest.Chair.Lens(), id)
			if i == 0 && (before.Stage != bargain.Answering || !slices.Equal(before.Answered, []record.Seat{"RU"})) {
				t.Errorf("answered by one, it is seen as %+v", before)
			}
		}
		want := bargain.NotPassed
		if yes[0] && yes[1] {
			want = bargain.Passed
		}
		for _, l := range desktest.Lenses()[:3] {
			if v := testAs(t, d, "p", l, id); v.Stage != want {
				t.Errorf("%v: %v sees it %s", yes, l, v.Stage)
			}
		}
	}
	entries, err := d.Entries(ctx, "p", roomtest.Chair.Lens())
	if err != nil {
		t.Fatal(err)
	}
	sizes := map[int]bool{}
	for _, e := range entries {
		if e.Content.Kind == "bargain.test.answered" || e.Content.Kind == "bargain.test.kept" {
			sizes[len(e.Content.Body)] = true
		}
		if e.Content.Kind == "bargain.test.kept" {
			t.Errorf("the chair reads what a seat keeps: %s", e.Content.Body)
		}
	}
	if len(sizes) != 1 {
		t.Errorf("answers of yes and no are written in the sizes %v", sizes)
	}
}

// A seat that could not join when a test was opened joins when one answers, and
// for one that keeps its secrets itself nobody joins.
func TestWhoDoesNotJoinByItself(t *testing.T) {
	d := on(t, store(t))
	bargaining(t, d, "p") // its test was opened without what follows
	if _, err := d.Bargain(ctx, "p", roomtest.UA, key(), bargain.PlaceSecrets{Elsewhere: true}); err != nil {
		t.Fatal(err)
	}
	id := desktest.IDs[0]
	if _, err := d.Bargain(ctx, "p", roomtest.RU, key(), bargain.Answer{Test: id, Yes: true}); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("answered before all have joined: %v", err)
	}
	if v := testAs(t, d, "p", roomtest.Chair.Lens(), id); !slices.Equal(v.Joined, []record.Seat{"RU"}) {
		t.Errorf("joined: %v", v.Joined)
	}
}

// What was lent is not on the record any more when it is taken back; that it was,
// the own seat keeps. The log still verifies.
func TestRevokingDestroysWhatWasLent(t *testing.T) {
	d := on(t, store(t))
	bargaining(t, d, "p")
	prefer := bargain.Prefer{Issues: desktest.IDs[:2], Method: "weights", Party: settle.Party{
		Worth: [][]*big.Rat{{new(big.Rat), big.NewRat(9, 1)}, {big.NewRat(4, 1), new(big.Rat)}}}}
	for _, act := range []bargain.Act{prefer, bargain.Lend{Grain: bargain.Fine}, bargain.Lend{Grain: bargain.Coarse}, bargain.Revoke{}, bargain.Lend{Grain: bargain.Coarse}} {
		if _, err := d.Bargain(ctx, "p", roomtest.RU, key(), act); err != nil {
			t.Fatalf("%T: %v", act, err)
		}
	}
	entries, err := d.log.Read(ctx, "p", record.Offices("RU"), 0, 0)
	if err != nil || len(entries) != 4 {
		t.Fatalf("%d entries: %v", len(entries), err)
	}
	for i, destroyed := range []bool{true, true, false, false} {
		if entries[i].Destroyed != destroyed {
			t.Errorf("entry %d: destroyed %v", i+1, entries[i].Destroyed)
		}
	}
	if err := d.Check(ctx); err != nil {
		t.Errorf("the record does not hold: %v", err)
	}
	before := pages(t, d, "p", roomtest.Chair.Lens())
	d.Drop("p")
	if after := pages(t, d, "p", roomtest.Chair.Lens()); after != before {
		t.Errorf("folded again the chair sees another thing:\n%s\n%s", before, after)
	}
	if err := d.Look(ctx, "p", roomtest.RU.Lens(), func(v View) error {
		if n := len(bargain.SeeLendingNotes(v.Bargain)); n != 3 {
			t.Errorf("RU keeps %d notes of what it lent", n)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
