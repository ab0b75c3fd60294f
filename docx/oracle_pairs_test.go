package docx

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"paraph/draft"
)

// The pairs of texts that other programs are asked about: a few in every run of
// the tests, as many as PARAPH_ORACLE_PAIRS says where that is set.
const fewPairs = 20

func oraclePairs(t *testing.T) int {
	t.Helper()
	if s := os.Getenv("PARAPH_ORACLE_PAIRS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	return fewPairs
}

// oraclePair is a pair of texts as one document.
type oraclePair struct {
	old, new *draft.Text
	by       Tracking
	remarks  []Remark
	document []byte
}

var authors = []string{"RU", "Party A", "US", "the Republic of Vesna & <others>", "الطرف الأول"}

// trackedPair makes the pair of a number: every third with moves tracked as
// moves, some with remarks as comments.
func trackedPair(t rapid.TB, n int) oraclePair {
	t.Helper()
	d := newDrafting(n)
	text := d.text()
	p := oraclePair{old: parsed(t, sourceOf(text)), new: parsed(t, sourceOf(d.edit(text)))}
	p.by = Tracking{Author: authors[d.IntN(len(authors))], Date: declared.Add(time.Duration(d.IntN(1e6)) * time.Minute), NativeMoves: n%3 == 0}
	for range d.IntN(4) {
		if len(p.new.Clauses) > 0 {
			a := authors[d.IntN(len(authors))]
			p.remarks = append(p.remarks, Remark{
				Clause: d.IntN(len(p.new.Clauses)), Author: a, Initials: a[:2], Date: p.by.Date.Add(time.Hour),
				Words: strings.Join(d.phrase(latin, 5), " ") + "\nreserves <its> position",
			})
		}
	}
	var err error
	p.document, err = WriteComparison(p.old, p.new, draft.Compare(p.old, p.new), p.by, Copy{Remarks: p.remarks})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestOfficeOnRandomPairs asks LibreOffice: who rejects all changes has the old
// text, who accepts all the new one, and nothing else is in the document.
func TestOfficeOnRandomPairs(t *testing.T) {
	pairs, documents := map[string]oraclePair{}, map[string][]byte{}
	for n := range oraclePairs(t) {
		name := fmt.Sprintf("pair-%03d", n)
		pairs[name] = trackedPair(t, n)
		documents[name] = pairs[name].document
	}
	for name, o := range officeOf(t, documents) {
		p := pairs[name]
		if want := expected(p.old); !slices.Equal(o.Rejected, want) {
			t.Errorf("%s (moves tracked: %v): rejected\n%s", name, p.by.NativeMoves, differing(o.Rejected, want))
		}
		if want := expected(p.new); !slices.Equal(o.Accepted, want) {
			t.Errorf("%s (moves tracked: %v): accepted\n%s", name, p.by.NativeMoves, differing(o.Accepted, want))
		}
		if o.Left != [2]int{} {
			t.Errorf("%s: tracked changes left after accepting and rejecting: %v", name, o.Left)
		}
		for _, c := range o.Changes {
			if c[1] != p.by.Author || c[2] != stamp(p.by.Date) {
				t.Errorf("%s: a change by %s at %s, declared %s at %s", name, c[1], c[2], p.by.Author, stamp(p.by.Date))
			}
		}
		if want := comments(p.remarks); !slices.Equal(o.Comments, want) {
			t.Errorf("%s: comments\n%q\nwant\n%q", name, o.Comments, want)
		}
	}
}

func comments(remarks []Remark) [][4]string {
	out := [][4]string{}
	for _, r := range remarks {
		out = append(out, [4]string{r.Author, r.Initials, stamp(r.Date), r.Words})
	}
	slices.SortFunc(out, func(a, b [4]string) int { return slices.Compare(a[:], b[:]) })
	return out
}

// differing shows the paragraphs that two lists do not share.
func differing(got, want []string) string {
	var b strings.Builder
	for i := range max(len(got), len(want)) {
		g, w := "(none)", "(none)"
		if i < len(got) {
			g = strconv.Quote(got[i])
		}
		if i < len(want) {
			w = strconv.Quote(want[i])
		}
		if g != w {
			fmt.Fprintf(&b, "%d got  %s\n%d want %s\n", i, g, i, w)
		}
	}
	return b.String()
}

// TestPandocOnRandomPairs asks pandoc the same, of the words. It loses a
// paragraph that joins a heading behind it, as the last one does where a heading
// ends one of the texts: such pairs are left to LibreOffice.
func TestPandocOnRandomPairs(t *testing.T) {
	needs(t, "pandoc")
	for n := range oraclePairs(t) {
		p := trackedPair(t, n)
		if endsWithHeading(p.old) || endsWithHeading(p.new) {
			continue
		}
		name := filepath.Join(t.TempDir(), "pair.docx")
		if err := os.WriteFile(name, p.document, 0o600); err != nil {
			t.Fatal(err)
		}
		for mode, text := range map[string]*draft.Text{"accept": p.new, "reject": p.old} {
			got := pandocWords(t, name, mode)
			if want := strings.Fields(strings.Join(expected(text), " ")); !slices.Equal(got, want) {
				t.Errorf("pair %d (moves tracked: %v), %s:\n%s", n, p.by.NativeMoves, mode, differing(got, want))
			}
		}
	}
}

func endsWithHeading(t *draft.Text) bool {
	n := len(t.Clauses)
	return n > 0 && t.Clauses[n-1].IsHeading()
}

// pandocWords gives the words that pandoc reads.
func pandocWords(t *testing.T, name, mode string) []string {
	t.Helper()
	var errOut bytes.Buffer
	cmd := exec.Command("pandoc", "--from=docx", "--to=json", "--track-changes="+mode, name)
	cmd.Stderr = &errOut
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pandoc: %v\n%s", err, errOut.String())
	}
	var document struct {
		Blocks any `json:"blocks"`
	}
	if err := json.Unmarshal(out, &document); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	collect(&b, document.Blocks)
	return strings.Fields(b.String())
}

// collect gathers the words of pandoc's document.
func collect(b *strings.Builder, node any) {
	switch n := node.(type) {
	case []any:
		for _, x := range n {
			collect(b, x)
		}
	case map[string]any:
		switch n["t"] {
		case "Str":
			b.WriteString(n["c"].(string))
		case "Space", "SoftBreak", "LineBreak":
			b.WriteByte(' ')
		case "Header":
			collect(b, n["c"].([]any)[2])
			b.WriteByte('\n')
		case "Span":
			collect(b, n["c"].([]any)[1])
		case "Para", "Plain", "BlockQuote":
			collect(b, n["c"])
			b.WriteByte('\n')
		default:
			collect(b, n["c"])
		}
	}
}
