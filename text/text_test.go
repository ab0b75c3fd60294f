package text

import (
	"slices"
	"strings"
	"testing"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
	"paraph/record/roomtest"
)

var decoders = map[record.Kind]roomtest.Decoder{
	kindIssued:    roomtest.Body[issued],
	kindTabled:    roomtest.Body[wording],
	kindCleared:   roomtest.Body[wording],
	kindWithdrawn: roomtest.Body[withdrawn],
}

func TestGolden(t *testing.T) { roomtest.Golden(t, Kinds(), decoders) }

const agreement = `---
seats: RU, UA
title: Agreement
---

# Agreement

The Parties,

## Article 1

1. The parties [shall][should] meet within [RU: 30][UA: 60] days.

2. They shall exchange data \[of 2022\] every month.

3. Costs are shared.
`

func room() *roomtest.Room[State, Act] {
	return &roomtest.Room[State, Act]{Decide: Decide, Fold: Fold, Touches: Touches, Roster: roomtest.Table()}
}

func issue(id string) Issue {
	return Issue{ID: id, Symbol: "REV." + id, Class: ChairsText, Draft: agreement}
}

// issuedRoom is a room with one version before the plenary, and the ids of its
// clauses.
func issuedRoom(t *testing.T) (*roomtest.Room[State, Act], []string) {
	r := room()
	r.Must(t, roomtest.Chair, issue("v-1"))
	v, _ := SeeVersion(r.State(record.Lens{Seat: "RU", Role: record.Party}), "v-1")
	return r, ids(v)
}

func ids(v VersionView) []string {
	var found []string
	for _, c := range v.Clauses {
		found = append(found, c.ID)
	}
	return found
}

