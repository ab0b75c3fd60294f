package sitting

import (
	"slices"
	"testing"
	"time"

	"paraph/fault"
	"paraph/record"
	"paraph/record/roomtest"
)

var decoders = map[record.Kind]roomtest.Decoder{
	kindHeld:         roomtest.Body[held],
	kindConcluded:    roomtest.Body[concluded],
	kindSent:         roomtest.Body[sent],
	kindCarried:      roomtest.Body[carried],
	kindAcknowledged: roomtest.Body[acknowledged],
	kindSet:          roomtest.Body[conditionSet],
	kindJudged:       roomtest.Body[conditionJudged],
	kindSignalled:    roomtest.Body[signalled],
}

func TestGolden(t *testing.T) { roomtest.Golden(t, Kinds(), decoders) }

func room() *roomtest.Room[State, Act] {
	return &roomtest.Room[State, Act]{Decide: Decide, Fold: Fold, Touches: Touches, Roster: roomtest.Table()}
}

var (
	evening = time.Date(2025, 12, 2, 16, 40, 0, 0, time.UTC)
	hold    = Hold{
		ID: "s-1", Title: "Second sitting", Kind: Plenary, Round: 2, Place: "The customs house", Zone: "Europe/Zurich",
		Start: record.Exactly(evening), End: record.Between(evening.Add(4*time.Hour), evening.Add(5*time.Hour)),
		Attendance: []Attender{
			{Seat: "RU", Person: "p-1", Name: "A. Head", Capacity: record.Head}, {Seat: "RU", Capacity: record.Interpreter},
			{Seat: "UA", Name: "B. Head", Capacity: record.Head, Remote: true},
		},
		Languages: []string{"en"}, Agenda: []string{"Article 5"},
	}
)

func TestHold(t *testing.T) {
	with := func(change func(*Hold)) Act {
		a := hold
		change(&a)
		return a
	}
	kind := func(k Kind, attendance ...Attender) Act {
		return with(func(a *Hold) { a.Kind, a.Attendance = k, attendance })
	}
	invalid := func(name, words string, change func(*Hold)) roomtest.Case[Act] {
		return roomtest.Case[Act]{Name: name, By: roomtest.Chair, Act: with(change), Kind: fault.KindInvalid, Words: words}
	}
	r := room()
	for _, c := range []roomtest.Case[Act]{
		{Name: "a plenary", By: roomtest.Chair, Act: hold, Audience: []record.Audience{record.Plenary},
			Mentions: []record.Ref{"seat/RU", "seat/UA", "person/p-1"}},
		{Name: "informals", By: roomtest.Chair, Act: kind(Informals), Audience: []record.Audience{record.Parties}},
		{Name: "a consultation with one seat", By: roomtest.Chair, Act: kind(Consultation, Attender{Seat: "CH", Name: "C."}, Attender{Seat: "UA", Name: "B."}),
			Audience: []record.Audience{record.Offices("UA")}},
		{Name: "a consultation with two", By: roomtest.Chair, Act: kind(Consultation, Attender{Seat: "RU", Name: "A."}, Attender{Seat: "UA", Name: "B."}),
			Audience: []record.Audience{record.Internal("CH")}},
		{Name: "proximity talks", By: roomtest.Chair, Act: kind(Proximity), Audience: []record.Audience{record.Internal("CH")}},
		{Name: "a party's own note of the plenary", By: roomtest.RU, Act: hold, Audience: []record.Audience{record.Internal("RU")}},
		{Name: "an interpreter's note", By: roomtest.As(roomtest.RU, record.Interpreter), Act: hold,
			Audience: []record.Audience{record.Internal("RU")}},
		{Name: "an interpreter's note for all", By: roomtest.As(roomtest.RU, record.Interpreter),
			Act: with(func(a *Hold) { a.Audience = record.Plenary }), Kind: fault.KindForbidden, Words: "only note"},
		{Name: "a bilateral, told to both", By: roomtest.RU,
			Act:      with(func(a *Hold) { a.Kind, a.Audience = Bilateral, record.Bilateral("RU", "UA") }),
			Audience: []record.Audience{record.Bilateral("RU", "UA")}},
		{Name: "as reported", By: roomtest.Keeper, Act: with(func(a *Hold) { a.Source = roomtest.Source }),
			Audience: []record.Audience{record.Public}},
		{Name: "as reported without source", By: roomtest.Keeper, Act: hold, Kind: fault.KindInvalid, Words: "needs its source"},
		{Name: "not yet set", By: roomtest.Chair,
			Act: with(func(a *Hold) {
				a.Start, a.End = record.When{Words: "not set", Doubt: "depends on a condition"}, record.When{}
			}),
			Audience: []record.Audience{record.Plenary}},
		invalid("no kind", "one of plenary, informals", func(a *Hold) { a.Kind = "summit" }),
		invalid("no title", "title of the sitting is missing", func(a *Hold) { a.Title = "" }),
		invalid("a round before the first", "number of a round", func(a *Hold) { a.Round = -1 }),
		invalid("an end before the start", "ends before it starts", func(a *Hold) { a.End = record.Exactly(evening.Add(-time.Hour)) }),
		invalid("a start that turns back", "the start ends before it begins", func(a *Hold) { a.Start = record.Between(evening, evening.Add(-1)) }),
		invalid("an unnamed language of an interpreter", "a language is missing", func(a *Hold) {
			a.Interpretation = []Interpreting{{Person: "p-1", Between: []string{"en", ""}}}
		}),
		invalid("a zone that climbs", "not the name of a time zone", func(a *Hold) { a.Zone = "../etc/passwd" }),
		invalid("a zone from the root", "not the name of a time zone", func(a *Hold) { a.Zone = "/etc/localtime" }),
		invalid("nobody attends", "of whom nothing is said", func(a *Hold) { a.Attendance = []Attender{{Seat: "RU"}} }),
		invalid("in no capacity", "is not a capacity", func(a *Hold) { a.Attendance = []Attender{{Seat: "RU", Capacity: "spy"}} }),
		invalid("for no seat", "not a code for a seat", func(a *Hold) { a.Attendance = []Attender{{Seat: "R U", Name: "A."}} }),
		invalid("an empty item", "an item of the agenda is missing", func(a *Hold) { a.Agenda = []string{""} }),
		invalid("an empty language", "a language is missing", func(a *Hold) { a.Languages = []string{" "} }),
		invalid("an id in capitals", "not an id", func(a *Hold) { a.ID = "S" }),
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.Chair, hold)
	r.Try(t, roomtest.Case[Act]{Name: "twice", By: roomtest.Chair, Act: hold, Kind: fault.KindConflict, Words: "stands already"})
}

