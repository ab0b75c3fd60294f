package docx

import (
	"fmt"
	"strings"
	"testing"

	"paraph/draft"
)

// longText makes a text of many articles and one edited in one word of fifty,
// with some articles moved.
func longText(words int) (old, new string) {
	d := newDrafting(1)
	var articles, edited []string
	for n := 0; n < words; {
		var a, b strings.Builder
		fmt.Fprintf(&a, "## Article %d %s\n\n", len(articles)+1, strings.Join(d.phrase(latin, 3), " "))
		b.WriteString(a.String())
		for k := range 4 + d.IntN(6) {
			w := d.mark(d.phrase(latin, 40+d.IntN(60)))
			n += len(w)
			fmt.Fprintf(&a, "%d. %s.\n\n", k+1, strings.Join(w, " "))
			for i := range w {
				if d.IntN(50) == 0 {
					w[i] = fmt.Sprintf("changed%d", d.IntN(1000))
				}
			}
			fmt.Fprintf(&b, "%d. %s.\n\n", k+1, strings.Join(w, " "))
		}
		articles, edited = append(articles, a.String()), append(edited, b.String())
	}
	for k := range min(12, len(edited)/3) {
		a := edited[1+k]
		edited = append(append(edited[:1+k:1+k], edited[2+k:]...), a)
	}
	return strings.Join(articles, ""), strings.Join(edited, "")
}

// BenchmarkWriteComparison compares two long texts and writes the comparison as
// tracked changes.
func BenchmarkWriteComparison(b *testing.B) {
	for _, words := range []int{25_000, 50_000, 100_000} {
		old, new := longText(words)
		b.Run(fmt.Sprint(words), func(b *testing.B) {
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				x, y := parsed(b, old), parsed(b, new)
				data, err := WriteComparison(x, y, draft.Compare(x, y), Tracking{Author: "RU", Date: declared}, Copy{})
				if err != nil {
					b.Fatal(err)
				}
				size = len(data)
			}
			b.ReportMetric(float64(size)/1024, "KiB-out")
		})
	}
}

func BenchmarkWriteText(b *testing.B) {
	old, _ := longText(100_000)
	x := parsed(b, old)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := WriteText(x, Copy{}); err != nil {
			b.Fatal(err)
		}
	}
}
