package settle

import (
	"fmt"
	"slices"
)

// verify evaluates anew, in rationals and by the problem alone, all that an
// answer gives. A difference would be an error of this package.
func (s *settling) verify() error {
	p, a := s.problem, &s.answer
	if err := s.verifyFrontier(); err != nil {
		return err
	}
	if a.Zone.Shown.Package != nil {
		if err := p.verify(a.Zone.Shown); err != nil {
			return err
		}
	}
	for _, solution := range []*Solution{&a.Nash, &a.KalaiSmorodinsky, &a.Egalitarian, &a.Utilitarian} {
		for _, at := range solution.Points {
			if err := p.verify(at); err != nil {
				return err
			}
			if !p.accepted(at) {
				return fmt.Errorf("settle: package %v of a solution is not in the zone of agreement", at.Package)
			}
		}
	}
	return nil
}

// verifyFrontier evaluates the frontier anew. One that is kept in whole numbers
// is held to the problem's in whole numbers, which is quicker and as exact: what
// At gives of it is evaluated in rationals each time.
func (s *settling) verifyFrontier() error {
	p, f := s.problem, &s.answer.Frontier
	if f.rows != nil {
		return f.rows.verify(s.options.All)
	}
	w, fits := p.wholeNumbers()
	for _, at := range f.points {
		err := error(nil)
		if fits && !p.interdependent() {
			err = w.verify(p, at)
		} else {
			err = p.verify(at)
		}
		if err != nil {
			return err
		}
		if !s.options.All && !p.accepted(at) {
			return fmt.Errorf("settle: package %v of the frontier is not in the zone of agreement", at.Package)
		}
	}
	return nil
}

// verify holds one point against an additive problem in whole numbers.
func (w *whole) verify(p *Problem, at Point) error {
	if !p.holds(at.Package) || !p.Feasible(at.Package) {
		return fmt.Errorf("settle: package %v does not keep the rules", at.Package)
	}
	for i, u := range at.Utilities {
		if n := w.rat(i, w.sum(i, at.Package)); n.Cmp(u) != 0 {
			return fmt.Errorf("settle: package %v is worth %s to %s, not %s", at.Package, n.RatString(), p.Parties[i].Name, u.RatString())
		}
	}
	return nil
}

// verify holds rows against the problem, and to the reservation values unless
// all packages were asked for.
func (r *rows) verify(all bool) error {
	last := r.layers[len(r.layers)-1]
	w, fits := r.p.wholeNumbers()
	var fine *wide
	var row []uint64
	if !fits {
		fine = newWide(r.p, all, nil)
		row = make([]uint64, len(r.p.Parties)*fine.limbs)
	}
	for i, at := range r.at {
		k := r.pack(i)
		if !r.p.holds(k) || !r.p.Feasible(k) {
			return fmt.Errorf("settle: package %v does not keep the rules", k)
		}
		if !fits {
			fine.evaluate(r.p, k, row)
			if !slices.Equal(row, last.fine[int(at)*len(row):int(at+1)*len(row)]) || !fine.accepts(row) {
				return fmt.Errorf("settle: package %v is not worth what its parts are", k)
			}
			continue
		}
		for j, n := range last.row(int(at)) {
			if w.sum(j, k) != n || !all && w.floored[j] && n < w.floor[j] {
				return fmt.Errorf("settle: package %v is not worth %d to %s", k, n, r.p.Parties[j].Name)
			}
		}
	}
	return nil
}

// verify holds one point against the problem.
func (p *Problem) verify(at Point) error {
	if !p.holds(at.Package) || !p.Feasible(at.Package) {
		return fmt.Errorf("settle: package %v does not keep the rules", at.Package)
	}
	for i, u := range at.Utilities {
		if n := p.Utility(i, at.Package); n.Cmp(u) != 0 {
			return fmt.Errorf("settle: package %v is worth %s to %s, not %s", at.Package, n.RatString(), p.Parties[i].Name, u.RatString())
		}
	}
	return nil
}
