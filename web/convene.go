package web

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"paraph/people"
	"paraph/process"
	"paraph/record"
)

// convene is the form on which somebody who may opens a process.
func (s *Server) convene(w http.ResponseWriter, r *http.Request) {
	c, err := s.caller(r)
	switch {
	case err != nil:
	case !c.signedIn():
		s.toDoor(w, r)
		return
	case !c.MayConvene:
		err = errAbsent
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	title, body, _ := convening(c, Form{Key: s.options.Key()})
	s.outer(w, r, http.StatusOK, title, body)
}

func convening(c caller, f Form) (string, templ.Component, error) {
	return "Open a process", convenePage(c.Name, f), nil
}

// open opens a process: the process, the chair's seat, and who opened it as head
// of that seat, all under keys that follow from the form's. Sent twice, it is
// done once; broken off, it goes on where it stopped.
func (s *Server) open(w http.ResponseWriter, r *http.Request) {
	s.acted(w, r, convening, func(ctx context.Context, c caller, f url.Values) (answer, error) {
		if !c.MayConvene {
			return answer{}, errAbsent
		}
		if len(f.Get("key")) < 16 {
			return answer{}, errBrief
		}
		p, person := newProcess(c.Account, f.Get("key")), derived("person", c.Account, f.Get("key"))
		seat, to := record.Seat(strings.TrimSpace(f.Get("seat"))), record.Audience(f.Get("audience"))
		by := record.Actor{By: record.By{Seat: seat, Person: person, Capacity: record.Head}, Role: record.Chair}
		acts := []process.Act{
			process.Open{
				Title: f.Get("title"), Question: f.Get("question"), Audience: to,
				Rules: process.GroundRules{Regime: process.Regime(f.Get("regime")), Languages: words(f.Get("languages")), Principles: lines(f.Get("principles"))},
			},
			process.Admit{Seat: seat, Name: f.Get("seat-name"), Role: record.Chair, Audience: to},
			process.Accredit{ID: person, Seat: seat, Name: c.Name, Capacity: record.Head},
		}
		if err := s.tryOpening(by, acts); err != nil {
			return answer{}, err
		}
		for i, act := range acts {
			if _, err := s.desk.Do(ctx, p, by, f.Get("key")+":"+[]string{"open", "admit", "accredit"}[i], act); err != nil {
				return answer{}, err
			}
		}
		return answer{to: processPath(p, "delegations?done=opened")}, s.take(ctx, people.Place{Process: p, Person: person, Account: c.Account})
	})
}

// take gives an account its place, unless it has it.
func (s *Server) take(ctx context.Context, own people.Place) error {
	if had, there, err := s.options.People.PlaceOf(ctx, own.Account, own.Process); err != nil || there && had == own {
		return err
	}
	return s.options.People.Take(ctx, own)
}

// tryOpening judges all acts that open a process before the first is done, so
// that a slip in the last does not leave half a process behind.
func (s *Server) tryOpening(by record.Actor, acts []process.Act) error {
	var state process.State
	at := s.options.Clock().UTC()
	for _, act := range acts {
		events, err := process.Decide(&state, by, at, act)
		if err != nil {
			return err
		}
		for _, ev := range events {
			body, err := record.Canonical(ev.Body)
			if err != nil {
				return err
			}
			process.Fold(&state, record.Entry{Audience: ev.Audience, At: at, Content: record.Content{
				Kind: ev.Kind, By: by.By, Makes: ev.Makes, Mentions: ev.Mentions, Body: body,
			}})
		}
	}
	return nil
}

// newProcess names a process. The name follows from the account and the form, so
// that the same form opens one process, and says nothing: not even the one who
// opens it can choose the name of another's.
func newProcess(account, key string) record.ProcessID {
	return record.ProcessID(derived("process", account, key))
}

func derived(what, account, key string) string {
	sum := sha256.Sum256([]byte("paraph:" + what + ":1\x00" + account + "\x00" + key))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:])[:26])
}

// words takes a list apart that is written with spaces or commas between.
func words(s string) []string { return strings.Fields(strings.ReplaceAll(s, ",", " ")) }

// lines takes a list apart that has one thing on each line.
func lines(s string) (out []string) {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
