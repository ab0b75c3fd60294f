package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"paraph/api"
	"paraph/docx"
	"paraph/fault"
	"paraph/page"
	"paraph/record"
	"paraph/text"
)

type importCmd struct {
	remoteFlags
	seatsFlag
	Tracked  string   `enum:"accepted,rejected,brackets" default:"accepted" placeholder:"HOW" help:"What becomes of tracked changes in the text: accepted, rejected, or brackets with what each author would have. (${default})"`
	Marks    bool     `help:"Read struck-out words as deleted and bold ones as inserted."`
	Author   []string `sep:"none" placeholder:"NAME" help:"With --onto: take the tracked changes of this author alone. May be given more than once."`
	Onto     string   `placeholder:"BASE" help:"Tell what the document does to this text, clause by clause: a file, or @PROCESS or @PROCESS/VERSION on a server."`
	Propose  bool     `help:"With --onto @PROCESS: put the proposals on the record. What is in doubt is left out."`
	Audience string   `placeholder:"AUDIENCE" help:"Who is to read them: plenary, parties, offices:SEAT… Your own seat alone when not given."`
	Reason   string   `placeholder:"WORDS" help:"Why, for all of them."`
	JSON     bool     `name:"json" help:"Print as JSON everything that was found."`
	Output   string   `short:"o" placeholder:"FILE" default:"-" help:"Where the text goes. (standard output)"`
	File     string   `arg:"" name:"document" help:"The .docx; - is the standard input."`
}

func (importCmd) Help() string {
	return `Without --onto the document is printed as a text in brackets. What is doubtful in it, or was not understood, is told on the error stream.

Examples:

    paraph import draft.docx -o draft.md
    paraph import --tracked brackets their-edits.docx
    paraph import --onto base.md edited.docx
    paraph import --server https://talks.example.org --token-file token --onto @vesna edited.docx
    paraph import --onto @vesna/REV.3 --propose --audience offices:KEL --reason "From the capital." edited.docx`
}

func (c importCmd) Run(p *program) error {
	p.remote = c.remoteFlags
	if c.Propose && !strings.HasPrefix(c.Onto, "@") {
		return usagef("--propose needs --onto @PROCESS: proposals are put on the record of a server")
	}
	data, err := p.document(c.File)
	if err != nil {
		return err
	}
	if strings.HasPrefix(c.Onto, "@") {
		return c.remotely(p, data)
	}
	d, err := docx.Read(data)
	if err != nil {
		return placed(shownName(c.File), err)
	}
	if c.Onto != "" {
		return c.onto(p, d)
	}
	return c.text(p, d)
}

