package demo

import (
	"fmt"
	"slices"
	"time"

	"paraph/fault"
	"paraph/record"
)

// script is all that happens in one process, in order.
type script struct {
	folder  string
	process record.ProcessID
	chair   record.Seat
	people  map[string]record.Actor
	steps   []step
}

// step is one act: who does it, when, and under which key.
type step struct {
	cue
	key   string
	actor record.Actor
	act   func(*stage) (any, error) // what is done, once the stage knows of what it speaks
}

// cue is where a step stands in the folder, and when who does it.
type cue struct {
	file, item string
	at         time.Time
	by         string // a person's id, or the keeper
}

// keeper is how the files name who keeps a record from outside.
const keeper = "keeper"

// write makes the script of a folder.
func write(folder string) (*script, error) {
	s := &script{folder: folder, people: map[string]record.Actor{keeper: {Role: record.Keeper}}}
	for _, scene := range []func() error{
		s.opening, s.versions, s.proposals, s.positions, s.consents,
		s.messages, s.packages, s.bargaining, s.meetings, s.conditions, s.publicSide,
	} {
		if err := scene(); err != nil {
			return nil, err
		}
	}
	return s, s.order()
}

// order puts the steps in the order of time. No two may have one time or key.
func (s *script) order() error {
	slices.SortStableFunc(s.steps, func(a, b step) int { return a.at.Compare(b.at) })
	keys := map[string]cue{}
	for i, b := range s.steps {
		if i > 0 && !s.steps[i-1].at.Before(b.at) {
			a := s.steps[i-1]
			return s.wrong(b.cue, fault.Invalid("it is entered at %s, as is %s in %s", b.at.Format(time.RFC3339), a.item, a.file))
		}
		if a, twice := keys[b.key]; twice {
			return s.wrong(b.cue, fault.Invalid("it has the key %q, as has %s in %s", b.key, a.item, a.file))
		}
		keys[b.key] = b.cue
	}
	return nil
}

// add puts an act into the script.
func (s *script) add(c cue, key string, act any) error {
	return s.later(c, key, func(*stage) (any, error) { return act, nil })
}

// later puts an act into the script that speaks of clauses.
func (s *script) later(c cue, key string, act func(*stage) (any, error)) error {
	actor, known := s.people[c.by]
	if !known {
		return s.wrong(c, fault.Invalid("nobody is accredited as %q", c.by))
	}
	s.steps = append(s.steps, step{cue: c, key: "demo/" + key, actor: actor, act: act})
	return nil
}

// wrong says where in the folder an error was met.
func (s *script) wrong(c cue, err error) error {
	if err == nil {
		return nil
	}
	words := fmt.Sprintf("demo/%s/%s, %s: %v", s.folder, c.file, c.item, err)
	return &fault.Error{Kind: fault.KindOf(err), Words: words, Cause: err}
}
