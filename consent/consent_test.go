package consent

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"paraph/fault"
	"paraph/record"
	"paraph/record/roomtest"
)

var decoders = map[record.Kind]roomtest.Decoder{
	kindTaken: roomtest.Body[taken],
	kindGiven: roomtest.Body[given],
}

func TestGolden(t *testing.T) { roomtest.Golden(t, Kinds(), decoders) }

func room() *roomtest.Room[State, Act] {
	return &roomtest.Room[State, Act]{Decide: Decide, Fold: Fold, Touches: Touches, Roster: roomtest.Table()}
}

func TestTakePosition(t *testing.T) {
	position := TakePosition{On: "clause/c1", Fingerprint: "f1", Position: Reserves, Note: "pending the annex"}
	with := func(change func(*TakePosition)) Act {
		a := position
		change(&a)
		return a
	}
	r := room()
	own := []record.Audience{record.Internal("RU")}
	for _, c := range []roomtest.Case[Act]{
		{Name: "for the own seat", By: roomtest.RU, Act: position, Audience: own,
			Mentions: []record.Ref{"seat/RU", "clause/c1", "words/c1/f1"}},
		{Name: "by a member, before the plenary", By: roomtest.As(roomtest.RU, record.Member),
			Act: with(func(a *TakePosition) { a.Audience = record.Plenary }), Audience: []record.Audience{record.Plenary}},
		{Name: "between two", By: roomtest.RU, Act: with(func(a *TakePosition) { a.Audience = record.Bilateral("RU", "UA") }),
			Audience: []record.Audience{record.Bilateral("RU", "UA")}, Mentions: []record.Ref{"seat/UA"}},
		{Name: "on a proposal", By: roomtest.RU, Act: TakePosition{On: "proposal/p1", Position: Supports}, Audience: own,
			Mentions: []record.Ref{"proposal/p1"}},
		{Name: "on a topic in words", By: roomtest.RU, Act: TakePosition{Topic: "the next steps", Position: Silent}, Audience: own},
		{Name: "as reported", By: roomtest.Keeper,
			Act:      TakePosition{Topic: "the plan", Position: Supports, For: "RU", ReportedBy: "an aide", Source: roomtest.Source},
			Audience: []record.Audience{record.Public}, Mentions: []record.Ref{"seat/RU"}},
		{Name: "as reported of nobody", By: roomtest.Keeper,
			Act:  TakePosition{Topic: "the plan", Position: Supports, Source: roomtest.Source},
			Kind: fault.KindInvalid, Words: "not a code for a seat"},
		{Name: "as reported without source", By: roomtest.Keeper, Act: TakePosition{Topic: "the plan", Position: Supports, For: "RU"},
			Kind: fault.KindInvalid, Words: "needs its source"},
		{Name: "by an adviser, for the own seat", By: roomtest.As(roomtest.RU, record.Adviser), Act: position, Audience: own},
		{Name: "by an adviser, before the plenary", By: roomtest.As(roomtest.RU, record.Adviser),
			Act: with(func(a *TakePosition) { a.Audience = record.Plenary }), Kind: fault.KindForbidden, Words: "own seat alone"},
		{Name: "by a note-taker", By: roomtest.As(roomtest.RU, record.NoteTaker), Act: position,
			Kind: fault.KindForbidden, Words: "only note"},
		{Name: "by the chair", By: roomtest.Chair, Act: position, Kind: fault.KindForbidden, Words: "only a party takes positions"},
		{Name: "by an observer", By: roomtest.Observer, Act: position, Kind: fault.KindForbidden, Words: "only a party takes positions"},
		{Name: "for another", By: roomtest.RU, Act: with(func(a *TakePosition) { a.For = "UA" }),
			Kind: fault.KindForbidden, Words: "RU cannot speak for UA"},
		{Name: "no position", By: roomtest.RU, Act: with(func(a *TakePosition) { a.Position = "maybe" }),
			Kind: fault.KindInvalid, Words: "can live with"},
		{Name: "on nothing", By: roomtest.RU, Act: TakePosition{Position: Supports}, Kind: fault.KindInvalid, Words: "is on nothing"},
		{Name: "on an aspect of a clause", By: roomtest.RU, Act: with(func(a *TakePosition) { a.Topic = "the plan" }),
			Kind: fault.KindInvalid, Words: "is on all of it"},
		{Name: "on an aspect of a version, as reported, in none of the six", By: roomtest.Keeper,
			Act: TakePosition{On: "version/v1", Topic: "the plan as a whole", For: "RU", Note: "Supports most, criticises some.",
				Said: record.When{Latest: r.Now}, Source: roomtest.Source},
			Audience: []record.Audience{record.Public}, Mentions: []record.Ref{"version/v1"}},
		{Name: "in none of the six, without a word", By: roomtest.Keeper,
			Act:  TakePosition{On: "version/v1", For: "RU", Source: roomtest.Source},
			Kind: fault.KindInvalid, Words: "not a position"},
		{Name: "in none of the six, not as reported", By: roomtest.RU, Act: with(func(a *TakePosition) { a.Position = "" }),
			Kind: fault.KindInvalid, Words: "not a position"},
		{Name: "on a seat", By: roomtest.RU, Act: TakePosition{On: "seat/UA", Position: Opposes},
			Kind: fault.KindInvalid, Words: `position on "seat/UA"`},
		{Name: "on words of a proposal", By: roomtest.RU, Act: TakePosition{On: "proposal/p1", Fingerprint: "f1", Position: Opposes},
			Kind: fault.KindInvalid, Words: "belong to the words of a clause"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.RU, position)
	r.Try(t, roomtest.Case[Act]{Name: "again", By: roomtest.RU, Act: position, Kind: fault.KindConflict, Words: "holds that position already"})
	r.Try(t, roomtest.Case[Act]{Name: "again, before others", By: roomtest.RU,
		Act: with(func(a *TakePosition) { a.Audience = record.Plenary }), Audience: []record.Audience{record.Plenary}})
	r.Try(t, roomtest.Case[Act]{Name: "again, on other words", By: roomtest.RU,
		Act: with(func(a *TakePosition) { a.Fingerprint = "f2" }), Audience: own})
	r.Try(t, roomtest.Case[Act]{Name: "again, with another version before it", By: roomtest.RU,
		Act: with(func(a *TakePosition) { a.Version = "v2" }), Audience: own, Mentions: []record.Ref{"version/v2"}})
}

func TestGive(t *testing.T) {
	consent := Give{Clause: "c1", Version: "v1", Fingerprint: "f1", Level: Agreed, Linked: []string{"c2"}}
	with := func(change func(*Give)) Act {
		a := consent
		change(&a)
		return a
	}
	r := room()
	own := []record.Audience{record.Internal("RU")}
	member := roomtest.As(roomtest.RU, record.Member)
	for _, c := range []roomtest.Case[Act]{
		{Name: "by the head", By: roomtest.RU, Act: consent, Audience: own,
			Mentions: []record.Ref{"clause/c1", "clause/c2", "version/v1", "words/c1/f1", "seat/RU"}},
		{Name: "by the head, before the parties", By: roomtest.RU, Act: with(func(a *Give) { a.Level, a.Audience = Initialled, record.Parties }),
			Audience: []record.Audience{record.Parties}},
		{Name: "by a member", By: member, Act: consent, Kind: fault.KindForbidden, Words: "cannot bind RU"},
		{Name: "signed by a member", By: member, Act: with(func(a *Give) { a.Level = Signed }), Kind: fault.KindForbidden, Words: "cannot bind RU"},
		{Name: "ad referendum by a member", By: member, Act: with(func(a *Give) { a.Level = AdReferendum }), Audience: own},
		{Name: "ad referendum by an adviser", By: roomtest.As(roomtest.RU, record.Adviser),
			Act: with(func(a *Give) { a.Level, a.Audience = AdReferendum, record.Plenary }), Kind: fault.KindForbidden, Words: "own seat alone"},
		{Name: "by the chair", By: roomtest.Chair, Act: consent, Kind: fault.KindForbidden, Words: "only a party gives consent"},
		{Name: "by a keeper", By: roomtest.Keeper, Act: consent, Kind: fault.KindForbidden, Words: "only a party gives consent"},
		{Name: "by an observer", By: roomtest.Observer, Act: consent, Kind: fault.KindForbidden, Words: "only a party gives consent"},
		{Name: "in public without source", By: roomtest.RU, Act: with(func(a *Give) { a.Audience = record.Public }),
			Kind: fault.KindInvalid, Words: "needs its source"},
		{Name: "to no words", By: roomtest.RU, Act: with(func(a *Give) { a.Fingerprint = "" }),
			Kind: fault.KindInvalid, Words: "fingerprint of the words is missing"},
		{Name: "no level", By: roomtest.RU, Act: with(func(a *Give) { a.Level = "sealed" }), Kind: fault.KindInvalid, Words: "ad referendum"},
		{Name: "resting on itself", By: roomtest.RU, Act: with(func(a *Give) { a.Linked = []string{"c1"} }),
			Kind: fault.KindInvalid, Words: "cannot rest on itself"},
		{Name: "linked twice", By: roomtest.RU, Act: with(func(a *Give) { a.Linked = []string{"c2", "c2"} }),
			Kind: fault.KindInvalid, Words: "linked twice"},
		{Name: "taken back before it was given", By: roomtest.RU, Act: with(func(a *Give) { a.Level = None }),
			Kind: fault.KindConflict, Words: "nothing to take back"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.RU, consent)
	for _, c := range []roomtest.Case[Act]{
		{Name: "again", By: roomtest.RU, Act: consent, Kind: fault.KindConflict, Words: "given this consent already"},
		{Name: "to other words", By: roomtest.RU, Act: with(func(a *Give) { a.Fingerprint = "f2" }), Audience: own},
		{Name: "resting on nothing any more", By: roomtest.RU, Act: with(func(a *Give) { a.Linked = nil }), Audience: own},
		{Name: "taken back", By: member, Act: with(func(a *Give) { a.Level = None }), Audience: own},
		{Name: "taken back elsewhere", By: roomtest.RU, Act: with(func(a *Give) { a.Level, a.Audience = None, record.Plenary }),
			Kind: fault.KindConflict, Words: "no consent to this clause there"},
	} {
		r.Try(t, c)
	}
}

func TestSee(t *testing.T) {
	r := room()
	take := func(by record.Actor, p Position, to record.Audience) {
		r.Must(t, by, TakePosition{On: "proposal/p1", Position: p, Audience: to})
	}
	take(roomtest.RU, Opposes, record.Plenary)
	take(roomtest.RU, CanLiveWith, record.Offices("RU"))
	take(roomtest.RU, Supports, record.Internal("RU"))
	take(roomtest.UA, Supports, record.Plenary)
	take(roomtest.RU, Reserves, record.Plenary)
	r.Must(t, roomtest.UA, TakePosition{Topic: "the next steps", Position: Silent, Audience: record.Plenary})
	r.Must(t, roomtest.UA, Give{Clause: "c1", Version: "v1", Fingerprint: "f1", Level: AdReferendum, Audience: record.Parties})
	r.Must(t, roomtest.UA, Give{Clause: "c1", Version: "v1", Fingerprint: "f1", Level: Agreed, Audience: record.Parties})

	for _, c := range []struct {
		who  record.Actor
		want []Position // of RU on the proposal, widest audience first
		all  int
	}{
		{roomtest.RU, []Position{Reserves, CanLiveWith, Supports}, 6},
		{roomtest.Chair, []Position{Reserves, CanLiveWith}, 5},
		{roomtest.UA, []Position{Reserves}, 4},
		{roomtest.Outsider, nil, 0},
	} {
		s := r.State(c.who.Lens())
		cell, _ := SeeMatrix(s).Cell("RU", "proposal/p1")
		var got []Position
		for _, p := range cell.Positions {
			got = append(got, p.Position)
		}
		if !slices.Equal(got, c.want) || len(SeeAllPositions(s)) != c.all {
			t.Errorf("%q sees %q, and %d in all", c.who.Seat, got, len(SeeAllPositions(s)))
		}
	}
	s := r.State(roomtest.Chair.Lens())
	if got := SeePositions(s, "proposal/p1"); len(got) != 4 || got[0].Position != Reserves || got[3].Position != Opposes {
		t.Errorf("the history is %+v", got)
	}
	if got := SeePositions(s, ""); len(got) != 1 || got[0].Topic != "the next steps" {
		t.Errorf("on topics: %+v", got)
	}
	if got := SeeSupporters(s)["p1"]; !slices.Equal(got, []record.Seat{"UA"}) {
		t.Errorf("the supporters are %q", got)
	}
	if got := SeeConsents(s, "c1"); len(got) != 2 || got[0].Level != Agreed {
		t.Errorf("the consents are %+v", got)
	}
	cell, there := SeeMatrix(s).Cell("UA", "clause/c1")
	if !there || len(cell.Consents) != 1 || cell.Consents[0].Level != Agreed || cell.Consents[0].Fingerprint != "f1" {
		t.Errorf("the cell is %+v", cell)
	}
	if _, there := SeeMatrix(s).Cell("EU", "clause/c1"); there {
		t.Error("an observer has a cell")
	}
}

func TestTouches(t *testing.T) {
	r := room()
	for _, c := range []struct {
		act  Act
		want []string
	}{
		{TakePosition{On: "clause/c1", Position: Supports}, []string{"positions", "clause/c1"}},
		{TakePosition{On: "proposal/p1", Position: Supports}, []string{"positions", "proposal/p1", "text"}},
		{TakePosition{Topic: "the plan", Position: Supports}, []string{"positions"}},
		{Give{Clause: "c1", Version: "v1", Fingerprint: "f1", Level: Agreed}, []string{"positions", "clause/c1"}},
	} {
		if got := Touches(r.Must(t, roomtest.RU, c.act)[0]); !slices.Equal(got, c.want) {
			t.Errorf("%#v touches %q", c.act, got)
		}
	}
}

func TestFoldUnknown(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an unknown kind is folded")
		}
	}()
	Fold(new(State), record.Entry{Content: record.Content{Kind: "consent.consent.inferred", Body: []byte("{}")}})
}

