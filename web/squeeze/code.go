package squeeze

import "math/bits"

// The code is constant. DEFLATE lets a block bring its own (RFC 1951, 3.2.7), and
// all blocks bring this one.
//
// Lengths of codes for bytes and for lengths of references were counted on the
// pages of the demonstration, with Cyrillic, Arabic, Greek and Chinese letters
// given what they would need (the bytes above 127). They are as bits in the order
// of symbols: bytes, end of block, lengths.
//
// A distance costs 15 bits, whatever it is: its symbol takes 15 bits less those
// that the symbol is followed by. So it makes no difference how much stands
// between a phrase and the comment that has it. These lengths happen to make a
// complete code: 2^-15 for each of the 32,768 distances.
const distanceBits = 15

// coded is a code as it is written, lowest bit first.
type coded struct {
	code uint32
	bits uint8
	base uint32 // of a distance: the least that the symbol stands for
}

var (
	literal     [256]coded
	endOfBlock  coded
	lengths     [259]coded // with what follows the symbol
	distances   [30]coded
	blockHeader []coded
	repeatBits  int // what it costs to repeat the comment
)

func init() {
	symbols := canonical(symbolBits[:])
	copy(literal[:], symbols)
	endOfBlock = symbols[256]
	for n := 3; n <= 258; n++ {
		symbol, extra, base := lengthSymbol(n)
		c := symbols[symbol]
		lengths[n] = coded{code: c.code | uint32(n-base)<<c.bits, bits: c.bits + extra}
	}
	var far [30]uint8
	for i := range far {
		far[i] = distanceBits - distanceExtra(i)
	}
	copy(distances[:], canonical(far[:]))
	base := uint32(1)
	for i := range distances {
		distances[i].base = base
		base += 1 << distanceExtra(i)
	}
	blockHeader = header(append(append([]uint8{}, symbolBits[:]...), far[:]...))
	e := encoder{comment: -len(comment)}
	e.refresh()
	repeatBits = len(e.out)*8 + int(e.bits)
}

// distanceExtra gives how many bits follow a symbol for a distance.
func distanceExtra(symbol int) uint8 { return uint8(max(0, symbol/2-1)) }

// lengthSymbol gives the symbol of a length, how many bits follow it, and the
// least length that it stands for (RFC 1951, 3.2.5).
func lengthSymbol(n int) (symbol int, extra uint8, base int) {
	if n == 258 {
		return 285, 0, 258
	}
	base = 3
	for symbol = 257; ; symbol++ {
		extra = uint8(max(0, (symbol-261)/4))
		if n < base+1<<extra {
			return symbol, extra, base
		}
		base += 1 << extra
	}
}

// canonical gives the code that has these lengths (RFC 1951, 3.2.2).
func canonical(lengths []uint8) []coded {
	var next [17]uint32
	for _, n := range lengths {
		if n > 0 {
			next[n+1]++
		}
	}
	for n := 1; n < len(next); n++ { // the first code of each length
		next[n] += next[n-1]
		next[n] <<= 1
	}
	out := make([]coded, len(lengths))
	for i, n := range lengths {
		if n > 0 {
			out[i] = coded{code: bits.Reverse32(next[n]) >> (32 - n), bits: n}
			next[n]++
		}
	}
	return out
}

// headerOrder is the order in which the lengths of the code of lengths are given.
var headerOrder = [19]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// headerBits is a code of lengths: 4 bits for those that are frequent here.
var headerBits = [19]uint8{5, 5, 5, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 4, 4, 5, 5}

// header gives the beginning of a block that is not the last and brings its own
// code (RFC 1951, 3.2.7).
func header(all []uint8) []coded {
	out := []coded{{code: 0b10_0, bits: 3}, {code: 286 - 257, bits: 5}, {code: 30 - 1, bits: 5}, {code: 19 - 4, bits: 4}}
	for _, symbol := range headerOrder {
		out = append(out, coded{code: uint32(headerBits[symbol]), bits: 3})
	}
	code := canonical(headerBits[:])
	for i := 0; i < len(all); {
		n := 1
		for i+n < len(all) && all[i+n] == all[i] {
			n++
		}
		out = append(out, code[all[i]])
		i++
		for n--; n >= 3; {
			again := min(n, 6)
			out = append(out, code[16], coded{code: uint32(again - 3), bits: 2})
			n -= again
			i += again
		}
	}
	return out
}
