package squeeze

import (
	"bytes"
	"hash/crc32"
)

// code writes a piece of a page, stretch by stretch. A stretch is a run of words,
// which is written byte by byte unless all of it is in a constant list, or it is
// tags without words between them. In tags, phrases are looked for where a tag
// begins and where a value ends. People's words can neither begin a tag nor end a
// value, because they are escaped: so no phrase reaches from one run to another.
func (e *encoder) code(s []byte) {
	e.source += len(s)
	summed, held := 0, 0 // up to where the sum was taken; up to where no comment may stand
	for i := 0; i < len(s); {
		end, need := stretch(s, i)
		if i >= held && e.at+need-i-e.comment > reach && e.at-e.comment > len(comment) {
			e.crc = crc32.Update(e.crc, crc32.IEEETable, s[summed:i])
			summed = i
			if e.near() {
				e.repeated++
			}
			e.refresh()
		}
		held = max(held, need)
		if s[i] == '<' {
			e.tags(s[i:end])
		} else {
			e.words(s[i:end])
		}
		i = end
	}
	e.crc = crc32.Update(e.crc, crc32.IEEETable, s[summed:])
}

// near tells whether all of the last comment can be referred to.
func (e *encoder) near() bool { return e.at-e.comment <= window }

// longest is how long a stretch of tags may get before it ends with a tag. It
// bounds what must fit between two comments.
const longest = 1 << 10

// stretch gives where the stretch that begins at i ends, and up to where no
// comment may stand: that is later only when it ends by opening an element in
// which a comment would be words.
func stretch(s []byte, i int) (end, need int) {
	if s[i] != '<' {
		if n := bytes.IndexByte(s[i:], '<'); n >= 0 {
			return i + n, i + n
		}
		return len(s), len(s)
	}
	for end = i; end < len(s) && s[end] == '<' && end-i < longest; {
		tag := s[end:]
		n := bytes.IndexByte(tag, '>')
		if n < 0 {
			return len(s), len(s)
		}
		end += n + 1
		for _, r := range raw {
			if !bytes.HasPrefix(tag, r.open) {
				continue
			}
			if n := bytes.Index(s[end:], r.shut); n >= 0 {
				return end, end + n + len(r.shut)
			}
			return end, len(s)
		}
	}
	return end, end
}

// raw are the elements that hold words alone.
var raw = []struct{ open, shut []byte }{
	{[]byte("<textarea"), []byte("</textarea")}, {[]byte("<title"), []byte("</title")},
	{[]byte("<script"), []byte("</script")}, {[]byte("<style"), []byte("</style")},
}

// words writes a run.
func (e *encoder) words(run []byte) {
	if place, listed := said[string(run)]; listed && e.near() {
		e.refer(place, len(run))
		return
	}
	e.literals(run)
}

// tags writes a stretch of tags.
func (e *encoder) tags(s []byte) {
	from := 0
	for i := 0; i < len(s); {
		if s[i] == '<' || s[i] == '"' && i > 0 && s[i-1] != '=' {
			e.literals(s[from:i])
			from = i
			if place, n := find(s[i:]); n >= shortest && e.near() {
				e.refer(place, n)
				i += n
				from = i
				continue
			}
		}
		i++
	}
	e.literals(s[from:])
}
