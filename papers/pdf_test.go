package papers_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"paraph/draft"
	"paraph/page"
	"paraph/papers"
	"paraph/printer"
)

// has skips a test when an oracle is not installed.
func has(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not installed: nothing here can read a PDF", name)
		}
	}
}

// said asks an oracle of a PDF.
func said(t *testing.T, pdf []byte, name string, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "PDF" {
			args[i] = file
		}
	}
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(out)
}

// words gives what a PDF says, without the signs of direction, in folded space.
func words(t *testing.T, pdf []byte) string {
	t.Helper()
	s := said(t, pdf, "pdftotext", "-raw", "PDF", "-")
	s = strings.NewReplacer("\u202a", "", "\u202b", "", "\u202c", "", "\u200e", "", "\u200f", "").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

// TestPDF prints a version with both programs, where they are installed: sheets of
// the right size, numbered, with the symbol, the fingerprint and tags.
func TestPDF(t *testing.T) {
	has(t, "pdfinfo", "pdftotext")
	e := open(t)
	g, _, err := e.see("KEL", papers.Ask{Kind: papers.Version, Version: "lv-2026-ct-1-rev-1"})
	if err != nil {
		t.Fatal(err)
	}
	for name, sheet := range map[string]string{"chromium": "letter", "weasyprint": "a4"} {
		t.Run(name, func(t *testing.T) {
			has(t, name)
			p, err := printer.Find(name)
			if err != nil {
				t.Fatal(err)
			}
			f, err := g.File(context.Background(), papers.PDF, papers.Options{Printer: p, Sheet: sheet, Who: "one"})
			if err != nil {
				t.Fatal(err)
			}
			info := said(t, f.Bytes, "pdfinfo", "PDF")
			size := map[string]string{"letter": "612 x 792", "a4": "59"}[sheet]
			for _, want := range []string{"Tagged:          yes", "Title:           Agreement on the Waters", "Page size:       " + size} {
				if !strings.Contains(info, want) {
					t.Errorf("the PDF lacks %q:\n%s", want, info)
				}
			}
			text := words(t, f.Bytes)
			pages := strings.Count(text, "page ")
			for _, want := range []string{"page 1 of ", "fingerprint bb37 13dc 9ca4 6df4", "LV/2026/CT.1/REV.1", "[KEL: ", "40"} {
				if !strings.Contains(text, want) {
					t.Errorf("the PDF does not say %q", want)
				}
			}
			if strings.Count(text, "fingerprint bb37 13dc 9ca4 6df4") < 4 || pages < 4 {
				t.Errorf("the fingerprint does not stand on every sheet of %d", pages)
			}
		})
	}
}

// TestPDFFromRightToLeft prints a text of invented parties in Arabic with Latin
// words and figures in it: the words can be taken out of the PDF again.
func TestPDFFromRightToLeft(t *testing.T) {
	has(t, "pdftotext", "chromium")
	src, err := os.ReadFile("../page/testdata/arabic.md")
	if err != nil {
		t.Fatal(err)
	}
	text, err := draft.Parse(string(src))
	if err != nil {
		t.Fatal(err)
	}
	html, err := page.HTML(page.Document{
		Title: text.Front.Title, Lang: "ar", Symbol: text.Front.Symbol, Lines: true, Right: page.RightToLeft(text),
		Sections: []page.Section{{Body: page.TextView{Text: text, Frozen: true, Paper: true}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	p, err := printer.Find("chromium")
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := p.Print(context.Background(), "one", html)
	if err != nil {
		t.Fatal(err)
	}
	said := words(t, pdf)
	for _, want := range []string{"تتقاسم", "البحيرة", "المنازعات", "[800,000][600,000]", "Lake Ruba Commission", "UNCITRAL", "HILL"} {
		if !strings.Contains(said, want) {
			t.Errorf("the PDF does not say %q:\n%s", want, said)
		}
	}
}
