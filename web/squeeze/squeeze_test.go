package squeeze

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// unpacked gives what a reader has: the page, and whether it holds comments.
func unpacked(t rapid.TB, packed []byte) string {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z) // checks sum and length
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(b, comment) == (len(b) == 0) {
		t.Fatal("the page does not bring the comment")
	}
	return strings.ReplaceAll(string(b), Comment, "")
}

func whole(page string) []byte {
	front, back := Around([]byte(page), nil, nil)
	return slices.Concat(front, back)
}

func parts(head, middle, tail string) []byte {
	m := Middle([]byte(middle))
	front, back := Around([]byte(head), m, []byte(tail))
	return slices.Concat(front, m.Bytes, back)
}

// tags are what the pages of the tests are made of, known phrases and others.
var tags = slices.Concat(markup, []string{`<p>`, `<td class="unknown">`, `<input value="`, `">`, `<textarea>`, `</textarea>`, `</p>`, `<br>`, `<title>`, `</title>`})

// words draws a run of escaped words: what may stand between tags, or in a value.
func words(t *rapid.T, what string) string {
	alike := rapid.StringMatching(`(The Parties )?[a-zA-Z ]{1,40}|(Clause page of |Propose )[a-z]{0,9}`)
	other := rapid.StringMatching(`[0-9a-f]{1,60}|[А-яЁё ]{1,20}|[\p{Arabic}]{1,20}|(&#34;|&lt;|&amp;)[a-z]{1,9}`)
	return rapid.OneOf(alike, other, rapid.SampledFrom(runs)).Draw(t, what)
}

func TestPagesComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		b.WriteString("<!doctype html>")
		pieces := [3]string{}
		for i := range pieces {
			for range rapid.IntRange(0, 40).Draw(t, "pieces") {
				b.WriteString(rapid.SampledFrom(tags).Draw(t, "tag"))
				b.WriteString(strings.Repeat(words(t, "words"), rapid.SampledFrom([]int{1, 1, 1, 1, 20, 700}).Draw(t, "times")))
			}
			pieces[i] = b.String()
			b.Reset()
		}
		if got := unpacked(t, parts(pieces[0], pieces[1], pieces[2])); got != pieces[0]+pieces[1]+pieces[2] {
			t.Fatalf("came back as %q", got)
		}
	})
}

// page is a page with places for words: fixed markup around them.
func page(places []string) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><title>A text</title>`)
	for i, words := range places {
		b.WriteString(`<div id="c" class="unit" data-clause><div><div class="clause"><p dir="auto"><span class="label">` + words + `</span></p></div>`)
		if i%5 == 0 {
			b.WriteString(`<input value="` + words + `" class="seat-3"><textarea>` + words + `</textarea>`)
		}
		if i%5 == 1 {
			b.WriteString(`</a></li><li><a href="propose?kind=amend&amp;clause=` + words + `" aria-label="` + words + `">Propose</a>`)
		}
	}
	return b.String()
}

// TestNoRunCostsByAnother is the promise of the package: what a run of words
// costs depends on that run alone. The cost of many is the sum, so each place may
// be filled by any other's words, and what one choice adds does not depend on
// what the others are; the end of a byte is all that may differ.
func TestNoRunCostsByAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{2, 10, 300}).Draw(t, "places")
		times := rapid.SampledFrom([]int{1, 1, 8, 200}).Draw(t, "times")
		places := make([]string, n)
		for i := range places {
			places[i] = "w" + fmt.Sprint(i)
		}
		secret, guess := 0, rapid.IntRange(1, n-1).Draw(t, "place of the guess")
		if rapid.Bool().Draw(t, "the other way round") { // the places differ in their markup
			secret, guess = guess, secret
		}
		a := strings.Repeat(words(t, "the secret"), times)
		b := strings.Repeat(words(t, "another secret"), times)
		size := func(at0, at1 string) int {
			filled := slices.Clone(places)
			filled[secret], filled[guess] = at0, at1
			return len(whole(page(filled)))
		}
		right := size(a, a) - size(a, b)
		wrong := size(b, a) - size(b, b)
		if d := right - wrong; d < -1 || d > 1 {
			t.Fatalf("a right guess changes the length by %d, a wrong one by %d", right, wrong)
		}
	})
}

// TestOrderMakesNoDifference shuffles what stands in equal places.
func TestOrderMakesNoDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := make([]string, 5*rapid.SampledFrom([]int{1, 20, 200}).Draw(t, "places"))
		for i := range places {
			places[i] = words(t, "words")
		}
		chance := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 0))
		length := len(whole(page(places)))
		for range 3 {
			for k := range 5 { // those whose place is of one kind
				chance.Shuffle(len(places)/5, func(i, j int) {
					places[5*i+k], places[5*j+k] = places[5*j+k], places[5*i+k]
				})
			}
			if now := len(whole(page(places))); now != length {
				t.Fatalf("%d bytes in one order, %d in another", length, now)
			}
		}
	})
}

// TestGzipWouldTell shows that these tests can fail: a usual compressor is caught.
func TestGzipWouldTell(t *testing.T) {
	size := func(secret, guess string) int {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		io.WriteString(w, page([]string{"x", secret, guess}))
		w.Close()
		return b.Len()
	}
	const a, b = "340 cubic metres per second at Brannoch Bridge", "arbitration by agreement, for the rest, in Geneva"
	right, wrong := size(a, a)-size(a, b), size(b, a)-size(b, b)
	if d := wrong - right; d < 20 {
		t.Errorf("a right guess changes the length by %d, a wrong one by %d", right, wrong)
	}
	page := func(secret, guess string) int { return len(whole(page([]string{"x", secret, guess}))) }
	if right, wrong := page(a, a)-page(a, b), page(b, a)-page(b, b); right-wrong > 1 || wrong-right > 1 {
		t.Errorf("here a right guess changes the length by %d, a wrong one by %d", right, wrong)
	}
}

// TestEveryDistanceCostsTheSame pins what the sums rest on.
func TestEveryDistanceCostsTheSame(t *testing.T) {
	for d := uint32(1); d <= window; d++ {
		c := distances[symbolOf(d)]
		if extra := distanceExtra(symbolOf(d)); c.bits+extra != distanceBits || d < c.base || d-c.base >= 1<<extra {
			t.Fatalf("distance %d: symbol %d, %d bits and %d more", d, symbolOf(d), c.bits, extra)
		}
	}
	for what, bits := range map[string][]uint8{"symbols": symbolBits[:], "lengths": headerBits[:]} {
		sum := 0
		for _, n := range bits {
			sum += 1 << (15 - n)
		}
		if sum != 1<<15 {
			t.Errorf("the code of %s is not complete", what)
		}
	}
}

// TestPhrasesHoldNoWords keeps the list to what cannot come from people: no
// words between tags, and values of a few attributes alone.
func TestPhrasesHoldNoWords(t *testing.T) {
	between := regexp.MustCompile(`>[^<]`)
	value := regexp.MustCompile(`([a-z-]+)="([^"]+)`)
	begun := []string{"clauses/", "propose?kind=amend&amp;clause=", "Clause page of ", "Propose for "} // by the product: what follows costs by itself
	open := []string{"class", "dir", "aria-hidden", "type", "name", "scope", "focusable", "fill", "stroke", "stroke-width", "stroke-linejoin"}
	for _, line := range markup {
		if line[0] != '<' && line[0] != '"' || between.MatchString(line) || strings.Contains(line, "--") || len(line) > 258 {
			t.Errorf("%s", line)
		}
		for _, found := range value.FindAllStringSubmatch(line, -1) {
			if begins := strings.HasSuffix(line, found[0]) && slices.Contains(begun, found[2]); !begins && !slices.Contains(open, found[1]) {
				t.Errorf("%s gives a value of %s", line, found[1])
			}
		}
	}
	for _, run := range runs {
		if strings.ContainsAny(run, `<>"&`) || len(run) < 3 || len(run) > 258 {
			t.Errorf("%q", run)
		}
		if place := said[run]; Comment[place:place+len(run)] != run {
			t.Errorf("%q is not where it is said to be", run)
		}
	}
	for _, p := range phrases {
		if !strings.HasPrefix(Comment[p.place:], p.words) {
			t.Errorf("%q is not where it is said to be", p.words)
		}
	}
	if strings.Count(Comment, "-->") != 1 || len(comment) > window-reach+260 {
		t.Errorf("the comment has %d bytes: %s", len(comment), Comment)
	}
}

