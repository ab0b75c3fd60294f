package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"paraph/fault"
)

// Canonical gives the one byte form of a value that commitments cover: JSON by
// RFC 8785 (JSON Canonicalization Scheme), restricted so that no two programs
// can read it differently. Names are sorted by UTF-16 code units, there is no
// white space, and strings are written as they are, escaped only where JSON
// must (no HTML escaping).
//
// Numbers are integers from -(2^53-1) to 2^53-1; larger ones and fractions are
// to be written as strings. Text must be valid UTF-8, and no object may hold a
// name twice. Anything else is invalid. Canonical of its own output (as
// json.RawMessage) is that output.
func Canonical(v any) ([]byte, error) {
	raw, err := Raw(v)
	if err != nil {
		return nil, err
	}
	c := canon{in: raw, out: make([]byte, 0, len(raw))}
	if err := c.value(); err != nil {
		return nil, fault.Invalid("this has no canonical form: %v", err)
	}
	return c.out, nil
}

// Raw gives a value as JSON from which Canonical, or Tip.Next for a body, makes
// the one form; it is invalid when it cannot be written so.
func Raw(v any) (json.RawMessage, error) {
	var raw bytes.Buffer
	enc := json.NewEncoder(&raw)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fault.Invalid("this cannot be written as JSON").Because(err)
	}
	return raw.Bytes(), nil
}

// canon rewrites JSON that is known to be well formed.
type canon struct {
	in  []byte
	pos int
	out []byte
}

func (c *canon) value() error {
	switch b := c.next(); b {
	case '{':
		return c.object()
	case '[':
		return c.array()
	case '"':
		_, err := c.text()
		return err
	case 't', 'n':
		c.take(len("true"))
	case 'f':
		c.take(len("false"))
	default:
		return c.number()
	}
	return nil
}

// member is one name of an object and the bytes of out that hold `"name":value`.
type member struct {
	name       string
	start, end int
}

func (c *canon) object() error {
	start := len(c.out)
	var members []member
	c.pos++
	for c.next() != '}' {
		m := member{start: len(c.out)}
		var err error
		if m.name, err = c.text(); err != nil {
			return err
		}
		c.next() // the colon
		c.take(1)
		if err := c.value(); err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		m.end = len(c.out)
		members = append(members, m)
		if c.next() == ',' {
			c.pos++
		}
	}
	c.pos++
	slices.SortFunc(members, func(a, b member) int { return compareUTF16(a.name, b.name) })
	sorted := make([]byte, 0, len(c.out)-start+len(members)+2)
	sorted = append(sorted, '{')
	for i, m := range members {
		if i > 0 {
			if m.name == members[i-1].name {
				return fmt.Errorf("the name %q stands twice", m.name)
			}
			sorted = append(sorted, ',')
		}
		sorted = append(sorted, c.out[m.start:m.end]...)
	}
	c.out = append(append(c.out[:start], sorted...), '}')
	return nil
}

func (c *canon) array() error {
	c.take(1)
	for c.next() != ']' {
		if err := c.value(); err != nil {
			return err
		}
		if c.next() == ',' {
			c.take(1)
		}
	}
	c.take(1)
	return nil
}

func (c *canon) number() error {
	start := c.pos
	for c.pos < len(c.in) && strings.IndexByte("+-.0123456789eE", c.in[c.pos]) >= 0 {
		c.pos++
	}
	s := string(c.in[start:c.pos])
	const largest = 1<<53 - 1
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n > largest || n < -largest || s == "-0" {
		return fmt.Errorf("%s is not an integer of at most 53 bits: write it as a string", s)
	}
	c.out = append(c.out, s...)
	return nil
}

