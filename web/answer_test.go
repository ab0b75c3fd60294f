package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"paraph/record"
	"paraph/text"
)

// packed asks for a page compressed.
func (tb *table) packed(s record.Seat, path string) *httptest.ResponseRecorder {
	tb.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", "gzip, br")
	return tb.ask(s, r)
}

// TestPagesUnpackToThemselves asks for every page both ways.
func TestPagesUnpackToThemselves(t *testing.T) {
	tb := newTable(t)
	tb.server.options.Key = func() string { return "always" + strings.Repeat("0", 20) }
	for _, path := range append(tb.pages(river), "/") {
		for range 2 { // the second time, the body was compressed before
			packed, plain := tb.packed(chair, path), tb.get(chair, path)
			if packed.Header().Get("Content-Encoding") != "gzip" || plain.Header().Get("Content-Encoding") != "" {
				t.Fatalf("%s is not compressed when asked so, or is when not", path)
			}
			for _, w := range []*httptest.ResponseRecorder{packed, plain} {
				if w.Header().Get("Vary") != "Accept-Encoding" {
					t.Errorf("%s: Vary is %q", path, w.Header().Get("Vary"))
				}
			}
			page, err := unpacked(packed.Body)
			if err != nil || page != plain.Body.String() {
				t.Errorf("%s does not unpack to itself: %v", path, err)
			}
		}
	}
}

// TestGuessesCostAsMuchAsTheyAreLong is the attack on compression: a seat that
// may propose words guesses those that the chair reads in confidence, while the
// length of the chair's page is seen on the wire. The right guess costs no less.
func TestGuessesCostAsMuchAsTheyAreLong(t *testing.T) {
	size := func(guess string) int {
		tb := newTable(t)
		tb.do(river, north, text.Table{ID: "secret", Kind: text.Amend, Clause: tb.clause("Nothing here"), Words: "2. Release of 340 cubic metres per second at Brannoch Bridge.", Audience: record.Offices(north)})
		tb.do(river, south, text.Table{ID: "guess", Kind: text.Amend, Clause: tb.clause("lists the gauges"), Words: guess, Audience: record.Offices(south)})
		tb.server.options.Key = func() string { return "always" + strings.Repeat("0", 20) }
		return tb.packed(chair, "/p/river/proposals").Body.Len()
	}
	// The words of each are those of the other in another order, so they cost alike.
	right, wrong := size("2. Release of 340 cubic metres per second at Brannoch Bridge."), size("2. Bridge at Brannoch of 340 second per metres cubic Release.")
	if d := right - wrong; d < -1 || d > 1 {
		t.Errorf("a page takes %d bytes with the right guess and %d with a wrong one of the same letters", right, wrong)
	}
}

func TestUnpacks(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "gzip, deflate, br": true, "br;q=1, GZIP;q=0.5": true, "gzip;q=0": false, "gzip; q=0.0, *": false,
		"*": true, "*;q=0": false, "identity": false, "gzipped": false, "x-gzip": true,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		if header != "" {
			r.Header.Set("Accept-Encoding", header)
		}
		if unpacks(r) != want {
			t.Errorf("%q: %v", header, !want)
		}
	}
}
