package register

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"paraph/draft"
)

// twelve gives twelve versions: those of the worked example, and a long text
// with its successive edits.
func twelve(t testing.TB) []Version {
	t.Helper()
	read := func(name string) string {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	var out []Version
	add := func(symbol, src string) {
		x, err := draft.Parse(src)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, Version{ID: "v" + symbol, Symbol: symbol, Text: x})
	}
	for n := range 3 {
		add(fmt.Sprintf("LV/REV.%d", n+1), read(fmt.Sprintf("../demo/vesna/rev%d.md", n+1)))
	}
	src := read("../draft/testdata/paris/2015-12-04.md")
	d := drafting{rand.New(rand.NewPCG(7, 7))}
	for n := range 9 {
		add(fmt.Sprintf("P/REV.%d", n+1), src)
		src = d.next(src)
	}
	return out
}

// drafting makes the next version of a text, and copies of versions.
type drafting struct{ *rand.Rand }

// next changes a few words, brackets and paragraphs, as a night of negotiating
// does: about one paragraph in twelve.
func (d drafting) next(src string) string {
	paragraphs := strings.Split(src, "\n\n")
	var out []string
	for _, p := range paragraphs {
		if len(p) < 80 || strings.HasPrefix(p, "---") || d.Float64() > .08 {
			out = append(out, p)
			continue
		}
		w := strings.Fields(p)
		at := 2 + d.IntN(len(w)-3)
		switch d.IntN(5) {
		case 0:
			w[at] = "effectively"
		case 1:
			w = slices.Delete(w, at, min(at+2, len(w)))
		case 2:
			w = slices.Insert(w, at, "as", "mutually", "agreed")
		case 3:
			w[at] = "[" + w[at] + "]"
		case 4: // the paragraph goes
			continue
		}
		out = append(out, strings.Join(w, " "))
	}
	return strings.Join(out, "\n\n")
}

// circulated is a copy and what is true of it.
type circulated struct {
	text     string
	how      string
	clean    string // the words that were copied, before anything happened to them
	touched  bool   // characters were changed, beyond what typing and converting may do
	unmarked bool   // brackets or punctuation were lost
	headed   bool   // the head of a page stands in it once, like words of its own
}

// copy makes a circulating copy of a version.
func (d drafting) copy(v Version) circulated {
	lines := strings.Split(plainly(v.Text), "\n")
	c := circulated{how: "whole"}
	if d.IntN(4) > 0 { // a page
		words := 0
		from := d.IntN(len(lines))
		to := from
		for want := 50 + d.IntN(350); to < len(lines) && words < want; to++ {
			words += len(strings.Fields(lines[to]))
		}
		lines, c.how = lines[from:to], "a page"
	}
	c.clean = strings.Join(lines, "\n")
	c.text = c.clean
	for _, do := range []struct {
		name   string
		chance int
		do     func(string) string
	}{
		{"case", 6, strings.ToUpper}, {"quotes", 2, quotes}, {"ligatures", 3, ligatures}, {"soft hyphens", 4, d.softHyphens},
		{"wrapped", 2, d.wrap}, {"pages", 3, d.pages}, {"double spaces", 4, func(s string) string { return strings.ReplaceAll(s, " ", "  ") }},
	} {
		if d.IntN(do.chance) == 0 {
			c.headed = c.headed || do.name == "pages" && strings.Count(c.text, "\n") < linesOfPage
			c.text, c.how = do.do(c.text), c.how+", "+do.name
		}
	}
	if d.IntN(5) == 0 {
		c.text, c.how, c.unmarked = unbracketed.Replace(c.text), c.how+", without brackets", true
		c.clean = unbracketed.Replace(c.clean) // which another version may have so
	}
	if d.IntN(3) == 0 {
		c.text, c.how, c.touched = d.noise(c.text, .01+.02*d.Float64()), c.how+", scanned", true
	}
	return c
}

var unbracketed = strings.NewReplacer("[", "", "]", "")

// plainly gives a version as a reader of a printed page would type it.
func plainly(t *draft.Text) string {
	var b strings.Builder
	for _, p := range t.Pieces {
		if p.Kind != draft.FrontMatter && p.Kind != draft.NoteMark {
			b.WriteString(strings.NewReplacer("*", "", "#", "", `\`, "").Replace(p.Src))
		}
	}
	return b.String()
}

func quotes(s string) string {
	return strings.NewReplacer(`"`, "”", "'", "’", "-", "–").Replace(s)
}

func ligatures(s string) string {
	return strings.NewReplacer("ffi", "ﬃ", "fi", "ﬁ", "fl", "ﬂ", "ff", "ﬀ").Replace(s)
}

func (d drafting) softHyphens(s string) string {
	var b strings.Builder
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			if letters++; letters > 3 && d.IntN(6) == 0 {
				b.WriteRune('\u00ad')
			}
		} else {
			letters = 0
		}
		b.WriteRune(r)
	}
	return b.String()
}

// wrap breaks lines anew, and words at their ends.
func (d drafting) wrap(s string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		column := 0
		for w := range strings.FieldsSeq(line) {
			if column+len(w) > 66 {
				if r := []rune(w); len(r) > 7 && !strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLower(r) }) && d.IntN(2) == 0 {
					b.WriteString(string(r[:4]) + "-\n" + string(r[4:]) + " ")
					column = len(w) - 4
					continue
				}
				b.WriteByte('\n')
				column = 0
			}
			b.WriteString(w + " ")
			column += len(w) + 1
		}
		b.WriteByte('\n')
	}
	return b.String()
}

