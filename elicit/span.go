package elicit

import (
	"math/big"
	"strings"

	"paraph/fault"
)

// Span is a number of points that is known from one end to the other, from 0 to
// 100; the zero Span is "don't know", which is anything from 0 to 100.
type Span struct {
	From *big.Rat `json:"from,omitempty"`
	To   *big.Rat `json:"to,omitempty"`
}

// Exactly is the span of one number.
func Exactly(n *big.Rat) Span { return Span{n, n} }

// ParseSpan reads what a person writes for a number of points: "40", "12.5",
// "30-50", "30 to 50", or, for "don't know", nothing or "?". The error is of kind
// invalid.
func ParseSpan(s string) (Span, error) {
	s = strings.TrimSpace(s)
	if s == "" || s == "?" {
		return Span{}, nil
	}
	from, to, two := strings.Cut(s, " to ")
	if !two {
		from, to, two = strings.Cut(strings.ReplaceAll(s, "–", "-"), "-")
	}
	low, err := number(from)
	if err != nil {
		return Span{}, fault.Invalid("%q is no number of points", s).With("write a number like 40, two like 30-50, or ? when you don't know")
	}
	if !two {
		return Exactly(low), nil
	}
	high, err := number(to)
	if err != nil {
		return Span{}, fault.Invalid("%q is no number of points", s).With("write a number like 40, two like 30-50, or ? when you don't know")
	}
	return Span{low, high}, nil
}

// number reads a decimal number of at most twelve digits, so that nobody can make
// it cost anything.
func number(s string) (*big.Rat, error) {
	s = strings.TrimSpace(strings.Replace(s, ",", ".", 1))
	if s == "" || len(s) > 12 || strings.Trim(s, "0123456789.") != "" {
		return nil, fault.Invalid("no number")
	}
	n, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, fault.Invalid("no number")
	}
	return n, nil
}

// String writes a span as ParseSpan reads it.
func (s Span) String() string {
	switch {
	case !s.known():
		return ""
	case s.From.Cmp(s.To) == 0:
		return Number(s.From)
	}
	return Number(s.From) + "-" + Number(s.To)
}

func (s Span) known() bool { return s.From != nil && s.To != nil }

func (s Span) check(of string) error {
	if s.From == nil && s.To == nil {
		return nil
	}
	if !s.known() {
		return fault.Invalid("%s has one end of its points only", of)
	}
	if s.From.Sign() < 0 || s.To.Cmp(hundred) > 0 || s.From.Cmp(hundred) > 0 || s.To.Sign() < 0 {
		return fault.Invalid("%s has points outside 0 to 100", of)
	}
	if s.From.Cmp(s.To) > 0 {
		return fault.Invalid("%s goes from %s down to %s", of, Number(s.From), Number(s.To)).With("write the smaller number first")
	}
	return nil
}

// interval is the span with its middle.
func (s Span) interval() Interval {
	if !s.known() {
		return Interval{new(big.Rat), new(big.Rat).Set(fifty), new(big.Rat).Set(hundred)}
	}
	mid := new(big.Rat).Add(s.From, s.To)
	return Interval{s.From, mid.Mul(mid, half), s.To}
}

var (
	one     = big.NewRat(1, 1)
	half    = big.NewRat(1, 2)
	fifty   = big.NewRat(50, 1)
	hundred = big.NewRat(100, 1)
)

// Number writes a number for people: at most one digit after the point.
func Number(n *big.Rat) string {
	return strings.TrimSuffix(n.FloatString(1), ".0")
}

func product(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

func larger(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) >= 0 {
		return a
	}
	return b
}

func smaller(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) <= 0 {
		return a
	}
	return b
}
