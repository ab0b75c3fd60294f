package press

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"paraph/fault"
	"paraph/record"
	"paraph/record/roomtest"
)

var decoders = map[record.Kind]roomtest.Decoder{
	kindRecorded: roomtest.Body[recorded],
	kindClaimed:  roomtest.Body[claimed],
	kindDenied:   roomtest.Body[denied],
	kindJudged:   roomtest.Body[judged],
	kindLeaked:   roomtest.Body[leaked],
}

func TestGolden(t *testing.T) { roomtest.Golden(t, Kinds(), decoders) }

func room() *roomtest.Room[State, Act] {
	return &roomtest.Room[State, Act]{Decide: Decide, Fold: Fold, Touches: Touches, Roster: roomtest.Table()}
}

var (
	night  = time.Date(2025, 12, 1, 20, 0, 0, 0, time.UTC)
	public = []record.Audience{record.Public}
)

func TestRecord(t *testing.T) {
	words := Record{ID: "t-1", Speaker: "A. Head", For: "RU", Words: "Much work remains.", Quoted: true,
		Channel: "to the press", Said: record.Exactly(night), Sitting: "s-1", Source: roomtest.Source}
	with := func(change func(*Record)) Act {
		a := words
		change(&a)
		return a
	}
	r := room()
	for _, c := range []roomtest.Case[Act]{
		{Name: "the own seat's, in public", By: roomtest.RU, Act: words, Audience: public, Mentions: []record.Ref{"seat/RU", "sitting/s-1"}},
		{Name: "as reported", By: roomtest.Keeper, Act: words, Audience: public, Mentions: []record.Ref{"seat/RU"}},
		{Name: "of nobody's", By: roomtest.UA, Act: with(func(a *Record) { a.For = "" }), Audience: public},
		{Name: "of another's", By: roomtest.UA, Act: words, Kind: fault.KindForbidden, Words: "UA cannot speak for RU"},
		{Name: "without source", By: roomtest.RU, Act: with(func(a *Record) { a.Source = record.Source{} }),
			Kind: fault.KindInvalid, Words: "needs its source"},
		{Name: "a line, within the delegation", By: roomtest.RU,
			Act: with(func(a *Record) {
				a.Kind, a.Audience, a.Source = Line, record.Internal("RU"), record.Source{}
			}),
			Audience: []record.Audience{record.Internal("RU")}},
		{Name: "a note-taker's cutting", By: roomtest.As(roomtest.RU, record.NoteTaker),
			Act: with(func(a *Record) { a.Audience = record.Internal("RU") }), Audience: []record.Audience{record.Internal("RU")}},
		{Name: "a note-taker's, in public", By: roomtest.As(roomtest.RU, record.NoteTaker), Act: words,
			Kind: fault.KindForbidden, Words: "only note"},
		{Name: "a joint statement of one", By: roomtest.RU, Act: with(func(a *Record) { a.Kind = JointStatement }),
			Kind: fault.KindForbidden, Words: "your own account is a read-out"},
		{Name: "a joint statement of the chair", By: roomtest.Chair, Act: with(func(a *Record) { a.Kind, a.For = JointStatement, "" }),
			Audience: public},
		{Name: "no kind", By: roomtest.RU, Act: with(func(a *Record) { a.Kind = "rumour" }), Kind: fault.KindInvalid, Words: "joint statement"},
		{Name: "no speaker", By: roomtest.RU, Act: with(func(a *Record) { a.Speaker = "" }), Kind: fault.KindInvalid, Words: "the speaker is missing"},
		{Name: "no words", By: roomtest.RU, Act: with(func(a *Record) { a.Words = "" }), Kind: fault.KindInvalid, Words: "what was said is missing"},
		{Name: "before itself", By: roomtest.RU, Act: with(func(a *Record) { a.Said.Latest = night.Add(-1) }),
			Kind: fault.KindInvalid, Words: "ends before it begins"},
		{Name: "a line that the chair says is cleared", By: roomtest.Chair,
			Act:      with(func(a *Record) { a.Kind, a.For, a.Cleared = Line, "", []record.Seat{"RU", "UA"} }),
			Audience: public, Mentions: []record.Ref{"seat/RU", "seat/UA"}},
		{Name: "a line that another cleared", By: roomtest.RU, Act: with(func(a *Record) { a.Kind, a.Cleared = Line, []record.Seat{"RU", "UA"} }),
			Kind: fault.KindForbidden, Words: "RU cannot say that UA cleared"},
		{Name: "a statement that is cleared", By: roomtest.RU, Act: with(func(a *Record) { a.Cleared = []record.Seat{"RU"} }),
			Kind: fault.KindInvalid, Words: "only a line or a joint statement"},
		{Name: "by the public", By: roomtest.Outsider, Act: words, Kind: fault.KindForbidden, Words: "have a seat"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.RU, words)
	r.Try(t, roomtest.Case[Act]{Name: "twice", By: roomtest.RU, Act: words, Kind: fault.KindConflict, Words: "stands already"})
	if v, there := SeeStatement(r.State(record.Lens{}), "t-1"); !there || v.Kind != Statement || v.Seat != "RU" || !v.Quoted || v.Sitting != "s-1" {
		t.Errorf("the public sees %+v", v)
	}
	if got := SeeStatements(r.State(record.Lens{})); len(got) != 1 {
		t.Errorf("all statements: %+v", got)
	}
}

// claimedRoom is a room with a public claim that a keeper entered, and one that
// UA entered for the parties.
func claimedRoom(t *testing.T) *roomtest.Room[State, Act] {
	r := room()
	r.Must(t, roomtest.Keeper, Claim{ID: "k-1", What: "The town is taken.", By: "the army", For: "RU", Said: record.Exactly(night), Source: roomtest.Source})
	r.Must(t, roomtest.UA, Claim{ID: "k-2", What: "The dam is full.", By: "the engineers", Audience: record.Parties})
	return r
}

func TestClaim(t *testing.T) {
	r := claimedRoom(t)
	claim := Claim{ID: "k-3", What: "The dam is empty.", By: "the engineers", Source: roomtest.Source}
	with := func(change func(*Claim)) Act {
		a := claim
		change(&a)
		return a
	}
	for _, c := range []roomtest.Case[Act]{
		{Name: "in public", By: roomtest.Observer, Act: claim, Audience: public},
		{Name: "for another", By: roomtest.UA, Act: with(func(a *Claim) { a.For = "RU" }), Kind: fault.KindForbidden, Words: "cannot speak for RU"},
		{Name: "without source", By: roomtest.UA, Act: with(func(a *Claim) { a.Source = record.Source{} }), Kind: fault.KindInvalid, Words: "needs its source"},
		{Name: "by nobody", By: roomtest.UA, Act: with(func(a *Claim) { a.By = "" }), Kind: fault.KindInvalid, Words: "who claims it is missing"},
		{Name: "of nothing", By: roomtest.UA, Act: with(func(a *Claim) { a.What = "" }), Kind: fault.KindInvalid, Words: "the claim is missing"},
		{Name: "twice", By: roomtest.UA, Act: with(func(a *Claim) { a.ID = "k-1" }), Kind: fault.KindConflict, Words: "stands already"},
	} {
		r.Try(t, c)
	}
}

func TestDeny(t *testing.T) {
	r := claimedRoom(t)
	deny := Deny{Claim: "k-1", By: "the general staff", For: "UA", Words: "Fighting goes on.", Source: roomtest.Source}
	with := func(change func(*Deny)) Act {
		a := deny
		change(&a)
		return a
	}
	for _, c := range []roomtest.Case[Act]{
		{Name: "by the own seat", By: roomtest.UA, Act: deny, Audience: public, Mentions: []record.Ref{"claim/k-1", "seat/UA"}},
		{Name: "as reported", By: roomtest.Keeper, Act: deny, Audience: public},
		{Name: "for another", By: roomtest.RU, Act: deny, Kind: fault.KindForbidden, Words: "cannot speak for UA"},
		{Name: "without source", By: roomtest.UA, Act: with(func(a *Deny) { a.Source = record.Source{} }), Kind: fault.KindInvalid, Words: "needs its source"},
		{Name: "by nobody", By: roomtest.UA, Act: with(func(a *Deny) { a.By = "" }), Kind: fault.KindInvalid, Words: "who denies it is missing"},
		{Name: "a claim before the parties", By: roomtest.RU, Act: Deny{Claim: "k-2", By: "RU"}, Audience: []record.Audience{record.Parties}},
		{Name: "a claim out of sight", By: roomtest.Observer, Act: Deny{Claim: "k-2", By: "EU"}, Kind: fault.KindNotFound, Words: `no claim "k-2"`},
	} {
		r.Try(t, c)
	}
}

// A denial makes an asserted claim contested; all else is somebody's judgement,
// with a source.
func TestStandingOfAClaim(t *testing.T) {
	r := claimedRoom(t)
	standing := func() Standing {
		v, _ := SeeClaim(r.State(record.Lens{}), "k-1")
		return v.Standing
	}
	deny := Deny{Claim: "k-1", By: "the general staff", Source: roomtest.Source}
	judge := func(s Standing) Judge { return Judge{Claim: "k-1", Standing: s, Source: roomtest.Source} }
	if got := standing(); got != Asserted {
		t.Errorf("at first it is %s", got)
	}
	r.Must(t, roomtest.Keeper, deny)
	if got := standing(); got != Contested {
		t.Errorf("denied it is %s", got)
	}
	for _, c := range []roomtest.Case[Act]{
		{Name: "judged by the chair", By: roomtest.Chair, Act: judge(Unverifiable), Audience: public, Mentions: []record.Ref{"claim/k-1"}},
		{Name: "judged by a party", By: roomtest.UA, Act: judge(Refuted), Kind: fault.KindForbidden, Words: "you can deny it"},
		{Name: "one's own withdrawn", By: roomtest.UA, Act: Judge{Claim: "k-2", Standing: Withdrawn, Source: roomtest.Source},
			Audience: []record.Audience{record.Parties}},
		{Name: "without source", By: roomtest.UA, Act: Judge{Claim: "k-2", Standing: Withdrawn},
			Kind: fault.KindInvalid, Words: "with a source or not at all"},
		{Name: "in no standing", By: roomtest.Chair, Act: judge("true"), Kind: fault.KindInvalid, Words: "partly confirmed"},
		{Name: "as it stands", By: roomtest.Chair, Act: judge(Contested), Kind: fault.KindConflict, Words: "stands so already"},
		{Name: "one out of sight", By: roomtest.Observer, Act: Judge{Claim: "k-2", Standing: Refuted, Source: roomtest.Source},
			Kind: fault.KindNotFound, Words: `no claim "k-2"`},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.Chair, judge(PartlyConfirmed))
	r.Must(t, roomtest.Keeper, deny)
	if got := standing(); got != PartlyConfirmed {
		t.Errorf("denied again it is %s", got)
	}
	v, _ := SeeClaim(r.State(roomtest.UA.Lens()), "k-1")
	if len(v.Denials) != 2 || len(v.Judgements) != 1 || v.Judgements[0].Seat != "CH" || v.By != "the army" {
		t.Errorf("the claim is %+v", v)
	}
	if len(SeeClaims(r.State(record.Lens{}))) != 1 || len(SeeClaims(r.State(roomtest.RU.Lens()))) != 2 {
		t.Error("claims are seen by others than those they are before")
	}
}

func TestLeak(t *testing.T) {
	r := room()
	leak := Leak{ID: "l-1", What: "Earlier talks are out.", Version: "v-1", Found: record.When{Words: "in November"}, Source: roomtest.Source}
	for _, c := range []roomtest.Case[Act]{
		{Name: "in public", By: roomtest.Chair, Act: leak, Audience: public, Mentions: []record.Ref{"version/v-1"}},
		{Name: "before the plenary", By: roomtest.RU, Act: Leak{ID: "l-1", What: "A draft is out.", Audience: record.Plenary},
			Audience: []record.Audience{record.Plenary}},
		{Name: "of nothing", By: roomtest.RU, Act: Leak{ID: "l-1", Source: roomtest.Source}, Kind: fault.KindInvalid, Words: "what is out is missing"},
		{Name: "without source", By: roomtest.RU, Act: Leak{ID: "l-1", What: "A draft is out."}, Kind: fault.KindInvalid, Words: "needs its source"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.Chair, leak)
	r.Try(t, roomtest.Case[Act]{Name: "twice", By: roomtest.Chair, Act: leak, Kind: fault.KindConflict, Words: "stands already"})
	if v := SeeLeaks(r.State(record.Lens{})); len(v) != 1 || v[0].What != leak.What || v[0].Version != "v-1" {
		t.Errorf("the leaks are %+v", v)
	}
}

func TestTimeline(t *testing.T) {
	r := room()
	doubtful := record.Exactly(night.Add(-time.Hour))
	doubtful.Doubt = "the day cannot be right as written"
	record1 := Record{ID: "t-1", Speaker: "A.", Words: "Late.", Said: record.Exactly(night), Source: roomtest.Source}
	record2 := Record{ID: "t-2", Speaker: "B.", Words: "Whenever.", Source: roomtest.Source}
	r.Must(t, roomtest.Chair, record2)
	r.Must(t, roomtest.Chair, record1)
	r.Must(t, roomtest.Chair, Leak{ID: "l-1", What: "A draft is out.", Source: roomtest.Source})
	r.Must(t, roomtest.Chair, Claim{ID: "k-1", What: "The dam is full.", By: "C.", Said: doubtful, Source: roomtest.Source})
	var order []string
	var flagged []bool
	for _, v := range SeeTimeline(r.State(record.Lens{})) {
		switch {
		case v.Statement != nil:
			order = append(order, v.Statement.ID)
		case v.Claim != nil:
			order = append(order, v.Claim.ID)
		case v.Leak != nil:
			order = append(order, v.Leak.ID)
		}
		flagged = append(flagged, v.Unresolved)
	}
	if !slices.Equal(order, []string{"k-1", "t-1", "t-2", "l-1"}) || !slices.Equal(flagged, []bool{true, false, true, true}) {
		t.Errorf("the timeline is %q, flagged %v", order, flagged)
	}
	if e := r.Entries[0]; !slices.Equal(Touches(e), []string{"record"}) {
		t.Errorf("a statement touches %q", Touches(e))
	}
}

func TestFoldUnknown(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an unknown kind is folded")
		}
	}()
	Fold(new(State), record.Entry{Content: record.Content{Kind: "press.leak.traced", Body: []byte("{}")}})
}

