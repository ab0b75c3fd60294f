package record

import (
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name    string
		err     error
		refusal string
	}{
		{"a line", CheckLine("the title", "Talks", Required), ""},
		{"no line", CheckLine("the title", "", Optional), ""},
		{"a line that is missing", CheckLine("the title", " ", Required), "the title is missing"},
		{"two lines", CheckLine("the title", "a\nb", Optional), "several lines"},
		{"a long line", CheckLine("the title", strings.Repeat("a", MaxLine+1), Optional), "longer than 1000 bytes"},
		{"prose", CheckProse("the note", "a\n\tb\r\n", Required), ""},
		{"long prose", CheckProse("the note", strings.Repeat("a", MaxProse+1), Optional), "longer than"},
		{"bad bytes", CheckProse("the note", "a\xff", Optional), "not valid UTF-8"},
		{"control characters", CheckProse("the note", "a\x00", Optional), "control characters"},
		{"an id", CheckID("a sitting", "a-9"), ""},
		{"no id", CheckID("a sitting", ""), `"" is not an id for a sitting`},
		{"an id in capitals", CheckID("a sitting", "A"), "not an id"},
		{"a long id", CheckID("a sitting", strings.Repeat("a", 65)), "not an id"},
		{"a seat", CheckSeat("RU"), ""},
		{"a seat in another script", CheckSeat("РФ"), ""},
		{"a seat with digits", CheckSeat("G-77"), ""},
		{"no seat", CheckSeat(""), "not a code"},
		{"a seat that lists", CheckSeat("RU,UA"), "not a code"},
		{"a seat that divides", CheckSeat("E3/EU"), "not a code"},
		{"a seat that begins with a digit", CheckSeat("3E"), "not a code"},
		{"a long seat", CheckSeat(Seat(strings.Repeat("a", 25))), "not a code"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.refusal == "" && c.err != nil || c.refusal != "" && (c.err == nil || !strings.Contains(c.err.Error(), c.refusal)) {
				t.Errorf("got %v, want %q", c.err, c.refusal)
			}
		})
	}
}

func TestRef(t *testing.T) {
	r := NewRef("words", "4f/ab")
	if r != "words/4f/ab" || r.Noun() != "words" || r.ID() != "4f/ab" {
		t.Errorf("%q: noun %q, id %q", r, r.Noun(), r.ID())
	}
	if r := Ref(""); r.Noun() != "" || r.ID() != "" {
		t.Errorf("an empty ref has noun %q, id %q", r.Noun(), r.ID())
	}
	if got := SeatRefs("RU", "", "UA"); len(got) != 2 || got[1] != "seat/UA" {
		t.Errorf("seats are %q", got)
	}
}

func TestRoll(t *testing.T) {
	var r Roll[int]
	if r.Get("a") != nil || r.Len() != 0 || len(r.All()) != 0 {
		t.Error("an empty roll holds something")
	}
	if !r.Add("b", 2) || !r.Add("a", 1) || r.Add("b", 3) {
		t.Error("the first thing of an id does not stand")
	}
	*r.Get("a") = 7
	all := r.All()
	if r.Len() != 2 || all[0] != 2 || all[1] != 7 {
		t.Errorf("all: %v", all)
	}
	all[0] = 9
	if *r.Get("b") != 2 {
		t.Error("All gives the roll itself")
	}
}

func TestBody(t *testing.T) {
	e := Entry{Process: "talks", Audience: Plenary, Seq: 7, Content: Content{Kind: "a.b.c", Body: []byte(`{"id":"x"}`)}}
	type body struct {
		ID string `json:"id"`
	}
	if got := Body[body](e); got.ID != "x" {
		t.Errorf("reads %v", got)
	}
	defer func() {
		if words, _ := recover().(string); !strings.Contains(words, "talks, plenary, entry 7: a.b.c does not decode") {
			t.Errorf("panics with %q", words)
		}
	}()
	e.Content.Body = []byte(`{"id":1}`)
	Body[body](e)
}

func TestUnknown(t *testing.T) {
	e := Entry{Process: "talks", Audience: Plenary, Seq: 7, Content: Content{Kind: "a.b.c"}}
	if got := Unknown(e); got != `talks, plenary, entry 7: unknown kind "a.b.c"` {
		t.Errorf("says %q", got)
	}
}
