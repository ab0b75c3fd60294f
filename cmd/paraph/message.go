package main

import (
	"strings"

	"paraph/api"
	"paraph/record"
)

type messageCmd struct {
	remoteFlags
	To       string   `placeholder:"SEAT" help:"The seat that it is meant for in the end; the chair when not given."`
	MayPass  []string `placeholder:"SEATS" help:"The seats to which the chair may carry it, with commas between."`
	PassOn   string   `placeholder:"WORDS" help:"The words that the chair may carry; all when not given."`
	Withhold string   `placeholder:"WORDS" help:"What the chair must keep to itself."`
	JSON     bool     `name:"json" help:"Print as JSON, as the server says it."`
	Process  string   `arg:"" help:"The process."`
	File     string   `arg:"" name:"words" help:"The file with the words."`
}

func (messageCmd) Help() string {
	return `A party's message goes to the chair, in confidence; the chair's to the seat named.

Examples:

    paraph message --server https://talks.example.org --token-file token vesna words.txt
    echo "Could the mean be daily?" | paraph message vesna --may-pass DOR --pass-on "A daily mean is not excluded." -
    paraph message vesna --to KEL question.txt`
}

func (c messageCmd) Run(p *program) error {
	id, err := processName(c.Process)
	if err != nil {
		return err
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	words, err := p.text(c.File)
	if err != nil {
		return err
	}
	body := api.Sending{To: record.Seat(c.To), Words: strings.TrimSpace(words), PassOn: c.PassOn, Withhold: c.Withhold}
	for _, s := range c.MayPass {
		body.MayPass = append(body.MayPass, record.Seat(strings.TrimSpace(s)))
	}
	return p.done(client, c.JSON, "sent", api.In(id, "messages"), body, string(id))
}
