package record

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"paraph/fault"
)

// Tip is where a log ends: what its next entry is chained to. A log never
// written to has Seq 0 and a Chain of zeros.
type Tip struct {
	Process  ProcessID
	Audience Audience
	Seq      uint64
	Chain    [32]byte
}

// Tip is where the log ends with e as its last entry.
func (e Entry) Tip() Tip { return Tip{e.Process, e.Audience, e.Seq, e.Chain} }

// Next makes the entry that follows t: numbered, committed to and chained. It
// cuts at down to microseconds, in UTC, and brings the body into canonical
// form. The error is that of Canonical.
func (t Tip) Next(at time.Time, salt Salt, c Content) (Entry, error) {
	body, err := Canonical(c.Body)
	if err != nil {
		return Entry{}, err
	}
	c.Body = body
	content, err := Canonical(c)
	if err != nil {
		return Entry{}, err
	}
	e := Entry{
		Process: t.Process, Audience: t.Audience, Seq: t.Seq + 1, At: at.UTC().Truncate(time.Microsecond),
		Content: c, Salt: salt, Commitment: Commit(salt, content),
	}
	e.Chain = Chain(t.Chain, e)
	return e, nil
}

// The domains keep a hash made for one purpose from being shown as another's.
// Both are of fixed text, so what follows them begins at a known place.
const (
	commitDomain = "paraph:commitment:1\n"
	chainDomain  = "paraph:chain:1\n"
)

// Commit gives the commitment to a content: SHA-256 over the domain, the salt
// and the content's canonical bytes. Without the salt it tells nothing of the
// content; with it, it can be opened to nothing else.
func Commit(salt Salt, content []byte) [32]byte {
	b := make([]byte, 0, len(commitDomain)+len(salt)+len(content))
	b = append(b, commitDomain...)
	b = append(b, salt[:]...)
	b = append(b, content...)
	return sha256.Sum256(b)
}

// Chain gives the link of e to the entry before it, whose Chain is prev (zeros
// for the first): SHA-256 over the domain, prev, process, audience, seq, at
// and commitment, laid out as docs/record-format.md says. It reads nothing of
// e's content.
func Chain(prev [32]byte, e Entry) [32]byte {
	b := make([]byte, 0, 256)
	b = append(b, chainDomain...)
	b = append(b, prev[:]...)
	b = binary.BigEndian.AppendUint16(b, uint16(len(e.Process)))
	b = append(b, e.Process...)
	b = binary.BigEndian.AppendUint16(b, uint16(len(e.Audience)))
	b = append(b, e.Audience...)
	b = binary.BigEndian.AppendUint64(b, e.Seq)
	b = binary.BigEndian.AppendUint64(b, uint64(e.At.UnixMicro()))
	b = append(b, e.Commitment[:]...)
	return sha256.Sum256(b)
}

// Verify checks one log from its first entry: one process and audience, seq
// from 1 without gaps, times that rise, each link, and each commitment against
// its content. A destroyed entry has neither content nor salt and is checked
// by its link alone. The error names the first entry that is wrong.
func Verify(entries []Entry) error {
	if len(entries) == 0 {
		return nil
	}
	tip := Tip{Process: entries[0].Process, Audience: entries[0].Audience}
	var last time.Time
	for _, e := range entries {
		if _, err := e.Check(); err != nil {
			return err
		}
		if err := e.Follows(tip); err != nil {
			return err
		}
		if tip.Seq > 0 && !e.At.After(last) {
			return e.wrong("its time does not follow the time of the entry before it")
		}
		tip, last = e.Tip(), e.At
	}
	return nil
}

// Check checks e by itself: its names and its time are in canonical form, and
// its commitment covers its content, whose canonical bytes Check gives (none
// for a destroyed entry). The error is invalid.
func (e Entry) Check() ([]byte, error) {
	if _, err := ParseProcessID(string(e.Process)); err != nil {
		return nil, err
	}
	if _, err := ParseAudience(string(e.Audience)); err != nil {
		return nil, err
	}
	if e.At.Location() != time.UTC || e.At.Nanosecond()%1000 != 0 {
		return nil, e.wrong("its time is not in UTC to the microsecond")
	}
	if e.Destroyed {
		if e.Salt != (Salt{}) || e.Content.Kind != "" || len(e.Content.Body) != 0 {
			return nil, e.wrong("it is marked as destroyed and still has content")
		}
		return nil, nil
	}
	content, err := Canonical(e.Content)
	if err != nil {
		return nil, err
	}
	if Commit(e.Salt, content) != e.Commitment {
		return nil, e.wrong("its content is not what its commitment covers")
	}
	return content, nil
}

// Follows checks the place and the link of e as the entry that comes after
// tip. The error is a conflict: another entry came first, one is missing, or
// one was altered.
func (e Entry) Follows(tip Tip) error {
	switch {
	case e.Process != tip.Process || e.Audience != tip.Audience:
		return fault.Conflict("%s: the entry before it belongs to another log", e.place())
	case e.Seq != tip.Seq+1:
		return fault.Conflict("%s: the log stands at %d", e.place(), tip.Seq).With("another entry came first, or one is missing")
	case e.Chain != Chain(tip.Chain, e):
		return fault.Conflict("%s: it is not chained to the entry before it", e.place()).With("another entry came first, or one was altered")
	}
	return nil
}

func (e Entry) wrong(words string) error { return fault.Invalid("%s: %s", e.place(), words) }
