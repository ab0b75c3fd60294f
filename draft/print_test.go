package draft

import (
	"strings"
	"testing"

	"paraph/fault"
)

func TestPrintNormal(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"a [shall][should] b", "a [shall][should] b"},
		{"[EU/US:x][RU ,UA :y]", "[EU, US: x][RU, UA: y]"},
		{"[US/EU propose; RU/UA oppose: x]", "[US, EU propose; RU, UA oppose: x]"},
		{"[US and EU: x]", "[US, EU: x]"},
		{"[US:\n\n5. x]", "[US:\n\n5. x]"},
		{"2. Option 1: a\n\n   Option 2. b\n", "2. \n\n   **Option 1:** a\n\n   **Option 2:** b\n"},
		{"Option (a)\n\na\n", "**Option (a):**\n\na\n"},
		{"**Option 1[^1]:** a\n\n**Option 2** b", "**Option 1[^1]:** a\n\n**Option 2:** b"},
		{"Option 1 (EU/US): a\n\nOption 2 (new): b", "**Option 1 (EU, US):** a\n\nOption 2 (new): b"},
		{"**Option 1 – in full:** a", "**Option 1 – in full:** a"},
		{"[Option 1: a][alt. 2: b]", "[Option 1: a][alt. 2: b]"},
		{"a] [b", "a] [b"},
		{"---\nseats: US\n---\n[US:a]", "---\nseats: US\n---\n[US: a]"},
	} {
		x := mustParse(t, c.src, "US", "EU", "RU", "UA")
		if got := PrintNormal(x); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.src, got, c.want)
		}
	}
}

func TestPrintUnattributed(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"a [US, EU: shall][RU: no text] b", "a [shall][no text] b"},
		{"---\nseats: US\n---\n[US: a]", "[a]"},
		{"---\nseats:\n  - US\ntitle: T\n---\n[US: a]", "---\ntitle: T\n---\n[a]"},
		{"\ufeffa", "\ufeffa"},
	} {
		x := mustParse(t, c.src, "US", "EU", "RU")
		if got := PrintUnattributed(x); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.src, got, c.want)
		}
	}
}

func TestPrintClean(t *testing.T) {
	clean := "1. As \\[x\\] said[^1] [here](http://x).\n\n[^1]: note\n"
	if got, err := PrintClean(mustParse(t, clean)); err != nil || got != clean {
		t.Errorf("%q, %v", got, err)
	}
	for src, place := range map[string]string{
		"a\n\nb [c] [d]":              "line 3, column 3",
		"a ] b":                       "line 1, column 3",
		"a\n\n**Option 1:** b":        "Option 1",
		"---\nseats: US\n---\n[US: a": "line 4, column 1",
	} {
		_, err := PrintClean(mustParse(t, src))
		if fault.KindOf(err) != fault.KindInvalid || !strings.Contains(err.Error(), place) {
			t.Errorf("%q: %v, want it to say %q", src, err, place)
		}
	}
}
