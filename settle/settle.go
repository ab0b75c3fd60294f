package settle

import (
	"context"
	"math/big"
	"slices"
)

// Options says what is asked of Settle.
type Options struct {
	// All asks for the frontier of all packages that keep the rules, those below a
	// reservation value included.
	All bool
	// MaxPoints is how many points the frontier may have on the way before it is
	// only approached; 0 means 500,000, for which 300 MiB are enough.
	MaxPoints int
	// Progress is told, now and then, how far the work is; may be nil.
	Progress func(Progress)
}

// maxPoints is Options.MaxPoints when nothing is asked.
const maxPoints = 500_000

// Progress is how far the work is.
type Progress struct {
	Doing    string // what is sought, in a few words
	Done, Of int    // steps of it; Of is 0 when that is not known
	Points   int    // packages held
}

// Settle finds all that Answer holds. When ctx ends before all is proved, or the
// frontier outgrows the options' limit, it gives what was found with its bounds; that is no
// error. A problem that is not sound is an error of kind invalid.
//
// It works on the caller's goroutine alone, gives the same answer each time (as
// far as ctx does not cut it short), and looks at ctx every few milliseconds.
func Settle(ctx context.Context, p *Problem, o Options) (*Answer, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if o.MaxPoints <= 0 {
		o.MaxPoints = maxPoints
	}
	s := &settling{problem: p, options: o, pulse: newPulse(ctx, o.Progress)}
	s.answer.Outcomes = p.Outcomes()
	s.answer.Sampled, s.answer.Between = p.between()
	termed := p.interdependent() && s.terms()
	switch {
	case termed:
	case p.interdependent():
		s.trials()
		if s.answer.Frontier.Whole {
			s.solveListed()
		}
	default:
		s.combine()
	}
	if !termed {
		s.zone()
	}
	if err := s.verify(); err != nil {
		return nil, err
	}
	return &s.answer, nil
}

// settling is one call of Settle.
type settling struct {
	problem *Problem
	options Options
	pulse   *pulse
	answer  Answer
	// none says that it is proved that no package asked for is there.
	none bool
}

// interdependent tells whether any party's worth of an option depends on others.
func (p *Problem) interdependent() bool {
	return slices.ContainsFunc(p.Parties, func(party Party) bool { return len(party.Terms) > 0 })
}

// trials tries every package, when there are not too many.
func (s *settling) trials() {
	if s.answer.Outcomes.Cmp(big.NewInt(mostTrials)) > 0 {
		return
	}
	t := &trial{p: s.problem, w: newWide(s.problem, s.options.All, nil), pulse: s.pulse}
	packages, err := t.run()
	if err != nil {
		return
	}
	f := &s.answer.Frontier
	f.Whole = true
	for _, k := range packages {
		f.points = append(f.points, s.problem.point(k))
	}
}

// zone says whether there is a zone of agreement, by what was found.
func (s *settling) zone() {
	z := &s.answer.Zone
	for _, solution := range s.answer.solutions() {
		if len(solution.Points) > 0 {
			*z = Zone{Proved: true, Shown: solution.Points[0]}
			return
		}
	}
	for i := range s.answer.Frontier.Len() {
		if at := s.answer.Frontier.At(i); s.problem.accepted(at) {
			*z = Zone{Proved: true, Shown: at}
			return
		}
	}
	z.Empty = true
	z.Proved = s.none || s.answer.Frontier.Whole || s.answer.Egalitarian.Proved
}

// accepted tells whether a point gives each party its reservation value.
func (p *Problem) accepted(at Point) bool {
	for i, u := range at.Utilities {
		if r := p.Parties[i].Reservation; r != nil && u.Cmp(r) < 0 {
			return false
		}
	}
	return true
}

// pulse is how work hears that it is to stop, and tells how far it is.
type pulse struct {
	ctx    context.Context
	report func(Progress)
	count  int
}

// beatEvery is the units of work, of about a microsecond, between two looks at the context.
const beatEvery = 1024

func newPulse(ctx context.Context, report func(Progress)) *pulse {
	return &pulse{ctx: ctx, report: report}
}

// beat counts n units of work; it gives the context's error once it has ended.
func (p *pulse) beat(n int) error {
	p.count += n
	if p.count < beatEvery {
		return nil
	}
	p.count = 0
	return p.ctx.Err()
}

// step tells how far the work is.
func (p *pulse) step(doing string, done, of, points int) {
	if p.report != nil {
		p.report(Progress{Doing: doing, Done: done, Of: of, Points: points})
	}
}
