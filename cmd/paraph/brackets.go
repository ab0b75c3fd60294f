package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"

	"paraph/draft"
	"paraph/page"
)

type bracketsCmd struct {
	seatsFlag
	remoteFlags
	JSON    bool     `name:"json" help:"Print as JSON: an array with one object for each file."`
	Clauses bool     `help:"With several files: show the figures of their clauses too."`
	SVG     string   `name:"svg" placeholder:"FILE" help:"Draw the run of the figures over the files into FILE."`
	Files   []string `arg:"" name:"file" help:"Texts; several are read as states of one text, oldest first."`
}

func (bracketsCmd) Help() string {
	return `Brackets are pairs; alternatives are candidates that have a rival; contested words stand in a bracket or an option. A bracket without a partner is reported with its place, and with what it was read as.

Examples:

    paraph brackets rolling.md
    paraph brackets --json --seats US,RU,UA draft.md
    paraph brackets --svg run.svg rev1.md rev2.md rev3.md
    paraph brackets --server https://talks.example.org @vesna`
}

// figures are what one file counts.
type figures struct {
	File string `json:"file"`
	draft.Counts
	Unbalanced []unbalanced         `json:"unbalanced"`
	PerClause  []draft.ClauseCounts `json:"per_clause"`
}

// unbalanced is a bracket without partner.
type unbalanced struct {
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Kind    string `json:"kind"` // "unopened" or "unclosed"
	Assumed string `json:"assumed"`
	Partner int    `json:"partner,omitempty"` // the line where its partner most likely belongs
}

func (c bracketsCmd) Run(p *program) error {
	p.remote = c.remoteFlags
	seats, err := c.declared()
	if err != nil {
		return err
	}
	done := p.working("counting")
	var all []figures
	for _, name := range c.Files {
		s, err := p.parse(name, seats...)
		if err != nil {
			done()
			return err
		}
		all = append(all, figuresOf(s))
	}
	done()
	if c.SVG != "" {
		if err := p.page(c.SVG, runOf(all), c.Files...); err != nil {
			return err
		}
	}
	if c.JSON {
		return p.json(all)
	}
	c.print(p, all)
	return nil
}

func figuresOf(s source) figures {
	f := figures{
		File: s.Name, Counts: draft.Count(s.Text),
		Unbalanced: []unbalanced{}, PerClause: draft.CountClauses(s.Text),
	}
	for _, i := range s.Text.Unbalanced {
		f.Unbalanced = append(f.Unbalanced, unbalanced{i.Line, i.Column, kindOf(i), i.Assumed, i.Partner})
	}
	return f
}

func kindOf(i draft.Imbalance) string {
	if i.Unopened {
		return "unopened"
	}
	return "unclosed"
}

// rows are the figures by name, in the order in which they are shown.
var rows = []struct {
	name string
	of   func(draft.Counts) int
}{
	{"clauses", func(c draft.Counts) int { return c.Clauses }},
	{"brackets", func(c draft.Counts) int { return c.Brackets }},
	{"alternatives", func(c draft.Counts) int { return c.Alternatives }},
	{"options", func(c draft.Counts) int { return c.Options }},
	{"placeholders", func(c draft.Counts) int { return c.Placeholders }},
	{"depth", func(c draft.Counts) int { return c.MaxDepth }},
	{"words", func(c draft.Counts) int { return c.Words }},
	{"contested", func(c draft.Counts) int { return c.ContestedWords }},
}

// print shows the figures to a person.
func (c bracketsCmd) print(p *program, all []figures) {
	names := shortNames(all)
	var t table
	head := []string{"text"}
	for _, r := range rows {
		head = append(head, r.name)
	}
	t.row(head...)
	for i, f := range all {
		cells := []string{names[i]}
		for _, r := range rows {
			cells = append(cells, page.Figure(r.of(f.Counts)))
		}
		t.row(cells...)
	}
	t.print(p)
	if len(all) > 1 {
		printRun(p, all)
	}
	for i, f := range all {
		if len(all) == 1 || c.Clauses {
			printClauses(p, f)
		}
		if len(f.Unbalanced) > 0 {
			fmt.Fprintf(p.out, "\n%s: %s without a partner\n", names[i], plural(len(f.Unbalanced), "bracket"))
		}
		for _, u := range f.Unbalanced {
			fmt.Fprintf(p.out, "  %s:%d:%d: %s\n", f.File, u.Line, u.Column, saidOf(u))
		}
	}
}

// saidOf says an imbalance in words.
func saidOf(u unbalanced) string {
	bracket := `"]" `
	if u.Kind == "unclosed" {
		bracket = `"[" `
	}
	return bracket + u.Assumed
}

// printRun shows how each figure ran from state to state.
func printRun(p *program, all []figures) {
	fmt.Fprint(p.out, "\nrun of the figures\n")
	var t table
	for _, r := range rows {
		cells := []string{r.name}
		for i, f := range all {
			if i > 0 {
				cells = append(cells, "→")
			}
			cells = append(cells, page.Figure(r.of(f.Counts)))
			if i > 0 {
				cells = append(cells, fmt.Sprintf("(%+d)", r.of(f.Counts)-r.of(all[i-1].Counts)))
			}
		}
		t.row(cells...)
	}
	t.print(p)
}

// printClauses shows the clauses that hold a bracket, an option or a
// placeholder.
func printClauses(p *program, f figures) {
	var t table
	t.row("line  clause", "brackets", "alternatives", "options", "placeholders", "depth", "words", "contested")
	for _, c := range f.PerClause {
		if c.Brackets+c.Options+c.Placeholders+c.ContestedWords == 0 {
			continue
		}
		cells := []string{fmt.Sprintf("%4d  %s", c.Line, clauseName(c))}
		for _, r := range rows[1:] {
			cells = append(cells, page.Figure(r.of(c.Counts)))
		}
		t.row(cells...)
	}
	if len(t.rows) > 1 {
		fmt.Fprintln(p.out)
		t.print(p)
	}
}

// clauseName is what a clause is called in a table: the heading above it and
// its label.
func clauseName(c draft.ClauseCounts) string {
	name := strings.TrimSpace(c.Section + " " + c.Label)
	const most = 44
	if r := []rune(name); len(r) > most {
		name = string(r[:most-1]) + "…"
	}
	return cmp.Or(name, "–")
}

// shortNames leaves out what all file names have in common before the last
// slash.
func shortNames(all []figures) []string {
	names := make([]string, len(all))
	seen := map[string]bool{}
	unique := true
	for i, f := range all {
		names[i] = filepath.Base(f.File)
		unique = unique && !seen[names[i]]
		seen[names[i]] = true
	}
	if !unique {
		for i, f := range all {
			names[i] = f.File
		}
	}
	return names
}

// runOf is the drawing of the figures.
func runOf(all []figures) page.Run {
	r := page.Run{Alone: true}
	for _, name := range shortNames(all) {
		r.States = append(r.States, strings.TrimSuffix(name, filepath.Ext(name)))
	}
	for _, row := range rows {
		if row.name == "clauses" || row.name == "words" {
			continue
		}
		s := page.Series{Name: row.name}
		if row.name == "contested" {
			s.Name = "contested words"
		}
		for _, f := range all {
			s.Values = append(s.Values, row.of(f.Counts))
		}
		r.Series = append(r.Series, s)
	}
	return r
}
