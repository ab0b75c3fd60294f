package record

import (
	"slices"
	"testing"

	"paraph/fault"

	"pgregory.net/rapid"
)

func TestParseAudience(t *testing.T) {
	for _, s := range []string{
		"public", "plenary", "parties", "offices:RU", "internal:G77&China", "bilateral:RU+UA", "bilateral:A+B+C",
		"internal:ДЕ", "offices:a-b_c.d",
	} {
		a, err := ParseAudience(s)
		if err != nil || string(a) != s {
			t.Errorf("%q: got %q, %v", s, a, err)
		}
	}
	for _, s := range []string{
		"", "Public", "public:", "public:RU", "plenary:RU", "offices", "offices:", "offices:RU+UA", "internal:A:B",
		"bilateral:RU", "bilateral:UA+RU", "bilateral:RU+RU", "bilateral:RU+", "bilateral:+RU", "internal:R U",
		"internal:\xff", "secret:RU", "internal:RU ", "internal:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	} {
		a, err := ParseAudience(s)
		if fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%q: got %q, %v; want invalid", s, a, err)
		}
		for _, role := range []Role{Outsider, Chair, Party, Observer} {
			if (Lens{"RU", role}).Reads(Audience(s)) {
				t.Errorf("%q is read by a %s", s, role)
			}
		}
	}
}

func TestReads(t *testing.T) {
	all := []Audience{Public, Plenary, Parties, Offices("RU"), Internal("RU"), Internal("CH"), Internal("OB"), Bilateral("UA", "RU"), Bilateral("OB", "RU"),
		Offices("R"), Internal("R"), Internal("RUS"), Bilateral("R", "UA")}
	for _, c := range []struct {
		lens Lens
		want []Audience
	}{
		{Lens{}, []Audience{Public}},
		{Lens{"RU", Outsider}, []Audience{Public}},
		{Lens{"RU", "king"}, []Audience{Public}},
		{Lens{"CH", Chair}, []Audience{Public, Plenary, Parties, Offices("RU"), Offices("R"), Internal("CH")}},
		{Lens{"RU", Party}, []Audience{Public, Plenary, Parties, Offices("RU"), Internal("RU"), "bilateral:RU+UA", "bilateral:OB+RU"}},
		{Lens{"UA", Party}, []Audience{Public, Plenary, Parties, "bilateral:RU+UA", "bilateral:R+UA"}},
		{Lens{"OB", Observer}, []Audience{Public, Plenary, Internal("OB"), "bilateral:OB+RU"}},
	} {
		for _, a := range all {
			if got, want := c.lens.Reads(a), slices.Contains(c.want, a); got != want {
				t.Errorf("%v reads %s: %v, want %v", c.lens, a, got, want)
			}
		}
	}
}

func TestCovers(t *testing.T) {
	full := Roster{"CH": Chair, "RU": Party, "UA": Party, "OB": Observer}
	for _, c := range []struct {
		roster       Roster
		wide, narrow Audience
		want         bool
	}{
		{full, Public, Public, true},
		{full, Public, Internal("RU"), true},
		{full, Plenary, Public, false},
		{full, Plenary, Parties, true},
		{full, Parties, Plenary, false},
		{full, Parties, Offices("RU"), true},
		{full, Offices("RU"), Internal("RU"), true},
		{full, Internal("RU"), Offices("RU"), false},
		{full, Offices("RU"), Internal("CH"), true},
		{full, Offices("RU"), Offices("UA"), false},
		{full, Parties, Bilateral("RU", "UA"), true},
		{full, Parties, Bilateral("RU", "OB"), false},
		{full, Bilateral("RU", "CH"), Offices("RU"), true},
		{full, Offices("RU"), Bilateral("RU", "CH"), true},
		{full, Bilateral("RU", "UA"), Bilateral("RU", "UA", "OB"), false},
		{full, Bilateral("RU", "UA", "OB"), Bilateral("RU", "UA"), true},
		// Whoever may still be seated counts: all parties of today are not all parties.
		{full, Bilateral("CH", "RU", "UA"), Parties, false},
		{Roster{"CH": Chair, "RU": Party}, Parties, Plenary, false},
		{Roster{"CH": Chair, "RU": Party}, Parties, Internal("XX"), false},
		{Roster{"CH": Chair, "RU": Party}, Plenary, Internal("XX"), true},
		{Roster{"RU": Party}, Internal("RU"), Offices("RU"), false},
		{full, "nobody", Internal("RU"), false},
		{full, Public, "nobody", false},
	} {
		if got := c.roster.Covers(c.wide, c.narrow); got != c.want {
			t.Errorf("%v: %s covers %s: %v, want %v", c.roster, c.wide, c.narrow, got, c.want)
		}
	}
}

