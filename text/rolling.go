package text

import (
	"cmp"
	"slices"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
)

// roll makes the rolling text of a version and proposals on it.
func roll(v *VersionView, live []ProposalView, supporters map[string][]record.Seat) (RollingView, error) {
	r := &roller{version: v, plans: map[int]*plan{}, insertions: map[int][]insertion{}, seats: v.Text.Front.Seats}
	r.plan(live, supporters)
	return r.print()
}

// roller makes one rolling text: first it plans what becomes of which clause,
// then it prints clause after clause.
type roller struct {
	version    *VersionView
	plans      map[int]*plan       // by place of the clause
	insertions map[int][]insertion // by place of the clause that they follow; -1 for the beginning
	seats      []record.Seat       // declared by the version, and those that propose

	body  strings.Builder
	marks []RollingClause
	ends  []int // offset in the body at which each of marks ends
}

// print writes all clauses and reads the whole.
func (r *roller) print() (RollingView, error) {
	r.body.WriteString(front(r.version.Text.Front, r.seats))
	if !strings.HasPrefix(source(r.version.Text, 0, 1), "\n") {
		r.body.WriteString("\n")
	}
	r.group(-1)
	for i, c := range r.version.Clauses {
		r.clause(i, c)
		r.group(i)
	}
	t, err := draft.Parse(r.body.String(), r.seats...)
	if err != nil {
		return RollingView{}, fault.Invalid("the rolling text of %s cannot be made", r.version.Symbol).Because(err)
	}
	locate(t, r.marks, r.ends)
	return RollingView{Version: *r.version, Text: t, Counts: draft.Count(t), Clauses: r.marks}, nil
}

// clause writes one clause of the version with what is proposed for it.
func (r *roller) clause(i int, c Clause) {
	m := RollingClause{ID: c.ID, Label: cmp.Or(c.Label, c.Heading)}
	written := source(r.version.Text, i, i+1)
	if p := r.plans[i]; p != nil {
		m.Applied, m.Beside = p.applied, p.beside
		part := cut(r.version.Text, i)
		if words, ok := r.compile(part.core, p.words); ok {
			written = part.before + words + part.after
		} else {
			m.Applied, m.Beside = nil, append(slices.Clone(p.beside), p.applied...)
		}
	}
	r.body.WriteString(written)
	r.mark(m)
}

// group writes what is inserted after a clause: what the seats would have there
// is compiled together, so that what they share stands once.
func (r *roller) group(after int) {
	list := r.insertions[after]
	if len(list) == 0 {
		return
	}
	m := RollingClause{}
	words := map[record.Seat]string{}
	for _, n := range list {
		if n.moved != "" {
			m.ID = n.moved
		}
		if !slices.Contains(m.Applied, n.proposal) {
			m.Applied = append(m.Applied, n.proposal)
		}
		words[n.seat] = strings.TrimSpace(words[n.seat] + "\n\n" + n.words)
	}
	m.Label = labelOf(list[0].words)
	if len(m.Applied) > 1 {
		m.ID = ""
	}
	compiled, ok := r.compile("", words)
	if !ok {
		m.Applied, m.Beside = nil, m.Applied
		r.mark(m)
		return
	}
	r.blankLine()
	r.body.WriteString(compiled + "\n\n")
	r.mark(m)
}

// blankLine makes sure that what comes next begins a block.
func (r *roller) blankLine() {
	written := r.body.String()
	switch {
	case written == "" || strings.HasSuffix(written, "\n\n"):
	case strings.HasSuffix(written, "\n"):
		r.body.WriteString("\n")
	default:
		r.body.WriteString("\n\n")
	}
	if n := len(r.ends); n > 0 {
		r.ends[n-1] = r.body.Len()
	}
}

// mark notes which clause of the rolling text ends here.
func (r *roller) mark(m RollingClause) {
	r.marks = append(r.marks, m)
	r.ends = append(r.ends, r.body.Len())
}

// locate finds the clauses of the text for each mark, by where they end.
func locate(t *draft.Text, marks []RollingClause, ends []int) {
	offset, at := 0, 0
	next := 0
	for i := range marks {
		marks[i].First = next
		for ; next < len(t.Clauses); next++ {
			c := t.Clauses[next]
			for ; at < c.Last; at++ {
				offset += len(t.Pieces[at].Src)
			}
			if offset > ends[i] {
				break
			}
		}
		marks[i].Last = next
	}
}

// front prints front matter that declares the seats.
func front(f draft.Front, seats []record.Seat) string {
	if len(seats) == 0 && f.Title == "" && f.Symbol == "" && !f.Carried {
		return ""
	}
	var b strings.Builder
	b.WriteString("---\n")
	names := make([]string, len(seats))
	for i, s := range seats {
		names[i] = string(s)
	}
	line := func(key, value string) {
		if value != "" {
			b.WriteString(key + ": " + value + "\n")
		}
	}
	line("seats", strings.Join(names, ", "))
	line("title", f.Title)
	line("symbol", f.Symbol)
	if f.Carried {
		line("brackets", "carried")
	}
	b.WriteString("---\n")
	return b.String()
}

func labelOf(words string) string {
	t, err := draft.Parse(words)
	if err != nil || len(t.Clauses) == 0 {
		return ""
	}
	return cmp.Or(t.Clauses[0].Label, t.Clauses[0].Heading)
}
