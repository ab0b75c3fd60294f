package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"sync/atomic"

	"paraph/fault"
	"paraph/record"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Append hands in a batch, see record.Log.
func (s *Store) Append(b record.Batch) *record.Pending {
	pending, settle := record.NewPending()
	if err := s.hand(job{batch: b, settle: settle}); err != nil {
		settle(nil, err)
	}
	return pending
}

// check checks what can be known of batches without what stands, in the way of
// neither the writer nor those who hand in: they hold a lock meanwhile.
func check(jobs <-chan job, checked chan<- job) {
	defer close(checked)
	for j := range jobs {
		if j.destroy == nil && !j.probe {
			j.contents, j.wrong = j.batch.Check()
		}
		checked <- j
	}
}

// Destroy takes content and salt of an entry away, see record.Log. They are
// overwritten in the file; the write-ahead log, which may hold them too, is
// emptied as soon as no reader needs it.
func (s *Store) Destroy(ctx context.Context, p record.ProcessID, a record.Audience, seq uint64) error {
	pending, settle := record.NewPending()
	if err := s.hand(job{destroy: &place{p, a, seq}, settle: settle}); err != nil {
		return err
	}
	_, err := pending.Wait(ctx)
	return err
}

// Writable writes nothing of note and tells whether it became durable: nil when
// the record takes acts, else why it does not.
func (s *Store) Writable(ctx context.Context) error {
	pending, settle := record.NewPending()
	if err := s.hand(job{probe: true, settle: settle}); err != nil {
		return err
	}
	_, err := pending.Wait(ctx)
	return err
}

func (s *Store) hand(j job) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return fault.Unavailable("the record is closed")
	}
	s.waiting.Add(1)
	s.queue <- j
	return nil
}

// job is one thing for the writer: to append a batch, to destroy an entry, or to
// find out whether anything can be written.
type job struct {
	batch    record.Batch
	contents [][]byte // canonical bytes of the batch's entries
	wrong    error    // why the batch can stand nowhere
	destroy  *place   // nil to append
	probe    bool     // to write the file's version once more, which changes nothing
	settle   func([]record.Entry, error)
}

type place struct {
	process  record.ProcessID
	audience record.Audience
	seq      uint64
}

// writer is the one goroutine that writes. It puts all jobs that wait into one
// transaction (group commit), and settles each after the commit: so the sync,
// which takes longest, is shared.
//
// Jobs that cannot be done are found before anything is written for them, by
// what the writer knows of each process, so that they take nothing with them.
type writer struct {
	conn         *sql.Conn
	addEntry     *sql.Stmt
	addAct       *sql.Stmt
	findAct      *sql.Stmt
	wipe         *sql.Stmt
	begin, end   *sql.Stmt
	beforeCommit func()

	known  map[record.ProcessID]*standing
	broken error // why nothing is written any more
	traces bool  // the write-ahead log may still hold what was destroyed
}

// standing is what stands of a process: the last time in it, in microseconds,
// and where its logs end.
type standing struct {
	at   int64
	tips map[record.Audience]record.Tip
}

func newWriter(ctx context.Context, conn *sql.Conn, beforeCommit func()) (*writer, error) {
	if beforeCommit == nil {
		beforeCommit = func() {}
	}
	w := &writer{conn: conn, beforeCommit: beforeCommit, known: map[record.ProcessID]*standing{}}
	for _, q := range []struct {
		stmt **sql.Stmt
		text string
	}{
		{&w.addEntry, `INSERT INTO entry (process, audience, seq, at, commitment, chain, salt, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`},
		{&w.addAct, `INSERT INTO act (process, key, places) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`},
		{&w.findAct, findAct},
		{&w.begin, `BEGIN IMMEDIATE`},
		{&w.end, `COMMIT`},
		{&w.wipe, `UPDATE entry SET salt = NULL, content = NULL WHERE process = ? AND audience = ? AND seq = ?`},
	} {
		stmt, err := conn.PrepareContext(ctx, q.text)
		if err != nil {
			return nil, err
		}
		*q.stmt = stmt
	}
	return w, nil
}