// Whatever is asked, what is decided folds again from its bytes, everything
// public has its source, and the timeline holds all there is, in order.
func TestDecideFolds(t *testing.T) {
	people := []record.Actor{roomtest.Chair, roomtest.RU, roomtest.Observer, roomtest.Keeper, roomtest.As(roomtest.UA, record.NoteTaker)}
	rapid.Check(t, func(t *rapid.T) {
		r := room()
		id := rapid.SampledFrom([]string{"a", "b", "c"})
		source := rapid.SampledFrom([]record.Source{{}, roomtest.Source})
		for range rapid.IntRange(1, 25).Draw(t, "acts") {
			to := rapid.SampledFrom([]record.Audience{"", record.Plenary, record.Internal("UA")}).Draw(t, "to")
			seat := rapid.SampledFrom([]record.Seat{"", "RU", "UA"}).Draw(t, "seat")
			words, src := rapid.String().Draw(t, "words"), source.Draw(t, "source")
			said := record.Exactly(night.Add(time.Duration(rapid.IntRange(0, 9).Draw(t, "hours")) * time.Hour))
			act := rapid.SampledFrom([]Act{
				Record{ID: id.Draw(t, "id"), Speaker: "A.", For: seat, Words: words, Said: said, Audience: to, Source: src},
				Claim{ID: id.Draw(t, "id"), What: words, By: "A.", For: seat, Said: said, Audience: to, Source: src},
				Deny{Claim: id.Draw(t, "id"), By: "A.", For: seat, Words: words, Source: src},
				Judge{Claim: id.Draw(t, "id"), Standing: rapid.SampledFrom(Standings()).Draw(t, "standing"), Source: src},
				Leak{ID: id.Draw(t, "id"), What: words, Audience: to, Source: src},
			}).Draw(t, "act")
			entries, err := r.Do(rapid.SampledFrom(people).Draw(t, "by"), act)
			if err != nil && fault.KindOf(err) == fault.KindInternal {
				t.Fatalf("%#v: %v", act, err)
			}
			roomtest.Again(t, entries, decoders)
		}
		s := r.State(record.Lens{})
		items := SeeTimeline(s)
		if len(items) != len(SeeStatements(s))+len(SeeClaims(s))+len(SeeLeaks(s)) {
			t.Fatalf("%d items on the timeline", len(items))
		}
		if !slices.IsSortedFunc(items, func(a, b ItemView) int { return a.When.Compare(b.When) }) {
			t.Fatalf("the timeline is out of order: %+v", items)
		}
		for _, v := range items {
			if v.Statement != nil && v.Statement.Source.IsZero() || v.Claim != nil && v.Claim.Source.IsZero() || v.Leak != nil && v.Leak.Source.IsZero() {
				t.Fatalf("public without source: %+v", v)
			}
		}
	})
}
