package settle

import "slices"

// Problems with interdependent terms, exact and proved.
//
// The maximum of a sum of hyper-rectangle worths is a weighted constraint
// satisfaction problem; each party's utility is one. What bounds it from above
// is the linear relaxation's dual: each term shares its worth out among the
// issues that it is over, and a package is worth no more than the sum of each
// issue's best option under those shares (Schlesinger 1976; Werner, "A linear
// programming approach to max-sum problem: a review", PAMI 2007; Cooper et al.,
// "Soft arc consistency revisited", Artificial Intelligence 2010). The shares
// are improved by block coordinates and by subgradients with Polyak's step
// (Polyak 1969). Any shares at all give a bound, so that whole numbers do, and
// nothing rests on rounding.
//
// Several parties are bounded at once by a weighted sum whose weights are
// improved together with the shares (Lagrangian duals; Geoffrion 1974). What is
// still to be found is a list of corners: a package is of interest when it gives
// every party at least what some corner says (local upper bounds; Klamroth,
// Lacour, Vanderpooten, "On the representation of the search region in
// multi-objective optimization", EJOR 2015). A part of the search is left when
// each corner is refuted in it by some weighted sum (bound sets; Ehrgott,
// Gandibleux 2007; Sourd, Spanjaard, "A multiobjective branch-and-bound
// framework", INFORMS J. Computing 2008).
//
// Read this file first (what is searched), then terms_node.go (a part of it and
// its bound), terms_search.go (the search), terms_corner.go and terms_aim.go (what is looked
// for), terms_solve.go (what is found by it).

// termed is a problem with terms made ready for search, in whole numbers.
// Options of an issue that no party and no rule can tell apart are one class.
type termed struct {
	p         *Problem
	exact     *whole
	k, n      int       // parties, issues
	classes   int       // of all issues
	first     []int     // of issue: the place of its first class among all classes; one more at the end
	class     [][]int32 // of issue and option: its class
	option    [][]int   // of issue and class: its first option
	word      []int     // of issue: where its classes begin in a set of classes; one more at the end
	whole     []uint64  // the set of all classes
	unary     [][]int64 // of party and class: what the class alone adds
	base      []int64   // of party: what every package is worth
	boxes     []box
	edges     []edge
	touch     [][]int32  // of issue: the edges over it
	place     []int      // of edge: its place in touch
	member    [][]uint64 // of class: the edges (by place in touch) that help a package that holds it
	unit      units
	low, high []int64 // of party: what no package is worth less than, or more
}

// box is a term over two issues or more, or a combination that a rule bars.
type box struct {
	party    int // whose term it is; -1 for a rule
	kind     boxKind
	worth    int64 // above zero
	from, to int   // its edges
}

type boxKind uint8

const (
	gives boxKind = iota // its worth is added when all its bounds hold
	takes                // its worth is taken away then
	bars                 // then the package is not possible
)

// edge is one bound of a box: the classes of an issue that lie in it.
type edge struct {
	issue int
	box   int
	in    []uint64
	helps []int32 // the places of its issue's classes that are to the good: inside for a box that gives, outside for others
}

// newTermed reads a problem; false when a party's numbers are too fine for
// whole numbers of 61 bits.
func newTermed(p *Problem) (*termed, bool) {
	exact, ok := p.wholeNumbers()
	if !ok {
		return nil, false
	}
	t := &termed{p: p, exact: exact, k: len(p.Parties), n: len(p.Issues), base: make([]int64, len(p.Parties))}
	raw := t.rawBoxes()
	t.classify(raw)
	t.fold(raw)
	t.index()
	t.unit = newUnits(t)
	return t, true
}

// termed is a problem of which some party has terms, made ready for search.
func (p *Problem) termed() (*termed, bool) {
	if !p.interdependent() {
		return nil, false
	}
	return newTermed(p)
}

// rawBox is a box over options, before there are classes.
type rawBox struct {
	box
	in map[int][]bool // of issue: the options inside
}

// rawBoxes is all terms and rules as boxes, one for each set of bounds of a party.
func (t *termed) rawBoxes() []rawBox {
	var raw []rawBox
	for i := range t.p.Parties {
		for _, term := range t.p.Parties[i].Terms {
			worth := times(term.Worth, t.exact.scale[i]).Int64()
			if term.Outside {
				t.base[i] += worth
				worth = -worth
			}
			b := rawBox{box: box{party: i, worth: worth}, in: map[int][]bool{}}
			for _, bound := range term.Bounds {
				b.within(bound.Issue, len(t.p.Issues[bound.Issue].Options), func(o int) bool { return o >= bound.From && o <= bound.To })
			}
			raw = append(raw, b)
		}
	}
	for _, rule := range t.p.Rules {
		b := rawBox{box: box{party: -1, kind: bars, worth: 1}, in: map[int][]bool{}}
		for _, c := range rule.If {
			b.within(c.Issue, len(t.p.Issues[c.Issue].Options), func(o int) bool { return o == c.Option })
		}
		if len(rule.Then) == 0 {
			raw = append(raw, b)
		}
		for _, c := range rule.Then {
			one := rawBox{box: b.box, in: map[int][]bool{}}
			for i, in := range b.in {
				one.in[i] = slices.Clone(in)
			}
			one.within(c.Issue, len(t.p.Issues[c.Issue].Options), func(o int) bool { return o != c.Option })
			raw = append(raw, one)
		}
	}
	return slices.DeleteFunc(raw, func(b rawBox) bool { return b.worth == 0 || b.impossible() })
}

// within narrows a box to options of an issue.
func (b *rawBox) within(issue, options int, holds func(o int) bool) {
	in, known := b.in[issue]
	if !known {
		in = slices.Repeat([]bool{true}, options)
		b.in[issue] = in
	}
	for o := range in {
		in[o] = in[o] && holds(o)
	}
}

