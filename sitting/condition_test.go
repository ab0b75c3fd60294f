package sitting

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"paraph/fault"
	"paraph/record"
	"paraph/record/roomtest"
)

func TestSetCondition(t *testing.T) {
	set := SetCondition{ID: "c-1", What: "The signals allow quick decisions.", ForStep: "a meeting of the delegations"}
	with := func(change func(*SetCondition)) Act {
		a := set
		change(&a)
		return a
	}
	r := room()
	own := []record.Audience{record.Internal("UA")}
	for _, c := range []roomtest.Case[Act]{
		{Name: "for the own seat", By: roomtest.UA, Act: set, Audience: own, Mentions: []record.Ref{"seat/UA"}},
		{Name: "before the parties", By: roomtest.UA, Act: with(func(a *SetCondition) { a.Audience = record.Parties }),
			Audience: []record.Audience{record.Parties}},
		{Name: "as reported", By: roomtest.Keeper, Act: with(func(a *SetCondition) { a.For, a.Source = "UA", roomtest.Source }),
			Audience: []record.Audience{record.Public}, Mentions: []record.Ref{"seat/UA"}},
		{Name: "for another", By: roomtest.RU, Act: with(func(a *SetCondition) { a.For = "UA" }), Kind: fault.KindForbidden, Words: "cannot speak for UA"},
		{Name: "by an observer", By: roomtest.Observer, Act: set, Kind: fault.KindForbidden, Words: "an observer sets conditions for nobody"},
		{Name: "of nothing", By: roomtest.UA, Act: with(func(a *SetCondition) { a.What = "" }), Kind: fault.KindInvalid, Words: "the condition is missing"},
		{Name: "due before itself", By: roomtest.UA, Act: with(func(a *SetCondition) { a.Due = record.Between(evening, evening.Add(-1)) }),
			Kind: fault.KindInvalid, Words: "date it is due ends before it begins"},
		{Name: "in public without source", By: roomtest.UA, Act: with(func(a *SetCondition) { a.Audience = record.Public }),
			Kind: fault.KindInvalid, Words: "needs its source"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.UA, set)
	r.Try(t, roomtest.Case[Act]{Name: "twice", By: roomtest.UA, Act: set, Kind: fault.KindConflict, Words: "stands already"})
}

func TestJudgeCondition(t *testing.T) {
	r := room()
	r.Must(t, roomtest.UA, SetCondition{ID: "c-1", What: "Signals.", Audience: record.Parties,
		Due: record.Exactly(time.Date(2025, 12, 2, 9, 5, 0, 0, time.UTC))})
	r.Must(t, roomtest.UA, SetCondition{ID: "c-2", What: "Others.", Audience: record.Parties})
	judge := func(s Standing) Act { return JudgeCondition{Condition: "c-1", Standing: s, Note: "as we see it"} }
	parties := []record.Audience{record.Parties}
	for _, c := range []roomtest.Case[Act]{
		{Name: "met, says who set it", By: roomtest.UA, Act: judge(Met), Audience: parties, Mentions: []record.Ref{"condition/c-1"}},
		{Name: "unmet, says the chair", By: roomtest.Chair, Act: judge(Unmet), Audience: parties},
		{Name: "met, says another", By: roomtest.RU, Act: judge(Met), Kind: fault.KindForbidden, Words: "you can say that it is disputed; UA"},
		{Name: "disputed, says another", By: roomtest.RU, Act: judge(Disputed), Audience: parties},
		{Name: "says an observer", By: roomtest.Observer, Act: judge(Met), Kind: fault.KindNotFound, Words: `no condition "c-1"`},
		{Name: "expired too early", By: roomtest.UA, Act: judge(Expired), Kind: fault.KindInvalid, Words: "once its date has passed"},
		{Name: "expired without date", By: roomtest.UA, Act: JudgeCondition{Condition: "c-2", Standing: Expired},
			Audience: parties},
		{Name: "open as it is", By: roomtest.UA, Act: judge(Open), Kind: fault.KindConflict, Words: "stands so already"},
		{Name: "in no standing", By: roomtest.UA, Act: judge("fine"), Kind: fault.KindInvalid, Words: "one of open, met"},
		{Name: "one that is not there", By: roomtest.UA, Act: JudgeCondition{Condition: "c-9", Standing: Met}, Kind: fault.KindNotFound, Words: "c-9"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.UA, judge(Unmet))
	r.Must(t, roomtest.RU, judge(Disputed))
	r.Try(t, roomtest.Case[Act]{Name: "disputed twice by one", By: roomtest.RU, Act: judge(Disputed), Kind: fault.KindConflict, Words: "stands so already"})
	r.Now = r.Now.Add(time.Hour)
	r.Must(t, roomtest.Chair, judge(Expired))
	v, there := SeeCondition(r.State(roomtest.RU.Lens()), "c-1")
	if !there || v.Standing != Expired || len(v.History) != 3 || v.History[1].Seat != "RU" || v.History[0].Standing != Unmet {
		t.Errorf("the condition is %+v", v)
	}
}

func TestSignal(t *testing.T) {
	r := room()
	r.Must(t, roomtest.UA, SetCondition{ID: "c-1", What: "Signals.", Audience: record.Parties})
	r.Must(t, roomtest.Keeper, SetCondition{ID: "c-2", What: "More signals.", For: "UA", Source: roomtest.Source})
	signal := Signal{ID: "g-1", Condition: "c-1", Words: "Much work remains."}
	for _, c := range []roomtest.Case[Act]{
		{Name: "for the own seat", By: roomtest.RU, Act: signal, Audience: []record.Audience{record.Internal("RU")},
			Mentions: []record.Ref{"seat/RU", "condition/c-1"}},
		{Name: "in confidence", By: roomtest.RU, Act: Signal{ID: "g-1", Condition: "c-1", Words: "Yes.", Audience: record.Offices("RU")},
			Audience: []record.Audience{record.Offices("RU")}},
		{Name: "in public", By: roomtest.Keeper, Act: Signal{ID: "g-1", Condition: "c-2", Words: "Yes.", For: "US", Source: roomtest.Source},
			Audience: []record.Audience{record.Public}, Mentions: []record.Ref{"seat/US"}},
		{Name: "in public on what is not", By: roomtest.RU,
			Act:  Signal{ID: "g-1", Condition: "c-1", Words: "Yes.", Audience: record.Public, Source: roomtest.Source},
			Kind: fault.KindInvalid, Words: "cannot be spoken of"},
		{Name: "on nothing", By: roomtest.RU, Act: Signal{ID: "g-1", Condition: "c-9", Words: "Yes."}, Kind: fault.KindNotFound, Words: "c-9"},
		{Name: "without words", By: roomtest.RU, Act: Signal{ID: "g-1", Condition: "c-1"}, Kind: fault.KindInvalid, Words: "the signal is missing"},
		{Name: "by an observer", By: roomtest.Observer, Act: signal, Kind: fault.KindForbidden, Words: "an observer signals for nobody"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.RU, signal)
	r.Try(t, roomtest.Case[Act]{Name: "twice", By: roomtest.RU, Act: signal, Kind: fault.KindConflict, Words: "stands already"})
	if v := SeeConditions(r.State(roomtest.RU.Lens())); len(v) != 2 || len(v[0].Signals) != 1 || v[0].Standing != Open {
		t.Errorf("the own seat sees %+v", v)
	}
	if v := SeeConditions(r.State(roomtest.UA.Lens())); len(v[0].Signals) != 0 {
		t.Errorf("another seat sees %+v", v)
	}
}

func TestTouches(t *testing.T) {
	r := room()
	for _, c := range []struct {
		by   record.Actor
		act  Act
		want string
	}{
		{roomtest.Chair, hold, "sittings"},
		{roomtest.Chair, Conclude{Sitting: "s-1", Outcome: "None."}, "sittings"},
		{roomtest.RU, Send{ID: "m-1", To: "UA", Words: "No."}, "messages"},
		{roomtest.Chair, Carry{ID: "m-2", Message: "m-1", To: "UA"}, "messages"},
		{roomtest.Chair, Acknowledge{Message: "m-1"}, "messages"},
		{roomtest.UA, SetCondition{ID: "c-1", What: "Signals.", Audience: record.Parties}, "conditions"},
		{roomtest.UA, JudgeCondition{Condition: "c-1", Standing: Met}, "conditions"},
		{roomtest.UA, Signal{ID: "g-1", Condition: "c-1", Words: "Yes."}, "conditions"},
	} {
		for _, e := range r.Must(t, c.by, c.act) {
			if got := Touches(e); !slices.Equal(got, []string{c.want}) {
				t.Errorf("%s touches %q", e.Content.Kind, got)
			}
		}
	}
}

func TestFoldUnknown(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an unknown kind is folded")
		}
	}()
	Fold(new(State), record.Entry{Content: record.Content{Kind: "sitting.sitting.dreamt", Body: []byte("{}")}})
}

// Whatever is asked, what is decided folds again from its bytes, and nobody but
// the chair sees where a message came from.
func TestDecideFolds(t *testing.T) {
	people := []record.Actor{
		roomtest.Chair, roomtest.RU, roomtest.UA, roomtest.Observer, roomtest.Keeper,
		roomtest.As(roomtest.RU, record.NoteTaker), roomtest.As(roomtest.UA, record.Adviser),
	}
	rapid.Check(t, func(t *rapid.T) {
		r := room()
		id := rapid.SampledFrom([]string{"a", "b", "c"})
		seat := rapid.SampledFrom([]record.Seat{"", "CH", "RU", "UA", "EU"})
		words := rapid.String()
		for range rapid.IntRange(1, 25).Draw(t, "acts") {
			to := rapid.SampledFrom([]record.Audience{"", record.Plenary, record.Parties, record.Offices("RU"), record.Public}).Draw(t, "to")
			acts := []Act{
				Hold{ID: id.Draw(t, "id"), Title: words.Draw(t, "title"), Kind: Informals, Start: record.Exactly(evening), Audience: to, Source: roomtest.Source},
				Conclude{Sitting: id.Draw(t, "id"), Outcome: words.Draw(t, "outcome"), Source: roomtest.Source},
				Send{ID: id.Draw(t, "id"), To: seat.Draw(t, "seat"), Words: words.Draw(t, "words"), MayPass: []record.Seat{seat.Draw(t, "pass")}, Audience: to},
				Carry{ID: id.Draw(t, "id"), Message: id.Draw(t, "message"), To: seat.Draw(t, "seat")},
				Acknowledge{Message: id.Draw(t, "id")},
				SetCondition{ID: id.Draw(t, "id"), What: words.Draw(t, "what"), For: seat.Draw(t, "for"), Audience: to, Source: roomtest.Source},
				JudgeCondition{Condition: id.Draw(t, "id"), Standing: rapid.SampledFrom(Standings()).Draw(t, "standing"), Source: roomtest.Source},
				Signal{ID: id.Draw(t, "id"), Condition: id.Draw(t, "condition"), Words: words.Draw(t, "words"), Audience: to, Source: roomtest.Source},
			}
			by := rapid.SampledFrom(people).Draw(t, "by")
			act := rapid.SampledFrom(acts).Draw(t, "act")
			entries, err := r.Do(by, act)
			if err != nil && fault.KindOf(err) == fault.KindInternal {
				t.Fatalf("%#v: %v", act, err)
			}
			roomtest.Again(t, entries, decoders)
		}
		for _, by := range people {
			for _, m := range SeeMessages(r.State(by.Lens())) {
				if by.Role != record.Chair && (m.Origin != "" || len(m.Carried) > 0) {
					t.Fatalf("%s sees that %s came from %q and went to %q", by.Seat, m.ID, m.Origin, m.Carried)
				}
			}
		}
	})
}
