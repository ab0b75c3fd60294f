package page

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/draft"
	"paraph/record"
)

func TestTextGolden(t *testing.T) {
	text := parsed(t, "text.md")
	golden(t, "text.html", rendered(t, TextView{Text: text}))
	golden(t, "text-full.html", rendered(t, TextView{
		Text:  text,
		Seats: []record.Seat{"CE", "BO"},
		Names: map[record.Seat]string{"AR": "Republic of \"A\" & R", "BO": "Boria"},
		ID: func(clause int) string {
			if clause == 1 {
				return ""
			}
			return fmt.Sprintf("clause-%d", clause)
		},
		Aside: func(clause int) Component {
			if clause != 3 {
				return nil
			}
			return component(func(m *markup) { m.tag(`<a href="#x">2 proposals</a>`) })
		},
		Heading: 5, Held: "CE", Frozen: true,
	}))
	golden(t, "legend.html", rendered(t, TextView{Text: text, Names: map[record.Seat]string{"BO": "Boria"}}.Legend()))
}

func TestEmptyText(t *testing.T) {
	for _, src := range []string{"", "---\nseats: US\n---\n", "[]", "[US:]", "# \n", "***\n"} {
		text := parse(t, src, "US")
		wellFormed(t, rendered(t, TextView{Text: text}))
		wellFormed(t, rendered(t, TextView{Text: text, Held: "US", Frozen: true}.Legend()))
	}
}

// A clause alone opens again what is open where it begins.
func TestClauseContinuesBracket(t *testing.T) {
	text := parse(t, "1. Before [US: the [RU: first\n\n2. second\n\n3. third] end] after.\n", "US", "RU")
	got := rendered(t, TextView{Text: text}.Clause(1))
	wellFormed(t, got)
	for _, want := range []string{"bracket continued, held by US: ", "bracket continued, held by RU: ", "[…", `class="clause continued"`} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %s", want, got)
		}
	}
	if strings.Contains(got, "bracket closes") {
		t.Errorf("a bracket that goes on is said to close: %s", got)
	}
	if n := strings.Count(rendered(t, TextView{Text: text}), "bracket closes"); n != 2 {
		t.Errorf("two brackets close %d times in the whole text", n)
	}
}

// Whatever stands in a text, the page is well-formed, has no element but its
// own, and shows every word.
func TestEveryTextIsWellFormed(t *testing.T) {
	parts := []string{"[", "]", "][", "US: ", "RU, US: ", "no text", "*", "**", "\\[", "\\", "<script>", "&amp;", "\"", "'", "\n\n", "\n",
		"**Option 1:** ", "**Option 2:** ", "5 bis. ", "# ", "word", " ", "[X]", "[^1]", "](a)", "ש", "é", "{placement: x}", "(a) ", "]]>", "<!--"}
	rapid.Check(t, func(t *rapid.T) {
		src := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 40).Draw(t, "parts"), "")
		text, err := draft.Parse(src, "US", "RU")
		if err != nil {
			t.Fatal(err)
		}
		view := TextView{Text: text, Held: "US"}
		whole := rendered(t, view)
		if err := check(whole); err != nil {
			t.Fatalf("%v in %s", err, whole)
		}
		if got, want := strings.Count(shown(whole), "word"), strings.Count(src, "word"); got < want {
			t.Fatalf("%d of %d words are shown in %s", got, want, whole)
		}
		for i := range text.Clauses {
			if one := rendered(t, view.Clause(i)); !strings.Contains(whole, one) {
				t.Fatalf("clause %d alone is not as in the whole:\n%s", i, one)
			}
			if err := check(rendered(t, view.Words(i))); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestProse(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"*x* and **y**", "<em>x</em> and <strong>y</strong>"},
		{"**a *b* c**", "<strong>a <em>b</em> c</strong>"},
		{"* x*", "* x*"},
		{"2 * 3 * 4", "2 * 3 * 4"},
		{"*open", "*open"},
		{"**open*", "**open*"},
		{"***x***", "***x***"},
		{`\*x\* \[of 2022\] \a \`, `*x* [of 2022] \a \`},
		{"a\n  b", "a b"},
		{"a\u00a0b", "a\u00a0b"},
		{"<b>&", "&lt;b&gt;&amp;"},
		{"*a\\* b*", "<em>a* b</em>"},
	} {
		var m markup
		m.prose(c.src)
		if got := string(m.buf); got != c.want {
			t.Errorf("prose(%q) = %q, want %q", c.src, got, c.want)
		}
	}
}

// Stars that open nothing are read once, not once for each: a hostile text of
// them takes no longer than another.
func TestManyStars(t *testing.T) {
	var m markup
	m.prose(strings.Repeat("*a ", 500_000))
	if n := strings.Count(string(m.buf), "*"); n != 500_000 {
		t.Errorf("%d stars are shown", n)
	}
}

func TestRenderStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := (TextView{Text: parse(t, "1. x")}).Render(ctx, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("rendering went on: %v", err)
	}
}

func FuzzText(f *testing.F) {
	f.Add("1. [US: shall][no text] *be* [X]")
	f.Add("**Option 1:** a\n\nb\n\n**Option 2:** [c\n\nd]")
	f.Fuzz(func(t *testing.T, src string) {
		text, err := draft.Parse(src, "US", "RU")
		if err != nil {
			return
		}
		if err := check(rendered(t, TextView{Text: text, Frozen: true})); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkText(b *testing.B) {
	text, err := draft.Parse(strings.Repeat("1. Each Party [US: shall][RU, UA: should [promptly]] inform the others of *any* measure that it takes.\n\n", 1000), "US", "RU", "UA")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		_ = TextView{Text: text}.Render(context.Background(), io.Discard)
	}
}

func wellFormed(t *testing.T, html string) {
	t.Helper()
	if err := check(html); err != nil {
		t.Errorf("%v in %s", err, html)
	}
}

// elements are those that a text may be shown with.
var elements = map[string]bool{
	"div": true, "p": true, "span": true, "bdi": true, "em": true, "strong": true, "sup": true, "i": true, "a": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "ul": true, "li": true,
	"ins": true, "del": true, "table": true, "thead": true, "tbody": true, "tr": true, "th": true, "td": true,
}

// check reads HTML strictly, as XML, and refuses elements of other names.
func check(html string) error {
	d := xml.NewDecoder(strings.NewReader("<root>" + strings.Map(noControl, html) + "</root>"))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if name := e.Name.Local; name != "root" && !elements[name] {
				return fmt.Errorf("there is an element <%s>", name)
			}
		case xml.Comment, xml.Directive, xml.ProcInst:
			return fmt.Errorf("there is %v", e)
		}
	}
}

// noControl drops characters that HTML takes and XML does not.
func noControl(r rune) rune {
	if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
		return -1
	}
	return r
}

// shown gives the words between the tags.
func shown(html string) string {
	var b strings.Builder
	in := false
	for _, r := range html {
		switch {
		case r == '<':
			in = true
		case r == '>':
			in = false
		case !in:
			b.WriteRune(r)
		}
	}
	return b.String()
}
