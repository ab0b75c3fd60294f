package settle

import (
	"math/big"
	"math/bits"
	"slices"
)

// wide is a problem's worths in whole numbers too large for one word: each in
// limbs words, the highest first. They are counted from the least that each issue
// and each term can give a party, so that none is below zero.
//
// Sums of them are compared by their ranks among all candidates of a step, which
// stand in the same order; so what sieves numbers of one word sieves these too.
type wide struct {
	limbs int
	worth [][][][]uint64 // of party, issue, option
	// terms is what each term of a party gives when it adds its worth, and when not.
	terms [][][2][]uint64
	floor [][]uint64 // the least that is wanted of each party
	rest  [][][]uint64
	most  []*big.Int // the greatest number that a party can have
	least []*big.Int // what a party's numbers are counted from
	scale []*big.Int
}

// newWide gives a problem's worths in as many words as they need. The order is
// the one in which issues are combined.
func newWide(p *Problem, all bool, order []int) *wide {
	w := &wide{}
	widest := 0
	tables, terms, floors := make([][][]*big.Int, len(p.Parties)), make([][][2]*big.Int, len(p.Parties)), make([]*big.Int, len(p.Parties))
	for i := range p.Parties {
		party := &p.Parties[i]
		scale, least, most := party.scale(), new(big.Int), new(big.Int)
		lift := func(all []*big.Int) {
			low := slices.MinFunc(all, (*big.Int).Cmp)
			least.Add(least, low)
			for j, n := range all {
				all[j] = new(big.Int).Sub(n, low)
			}
			most.Add(most, slices.MaxFunc(all, (*big.Int).Cmp))
		}
		for n, issue := range p.Issues {
			row := make([]*big.Int, len(issue.Options))
			for o := range row {
				row[o] = new(big.Int)
				if party.Worth != nil && party.Worth[n] != nil {
					row[o] = times(party.Worth[n][o], scale)
				}
			}
			lift(row)
			tables[i] = append(tables[i], row)
		}
		for t := range party.Terms {
			pair := []*big.Int{new(big.Int), times(party.Terms[t].Worth, scale)}
			lift(pair)
			terms[i] = append(terms[i], [2]*big.Int(pair))
		}
		floors[i] = new(big.Int)
		if r := party.Reservation; r != nil && !all {
			if floors[i].Sub(times(r, scale), least); floors[i].Sign() < 0 {
				floors[i].SetInt64(0)
			}
		}
		widest = max(widest, most.BitLen(), floors[i].BitLen())
		w.most, w.least, w.scale = append(w.most, most), append(w.least, least), append(w.scale, scale)
	}
	w.limbs = widest/64 + 1
	w.pack(tables, terms, floors)
	w.sumUp(order)
	return w
}

// pack puts numbers into words.
func (w *wide) pack(tables [][][]*big.Int, terms [][][2]*big.Int, floors []*big.Int) {
	for i, table := range tables {
		var rows [][][]uint64
		for _, numbers := range table {
			var row [][]uint64
			for _, n := range numbers {
				row = append(row, w.words(n))
			}
			rows = append(rows, row)
		}
		w.worth = append(w.worth, rows)
		var pairs [][2][]uint64
		for _, pair := range terms[i] {
			pairs = append(pairs, [2][]uint64{w.words(pair[0]), w.words(pair[1])})
		}
		w.terms = append(w.terms, pairs)
		w.floor = append(w.floor, w.words(floors[i]))
	}
}

// sumUp finds the most that the issues after each step can add.
func (w *wide) sumUp(order []int) {
	w.rest = make([][][]uint64, len(order)+1)
	for k := len(order); k >= 0; k-- {
		for i := range w.worth {
			sum := make([]uint64, w.limbs)
			if k < len(order) {
				w.add(sum, w.rest[k+1][i], slices.MaxFunc(w.worth[i][order[k]], slices.Compare))
			}
			w.rest[k] = append(w.rest[k], sum)
		}
	}
}

