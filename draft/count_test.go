package draft

import (
	"encoding/json"
	"testing"
)

func TestCount(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      Counts
	}{
		{"nothing", "", Counts{}},
		{"front matter", "---\nseats: US, RU\n---\n", Counts{}},
		{"words", "# A title\n\n1. The Parties – all of them – agree.\n", Counts{Clauses: 1, Words: 8}},
		{"brackets", "They [shall][should] meet [at once].",
			Counts{Clauses: 1, Brackets: 3, Alternatives: 2, MaxDepth: 1, Words: 6, ContestedWords: 4}},
		{"holders, no text and blanks are no words", "[US, RU: a b][EU: no text] in [X] days",
			Counts{Clauses: 1, Brackets: 3, Alternatives: 2, Placeholders: 1, MaxDepth: 1, Words: 4, ContestedWords: 2}},
		{"depth", "[a [b [c]]] [d]", Counts{Clauses: 1, Brackets: 4, MaxDepth: 3, Words: 4, ContestedWords: 4}},
		{"options have no depth", "**Option 1:** a [b]\n\n2. Option 1: c\n\nOption (a): d\n",
			Counts{Clauses: 3, Brackets: 1, Options: 3, BoldOptions: 1, MaxDepth: 1, Words: 4, ContestedWords: 4}},
		{"marks", "a[^1] [b](http://x) [c]\n\n[^1]: d\n",
			Counts{Clauses: 2, Brackets: 4, MaxDepth: 1, Words: 4, ContestedWords: 1, Marks: 3}},
		{"unbalanced", "a [b\n\nc] [d]", Counts{Clauses: 2, Brackets: 2, MaxDepth: 1, Words: 4, ContestedWords: 3}},
		{"unbalanced in different paragraphs", "a [b\n\nc\n\nd] e", Counts{Clauses: 3, Brackets: 1, MaxDepth: 1, Words: 5, ContestedWords: 3}},
		{"escapes", `\[a\] b`, Counts{Clauses: 1, Words: 2}},
		{"placeholders", "{placement: x} [*placeholder for y*] [TBD]",
			Counts{Clauses: 1, Brackets: 2, Placeholders: 3, MaxDepth: 1, Words: 3, ContestedWords: 3}},
		{"scripts", "Стороны 同意 يلتزم", Counts{Clauses: 1, Words: 3}},
	} {
		x := mustParse(t, c.src, "US", "RU", "EU")
		if got := Count(x); got != c.want {
			t.Errorf("%s: %q\n got %+v\nwant %+v", c.name, c.src, got, c.want)
		}
	}
}

func TestCountClauses(t *testing.T) {
	x := mustParse(t, "## [Article 5] *(scope)*\n\n1. a [b\n\n2. c] d\n\n---x\n")
	got, err := json.Marshal(CountClauses(x)[:2])
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"label":"Article 5","section":"Article 5 (scope)","line":1,"clauses":0,"brackets":1,"alternatives":0,"options":0,` +
		`"bold_options":0,"placeholders":0,"max_depth":1,"words":1,"contested_words":0,"marks":0},` +
		`{"label":"1","section":"Article 5 (scope)","line":3,"clauses":1,"brackets":1,"alternatives":0,"options":0,` +
		`"bold_options":0,"placeholders":0,"max_depth":1,"words":2,"contested_words":1,"marks":0}]`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestWordsAndFingerprint(t *testing.T) {
	x := mustParse(t, "5 bis. The  Parties\n[US: shall][RU: no text] meet[^1].\n\n6. Next [X].\n\n[^1]: n\n", "US", "RU")
	if got, want := x.Words(0), "The Parties [shall][no text] meet."; got != want {
		t.Errorf("words %q, want %q", got, want)
	}
	renumbered := mustParse(t, "6. The Parties [US: shall][RU: no text] meet.", "US", "RU")
	if Fingerprint(x.Words(0)) != Fingerprint(renumbered.Words(0)) {
		t.Error("a new number or another layout changes the fingerprint")
	}
	lifted := mustParse(t, "5 bis. The Parties shall meet.")
	if Fingerprint(x.Words(0)) == Fingerprint(lifted.Words(0)) {
		t.Error("a bracket lifted leaves the fingerprint as it was")
	}
	if Fingerprint("re\u0301serve") != Fingerprint("r\u00e9serve") {
		t.Error("composed and decomposed letters have different fingerprints")
	}
	const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // FIPS 180-2, appendix B.1
	if got := Fingerprint("  abc "); got != abc {
		t.Errorf("fingerprint %s, want %s", got, abc)
	}
}
