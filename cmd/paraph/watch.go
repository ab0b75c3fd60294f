package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"paraph/api"
	"paraph/desk"
	"paraph/fault"
)

type watchCmd struct {
	remoteFlags
	From    string `placeholder:"CURSOR" help:"Where to go on: the cursor of a move that was told before. Now when not given."`
	Once    bool   `help:"End after the first move."`
	JSON    bool   `name:"json" help:"Print each move as JSON, on one line."`
	Process string `arg:"" help:"The process."`
}

func (watchCmd) Help() string {
	return `Tells what has moved, of what you read, until it is interrupted; and takes the stream up again when it breaks off.

Examples:

    paraph watch --server https://talks.example.org --token-file token vesna
    paraph watch vesna --once && paraph brackets @vesna
    paraph watch vesna --json --from 1a2b3c`
}

// move is one move as watch prints it as JSON.
type move struct {
	Cursor desk.Cursor `json:"cursor"`
	api.Moved
}

var errOnce = errors.New("one move was told")

func (c watchCmd) Run(p *program) error {
	id, err := processName(c.Process)
	if err != nil {
		return err
	}
	client, err := c.client()
	if err != nil {
		return err
	}
	ctx, stop := p.untilInterrupted()
	defer stop()
	at := desk.Cursor(c.From)
	if at == "" {
		if at, err = client.Cursor(ctx, id); err != nil {
			return absentAs(err, string(id))
		}
	}
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := client.Watch(ctx, id, at, func(cursor desk.Cursor, m api.Moved) error {
			at, wait = cursor, time.Second
			if err := c.tell(p, move{cursor, m}); err != nil {
				return err
			}
			if c.Once {
				return errOnce
			}
			return nil
		})
		switch {
		case ctx.Err() != nil || errors.Is(err, errOnce):
			return nil
		case fault.KindOf(err) != fault.KindUnavailable:
			return absentAs(err, string(id))
		}
		p.note("paraph: %s", oneLine(err.Error()))
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil
		}
	}
}

// tell prints a move, at once.
func (c watchCmd) tell(p *program, m move) error {
	switch {
	case c.JSON:
		b, err := json.Marshal(m)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "%s\n", b)
	case m.All:
		fmt.Fprintln(p.out, "anything may have moved")
	default:
		fmt.Fprintf(p.out, "moved: %s\n", strings.Join(m.Touched, ", "))
	}
	return p.out.Flush()
}
