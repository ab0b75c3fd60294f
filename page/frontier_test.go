package page

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
)

// twoParties is a small plane with a tie, two marks at one place and a party
// without a reservation value.
func twoParties() Frontier {
	f := Frontier{
		Parties: []string{"BO & co", "<KA>"}, ID: "vesna", Title: "Lake Vesna: \"packages\"",
		Floors: []float64{0.2, math.NaN()},
		Points: []Worth{{1, 0.1}, {0.8, 0.55}, {0.6, 0.7}, {0.25, 0.95}},
		Marked: []Mark{{"N", "Nash", Worth{0.8, 0.55}}, {"K", "Kalai–Smorodinsky", Worth{0.6, 0.7}}, {"E", "egalitarian", Worth{0.6, 0.7}}, {"U", "utilitarian", Worth{0.8, 0.55}}},
	}
	for i := range 60 {
		f.Packages = append(f.Packages, Worth{math.Mod(float64(i)*0.37, 1) * 0.7, math.Mod(float64(i)*0.61, 1) * 0.6})
	}
	return f
}

func fiveParties() Frontier {
	f := Frontier{
		Parties: []string{"BO", "KA", "TE", "a party with a long name", "حوض"}, ID: "five",
		Floors:  []float64{0.2, 0.1, math.NaN(), 0.3, 0.25},
		Partial: "Not the whole frontier: each party may be 0.01 better off elsewhere.",
		Marked:  []Mark{{"N", "Nash", Worth{0.7, 0.6, 0.55, 0.8, 0.5}}, {"K", "Kalai–Smorodinsky", Worth{0.6, 0.62, 0.6, 0.6, 0.64}}, {"U", "utilitarian", Worth{0.9, 0.7, 0.3, 0.7, 0.66}}},
	}
	for i := range 40 {
		w := Worth{}
		for p := range 5 {
			w = append(w, 0.2+0.75*math.Mod(float64(i*(p+2))*0.173+0.1*float64(p), 1))
		}
		f.Points = append(f.Points, w)
	}
	return f
}

func TestFrontierGolden(t *testing.T) {
	two, five := twoParties(), fiveParties()
	golden(t, "frontier-two.svg", rendered(t, two))
	golden(t, "frontier-table.html", rendered(t, two.Table()))
	five.Alone = true
	golden(t, "frontier-five.svg", rendered(t, five))
}

// Whatever the numbers, a drawing is well-formed and its places are numbers.
func TestFrontiersOfAnyShape(t *testing.T) {
	for parties := 0; parties <= 8; parties++ {
		for _, n := range []int{0, 1, 2, 7, 10_000} {
			f := Frontier{Alone: true, Floors: []float64{0.5}}
			for p := range parties {
				f.Parties = append(f.Parties, fmt.Sprintf("<party> %d", p))
			}
			for i := range n {
				w := Worth{}
				for p := range parties {
					w = append(w, float64((i*(p+1))%97)*math.Pow(10, float64(p*3-6)))
				}
				f.Points, f.Packages = append(f.Points, w), append(f.Packages, w)
				if i < 7 {
					f.Marked = append(f.Marked, Mark{fmt.Sprint(i), "mark & more", w})
				}
			}
			svg := rendered(t, f)
			if strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
				t.Errorf("%d parties, %d points: a place is no number", parties, n)
			}
			if strings.Contains(svg, "even choice") != (parties == 2 && n > mostDots || parties != 2 && n > mostLines) {
				t.Errorf("%d parties, %d points: what is left out is said, and nothing else", parties, n)
			}
			d := xml.NewDecoder(strings.NewReader(svg))
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%d parties, %d points: %v", parties, n, err)
				}
			}
		}
	}
}

func TestWorthFigures(t *testing.T) {
	for w, want := range map[float64]string{0: "0", 0.67047841: "0.6705", 9082690: "9082690", 12.5: "12.5", 0.00012345: "0.0001234", -3: "-3", 1e-7: "0.0000001", 999.96: "1000"} {
		if got := worthFigure(w); got != want {
			t.Errorf("%v is written %s, not %s", w, got, want)
		}
	}
}

func TestTicksAreRound(t *testing.T) {
	for _, span := range [][2]float64{{0, 1}, {-3, 17}, {0.001, 0.0012}, {0, 9e6}, {5, 5}} {
		all := ticks(span[0], span[1])
		if span[0] < span[1] && (len(all) < 2 || len(all) > 8) {
			t.Errorf("%v has the ticks %v", span, all)
		}
		for _, v := range all {
			if v < span[0]-1e-12 || v > span[1]+1e-12 {
				t.Errorf("%v has the tick %v", span, v)
			}
		}
	}
}
