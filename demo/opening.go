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
	o, err := read[opening](s.folder, "process.json")
	if err != nil {
		return err
	}
	s.meet(o)
	at := o.Opened
	next := func(item, by string) cue {
		c := cue{"process.json", item, at, by}
		at = at.Add(time.Second)
		return c
	}
	err = s.add(next(o.Title, o.By), "open", process.Open{
		Title: o.Title, Question: o.About, Audience: o.Audience, Source: o.Source,
		Rules: process.GroundRules{Regime: o.Regime, Languages: o.Languages, Kept: o.Kept, Principles: o.Rules},
	})
	heads := map[record.Seat]string{}
	for _, v := range o.Seats {
		if err != nil {
			return err
		}
		heads[v.Seat] = o.By
		src := v.Source
		if src.IsZero() {
			src = o.Source
		}
		err = s.add(next(string(v.Seat), o.By), "seat/"+string(v.Seat), process.Admit{
			Seat: v.Seat, Name: v.Name, Role: v.Role, Note: v.About, Audience: o.Audience, Source: src,
		})
	}
	slices.SortStableFunc(o.People, func(a, b person) int { return rank(a) - rank(b) })
	for _, p := range o.People {
		if err != nil {
			return err
		}
		err = s.add(next(p.ID, heads[p.Seat]), "person/"+p.ID, p.accredit(o.FullPowers))
		if p.Capacity == record.Head && o.By != keeper {
			heads[p.Seat] = p.ID
		}
	}
	return err
}

// meet learns whose process it is, and who acts in it for which seat.
func (s *script) meet(o opening) {
	s.process = o.ID
	roles := map[record.Seat]record.Role{}
	for _, v := range o.Seats {
		roles[v.Seat] = v.Role
		if v.Role == record.Chair {
			s.chair = v.Seat
		}
	}
	for _, p := range o.People {
		by := record.By{Seat: p.Seat, Person: p.ID, Capacity: p.Capacity}
		s.people[p.ID] = record.Actor{By: by, Role: roles[p.Seat]}
	}
}

// rank puts heads first: they accredit the others.
func rank(p person) int {
	if p.Capacity == record.Head {
		return 0
	}
	return 1
}

func (p person) accredit(all []powers) process.Accredit {
	var powers []string
	for _, f := range all {
		if f.Person == p.ID {
			powers = append(powers, fmt.Sprintf("%s; from %s until %s", f.May, f.From, f.Until))
		}
	}
	return process.Accredit{
		ID: p.ID, Seat: p.Seat, Name: p.Name, Office: p.Post, Capacity: p.Capacity,
		Languages: p.Languages, Powers: strings.Join(powers, "; "), Note: p.Note, Source: p.Source,
	}
}
