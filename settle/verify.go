package settle

import (
	"fmt"
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
	whole, fits := p.wholeNumbers()
	for i := range f.Len() {
		if f.rows == nil || !fits || f.rows.last().sums == nil {
			at := f.At(i)
			if err := p.verify(at); err != nil {
				return err
			}
			if !s.options.All && !p.accepted(at) {
				return fmt.Errorf("settle: package %v of the frontier is not in the zone of agreement", at.Package)
			}
			continue
		}
		k := f.rows.pack(i)
		if !p.Feasible(k) {
			return fmt.Errorf("settle: package %v does not keep the rules", k)
		}
		for j, n := range f.rows.last().row(int(f.rows.at[i])) {
			if worth := whole.sum(j, k); worth != n || !s.options.All && whole.floored[j] && n < whole.floor[j] {
				return fmt.Errorf("settle: package %v is worth %d to %s, not %d", k, worth, p.Parties[j].Name, n)
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
