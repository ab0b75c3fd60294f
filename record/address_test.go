package record

import (
	"strings"
	"testing"

	"paraph/fault"
)

func person(s Seat, r Role, c Capacity) Actor {
	return Actor{By: By{Seat: s, Capacity: c}, Role: r}
}

func TestAddress(t *testing.T) {
	ru := func(c Capacity) Actor { return person("RU", Party, c) }
	keeper := Actor{Role: Keeper}
	for _, c := range []struct {
		name      string
		by        Actor
		asked     Audience
		narrowest Audience
		duty      Duty
		want      Audience
		refusal   string
	}{
		{"the narrowest when nothing is asked", ru(Head), "", Internal("RU"), Speaking, Internal("RU"), ""},
		{"what is asked", ru(Member), Plenary, Internal("RU"), Speaking, Plenary, ""},
		{"a head binds", ru(Head), Parties, "", Binding, Parties, ""},
		{"a member does not bind", ru(Member), Parties, "", Binding, "", "cannot bind RU"},
		{"an adviser writes to the own seat", ru(Adviser), "", Internal("RU"), Speaking, Internal("RU"), ""},
		{"and to no other", ru(Adviser), Offices("RU"), "", Speaking, "", "own seat alone"},
		{"nor binds it", ru(Adviser), "", Internal("RU"), Binding, "", "own seat alone"},
		{"an interpreter notes", ru(Interpreter), "", Internal("RU"), Noting, Internal("RU"), ""},
		{"a note-taker notes", ru(NoteTaker), "", Internal("RU"), Noting, Internal("RU"), ""},
		{"for the own seat", ru(NoteTaker), Plenary, "", Noting, "", "only note"},
		{"and does not speak", ru(Interpreter), "", Internal("RU"), Speaking, "", "only note"},
		{"nobody without capacity", ru(""), "", Internal("RU"), Noting, "", "no capacity"},
		{"another's confidence", ru(Head), Offices("UA"), "", Speaking, "", "does not read"},
		{"another's own", ru(Head), Internal("UA"), "", Speaking, "", "does not read"},
		{"others' bilateral", ru(Head), Bilateral("UA", "US"), "", Speaking, "", "does not read"},
		{"an own bilateral", ru(Head), Bilateral("UA", "RU"), "", Speaking, Bilateral("RU", "UA"), ""},
		{"an observer and the parties", person("EU", Observer, Head), Parties, "", Noting, "", "does not read"},
		{"the chair and good offices", person("CH", Chair, Member), Offices("UA"), "", Speaking, Offices("UA"), ""},
		{"the chair and a party's own", person("CH", Chair, Head), Internal("UA"), "", Speaking, "", "does not read"},
		{"what is no audience", ru(Head), "everybody", "", Speaking, "", "not an audience"},
		{"a seat that cannot be", ru(Head), "bilateral:3E+RU", "", Speaking, "", "not a code for a seat"},
		{"a keeper and the public", keeper, "", Internal(""), Speaking, Public, ""},
		{"a keeper who says so", keeper, Public, "", Noting, Public, ""},
		{"a keeper and the plenary", keeper, Plenary, "", Noting, "", "public alone"},
		{"a keeper does not bind", keeper, "", "", Binding, "", "binds nobody"},
		{"the public", Actor{}, Public, "", Noting, "", "have a seat"},
		{"a role without seat", person("", Chair, Head), Plenary, "", Noting, "", "have a seat"},
		{"a seat without role", person("RU", Outsider, Head), Public, "", Noting, "", "have a seat"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := c.by.Address(c.asked, c.narrowest, c.duty)
			if c.refusal != "" {
				if err == nil || !strings.Contains(err.Error(), c.refusal) {
					t.Fatalf("got %q, %v; want a refusal that says %q", got, err, c.refusal)
				}
				return
			}
			if err != nil || got != c.want {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}

func TestVoice(t *testing.T) {
	ru := person("RU", Party, Head)
	if s, err := ru.Voice(""); s != "RU" || err != nil {
		t.Errorf("own voice: %q, %v", s, err)
	}
	if s, err := ru.Voice("RU"); s != "RU" || err != nil {
		t.Errorf("own voice by name: %q, %v", s, err)
	}
	if _, err := ru.Voice("UA"); fault.KindOf(err) != fault.KindForbidden {
		t.Errorf("another's voice: %v", err)
	}
	if _, err := person("CH", Chair, Head).Voice("UA"); fault.KindOf(err) != fault.KindForbidden {
		t.Errorf("the chair in another's voice: %v", err)
	}
	if s, err := (Actor{Role: Keeper}).Voice("UA"); s != "UA" || err != nil {
		t.Errorf("what a keeper reports: %q, %v", s, err)
	}
}

func TestWidth(t *testing.T) {
	order := []Audience{Internal("RU"), Offices("RU"), Bilateral("RU", "UA"), Parties, Plenary, Public}
	for i, a := range order {
		if a.Width() != i {
			t.Errorf("width of %s: %d, want %d", a, a.Width(), i)
		}
	}
}
