package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/draft"
	"paraph/record"
)

// partsOf unpacks a document. Each part of it must be well-formed.
func partsOf(t rapid.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := parts[f.Name]; twice {
			t.Errorf("%s is there twice", f.Name)
		}
		parts[f.Name] = string(content)
		for d := xml.NewDecoder(bytes.NewReader(content)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
	}
	return parts
}

// bodyOf gives what stands in the body of a document, up to its section.
func bodyOf(t rapid.TB, data []byte) string {
	t.Helper()
	s := partsOf(t, data)["word/document.xml"]
	_, s, _ = strings.Cut(s, "<w:body>\n")
	s, _, _ = strings.Cut(s, "<w:sectPr>")
	return s
}

func TestWriteText(t *testing.T) {
	x := parsed(t, "---\nseats: US, RU\ntitle: Peace & quiet\nsymbol: REV.3\n---\n## Article 5 bis *(aims)*\n\n1. The **Parties** [US: shall][RU: may] act \\[of 2022\\].\n\n    (a) at [TBD]; [RU: no text]\n\n*يلتزم* الطرفان.\n")
	got, err := WriteText(x, Copy{Fingerprint: strings.Repeat("ab", 32), Anchors: Anchors{Process: "vesna", Version: "v3", Seat: "RU",
		Clauses: []Anchor{{ID: "c-1", Words: "f1", First: 1, Last: 3}}}})
	if err != nil {
		t.Fatal(err)
	}
	want := `<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t xml:space="preserve">Article 5 bis </w:t></w:r><w:r><w:rPr><w:i/><w:iCs/></w:rPr><w:t xml:space="preserve">(aims)</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Clause"/></w:pPr><w:bookmarkStart w:id="1" w:name="_paraph_1_c_2d1"/><w:r><w:t xml:space="preserve">1.</w:t><w:tab/><w:t xml:space="preserve">The </w:t></w:r><w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">Parties</w:t></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r><w:r><w:rPr><w:rStyle w:val="Bracket"/></w:rPr><w:t xml:space="preserve">[</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Holder"/><w:color w:val="1D4F91"/></w:rPr><w:t xml:space="preserve">US:</w:t></w:r><w:r><w:t xml:space="preserve"> shall</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Bracket"/></w:rPr><w:t xml:space="preserve">][</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Holder"/><w:color w:val="A3341F"/></w:rPr><w:t xml:space="preserve">RU:</w:t></w:r><w:r><w:t xml:space="preserve"> may</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Bracket"/></w:rPr><w:t xml:space="preserve">]</w:t></w:r><w:r><w:t xml:space="preserve"> act </w:t></w:r><w:r><w:rPr><w:rStyle w:val="EditorialBracket"/></w:rPr><w:t xml:space="preserve">[</w:t></w:r><w:r><w:t xml:space="preserve">of 2022</w:t></w:r><w:r><w:rPr><w:rStyle w:val="EditorialBracket"/></w:rPr><w:t xml:space="preserve">]</w:t></w:r><w:r><w:t xml:space="preserve">.</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Clause2"/></w:pPr><w:r><w:t xml:space="preserve">(a)</w:t><w:tab/><w:t xml:space="preserve">at </w:t></w:r><w:r><w:rPr><w:rStyle w:val="Bracket"/></w:rPr><w:t xml:space="preserve">[</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Placeholder"/></w:rPr><w:t xml:space="preserve">TBD</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Bracket"/></w:rPr><w:t xml:space="preserve">]</w:t></w:r><w:r><w:t xml:space="preserve">; </w:t></w:r><w:r><w:rPr><w:rStyle w:val="Bracket"/></w:rPr><w:t xml:space="preserve">[</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Holder"/><w:color w:val="A3341F"/></w:rPr><w:t xml:space="preserve">RU:</w:t></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r><w:r><w:rPr><w:rStyle w:val="NoText"/></w:rPr><w:t xml:space="preserve">no text</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Bracket"/></w:rPr><w:t xml:space="preserve">]</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>
<w:p><w:pPr><w:pStyle w:val="Passage"/><w:bidi/></w:pPr><w:r><w:rPr><w:i/><w:iCs/><w:rtl/></w:rPr><w:t xml:space="preserve">يلتزم</w:t></w:r><w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve"> الطرفان.</w:t></w:r></w:p>
`
	if body := bodyOf(t, got); body != want {
		t.Errorf("got\n%s\nwant\n%s", body, want)
	}
	parts := partsOf(t, got)
	for name, holds := range map[string]string{
		"word/header1.xml":    `>Peace &amp; quiet</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t xml:space="preserve">REV.3 · abababababab</w:t>`,
		"word/footer1.xml":    ` NUMPAGES `,
		"docProps/core.xml":   `<dc:title>Peace &amp; quiet</dc:title>`,
		"customXml/item1.xml": `<anchors xmlns="urn:paraph:anchors" process="vesna" version="v3" fingerprint="" seat="RU">` + "\n" + `<anchor name="_paraph_1_c_2d1" clause="c-1" words="f1"/>`,
	} {
		if !strings.Contains(parts[name], holds) {
			t.Errorf("%s lacks %s:\n%s", name, holds, parts[name])
		}
	}
}

