package docx

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/draft"
)

// talks is a text with what makes trips hard: headings, labels of many forms,
// brackets with holders, emphasis, escapes, quotation marks, twins, Arabic.
var talks = []Given{
	{"c1", "# Agreement on the lake"},
	{"c2", "*Recalling* the \"Convention\" of 1992 and its protocols,"},
	{"c3", "## Article 1 *(Use of terms)*"},
	{"c4", "1. \"Lake\" means the waters and the shores of Lake Vesna, as drawn in Annex I."},
	{"c5", "2. The Parties shall cooperate in good faith."},
	{"c6", "## Article 2"},
	{"c7", "1. Each Party [shall][should] send the data of its gauges to the Commission [within 30 days][KEL: within 60 days]."},
	{"c8", "(a) the level of the water, daily;"},
	{"c9", "(b) the flow at the outlet, in cubic metres per second;"},
	{"c10", "2 bis. The Parties shall cooperate in good faith."},
	{"c11", "3. [DOR: No Party may build \\[new\\] dams above the outlet.]"},
	{"c12", "**Option 1:** The Commission decides by consensus."},
	{"c13", "**Option 2:** The Commission decides by a majority of two thirds."},
	{"c14", "المادة 4 تتعاون الأطراف بحسن نية"},
	{"c15", "This Agreement enters into force on the thirtieth day after the third signature."},
}

// exported writes clauses as they are given out, with or without anchors.
func exported(t testing.TB, given []Given, anchors bool) []byte {
	t.Helper()
	text, spans := joined(t, given)
	c := Copy{Anchors: Anchors{Process: "p", Version: "v1", Seat: "KEL", Clauses: spans}}
	data, err := WriteText(text, c)
	if err != nil {
		t.Fatal(err)
	}
	if anchors {
		return data
	}
	return without(t, data, "bookmarkStart", "bookmarkEnd")
}

// joined makes one text of clauses, with an anchor for each that has an id.
func joined(t testing.TB, given []Given) (*draft.Text, []Anchor) {
	t.Helper()
	var src strings.Builder
	for _, g := range given {
		src.WriteString(g.Source + "\n\n")
	}
	text, err := draft.Parse(src.String(), "KEL", "DOR")
	if err != nil {
		t.Fatal(err)
	}
	if len(text.Clauses) != len(given) {
		t.Fatalf("%d clauses of %d", len(text.Clauses), len(given))
	}
	var spans []Anchor
	for i, g := range given {
		if g.Clause != "" {
			spans = append(spans, Anchor{ID: g.Clause, Words: draft.Fingerprint(text.Words(i)), First: i, Last: i + 1})
		}
	}
	return text, spans
}

// without takes elements and the part of the anchors out of a document.
func without(t testing.TB, data []byte, names ...string) []byte {
	t.Helper()
	entries := unpack(t, data)
	for i := range entries {
		for _, n := range names {
			entries[i].data = taken(entries[i].data, "<w:"+n)
		}
		if strings.HasPrefix(entries[i].name, "customXml/") {
			entries[i].data = `<nothing/>`
		}
	}
	return pack(t, entries)
}

func taken(s, tag string) string {
	for {
		at := strings.Index(s, tag)
		if at < 0 {
			return s
		}
		end := at + strings.Index(s[at:], ">") + 1
		s = s[:at] + s[end:]
	}
}

// brought says edits in short: "amend c5", "insert after c3: words".
func brought(r Returned) []string {
	var out []string
	for _, e := range r.Edits {
		switch e.Kind {
		case Amended:
			out = append(out, "amend "+e.Clause+": "+e.New)
		case Inserted:
			out = append(out, "insert after "+e.After+": "+e.New)
		case Moved:
			out = append(out, "move "+e.Clause+" after "+e.After)
		default:
			out = append(out, "delete "+e.Clause)
		}
	}
	return out
}

func changed(source map[string]string, given []Given) []Given {
	out := slices.Clone(given)
	for i := range out {
		if s, there := source[out[i].Clause]; there {
			out[i].Source = s
		}
	}
	return out
}

