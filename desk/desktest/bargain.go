package desktest

import (
	"fmt"
	"math/big"
	"slices"

	"pgregory.net/rapid"

	"paraph/bargain"
	"paraph/record"
	"paraph/record/roomtest"
	"paraph/settle"
	"paraph/veto"
)

// bargaining lists acts of the chair's from which a bargain goes on: two issues,
// a package, and a sealed test of it.
func bargaining() []any {
	options := []bargain.Option{{Name: "one"}, {Name: "another"}}
	return []any{
		bargain.MakeIssue{ID: IDs[0], Name: "Who measures", Options: options},
		bargain.MakeIssue{ID: IDs[1], Name: "Who pays", Options: options},
		bargain.TablePackage{ID: IDs[0], Title: "A first", Choices: []bargain.Choice{{Issue: IDs[0]}, {Issue: IDs[1], Option: 1}}, Between: []record.Seat{"RU", "UA"}},
		bargain.OpenTest{ID: IDs[0], Question: "Could you live with it?", Package: IDs[0], Revision: 1, Asked: []record.Seat{"RU", "UA"}},
	}
}

// goesOn draws the next act of a bargain, which a party does: most histories
// come some way through them, between other acts.
func (d *Draws) goesOn() (record.Actor, any) {
	r, u := roomtest.RU, roomtest.UA
	// Steps of the test are dear (powers of 3,072 bits), so few histories take them.
	if d.next == 0 && rapid.IntRange(0, 9).Draw(d.T, "by the test") == 0 {
		d.next = 6
	}
	at := d.next % 12
	d.next++
	if d.next == 6 && at < 6 {
		d.next = 0
	}
	d.By = []record.Actor{r, r, u, u, r, u}[at%6]
	lend := bargain.Lend{Grain: rapid.SampledFrom(bargain.Grains()).Draw(d.T, "grain")}
	respond := bargain.RespondPackage{Package: IDs[0], Revision: 1, Response: bargain.Accept, Audience: d.To()}
	switch at {
	case 0, 2:
		return d.By, d.prefer()
	case 1, 3:
		return d.By, lend
	case 4, 5:
		return d.By, respond
	}
	d.By = []record.Actor{r, u}[at%2]
	switch {
	case at < 8:
		return d.By, bargain.Join{Test: IDs[0], Chance: d.chance()}
	case at < 10:
		return d.By, bargain.Answer{Test: IDs[0], Yes: rapid.Bool().Draw(d.T, "yes"), Chance: d.chance()}
	}
	return d.By, bargain.Open{Test: IDs[0]}
}

// bargainAct draws an act of the bargain room: on few issues, packages and tests,
// all of which are called alike, so that acts meet what others hold.
func (d *Draws) bargainAct() any {
	if d.By.Role == record.Chair {
		return d.chairBargains()
	}
	switch rapid.IntRange(0, 10).Draw(d.T, "act") {
	case 0, 1:
		return d.prefer()
	case 2:
		return bargain.Lend{Grain: rapid.SampledFrom(bargain.Grains()).Draw(d.T, "grain")}
	case 3:
		return bargain.Revoke{}
	case 4:
		return bargain.RespondPackage{Package: d.id(), Revision: rapid.IntRange(1, 2).Draw(d.T, "revision"),
			Response: rapid.SampledFrom([]bargain.Response{bargain.Accept, bargain.Decline}).Draw(d.T, "response"), Audience: d.To()}
	case 5:
		return bargain.Join{Test: d.id(), Chance: d.chance()}
	case 6:
		return bargain.Answer{Test: d.id(), Yes: rapid.Bool().Draw(d.T, "yes"), Chance: d.chance()}
	case 7:
		return bargain.Open{Test: d.id()}
	case 8:
		return bargain.PlaceSecrets{Elsewhere: rapid.Bool().Draw(d.T, "elsewhere")}
	}
	return d.packageAct()
}

