package draft

import (
	"fmt"
	"strings"
	"testing"
)

// outlineOf writes a text's brackets on one line: "(" alternatives ")" with
// their holders, names and nature, and nested ones within.
func outlineOf(x *Text) string {
	var out strings.Builder
	var write func(within int)
	write = func(within int) {
		for _, b := range x.Brackets {
			if b.Within != within {
				continue
			}
			out.WriteString("(")
			for j, a := range b.Alternatives {
				if j > 0 {
					out.WriteString(" | ")
				}
				out.WriteString(alternativeOf(x, a))
				write(a)
			}
			out.WriteString(")")
		}
	}
	write(-1)
	return out.String()
}

func alternativeOf(x *Text, i int) string {
	a := x.Alternatives[i]
	var words []string
	for _, h := range a.Holders {
		word := string(h.Seat)
		if h.Verb != Proposes {
			word += " " + string(h.Verb)
		}
		words = append(words, word)
	}
	if a.Inferred {
		words = append(words, "inferred")
	}
	if a.Label != "" {
		words = append(words, "“"+a.Label+"”")
	}
	if a.NoText {
		words = append(words, "no text")
	}
	if a.Placeholder {
		words = append(words, "placeholder")
	}
	if len(words) == 0 {
		return "-"
	}
	return strings.Join(words, ", ")
}

