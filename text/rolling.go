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
	r := &roller{version: v, plans: map[int]*plan{}, insertions: map[int][]insertion{}, seats: v.Text.Front.Seats}
	r.plan(live, supporters)
	most := len(v.Clauses) + len(r.insertions)
	r.marks, r.ends = make([]RollingClause, 0, most), make([]int, 0, most)
	r.made = &rolled{text: v.Text, seats: r.seats, clauses: map[int]compiled{}, between: map[int]compiled{}}
	if before != nil && before.text == v.Text && slices.Equal(before.seats, r.seats) {
		r.before = before
	} else {
		r.before = &rolled{}
	}
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

	before, made *rolled
}

// rolled is what a rolling text was made of. It belongs to one view, and so to
// what one lens reads.
type rolled struct {
	text     *draft.Text // of the version
	seats    []record.Seat
	clauses  map[int]compiled // by place of the clause
	between  map[int]compiled // by place of the clause that they follow
	revision *draft.Revision
}

// compiled is what the words that seats would have came to.
type compiled struct {
	words   map[record.Seat]string
	printed string
	ok      bool
}

// compileOnce compiles what seats would have at a place, unless that is done.
func (r *roller) compileOnce(before, made map[int]compiled, at int, core string, words map[record.Seat]string) (string, bool) {
	c, done := before[at]
	if !done || !maps.Equal(c.words, words) {
		c = compiled{words: words}
		c.printed, c.ok = r.compile(core, words)
	}
	made[at] = c
	return c.printed, c.ok
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
	r.made.revision = revision
	locate(revision.Text, r.marks, r.ends)
	return RollingView{
		Version: *r.version, Text: revision.Text, Counts: revision.Counts, Clauses: r.marks, made: r.made,
	}, nil
}

// clause writes one clause of the version with what is proposed for it.
func (r *roller) clause(i int, c Clause) {
	m := RollingClause{ID: c.ID, Label: cmp.Or(c.Label, c.Heading)}
	written := r.version.sheet.sources[i]
	if p := r.plans[i]; p != nil {
		m.Applied, m.Beside = p.applied, p.beside
		part := cut(r.version.Text, i)
		if words, ok := r.compileOnce(r.before.clauses, r.made.clauses, i, part.core, p.words); ok {
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
	compiled, ok := r.compileOnce(r.before.between, r.made.between, after, "", words)
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
