package draft

import (
	"slices"
	"sort"
	"strings"

	"paraph/record"
)

// Revision is a text that is revised again and again, as a rolling text is:
// each revision costs what it changed. It is a value: nothing changes it once it
// is made, and a revision shares nothing with the one before but what can be
// read.
type Revision struct {
	Text   *Text
	Counts Counts // as of Count

	// Head and Tail are how many clauses, at the beginning and at the end, were
	// taken over from the revision before: they read as there, but for the line and
	// for the heading that they stand under.
	Head, Tail int

	src    string
	starts []int    // by clause: the offset at which it begins
	counts []Counts // by clause
	plain  bool     // no part of it decides how another far away is read
}

// Revise gives a text as Parse does, with its figures, and takes over from the
// revision before it, which may be nil, what stands there unchanged at the
// beginning and at the end.
//
// Clauses are taken over up to a blank line that no bracket spans, and only in a
// text whose brackets balance and that has no options, no links by reference and
// no notes by number: these decide over distances, and such a text is read anew.
func Revise(before *Revision, src string, seats ...record.Seat) (*Revision, error) {
	if r := before.revised(src, seats); r != nil {
		return r, nil
	}
	p, bodyAt, err := newParser(src, seats)
	if err != nil {
		return nil, err
	}
	t, err := p.parse(bodyAt)
	if err != nil {
		return nil, err
	}
	r := &Revision{Text: t, src: src, starts: p.starts(), counts: count(t), plain: p.plain()}
	r.Counts = total(r.counts)
	return r, nil
}

// Len gives the length of the source in bytes.
func (r *Revision) Len() int { return len(r.src) }

// End gives the offset in the source at which a clause ends.
func (r *Revision) End(clause int) int { return r.end(clause + 1) }

// plain tells whether each part of the source is read by itself.
func (p *parser) plain() bool {
	return p.balanced && !p.numbered && p.refs == nil && len(p.options) == 0
}

func (p *parser) starts() []int {
	starts := make([]int, len(p.blocks))
	for i := range p.blocks {
		starts[i] = p.blocks[i].start
	}
	return starts
}

// revised gives the revision that reads src if it can be made of r; else nil.
func (r *Revision) revised(src string, seats []record.Seat) *Revision {
	if r == nil || !r.plain || len(src) > MaxBytes || len(r.starts) == 0 {
		return nil
	}
	front, bodyAt := readFront(src)
	front.declare(seats...)
	if bodyAt != r.starts[0] || src[:bodyAt] != r.src[:bodyAt] || !slices.Equal(front.Seats, r.Text.Front.Seats) {
		return nil
	}
	first, last := r.touched(src)
	middle := &parser{src: src, front: front, seats: newSeatList(front.Seats), goesOn: true}
	if last < len(r.starts) {
		middle.src = src[:r.starts[last]+len(src)-len(r.src)]
	}
	t := middle.amid(r.starts[first], first == 0)
	if t == nil {
		return nil
	}
	return r.spliced(first, last, src, middle.starts(), t)
}

// touched gives the clauses that must be read anew: from first on, which
// begins as before, and up to last, left out.
func (r *Revision) touched(src string) (first, last int) {
	head, tail := sharedEnds(r.src, src)
	first = max(0, sort.SearchInts(r.starts, head+1)-1)
	for first > 0 && !(r.lineEnd(first) < head && r.apart(first)) {
		first--
	}
	last = max(first+1, sort.SearchInts(r.starts, len(r.src)-tail+len("\n\n")))
	for last < len(r.starts) && !r.apart(last) {
		last++
	}
	return first, last
}

