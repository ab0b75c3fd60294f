package text

import (
	"cmp"
	"slices"
	"strings"

	"paraph/draft"
	"paraph/fault"
	"paraph/record"
)

// SeeRolling gives a version with the live proposals on it as one bracketed
// text. An empty version is the latest.
//
// Each seat's reading of it is the seat's reading of the version with the
// seat's own proposals carried out. Where a seat has two live proposals on a
// clause, before different audiences, the one before the widest counts, and of
// two equally wide the later. Supporters (by the id of a proposal) share the
// words that they support on clauses for which they propose nothing themselves.
//
// Clauses for which nothing is proposed stand as in the version, to the letter,
// and cost nothing.
func SeeRolling(s *State, version string, supporters map[string][]record.Seat) (RollingView, error) {
	v, err := s.version(version)
	if err != nil {
		return RollingView{}, err
	}
	return roll(v, s.live(v.ID), supporters)
}

// version gives a version by id, or for an empty id the latest.
func (s *State) version(id string) (*VersionView, error) {
	v := s.versions.Get(id)
	if id == "" {
		v = s.latest(func(*VersionView) bool { return true })
	}
	if v == nil {
		return nil, fault.NotFound("there is no version %q", id)
	}
	return v, nil
}

// live gives the live proposals on a version, the oldest first.
func (s *State) live(version string) []ProposalView {
	var found []ProposalView
	for _, id := range s.on[version] {
		if p := s.proposals.Get(id); p.Status == Live {
			found = append(found, *p)
		}
	}
	return found
}

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

// plan is what becomes of one clause.
type plan struct {
	words   map[record.Seat]string // what a seat would have instead; empty: no text
	applied []string
	beside  []string
}

// insertion is what a seat would have after a clause.
type insertion struct {
	seat     record.Seat
	proposal string
	words    string
	moved    string // id of the clause that it moves here; empty for a new one
}

func (r *roller) plan(live []ProposalView, supporters map[string][]record.Seat) {
	chosen := choose(live)
	for _, p := range live {
		if !slices.Contains(r.seats, p.Seat) {
			r.seats = append(slices.Clone(r.seats), p.Seat)
		}
		if p.Kind != Insert && chosen[slotOf(p, p.Seat)] != p.ID {
			r.at(p).beside = append(r.at(p).beside, p.ID)
		}
	}
	// Words come before places, so that a clause which a seat both amends and
	// moves moves with its new words.
	for _, places := range []bool{false, true} {
		for _, p := range live {
			if (p.Kind == Move) == places {
				r.apply(p, backers(p, chosen, supporters))
			}
		}
	}
}

// slot is what a seat can have one wording for: the words of a clause, or its
// place.
type slot struct {
	seat   record.Seat
	clause string
	place  bool
}

func slotOf(p ProposalView, seat record.Seat) slot { return slot{seat, p.Clause, p.Kind == Move} }

// choose gives the proposal that counts in each slot.
func choose(live []ProposalView) map[slot]string {
	chosen, width := map[slot]string{}, map[slot]int{}
	for _, p := range live {
		k, w := slotOf(p, p.Seat), p.Widest().Width()
		if p.Kind != Insert && (chosen[k] == "" || w >= width[k]) {
			chosen[k], width[k] = p.ID, w
		}
	}
	return chosen
}

// backers gives the seats that have the words of a proposal: its own, if it
// counts there, and those that support it and propose nothing of their own.
// A seat that supports several has the latest.
func backers(p ProposalView, chosen map[slot]string, supporters map[string][]record.Seat) []record.Seat {
	var seats []record.Seat
	if p.Kind == Insert || chosen[slotOf(p, p.Seat)] == p.ID {
		seats = append(seats, p.Seat)
	}
	for _, seat := range supporters[p.ID] {
		if chosen[slotOf(p, seat)] == "" && !slices.Contains(seats, seat) {
			seats = append(seats, seat)
		}
	}
	return seats
}

func (r *roller) at(p ProposalView) *plan {
	i := r.version.index(p.Clause)
	if r.plans[i] == nil {
		r.plans[i] = &plan{words: map[record.Seat]string{}}
	}
	return r.plans[i]
}

// apply plans one proposal for the seats that have its words.
func (r *roller) apply(p ProposalView, seats []record.Seat) {
	for _, seat := range seats {
		if !slices.Contains(r.seats, seat) {
			r.seats = append(slices.Clone(r.seats), seat)
		}
		switch p.Kind {
		case Insert:
			r.insert(p, insertion{seat, p.ID, p.Words, ""})
			continue
		case Move:
			words, own := r.at(p).words[seat]
			if !own {
				words = clauseFor(r.version, r.version.index(p.Clause), seat)
			}
			if strings.TrimSpace(words) != "" {
				r.insert(p, insertion{seat, p.ID, words, p.Clause})
			}
			r.at(p).words[seat] = ""
		default:
			r.at(p).words[seat] = p.Words
		}
		if c := r.at(p); !slices.Contains(c.applied, p.ID) {
			c.applied = append(c.applied, p.ID)
		}
	}
}

func (r *roller) insert(p ProposalView, n insertion) {
	i := r.version.index(p.After)
	r.insertions[i] = append(r.insertions[i], n)
}

// print writes all clauses and reads the whole.
func (r *roller) print() (RollingView, error) {
	head := front(r.version.Text.Front, r.seats)
	r.body.WriteString(head)
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
	if p := r.plans[i]; p != nil && len(p.words) > 0 {
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
	b.WriteString("---\n\n")
	return b.String()
}

func labelOf(words string) string {
	t, err := draft.Parse(words)
	if err != nil || len(t.Clauses) == 0 {
		return ""
	}
	return cmp.Or(t.Clauses[0].Label, t.Clauses[0].Heading)
}
