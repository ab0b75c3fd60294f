package process

import (
	"testing"

	"paraph/fault"
	"paraph/record"
	"paraph/record/roomtest"
)

// delegated is a process with the chair and two parties, with a head each, and
// further people of RU: one whom the plenary knows, one known to RU alone.
func delegated(t *testing.T) *roomtest.Room[State, Act] {
	r := room()
	r.Must(t, roomtest.Chair, Open{Title: "Talks", Rules: rules})
	for _, a := range []record.Actor{roomtest.Chair, roomtest.RU, roomtest.UA} {
		r.Must(t, roomtest.Chair, Admit{Seat: a.Seat, Name: "The seat " + string(a.Seat), Role: a.Role})
		r.Must(t, roomtest.Chair, Accredit{ID: a.Person, Seat: a.Seat, Name: "A. Head", Capacity: record.Head})
	}
	r.Must(t, roomtest.RU, Accredit{ID: "ru-2", Seat: "RU", Capacity: record.Interpreter})
	r.Must(t, roomtest.RU, Accredit{ID: "ru-3", Seat: "RU", Name: "C. Quiet", Capacity: record.Adviser, Audience: record.Internal("RU")})
	return r
}

// of gives a person in a capacity for the seat of another.
func of(a record.Actor, id string, c record.Capacity) record.Actor {
	a.Person, a.Capacity = id, c
	return a
}

