package page

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"paraph/draft"
	"paraph/record"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares what was made with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run the test with -update and read the difference\n%s", file, got)
	}
}

// parsed parses a file of testdata.
func parsed(t *testing.T, name string, seats ...record.Seat) *draft.Text {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, string(src), seats...)
}

func parse(t *testing.T, src string, seats ...record.Seat) *draft.Text {
	t.Helper()
	text, err := draft.Parse(src, seats...)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// failer is a test, or one case of a property.
type failer interface {
	Helper()
	Fatal(...any)
}

func rendered(t failer, c Component) string {
	t.Helper()
	html, err := HTML(c)
	if err != nil {
		t.Fatal(err)
	}
	return html
}
