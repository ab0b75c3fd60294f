package akn

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/draft"
	"paraph/record"
)

// goesRound writes a document, reads it back, and gives what was written.
func goesRound(t testing.TB, d Document) string {
	t.Helper()
	written, err := Write(d)
	if err != nil {
		t.Fatalf("not written: %v", err)
	}
	back, doubts, err := Read([]byte(written))
	if err != nil {
		t.Fatalf("not read back: %v\n%s", err, written)
	}
	if len(doubts) > 0 {
		t.Fatalf("doubts of its own: %v\n%s", doubts, written)
	}
	if got, want := draft.Print(back.Text), draft.Print(d.Text); got != want {
		t.Fatalf("characters differ\n got %q\nwant %q\n%s", cut(got, want), cut(want, got), written)
	}
	if !slices.Equal(back.Clauses, d.Clauses) {
		t.Fatalf("ids differ\n got %q\nwant %q\n%s", back.Clauses, d.Clauses, written)
	}
	if back.Fingerprint != d.Fingerprint || back.Number != d.Number || back.Date != d.Date || !slices.Equal(back.Positions, d.Positions) {
		t.Fatalf("it says otherwise of itself: %q %d %q %q\n%s", back.Fingerprint, back.Number, back.Date, back.Positions, written)
	}
	if !slices.EqualFunc(back.Text.Alternatives, d.Text.Alternatives, sameAlternative) || !slices.EqualFunc(back.Text.Clauses, d.Text.Clauses, func(a, b draft.Clause) bool { return a == b }) {
		t.Fatalf("the text is parsed otherwise\n%s", written)
	}
	return written
}

func sameAlternative(a, b draft.Alternative) bool {
	return a.First == b.First && a.Last == b.Last && a.Label == b.Label && a.NoText == b.NoText && slices.Equal(a.Holders, b.Holders)
}

// cut shows a string from where it differs from another.
func cut(a, b string) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	n = max(0, n-40)
	return a[n:min(len(a), n+120)]
}

func parsed(t testing.TB, src string, seats ...record.Seat) *draft.Text {
	t.Helper()
	x, err := draft.Parse(src, seats...)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// numbered gives every clause an id of its own, as a process does.
func numbered(t *draft.Text) []string {
	ids := make([]string, len(t.Clauses))
	for i := range ids {
		ids[i] = "id/" + strings.Repeat("x", i%3) + string(rune('a'+i%26)) + "-" + strings.Repeat("0", i/26%50) + "é"
		if i%5 == 4 {
			ids[i] = ids[i-1] // of real versions two clauses may have one id
		}
	}
	if len(ids) == 0 {
		return nil
	}
	return ids
}

// valid holds a document to the schema, where xmllint is installed.
func valid(t *testing.T, written string) {
	t.Helper()
	program, err := exec.LookPath("xmllint")
	if err != nil {
		t.Log("xmllint is not installed: the document is not held to the schema")
		return
	}
	file := filepath.Join(t.TempDir(), "document.xml")
	if err := os.WriteFile(file, []byte(written), 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command(program, "--nonet", "--noout", "--huge", "--schema", "testdata/akomantoso30.xsd", file).CombinedOutput(); err != nil {
		t.Fatalf("not valid by the schema: %.3000s", said)
	}
}

// paris are both states of the draft Paris Agreement.
func paris(t testing.TB) []*draft.Text {
	t.Helper()
	names, err := filepath.Glob("../draft/testdata/paris/*.md")
	if err != nil || len(names) < 2 {
		t.Fatalf("the Paris texts are not there: %v, %v", names, err)
	}
	var texts []*draft.Text
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, parsed(t, string(src)))
	}
	return texts
}

func TestParisGoesRound(t *testing.T) {
	texts := paris(t)
	for i, text := range texts {
		d := Document{Text: text, Clauses: numbered(text), Process: "paris", Number: i + 1, Date: "2015-12-04", Language: "en", Title: "Draft Agreement", Symbol: "ADP.2015.11",
			Fingerprint: strings.Repeat("0123456789abcdef", 4), Positions: []Position{
				{numbered(text)[0], "US", "2015-12-04T10:00:00Z", "supports: \"as it\nstands\" & <more>"}, {"gone", "A & B", "", ""},
			}}
		if i > 0 {
			d.Before = &Document{Text: texts[i-1], Process: "paris", Number: i}
		}
		valid(t, goesRound(t, d))
	}
}

