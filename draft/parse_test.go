package draft

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"paraph/record"
)

func seatsOf(names []string) []record.Seat {
	var seats []record.Seat
	for _, n := range names {
		seats = append(seats, record.Seat(n))
	}
	return seats
}

// checkText fails unless the parts of a text fit each other and its source.
func checkText(t interface{ Fatalf(string, ...any) }, src string, x *Text) {
	if got := Print(x); got != src {
		t.Fatalf("printed %q, parsed %q", got, src)
	}
	at := 0
	for i, p := range x.Pieces {
		line, column := placeOf(src, at)
		if p.Src == "" || p.Line != line || p.Column != column {
			t.Fatalf("piece %d %q says it stands at %d:%d, but is at %d:%d", i, p.Src, p.Line, p.Column, line, column)
		}
		if p.Kind == FrontMatter != (p.Clause < 0) {
			t.Fatalf("piece %d %q of kind %d in clause %d", i, p.Src, p.Kind, p.Clause)
		}
		if p.Within >= 0 && (i < x.Alternatives[p.Within].First || i >= x.Alternatives[p.Within].Last) {
			t.Fatalf("piece %d %q is not in the range of its alternative %d", i, p.Src, p.Within)
		}
		at += len(p.Src)
	}
	checkRanges(t, x)
	checkUnbalanced(t, src, x)
}

// checkRanges fails unless clauses follow each other without gap, and
// alternatives nest.
func checkRanges(t interface{ Fatalf(string, ...any) }, x *Text) {
	next := 0
	if len(x.Pieces) > 0 && x.Pieces[0].Kind == FrontMatter {
		next = 1
	}
	for i, c := range x.Clauses {
		if c.First != next || c.Last < c.First || c.Section >= i && c.Section >= 0 {
			t.Fatalf("clause %d is %d:%d in section %d, want it to begin at %d", i, c.First, c.Last, c.Section, next)
		}
		for _, p := range x.Pieces[c.First:c.Last] {
			if p.Clause != i {
				t.Fatalf("piece %q in the range of clause %d says %d", p.Src, i, p.Clause)
			}
		}
		next = c.Last
	}
	if next != len(x.Pieces) {
		t.Fatalf("the clauses cover %d of %d pieces", next, len(x.Pieces))
	}
	for i, a := range x.Alternatives {
		b := x.Brackets[a.Bracket]
		if a.First >= a.Last || x.Pieces[a.First].Within != i {
			t.Fatalf("alternative %d is %d:%d", i, a.First, a.Last)
		}
		if b.Within >= 0 {
			outer := x.Alternatives[b.Within]
			if a.First <= outer.First || a.Last > outer.Last || b.Depth != x.Brackets[outer.Bracket].Depth+1 {
				t.Fatalf("alternative %d (%d:%d) does not nest in %d (%d:%d)", i, a.First, a.Last, b.Within, outer.First, outer.Last)
			}
		} else if b.Depth != 1 {
			t.Fatalf("bracket %d at top level has depth %d", a.Bracket, b.Depth)
		}
	}
	for i, b := range x.Brackets {
		for j, a := range b.Alternatives {
			if x.Alternatives[a].Bracket != i || j > 0 && x.Alternatives[a].First != x.Alternatives[b.Alternatives[j-1]].Last &&
				!b.Options {
				t.Fatalf("bracket %d does not hold its alternative %d", i, a)
			}
		}
	}
}

// checkUnbalanced fails unless every imbalance is a bracket at its place, and
// brackets add up.
func checkUnbalanced(t interface{ Fatalf(string, ...any) }, src string, x *Text) {
	lines := strings.Split(src, "\n")
	line, column := 0, 0
	for _, u := range x.Unbalanced {
		if u.Line < line || u.Line == line && u.Column <= column || u.Line > len(lines) {
			t.Fatalf("imbalance at %d:%d after %d:%d", u.Line, u.Column, line, column)
		}
		line, column = u.Line, u.Column
		want := '['
		if u.Unopened {
			want = ']'
		}
		text := lines[u.Line-1]
		for range u.Column - 1 {
			_, size := utf8.DecodeRuneInString(text)
			text = text[size:]
		}
		if r, _ := utf8.DecodeRuneInString(text); r != want {
			t.Fatalf("no %q at %d:%d of %q", want, u.Line, u.Column, src)
		}
		if u.Assumed == "" {
			t.Fatalf("nothing assumed at %d:%d", u.Line, u.Column)
		}
	}
	stray := 0
	for _, p := range x.Pieces {
		if p.Kind == Stray {
			stray++
		}
	}
	unopened := 0
	for _, u := range x.Unbalanced {
		if u.Unopened {
			unopened++
		}
	}
	if stray != unopened {
		t.Fatalf("%d strays, %d unopened in %q", stray, unopened, src)
	}
}

// folded gives words with single spaces between them.
func folded(s string) string { return strings.Join(strings.Fields(s), " ") }

func FuzzParse(f *testing.F) {
	for _, src := range []string{
		"", "[", "]", "a [b][US: c] d", "---\nseats: US, RU\n---\n[US: a][RU: no text]\n",
		"**Option 1:** a\n\n**Option 2:** b [c\n\n## [Article 5 bis] *(x)*\n\n(a) ]\n",
		"\ufeffx [^1]\r\n\r\n[^1]: note\r\n", "\\[of 2022\\] [x](a) [l](http://x) {placement: y}",
		"[17] note\n\nword[17] [US/SG propose; CL/MY oppose: 6. x]",
	} {
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		x, err := Parse(src, "US", "RU")
		if err != nil {
			return
		}
		checkText(t, src, x)
		for _, seat := range []record.Seat{"", "US", "RU"} {
			if r := Reading(x, seat); strings.Contains(r, "\n\n\n") {
				t.Fatalf("two blank lines in the reading %q", r)
			}
		}
		normal := PrintNormal(x)
		again, err := Parse(normal, "US", "RU")
		if err != nil {
			t.Fatal(err)
		}
		if twice := PrintNormal(again); twice != normal {
			t.Fatalf("the normal form of %q is %q, and that of the latter is %q", src, normal, twice)
		}
		for _, seat := range []record.Seat{"", "US", "RU"} {
			if len(x.Unbalanced) > 0 {
				break // another layout may make other partners likely
			}
			if was, is := folded(Reading(x, seat)), folded(Reading(again, seat)); was != is {
				t.Fatalf("the reading of %q is %q; of its normal form %q it is %q", src, was, normal, is)
			}
		}
		for _, c := range CountClauses(x) {
			if c.ContestedWords > c.Words {
				t.Fatal(fmt.Sprint(c))
			}
		}
	})
}
