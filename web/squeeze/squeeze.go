// Package squeeze compresses pages so that the length of what goes over the
// wire tells nothing of one thing on a page by another.
//
// A usual compressor looks for what repeats. So a page on which a delegate's own
// words stand beside words that others must not learn gets shorter when the two
// are alike, and whoever may write on the page and sees lengths on the wire can
// guess the secret piece by piece (CRIME, BREACH). Here nothing on a page is ever
// compared with anything else on it. All bytes are written under one constant
// code, and only what stands in a constant list of phrases of markup (phrases.go)
// is written shorter: the cost of a run of words is a function of that run alone,
// and the length of a page is their sum.
//
// What comes out is gzip (RFC 1952) of DEFLATE blocks (RFC 1951). DEFLATE has no
// list of phrases beside the page, so the list is put into the page itself as a
// comment, and repeated before it falls out of the 32 KiB that one may refer to.
// What is read back is therefore the page with these comments; see Comment.
//
// It knows nothing of processes and seats. Read squeeze.go first, then code.go.
package squeeze

import (
	"hash/crc32"
	"math/bits"
)

// Part is a piece of a page that was compressed once, to stand in many pages.
type Part struct {
	Bytes []byte // DEFLATE blocks, to be written as they are between what Around gives

	plain int    // bytes that they unpack to
	crc   uint32 // of these
	past  int    // bytes from the beginning of the last comment to the end
}

// Middle compresses a piece of a page that begins and ends between elements.
func Middle(plain []byte) *Part {
	e := encoder{out: make([]byte, 0, len(plain)/2+512), comment: -len(Comment)} // the head ends with it
	e.begin()
	e.code(plain)
	e.end()
	return &Part{Bytes: e.out, plain: e.at, crc: e.crc, past: e.at - e.comment}
}

// Around compresses what stands before and after a part that was compressed
// before, or around none. The page on the wire is front, the part's Bytes, back.
func Around(head []byte, middle *Part, tail []byte) (front, back []byte) {
	e := encoder{out: append(make([]byte, 0, len(head)+len(Comment)), gzipHeader...)}
	e.begin()
	e.open(head)
	e.refresh()
	e.end()
	front, crc, plain, past := e.out, e.crc, e.at, len(Comment)
	if middle != nil {
		crc = joined(crc, middle.crc, middle.plain)
		plain += middle.plain
		past = middle.past
	}
	e = encoder{out: make([]byte, 0, len(tail)), comment: -past}
	e.begin()
	e.refresh()
	e.code(tail)
	e.end()
	crc = joined(crc, e.crc, e.at)
	plain += e.at
	back = append(e.out, lastBlock...)
	for _, word := range []uint32{crc, uint32(plain)} { // RFC 1952, 2.3.1: little endian
		back = append(back, byte(word), byte(word>>8), byte(word>>16), byte(word>>24))
	}
	return front, back
}

// gzipHeader says DEFLATE, no name, no time, an unknown system.
var gzipHeader = []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}

// lastBlock is an empty block under the code that DEFLATE has fixed, marked last.
var lastBlock = []byte{0x03, 0x00}

// encoder writes one piece of a page: one block, and empty ones that make its
// length the sum of its runs.
type encoder struct {
	out   []byte
	start int    // where the block begins in out
	acc   uint64 // bits not yet written, lowest first
	bits  uint

	at       int // plain bytes so far
	comment  int // where the last comment began among them
	crc      uint32
	repeated int // comments that were repeated because there was no room
	source   int // plain bytes that are the page's own
}

func (e *encoder) begin() {
	e.start = len(e.out)
	for _, b := range blockHeader {
		e.put(uint64(b.code), uint(b.bits))
	}
}

func (e *encoder) put(code uint64, n uint) {
	e.acc |= code << e.bits
	e.bits += n
	if e.bits >= 32 {
		e.out = append(e.out, byte(e.acc), byte(e.acc>>8), byte(e.acc>>16), byte(e.acc>>24))
		e.acc >>= 32
		e.bits -= 32
	}
}

