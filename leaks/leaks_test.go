package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// root is the root of the module.
const root = ".."

func all(t *testing.T) []leak {
	t.Helper()
	leaks, err := load("testdata")
	if err != nil {
		t.Fatal(err)
	}
	return leaks
}

// TestEveryLeakCanBePlanted: the lines that each leak replaces stand in the source
// just once, and the test that must find it is there.
func TestEveryLeakCanBePlanted(t *testing.T) {
	leaks := all(t)
	if len(leaks) < 25 {
		t.Errorf("there are %d leaks, want 25 at least", len(leaks))
	}
	for _, l := range leaks {
		if _, err := l.plant(root); err != nil {
			t.Errorf("%s: %v", l.name, err)
		}
		for name := range strings.SplitSeq(l.test, "|") {
			if !isTest(t, filepath.Join(root, l.dir), name) {
				t.Errorf("%s is to be found by %s, which is not in %s", l.name, name, l.dir)
			}
		}
	}
}

func isTest(t *testing.T, dir, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(source), "\nfunc "+name+"(t *testing.T)") {
			return true
		}
	}
	return false
}

// TestHunt plants two leaks that are cheap to find, and a change that leaks
// nothing: the hunt must tell them apart.
func TestHunt(t *testing.T) {
	for _, l := range all(t) {
		if l.name != "desk-any-role" && l.name != "record-chair-reads-bilaterals" {
			continue
		}
		if f, err := hunt(t.Context(), root, l, 100); err != nil || f.test != l.test {
			t.Errorf("%s: %v", l.name, err)
		}
	}
	harmless := leak{name: "harmless", dir: "./record", test: "TestReads", says: regexp.MustCompile("reads"), edits: []edit{
		{"record/seat.go", "return l.Role == Chair || l.Role == Party || l.Role == Observer", "return l.Role == Party || l.Role == Chair || l.Role == Observer"},
	}}
	if _, err := hunt(t.Context(), root, harmless, 10); err == nil || !strings.Contains(err.Error(), "passes") {
		t.Errorf("a change that leaks nothing is said to be found: %v", err)
	}
	harmless.edits[0].lines = "these lines are nowhere"
	if _, err := hunt(t.Context(), root, harmless, 10); err == nil || !strings.Contains(err.Error(), "stand 0 times") {
		t.Errorf("a leak whose lines are gone: %v", err)
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ content, wrong string }{
		{"", "which test finds it"},
		{"It tells.\n\nfound by: ./web TestX\n", "which lines"},
		{"It tells.\n\nfound by: ./web TestX\n-- a.go --\nx\n", "not followed"},
		{"It tells.\n\nfound by: ./web TestX\n-- planted --\nx\n-- a.go --\nx\n", "not followed"},
		{"It tells.\n\nfound by: ./web TestX\nneeds: none\n-- a.go --\nx\n-- planted --\ny\n", "none.txtar"},
		{"It tells.\n\nfound by: ./web TestX\nsays: [\n-- a.go --\nx\n-- planted --\ny\n", "regexp"},
	} {
		if _, err := parse("x", []byte(c.content), "testdata/ways"); err == nil || !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%q: %v, want %q", c.content, err, c.wrong)
		}
	}
	l, err := parse("x", []byte("It tells\nall.\n\nfound by: ./web TestX\nneeds: whole\n-- a.go --\nx\n-- planted --\ny\n"), "testdata/ways")
	if err != nil || l.tells != "It tells all." || l.dir != "./web" || l.test != "TestX" || len(l.edits) < 2 {
		t.Errorf("it is read as %+v, %v", l, err)
	}
}
