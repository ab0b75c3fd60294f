package draft

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/fault"
	"paraph/record"
)

// plainWords and markWords are what random texts are made of: few words, so
// that they repeat; several scripts; and words that look like marks.
var (
	plainWords = strings.Fields(`the The shall should Parties withdraw within 30 days, 600,000 800,000 and and of of
		force. 5 bis. (a) שלום السلام мир 和平 e` + "\u0301" + `tat étatt — ;`)
	markWords = strings.Fields(`[ ] [shall] [the force] [US: RU: US, UA: [US, RU: shall] [] ][ \ \[ \] \\ No text no text. (deleted)
		Option 1: **Option 2:** Option (a) Alt 2 1 {placement: here} { } [^1] [17] [X] # ## ** * --- [x](http://a) US propose:
		[source] source] ^1 : `)
)

// draw makes random texts for one test.
type draw struct {
	t     *rapid.T
	words []string
}

func (d draw) word() string { return rapid.SampledFrom(d.words).Draw(d.t, "word") }

func (d draw) number(least, most int) int { return rapid.IntRange(least, most).Draw(d.t, "number") }

func (d draw) clause() []string {
	c := make([]string, d.number(1, 12))
	for i := range c {
		c[i] = d.word()
	}
	return c
}

func (d draw) text() [][]string {
	t := make([][]string, d.number(0, 6))
	for i := range t {
		t[i] = d.clause()
	}
	return t
}

// edit changes a text as a delegation might: words and clauses inserted,
// deleted, moved; clauses split and merged.
func (d draw) edit(text [][]string) [][]string {
	text = slices.Clone(text)
	for range d.number(0, 5) {
		if len(text) == 0 {
			return append(text, d.clause())
		}
		i := d.number(0, len(text)-1)
		c := slices.Clone(text[i])
		at := d.number(0, len(c))
		switch d.number(0, 7) {
		case 0, 1:
			text[i] = slices.Insert(c, at, d.clause()[:1]...)
		case 2:
			text[i] = slices.Delete(c, at, min(at+d.number(1, 4), len(c)))
		case 3:
			text[i] = slices.Concat(c[:at], d.clause(), c[min(at+2, len(c)):])
		case 4:
			text = slices.Insert(text, i, d.clause())
		case 5:
			text = slices.Delete(text, i, i+1)
		case 6:
			text = slices.Delete(text, i, i+1)
			text = slices.Insert(text, d.number(0, len(text)), c)
		case 7:
			if i+1 < len(text) && at == 0 {
				text[i+1] = slices.Concat(c, text[i+1])
				text = slices.Delete(text, i, i+1)
			} else {
				text[i] = c[:at]
				text = slices.Insert(text, i+1, c[at:])
			}
		}
	}
	return text
}

func (d draw) write(text [][]string) *Text {
	var b strings.Builder
	for _, c := range text {
		for i, w := range c {
			if i > 0 {
				b.WriteString(rapid.SampledFrom([]string{" ", " ", " ", " ", "  ", "\n"}).Draw(d.t, "space"))
			}
			b.WriteString(w)
		}
		b.WriteString("\n\n")
	}
	return parsed(d.t, b.String())
}

// table makes a base, perhaps none, and 1 to 12 submissions.
func (d draw) table() (*Text, []Submission) {
	var base *Text
	start := d.text()
	if rapid.Bool().Draw(d.t, "base") {
		base = d.write(start)
	}
	var subs []Submission
	for i := range d.number(1, 12) {
		seat := record.Seat(append([]string{"US", "RU", "UA", "EU"}, "S5", "S6", "S7", "S8", "S9", "S10", "S11", "S12")[i])
		own := start
		switch d.number(0, 9) {
		case 0:
			own = nil
		case 1:
			own = d.text()
		case 2:
		default:
			own = d.edit(start)
		}
		subs = append(subs, Submission{Seat: seat, Text: d.write(own)})
	}
	return base, subs
}

type fataler interface {
	Helper()
	Fatalf(string, ...any)
}

func parsed(t fataler, src string) *Text {
	t.Helper()
	x, err := Parse(src)
	if err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	return x
}

func compiled(t fataler, base *Text, subs []Submission) *Text {
	t.Helper()
	x, err := Compile(base, subs)
	if err != nil {
		var all strings.Builder
		if base != nil {
			fmt.Fprintf(&all, "base: %q\n", source(base))
		}
		for _, s := range subs {
			fmt.Fprintf(&all, "%s: %q\n", s.Seat, source(s.Text))
		}
		t.Fatalf("%v\n%s", err, all.String())
	}
	return x
}

