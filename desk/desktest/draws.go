// Package desktest makes random histories of all rooms, and takes from a history
// what a lens may not read: for the tests that hold what a lens is shown, at the
// desk or on a page, against the same with all else gone.
//
// It is for tests alone, and judges nothing: they compare. Read draws.go first;
// purge.go makes the other history.
package desktest

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"paraph/consent"
	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/record/roomtest"
	"paraph/sitting"
	"paraph/text"
)

// Draws makes random acts on few things, so that they meet each other: seats
// speak of what others hold in confidence, take ids that are taken where they do
// not see it, and clear, withdraw, carry and judge what is or is not theirs.
type Draws struct {
	*rapid.T
	Clauses []text.Clause // what the acts are on: those of the version "v1"
	By      record.Actor  // who acts

	next int // of the acts that follow each other in a bargain
}

// Source is what public acts are sourced with.
var Source = record.Source{Outlet: "The Courier", Title: "Talks go on", Date: "3 December 2025"}

// Draft is the text of the version "v1".
const Draft = `---
seats: RU, UA
---

1. The parties shall share the waters.

2. The parties [RU: may][UA: shall] measure the flow.

3. Disputes go to the commission.
`

// IDs are what things are called in random histories, all kinds of things alike.
// They are as long as a form's key must be, so that a form can meet them.
var IDs = []string{"aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "cccccccccccccccc"}

// Lenses lists the eyes of all who look: every role, and the public.
func Lenses() []record.Lens {
	return []record.Lens{roomtest.Chair.Lens(), roomtest.RU.Lens(), roomtest.UA.Lens(), roomtest.Observer.Lens(), {}}
}

// Opening lists the acts, all the chair's, that open a process known to an
// audience: with a chair, two parties and an observer, their heads, and one version of a text.
func Opening(to record.Audience) []any {
	acts := []any{process.Open{Title: "Talks", Rules: process.GroundRules{Regime: process.OnTheRecord}, Audience: to, Source: Source}}
	for _, a := range []record.Actor{roomtest.Chair, roomtest.RU, roomtest.UA, roomtest.Observer} {
		acts = append(acts,
			process.Admit{Seat: a.Seat, Name: "The seat " + string(a.Seat), Role: a.Role, Audience: to, Source: Source},
			process.Accredit{ID: a.Person, Seat: a.Seat, Name: "The head of " + string(a.Seat), Capacity: a.Capacity, Audience: to, Source: Source})
	}
	acts = append(acts, text.Issue{ID: "v1", Symbol: "REV.1", Class: text.ChairsText, Draft: Draft})
	return append(acts, bargaining()...)
}

func (d *Draws) one(label string, from ...string) string {
	return rapid.SampledFrom(from).Draw(d.T, label)
}

func (d *Draws) id() string { return d.one("id", IDs[0], IDs[0], IDs[1], IDs[1], IDs[2]) }

func (d *Draws) clause() text.Clause { return rapid.SampledFrom(d.Clauses).Draw(d.T, "clause") }

// Act draws an act and who asks for it.
func (d *Draws) Act() (record.Actor, any) {
	c, r, u := roomtest.Chair, roomtest.RU, roomtest.UA
	if rapid.IntRange(0, 2).Draw(d.T, "goes on") == 0 {
		return d.goesOn()
	}
	d.By = rapid.SampledFrom([]record.Actor{c, c, c, r, r, r, r, u, u, u, u, roomtest.Observer, roomtest.Keeper, d.member(r), d.member(u)}).Draw(d.T, "actor")
	return d.By, d.Own()
}

// Own draws one more act of the same actor.
func (d *Draws) Own() any {
	switch rapid.IntRange(0, 7).Draw(d.T, "room") {
	case 0, 1:
		return d.textAct()
	case 6, 7:
		return d.bargainAct()
	case 2:
		return d.consentAct()
	case 3:
		return d.sittingAct()
	case 4:
		return d.pressAct()
	}
	return d.processAct()
}

// member gives one of a delegation whom nobody has accredited, unless the history
// does, and whom it may strike again.
func (d *Draws) member(a record.Actor) record.Actor {
	a.Person, a.Capacity = d.id(), record.Member
	return a
}

func (d *Draws) processAct() any {
	seat := cmp.Or(d.By.Seat, "RU")
	switch rapid.IntRange(0, 9).Draw(d.T, "act") {
	case 0, 1:
		if d.By.Role == record.Chair {
			seat = d.party()
		}
		return process.Strike{Seat: seat, Person: d.one("person", append(IDs, d.By.Person, "p-ru")...), Source: Source}
	case 2:
		return process.Suspend{Seat: d.party(), Source: Source}
	case 3, 4:
		return process.Restore{Seat: d.party(), Source: Source}
	}
	a := process.Accredit{ID: d.id(), Seat: seat, Name: "A person", Capacity: record.Member, Audience: d.To(), Source: Source}
	if d.By.Role == record.Chair && rapid.Bool().Draw(d.T, "another's head") {
		a.Seat, a.Capacity = d.party(), record.Head
	}
	return a
}

// To draws an audience, mostly one that the actor reads.
func (d *Draws) To() record.Audience {
	all := []record.Audience{
		record.Public, record.Plenary, record.Parties, record.Offices("RU"), record.Offices("UA"), record.Internal("CH"),
		record.Internal("RU"), record.Internal("UA"), record.Internal("EU"), record.Bilateral("RU", "UA"), record.Bilateral("CH", "EU"),
	}
	if rapid.IntRange(0, 9).Draw(d.T, "anybody's") > 0 {
		all = slices.DeleteFunc(all, func(a record.Audience) bool { return !d.By.Lens().Reads(a) })
	}
	return rapid.SampledFrom(append(all, "")).Draw(d.T, "audience")
}

func (d *Draws) party() record.Seat {
	return record.Seat(d.one("seat", "RU", "UA", "EU", "CH"))
}

// reported is a seat for a keeper to report of; others speak for their own.
func (d *Draws) reported() record.Seat {
	if d.By.Role == record.Keeper {
		return d.party()
	}
	return ""
}

func (d *Draws) thing() record.Ref {
	// Proposals most of all: what is said of them reaches most pages.
	noun := d.one("noun", "clause", "proposal", "proposal", "proposal", "proposal", "version", "statement")
	if noun == "clause" {
		return record.NewRef(noun, d.clause().ID)
	}
	return record.NewRef(noun, d.id())
}

// when draws a time near that of the tests' records.
func (d *Draws) when() record.When {
	day := time.Date(2025, 12, 1, 9, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 3).Draw(d.T, "day"))
	if rapid.Bool().Draw(d.T, "exact") {
		return record.Exactly(day)
	}
	return record.Between(day, day.Add(24*time.Hour))
}

