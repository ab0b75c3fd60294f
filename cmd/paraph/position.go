package main

import (
	"strings"

	"paraph/api"
	"paraph/consent"
	"paraph/record"
)

type positionCmd struct {
	remoteFlags
	On       string `placeholder:"ID" help:"A proposal on the clause that the position is on, instead of the clause's words."`
	Note     string `placeholder:"WORDS" help:"What else there is to say."`
	Audience string `placeholder:"AUDIENCE" help:"Who is to read it: plenary, parties, offices:SEAT… Your own seat alone when not given."`
	JSON     bool   `name:"json" help:"Print as JSON, as the server says it."`
	Process  string `arg:"" help:"The process."`
	Clause   string `arg:"" help:"The clause: its id, or where it stands, as in \"Article 5, 3\"."`
	Position string `arg:"" enum:"proposes,supports,can live with,reserves,opposes,silent" help:"proposes, supports, \"can live with\", reserves, opposes or silent."`
}

func (positionCmd) Help() string {
	return `The position is on the exact words that the clause has now. It binds nobody: consent is given on the page, or through the interface for programs.

Examples:

    paraph position --server https://talks.example.org --token-file token vesna "Article 2, 1" supports
    paraph position vesna 4867f2990713 reserves --note "Waiting for the capital." --audience offices:KEL
    paraph position vesna "Article 5, 2" opposes --on dor-winter-280`
}

func (c positionCmd) Run(p *program) error {
	id, err := processName(c.Process)
	if err != nil {
		return err
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	clause, err := clauseNamed(p, client, id, c.Clause)
	if err != nil {
		return err
	}
	body := api.TakingPosition{Position: consent.Position(c.Position), Note: c.Note, Audience: record.Audience(c.Audience)}
	if c.On != "" {
		body.On = record.NewRef("proposal", strings.TrimPrefix(c.On, "proposal/"))
	} else {
		var now api.Clause
		if err := client.Get(p.ctx, api.In(id, "clauses", clause), nil, &now); err != nil {
			return absentAs(err, c.Clause)
		}
		body.Fingerprint = now.Words[len(now.Words)-1].Fingerprint
	}
	return p.done(client, c.JSON, "said", api.In(id, "clauses", clause, "position"), body, string(id))
}
