package record

import (
	"encoding/json"
	"fmt"
	"time"

	"paraph/fault"
)

// Entry is one act on the record, in one log.
//
// What the chain covers is the Commitment, a salted hash of the content, and
// never the content itself: so content can be destroyed later (which leaves a
// destruction note) while the log still verifies.
type Entry struct {
	Process  ProcessID
	Audience Audience
	Seq      uint64    // from 1 without gaps, within (process, audience)
	At       time.Time // UTC, to the microsecond; strictly increasing within a process

	Content    Content  // zero when Destroyed
	Salt       Salt     // zero when Destroyed
	Destroyed  bool     // content and salt are gone; the commitment stays
	Commitment [32]byte // see Commit
	Chain      [32]byte // see Chain
}

// ProcessID names one negotiation: 1 to 64 of a-z, 0-9 and "-".
type ProcessID string

// ParseProcessID reads the name of a process. Anything else is invalid.
func ParseProcessID(s string) (ProcessID, error) {
	ok := len(s) >= 1 && len(s) <= 64
	for i := range len(s) {
		c := s[i]
		ok = ok && (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')
	}
	if !ok {
		return "", fault.Invalid("%q cannot name a process", s).
			With("1 to 64 of the letters a to z, the digits and \"-\"")
	}
	return ProcessID(s), nil
}

// Salt is 32 random bytes that keep short contents from being guessed from
// their commitments.
type Salt [32]byte

// Content is what an entry says: who did what.
type Content struct {
	Kind     Kind            `json:"kind"`
	By       By              `json:"by"`
	Key      string          `json:"key"`                // idempotency key of the act that wrote it
	Makes    []Ref           `json:"makes,omitempty"`    // what this entry brings into being, for others to mention
	Mentions []Ref           `json:"mentions,omitempty"` // what it speaks of: everybody in its audience must be able to read each
	Body     json.RawMessage `json:"body"`               // the room's own event as canonical JSON, see Canonical
}

// Kind names what happened, as room.noun.pastverb: "text.proposal.tabled".
type Kind string

// By is who acted: a person in a capacity, for a seat. The person's name is
// what the seat's accreditation says.
type By struct {
	Seat     Seat     `json:"seat"`
	Person   string   `json:"person,omitempty"`
	Capacity Capacity `json:"capacity,omitempty"`
}

// Actor is who asks for an act: By, in the role of the seat.
type Actor struct {
	By
	Role Role
}

// Lens is what the actor sees through. An act is judged by that alone.
func (a Actor) Lens() Lens { return Lens{a.Seat, a.Role} }

// Capacity is what a person is in a delegation.
type Capacity string

// The capacities.
const (
	Head        Capacity = "head"
	Member      Capacity = "member"
	Adviser     Capacity = "adviser"
	Interpreter Capacity = "interpreter"
	NoteTaker   Capacity = "note-taker"
)

// Ref names a thing on the record: "proposal/4f…", "clause/…",
// "version/…", "words/<clause>/<fingerprint>". Ids are random and say nothing.
type Ref string

// Event is what a room decides to write: content before it is chained.
type Event struct {
	Audience Audience
	Kind     Kind
	Body     any // a struct of the room's, encoded by Canonical
	Makes    []Ref
	Mentions []Ref
}

// place names the entry in errors, as people would say it.
func (e Entry) place() string {
	return fmt.Sprintf("entry %d of the log %q of %s", e.Seq, e.Audience, e.Process)
}
