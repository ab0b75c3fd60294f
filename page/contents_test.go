package page

import (
	"context"
	"strings"
	"testing"

	"paraph/draft"
)

// TestContentsLeadToChanges: each section with changes is named once, in order,
// and its link leads to an element of the comparison.
func TestContentsLeadToChanges(t *testing.T) {
	parse := func(src string) *draft.Text {
		x, err := draft.Parse(src)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	old := parse("Opening words of all.\n\n## Article 1\n\n1. Same words here.\n\n## Article 2 Water\n\n1. The lake is shared fairly.\n\n2. This clause goes away entirely.\n\n## Article 3\n\n1. The last one stays.\n")
	now := parse("Opening words of both.\n\n## Article 1\n\n1. Same words here.\n\n## Article 2 Water\n\n1. The lake is shared evenly.\n\n## Article 3\n\n1. The last one stays.\n\n2. A new clause is here.\n")
	v := ComparisonView{Comparison: draft.Compare(old, now), Old: old, New: now, Prefix: "x-"}
	var nav, all strings.Builder
	if err := v.Contents().Render(context.Background(), &nav); err != nil {
		t.Fatal(err)
	}
	if err := v.Render(context.Background(), &all); err != nil {
		t.Fatal(err)
	}
	want := []string{"Before the first heading</bdi></a> 1 change", "Article 2, Water</bdi></a> 2 changes", "Article 3</bdi></a> 1 change"}
	at := 0
	for _, w := range want {
		n := strings.Index(nav.String()[at:], w)
		if n < 0 {
			t.Fatalf("there is no %q after %d in %s", w, at, nav.String())
		}
		at += n
	}
	links := strings.Split(nav.String(), `href="#`)[1:]
	if len(links) != len(want) {
		t.Errorf("%d links", len(links))
	}
	for _, l := range links {
		id, _, _ := strings.Cut(l, `"`)
		if !strings.Contains(all.String(), `id="`+id+`"`) {
			t.Errorf("#%s leads nowhere", id)
		}
	}
}