// document reads a file as bytes, up to the most that a document may have.
func (p *program) document(name string) ([]byte, error) {
	in := p.in
	if name == "-" {
		if p.stdinTaken {
			return nil, usagef("the standard input (-) can be read once only")
		}
		p.stdinTaken = true
	} else {
		info, err := os.Stat(name)
		if err == nil && info.IsDir() {
			return nil, fault.Invalid("%s: is a folder, not a document", name)
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, unreadable(name, err)
		}
		defer f.Close()
		in = f
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(io.LimitReader(in, docx.MaxBytes+1)); err != nil {
		return nil, unreadable(shownName(name), err)
	}
	return b.Bytes(), nil
}

// text prints the document as a text.
func (c importCmd) text(p *program, d *docx.Document) error {
	how := map[string]docx.TextChanges{"accepted": docx.ChangesAccepted, "rejected": docx.ChangesRejected, "brackets": docx.ChangesInBrackets}[c.Tracked]
	src, doubts := d.Text(docx.TextOptions{Changes: how, Marks: c.Marks})
	if c.JSON {
		return p.json(struct {
			Text     string         `json:"text"`
			Doubts   []docx.Doubt   `json:"doubts"`
			Document *docx.Document `json:"document"`
		}{src, append([]docx.Doubt{}, doubts...), d})
	}
	for _, doubt := range doubts {
		p.note("%s", inPlace(doubt))
	}
	p.unread(d.Unread)
	return p.write(c.Output, src, c.File)
}

func (p *program) unread(all []docx.Unread) {
	for _, u := range all {
		p.note("not understood: %s, %s%s", u.What, u.Part, times(u.Times))
	}
}

func times(n int) string {
	if n < 2 {
		return ""
	}
	return fmt.Sprintf(" (%d times)", n)
}

// inPlace says a doubt with its place.
func inPlace(d docx.Doubt) string {
	if d.Place == "" {
		return d.What
	}
	return "“" + d.Place + "”: " + d.What
}

// onto tells what a document does to a text on this machine.
func (c importCmd) onto(p *program, d *docx.Document) error {
	seats, err := c.declared()
	if err != nil {
		return err
	}
	base, err := p.parse(c.Onto, seats...)
	if err != nil {
		return err
	}
	var given []docx.Given
	for i, clause := range base.Text.Clauses {
		var src strings.Builder
		for _, piece := range base.Text.Pieces[clause.First:clause.Last] {
			src.WriteString(piece.Src)
		}
		given = append(given, docx.Given{Clause: strconv.Itoa(i + 1), Source: strings.TrimSpace(src.String())})
	}
	r := docx.Return(given, base.Text.Front.Seats, d, c.Author...)
	if c.JSON {
		return p.json(r)
	}
	title := func(id string) string {
		at, err := strconv.Atoi(id)
		if err != nil || at < 1 || at > len(base.Text.Clauses) {
			return "the beginning"
		}
		return page.Place(base.Text, at-1)
	}
	shown := func(e docx.Edit) api.ImportedEdit {
		name := title(e.Clause)
		if e.Kind == docx.Inserted {
			name = title(e.After)
		}
		return api.ImportedEdit{Kind: text.Kind(e.Kind), Title: name, After: e.After, Old: e.Old, Words: e.New, Likeness: int(100*e.Likeness + .5), Authors: e.Authors}
	}
	found := api.Import{Unchanged: r.Unchanged, Symbol: base.Name}
	for _, e := range r.Edits {
		found.Edits = append(found.Edits, shown(e))
	}
	for _, q := range r.Questions {
		own := api.ImportedQuestion{What: q.What, Words: q.Words}
		for _, a := range q.Answers {
			own.Answers = append(own.Answers, shown(a))
		}
		found.Questions = append(found.Questions, own)
	}
	for _, doubt := range r.Remarks {
		p.note("%s", inPlace(doubt))
	}
	p.unread(r.Unread)
	return p.amounts(found)
}

// amounts prints what a document amounts to.
func (p *program) amounts(found api.Import) error {
	for _, e := range found.Edits {
		p.edit("", e)
	}
	for _, q := range found.Questions {
		fmt.Fprintf(p.out, "? %s\n    %s\n", q.What, q.Words)
		for _, a := range q.Answers {
			p.edit("  either ", a)
		}
	}
	fmt.Fprintf(p.out, "%s: %d unchanged, %d edits, %d in doubt\n", found.Symbol, found.Unchanged, len(found.Edits), len(found.Questions))
	return nil
}

func (p *program) edit(before string, e api.ImportedEdit) {
	what := string(e.Kind) + " " + e.Title
	if e.Kind == text.Insert {
		what = "insert after " + e.Title
	}
	fmt.Fprint(p.out, before, what)
	if len(e.Authors) > 0 {
		fmt.Fprintf(p.out, " (tracked by %s)", strings.Join(e.Authors, ", "))
	}
	fmt.Fprintln(p.out)
	if e.Old != "" && e.Kind != text.Move {
		fmt.Fprintf(p.out, "  - %s\n", e.Old)
	}
	if e.Words != "" {
		fmt.Fprintf(p.out, "  + %s\n", e.Words)
	}
	if e.Refused != "" {
		fmt.Fprintf(p.out, "  ! %s\n", e.Refused)
	}
}

// remotely tells what a document does to a text on a server, and puts that on
// the record when it is asked.
func (c importCmd) remotely(p *program, data []byte) error {
	name, version, _ := strings.Cut(strings.TrimPrefix(c.Onto, "@"), "/")
	id, err := processName(name)
	if err != nil {
		return err
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	ask := api.Importing{Document: base64.StdEncoding.EncodeToString(data), Audience: record.Audience(c.Audience), Authors: c.Author}
	if version != "" {
		found, err := versionNamed(p.ctx, client, id, version)
		if err != nil {
			return absentAs(err, c.Onto)
		}
		ask.Version = found.ID
	}
	var found api.Import
	if err := client.Pose(p.ctx, api.In(id, "import"), ask, &found); err != nil {
		return absentAs(err, c.Onto)
	}
	if !c.Propose {
		if c.JSON {
			return p.json(found)
		}
		for _, r := range found.Remarks {
			p.note("%s", inPlace(docx.Doubt{Place: r.Place, What: r.What}))
		}
		return p.amounts(found)
	}
	return c.table(p, client, id, found)
}

// table puts the proposals on the record, one by one.
func (c importCmd) table(p *program, client *api.Client, id record.ProcessID, found api.Import) error {
	tabled := []api.Done{}
	for _, e := range found.Edits {
		if e.Refused != "" {
			p.note("left out: %s %s: %s", e.Kind, e.Title, e.Refused)
			continue
		}
		done, err := client.Do(p.ctx, api.In(id, "proposals"), api.Tabling{
			Kind: e.Kind, Version: found.Version, Clause: e.Clause, After: e.After, Words: e.Words, Reason: c.Reason, Replaces: e.Replaces,
			Audience: record.Audience(c.Audience),
		})
		if err != nil {
			if len(tabled) > 0 {
				p.note("%d of %d were put on the record before this", len(tabled), len(found.Edits))
			}
			return absentAs(err, string(id))
		}
		tabled = append(tabled, done)
		if !c.JSON {
			fmt.Fprintf(p.out, "tabled %s: %s %s\n", done.ID, e.Kind, e.Title)
		}
	}
	for _, q := range found.Questions {
		p.note("left out, in doubt: %s %s", q.What, q.Words)
	}
	if c.JSON {
		return p.json(tabled)
	}
	return nil
}