// TestEmphasisOverBrackets: real texts open emphasis before a bracket and close
// it within.
func TestEmphasisOverBrackets(t *testing.T) {
	for src, want := range map[string]string{
		"*[Taking* account] of":    "_[Taking_ account] of",
		"r*eaffirming* that":       "r_eaffirming_ that",
		"[INDC]* and [NDMC]*":      "[INDC]* and [NDMC]*",
		"**bold *and* more**":      "__bold _and_ more__",
		`\*no* and \\*yes*`:        `*no* and \_yes_`,
		"***three*** stay":         "***three*** stay",
		"a * b * c":                "a * b * c",
		"*open **and* never** so*": "_open **and_ never** so*",
	} {
		x := parsed(t, src)
		var b strings.Builder
		was := trait(0)
		for _, c := range append(cells(x, 0, nil), cell{r: ' '}) {
			if c.is&hidden != 0 {
				continue
			}
			if (c.is^was)&bold != 0 {
				b.WriteString("__")
			}
			if (c.is^was)&italic != 0 {
				b.WriteString("_")
			}
			was = c.is
			b.WriteRune(c.r)
		}
		if got := strings.TrimSpace(b.String()); got != want {
			t.Errorf("%s is shown as %s, want %s", src, got, want)
		}
	}
}

func TestBookmarkNames(t *testing.T) {
	for id, want := range map[string]string{
		"":                       "_paraph_7",
		"c12":                    "_paraph_7_c12",
		"a-b.é":                  "_paraph_7_a_2db_2e_c3_a9",
		strings.Repeat("x", 30):  "_paraph_7_" + strings.Repeat("x", 30),
		strings.Repeat("x", 31):  "_paraph_7",
		strings.Repeat("--", 10): "_paraph_7",
	} {
		if got := bookmark(7, id); got != want {
			t.Errorf("%q is called %q, want %q", id, got, want)
		}
	}
}

var identifier = regexp.MustCompile(`<w:(ins|del|moveFrom|moveTo|pPrChange|bookmarkStart|moveFromRangeStart|moveToRangeStart) w:id="(\d+)"`)

// TestDocumentsAreSound draws pairs of texts: every part is well-formed, no id is
// given twice, what is opened is closed, and the bytes are the same every time.
func TestDocumentsAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 1<<20).Draw(t, "pair")
		p, again := trackedPair(t, n), trackedPair(t, n)
		if !bytes.Equal(p.document, again.document) {
			t.Fatal("the same texts make another document")
		}
		parts := partsOf(t, p.document)
		document := parts["word/document.xml"]
		seen := map[string]bool{}
		for _, m := range identifier.FindAllStringSubmatch(document, -1) {
			if seen[m[2]] {
				t.Fatalf("the id %s is given twice", m[2])
			}
			seen[m[2]] = true
		}
		for _, pair := range [][2]string{{"bookmarkStart", "bookmarkEnd"}, {"commentRangeStart", "commentRangeEnd"}, {"commentRangeEnd", "commentReference"},
			{"moveFromRangeStart", "moveFromRangeEnd"}, {"moveToRangeStart", "moveToRangeEnd"}, {"moveFromRangeStart", "moveToRangeStart"}} {
			if a, b := strings.Count(document, "<w:"+pair[0]+" "), strings.Count(document, "<w:"+pair[1]+" "); a != b {
				t.Fatalf("%d %s, %d %s", a, pair[0], b, pair[1])
			}
		}
		for name := range parts {
			if want := `PartName="/` + name + `"`; strings.HasPrefix(name, "word/") && !strings.HasPrefix(name, "word/_rels/") && !strings.Contains(parts["[Content_Types].xml"], want) {
				t.Fatalf("%s has no content type", name)
			}
		}
	})
}

