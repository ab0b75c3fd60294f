package consent

import (
	"cmp"
	"maps"
	"slices"

	"paraph/record"
)

// SeePositions gives all positions on something, the newest first. An empty ref
// gives those that are on nothing but a topic in words.
func SeePositions(s *State, on record.Ref) []PositionView {
	var found []PositionView
	for _, i := range slices.Backward(s.on[on]) {
		found = append(found, s.positions[i])
	}
	return found
}

// SeeAllPositions gives all positions on anything, the newest first.
func SeeAllPositions(s *State) []PositionView {
	all := slices.Clone(s.positions)
	slices.Reverse(all)
	return all
}

// SeeConsents gives all consents to words of a clause, the newest first.
func SeeConsents(s *State, clause string) []ConsentView {
	all := slices.Clone(s.consents[clause])
	slices.Reverse(all)
	return all
}

// SeeMatrix gives what each seat last said of each thing, in each audience.
// Positions on a topic in words stand in no cell.
func SeeMatrix(s *State) MatrixView {
	var v MatrixView
	for k, c := range s.cells {
		if k.topic == "" {
			v.Cells = append(v.Cells, *c)
		}
	}
	slices.SortFunc(v.Cells, compareCells)
	return v
}

// Cell gives what a seat last said of something, and whether it said anything.
func (v MatrixView) Cell(seat record.Seat, on record.Ref) (CellView, bool) {
	i, found := slices.BinarySearchFunc(v.Cells, CellView{Seat: seat, On: on}, compareCells)
	if !found {
		return CellView{Seat: seat, On: on}, false
	}
	return v.Cells[i], true
}

// SeeCells gives what each seat last said of one thing, sorted by seat.
func SeeCells(s *State, on record.Ref) []CellView {
	var found []CellView
	for _, c := range s.cellsOn[on] {
		found = append(found, *c)
	}
	slices.SortFunc(found, compareCells)
	return found
}

// SeeCellsOn gives what each seat last said of each thing of a noun, by the id
// of the thing, each sorted by seat.
func SeeCellsOn(s *State, noun string) map[string][]CellView {
	found := map[string][]CellView{}
	for on := range s.cellsOn {
		if on.Noun() == noun {
			found[on.ID()] = SeeCells(s, on)
		}
	}
	return found
}

// SeeSupporters gives, by the id of a proposal, the seats that support it by
// the latest word that they gave to the widest audience this lens can read;
// sorted. It is asked for some proposals, by their ids, or for all.
func SeeSupporters(s *State, proposals ...string) map[string][]record.Seat {
	found := map[string][]record.Seat{}
	see := func(on record.Ref, cells []*CellView) {
		for _, c := range cells {
			if p := c.Positions[0].Position; p == Supports || p == Proposes {
				found[on.ID()] = append(found[on.ID()], c.Seat)
			}
		}
	}
	if len(proposals) < len(s.cellsOn) {
		for _, id := range proposals {
			on := record.NewRef("proposal", id)
			see(on, s.cellsOn[on])
		}
	}
	if len(proposals) == 0 || len(proposals) >= len(s.cellsOn) {
		for on, cells := range s.cellsOn {
			if on.Noun() == "proposal" {
				see(on, cells)
			}
		}
	}
	if len(found) > 0 && len(proposals) > 0 {
		asked := make(map[string]bool, len(proposals))
		for _, id := range proposals {
			asked[id] = true
		}
		maps.DeleteFunc(found, func(id string, _ []record.Seat) bool { return !asked[id] })
	}
	for _, seats := range found {
		slices.Sort(seats)
	}
	return found
}

func compareCells(a, b CellView) int {
	return cmp.Or(cmp.Compare(a.Seat, b.Seat), cmp.Compare(a.On, b.On))
}