func (d *Draws) textAct() any {
	switch rapid.IntRange(0, 5).Draw(d.T, "act") {
	case 0:
		return text.Withdraw{Proposal: d.id(), Source: Source}
	case 1:
		return text.Clear{Proposal: d.id(), To: d.To(), Source: Source}
	case 2:
		return text.Issue{ID: d.id(), Symbol: d.one("symbol", "REV", "REV.2"), Class: text.NonPaper, Audience: d.To(), Source: Source,
			Draft: "1. The parties shall share " + d.one("words", "all", "some", "none") + " of the waters."}
	}
	c := d.clause()
	table := text.Table{ID: d.id(), Version: "v1", Kind: text.Amend, Clause: c.ID, For: d.reported(), Audience: d.To(), Source: Source}
	switch rapid.IntRange(0, 7).Draw(d.T, "kind") {
	case 0:
		table.Kind = text.Delete
	case 1:
		table.Kind, table.After = text.Move, d.clause().ID
	case 2:
		table.Kind, table.Clause, table.After = text.Insert, "", d.one("after", "", c.ID)
	}
	if table.Kind == text.Amend || table.Kind == text.Insert {
		table.Words = fmt.Sprint(c.Label, " The ", d.one("words", "lake", "river", "dam"), " is shared.")
	}
	return table
}

func (d *Draws) consentAct() any {
	if rapid.IntRange(0, 2).Draw(d.T, "give") == 0 {
		c := d.clause()
		return consent.Give{Clause: c.ID, Version: "v1", Fingerprint: c.Fingerprint,
			Level: rapid.SampledFrom(consent.Levels()).Draw(d.T, "level"), Audience: d.To(), Source: Source}
	}
	return consent.TakePosition{On: d.thing(), For: d.reported(), Position: rapid.SampledFrom(consent.Positions()).Draw(d.T, "position"),
		Audience: d.To(), Source: Source}
}

func (d *Draws) sittingAct() any {
	switch rapid.IntRange(0, 7).Draw(d.T, "act") {
	case 0:
		return sitting.Hold{ID: d.id(), Title: "A sitting", Kind: sitting.Informals, Place: "Zurich", Zone: "Europe/Zurich", Start: d.when(),
			Attendance: []sitting.Attender{{Seat: d.party(), Name: "A person", Capacity: record.Head}}, Audience: d.To(), Source: Source}
	case 1:
		return sitting.Conclude{Sitting: d.id(), Outcome: "none", Source: Source}
	case 2:
		return sitting.Carry{ID: d.id(), Message: d.id(), To: d.party()}
	case 3:
		return sitting.Acknowledge{Message: d.id()}
	case 4:
		return sitting.SetCondition{ID: d.id(), What: "Quiet", Due: d.when(), Audience: d.To(), Source: Source}
	case 5:
		return sitting.JudgeCondition{Condition: d.id(), Standing: sitting.Disputed, Source: Source}
	case 6:
		return sitting.Signal{ID: d.id(), Condition: d.id(), Words: "It may be.", Audience: d.To(), Source: Source}
	}
	return sitting.Send{ID: d.id(), To: d.party(), Words: "A word.", MayPass: []record.Seat{"RU", "UA"}, Audience: d.To()}
}

func (d *Draws) pressAct() any {
	switch rapid.IntRange(0, 4).Draw(d.T, "act") {
	case 0:
		return press.Record{ID: d.id(), Speaker: "A minister", Words: "We talk.", Sitting: d.one("sitting", "", IDs[0], IDs[1]), Said: d.when(),
			Audience: d.To(), Source: Source}
	case 1:
		return press.Claim{ID: d.id(), What: "The dam broke", By: "A mayor", Audience: d.To(), Source: Source}
	case 2:
		return press.Deny{Claim: d.id(), By: "A governor", Words: "It did not.", Source: Source}
	case 3:
		return press.Judge{Claim: d.id(), Standing: press.Confirmed, Source: Source}
	}
	return press.Leak{ID: d.id(), What: "A paper", Version: d.one("version", "", "v1", IDs[0]), Audience: d.To(), Source: Source}
}
