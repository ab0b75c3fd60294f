package settle

import (
	"fmt"
)

// verify evaluates anew, in rationals and by the problem alone, all that an
// answer gives. A difference would be an error of this package.
func (s *settling) verify() error {
	p, a := s.problem, &s.answer
	for i := range a.Frontier.Len() {
		at := a.Frontier.At(i)
		if err := p.verify(at); err != nil {
			return err
		}
		if !s.options.All && !p.accepted(at) {
			return fmt.Errorf("settle: package %v of the frontier is not in the zone of agreement", at.Package)
		}
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