// close gives up the statements. SQLite keeps a connection with open statements
// alive, and would not take the write-ahead log into the file.
func (w *writer) close() error {
	return errors.Join(w.addEntry.Close(), w.addAct.Close(), w.findAct.Close(), w.wipe.Close(), w.begin.Close(), w.end.Close())
}

// The most that one transaction takes in, so that nobody waits long for others.
const (
	maxJobs    = 512
	maxEntries = 20_000
)

func (w *writer) run(queue <-chan job, waiting *atomic.Int64) {
	for j := range queue {
		group := []job{j}
		entries := len(j.batch.Entries)
		for waiting.Add(-1) > 0 && len(group) < maxJobs && entries < maxEntries {
			next := <-queue // it was handed in, and comes as soon as it is checked
			group = append(group, next)
			entries += len(next.batch.Entries)
		}
		w.commit(group)
	}
}

// outcome is what a job comes to, if its transaction commits.
type outcome struct {
	places []run // the entries that already stood under the key
	err    error
}

// commit does a group of jobs in one transaction and settles them.
func (w *writer) commit(group []job) {
	outcomes, err := w.write(context.Background(), group)
	for i, j := range group {
		switch {
		case err != nil:
			j.settle(nil, err)
		case outcomes[i].err != nil:
			j.settle(nil, outcomes[i].err)
		case outcomes[i].places != nil:
			j.settle(readRuns(context.Background(), w.conn, j.batch.Process, outcomes[i].places))
		default:
			j.settle(j.batch.Entries, nil)
		}
	}
}

// write gives the outcome of each job, once all that was to be written is
// durable. An error is for all of them: nothing was written.
func (w *writer) write(ctx context.Context, group []job) ([]outcome, error) {
	if w.broken != nil {
		return nil, w.refusal()
	}
	if _, err := w.begin.ExecContext(ctx); err != nil {
		return nil, w.fail(ctx, err)
	}
	outcomes := make([]outcome, len(group))
	for i, j := range group {
		var err error
		switch {
		case j.wrong != nil:
			outcomes[i].err = j.wrong
		case j.probe:
			_, err = w.conn.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(recordFile.steps)))
		case j.destroy != nil:
			outcomes[i], err = w.destroy(ctx, *j.destroy)
		default:
			outcomes[i], err = w.append(ctx, j)
		}
		if err != nil {
			return nil, w.fail(ctx, err)
		}
	}
	w.beforeCommit()
	if _, err := w.end.ExecContext(ctx); err != nil {
		return nil, w.fail(ctx, err)
	}
	if w.traces {
		w.emptyLog(ctx)
	}
	return outcomes, nil
}

// append writes one batch. An error in the outcome is the batch's own, and
// nothing was written for it; any other is the transaction's.
func (w *writer) append(ctx context.Context, j job) (outcome, error) {
	now, err := w.standing(ctx, j.batch.Process)
	if err != nil {
		return outcome{}, err
	}
	next, misfit := now.after(j.batch)
	if misfit != nil {
		stands, err := w.stands(ctx, j)
		if err == nil && stands == nil {
			return outcome{err: misfit}, nil
		}
		return outcome{places: stands}, err
	}
	places, err := json.Marshal(runsOf(j.batch.Entries))
	if err != nil {
		return outcome{}, err
	}
	// The act comes first: a key that stands already is found by its own index,
	// without asking for it each time.
	added, err := w.addAct.ExecContext(ctx, string(j.batch.Process), j.batch.Key, string(places))
	if err != nil {
		return outcome{}, err
	}
	if n, err := added.RowsAffected(); err != nil || n == 0 {
		stands, find := w.stands(ctx, j)
		if err = errors.Join(err, find); err == nil && stands == nil {
			err = errors.New("an act can neither be added nor found")
		}
		return outcome{places: stands}, err
	}
	for i, e := range j.batch.Entries {
		if _, err := w.addEntry.ExecContext(ctx, string(e.Process), string(e.Audience), int64(e.Seq), e.At.UnixMicro(),
			e.Commitment[:], e.Chain[:], e.Salt[:], j.contents[i]); err != nil {
			return outcome{}, err
		}
	}
	w.known[j.batch.Process] = next
	return outcome{}, nil
}