// lineEnd gives the offset of the end of a clause's first line.
func (r *Revision) lineEnd(clause int) int {
	at := r.starts[clause]
	if n := strings.IndexByte(r.src[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(r.src)
}

// apart tells whether a blank line stands before a clause and no bracket spans
// its beginning.
func (r *Revision) apart(clause int) bool {
	first := r.Text.Clauses[clause].First
	for a := r.Text.Pieces[first].Within; a >= 0; a = r.Text.Brackets[r.Text.Alternatives[a].Bracket].Within {
		if r.Text.Alternatives[a].First < first {
			return false
		}
	}
	return strings.HasSuffix(r.src[:r.starts[clause]], "\n\n")
}

// sharedEnds gives how many bytes two strings have in common at the beginning, and
// how many behind those at the end.
func sharedEnds(a, b string) (head, tail int) {
	const stride = 256
	most := min(len(a), len(b))
	for head+stride <= most && a[head:head+stride] == b[head:head+stride] {
		head += stride
	}
	for head < most && a[head] == b[head] {
		head++
	}
	most -= head
	for tail+stride <= most && a[len(a)-tail-stride:len(a)-tail] == b[len(b)-tail-stride:len(b)-tail] {
		tail += stride
	}
	for tail < most && a[len(a)-tail-1] == b[len(b)-tail-1] {
		tail++
	}
	return head, tail
}

// amid parses a source from an offset on, at which a clause begins after a
// blank line, or the body. It gives nil where the whole must be read.
func (p *parser) amid(at int, body bool) *Text {
	if strings.TrimSpace(p.src[at:]) == "" || readable(p.src[at:]) != nil || p.outline(at) != nil || p.pending {
		return nil
	}
	// A first line that holds only marks is the one case in which it matters
	// what stands before.
	if _, next := lineAt(p.src, at); !body && next < len(p.src) && p.blocks[0].head.end >= next {
		return nil
	}
	if p.matchMarks() != nil || !p.plain() {
		return nil
	}
	t, err := p.build(at)
	if err != nil {
		return nil
	}
	return t
}

// spliced puts the clauses of middle in the place of first to last.
func (r *Revision) spliced(first, last int, src string, starts []int, middle *Text) *Revision {
	old := r.Text
	n := &Revision{
		Text: &Text{Front: old.Front}, Head: first, Tail: len(r.starts) - last, src: src, plain: true,
		starts: splice(r.starts, first, last, starts),
		counts: splice(r.counts, first, last, count(middle)),
	}
	n.Counts = total(n.counts)
	for i := len(n.starts) - (len(r.starts) - last); i < len(n.starts); i++ {
		n.starts[i] += len(src) - len(r.src)
	}
	from, to := old.before(first), old.before(last)
	t := n.Text
	t.Pieces = splice(old.Pieces, from.pieces, to.pieces, middle.Pieces)
	t.Clauses = splice(old.Clauses, first, last, middle.Clauses)
	t.Alternatives = splice(old.Alternatives, from.alternatives, to.alternatives, middle.Alternatives)
	t.Brackets = splice(old.Brackets, from.brackets, to.brackets, middle.Brackets)
	if len(t.Pieces) > MaxMarks || len(t.Clauses) > MaxClauses {
		return nil
	}

	end := from.plus(middle.end())
	t.shift(from, end, from)
	by := end.less(to)
	by.lines = strings.Count(src[r.starts[first]:r.end(last)+len(src)-len(r.src)], "\n") -
		strings.Count(r.src[r.starts[first]:r.end(last)], "\n")
	t.shift(end, t.end(), by)
	var s sections
	for i := range t.Clauses {
		t.Clauses[i].Section = s.above(t.Clauses[i].Level, i)
	}
	return n
}

// end gives the offset at which the clauses before one end.
func (r *Revision) end(clause int) int {
	if clause < len(r.starts) {
		return r.starts[clause]
	}
	return len(r.src)
}

// splice gives a copy of all, with other things in the place of those from
// first to last.
func splice[T any](all []T, first, last int, others []T) []T {
	if len(all)-(last-first)+len(others) == 0 {
		return nil
	}
	out := make([]T, 0, len(all)-(last-first)+len(others))
	out = append(out, all[:first]...)
	out = append(out, others...)
	return append(out, all[last:]...)
}

// spot is a place between two clauses that no bracket spans: how much stands
// before it. It is also a distance.
type spot struct{ clauses, pieces, alternatives, brackets, lines int }

// before gives the place before a clause.
func (t *Text) before(clause int) spot {
	s := t.end()
	if clause == len(t.Clauses) {
		return s
	}
	s.clauses, s.pieces = clause, t.Clauses[clause].First
	s.alternatives = sort.Search(len(t.Alternatives), func(i int) bool { return t.Alternatives[i].First >= s.pieces })
	if s.alternatives < len(t.Alternatives) {
		s.brackets = t.Alternatives[s.alternatives].Bracket
	}
	return s
}

// end gives the place behind all clauses.
func (t *Text) end() spot {
	return spot{clauses: len(t.Clauses), pieces: len(t.Pieces), alternatives: len(t.Alternatives), brackets: len(t.Brackets)}
}

func (s spot) plus(o spot) spot {
	return spot{s.clauses + o.clauses, s.pieces + o.pieces, s.alternatives + o.alternatives, s.brackets + o.brackets, s.lines + o.lines}
}

func (s spot) less(o spot) spot {
	return spot{s.clauses - o.clauses, s.pieces - o.pieces, s.alternatives - o.alternatives, s.brackets - o.brackets, s.lines - o.lines}
}

// shift moves what stands between two places by a distance: what it points at
// stands there too.
func (t *Text) shift(from, to, by spot) {
	if by == (spot{}) {
		return
	}
	for i := from.pieces; i < to.pieces; i++ {
		p := &t.Pieces[i]
		p.Clause += by.clauses
		p.Line += by.lines
		if p.Within >= 0 {
			p.Within += by.alternatives
		}
	}
	for i := from.clauses; i < to.clauses; i++ {
		c := &t.Clauses[i]
		c.First, c.Last, c.Line = c.First+by.pieces, c.Last+by.pieces, c.Line+by.lines
	}
	for i := from.alternatives; i < to.alternatives; i++ {
		a := &t.Alternatives[i]
		a.First, a.Last, a.Bracket = a.First+by.pieces, a.Last+by.pieces, a.Bracket+by.brackets
	}
	indices := make([]int, 0, to.alternatives-from.alternatives)
	for i := from.brackets; i < to.brackets; i++ {
		b := &t.Brackets[i]
		if b.Within >= 0 {
			b.Within += by.alternatives
		}
		if by.alternatives == 0 {
			continue
		}
		at := len(indices)
		for _, a := range b.Alternatives {
			indices = append(indices, a+by.alternatives)
		}
		b.Alternatives = indices[at:len(indices):len(indices)]
	}
}
