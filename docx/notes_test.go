package docx

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var noted = []Given{
	{"c1", "# Agreement"},
	{"c2", "1. The Parties[^1] shall meet *within* 30 days[^2] of signature."},
	{"c3", "2. [KEL: They meet in Solenne.]"},
	{"c4", "[^1]: Those that have signed; see [KEL: Annex I]."},
	{"c5", "[^2]: Working days, as *each* of them counts."},
}

// TestNotesStandAtTheFootOfTheirPages: the notes of a text become footnotes, and are
// the same notes when the document is read.
func TestNotesStandAtTheFootOfTheirPages(t *testing.T) {
	sent, _ := joined(t, noted)
	d, err := Read(exported(t, noted, true))
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Notes) != 2 || len(d.Unread) > 0 {
		t.Fatalf("%d notes, not understood: %+v", len(d.Notes), d.Unread)
	}
	back, doubts := d.Text(TextOptions{})
	if got, want := expected(parsed(t, back)), expected(sent); !slices.Equal(got, want) || len(doubts) > 0 {
		t.Errorf("other words:\n%s%v", differing(got, want), doubts)
	}
}

// TestHeadsOfPages: what is at the head and foot of pages is told, but for what the
// document says of itself anyway.
func TestHeadsOfPages(t *testing.T) {
	for words, told := range map[string]bool{
		"Agreement on the lake REV.3 · 0123456789ab": false, "Page 3 of 12": false, "3/12": false, "": false, "REV.3": false,
		"Agreement on the lake, as we see it": true, "Confidential": true, "Page 3 of many": true,
	} {
		if own := (identity{"Agreement on the lake", "REV.3", "a", ""}); (own.beyond(words) != "") != told {
			t.Errorf("%q: told %v", words, !told)
		}
	}
}

// TestNotesThatStayWords: where a number would not come back as it was.
func TestNotesThatStayWords(t *testing.T) {
	for name, given := range map[string][]Given{
		"not numbered through": {{"a", "1. Lake[^2] and river[^1]."}, {"b", "[^1]: One."}, {"c", "[^2]: Two."}},
		"by a name":            {{"a", "1. Lake[^lake]."}, {"b", "[^lake]: Vesna."}},
		"marked twice":         {{"a", "1. Lake[^1] and river[^1]."}, {"b", "[^1]: One."}},
		"said twice":           {{"a", "1. Lake[^1]."}, {"b", "[^1]: One."}, {"c", "[^1]: Two."}},
		"in between":           {{"a", "1. Lake[^1]."}, {"b", "[^1]: One."}, {"c", "2. River."}},
		"noted themselves":     {{"a", "1. Lake[^1]."}, {"b", "[^1]: One[^2]."}, {"c", "[^2]: Two."}},
	} {
		d, err := Read(exported(t, given, true))
		if err != nil {
			t.Fatal(err)
		}
		r := Return(given, nil, d)
		if len(d.Notes) > 0 || len(r.Edits)+len(r.Questions) > 0 {
			t.Errorf("%s: %d notes, %q", name, len(d.Notes), brought(r))
		}
		back, _ := d.Text(TextOptions{})
		sent, _ := joined(t, given)
		if got, want := expected(parsed(t, back)), expected(sent); !slices.Equal(got, want) {
			t.Errorf("%s: other words:\n%s", name, differing(got, want))
		}
	}
}

// TestNotesComeBack tells what was done to notes, whatever numbers they have now.
func TestNotesComeBack(t *testing.T) {
	text := func(n Note) *Run { return &n.Blocks[0].Paragraph.Runs[len(n.Blocks[0].Paragraph.Runs)-1] }
	for _, c := range []struct {
		name string
		edit func(d *Document)
		want []string
	}{
		{"nothing", func(*Document) {}, nil},
		{"other words", func(d *Document) { r := text(d.Notes[1]); r.Text = strings.Replace(r.Text, "counts", "reckons", 1) },
			[]string{"amend c5: [^2]: Working days, as *each* of them reckons."}},
		{"the first is taken out", func(d *Document) {
			p := d.Blocks[1].Paragraph
			p.Runs = slices.DeleteFunc(p.Runs, func(r Run) bool { return r.Note == 1 })
		}, []string{"amend c2: 1. The Parties shall meet *within* 30 days[^2] of signature.", "delete c4"}},
		{"one is put before them", func(d *Document) {
			d.Notes = append(d.Notes, Note{Blocks: []Block{{Paragraph: &Paragraph{Runs: []Run{{Text: "A new thought of ours."}}}}}})
			p := d.Blocks[1].Paragraph
			p.Runs = slices.Insert(p.Runs, 1, Run{Note: 3})
		}, []string{"amend c2: 1. The Parties[^3][^1] shall meet *within* 30 days[^2] of signature.", "insert after c5: [^3]: A new thought of ours."}},
	} {
		for _, anchors := range []bool{true, false} {
			d, err := Read(exported(t, noted, anchors))
			if err != nil {
				t.Fatal(err)
			}
			c.edit(d)
			if r := Return(noted, nil, d); !slices.Equal(brought(r), c.want) || len(r.Questions) > 0 {
				t.Errorf("%s (anchors %v): %q, want %q; %v", c.name, anchors, brought(r), c.want, r.Questions)
			}
		}
	}
}

// TestRemarksAtTheFootAreNoNotes: positions at the foot of the pages are no words of
// the text when the document comes back.
func TestRemarksAtTheFootAreNoNotes(t *testing.T) {
	sent, spans := joined(t, noted)
	data, err := WriteText(sent, Copy{Anchors: Anchors{Clauses: spans}, Footnotes: true, Remarks: []Remark{{Clause: 1, Author: "DOR", Words: "reserves"}}})
	if err != nil {
		t.Fatal(err)
	}
	d, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	r := Return(noted, nil, d)
	if len(d.Notes) != 3 || len(r.Edits)+len(r.Questions) > 0 || len(r.Remarks) != 1 || !strings.Contains(r.Remarks[0].What, "DOR: reserves") {
		t.Errorf("%d notes, %q, %+v", len(d.Notes), brought(r), r.Remarks)
	}
	back, _ := d.Text(TextOptions{})
	if got, want := expected(parsed(t, back)), expected(sent); !slices.Equal(got, want) {
		t.Errorf("other words:\n%s", differing(got, want))
	}
}

// TestPandocReadsTheNotes asks another reader for the notes of a document.
func TestPandocReadsTheNotes(t *testing.T) {
	needs(t, "pandoc")
	name := filepath.Join(t.TempDir(), "noted.docx")
	if err := os.WriteFile(name, exported(t, noted, true), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pandoc", "--from=docx", "--to=markdown", "--wrap=none", name).Output()
	for _, want := range []string{"The Parties[^1] shall meet *within* 30 days[^2] of signature", "[^1]: Those that have signed;", "[^2]: Working days, as *each* of them counts."} {
		if err != nil || !strings.Contains(string(out), want) {
			t.Errorf("pandoc reads no %q: %v\n%s", want, err, out)
		}
	}
}
