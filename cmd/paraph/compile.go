package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"paraph/draft"
	"paraph/page"
	"paraph/record"
)

type compileCmd struct {
	remoteFlags
	Base        string   `placeholder:"FILE" help:"The text that the submissions amend. Seats that it declares and that submit nothing keep it. Without a base nothing is unattributed."`
	Output      string   `short:"o" placeholder:"FILE" help:"Write the rolling text into FILE and not to the standard output."`
	HTML        string   `name:"html" placeholder:"FILE" help:"Write the rolling text as a page that stands alone into FILE."`
	JSON        bool     `name:"json" help:"Print the figures as JSON and not the text; -o still writes the text."`
	Submissions []string `arg:"" name:"seat=file" help:"A seat and the whole text that it submits. The order is that of the alternatives."`
}

func (compileCmd) Help() string {
	return `Each seat's reading of the result is its own submission, to the letter: this is verified before anything is written.

Examples:

    paraph compile --base base.md US=us.md RU=ru.md UA=ua.md -o rolling.md
    paraph compile US=us.md RU=ru.md
    paraph compile --base base.md US=us.md RU=ru.md --html rolling.html --json
    paraph compile --server https://talks.example.org --base @vesna/REV.2 KEL=kel.md`
}

// compiled are the figures of a compilation.
type compiled struct {
	Clauses        int `json:"clauses"`
	Brackets       int `json:"brackets"`
	Alternatives   int `json:"alternatives"`
	MaxDepth       int `json:"max_depth"`
	Words          int `json:"words"`
	ContestedWords int `json:"contested_words"`
	CompositeWords int `json:"composite_words"` // every word printed once; holder lists and marks left out
	BaseWords      int `json:"base_words"`
	Submissions    int `json:"submissions"`
}

func (c compileCmd) Run(p *program) error {
	p.remote = c.remoteFlags
	submissions, inputs, err := c.named()
	if err != nil {
		return err
	}
	if sameName(c.Output, c.HTML) {
		return usagef("-o and --html name the same file")
	}
	var base source
	if c.Base != "" {
		if base, err = p.parse(c.Base); err != nil {
			return err
		}
	}
	for i := range submissions {
		s, err := p.parse(inputs[i])
		if err != nil {
			return err
		}
		submissions[i].Text = s.Text
	}
	done := p.working("compiling")
	rolling, err := draft.Compile(base.Text, withSilent(base.Text, submissions))
	done()
	if err != nil {
		return err
	}
	f := compiledOf(base.Text, rolling, len(submissions))
	if err := c.output(p, rolling, f, append(inputs, c.Base)); err != nil {
		return err
	}
	if c.JSON {
		return p.json(f)
	}
	p.note("paraph: %s of %s: %s, %s, depth %d; %s, %s contested; each reading is its submission, word for word",
		plural(f.Submissions, "submission"), seatList(submissions), plural(f.Brackets, "bracket"),
		plural(f.Alternatives, "alternative"), f.MaxDepth, plural(f.Words, "word"), page.Figure(f.ContestedWords))
	return nil
}

// withSilent adds those who hand nothing in and so keep the base: the seats that
// the base declares and that submit nothing, or the other side of a single
// submission.
func withSilent(base *draft.Text, submissions []draft.Submission) []draft.Submission {
	if base == nil {
		return submissions
	}
	silent := slices.ContainsFunc(base.Front.Seats, func(seat record.Seat) bool {
		return !slices.ContainsFunc(submissions, func(s draft.Submission) bool { return s.Seat == seat })
	})
	if silent || len(submissions) == 1 {
		return append(slices.Clone(submissions), draft.Submission{Text: base})
	}
	return submissions
}

