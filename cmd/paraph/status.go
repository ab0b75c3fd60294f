package main

import (
	"cmp"
	"fmt"
	"strings"

	"paraph/api"
	"paraph/fault"
	"paraph/page"
	"paraph/record"
)

type statusCmd struct {
	remoteFlags
	JSON    bool   `name:"json" help:"Print as JSON, as the server says it."`
	Process string `arg:"" optional:"" help:"The process; all that you read anything of when none is named."`
}

func (statusCmd) Help() string {
	return `Examples:

    paraph status --server https://talks.example.org
    paraph status --server https://talks.example.org --token-file token vesna
    PARAPH_SERVER=https://talks.example.org PARAPH_TOKEN_FILE=token paraph status --json vesna`
}

// standing is what status prints of one process as JSON.
type standing struct {
	Process api.Process `json:"process"`
	Text    *api.Axes   `json:"text,omitempty"` // nil while there is none
}

func (c statusCmd) Run(p *program) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	if c.Process == "" {
		return c.list(p, client)
	}
	id, err := processName(c.Process)
	if err != nil {
		return err
	}
	var s standing
	if err := client.Get(p.ctx, api.In(id), nil, &s.Process); err != nil {
		return absentAs(err, string(id))
	}
	var text api.Axes
	switch err := client.Get(p.ctx, api.In(id, "standing"), nil, &text); {
	case err == nil:
		s.Text = &text
	case fault.KindOf(err) != fault.KindNotFound:
		return err
	}
	if c.JSON {
		return p.json(s)
	}
	s.print(p)
	return nil
}

func (c statusCmd) list(p *program, client *api.Client) error {
	var all api.Processes
	if err := client.Get(p.ctx, "/processes", nil, &all); err != nil {
		return err
	}
	if c.JSON {
		return p.json(all)
	}
	if len(all.Processes) == 0 {
		p.note("paraph: there is no process that you read anything of")
	}
	for _, one := range all.Processes {
		fmt.Fprintf(p.out, "%s  %s (%s)\n", one.ID, one.Title, sitsAs(one.You))
	}
	return nil
}

// sitsAs says who asks.
func sitsAs(y api.You) string {
	if y.Seat == "" {
		return "read as the public"
	}
	said := fmt.Sprintf("as %s, %s", y.Seat, y.Role)
	switch {
	case y.MayBind:
		return said + "; may act and bind"
	case y.MayAct:
		return said + "; may act"
	}
	return said + "; reads only"
}

func (s standing) print(p *program) {
	fmt.Fprintf(p.out, "%s (%s)\n", s.Process.Title, sitsAs(s.Process.You))
	if s.Text == nil {
		fmt.Fprintln(p.out, "There is no text yet.")
	} else {
		s.text(p, *s.Text)
	}
	fmt.Fprintln(p.out, "\nseats")
	for _, seat := range s.Process.Seats {
		note := ""
		if !seat.Suspended.IsZero() {
			note = ", suspended"
		}
		fmt.Fprintf(p.out, "  %-6s %-9s %s%s\n", seat.Seat, seat.Role, seat.Name, note)
	}
}

func (s standing) text(p *program, t api.Axes) {
	fmt.Fprintf(p.out, "%s, %s%s\n\n", t.Version.Symbol, t.Version.Class, dated(t.Version.Date))
	var figures table
	figures.row("text", "clean", "bracketed", "brackets", "contested words")
	for _, state := range []api.State{t.Issued, t.Now} {
		figures.row(state.Name, page.Figure(state.Clean), page.Figure(state.Bracketed), page.Figure(state.Counts.Brackets), page.Figure(state.Counts.ContestedWords))
	}
	figures.print(p)
	fmt.Fprintln(p.out, "\npositions, as last said")
	for _, n := range t.Positions {
		if n.Clauses+n.Proposals > 0 {
			fmt.Fprintf(p.out, "  %-14s %s, %s: %s\n", n.Position, plural(n.Clauses, "clause"), plural(n.Proposals, "proposal"), seatNames(n.Seats))
		}
	}
	fmt.Fprintln(p.out, "\nconsents")
	for _, n := range t.Consents {
		if n.Stand+n.Void > 0 {
			fmt.Fprintf(p.out, "  %-14s %s stand, %s void: %s\n", n.Level, page.Figure(n.Stand), page.Figure(n.Void), cmp.Or(seatNames(n.Seats), "nobody"))
		}
	}
}

func dated(date string) string {
	if date == "" {
		return ""
	}
	return " of " + date
}

func seatNames(seats []record.Seat) string {
	names := make([]string, len(seats))
	for i, s := range seats {
		names[i] = string(s)
	}
	return strings.Join(names, ", ")
}
