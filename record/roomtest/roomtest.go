// Package roomtest plays one room in memory, for the tests of rooms: what a
// room decides is written as entries, in canonical bytes, and folded again for
// each lens from what that lens may read. It is no store and no desk: there are
// no chains, no locks, and nothing is kept. Read this file; then golden.go.
package roomtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"paraph/fault"
	"paraph/record"
)

// Room is a room in play: S is its state, A its acts.
type Room[S, A any] struct {
	Decide  func(*S, record.Actor, time.Time, A) ([]record.Event, error)
	Fold    func(*S, record.Entry)
	Touches func(record.Entry) []string
	Roster  record.Roster // who sits at the table, for who reads what

	Now     time.Time // of the last act; each act is a minute after the one before
	Entries []record.Entry
	made    map[record.Ref][]record.Audience
}

// T is what of a test is needed here; rapid's has it too.
type T interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// The people of the tests: a chair, two parties, an observer, a keeper.
var (
	Chair    = Person("CH", record.Chair, record.Head)
	RU       = Person("RU", record.Party, record.Head)
	UA       = Person("UA", record.Party, record.Head)
	Observer = Person("EU", record.Observer, record.Head)
	Keeper   = record.Actor{Role: record.Keeper}
	Outsider = record.Actor{}
)

// Table is the roster of those people.
func Table() record.Roster {
	return record.Roster{"CH": record.Chair, "RU": record.Party, "UA": record.Party, "EU": record.Observer}
}

// Person gives a person of a delegation.
func Person(seat record.Seat, role record.Role, capacity record.Capacity) record.Actor {
	return record.Actor{By: record.By{Seat: seat, Person: "p-" + strings.ToLower(string(seat)), Capacity: capacity}, Role: role}
}

// As gives the same actor in another capacity.
func As(a record.Actor, c record.Capacity) record.Actor {
	a.Capacity = c
	return a
}

// Source is one that will do.
var Source = record.Source{Outlet: "The Courier", Title: "Talks go on", Date: "3 December 2025"}

// State gives the state as a lens sees it.
func (r *Room[S, A]) State(l record.Lens) *S {
	s := new(S)
	for _, e := range r.Entries {
		if l.Reads(e.Audience) {
			r.Fold(s, e)
		}
	}
	return s
}

// Do asks for an act. It writes what the room decides, or nothing, and gives
// the new entries. Like a desk it refuses entries that point out of sight.
func (r *Room[S, A]) Do(by record.Actor, act A) ([]record.Entry, error) {
	if r.Now.IsZero() {
		r.Now = time.Date(2025, 12, 2, 9, 0, 0, 0, time.UTC)
	}
	r.Now = r.Now.Add(time.Minute)
	events, err := r.Decide(r.State(by.Lens()), by, r.Now, act)
	if err != nil {
		return nil, err
	}
	before, made := len(r.Entries), r.made
	r.made = map[record.Ref][]record.Audience{}
	for ref, as := range made {
		r.made[ref] = slices.Clone(as)
	}
	for i, e := range events {
		if err := r.write(by, r.Now.Add(time.Duration(i)*time.Microsecond), e); err != nil {
			r.Entries, r.made = r.Entries[:before], made
			return nil, err
		}
	}
	return r.Entries[before:], nil
}

func (r *Room[S, A]) write(by record.Actor, at time.Time, e record.Event) error {
	if by.Role != record.Keeper && !by.Lens().Reads(e.Audience) {
		return fmt.Errorf("%s writes to %s, which it does not read", by.Seat, e.Audience)
	}
	for _, ref := range e.Makes {
		r.made[ref] = append(r.made[ref], e.Audience)
	}
	for _, ref := range e.Mentions {
		covers := func(a record.Audience) bool { return r.Roster.Covers(a, e.Audience) }
		if as := r.made[ref]; len(as) > 0 && !slices.ContainsFunc(as, covers) {
			return fault.Invalid("%s cannot be spoken of to %s", ref, e.Audience)
		}
	}
	body, err := record.Canonical(e.Body)
	if err != nil {
		return err
	}
	r.Entries = append(r.Entries, record.Entry{
		Process: "test", Audience: e.Audience, Seq: uint64(len(r.Entries) + 1), At: at,
		Content: record.Content{
			Kind: e.Kind, By: by.By, Key: fmt.Sprint(len(r.Entries)),
			Makes: e.Makes, Mentions: e.Mentions, Body: body,
		},
	})
	return nil
}

// Must asks for an act that the test knows to be allowed.
func (r *Room[S, A]) Must(t T, by record.Actor, act A) []record.Entry {
	t.Helper()
	entries, err := r.Do(by, act)
	if err != nil {
		t.Fatalf("%s: %#v is refused: %v", by.Seat, act, err)
	}
	for _, e := range entries {
		if len(r.Touches(e)) == 0 {
			t.Errorf("%s touches nothing", e.Content.Kind)
		}
	}
	return entries
}

// Case is an act and what becomes of it.
type Case[A any] struct {
	Name     string
	By       record.Actor
	Act      A
	Kind     fault.Kind        // empty: it is allowed
	Words    string            // that the refusal holds
	Audience []record.Audience // of the entries written, in order
	Mentions []record.Ref      // that the first entry holds, among others
}

// Try asks for the act of a case on the record as it stands, and leaves the
// record as it was.
func (r *Room[S, A]) Try(t *testing.T, c Case[A]) {
	t.Run(c.Name, func(t *testing.T) {
		before, now := len(r.Entries), r.Now
		made := r.made
		entries, err := r.Do(c.By, c.Act)
		entries = slices.Clone(entries)
		r.Entries, r.Now, r.made = r.Entries[:before], now, made
		if c.Kind != "" {
			refused(t, err, c.Kind, c.Words)
			return
		}
		if err != nil {
			t.Fatalf("refused: %v", err)
		}
		var to []record.Audience
		for _, e := range entries {
			to = append(to, e.Audience)
		}
		if !slices.Equal(to, c.Audience) {
			t.Errorf("written to %q, not %q", to, c.Audience)
		}
		for _, ref := range c.Mentions {
			if !slices.Contains(entries[0].Content.Mentions, ref) {
				t.Errorf("mentions %q, but not %q", entries[0].Content.Mentions, ref)
			}
		}
	})
}
