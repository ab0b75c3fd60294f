package demo

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"paraph/bargain"
	"paraph/record"
	"paraph/veto"
)

// The bargaining stands a little after the outlines were sent, a minute apart.
var bargained = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// bargaining makes issues out of those that the outlines decide, tables the
// first outline as a package, and opens two sealed tests of it: in one a party
// has yet to join, in the other one has yet to open.
func (s *script) bargaining() error {
	const file = "packages.json"
	b, err := read[outlines](s.folder, file)
	if err != nil || len(b.Packages) == 0 {
		return err
	}
	first := b.Packages[0]
	steps := 0
	then := func(by, key string, act any) {
		c := cue{file, first.ID, bargained.Add(time.Duration(steps) * time.Minute), by}
		steps++
		if err == nil {
			err = s.add(c, "bargain/"+key, act)
		}
	}
	p := bargain.TablePackage{ID: s.folder + "-first-package", Title: first.Title, Note: first.Words, Between: first.To}
	for _, is := range b.Issues {
		a := bargain.MakeIssue{ID: "issue-" + is.ID, Name: is.Title, Note: "On " + is.where() + "."}
		for _, o := range is.Options {
			a.Options = append(a.Options, bargain.Option{Name: o.Words})
		}
		then(first.By, a.ID, a)
		at := slices.IndexFunc(is.Options, func(o option) bool { return o.ID == first.Choices[is.ID] })
		p.Choices = append(p.Choices, bargain.Choice{Issue: a.ID, Option: at})
	}
	then(first.By, p.ID, p)
	fund := bargain.OpenTest{ID: s.folder + "-fund-test", Question: "Could you live with this package, if the Fund's shares stay equal?",
		Package: p.ID, Revision: 1, Asked: first.To}
	winter := bargain.OpenTest{ID: s.folder + "-winter-test", Question: "Could you live with an hourly limit of sixty, if the arbiter is for the winter alone?", Asked: first.To}
	then(first.By, fund.ID, fund)
	then(first.By, winter.ID, winter)
	heads := s.heads(first.To)
	last := len(heads) - 1
	for i, by := range heads {
		then(by, "join/"+winter.ID+"/"+by, bargain.Join{Test: winter.ID, Chance: s.dice(winter.ID + by)})
		if i < last {
			then(by, "join/"+fund.ID+"/"+by, bargain.Join{Test: fund.ID, Chance: s.dice(fund.ID + by)})
		}
	}
	for i, by := range heads {
		then(by, "answer/"+winter.ID+"/"+by, bargain.Answer{Test: winter.ID, Yes: i > 0, Chance: s.dice("answer" + by)})
	}
	for _, by := range heads[:last] {
		then(by, "open/"+winter.ID+"/"+by, bargain.Open{Test: winter.ID})
	}
	return err
}

// heads gives the heads of the delegations of seats; the last is Dorvane's, who
// is asked by the tests of the interface.
func (s *script) heads(seats []record.Seat) []string {
	var out []string
	for _, seat := range seats {
		for id, who := range s.people {
			if who.Seat == seat && who.Capacity == record.Head {
				out = append(out, id)
			}
		}
	}
	slices.SortFunc(out, func(a, b string) int { return strings.Compare(string(s.people[b].Seat), string(s.people[a].Seat)) })
	return out
}

// dice gives what the steps of the tests are made of. They are the same in every
// copy of the example, which keeps no secrets.
func (s *script) dice(of string) []byte {
	return bytes.Repeat([]byte(s.folder+"/"+of), veto.ChanceSize)[:veto.ChanceSize]
}
