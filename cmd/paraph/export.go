package main

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"paraph/api"
	"paraph/draft"
	"paraph/fault"
	"paraph/papers"
	"paraph/record"
)

type exportCmd struct {
	seatsFlag
	remoteFlags
	printerFlag
	formFlags
	Kind        string `placeholder:"KIND" help:"Which paper: version, rolling, reading, clean, comparison, provenance, matrix, minute, record. By default the version or the rolling text that is named; a comparison when two are."`
	For         string `placeholder:"SEAT" help:"For that seat: the reading of it, for --kind reading; else its own view, which the token must be for."`
	Sitting     string `placeholder:"ID" help:"For --kind minute: the sitting."`
	Comments    bool   `help:"In Word: the seats' positions and reservations as comments."`
	Footnotes   bool   `help:"In Word: the same as footnotes."`
	Readings    bool   `help:"In Word, of a rolling text: what each seat would have as tracked changes, whose authors are the seats."`
	NativeMoves bool   `help:"In Word, of a comparison: what moved is tracked as moved, not as deleted and inserted."`
	Paper       string `enum:"a4,letter" default:"a4" placeholder:"SIZE" help:"The size of the paper: a4 or letter. (${default})"`
	Out         string `short:"o" placeholder:"FILE" help:"The file to write; - is the standard output. By default it is named for the symbol and the kind, in this folder."`
	JSON        bool   `name:"json" help:"Say what was written as JSON."`
	Text        string `arg:"" help:"A file, or @PROCESS or @PROCESS/VERSION on a server."`
	Against     string `arg:"" optional:"" help:"For a comparison: the newer text."`
}

// formFlags say in which form a paper is wanted: one of them.
type formFlags struct {
	Word bool `name:"docx" help:"A document of Word: a text with a hidden anchor for each clause, by which it is known when it comes back; a comparison as tracked changes."`
	AKN  bool `name:"akn" help:"Akoma Ntoso."`
	HTML bool `name:"html" help:"One page that stands alone."`
	PDF  bool `name:"pdf" help:"Pages of paper. Of a file, chromium or weasyprint makes them here; of a process, the server."`
	MD   bool `name:"md" help:"Paraph's own format."`
	TXT  bool `name:"txt" help:"Plain text."`
	XLSX bool `name:"xlsx" help:"A table, for programs that calculate: a matrix, a provenance table."`
	CSV  bool `name:"csv" help:"The same, for any program."`
}

func (exportCmd) Help() string {
	return `Takes a document out: of a file on disk, or of a process on a server as the token's seat reads it. A file carries the symbol and the fingerprint of its version, and says nothing of who took it or when.

Examples:

    paraph export --docx rolling.md
    paraph export --docx -o changes.docx rev1.md rev2.md
    paraph export --docx --for KEL --comments --server https://talks.example.org @vesna
    paraph export --docx --server https://talks.example.org @vesna/REV.1 @vesna/REV.2
    paraph export --xlsx --kind matrix --server https://talks.example.org @vesna
    paraph export --pdf --kind reading --for KEL -o reading.pdf rolling.md`
}

// form gives the one form that is asked for.
func (f formFlags) form() (papers.Form, error) {
	var asked []papers.Form
	for _, o := range []struct {
		on   bool
		form papers.Form
	}{
		{f.Word, papers.Word}, {f.AKN, "akn"}, {f.HTML, papers.HTML}, {f.PDF, papers.PDF}, {f.MD, papers.Markdown}, {f.TXT, papers.Plainly},
		{f.XLSX, papers.XLSX}, {f.CSV, papers.CSV},
	} {
		if o.on {
			asked = append(asked, o.form)
		}
	}
	switch len(asked) {
	case 0:
		return "", usagef("say in which form: --docx, --akn, --html, --pdf, --md, --txt, --xlsx or --csv")
	case 1:
		return asked[0], nil
	}
	return "", usagef("--%s and --%s are two forms; ask for one at a time", asked[0], asked[1])
}

// exported is what was written.
type exported struct {
	File  string      `json:"file"`
	Form  papers.Form `json:"form"`
	Bytes int         `json:"bytes"`
}

