package papers_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"paraph/akn"
	"paraph/demo"
	"paraph/desk"
	"paraph/draft"
	"paraph/fault"
	"paraph/papers"
	"paraph/process"
	"paraph/record"
	"paraph/store/sqlite"
)

// example is the invented process of the worked example.
type example struct {
	*testing.T
	desk *desk.Desk
}

func open(t *testing.T) example {
	t.Helper()
	store, err := sqlite.Open(filepath.Join(t.TempDir(), "record"))
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Play(context.Background(), store); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return example{t, desk.New(store, desk.Options{})}
}

func lens(seat record.Seat) record.Lens {
	switch seat {
	case "":
		return record.Lens{}
	case "AOM":
		return record.Lens{Seat: seat, Role: record.Chair}
	}
	return record.Lens{Seat: seat, Role: record.Party}
}

// see gathers a paper, and lists all that is offered.
func (e example) see(seat record.Seat, a papers.Ask) (g papers.Gathered, offers []papers.Offer, err error) {
	err = e.desk.Look(context.Background(), "vesna", lens(seat), func(v desk.View) (err error) {
		s := papers.Sight{View: v, ID: "vesna", Table: process.SeeProcess(v.Process)}
		offers = nil
		for _, group := range papers.SeeOffers(s) {
			offers = append(offers, group.Offers...)
		}
		g, err = papers.See(s, a)
		return err
	})
	return g, offers, err
}

// TestEverythingOfferedCanBeHad takes out all that each seat is offered, in every
// form: twice the same bytes, with the symbol and the fingerprint in them.
func TestEverythingOfferedCanBeHad(t *testing.T) {
	e := open(t)
	kinds := map[papers.Kind]bool{}
	for _, seat := range []record.Seat{"", "AOM", "KEL"} {
		_, offers, err := e.see(seat, papers.Ask{Kind: papers.Record})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range offers {
			kinds[o.Kind] = true
			again := papers.ParseAsk(string(o.Kind), o.Query())
			if again != o.Ask {
				t.Errorf("%v is asked for as %v", o.Ask, again)
			}
			g, _, err := e.see(seat, o.Ask)
			if err != nil {
				t.Fatalf("%s is offered %v: %v", seat, o.Ask, err)
			}
			p, err := g.Paper()
			if err != nil {
				t.Fatalf("%s is offered %v: %v", seat, o.Ask, err)
			}
			for _, form := range o.Kind.In() {
				if form == papers.PDF {
					continue
				}
				first, err := p.As(context.Background(), form, papers.Options{})
				if err != nil {
					t.Fatalf("%v as %s: %v", o.Ask, form, err)
				}
				second, err := g.File(context.Background(), form, papers.Options{})
				if err != nil || string(first.Bytes) != string(second.Bytes) || first.Name != second.Name {
					t.Errorf("%v as %s is not twice the same: %v", o.Ask, form, err)
				}
				content := unpacked(t, first.Bytes)
				print := p.Fingerprint
				if form == papers.Akoma {
					print = "<FRBRWork>" // whose metadata have no place for it: it is told by the words
				}
				if !strings.Contains(content, p.Symbol) || p.Fingerprint == "" || !strings.Contains(content, print) {
					t.Errorf("%v as %s does not carry %q and %q", o.Ask, form, p.Symbol, p.Fingerprint)
				}
				if form == papers.JSON && !json.Valid(first.Bytes) {
					t.Errorf("%v is no JSON", o.Ask)
				}
				if strings.Trim(first.Name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") != "" || !strings.HasSuffix(first.Name, "."+string(form)) {
					t.Errorf("a file is called %q", first.Name)
				}
			}
		}
	}
	for _, k := range papers.Kinds() {
		if !kinds[k] && k != papers.Clean {
			t.Errorf("nobody is offered a %s", k)
		}
	}
}

// unpacked gives a file, or all that is in one that is a package of files.
func unpacked(t *testing.T, file []byte) string {
	t.Helper()
	if !bytes.HasPrefix(file, []byte("PK")) {
		return string(file)
	}
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&b, r); err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// A version in Paraph's own format is the version: read again, it has the same words.
func TestMarkdownIsTheVersion(t *testing.T) {
	e := open(t)
	for _, kind := range []papers.Kind{papers.Version, papers.Rolling, papers.Reading} {
		g, _, err := e.see("KEL", papers.Ask{Kind: kind, Seat: "DOR"})
		if err != nil {
			t.Fatal(err)
		}
		p, err := g.Paper()
		if err != nil {
			t.Fatal(err)
		}
		f, err := p.As(context.Background(), papers.Markdown, papers.Options{})
		if err != nil {
			t.Fatal(err)
		}
		again, err := draft.Parse(string(f.Bytes))
		if err != nil {
			t.Fatal(err)
		}
		if got, want := body(again), body(p.Parts[0].Text); got != want {
			t.Errorf("the words of the %s are not what is read again", kind)
		}
		if again.Front.Symbol != p.Symbol || !slices.Equal(again.Front.Seats, p.Parts[0].Text.Front.Seats) {
			t.Errorf("the front matter of the %s says %v", kind, again.Front)
		}
	}
}