// TestBothTextsStandInTheDocument draws texts of any characters and holds a
// comparison to its two sides, by the items that it is made of.
func TestBothTextsStandInTheDocument(t *testing.T) {
	source := rapid.StringOfN(rapid.SampledFrom([]rune("ab []*\\.:12#()\n\n\n \u00a0\u05d0|USR")), 0, 80, -1)
	rapid.Check(t, func(t *rapid.T) {
		var x, y *draft.Text
		if rapid.Bool().Draw(t, "edited") {
			d := newDrafting(rapid.IntRange(0, 1<<20).Draw(t, "seed"))
			text := d.text()
			x, y = parsed(t, sourceOf(text)), parsed(t, sourceOf(d.edit(text)))
		} else {
			x, y = parsed(t, source.Draw(t, "old")), parsed(t, source.Draw(t, "new"))
		}
		s := newScript(newBook(Copy{}, y.Front), y)
		s.compare(x, draft.Compare(x, y), s.book.by("A", declared), rapid.Bool().Draw(t, "native"))
		s.settle()
		if got, want := side(s.items, draft.Add), expected(x); !slices.Equal(got, want) {
			t.Fatalf("without what is inserted:\n%q\nwant\n%q", got, want)
		}
		if got, want := side(s.items, draft.Cut), expected(y); !slices.Equal(got, want) {
			t.Fatalf("without what is deleted:\n%q\nwant\n%q", got, want)
		}
		if last := s.items[len(s.items)-1]; last.kind != paragraph || last.op != draft.Keep {
			t.Fatalf("the document ends with %+v", last)
		}
	})
}

// side gives the paragraphs of items, without those of an operation.
func side(items []item, without draft.Op) []string {
	var out []string
	var b strings.Builder
	for _, it := range items {
		if it.op == without {
			continue
		}
		for _, c := range it.cells {
			if c.is&hidden == 0 {
				b.WriteRune(c.r)
			}
		}
		if it.kind == paragraph {
			out = append(out, b.String())
			b.Reset()
		}
	}
	return out
}

// TestReadingsOfEach: who accepts the changes of one author and rejects the
// others has that author's reading; who rejects all has the text.
func TestReadingsOfEach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := newDrafting(rapid.IntRange(0, 1<<20).Draw(t, "seed"))
		text := d.text()
		base := parsed(t, sourceOf(text))
		var readings []Reading
		for _, seat := range []record.Seat{"RU", "UA", "US"} {
			readings = append(readings, Reading{Text: parsed(t, sourceOf(d.edit(text))), Author: string(seat), Date: declared})
		}
		readings[2].Text = readings[0].Text // two that want the same
		s := newScript(newBook(Copy{}, base.Front), base)
		s.readings(readings)
		for _, r := range readings {
			got := settled(s, r.Author)
			if want := expected(r.Text); !slices.Equal(got, want) {
				t.Fatalf("%s:\n%q\nwant\n%q", r.Author, got, want)
			}
		}
		if got, want := settled(s, "nobody"), expected(base); !slices.Equal(got, want) {
			t.Fatalf("all rejected:\n%q\nwant\n%q", got, want)
		}
		for _, h := range s.book.hands {
			if strings.Contains(h.author, "RU") != strings.Contains(h.author, "US") {
				t.Fatalf("RU and US want the same, and %q does not say so", h.author)
			}
		}
	})
}

// settled accepts the changes that an author has a part in, and rejects the rest.
// The empty paragraph that closes the document is left out.
func settled(s *script, author string) []string {
	var kept []item
	for _, it := range s.items {
		has := it.op == draft.Keep || slices.Contains(strings.Split(s.book.hands[it.by].author, ", "), author)
		switch {
		case it.op == draft.Add && !has, it.op == draft.Cut && has:
		default:
			it.op = draft.Keep
			kept = append(kept, it)
		}
	}
	out := side(kept, draft.Add)
	if n := len(out); n > 1 && out[n-1] == "" {
		out = out[:n-1]
	}
	return out
}

func TestWriteSections(t *testing.T) {
	data, err := WriteSections([]Section{{
		Heading: "Matrix", Passages: []Passage{{Head, "Seats"}, {Quoted, "words & <marks>"}},
		Table: Table{Columns: []string{"Clause", "A", "B", "C", "D", "E"}, Rows: [][]string{{"1", "reserves\non all", "=1"}, {"2"}}},
	}}, Copy{Title: "All seats", Letter: true})
	if err != nil {
		t.Fatal(err)
	}
	document := partsOf(t, data)["word/document.xml"]
	for _, want := range []string{`w:orient="landscape"`, `<w:pgSz w:w="15840" w:h="12240"`, `<w:tblHeader/>`, `words &amp; &lt;marks&gt;`, `>on all<`} {
		if !strings.Contains(document, want) {
			t.Errorf("no %s in\n%s", want, document)
		}
	}
	if n := strings.Count(document, "<w:tc>"); n != 18 {
		t.Errorf("%d cells, want 18", n)
	}
	if _, err := WriteSections(nil, Copy{}); err != nil {
		t.Error(err)
	}
}