// text rewrites a string and gives what it says.
func (c *canon) text() (string, error) {
	start := c.pos + 1
	end, plain := start, true
	for c.in[end] != '"' {
		if c.in[end] == '\\' {
			plain = false
			end++
		}
		end++
	}
	c.pos = end + 1
	raw := c.in[start:end]
	if !utf8.Valid(raw) {
		return "", errors.New("a string is not valid UTF-8")
	}
	if plain {
		c.out = append(append(append(c.out, '"'), raw...), '"')
		return string(raw), nil
	}
	s, err := unescape(raw)
	if err != nil {
		return "", err
	}
	c.out = appendText(c.out, s)
	return s, nil
}

// next skips white space and gives the byte that follows it.
func (c *canon) next() byte {
	for {
		switch b := c.in[c.pos]; b {
		case ' ', '\t', '\n', '\r':
			c.pos++
		default:
			return b
		}
	}
}

func (c *canon) take(n int) {
	c.out = append(c.out, c.in[c.pos:c.pos+n]...)
	c.pos += n
}

// unescape gives what the inside of a well-formed JSON string says.
func unescape(raw []byte) (string, error) {
	var b strings.Builder
	for len(raw) > 0 {
		if raw[0] != '\\' {
			b.WriteByte(raw[0])
			raw = raw[1:]
			continue
		}
		if raw[1] != 'u' {
			b.WriteByte(escaped[raw[1]])
			raw = raw[2:]
			continue
		}
		r, n, err := unescapeRune(raw)
		if err != nil {
			return "", err
		}
		b.WriteRune(r)
		raw = raw[n:]
	}
	return b.String(), nil
}

var escaped = map[byte]byte{
	'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t',
}

// unescapeRune reads \uXXXX, or two of them that make one rune, and tells how
// many bytes it took.
func unescapeRune(raw []byte) (rune, int, error) {
	// encoding/json writes a byte that is not UTF-8 as this escape, and a real
	// U+FFFD as itself: to go on would change the words in silence.
	if bytes.HasPrefix(raw, []byte(`\ufffd`)) {
		return 0, 0, errors.New("a string is not valid UTF-8")
	}
	r := hexRune(raw[2:6])
	if !utf16.IsSurrogate(r) {
		return r, 6, nil
	}
	if len(raw) >= 12 && raw[6] == '\\' && raw[7] == 'u' {
		if r = utf16.DecodeRune(r, hexRune(raw[8:12])); r != utf8.RuneError {
			return r, 12, nil
		}
	}
	return 0, 0, errors.New("a string holds half a surrogate pair")
}

func hexRune(s []byte) rune {
	n, _ := strconv.ParseUint(string(s), 16, 16) // well formed, as the encoder checked
	return rune(n)
}

func appendText(out []byte, s string) []byte {
	const hex = "0123456789abcdef"
	out = append(out, '"')
	for i := range len(s) {
		switch b := s[i]; b {
		case '"', '\\':
			out = append(out, '\\', b)
		case '\b':
			out = append(out, '\\', 'b')
		case '\f':
			out = append(out, '\\', 'f')
		case '\n':
			out = append(out, '\\', 'n')
		case '\r':
			out = append(out, '\\', 'r')
		case '\t':
			out = append(out, '\\', 't')
		default:
			if b < 0x20 {
				out = append(out, '\\', 'u', '0', '0', hex[b>>4], hex[b&15])
			} else {
				out = append(out, b)
			}
		}
	}
	return append(out, '"')
}

// compareUTF16 orders strings by their UTF-16 code units, which differs from
// the order of their bytes only above U+FFFF.
func compareUTF16(a, b string) int {
	for a != "" && b != "" {
		ra, na := utf8.DecodeRuneInString(a)
		rb, nb := utf8.DecodeRuneInString(b)
		if ra != rb {
			return unit(ra) - unit(rb)
		}
		a, b = a[na:], b[nb:]
	}
	return len(a) - len(b)
}

// unit gives a number that orders runes as their UTF-16 code units do.
func unit(r rune) int {
	if r < 0x10000 {
		return int(r) << 20
	}
	lead, trail := utf16.EncodeRune(r)
	return int(lead)<<20 + int(trail)
}
