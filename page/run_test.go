package page

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"testing"
)

func TestRunGolden(t *testing.T) {
	r := Run{
		Title:  "Lake Vesna & the \"versions\"",
		States: []string{"CT.1", "REV.1", "REV.2"},
		Series: []Series{{"brackets", []int{10, 1078, 14}}, {"depth", []int{1, 3, 1}}},
		ID:     "vesna", Wide: 2,
	}
	golden(t, "run.svg", rendered(t, r))
	golden(t, "run-table.html", rendered(t, r.Table()))
}

func TestRunsOfAnyLength(t *testing.T) {
	for _, n := range []int{0, 1, 2, 7, 40} {
		r := Run{Alone: true, Series: []Series{{Name: "brackets"}, {Name: "zero"}, {Name: "words"}, {Name: "options"}}}
		for i := range n {
			r.States = append(r.States, "a very long name of a state "+strconv.Itoa(i))
			for j := range r.Series {
				r.Series[j].Values = append(r.Series[j].Values, i*i*j*1000)
			}
		}
		svg := rendered(t, r)
		if strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
			t.Errorf("%d states: a place is no number", n)
		}
		if got := strings.Count(svg, "<circle"); got != n*len(r.Series) {
			t.Errorf("%d states have %d points", n, got)
		}
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%d states: %v", n, err)
			}
		}
	}
	wellFormed(t, rendered(t, Run{}.Table()))
}

// Labels that are chosen keep their distance, and the last state has one.
func TestLabelsDoNotMeet(t *testing.T) {
	for n := 1; n < 60; n++ {
		x := func(i int) float64 { return 240 * float64(i) / float64(max(1, n-1)) }
		chosen := labelled(n, func(int) int { return 35 }, x)
		if chosen[len(chosen)-1] != n-1 {
			t.Errorf("%d points: the last has no label", n)
		}
		for k := 1; k < len(chosen); k++ {
			if x(chosen[k])-x(chosen[k-1]) < 35 {
				t.Errorf("%d points: labels %d and %d meet", n, chosen[k-1], chosen[k])
			}
		}
	}
}

func TestFigure(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1052: "1,052", 1234567: "1,234,567", -1000: "-1,000", -100: "-100"} {
		if got := Figure(n); got != want {
			t.Errorf("Figure(%d) = %q, want %q", n, got, want)
		}
	}
}
