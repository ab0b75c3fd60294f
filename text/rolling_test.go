package text

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
	"paraph/record/roomtest"
)

func body(t *draft.Text) string {
	return strings.TrimSpace(source(t, 0, len(t.Clauses)))
}

func TestRolling(t *testing.T) {
	r, clauses := issuedRoom(t)
	tabled := func(by record.Actor, a Table) {
		a.Audience = record.Plenary
		r.Must(t, by, a)
	}
	tabled(roomtest.RU, Table{ID: "a", Kind: Amend, Clause: clauses[4], Words: "2. They shall exchange data \\[of 2022\\] every week."})
	tabled(roomtest.UA, Table{ID: "b", Kind: Amend, Clause: clauses[3], Words: "1. The parties shall meet within 60 working days."})
	tabled(roomtest.UA, Table{ID: "c", Kind: Delete, Clause: clauses[5]})
	tabled(roomtest.UA, Table{ID: "d", Kind: Insert, After: clauses[4], Words: "2 bis. Data are public."})
	tabled(roomtest.RU, Table{ID: "e", Kind: Insert, After: clauses[4], Words: "2 bis. Data are confidential."})
	tabled(roomtest.RU, Table{ID: "f", Kind: Move, Clause: clauses[5], After: clauses[2]})
	r.Must(t, roomtest.RU, Table{ID: "g", Kind: Amend, Clause: clauses[4], Words: "2. They exchange no data."})

	// What RU drafts for itself stands beside what it tabled, and only it sees that.
	for _, who := range []record.Actor{roomtest.RU, roomtest.UA, roomtest.Observer} {
		v, err := SeeRolling(r.State(who.Lens()), "v-1", map[string][]record.Seat{"d": {"XX"}})
		if err != nil {
			t.Fatal(err)
		}
		want := `# Agreement

The Parties,

## Article 1

[RU: 3. Costs are shared.]

1. The parties [[shall][should]][UA: shall] meet within [RU: 30][UA: 60 working] days.

2. They shall exchange data \[of 2022\] every [month.][RU: week.]

[RU, UA, XX: 2 bis. Data are [RU: confidential.][UA, XX: public.]]

[3. Costs are shared.][RU, UA: no text]`
		if got := body(v.Text); got != want {
			t.Errorf("%s sees the rolling text\n%s", who.Seat, got)
		}
		if v.Text.Front.Title != "Agreement" || !slices.Equal(v.Text.Front.Seats, []record.Seat{"RU", "UA", "XX"}) {
			t.Errorf("its front matter is %+v", v.Text.Front)
		}
		if len(v.Text.Unbalanced) > 0 || v.Counts.Brackets != draft.Count(v.Text).Brackets {
			t.Errorf("its counts are %+v", v.Counts)
		}
		beside := v.Clauses[5].Beside
		if own := who.Seat == "RU"; own != slices.Equal(beside, []string{"g"}) || !own && len(beside) > 0 {
			t.Errorf("%s sees beside clause 2: %q", who.Seat, beside)
		}
		checkClauses(t, v, clauses)
	}
	for seat, want := range map[record.Seat]string{
		"RU": "3. Costs are shared.\n\n1. The parties shall meet within 30 days.\n\n" +
			"2. They shall exchange data [of 2022] every week.\n\n2 bis. Data are confidential.\n",
		"UA": "1. The parties shall meet within 60 working days.\n\n" +
			"2. They shall exchange data [of 2022] every month.\n\n2 bis. Data are public.\n",
		"": "1. The parties shall meet within days.\n\n" +
			"2. They shall exchange data [of 2022] every month.\n\n3. Costs are shared.\n",
	} {
		got, err := SeeReading(r.State(roomtest.UA.Lens()), "", seat, nil)
		if err != nil || got != "# Agreement\n\nThe Parties,\n\n## Article 1\n\n"+want {
			t.Errorf("the reading of %q is %q: %v", seat, got, err)
		}
	}
}

// checkClauses checks that the clauses of a rolling text are where they are
// said to be.
func checkClauses(t *testing.T, v RollingView, clauses []string) {
	t.Helper()
	next := 0
	var unmoved []string
	for i, c := range v.Clauses {
		if c.First != next || c.Last < c.First {
			t.Errorf("clause %d is at %d to %d, after %d", i, c.First, c.Last, next)
		}
		next = c.Last
		if words := source(v.Text, c.First, c.Last); !strings.Contains(words, c.Label) {
			t.Errorf("clause %q reads %q", c.Label, words)
		}
		if i != 3 && c.ID != "" {
			unmoved = append(unmoved, c.ID)
		}
	}
	if next != len(v.Text.Clauses) || !slices.Equal(unmoved, clauses) || v.Clauses[3].ID != clauses[5] {
		t.Errorf("the clauses are %+v", v.Clauses)
	}
}

