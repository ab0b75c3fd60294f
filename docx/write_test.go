package docx

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"paraph/draft"
)

func parsed(t rapid.TB, src string) *draft.Text {
	t.Helper()
	x, err := draft.Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// expected gives the paragraphs of a text as a reader of the document has them.
func expected(t *draft.Text) []string {
	var out []string
	for i := range t.Clauses {
		var b strings.Builder
		for _, c := range cells(t, i, nil) {
			if c.is&hidden == 0 {
				b.WriteRune(c.r)
			}
		}
		out = append(out, b.String())
	}
	if out == nil {
		out = []string{""}
	}
	return out
}

var declared = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func TestOfficeOnHandMadePairs(t *testing.T) {
	docs := map[string][]byte{}
	type pair struct{ old, new *draft.Text }
	pairs := map[string]pair{}
	for name, p := range map[string][2]string{
		"words":    {"1. The Parties shall act.", "1. The Parties should act now."},
		"inserted": {"1. One is here.\n\n2. Two is there.", "1. One is here.\n\n2. New things come.\n\n3. Two is there."},
		"tail-add": {"1. One is here.", "1. One is here.\n\n2. New things come.\n\n3. And others."},
		"tail-cut": {"1. One is here.\n\n2. New things come.\n\n3. And others.", "1. One is here."},
		"all":      {"1. One is here.\n\n2. Two words.", "5. Nothing of all that remains.\n\n6. Truly.\n\n7. Nothing at all."},
		"empty":    {"", "1. One is here.\n\n2. Two."},
		"emptied":  {"1. One is here.\n\n2. Two.", ""},
		"head":     {"# Article 1\n\n1. A sentence of some length stands here.", "## Article 1 bis\n\nA sentence of some length stands here."},
		"split":    {"1. The sides cease fire at noon. They shall withdraw all heavy arms from the line within ten days.\n\n2. Done.", "1. The sides cease fire at noon.\n\n2. They shall withdraw all heavy weapons from the line within ten days.\n\n3. Done."},
		"merged":   {"1. The sides cease fire at noon.\n\n2. They shall withdraw all heavy weapons from the line within ten days.\n\n3. Done.", "1. The sides cease fire at noon. They shall withdraw all heavy arms from the line within ten days.\n\n2. Done."},
		"moved":    {"# Article 1\n\n1. The sides cease fire at noon.\n\n2. The fire shall stop on all fronts of the war.\n\n# Article 2\n\n1. The sides exchange all prisoners within ten days.\n\n2. The Red Cross helps the sides with it.", "# Article 1\n\n1. The sides exchange all prisoners within ten days.\n\n2. The Red Cross helps both sides with it.\n\n# Article 2\n\n1. The sides cease fire at noon.\n\n2. The fire shall stop on all fronts of the war."},
		"brackets": {"1. The Parties [shall][should] withdraw [US: within 30 days][RU: **within** 60 days].", "1. The Parties should withdraw within *60* days \\[of 2022\\]."},
		"arabic":   {"1. يلتزم الطرفان بوقف إطلاق النار [فورا][خلال 30 يوما].\n\n2. See NATO.", "1. يلتزم الطرفان بوقف إطلاق النار خلال 60 يوما.\n\n2. انظر NATO هنا.\n\n3. نهاية."},
	} {
		old, new := parsed(t, p[0]), parsed(t, p[1])
		for _, native := range []bool{false, true} {
			data, err := WriteComparison(old, new, draft.Compare(old, new), Tracking{Author: "Party A", Date: declared, NativeMoves: native}, Copy{})
			if err != nil {
				t.Fatal(err)
			}
			key := name
			if native {
				key += "-native"
			}
			docs[key], pairs[key] = data, pair{old, new}
			if d := os.Getenv("KEEP"); d != "" {
				os.WriteFile(d+"/"+key+".docx", data, 0o644)
			}
		}
	}
	for name, o := range officeOf(t, docs) {
		p := pairs[name]
		if want := expected(p.old); !slices.Equal(o.Rejected, want) {
			t.Errorf("%s: rejected\n%q\nwant\n%q", name, o.Rejected, want)
		}
		if want := expected(p.new); !slices.Equal(o.Accepted, want) {
			t.Errorf("%s: accepted\n%q\nwant\n%q", name, o.Accepted, want)
		}
		if o.Left != [2]int{} || len(o.Changes) == 0 {
			t.Errorf("%s: %v left of %d", name, o.Left, len(o.Changes))
		}
		for _, c := range o.Changes {
			if c[1] != "Party A" || c[2] != "2026-01-02T03:04:05Z" {
				t.Errorf("%s: %v", name, c)
			}
		}
	}
}
