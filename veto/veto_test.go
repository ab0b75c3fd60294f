package veto

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paraph/fault"
)

// chance gives test bytes that look random, others for each number.
func chance(n uint64) []byte {
	return stretched(binary.BigEndian.AppendUint64(nil, n), "test", ChanceSize)
}

// run plays a ballot with one answer for each seat, and gives all that is published.
func run(t interface{ Fatal(...any) }, b Ballot, yes []bool, seed uint64) (shares []Share, commitments []Commitment, openings []Opening) {
	var secrets []Secret
	var keys [][]byte
	for i, seat := range b.Seats {
		x, s, err := NewShare(b, seat, chance(seed+uint64(i)))
		if err == nil {
			err = s.Check(b, seat)
		}
		if err != nil {
			t.Fatal(err)
		}
		secrets, shares, keys = append(secrets, x), append(shares, s), append(keys, s.Key)
	}
	for i, seat := range b.Seats {
		c, o, err := Vote(b, seat, keys, secrets[i], yes[i], chance(seed+1000+uint64(i)))
		if err == nil {
			err = o.Check(b, seat, keys, c)
		}
		if err != nil {
			t.Fatal(err)
		}
		commitments, openings = append(commitments, c), append(openings, o)
	}
	return shares, commitments, openings
}

var three = Ballot{Process: "vesna", Test: "t1", Seats: []string{"KEL", "ILM", "DOR"}}

func TestTheGroup(t *testing.T) {
	if !prime.ProbablyPrime(16) || !order.ProbablyPrime(16) || prime.BitLen() != 3072 {
		t.Fatal("this is not the safe prime of ffdhe3072")
	}
	// RFC 7919: 2^3072 - 2^3008 + ([2^2942 * e] + 2625351) * 2^64 - 1; its ends.
	top := new(big.Int).Rsh(prime, 3008)
	low := new(big.Int).And(prime, big.NewInt(0).SetUint64(1<<64-1))
	if top.Uint64() != 1<<64-1 || low.Uint64() != 1<<64-1 {
		t.Error("the ends of the prime are not those of RFC 7919")
	}
	if power(generator, order).Cmp(one) != 0 {
		t.Error("2 does not generate the subgroup of prime order")
	}
}

// both plays a ballot up to the answers, and gives each seat's opening for no and for yes.
func both(t interface{ Fatal(...any) }, b Ballot, seed uint64) (openings [][2]Opening) {
	var secrets []Secret
	var keys [][]byte
	for i, seat := range b.Seats {
		x, s, err := NewShare(b, seat, chance(seed+uint64(i)))
		if err != nil {
			t.Fatal(err)
		}
		secrets, keys = append(secrets, x), append(keys, s.Key)
	}
	for i, seat := range b.Seats {
		var own [2]Opening
		for yes := range 2 {
			c, o, err := Vote(b, seat, keys, secrets[i], yes == 1, chance(seed+uint64(100+2*i+yes)))
			if err != nil {
				t.Fatal(err)
			}
			if seed == 0 {
				if err := o.Check(b, seat, keys, c); err != nil {
					t.Fatal(err)
				}
			}
			own[yes] = o
		}
		openings = append(openings, own)
	}
	return openings
}

// The outcome is yes exactly when all say yes: every pattern of answers, of two
// to five seats.
func TestUnanimous(t *testing.T) {
	for n := 2; n <= 5; n++ {
		b := Ballot{Process: "p", Test: "t", Seats: []string{"A", "B", "C", "D", "E"}[:n]}
		each := both(t, b, 0)
		for pattern := range 1 << n {
			got, err := Unanimous(b, published(each, pattern))
			if err != nil || got != (pattern == 1<<n-1) {
				t.Errorf("%d seats, answers %0*b: %v, %v", n, n, pattern, got, err)
			}
		}
	}
}

// published gives the openings of a pattern of answers: bit i is seat i's.
func published(each [][2]Opening, pattern int) []Opening {
	var all []Opening
	for i, own := range each {
		all = append(all, own[pattern>>i&1])
	}
	return all
}