// fragments are what texts are made of, and what confuses a writer of trees.
var fragments = []string{
	"[", "]", "][", "\n", "\n\n", "\r\n", " ", "    ", "\t", "US: ", "RU, US: ", "US/RU propose; EU opposes: ", "and EU", "Group of 77: ",
	"Option 1: ", "**Option 2:** ", "Option (a)", "alt 2. ", "(a) ", "5 bis. ", "1. ", "- ", "Pp1 ", "## ", "### Article 6", "Article 5", "[Article 5 bis]", "## Preamble",
	"no text", "(deleted)", "X", "TBD", "{placement: x}", "*placeholder for y*", "word[^1]", "[^1]: note", "[17] note", "word[17]", "*so*", "**b**",
	"[a](http://x)", "[r]: http://y", "[b][r]", `\[`, `\]`, `\`, "*", "**", "shall", "the Parties", "é", "يلتزم", "同意", "\u00a0", "\u2028", "\x01", "\uffff", "---\nseats: US\n---\n", "\ufeff", "<b>&amp;\"'",
}

func anyText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(fragments), rapid.SampledFrom(fragments), rapid.String()), 0, 40).Draw(t, "parts")
		return strings.ToValidUTF8(strings.ReplaceAll(strings.Join(parts, ""), "\x00", ""), "?")
	})
}

func TestAnyTextGoesRound(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		src := anyText().Draw(r, "src")
		x, err := draft.Parse(src, "US", "RU", "EU", "Group of 77")
		if err != nil {
			r.Skip()
		}
		d := Document{Text: x}
		if rapid.Bool().Draw(r, "ids") {
			d.Clauses = numbered(x)
		}
		inRapid{r}.goesRound(d)
	})
}

// inRapid is goesRound for rapid.
type inRapid struct{ *rapid.T }

func (t inRapid) goesRound(d Document) {
	written, err := Write(d)
	if err != nil {
		t.Fatalf("not written: %v", err)
	}
	back, doubts, err := Read([]byte(written))
	if err != nil {
		t.Fatalf("not read back: %v\n%s", err, written)
	}
	if len(doubts) > 0 {
		t.Fatalf("doubts of its own: %v\n%s", doubts, written)
	}
	if got, want := draft.Print(back.Text), draft.Print(d.Text); got != want {
		t.Fatalf("characters differ\n got %q\nwant %q\n%s", got, want, written)
	}
	if !slices.Equal(back.Clauses, d.Clauses) {
		t.Fatalf("ids differ\n got %q\nwant %q\n%s", back.Clauses, d.Clauses, written)
	}
	if !slices.EqualFunc(back.Text.Alternatives, d.Text.Alternatives, sameAlternative) {
		t.Fatalf("alternatives differ\n%s", written)
	}
}

// TestManyTextsAreValid holds many small texts to the schema in one call.
func TestManyTextsAreValid(t *testing.T) {
	program, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed: nothing is held to the schema here")
	}
	dir := t.TempDir()
	args := []string{"--nonet", "--noout", "--schema", "testdata/akomantoso30.xsd"}
	for i := range 150 {
		src := anyText().Example(i)
		x, err := draft.Parse(src, "US", "RU", "EU", "Group of 77")
		if err != nil {
			continue
		}
		d := Document{Text: x, Date: "2026-11-23", Issuer: "US"}
		if i%2 == 0 {
			d.Clauses = numbered(x)
		}
		if i > 0 {
			d.Before = &Document{Text: parsed(t, anyText().Example(i-1)), Number: 1}
		}
		written, err := Write(d)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, "d"+string(rune('a'+i/26))+string(rune('a'+i%26))+".xml")
		if err := os.WriteFile(file, []byte(written), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	if said, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		for line := range strings.SplitSeq(string(said), "\n") {
			if line != "" && !strings.HasSuffix(line, " validates") {
				t.Errorf("%s", line)
			}
		}
	}
}
