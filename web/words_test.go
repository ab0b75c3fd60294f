package web

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// A component that is called in the middle of a line of words is no call: its
// name would stand on the page.
func TestNoCallStandsAsWords(t *testing.T) {
	made, err := filepath.Glob("*_templ.go")
	if err != nil || len(made) < 20 {
		t.Fatalf("%d generated pages found, %v", len(made), err)
	}
	words := regexp.MustCompile(`WriteString\(templ_7745c5c3_Buffer, \d+, ".*@[a-zA-Z]+\(.*`)
	for _, name := range made {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range words.FindAll(src, -1) {
			t.Errorf("%s: %s", name, line)
		}
	}
}

// Words in braces behind a call are its children, and are lost where it shows none.
func TestNoWordsAreLostBehindACall(t *testing.T) {
	pages, err := filepath.Glob("*.templ")
	if err != nil || len(pages) < 20 {
		t.Fatalf("%d pages found, %v", len(pages), err)
	}
	lost := regexp.MustCompile(`(?m)@[a-zA-Z]+\([^<\n]*\) ?\{ [^\n]*\}`)
	for _, name := range pages {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range lost.FindAll(src, -1) {
			t.Errorf("%s: %s", name, words)
		}
	}
}