func (e *encoder) literals(s []byte) {
	for _, b := range s {
		c := literal[b]
		e.put(uint64(c.code), uint(c.bits))
	}
	e.at += len(s)
}

// refer writes n bytes, 3 to 258, that stand at a place of the comment. Every
// distance costs the same; see code.go.
func (e *encoder) refer(place, n int) {
	c := lengths[n]
	e.put(uint64(c.code), uint(c.bits))
	distance := uint32(e.at - (e.comment + place))
	d := distances[symbolOf(distance)]
	e.put(uint64(d.code)|uint64(distance-d.base)<<d.bits, distanceBits)
	e.at += n
}

// symbolOf gives the symbol of a distance (RFC 1951, 3.2.5).
func symbolOf(distance uint32) int {
	d := distance - 1
	if d < 4 {
		return int(d)
	}
	top := bits.Len32(d) - 1
	return 2*top + int(d>>(top-1)&1)
}

// window is how far back one may refer.
const window = 32 << 10

// reach is how far behind the beginning of a comment a page may go on before
// the comment is repeated. What is left of the window takes the comment's length.
const reach = window - 2<<10

// open writes the beginning of a page, with the comment in full after the first
// tag, which says what kind of document it is.
func (e *encoder) open(head []byte) {
	first := 0
	for first < len(head) && head[first] != '>' {
		first++
	}
	first = min(first+1, len(head))
	e.literals(head[:first])
	e.crc = crc32.Update(e.crc, crc32.IEEETable, head[:first])
	e.source += first
	e.comment = e.at - window - 1
	e.refresh()
	e.code(head[first:])
}

// refresh writes the comment: by reference to the one before, if that is near.
func (e *encoder) refresh() {
	began := e.at
	if e.at-e.comment > window {
		e.literals(comment)
	} else {
		for n := 0; n < len(comment); {
			m := min(len(comment)-n, 258)
			if left := len(comment) - n - m; left > 0 && left < 3 {
				m -= 3
			}
			e.refer(n, m)
			n += m
		}
	}
	e.comment = began
	e.crc = crc32.Update(e.crc, crc32.IEEETable, comment)
}

// end closes the block and fills up, to a length that is a sum over the runs of
// the page: each byte of it pays for a share of the comments that any page of
// its length may need.
func (e *encoder) end() {
	c := endOfBlock
	e.put(uint64(c.code), uint(c.bits))
	used := (len(e.out)-e.start)*8 + int(e.bits)
	shares := repeatBits * 2 * (e.source + reach) / reach
	e.fill((used+shares-repeatBits*e.repeated+7)/8 + 16)
}

// fill writes empty blocks until the piece is n bytes long.
func (e *encoder) fill(n int) {
	e.stored()
	for left := n - (len(e.out) - e.start); left > 0; left = n - (len(e.out) - e.start) {
		// An empty block under the fixed code is 10 bits, an empty stored one 3 bits,
		// then up to the next byte, then 4 bytes: so 5, 6, 7 and 9 bytes can be made of
		// one stored block after 0 to 3 fixed ones, and everything from 9 on of these.
		fixed := 0
		switch left {
		case 6, 11:
			fixed = 1
		case 7, 12:
			fixed = 2
		case 9:
			fixed = 3
		case 13:
			fixed = 1
		}
		for range fixed {
			e.put(0b0000000_01_0, 10) // end of block, fixed code, not the last
		}
		e.stored()
	}
}

// stored writes an empty stored block, which ends on a byte.
func (e *encoder) stored() {
	e.put(0, 3)
	for e.bits > 0 {
		e.out = append(e.out, byte(e.acc))
		e.acc >>= 8
		e.bits -= min(e.bits, 8)
	}
	e.out = append(e.out, 0, 0, 0xff, 0xff)
}
