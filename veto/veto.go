// Package veto lets seats find out whether all of them say yes, and nothing
// else: the anonymous veto network of Hao and Zieliński ("A 2-round anonymous
// veto protocol", Security Protocols 2006), with commitments between its two
// rounds.
//
// Round one: each of n seats i draws a secret x_i and publishes g^x_i with a
// proof that it knows x_i (Schnorr 1991, made non-interactive by Fiat and Shamir
// 1986). From the keys everybody can compute each seat's base g^y_i, the product
// of the keys before it over that of the keys behind it, while nobody knows y_i.
// Round two: each seat raises its base to c_i, which is x_i for yes and a fresh
// random number for no, proves that it knows c_i, and commits to the result by a
// salted hash. When all have committed, all open. The product of all results is
// 1 exactly when all said yes, because the sum of all x_i y_i is 0; else it is a
// random member of the group.
//
// What it rests on: that the decisional Diffie–Hellman problem is hard in the
// group (ffdhe3072, RFC 7919, in its subgroup of prime order), and that SHA-256
// and SHAKE256 behave as random functions. Then, for n seats of which at least
// two are honest, nobody who reads all that is published, and holds the secrets
// of all the others, can tell a yes from a no among the honest ones beyond what
// the outcome itself says. That covers the other seats, the chair, and every
// reader of the logs.
//
// Against whom it does not hold: whoever holds a seat's secret learns that
// seat's answer, so a running host that keeps secrets for seats can read the
// answers of those seats, and of no others. With a single honest seat, the
// outcome tells its answer: of two seats, one that said yes learns from a
// failure that the other said no; that is so by the question, not by the
// protocol. Whoever opens last knows the outcome before the others, and can keep
// it from them by not opening; it can change nothing, having committed. Who has
// joined, answered and opened is seen by all.
//
// All steps are of one size and do the same work for yes and no. The package is
// pure: chance comes in as bytes. Read this file first, then proof.go.
package veto

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"io"
	"math/big"

	"paraph/fault"
)

// ChanceSize is how many random bytes each step takes, at least; no two steps
// may share them.
const ChanceSize = 64

// Ballot is what the steps of one test are bound to: what was made for one is
// worth nothing in another.
type Ballot struct {
	Process string
	Test    string
	Seats   []string // all who are asked, in the order of their keys
}

// Secret is a seat's x. Who has it can read the seat's answer.
type Secret []byte

// Share is what a seat publishes in round one.
type Share struct {
	Key   []byte `json:"key"`
	Proof Proof  `json:"proof"`
}

// Commitment is what a seat publishes when it answers.
type Commitment [sha256.Size]byte

// MarshalText gives a commitment as base64, always of one length.
func (c Commitment) MarshalText() ([]byte, error) {
	return base64.StdEncoding.AppendEncode(nil, c[:]), nil
}

// UnmarshalText reads what MarshalText gives.
func (c *Commitment) UnmarshalText(text []byte) error {
	b, err := base64.StdEncoding.DecodeString(string(text))
	if err != nil || len(b) != len(c) {
		return fault.Invalid("this is not a commitment").With("%d bytes in base64", len(c))
	}
	copy(c[:], b)
	return nil
}

// Opening is what a seat publishes when all have answered.
type Opening struct {
	Value []byte `json:"value"`
	Proof Proof  `json:"proof"`
	Salt  []byte `json:"salt"`
}

const saltSize = 32

// NewShare draws a seat's secret from chance, and makes its share.
func NewShare(b Ballot, seat string, chance []byte) (Secret, Share, error) {
	if err := b.check(seat, chance); err != nil {
		return nil, Share{}, err
	}
	x := drawn(chance, "secret")
	key := power(generator, x)
	proof := prove(b.bound("share", seat), generator, key, x, chance)
	return bytesOf(x), Share{Key: bytesOf(key), Proof: proof}, nil
}

// Check tells whether a share is that seat's, for that ballot, by somebody who
// knows its secret.
func (s Share) Check(b Ballot, seat string) error {
	if err := b.has(seat); err != nil {
		return err
	}
	key, ok := member(s.Key)
	if !ok || !s.Proof.holds(b.bound("share", seat), generator, key) {
		return fault.Invalid("the key of %s is not proved to be its own in this test", seat).
			With("make it anew, for this test and this seat")
	}
	return nil
}