func TestIssue(t *testing.T) {
	with := func(change func(*Issue)) Act {
		a := issue("v-2")
		change(&a)
		return a
	}
	r, _ := issuedRoom(t)
	for _, c := range []roomtest.Case[Act]{
		{Name: "by the chair", By: roomtest.Chair, Act: issue("v-2"), Audience: []record.Audience{record.Plenary},
			Mentions: []record.Ref{"version/v-1"}},
		{Name: "by the secretariat, for the parties", By: roomtest.As(roomtest.Chair, record.Member),
			Act: with(func(a *Issue) { a.Audience = record.Parties }), Audience: []record.Audience{record.Parties}},
		{Name: "by a keeper", By: roomtest.Keeper, Act: with(func(a *Issue) { a.Source = roomtest.Source }),
			Audience: []record.Audience{record.Public}},
		{Name: "by a keeper without source", By: roomtest.Keeper, Act: issue("v-2"), Kind: fault.KindInvalid, Words: "needs its source"},
		{Name: "a party's non-paper", By: roomtest.RU, Act: with(func(a *Issue) { a.Class = NonPaper }),
			Audience: []record.Audience{record.Internal("RU")}},
		{Name: "a party's chair's text", By: roomtest.RU, Act: issue("v-2"), Kind: fault.KindForbidden, Words: "may issue a non-paper"},
		{Name: "an observer's non-paper", By: roomtest.Observer, Act: with(func(a *Issue) { a.Class = NonPaper }),
			Kind: fault.KindForbidden, Words: "only the chair issues"},
		{Name: "twice", By: roomtest.Chair, Act: issue("v-1"), Kind: fault.KindConflict, Words: "stands already"},
		{Name: "no class", By: roomtest.Chair, Act: with(func(a *Issue) { a.Class = "paper" }),
			Kind: fault.KindInvalid, Words: "conference room paper"},
		{Name: "no symbol", By: roomtest.Chair, Act: with(func(a *Issue) { a.Symbol = "" }),
			Kind: fault.KindInvalid, Words: "the symbol is missing"},
		{Name: "no words", By: roomtest.Chair, Act: with(func(a *Issue) { a.Draft = "---\nseats: RU\n---\n\n" }),
			Kind: fault.KindInvalid, Words: "no words"},
		{Name: "what is no text", By: roomtest.Chair, Act: with(func(a *Issue) { a.Draft = "1. \x00" }),
			Kind: fault.KindInvalid, Words: "line 1, column 4"},
		{Name: "brackets that do not balance are taken", By: roomtest.Chair, Act: with(func(a *Issue) { a.Draft = "1. The [parties shall meet.\n" }),
			Audience: []record.Audience{record.Plenary}},
		{Name: "with its provenance", By: roomtest.Chair,
			Act: with(func(a *Issue) {
				a.Provenance = []Provenance{{Place: 3, Contributors: []record.Seat{"UA"}, Reason: "agreed"}}
			}),
			Audience: []record.Audience{record.Plenary}, Mentions: []record.Ref{"seat/UA"}},
		{Name: "with the provenance of a clause that it has not", By: roomtest.Chair,
			Act:  with(func(a *Issue) { a.Provenance = []Provenance{{Place: 6}} }),
			Kind: fault.KindInvalid, Words: "clause 6 of 6"},
		{Name: "with the provenance of what was dropped", By: roomtest.Chair,
			Act: with(func(a *Issue) {
				a.Provenance = []Provenance{{Place: Dropped, Sources: []string{"4"}, Reason: "withdrawn"}}
			}),
			Audience: []record.Audience{record.Plenary}},
		{Name: "with the provenance of something that was dropped", By: roomtest.Chair,
			Act:  with(func(a *Issue) { a.Provenance = []Provenance{{Place: Dropped, Reason: "withdrawn"}} }),
			Kind: fault.KindInvalid, Words: "what was dropped"},
		{Name: "with the provenance of no place", By: roomtest.Chair,
			Act:  with(func(a *Issue) { a.Provenance = []Provenance{{Place: -2, Sources: []string{"4"}}} }),
			Kind: fault.KindInvalid, Words: "clause -2 of 6"},
		{Name: "with provenance from no seat", By: roomtest.Chair,
			Act:  with(func(a *Issue) { a.Provenance = []Provenance{{Contributors: []record.Seat{""}}} }),
			Kind: fault.KindInvalid, Words: "not a code for a seat"},
		{Name: "after one that is not there", By: roomtest.Chair, Act: with(func(a *Issue) { a.Follows = "v-9" }),
			Kind: fault.KindNotFound, Words: `no version "v-9"`},
		{Name: "after one that not all readers read", By: roomtest.Chair,
			Act:  with(func(a *Issue) { a.Follows, a.Audience, a.Source = "v-1", record.Public, roomtest.Source }),
			Kind: fault.KindInvalid, Words: "not all of them read it"},
	} {
		r.Try(t, c)
	}
}

func TestClausesKeepTheirIDs(t *testing.T) {
	r, before := issuedRoom(t)
	next := issue("v-2")
	next.Draft = strings.Replace(agreement, "2. They shall", "2. A new clause stands here and says so.\n\n3. They shall", 1)
	next.Draft = strings.Replace(next.Draft, "3. Costs are shared.", "4. Costs are shared.", 1)
	r.Must(t, roomtest.Chair, next)
	s := r.State(roomtest.RU.Lens())
	v, there := SeeVersion(s, "")
	if !there || v.ID != "v-2" || v.Follows != "v-1" {
		t.Fatalf("the latest version is %q, after %q", v.ID, v.Follows)
	}
	after := ids(v)
	if len(after) != 7 || after[4] == before[4] || after[5] != before[4] || after[6] != before[5] || after[0] != before[0] {
		t.Errorf("the clauses %q become %q", before, after)
	}
	if slices.Contains(before, after[4]) {
		t.Error("a new clause has an old id")
	}
	c, _ := SeeClause(s, before[5])
	if len(c.Words) != 2 || c.Label != "4" || c.Words[0].Label != "3" || c.Words[1].Changed || c.Words[1].Place != 6 {
		t.Errorf("a clause that was renumbered is %+v", c)
	}
	if _, there := SeeClause(s, "0123456789ab"); there {
		t.Error("a clause is there that is not")
	}
}

