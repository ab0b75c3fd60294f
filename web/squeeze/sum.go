package squeeze

import "hash/crc32"

// joined gives the sum of two pieces one after the other from their own sums and
// the length of the second: the first times x^8n, modulo the polynomial.
func joined(first, second uint32, n int) uint32 { return times(first, shift(n)) ^ second }

// shift gives x^8n modulo the polynomial of CRC-32, by squaring.
func shift(n int) uint32 {
	power, result := uint32(1)<<(31-8), uint32(1)<<31 // x^8 and 1: the highest bit is x^0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			result = times(result, power)
		}
		power = times(power, power)
	}
	return result
}

// times multiplies two polynomials over GF(2) modulo that of CRC-32.
func times(a, b uint32) (product uint32) {
	for bit := uint32(1) << 31; bit > 0; bit >>= 1 {
		if a&bit != 0 {
			product ^= b
		}
		if b&1 == 1 {
			b = b>>1 ^ crc32.IEEE
		} else {
			b >>= 1
		}
	}
	return product
}
