package register

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestCirculatingCopies holds the register to its bar: the right version named
// for 99 of 100 copies of 50 words and more, exact for all that are unchanged, and
// never a wrong exact.
func TestCirculatingCopies(t *testing.T) {
	versions := twelve(t)
	r := New(versions)
	copies := 100
	if n, err := strconv.Atoi(os.Getenv("PARAPH_COPIES")); err == nil {
		copies = n
	}
	o := ask(r, versions, copies, 2026)
	for _, w := range o.wrong {
		t.Log(w)
	}
	t.Logf("%d copies: %d right, %d exact, %d exact missed, %d wrong exact", o.asked, o.right, o.exact, o.missedExact, o.wrongExact)
	if o.right*100 < o.asked*99 || o.wrongExact > 0 {
		t.Errorf("%d of %d right, %d wrong exact", o.right, o.asked, o.wrongExact)
	}
	if o.exact*10 < o.asked || o.missedExact > 0 {
		t.Errorf("only %d of %d said to be exact, %d unchanged ones not", o.exact, o.asked, o.missedExact)
	}
}

// BenchmarkWhich asks for a whole long copy and for a page.
func BenchmarkWhich(b *testing.B) {
	versions := twelve(b)
	r := New(versions)
	whole := plainly(versions[7].Text)
	lines := strings.Split(whole, "\n")
	for name, copy := range map[string]string{"whole": whole, "page": strings.Join(lines[100:140], "\n")} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if a := r.Which(copy); a.Verdict == Unknown {
					b.Fatal(a)
				}
			}
		})
	}
}
