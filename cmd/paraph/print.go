package main

import (
	"paraph/draft"
	"paraph/fault"
	"paraph/page"
	"paraph/papers"
	"paraph/record"
)

type printCmd struct {
	seatsFlag
	remoteFlags
	printerFlag
	Check bool   `help:"Print no text; say what does not balance, and end with 1 when something does not or when the printed text would differ."`
	Form  string `enum:"faithful,normal,unattributed,clean" default:"faithful" placeholder:"FORM" help:"faithful: as written; normal: holders and options written one way; unattributed: without the parties' names; clean: only when no bracket is open."`
	HTML  string `name:"html" placeholder:"FILE" help:"Write the text as a page that stands alone into FILE, too."`
	PDF   string `name:"pdf" placeholder:"FILE" help:"Write the text as pages of paper into FILE, too, with numbered lines. Needs chromium or weasyprint."`
	Paper string `enum:"a4,letter" default:"a4" placeholder:"SIZE" help:"The size of the paper, for --html and --pdf: a4 or letter. (${default})"`
	File  string `arg:"" help:"The text."`
}

func (printCmd) Help() string {
	return `What is printed in the faithful form is, character for character, what was read.

Examples:

    paraph print rolling.md
    paraph print --check rolling.md
    paraph print --form unattributed --seats US,RU,UA rolling.md
    paraph print --html rolling.html rolling.md > /dev/null
    paraph print --pdf rolling.pdf --paper letter rolling.md > /dev/null
    paraph print --server https://talks.example.org @vesna > rolling.md`
}

func (c printCmd) Run(p *program) error {
	p.remote = c.remoteFlags
	seats, err := c.declared()
	if err != nil {
		return err
	}
	s, err := p.parse(c.File, seats...)
	if err != nil {
		return err
	}
	printed, err := printed(s.Text, c.Form)
	if err != nil {
		return placed(s.Name, err)
	}
	if sameName(c.HTML, c.PDF) {
		return usagef("--html and --pdf name one file")
	}
	if c.HTML != "" || c.PDF != "" {
		if err := c.page(p, s, printed, seats); err != nil {
			return err
		}
	}
	if c.Check {
		return c.check(p, s, printed)
	}
	_, err = p.out.WriteString(printed)
	return err
}

// page writes the form that was printed as a page, and as pages of paper.
func (c printCmd) page(p *program, s source, printed string, seats []record.Seat) error {
	t, err := draft.Parse(printed, seats...)
	if err != nil {
		return placed(s.Name, err)
	}
	d := textDocument(t, c.File)
	view := textView(t)
	d.Sheet, d.Lines, d.Right = c.Paper, true, page.RightToLeft(t)
	html, err := page.HTML(d)
	if err != nil {
		return placed(s.Name, err)
	}
	if c.HTML != "" {
		if err := p.write(c.HTML, html, c.File); err != nil {
			return err
		}
	}
	if c.PDF == "" {
		return nil
	}
	printer, err := c.printer()
	if err != nil {
		return err
	}
	if printer == nil {
		return papers.NoPrinter()
	}
	ctx, stop := p.untilInterrupted()
	defer stop()
	defer p.working("printing")()
	view.Paper = true
	d.Sections = []page.Section{{Body: view}}
	if html, err = page.HTML(d); err != nil {
		return placed(s.Name, err)
	}
	pdf, err := printer.Print(ctx, "", html)
	if err != nil {
		return placed(s.Name, err)
	}
	return p.write(c.PDF, string(pdf), c.File)
}

func printed(t *draft.Text, form string) (string, error) {
	switch form {
	case "normal":
		return draft.PrintNormal(t), nil
	case "unattributed":
		return draft.PrintUnattributed(t), nil
	case "clean":
		return draft.PrintClean(t)
	}
	return draft.Print(t), nil
}

// check says what does not balance, and whether printing changed a character.
func (c printCmd) check(p *program, s source, printed string) error {
	found := false
	for _, i := range s.Text.Unbalanced {
		u := unbalanced{i.Line, i.Column, kindOf(i), i.Assumed, i.Partner}
		p.note("paraph: %s:%d:%d: %s", s.Name, u.Line, u.Column, oneLine(saidOf(u)))
		found = true
	}
	if printed != s.Src {
		line, column := firstDifference(s.Src, printed)
		return fault.Invalid("%s:%d:%d: the %s form differs from here on", s.Name, line, column, c.Form)
	}
	if found {
		return errFound
	}
	return nil
}

// firstDifference gives the place in a where b first differs.
func firstDifference(a, b string) (line, column int) {
	line, column = 1, 1
	other := []rune(b)
	for i, r := range []rune(a) {
		if i >= len(other) || other[i] != r {
			break
		}
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
	}
	return line, column
}
