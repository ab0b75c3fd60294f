package draft

import (
	"testing"

	"paraph/record"
)

func TestReading(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      map[record.Seat]string
	}{
		{"attributed", "The Parties shall withdraw [US, UA: within 30 days][RU: no text] from the line.",
			map[record.Seat]string{
				"US": "The Parties shall withdraw within 30 days from the line.",
				"RU": "The Parties shall withdraw from the line.",
				"EU": "The Parties shall withdraw from the line.",
				"":   "The Parties shall withdraw from the line.",
			}},
		{"on the table", "They [shall][US: should][RU: may] meet.",
			map[record.Seat]string{
				"US": "They should meet.", "RU": "They may meet.",
				"EU": "They shall meet.", "": "They shall meet.",
			}},
		{"several on the table: the first", "They [shall][should] meet.",
			map[record.Seat]string{"": "They shall meet.", "US": "They shall meet."}},
		{"no text on the table", "They shall [no text][US: not] meet.",
			map[record.Seat]string{"": "They shall meet.", "US": "They shall not meet."}},
		{"nested", "[EU: the [full][RU: whole] amount, [US: at once]][US: nothing]",
			map[record.Seat]string{"EU": "the full amount,", "US": "nothing", "RU": ""}},
		{"nested in what lies on the table", "[all [US: or some]] of it",
			map[record.Seat]string{"US": "all or some of it", "EU": "all of it"}},
		{"those who oppose do not hold", "[US/EU propose; RU opposes: 6. The Parties meet.][RU: 6. Deleted.]",
			map[record.Seat]string{"US": "6. The Parties meet.", "RU": "6. Deleted."}},
		{"those who support do", "[US proposes; EU supports; RU reserves: now]",
			map[record.Seat]string{"EU": "now", "RU": ""}},
		{"inferred holders are not used", "[poverty eradication and EU][growth]",
			map[record.Seat]string{"EU": "poverty eradication and EU", "US": "poverty eradication and EU"}},
		{"escapes", `the act \[of 2022\] on C:\dir, \*\*really\*\*`,
			map[record.Seat]string{"": `the act [of 2022] on C:\dir, **really**`}},
		{"guarded words", "[US: \\No text][RU: no text]\n\n\\Option 1: a\n\nC:\\no text",
			map[record.Seat]string{"US": "No text\n\nOption 1: a\n\nC:\\no text", "RU": "Option 1: a\n\nC:\\no text"}},
		{"a colon that makes no list", `[US\: a]`, map[record.Seat]string{"": "US: a"}},
		{"placeholders stay", "within [X] days {placement: article 3} [*placeholder for the annex*]",
			map[record.Seat]string{"": "within X days {placement: article 3} *placeholder for the annex*"}},
		{"notes and links stay", "as [said](http://x) before[^1][US: , twice]\n\n[^1]: In \\[2\\] places.\n",
			map[record.Seat]string{
				"US": "as [said](http://x) before[^1], twice\n\n[^1]: In [2] places.\n",
				"RU": "as [said](http://x) before[^1]\n\n[^1]: In [2] places.\n",
			}},
		{"space before punctuation", "the amount [US: in full]. And [US: more], [US: x] y",
			map[record.Seat]string{"RU": "the amount. And, y"}},
		{"punctuation that a seat wrote itself", "les Parties [US: d'accord][RU: ; réserve] .",
			map[record.Seat]string{"RU": "les Parties ; réserve ."}},
		{"at the ends", "[US: First] the words [RU: last]\n",
			map[record.Seat]string{"US": "First the words\n", "RU": "the words last\n", "": "the words\n"}},
		{"spaces inside", "a [ b ] c", map[record.Seat]string{"": "a b c"}},
		{"whole clauses", "1. One.\n\n[US: 2. Two.\n\n3. Three.]\n\n4. Four.\n",
			map[record.Seat]string{
				"US": "1. One.\n\n2. Two.\n\n3. Three.\n\n4. Four.\n",
				"RU": "1. One.\n\n4. Four.\n",
			}},
		{"headings", "## [US: Article 5 *(scope)*][RU: Article 6]\n\na\n",
			map[record.Seat]string{"US": "## Article 5 *(scope)*\n\na\n", "RU": "## Article 6\n\na\n"}},
		{"options", "1. **Title**\n\n    **Option 1:** All of\n    it.\n\n    **Option 2:** No text\n\n2. Next.\n",
			map[record.Seat]string{"": "1. **Title**\n\n    All of\n    it.\n\n2. Next.\n"}},
		{"options with holders", "**Option 1 (EU):** a\n\n**Option 2 (US):** b\n\nc\n",
			map[record.Seat]string{"US": "b\n\nc\n", "EU": "a\n\nc\n", "RU": "c\n"}},
		{"the first option has no text", "1. **Title**\n\n    **Option 1:** No text\n\n    **Option 2:** All.\n\n2. Next.\n",
			map[record.Seat]string{"": "1. **Title**\n\n2. Next.\n"}},
		{"an option after a label", "2. **Option 1:** a\n\n   **Option 2:** b\n",
			map[record.Seat]string{"": "2. a\n"}},
		{"no text after a label", "2. **Option 1:** no text\n\n   **Option 2:** b\n\n3. c",
			map[record.Seat]string{"": "2.\n\n3. c"}},
		{"the second option after a label", "2. **Option 1:** no text\n\n   **Option 2:** [US: b]\n\n3. c",
			map[record.Seat]string{"US": "2.\n\n3. c"}},
		{"paragraphs whose end falls out", "a [US: b\n\n## C]\n\nd [US: e\n\nf]\ng",
			map[record.Seat]string{"US": "a b\n\n## C\n\nd e\n\nf\ng", "RU": "a\n\nd\ng"}},
		{"options on lines of their own", "**Option 1:**\n\n1. a\n\n2. b\n\n**Option 2:**\n\nNo text\n\nAfter.\n",
			map[record.Seat]string{"": "1. a\n\n2. b\n\nAfter.\n"}},
		{"front matter and blank lines", "---\nseats: US\n---\n\n\na\n\n \n\nb\n\n",
			map[record.Seat]string{"": "a\n\nb\n"}},
		{"carriage returns", "a\r\n\r\n[US: b]\r\n\r\nc\r\n",
			map[record.Seat]string{"": "a\r\n\nc\r\n"}},
		{"no clause", "[US: a]", map[record.Seat]string{"": ""}},
		{"unbalanced", "x] a [US: b\n\nc\n", map[record.Seat]string{"": "x] a\n\nc\n", "US": "x] a b\n\nc\n"}},
		{"carried", "---\nbrackets: carried\n---\n\\[x\\] [shall][should] [the [US: big] one] [US: [a][b]][c]\n",
			map[record.Seat]string{
				"US": "\\[x\\] [shall][should] [the big one] [a][b]\n",
				"RU": "\\[x\\] [shall][should] [the one] c\n",
			}},
		{"carried options", "---\nbrackets: carried\n---\n**Option 1:** a [US: b]\n\n**Option 2:** No text\n",
			map[record.Seat]string{
				"US": "**Option 1:** a b\n\n**Option 2:** No text\n",
				"RU": "**Option 1:** a\n\n**Option 2:** No text\n",
			}},
		{"right to left", "يلتزم [US: الطرفان][RU: الأطراف] بذلك",
			map[record.Seat]string{"US": "يلتزم الطرفان بذلك", "RU": "يلتزم الأطراف بذلك", "": "يلتزم بذلك"}},
	} {
		x := mustParse(t, c.src, "US", "RU", "UA", "EU")
		checkText(t, c.src, x)
		for seat, want := range c.want {
			if got := Reading(x, seat); got != want {
				t.Errorf("%s: reading of %q\n got %q\nwant %q", c.name, seat, got, want)
			}
		}
	}
}
