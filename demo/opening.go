package demo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"paraph/process"
	"paraph/record"
)

// opening opens the process, gives the seats and accredits the delegations:
// their heads by who opens, all others by their head.
func (s *script) opening() error {
	const file = "process.json"
	o, err := read[opening](s.folder, file)
	if err != nil {
		return err
	}
	s.process = o.ID
	roles := map[record.Seat]record.Role{}
	heads := map[record.Seat]string{}
	for _, v := range o.Seats {
		roles[v.Seat] = v.Role
		if v.Role == record.Chair {
			s.chair = v.Seat
		}
	}
	for _, p := range o.People {
		s.people[p.ID] = record.Actor{
			By:   record.By{Seat: p.Seat, Person: p.ID, Capacity: p.Capacity},
			Role: roles[p.Seat],
		}
		if p.Capacity == record.Head {
			heads[p.Seat] = p.ID
		}
	}

	at := o.Opened
	next := func(item, by string) cue {
		c := cue{file, item, at, by}
		at = at.Add(time.Second)
		return c
	}
	err = s.add(next(o.Title, o.By), "open", process.Open{
		Title: o.Title, Question: o.About, Audience: o.Audience, Source: o.Source,
		Rules: process.GroundRules{Regime: o.Regime, Languages: o.Languages, Kept: o.Kept, Principles: o.Rules},
	})
	if err != nil {
		return err
	}
	for _, v := range o.Seats {
		src := v.Source
		if src.IsZero() {
			src = o.Source
		}
		err := s.add(next(string(v.Seat), o.By), "seat/"+string(v.Seat), process.Admit{
			Seat: v.Seat, Name: v.Name, Role: v.Role, Note: v.About, Audience: o.Audience, Source: src,
		})
		if err != nil {
			return err
		}
	}
	slices.SortStableFunc(o.People, func(a, b person) int { return rank(a) - rank(b) })
	for _, p := range o.People {
		by := o.By
		if by != keeper && p.Capacity != record.Head && heads[p.Seat] != "" {
			by = heads[p.Seat]
		}
		if err := s.add(next(p.ID, by), "person/"+p.ID, p.accredit(o.FullPowers)); err != nil {
			return err
		}
	}
	return nil
}

// rank puts heads first: they accredit the others.
func rank(p person) int {
	if p.Capacity == record.Head {
		return 0
	}
	return 1
}

func (p person) accredit(all []powers) process.Accredit {
	var notes []string
	if p.Note != "" {
		notes = append(notes, p.Note)
	}
	if len(p.Languages) > 0 {
		notes = append(notes, strings.Join(p.Languages, ", ")+".")
	}
	for _, f := range all {
		if f.Person == p.ID {
			notes = append(notes, fmt.Sprintf("Full powers from %s until %s: %s.", f.From, f.Until, f.May))
		}
	}
	return process.Accredit{
		ID: p.ID, Seat: p.Seat, Name: p.Name, Office: p.Post, Capacity: p.Capacity,
		Note: strings.Join(notes, " "), Source: p.Source,
	}
}