func (b *rawBox) impossible() bool {
	for _, in := range b.in {
		if !slices.Contains(in, true) {
			return true
		}
	}
	return false
}

// classify puts options together that are alike to every party, box and rule.
func (t *termed) classify(raw []rawBox) {
	t.first, t.word = []int{0}, []int{0}
	t.unary = make([][]int64, t.k)
	for i := range t.n {
		var options []int
		var class []int32
		for o := range t.p.Issues[i].Options {
			c := slices.IndexFunc(options, func(r int) bool { return t.alike(raw, i, r, o) })
			if c < 0 {
				c = len(options)
				options = append(options, o)
			}
			class = append(class, int32(c))
		}
		t.class = append(t.class, class)
		t.option = append(t.option, options)
		t.first = append(t.first, t.first[i]+len(options))
		words := (len(options) + 63) / 64
		t.word = append(t.word, t.word[i]+words)
		for w := range words {
			all := ^uint64(0)
			if left := len(options) - 64*w; left < 64 {
				all = 1<<left - 1
			}
			t.whole = append(t.whole, all)
		}
		for party := range t.k {
			for _, o := range options {
				t.unary[party] = append(t.unary[party], t.exact.worth[party][i][o])
			}
		}
	}
	t.classes = t.first[t.n]
}

func (t *termed) alike(raw []rawBox, issue, a, b int) bool {
	for party := range t.k {
		if t.exact.worth[party][issue][a] != t.exact.worth[party][issue][b] {
			return false
		}
	}
	for i := range raw {
		if in := raw[i].in[issue]; in != nil && in[a] != in[b] {
			return false
		}
	}
	return true
}

// fold writes the boxes over classes. A box over no issue is part of the base,
// one over one issue part of what its classes add.
func (t *termed) fold(raw []rawBox) {
	for _, b := range raw {
		var edges []edge
		for i := range t.n {
			if in := b.in[i]; in != nil {
				if set, all := t.set(i, in); !all {
					edges = append(edges, edge{issue: i, box: len(t.boxes), in: set})
				}
			}
		}
		switch {
		case b.kind == bars:
		case b.worth < 0:
			b.kind, b.worth = takes, -b.worth
		default:
			b.kind = gives
		}
		if b.kind != bars && len(edges) < 2 {
			t.simple(b, edges)
			continue
		}
		b.from = len(t.edges)
		t.edges = append(t.edges, edges...)
		b.to = len(t.edges)
		t.boxes = append(t.boxes, b.box)
	}
}

// simple adds a box over one issue or none to the tables.
func (t *termed) simple(b rawBox, edges []edge) {
	worth := b.worth
	if b.kind == takes {
		worth = -worth
	}
	if len(edges) == 0 {
		t.base[b.party] += worth
		return
	}
	i := edges[0].issue
	for c := range t.option[i] {
		if edges[0].in[c/64]>>(c%64)&1 == 1 {
			t.unary[b.party][t.first[i]+c] += worth
		}
	}
}

// set is the classes of an issue among the options given, and whether that is all.
func (t *termed) set(issue int, in []bool) (set []uint64, all bool) {
	set = make([]uint64, t.word[issue+1]-t.word[issue])
	all = true
	for c, o := range t.option[issue] {
		if in[o] {
			set[c/64] |= 1 << (c % 64)
		} else {
			all = false
		}
	}
	return set, all
}

// index notes which edges are over each issue, and which of them are to the
// good of a package with a given class.
func (t *termed) index() {
	t.touch = make([][]int32, t.n)
	for e := range t.edges {
		edge := &t.edges[e]
		t.place = append(t.place, len(t.touch[edge.issue]))
		t.touch[edge.issue] = append(t.touch[edge.issue], int32(e))
		for c := range t.option[edge.issue] {
			inside := edge.in[c/64]>>(c%64)&1 == 1
			if inside == (t.boxes[edge.box].kind == gives) {
				edge.helps = append(edge.helps, int32(t.first[edge.issue]+c))
			}
		}
	}
	t.member = make([][]uint64, t.classes)
	for i := range t.n {
		words := (len(t.touch[i]) + 63) / 64
		for c := range t.option[i] {
			set := make([]uint64, words)
			for at, e := range t.touch[i] {
				inside := t.edges[e].in[c/64]>>(c%64)&1 == 1
				if inside == (t.boxes[t.edges[e].box].kind == gives) {
					set[at/64] |= 1 << (at % 64)
				}
			}
			t.member[t.first[i]+c] = set
		}
	}
}

// value writes what a package, as a class for each issue, is worth to each
// party; false when a rule bars it.
func (t *termed) value(k []int32, worth []int64) bool {
	copy(worth, t.base)
	for i, c := range k {
		for party := range worth {
			worth[party] += t.unary[party][t.first[i]+int(c)]
		}
	}
	for b := range t.boxes {
		box := &t.boxes[b]
		if !t.inside(box, k) {
			continue
		}
		switch box.kind {
		case gives:
			worth[box.party] += box.worth
		case takes:
			worth[box.party] -= box.worth
		case bars:
			return false
		}
	}
	return true
}

func (t *termed) inside(b *box, k []int32) bool {
	for e := b.from; e < b.to; e++ {
		edge := &t.edges[e]
		c := k[edge.issue]
		if edge.in[c/64]>>(c%64)&1 == 0 {
			return false
		}
	}
	return true
}

// choose is the package of options that a package of classes stands for.
func (t *termed) choose(k []int32) Package {
	options := make(Package, t.n)
	for i, c := range k {
		options[i] = t.option[i][c]
	}
	return options
}
