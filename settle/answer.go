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
}

// Zone is the zone of agreement: the packages that keep the rules and give each
// party at least its reservation value.
type Zone struct {
	Empty  bool
	Proved bool // when not, no package of the zone was found within the bounds, and there may be one
	// Shown is a package of the zone; its Package is nil when none is known.
	Shown Point
}

// Solution is one solution point by its name.
type Solution struct {
	// Points are all utility vectors that solve it, with one package each; more
	// than one is a tie. Empty when the zone of agreement is.
	Points []Point
	// Proved says that no package is better; and that Points are all there are.
	Proved bool
	// Value is what the solution makes greatest, at Points: the product of gains,
	// the smallest normalised gain, the smallest gain, or the sum of utilities.
	Value *big.Rat
	// Bound is a proved upper bound on Value; equal to it when Proved.
	Bound *big.Rat
}

// Frontier is the Pareto frontier: the utility vectors that cannot be bettered
// for one party without loss to another, each once, with one package for it, by
// falling utility of the first party, then of the second, and so on.
type Frontier struct {
	points []Point
	// Whole says that every vector of the frontier is in it.
	Whole bool
	// Epsilon says of a frontier that is not whole how near it is: for each
	// package there is, some point gives each party p at least the package's
	// utility less Epsilon[p]. Nil when Whole.
	Epsilon []*big.Rat
}

// Len is how many points the frontier has.
func (f *Frontier) Len() int { return len(f.points) }

// At is one point, from 0 to Len-1. It is not to be changed.
func (f *Frontier) At(i int) Point { return f.points[i] }
