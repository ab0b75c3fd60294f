package akn

import (
	"os"
	"path/filepath"
	"testing"
)

// TestVesnaGoesRound: all versions of the worked example, each with the changes
// from the one before.
func TestVesnaGoesRound(t *testing.T) {
	names, err := filepath.Glob("../demo/*/*.md")
	if err != nil || len(names) < 5 {
		t.Fatalf("the texts of the worked example are not there: %v, %v", names, err)
	}
	var before *Document
	seen := 0
	for _, name := range names {
		if filepath.Base(name) == "README.md" {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := parsed(t, string(src))
		d := Document{Text: text, Clauses: numbered(text), Process: "vesna", Number: seen + 1, Date: "2026-11-23", Language: "en", Before: before}
		valid(t, goesRound(t, d))
		before = &d
		seen++
	}
	if seen < 5 {
		t.Errorf("only %d texts went round", seen)
	}
}