// stands gives the places of the act that stands under a batch's key; none when
// there is no such act.
func (w *writer) stands(ctx context.Context, j job) ([]run, error) {
	return runsAt(w.findAct.QueryRowContext(ctx, j.batch.Process, j.batch.Key))
}

func (w *writer) destroy(ctx context.Context, at place) (outcome, error) {
	result, err := w.wipe.ExecContext(ctx, at.process, at.audience, int64(at.seq))
	if err != nil {
		return outcome{}, err
	}
	n, err := result.RowsAffected()
	if err != nil {
		return outcome{}, err
	}
	if n == 0 {
		return outcome{err: fault.NotFound("there is no such entry")}, nil
	}
	w.traces = true
	return outcome{}, nil
}

// after gives what stands once the batch is written, or the conflict that
// keeps it from being written. It changes nothing.
func (s *standing) after(b record.Batch) (*standing, error) {
	next := &standing{at: s.at, tips: maps.Clone(s.tips)}
	for _, e := range b.Entries {
		tip, ok := next.tips[e.Audience]
		if !ok {
			tip = record.Tip{Process: e.Process, Audience: e.Audience}
		}
		if err := e.Follows(tip); err != nil {
			return nil, err
		}
		if e.At.UnixMicro() <= next.at {
			return nil, fault.Conflict("the time of an entry does not follow the last time of the process").
				With("another entry came first")
		}
		next.tips[e.Audience], next.at = e.Tip(), e.At.UnixMicro()
	}
	return next, nil
}

func (w *writer) standing(ctx context.Context, p record.ProcessID) (*standing, error) {
	if s := w.known[p]; s != nil {
		return s, nil
	}
	s, err := standingOf(ctx, w.conn, p)
	if err == nil {
		w.known[p] = s
	}
	return s, err
}

// fail gives up the transaction. When SQLite says that it wrote nothing and
// could later (a full disk, a file held by a foreign program), the next group
// may try again. After any other failure nobody knows what reached the disk:
// the kernel may have dropped what a failed sync left, so a later sync that
// succeeds proves nothing, and the writer stops for good.
func (w *writer) fail(ctx context.Context, cause error) error {
	_, rollback := w.conn.ExecContext(ctx, "ROLLBACK") // fails when SQLite has done so itself
	w.known = map[record.ProcessID]*standing{}
	if e, ok := errors.AsType[*sqlite.Error](cause); ok {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_FULL:
			return fault.Unavailable("there is no room left to write to the record").
				With("make room on the disk, then try again").Because(cause)
		case sqlite3.SQLITE_BUSY:
			return fault.Unavailable("the record's file is held by another program").
				With("close what has it open, then try again").Because(cause)
		}
	}
	w.broken = fmt.Errorf("writing failed: %w", errors.Join(cause, rollback))
	return w.refusal()
}

func (w *writer) refusal() error {
	return fault.Unavailable("nothing more can be written to the record: writing failed").
		With("what was acknowledged stands; check the disk, then start again").Because(w.broken)
}

// emptyLog moves the write-ahead log into the file and cuts it to nothing,
// unless a reader still needs it: then the next commit tries again.
func (w *writer) emptyLog(ctx context.Context) {
	var busy, pages, moved int
	err := w.conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &moved)
	w.traces = err != nil || busy != 0
}