func TestNotation(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"not agreed", "a [shall] b", "(-)"},
		{"alternatives", "a [shall][should] b", "(- | -)"},
		{"not adjacent", "a [shall] [should] b", "(-)(-)"},
		{"attributed", "[US, UA: within 30 days][RU: no text]", "(US, UA | RU, no text)"},
		{"only declared seats", "[Note: see above][USA: x]", "(- | -)"},
		{"slashes", "[EU/US: w]", "(EU, US)"},
		{"and", "[EU, US and RU: w]", "(EU, US, RU)"},
		{"verbs", "[US/SG propose; CL/MY oppose: 6. x]", "(US, SG, CL opposes, MY opposes)"},
		{"verbs in the singular", "[US supports; RU reserves: w]", "(US supports, RU reserves)"},
		{"slip: two slashes", "[PE//VN: w]", "(PE, VN)"},
		{"slip: no space", "[CLpropose: w][MYopposes: y]", "(CL | MY opposes)"},
		{"no space after the colon", "[US:w]", "(US)"},
		{"bold holders", "[**US**: w]", "(US)"},
		{"bold holders, each by itself", "[**US**, *EU:* w][**RU:** w]", "(US, EU | RU)"},
		{"emphasis that is not of the list", "[US: *Recalling* w][** EU: w][*EU: w*]", "(US | - | -)"},
		{"a seat twice", "[US, US: w]", "(US)"},
		{"a seat of several words", "[Group of 77, EU: w]", "(Group of 77, EU)"},
		{"a longer word than a seat", "[EUR: x]", "(-)"},
		{"at the end", "[poverty eradication and EU]", "(EU, inferred)"},
		{"at the end, in parentheses", "[poverty eradication (EU, US)]", "(EU, US, inferred)"},
		{"at the end, part of the sentence", "[cooperation with the EU]", "(-)"},
		{"at the end, part of a list", "[the US and EU]", "(-)"},
		{"alone", "[EU]", "(-)"},
		{"at the end of a named alternative", "[alt 2. The words stand China]", "(China, inferred, “alt 2”)"},
		{"named alternatives", "[Option 1: w][Option 2: y]", "(“Option 1” | “Option 2”)"},
		{"nesting", "[EU: the [full] amount]", "(EU(-))"},
		{"nesting deeper", "[a [b [c][d]] e]", "(-(-(- | -)))"},
		{"options", "**Option 1:** a\n\n**Option 2:** No text\n", "(“Option 1” | “Option 2”, no text)"},
		{"options with letters", "Option (a): a\n\nOption (b): b\n", "(“Option (a)” | “Option (b)”)"},
		{"Roman options", "**Option I:**\n\na\n\n**Option II:**\n\n(deleted)\n", "(“Option I” | “Option II”, no text)"},
		{"alternatives by name", "Alt 1\n\na\n\nAlt 2\n\nb\n", "(“Alt 1” | “Alt 2”)"},
		{"nested options", "Option 1:\n\nOption (a): a\n\nOption (b): b\n\nOption 2: c\n",
			"(“Option 1”(“Option (a)” | “Option (b)”) | “Option 2”)"},
		{"options under one number", "2. **Option 1:** a\n\n   **Option 2:** b\n\n3. **Option 1:** c\n\n   **Option 2:** d\n",
			"(“Option 1” | “Option 2”)(“Option 1” | “Option 2”)"},
		{"options in a bracket", "[Option 1: a\n\nOption 2: b]\n\nc", "(-(“Option 1” | “Option 2”))"},
		{"options under two headings", "## Article 1\n\nOption 1: a\n\n## Article 2\n\nOption 2: b\n", "(“Option 1”)(“Option 2”)"},
		{"options with holders", "**Option 1 (EU, US):** a\n\nOption 2 (RU opposes): b\n\nOption 3 (new): c\n",
			"(EU, US, “Option 1” | RU opposes, “Option 2” | “Option 3”)"},
		{"options with titles", "**Option 1 – in full:** a\n\n**Option 2: in part** b\n", "(“Option 1” | “Option 2”)"},
		{"a sentence about options", "Option 1 is better.\n\nOption 1 (new) is better.\n\nOptional: a\n\nAlternatively: b", ""},
		{"a footnote in a mark", "**Option 1[^6][^7]:** a\n\n**Option 2:** b\n", "(“Option 1” | “Option 2”)"},
		{"no text", "a [no text][No text.][*no text*][(deleted)][] b", "(no text | no text | no text | no text | no text)"},
		{"words about no text", "[no text in this article]", "(-)"},
		{"placeholders", "[*placeholder for the annex*] [X] [XX] [TBD] [ ] [...] [Placement: here]",
			"(placeholder)(placeholder)(placeholder)(placeholder)(placeholder)(placeholder)(placeholder)"},
		{"a placeholder of a seat", "[US: X][RU: 5]", "(US, placeholder | RU)"},
		{"a placeholder in braces", "{placement: article 3} and {second sentence}", ""},
		{"footnote marks", "word[^1] and word[17].\n\n[^1]: note\n\n[17] note\n", ""},
		{"a number that no note answers", "word[17].", "(-)"},
		{"links", "[a](http://x) [b][ref] [ref] ![c](/d)\n\n[ref]: http://y\n", ""},
		{"no links", "paragraph [x](a) above [b][ref]", "(placeholder)(- | -)"},
		{"an editorial bracket", `the act \[of 2022\]`, ""},
		{"a bracket over clauses", "[5. a\n\n6. b [c]\n\n7. d] e", "(-(-))"},
	} {
		x := mustParse(t, c.src, "US", "EU", "RU", "UA", "SG", "CL", "MY", "PE", "VN", "China", "Group of 77")
		checkText(t, c.src, x)
		if got := outlineOf(x); got != c.want {
			t.Errorf("%s: %q\n got %s\nwant %s", c.name, c.src, got, c.want)
		}
		if len(x.Unbalanced) > 0 {
			t.Errorf("%s: %q does not balance: %v", c.name, c.src, x.Unbalanced)
		}
	}
}

