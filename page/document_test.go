package page

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestDocumentStandsAlone(t *testing.T) {
	text := parsed(t, "text.md")
	view := TextView{Text: text, Frozen: true, Heading: 1}
	html := rendered(t, Document{
		Title: `A "title" </title><script>alert(1)</script> } @import 'x'`, Lang: "fr", Symbol: "REV.1\n</style>",
		Fingerprint: "0123456789abcdef0123", Facts: []string{"<b>"}, Legend: &view, Broad: true,
		Sections: []Section{{Heading: "Text & more", Body: view}, {Body: view.Words(0)}},
	})
	for _, never := range []string{"<script", "<b>", "url(", "<link", "src="} {
		if strings.Contains(html, never) {
			t.Errorf("the document holds %q", never)
		}
	}
	if style := html[strings.Index(html, "<style>"):strings.Index(html, "</style>")]; strings.Contains(style, "@import") {
		t.Error("a title came into the style sheet")
	}
	if n := strings.Count(html, "</style>"); n != 1 {
		t.Errorf("the style element ends %d times", n)
	}
	for _, want := range []string{`<html lang="fr">`, `content: "fingerprint 0123 4567 89ab cdef"`, "size: A4", "fingerprint <code>0123456789abcdef0123</code>"} {
		if !strings.Contains(html, want) {
			t.Errorf("the document lacks %q", want)
		}
	}
	body := html[strings.Index(html, "<body"):]
	golden(t, "document-body.html", body)
	empty := rendered(t, Document{})
	if !strings.Contains(empty, `<html lang="en">`) || !strings.HasSuffix(empty, "</html>\n") {
		t.Errorf("the document without anything is %s", empty[len(empty)-100:])
	}
}

func TestStyleFetchesNothing(t *testing.T) {
	if m := regexp.MustCompile(`url\(|@import|https?:`).FindString(Style + frameStyle); m != "" {
		t.Errorf("the style holds %q", m)
	}
}

// Every seat has a colour, in light and dark, that is read on paper and on the
// shade of an alternative: WCAG 2.2 asks for a contrast of 4.5.
func TestColoursAreLegible(t *testing.T) {
	light, rest, ok := strings.Cut(Style, "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("there is no dark scheme")
	}
	dark, _, _ := strings.Cut(rest, "/* A seat's")
	inks := []string{"ink", "quiet", "accent", "bracket", "added", "dropped", "moved"}
	for i := range SeatClasses {
		inks = append(inks, fmt.Sprintf("seat-%d", i))
	}
	for name, scheme := range map[string]string{"light": light, "dark": dark} {
		paper := colour(t, scheme, "paper")
		for _, ink := range inks {
			c := colour(t, scheme, ink)
			for _, shade := range []string{"shade", "added-shade", "dropped-shade"} {
				s := colour(t, scheme, shade)
				under := paper
				for range 3 { // three brackets in each other
					under = over(s, under)
				}
				if (shade == "added-shade") != (ink == "added") || (shade == "dropped-shade") != (ink == "dropped") {
					under = paper
				}
				if got := contrast(c, under); got < 4.5 {
					t.Errorf("%s: --%s on --%s has a contrast of %.2f", name, ink, shade, got)
				}
			}
		}
	}
	for i := range SeatClasses {
		if !strings.Contains(Style, fmt.Sprintf(".seat-%d {", i)) {
			t.Errorf("seat-%d has no rule", i)
		}
	}
}

type rgba [4]float64

func colour(t *testing.T, css, name string) rgba {
	t.Helper()
	m := regexp.MustCompile(`--` + name + `: #([0-9a-f]{6})([0-9a-f]{2})?;`).FindStringSubmatch(css)
	if m == nil {
		t.Fatalf("there is no colour --%s", name)
	}
	c := rgba{3: 1}
	for i := range 3 {
		n, err := strconv.ParseUint(m[1][2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c[i] = float64(n) / 255
	}
	if m[2] != "" {
		n, err := strconv.ParseUint(m[2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c[3] = float64(n) / 255
	}
	return c
}

// over lays a translucent colour on an opaque one.
func over(top, under rgba) rgba {
	out := rgba{3: 1}
	for i := range 3 {
		out[i] = top[i]*top[3] + under[i]*(1-top[3])
	}
	return out
}

// contrast is the contrast ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b rgba) float64 {
	luminance := func(c rgba) float64 {
		var l float64
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			v := c[i] / 12.92
			if c[i] > 0.04045 {
				v = math.Pow((c[i]+0.055)/1.055, 2.4)
			}
			l += weight * v
		}
		return l
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
