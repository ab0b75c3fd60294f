package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"paraph/fault"
	"paraph/record"
)

// Read gives entries of one log, see record.Log. Each content is checked
// against its commitment, and each entry against the one read before it.
func (s *Store) Read(ctx context.Context, p record.ProcessID, a record.Audience, after uint64, limit int) ([]record.Entry, error) {
	return read(ctx, s.reading, p, a, after, limit)
}

// Find gives the entries of one act, see record.Log.
func (s *Store) Find(ctx context.Context, p record.ProcessID, key string) ([]record.Entry, error) {
	runs, err := runsAt(s.find.QueryRowContext(ctx, p, key))
	if err != nil {
		return nil, unread(ctx, err)
	}
	return readRuns(ctx, s.reading, p, runs)
}

// Audiences lists the audiences that have a log in a process.
func (s *Store) Audiences(ctx context.Context, p record.ProcessID) ([]record.Audience, error) {
	return audiences(ctx, s.reading, p)
}

// Processes lists the processes that have a log.
func (s *Store) Processes(ctx context.Context) ([]record.ProcessID, error) {
	// One look-up for each process: a plain DISTINCT would walk past every entry.
	const next = `SELECT process FROM entry WHERE process > ? ORDER BY process, audience, seq LIMIT 1`
	var found []record.ProcessID
	var last record.ProcessID
	for {
		err := s.reading.QueryRowContext(ctx, next, last).Scan(&last)
		if errors.Is(err, sql.ErrNoRows) {
			return found, nil
		}
		if err != nil {
			return nil, unread(ctx, err)
		}
		found = append(found, last)
	}
}

// querier is what reads: the readers' pool, or the writer's own connection.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func audiences(ctx context.Context, q querier, p record.ProcessID) ([]record.Audience, error) {
	const next = `SELECT audience FROM entry WHERE process = ? AND audience > ? ORDER BY audience, seq LIMIT 1`
	var found []record.Audience
	var last record.Audience
	for {
		err := q.QueryRowContext(ctx, next, p, last).Scan(&last)
		if errors.Is(err, sql.ErrNoRows) {
			return found, nil
		}
		if err != nil {
			return nil, unread(ctx, err)
		}
		found = append(found, last)
	}
}

// standingOf reads where the logs of a process end.
func standingOf(ctx context.Context, q querier, p record.ProcessID) (*standing, error) {
	all, err := audiences(ctx, q, p)
	if err != nil {
		return nil, err
	}
	s := &standing{tips: make(map[record.Audience]record.Tip, len(all))}
	for i, a := range all {
		const last = `SELECT seq, at, chain FROM entry WHERE process = ? AND audience = ? ORDER BY seq DESC LIMIT 1`
		tip := record.Tip{Process: p, Audience: a}
		var at int64
		var chain []byte
		if err := q.QueryRowContext(ctx, last, p, a).Scan(&tip.Seq, &at, &chain); err != nil {
			return nil, unread(ctx, err)
		}
		if copy(tip.Chain[:], chain) != len(tip.Chain) {
			return nil, damaged(p, a)
		}
		if i == 0 || at > s.at {
			s.at = at
		}
		s.tips[a] = tip
	}
	return s, nil
}

func read(ctx context.Context, q querier, p record.ProcessID, a record.Audience, after uint64, limit int) ([]record.Entry, error) {
	const query = `SELECT seq, at, commitment, chain, salt, content FROM entry
		WHERE process = ? AND audience = ? AND seq > ? ORDER BY seq LIMIT ?`
	if limit <= 0 {
		limit = -1 // all
	}
	rows, err := q.QueryContext(ctx, query, p, a, int64(min(after, 1<<62)), limit)
	if err != nil {
		return nil, unread(ctx, err)
	}
	defer rows.Close()
	var entries []record.Entry
	for rows.Next() {
		e := record.Entry{Process: p, Audience: a}
		if err := scan(rows, &e); err != nil {
			return nil, err
		}
		follows := e.Seq == after+1
		switch n := len(entries); {
		case n > 0:
			follows = e.Follows(entries[n-1].Tip()) == nil && e.At.After(entries[n-1].At)
		case after == 0:
			follows = e.Follows(record.Tip{Process: p, Audience: a}) == nil
		}
		if !follows {
			return nil, damaged(p, a)
		}
		entries = append(entries, e)
	}
	if err := rows.Err(); err != nil {
		return nil, unread(ctx, err)
	}
	return entries, nil
}

// scan reads a row into e and opens its commitment.
func scan(rows *sql.Rows, e *record.Entry) error {
	var at int64
	var commitment, chain, salt, content sql.RawBytes
	if err := rows.Scan(&e.Seq, &at, &commitment, &chain, &salt, &content); err != nil {
		return unread(context.Background(), err)
	}
	e.At = time.UnixMicro(at).UTC()
	ok := copy(e.Commitment[:], commitment) == len(commitment) && copy(e.Chain[:], chain) == len(chain) &&
		len(commitment) == len(e.Commitment) && len(chain) == len(e.Chain)
	if salt == nil && content == nil {
		e.Destroyed = true
	} else {
		ok = ok && len(salt) == len(e.Salt)
		copy(e.Salt[:], salt)
		ok = ok && record.Commit(e.Salt, content) == e.Commitment && json.Unmarshal(content, &e.Content) == nil
	}
	if !ok {
		return damaged(e.Process, e.Audience)
	}
	return nil
}

// damaged says that what stands in the file is not what was written. It gives
// no place: the words may reach a person, and Verify gives it to those who run it.
func damaged(p record.ProcessID, a record.Audience) error {
	return fault.Unavailable("the log %q of %s is damaged", a, p).With("restore the record from a backup")
}

func unread(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fault.Unavailable("reading the record was given up").Because(context.Cause(ctx))
	}
	return fault.Unavailable("the record cannot be read").With("check the disk").Because(err)
}
