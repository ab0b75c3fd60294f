package process

import (
	"testing"

	"pgregory.net/rapid"

	"paraph/fault"
	"paraph/record"
	"paraph/record/roomtest"
)

var decoders = map[record.Kind]roomtest.Decoder{
	kindOpened:     roomtest.Body[opened],
	kindAdmitted:   roomtest.Body[admitted],
	kindAccredited: roomtest.Body[accredited],
	kindStruck:     roomtest.Body[struck],
	kindSuspended:  roomtest.Body[suspended],
	kindRestored:   roomtest.Body[restored],
}

func TestGolden(t *testing.T) { roomtest.Golden(t, Kinds(), decoders) }

func room() *roomtest.Room[State, Act] {
	return &roomtest.Room[State, Act]{Decide: Decide, Fold: Fold, Touches: Touches, Roster: roomtest.Table()}
}

var rules = GroundRules{
	Regime: WithoutPrejudice, Languages: []string{"en", "ru"},
	Principles: []string{"nothing is agreed until everything is agreed"},
}

// seated is a process with the chair and one party, each with a head.
func seated(t *testing.T) *roomtest.Room[State, Act] {
	r := room()
	r.Must(t, roomtest.Chair, Open{Title: "Talks", Question: "Whose is the lake?", Rules: rules, Audience: record.Public})
	r.Must(t, roomtest.Chair, Admit{Seat: "CH", Name: "The chair", Role: record.Chair, Audience: record.Public})
	r.Must(t, roomtest.Chair, Admit{Seat: "RU", Name: "Russia", Role: record.Party, Audience: record.Public})
	r.Must(t, roomtest.Chair, Accredit{ID: "ru-1", Seat: "RU", Name: "A. Head", Office: "minister", Capacity: record.Head})
	return r
}