// The ids of clauses do not tell of a version that a reader may not read.
// Articles are renumbered and paragraphs moved, and labels stand many times over:
// what a clause says is what it is known by.
func TestClausesKeepTheirIDsWhenRenumbered(t *testing.T) {
	r := room()
	first := issue("v-1")
	first.Draft = "## Article 1\n\n1. The level of the lake stays between two marks.\n\n2. The gates are read every hour.\n\n" +
		"## Article 2\n\n1. A fund supports the fishery.\n\n2. The fund is paid for by [RU: two][UA: three] states.\n"
	next := issue("v-2")
	next.Draft = "## Article 1\n\n1. The terms are these and no others.\n\n" +
		"## Article 2\n\n1. The level of the lake stays between two marks.\n\n2. The gates are read every day.\n\n" +
		"## Article 3\n\n1. The fund is paid for by three states.\n\n2. A fund supports the fishery.\n"
	r.Must(t, roomtest.Chair, first)
	r.Must(t, roomtest.Chair, next)
	s := r.State(roomtest.RU.Lens())
	v1, _ := SeeVersion(s, "v-1")
	v2, _ := SeeVersion(s, "v-2")
	before, after := ids(v1), ids(v2)
	want := map[int]int{3: 1, 4: 2, 6: 5, 7: 4}
	for i, j := range want {
		if after[i] != before[j] {
			t.Errorf("clause %d is not the one that was %d", i, j)
		}
	}
	if slices.Contains(before, after[1]) {
		t.Error("the new clause has an old one's id")
	}
}

func TestIDsDoNotTellOfHiddenVersions(t *testing.T) {
	open := func(hidden bool) []string {
		r := room()
		if hidden {
			secret := issue("v-0")
			secret.Audience = record.Internal("CH")
			r.Must(t, roomtest.Chair, secret)
		}
		r.Must(t, roomtest.Chair, issue("v-1"))
		v, _ := SeeVersion(r.State(roomtest.RU.Lens()), "")
		return append(ids(v), v.Follows)
	}
	if with, without := open(true), open(false); !slices.Equal(with, without) {
		t.Errorf("%q with a hidden version, %q without", with, without)
	}
}

// A non-paper is nobody's next version, unless there is nothing else.
func TestNonPapersAreNotTheLatest(t *testing.T) {
	r := room()
	paper := issue("p-1")
	paper.Class, paper.Audience = NonPaper, record.Plenary
	r.Must(t, roomtest.RU, paper)
	latest := func() string {
		v, _ := SeeVersion(r.State(roomtest.UA.Lens()), "")
		return v.ID
	}
	if got := latest(); got != "p-1" {
		t.Errorf("alone: the latest is %q", got)
	}
	r.Must(t, roomtest.Chair, issue("v-1"))
	paper.ID = "p-2"
	r.Must(t, roomtest.RU, paper)
	if got := latest(); got != "v-1" {
		t.Errorf("beside a chair's text: the latest is %q", got)
	}
}

