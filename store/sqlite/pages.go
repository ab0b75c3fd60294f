package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"paraph/fault"
	"paraph/people"
)

// pages are the documents of a book within one transaction.
type pages struct {
	ctx   context.Context
	q     querier
	write *statements // nil where nothing may be written
}

var _ people.Pages = (*pages)(nil)

const (
	getPage    = `SELECT doc FROM page WHERE kind = ? AND key = ?`
	putPage    = `INSERT INTO page (kind, key, doc) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET doc = excluded.doc`
	deletePage = `DELETE FROM page WHERE kind = ? AND key = ?`
	nextPage   = `SELECT key, doc FROM page WHERE kind = ? AND key >= ? ORDER BY key LIMIT ?`
)

// statements are those of the writing connection.
type statements struct{ get, put, delete *sql.Stmt }

func prepare(ctx context.Context, conn *sql.Conn) (s statements, err error) {
	for _, p := range []struct {
		to    **sql.Stmt
		query string
	}{{&s.get, getPage}, {&s.put, putPage}, {&s.delete, deletePage}} {
		if *p.to, err = conn.PrepareContext(ctx, p.query); err != nil {
			return statements{}, err
		}
	}
	return s, nil
}

func (s *statements) close() error {
	var errs []error
	for _, one := range []*sql.Stmt{s.get, s.put, s.delete} {
		if one != nil {
			errs = append(errs, one.Close())
		}
	}
	return errors.Join(errs...)
}

// Get implements people.Pages.
func (p *pages) Get(kind, key string) (doc []byte, err error) {
	if p.write != nil {
		err = p.write.get.QueryRowContext(p.ctx, kind, key).Scan(&doc)
	} else {
		err = p.q.QueryRowContext(p.ctx, getPage, kind, key).Scan(&doc)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.NotFound("there is no such page")
	}
	if err != nil {
		return nil, unreadable(err)
	}
	return doc, nil
}

// Put implements people.Pages.
func (p *pages) Put(kind, key string, doc []byte) error {
	if p.write == nil {
		return readOnly()
	}
	if doc == nil {
		doc = []byte{}
	}
	if _, err := p.write.put.ExecContext(p.ctx, kind, key, doc); err != nil {
		return unwritable(err)
	}
	return nil
}

// Delete implements people.Pages.
func (p *pages) Delete(kind, key string) error {
	if p.write == nil {
		return readOnly()
	}
	if _, err := p.write.delete.ExecContext(p.ctx, kind, key); err != nil {
		return unwritable(err)
	}
	return nil
}

const readAtOnce = 128 // pages

// Each implements people.Pages. It reads some pages, then gives them: so no
// query is open while the caller changes pages.
func (p *pages) Each(kind, prefix string, do func(key string, doc []byte) error) error {
	from := prefix
	for {
		keys, docs, err := p.next(kind, from)
		if err != nil {
			return unreadable(err)
		}
		for i, key := range keys {
			if len(key) < len(prefix) || key[:len(prefix)] != prefix {
				return nil
			}
			if err := do(key, docs[i]); err != nil {
				return err
			}
		}
		if len(keys) < readAtOnce {
			return nil
		}
		from = keys[len(keys)-1] + "\x00"
	}
}

func (p *pages) next(kind, from string) (keys []string, docs [][]byte, err error) {
	rows, err := p.q.QueryContext(p.ctx, nextPage, kind, from, readAtOnce)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var key string
		var doc []byte
		if err := rows.Scan(&key, &doc); err != nil {
			return nil, nil, err
		}
		keys, docs = append(keys, key), append(docs, doc)
	}
	return keys, docs, rows.Err()
}

func readOnly() error { return fault.Forbidden("a view of the book changes nothing") }
