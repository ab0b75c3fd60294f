package record

import (
	"slices"
	"strings"

	"paraph/fault"
)

// Audience is who may read an entry, in its canonical form: "public",
// "plenary", "parties", "offices:RU", "internal:RU", "bilateral:RU+UA" (seats
// sorted). Every entry belongs to exactly one audience, and each audience has
// a log of its own.
type Audience string

// The audiences that name no seat.
const (
	Public  Audience = public
	Plenary Audience = plenary // every seat of the process
	Parties Audience = parties // every party and the chair, without observers
)

const (
	public    = "public"
	plenary   = "plenary"
	parties   = "parties"
	offices   = "offices"
	internal  = "internal"
	bilateral = "bilateral"
)

// Offices is good offices with a seat: that seat and the chair, in confidence.
func Offices(s Seat) Audience { return Audience(offices + ":" + string(s)) }

// Internal is one seat alone.
func Internal(s Seat) Audience { return Audience(internal + ":" + string(s)) }

// Bilateral is a named set of seats, in any order.
func Bilateral(seats ...Seat) Audience {
	sorted := slices.Clone(seats)
	slices.Sort(sorted)
	sorted = slices.Compact(sorted)
	names := make([]string, len(sorted))
	for i, s := range sorted {
		names[i] = string(s)
	}
	return Audience(bilateral + ":" + strings.Join(names, "+"))
}

// ParseAudience reads the canonical form. Anything else is invalid.
func ParseAudience(s string) (Audience, error) {
	a := Audience(s)
	name, seats := a.parts()
	ok := false
	switch name {
	case public, plenary, parties:
		ok = s == name
	case offices, internal:
		ok = len(seats) == 1 && seats[0] != ""
	case bilateral:
		ok = len(seats) >= 2 && !slices.Contains(seats, "") && a == Bilateral(seats...)
	}
	if !ok {
		return "", fault.Invalid("%q is not an audience", s).
			With("one of public, plenary, parties, offices:SEAT, internal:SEAT, bilateral:SEAT+SEAT")
	}
	return a, nil
}

// Seats gives the seats an audience names; none for public, plenary, parties.
func (a Audience) Seats() []Seat {
	_, seats := a.parts()
	return seats
}

// Name gives the audience's kind without its seats: "offices".
func (a Audience) Name() string {
	name, _ := a.parts()
	return name
}

func (a Audience) parts() (name string, seats []Seat) {
	name, list, found := strings.Cut(string(a), ":")
	if !found {
		return name, nil
	}
	for s := range strings.SplitSeq(list, "+") {
		seats = append(seats, Seat(s))
	}
	return name, seats
}