func TestTable(t *testing.T) {
	r, clauses := issuedRoom(t)
	words := "2. They shall exchange data [of 2023] every week."
	amend := Table{ID: "a", Version: "v-1", Kind: Amend, Clause: clauses[4], Words: words}
	with := func(change func(*Table)) Act {
		a := amend
		change(&a)
		return a
	}
	own := []record.Audience{record.Internal("RU")}
	for _, c := range []roomtest.Case[Act]{
		{Name: "for the own seat", By: roomtest.RU, Act: amend, Audience: own,
			Mentions: []record.Ref{"version/v-1", record.NewRef("clause", clauses[4]), "seat/RU"}},
		{Name: "on the latest", By: roomtest.RU, Act: with(func(a *Table) { a.Version = "" }), Audience: own,
			Mentions: []record.Ref{"version/v-1"}},
		{Name: "in confidence to the chair", By: roomtest.As(roomtest.RU, record.Member),
			Act: with(func(a *Table) { a.Audience = record.Offices("RU") }), Audience: []record.Audience{record.Offices("RU")}},
		{Name: "between two", By: roomtest.RU, Act: with(func(a *Table) { a.Audience = record.Bilateral("UA", "RU") }),
			Audience: []record.Audience{record.Bilateral("RU", "UA")}, Mentions: []record.Ref{"seat/UA"}},
		{Name: "by the chair", By: roomtest.Chair, Act: with(func(a *Table) { a.Audience = record.Plenary }),
			Audience: []record.Audience{record.Plenary}},
		{Name: "by an adviser, for the own seat", By: roomtest.As(roomtest.RU, record.Adviser), Act: amend, Audience: own},
		{Name: "by an adviser, before the plenary", By: roomtest.As(roomtest.RU, record.Adviser),
			Act: with(func(a *Table) { a.Audience = record.Plenary }), Kind: fault.KindForbidden, Words: "own seat alone"},
		{Name: "by an interpreter", By: roomtest.As(roomtest.RU, record.Interpreter), Act: amend,
			Kind: fault.KindForbidden, Words: "only note"},
		{Name: "by an observer", By: roomtest.Observer, Act: amend, Kind: fault.KindForbidden, Words: "an observer tables no proposals"},
		{Name: "by a keeper of what is not public", By: roomtest.Keeper,
			Act:  with(func(a *Table) { a.For, a.Source = "EU", roomtest.Source }),
			Kind: fault.KindNotFound, Words: "no version"},
		{Name: "for another seat", By: roomtest.RU, Act: with(func(a *Table) { a.For = "UA" }),
			Kind: fault.KindForbidden, Words: "RU cannot speak for UA"},
		{Name: "in public without source", By: roomtest.RU, Act: with(func(a *Table) { a.Audience = record.Public }),
			Kind: fault.KindInvalid, Words: "needs its source"},
		{Name: "in public on what is not", By: roomtest.RU,
			Act:  with(func(a *Table) { a.Audience, a.Source = record.Public, roomtest.Source }),
			Kind: fault.KindInvalid, Words: "cannot be spoken of"},
		{Name: "no such version", By: roomtest.RU, Act: with(func(a *Table) { a.Version = "v-9" }),
			Kind: fault.KindNotFound, Words: `no version "v-9"`},
		{Name: "no such clause", By: roomtest.RU, Act: with(func(a *Table) { a.Clause = "x" }),
			Kind: fault.KindNotFound, Words: `no clause "x"`},
		{Name: "no words", By: roomtest.RU, Act: with(func(a *Table) { a.Words = " " }),
			Kind: fault.KindInvalid, Words: "the wording is missing"},
		{Name: "the words that stand", By: roomtest.RU, Act: with(func(a *Table) { a.Words = "2. They shall  exchange data \\[of 2022\\]\nevery month." }),
			Kind: fault.KindInvalid, Words: "changes nothing"},
		{Name: "the words that the seat holds", By: roomtest.RU,
			Act: with(func(a *Table) {
				a.Clause, a.Words = clauses[3], "1. The parties [shall][should] meet within 30 days."
			}),
			Kind: fault.KindInvalid, Words: "these are the words that RU has now"},
		{Name: "the words that the other holds", By: roomtest.UA,
			Act: with(func(a *Table) {
				a.Clause, a.Words = clauses[3], "1. The parties [shall][should] meet within 30 days."
			}),
			Audience: []record.Audience{record.Internal("UA")}},
		{Name: "a bracket that does not close", By: roomtest.RU, Act: with(func(a *Table) { a.Words = "2. They [shall exchange data." }),
			Kind: fault.KindInvalid, Words: "line 1, column 9 of the wording: a bracket without partner"},
		{Name: "words for another", By: roomtest.RU, Act: with(func(a *Table) { a.Words = "2. They [UA: shall] exchange data." }),
			Kind: fault.KindInvalid, Words: "names UA as holder"},
		{Name: "front matter", By: roomtest.RU, Act: with(func(a *Table) { a.Words = "---\nseats: XX\n---\n2. They [XX: shall] exchange data." }),
			Kind: fault.KindInvalid, Words: "front matter"},
		{Name: "an amendment that moves", By: roomtest.RU, Act: with(func(a *Table) { a.After = clauses[0] }),
			Kind: fault.KindInvalid, Words: "propose to move it as well"},
		{Name: "an id in capitals", By: roomtest.RU, Act: with(func(a *Table) { a.ID = "A" }),
			Kind: fault.KindInvalid, Words: "not an id"},
		{Name: "a deletion", By: roomtest.RU, Act: Table{ID: "a", Kind: Delete, Clause: clauses[4]}, Audience: own},
		{Name: "a deletion with words", By: roomtest.RU, Act: Table{ID: "a", Kind: Delete, Clause: clauses[4], Words: "x"},
			Kind: fault.KindInvalid, Words: "no words and no place"},
		{Name: "an insertion", By: roomtest.RU, Act: Table{ID: "a", Kind: Insert, After: clauses[4], Words: "2 bis. New."}, Audience: own,
			Mentions: []record.Ref{record.NewRef("clause", clauses[4])}},
		{Name: "an insertion at the beginning", By: roomtest.RU, Act: Table{ID: "a", Kind: Insert, Words: "Preamble."}, Audience: own},
		{Name: "an insertion into a clause", By: roomtest.RU, Act: Table{ID: "a", Kind: Insert, Clause: clauses[4], Words: "New."},
			Kind: fault.KindInvalid, Words: "has no id yet"},
		{Name: "an insertion after nothing", By: roomtest.RU, Act: Table{ID: "a", Kind: Insert, After: "x", Words: "New."},
			Kind: fault.KindNotFound, Words: "to come after"},
		{Name: "a move", By: roomtest.RU, Act: Table{ID: "a", Kind: Move, Clause: clauses[5], After: clauses[2]}, Audience: own},
		{Name: "a move to the beginning", By: roomtest.RU, Act: Table{ID: "a", Kind: Move, Clause: clauses[5]}, Audience: own},
		{Name: "a move to where it is", By: roomtest.RU, Act: Table{ID: "a", Kind: Move, Clause: clauses[5], After: clauses[4]},
			Kind: fault.KindInvalid, Words: "stands there already"},
		{Name: "a move after itself", By: roomtest.RU, Act: Table{ID: "a", Kind: Move, Clause: clauses[5], After: clauses[5]},
			Kind: fault.KindInvalid, Words: "stands there already"},
		{Name: "a move with words", By: roomtest.RU, Act: Table{ID: "a", Kind: Move, Clause: clauses[5], Words: "3. New."},
			Kind: fault.KindInvalid, Words: "a move has no words"},
		{Name: "no kind", By: roomtest.RU, Act: with(func(a *Table) { a.Kind = "rewrite" }),
			Kind: fault.KindInvalid, Words: "one of amend, insert, delete, move"},
	} {
		r.Try(t, c)
	}
	r.Must(t, roomtest.RU, amend)
	for _, c := range []roomtest.Case[Act]{
		{Name: "twice", By: roomtest.RU, Act: amend, Kind: fault.KindConflict, Words: "stands already"},
		{Name: "a second wording", By: roomtest.RU, Act: Table{ID: "b", Kind: Delete, Clause: clauses[4]},
			Kind: fault.KindConflict, Words: "name it as the one that yours replaces"},
		{Name: "a second wording in place of the first", By: roomtest.RU,
			Act: Table{ID: "b", Kind: Delete, Clause: clauses[4], Replaces: "a"}, Audience: own,
			Mentions: []record.Ref{"proposal/a"}},
		{Name: "before another audience", By: roomtest.RU,
			Act:      Table{ID: "b", Kind: Delete, Clause: clauses[4], Audience: record.Plenary},
			Audience: []record.Audience{record.Plenary}},
		{Name: "a move beside the wording", By: roomtest.RU, Act: Table{ID: "b", Kind: Move, Clause: clauses[4]}, Audience: own},
		{Name: "in place of one on another clause", By: roomtest.RU,
			Act:  Table{ID: "b", Kind: Delete, Clause: clauses[5], Replaces: "a"},
			Kind: fault.KindInvalid, Words: "on the same clause"},
		{Name: "in place of one before another audience", By: roomtest.RU,
			Act:  Table{ID: "b", Kind: Delete, Clause: clauses[4], Audience: record.Plenary, Replaces: "a"},
			Kind: fault.KindInvalid, Words: "stands before internal:RU"},
		{Name: "in place of one that is not there", By: roomtest.RU,
			Act:  Table{ID: "b", Kind: Delete, Clause: clauses[5], Replaces: "x"},
			Kind: fault.KindNotFound, Words: `no proposal "x"`},
		{Name: "in place of one out of sight", By: roomtest.UA,
			Act:  Table{ID: "b", Kind: Delete, Clause: clauses[4], Replaces: "a"},
			Kind: fault.KindNotFound, Words: `no proposal "a"`},
	} {
		r.Try(t, c)
	}
}

