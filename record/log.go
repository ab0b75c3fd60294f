package record

import "context"

// Log is the promise that every store makes; recordtest is that promise as
// tests. It is safe for use by many goroutines.
//
// Every key in a store begins (process, audience). A store never gives out its
// own positions or totals.
type Log interface {
	// Append writes the batch as one: all of it, in order, or nothing. It
	// returns after the entries are durable (fsync), never before. Appending a
	// batch whose key the process already holds writes nothing and returns
	// the entries that stand. When a head in the batch is not the log's head any more, it
	// is a conflict and nothing is written. After a failed sync the log
	// refuses all writing (unavailable).
	Append(ctx context.Context, b Batch) ([]Entry, error)

	// Read gives the entries of one log with Seq > after, in order, at most
	// limit of them (0 for all). A log never written to is empty.
	Read(ctx context.Context, p ProcessID, a Audience, after uint64, limit int) ([]Entry, error)

	// Audiences lists the audiences of a process that have a log, sorted.
	Audiences(ctx context.Context, p ProcessID) ([]Audience, error)

	// Processes lists the processes that have a log, sorted.
	Processes(ctx context.Context) ([]ProcessID, error)

	// Destroy takes content and salt of one entry away for ever; the entry's
	// commitment and chain stay.
	Destroy(ctx context.Context, p ProcessID, a Audience, seq uint64) error

	// Close ends the log. Appends under way finish first.
	Close() error
}

// Batch is what one act writes: entries already chained, of one process, and
// the idempotency key of the act.
type Batch struct {
	Process ProcessID
	Key     string // 1 to 200 bytes, unique within the process
	Entries []Entry
}
