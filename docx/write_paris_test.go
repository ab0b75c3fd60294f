package docx

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"paraph/draft"
)

// TestParisComesBack sends real texts out and reads them again: the same words in
// as many clauses, the same brackets.
func TestParisComesBack(t *testing.T) {
	documents, shown := map[string][]byte{}, map[string][]string{}
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
		documents[name], shown[name] = data, expected(sent)
		back, _ := d.Text(TextOptions{})
		came := parsed(t, back)
		x, y := expected(sent), expected(came)
		if got, want := strings.Fields(strings.Join(y, " ")), strings.Fields(strings.Join(x, " ")); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: other words:\n%s", name, differing(y, x))
		}
		a, b := draft.Count(sent), draft.Count(came)
		if a != b || len(x) != len(y) {
			t.Errorf("%s: counted %+v in %d clauses, and when it came back %+v in %d", name, a, len(x), b, len(y))
		}
	}
	for name, o := range officeOf(t, documents) {
		want := shown[name]
		if n := len(o.Shown); n < len(want) { // its notes stand at the foot of the pages
			want = want[:n]
		}
		for i := range want {
			if marks := writtenMark.ReplaceAllString(want[i], ""); len(o.Shown) < len(shown[name]) && marks != want[i] {
				o.Shown[i] = noteNumber.ReplaceAllString(o.Shown[i], "")
				want[i] = noteNumber.ReplaceAllString(marks, "")
			}
		}
		if !slices.Equal(o.Shown, want) {
			t.Errorf("%s: LibreOffice shows\n%s", name, differing(o.Shown, want))
		}
	}
}

// noteNumber is the number of a footnote, which LibreOffice counts to the words.
var noteNumber = regexp.MustCompile(`[0-9]+`)
