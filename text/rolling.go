package text

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
)

// roll makes the rolling text of a version and proposals on it. What another
// rolling text was made of, if any, saves it from making the same again.
func roll(v *VersionView, live []*ProposalView, supporters map[string][]record.Seat, before *rolled) (RollingView, error) {
	if before == nil || before.text != v.Text {
		before = &rolled{}
	}
	r := &roller{version: v, live: live, supporters: supporters, seats: v.Text.Front.Seats, before: before}
	r.plan()
	if before.plans != nil && !slices.Equal(before.seats, r.seats) { // which decide how every clause is written
		r.before, r.seats = &rolled{}, v.Text.Front.Seats
		r.plan()
	}
	r.marks, r.ends = make([]RollingClause, 0, len(v.Clauses)+len(live)), make([]int, 0, len(v.Clauses)+len(live))
	return r.print()
}

// roller makes one rolling text: first it plans what becomes of which clause,
// then it prints clause after clause.
type roller struct {
	version    *VersionView
	live       []*ProposalView
	supporters map[string][]record.Seat
	before     *rolled
	plans      []*plan       // by place, of which the first is the beginning
	seats      []record.Seat // declared by the version, and those that propose

	body  strings.Builder
	marks []RollingClause
	ends  []int // offset in the body at which each of marks ends
}

// rolled is what a rolling text was made of. It belongs to one view, and so to
// what one lens reads. The zero rolled is of none.
type rolled struct {
	text       *draft.Text // of the version
	live       []*ProposalView
	supporters map[string][]record.Seat
	plans      []*plan
	seats      []record.Seat
	revision   *draft.Revision
}

// at gives what was planned for a place; the zero plan for nothing.
func (r *rolled) at(i int) plan {
	if r.plans == nil || r.plans[i+1] == nil {
		return plan{}
	}
	return *r.plans[i+1]
}

// once compiles what seats would have at a place, unless that was done before.
func once(before compiled, words map[record.Seat]string, compile func(map[record.Seat]string) (string, bool)) compiled {
	if before.words != nil && maps.Equal(before.words, words) {
		return before
	}
	c := compiled{words: words}
	c.printed, c.ok = compile(words)
	return c
}

// print writes all clauses and reads the whole.
func (r *roller) print() (RollingView, error) {
	sources := r.version.sheet.sources
	if r.before.revision != nil {
		r.body.Grow(r.before.revision.Len() + 4096)
	}
	r.body.WriteString(front(r.version.Text.Front, r.seats))
	if !strings.HasPrefix(sources[0], "\n") {
		r.body.WriteString("\n")
	}
	r.group(-1)
	for i, c := range r.version.Clauses {
		r.clause(i, c)
		r.group(i)
	}
	revision, err := draft.Revise(r.before.revision, r.body.String(), r.seats...)
	if err != nil {
		return RollingView{}, fault.Invalid("the rolling text of %s cannot be made", r.version.Symbol).Because(err)
	}
	locate(revision, r.marks, r.ends)
	var after *draft.Text
	if r.before.revision != nil {
		after = r.before.revision.Text
	}
	return RollingView{
		Version: *r.version, Text: revision.Text, Counts: revision.Counts, Clauses: r.marks, Head: revision.Head, Tail: revision.Tail, After: after,
		made: &rolled{r.version.Text, r.live, r.supporters, r.plans, r.seats, revision},
	}, nil
}

// clause writes one clause of the version with what is proposed for it.
func (r *roller) clause(i int, c Clause) {
	m := RollingClause{ID: c.ID, Label: cmp.Or(c.Label, c.Heading)}
	p := r.plans[i+1]
	if p == nil {
		r.write(i, r.version.sheet.sources[i])
		r.mark(m)
		return
	}
	if p.clause.words == nil { // it was not taken over
		p.clause = once(r.before.at(i).clause, p.words, func(words map[record.Seat]string) (string, bool) {
			part := cut(r.version.Text, i)
			printed, ok := r.compile(part.core, words)
			return part.before + printed + part.after, ok
		})
	}
	m.Applied, m.Beside = p.applied, p.beside
	written := r.version.sheet.sources[i]
	if p.clause.ok {
		written = p.clause.printed
	} else {
		m.Applied, m.Beside = nil, append(slices.Clone(p.beside), p.applied...)
	}
	r.write(i, written)
	r.mark(m)
}

// write writes a clause. Blank lines before the first one go where something is
// inserted before it: a text would count them to that.
func (r *roller) write(i int, clause string) {
	if i == 0 && len(r.ends) > 0 && strings.HasSuffix(r.body.String(), "\n\n") {
		clause = strings.TrimLeft(clause, "\r\n")
	}
	r.body.WriteString(clause)
}

// group writes what is inserted after a clause: what the seats would have there
// is compiled together, so that what they share stands once.
func (r *roller) group(after int) {
	p := r.plans[after+1]
	if p == nil || len(p.inserted) == 0 {
		return
	}
	m := RollingClause{}
	words := map[record.Seat]string{}
	for _, n := range p.inserted {
		if n.moved != "" {
			m.ID = n.moved
		}
		if !slices.Contains(m.Applied, n.proposal) {
			m.Applied = append(m.Applied, n.proposal)
		}
		words[n.seat] = strings.TrimSpace(words[n.seat] + "\n\n" + n.words)
	}
	m.Label = labelOf(p.inserted[0].words)
	if len(m.Applied) > 1 {
		m.ID = ""
	}
	if p.group.words == nil {
		p.group = once(r.before.at(after).group, words, func(words map[record.Seat]string) (string, bool) {
			return r.compile("", words)
		})
	}
	if !p.group.ok {
		m.Applied, m.Beside = nil, m.Applied
		r.mark(m)
		return
	}
	r.blankLine()
	r.body.WriteString(p.group.printed + "\n\n")
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
func locate(r *draft.Revision, marks []RollingClause, ends []int) {
	next := 0
	for i := range marks {
		marks[i].First = next
		for next < len(r.Text.Clauses) && r.End(next) <= ends[i] {
			next++
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
