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
	if _, _, ok := a.parts(); !ok {
		return "", fault.Invalid("%q is not an audience", s).
			With("one of public, plenary, parties, offices:SEAT, internal:SEAT, bilateral:SEAT+SEAT")
	}
	return a, nil
}

// Seats gives the seats an audience names; none for public, plenary, parties
// and for what is not an audience.
func (a Audience) Seats() []Seat {
	_, seats, _ := a.parts()
	return seats
}

// Name gives the audience's kind without its seats, "offices"; empty for what
// is not an audience.
func (a Audience) Name() string {
	name, _, _ := a.parts()
	return name
}

// parts takes an audience apart. Only the canonical form is ok: whoever asks
// what an audience means must never be answered for something that merely
// looks like one.
func (a Audience) parts() (name string, seats []Seat, ok bool) {
	name, list, named := strings.Cut(string(a), ":")
	if named {
		for s := range strings.SplitSeq(list, "+") {
			seats = append(seats, Seat(s))
		}
	}
	switch name {
	case public, plenary, parties:
		ok = !named
	case offices, internal:
		ok = len(seats) == 1 && seats[0].valid()
	case bilateral:
		ok = len(seats) >= 2 && ascending(seats)
		for _, s := range seats {
			ok = ok && s.valid()
		}
	}
	if !ok {
		return "", nil, false
	}
	return name, seats, true
}

func ascending(seats []Seat) bool {
	for i := 1; i < len(seats); i++ {
		if seats[i-1] >= seats[i] {
			return false
		}
	}
	return true
}
