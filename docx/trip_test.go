package docx

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// session is what somebody does to a document in LibreOffice: see testdata/edit.py.
type session struct {
	Tracked bool          `json:"tracked"`
	Odt     bool          `json:"odt"`
	Edits   []sessionEdit `json:"edits"`

	given []Given
	want  []string // the edits, as brought says them, without words for amendments
}

type sessionEdit struct {
	Paragraph int    `json:"paragraph"`
	Do        string `json:"do"`
	Old       string `json:"old"`
	New       string `json:"new"`
}

// drawn draws a text and what is done to it.
func drawn(r *rand.Rand, n int) session {
	vocabulary := strings.Fields("water level data flow Commission gauge dam outlet Party treaty spring shore court notice border harbour river bridge signal treasury season fleet quota licence arbiter forest mountain island strait census pilot railway statute envoy mandate tariff ledger")
	sentence := func() string {
		words := make([]string, 9+r.IntN(14))
		for i := range words {
			words[i] = vocabulary[r.IntN(len(vocabulary))]
		}
		return strings.Join(words, " ")
	}
	s := session{Tracked: n%2 == 1, Odt: n%4 >= 2}
	noted := n%5 == 4 // it has notes, which stand at the foot of the pages
	for i := range 6 + r.IntN(8) {
		source := fmt.Sprintf("%d. %s.", i+1, sentence())
		switch r.IntN(7) {
		case 0:
			source = fmt.Sprintf("## Article %d *(%s)*", i+1, sentence())
		case 1:
			source = fmt.Sprintf("%d. The %s [%s][KEL: %s] and \"%s\".", i+1, sentence(), sentence(), sentence(), sentence())
		case 2:
			source = fmt.Sprintf("*Recalling* %s, \\[%s\\],", sentence(), sentence())
		case 3:
			source = "المادة " + strconv.Itoa(i+1) + " تتعاون الأطراف بحسن نية " + sentence()
		}
		s.given = append(s.given, Given{fmt.Sprintf("id-%d", i), source})
	}
	if noted {
		s.given[1].Source += "[^1]"
		s.given[len(s.given)-1].Source += "[^2]"
	}
	edited := len(s.given)
	for i := range 2 {
		if noted {
			s.given = append(s.given, Given{fmt.Sprintf("note-%d", i), fmt.Sprintf("[^%d]: %s.", i+1, sentence())})
		}
	}
	for i, g := range s.given[:edited] {
		if noted && (i == 1 || i == edited-1) {
			continue
		}
		switch r.IntN(6) {
		case 0:
			words := strings.Fields(sentence())
			f := strings.Fields(g.Source)
			old := f[len(f)/2]
			if strings.Trim(old, "abcdefghijklmnopqrstuvwxyz") != "" || strings.Count(g.Source, old) > 1 {
				continue
			}
			s.Edits = append(s.Edits, sessionEdit{i, "replace", old, "never " + words[0]})
			s.want = append(s.want, "amend "+g.Clause)
		case 1:
			if i == 0 || i == edited-1 { // before or after it stands nothing that it could join
				continue
			}
			s.Edits = append(s.Edits, sessionEdit{i, "delete", "", ""})
			s.want = append(s.want, "delete "+g.Clause)
		case 2:
			words := fmt.Sprintf("%d bis. %s %s.", i+1, sentence(), sentence())
			s.Edits = append(s.Edits, sessionEdit{i, "insert", "", words})
			s.want = append(s.want, "insert after "+g.Clause)
		}
	}
	return s
}

// TestTripThroughLibreOffice: the edits that are made there, all of them and nothing
// else, come back on the right clauses: tracked or not, saved as .docx or as .odt and
// then .docx. PARAPH_SESSIONS says how many sessions; a few unless it does.
func TestTripThroughLibreOffice(t *testing.T) {
	needs(t, "soffice", "python3")
	if err := exec.Command("/usr/bin/python3", "-c", "import uno").Run(); err != nil {
		t.Skip("python3-uno is absent: LibreOffice was not asked")
	}
	count := 8
	if n, err := strconv.Atoi(os.Getenv("PARAPH_SESSIONS")); err == nil {
		count = n
	}
	folder := t.TempDir()
	var all []session
	for n := range count {
		s := drawn(rand.New(rand.NewPCG(7, uint64(n))), n)
		all = append(all, s)
		plan, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(folder, fmt.Sprintf("%03d", n))
		for file, data := range map[string][]byte{name + ".json": plan, name + ".docx": exported(t, s.given, true)} {
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	var said bytes.Buffer
	cmd := exec.Command("/usr/bin/python3", "testdata/edit.py", folder)
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, said.String())
	}
	edits, anchored := 0, 0
	for n, s := range all {
		data, err := os.ReadFile(filepath.Join(folder, fmt.Sprintf("%03d.out.docx", n)))
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(data)
		if err != nil {
			t.Fatalf("session %d: %v", n, err)
		}
		for _, anchors := range []bool{true, false} {
			if !anchors {
				each(d.Blocks, func(p *Paragraph) { p.Anchors = nil })
			}
			r := Return(s.given, nil, d)
			if len(d.Unread) > 0 {
				t.Errorf("session %d: not understood: %+v", n, d.Unread)
			}
			if anchors {
				edits, anchored = edits+len(r.Edits), anchored+r.Anchored
			}
			var got []string
			for _, b := range brought(r) {
				what, _, _ := strings.Cut(b, ": ")
				got = append(got, what)
			}
			want := slices.Sorted(slices.Values(s.want))
			if slices.Sort(got); !slices.Equal(got, want) || len(r.Questions) > 0 {
				t.Errorf("session %d (tracked %v, odt %v, anchors %v): %q, want %q; questions %+v\n%s\n%s", n, s.Tracked, s.Odt, anchors, got, want, r.Questions,
					strings.Join(d.Accepted(), "\n"), strings.Join(brought(r), "\n"))
			}
			for _, e := range r.Edits {
				at := slices.IndexFunc(s.Edits, func(o sessionEdit) bool { return "id-"+strconv.Itoa(o.Paragraph) == e.Clause+e.After })
				if at < 0 {
					continue
				}
				want := s.Edits[at].New
				if e.Kind == Amended {
					want = strings.Replace(e.Old, s.Edits[at].Old, s.Edits[at].New, 1)
				}
				if e.New != "" && e.New != want {
					t.Errorf("session %d: %q, want %q", n, e.New, want)
				}
			}
		}
	}
	t.Logf("%d sessions, %d edits, %d clauses found by their anchors", count, edits, anchored)
}
