package demo

import (
	"fmt"
	"strings"
	"time"

	"paraph/fault"
	"paraph/record"
	"paraph/sitting"
)

func (s *script) messages() error {
	const file = "messages.json"
	all, err := read[[]message](s.folder, file)
	for _, m := range all {
		if err != nil {
			return err
		}
		var act any = sitting.Send{
			ID: m.ID, To: s.addressee(m.To), Words: m.Words, PassOn: m.MayPassOn, Withhold: m.NotToPassOn,
			MayPass: m.MayPassTo, Audience: m.Audience,
		}
		if m.Carries != "" {
			act = sitting.Carry{ID: m.ID, Message: m.Carries, To: m.To, Words: m.Words}
		}
		err = s.add(cue{file, m.ID, m.At, m.By}, "message/"+m.ID, act)
	}
	return err
}

// addressee names whom a message is for: nobody in particular is the chair.
func (s *script) addressee(to record.Seat) record.Seat {
	if to == s.chair {
		return ""
	}
	return to
}

// packages sends each outline to each party in confidence, in the same words.
func (s *script) packages() error {
	const file = "packages.json"
	b, err := read[outlines](s.folder, file)
	for _, p := range b.Packages {
		if err != nil {
			return err
		}
		c := cue{file, p.ID, p.At, p.By}
		words, wrong := p.spell(b.Issues)
		err = s.wrong(c, wrong)
		for i, to := range p.To {
			if err != nil {
				return err
			}
			c.at = p.At.Add(time.Duration(i) * time.Second)
			id := p.ID + "-" + strings.ToLower(string(to))
			err = s.add(c, "message/"+id, sitting.Send{ID: id, To: to, Words: words, Audience: record.Offices(to)})
		}
	}
	return err
}

// where names the clauses of an issue.
func (is issue) where() string {
	var names []string
	for _, path := range is.Clauses {
		names = append(names, spoken(path))
	}
	return strings.Join(names, "; ")
}

// spell writes a package out, issue by issue.
func (p outline) spell(issues []issue) (string, error) {
	lines := []string{p.Title + ". " + p.Words}
	for _, is := range issues {
		found := false
		for _, o := range is.Options {
			if o.ID == p.Choices[is.ID] {
				lines = append(lines, fmt.Sprintf("%s (%s): %s.", is.Title, is.where(), o.Words))
				found = true
			}
		}
		if !found {
			return "", fault.Invalid("no option is chosen for the issue %q", is.ID)
		}
	}
	return strings.Join(lines, "\n\n"), nil
}

func (s *script) meetings() error {
	const file = "sittings.json"
	all, err := read[[]meeting](s.folder, file)
	var o opening
	if err == nil {
		o, err = read[opening](s.folder, "process.json")
	}
	for _, m := range all {
		if err != nil {
			return err
		}
		c := cue{file, m.ID, m.At, m.By}
		act, wrong := m.hold(o.People)
		if err = s.wrong(c, wrong); err == nil {
			err = s.add(c, "sitting/"+m.ID, act)
		}
	}
	return err
}

func (m meeting) hold(people []person) (sitting.Hold, error) {
	a := sitting.Hold{
		ID: m.ID, Title: m.Title, Kind: m.Form, Round: m.Round, Place: m.Place, Zone: m.Start.Zone,
		Languages: m.Languages, Confidentiality: m.Confidentiality, Outcome: m.Outcome,
		Note: m.Note, Audience: m.Audience, Source: m.Source,
	}
	byID := map[string]person{}
	for _, p := range people {
		byID[p.ID] = p
	}
	for _, p := range m.Attendance {
		known := byID[p.Person]
		if known.Seat != p.Seat {
			return a, fault.Invalid("%q is not accredited for %s", p.Person, p.Seat)
		}
		a.Attendance = append(a.Attendance, sitting.Attender{
			Seat: p.Seat, Person: p.Person, Name: known.Name, Office: known.Post, Capacity: p.Capacity, Remote: p.Remote,
		})
	}
	for _, i := range m.Interpretation {
		a.Interpretation = append(a.Interpretation, sitting.Interpreting{Person: i.Person, Between: i.Between})
	}
	var err error
	if a.Start, err = m.Start.when(); err == nil {
		a.End, err = m.End.when()
	}
	return a, err
}

func (s *script) conditions() error {
	const file = "conditions.json"
	all, err := read[[]condition](s.folder, file)
	for _, v := range all {
		if err != nil {
			return err
		}
		c := cue{file, v.ID, v.At, v.By}
		act, wrong := v.set()
		if err = s.wrong(c, wrong); err == nil {
			err = s.add(c, "condition/"+v.ID, act)
		}
		for i, j := range v.States {
			if err != nil {
				return err
			}
			c := cue{file, fmt.Sprintf("%s: %s", v.ID, j.State), j.At, j.By}
			err = s.add(c, fmt.Sprintf("condition/%s/%d", v.ID, i+1), sitting.JudgeCondition{
				Condition: v.ID, Standing: j.State, Note: j.Note, Source: v.Source,
			})
		}
	}
	return err
}

func (v condition) set() (sitting.SetCondition, error) {
	due, err := v.Due.when()
	a := sitting.SetCondition{
		ID: v.ID, What: v.Words, ForStep: v.Before, Due: due, StatedBy: v.StatedBy, Audience: v.Audience, Source: v.Source,
	}
	if v.By == keeper {
		a.For = v.SetBy
	}
	return a, err
}
