package main

import (
	"slices"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
)

// baseSeat is how the unattributed side of a text is called on the command
// line. No seat may have this name.
const baseSeat = "base"

type readCmd struct {
	seatsFlag
	remoteFlags
	As   string `required:"" placeholder:"SEAT" help:"Whose reading; base for the unattributed one, which is what lies on the table."`
	File string `arg:"" name:"rolling" help:"The rolling text."`
}

func (readCmd) Help() string {
	return `Where the seat holds words, those are read; else what nobody is named for; else nothing.

Examples:

    paraph read --as US rolling.md
    paraph read --as base rolling.md
    paraph compile --base base.md US=us.md RU=ru.md | paraph read --as RU -
    paraph read --server https://talks.example.org --token-file token --as KEL @vesna`
}

func (c readCmd) Run(p *program) error {
	p.remote = c.remoteFlags
	seats, err := c.declared()
	if err != nil {
		return err
	}
	s, err := p.parse(c.File, seats...)
	if err != nil {
		return err
	}
	seat := record.Seat(c.As)
	if c.As == baseSeat {
		seat = ""
	} else if !slices.Contains(s.Text.Front.Seats, seat) {
		return unknownSeat(s, seat)
	}
	reading := draft.Reading(s.Text, seat)
	if reading != "" && !strings.HasSuffix(reading, "\n") {
		reading += "\n"
	}
	_, err = p.out.WriteString(reading)
	return err
}

// unknownSeat says which seats there are.
func unknownSeat(s source, seat record.Seat) error {
	known := s.Text.Front.Seats
	if len(known) == 0 {
		return fault.Invalid("%s: there is no seat %q: the text declares none", s.Name, seat).
			With("name them with --seats, or with a line \"seats: US, RU\" in its front matter")
	}
	for _, k := range known {
		if strings.EqualFold(string(k), string(seat)) {
			return fault.Invalid("%s: there is no seat %q", s.Name, seat).With("did you mean %s?", k)
		}
	}
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = string(k)
	}
	return fault.Invalid("%s: there is no seat %q", s.Name, seat).With("its seats are %s", strings.Join(names, ", "))
}
