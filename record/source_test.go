package record

import (
	"strings"
	"testing"
)

func TestSourceCheck(t *testing.T) {
	for _, c := range []struct {
		name    string
		src     Source
		to      Audience
		refusal string
	}{
		{"none, where none is needed", Source{}, Plenary, ""},
		{"none, for the public", Source{}, Public, "needs its source"},
		{"white space, for the public", Source{Outlet: "  "}, Public, "needs its source"},
		{"an outlet", Source{Outlet: "The Courier"}, Public, ""},
		{"all", Source{"The Courier", "Talks go on", "3 December 2025", "https://courier.example/1?a=b", "no date line"}, Public, ""},
		{"a title without outlet", Source{Title: "Talks go on"}, Plenary, "has no outlet"},
		{"a script for an address", Source{Outlet: "The Courier", URL: "javascript:alert(1)"}, Plenary, "not a web address"},
		{"an address with marks", Source{Outlet: "The Courier", URL: `https://a.example/"><b>`}, Public, "no web address has"},
		{"two lines", Source{Outlet: "The\nCourier"}, Public, "several lines"},
		{"too long", Source{Outlet: strings.Repeat("a", MaxLine+1)}, Public, "longer than"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := c.src.Check(c.to)
			if c.refusal == "" && err != nil || c.refusal != "" && (err == nil || !strings.Contains(err.Error(), c.refusal)) {
				t.Errorf("got %v, want %q", err, c.refusal)
			}
		})
	}
	if !(Source{}).IsZero() || (Source{Outlet: "The Courier"}).IsZero() {
		t.Error("IsZero is wrong")
	}
}
