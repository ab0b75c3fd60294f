//go:build timing

package web

import (
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"testing"
	"time"

	"paraph/process"
	"paraph/record"
	"paraph/sitting"
	"paraph/text"
)

// The most that the statistic of Welch's test may come to, either way, when what
// is hidden is told from what is absent by how long the answer takes.
const mostT = 4.5

// samples is how often each of the two is asked for; SAMPLES sets it.
func samples() int {
	if n, err := strconv.Atoi(os.Getenv("SAMPLES")); err == nil && n > 0 {
		return n
	}
	return 4000
}

// oracle is something that one could ask the time of: about what is hidden from
// the one who asks, and about what never was.
type oracle struct {
	name   string
	hidden []func() // several, so that no name is quicker by chance
	absent []func()
}

// TestTiming measures each oracle. It needs a quiet machine.
func TestTiming(t *testing.T) {
	for _, o := range oracles(t) {
		t.Run(o.name, func(t *testing.T) {
			hidden, absent := o.measure(samples())
			got := welch(hidden, absent)
			t.Logf("t = %6.2f: hidden %v, absent %v", got, median(hidden), median(absent))
			if math.Abs(got) > mostT {
				t.Errorf("|t| = %.1f, want at most %.1f: what is hidden takes %v, what is absent %v", math.Abs(got), mostT, median(hidden), median(absent))
			}
		})
	}
}

// measure asks for both in random order, n times each, without collections of
// garbage while the clock runs, and leaves out the slowest twentieth of all: those
// say what else the machine did.
func (o oracle) measure(n int) (hidden, absent []time.Duration) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	asked := make([]bool, 2*n)
	for i := range n {
		asked[i] = true
	}
	rand.Shuffle(len(asked), func(i, j int) { asked[i], asked[j] = asked[j], asked[i] })
	for i := range 400 { // to be warm
		o.hidden[i%len(o.hidden)]()
		o.absent[i%len(o.absent)]()
	}
	for i, isHidden := range asked {
		if i%500 == 0 {
			runtime.GC()
		}
		ask := o.absent[rand.IntN(len(o.absent))]
		if isHidden {
			ask = o.hidden[rand.IntN(len(o.hidden))]
		}
		start := time.Now()
		ask()
		took := time.Since(start)
		if isHidden {
			hidden = append(hidden, took)
		} else {
			absent = append(absent, took)
		}
	}
	all := slices.Concat(hidden, absent)
	slices.Sort(all)
	slow := all[len(all)*19/20]
	trim := func(d time.Duration) bool { return d > slow }
	return slices.DeleteFunc(hidden, trim), slices.DeleteFunc(absent, trim)
}

// welch gives the statistic of Welch's t-test for two samples of unequal
// variance (B. L. Welch, Biometrika 34, 1947).
func welch(a, b []time.Duration) float64 {
	meanA, varA := moments(a)
	meanB, varB := moments(b)
	return (meanA - meanB) / math.Sqrt(varA/float64(len(a))+varB/float64(len(b)))
}

func moments(all []time.Duration) (mean, variance float64) {
	for _, d := range all {
		mean += float64(d) / float64(len(all))
	}
	for _, d := range all {
		variance += (float64(d) - mean) * (float64(d) - mean) / float64(len(all)-1)
	}
	return mean, variance
}

func median(all []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[len(sorted)/2]
}

// few is how many things of each kind are hidden.
const few = 5

