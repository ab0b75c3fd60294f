package papers

import (
	"context"
	"mime"
	"net/url"
	"slices"
	"strings"

	"paraph/fault"
)

// Form is what sort of file a paper is had as. It is the file's ending too.
type Form string

// The forms.
const (
	HTML     Form = "html" // one page that stands alone, to read and to print
	PDF      Form = "pdf"  // pages of paper
	Markdown Form = "md"   // Paraph's own format; of a text, to the letter
	Plainly  Form = "txt"  // plain text, to read and to paste
	Word     Form = "docx" // for word processors; a comparison as tracked changes
	XLSX     Form = "xlsx" // a table, for programs that calculate
	CSV      Form = "csv"  // a table, for any program
	JSON     Form = "json" // for programs
	Akoma    Form = "akn"  // Akoma Ntoso, for what holds a text
)

// form is all that there is to a form.
type form struct {
	Form
	about string
	media string
	kinds []Kind // that can be had in it; all when nil
	write func(Paper, Options) ([]byte, error)
}

// tables are the kinds that are tables.
var tables = []Kind{Provenance, Matrix}

// forms lists the forms, as they are offered. A form is one line here and one
// function that writes it.
func forms() []form {
	return []form{
		{PDF, "pages of paper, for people", "application/pdf", nil, nil}, // by a Printer
		{HTML, "one page that stands alone, to read and to print", "text/html; charset=utf-8", nil, writeHTML},
		{Markdown, "Paraph's own format: a text to the letter", "text/markdown; charset=utf-8", nil, writeMarkdown},
		{Plainly, "plain text, to read and to paste", "text/plain; charset=utf-8", nil, writeText},
		{Word, "for a word processor: a text with an anchor for each clause, to be edited and brought back; a comparison as tracked changes",
			"application/vnd.openxmlformats-officedocument.wordprocessingml.document", nil, writeWord},
		{XLSX, "a table for programs that calculate", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tables, writeXLSX},
		{CSV, "a table for any program", "text/csv; charset=utf-8", tables, writeCSV},
		{JSON, "for programs", "application/json", nil, writeJSON},
		{Akoma, "Akoma Ntoso, the form in which law is kept", "application/akn+xml", []Kind{Version, Rolling, Reading, Clean, Comparison}, writeAkoma},
	}
}

// Forms lists all forms.
func Forms() []Form {
	var out []Form
	for _, f := range forms() {
		out = append(out, f.Form)
	}
	return out
}

// About says what a form is for.
func (f Form) About() string {
	for _, o := range forms() {
		if o.Form == f {
			return o.about
		}
	}
	return ""
}

// In lists the forms in which a kind can be had.
func (k Kind) In() []Form {
	var out []Form
	for _, f := range forms() {
		if f.kinds == nil || slices.Contains(f.kinds, k) {
			out = append(out, f.Form)
		}
	}
	return out
}

// Printer makes a PDF of a page that stands alone and fetches nothing. Who asks
// is named so that nobody takes all of it; it is no part of the PDF.
type Printer interface {
	Print(ctx context.Context, who, html string) ([]byte, error)
}

// Options say how a paper is written.
type Options struct {
	Sheet       string  // "a4" or "letter"; A4 when empty
	Remarks     string  // in Word, of a version or rolling text: the seats' positions as Comments or Footnotes; empty for neither
	Readings    bool    // in Word, of a rolling text: what each seat would have, as its tracked changes
	NativeMoves bool    // in Word, of a comparison: what moved is tracked as moved, not as deleted and inserted
	Printer     Printer // nil where there is none
	Who         string  // who asks, for the printer

	paper bool // it goes to the printer
}

// ParseOptions reads what an address says of how a paper is written. Who asks,
// and what prints, it does not say.
func ParseOptions(q url.Values) Options {
	return Options{Sheet: q.Get("sheet"), Remarks: q.Get("remarks"), Readings: q.Get("changes") == "readings", NativeMoves: q.Get("moves") == "native"}
}

// File is a paper in a form.
type File struct {
	Name  string // of letters, digits, "." and "-": the symbol and the kind, and nothing else
	Media string // its type (RFC 2046)
	Bytes []byte
}

// Check refuses a form in which a kind cannot be had, and a sheet that there is not.
func Check(k Kind, f Form, o Options) error {
	if !slices.Contains(k.In(), f) {
		names := make([]string, 0, len(k.In()))
		for _, in := range k.In() {
			names = append(names, string(in))
		}
		return fault.Invalid("there is no such paper as %q", string(f)).With("one of: %s", strings.Join(names, ", "))
	}
	if o.Sheet != "" && o.Sheet != "a4" && o.Sheet != "letter" {
		return fault.Invalid("there is no sheet %q", o.Sheet).With("one of: a4, letter")
	}
	if o.Remarks != "" && o.Remarks != Comments && o.Remarks != Footnotes {
		return fault.Invalid("remarks cannot stand as %q", o.Remarks).With("one of: %s, %s", Comments, Footnotes)
	}
	if f == PDF && o.Printer == nil {
		return NoPrinter()
	}
	return nil
}

// NoPrinter says that nothing on this machine makes a PDF.
func NoPrinter() error {
	return fault.Unavailable("nothing here makes a PDF").
		With("take the HTML and print it from a browser; whoever runs the server can install chromium or weasyprint")
}

// As writes a paper in a form.
func (p Paper) As(ctx context.Context, f Form, o Options) (File, error) {
	if err := Check(p.Kind, f, o); err != nil {
		return File{}, err
	}
	all := forms()
	at := slices.IndexFunc(all, func(a form) bool { return a.Form == f })
	out := File{Name: p.fileName() + "." + string(f), Media: all[at].media}
	var err error
	if f == PDF {
		out.Bytes, err = p.print(ctx, o)
	} else {
		out.Bytes, err = all[at].write(p, o)
	}
	return out, err
}

// print makes the PDF of a paper.
func (p Paper) print(ctx context.Context, o Options) ([]byte, error) {
	o.paper = true
	html, err := writeHTML(p, o)
	if err != nil {
		return nil, err
	}
	return o.Printer.Print(ctx, o.Who, string(html))
}

// fileName says the symbol and the kind.
func (p Paper) fileName() string {
	name := string(p.Kind)
	if p.Symbol != "" {
		name = p.Symbol + "-" + name
	}
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-':
			return r
		}
		return '-'
	}, name)
	return strings.TrimLeft(safe, ".-")
}

// Disposition is the header that gives the file its name where it is kept (RFC 6266).
func (f File) Disposition() string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": f.Name})
}

// File makes what was gathered into a paper, and writes it in a form.
func (g Gathered) File(ctx context.Context, f Form, o Options) (File, error) {
	p, err := g.make()
	if err != nil {
		return File{}, err
	}
	return p.As(ctx, f, o)
}

// Media gives the type of a form's files (RFC 2046).
func (f Form) Media() string {
	for _, o := range forms() {
		if o.Form == f {
			return o.media
		}
	}
	return ""
}
