package elicit

import "math/big"

// simplex holds a bounded set of points x ≥ 0 with rows·x ≤ limits, every limit at
// least 0, and finds corners of it that make a sum greatest. It is the simplex
// method in whole numbers: each number of the table stands over one common
// denominator (Edmonds, "Systems of distinct representatives and linear algebra",
// 1967), so that nothing is rounded; Bland's rule ("New finite pivoting rules for
// the simplex method", 1977) keeps it from going round in circles.
type simplex struct {
	rows  [][]*big.Int // of each constraint: columns of x, of the slacks, the limit
	over  *big.Int     // the common denominator, above 0
	basis []int        // which column each row stands for
	size  int          // of x
}

func newSimplex(size int, rows [][]int64, limits []int64) *simplex {
	s := &simplex{over: big.NewInt(1), size: size}
	for i, row := range rows {
		line := make([]*big.Int, size+len(rows)+1)
		for j := range line {
			line[j] = new(big.Int)
		}
		for j, n := range row {
			line[j].SetInt64(n)
		}
		line[size+i].SetInt64(1)
		line[size+len(rows)].SetInt64(limits[i])
		s.rows = append(s.rows, line)
		s.basis = append(s.basis, size+i)
	}
	return s
}

// greatest gives the greatest of goal·x, and where. It begins at the corner where
// the last search ended.
func (s *simplex) greatest(goal []int64) (*big.Rat, []*big.Rat) {
	costs := s.costs(goal)
	for {
		enter := -1
		for j := range len(costs) - 1 {
			if costs[j].Sign() > 0 {
				enter = j
				break
			}
		}
		if enter < 0 {
			break
		}
		s.pivot(s.leaving(enter), enter, costs)
	}
	x := s.corner()
	value := new(big.Rat)
	for j, c := range goal {
		value.Add(value, new(big.Rat).Mul(big.NewRat(c, 1), x[j]))
	}
	return value, x
}

// costs is the row of what each column would add, over the common denominator.
func (s *simplex) costs(goal []int64) []*big.Int {
	costs := make([]*big.Int, len(s.rows[0]))
	for j := range costs {
		costs[j] = new(big.Int)
		if j < s.size {
			costs[j].Mul(big.NewInt(goal[j]), s.over)
		}
	}
	var t big.Int
	for i, b := range s.basis {
		if b >= s.size || goal[b] == 0 {
			continue
		}
		c := big.NewInt(goal[b])
		for j := range costs {
			costs[j].Sub(costs[j], t.Mul(c, s.rows[i][j]))
		}
	}
	return costs
}

// leaving is the row that bounds how far a column can rise; of several, the one
// whose column stands first. The set is bounded, so there is one.
func (s *simplex) leaving(enter int) int {
	last := len(s.rows[0]) - 1
	leave := -1
	var a, b big.Int
	for i, row := range s.rows {
		if row[enter].Sign() <= 0 {
			continue
		}
		if leave < 0 {
			leave = i
			continue
		}
		best := s.rows[leave]
		switch a.Mul(row[last], best[enter]).Cmp(b.Mul(best[last], row[enter])) {
		case -1:
			leave = i
		case 0:
			if s.basis[i] < s.basis[leave] {
				leave = i
			}
		}
	}
	return leave
}

// pivot lets a column take the place of a row's.
func (s *simplex) pivot(leave, enter int, costs []*big.Int) {
	row := s.rows[leave]
	by := new(big.Int).Set(row[enter])
	var t big.Int
	change := func(line []*big.Int) {
		factor := new(big.Int).Set(line[enter])
		for j := range line {
			if line[j].Sign() == 0 && (factor.Sign() == 0 || row[j].Sign() == 0) {
				continue
			}
			line[j].Mul(line[j], by)
			if factor.Sign() != 0 && row[j].Sign() != 0 {
				line[j].Sub(line[j], t.Mul(factor, row[j]))
			}
			line[j].Quo(line[j], s.over) // exact: both are minors of the first table
		}
	}
	for i := range s.rows {
		if i != leave {
			change(s.rows[i])
		}
	}
	change(costs)
	s.basis[leave] = enter
	s.over = by
}

func (s *simplex) corner() []*big.Rat {
	x := make([]*big.Rat, s.size)
	for j := range x {
		x[j] = new(big.Rat)
	}
	for i, b := range s.basis {
		if b < s.size {
			x[b].SetFrac(s.rows[i][len(s.rows[i])-1], s.over)
		}
	}
	return x
}