func TestTouches(t *testing.T) {
	r, clauses := issuedRoom(t)
	e := r.Must(t, roomtest.RU, Table{ID: "a", Kind: Move, Clause: clauses[5], After: clauses[2]})
	want := []string{"text", "proposal/a", "clause/" + clauses[5], "clause/" + clauses[2]}
	if got := Touches(e[0]); !slices.Equal(got, want) {
		t.Errorf("a move touches %q", got)
	}
	e = r.Must(t, roomtest.RU, Withdraw{Proposal: "a"})
	if got := Touches(e[0]); !slices.Equal(got, want[:3]) {
		t.Errorf("its withdrawal touches %q", got)
	}
	if got := Touches(r.Entries[0]); len(got) != 2+len(clauses) || got[0] != "text" || got[1] != "versions" {
		t.Errorf("a version touches %q", got)
	}
}

func TestSeeVersion(t *testing.T) {
	r, _ := issuedRoom(t)
	s := r.State(roomtest.Observer.Lens())
	v, there := SeeVersion(s, "v-1")
	if !there || v.Title != "Agreement" || v.Seat != "CH" || v.Counts.Clauses != 4 || v.Counts.Brackets != 4 {
		t.Errorf("the version is %+v", v)
	}
	if len(v.Clauses) != len(v.Text.Clauses) || draft.Print(v.Text) != agreement {
		t.Error("the text does not come back")
	}
	if len(SeeVersions(r.State(record.Lens{}))) != 0 {
		t.Error("the public sees what stands before the plenary")
	}
	if _, there := SeeVersion(new(State), ""); there {
		t.Error("nothing has a latest version")
	}
	again := issue("v-2")
	again.Draft = strings.ReplaceAll(agreement, "3. Costs are shared.", "3. Costs are not shared.")
	r.Must(t, roomtest.Chair, again)
	if w, _ := SeeVersion(r.State(roomtest.Chair.Lens()), "v-2"); w.Fingerprint == v.Fingerprint || w.Clauses[3] != v.Clauses[3] || w.Clauses[5].Fingerprint == v.Clauses[5].Fingerprint {
		t.Error("fingerprints do not follow the words")
	}
}
