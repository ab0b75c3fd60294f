package main

import "paraph/api"

type withdrawCmd struct {
	remoteFlags
	Reason   string `placeholder:"WORDS" help:"Why."`
	JSON     bool   `name:"json" help:"Print as JSON, as the server says it."`
	Process  string `arg:"" help:"The process."`
	Proposal string `arg:"" help:"The id of the proposal."`
}

func (withdrawCmd) Help() string {
	return `The proposal is taken back wherever it stands. The record keeps that it was made.

Examples:

    paraph withdraw --server https://talks.example.org --token-file token vesna kel-winter-long
    paraph withdraw vesna kel-winter-long --reason "Overtaken by the third round."`
}

func (c withdrawCmd) Run(p *program) error {
	id, err := processName(c.Process)
	if err != nil {
		return err
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	return p.done(client, c.JSON, "withdrawn", api.In(id, "proposals", c.Proposal, "withdraw"), api.Withdrawing{Reason: c.Reason}, c.Proposal)
}
