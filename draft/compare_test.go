package draft

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// shown puts a comparison into words: figures, moves, and a line for each change.
func shown(c Comparison) string {
	var b strings.Builder
	fmt.Fprintf(&b, "words -%d +%d, moved %d (%d words), renumbered %d, brackets -%d +%d, dropped %d\n", c.DeletedWords, c.InsertedWords,
		c.MovedClauses, c.MovedWords, c.Renumbered, c.BracketsLifted, c.BracketsAdded, c.OptionsDropped)
	for _, m := range c.Moves {
		fmt.Fprintf(&b, "move %s (line %d) to %s (line %d): %d clauses, %d words\n", m.FromLabel, m.FromLine, m.ToLabel, m.ToLine, m.Clauses, m.Words)
	}
	for _, ch := range c.Clauses {
		fmt.Fprintf(&b, "%s %s>%s:", ch.Kind, ch.OldLabel, ch.NewLabel)
		if ch.From != "" {
			fmt.Fprintf(&b, " (%s to %s)", ch.From, ch.To)
		}
		b.WriteString(" ")
		for _, r := range ch.Runs {
			switch r.Op {
			case Keep:
				b.WriteString(r.Words)
			case Cut:
				b.WriteString("{-" + r.Words + "-}")
			case Add:
				b.WriteString("{+" + r.Words + "+}")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestCompare(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"bracket put around a word", "1. The Parties shall withdraw.", "1. The Parties [shall] withdraw.",
			"words -0 +0, moved 0 (0 words), renumbered 0, brackets -0 +1, dropped 0\n" +
				"changed 1>1: The Parties {+[+}shall{+]+} withdraw.\n"},
		{"brackets lifted, alternative dropped, holder added", "1. The Parties [shall] withdraw [US: within 30 days][RU: within 60 days][UA: no text].", "1. The Parties shall withdraw [US: within 30 days][RU, UA: within 60 days].",
			"words -0 +0, moved 0 (0 words), renumbered 0, brackets -1 +0, dropped 1\n" +
				"changed 1>1: The Parties {-[-}shall{-]-} withdraw [US: within 30 days][{-RU:-}{+RU, UA:+} within 60 days]{-[UA: no text]-}.\n"},
		{"alternatives settled by other words", "1. The Parties [shall][should] withdraw [US: within 30 days][RU: within 60 days].", "1. The Parties should withdraw within 45 days.",
			"words -5 +1, moved 0 (0 words), renumbered 0, brackets -2 +0, dropped 2\n" +
				"changed 1>1: The Parties {-[shall][-}should{-]-} withdraw {-[US: -}within {-30 days][RU: within 60-}{+45+} days{-]-}.\n"},
		{"clause out of its bracket", "[US: 5 bis. The Parties shall report to the commission.]", "5 bis. The Parties shall report to the commission.",
			"words -0 +0, moved 0 (0 words), renumbered 0, brackets -1 +0, dropped 0\n" +
				"changed 5 bis>5 bis: {-[US: -}The Parties shall report to the commission.{-]-}\n"},
		{"bracket that ends inside a word", "1. Nothing is agree[d.]", "1. Nothing is agreed.",
			"words -0 +0, moved 0 (0 words), renumbered 0, brackets -1 +0, dropped 0\n" +
				"changed 1>1: Nothing is agree{-[-}d.{-]-}\n"},
		{"options dropped and numbered anew", "**Option 1:** Each side withdraws.\n\n**Option 2:** No side withdraws at all.\n\n**Option 3:** No text", "**Option 1:** No side withdraws at all.\n\n**Option 2:** No text",
			"words -3 +0, moved 0 (0 words), renumbered 0, brackets -0 +0, dropped 1\n" +
				"deleted >: {-**Option 1:** Each side withdraws.-}\n" +
				"changed >: {-**Option 2:**-}{+**Option 1:**+} No side withdraws at all.\n" +
				"changed >: {-**Option 3:**-}{+**Option 2:**+} No text\n"},
		{"options that go from one bracket to another", "**Option 1:** The sides cease all fire at noon.\n\n# Water\n\n**Option 1:** Ships of both sides use the lake freely.\n\n**Option 2:** The Red Cross visits every camp each month.", "**Option 1:** The Red Cross visits every camp each month.\n\n**Option 2:** The sides cease all fire at noon.\n\n# Water\n\n**Option 1:** Ships of both sides use the lake freely.",
			"words -0 +0, moved 1 (8 words), renumbered 0, brackets -0 +0, dropped 0\n" +
				"move  (line 7) to  (line 1): 1 clauses, 8 words\n" +
				"moved+changed >: (Water to ) {-**Option 2:**-}{+**Option 1:**+} The Red Cross visits every camp each month.\n" +
				"changed >: {-**Option 1:**-}{+**Option 2:**+} The sides cease all fire at noon.\n" +
				"same >: Water\n" +
				"same >: **Option 1:** Ships of both sides use the lake freely.\n"},
		{"marks alone changed, in either of two ways", "1. [a] [b].", "1. [a [] b].",
			"words -0 +0, moved 0 (0 words), renumbered 0, brackets -0 +0, dropped 0\n" +
				"changed 1>1: [a{-]-} [{+] +}b].\n"},
		{"blanks around marks, as many elsewhere", "1. [ ]may ]may", "1. []may ] may",
			"words -0 +0, moved 0 (0 words), renumbered 0, brackets -0 +0, dropped 0\n" +
				"same 1>1: [{- -}]may ]{+ +}may\n"},
		{"one word made two by a blank before a mark", "1. The sea[port] is open.", "1. The sea [port] is open.",
			"words -1 +2, moved 0 (0 words), renumbered 0, brackets -0 +0, dropped 0\n" +
				"changed 1>1: The {-sea-}{+sea +}[{-port-}{+port+}] is open.\n"},
		{"articles renumbered", "# Article 1\n\n1. The sides cease fire.\n\n# Article 2\n\n1. The sides exchange all prisoners.", "# Article 1\n\n1. Observers are sent to the lake by both.\n\n# Article 2\n\n1. The sides cease fire.\n\n# Article 3\n\n1. The sides exchange all prisoners.",
			"words -0 +8, moved 0 (0 words), renumbered 2, brackets -0 +0, dropped 0\n" +
				"inserted >Article 1: \n" +
				"inserted >1: {+Observers are sent to the lake by both.+}\n" +
				"renumbered Article 1>Article 2: \n" +
				"same 1>1: The sides cease fire.\n" +
				"renumbered Article 2>Article 3: \n" +
				"same 1>1: The sides exchange all prisoners.\n"},
		{"article moved", "# Article 1\n\n1. The sides cease fire at noon.\n\n2. The fire shall stop on all fronts of the war.\n\n# Article 2\n\n1. The sides exchange all prisoners within ten days.\n\n2. The Red Cross helps the sides with it.", "# Article 1\n\n1. The sides exchange all prisoners within ten days.\n\n2. The Red Cross helps both sides with it.\n\n# Article 2\n\n1. The sides cease fire at noon.\n\n2. The fire shall stop on all fronts of the war.",
			"words -1 +1, moved 2 (15 words), renumbered 2, brackets -0 +0, dropped 0\n" +
				"move Article 2 (line 7) to Article 1 (line 1): 2 clauses, 15 words\n" +
				"moved Article 2>Article 1: (Article 2 to Article 1) \n" +
				"moved 1>1: (Article 2, 1 to Article 1, 1) The sides exchange all prisoners within ten days.\n" +
				"moved+changed 2>2: (Article 2, 2 to Article 1, 2) The Red Cross helps {-the-}{+both+} sides with it.\n" +
				"renumbered Article 1>Article 2: \n" +
				"same 1>1: The sides cease fire at noon.\n" +
				"same 2>2: The fire shall stop on all fronts of the war.\n"},
		{"paragraph split", "1. The sides cease fire at noon. They shall withdraw all heavy arms from the line within ten days.\n\n2. Done.", "1. The sides cease fire at noon.\n\n2. They shall withdraw all heavy weapons from the line within ten days.\n\n3. Done.",
			"words -1 +1, moved 0 (0 words), renumbered 2, brackets -0 +0, dropped 0\n" +
				"split 1>1: The sides cease fire at noon.\n" +
				"changed 1>2: They shall withdraw all heavy {-arms-}{+weapons+} from the line within ten days.\n" +
				"renumbered 2>3: Done.\n"},
		{"paragraphs merged", "1. The sides cease fire at noon.\n\n2. They shall withdraw all heavy weapons from the line within ten days.\n\n3. Done.", "1. The sides cease fire at noon. They shall withdraw all heavy arms from the line within ten days.\n\n2. Done.",
			"words -1 +1, moved 0 (0 words), renumbered 2, brackets -0 +0, dropped 0\n" +
				"merged 1>1: The sides cease fire at noon.\n" +
				"changed 2>1: They shall withdraw all heavy {-weapons-}{+arms+} from the line within ten days.\n" +
				"renumbered 3>2: Done.\n"},
		{"many paragraphs merged", "1. The sides cease fire at noon of the first day.\n\n2. They shall withdraw all heavy weapons from the line within ten days.\n\n3. A commission of three meets in Vesna every month.\n\n4. All prisoners are exchanged before the snow falls on the passes.\n\n5. The Red Cross helps.", "1. The sides cease fire at noon of the first day. They shall withdraw all heavy weapons from the line within ten days. A commission of four meets in Vesna every month. All prisoners are exchanged before the snow falls on the passes. The Red Cross helps.",
			"words -1 +1, moved 0 (0 words), renumbered 1, brackets -0 +0, dropped 0\n" +
				"merged 1>1: The sides cease fire at noon of the first day.\n" +
				"renumbered 2>1: They shall withdraw all heavy weapons from the line within ten days.\n" +
				"merged 3>1: A commission of {-three-}{+four+} meets in Vesna every month.\n" +
				"merged 4>1: All prisoners are exchanged before the snow falls on the passes.\n" +
				"merged 5>1: The Red Cross helps.\n"},
		{"whole sentence inserted among like ones", "1. The Parties shall act. The Parties shall meet.", "1. The Parties shall act. The Parties shall talk. The Parties shall meet.",
			"words -0 +4, moved 0 (0 words), renumbered 0, brackets -0 +0, dropped 0\n" +
				"changed 1>1: The Parties shall act. {+The Parties shall talk. +}The Parties shall meet.\n"},
		{"rewritten without salad", "3. The sea is open to all ships of commerce.", "3. Free passage for the ships of all nations will be guaranteed by both navies.",
			"words -7 +12, moved 0 (0 words), renumbered 0, brackets -0 +0, dropped 0\n" +
				"changed 3>3: {-The sea is open to all ships of commerce.-}{+Free passage for the ships of all nations will be guaranteed by both navies.+}\n"},
		{"numbers and spaces", "2. The force has 600,000  soldiers\nat most.", "2. The force has 800,000 soldiers at most.",
			"words -1 +1, moved 0 (0 words), renumbered 0, brackets -0 +0, dropped 0\n" +
				"changed 2>2: The force has {-600,000-}{+800,000+} soldiers at most.\n"},
		{"front matter left out", "---\nseats: US\n---\n1. Peace.", "---\nseats: US, RU\n---\n1. Peace.",
			"words -0 +0, moved 0 (0 words), renumbered 0, brackets -0 +0, dropped 0\n" +
				"same 1>1: Peace.\n"},
		{"labels twice", "66 bis. The ships leave the bay.\n\n66 bis. The planes leave the base.", "66 bis. The planes leave the base.\n\n66 ter. The ships leave the bay of Vesna.",
			"words -1 +3, moved 1 (5 words), renumbered 1, brackets -0 +0, dropped 0\n" +
				"move 66 bis (line 3) to 66 bis (line 1): 1 clauses, 5 words\n" +
				"moved 66 bis>66 bis: (66 bis to 66 bis) The planes leave the base.\n" +
				"changed 66 bis>66 ter: The ships leave the {-bay.-}{+bay of Vesna.+}\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := textOf(t, c.old), textOf(t, c.new)
			checkComparison(t, a, b)
			if got := shown(Compare(a, b)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestCompareWordOnly(t *testing.T) {
	old := textOf(t, "# Article 1\n\n1. The sides [shall] cease fire.\n\n2. Done.")
	new := textOf(t, "5. The sides shall cease all fire. Done.")
	want := "words -0 +1, moved 0 (0 words), renumbered 0, brackets -0 +0, dropped 0\n" +
		"changed >: The sides shall cease {+all +}fire. Done.\n"
	if got := shown(CompareWith(old, new, CompareOptions{WordOnly: true})); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	empty := CompareWith(&Text{}, &Text{}, CompareOptions{WordOnly: true})
	if len(empty.Clauses) != 0 {
		t.Errorf("two empty texts: %+v", empty)
	}
}

func TestComparisonAsJSON(t *testing.T) {
	got, err := json.Marshal(Compare(textOf(t, "1. Peace [now]."), textOf(t, "2. Peace soon.")))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"deleted_words":1,"inserted_words":1,"moved_clauses":0,"moved_words":0,"renumbered":1,` +
		`"brackets_lifted":1,"brackets_added":0,"options_dropped":1,"old_words":2,"new_words":2,"moves":[],"clauses":[` +
		`{"kind":"changed","old_index":0,"new_index":0,"old_label":"1","new_label":"2","old_line":1,"new_line":1,` +
		`"deleted_words":1,"inserted_words":1,"brackets_lifted":1,"brackets_added":0,"options_dropped":1,` +
		`"runs":[{"op":"=","words":"Peace "},{"op":"-","words":"[now]."},{"op":"+","words":"soon."}]}]}`
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMatchKeepsIdentity(t *testing.T) {
	old := textOf(t, "# Ceasefire\n\n1. The sides cease fire at noon.\n\n2. The sides exchange all prisoners within ten days.\n\n# Commission\n\n1. Nobody pays for the commission.")
	new := textOf(t, "# Ceasefire\n\n1. The sides exchange all prisoners within nine days.\n\n2. The sides cease fire at noon.\n\n# Commission\n\n1. Both states share every cost.")
	var got []string
	for _, p := range Match(old, new) {
		got = append(got, fmt.Sprintf("%d>%d %.2f %v", p.Old, p.New, p.Likeness, p.Moved))
	}
	want := "0>0 1.00 false, 2>1 0.78 false, 1>2 1.00 true, 3>3 1.00 false, 4>4 0.00 false"
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}
