package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"paraph/api"
	"paraph/draft"
	"paraph/fault"
	"paraph/page"
	"paraph/register"
)

type whichCmd struct {
	remoteFlags
	Register []string `sep:"none" placeholder:"FILE" help:"A version, or a folder of versions; may be said several times."`
	JSON     bool     `name:"json" help:"Print as JSON."`
	HTML     string   `name:"html" placeholder:"FILE" help:"Write what differs as a page that stands alone into FILE."`
	File     string   `arg:"" help:"The copy: text, Word, Akoma Ntoso, HTML, or PDF where pdftotext is installed."`
	Process  string   `arg:"" optional:"" help:"@PROCESS: the versions are those that you read in it, on a server."`
}

func (whichCmd) Help() string {
	return `Says which version a circulating copy is: exactly one, the nearest one and the words that differ, several alike, or none that it knows. Case, quotation marks, hyphens at lines' ends and ligatures say nothing; heads and numbers of pages are set aside, and named.

It ends with 0 when the copy is exact, and with 1 when it is anything else.

Examples:

    paraph which copy.txt --register versions/
    paraph which copy.pdf --register rev1.md --register rev2.docx
    paraph which --server https://talks.example.org copy.docx @vesna
    paraph which --json - --register versions/ < pasted.txt`
}

func (c whichCmd) Run(p *program) error {
	p.remote = c.remoteFlags
	copied, err := p.readCopy(c.File)
	if err != nil {
		return err
	}
	answer, err := c.ask(p, copied)
	if err != nil {
		return err
	}
	if c.HTML != "" {
		if err := p.page(c.HTML, page.Document{
			Title:    "Which version is " + filepath.Base(shownName(c.File)) + "?",
			Facts:    said(answer),
			Sections: []page.Section{{Heading: "The words of the copy", Body: page.Passage(passage(answer.Runs))}},
		}, append([]string{c.File}, c.Register...)...); err != nil {
			return err
		}
	}
	if c.JSON {
		err = p.json(answer)
	} else {
		c.print(p, answer)
	}
	if err == nil && answer.Verdict != register.Exact {
		err = errFound
	}
	return err
}

// ask asks the register that was named.
func (c whichCmd) ask(p *program, copied string) (register.Answer, error) {
	switch {
	case c.Process != "" && len(c.Register) > 0:
		return register.Answer{}, usagef("say either --register or @PROCESS, not both")
	case c.Process != "":
		return askServer(p, c.Process, copied)
	case len(c.Register) == 0:
		return register.Answer{}, usagef("name the versions with --register, or a process on a server as @PROCESS")
	}
	versions, err := c.versions(p)
	if err != nil {
		return register.Answer{}, err
	}
	done := p.working("looking")
	defer done()
	return register.New(versions).Which(copied), nil
}

// askServer asks for the versions that one reads in a process.
func askServer(p *program, name, copied string) (register.Answer, error) {
	at, remote := strings.CutPrefix(name, "@")
	if !remote {
		return register.Answer{}, usagef("%q is no process: write @%s", name, name)
	}
	id, err := processName(at)
	if err != nil {
		return register.Answer{}, err
	}
	client, err := p.remote.client()
	if err != nil {
		return register.Answer{}, err
	}
	var answer api.Which
	if err := client.Pose(p.ctx, api.In(id, "which"), api.Copy{Words: copied}, &answer); err != nil {
		return register.Answer{}, absentAs(err, name)
	}
	return answer.Answer(), nil
}

// versions reads the files of the register: those named, and all texts in the
// folders named.
func (c whichCmd) versions(p *program) ([]register.Version, error) {
	var out []register.Version
	for _, name := range c.Register {
		info, err := os.Stat(name)
		if err != nil || !info.IsDir() {
			v, err := p.version(name)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
			continue
		}
		entries, err := os.ReadDir(name)
		if err != nil {
			return nil, unreadable(name, err)
		}
		for _, e := range entries {
			if !slices.Contains([]string{".md", ".txt", ".docx", ".akn", ".xml", ".html"}, strings.ToLower(filepath.Ext(e.Name()))) || e.IsDir() {
				continue
			}
			v, err := p.version(filepath.Join(name, e.Name()))
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
	}
	if len(out) == 0 {
		return nil, fault.Invalid("%s: there is no text in it", strings.Join(c.Register, ", ")).With("versions are .md, .txt, .docx, .akn, .xml or .html files")
	}
	return out, nil
}

// version reads one version; its symbol is what its front matter says, else the
// name of its file.
func (p *program) version(name string) (register.Version, error) {
	s, err := p.parse(name)
	if err != nil {
		return register.Version{}, err
	}
	symbol := s.Text.Front.Symbol
	if symbol == "" {
		symbol = filepath.Base(name)
	}
	return register.Version{ID: name, Symbol: symbol, Text: s.Text, Around: versionOf(s).Around()}, nil
}

// said says an answer in sentences.
func said(a register.Answer) []string {
	var out []string
	names := make([]string, len(a.Versions))
	for i, v := range a.Versions {
		names[i] = v.Symbol
	}
	switch a.Verdict {
	case register.Exact:
		out = append(out, fmt.Sprintf("Exact: all %s of the copy stand so in %s, and in no other version. They are %s of it.", words(a.Words), names[0], percent(a.Versions[0].Covers)))
	case register.Nearest:
		out = append(out, fmt.Sprintf("Nearest: %s. %s", names[0], differing(a.Versions[0])))
	case register.Alike:
		out = append(out, fmt.Sprintf("In %s alike. %s", list(names), differing(a.Versions[0])))
	default:
		out = append(out, "Unknown: no version has half of its words.")
	}
	if r := a.RunnerUp; r != nil && a.Verdict != register.Exact {
		out = append(out, fmt.Sprintf("Next: %s. %s", r.Symbol, differing(*r)))
	}
	if len(a.Aside) > 0 {
		out = append(out, "Set aside as heads and numbers of pages: "+strings.Join(a.Aside[:min(len(a.Aside), 8)], " · ")+more(len(a.Aside)-8))
	}
	return out
}

func more(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

func words(n int) string {
	if n == 1 {
		return "1 word"
	}
	return page.Figure(n) + " words"
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

func differing(v register.Likeness) string {
	return fmt.Sprintf("%s of the copy's words stand in it, %s are missing, %s are added, beside %d brackets or points differ.",
		percent(v.Share), words(v.Deleted), words(v.Added), v.Marks)
}

// list writes names as people do.
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// print says the answer, and shows what differs.
func (c whichCmd) print(p *program, a register.Answer) {
	for _, s := range said(a) {
		fmt.Fprintln(p.out, s)
	}
	if !slices.ContainsFunc(a.Runs, func(r register.Run) bool { return r.Op != draft.Keep }) {
		return
	}
	m := marker{}
	if p.coloured() {
		m = marker{cut: "\x1b[31m", add: "\x1b[32m", end: "\x1b[0m"}
	}
	fmt.Fprintf(p.out, "\n    %s\n", m.runs(passage(a.Runs)))
}

// passage puts blanks between the runs of an answer.
func passage(runs []register.Run) []draft.Run {
	var out []draft.Run
	for i, r := range runs {
		words := r.Words
		if i < len(runs)-1 {
			words += " "
		}
		out = append(out, draft.Run{Op: r.Op, Words: words})
	}
	return out
}
