package api

import (
	"net/http"
	"slices"
	"time"

	"paraph/record"
	"paraph/sitting"
)

// Sittings lists sittings.
type Sittings struct {
	Sittings []Sitting `json:"sittings" about:"By their start; those without one last."`
}

// Sitting is one meeting.
type Sitting struct {
	ID              string          `json:"id"`
	Title           string          `json:"title"`
	Kind            sitting.Kind    `json:"kind"`
	Round           int             `json:"round,omitempty" about:"From 1; left out when it belongs to no round."`
	Place           string          `json:"place,omitempty"`
	Zone            string          `json:"zone,omitempty" about:"IANA name of the place's time zone."`
	Start           When            `json:"start"`
	End             *When           `json:"end,omitempty" about:"Left out for one that has not ended, or whose end nobody tells."`
	Unresolved      bool            `json:"unresolved" about:"Its start is not known, or in doubt."`
	Attendance      []Attender      `json:"attendance"`
	Languages       []string        `json:"languages"`
	Interpretation  []Interpreting  `json:"interpretation"`
	Agenda          []string        `json:"agenda"`
	Confidentiality string          `json:"confidentiality,omitempty" about:"What was agreed on telling others of it."`
	Outcome         string          `json:"outcome,omitempty"`
	Note            string          `json:"note,omitempty"`
	Seat            record.Seat     `json:"seat" about:"Who entered it; empty for a keeper."`
	At              time.Time       `json:"at" about:"When it was entered."`
	Concluded       time.Time       `json:"concluded,omitzero" about:"When its outcome was entered last; left out when never."`
	Audience        record.Audience `json:"audience"`
	Source          *Source         `json:"source,omitempty"`
	OutcomeSource   *Source         `json:"outcome_source,omitempty"`
}

// Attender is one person at a sitting.
type Attender struct {
	Seat     record.Seat     `json:"seat,omitempty" about:"Left out for one who sits for no seat."`
	Person   string          `json:"person,omitempty" about:"The id of an accredited person, when it is one."`
	Name     string          `json:"name,omitempty" about:"Left out for one who is not named."`
	Office   string          `json:"office,omitempty"`
	Capacity record.Capacity `json:"capacity,omitempty"`
	Remote   bool            `json:"remote,omitempty"`
}

// Interpreting is who interpreted between which languages.
type Interpreting struct {
	Person  string   `json:"person,omitempty" about:"The id of an accredited person, when it is one."`
	Between []string `json:"between,omitempty"`
}

// Conditions lists conditions for a next step.
type Conditions struct {
	Conditions []Condition `json:"conditions" about:"In the order in which they were set."`
}

// Condition is what must hold before a next step.
type Condition struct {
	ID       string           `json:"id"`
	What     string           `json:"what"`
	ForStep  string           `json:"for_step,omitempty" about:"The step that waits for it."`
	Seat     record.Seat      `json:"seat" about:"Whose condition it is; may be empty when a keeper entered it."`
	StatedBy string           `json:"stated_by,omitempty" about:"The person who stated it."`
	Due      *When            `json:"due,omitempty"`
	Standing sitting.Standing `json:"standing" about:"By the latest judgement."`
	At       time.Time        `json:"at"`
	Audience record.Audience  `json:"audience"`
	Source   *Source          `json:"source,omitempty"`
	History  []Judgement      `json:"history" about:"The oldest first."`
	Signals  []Signal         `json:"signals" about:"The oldest first."`
}

// Judgement is one word on how a condition stands.
type Judgement struct {
	Standing sitting.Standing `json:"standing"`
	Note     string           `json:"note,omitempty"`
	Seat     record.Seat      `json:"seat" about:"Who judged; empty for a keeper."`
	At       time.Time        `json:"at"`
	Source   *Source          `json:"source,omitempty"`
}

// Signal is a sign that a condition may be met. It judges nothing.
type Signal struct {
	ID       string          `json:"id"`
	Words    string          `json:"words"`
	Seat     record.Seat     `json:"seat" about:"Who gave it; may be empty when a keeper entered it."`
	At       time.Time       `json:"at"`
	Audience record.Audience `json:"audience"`
	Source   *Source         `json:"source,omitempty"`
}

// Messages is the ledger of messages, as far as the lens reads it.
type Messages struct {
	Messages []Message `json:"messages" about:"The newest first."`
}

