package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"paraph/desk"
	"paraph/people"
	"paraph/people/peopletest"
	"paraph/process"
	"paraph/record"
	"paraph/store/sqlite"
	"paraph/text"
)

// house is our server's people, and what of theirs who measures may have.
type house struct {
	register *people.Register
	close    func()
	Given
}

// Given is what a server gives to who measures it.
type Given struct {
	Addr     string
	Sessions [][]string // tokens, by seat: as many for each as the streams need
	Link     string     // of an invitation that asks for no words
	Leaked   []string   // links whose words nobody has told
}

// settle makes the people of the process, with n open sessions in each seat.
func settle(ctx context.Context, dir, url string, n int) (*house, error) {
	book, err := sqlite.OpenBook(filepath.Join(dir, "people.paraph"))
	if err != nil {
		return nil, err
	}
	r, err := people.New(book, people.Options{URL: url})
	if err != nil {
		book.Close()
		return nil, err
	}
	h := &house{register: r, close: func() { r.Close(); book.Close() }}
	for _, s := range seats {
		sessions, err := h.seat(ctx, s, n)
		if err != nil {
			h.close()
			return nil, err
		}
		h.Sessions = append(h.Sessions, sessions)
	}
	const leaked = 20
	for i := range leaked {
		_, secrets, err := r.Invite(ctx, "", people.Invited{}, fmt.Sprint("Guest ", i))
		if err != nil {
			h.close()
			return nil, err
		}
		h.Leaked = append(h.Leaked, secrets.Link)
	}
	first, err := r.First(ctx)
	h.Link = first.Link
	return h, err
}

// seat enrols who takes a seat, and signs in n times.
func (h *house) seat(ctx context.Context, s record.Seat, n int) (sessions []string, err error) {
	first, err := h.register.First(ctx)
	if err != nil {
		return nil, err
	}
	ticket, _, err := h.register.Enter(ctx, strings.TrimPrefix(first.Link, "/invitation/"), "")
	if err != nil {
		return nil, err
	}
	options, err := h.register.BeginEnrolment(ctx, ticket, "Head of "+string(s), "")
	if err != nil {
		return nil, err
	}
	device := peopletest.NewAuthenticatorFor(h.register)
	made, err := device.Create(options)
	if err != nil {
		return nil, err
	}
	token, err := h.register.FinishEnrolment(ctx, ticket, made)
	if err != nil {
		return nil, err
	}
	who, err := h.register.Session(ctx, token)
	if err != nil {
		return nil, err
	}
	for sessions = []string{token}; len(sessions) < n && err == nil; sessions = append(sessions, token) {
		token, err = device.TrySignIn(h.register)
	}
	if err != nil {
		return nil, err
	}
	return sessions, h.register.Take(ctx, people.Place{Process: talks, Person: person(s), Account: who.Account})
}

// talks is the process that everybody is in, through one of twelve seats.
const talks record.ProcessID = "talks"

var seats = []record.Seat{"CH", "P01", "P02", "P03", "P04", "P05", "P06", "P07", "P08", "P09", "P10", "OB"}

func role(s record.Seat) record.Role {
	switch s {
	case "CH":
		return record.Chair
	case "OB":
		return record.Observer
	}
	return record.Party
}

// person is the head of a delegation, who signs in for its seat.
func person(s record.Seat) string { return "head-of-" + strings.ToLower(string(s)) }

// lay opens the process and puts a text on the table.
func lay(ctx context.Context, d *desk.Desk, clauses int) error {
	by := record.Actor{By: record.By{Seat: "CH", Capacity: record.Head}, Role: record.Chair}
	acts := []any{process.Open{Title: "A long text", Rules: process.GroundRules{Regime: process.OnTheRecord}}}
	for _, s := range seats {
		acts = append(acts, process.Admit{Seat: s, Name: "Delegation " + string(s), Role: role(s)},
			process.Accredit{ID: person(s), Seat: s, Name: "Head of " + string(s), Capacity: record.Head})
	}
	named := make([]string, len(seats))
	for i, s := range seats {
		named[i] = string(s)
	}
	var draft strings.Builder
	draft.WriteString("---\nseats: " + strings.Join(named, ", ") + "\n---\n\n") // as who sits there would be named in any text
	for i := range clauses {
		fmt.Fprintf(&draft, "%d. The Parties [shall][should] share the waters of basin %d, with due regard to those who live by them.\n\n", i+1, i)
	}
	acts = append(acts, text.Issue{ID: "long", Symbol: "L/1", Class: text.ChairsText, Title: "A long text", Draft: draft.String()})
	for i, act := range acts {
		if _, err := d.Do(ctx, talks, by, fmt.Sprint("lay-", i), act); err != nil {
			return err
		}
	}
	return nil
}