func TestReturn(t *testing.T) {
	at := func(id string) int { return slices.IndexFunc(talks, func(g Given) bool { return g.Clause == id }) }
	drop := func(id string) []Given { return slices.Delete(slices.Clone(talks), at(id), at(id)+1) }
	add := func(after, source string) []Given {
		return slices.Insert(slices.Clone(talks), at(after)+1, Given{"", source})
	}
	move := func(id, after string) []Given {
		out := drop(id)
		to := slices.IndexFunc(out, func(g Given) bool { return g.Clause == after })
		return slices.Insert(out, to+1, talks[at(id)])
	}
	change := func(pairs ...string) []Given {
		m := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return changed(m, talks)
	}
	for _, c := range []struct {
		name  string
		after []Given
		want  []string
	}{
		{"nothing", talks, nil},
		{"other quotation marks, spaces, numbers", change("c4", "7. “Lake” means the waters  and the\u00a0shores of Lake Vesna, as drawn in Annex I."), nil},
		{"a word", change("c15", "This Agreement enters into force on the sixtieth day after the third signature."),
			[]string{"amend c15: This Agreement enters into force on the sixtieth day after the third signature."}},
		{"a word beside brackets and emphasis, among other quotation marks", change("c2", "*Recalling* the “Convention” of 1992 and its annexes,"),
			[]string{"amend c2: *Recalling* the \"Convention\" of 1992 and its annexes,"}},
		{"a word in a clause with brackets", change("c7", "1. Each Party [shall][should] send all data of its gauges to the Commission [within 30 days][KEL: within 60 days]."),
			[]string{"amend c7: 1. Each Party [shall][should] send all data of its gauges to the Commission [within 30 days][KEL: within 60 days]."}},
		{"the title of an article", change("c3", "## Article 1 *(Terms)*"), []string{"amend c3: ## Article 1 *(Terms)*"}},
		{"words with escapes", change("c11", "3. [DOR: No Party may ever build \\[new\\] dams above the outlet.]"),
			[]string{"amend c11: 3. [DOR: No Party may ever build \\[new\\] dams above the outlet.]"}},
		{"a clause deleted", drop("c9"), []string{"delete c9"}},
		{"the first deleted", drop("c1"), []string{"delete c1"}},
		{"one of twins deleted", drop("c10"), []string{"delete c10"}},
		{"a clause inserted", add("c8", "(a bis) the temperature of the water at the outlet;"),
			[]string{"insert after c8: (a bis) the temperature of the water at the outlet;"}},
		{"a clause moved", move("c15", "c2"), []string{"move c15 after c2"}},
		{"Arabic", change("c14", "المادة 4 تتعاون جميع الأطراف بحسن نية"), []string{"amend c14: المادة 4 تتعاون جميع الأطراف بحسن نية"}},
	} {
		for _, anchors := range []bool{true, false} {
			d, err := Read(exported(t, c.after, anchors))
			if err != nil {
				t.Fatal(err)
			}
			r := Return(talks, nil, d)
			if got := brought(r); !slices.Equal(got, c.want) || len(r.Questions) > 0 {
				t.Errorf("%s, anchors %v:\n%s\nwant\n%s\nquestions %+v", c.name, anchors, strings.Join(got, "\n"), strings.Join(c.want, "\n"), r.Questions)
			}
			if anchors && r.Anchored == 0 {
				t.Errorf("%s: no anchor was found", c.name)
			}
		}
	}
}

func TestReturnAsksWhenInDoubt(t *testing.T) {
	given := []Given{
		{"a", "The Parties shall meet in the spring of each year in the capital of the chair."},
		{"b", "The Parties shall meet in the autumn of each year in the capital of the host."},
		{"z", "Nothing in this text binds third States in any way whatsoever."},
	}
	after := []Given{
		{"", "Nothing in this text binds third States in any way whatsoever."},
		{"", "The Parties shall meet in the winter of each year in the capital of the depositary."},
	}
	d, err := Read(exported(t, after, false))
	if err != nil {
		t.Fatal(err)
	}
	r := Return(given, nil, d)
	if len(r.Edits) != 0 || len(r.Questions) != 1 {
		t.Fatalf("edits %v, questions %+v", brought(r), r.Questions)
	}
	var answers []string
	for _, a := range r.Questions[0].Answers {
		answers = append(answers, fmt.Sprintf("%s %s %.1f", a.Kind, a.Clause, a.Likeness))
	}
	if want := []string{"amend a 0.8", "amend b 0.8", "insert  0.0"}; !slices.Equal(answers, want) {
		t.Errorf("answers %q, want %q", answers, want)
	}
}

func TestReturnOfAPart(t *testing.T) {
	d, err := Read(exported(t, talks[3:5], false))
	if err != nil {
		t.Fatal(err)
	}
	r := Return(talks, nil, d)
	if len(r.Edits) != 0 || !strings.Contains(fmt.Sprint(r.Remarks), "not taken as deleted") {
		t.Errorf("edits %v, remarks %v", brought(r), r.Remarks)
	}
}

