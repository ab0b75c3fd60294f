package settle

import (
	"bytes"
	"context"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// peer is a solver of mixed-integer programs that nobody here wrote.
type peer struct {
	name, debian string // the program, and the package that has it
	// command solves the file lp within seconds and writes to out.
	command func(lp, out string, seconds int) []string
	optimal string         // what out says of a proved optimum
	value   *regexp.Regexp // of the objective, in out
}

var peers = []peer{
	{"cbc", "coinor-cbc", func(lp, out string, seconds int) []string {
		return []string{lp, "-seconds", strconv.Itoa(seconds), "-threads", "1", "-ratioGap", "0", "-allowableGap", "0", "-solve", "-solution", out}
	}, "Optimal", regexp.MustCompile(`objective value\s+(\S+)`)},
	{"glpsol", "glpk-utils", func(lp, out string, seconds int) []string {
		return []string{"--lp", lp, "--tmlim", strconv.Itoa(seconds), "--mipgap", "0", "-o", out}
	}, "INTEGER OPTIMAL", regexp.MustCompile(`Objective:\s+\S+ = (\S+)`)},
}

// solve asks the peer for the optimum of a program; proved is false when its time
// was up.
func (o peer) solve(tb testing.TB, lp string, seconds int) (value float64, proved bool) {
	tb.Helper()
	out := lp + "." + o.name
	if said, err := exec.Command(o.name, o.command(lp, out, seconds)...).CombinedOutput(); err != nil {
		tb.Fatalf("%s: %v\n%s", o.name, err, said)
	}
	answer, err := os.ReadFile(out)
	if err != nil {
		tb.Fatal(err)
	}
	m := o.value.FindSubmatch(answer)
	if m == nil || !bytes.Contains(answer, []byte(o.optimal)) {
		return 0, false
	}
	value, err = strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		tb.Fatal(err)
	}
	return max(value, -value), true // cbc turns the sign of what is made greatest
}

// there skips what asks the peer where it is not installed.
func (o peer) there(tb testing.TB) {
	if _, err := exec.LookPath(o.name); err != nil {
		tb.Skipf("%s is not installed (Debian has it in %s): no second opinion from it", o.name, o.debian)
	}
}

// program is a solution point of an additive problem without reservation values
// above 0 as a linear program in binary variables: x of issue and option.
type program struct {
	text bytes.Buffer
	p    *Problem
}

// greatestSmallest is the program that makes the smallest gain greatest, each measured in
// units of its party's.
func greatestSmallest(p *Problem, units []*big.Rat) *program {
	l := &program{p: p}
	l.text.WriteString("Maximize\n obj: t\nSubject To\n")
	for n := range p.Parties {
		fmt.Fprintf(&l.text, " party%d:", n)
		l.sum(func(i, o int) *big.Rat { return p.Parties[n].Worth[i][o] })
		unit, _ := units[n].Float64()
		fmt.Fprintf(&l.text, "\n - %.17g t >= 0\n", unit)
	}
	return l.close()
}

// greatestSum is the program that makes the sum of utilities greatest.
func greatestSum(p *Problem) *program {
	l := &program{p: p}
	l.text.WriteString("Maximize\n obj:")
	l.sum(func(i, o int) *big.Rat {
		all := new(big.Rat)
		for n := range p.Parties {
			all.Add(all, p.Parties[n].Worth[i][o])
		}
		return all
	})
	l.text.WriteString("\nSubject To\n")
	return l.close()
}

func (l *program) sum(of func(i, o int) *big.Rat) {
	for i, issue := range l.p.Issues {
		for o := range issue.Options {
			v, _ := of(i, o).Float64()
			fmt.Fprintf(&l.text, " + %.17g x_%d_%d", v, i, o)
		}
		l.text.WriteString("\n")
	}
}

// close adds that each issue is decided once, and that variables are binary.
func (l *program) close() *program {
	for i, issue := range l.p.Issues {
		fmt.Fprintf(&l.text, " issue%d:", i)
		for o := range issue.Options {
			fmt.Fprintf(&l.text, " + x_%d_%d", i, o)
		}
		l.text.WriteString(" = 1\n")
	}
	l.text.WriteString("Binary\n")
	for i, issue := range l.p.Issues {
		for o := range issue.Options {
			fmt.Fprintf(&l.text, " x_%d_%d\n", i, o)
		}
	}
	l.text.WriteString("End\n")
	return l
}

