package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"paraph/fault"
	"paraph/record"
)

// Backup copies the record or the book at path, as it stands, to a new file that
// only its owner reads. Other programs may have it open and write to it: the
// copy is of one moment, and holds no trace of what was destroyed before it.
func Backup(ctx context.Context, path, to string) error {
	if _, err := os.Stat(path); err != nil {
		return unopened(path, err)
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // SQLite would make it readable to others
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return uncopied(path, err)
	}
	db, err := sql.Open("sqlite", source(path, "FULL"))
	if err != nil {
		return unopened(path, err)
	}
	db.SetMaxOpenConns(1)
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	if err := errors.Join(err, db.Close()); err != nil {
		return uncopied(path, err)
	}
	return nil
}

func uncopied(path string, err error) error {
	return fault.Unavailable("%s cannot be copied", path).With("is there room for a copy, and may it be written?").Because(err)
}

// Check tells whether the file at path is a record or a book of people that is
// whole: SQLite finds no damage, and in a record every content opens its
// commitment and every log its chain. Nobody else may have the file open.
func Check(ctx context.Context, path string) error {
	kind, err := intact(ctx, path)
	if err != nil || kind == bookFile.application {
		return err
	}
	s, err := Open(path)
	if err != nil {
		return err
	}
	return errors.Join(s.verify(ctx), s.Close())
}

// intact has SQLite look for damage, and gives the kind of file.
func intact(ctx context.Context, path string) (kind int, err error) {
	if _, err := os.Stat(path); err != nil {
		return 0, unopened(path, err)
	}
	db, err := sql.Open("sqlite", source(path, "FULL"))
	if err != nil {
		return 0, unopened(path, err)
	}
	db.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, db.Close()) }()
	var found string
	err = errors.Join(
		db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&kind),
		db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found))
	if err == nil && found != "ok" {
		err = errors.New("the integrity check failed")
	}
	if err == nil && kind != recordFile.application && kind != bookFile.application {
		err = fmt.Errorf("application_id is %#x", kind)
	}
	if err != nil {
		return 0, fault.Invalid("%s is damaged, or no file of Paraph's", path).With("take an older copy").Because(err)
	}
	return kind, nil
}

// verify reads every log from its beginning to its end.
func (s *Store) verify(ctx context.Context) error {
	processes, err := s.Processes(ctx)
	if err != nil {
		return err
	}
	for _, p := range processes {
		all, err := s.Audiences(ctx, p)
		if err != nil {
			return err
		}
		for _, a := range all {
			if err := s.verifyLog(ctx, p, a); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Store) verifyLog(ctx context.Context, p record.ProcessID, a record.Audience) error {
	const page = 1000 // entries held at once
	tip := record.Tip{Process: p, Audience: a}
	for {
		entries, err := s.Read(ctx, p, a, tip.Seq, page)
		if err != nil || len(entries) == 0 {
			return err
		}
		if entries[0].Follows(tip) != nil { // Read has compared the others
			return damaged(p, a)
		}
		tip = entries[len(entries)-1].Tip()
	}
}