// named gives the seats and files of the arguments.
func (c compileCmd) named() (submissions []draft.Submission, files []string, err error) {
	taken := map[string]bool{}
	for _, arg := range c.Submissions {
		seat, file, ok := strings.Cut(arg, "=")
		if !ok || seat == "" || file == "" {
			return nil, nil, usagef("%q is not SEAT=FILE, as in US=us.md", arg)
		}
		if err := seatName(seat); err != nil {
			return nil, nil, err
		}
		if strings.EqualFold(seat, baseSeat) {
			return nil, nil, usagef("a seat cannot be called %q: that is the unattributed side; give the base with --base", seat)
		}
		if taken[seat] {
			return nil, nil, usagef("seat %s is given twice: a seat has one submission", seat)
		}
		taken[seat] = true
		submissions = append(submissions, draft.Submission{Seat: record.Seat(seat)})
		files = append(files, file)
	}
	return submissions, files, nil
}

func compiledOf(base, rolling *draft.Text, submissions int) compiled {
	n := draft.Count(rolling)
	f := compiled{
		Clauses: n.Clauses, Brackets: n.Brackets, Alternatives: n.Alternatives, MaxDepth: n.MaxDepth,
		Words: n.Words, ContestedWords: n.ContestedWords, CompositeWords: n.Words, Submissions: submissions,
	}
	if base != nil {
		f.BaseWords = draft.Count(base).Words
	}
	return f
}

// output writes the text where it was asked for.
func (c compileCmd) output(p *program, rolling *draft.Text, f compiled, inputs []string) error {
	text := draft.Print(rolling)
	if c.Output != "" {
		if err := p.write(c.Output, text, inputs...); err != nil {
			return err
		}
	}
	if c.HTML != "" {
		if err := p.page(c.HTML, c.document(rolling, f), inputs...); err != nil {
			return err
		}
	}
	if c.Output != "" || c.JSON {
		return nil
	}
	_, err := p.out.WriteString(text)
	return err
}

// document is the rolling text as a page that stands alone.
func (c compileCmd) document(rolling *draft.Text, f compiled) page.Document {
	d := textDocument(rolling, c.Base)
	d.Facts = append([]string{"Compilation of " + plural(f.Submissions, "submission") + "."}, d.Facts...)
	return d
}

// textView is a text as its pages show it.
func textView(t *draft.Text) page.TextView {
	return page.TextView{Text: t, Heading: 2 - topLevel(t), Frozen: true}
}

// textDocument is a text as a page that stands alone; file is what it is called
// when it has no title.
func textDocument(t *draft.Text, file string) page.Document {
	view := textView(t)
	n := draft.Count(t)
	return page.Document{
		Title:       cmp.Or(t.Front.Title, titleOf(file), "Rolling text"),
		Symbol:      t.Front.Symbol,
		Fingerprint: fingerprint(t),
		Facts: []string{fmt.Sprintf("%s, %s, depth %d; %s, %s contested.", plural(n.Brackets, "bracket"),
			plural(n.Alternatives, "alternative"), n.MaxDepth, plural(n.Words, "word"), page.Figure(n.ContestedWords))},
		Legend:   &view,
		Sections: []page.Section{{Body: view}},
	}
}

// topLevel gives the level of the highest heading, which stands under the
// page's title; 1 when there is none.
func topLevel(t *draft.Text) int {
	top := 7
	for _, c := range t.Clauses {
		if c.IsHeading() {
			top = min(top, c.Level)
		}
	}
	if top == 7 {
		return 1
	}
	return top
}

// fingerprint is that of a version: of all its words, labels and brackets,
// without the front matter.
func fingerprint(t *draft.Text) string {
	var b strings.Builder
	for _, p := range t.Pieces {
		if p.Kind != draft.FrontMatter {
			b.WriteString(p.Src)
		}
	}
	return draft.Fingerprint(b.String())
}

// titleOf makes a title of a file's name.
func titleOf(file string) string {
	if file == "" || file == "-" {
		return ""
	}
	return strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
}

func seatList(submissions []draft.Submission) string {
	names := make([]string, len(submissions))
	for i, s := range submissions {
		names[i] = string(s.Seat)
	}
	return strings.Join(names, ", ")
}

// plural says a number of things: "1 bracket", "1,052 brackets".
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return page.Figure(n) + " " + thing + "s"
}