func TestReadingsComeBackExactly(t *testing.T) {
	for name, words := range map[string][]string{"words": plainWords, "marks": slices.Concat(plainWords, markWords, markWords)} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				base, subs := draw{t, words}.table()
				x := compiled(t, base, subs)
				for _, s := range subs {
					if got, want := strings.Fields(Reading(x, s.Seat)), strings.Fields(source(s.Text)); !slices.Equal(got, want) {
						t.Fatalf("%s reads\n%q\nbut wrote\n%q\nin\n%s", s.Seat, got, want, source(x))
					}
				}
			})
		})
	}
}

// Where somebody hands in the base as it is, every word of it lies on the table.
func TestBaseComesBackWhereSomebodyKeepsIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t, slices.Concat(plainWords, markWords)}
		base, subs := d.table()
		if base == nil {
			base = subs[0].Text
		}
		subs = append(subs, Submission{Seat: "KEEPER", Text: base})
		x := compiled(t, base, subs)
		if got, want := strings.Fields(Reading(x, "")), strings.Fields(source(base)); !slices.Equal(got, want) {
			t.Fatalf("the base reads\n%q\nbut was\n%q\nin\n%s", got, want, source(x))
		}
	})
}

func TestOrderOfSubmissionsDecidesOnlyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, subs := draw{t, slices.Concat(plainWords, markWords)}.table()
		one := compiled(t, base, subs)
		other := compiled(t, base, rapid.Permutation(subs).Draw(t, "order"))
		if x, y := sorted(one), sorted(other); x != y {
			t.Fatalf("\n%s\nagainst\n%s", x, y)
		}
	})
}

// sorted gives a text with its alternatives and holders sorted, brackets apart
// from words, and white space folded.
func sorted(t *Text) string {
	var within func(alternative, from, to int) string
	at := map[int]int{} // the bracket whose first alternative begins with a piece
	for i, b := range t.Brackets {
		at[t.Alternatives[b.Alternatives[0]].First] = i
	}
	within = func(alternative, from, to int) string {
		var out []string
		for i := from; i < to; {
			if b, ok := at[i]; ok && t.Brackets[b].Within == alternative {
				var alts []string
				for _, a := range t.Brackets[b].Alternatives {
					alt := t.Alternatives[a]
					var seats []string
					for _, h := range alt.Holders {
						seats = append(seats, string(h.Seat))
					}
					slices.Sort(seats)
					first := alt.First + 1
					if len(seats) > 0 {
						first++
					}
					alts = append(alts, fmt.Sprintf("<%s: %s>", strings.Join(seats, ", "), within(a, first, alt.Last)))
					i = alt.Last
				}
				slices.Sort(alts)
				out = append(out, strings.Join(alts, ""))
				continue
			}
			if p := t.Pieces[i]; p.Kind != FrontMatter {
				out = append(out, p.Src)
			}
			i++
		}
		return strings.Join(strings.Fields(strings.Join(out, " ")), " ")
	}
	return within(-1, 0, len(t.Pieces))
}

func TestUnchangedClausesArePrintedUnchanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw{t, plainWords}
		text := append(d.text(), d.clause(), d.clause())
		for i := range text {
			text[i] = append([]string{fmt.Sprintf("clause-%d", i)}, text[i]...)
		}
		changed := d.number(0, len(text)-1)
		var subs []Submission
		for _, seat := range []record.Seat{"US", "RU", "UA"} {
			own := slices.Clone(text)
			own[changed] = append(slices.Clone(own[changed]), d.clause()...)
			subs = append(subs, Submission{seat, parsed(t, onePerLine(own))})
		}
		x := compiled(t, parsed(t, onePerLine(text)), subs)
		for i, c := range text {
			if i != changed && !strings.Contains("\n"+source(x)+"\n", "\n"+strings.Join(c, " ")+"\n") {
				t.Fatalf("clause %d is not printed as it was in\n%s", i, source(x))
			}
		}
	})
}

// onePerLine writes each clause on a line, with blank lines between.
func onePerLine(text [][]string) string {
	var b strings.Builder
	for _, c := range text {
		b.WriteString(strings.Join(c, " ") + "\n\n")
	}
	return b.String()
}

func TestWitnessesStayWithinTheFiguresOfCollation(t *testing.T) {
	// The first seed's figures are those of a well-known collation tool; the
	// others are the words of a shortest text that holds all submissions.
	for seed, figures := range [][]int{{89, 169, 257, 527, 994}, {100, 152, 272, 532, 996}, {86, 152, 270, 505, 969}} {
		for i, name := range witnessSets {
			for _, withBase := range []bool{true, false} {
				base, subs := witnesses(t, seed+1, name)
				if !withBase {
					base = nil
				}
				x := compiled(t, base, subs)
				if words := compositeWords(x); words > figures[i] {
					t.Errorf("seed %d, %s, base %v: %d words, more than %d", seed+1, name, withBase, words, figures[i])
				}
			}
		}
	}
}

