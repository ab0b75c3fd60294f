package elicit

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"paraph/settle"
)

func (r *Result) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

// remark says what was read into answers that leave something open.
func (r *Result) remark(issues []settle.Issue, a Answers, values []valued) {
	var blank, alike []string
	for i, v := range values {
		switch {
		case v.blank && len(v.options) > 1:
			blank = append(blank, quoted(issues[i].Name))
		case v.alike && (a.Issues[i].Rank > 0 || a.Issues[i].Points.known() || a.Method == Pairs) && len(v.options) > 1 && a.Method != Weights:
			alike = append(alike, quoted(issues[i].Name))
		}
	}
	if len(alike) > 0 {
		r.note("All options of %s are alike to you: it counts nothing, and you can give it away for something else.", list(alike))
	}
	if len(blank) > 0 {
		r.note("You said nothing of the options of %s: each may be worth anything.", list(blank))
	}
	r.remarkWeights(issues, a)
	r.remarkPicks(a)
}

func (r *Result) remarkWeights(issues []settle.Issue, a Answers) {
	var open []string
	full := false
	for i, said := range a.Issues {
		switch a.Method {
		case Ranking:
			if said.Rank == 0 {
				open = append(open, quoted(issues[i].Name))
			}
		case Weights, Swing:
			if !said.Points.known() {
				open = append(open, quoted(issues[i].Name))
			} else if said.Points.To.Cmp(hundred) == 0 {
				full = true
			}
		}
		if a.Method == Weights {
			r.remarkTop(issues[i], said)
		}
	}
	if len(open) > 0 {
		r.note("You said nothing of how much %s matters: it may be anything from nothing to all.", list(open))
	}
	if a.Method == Swing && !full {
		r.note("No issue has 100 points; yours were taken in proportion.")
	}
}

// remarkTop tells of an issue none of whose options has all points: its weight is
// never reached then.
func (r *Result) remarkTop(issue settle.Issue, said IssueAnswer) {
	top := new(big.Rat)
	for _, o := range said.Options {
		top = larger(top, o.Points.interval().High)
	}
	if top.Cmp(hundred) < 0 {
		r.note("The best option of %s has %s points of 100, so the issue never counts its whole weight.", quoted(issue.Name), Number(top))
	}
}

func (r *Result) remarkPicks(a Answers) {
	for _, c := range r.Conflicts {
		r.note("%s", c.Words())
	}
	unknown := 0
	for _, p := range a.Picks {
		if p.Answer == Unknown {
			unknown++
		}
	}
	if a.Method == Pairs && unknown > 0 {
		r.note("Of %d choices you left %d open.", len(a.Picks), unknown)
	}
}

// Words say which answers contradict each other.
func (c Conflict) Words() string {
	n := strconv.Itoa(c.Pick + 1)
	if len(c.With) == 0 {
		return "Choice " + n + " contradicts the order in which you ranked the options. It is set aside; change it or the order."
	}
	var with []string
	for _, w := range c.With {
		with = append(with, strconv.Itoa(w+1))
	}
	choices := "choice "
	if len(with) > 1 {
		choices = "choices "
	}
	return "Choice " + n + " contradicts " + choices + list(with) + ": they cannot all be true. Choice " + n + " is set aside; change one of them."
}

// Asks puts a pair in words: what each side gets, the other staying as it is.
func (p Pick) Asks(issues []settle.Issue) (left, right string) {
	return p.Left.words(issues), p.Right.words(issues)
}

func (g Gain) words(issues []settle.Issue) string {
	issue := issues[g.Issue]
	return "on " + issue.Name + ", get " + quoted(issue.Options[g.Get]) + " rather than " + quoted(issue.Options[g.Over])
}

// Says tells what the worths mean, a sentence for each issue, the weightiest first.
func (r *Result) Says(issues []settle.Issue) []string {
	order := make([]int, len(issues))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return r.Weights[j].Mid.Cmp(r.Weights[i].Mid) })
	var out []string
	for _, i := range order {
		out = append(out, r.says(issues[i], i))
	}
	return out
}

func (r *Result) says(issue settle.Issue, i int) string {
	w := r.Weights[i]
	words := issue.Name + " counts " + Number(w.Mid) + " of 100"
	if !w.Exact() {
		words += " (from " + Number(w.Low) + " to " + Number(w.High) + ")"
	}
	best, worst := 0, 0
	for o, worth := range r.Worths[i] {
		if worth.Mid.Cmp(r.Worths[i][best].Mid) > 0 {
			best = o
		}
		if worth.Mid.Cmp(r.Worths[i][worst].Mid) < 0 {
			worst = o
		}
	}
	if best == worst {
		return words + ": its options are the same to you."
	}
	gain := new(big.Rat).Sub(r.Worths[i][best].Mid, r.Worths[i][worst].Mid)
	return words + ": " + quoted(issue.Options[best]) + " is worth " + Number(gain) + " more to you than " + quoted(issue.Options[worst]) + "."
}

func quoted(s string) string { return "“" + s + "”" }

func list(all []string) string {
	if len(all) < 2 {
		return strings.Join(all, "")
	}
	return strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}