func TestClauses(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"a\nb\n\nc\n", "“”·1 “”·4"},
		{"## Article 2bis *(general)*\n\n1. a\n2. b\n", "“Article 2bis”#2(general)·1 “1”·3 “2”·4"},
		{"## [Article 3ter] *(title)*\n", "“Article 3ter”#2(title)·1"},
		{"# Title #\n## Article 5: Scope\na\n", "“”#1Title·1 “Article 5”#2Scope·2 “”·3"},
		{"Article 5\n\nThe Parties agree.\n\nArticle 5 of the Convention applies.\n", "“Article 5”#3·1 “”·3 “”·5"},
		{"ARTICLE V – Entry into force\n\na", "“ARTICLE V”#3– Entry into force·1 “”·3"},
		{"ANNEX I\n\na", "“ANNEX I”#1·1 “”·3"},
		{"[Article 5 bis]\n\na", "“Article 5 bis”#3·1 “”·3"},
		{"5 bis. a\n\n3.1 bis. b\n\n134quater. c\n\n127Alt2. d\n\nPp1 e\n\n0. f\n", "“5 bis”·1 “3.1 bis”·3 “134quater”·5 “127Alt2”·7 “Pp1”·9 “0”·11"},
		{"2bis The Parties\n\n3.3 In accordance\n\n3.3: Each\n\n3.3bis Alt Each\n\n3.x Each\n\n7.bis [a]", "“2bis”·1 “3.3”·3 “3.3”·5 “3.3bis Alt”·7 “3.x”·9 “7.bis”·11"},
		{"(a) a;\n(iv) b; and\n(bb) c\n\nd) e\n\nA. f\n\nIV. g\n", "“(a)”·1 “(iv)”·2 “(bb)”·3 “d”·5 “A”·7 “IV”·9"},
		{"[6. a]\n\n[US: 5 bis. The Parties]\n\n[[7. b] c]\n", "“6”·1 “5 bis”·3 “7”·5"},
		{"[US: no text][5 bis. a]\n\n[no text][US: ## Article 6]\n", "“5 bis”·1 “Article 6”#2·3"},
		{"[\n\n6. a\n\n]\n\n7. b", "“6”·1 “7”·7"},
		{"**5.** a\n\n*Recalling* b\n\n1. **Title** c", "“5”·1 “”·3 “1”·5"},
		{"- a\n- b\n  - c\n* d\n", "“”·1 “”·2 “”·3 “”·4"},
		{"1.5 °C is the limit\n\n2015. Paris\n\n30 days\n\n[5][10] years\n\nI agree\n\n(and so on)", "“”·1 “”·3 “”·5 “”·7 “”·9 “”·11"},
		{"as said in paragraph 2\n(a) above\nand below", "“”·1"},
		{"1. a:\n(a) b", "“1”·1 “(a)”·2"},
		{"a\n**Option 1:** b\n**Option 2:** 3. c", "“”·1 “”·2 “3”·3"},
		{"a[^1]\n\n[^1]: b\n[r]: http://x\n", "“”·1 “”·3 “”·4"},
		{"## Part\n{:.no_toc}\n\na", "“”#2Part·1 “”·4"},
		{"\n \na", "“”·3"},
		{"   \n", "“”·1"},
		{"", ""},
	} {
		x := mustParse(t, c.src, "US")
		checkText(t, c.src, x)
		var got []string
		for _, k := range x.Clauses {
			s := "“" + k.Label + "”"
			if k.IsHeading() {
				s += fmt.Sprintf("#%d%s", k.Level, k.Heading)
			}
			got = append(got, s+fmt.Sprintf("·%d", k.Line))
		}
		if got := strings.Join(got, " "); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.src, got, c.want)
		}
	}
}

func TestSections(t *testing.T) {
	x := mustParse(t, "a\n\n# P\n\nb\n\n## Q\n\nc\n\n## R\n\n# S\n\nd\n")
	var got []int
	for _, c := range x.Clauses {
		got = append(got, c.Section)
	}
	if want := "[-1 -1 1 1 3 1 -1 6]"; fmt.Sprint(got) != want {
		t.Errorf("sections %v, want %s", got, want)
	}
}

func TestFrontMatter(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"---\nseats: US, RU\ntitle: \"A plan\"\nsymbol: LV/1\nbrackets: carried\n---\na", "[US RU UA],A plan,LV/1,true,7"},
		{"\ufeff---\r\nseats: [US, \"Group of 77\"]\r\n---\r\na", "[US Group of 77 UA],,,false,4"},
		{"---\nseats:\n  - US\n  - RU # no\n---\na", "[US RU UA],,,false,6"},
		{"---\n\nnot: closed\n\na", "[UA],,,false,1"},
		{"---\na sentence\n---\na", "[UA],,,false,1"},
		{"a\n---\nseats: US\n---\n", "[UA],,,false,1"},
		{"---\ntitle: x\nseats: UA\n---", "[UA],x,,false,0"},
	} {
		x := mustParse(t, c.src, "UA")
		checkText(t, c.src, x)
		line := 0
		for _, p := range x.Pieces {
			if p.Kind != FrontMatter {
				line = p.Line
				break
			}
		}
		f := x.Front
		if got := fmt.Sprintf("%v,%s,%s,%v,%d", f.Seats, f.Title, f.Symbol, f.Carried, line); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.src, got, c.want)
		}
	}
}