// compositeWords counts the words of a text that are printed, each once: marks
// and holder lists are none.
func compositeWords(t *Text) int {
	n := 0
	for _, p := range t.Pieces {
		if p.Kind == Words || p.Kind == Blank || p.Kind == Label || p.Kind == NoteMark {
			n += len(strings.Fields(p.Src))
		}
	}
	return n
}

func TestCompiledTexts(t *testing.T) {
	for _, dir := range []string{"vesna", "plan", "split", "brackets", "weapons"} {
		for _, withBase := range []bool{true, false} {
			name, golden := dir, "compiled.md"
			if !withBase {
				name, golden = dir+" without base", "compiled-without-base.md"
			}
			t.Run(name, func(t *testing.T) {
				base, subs := readCase(t, filepath.Join("testdata", "compile", dir))
				if !withBase {
					base = nil
				}
				got := Print(compiled(t, base, subs))
				path := filepath.Join("testdata", "compile", dir, golden)
				if *update {
					if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				if got != string(want) {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
			})
		}
	}
}

var update = flag.Bool("update", false, "write the golden files of compilations anew")

// readCase reads base.md and the submissions, which are named for their seats.
func readCase(t *testing.T, dir string) (*Text, []Submission) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "[A-Z]*.md"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no submissions in %s (%v)", dir, err)
	}
	read := func(file string) *Text {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return parsed(t, string(src))
	}
	var subs []Submission
	for _, f := range files {
		subs = append(subs, Submission{record.Seat(strings.TrimSuffix(filepath.Base(f), ".md")), read(f)})
	}
	return read(filepath.Join(dir, "base.md")), subs
}

func TestRefusedCompilations(t *testing.T) {
	text := parsed(t, "words")
	for name, test := range map[string]struct {
		subs []Submission
		want string
	}{
		"nothing":      {nil, "nothing to compile"},
		"no text":      {[]Submission{{"US", nil}}, "has no text"},
		"no seat":      {[]Submission{{"", text}}, "is not the base"},
		"bad seat":     {[]Submission{{"US: a", text}}, "cannot name a seat"},
		"seat twice":   {[]Submission{{"US", text}, {"US", text}}, "two submissions of US"},
		"bracket seat": {[]Submission{{"[US]", text}}, "cannot name a seat"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Compile(nil, test.subs)
			if fault.KindOf(err) != fault.KindInvalid || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func FuzzCompile(f *testing.F) {
	f.Add("1. The Parties shall withdraw.", "1. The Parties should withdraw.", "2. No text")
	f.Add("[shall][should] go", "[US: shall] go", "\\[of 2022\\] ]")
	f.Add("**Option 1:** No text\n\n**Option 2:** x", "Option (a)\n\n[17] note", "word[17] {placement: y}")
	f.Add("שלום עולם", "", "e\u0301 \u00e9\r\n\r\nx")
	f.Fuzz(func(t *testing.T, base, one, other string) {
		var texts []*Text
		for _, src := range []string{base, one, other} {
			x, err := Parse(src)
			if err != nil || len(src) > 5000 {
				return
			}
			texts = append(texts, x)
		}
		subs := []Submission{{"US", texts[1]}, {"RU", texts[2]}}
		for _, b := range []*Text{texts[0], nil} {
			compiled(t, b, subs)
		}
	})
}

// Those who hand nothing in keep the base, and read it.
func TestWhoHandsNothingInKeepsTheBase(t *testing.T) {
	base := parsed(t, "---\nseats: US, RU\n---\n\n1. The forces are limited to 600,000.\n")
	mine := parsed(t, "1. The forces are limited to 800,000.\n")
	for name, test := range map[string]struct {
		subs []Submission
		want string
	}{
		"nobody keeps it": {[]Submission{{"RU", mine}}, "1. The forces are limited to 800,000."},
		"the silent do":   {[]Submission{{"RU", mine}, {"", base}}, "1. The forces are limited to [600,000.][RU: 800,000.]"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Compile(base, test.subs)
			if err != nil {
				t.Fatal(err)
			}
			if words := strings.TrimSpace(source(got)); words != test.want {
				t.Errorf("got  %s\nwant %s", words, test.want)
			}
			if !slices.Equal(got.Front.Seats, []record.Seat{"RU", "US"}) {
				t.Errorf("the seats are %v: the silent must be able to read too", got.Front.Seats)
			}
		})
	}
	if _, err := Compile(base, []Submission{{"RU", mine}, {"", mine}}); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a submission without a seat that is not the base gives %v", err)
	}
}