const linesOfPage = 40

// pages puts a head and a number on every page.
func (d drafting) pages(s string) string {
	var b strings.Builder
	for i, line := range strings.Split(s, "\n") {
		if i%linesOfPage == 0 {
			fmt.Fprintf(&b, "\n%d\n\fRestricted circulation – draft text\nPage %d of 90\n", i/linesOfPage, i/linesOfPage+1)
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

// noise changes a share of the characters as a bad scan does.
func (d drafting) noise(s string, share float64) string {
	wrong := []rune("lI1o0ec,.rnmu ")
	var b strings.Builder
	for _, r := range s {
		if !unicode.IsSpace(r) && d.Float64() < share {
			r = wrong[d.IntN(len(wrong))]
		}
		b.WriteRune(r)
	}
	return b.String()
}

// outcome is how the answers on many copies came out.
type outcome struct {
	asked, right, exact, wrongExact, missedExact int
	wrong                                        []string
}

// ask makes copies of versions, as many as told, and holds the answers to the truth.
func ask(r *Register, versions []Version, n int, seed uint64) outcome {
	d := drafting{rand.New(rand.NewPCG(seed, 1))}
	var o outcome
	all := make([]string, len(versions))
	for k, v := range versions {
		all[k] = " " + written(rowOf(v.Text))
	}
	for o.asked < n {
		i := d.IntN(len(versions))
		c := d.copy(versions[i])
		if len(rowOfWords(c.clean).words) < 50 {
			continue
		}
		o.asked++
		o.hold(r, versions, all, i, c)
	}
	return o
}

func (o *outcome) hold(r *Register, versions []Version, all []string, i int, c circulated) {
	a := r.Which(c.text)
	in := standsIn(all, c.clean)
	named := func(k int) bool {
		return slices.ContainsFunc(a.Versions, func(l Likeness) bool { return l.ID == versions[k].ID })
	}
	right := named(i) || a.Verdict == Exact
	for k := range versions {
		// what tells versions apart may be what the scan or the typist lost
		if named(k) && !in[k] && !c.touched && (strings.Contains(c.text, "[") || a.Verdict == Exact) {
			right = false
		}
	}
	if right {
		o.right++
	} else {
		o.wrong = append(o.wrong, fmt.Sprintf("%s (%s): %s %v, next %v", versions[i].Symbol, c.how, a.Verdict, a.Versions, a.RunnerUp))
	}
	others := 0
	for k := range versions {
		if in[k] {
			others++
		}
		if a.Verdict == Exact && named(k) && !in[k] {
			others = len(versions)
		}
	}
	if a.Verdict == Exact {
		o.exact++
		changed := !slices.EqualFunc(rowOfWords(c.clean).words, rowOfWords(c.text).words, func(a, b word) bool { return a.core == b.core })
		if others != 1 || c.touched && changed {
			o.wrongExact++
			o.wrong = append(o.wrong, fmt.Sprintf("WRONG EXACT %s (%s): %v, stands in %d", versions[i].Symbol, c.how, a.Versions, others))
		}
	} else if !c.touched && !c.unmarked && !c.headed && others == 1 {
		o.missedExact++
		o.wrong = append(o.wrong, fmt.Sprintf("missed exact %s (%s): %s %v aside %q %v", versions[i].Symbol, c.how, a.Verdict, a.Versions, a.Aside, differences(a.Runs)))
	}
}

func differences(runs []Run) (out []Run) {
	for _, r := range runs {
		if r.Op != draft.Keep {
			out = append(out, r)
		}
	}
	return out[:min(len(out), 6)]
}

// standsIn tells in which versions words stand as they are, with their brackets,
// by plain search.
func standsIn(versions []string, clean string) []bool {
	in := make([]bool, len(versions))
	want := written(rowOfWords(clean))
	for k, v := range versions {
		for at := range v {
			if strings.HasPrefix(v[at:], want) && at > 0 && strings.ContainsRune(" [(", rune(v[at-1])) {
				in[k] = true
				break
			}
		}
	}
	return in
}

func written(r row) string {
	var b strings.Builder
	for i, w := range r.words {
		if i > 0 {
			b.WriteString(w.before)
		}
		b.WriteString(w.core)
		if i < len(r.words)-1 {
			b.WriteString(w.marks + " ")
		}
	}
	return b.String()
}
