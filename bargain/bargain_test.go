package bargain

import (
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"paraph/fault"
	"paraph/record"
	"paraph/record/roomtest"
	"paraph/settle"
	"paraph/veto"
)

var decoders = map[record.Kind]roomtest.Decoder{
	kindMade: roomtest.Body[made], kindDropped: roomtest.Body[dropped], kindRuled: roomtest.Body[ruled], kindUnruled: roomtest.Body[unruled],
	kindPreferred: roomtest.Body[preferred], kindLent: roomtest.Body[lent], kindRevoked: roomtest.Body[revoked],
	kindNoted: roomtest.Body[noted], kindPlaced: roomtest.Body[placed],
	kindTabled: roomtest.Body[tabled], kindAmended: roomtest.Body[amended], kindWithdrawn: roomtest.Body[withdrawn],
	kindResponded: roomtest.Body[responded], kindOpened: roomtest.Body[opened], kindJoined: roomtest.Body[joined],
	kindHeld: roomtest.Body[held], kindAnswered: roomtest.Body[answered], kindDisclosed: roomtest.Body[disclosed],
}

func TestGolden(t *testing.T) { roomtest.Golden(t, Kinds(), decoders) }

func room() *roomtest.Room[State, Act] {
	return &roomtest.Room[State, Act]{Decide: Decide, Fold: Fold, Touches: Touches, Roster: roomtest.Table()}
}

var seats = []record.Seat{"RU", "UA"}

const words = "2. The parties [RU: may][UA: shall] measure the flow [every day]."

// bracket is one of the clause of the tests.
func bracket(t roomtest.T, place int) Bracket {
	all, err := Brackets("c2", "v1", words, seats)
	if err != nil || len(all) != 2 {
		t.Fatalf("%d brackets: %v", len(all), err)
	}
	return all[place].Bracket
}

// now is a text that stands as it was when the issues were made.
func now(t roomtest.T) Current {
	print := bracket(t, 0).Fingerprint
	return func(clause string) string { return map[string]string{"c2": print, "c9": "f9"}[clause] }
}

// rat makes rationals of whole numbers.
func row(n ...int64) (out []*big.Rat) {
	for _, v := range n {
		out = append(out, big.NewRat(v, 1))
	}
	return out
}

// set makes three issues: two out of brackets and one without text.
func set(t roomtest.T, r *roomtest.Room[State, Act]) {
	r.Must(t, roomtest.Chair, MakeIssue{ID: "i1", Name: "Measuring", Brackets: []Bracket{bracket(t, 0)}})
	r.Must(t, roomtest.Chair, MakeIssue{ID: "i2", Name: "How often", Brackets: []Bracket{bracket(t, 1)}})
	r.Must(t, roomtest.Chair, MakeIssue{ID: "i3", Name: "Who pays", Options: []Option{{Name: "both"}, {Name: "a fund"}, {Name: "the user"}}})
}

func preferring(a, b, c []*big.Rat) Prefer {
	return Prefer{Issues: []string{"i1", "i2", "i3"}, Method: "weights", Answers: "40, 30, 30",
		Party: settle.Party{Worth: [][]*big.Rat{a, b, c}, Reservation: big.NewRat(20, 1)}}
}

