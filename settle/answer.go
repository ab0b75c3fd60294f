package settle

import "math/big"

// Point is a package and what it is worth to each party, in the parties' order.
type Point struct {
	Package   Package
	Utilities []*big.Rat
}

// Answer is all that is found of a problem.
type Answer struct {
	Outcomes *big.Int // packages there are, those against the rules included
	Zone     Zone
	Frontier Frontier

	Nash, KalaiSmorodinsky, Egalitarian, Utilitarian Solution

	// Sampled says that some issue is an interval of which only some numbers were
	// tried. All that is proved is proved for packages of those.
	Sampled bool
	// Between is what may be lost by that: where worths are linear from each tried
	// number to the next, each package of the interval has a tried one beside it
	// that gives each party p at least its utility less Between[p]. Nil when
	// nothing is sampled, and when terms or rules make the worth of what lies
	// between unknown.
	Between []*big.Rat
}

// Zone is the zone of agreement: the packages that keep the rules and give each
// party at least its reservation value.
type Zone struct {
	Empty  bool
	Proved bool // when not, no package of the zone was found within the bounds, and there may be one
	// Shown is a package of the zone; its Package is nil when none is known.
	Shown Point
}

// Solution is one solution point by its name. A gain is a utility less the
// party's reservation value, or the utility itself when it has none.
//
// Nash makes the product of gains greatest, each to the power of its party's
// weight; a package that has a gain below zero has no product.
// Kalai–Smorodinsky makes the gains, each as a share of the party's greatest gain
// in the zone, greatest in leximin order, without the parties that can gain
// nothing there. Egalitarian makes the gains greatest in leximin order.
// Utilitarian makes the weighted sum of utilities greatest.
// Each is sought in the zone, among packages of the frontier: where a product is
// zero or a party is left out, others may score as well and still waste.
type Solution struct {
	// Points are all utility vectors that solve it, with one package each; more
	// than one is a tie. Empty when the zone of agreement is.
	Points []Point
	// Proved says that no package is better; and that Points are all there are.
	Proved bool
	// Value is what the solution makes greatest, at Points: the product of gains
	// (with the weights brought to whole numbers), the smallest normalised gain (1
	// when every party is left out), the smallest gain, or the weighted sum of
	// utilities. Nil without Points.
	Value *big.Rat
	// Bound is a proved upper bound on Value; equal to it when Proved. Where the
	// greatest gains in the zone are not known, Kalai–Smorodinsky's Value is by
	// the greatest that were found, and its Bound holds for both.
	Bound *big.Rat
}

// Frontier is the Pareto frontier: the utility vectors that cannot be bettered
// for one party without loss to another, each once, with one package for it (the
// lexicographically smallest when the frontier is whole), by falling utility of
// the first party, then of the second, and so on.
type Frontier struct {
	points []Point // nil when rows are kept instead
	rows   *rows
	// Whole says that every vector of the frontier is in it. When not, its points
	// do not dominate each other, but packages that were not found may.
	Whole bool
	// Epsilon says of a frontier that is not whole how near it is: for each
	// package asked for, some point gives each party p at least the package's
	// utility less Epsilon[p]. Of the zone's packages that holds for those with
	// Epsilon[p] to spare over the reservation value. Nil when Whole, and when
	// nothing is known.
	Epsilon []*big.Rat
}

// Len is how many points the frontier has.
func (f *Frontier) Len() int {
	if f.rows != nil {
		return len(f.rows.at)
	}
	return len(f.points)
}

// At is one point, from 0 to Len-1. It is not to be changed.
func (f *Frontier) At(i int) Point {
	if f.rows != nil {
		return f.rows.point(i)
	}
	return f.points[i]
}

func (f *Frontier) quick(i int) Point {
	if f.rows != nil {
		return f.rows.quick(i)
	}
	return f.points[i]
}

// Points is all of them, in order.
func (f *Frontier) Points() []Point {
	all := make([]Point, f.Len())
	for i := range all {
		all[i] = f.At(i)
	}
	return all
}

// rows is a frontier as the combination left it: packages as steps back through
// its layers.
type rows struct {
	p      *Problem
	w      *whole // nil when the rows' sums are wide
	layers []*layer
	order  []int
	at     []int32 // rows of the last layer
}

func (r *rows) pack(i int) Package {
	k := make(Package, len(r.order))
	packageAt(r.layers, r.order, r.at[i], k)
	return k
}

func (r *rows) point(i int) Point { return r.p.point(r.pack(i)) }

// quick is point by the sums of the row, which verify has held to be the same.
func (r *rows) quick(i int) Point {
	if r.w == nil {
		return r.point(i)
	}
	row := r.layers[len(r.layers)-1].row(int(r.at[i]))
	at := Point{Package: r.pack(i), Utilities: make([]*big.Rat, len(row))}
	for j, n := range row {
		at.Utilities[j] = r.w.rat(j, n)
	}
	return at
}

// point is a package with its utilities.
func (p *Problem) point(k Package) Point {
	at := Point{Package: k, Utilities: make([]*big.Rat, len(p.Parties))}
	for i := range at.Utilities {
		at.Utilities[i] = p.Utility(i, k)
	}
	return at
}
