package docx

import (
	"os"
	"strings"
	"testing"

	"paraph/draft"
)

// TestParisComesBack sends real texts out and reads them again: the same words in
// as many clauses, the same brackets.
func TestParisComesBack(t *testing.T) {
	for _, name := range []string{"2015-10-23.md", "2015-12-04.md"} {
		src, err := os.ReadFile("../draft/testdata/paris/" + name)
		if err != nil {
			t.Fatal(err)
		}
		sent := parsed(t, string(src))
		data, err := WriteText(sent, Copy{})
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range d.Unread {
			t.Errorf("%s: not understood: %+v", name, u)
		}
		back, _ := d.Text(TextOptions{})
		came := parsed(t, back)
		x, y := expected(sent), expected(came)
		if got, want := strings.Fields(strings.Join(y, " ")), strings.Fields(strings.Join(x, " ")); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: other words:\n%s", name, differing(y, x))
		}
		a, b := draft.Count(sent), draft.Count(came)
		a.ContestedWords, b.ContestedWords = 0, 0 // of brackets without partner, it hangs on how far apart the lines are
		if a != b || len(x) != len(y) {
			t.Errorf("%s: counted %+v in %d clauses, and when it came back %+v in %d", name, a, len(x), b, len(y))
		}
	}
}