func TestWhatIsForgedIsRefused(t *testing.T) {
	shares, commitments, openings := run(t, three, []bool{true, true, false}, 1)
	keys := [][]byte{shares[0].Key, shares[1].Key, shares[2].Key}
	other := Ballot{Process: "vesna", Test: "t2", Seats: three.Seats}
	elsewhere := Ballot{Process: "talks", Test: "t1", Seats: three.Seats}
	fewer := Ballot{Process: "vesna", Test: "t1", Seats: three.Seats[:2]}
	changed := func(b []byte) []byte {
		c := bytes.Clone(b)
		c[len(c)-1] ^= 1
		return c
	}
	nonresidue := bytesOf(new(big.Int).Sub(prime, big.NewInt(4))) // 4 is a square, -1 is none
	share := func(change func(*Share)) Share {
		s := Share{bytes.Clone(shares[0].Key), shares[0].Proof}
		change(&s)
		return s
	}
	opening := func(change func(*Opening)) Opening {
		o := openings[0]
		change(&o)
		return o
	}
	for name, err := range map[string]error{
		"a key with another's proof":      share(func(s *Share) { s.Proof = shares[1].Proof }).Check(three, "KEL"),
		"another's share":                 shares[1].Check(three, "KEL"),
		"a share of another test":         shares[0].Check(other, "KEL"),
		"a share of another process":      shares[0].Check(elsewhere, "KEL"),
		"a share among other seats":       shares[0].Check(fewer, "KEL"),
		"a share of who is not asked":     shares[0].Check(three, "EU"),
		"a changed key":                   share(func(s *Share) { s.Key = changed(s.Key) }).Check(three, "KEL"),
		"a key outside the group":         share(func(s *Share) { s.Key = nonresidue }).Check(three, "KEL"),
		"the key 1":                       share(func(s *Share) { s.Key = bytesOf(one) }).Check(three, "KEL"),
		"a short key":                     share(func(s *Share) { s.Key = s.Key[1:] }).Check(three, "KEL"),
		"a changed response":              share(func(s *Share) { s.Proof.Response = changed(s.Proof.Response) }).Check(three, "KEL"),
		"a changed challenge":             share(func(s *Share) { s.Proof.Challenge = changed(s.Proof.Challenge) }).Check(three, "KEL"),
		"no proof":                        share(func(s *Share) { s.Proof = Proof{} }).Check(three, "KEL"),
		"another's opening":               openings[1].Check(three, "KEL", keys, commitments[0]),
		"another's opening, as committed": openings[1].Check(three, "KEL", keys, openings[1].commitment(three, "KEL")),
		"another commitment":              openings[0].Check(three, "KEL", keys, commitments[1]),
		"another salt":                    opening(func(o *Opening) { o.Salt = changed(o.Salt) }).Check(three, "KEL", keys, commitments[0]),
		"a short salt":                    opening(func(o *Opening) { o.Salt = nil }).Check(three, "KEL", keys, commitments[0]),
		"an answer of another test":       openings[0].Check(other, "KEL", keys, openings[0].commitment(other, "KEL")),
		"keys in another order":           openings[0].Check(three, "KEL", [][]byte{keys[0], keys[2], keys[1]}[:2], commitments[0]),
	} {
		if fault.KindOf(err) != fault.KindInvalid && fault.KindOf(err) != fault.KindConflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	forged := opening(func(o *Opening) { o.Value = openings[1].Value })
	if err := forged.Check(three, "KEL", keys, forged.commitment(three, "KEL")); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("a value with another's proof, as committed: %v", err)
	}
	if _, err := Unanimous(three, openings[:2]); fault.KindOf(err) != fault.KindConflict {
		t.Errorf("an outcome of two of three: %v", err)
	}
	for name, b := range map[string]Ballot{"one seat": {Seats: []string{"KEL"}}, "a seat twice": {Seats: []string{"KEL", "DOR", "KEL"}}} {
		if _, _, err := NewShare(b, "KEL", chance(1)); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := NewShare(three, "KEL", chance(1)[:ChanceSize-1]); fault.KindOf(err) != fault.KindInvalid {
		t.Errorf("too little chance: %v", err)
	}
}

// Keys chosen so that they cancel out leave a seat without a base: refused, and
// never answered on.
func TestKeysThatCancel(t *testing.T) {
	x, s, err := NewShare(three, "KEL", chance(5))
	if err != nil {
		t.Fatal(err)
	}
	_, o, err := NewShare(three, "ILM", chance(6))
	if err != nil {
		t.Fatal(err)
	}
	back, _ := member(o.Key)
	inverse := bytesOf(new(big.Int).ModInverse(back, prime))
	_, _, err = Vote(three, "KEL", [][]byte{s.Key, o.Key, inverse}, x, true, chance(7))
	if fault.KindOf(err) != fault.KindConflict {
		t.Errorf("answered on nothing: %v", err)
	}
}

// A commitment comes back from its text, which has one length.
func TestCommitmentsAsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Commitment(sha256.Sum256(rapid.SliceOf(rapid.Byte()).Draw(t, "of")))
		text, err := c.MarshalText()
		if err != nil || len(text) != 44 {
			t.Fatalf("%s: %v", text, err)
		}
		var back Commitment
		if err := back.UnmarshalText(text); err != nil || back != c {
			t.Errorf("read back as %v: %v", back, err)
		}
	})
	var back Commitment
	for _, wrong := range []string{"", "abc", strings.Repeat("A", 40)} {
		if err := back.UnmarshalText([]byte(wrong)); fault.KindOf(err) != fault.KindInvalid {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

func BenchmarkVote(b *testing.B) {
	shares, _, _ := run(b, three, []bool{true, true, true}, 1)
	x, _, _ := NewShare(three, "KEL", chance(1))
	keys := [][]byte{shares[0].Key, shares[1].Key, shares[2].Key}
	for _, yes := range []bool{true, false} {
		b.Run(map[bool]string{true: "yes", false: "no"}[yes], func(b *testing.B) {
			for b.Loop() {
				if _, _, err := Vote(three, "KEL", keys, x, yes, chance(2)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
