package veto

import (
	"crypto/sha3"
	"math/big"
)

// The group: the quadratic residues modulo the prime of ffdhe3072 (RFC 7919,
// appendix A.2), which is safe, so that their order is the prime q = (p-1)/2;
// 2 generates them.
var (
	prime, _  = new(big.Int).SetString(ffdhe3072, 16)
	order     = new(big.Int).Rsh(prime, 1)
	generator = big.NewInt(2)
	one       = big.NewInt(1)
)

const ffdhe3072 = "" +
	"FFFFFFFFFFFFFFFFADF85458A2BB4A9AAFDC5620273D3CF1D8B9C583CE2D3695" +
	"A9E13641146433FBCC939DCE249B3EF97D2FE363630C75D8F681B202AEC4617A" +
	"D3DF1ED5D5FD65612433F51F5F066ED0856365553DED1AF3B557135E7F57C935" +
	"984F0C70E0E68B77E2A689DAF3EFE8721DF158A136ADE73530ACCA4F483A797A" +
	"BC0AB182B324FB61D108A94BB2C8E3FBB96ADAB760D7F4681D4F42A3DE394DF4" +
	"AE56EDE76372BB190B07A7C8EE0A6D709E02FCE1CDF7E2ECC03404CD28342F61" +
	"9172FE9CE98583FF8E4F1232EEF28183C3FE3B1B4C6FAD733BB5FCBC2EC22005" +
	"C58EF1837D1683B2C6F34A26C1B2EFFA886B4238611FCFDCDE355B3B6519035B" +
	"BC34F4DEF99C023861B46FC9D6E6C9077AD91D2691F7F7EE598CB0FAC186D91C" +
	"AEFE130985139270B4130C93BC437944F4FD4452E2D74DD364F2E21E71F54BFF" +
	"5CAE82AB9C9DF69EE86D2BC522363A0DABC521979B0DEADA1DBF9A42D5C4484E" +
	"0ABCD06BFA53DDEF3C1B20EE3FD59D7C25E41D2B66C62E37FFFFFFFFFFFFFFFF"

// size is how many bytes a member of the group, and an exponent, is written in:
// always as many, whatever its value.
const size = 384

// member reads a member of the group other than 1; false for anything else.
func member(b []byte) (*big.Int, bool) {
	if len(b) != size {
		return nil, false
	}
	v := new(big.Int).SetBytes(b)
	if v.Cmp(one) <= 0 || v.Cmp(prime) >= 0 || big.Jacobi(v, prime) != 1 {
		return nil, false
	}
	return v, true
}

// exponent reads an exponent from 1 to q-1; false for anything else.
func exponent(b []byte) (*big.Int, bool) {
	if len(b) != size {
		return nil, false
	}
	v := new(big.Int).SetBytes(b)
	return v, v.Sign() > 0 && v.Cmp(order) < 0
}

func bytesOf(v *big.Int) []byte { return v.FillBytes(make([]byte, size)) }

func power(base, e *big.Int) *big.Int { return new(big.Int).Exp(base, e, prime) }

// times is a product in the group.
func times(a, b *big.Int) *big.Int {
	p := new(big.Int).Mul(a, b)
	return p.Mod(p, prime)
}

// drawn makes an exponent from 1 to q-1 out of chance, another one under each
// label. It is taken from 128 bits more than it needs, so that none is likelier
// than another by more than 2^-128.
func drawn(chance []byte, label string) *big.Int {
	v := new(big.Int).SetBytes(stretched(chance, label, size+16))
	v.Mod(v, new(big.Int).Sub(order, one))
	return v.Add(v, one)
}

// stretched makes n bytes out of chance, others under each label.
func stretched(chance []byte, label string, n int) []byte {
	h := sha3.NewSHAKE256()
	writeParts(h, []byte("paraph:veto:chance:1"), []byte(label), chance)
	out := make([]byte, n)
	h.Read(out) // which never fails
	return out
}
