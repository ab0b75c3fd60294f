package bargain

import (
	"cmp"
	"slices"
	"time"

	"paraph/fault"
	"paraph/record"
	"paraph/veto"
)

func (s *State) openTest(by record.Actor, now time.Time, a OpenTest) ([]record.Event, error) {
	to, err := by.Address(a.Audience, record.Parties, record.Speaking)
	if err := cmp.Or(err,
		record.CheckID("a test", a.ID),
		record.CheckProse("the question", a.Question, record.Required),
		checkAsked(a.Asked, to),
		s.checkConditions(a.Clauses, ""),
		s.checkConditions(a.If, ""),
		s.checkTested(a)); err != nil {
		return nil, err
	}
	if s.tests.Get(a.ID) != nil {
		return nil, fault.Conflict("a test with the id %q is there already", a.ID).With("choose another id")
	}
	if !a.Deadline.IsZero() && !a.Deadline.After(now) {
		return nil, fault.Invalid("the deadline is over already").With("leave time to answer")
	}
	refs := slices.Concat(record.SeatRefs(slices.Concat(a.Asked, to.Seats())...), conditionRefs(a.Clauses), conditionRefs(a.If))
	if a.Package != "" {
		refs = append(refs, record.NewRef("package", a.Package))
	}
	deadline := record.Exactly(a.Deadline).Settled().Latest
	return []record.Event{{
		Audience: to,
		Kind:     kindOpened,
		Body:     opened{a.ID, a.Question, a.Package, a.Revision, a.Clauses, a.If, a.Asked, deadline},
		Makes:    []record.Ref{record.NewRef("test", a.ID)},
		Mentions: distinct(refs),
	}}, nil
}

// checkAsked tells whether two seats at least are asked, each once, all of them
// readers of the test.
func checkAsked(asked []record.Seat, to record.Audience) error {
	if len(asked) < 2 {
		return fault.Invalid("a sealed test asks two seats at least").With("ask one seat openly")
	}
	if to != record.Parties && to != record.Plenary && to.Name() != "bilateral" {
		return fault.Invalid("not all who are asked read %s", to).With("address the test to the parties, or to those who are asked and the chair")
	}
	for i, seat := range asked {
		if err := record.CheckSeat(seat); err != nil {
			return err
		}
		if slices.Contains(asked[:i], seat) {
			return fault.Invalid("%s is asked twice", seat)
		}
		if seats := to.Seats(); len(seats) > 0 && !slices.Contains(seats, seat) {
			return fault.Invalid("%s is asked and does not read %s", seat, to).With("add it to the audience")
		}
	}
	return nil
}

// checkTested tells whether what a test is about is there.
func (s *State) checkTested(a OpenTest) error {
	if a.Package == "" {
		return nil
	}
	p, there := SeePackage(s, a.Package, nil)
	switch {
	case !there:
		return fault.NotFound("there is no package %q", a.Package)
	case p.Status == Withdrawn || p.Status == Void:
		return fault.Conflict("the package is %s", p.Status)
	case p.Revision != a.Revision:
		return fault.Conflict("the package was amended: revision %d stands now", p.Revision).With("ask about that one")
	}
	return nil
}

// asked gives a test in which the actor's seat is asked.
func (s *State) asked(by record.Actor, id string, does string) (*test, veto.Ballot, error) {
	t := s.tests.Get(id)
	if t == nil {
		return nil, veto.Ballot{}, fault.NotFound("there is no test %q", id)
	}
	if !slices.Contains(t.Asked, by.Seat) || by.Role != record.Party {
		return nil, veto.Ballot{}, fault.Forbidden("%s is not asked in this test", by.Seat).With("those who are asked %s", does)
	}
	return t, s.ballot(t), nil
}

func (t *test) inTime(now time.Time) error {
	if !t.Deadline.IsZero() && now.After(t.Deadline) {
		return fault.Conflict("the time to answer is over").With("a new test can be opened")
	}
	return nil
}

