package draft

import (
	"math/bits"
	"slices"
)

// A word or two that two strands share in the midst of words that they do not
// share is no agreement but chance: "the" in two sentences about different
// things. So are a few words here and there in two sentences that are worded
// anew. They would break the alternatives there to pieces.
const (
	chance = 2 // words that may be shared by chance
	midst  = 8 // words of either strand on each side, for each of them

	solid  = 5  // words in a row that are no chance among others
	anew   = 24 // words not shared that make a stretch one that is worded anew
	anewTo = 3  // and how many of them there are to each that is shared

	severings = 6
)

// sever parts the strands of columns that they share by chance alone. What
// was between two chances is then alone too, so it looks again.
func sever(cols []column, strands int) []column {
	for range severings {
		n := len(cols)
		if cols = severed(cols, strands); len(cols) == n {
			break
		}
	}
	return cols
}

func severed(cols []column, strands int) []column {
	bonds := make([][]uint64, len(cols)) // for columns with chance in them: by strand, which others share more
	for x := range strands {
		for y := x + 1; y < strands; y++ {
			both := uint64(1)<<x | 1<<y
			for _, i := range islands(cols, both) {
				if bonds[i] == nil {
					bonds[i] = slices.Repeat([]uint64{cols[i].strands}, strands)
				}
				bonds[i][x] &^= both
				bonds[i][y] &^= both
			}
		}
	}
	out := make([]column, 0, len(cols))
	for i, col := range cols {
		if bonds[i] == nil {
			out = append(out, col)
			continue
		}
		for left := col.strands; left != 0; {
			part := bonded(bonds[i], left&-left)
			out = append(out, column{word: col.word, gap: col.gap, strands: part})
			left &^= part
		}
	}
	return out
}

// bonded gives the strands that hang together with the given ones.
func bonded(bonds []uint64, part uint64) uint64 {
	for todo := part; todo != 0; todo &= todo - 1 {
		k := bits.TrailingZeros64(todo)
		more := bonds[k] &^ part
		part |= more
		todo |= more
	}
	return part
}

// islands gives the columns that two strands share by chance.
func islands(cols []column, both uint64) []int {
	all := shores(cols, both)
	var out []int
	for from := 0; from < len(all); {
		if len(all[from].columns) >= solid {
			from++
			continue
		}
		to, alone, together := from, 0, 0
		for ; to < len(all) && len(all[to].columns) < solid; to++ {
			alone += all[to].before
			together += len(all[to].columns)
		}
		alone += all[to-1].after
		for _, one := range all[from:to] {
			n := len(one.columns)
			edge := one.before == 0 || one.after == 0
			if n <= chance && min(one.before, one.after) >= midst*n || !edge && alone >= anew && alone >= anewTo*together {
				out = append(out, one.columns...)
			}
		}
		from = to
	}
	return out
}

// island is a run of columns that two strands share, with how many columns on
// each side, up to the next, only one of them has.
type island struct {
	columns       []int
	before, after int
}

func shores(cols []column, both uint64) []island {
	var out []island
	alone := 0
	for i, col := range cols {
		switch col.strands & both {
		case 0:
		case both:
			if n := len(out); n == 0 || alone > 0 {
				if n > 0 {
					out[n-1].after = alone
				}
				out = append(out, island{before: alone})
				alone = 0
			}
			last := &out[len(out)-1]
			last.columns = append(last.columns, i)
		default:
			alone++
		}
	}
	if n := len(out); n > 0 {
		out[n-1].after = alone
	}
	return out
}