// edited is what rapid does to a text: random edits, and the text after them.
func edited(t *rapid.T) (before, after []Given) {
	vocabulary := strings.Fields("water level data flow Commission gauge dam outlet Party treaty spring shore court notice border harbour river bridge signal treasury season fleet quota licence arbiter")
	sentence := func() string {
		n := rapid.IntRange(8, 25).Draw(t, "words")
		words := make([]string, n)
		for i := range words {
			words[i] = rapid.SampledFrom(vocabulary).Draw(t, "word")
		}
		return strings.Join(words, " ")
	}
	n := rapid.IntRange(3, 12).Draw(t, "clauses")
	for i := range n {
		source := fmt.Sprintf("%d. %s", i+1, sentence())
		switch rapid.IntRange(0, 5).Draw(t, "form") {
		case 0:
			source = fmt.Sprintf("%d. *%s* %s [%s][%s].", i+1, sentence(), sentence(), sentence(), sentence())
		case 1:
			source = fmt.Sprintf("## Article %d *(%s)*", i+1, sentence())
		case 2:
			source = sentence() + `, "` + sentence() + `";`
		}
		before = append(before, Given{fmt.Sprintf("id-%d", i), source})
	}
	after = slices.Clone(before)
	for range rapid.IntRange(0, 4).Draw(t, "edits") {
		i := rapid.IntRange(0, len(after)-1).Draw(t, "where")
		switch rapid.IntRange(0, 4).Draw(t, "edit") {
		case 0, 1: // a word in the middle
			f := strings.Fields(after[i].Source)
			at := rapid.IntRange(3, len(f)-2).Draw(t, "at")
			if strings.ContainsAny(f[at], "*()[]\",;") {
				continue
			}
			f[at] = rapid.SampledFrom([]string{"never", "always", "", "“quoted” more"}).Draw(t, "new")
			after[i].Source = strings.Join(strings.Fields(strings.Join(f, " ")), " ")
		case 2:
			if len(after) > 2 {
				after = slices.Delete(after, i, i+1)
			}
		case 3:
			after = slices.Insert(after, i+1, Given{"", "9 bis. " + sentence() + " " + sentence()})
		case 4:
			j := rapid.IntRange(0, len(after)-2).Draw(t, "to")
			g := after[i]
			after = slices.Insert(slices.Delete(after, i, i+1), j, g)
		}
	}
	return before, after
}

// carriedOut does the edits to the text that was given out.
func carriedOut(t *rapid.T, given []Given, edits []Edit) []string {
	out := slices.Clone(given)
	find := func(id string) int {
		return slices.IndexFunc(out, func(g Given) bool { return g.Clause == id })
	}
	added := 0
	place := func(g Given, after string) {
		at := find(after) + 1
		for at > 0 && at < len(out) && strings.HasPrefix(out[at].Clause, "new after "+after+" ") {
			at++
		}
		if after == "" {
			for at = 0; at < len(out) && strings.HasPrefix(out[at].Clause, "new after  "); at++ {
			}
		}
		out = slices.Insert(out, at, g)
	}
	for _, e := range edits {
		switch e.Kind {
		case Amended:
			out[find(e.Clause)].Source = e.New
		case Deleted:
			out = slices.Delete(out, find(e.Clause), find(e.Clause)+1)
		case Moved:
			g := out[find(e.Clause)]
			out = slices.Delete(out, find(e.Clause), find(e.Clause)+1)
			place(g, e.After)
		}
	}
	for _, e := range edits {
		if e.Kind == Inserted {
			added++
			place(Given{fmt.Sprintf("new after %s %d", e.After, added), e.New}, e.After)
		}
	}
	var words []string
	for _, g := range out {
		words = append(words, strings.Join(wordingOf(g.Source, nil).keys, " "))
	}
	return words
}

// TestReturnIsWhatWasDone: carrying the edits out gives the text that came back, and a clause
// that nobody touched has no edit.
func TestReturnIsWhatWasDone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := edited(t)
		anchors := rapid.Bool().Draw(t, "anchors")
		var data []byte
		if rapid.Bool().Draw(t, "tracked") {
			old, _ := quiet(t, before)
			new, spans := quiet(t, after)
			var err error
			data, err = WriteComparison(old, new, draft.Compare(old, new), Tracking{Author: "KEL"}, Copy{Anchors: Anchors{Clauses: spans}})
			if err != nil {
				t.Fatal(err)
			}
		} else {
			text, spans := quiet(t, after)
			data, _ = WriteText(text, Copy{Anchors: Anchors{Clauses: spans}})
		}
		d, err := Read(data)
		if err != nil {
			t.Fatal(err)
		}
		if !anchors {
			each(d.Blocks, func(p *Paragraph) { p.Anchors = nil })
		}
		r := Return(before, nil, d)
		if len(r.Questions) > 0 {
			return // what is asked is not guessed
		}
		var want []string
		for _, g := range after {
			want = append(want, strings.Join(wordingOf(g.Source, nil).keys, " "))
		}
		if got := carriedOut(t, before, r.Edits); !slices.Equal(got, want) {
			t.Fatalf("edits:\n%s\ngive\n%s\nwant\n%s", strings.Join(brought(r), "\n"), strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		for _, e := range r.Edits {
			if e.Kind == Amended && slices.Equal(wordingOf(e.Old, nil).keys, wordingOf(e.New, nil).keys) {
				t.Fatalf("amended without a change: %q", e.New)
			}
		}
	})
}

func quiet(t *rapid.T, given []Given) (*draft.Text, []Anchor) {
	var src strings.Builder
	for _, g := range given {
		src.WriteString(g.Source + "\n\n")
	}
	text, err := draft.Parse(src.String())
	if err != nil {
		t.Fatal(err)
	}
	if len(text.Clauses) != len(given) {
		t.Skip("a clause that is several")
	}
	var spans []Anchor
	for i, g := range given {
		if g.Clause != "" {
			spans = append(spans, Anchor{ID: g.Clause, First: i, Last: i + 1})
		}
	}
	return text, spans
}