func (s *State) join(by record.Actor, now time.Time, a Join) ([]record.Event, error) {
	t, ballot, err := s.asked(by, a.Test, "join it")
	if err != nil {
		return nil, err
	}
	to, err := by.Address(t.Audience, "", record.Speaking)
	if err := cmp.Or(err, t.inTime(now), oneOf(a.Chance != nil, a.Share != nil, "a key is made here, or elsewhere")); err != nil {
		return nil, err
	}
	if _, there := t.shares[by.Seat]; there {
		return nil, fault.Conflict("%s has joined already", by.Seat)
	}
	if a.Chance != nil && s.elsewhere[by.Seat] {
		return nil, fault.Conflict("%s keeps its secrets itself", by.Seat).With("join with the key that its own program made")
	}
	var secret veto.Secret
	var share veto.Share
	if a.Share != nil {
		share = *a.Share
		err = share.Check(ballot, string(by.Seat))
		if err == nil && slices.ContainsFunc(inOrder(t.Asked, t.shares), func(o *veto.Share) bool { return o != nil && slices.Equal(o.Key, share.Key) }) {
			err = fault.Invalid("another seat has this key already").With("make one of your own")
		}
	} else {
		secret, share, err = veto.NewShare(ballot, string(by.Seat), a.Chance)
	}
	if err != nil {
		return nil, err
	}
	events := []record.Event{t.event(to, kindJoined, joined{a.Test, by.Seat, share}, by.Seat)}
	if secret != nil {
		kept := held{Test: a.Test, Seat: by.Seat, Secret: secret}
		events = append(events, t.event(record.Internal(by.Seat), kindHeld, kept, by.Seat))
	}
	return events, nil
}

func (s *State) answer(by record.Actor, now time.Time, a Answer) ([]record.Event, error) {
	t, ballot, err := s.asked(by, a.Test, "answer it")
	if err != nil {
		return nil, err
	}
	to, err := by.Address(t.Audience, "", record.Speaking)
	if err := cmp.Or(err, t.inTime(now), oneOf(a.Chance != nil, a.Sealed != nil, "an answer is made here, or elsewhere")); err != nil {
		return nil, err
	}
	switch v := s.seen(t, nil); {
	case slices.Contains(v.Answered, by.Seat):
		return nil, fault.Conflict("%s has answered already", by.Seat).With("an answer under seal is given once")
	case v.Stage == Joining:
		return nil, fault.Conflict("not all who are asked have joined").With("answer when all have")
	case v.Stage == Voided:
		return nil, fault.Conflict("the test is void: %s", v.Why)
	}
	if a.Sealed != nil {
		return []record.Event{t.event(to, kindAnswered, answered{a.Test, by.Seat, *a.Sealed}, by.Seat)}, nil
	}
	secret, here := t.secret[by.Seat]
	if !here {
		return nil, fault.Conflict("the secret of %s is not kept here", by.Seat).With("answer where it is kept")
	}
	commitment, opening, err := veto.Vote(ballot, string(by.Seat), t.keys(), secret, a.Yes, a.Chance)
	if err != nil {
		return nil, err
	}
	kept := held{Test: a.Test, Seat: by.Seat, Opening: &opening, Yes: 0}
	if a.Yes {
		kept.Yes = 1
	}
	return []record.Event{
		t.event(to, kindAnswered, answered{a.Test, by.Seat, commitment}, by.Seat),
		t.event(record.Internal(by.Seat), kindHeld, kept, by.Seat),
	}, nil
}

func (s *State) disclose(by record.Actor, a Open) ([]record.Event, error) {
	t, ballot, err := s.asked(by, a.Test, "open it")
	if err != nil {
		return nil, err
	}
	to, err := by.Address(t.Audience, "", record.Speaking)
	if err != nil {
		return nil, err
	}
	switch v := s.seen(t, nil); {
	case slices.Contains(v.Opened, by.Seat):
		return nil, fault.Conflict("the answer of %s is open already", by.Seat)
	case len(v.Answered) < len(v.Asked):
		return nil, fault.Conflict("not all who are asked have answered").With("answers are opened together, when all have")
	}
	opening, here := t.kept[by.Seat]
	if a.Opening != nil {
		opening, here = *a.Opening, true
		if err := opening.Check(ballot, string(by.Seat), t.keys(), t.commitments[by.Seat]); err != nil {
			return nil, err
		}
	}
	if !here {
		return nil, fault.Conflict("the answer of %s is not kept here", by.Seat).With("open it where it is kept")
	}
	return []record.Event{t.event(to, kindDisclosed, disclosed{a.Test, by.Seat, opening}, by.Seat)}, nil
}

// keys gives the keys of all who are asked, in order.
func (t *test) keys() [][]byte {
	var keys [][]byte
	for _, seat := range t.Asked {
		keys = append(keys, t.shares[seat].Key)
	}
	return keys
}

func (t *test) event(to record.Audience, kind record.Kind, body any, seat record.Seat) record.Event {
	return record.Event{Audience: to, Kind: kind, Body: body, Mentions: append(record.SeatRefs(seat), record.NewRef("test", t.ID))}
}

func oneOf(a, b bool, what string) error {
	if a == b {
		return fault.Invalid("%s: one of the two is given", what)
	}
	return nil
}