// oracles lays a table with things that are south's alone, and gives what north
// and the public may ask.
func oracles(t *testing.T) []oracle {
	tb := newTable(t)
	for i := range few {
		id := fmt.Sprint("secret-thing-", i)
		tb.do(river, south, text.Issue{ID: id, Symbol: "NP", Class: text.NonPaper, Draft: fmt.Sprintf("1. Thunder %d alone.\n", i)})
		tb.do(river, south, sitting.Hold{ID: id, Title: "Caucus", Kind: sitting.Caucus})
		tb.do(river, south, text.Table{ID: id, Version: "two", Kind: text.Insert, Words: fmt.Sprintf("%d. All stands.", i+3)})
		tb.do(river, south, sitting.Send{ID: id, Words: "Well?", MayPass: []record.Seat{north}})
		tb.open(record.ProcessID(id))
	}
	clauses := make([]string, few)
	for i := range few {
		clauses[i] = tb.clauseOf(south, fmt.Sprint("secret-thing-", i)).ID
	}
	ask := func(seat record.Seat, path string, form url.Values) func() {
		return func() {
			r := tb.as(seat, httptest.NewRequest(http.MethodGet, path, nil))
			if form != nil {
				r = tb.formOf(seat, path, form)
			}
			if forPrograms(r) {
				r = asProgram(request{path, form}, seat)
			}
			w := httptest.NewRecorder()
			tb.server.ServeHTTP(w, r)
			if w.Code != http.StatusNotFound {
				t.Fatalf("%s is answered with %d", path, w.Code)
			}
		}
	}
	about := func(name string, seat record.Seat, path string, form url.Values) oracle {
		o := oracle{name: name}
		for i := range few {
			o.hidden = append(o.hidden, ask(seat, fmt.Sprintf(path, fmt.Sprint("secret-thing-", i)), form))
			o.absent = append(o.absent, ask(seat, fmt.Sprintf(path, fmt.Sprint("absent-thing-", i)), form))
		}
		return o
	}
	clause := func(name, path string, form url.Values) oracle {
		o := oracle{name: name}
		for i, id := range clauses {
			never := []byte(id)
			slices.Reverse(never)
			o.hidden = append(o.hidden, ask(north, fmt.Sprintf(path, clauses[i]), form))
			o.absent = append(o.absent, ask(north, fmt.Sprintf(path, never), form))
		}
		return o
	}
	return append(atTheDoor(t), []oracle{
		about("process", public, "/p/%s/", nil),
		about("process, a page deep in it", public, "/p/%s/versions/none", nil),
		about("process, an act", public, "/p/%s/messages", filled("to", "NO", "words", "Well?")),
		about("process, its stream", public, "/live?page=/p/%s/text", nil),
		about("version", north, "/p/river/versions/%s", nil),
		about("version, its rolling text", north, "/p/river/text?version=%s", nil),
		about("version, compared", north, "/p/river/compare?old=two&new=%s", nil),
		about("version, its stream", north, "/live?page=/p/river/versions/%s", nil),
		clause("clause", "/p/river/clauses/%s", nil),
		clause("clause, the form of a proposal", "/p/river/propose?clause=%s", nil),
		clause("clause, an act", "/p/river/clauses/%s/position", filled("do", "position", "position", "supports", "fingerprint", "none")),
		about("sitting", north, "/p/river/sittings/%s", nil),
		about("proposal, withdrawn", north, "/p/river/proposals/%s/withdraw", url.Values{}),
		about("proposal, cleared", north, "/p/river/proposals/%s/clear", url.Values{"audience": {"plenary"}}),
		about("process, for programs", public, "/api/v1/p/%s", nil),
		about("process, its stream for programs", public, "/api/v1/p/%s/live", nil),
		about("version, for programs", north, "/api/v1/p/river/versions/%s", nil),
		about("proposal, for programs", north, "/api/v1/p/river/proposals/%s", nil),
		about("proposal, withdrawn by a program", north, "/api/v1/p/river/proposals/%s/withdraw", bodied(`{}`)),
		about("message, acknowledged", north, "/p/river/messages/%s/acknowledge", url.Values{}),
	}...)
}

// atTheDoor gives what may be asked where people have accounts: of a process, by
// one who is signed in and has no place in it; and with a token that begins as one
// does that opens a session.
func atTheDoor(t *testing.T) []oracle {
	g := newGate(t)
	never := process.Open{Title: "Never", Rules: process.GroundRules{Regime: process.OnTheRecord}}
	o := []oracle{{name: "process, signed in"}, {name: "process, by an administrator"}, {name: "session"}}
	for i := range few {
		hidden := record.ProcessID(fmt.Sprint("secret-thing-", i))
		g.do(hidden, chair, never)
		for j, name := range []string{"placeless", "administrator"} {
			o[j].hidden = append(o[j].hidden, func() { g.must(t, http.StatusNotFound, name, "/p/"+string(hidden)+"/text") })
			o[j].absent = append(o[j].absent, func() { g.must(t, http.StatusNotFound, name, fmt.Sprintf("/p/absent-thing-%d/text", i)) })
		}
		token := g.tokens["head-no"]
		begins, other := fmt.Sprint("begins-", i), fmt.Sprint("other-", i)
		g.tokens[begins] = token[:len(token)-8] + fmt.Sprintf("%08d", i)
		turned := []byte(token)
		slices.Reverse(turned)
		g.tokens[other] = string(turned[:len(turned)-8]) + fmt.Sprintf("%08d", i)
		o[2].hidden = append(o[2].hidden, func() { g.must(t, http.StatusSeeOther, begins, "/account") })
		o[2].absent = append(o[2].absent, func() { g.must(t, http.StatusSeeOther, other, "/account") })
	}
	return o
}

// must asks for a page and holds the answer to its code.
func (g *gate) must(t *testing.T, code int, name, path string) {
	if w := g.ask(name, path, nil); w.Code != code {
		t.Fatalf("%s asks for %s and is answered with %d, want %d", name, path, w.Code, code)
	}
}
