package docx

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// tracked reads the document of testdata/README.md: tracked insertions, deletions,
// a move, a deletion inside an insertion, comments, a change of formatting, a
// tracked footnote, an inserted row, Arabic.
func tracked(t *testing.T) *Document {
	t.Helper()
	data, err := os.ReadFile("testdata/tracked.docx")
	if err != nil {
		t.Fatal(err)
	}
	d, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTrackedDocumentResolved(t *testing.T) {
	d := tracked(t)
	cases := []struct {
		name string
		got  []string
		want string
	}{
		{"accepted", d.Accepted(), `Article 5 bis
P1 The Parties should take measures.
P2 inserted paragraph by B.
 P4 tail stays.
P5 commented text and bold-change
P4 moved sentence. P6 host.
P7 B-inserted with  tail
P8 footnote العربية 
P9 comment inside insertion
T1 inserted row
T2 plain row
P10 end.`},
		{"rejected", d.Rejected(), `Article 5 bis
P1 The Parties shall take measures.
P3 deleted paragraph by A.
P4 moved sentence. P4 tail stays.
P5 commented text and bold-change
 P6 host.

P8 footnote العربية 

T2 plain row
P10 end.`},
		{"as Party A would have it", d.Accepted("Party A"), `Article 5 bis
P1 The Parties should take measures.
P4 moved sentence. P4 tail stays.
P5 commented text and bold-change
 P6 host.

P8 footnote العربية 

T1 inserted row
T2 plain row
P10 end.`},
		{"without Party A", d.Rejected("Party A"), `Article 5 bis
P1 The Parties shall take measures.
P2 inserted paragraph by B.
P3 deleted paragraph by A.
 P4 tail stays.
P5 commented text and bold-change
P4 moved sentence. P6 host.
P7 B-inserted with A-deleted-inside tail
P8 footnote العربية 
P9 comment inside insertion
T2 plain row
P10 end.`},
	}
	for _, c := range cases {
		if got := strings.Join(c.got, "\n"); got != c.want {
			t.Errorf("%s:\n%s\nwant:\n%s", c.name, got, c.want)
		}
	}
}

func TestTrackedDocumentChanges(t *testing.T) {
	d := tracked(t)
	a := func(k ChangeKind) Change { return Change{Kind: k, Author: "Party A", Date: "2026-01-02T03:04:05Z"} }
	b := func(k ChangeKind) Change { return Change{Kind: k, Author: "Party B", Date: "2026-01-03T03:04:05Z"} }
	named := func(c Change) Change { c.Move = "move1"; return c }
	want := map[string][]Change{
		"shall":                       {a(Deletion)},
		"should":                      {a(Insertion)},
		"P2 inserted paragraph by B.": {b(Insertion)},
		"P3 deleted paragraph by A.":  {a(Deletion)},
		"P7 B-inserted with ":         {b(Insertion)},
		"A-deleted-inside":            {b(Insertion), a(Deletion)},
		" tail":                       {b(Insertion)},
		" P4 tail stays.":             nil,
		"T1 inserted row":             {a(Insertion)},
	}
	moves := 0
	each(d.Blocks, func(p *Paragraph) {
		for _, r := range p.Runs {
			if w, there := want[r.Text]; there {
				if !slices.Equal(r.Changes, w) {
					t.Errorf("%q has the changes %v, not %v", r.Text, r.Changes, w)
				}
				delete(want, r.Text)
			}
			if r.Text == "P4 moved sentence." {
				kind := []ChangeKind{MoveFrom, MoveTo}[moves]
				if !slices.Equal(r.Changes, []Change{named(b(kind))}) {
					t.Errorf("the moved sentence has the changes %v", r.Changes)
				}
				moves++
			}
		}
	})
	if len(want) > 0 || moves != 2 {
		t.Errorf("not found: %v; %d moves", want, moves)
	}
	paragraph := func(i int) *Paragraph { return d.Blocks[i].Paragraph }
	if !slices.Equal(paragraph(2).Mark, []Change{b(Insertion)}) || !slices.Equal(paragraph(3).Mark, []Change{a(Deletion)}) {
		t.Errorf("ends of paragraphs: %v, %v", paragraph(2).Mark, paragraph(3).Mark)
	}
	if p := paragraph(5); len(p.Format) != 1 || p.Format[0].Kind != Format || !p.Runs[len(p.Runs)-1].Bold {
		t.Errorf("the change of formatting: %+v", p)
	}
	if rows := d.Blocks[11-1].Table.Rows; len(rows) != 2 || !slices.Equal(rows[0].Changes, []Change{a(Insertion)}) || rows[1].Changes != nil {
		t.Errorf("rows: %+v", rows)
	}
	if paragraph(0).Heading != 1 || paragraph(1).Heading != 0 {
		t.Error("headings are not told apart")
	}
	if !slices.Equal(d.Authors(), []string{"Party A", "Party B"}) {
		t.Errorf("authors: %v", d.Authors())
	}
	if len(d.Unread) != 0 {
		t.Errorf("unread: %+v", d.Unread)
	}
}

func TestTrackedDocumentCommentsAndNotes(t *testing.T) {
	d := tracked(t)
	if len(d.Comments) != 2 || len(d.Notes) != 1 {
		t.Fatalf("%d comments, %d notes", len(d.Comments), len(d.Notes))
	}
	for i, want := range []struct{ author, words, about string }{
		{"Party B", "B reserves its position.", "P5 commented text"},
		{"Party A", "Comment on inserted text.", "P9 comment inside insertion"},
	} {
		c := d.Comments[i]
		about := ""
		each(d.Blocks, func(p *Paragraph) {
			for _, r := range p.Runs {
				if slices.Contains(r.Comments, i) {
					about += r.Text
				}
			}
		})
		if c.Author != want.author || c.Date != "2026-01-04T00:00:00Z" || printed(d.Noted(c.Blocks, func(Change) bool { return true }))[0] != want.words || about != want.about {
			t.Errorf("comment %d: %+v about %q", i, c, about)
		}
	}
	for accept, want := range map[bool]string{true: "Reservation by Party B.", false: "Reservation ."} {
		if got := printed(d.Noted(d.Notes[0].Blocks, func(Change) bool { return accept })); !slices.Equal(got, []string{want}) {
			t.Errorf("footnote: %q, want %q", got, want)
		}
	}
	marked := false
	each(d.Blocks, func(p *Paragraph) {
		for i, r := range p.Runs {
			marked = marked || r.Note == 1 && p.Runs[i-1].Text == "P8 footnote"
		}
	})
	if !marked {
		t.Error("the mark of the footnote is not where it stands")
	}
}
