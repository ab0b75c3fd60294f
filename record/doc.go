// Package record holds the nouns of the record: entry, audience, seat, lens,
// chain, and Log, the promise that every store makes.
//
// A process is a set of append-only logs, one per audience. What a person sees
// is a fold over the logs that the person's seat may read, so that what may
// not be read never enters what a page is made from.
//
// It is pure: no input or output, no clock, no randomness. It may not know any
// store or room. Read entry.go first, then audience.go and seat.go, then
// chain.go; docs/record-format.md gives the bytes. Package recordtest is the
// promise of log.go as tests.
package record