func TestOpen(t *testing.T) {
	open := Open{Title: "Talks", Question: "Whose is the lake?", Rules: rules}
	with := func(change func(*Open)) Act {
		o := open
		change(&o)
		return o
	}
	r := room()
	for _, c := range []roomtest.Case[Act]{
		{Name: "the chair opens, for the plenary", By: roomtest.Chair, Act: open, Audience: []record.Audience{record.Plenary}},
		{Name: "or in public", By: roomtest.Chair, Act: with(func(o *Open) { o.Audience = record.Public }),
			Audience: []record.Audience{record.Public}},
		{Name: "a keeper, in public, with the source", By: roomtest.Keeper, Act: with(func(o *Open) { o.Source = roomtest.Source }),
			Audience: []record.Audience{record.Public}},
		{Name: "a keeper without source", By: roomtest.Keeper, Act: open, Kind: fault.KindInvalid, Words: "needs its source"},
		{Name: "what is kept needs a source in public", By: roomtest.Chair,
			Act:  with(func(o *Open) { o.Audience, o.Rules.Kept = record.Public, true }),
			Kind: fault.KindInvalid, Words: "needs its source"},
		{Name: "a party", By: roomtest.RU, Act: open, Kind: fault.KindForbidden, Words: "only the chair opens"},
		{Name: "the public", By: roomtest.Outsider, Act: open, Kind: fault.KindForbidden, Words: "only the chair opens"},
		{Name: "for some alone", By: roomtest.Chair, Act: with(func(o *Open) { o.Audience = record.Parties }),
			Kind: fault.KindInvalid, Words: "known to all who sit in it"},
		{Name: "no title", By: roomtest.Chair, Act: with(func(o *Open) { o.Title = "" }),
			Kind: fault.KindInvalid, Words: "title of the process is missing"},
		{Name: "no regime", By: roomtest.Chair, Act: with(func(o *Open) { o.Rules.Regime = "" }),
			Kind: fault.KindInvalid, Words: "off the record"},
		{Name: "an empty language", By: roomtest.Chair, Act: with(func(o *Open) { o.Rules.Languages = []string{""} }),
			Kind: fault.KindInvalid, Words: "a language is missing"},
		{Name: "an empty principle", By: roomtest.Chair, Act: with(func(o *Open) { o.Rules.Principles = []string{""} }),
			Kind: fault.KindInvalid, Words: "a principle is missing"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.Chair, open)
	r.Try(t, roomtest.Case[Act]{Name: "twice", By: roomtest.Chair, Act: open, Kind: fault.KindConflict, Words: "open already"})
}

func TestAdmit(t *testing.T) {
	ukraine := Admit{Seat: "UA", Name: "Ukraine", Role: record.Party}
	room().Try(t, roomtest.Case[Act]{Name: "before the process is open", By: roomtest.Chair, Act: ukraine,
		Kind: fault.KindNotFound, Words: "open it first"})

	r := room()
	r.Must(t, roomtest.Chair, Open{Title: "Talks", Rules: rules})
	r.Try(t, roomtest.Case[Act]{Name: "a party before the chair", By: roomtest.Chair, Act: ukraine,
		Kind: fault.KindInvalid, Words: "own seat CH comes first"})
	r.Try(t, roomtest.Case[Act]{Name: "to the public, of a process that is not", By: roomtest.Chair,
		Act:  Admit{Seat: "CH", Name: "The chair", Role: record.Chair, Audience: record.Public},
		Kind: fault.KindInvalid, Words: "cannot be spoken of"})

	r = seated(t)
	for _, c := range []roomtest.Case[Act]{
		{Name: "a party", By: roomtest.Chair, Act: ukraine, Audience: []record.Audience{record.Plenary}},
		{Name: "in public", By: roomtest.Chair, Act: Admit{Seat: "EU", Name: "Europe", Role: record.Observer, Audience: record.Public},
			Audience: []record.Audience{record.Public}},
		{Name: "by a party", By: roomtest.RU, Act: ukraine, Kind: fault.KindForbidden, Words: "only the chair admits"},
		{Name: "twice", By: roomtest.Chair, Act: Admit{Seat: "RU", Name: "Russia", Role: record.Party},
			Kind: fault.KindConflict, Words: "RU has a seat already"},
		{Name: "a second chair", By: roomtest.Chair, Act: Admit{Seat: "C2", Name: "Another", Role: record.Chair},
			Kind: fault.KindConflict, Words: "has a chair already"},
		{Name: "in no role", By: roomtest.Chair, Act: Admit{Seat: "UA", Name: "Ukraine", Role: record.Keeper},
			Kind: fault.KindInvalid, Words: "not the role of a seat"},
		{Name: "without name", By: roomtest.Chair, Act: Admit{Seat: "UA", Role: record.Party},
			Kind: fault.KindInvalid, Words: "name of the seat is missing"},
		{Name: "a code that is a list", By: roomtest.Chair, Act: Admit{Seat: "UA, RU", Name: "Both", Role: record.Party},
			Kind: fault.KindInvalid, Words: "not a code for a seat"},
		{Name: "to one party", By: roomtest.Chair, Act: Admit{Seat: "UA", Name: "Ukraine", Role: record.Party, Audience: record.Offices("RU")},
			Kind: fault.KindInvalid, Words: "plenary or public"},
		{Name: "a keeper without source", By: roomtest.Keeper, Act: ukraine, Kind: fault.KindInvalid, Words: "needs its source"},
	} {
		r.Try(t, c)
	}
}

func TestAccredit(t *testing.T) {
	person := Accredit{ID: "x-1", Seat: "RU", Name: "B. Adviser", Office: "adviser", Capacity: record.Adviser}
	with := func(change func(*Accredit)) Act {
		a := person
		change(&a)
		return a
	}
	head := with(func(a *Accredit) { a.Capacity = record.Head })
	room().Try(t, roomtest.Case[Act]{Name: "before the process is open", By: roomtest.Chair, Act: person,
		Kind: fault.KindNotFound, Words: "open it first"})
	r := seated(t)
	for _, c := range []roomtest.Case[Act]{
		{Name: "a head, by the chair", By: roomtest.Chair, Act: head, Audience: []record.Audience{record.Plenary},
			Mentions: []record.Ref{"seat/RU"}},
		{Name: "a head, by the secretariat", By: roomtest.As(roomtest.Chair, record.Member), Act: head,
			Audience: []record.Audience{record.Plenary}},
		{Name: "an adviser of a party, by the chair", By: roomtest.Chair, Act: person,
			Kind: fault.KindForbidden, Words: "accredit a head of RU, who accredits the others"},
		{Name: "a second head, by the first", By: roomtest.RU, Act: head,
			Kind: fault.KindForbidden, Words: "accredited by the chair (ask the chair"},
		{Name: "anybody of its own, by the head of the chair", By: roomtest.Chair,
			Act:      with(func(a *Accredit) { a.Seat, a.Audience = "CH", record.Internal("CH") }),
			Audience: []record.Audience{record.Internal("CH")}},
		{Name: "anybody of its own, by the secretariat", By: roomtest.As(roomtest.Chair, record.Member),
			Act:  with(func(a *Accredit) { a.Seat = "CH" }),
			Kind: fault.KindForbidden, Words: "cannot bind CH"},
		{Name: "in confidence to the chair", By: roomtest.Chair,
			Act:      with(func(a *Accredit) { a.Capacity, a.Audience = record.Head, record.Offices("RU") }),
			Audience: []record.Audience{record.Offices("RU")}},
		{Name: "without the delegation knowing", By: roomtest.Chair,
			Act:  with(func(a *Accredit) { a.Capacity, a.Audience = record.Head, record.Internal("CH") }),
			Kind: fault.KindInvalid, Words: "RU does not read internal:CH"},
		{Name: "by the head of the delegation", By: roomtest.RU, Act: with(func(a *Accredit) { a.Audience = record.Internal("RU") }),
			Audience: []record.Audience{record.Internal("RU")}},
		{Name: "in public", By: roomtest.RU, Act: with(func(a *Accredit) { a.Audience = record.Public }),
			Audience: []record.Audience{record.Public}},
		{Name: "by a keeper", By: roomtest.Keeper, Act: with(func(a *Accredit) { a.Source = roomtest.Source }),
			Audience: []record.Audience{record.Public}},
		{Name: "by a member", By: roomtest.As(roomtest.RU, record.Member), Act: person,
			Kind: fault.KindForbidden, Words: "its head of delegation can"},
		{Name: "by another party", By: roomtest.UA, Act: person, Kind: fault.KindForbidden, Words: "UA cannot accredit people of RU"},
		{Name: "an interpreter who is not named", By: roomtest.RU,
			Act:      with(func(a *Accredit) { a.Name, a.Capacity = "", record.Interpreter }),
			Audience: []record.Audience{record.Plenary}},
		{Name: "an adviser who is not named", By: roomtest.RU, Act: with(func(a *Accredit) { a.Name = "" }),
			Kind: fault.KindInvalid, Words: "name of the person is missing"},
		{Name: "in no capacity", By: roomtest.RU, Act: with(func(a *Accredit) { a.Capacity = "friend" }),
			Kind: fault.KindInvalid, Words: "note-taker"},
		{Name: "to a seat that is not there", By: roomtest.Chair, Act: with(func(a *Accredit) { a.Seat = "XX" }),
			Kind: fault.KindNotFound, Words: `no seat "XX"`},
		{Name: "twice", By: roomtest.RU, Act: with(func(a *Accredit) { a.ID = "ru-1" }),
			Kind: fault.KindConflict, Words: "accredited already"},
		{Name: "an id in capitals", By: roomtest.RU, Act: with(func(a *Accredit) { a.ID = "RU" }),
			Kind: fault.KindInvalid, Words: "not an id"},
	} {
		r.Try(t, c)
	}
}

func TestSee(t *testing.T) {
	r := seated(t)
	r.Must(t, roomtest.Chair, Admit{Seat: "UA", Name: "Ukraine", Role: record.Party, Audience: record.Public})
	r.Must(t, roomtest.Chair, Admit{Seat: "EU", Name: "Europe", Role: record.Observer})
	r.Must(t, roomtest.RU, Accredit{ID: "ru-3", Seat: "RU", Capacity: record.Interpreter})
	r.Must(t, roomtest.RU, Accredit{ID: "ru-2", Seat: "RU", Name: "C. Quiet", Capacity: record.Adviser, Audience: record.Internal("RU")})

	own := SeeProcess(r.State(roomtest.RU.Lens()))
	if !own.Open || own.Title != "Talks" || own.Rules.Regime != WithoutPrejudice || own.Audience != record.Public {
		t.Errorf("the process is %+v", own)
	}
	var order []record.Seat
	for _, s := range own.Seats {
		order = append(order, s.Seat)
	}
	if got := len(order); got != 4 || order[0] != "CH" || order[1] != "RU" || order[2] != "UA" || order[3] != "EU" {
		t.Errorf("the seats are in the order %q", order)
	}
	if p := own.Seats[1].People; len(p) != 3 || p[0].ID != "ru-1" || p[1].ID != "ru-2" || p[2].ID != "ru-3" {
		t.Errorf("the delegation is %+v", p)
	}
	other := r.State(roomtest.UA.Lens())
	if p := SeeProcess(other).Seats[1].People; len(p) != 2 {
		t.Errorf("another party sees %+v", p)
	}
	if _, there := SeePerson(other, "ru-2"); there {
		t.Error("another party sees who is accredited for the own seat alone")
	}
	public := r.State(record.Lens{})
	if roster := SeeRoster(public); len(roster) != 3 || roster["UA"] != record.Party {
		t.Errorf("the public's roster is %v", roster)
	}
	if v := SeeProcess(new(State)); v.Open || len(v.Seats) != 0 {
		t.Errorf("nothing looks like %+v", v)
	}
}

func TestFoldUnknown(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an unknown kind is folded")
		}
	}()
	Fold(new(State), record.Entry{Content: record.Content{Kind: "process.process.closed", Body: []byte("{}")}})
}