func (d *Draws) chairBargains() any {
	switch rapid.IntRange(0, 8).Draw(d.T, "act") {
	case 0, 1:
		return d.issue()
	case 2:
		return bargain.DropIssue{Issue: d.id()}
	case 3:
		return bargain.AddRule{ID: d.id(), If: d.choices(), Then: d.choices(), Audience: d.To()}
	case 4:
		return bargain.DropRule{Rule: d.id()}
	case 5:
		return d.test()
	}
	return d.packageAct()
}

func (d *Draws) packageAct() any {
	switch rapid.IntRange(0, 5).Draw(d.T, "package") {
	case 0:
		return bargain.AmendPackage{Package: d.id(), Choices: d.choices(), If: d.conditions()}
	case 1:
		return bargain.WithdrawPackage{Package: d.id()}
	case 2:
		return d.test()
	}
	return bargain.TablePackage{ID: d.id(), Title: "A package", Choices: d.choices(), If: d.conditions(),
		Between: []record.Seat{"RU", "UA"}, Audience: d.To()}
}

// issue is one of two that lie near: out of the bracket of the second clause, or
// without text.
func (d *Draws) issue() any {
	a := bargain.MakeIssue{ID: d.id(), Name: "An issue", Options: []bargain.Option{{Name: "one"}, {Name: "another"}},
		Audience: rapid.SampledFrom([]record.Audience{"", record.Parties, record.Plenary, d.To()}).Draw(d.T, "for")}
	all, err := bargain.Brackets(d.Clauses[1].ID, "v1", "2. The parties [RU: may][UA: shall] measure the flow.", []record.Seat{"RU", "UA"})
	if err == nil && len(all) > 0 && rapid.Bool().Draw(d.T, "of the text") {
		a.Brackets, a.Options = []bargain.Bracket{all[0].Bracket}, nil
	}
	return a
}

// prefer gives two options of each of some issues a worth.
func (d *Draws) prefer() any {
	issues := slices.Clone(IDs[:rapid.SampledFrom([]int{2, 2, 2, 2, 0, 1, 3}).Draw(d.T, "issues")])
	a := bargain.Prefer{Issues: issues, Method: "weights", Party: settle.Party{Reservation: big.NewRat(2, 1)}}
	for range issues {
		worth := func(label string) *big.Rat { return big.NewRat(rapid.Int64Range(0, 9).Draw(d.T, label), 1) }
		a.Party.Worth = append(a.Party.Worth, []*big.Rat{worth("one"), worth("another")})
	}
	return a
}

func (d *Draws) test() any {
	a := bargain.OpenTest{ID: d.id(), Question: "Could you live with this?", Asked: []record.Seat{"RU", "UA"}, If: d.conditions(),
		Audience: rapid.SampledFrom([]record.Audience{"", record.Parties, record.Bilateral("RU", "UA"), d.To()}).Draw(d.T, "before")}
	if rapid.Bool().Draw(d.T, "of a package") {
		a.Package, a.Revision = d.id(), 1
	}
	return a
}

func (d *Draws) choices() (out []bargain.Choice) {
	for _, id := range IDs[:rapid.SampledFrom([]int{2, 2, 3}).Draw(d.T, "issues")] {
		if o := rapid.IntRange(-1, 1).Draw(d.T, "option"); o >= 0 {
			out = append(out, bargain.Choice{Issue: id, Option: o})
		}
	}
	return out
}

func (d *Draws) conditions() []bargain.Condition {
	switch rapid.IntRange(0, 3).Draw(d.T, "condition") {
	case 0:
		c := d.clause()
		return []bargain.Condition{{Clause: c.ID, Version: "v1", Fingerprint: c.Fingerprint}}
	case 1:
		return []bargain.Condition{{Package: d.id()}}
	}
	return nil
}

// chance is what a step of a sealed test is made of, here one of few.
func (d *Draws) chance() []byte {
	n := rapid.IntRange(0, 1_000_000).Draw(d.T, "chance")
	return fmt.Appendf(nil, "%0*d", veto.ChanceSize, n)
}
