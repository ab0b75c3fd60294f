package settle

import (
	"context"
	"math/big"
	"slices"

	"paraph/fault"
)

// Move is one issue decided otherwise than in a package.
type Move struct {
	Issue, From, To int
	// Changes is what the move alone changes for each party.
	Changes []*big.Rat
}

// Trade is two issues decided otherwise such that nobody is worse off and
// somebody better, while either move alone would hurt someone: each side gives on
// what is cheap to it and gets what is dear (logrolling: Froman, Cohen,
// "Compromise and logroll", Behavioral Science 15, 1970; Raiffa, "The Art and
// Science of Negotiation", 1982).
type Trade struct {
	// Moves are the two moves, in the order of their issues.
	Moves [2]Move
	// Givers are, for each move, the party that gives the most by it, as a part of
	// all that the problem can change for that party.
	Givers [2]int
	// Gains is what the trade gives each party.
	Gains []*big.Rat
	// Package is the package with both moves made.
	Package Package
}

// mostTrades is how many trades are given.
const mostTrades = 50

// Trades finds the trades on a package that keep the rules: of each two issues
// the one that helps most, and of all of them at most 50, the one that helps most
// first. Most help is the fairest: the gains as parts of all that issues and terms
// can change for a party, in leximin order. Issues that one move alone would
// better for everybody are no trade; Improve finds those as well. Only when whole
// is false did ctx end before all were looked at. An unsound problem, and a
// package that is not one option of every issue, are errors of kind invalid.
func Trades(ctx context.Context, p *Problem, k Package) (all []Trade, whole bool, err error) {
	t, err := newTrading(p, k)
	if err != nil {
		return nil, false, err
	}
	whole = true
	for i := range k {
		for j := i + 1; j < len(k) && whole; j++ {
			if whole = ctx.Err() == nil; whole {
				t.pair(i, j)
			}
		}
	}
	slices.SortStableFunc(t.found, func(a, b scored) int { return -slices.CompareFunc(a.shares, b.shares, (*big.Rat).Cmp) })
	for _, s := range t.found[:min(len(t.found), mostTrades)] {
		if err := p.verifyGains([]Point{p.point(s.Package)}, k); err != nil {
			return nil, false, err
		}
		all = append(all, s.Trade)
	}
	return all, whole, nil
}

// trading is one call of Trades.
type trading struct {
	p     *Problem
	k     Package
	now   []*big.Rat
	moves [][]Move // of issue and option; no changes at the option of k
	spans []*big.Rat
	found []scored
}

// scored is a trade and its gains as sorted parts of the parties' spans.
type scored struct {
	Trade
	shares []*big.Rat
}

func newTrading(p *Problem, k Package) (*trading, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	if !p.holds(k) {
		return nil, fault.Invalid("the package to trade on is not one option of every issue")
	}
	t := &trading{p: p, k: slices.Clone(k)}
	for i := range p.Parties {
		t.now = append(t.now, p.Utility(i, k))
		span := p.span(i)
		if span.Sign() == 0 {
			span.SetInt64(1)
		}
		t.spans = append(t.spans, span)
	}
	for i, issue := range p.Issues {
		var moves []Move
		for o := range issue.Options {
			m := Move{Issue: i, From: k[i], To: o}
			if o != k[i] {
				m.Changes = t.changes([]Choice{{i, o}})
			}
			moves = append(moves, m)
		}
		t.moves = append(t.moves, moves)
	}
	return t, nil
}

// changes is what some choices change for each party.
func (t *trading) changes(choices []Choice) []*big.Rat {
	k := slices.Clone(t.k)
	for _, c := range choices {
		k[c.Issue] = c.Option
	}
	var out []*big.Rat
	for i := range t.p.Parties {
		u := t.p.Utility(i, k)
		out = append(out, u.Sub(u, t.now[i]))
	}
	return out
}

// pair finds the trade on two issues that helps most.
func (t *trading) pair(i, j int) {
	var best *scored
	for a := range t.moves[i] {
		for b := range t.moves[j] {
			if a == t.k[i] || b == t.k[j] || !t.opposed(&t.moves[i][a], &t.moves[j][b]) {
				continue
			}
			s, ok := t.trade(&t.moves[i][a], &t.moves[j][b])
			if ok && (best == nil || slices.CompareFunc(s.shares, best.shares, (*big.Rat).Cmp) > 0) {
				best = s
			}
		}
	}
	if best != nil {
		t.found = append(t.found, *best)
	}
}

// opposed tells whether each move hurts someone whom the other helps, and where
// no party has terms, whether nobody loses by both.
func (t *trading) opposed(a, b *Move) bool {
	hurtA, hurtB := false, false
	for i := range a.Changes {
		x, y := a.Changes[i].Sign(), b.Changes[i].Sign()
		hurtA, hurtB = hurtA || x < 0, hurtB || y < 0
		if x <= 0 && y <= 0 && x+y < 0 && len(t.p.Parties[i].Terms) == 0 {
			return false
		}
	}
	return hurtA && hurtB
}

// trade is both moves together; false when it breaks a rule, hurts somebody or
// helps nobody.
func (t *trading) trade(a, b *Move) (*scored, bool) {
	s := &scored{}
	helps := false
	for i := range t.p.Parties {
		gain := new(big.Rat).Add(a.Changes[i], b.Changes[i])
		if len(t.p.Parties[i].Terms) > 0 {
			gain = t.together(i, a, b)
		}
		if gain.Sign() < 0 {
			return nil, false
		}
		helps = helps || gain.Sign() > 0
		s.Gains = append(s.Gains, gain)
	}
	if !helps {
		return nil, false
	}
	s.Package = slices.Clone(t.k)
	s.Package[a.Issue], s.Package[b.Issue] = a.To, b.To
	if !t.p.Feasible(s.Package) {
		return nil, false
	}
	s.Moves = [2]Move{*a, *b}
	s.Givers = [2]int{t.giver(a), t.giver(b)}
	for i, gain := range s.Gains {
		s.shares = append(s.shares, new(big.Rat).Quo(gain, t.spans[i]))
	}
	slices.SortFunc(s.shares, (*big.Rat).Cmp)
	return s, true
}

// together is what two moves change for a party whose issues depend on each other.
func (t *trading) together(party int, a, b *Move) *big.Rat {
	t.k[a.Issue], t.k[b.Issue] = a.To, b.To
	u := t.p.Utility(party, t.k)
	t.k[a.Issue], t.k[b.Issue] = a.From, b.From
	return u.Sub(u, t.now[party])
}

// giver is the party that a move costs most of its span.
func (t *trading) giver(m *Move) int {
	giver, most := 0, new(big.Rat)
	for i, change := range m.Changes {
		if part := new(big.Rat).Quo(change, t.spans[i]); part.Cmp(most) < 0 {
			giver, most = i, part
		}
	}
	return giver
}
