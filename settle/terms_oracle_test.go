package settle

import (
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestTermsAgainstCBC holds whole frontiers to the integer programming solver
// CBC, which reads the problem as a programme of its own: with each point's
// utility for the first party, and with one more than it, the most that the
// second party can have is as the frontier says.
func TestTermsAgainstCBC(t *testing.T) {
	if _, err := exec.LookPath("cbc"); err != nil {
		t.Skip("cbc is not installed (Debian package coinor-cbc): the frontiers are not held to it")
	}
	for _, kind := range []string{"plain", "mixed", "harsh"} {
		p := interdependent(kind, 6, 5, 2)
		a, err := Settle(t.Context(), p, Options{All: true})
		if err != nil {
			t.Fatal(err)
		}
		if !a.Frontier.Whole {
			t.Fatal("the frontier is not whole")
		}
		points := a.Frontier.Points()
		for i, at := range points {
			if most, ok := mostByCBC(t, p, at.Utilities[0]); !ok || most.Cmp(at.Utilities[1]) != 0 {
				t.Errorf("%s: with %s for the first party the second has %s, CBC says %v", kind, at.Utilities[0].RatString(), at.Utilities[1].RatString(), most)
			}
			more := new(big.Rat).Add(at.Utilities[0], big.NewRat(1, 1))
			most, ok := mostByCBC(t, p, more)
			if i == 0 && ok {
				t.Errorf("%s: CBC finds more for the first party than %s", kind, at.Utilities[0].RatString())
			}
			if i > 0 && (!ok || most.Cmp(points[i-1].Utilities[1]) != 0) {
				t.Errorf("%s: above %s for the first party the second has %s, CBC says %v", kind, at.Utilities[0].RatString(), points[i-1].Utilities[1].RatString(), most)
			}
		}
	}
}

// mostByCBC is the most that the second party can have when the first has at
// least as much as given; false when it cannot.
func mostByCBC(t *testing.T, p *Problem, first *big.Rat) (*big.Rat, bool) {
	dir := t.TempDir()
	in, out := filepath.Join(dir, "problem.lp"), filepath.Join(dir, "solution")
	if err := os.WriteFile(in, []byte(programme(p, first)), 0o600); err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command("cbc", in, "ratioGap", "0", "allowableGap", "0", "solve", "solution", out).CombinedOutput()
	if err != nil {
		t.Fatalf("cbc: %v\n%s", err, said)
	}
	solution, err := os.ReadFile(out)
	if err != nil {
		t.Fatalf("cbc gave no solution: %v\n%s", err, said)
	}
	lines := strings.Split(string(solution), "\n")
	switch {
	case strings.HasPrefix(lines[0], "Infeasible"), strings.HasPrefix(lines[0], "Integer infeasible"):
		return nil, false
	case !strings.HasPrefix(lines[0], "Optimal"):
		t.Fatalf("cbc: %s", lines[0])
	}
	for _, line := range lines[1:] {
		if fields := strings.Fields(line); len(fields) > 2 && fields[1] == "u2" {
			f, err := strconv.ParseFloat(fields[2], 64)
			if err != nil {
				t.Fatal(err)
			}
			return new(big.Rat).SetInt64(int64(f+100000.5) - 100000), true
		}
	}
	return new(big.Rat), true // a variable that is not listed is 0
}

// programme writes a problem of two parties in whole numbers as an integer
// programme in the LP format of CPLEX.
func programme(p *Problem, first *big.Rat) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Maximize\n obj: u2\nSubject To\n floor: u1 >= %s\n", first.RatString())
	var zs []string
	for i := range p.Parties {
		base, row := new(big.Rat), ""
		for issue, worths := range p.Parties[i].Worth {
			for o, w := range worths {
				row += fmt.Sprintf(" - %s x%d_%d", w.RatString(), issue, o)
			}
		}
		for n, term := range p.Parties[i].Terms {
			z := fmt.Sprintf("z%d_%d", i, n)
			zs = append(zs, z)
			w := new(big.Rat).Set(term.Worth)
			if term.Outside {
				base.Add(base, w)
				w.Neg(w)
			}
			row += fmt.Sprintf(" %s %s", signed(new(big.Rat).Neg(w)), z)
			all := ""
			for _, bound := range term.Bounds {
				inside := ""
				for o := bound.From; o <= bound.To; o++ {
					inside += fmt.Sprintf(" - x%d_%d", bound.Issue, o)
				}
				all += inside
				fmt.Fprintf(&b, " %s%s <= 0\n", z, inside)
			}
			fmt.Fprintf(&b, " %s%s >= %d\n", z, all, 1-len(term.Bounds))
		}
		fmt.Fprintf(&b, " u%d%s = %s\n", i+1, row, base.RatString())
	}
	for _, rule := range p.Rules {
		row := ""
		for _, c := range rule.If {
			row += fmt.Sprintf(" + x%d_%d", c.Issue, c.Option)
		}
		for _, c := range rule.Then {
			fmt.Fprintf(&b, "%s - x%d_%d <= %d\n", row, c.Issue, c.Option, len(rule.If)-1)
		}
		if len(rule.Then) == 0 {
			fmt.Fprintf(&b, "%s <= %d\n", row, len(rule.If)-1)
		}
	}
	var xs []string
	for i, issue := range p.Issues {
		row := ""
		for o := range issue.Options {
			x := fmt.Sprintf("x%d_%d", i, o)
			xs = append(xs, x)
			row += " + " + x
		}
		fmt.Fprintf(&b, "%s = 1\n", row)
	}
	fmt.Fprintf(&b, "Bounds\n u1 free\n u2 free\nBinaries\n %s\n %s\nEnd\n", strings.Join(xs, "\n "), strings.Join(zs, "\n "))
	return b.String()
}

func signed(r *big.Rat) string {
	if r.Sign() < 0 {
		return r.RatString()
	}
	return "+ " + r.RatString()
}