func TestConclude(t *testing.T) {
	r := room()
	r.Must(t, roomtest.Chair, hold)
	own := hold
	own.ID = "s-2"
	r.Must(t, roomtest.RU, own)
	conclude := Conclude{Sitting: "s-1", Outcome: "No agreement; work goes on.", End: record.Exactly(evening.Add(5 * time.Hour))}
	for _, c := range []roomtest.Case[Act]{
		{Name: "by the chair", By: roomtest.Chair, Act: conclude, Audience: []record.Audience{record.Plenary},
			Mentions: []record.Ref{"sitting/s-1"}},
		{Name: "by another", By: roomtest.RU, Act: conclude, Kind: fault.KindForbidden, Words: "entered by another seat"},
		{Name: "one's own", By: roomtest.RU, Act: Conclude{Sitting: "s-2", Outcome: "Nothing."},
			Audience: []record.Audience{record.Internal("RU")}},
		{Name: "one out of sight", By: roomtest.Chair, Act: Conclude{Sitting: "s-2", Outcome: "Nothing."},
			Kind: fault.KindNotFound, Words: `no sitting "s-2"`},
		{Name: "without outcome", By: roomtest.Chair, Act: Conclude{Sitting: "s-1"}, Kind: fault.KindInvalid, Words: "the outcome is missing"},
		{Name: "before it starts", By: roomtest.Chair,
			Act:  Conclude{Sitting: "s-1", Outcome: "None.", End: record.Exactly(evening.Add(-time.Hour))},
			Kind: fault.KindInvalid, Words: "ends before it starts"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.Chair, conclude)
	v, _ := SeeSitting(r.State(roomtest.Observer.Lens()), "s-1")
	if v.Outcome != conclude.Outcome || v.End != conclude.End || v.Concluded.IsZero() || v.Title != hold.Title {
		t.Errorf("the sitting is %+v", v)
	}
	if _, there := SeeSitting(r.State(roomtest.Observer.Lens()), "s-2"); there {
		t.Error("an observer sees a party's own note")
	}
}

func TestSeeSittings(t *testing.T) {
	r := room()
	for i, start := range []record.When{
		{Words: "not set"}, record.Exactly(evening.Add(time.Hour)), record.Between(evening, evening.Add(48*time.Hour)),
		{Earliest: evening.Add(-time.Hour), Latest: evening.Add(-time.Hour), Doubt: "two dates are possible"},
	} {
		a := hold
		a.ID, a.Start, a.End = string(rune('a'+i)), start, record.When{}
		r.Must(t, roomtest.Chair, a)
	}
	var order, unresolved string
	for _, v := range SeeSittings(r.State(roomtest.UA.Lens())) {
		order += v.ID
		if v.Unresolved {
			unresolved += v.ID
		}
	}
	if order != "dcba" || unresolved != "da" {
		t.Errorf("in the order %q, unresolved %q", order, unresolved)
	}
}

func TestSend(t *testing.T) {
	r := room()
	send := Send{ID: "m-1", To: "UA", Words: "We could live with two stations.", MayPass: []record.Seat{"EU"}}
	for _, c := range []roomtest.Case[Act]{
		{Name: "a party's, in confidence to the chair", By: roomtest.RU, Act: send, Audience: []record.Audience{record.Offices("RU")},
			Mentions: []record.Ref{"seat/UA", "seat/EU"}},
		{Name: "a party's, to the chair alone", By: roomtest.RU, Act: Send{ID: "m-1", Words: "No."},
			Audience: []record.Audience{record.Offices("RU")}},
		{Name: "a party's, straight to another", By: roomtest.RU,
			Act:      Send{ID: "m-1", To: "UA", Words: "No.", Audience: record.Bilateral("RU", "UA")},
			Audience: []record.Audience{record.Bilateral("RU", "UA")}},
		{Name: "the chair's", By: roomtest.Chair, Act: Send{ID: "m-1", To: "UA", Words: "Well?"},
			Audience: []record.Audience{record.Offices("UA")}},
		{Name: "the chair's to nobody", By: roomtest.Chair, Act: Send{ID: "m-1", Words: "Well?"},
			Kind: fault.KindInvalid, Words: "goes to nobody"},
		{Name: "to oneself", By: roomtest.RU, Act: Send{ID: "m-1", To: "RU", Words: "No."}, Kind: fault.KindInvalid, Words: "goes nowhere"},
		{Name: "to the public", By: roomtest.RU, Act: Send{ID: "m-1", Words: "No.", Audience: record.Public},
			Kind: fault.KindInvalid, Words: "said in public is a statement"},
		{Name: "without words", By: roomtest.RU, Act: Send{ID: "m-1"}, Kind: fault.KindInvalid, Words: "the message is missing"},
		{Name: "by a keeper", By: roomtest.Keeper, Act: send, Kind: fault.KindForbidden, Words: "sends no messages"},
		{Name: "by an adviser", By: roomtest.As(roomtest.RU, record.Adviser), Act: send, Kind: fault.KindForbidden, Words: "own seat alone"},
		{Name: "to no seat", By: roomtest.RU, Act: Send{ID: "m-1", Words: "No.", MayPass: []record.Seat{""}},
			Kind: fault.KindInvalid, Words: "not a code for a seat"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.RU, send)
	r.Try(t, roomtest.Case[Act]{Name: "twice", By: roomtest.RU, Act: send, Kind: fault.KindConflict, Words: "stands already"})
}

func TestCarry(t *testing.T) {
	r := room()
	r.Must(t, roomtest.RU, Send{ID: "m-1", To: "UA", Words: "We could live with two stations."})
	r.Must(t, roomtest.RU, Send{ID: "m-2", Words: "For the chair alone."})
	r.Must(t, roomtest.RU, Send{ID: "m-3", Words: "Tell whom it helps.", MayPass: []record.Seat{"UA", "EU"}})
	r.Must(t, roomtest.Chair, Send{ID: "m-4", To: "UA", Words: "Well?"})
	r.Must(t, roomtest.UA, Send{ID: "m-5", To: "RU", Words: "No.", Audience: record.Bilateral("RU", "UA")})
	both := []record.Audience{record.Offices("UA"), record.Internal("CH")}
	for _, c := range []roomtest.Case[Act]{
		{Name: "to whom it is meant for", By: roomtest.Chair, Act: Carry{ID: "n-1", Message: "m-1", To: "UA"}, Audience: both,
			Mentions: []record.Ref{"seat/UA"}},
		{Name: "to whom it may be passed", By: roomtest.Chair, Act: Carry{ID: "n-1", Message: "m-3", To: "UA", Words: "In my words."}, Audience: both},
		{Name: "to whom it may not be passed", By: roomtest.Chair, Act: Carry{ID: "n-1", Message: "m-2", To: "UA"},
			Kind: fault.KindForbidden, Words: "RU did not say that this message may be passed on to UA"},
		{Name: "back", By: roomtest.Chair, Act: Carry{ID: "n-1", Message: "m-1", To: "RU"}, Kind: fault.KindInvalid, Words: "RU sent this message itself"},
		{Name: "to the chair", By: roomtest.Chair, Act: Carry{ID: "n-1", Message: "m-1", To: "CH"}, Kind: fault.KindInvalid, Words: "reached the chair already"},
		{Name: "the chair's own", By: roomtest.Chair, Act: Carry{ID: "n-1", Message: "m-4", To: "RU"}, Kind: fault.KindInvalid, Words: "the chair's own"},
		{Name: "one out of sight", By: roomtest.Chair, Act: Carry{ID: "n-1", Message: "m-5", To: "RU"}, Kind: fault.KindNotFound, Words: `no message "m-5"`},
		{Name: "by a party", By: roomtest.UA, Act: Carry{ID: "n-1", Message: "m-1", To: "UA"}, Kind: fault.KindForbidden, Words: "only the chair carries"},
		{Name: "under an id that stands", By: roomtest.Chair, Act: Carry{ID: "m-2", Message: "m-1", To: "UA"}, Kind: fault.KindConflict, Words: "stands already"},
	} {
		r.Try(t, c)
	}
}

// What is carried in the sender's words is what the sender gave to be passed on.
func TestCarryInTheWordsToBePassedOn(t *testing.T) {
	r := room()
	r.Must(t, roomtest.RU, Send{ID: "m-1", Words: "Two stations; three if need be.", MayPass: []record.Seat{"UA"},
		PassOn: "Two stations.", Withhold: "The third."})
	r.Must(t, roomtest.Chair, Carry{ID: "n-1", Message: "m-1", To: "UA"})
	r.Must(t, roomtest.Chair, Carry{ID: "n-2", Message: "m-1", To: "UA", Words: "They move."})
	got := SeeMessages(r.State(roomtest.UA.Lens()))
	if len(got) != 2 || got[0].Words != "Two stations." || got[1].Words != "They move." || got[0].PassOn+got[0].Withhold != "" {
		t.Errorf("the receiver reads %+v", got)
	}
	if m := SeeMessages(r.State(roomtest.Chair.Lens()))[0]; m.Withhold != "The third." || len(m.Carried) != 2 {
		t.Errorf("the chair reads %+v", m)
	}
}

// The seat that receives a message reads nothing of where it came from, nor the
// one that sent it that it was carried.
func TestOnlyTheChairsLedgerTiesMessages(t *testing.T) {
	r := room()
	r.Must(t, roomtest.RU, Send{ID: "m-1", To: "UA", Words: "Two stations."})
	plain := r.Must(t, roomtest.Chair, Send{ID: "x-1", To: "UA", Words: "Two stations."})[0]
	carried := r.Must(t, roomtest.Chair, Carry{ID: "n-1", Message: "m-1", To: "UA"})[0]
	if plain.Content.Kind != carried.Content.Kind || len(plain.Content.Mentions) != len(carried.Content.Mentions) || plain.Audience != carried.Audience {
		t.Errorf("a message that was carried can be told by its entry: %+v", carried.Content)
	}
	r.Must(t, roomtest.UA, Acknowledge{Message: "n-1"})
	see := func(by record.Actor) map[string]MessageView {
		found := map[string]MessageView{}
		for _, m := range SeeMessages(r.State(by.Lens())) {
			found[m.ID] = m
		}
		return found
	}
	chair, ru, ua := see(roomtest.Chair), see(roomtest.RU), see(roomtest.UA)
	if chair["n-1"].Origin != "m-1" || !slices.Equal(chair["m-1"].Carried, []string{"n-1"}) || len(chair["n-1"].Acknowledged) != 1 {
		t.Errorf("the ledger is %+v", chair)
	}
	if len(ru) != 1 || len(ru["m-1"].Carried) != 0 {
		t.Errorf("the sender sees %+v", ru)
	}
	if m := ua["n-1"]; len(ua) != 2 || m.Origin != "" || m.From != "CH" || m.Words != "Two stations." || m.To != "UA" {
		t.Errorf("the receiver sees %+v", ua)
	}
}

func TestAcknowledge(t *testing.T) {
	r := room()
	r.Must(t, roomtest.RU, Send{ID: "m-1", Words: "No."})
	for _, c := range []roomtest.Case[Act]{
		{Name: "by the chair", By: roomtest.Chair, Act: Acknowledge{Message: "m-1"}, Audience: []record.Audience{record.Offices("RU")},
			Mentions: []record.Ref{"message/m-1"}},
		{Name: "by the sender", By: roomtest.RU, Act: Acknowledge{Message: "m-1"}, Kind: fault.KindForbidden, Words: "sent this message itself"},
		{Name: "out of sight", By: roomtest.UA, Act: Acknowledge{Message: "m-1"}, Kind: fault.KindNotFound, Words: `no message "m-1"`},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.Chair, Acknowledge{Message: "m-1"})
	r.Try(t, roomtest.Case[Act]{Name: "twice", By: roomtest.Chair, Act: Acknowledge{Message: "m-1"},
		Kind: fault.KindConflict, Words: "acknowledged this message already"})
}
