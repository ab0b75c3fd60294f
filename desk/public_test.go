package desk

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"paraph/desk/desktest"
	"paraph/fault"
	"paraph/process"
	"paraph/record"
)

// questions is a log that writes down what it is asked, but for the process.
type questions struct {
	record.Log
	mu    sync.Mutex
	asked []string
}

func (q *questions) ask(what string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.asked = append(q.asked, what)
}

// take gives what was asked since the last time.
func (q *questions) take() []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	asked := q.asked
	q.asked = nil
	return asked
}

func (q *questions) Read(ctx context.Context, p record.ProcessID, a record.Audience, after uint64, limit int) ([]record.Entry, error) {
	q.ask(fmt.Sprint("read ", a, after, limit))
	return q.Log.Read(ctx, p, a, after, limit)
}

func (q *questions) Find(ctx context.Context, p record.ProcessID, key string) ([]record.Entry, error) {
	q.ask("find")
	return q.Log.Find(ctx, p, key)
}

func (q *questions) Audiences(ctx context.Context, p record.ProcessID) ([]record.Audience, error) {
	q.ask("audiences")
	return q.Log.Audiences(ctx, p)
}

func (q *questions) Processes(ctx context.Context) ([]record.ProcessID, error) {
	q.ask("processes")
	return q.Log.Processes(ctx)
}

// A process that is hidden from the public is looked up as one that is not there,
// whether it is in memory or not: else the time would tell. Nothing is taken into
// memory for it.
func TestHiddenProcessIsLookedUpAsAbsent(t *testing.T) {
	q := &questions{Log: store(t)}
	d := on(t, q)
	seat(t, d, "used")
	seat(t, d, "idle")
	d.Drop("idle")
	in := func() []record.ProcessID {
		var all []record.ProcessID
		for p := range d.halls {
			all = append(all, p)
		}
		return all
	}
	for what, ask := range map[string]func(record.ProcessID) error{
		"look": func(p record.ProcessID) error {
			return d.Look(ctx, p, record.Lens{}, func(View) error { return nil })
		},
		"entries": func(p record.ProcessID) error {
			_, err := d.Entries(ctx, p, record.Lens{})
			return err
		},
		"watch": func(p record.ProcessID) error {
			_, err := d.Watch(ctx, p, record.Lens{}, "")
			return err
		},
		"do": func(p record.ProcessID) error {
			_, err := d.Do(ctx, p, outsider, key(), table("x", ""))
			return err
		},
	} {
		var want []string
		for range 3 { // the first time as every time
			for _, p := range []record.ProcessID{"none", "used", "idle"} {
				q.take()
				if err := ask(p); fault.KindOf(err) != fault.KindNotFound {
					t.Errorf("%s at %s: %v, want not found", what, p, err)
				}
				asked := q.take()
				if want == nil {
					want = asked
				}
				if !slices.Equal(asked, want) {
					t.Errorf("%s at %s asks for %q, want %q", what, p, asked, want)
				}
			}
		}
	}
	if got := in(); !slices.Equal(got, []record.ProcessID{"used"}) {
		t.Errorf("%q are in memory, want what is used alone", got)
	}
}

// The list of processes looks at no process that the one who asks cannot know of:
// else the time would tell how many there are.
func TestListLooksAtNoOther(t *testing.T) {
	q := &questions{Log: store(t)}
	d := on(t, q)
	public := func(record.ProcessID) record.Lens { return record.Lens{} }
	list := func(want ...record.ProcessID) []string {
		t.Helper()
		q.take()
		got, err := d.Processes(ctx, nil, public)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("the list is %q, %v, want %q", got, err, want)
		}
		return q.take()
	}
	open := process.Open{Title: "Open", Rules: process.GroundRules{Regime: process.OnTheRecord}, Audience: record.Public, Source: desktest.Source}
	must(t, d, "open", chair, open)
	seat(t, d, "hidden-1")
	list("open")
	before := list("open")
	for i := range 5 {
		seat(t, d, record.ProcessID(fmt.Sprint("more-", i)))
	}
	if after := list("open"); !slices.Equal(after, before) {
		t.Errorf("with more that is hidden the log is asked for %q, before for %q", after, before)
	}
	must(t, d, "second", chair, open)
	list("open", "second")
}
