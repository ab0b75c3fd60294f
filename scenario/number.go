package scenario

import (
	"math/big"
	"strconv"
	"strings"
)

// Longest numbers that are read: longer ones are no preferences.
const (
	maxDigits   = 1000
	maxExponent = 300
)

// rational reads a number exactly: "0.25", "-3", "1e-3", "1/3".
func rational(s string) (*big.Rat, bool) {
	s = strings.TrimSpace(s)
	if len(s) == 0 || len(s) > maxDigits {
		return nil, false
	}
	for i := range len(s) {
		if !strings.ContainsRune("+-0123456789.eE/", rune(s[i])) {
			return nil, false
		}
	}
	if at := strings.IndexAny(s, "eE"); at >= 0 {
		if e, err := strconv.Atoi(s[at+1:]); err != nil || e < -maxExponent || e > maxExponent {
			return nil, false
		}
	}
	return new(big.Rat).SetString(s)
}

// integer reads a whole number; "3.0" is one.
func integer(s string) (int, bool) {
	q, ok := rational(s)
	if !ok || !q.IsInt() || !q.Num().IsInt64() {
		return 0, false
	}
	n := q.Num().Int64()
	return int(n), n >= -1<<53 && n <= 1<<53
}

// Decimal writes a rational so that rational reads the same: as a decimal when
// that is exact, else as a fraction.
func Decimal(q *big.Rat) string {
	if q.IsInt() {
		return q.Num().String()
	}
	if places, exact := q.FloatPrec(); exact && places <= 40 {
		return q.FloatString(places)
	}
	return q.String()
}

var one = big.NewRat(1, 1)

// within cuts a worth to what evaluators give: from 0 to 1.
func within(q *big.Rat) *big.Rat {
	switch {
	case q.Sign() < 0:
		return new(big.Rat)
	case q.Cmp(one) > 0:
		return big.NewRat(1, 1)
	}
	return q
}

func product(a, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }

func sum(a, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }
