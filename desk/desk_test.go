package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"paraph/bargain"
	"paraph/consent"
	"paraph/desk/desktest"
	"paraph/press"
	"paraph/process"
	"paraph/record"
	"paraph/record/roomtest"
	"paraph/sitting"
	"paraph/store/sqlite"
	"paraph/text"
)

var ctx = context.Background()

// The people of the tests.
var (
	chair    = roomtest.Chair
	ru       = roomtest.RU
	ua       = roomtest.UA
	observer = roomtest.Observer
	keeper   = roomtest.Keeper
	outsider = roomtest.Outsider
)

func person(seat record.Seat, role record.Role) record.Actor {
	return roomtest.Person(seat, role, record.Head)
}

// ticking is a clock that goes on by a second each time it is asked.
func ticking() func() time.Time {
	var n atomic.Int64
	start := time.Date(2025, 12, 2, 9, 0, 0, 0, time.UTC)
	return func() time.Time { return start.Add(time.Duration(n.Add(1)) * time.Second) }
}

func store(t testing.TB) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(filepath.Join(t.TempDir(), "record.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// on opens a desk on a log; when the test ends, all in it must be right.
func on(t testing.TB, log record.Log) *Desk {
	t.Helper()
	d := New(log, Options{Clock: ticking()})
	t.Cleanup(func() {
		if err := d.Check(ctx); err != nil {
			t.Errorf("in the end: %v", err)
		}
	})
	return d
}

var keys atomic.Int64

// key gives a key that no other act has.
func key() string { return fmt.Sprint("key-", keys.Add(1)) }

// tester is a test, or a case of rapid's.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

func must(t tester, d *Desk, p record.ProcessID, by record.Actor, act any) Receipt {
	t.Helper()
	r, err := d.Do(ctx, p, by, key(), act)
	if err != nil {
		t.Fatalf("%s does %#v: %v", by.Seat, act, err)
	}
	return r
}

// seat opens a process with a chair, two parties and an observer, and one
// version of a text.
func seat(t tester, d *Desk, p record.ProcessID) {
	t.Helper()
	seatBefore(t, d, p, record.Plenary)
}

// seatBefore is seat for a process that an audience knows of.
func seatBefore(t tester, d *Desk, p record.ProcessID, to record.Audience) {
	t.Helper()
	for _, act := range desktest.Opening(to) {
		must(t, d, p, chair, act)
	}
}

// table is an act that a party may do at any time, in confidence to the chair.
func table(id string, a record.Audience) text.Table {
	return text.Table{ID: id, Version: "v1", Kind: text.Insert, Words: "4. The lake is " + id + ".", Audience: a}
}

// pages gives all that can be seen through a lens, as JSON.
func pages(t tester, d *Desk, p record.ProcessID, l record.Lens) string {
	t.Helper()
	var page []byte
	err := d.Look(ctx, p, l, func(v View) error {
		var err error
		page, err = json.Marshal(all(v))
		return err
	})
	if err != nil {
		return "error: " + err.Error()
	}
	entries, err := d.Entries(ctx, p, l)
	if err != nil {
		t.Fatalf("entries: %v", err)
	}
	history, err := json.Marshal(entries)
	if err != nil {
		t.Fatalf("entries: %v", err)
	}
	return string(page) + string(history)
}

// bargained calls every way out of the bargain room.
func bargained(v View) map[string]any {
	now := Current(v)
	parties := []record.Seat{"RU", "UA"}
	own, there := bargain.SeeOwnTable(v.Bargain, v.Lens.Seat, now)
	seen := map[string]any{
		"issues": bargain.SeeIssues(v.Bargain, now), "rules": bargain.SeeRules(v.Bargain, now), "brackets": Brackets(v),
		"lendings": bargain.SeeLendings(v.Bargain, now), "notes": bargain.SeeLendingNotes(v.Bargain),
		"table": bargain.SeeTable(v.Bargain, parties, now), "own": []any{own, there},
		"packages": bargain.SeePackages(v.Bargain, now), "tests": bargain.SeeTests(v.Bargain, now),
	}
	for _, seat := range append(parties, "CH", "EU") {
		seen["preferences "+string(seat)] = []any{bargain.SeePreferences(v.Bargain, seat, now), bargain.SeeSecretsElsewhere(v.Bargain, seat)}
	}
	for _, p := range bargain.SeePackages(v.Bargain, now) {
		words, err := Words(v, p.Choices, parties)
		acts, wrong := Proposals(v, p.Choices, "x", "", record.Parties)
		seen["words "+p.ID] = []any{words, fmt.Sprint(err), acts, fmt.Sprint(wrong)}
	}
	for _, t := range bargain.SeeTests(v.Bargain, now) {
		transcript, _ := bargain.SeeTranscript(v.Bargain, t.ID)
		seen["transcript "+t.ID] = transcript
	}
	return seen
}

// all calls every way out of every room.
func all(v View) map[string]any {
	supporters := consent.SeeSupporters(v.Consent)
	seen := map[string]any{
		"lens": v.Lens, "cursor": v.Cursor,
		"process":    process.SeeProcess(v.Process),
		"roster":     process.SeeRoster(v.Process),
		"versions":   text.SeeVersions(v.Text),
		"proposals":  text.SeeProposals(v.Text),
		"positions":  consent.SeeAllPositions(v.Consent),
		"matrix":     consent.SeeMatrix(v.Consent),
		"supporters": supporters,
		"sittings":   sitting.SeeSittings(v.Sitting),
		"messages":   sitting.SeeMessages(v.Sitting),
		"conditions": sitting.SeeConditions(v.Sitting),
		"timeline":   press.SeeTimeline(v.Press),
		"statements": press.SeeStatements(v.Press),
		"claims":     press.SeeClaims(v.Press),
		"leaks":      press.SeeLeaks(v.Press),
		"bargain":    bargained(v),
	}
	for _, version := range text.SeeVersions(v.Text) {
		rolling, err := text.SeeRolling(v.Text, version.ID, supporters)
		seen["rolling "+version.ID] = []any{rolling, fmt.Sprint(err)}
		for _, clause := range version.Clauses {
			view, _ := text.SeeClause(v.Text, clause.ID)
			seen["clause "+clause.ID] = []any{
				view, consent.SeeConsents(v.Consent, clause.ID), consent.SeePositions(v.Consent, record.NewRef("clause", clause.ID)),
			}
		}
	}
	return seen
}