// TestCommentsStandBetweenElements looks where they are put: never inside of a
// tag, and never where they would be words.
func TestCommentsStandBetweenElements(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<!doctype html><title>T</title>`)
	for i := range 400 {
		fmt.Fprintf(&b, `<p title="%s">%s</p><textarea>%s</textarea>`, strings.Repeat("v", i%90*10), strings.Repeat("w", i%70*9), strings.Repeat("x", i%50*11))
	}
	z, _ := gzip.NewReader(bytes.NewReader(whole(b.String())))
	got, _ := io.ReadAll(z)
	found := 0
	for before := range strings.SplitSeq(string(got), Comment) {
		found++
		if open := strings.LastIndexByte(before, '<'); open >= 0 && !strings.Contains(before[open:], ">") {
			t.Errorf("a comment inside of a tag: …%s", before[max(0, len(before)-80):])
		}
		if strings.Count(before, "<textarea") != strings.Count(before, "</textarea") {
			t.Errorf("a comment inside of a textarea: …%s", before[max(0, len(before)-80):])
		}
	}
	if found < 10 {
		t.Errorf("%d pieces between comments", found)
	}
}

func FuzzPagesComeBack(f *testing.F) {
	f.Add([]byte(`<!doctype html><p>Words</p>`), []byte(`<div id="c">x</div>`), []byte(`</html>`))
	f.Add([]byte(``), bytes.Repeat([]byte("long "), 9000), []byte(`<`))
	f.Add([]byte(`<textarea>`), bytes.Repeat([]byte("<i>"), 20000), bytes.Repeat([]byte(`" class="unit`), 3000))
	f.Fuzz(func(t *testing.T, head, middle, tail []byte) {
		all := slices.Concat(head, middle, tail)
		if bytes.Contains(all, []byte("<!-- Phrases")) || bytes.Contains(all, []byte(" -->")) {
			return // it holds a comment itself
		}
		m := Middle(middle)
		front, back := Around(head, m, tail)
		if got := unpacked(t, slices.Concat(front, m.Bytes, back)); got != string(all) {
			t.Fatalf("came back as %q", got)
		}
	})
}

// BenchmarkMiddle compresses a text of 1,000 clauses.
func BenchmarkMiddle(b *testing.B) {
	var places []string
	for i := range 1000 {
		places = append(places, fmt.Sprintf("The Parties shall share the waters of basin %d, with due regard to those who live by them.", i))
	}
	plain := []byte(page(places))
	b.SetBytes(int64(len(plain)))
	for b.Loop() {
		Middle(plain)
	}
	b.ReportMetric(float64(len(Middle(plain).Bytes))/float64(len(plain)), "ratio")
}