// What is decided folds again from its bytes, and the matrix is what one finds
// by reading the positions and consents from the latest back.
func TestMatrixIsTheLatest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := room()
		who := rapid.SampledFrom([]record.Actor{roomtest.RU, roomtest.UA, roomtest.Chair, roomtest.Keeper})
		on := rapid.SampledFrom([]record.Ref{"", "clause/c1", "clause/c2", "proposal/p1", "seat/RU"})
		for range rapid.IntRange(1, 25).Draw(t, "acts") {
			by := who.Draw(t, "by")
			to := rapid.SampledFrom([]record.Audience{"", record.Plenary, record.Offices("RU"), record.Public}).Draw(t, "to")
			var act Act = TakePosition{On: on.Draw(t, "on"), Topic: rapid.SampledFrom([]string{"", "the plan"}).Draw(t, "topic"),
				Position: rapid.SampledFrom(Positions()).Draw(t, "position"), For: rapid.SampledFrom([]record.Seat{"", "RU"}).Draw(t, "for"),
				Note: rapid.String().Draw(t, "note"), Audience: to, Source: roomtest.Source}
			if rapid.Bool().Draw(t, "consent") {
				act = Give{Clause: rapid.SampledFrom([]string{"c1", "c2"}).Draw(t, "clause"), Version: "v1", Fingerprint: "f1",
					Level: rapid.SampledFrom(Levels()).Draw(t, "level"), Audience: to, Source: roomtest.Source}
			}
			entries, err := r.Do(by, act)
			if err != nil && fault.KindOf(err) == fault.KindInternal {
				t.Fatalf("%#v: %v", act, err)
			}
			roomtest.Again(t, entries, decoders)
		}
		for _, by := range []record.Actor{roomtest.RU, roomtest.Chair, roomtest.Outsider} {
			s := r.State(by.Lens())
			for _, c := range SeeMatrix(s).Cells {
				for _, p := range c.Positions {
					latest := slices.IndexFunc(SeePositions(s, c.On), func(q PositionView) bool {
						return q.Seat == c.Seat && q.Audience == p.Audience
					})
					if q := SeePositions(s, c.On)[latest]; q != p {
						t.Fatalf("%+v in the matrix, %+v the latest", p, q)
					}
				}
				wide := func(p, q PositionView) int { return q.Audience.Width() - p.Audience.Width() }
				if !slices.IsSortedFunc(c.Positions, wide) || len(c.Positions)+len(c.Consents) == 0 {
					t.Fatalf("the cell is %+v", c)
				}
			}
		}
	})
}