var someSeats = []Seat{"A", "B", "C", "D"}

func drawAudience(t *rapid.T, label string) Audience {
	seat := rapid.SampledFrom(someSeats)
	switch rapid.SampledFrom([]string{public, plenary, parties, offices, internal, bilateral}).Draw(t, label) {
	case public:
		return Public
	case plenary:
		return Plenary
	case parties:
		return Parties
	case offices:
		return Offices(seat.Draw(t, "seat"))
	case internal:
		return Internal(seat.Draw(t, "seat"))
	}
	return Bilateral(rapid.SliceOfNDistinct(seat, 2, 4, rapid.ID).Draw(t, "seats")...)
}

// readsByTable is the vocabulary's table of audiences, written a second time
// and in another way.
func readsByTable(seat Seat, role Role, a Audience) bool {
	if role == Outsider {
		return a == Public
	}
	switch a {
	case Public, Plenary:
		return true
	case Parties:
		return role != Observer
	case Offices(seat), Internal(seat):
		return true
	}
	for _, s := range someSeats {
		if a == Offices(s) {
			return role == Chair
		}
	}
	for set := range 1 << len(someSeats) {
		var named []Seat
		for i, s := range someSeats {
			if set>>i&1 == 1 {
				named = append(named, s)
			}
		}
		if len(named) >= 2 && a == Bilateral(named...) {
			return slices.Contains(named, seat)
		}
	}
	return false
}

func TestReadsAgreesWithTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := Lens{rapid.SampledFrom(someSeats).Draw(t, "who"), rapid.SampledFrom([]Role{Outsider, Chair, Party, Observer}).Draw(t, "role")}
		a := drawAudience(t, "audience")
		if got, want := l.Reads(a), readsByTable(l.Seat, l.Role, a); got != want {
			t.Fatalf("%v reads %s: %v, want %v", l, a, got, want)
		}
		if _, err := ParseAudience(string(a)); err != nil {
			t.Fatal(err)
		}
	})
}

// Covers must agree with trying every roster that the present one can grow to
// by two seats.
func TestCoversAgreesWithBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		roster := Roster{}
		for _, s := range someSeats {
			role := rapid.SampledFrom([]Role{Outsider, Party, Observer, Chair}).Draw(t, "role of "+string(s))
			if role == Chair && hasChair(roster) {
				role = Party
			}
			if role != Outsider {
				roster[s] = role
			}
		}
		wide, narrow := drawAudience(t, "wide"), drawAudience(t, "narrow")
		want := coversNow(roster, wide, narrow)
		universe := append(slices.Clone(someSeats), "X", "Y")
		grow(roster, universe, 2, func(r Roster) { want = want && coversNow(r, wide, narrow) })
		if got := roster.Covers(wide, narrow); got != want {
			t.Fatalf("%v: %s covers %s: %v, want %v", roster, wide, narrow, got, want)
		}
	})
}

func hasChair(r Roster) bool {
	for _, role := range r {
		if role == Chair {
			return true
		}
	}
	return false
}

func coversNow(r Roster, wide, narrow Audience) bool {
	if readsByTable("", Outsider, narrow) && !readsByTable("", Outsider, wide) {
		return false
	}
	for s, role := range r {
		if readsByTable(s, role, narrow) && !readsByTable(s, role, wide) {
			return false
		}
	}
	return true
}

func grow(r Roster, universe []Seat, more int, try func(Roster)) {
	if more == 0 {
		return
	}
	for _, s := range universe {
		if r[s] != Outsider {
			continue
		}
		for _, role := range []Role{Party, Observer, Chair} {
			if role == Chair && hasChair(r) {
				continue
			}
			r[s] = role
			try(r)
			grow(r, universe, more-1, try)
			delete(r, s)
		}
	}
}

func TestRosterLens(t *testing.T) {
	r := Roster{"RU": Party}
	if got := r.Lens("RU"); got != (Lens{"RU", Party}) {
		t.Errorf("got %v", got)
	}
	if got := r.Lens("XX"); got != (Lens{}) {
		t.Errorf("a seat that is not there gives %v, want the public's lens", got)
	}
}