func TestStrike(t *testing.T) {
	r := delegated(t)
	interpreter := Strike{Seat: "RU", Person: "ru-2", Reason: "recalled"}
	plenary := []record.Audience{record.Plenary}
	for _, c := range []roomtest.Case[Act]{
		{Name: "by the chair", By: roomtest.Chair, Act: interpreter, Audience: plenary, Mentions: []record.Ref{"seat/RU", "person/ru-2"}},
		{Name: "by the head of the delegation", By: roomtest.RU, Act: interpreter, Audience: plenary},
		{Name: "by the person, whatever the capacity", By: of(roomtest.RU, "ru-2", record.Interpreter), Act: interpreter, Audience: plenary},
		{Name: "a head leaves", By: roomtest.RU, Act: Strike{Seat: "RU", Person: "p-ru"}, Audience: plenary},
		{Name: "a head, by the chair", By: roomtest.Chair, Act: Strike{Seat: "RU", Person: "p-ru"}, Audience: plenary},
		{Name: "where the accreditation is known", By: roomtest.RU, Act: Strike{Seat: "RU", Person: "ru-3"},
			Audience: []record.Audience{record.Internal("RU")}},
		{Name: "by another of the delegation", By: of(roomtest.RU, "ru-4", record.Member), Act: interpreter,
			Kind: fault.KindForbidden, Words: "its head of delegation can"},
		{Name: "by a member of the secretariat", By: roomtest.As(roomtest.Chair, record.Member), Act: interpreter,
			Kind: fault.KindForbidden, Words: "cannot bind CH"},
		{Name: "by another party", By: roomtest.UA, Act: interpreter, Kind: fault.KindForbidden, Words: "UA cannot strike people of RU"},
		{Name: "by one of the same id elsewhere", By: of(roomtest.UA, "ru-2", record.Member), Act: interpreter,
			Kind: fault.KindForbidden, Words: "UA cannot strike people of RU"},
		{Name: "whom one does not see", By: roomtest.Chair, Act: Strike{Seat: "RU", Person: "ru-3"},
			Kind: fault.KindNotFound, Words: `nobody with the id "ru-3" is accredited for RU`},
		{Name: "who is not there", By: roomtest.Chair, Act: Strike{Seat: "RU", Person: "ru-9"},
			Kind: fault.KindNotFound, Words: `nobody with the id "ru-9" is accredited for RU`},
		{Name: "of another seat", By: roomtest.Chair, Act: Strike{Seat: "UA", Person: "ru-2"},
			Kind: fault.KindNotFound, Words: "is accredited for UA"},
		{Name: "the last head of the chair's seat", By: roomtest.Chair, Act: Strike{Seat: "CH", Person: "p-ch"},
			Kind: fault.KindConflict, Words: "last head of the chair's seat (accredit another head first)"},
		{Name: "a reason of control characters", By: roomtest.Chair, Act: Strike{Seat: "RU", Person: "ru-2", Reason: "\x00"},
			Kind: fault.KindInvalid, Words: "the reason holds control characters"},
		{Name: "by the public", By: roomtest.Outsider, Act: interpreter, Kind: fault.KindNotFound, Words: "nobody with the id"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.Chair, interpreter)
	r.Try(t, roomtest.Case[Act]{Name: "twice", By: roomtest.RU, Act: interpreter, Kind: fault.KindConflict, Words: "has ended already"})
	r.Try(t, roomtest.Case[Act]{Name: "under the old id again", By: roomtest.RU,
		Act:  Accredit{ID: "ru-2", Seat: "RU", Capacity: record.Interpreter},
		Kind: fault.KindConflict, Words: "is accredited already, or was (choose another id)"})
	r.Must(t, roomtest.RU, Accredit{ID: "ru-2-again", Seat: "RU", Capacity: record.Interpreter})
	r.Must(t, roomtest.Chair, Accredit{ID: "ch-2", Seat: "CH", Name: "B. Head", Capacity: record.Head})
	r.Must(t, roomtest.Chair, Strike{Seat: "CH", Person: "p-ch"})
}

func TestStruckAreSeenApart(t *testing.T) {
	r := delegated(t)
	ru2 := of(roomtest.RU, "ru-2", record.Interpreter)
	r.Must(t, roomtest.RU, Strike{Seat: "RU", Person: "ru-3", Reason: "no longer needed"})
	left := r.Must(t, ru2, Strike{Seat: "RU", Person: "ru-2"})[0]

	own := SeeProcess(r.State(roomtest.RU.Lens())).Seats[1]
	if len(own.People) != 1 || own.People[0].ID != "p-ru" || len(own.Former) != 2 {
		t.Fatalf("the delegation is %+v, and was %+v", own.People, own.Former)
	}
	if p := own.Former[0]; p.ID != "ru-3" || p.Why != "no longer needed" || p.Left || p.Struck.IsZero() {
		t.Errorf("who was struck is %+v", p)
	}
	if p := own.Former[1]; p.ID != "ru-2" || !p.Left || !p.Struck.Equal(left.At) {
		t.Errorf("who left is %+v", p)
	}
	if other := SeeProcess(r.State(roomtest.UA.Lens())).Seats[1]; len(other.Former) != 1 || other.Former[0].ID != "ru-2" {
		t.Errorf("another party sees %+v go", other.Former)
	}
	if p, there := SeePerson(r.State(roomtest.UA.Lens()), "ru-2"); !there || p.Struck.IsZero() {
		t.Errorf("who left is gone from the record: %+v, %v", p, there)
	}
}

func TestSuspend(t *testing.T) {
	r := delegated(t)
	suspend, restore := Suspend{Seat: "RU", Reason: "credentials"}, Restore{Seat: "RU", Reason: "settled"}
	plenary := []record.Audience{record.Plenary}
	for _, c := range []roomtest.Case[Act]{
		{Name: "by the chair", By: roomtest.Chair, Act: suspend, Audience: plenary, Mentions: []record.Ref{"seat/RU"}},
		{Name: "by a member of the secretariat", By: roomtest.As(roomtest.Chair, record.Member), Act: suspend,
			Kind: fault.KindForbidden, Words: "cannot bind CH"},
		{Name: "by a party", By: roomtest.UA, Act: suspend, Kind: fault.KindForbidden, Words: "only the chair suspends a seat"},
		{Name: "by itself", By: roomtest.RU, Act: suspend, Kind: fault.KindForbidden, Words: "only the chair suspends a seat"},
		{Name: "the chair's own", By: roomtest.Chair, Act: Suspend{Seat: "CH"}, Kind: fault.KindForbidden, Words: "own seat cannot be suspended"},
		{Name: "one that is not there", By: roomtest.Chair, Act: Suspend{Seat: "XX"}, Kind: fault.KindNotFound, Words: `no seat "XX"`},
		{Name: "by a keeper", By: roomtest.Keeper, Act: suspend, Kind: fault.KindNotFound, Words: "no process is open here"},
		{Name: "what is not suspended is not restored", By: roomtest.Chair, Act: restore, Kind: fault.KindConflict, Words: "RU is not suspended"},
	} {
		r.Try(t, c)
	}
	e := r.Must(t, roomtest.Chair, suspend)[0]
	r.Try(t, roomtest.Case[Act]{Name: "twice", By: roomtest.Chair, Act: suspend, Kind: fault.KindConflict, Words: "suspended already"})
	r.Try(t, roomtest.Case[Act]{Name: "restored by a party", By: roomtest.UA, Act: restore, Kind: fault.KindForbidden, Words: "only the chair restores a seat"})

	state := r.State(roomtest.UA.Lens())
	if s := SeeProcess(state).Seats[1]; !s.Suspended.Equal(e.At) || s.Why != "credentials" {
		t.Errorf("the suspended seat is %+v", s)
	}
	if roster := SeeRoster(state); roster["RU"] != record.Outsider || roster.Lens("RU") != (record.Lens{}) || len(roster) != 2 {
		t.Errorf("the roster of a suspension is %v", roster)
	}
	if all := SeeSeats(state); all["RU"] != record.Party || len(all) != 3 {
		t.Errorf("all seats are %v", all)
	}
	r.Must(t, roomtest.Chair, restore)
	state = r.State(roomtest.UA.Lens())
	if s := SeeProcess(state).Seats[1]; !s.Suspended.IsZero() || s.Why != "settled" || SeeRoster(state)["RU"] != record.Party {
		t.Errorf("the restored seat is %+v", s)
	}
}

// A keeper reports who left where the record is kept from outside, and nowhere
// else: there its word would shut people out.
func TestKeeperReportsWhoLeft(t *testing.T) {
	for _, kept := range []bool{true, false} {
		r := room()
		keeper := roomtest.Keeper
		r.Must(t, keeper, Open{Title: "Talks", Rules: GroundRules{Regime: OnTheRecord, Kept: kept}, Source: roomtest.Source})
		r.Must(t, keeper, Admit{Seat: "RU", Name: "Russia", Role: record.Party, Source: roomtest.Source})
		r.Must(t, keeper, Accredit{ID: "p-ru", Seat: "RU", Name: "A. Head", Capacity: record.Head, Source: roomtest.Source})
		for _, act := range []Act{Strike{Seat: "RU", Person: "p-ru", Source: roomtest.Source}, Suspend{Seat: "RU", Source: roomtest.Source}} {
			c := roomtest.Case[Act]{Name: "kept", By: keeper, Act: act, Audience: []record.Audience{record.Public}}
			if !kept {
				c = roomtest.Case[Act]{Name: "at a table", By: keeper, Act: act, Kind: fault.KindForbidden, Words: "ends nobody's place"}
			}
			r.Try(t, c)
		}
		if kept {
			r.Try(t, roomtest.Case[Act]{Name: "without source", By: keeper, Act: Suspend{Seat: "RU"}, Kind: fault.KindInvalid, Words: "needs its source"})
			r.Must(t, keeper, Strike{Seat: "RU", Person: "p-ru", Source: roomtest.Source})
			r.Must(t, keeper, Suspend{Seat: "RU", Source: roomtest.Source})
			if s := SeeProcess(r.State(record.Lens{})).Seats[0]; s.WhySource != roomtest.Source || s.Former[0].WhySource != roomtest.Source {
				t.Errorf("the sources are lost: %+v", s)
			}
		}
	}
}

func TestSits(t *testing.T) {
	r := delegated(t)
	sits := func(by record.Actor) bool { return SeeSits(r.State(by.Lens()), by) }
	sitter := func(id string) record.Actor {
		by, there := SeeSitter(r.State(roomtest.RU.Lens()), id)
		if there != (by != record.Actor{}) {
			t.Errorf("%s sits: %v, as %+v", id, there, by)
		}
		return by
	}
	adviser := of(roomtest.RU, "ru-3", record.Adviser)
	if sitter("ru-3") != adviser || !sits(adviser) || !sits(roomtest.RU) {
		t.Errorf("the adviser sits as %+v", sitter("ru-3"))
	}
	for name, by := range map[string]record.Actor{
		"in another capacity": of(roomtest.RU, "ru-3", record.Head),
		"for another seat":    of(roomtest.UA, "ru-3", record.Adviser),
		"in another role":     {By: adviser.By, Role: record.Chair},
		"nobody":              of(roomtest.RU, "", record.Head),
		"unknown":             of(roomtest.RU, "ru-9", record.Adviser),
	} {
		if sits(by) {
			t.Errorf("%s: %+v sits", name, by)
		}
	}
	r.Must(t, roomtest.Chair, Suspend{Seat: "RU"})
	if sits(adviser) || sitter("ru-3") != (record.Actor{}) {
		t.Error("the adviser of a suspended seat sits")
	}
	r.Must(t, roomtest.Chair, Restore{Seat: "RU"})
	if !sits(adviser) {
		t.Error("the adviser does not sit when the seat is restored")
	}
	r.Must(t, adviser, Strike{Seat: "RU", Person: "ru-3"})
	if sits(adviser) || sitter("ru-3") != (record.Actor{}) || !sits(roomtest.RU) {
		t.Error("who left sits, or who stayed does not")
	}
	if !SeeManned(r.State(roomtest.RU.Lens()), "RU") || SeeManned(r.State(roomtest.RU.Lens()), "EU") {
		t.Error("RU was never manned, or EU was")
	}
}

// Two seats may take one id where neither sees the other do it. Each then has its
// own person, and a third who reads of both is given neither.
func TestOneIDAtTwoSeats(t *testing.T) {
	r := delegated(t)
	r.Must(t, roomtest.UA, Accredit{ID: "same", Seat: "UA", Name: "U. Same", Capacity: record.Member, Audience: record.Offices("UA")})
	r.Must(t, roomtest.RU, Accredit{ID: "same", Seat: "RU", Name: "R. Same", Capacity: record.Adviser, Audience: record.Plenary})
	ru, ua := of(roomtest.RU, "same", record.Adviser), of(roomtest.UA, "same", record.Member)
	everything := r.State(roomtest.Chair.Lens())
	if !SeeSits(everything, ru) || !SeeSits(everything, ua) {
		t.Error("one of two people with one id does not sit for the own seat")
	}
	if by, sits := SeeSitter(everything, "same"); sits {
		t.Errorf("one id at two seats is taken for %+v", by)
	}
	r.Must(t, roomtest.UA, Strike{Seat: "UA", Person: "same"})
	everything = r.State(roomtest.Chair.Lens())
	if SeeSits(everything, ua) || !SeeSits(everything, ru) {
		t.Error("the strike of one ended the other")
	}
	if by, _ := SeeSitter(everything, "same"); by != ru {
		t.Errorf("the one who is left sits as %+v", by)
	}
}

func TestTurns(t *testing.T) {
	r := delegated(t)
	r.Must(t, roomtest.Chair, Suspend{Seat: "RU"})
	r.Must(t, roomtest.Chair, Restore{Seat: "RU"})
	r.Must(t, roomtest.RU, Strike{Seat: "RU", Person: "ru-2"})
	want := map[record.Kind][2]string{
		kindOpened: {"", ""}, kindAdmitted: {"UA", ""}, kindAccredited: {"RU", "ru-3"},
		kindSuspended: {"RU", ""}, kindRestored: {"RU", ""}, kindStruck: {"RU", "ru-2"},
	}
	got := map[record.Kind][2]string{}
	for _, e := range r.Entries {
		seat, person := Turns(e)
		got[e.Content.Kind] = [2]string{string(seat), person}
	}
	for _, k := range Kinds() {
		if got[k] != want[k] {
			t.Errorf("%s turns %q, want %q", k, got[k], want[k])
		}
	}
}