// Vote makes a seat's answer: what it commits to now, and how it opens that
// later. Keys are those of all seats, in the order of the ballot.
func Vote(b Ballot, seat string, keys [][]byte, secret Secret, yes bool, chance []byte) (Commitment, Opening, error) {
	if err := b.check(seat, chance); err != nil {
		return Commitment{}, Opening{}, err
	}
	base, err := b.base(seat, keys)
	if err != nil {
		return Commitment{}, Opening{}, err
	}
	x, ok := exponent(secret)
	if !ok {
		return Commitment{}, Opening{}, fault.Invalid("this is not a secret of a test")
	}
	c := chosen(yes, x, drawn(chance, "refusal"))
	value := power(base, c)
	o := Opening{
		Value: bytesOf(value),
		Proof: prove(b.bound("answer", seat), base, value, c, chance),
		Salt:  stretched(chance, "salt", saltSize),
	}
	return o.commitment(b, seat), o, nil
}

// chosen gives one of two exponents by the same steps.
func chosen(yes bool, x, refusal *big.Int) *big.Int {
	way := 0
	if yes {
		way = 1
	}
	out := bytesOf(refusal)
	subtle.ConstantTimeCopy(way, out, bytesOf(x))
	return new(big.Int).SetBytes(out)
}

// Check tells whether an opening is what that seat committed to, with a proof
// that the seat knows what it did. It does not tell what it answered.
func (o Opening) Check(b Ballot, seat string, keys [][]byte, to Commitment) error {
	base, err := b.base(seat, keys)
	if err != nil {
		return err
	}
	own := o.commitment(b, seat)
	if len(o.Salt) != saltSize || subtle.ConstantTimeCompare(own[:], to[:]) != 1 {
		return fault.Invalid("this is not what %s committed to", seat).With("open the answer that was given")
	}
	value, ok := member(o.Value)
	if !ok || !o.Proof.holds(b.bound("answer", seat), base, value) {
		return fault.Invalid("the answer of %s is not proved to be its own in this test", seat)
	}
	return nil
}

// Unanimous tells whether all said yes, from all openings in the order of the
// ballot, each of which was checked.
func Unanimous(b Ballot, openings []Opening) (bool, error) {
	if len(openings) != len(b.Seats) {
		return false, fault.Conflict("%d of %d answers are opened", len(openings), len(b.Seats))
	}
	product := one
	for i, o := range openings {
		v, ok := member(o.Value)
		if !ok {
			return false, fault.Invalid("the answer of %s is not one", b.Seats[i])
		}
		product = times(product, v)
	}
	return product.Cmp(one) == 0, nil
}

// base gives a seat's base: the keys before its own over those behind it.
func (b Ballot) base(seat string, keys [][]byte) (*big.Int, error) {
	if err := b.has(seat); err != nil {
		return nil, err
	}
	if len(keys) != len(b.Seats) {
		return nil, fault.Conflict("%d of %d seats have joined", len(keys), len(b.Seats)).With("answer when all have")
	}
	before, behind, passed := one, one, false
	for i, s := range b.Seats {
		key, ok := member(keys[i])
		if !ok {
			return nil, fault.Invalid("the key of %s is not one", s)
		}
		switch {
		case s == seat:
			passed = true
		case passed:
			behind = times(behind, key)
		default:
			before = times(before, key)
		}
	}
	base := times(before, new(big.Int).ModInverse(behind, prime))
	if base.Cmp(one) == 0 {
		return nil, fault.Conflict("the keys of the others cancel out").With("open the test anew")
	}
	return base, nil
}

func (b Ballot) check(seat string, chance []byte) error {
	if len(chance) < ChanceSize {
		return fault.Invalid("a step of a test takes %d random bytes, not %d", ChanceSize, len(chance))
	}
	return b.has(seat)
}

// has tells whether a seat is asked; two seats at least must be, each once.
func (b Ballot) has(seat string) error {
	seen, there := map[string]bool{}, false
	for _, s := range b.Seats {
		if seen[s] {
			return fault.Invalid("%s is asked twice", s)
		}
		seen[s], there = true, there || s == seat
	}
	if len(b.Seats) < 2 {
		return fault.Invalid("a sealed test asks two seats at least").With("ask one seat openly")
	}
	if !there {
		return fault.Invalid("%s is not asked in this test", seat)
	}
	return nil
}

// bound gives what a step is bound to.
func (b Ballot) bound(step, seat string) []byte {
	h := sha256.New()
	parts := [][]byte{[]byte("paraph:veto:1"), []byte(step), []byte(b.Process), []byte(b.Test), []byte(seat)}
	for _, s := range b.Seats {
		parts = append(parts, []byte(s))
	}
	writeParts(h, parts...)
	return h.Sum(nil)
}

func (o Opening) commitment(b Ballot, seat string) Commitment {
	h := sha256.New()
	writeParts(h, b.bound("commitment", seat), o.Salt, o.Value, o.Proof.Challenge, o.Proof.Response)
	return Commitment(h.Sum(nil))
}

// writeParts writes parts so that no two lists of them are written alike.
func writeParts(w io.Writer, parts ...[]byte) {
	for _, p := range parts {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		w.Write(n[:]) // to hashes, which never fail
		w.Write(p)
	}
}
