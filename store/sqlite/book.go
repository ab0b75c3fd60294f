package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"paraph/fault"
	"paraph/people"
)

// Book is a people.Book in one file. Unlike a record it is not locked: a
// program that makes a link may have it open beside the one that serves.
type Book struct {
	writing      *sql.DB
	conn         *sql.Conn // the one connection of writing
	reading      *sql.DB
	write        statements
	turn         chan struct{} // holds one token: whoever has it may write
	broken       error         // after a failed write nothing is written any more; read and set with the turn
	closed       bool          // with the turn
	beforeCommit func()
}

var _ people.Book = (*Book)(nil)

// OpenBook opens the book in the file at path, and makes one if there is none,
// readable by its owner alone. It is unavailable when the file cannot be opened
// or would not be durable (WAL with synchronous=FULL), and invalid when it is
// something else, or was written by a newer Paraph.
func OpenBook(path string) (*Book, error) { return openBook(path, settings{synchronous: "FULL"}) }

func openBook(path string, set settings) (*Book, error) {
	b := &Book{turn: make(chan struct{}, 1), beforeCommit: set.beforeCommit}
	if err := b.start(path, set); err != nil {
		return nil, errors.Join(err, b.release())
	}
	b.turn <- struct{}{}
	return b, nil
}

func (b *Book) start(path string, set settings) error {
	if err := create(path); err != nil {
		return err
	}
	var err error
	if b.writing, err = sql.Open("sqlite", source(path, set.synchronous)); err != nil {
		return unopened(path, err)
	}
	b.writing.SetMaxOpenConns(1)
	if b.reading, err = sql.Open("sqlite", source(path, set.synchronous)+"&_pragma=query_only(1)"); err != nil {
		return unopened(path, err)
	}
	b.reading.SetMaxOpenConns(maxReaders)
	b.reading.SetMaxIdleConns(maxReaders)

	ctx := context.Background()
	if b.conn, err = b.writing.Conn(ctx); err != nil {
		return unopened(path, err)
	}
	if err := assertDurable(ctx, b.conn); err != nil {
		return err
	}
	if err := bookFile.migrate(ctx, b.conn, path); err != nil {
		return err
	}
	if b.write, err = prepare(ctx, b.conn); err != nil {
		return unopened(path, err)
	}
	return nil
}

// Close closes the file, once no Update is under way. The writer's connection
// is the last and takes the write-ahead log into the file.
func (b *Book) Close() error {
	<-b.turn
	defer func() { b.turn <- struct{}{} }()
	if b.closed {
		return nil
	}
	b.closed, b.broken = true, errors.New("the book is closed")
	return b.release()
}

func (b *Book) release() error {
	var errs []error
	if b.reading != nil {
		errs = append(errs, b.reading.Close())
	}
	if b.conn != nil {
		errs = append(errs, b.write.close(), b.conn.Close())
	}
	if b.writing != nil {
		errs = append(errs, b.writing.Close())
	}
	return errors.Join(errs...)
}

// View implements people.Book.
func (b *Book) View(ctx context.Context, read func(people.Pages) error) (err error) {
	conn, err := b.reading.Conn(ctx)
	if err != nil {
		return unreadable(err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "BEGIN"); err != nil {
		return unreadable(err)
	}
	err = read(&pages{ctx: ctx, q: conn})
	// A read that is given up must not keep the connection within its transaction.
	if _, end := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK"); end != nil {
		err = errors.Join(err, unreadable(end))
	}
	return err
}

// Update implements people.Book.
func (b *Book) Update(ctx context.Context, change func(people.Pages) error) error {
	select {
	case <-b.turn:
	case <-ctx.Done():
		return fault.Unavailable("others are writing").With("try again").Because(ctx.Err())
	}
	defer func() { b.turn <- struct{}{} }()
	if b.broken != nil {
		return b.refusal()
	}
	// From here on it is done whole or not at all, whoever has gone away.
	ctx = context.WithoutCancel(ctx)
	// IMMEDIATE takes the one writer's place at once, so that what is read here
	// still holds at the commit; another program is waited for (busy_timeout).
	if _, err := b.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return unwritable(err)
	}
	err := func() (err error) {
		defer func() {
			if lost := recover(); lost != nil {
				_, _ = b.conn.ExecContext(ctx, "ROLLBACK")
				panic(lost)
			}
		}()
		return change(&pages{ctx: ctx, q: b.conn, write: &b.write})
	}()
	if err != nil {
		if _, back := b.conn.ExecContext(ctx, "ROLLBACK"); back != nil && fault.KindOf(err) != fault.KindUnavailable {
			b.broken = fmt.Errorf("giving up failed: %w", errors.Join(err, back))
			return b.refusal()
		}
		return err
	}
	if b.beforeCommit != nil {
		b.beforeCommit()
	}
	if _, err := b.conn.ExecContext(ctx, "COMMIT"); err != nil {
		return b.fail(ctx, err)
	}
	return nil
}

// fail gives up a transaction that could not be committed. After anything but
// a full disk nobody knows what reached it, so nothing more is written.
func (b *Book) fail(ctx context.Context, cause error) error {
	_, back := b.conn.ExecContext(ctx, "ROLLBACK") // fails when SQLite has done so itself
	if e, ok := errors.AsType[*sqlite.Error](cause); ok {
		if code := e.Code() & 0xff; code == sqlite3.SQLITE_FULL || code == sqlite3.SQLITE_BUSY {
			return unwritable(cause)
		}
	}
	b.broken = fmt.Errorf("writing failed: %w", errors.Join(cause, back))
	return b.refusal()
}

func (b *Book) refusal() error {
	return fault.Unavailable("nothing more can be written to the book of people: writing failed").
		With("what was acknowledged stands; check the disk, then start again").Because(b.broken)
}

func unreadable(err error) error {
	return fault.Unavailable("the book of people cannot be read").With("try again; if it stays so, check the disk").Because(err)
}

func unwritable(err error) error {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_FULL:
			return fault.Unavailable("there is no room left to write to the book of people").
				With("make room on the disk, then try again").Because(err)
		case sqlite3.SQLITE_BUSY:
			return fault.Unavailable("the book of people is held by another program").With("try again").Because(err)
		}
	}
	return fault.Unavailable("the book of people cannot be written").With("try again; if it stays so, check the disk").Because(err)
}