func TestRollingTakesNothingWhereNothingIsProposed(t *testing.T) {
	r := room()
	for i, src := range []string{
		agreement,
		"No front matter.\n\n[An open [nested]] bracket\nover lines.",
		"---\nseats: RU\n---\n1. One [never closes.\n\n2. Two.\n\n\n\n3. Three.\n",
	} {
		a := issue(fmt.Sprint("w-", i))
		a.Draft = src
		r.Must(t, roomtest.Chair, a)
		v, err := SeeRolling(r.State(roomtest.UA.Lens()), a.ID, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := body(v.Text); got != body(v.Version.Text) {
			t.Errorf("%q becomes %q", body(v.Version.Text), got)
		}
	}
	if _, err := SeeRolling(r.State(roomtest.UA.Lens()), "v-9", nil); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("a version that is not there: %v", err)
	}
}

// Inside an alternative that a seat does not read its words would not come
// back: they stand beside the text.
func TestRollingInsideAnothersAlternative(t *testing.T) {
	r := room()
	a := issue("v-1")
	a.Draft = "---\nseats: RU, UA\n---\n\n1. One.\n\n[RU: 2. Two.\n\n3. Three.]\n\n4. Four.\n"
	r.Must(t, roomtest.Chair, a)
	v, _ := SeeVersion(r.State(roomtest.UA.Lens()), "")
	clauses := ids(v)
	for i, act := range []Table{
		{Kind: Amend, Clause: clauses[2], Words: "3. Three and more."},
		{Kind: Insert, After: clauses[1], Words: "2 bis. Between."},
		{Kind: Insert, After: clauses[2], Words: "3 bis. After."},
	} {
		for _, by := range []record.Actor{roomtest.RU, roomtest.UA} {
			act.ID, act.Audience = fmt.Sprint(strings.ToLower(string(by.Seat)), i), record.Plenary
			r.Must(t, by, act)
		}
	}
	roll, err := SeeRolling(r.State(roomtest.UA.Lens()), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "1. One.\n\n[RU: 2. Two.\n\n[RU: 2 bis. Between.]\n\n3. [Three.][RU: Three and more.]]\n\n[RU, UA: 3 bis. After.]\n\n4. Four."
	if got := body(roll.Text); got != want {
		t.Errorf("the rolling text is\n%s", got)
	}
	if got := draft.Reading(roll.Text, "RU"); got != "1. One.\n\n2. Two.\n\n2 bis. Between.\n\n3. Three and more.\n\n3 bis. After.\n\n4. Four.\n" {
		t.Errorf("RU reads %q", got)
	}
	if got := draft.Reading(roll.Text, "UA"); got != "1. One.\n\n3 bis. After.\n\n4. Four.\n" {
		t.Errorf("UA reads %q", got)
	}
	var beside []string
	for _, c := range roll.Clauses {
		beside = append(beside, c.Beside...)
	}
	if !slices.Equal(beside, []string{"ua1", "ua0"}) {
		t.Errorf("beside the text stand %q", beside)
	}
}

func TestSupportersShareWords(t *testing.T) {
	r, clauses := issuedRoom(t)
	r.Must(t, roomtest.UA, Table{ID: "a", Kind: Amend, Clause: clauses[5], Words: "3. Costs are halved.", Audience: record.Plenary})
	r.Must(t, roomtest.UA, Table{ID: "b", Kind: Delete, Clause: clauses[4], Audience: record.Plenary})
	r.Must(t, roomtest.RU, Table{ID: "c", Kind: Amend, Clause: clauses[4], Words: "2. They shall exchange data \\[of 2022\\] every day.", Audience: record.Plenary})
	both := []record.Seat{"RU", "US"}
	v, err := SeeRolling(r.State(roomtest.Observer.Lens()), "", map[string][]record.Seat{"a": both, "b": both})
	if err != nil {
		t.Fatal(err)
	}
	got := body(v.Text)
	for _, want := range []string{"3. Costs are [shared.][RU, UA, US: halved.]", "[UA, US: no text]"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if reading := draft.Reading(v.Text, "RU"); !strings.Contains(reading, "every day.") {
		t.Errorf("who supports another's words loses its own: %s", reading)
	}
}

func TestPreview(t *testing.T) {
	r, clauses := issuedRoom(t)
	r.Must(t, roomtest.UA, Table{ID: "a", Kind: Amend, Clause: clauses[5], Words: "3. Costs are halved.", Audience: record.Plenary})
	r.Must(t, roomtest.RU, Table{ID: "b", Kind: Amend, Clause: clauses[5], Words: "3. Costs are doubled."})
	r.Must(t, roomtest.RU, Table{ID: "c", Kind: Insert, After: clauses[5], Words: "4. The end.", Audience: record.Plenary})
	see := func(a Table) (string, string) {
		before := len(r.Entries)
		v, err := Preview(r.State(roomtest.RU.Lens()), roomtest.RU, a, nil)
		if len(r.Entries) != before {
			t.Error("a preview writes")
		}
		if err != nil {
			return "", err.Error()
		}
		if v.Counts != draft.Count(v.Text) {
			t.Errorf("counts are %+v", v.Counts)
		}
		return body(v.Text), ""
	}
	for _, c := range []struct {
		name    string
		act     Table
		want    string
		refusal string
	}{
		{"a wording beside another's", Table{Kind: Amend, Clause: clauses[5], Words: "3. Costs are tripled."},
			"3. Costs are [shared.][RU: tripled.][UA: halved.]", ""},
		{"a deletion", Table{Kind: Delete, Clause: clauses[5]},
			"[3. Costs are [shared.][UA: halved.]][RU: no text]", ""},
		{"an insertion beside the own", Table{Kind: Insert, After: clauses[5], Words: "5. Really."},
			"[RU: 4. The end.]\n\n[RU: 5. Really.]", ""},
		{"a move", Table{Kind: Move, Clause: clauses[5], After: clauses[1]},
			"[RU: 3. Costs are doubled.]\n\n[3. Costs are [shared.][UA: halved.]][RU: no text]", ""},
		{"an insertion before all", Table{Kind: Insert, Words: "Pp0 Bearing in mind their duties,"},
			"[RU: Pp0 Bearing in mind their duties,]", ""},
		{"a move to the beginning", Table{Kind: Move, Clause: clauses[1]},
			"[RU: The Parties,]\n\n[The Parties,][RU: no text]", ""},
		{"what is refused", Table{Kind: Amend, Clause: clauses[5], Words: "3. Costs are shared."}, "", "changes nothing"},
	} {
		got, refusal := see(c.act)
		if got != c.want || c.refusal == "" && refusal != "" || !strings.Contains(refusal, c.refusal) {
			t.Errorf("%s: %q, %q", c.name, got, refusal)
		}
	}
}

func TestAnAmendmentKeepsTheLabelThatItLeavesOut(t *testing.T) {
	r, clauses := issuedRoom(t)
	for i, c := range []struct{ clause, words, want string }{
		{clauses[5], "Costs are halved.", "3. Costs are halved."},
		{clauses[4], "2 bis. Data are public.", "2 bis. Data are public."},
		{clauses[1], "The Parties to this Agreement,", "The Parties to this Agreement,"},
	} {
		id := fmt.Sprint("p-", i)
		r.Must(t, roomtest.UA, Table{ID: id, Kind: Amend, Clause: c.clause, Words: c.words})
		if p, _ := SeeProposal(r.State(roomtest.UA.Lens()), id); p.Words != c.want {
			t.Errorf("%q becomes %q", c.words, p.Words)
		}
	}
	r.Try(t, roomtest.Case[Act]{Name: "and changes nothing by that", By: roomtest.RU,
		Act:  Table{ID: "x", Kind: Amend, Clause: clauses[5], Words: "Costs are shared."},
		Kind: fault.KindInvalid, Words: "changes nothing"})
}

func TestSeeWording(t *testing.T) {
	r, clauses := issuedRoom(t)
	r.Must(t, roomtest.UA, Table{ID: "a", Kind: Amend, Clause: clauses[5], Words: "3. Costs are halved."})
	for _, c := range []struct {
		who    record.Actor
		clause string
		want   string
	}{
		{roomtest.UA, clauses[5], "3. Costs are halved."},
		{roomtest.RU, clauses[5], "3. Costs are shared."},
		{roomtest.RU, clauses[3], "1. The parties [shall][should] meet within 30 days."},
		{roomtest.RU, clauses[4], "2. They shall exchange data \\[of 2022\\] every month."},
	} {
		got, err := SeeWording(r.State(c.who.Lens()), "", c.clause, c.who.Seat)
		if err != nil || got != c.want {
			t.Errorf("%s begins from %q: %v", c.who.Seat, got, err)
		}
	}
	if _, err := SeeWording(r.State(roomtest.RU.Lens()), "", "x", "RU"); fault.KindOf(err) != fault.KindNotFound {
		t.Errorf("a clause that is not there: %v", err)
	}
}