// words is a number at least zero in words.
func (w *wide) words(n *big.Int) []uint64 {
	words := make([]uint64, w.limbs)
	for i, b := range n.FillBytes(make([]byte, 8*w.limbs)) {
		words[i/8] = words[i/8]<<8 | uint64(b)
	}
	return words
}

// number is words as a number.
func (w *wide) number(words []uint64) *big.Int {
	n := new(big.Int)
	for _, word := range words {
		n.Or(n.Lsh(n, 64), new(big.Int).SetUint64(word))
	}
	return n
}

// add puts the sum of two numbers into the first.
func (w *wide) add(into, a, b []uint64) {
	var carry uint64
	for i := w.limbs - 1; i >= 0; i-- {
		into[i], carry = bits.Add64(a[i], b[i], carry)
	}
}

// evaluate puts what a package is worth to each party into a row.
func (w *wide) evaluate(p *Problem, k Package, row []uint64) {
	clear(row)
	for i := range w.worth {
		sum := row[i*w.limbs : (i+1)*w.limbs]
		for n, o := range k {
			w.add(sum, sum, w.worth[i][n][o])
		}
		for t := range w.terms[i] {
			term, holds := &p.Parties[i].Terms[t], 0
			if term.inside(k) != term.Outside {
				holds = 1
			}
			w.add(sum, sum, w.terms[i][t][holds])
		}
	}
}

// ranks is each number of rows as its rank among the numbers of its party, from 0
// up; equal numbers have equal ranks. Numbers that differ only below 2^shift of their party rank alike.
func (w *wide) ranks(rows []uint64, shift []uint) []int64 {
	parties := len(w.worth)
	width := parties * w.limbs
	n := len(rows) / width
	ranks := make([]int64, n*parties)
	places := make([]int32, n)
	for i := range parties {
		at := func(j int32) []uint64 {
			from := int(j)*width + i*w.limbs
			return rows[from : from+w.limbs]
		}
		for j := range places {
			places[j] = int32(j)
		}
		slices.SortFunc(places, func(a, b int32) int { return w.compare(at(a), at(b), shift[i]) })
		rank := int64(0)
		for k, j := range places {
			if k > 0 && w.compare(at(places[k-1]), at(j), shift[i]) != 0 {
				rank++
			}
			ranks[int(j)*parties+i] = rank
		}
	}
	return ranks
}

// compare tells the order of two numbers without their shift lowest bits.
func (w *wide) compare(a, b []uint64, shift uint) int {
	whole := w.limbs - int(shift/64)
	for i := range whole {
		x, y := a[i], b[i]
		if i == whole-1 {
			x, y = x>>(shift%64), y>>(shift%64)
		}
		if x != y {
			if x < y {
				return -1
			}
			return 1
		}
	}
	return 0
}

// accepts tells whether a row gives each party what is wanted.
func (w *wide) accepts(row []uint64) bool {
	for i, floor := range w.floor {
		if slices.Compare(row[i*w.limbs:(i+1)*w.limbs], floor) < 0 {
			return false
		}
	}
	return true
}

// ranked is each worth as its rank within its issue, for what compares the
// options of one issue alone.
func (w *wide) ranked() *whole {
	r := &whole{floor: make([]int64, len(w.worth)), floored: make([]bool, len(w.worth)), scale: w.scale}
	for i := range w.worth {
		var table [][]int64
		for _, numbers := range w.worth[i] {
			row := make([]int64, len(numbers))
			for o, n := range numbers {
				for _, other := range numbers {
					if slices.Compare(other, n) < 0 {
						row[o]++
					}
				}
			}
			table = append(table, row)
		}
		r.worth = append(r.worth, table)
	}
	return r
}

// lowered is the floors less a loss.
func (w *wide) lowered(loss []*big.Int) [][]uint64 {
	floors := make([][]uint64, len(w.floor))
	for i, words := range w.floor {
		n := w.number(words)
		if n.Sub(n, loss[i]); n.Sign() < 0 {
			n.SetInt64(0)
		}
		floors[i] = w.words(n)
	}
	return floors
}