func (c exportCmd) Run(p *program) error {
	p.remote = c.remoteFlags
	form, err := c.form()
	if err != nil {
		return err
	}
	if c.Comments && c.Footnotes {
		return usagef("--comments and --footnotes are two places for one thing; ask for one")
	}
	if c.Kind != "" && !slices.Contains(papers.Kinds(), papers.Kind(c.Kind)) {
		return usagef("there is no paper of the kind %q", c.Kind)
	}
	if c.JSON && c.Out == "-" {
		return usagef("--json and -o - both want the standard output")
	}
	var file papers.File
	if strings.HasPrefix(c.Text, "@") {
		file, err = c.fetch(p, form)
	} else {
		file, err = c.make(p, form)
	}
	if err != nil {
		return err
	}
	name := cmp.Or(c.Out, file.Name)
	if name == "-" && isTerminal(p.stdout) && form != papers.Markdown && form != papers.Plainly && form != papers.CSV {
		return usagef("a %s file is nothing for a terminal: name one with -o FILE", form)
	}
	if err := p.write(name, string(file.Bytes), c.Text, c.Against); err != nil {
		return err
	}
	if c.JSON {
		return p.json(exported{name, form, len(file.Bytes)})
	}
	if name != "-" {
		p.note("paraph: wrote %s", name)
	}
	return nil
}

// options say how the paper is written.
func (c exportCmd) options() papers.Options {
	o := papers.Options{Sheet: c.Paper, Readings: c.Readings, NativeMoves: c.NativeMoves}
	switch {
	case c.Comments:
		o.Remarks = papers.Comments
	case c.Footnotes:
		o.Remarks = papers.Footnotes
	}
	return o
}

// make makes a paper of files on this machine.
func (c exportCmd) make(p *program, form papers.Form) (papers.File, error) {
	paper, err := c.paper(p)
	if err != nil {
		return papers.File{}, err
	}
	o := c.options()
	if form == papers.PDF {
		if o.Printer, err = c.printer(); err != nil {
			return papers.File{}, err
		}
	}
	ctx, stop := p.untilInterrupted()
	defer stop()
	defer p.working("exporting")()
	file, err := paper.As(ctx, form, o)
	if err != nil {
		return file, placed(shownName(c.Text), err)
	}
	return file, nil
}

// paper lays out what the files hold.
func (c exportCmd) paper(p *program) (papers.Paper, error) {
	seats, err := c.declared()
	if err != nil {
		return papers.Paper{}, err
	}
	s, err := p.parse(c.Text, seats...)
	if err != nil {
		return papers.Paper{}, err
	}
	kind := papers.Kind(cmp.Or(c.Kind, string(papers.Version)))
	if c.Against != "" {
		kind = papers.Kind(cmp.Or(c.Kind, string(papers.Comparison)))
	}
	if c.For != "" && !slices.Contains(s.Text.Front.Seats, record.Seat(c.For)) {
		return papers.Paper{}, fault.Invalid("%s declares no seat %s", s.Name, c.For).With("declare it with --seats, or in the text's front matter")
	}
	out := papers.Paper{Kind: kind, Seats: s.Text.Front.Seats, Reader: c.For}
	show := s.Text
	switch kind {
	case papers.Version, papers.Rolling:
	case papers.Clean:
		if _, err := draft.PrintClean(s.Text); err != nil {
			return out, placed(s.Name, err)
		}
	case papers.Reading:
		if show, err = draft.Parse(draft.Reading(s.Text, record.Seat(c.For))); err != nil {
			return out, placed(s.Name, err)
		}
		out.State = "what lies on the table"
		if c.For != "" {
			out.State = "reading of " + c.For
		}
	case papers.Comparison:
		return c.compared(p, out, s, seats)
	default:
		return out, fault.Invalid("a %s is made of a process, and %s is a file", kind, s.Name).With("name a process, as in @vesna")
	}
	d := textDocument(show, c.Text)
	out.Title, out.Symbol, out.Fingerprint = titled(s), s.Text.Front.Symbol, d.Fingerprint
	out.Frozen = kind == papers.Version || kind == papers.Clean
	out.Parts = []papers.Part{{Text: show}}
	return out, nil
}

// versionOf lays out a file as the version that it is.
func versionOf(s source) papers.Paper {
	return papers.Paper{
		Kind: papers.Version, Seats: s.Text.Front.Seats, Title: titled(s), Symbol: s.Text.Front.Symbol, Frozen: true,
		Fingerprint: textDocument(s.Text, s.Name).Fingerprint, Parts: []papers.Part{{Text: s.Text}},
	}
}

func titled(s source) string {
	return cmp.Or(s.Text.Front.Title, titleOf(s.Name), "Text")
}