func TestMakeIssue(t *testing.T) {
	r := room()
	parties := []record.Audience{record.Parties}
	issue := MakeIssue{ID: "i1", Name: "Measuring", Brackets: []Bracket{bracket(t, 0)}}
	with := func(change func(*MakeIssue)) Act {
		a := issue
		a.Brackets = slices.Clone(a.Brackets)
		change(&a)
		return a
	}
	free := func(names ...string) Act {
		a := MakeIssue{ID: "i1", Name: "Who pays"}
		for _, n := range names {
			a.Options = append(a.Options, Option{Name: n})
		}
		return a
	}
	for _, c := range []roomtest.Case[Act]{
		{Name: "of a bracket", By: roomtest.Chair, Act: issue, Audience: parties,
			Mentions: []record.Ref{"clause/c2", "version/v1", record.NewRef("words", "c2/"+issue.Brackets[0].Fingerprint)}},
		{Name: "for the plenary", By: roomtest.Chair, Act: with(func(a *MakeIssue) { a.Audience = record.Plenary }), Audience: []record.Audience{record.Plenary}},
		{Name: "without text", By: roomtest.Chair, Act: free("both", "a fund"), Audience: parties},
		{Name: "for one party", By: roomtest.Chair, Act: with(func(a *MakeIssue) { a.Audience = record.Offices("RU") }), Kind: fault.KindInvalid, Words: "the same for all"},
		{Name: "by a party", By: roomtest.RU, Act: issue, Kind: fault.KindForbidden, Words: "only the chair makes issues"},
		{Name: "by an observer", By: roomtest.Observer, Act: issue, Kind: fault.KindForbidden, Words: "only the chair and parties"},
		{Name: "by a keeper", By: roomtest.Keeper, Act: issue, Kind: fault.KindForbidden, Words: "only the chair and parties"},
		{Name: "of other words", By: roomtest.Chair, Act: with(func(a *MakeIssue) { a.Brackets[0].Fingerprint = "f" }), Kind: fault.KindInvalid, Words: "not those of the fingerprint"},
		{Name: "of no bracket", By: roomtest.Chair, Act: with(func(a *MakeIssue) { a.Brackets[0].Place = 2 }), Kind: fault.KindInvalid, Words: "has 2 brackets"},
		{Name: "of brackets that do not match", By: roomtest.Chair, Act: with(func(a *MakeIssue) {
			three, _ := Brackets("c3", "v1", "3. [a][b][c].", nil)
			a.Brackets = append(a.Brackets, three[0].Bracket)
		}), Kind: fault.KindInvalid, Words: "2 and 3 alternatives"},
		{Name: "an alternative that is not there", By: roomtest.Chair, Act: with(func(a *MakeIssue) { a.Options = []Option{{"x", []int{2}}} }), Kind: fault.KindInvalid, Words: "not there"},
		{Name: "without name", By: roomtest.Chair, Act: with(func(a *MakeIssue) { a.Name = "" }), Kind: fault.KindInvalid, Words: "name of the issue is missing"},
		{Name: "without option", By: roomtest.Chair, Act: free(), Kind: fault.KindInvalid, Words: "1 to 100 options"},
		{Name: "an option twice", By: roomtest.Chair, Act: free("both", "both"), Kind: fault.KindInvalid, Words: "twice"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.Chair, issue)
	r.Try(t, roomtest.Case[Act]{Name: "again", By: roomtest.Chair, Act: issue, Kind: fault.KindConflict, Words: "there already"})
	r.Try(t, roomtest.Case[Act]{Name: "of the same bracket", By: roomtest.Chair, Act: with(func(a *MakeIssue) { a.ID = "i2" }), Kind: fault.KindConflict, Words: "made of this bracket already"})
	r.Try(t, roomtest.Case[Act]{Name: "drop, by a party", By: roomtest.RU, Act: DropIssue{Issue: "i1"}, Kind: fault.KindForbidden, Words: "only the chair drops"})
	r.Must(t, roomtest.Chair, DropIssue{Issue: "i1", Reason: "settled elsewhere"})
	r.Try(t, roomtest.Case[Act]{Name: "drop again", By: roomtest.Chair, Act: DropIssue{Issue: "i1"}, Kind: fault.KindConflict, Words: "dropped already"})
	r.Must(t, roomtest.Chair, with(func(a *MakeIssue) { a.ID = "i2" }))
	both := MakeIssue{ID: "i3", Name: "Both at once", Brackets: []Bracket{bracket(t, 1)}}
	r.Must(t, roomtest.Chair, both)
	all := SeeIssues(r.State(roomtest.RU.Lens()), now(t))
	if len(all) != 3 || all[0].Standing != Dropped || all[0].Why != "settled elsewhere" || all[1].Standing != Stands {
		t.Errorf("seen as %+v", all)
	}
	if got := all[1].Options; len(got) != 2 || got[0].Name != "may" || got[1].Name != "shall" {
		t.Errorf("options %+v", got)
	}
	if got := all[2].Options; len(got) != 2 || got[1].Name != noText || got[1].Alternatives[0] != NoText {
		t.Errorf("options %+v", got)
	}
	changed := SeeIssues(r.State(roomtest.UA.Lens()), func(string) string { return "other" })
	if changed[1].Standing != Lapsed || changed[1].Why == "" || changed[0].Standing != Dropped {
		t.Errorf("when the words change: %+v", changed)
	}
	if n := len(SeeIssues(r.State(roomtest.Observer.Lens()), now(t))); n != 0 {
		t.Errorf("an observer sees %d issues", n)
	}
}

func TestRules(t *testing.T) {
	r := room()
	set(t, r)
	rule := AddRule{ID: "r1", If: []Choice{{"i1", 1}}, Then: []Choice{{"i3", 1}}, Reason: "who must measure is paid"}
	for _, c := range []roomtest.Case[Act]{
		{Name: "a rule", By: roomtest.Chair, Act: rule, Audience: []record.Audience{record.Parties}, Mentions: []record.Ref{"issue/i1", "issue/i3"}},
		{Name: "by a party", By: roomtest.UA, Act: rule, Kind: fault.KindForbidden, Words: "only the chair adds"},
		{Name: "that says nothing", By: roomtest.Chair, Act: AddRule{ID: "r1"}, Kind: fault.KindInvalid, Words: "says nothing"},
		{Name: "on no issue", By: roomtest.Chair, Act: AddRule{ID: "r1", If: []Choice{{"i9", 0}}}, Kind: fault.KindNotFound, Words: "no issue"},
		{Name: "on no option", By: roomtest.Chair, Act: AddRule{ID: "r1", If: []Choice{{"i1", 2}}}, Kind: fault.KindInvalid, Words: "no option"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.Chair, rule)
	tabling := TablePackage{ID: "p1", Title: "One", Choices: []Choice{{"i1", 1}, {"i3", 0}}, Between: seats}
	r.Try(t, roomtest.Case[Act]{Name: "a package against it", By: roomtest.Chair, Act: tabling, Kind: fault.KindInvalid, Words: "breaks a rule"})
	if p := SeeTable(r.State(roomtest.Chair.Lens()), nil, now(t)).Problem; len(p.Rules) != 1 || p.Rules[0].Then[0] != (settle.Choice{Issue: 2, Option: 1}) {
		t.Errorf("the engine is given %+v", p.Rules)
	}
	r.Must(t, roomtest.Chair, DropRule{Rule: "r1"})
	r.Must(t, roomtest.Chair, tabling)
	if v := SeeRules(r.State(roomtest.UA.Lens()), now(t)); v[0].Standing != Dropped {
		t.Errorf("seen as %+v", v)
	}
}

func TestPreferencesAndLending(t *testing.T) {
	r := room()
	set(t, r)
	own := preferring(row(0, 40), row(30, 0), row(0, 10, 27))
	for _, c := range []roomtest.Case[Act]{
		{Name: "preferences", By: roomtest.RU, Act: own, Audience: []record.Audience{record.Internal("RU")}, Mentions: []record.Ref{"issue/i1"}},
		{Name: "by an adviser", By: roomtest.As(roomtest.RU, record.Adviser), Act: own, Audience: []record.Audience{record.Internal("RU")}},
		{Name: "by the chair", By: roomtest.Chair, Act: own, Kind: fault.KindForbidden, Words: "only a party"},
		{Name: "of no issue", By: roomtest.RU, Act: Prefer{Issues: []string{"i9"}, Method: "weights"}, Kind: fault.KindNotFound, Words: "no issue"},
		{Name: "for other options", By: roomtest.RU, Act: preferring(row(0), row(1, 2), row(1, 2, 3)), Kind: fault.KindInvalid, Words: "2 options"},
		{Name: "lend nothing", By: roomtest.RU, Act: Lend{Coarse}, Kind: fault.KindConflict, Words: "no preferences to lend"},
		{Name: "revoke nothing", By: roomtest.RU, Act: Revoke{}, Kind: fault.KindConflict, Words: "lent nothing"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.RU, own)
	r.Must(t, roomtest.UA, preferring(row(50, 0), row(0, 20), row(30, 20, 0)))
	for _, l := range []record.Lens{roomtest.Chair.Lens(), roomtest.UA.Lens(), roomtest.Observer.Lens()} {
		if len(SeePreferences(r.State(l), "RU", now(t))) != 0 {
			t.Errorf("%v sees preferences of RU", l)
		}
	}
	if v := SeePreferences(r.State(roomtest.RU.Lens()), "RU", now(t)); len(v) != 1 || v[0].Stale || v[0].Party.Worth[2][2].RatString() != "27" {
		t.Errorf("own preferences: %+v", v)
	}
	r.Try(t, roomtest.Case[Act]{Name: "lend at no grain", By: roomtest.RU, Act: Lend{7}, Kind: fault.KindInvalid, Words: "not a grain"})
	r.Try(t, roomtest.Case[Act]{Name: "lend, by a member", By: roomtest.As(roomtest.RU, record.Member), Act: Lend{Coarse}, Kind: fault.KindForbidden, Words: "cannot bind"})
	r.Must(t, roomtest.RU, Lend{Coarse})
	r.Try(t, roomtest.Case[Act]{Name: "lend again", By: roomtest.RU, Act: Lend{Coarse}, Kind: fault.KindConflict, Words: "just that already"})
	chair := r.State(roomtest.Chair.Lens())
	table := SeeTable(chair, seats, now(t))
	if !slices.Equal(table.Seats, []record.Seat{"RU"}) || !slices.Equal(table.Waiting, []record.Seat{"UA"}) {
		t.Fatalf("the table has %v, and waits for %v", table.Seats, table.Waiting)
	}
	lentTo := table.Problem.Parties[0]
	if got := [][]string{plain(lentTo.Worth[0]), plain(lentTo.Worth[1]), plain(lentTo.Worth[2])}; got[0][1] != "3" || got[1][0] != "3" || got[2][1] != "1" || got[2][2] != "2" {
		t.Errorf("lent as %v", got)
	}
	if lentTo.Reservation.RatString() != "2" {
		t.Errorf("reservation lent as %s", lentTo.Reservation)
	}
	if v := SeeLendings(r.State(roomtest.UA.Lens()), now(t)); len(v) != 0 {
		t.Errorf("UA sees what RU lends: %+v", v)
	}
	r.Must(t, roomtest.Chair, MakeIssue{ID: "i4", Name: "When", Options: []Option{{Name: "now"}, {Name: "later"}}})
	if v := SeeLendings(r.State(roomtest.Chair.Lens()), now(t)); !v[0].Stale {
		t.Errorf("with one more issue, the lending is not stale: %+v", v)
	}
	if v := SeePreferences(r.State(roomtest.RU.Lens()), "RU", now(t)); !v[0].Stale {
		t.Error("with one more issue, the preferences are not stale")
	}
	r.Must(t, roomtest.Chair, DropIssue{Issue: "i4"})
	r.Must(t, roomtest.RU, Revoke{})
	table = SeeTable(r.State(roomtest.Chair.Lens()), seats, now(t))
	if len(table.Seats) != 0 || len(r.State(roomtest.Chair.Lens()).lent["RU"].party.Worth) != 0 {
		t.Errorf("revoked, and still on the table: %+v", table)
	}
	if own, ok := SeeOwnTable(r.State(roomtest.RU.Lens()), "RU", now(t)); !ok || own.Problem.Parties[0].Worth[2][2].RatString() != "27" {
		t.Errorf("the own table: %+v, %v", own, ok)
	}
}

func plain(row []*big.Rat) (out []string) {
	for _, w := range row {
		out = append(out, w.RatString())
	}
	return out
}

func TestPackages(t *testing.T) {
	r := room()
	set(t, r)
	c9 := Condition{Clause: "c9", Version: "v1", Fingerprint: "f9"}
	p := TablePackage{ID: "p1", Title: "First", Choices: []Choice{{"i1", 1}, {"i3", 2}}, If: []Condition{c9}, Between: seats}
	with := func(change func(*TablePackage)) Act {
		a := p
		change(&a)
		return a
	}
	for _, c := range []roomtest.Case[Act]{
		{Name: "by the chair", By: roomtest.Chair, Act: p, Audience: []record.Audience{record.Parties}, Mentions: []record.Ref{"words/c9/f9", "issue/i1", "seat/RU"}},
		{Name: "by a party", By: roomtest.RU, Act: p, Audience: []record.Audience{record.Internal("RU")}},
		{Name: "by an observer", By: roomtest.Observer, Act: p, Kind: fault.KindForbidden, Words: "chair and parties"},
		{Name: "in public", By: roomtest.Chair, Act: with(func(a *TablePackage) { a.Audience = record.Public }), Kind: fault.KindInvalid, Words: "those who bargain"},
		{Name: "of nothing", By: roomtest.Chair, Act: with(func(a *TablePackage) { a.Choices = nil }), Kind: fault.KindInvalid, Words: "decides nothing"},
		{Name: "twice one issue", By: roomtest.Chair, Act: with(func(a *TablePackage) { a.Choices = []Choice{{"i1", 0}, {"i1", 1}} }), Kind: fault.KindInvalid, Words: "decided twice"},
		{Name: "between nobody", By: roomtest.Chair, Act: with(func(a *TablePackage) { a.Between = nil }), Kind: fault.KindInvalid, Words: "which parties"},
		{Name: "resting on itself", By: roomtest.Chair, Act: with(func(a *TablePackage) { a.If = []Condition{{Package: "p1"}} }), Kind: fault.KindInvalid, Words: "rest on itself"},
		{Name: "resting on what is not there", By: roomtest.Chair, Act: with(func(a *TablePackage) { a.If = []Condition{{Package: "p9"}} }), Kind: fault.KindNotFound, Words: "no package"},
		{Name: "a second pass of nothing", By: roomtest.Chair, Act: with(func(a *TablePackage) { a.After = "p9" }), Kind: fault.KindNotFound, Words: "no package"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.Chair, p)
	r.Must(t, roomtest.Chair, with(func(a *TablePackage) { a.ID, a.If = "p2", []Condition{{Package: "p1"}} }))
	accept := RespondPackage{Package: "p1", Revision: 1, Response: Accept}
	for _, c := range []roomtest.Case[Act]{
		{Name: "accept", By: roomtest.RU, Act: accept, Audience: []record.Audience{record.Offices("RU")}, Mentions: []record.Ref{"package/p1"}},
		{Name: "accept, by a member", By: roomtest.As(roomtest.RU, record.Member), Act: accept, Kind: fault.KindForbidden, Words: "cannot bind"},
		{Name: "accept, by the chair", By: roomtest.Chair, Act: accept, Kind: fault.KindForbidden, Words: "not between you"},
		{Name: "accept another revision", By: roomtest.RU, Act: RespondPackage{Package: "p1", Revision: 2, Response: Accept}, Kind: fault.KindConflict, Words: "revision 1 stands"},
		{Name: "neither", By: roomtest.RU, Act: RespondPackage{Package: "p1", Revision: 1, Response: "perhaps"}, Kind: fault.KindInvalid, Words: "accept or decline"},
		{Name: "amend another's", By: roomtest.UA, Act: AmendPackage{Package: "p1", Choices: []Choice{{"i1", 0}}}, Kind: fault.KindForbidden, Words: "not yours to amend"},
		{Name: "amend nothing", By: roomtest.Chair, Act: AmendPackage{Package: "p1", Choices: p.Choices, If: p.If}, Kind: fault.KindInvalid, Words: "changes nothing"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.RU, accept)
	r.Must(t, roomtest.UA, accept)
	status := func(l record.Lens, id string, n Current) Status {
		v, _ := SeePackage(r.State(l), id, n)
		return v.Status
	}
	if got := status(roomtest.Chair.Lens(), "p1", now(t)); got != Settled {
		t.Errorf("accepted by all, the chair sees it %s", got)
	}
	if got := status(roomtest.RU.Lens(), "p1", now(t)); got != Tabled {
		t.Errorf("RU does not read what UA said, and sees it %s", got)
	}
	other := func(clause string) string {
		if clause == "c9" {
			return "other"
		}
		return now(t)(clause)
	}
	if a, b := status(roomtest.Chair.Lens(), "p1", other), status(roomtest.Chair.Lens(), "p2", other); a != Void || b != Void {
		t.Errorf("without clause 9: %s, and what rests on it %s", a, b)
	}
	r.Must(t, roomtest.Chair, with(func(a *TablePackage) { a.ID, a.After, a.Choices = "p3", "p1", []Choice{{"i1", 1}, {"i3", 1}} }))
	r.Must(t, roomtest.Chair, AmendPackage{Package: "p1", Choices: []Choice{{"i1", 0}, {"i3", 2}}})
	if v, _ := SeePackage(r.State(roomtest.Chair.Lens()), "p1", now(t)); v.Status != Tabled || v.Revision != 2 || len(v.Earlier) != 1 || len(v.Responses) != 0 {
		t.Errorf("amended: %+v", v)
	}
	r.Must(t, roomtest.UA, RespondPackage{Package: "p1", Revision: 2, Response: Decline, Audience: record.Parties})
	if got := status(roomtest.RU.Lens(), "p2", now(t)); got != Void {
		t.Errorf("what rests on a declined package is %s", got)
	}
	r.Must(t, roomtest.Chair, WithdrawPackage{Package: "p1", Reason: "overtaken"})
	r.Try(t, roomtest.Case[Act]{Name: "answer what is withdrawn", By: roomtest.RU, Act: RespondPackage{Package: "p1", Revision: 2, Response: Accept}, Kind: fault.KindConflict, Words: "withdrawn"})
	r.Must(t, roomtest.Chair, DropIssue{Issue: "i3"})
	if got := status(roomtest.RU.Lens(), "p3", now(t)); got != Void {
		t.Errorf("without one of its issues, a package is %s", got)
	}
}

func TestWords(t *testing.T) {
	r := room()
	set(t, r)
	s := r.State(roomtest.UA.Lens())
	for _, c := range []struct {
		choices []Choice
		words   string
		clean   bool
	}{
		{[]Choice{{"i1", 1}, {"i2", 0}, {"i3", 2}}, "2. The parties shall measure the flow every day.", true},
		{[]Choice{{"i1", 0}, {"i2", 1}}, "2. The parties may measure the flow.", true},
		{[]Choice{{"i2", 0}}, "2. The parties [RU: may][UA: shall] measure the flow every day.", false},
	} {
		v, err := SeeWords(s, c.choices, seats, now(t), nil)
		if err != nil || len(v.Clauses) != 1 || v.Clauses[0].Words != c.words || v.Clean != c.clean {
			t.Errorf("%v: %+v, %v", c.choices, v, err)
		}
	}
	v, err := SeeWords(s, []Choice{{"i1", 1}, {"i2", 0}, {"i3", 2}}, seats, now(t), nil)
	if err != nil || v.Others[0] != (Decided{"Who pays", "the user"}) || !v.Clauses[0].Readings[1].Same || v.Clauses[0].Readings[0].Same {
		t.Errorf("beside the readings: %+v, %v", v, err)
	}
	if !strings.HasPrefix(v.Clauses[0].Readings[0].Words, "2. The parties may measure") {
		t.Errorf("RU reads %q", v.Clauses[0].Readings[0].Words)
	}
	if _, err := SeeWords(s, []Choice{{"i1", 2}}, seats, now(t), nil); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("an option that is not there: %v", err)
	}
}

func chance(n byte) []byte { return slices.Repeat([]byte{n}, veto.ChanceSize) }

func TestSealedTest(t *testing.T) {
	for name, c := range map[string]struct {
		ru, ua bool
		want   Stage
	}{"both can": {true, true, Passed}, "one cannot": {true, false, NotPassed}, "neither can": {false, false, NotPassed}} {
		r := room()
		set(t, r)
		deadline := time.Date(2025, 12, 3, 0, 0, 0, 0, time.UTC)
		r.Must(t, roomtest.Chair, OpenTest{ID: "t1", Question: "Could you live with this, if clause 9 stays?", Asked: seats, Deadline: deadline,
			If: []Condition{{Clause: "c9", Version: "v1", Fingerprint: "f9"}}})
		r.Try(t, roomtest.Case[Act]{Name: "answer before all have joined", By: roomtest.RU, Act: Answer{Test: "t1", Yes: true, Chance: chance(9)}, Kind: fault.KindConflict, Words: "not all who are asked have joined"})
		r.Must(t, roomtest.RU, Join{Test: "t1", Chance: chance(1)})
		r.Must(t, roomtest.UA, Join{Test: "t1", Chance: chance(2)})
		r.Try(t, roomtest.Case[Act]{Name: "join again", By: roomtest.RU, Act: Join{Test: "t1", Chance: chance(3)}, Kind: fault.KindConflict, Words: "joined already"})
		r.Try(t, roomtest.Case[Act]{Name: "join, not asked", By: roomtest.Chair, Act: Join{Test: "t1", Chance: chance(3)}, Kind: fault.KindForbidden, Words: "not asked"})
		r.Try(t, roomtest.Case[Act]{Name: "open before all have answered", By: roomtest.RU, Act: Open{Test: "t1"}, Kind: fault.KindConflict, Words: "not all who are asked have answered"})
		r.Must(t, roomtest.RU, Answer{Test: "t1", Yes: c.ru, Chance: chance(4)})
		r.Try(t, roomtest.Case[Act]{Name: "answer again", By: roomtest.RU, Act: Answer{Test: "t1", Yes: !c.ru, Chance: chance(5)}, Kind: fault.KindConflict, Words: "answered already"})
		r.Must(t, roomtest.UA, Answer{Test: "t1", Yes: c.ua, Chance: chance(6)})
		if v, _ := SeeTest(r.State(roomtest.Chair.Lens()), "t1", now(t)); v.Stage != Opening || v.Own != NoAnswer {
			t.Errorf("%s: the chair sees %+v", name, v)
		}
		r.Must(t, roomtest.RU, Open{Test: "t1"})
		r.Must(t, roomtest.UA, Open{Test: "t1"})
		for _, l := range []record.Lens{roomtest.Chair.Lens(), roomtest.RU.Lens(), roomtest.UA.Lens()} {
			if v, _ := SeeTest(r.State(l), "t1", now(t)); v.Stage != c.want {
				t.Errorf("%s: %v sees it %s", name, l, v.Stage)
			}
		}
		if v, _ := SeeTest(r.State(roomtest.UA.Lens()), "t1", now(t)); v.Own != map[bool]OwnAnswer{true: Yes, false: No}[c.ua] {
			t.Errorf("%s: UA's own answer is %q", name, v.Own)
		}
		transcript, _ := SeeTranscript(r.State(roomtest.Chair.Lens()), "t1")
		for i, seat := range transcript.Ballot.Seats {
			keys := [][]byte{transcript.Shares[0].Key, transcript.Shares[1].Key}
			if err := transcript.Shares[i].Check(transcript.Ballot, seat); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if err := transcript.Openings[i].Check(transcript.Ballot, seat, keys, *transcript.Commitments[i]); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// A seat may keep its secret itself; what it then publishes is checked.
func TestSecretsKeptElsewhere(t *testing.T) {
	r := room()
	r.Must(t, roomtest.Chair, OpenTest{ID: "t1", Question: "Could you?", Asked: seats})
	ballot := veto.Ballot{Process: "test", Test: "t1", Seats: []string{"RU", "UA"}}
	r.Must(t, roomtest.RU, PlaceSecrets{Elsewhere: true})
	r.Try(t, roomtest.Case[Act]{Name: "place again", By: roomtest.RU, Act: PlaceSecrets{Elsewhere: true}, Kind: fault.KindConflict, Words: "so already"})
	r.Try(t, roomtest.Case[Act]{Name: "join here", By: roomtest.RU, Act: Join{Test: "t1", Chance: chance(1)}, Kind: fault.KindConflict, Words: "keeps its secrets itself"})
	secret, share, err := veto.NewShare(ballot, "RU", chance(1))
	if err != nil {
		t.Fatal(err)
	}
	r.Must(t, roomtest.UA, Join{Test: "t1", Chance: chance(2)})
	before, _ := SeeTranscript(r.State(roomtest.UA.Lens()), "t1")
	other := *before.Shares[1]
	r.Try(t, roomtest.Case[Act]{Name: "another's key", By: roomtest.RU, Act: Join{Test: "t1", Share: &other}, Kind: fault.KindInvalid, Words: "not proved to be its own"})
	r.Try(t, roomtest.Case[Act]{Name: "neither", By: roomtest.RU, Act: Join{Test: "t1"}, Kind: fault.KindInvalid, Words: "one of the two"})
	r.Must(t, roomtest.RU, Join{Test: "t1", Share: &share})
	r.Try(t, roomtest.Case[Act]{Name: "answer here", By: roomtest.RU, Act: Answer{Test: "t1", Chance: chance(3)}, Kind: fault.KindConflict, Words: "not kept here"})
	transcript, _ := SeeTranscript(r.State(roomtest.RU.Lens()), "t1")
	keys := [][]byte{transcript.Shares[0].Key, transcript.Shares[1].Key}
	sealed, opening, err := veto.Vote(ballot, "RU", keys, secret, true, chance(3))
	if err != nil {
		t.Fatal(err)
	}
	r.Must(t, roomtest.RU, Answer{Test: "t1", Sealed: &sealed})
	r.Must(t, roomtest.UA, Answer{Test: "t1", Yes: true, Chance: chance(4)})
	_, refusal, err := veto.Vote(ballot, "RU", keys, secret, false, chance(5))
	if err != nil {
		t.Fatal(err)
	}
	r.Try(t, roomtest.Case[Act]{Name: "open here", By: roomtest.RU, Act: Open{Test: "t1"}, Kind: fault.KindConflict, Words: "not kept here"})
	r.Try(t, roomtest.Case[Act]{Name: "open another answer", By: roomtest.RU, Act: Open{Test: "t1", Opening: &refusal}, Kind: fault.KindInvalid, Words: "not what RU committed to"})
	r.Must(t, roomtest.UA, Open{Test: "t1"})
	r.Must(t, roomtest.RU, Open{Test: "t1", Opening: &opening})
	if v, _ := SeeTest(r.State(roomtest.Chair.Lens()), "t1", nil); v.Stage != Passed {
		t.Errorf("seen as %s", v.Stage)
	}
}
