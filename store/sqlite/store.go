// Package sqlite keeps a record in one SQLite file, and the book of people in
// another.
//
// It keeps the promise of record.Log on one machine: one writer, which puts
// all batches that wait into one transaction and one fsync, and readers on
// connections of their own. It may know no room and give out no position of
// its own. Read this file first, then write.go. The book (book.go) stands apart:
// documents by key, each change one transaction of its own.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"paraph/fault"
	"paraph/record"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Store is a record.Log in one file. It holds path + ".lock" exclusively while
// it is open, so that no second program writes the same record.
type Store struct {
	lock    *os.File
	writing *sql.DB
	conn    *sql.Conn // the one connection of writing
	reading *sql.DB
	find    *sql.Stmt // of reading: asked for each act

	mu     sync.RWMutex // held for reading while a job is put into the queue
	closed bool
	queue  chan job

	waiting atomic.Int64  // jobs that were handed in and are in no transaction yet
	done    chan struct{} // closed when the writer has finished

	unwritten error // of closing the writer; for Close, after done
}

var _ record.Log = (*Store)(nil)

// Open opens the record in the file at path, and makes one if there is none,
// readable by its owner alone. It is unavailable when another program has the
// record open, when the file cannot be opened, or when it would not be durable
// (WAL with synchronous=FULL); and invalid when the file is something else, or
// was written by a newer Paraph.
func Open(path string) (*Store, error) { return open(path, settings{synchronous: "FULL"}) }

// settings are what tests open a record with; Open has them fixed.
type settings struct {
	synchronous  string
	beforeCommit func() // called by the writer within each transaction, when all is written
}

func open(path string, set settings) (*Store, error) {
	lock, err := acquire(path + ".lock")
	if err != nil {
		return nil, err
	}
	s := &Store{lock: lock, queue: make(chan job, queueLength), done: make(chan struct{})}
	w, err := s.start(path, set)
	if err != nil {
		return nil, errors.Join(err, s.release())
	}
	checked := make(chan job, queueLength)
	go check(s.queue, checked)
	go func() {
		defer close(s.done)
		w.run(checked, &s.waiting)
		s.unwritten = w.close()
	}()
	return s, nil
}

// start opens the connections and gives the writer.
func (s *Store) start(path string, set settings) (*writer, error) {
	if err := create(path); err != nil {
		return nil, err
	}
	var err error
	if s.writing, err = sql.Open("sqlite", source(path, set.synchronous)); err != nil {
		return nil, unopened(path, err)
	}
	s.writing.SetMaxOpenConns(1)
	if s.reading, err = sql.Open("sqlite", source(path, set.synchronous)+"&_pragma=query_only(1)"); err != nil {
		return nil, unopened(path, err)
	}
	s.reading.SetMaxOpenConns(maxReaders)
	s.reading.SetMaxIdleConns(maxReaders)

	ctx := context.Background()
	if s.conn, err = s.writing.Conn(ctx); err != nil {
		return nil, unopened(path, err)
	}
	if err := assertDurable(ctx, s.conn); err != nil {
		return nil, err
	}
	if err := recordFile.migrate(ctx, s.conn, path); err != nil {
		return nil, err
	}
	if s.find, err = s.reading.PrepareContext(ctx, findAct); err != nil {
		return nil, unopened(path, err)
	}
	w, err := newWriter(ctx, s.conn, set.beforeCommit)
	if err != nil {
		return nil, unopened(path, err)
	}
	return w, nil
}

const (
	maxReaders  = 8
	queueLength = 1024 // batches; Append waits when so many wait already
)

// Close finishes what was handed in, then closes the file and gives up the lock.
func (s *Store) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	close(s.queue)
	s.mu.Unlock()
	<-s.done
	return errors.Join(s.unwritten, s.release())
}

// release closes readers first, so that the writer's connection is the last
// and takes the write-ahead log into the file.
func (s *Store) release() error {
	var errs []error
	if s.reading != nil {
		errs = append(errs, s.reading.Close())
	}
	if s.conn != nil {
		errs = append(errs, s.conn.Close())
	}
	if s.writing != nil {
		errs = append(errs, s.writing.Close())
	}
	return errors.Join(append(errs, s.lock.Close())...)
}

// create makes the file before SQLite does: its journals take over its mode.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return unopened(path, err)
	}
	info, err := f.Stat()
	if err := errors.Join(err, f.Close()); err != nil {
		return unopened(path, err)
	}
	if !info.Mode().IsRegular() {
		return fault.Invalid("%s is not a file", path).With("name the file of a record, or one to be made")
	}
	return nil
}

func unopened(path string, err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return fault.Unavailable("the file %s cannot be opened: %v", path, pe.Err).Because(err)
	}
	return fault.Unavailable("the file %s cannot be opened", path).
		With("is it a file that Paraph made, and not damaged?").Because(err)
}

// source names the file and the settings of every connection to it. The page
// size comes first: it is fixed by the first write.
func source(path, synchronous string) string {
	absolute, err := filepath.Abs(path)
	if err != nil {
		absolute = path
	}
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(absolute), RawQuery: url.Values{"_pragma": {
		"page_size(8192)", "busy_timeout(5000)", "journal_mode(WAL)", "synchronous(" + synchronous + ")",
		"fullfsync(1)", "checkpoint_fullfsync(1)", "secure_delete(1)", "trusted_schema(0)", "journal_size_limit(67108864)",
	}}.Encode()}
	return u.String()
}

// assertDurable refuses a connection whose commits would not survive a loss of
// power. What was asked for is not always what one gets.
func assertDurable(ctx context.Context, conn *sql.Conn) error {
	const full = 2
	var journal string
	var synchronous int
	err := errors.Join(
		conn.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&journal),
		conn.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&synchronous))
	if err != nil {
		return fault.Unavailable("the record does not tell how it is kept").Because(err)
	}
	if journal != "wal" || synchronous != full {
		return fault.Unavailable("the record would not be durable: journal_mode is %s and synchronous %d", journal, synchronous).
			With("it needs wal and %d; keep it on a local disk", full).
			Because(fmt.Errorf("journal_mode %s, synchronous %d", journal, synchronous))
	}
	return nil
}
