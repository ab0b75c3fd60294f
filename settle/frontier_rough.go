package settle

import (
	"math/big"
	"math/bits"
	"slices"
)

// cover goes on from the layers found to the end with at most limit rows in each:
// where there would be more, sums count on a grid that is made coarser until
// there are not. A row left out is covered, in the steps of the grid, by one that
// is kept, so that each step loses less than the grid's step; the losses add up
// over the issues, since whatever is added to both is the same (as in the ε-dominance of
// Papadimitriou, Yannakakis, "On the approximability of trade-offs", FOCS 2000).
func (c *combination) cover(limit int) (*covering, error) {
	found := c.found
	rough := &covering{layers: slices.Clone(found.layers), loss: slices.Clone(found.loss)}
	fineness := 1
	for fineness < 62 && fineness*(len(c.floors)-1) < bits.Len(uint(limit))+2*len(c.floors) {
		fineness++
	}
	for k := len(found.layers) - 1; k < len(c.order); k++ {
		c.pulse.step("a covering of all packages", k, len(c.order), rough.last().len())
		next, fits, err := c.combine(rough, grid{}, limit)
		for ; err == nil && !fits && fineness >= 0; fineness-- {
			g := c.grid(rough, k, fineness)
			if next, fits, err = c.combine(rough, g, limit); fits {
				g.lose(rough.loss)
				break
			}
		}
		if err != nil {
			return nil, err
		}
		if !fits {
			return nil, nil
		}
		rough.layers = append(rough.layers, next)
	}
	return rough, nil
}

// grid is the grid that has about 2^fineness steps between the least and the
// greatest sum of each party after step k; of the first party too, by which
// candidates come in order, nothing is lost.
func (c *combination) grid(found *covering, k, fineness int) grid {
	g := grid{shift: make([]uint, len(c.floors))}
	if c.wide != nil {
		for i := range g.shift {
			g.shift[i] = uint(max(0, c.wide.most[i].BitLen()-fineness))
		}
		return g
	}
	m := &merge{prev: found.last()}
	for _, o := range c.options(c.order[k]) {
		m.runs = append(m.runs, run{add: o.worth})
	}
	least, most := m.extent()
	for i := 1; i < len(g.shift); i++ {
		g.shift[i] = uint(max(0, bits.Len64(uint64(most[i]-least[i]))-fineness))
	}
	return g
}

// lose adds what one step on the grid may lose.
func (g grid) lose(loss []*big.Int) {
	one := big.NewInt(1)
	for i, s := range g.shift {
		step := new(big.Int).Lsh(one, s)
		loss[i] = step.Add(step.Sub(step, one), loss[i])
	}
}
