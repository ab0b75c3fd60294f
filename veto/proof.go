package veto

import (
	"bytes"
	"crypto/sha256"
	"math/big"
)

// Proof shows that who made it knows the exponent of a member of the group over
// a base (Schnorr, "Efficient signature generation by smart cards", 1991), for
// one seat in one step of one ballot.
type Proof struct {
	Challenge []byte `json:"challenge"`
	Response  []byte `json:"response"`
}

// prove makes a proof for value = base^e.
func prove(bound []byte, base, value, e *big.Int, chance []byte) Proof {
	k := drawn(chance, "proof:"+string(bound)+string(bytesOf(value)))
	c := challenge(bound, base, value, power(base, k))
	r := new(big.Int).Mul(new(big.Int).SetBytes(c), e)
	r.Add(r, k).Mod(r, order)
	return Proof{Challenge: c, Response: bytesOf(r)}
}

// holds checks a proof: base^response · value^-challenge is what was hashed.
func (p Proof) holds(bound []byte, base, value *big.Int) bool {
	if len(p.Challenge) != sha256.Size || len(p.Response) != size {
		return false
	}
	r := new(big.Int).SetBytes(p.Response)
	if r.Cmp(order) >= 0 {
		return false
	}
	back := new(big.Int).ModInverse(power(value, new(big.Int).SetBytes(p.Challenge)), prime)
	first := times(power(base, r), back)
	return bytes.Equal(challenge(bound, base, value, first), p.Challenge)
}

func challenge(bound []byte, base, value, first *big.Int) []byte {
	h := sha256.New()
	writeParts(h, bound, bytesOf(base), bytesOf(value), bytesOf(first))
	return h.Sum(nil)
}