// Whatever is asked, what is decided folds again from its bytes, and of two
// things with one id the first stands.
func TestDecideFolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := room()
		people := []record.Actor{roomtest.Chair, roomtest.RU, roomtest.UA, roomtest.Observer, roomtest.Keeper, roomtest.Outsider}
		seats := rapid.SampledFrom([]record.Seat{"CH", "RU", "UA", "EU", "X Y"})
		to := rapid.SampledFrom([]record.Audience{"", record.Plenary, record.Public, record.Internal("RU"), record.Offices("UA")})
		src := rapid.SampledFrom([]record.Source{{}, roomtest.Source})
		for range rapid.IntRange(1, 25).Draw(t, "acts") {
			var act Act
			switch rapid.IntRange(0, 6).Draw(t, "act") {
			case 0:
				act = Open{Title: "Talks", Rules: rules, Audience: to.Draw(t, "to"), Source: src.Draw(t, "source")}
			case 1:
				role := rapid.SampledFrom([]record.Role{record.Chair, record.Party, record.Observer, "king"}).Draw(t, "role")
				act = Admit{Seat: seats.Draw(t, "seat"), Name: rapid.String().Draw(t, "name"), Role: role,
					Audience: to.Draw(t, "to"), Source: src.Draw(t, "source")}
			case 2:
				act = Strike{Seat: seats.Draw(t, "seat"), Person: rapid.SampledFrom([]string{"a", "b", "c", "A"}).Draw(t, "id"),
					Reason: rapid.String().Draw(t, "reason"), Source: src.Draw(t, "source")}
			case 3:
				act = Suspend{Seat: seats.Draw(t, "seat"), Source: src.Draw(t, "source")}
			case 4:
				act = Restore{Seat: seats.Draw(t, "seat"), Source: src.Draw(t, "source")}
			default:
				act = Accredit{ID: rapid.SampledFrom([]string{"a", "b", "c", "A"}).Draw(t, "id"), Seat: seats.Draw(t, "seat"),
					Name: rapid.String().Draw(t, "name"), Capacity: rapid.SampledFrom(capacities).Draw(t, "capacity"),
					Audience: to.Draw(t, "to"), Source: src.Draw(t, "source")}
			}
			entries, err := r.Do(rapid.SampledFrom(people).Draw(t, "by"), act)
			if err != nil && fault.KindOf(err) == fault.KindInternal {
				t.Fatalf("%#v: %v", act, err)
			}
			roomtest.Again(t, entries, decoders)
		}
		everything := new(State)
		for _, e := range r.Entries {
			Fold(everything, e)
		}
		v := SeeProcess(everything)
		Fold(everything, record.Entry{Audience: record.Public, At: r.Now,
			Content: record.Content{Kind: kindOpened, Body: []byte(`{"title":"Another","rules":{"regime":"on the record"}}`)}})
		if again := SeeProcess(everything); v.Open && again.Title != v.Title {
			t.Fatalf("a second opening changes the title to %q", again.Title)
		}
		sit := 0
		for _, s := range v.Seats {
			if s.Suspended.IsZero() {
				sit++
			}
		}
		if len(SeeSeats(everything)) != len(v.Seats) || len(SeeRoster(everything)) != sit {
			t.Fatalf("%d on the roster, %d seats of which %d sit", len(SeeRoster(everything)), len(v.Seats), sit)
		}
	})
}
