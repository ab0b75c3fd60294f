package main

import (
	"slices"

	"github.com/alecthomas/kong"
)

type helpCmd struct {
	Command []string `arg:"" optional:"" help:"The command to tell of, or config for all settings; every command when none is named."`
}

func (helpCmd) Help() string {
	return `Examples:

    paraph help
    paraph help compile
    paraph help config`
}

func (c helpCmd) Run(p *program) error {
	if len(c.Command) == 1 && c.Command[0] == configTopic {
		p.config()
		return nil
	}
	if len(c.Command) > 0 && !slices.ContainsFunc(commands(p.grammar.Model), func(n *kong.Node) bool { return n.Name == c.Command[0] }) {
		return usagef("there is no command %q", c.Command[0])
	}
	_, err := p.grammar.Parse(append(c.Command, "--help"))
	if err != nil {
		return usageError{err.Error()}
	}
	return nil
}