// write puts the program into a file of the test.
func (l *program) write(tb testing.TB) string {
	name := filepath.Join(tb.TempDir(), "problem.lp")
	if err := os.WriteFile(name, l.text.Bytes(), 0o666); err != nil {
		tb.Fatal(err)
	}
	return name
}

// plainUnits are units that leave gains as they are; ideals measure them by the most
// that each party can have.
func plainUnits(p *Problem) []*big.Rat {
	return slices.Repeat([]*big.Rat{big.NewRat(1, 1)}, len(p.Parties))
}

func ideals(p *Problem) []*big.Rat {
	all := make([]*big.Rat, len(p.Parties))
	for n := range all {
		all[n] = new(big.Rat)
		for _, row := range p.Parties[n].Worth {
			all[n].Add(all[n], slices.MaxFunc(row, func(a, b *big.Rat) int { return a.Cmp(b) }))
		}
	}
	return all
}

// contests are the solution points that a linear program can find, with who finds
// them here.
var contests = []struct {
	name    string
	program func(*Problem) *program
	ours    func(context.Context, *Problem, *whole) Solution
}{
	{"utilitarian", greatestSum, func(ctx context.Context, p *Problem, w *whole) Solution { return p.utilitarian(ctx, w) }},
	{"egalitarian", func(p *Problem) *program { return greatestSmallest(p, plainUnits(p)) }, func(ctx context.Context, _ *Problem, w *whole) Solution { return w.egalitarian(ctx) }},
	{"kalai-smorodinsky", func(p *Problem) *program { return greatestSmallest(p, ideals(p)) }, func(ctx context.Context, _ *Problem, w *whole) Solution { return w.kalaiSmorodinsky(ctx) }},
}

// TestPeersAgree asks other solvers for the values of solution points.
func TestPeersAgree(t *testing.T) {
	for _, o := range peers {
		t.Run(o.name, func(t *testing.T) {
			o.there(t)
			for _, kind := range []string{"fine", "points", "opposed"} {
				for _, c := range contests {
					p := generated(kind, 6, 10, 3)
					w, _ := p.wholeNumbers()
					ours := c.ours(context.Background(), p, w)
					value, proved := o.solve(t, c.program(p).write(t), 60)
					if !ours.Proved || !proved || !agrees(ours.Value, value) {
						t.Errorf("%s of %s problem: %s here (proved: %v), %v by %s (proved: %v)", c.name, kind, ours.Value.FloatString(9), ours.Proved, value, o.name, proved)
					}
				}
			}
		})
	}
}

// agrees allows for the peers' floating point.
func agrees(exact *big.Rat, value float64) bool {
	v, _ := exact.Float64()
	return value >= v*(1-1e-5) && value <= v*(1+1e-5)
}

// peerSeconds is how long a peer may take in a benchmark; what it has not proved
// by then is counted.
const peerSeconds = 20

// BenchmarkPeers finds the same solution points here and by other solvers, one
// thread each. A peer's figure includes the start of its program and the reading
// of the file, some milliseconds.
func BenchmarkPeers(b *testing.B) {
	for _, d := range benchmarked {
		if d.parties > 6 {
			continue
		}
		p := generated(d.kind, d.issues, d.options, d.parties)
		w, _ := p.wholeNumbers()
		for _, c := range contests[1:] {
			name := strings.Join([]string{c.name, fmt.Sprintf("%s-%dx%d-p%d", d.kind, d.issues, d.options, d.parties)}, "/")
			value := c.ours(context.Background(), p, w).Value
			b.Run(name+"/paraph", func(b *testing.B) {
				for b.Loop() {
					if got := c.ours(context.Background(), p, w); !got.Proved {
						b.Fatal("not proved")
					}
				}
			})
			for _, o := range peers {
				b.Run(name+"/"+o.name, func(b *testing.B) {
					o.there(b)
					lp, unproved := c.program(p).write(b), 0.0
					for b.Loop() {
						got, proved := o.solve(b, lp, peerSeconds)
						if !proved {
							unproved++
						} else if !agrees(value, got) {
							b.Fatalf("%s finds %v, and %s is right", o.name, got, value.FloatString(9))
						}
					}
					b.ReportMetric(unproved/float64(b.N), "unproved/op")
				})
			}
		}
	}
}
