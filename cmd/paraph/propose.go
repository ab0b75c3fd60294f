package main

import (
	"fmt"
	"strings"

	"paraph/api"
	"paraph/fault"
	"paraph/record"
	"paraph/text"
)

type proposeCmd struct {
	remoteFlags
	Kind     string `enum:"amend,insert,delete,move" default:"amend" placeholder:"KIND" help:"amend, insert, delete or move. (${default})"`
	Clause   string `placeholder:"CLAUSE" help:"The clause that is amended, deleted or moved: its id, or where it stands, as in \"Article 5, 3\"."`
	After    string `placeholder:"CLAUSE" help:"The clause that an insertion or move is to follow; the beginning when not given."`
	Audience string `placeholder:"AUDIENCE" help:"Who is to read it: plenary, parties, offices:SEAT… Your own seat alone when not given."`
	Reason   string `placeholder:"WORDS" help:"Why."`
	Replaces string `placeholder:"ID" help:"Your own live proposal on the clause before the same audience, if there is one."`
	Preview  bool   `help:"Show what it would make of the clause, beside the others; write nothing."`
	JSON     bool   `name:"json" help:"Print as JSON, as the server says it."`
	Process  string `arg:"" help:"The process."`
	File     string `arg:"" optional:"" name:"words" help:"The file with the words of an amendment or insertion: the full clause."`
}

func (proposeCmd) Help() string {
	return `Examples:

    paraph propose --server https://talks.example.org --token-file token vesna --clause "Article 5, 3" words.md
    echo "3. The figure is 340." | paraph propose vesna --clause 060c0173be96 --audience offices:KEL --preview -
    paraph propose vesna --kind delete --clause "Article 17" --reason "Overtaken."`
}

func (c proposeCmd) Run(p *program) error {
	id, err := processName(c.Process)
	if err != nil {
		return err
	}
	kind := text.Kind(c.Kind)
	worded := kind == text.Amend || kind == text.Insert
	switch {
	case worded && c.File == "":
		return usagef("an amendment or insertion needs the file with its words; - is the standard input")
	case !worded && c.File != "":
		return usagef("to %s a clause takes no words", kind)
	case kind != text.Insert && c.Clause == "":
		return usagef("to %s a clause needs --clause", kind)
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	body := api.Tabling{Kind: kind, Audience: record.Audience(c.Audience), Reason: c.Reason, Replaces: c.Replaces}
	if worded {
		words, err := p.text(c.File)
		if err != nil {
			return err
		}
		body.Words = strings.TrimSpace(words)
	}
	for _, at := range []struct {
		said string
		id   *string
	}{{c.Clause, &body.Clause}, {c.After, &body.After}} {
		if at.said != "" {
			if *at.id, err = clauseNamed(p, client, id, at.said); err != nil {
				return err
			}
		}
	}
	if c.Preview {
		return c.preview(p, client, id, body)
	}
	return p.done(client, c.JSON, "tabled", api.In(id, "proposals"), body, string(id))
}

func (c proposeCmd) preview(p *program, client *api.Client, id record.ProcessID, body api.Tabling) error {
	var shown api.Preview
	if err := client.Pose(p.ctx, api.In(id, "preview"), body, &shown); err != nil {
		return absentAs(err, string(id))
	}
	if c.JSON {
		return p.json(shown)
	}
	fmt.Fprintln(p.out, shown.Words)
	return nil
}

// clauseNamed finds a clause of the rolling text by its id, or by what it is
// called.
func clauseNamed(p *program, client *api.Client, process record.ProcessID, name string) (string, error) {
	var roll api.RollingText
	if err := client.Get(p.ctx, api.In(process, "text"), nil, &roll); err != nil {
		return "", absentAs(err, string(process))
	}
	var found []api.RollingClause
	for _, c := range roll.Clauses {
		if c.ID != "" && c.ID == name {
			return c.ID, nil
		}
		if c.ID != "" && strings.EqualFold(c.Title, name) {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 0:
		return "", fault.Invalid("no clause of %s is called %q", roll.Version.Symbol, name).With("name it as in \"Article 5, 3\", or by its id")
	case 1:
		return found[0].ID, nil
	}
	return "", fault.Conflict("several clauses are called %q", name).With("name one by its id: %s or %s", found[0].ID, found[1].ID)
}

// done does an act on a server, and says what it wrote.
func (p *program) done(client *api.Client, asJSON bool, did, path string, body any, process string) error {
	done, err := client.Do(p.ctx, path, body)
	if err != nil {
		return absentAs(err, process)
	}
	if asJSON {
		return p.json(done)
	}
	what := ""
	if done.ID != "" {
		what = " " + done.ID
	}
	var readers []string
	for _, e := range done.Entries {
		readers = append(readers, string(e.Audience))
	}
	fmt.Fprintf(p.out, "%s%s, for %s\n", did, what, strings.Join(readers, ", "))
	return nil
}
