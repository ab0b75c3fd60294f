package record

import (
	"context"

	"paraph/fault"
)

// Log is the promise that every store makes; recordtest is that promise as
// tests. It is safe for use by many goroutines.
//
// Every key in a store begins (process, audience). A store never gives out its
// own positions or totals.
type Log interface {
	// Append hands in a batch and returns before it is written. Batches are
	// written in the order of the calls, so that a batch may be chained to one
	// that was handed in before it and is not yet durable: if that one fails,
	// this one fails as a conflict. Many waiting batches share one sync.
	//
	// A batch is written as one: all of it, in order, or nothing. A batch whose
	// key the process already holds writes nothing, and its outcome is the
	// entries that stand. An entry that does not follow its log's tip is a
	// conflict, and so is a time that does not follow all times of the process,
	// over all audiences; other batches are not harmed by it. A batch that
	// could never verify is invalid. After a failed sync every later batch is
	// unavailable, until the log is opened again.
	//
	// The batch is the log's from then on: the caller changes it no more.
	Append(b Batch) *Pending

	// Read gives the entries of one log with Seq > after, in order, at most
	// limit of them (0 for all). Only durable entries are seen. A log never
	// written to is empty. Damage that Read can see is an error, never served.
	Read(ctx context.Context, p ProcessID, a Audience, after uint64, limit int) ([]Entry, error)

	// Find gives the entries that one act wrote, in its order, by its key: none
	// when no act of the process has the key. Only durable entries are seen.
	Find(ctx context.Context, p ProcessID, key string) ([]Entry, error)

	// Audiences lists the audiences of a process that have a log, sorted.
	Audiences(ctx context.Context, p ProcessID) ([]Audience, error)

	// Processes lists the processes that have a log, sorted.
	Processes(ctx context.Context) ([]ProcessID, error)

	// Destroy takes content and salt of one entry away for ever; the entry's
	// commitment and chain stay. Destroying twice is as once; an entry that is
	// not there is not found.
	Destroy(ctx context.Context, p ProcessID, a Audience, seq uint64) error

	// Close ends the log. Batches handed in before are finished first, those
	// handed in later are unavailable.
	Close() error
}

// Batch is what one act writes: entries already chained, of one process, and
// the idempotency key of the act.
type Batch struct {
	Process ProcessID
	Key     string // 1 to 200 bytes, unique within the process; every entry's content says it
	Entries []Entry
}

// Check refuses a batch that no log could take: without entries or key, or
// with an entry that is wrong by itself, destroyed, or of another process or
// key. It gives the canonical bytes of each entry's content. Places and links
// depend on what stands: see Entry.Follows.
func (b Batch) Check() ([][]byte, error) {
	if len(b.Entries) == 0 {
		return nil, fault.Invalid("a batch needs at least one entry")
	}
	if len(b.Key) < 1 || len(b.Key) > 200 {
		return nil, fault.Invalid("an act's key has 1 to 200 bytes, this one has %d", len(b.Key))
	}
	contents := make([][]byte, len(b.Entries))
	for i, e := range b.Entries {
		if e.Process != b.Process {
			return nil, e.wrong("it is in a batch of the process " + string(b.Process))
		}
		if e.Destroyed {
			return nil, e.wrong("a destroyed entry cannot be appended")
		}
		if e.Content.Key != b.Key {
			return nil, e.wrong("its key is not the key of its batch")
		}
		content, err := e.Check()
		if err != nil {
			return nil, err
		}
		contents[i] = content
	}
	return contents, nil
}

// Pending is the outcome of a batch that was handed in.
type Pending struct {
	done    chan struct{}
	entries []Entry
	err     error
}

// NewPending is for stores: it gives an outcome that is still open, and what
// settles it, to be called once.
func NewPending() (*Pending, func([]Entry, error)) {
	p := &Pending{done: make(chan struct{})}
	return p, func(entries []Entry, err error) {
		p.entries, p.err = entries, err
		close(p.done)
	}
}

// Done is closed when the outcome is known.
func (p *Pending) Done() <-chan struct{} { return p.done }

// Wait gives the outcome: the batch's entries once they are durable (fsync),
// never before, or the entries that already stood under its key. When ctx ends
// first the error is unavailable, and the batch may still be written: hand it
// in again under the same key.
func (p *Pending) Wait(ctx context.Context) ([]Entry, error) {
	select {
	case <-p.done:
		return p.entries, p.err
	default:
	}
	select {
	case <-p.done:
		return p.entries, p.err
	case <-ctx.Done():
		return nil, fault.Unavailable("nobody waited for the outcome").
			With("try again: if it was written, it is not written twice").Because(context.Cause(ctx))
	}
}