// compared lays out a comparison of two files.
func (c exportCmd) compared(p *program, out papers.Paper, old source, seats []record.Seat) (papers.Paper, error) {
	if c.Against == "" {
		return out, usagef("a comparison is of two texts: name the newer one too")
	}
	now, err := p.parse(c.Against, seats...)
	if err != nil {
		return out, err
	}
	side := func(s source) papers.Side {
		return papers.Side{Value: s.Name, Name: cmp.Or(s.Text.Front.Symbol, s.Name)}
	}
	out.Title, out.Symbol, out.Fingerprint, out.Frozen = titled(now), now.Text.Front.Symbol, fingerprint(now.Text), true
	out.Parts = []papers.Part{{Compared: &papers.Compared{
		OldSide: side(old), NewSide: side(now), Old: old.Text, New: now.Text, Comparison: draft.Compare(old.Text, now.Text),
	}}}
	return out, nil
}

// fetch takes a paper out of a process on a server.
func (c exportCmd) fetch(p *program, form papers.Form) (papers.File, error) {
	name := strings.TrimPrefix(c.Text, "@")
	process, version, _ := strings.Cut(name, "/")
	id, err := processName(process)
	if err != nil {
		return papers.File{}, err
	}
	if p.remote.Server == "" {
		return papers.File{}, usagef("@%s is on a server: name it with --server URL, or set PARAPH_SERVER", name)
	}
	client, err := p.remote.client()
	if err != nil {
		return papers.File{}, err
	}
	ask, err := c.ask(p, client, id, version)
	if err != nil {
		return papers.File{}, err
	}
	q := ask.Query()
	q.Set("as", string(form))
	q.Set("sheet", c.Paper)
	for name, on := range map[string]bool{papers.Comments: c.Comments, papers.Footnotes: c.Footnotes} {
		if on {
			q.Set("remarks", name)
		}
	}
	if c.Readings {
		q.Set("changes", "readings")
	}
	if c.NativeMoves {
		q.Set("moves", "native")
	}
	file, err := client.File(p.ctx, api.In(id, "papers", string(ask.Kind)), q)
	return file, absentAs(err, c.Text)
}

// ask says which paper of a process is wanted.
func (c exportCmd) ask(p *program, client *api.Client, id record.ProcessID, version string) (papers.Ask, error) {
	ask := papers.Ask{Kind: papers.Kind(c.Kind), Sitting: c.Sitting}
	if c.For != "" && ask.Kind != papers.Reading {
		if err := c.speaksFor(p, client, id); err != nil {
			return ask, err
		}
	}
	var err error
	if ask.Version, err = versionID(p, client, id, version); err != nil {
		return ask, err
	}
	if c.Against != "" || ask.Kind == papers.Comparison {
		ask.Kind = papers.Comparison
		other, newer, _ := strings.Cut(strings.TrimPrefix(c.Against, "@"), "/")
		if c.Against != "" && (!strings.HasPrefix(c.Against, "@") || record.ProcessID(other) != id) {
			return ask, usagef("%s is not of %s: take both texts out and compare the files", c.Against, id)
		}
		ask.Old = cmp.Or(ask.Version, papers.RollingSide)
		if ask.New, err = versionID(p, client, id, newer); err != nil {
			return ask, err
		}
		ask.New = cmp.Or(ask.New, papers.RollingSide)
		return ask, nil
	}
	if ask.Kind == "" {
		ask.Kind = papers.Rolling
		if version != "" {
			ask.Kind = papers.Version
		}
	}
	ask.Seat = record.Seat(c.For)
	return ask, nil
}

// versionID gives the id of a version that is named by symbol or id; empty for
// none.
func versionID(p *program, client *api.Client, id record.ProcessID, name string) (string, error) {
	if name == "" {
		return "", nil
	}
	v, err := versionNamed(p.ctx, client, id, name)
	return v.ID, err
}

// speaksFor refuses a seat that the token is not for: a server shows each its own
// view alone.
func (c exportCmd) speaksFor(p *program, client *api.Client, id record.ProcessID) error {
	var seen api.Process
	if err := client.Get(p.ctx, api.In(id), nil, &seen); err != nil {
		return absentAs(err, "@"+string(id))
	}
	if string(seen.You.Seat) != c.For {
		return fault.Forbidden("the token is for %s, and shows nobody else's view", cmp.Or(string(seen.You.Seat), "the public")).
			With("leave --for away, or use a token of %s", c.For)
	}
	return nil
}

// declaredTime reads when tracked changes are said to have been made.
func declaredTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(layout, s); err == nil {
			return at, nil
		}
	}
	return time.Time{}, usagef("%q is no date: write it as in 2026-01-31 or 2026-01-31T09:30:00Z", s)
}