// Message is one message between seats. One that the chair carried reads, to the
// seat that receives it, as any other of the chair's.
type Message struct {
	ID           string          `json:"id"`
	From         record.Seat     `json:"from"`
	To           record.Seat     `json:"to" about:"The seat that it is meant for in the end; empty for the chair."`
	Words        string          `json:"words"`
	MayPass      []record.Seat   `json:"may_pass" about:"The seats to which the chair may carry it."`
	PassOn       string          `json:"pass_on,omitempty" about:"The words that the chair may carry; left out for all."`
	Withhold     string          `json:"withhold,omitempty" about:"What the chair must keep to itself."`
	At           time.Time       `json:"at"`
	By           By              `json:"by"`
	Audience     record.Audience `json:"audience"`
	Acknowledged []Receipt       `json:"acknowledged" about:"Who said that it arrived, in order."`
	Origin       string          `json:"origin,omitempty" about:"On the chair's ledger alone: the id of the message that this one carries on."`
	Carried      []string        `json:"carried,omitempty" about:"On the chair's ledger alone: ids of the messages that carried this one on."`
}

// Receipt is one seat's word that a message arrived.
type Receipt struct {
	Seat record.Seat `json:"seat"`
	At   time.Time   `json:"at"`
}

func seeSittings(v sight, _ *http.Request) (any, error) {
	return Sittings{each(sitting.SeeSittings(v.Sitting), sittingOf)}, nil
}

func seeSitting(v sight, r *http.Request) (any, error) {
	found, there := sitting.SeeSitting(v.Sitting, r.PathValue("sitting"))
	if !there {
		return nil, missing()
	}
	return sittingOf(found), nil
}

func seeConditions(v sight, _ *http.Request) (any, error) {
	return Conditions{each(sitting.SeeConditions(v.Sitting), conditionOf)}, nil
}

func seeMessages(v sight, _ *http.Request) (any, error) {
	out := each(sitting.SeeMessages(v.Sitting), messageOf)
	slices.Reverse(out)
	return Messages{out}, nil
}

func sittingOf(s sitting.SittingView) Sitting {
	return Sitting{
		ID: s.ID, Title: s.Title, Kind: s.Kind, Round: s.Round, Place: s.Place, Zone: s.Zone, Start: whenOf(s.Start), End: maybe(s.End),
		Unresolved: s.Unresolved, Languages: list(s.Languages), Agenda: list(s.Agenda),
		Attendance: each(s.Attendance, func(a sitting.Attender) Attender {
			return Attender{a.Seat, a.Person, a.Name, a.Office, a.Capacity, a.Remote}
		}),
		Interpretation:  each(s.Interpretation, func(i sitting.Interpreting) Interpreting { return Interpreting{i.Person, i.Between} }),
		Confidentiality: s.Confidentiality, Outcome: s.Outcome, Note: s.Note, Seat: s.Seat, At: utc(s.At), Concluded: utc(s.Concluded),
		Audience: s.Audience, Source: sourceOf(s.Source), OutcomeSource: sourceOf(s.OutcomeSource),
	}
}

// maybe gives a time, or nil when nothing at all is said.
func maybe(w record.When) *When {
	if w.IsZero() {
		return nil
	}
	out := whenOf(w)
	return &out
}

func conditionOf(c sitting.ConditionView) Condition {
	return Condition{
		ID: c.ID, What: c.What, ForStep: c.ForStep, Seat: c.Seat, StatedBy: c.StatedBy, Due: maybe(c.Due), Standing: c.Standing,
		At: utc(c.At), Audience: c.Audience, Source: sourceOf(c.Source),
		History: each(c.History, func(j sitting.Judgement) Judgement {
			return Judgement{j.Standing, j.Note, j.Seat, utc(j.At), sourceOf(j.Source)}
		}),
		Signals: each(c.Signals, func(s sitting.SignalView) Signal {
			return Signal{s.ID, s.Words, s.Seat, utc(s.At), s.Audience, sourceOf(s.Source)}
		}),
	}
}

func messageOf(m sitting.MessageView) Message {
	return Message{
		ID: m.ID, From: m.From, To: m.To, Words: m.Words, MayPass: list(m.MayPass), PassOn: m.PassOn, Withhold: m.Withhold, At: utc(m.At),
		By: byOf(m.By), Audience: m.Audience, Origin: m.Origin, Carried: m.Carried,
		Acknowledged: each(m.Acknowledged, func(r sitting.Receipt) Receipt { return Receipt{r.Seat, utc(r.At)} }),
	}
}