// Akoma Ntoso says which version it is, and of positions only what is asked for.
func TestAkomaNtosoSaysWhichVersionItIs(t *testing.T) {
	e := open(t)
	for remarks, positions := range map[string]bool{"": false, papers.Comments: true} {
		g, _, err := e.see("KEL", papers.Ask{Kind: papers.Version})
		if err != nil {
			t.Fatal(err)
		}
		p, err := g.Paper()
		if err != nil {
			t.Fatal(err)
		}
		f, err := p.As(context.Background(), papers.Akoma, papers.Options{Remarks: remarks})
		if err != nil {
			t.Fatal(err)
		}
		d, doubts, err := akn.Read(f.Bytes)
		if err != nil || len(doubts) > 0 {
			t.Fatal(err, doubts)
		}
		if d.Fingerprint != p.Fingerprint || d.Process != string(p.Of.Process) || d.Number < 1 || d.Date == "" || (len(d.Positions) > 0) != positions {
			t.Errorf("it says %q, version %d of %q, %s, with %d positions", d.Fingerprint, d.Number, d.Process, d.Date, len(d.Positions))
		}
	}
}

func body(t *draft.Text) string {
	var b strings.Builder
	for _, p := range t.Pieces {
		if p.Kind != draft.FrontMatter {
			b.WriteString(p.Src)
		}
	}
	return strings.TrimSpace(b.String())
}

func TestWhatCannotBeHad(t *testing.T) {
	e := open(t)
	for _, a := range []papers.Ask{
		{Kind: "none"}, {Kind: papers.Version, Version: "none"}, {Kind: papers.Reading, Seat: "XX"}, {Kind: papers.Minute}, {Kind: papers.Minute, Sitting: "none"},
		{Kind: papers.Comparison, Old: "none"}, {Kind: papers.Reading, Seat: "TAB"},
	} {
		if _, _, err := e.see("KEL", a); fault.KindOf(err) != fault.KindNotFound {
			t.Errorf("%v: %v", a, err)
		}
	}
	g, _, err := e.see("KEL", papers.Ask{Kind: papers.Clean})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Paper(); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("a bracketed text as a clean one: %v", err)
	}
	if err := papers.Check(papers.Version, "xyz", papers.Options{}); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a form that there is not: %v", err)
	}
	if err := papers.Check(papers.Version, papers.PDF, papers.Options{}); fault.KindOf(err) != fault.KindUnavailable {
		t.Errorf("a PDF where nothing makes one: %v", err)
	}
	if err := papers.Check(papers.Version, papers.HTML, papers.Options{Sheet: "a3"}); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a sheet that there is not: %v", err)
	}
}

// The public record holds what the public reads, whoever takes it out.
func TestPublicRecordIsTheSameForAll(t *testing.T) {
	e := open(t)
	var first []papers.Part
	for _, seat := range []record.Seat{"", "AOM", "KEL"} {
		g, _, err := e.see(seat, papers.Ask{Kind: papers.Record})
		if err != nil {
			t.Fatal(err)
		}
		p, err := g.Paper()
		if err != nil || len(p.Parts) < 2 {
			t.Fatalf("%v %d", err, len(p.Parts))
		}
		if first == nil {
			first = p.Parts
		}
		if len(p.Parts) != len(first) || p.Reader != "" {
			t.Errorf("%q takes out another public record, of %d days, as read by %q", seat, len(p.Parts), p.Reader)
		}
	}
}

// failing is a printer that takes what it gets.
type failing struct{ html string }

var errPaper = errors.New("no paper")

func (f *failing) Print(_ context.Context, _, html string) ([]byte, error) {
	f.html = html
	return nil, errPaper
}

// What goes to paper has its marks and holders as they are written, on the sheet
// that was asked for.
func TestWhatIsPrinted(t *testing.T) {
	e := open(t)
	g, _, err := e.see("KEL", papers.Ask{Kind: papers.Rolling})
	if err != nil {
		t.Fatal(err)
	}
	var f failing
	if _, err := g.File(context.Background(), papers.PDF, papers.Options{Printer: &f, Sheet: "letter"}); !errors.Is(err, errPaper) {
		t.Error(err)
	}
	if !strings.Contains(f.html, "size: letter") || strings.Contains(f.html[strings.Index(f.html, "<main"):], "aria-hidden") {
		t.Error("the page that is printed is not for paper")
	}
	if strings.Contains(f.html, "-top { content: \"\\") {
		t.Error("the lines of a text that still changes are numbered")
	}
}
