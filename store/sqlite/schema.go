package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"paraph/fault"
)

// schema is one kind of file: what marks it as Paraph's, and the steps that
// bring it from one version to the next. The number of steps is the version
// that this program writes. They are only ever added to.
type schema struct {
	what        string // as in "name the file of a record"
	application int    // SQLite's application_id
	steps       []string
}

// recordFile keeps a record ("Prph").
//
// Every key begins with process and audience, so that what one may not read is
// never walked past on the way to what one may. Contents are canonical JSON;
// content and salt are null once destroyed. The places of an act are where its
// entries stand, as JSON: [{"audience", "first", "count"}, …].
var recordFile = schema{"a record", 0x50727068, []string{`
CREATE TABLE entry (
	process    TEXT NOT NULL,
	audience   TEXT NOT NULL,
	seq        INTEGER NOT NULL,
	at         INTEGER NOT NULL,
	commitment BLOB NOT NULL,
	chain      BLOB NOT NULL,
	salt       BLOB,
	content    BLOB,
	PRIMARY KEY (process, audience, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE act (
	process TEXT NOT NULL,
	key     TEXT NOT NULL,
	places  TEXT NOT NULL,
	PRIMARY KEY (process, key)
) STRICT, WITHOUT ROWID;

PRAGMA application_id = 1349677160;
PRAGMA user_version = 1;
`}}

// bookFile keeps a book of people ("Prpp").
var bookFile = schema{"a book of people", 0x50727070, []string{`
CREATE TABLE page (
	kind TEXT NOT NULL,
	key  TEXT NOT NULL,
	doc  BLOB NOT NULL,
	PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

PRAGMA application_id = 1349677168;
PRAGMA user_version = 1;
`}}

// migrate brings the file to the version of this program, each step in a
// transaction of its own. It refuses a file of another kind.
func (s schema) migrate(ctx context.Context, conn *sql.Conn, path string) error {
	var application, tables int
	const query = `SELECT application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id`
	if err := conn.QueryRowContext(ctx, query).Scan(&application, &tables); err != nil {
		return unopened(path, err)
	}
	if application != s.application && (application != 0 || tables != 0) {
		return fault.Invalid("%s is a database of some other program", path).
			With("name the file of %s, or one to be made", s.what)
	}
	for {
		version, err := s.step(ctx, conn)
		if err != nil {
			return unopened(path, err)
		}
		if version > len(s.steps) {
			return fault.Invalid("%s was written by a newer Paraph (version %d, this one knows %d)", path, version, len(s.steps)).
				With("use the newer one")
		}
		if version == len(s.steps) {
			return nil
		}
	}
}

// step takes the next step, if there is one, or leaves the file as it was. It
// gives the version that it found, under the lock of its transaction: another
// program may have the same file open.
func (s schema) step(ctx context.Context, conn *sql.Conn) (version int, err error) {
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return 0, err
	}
	err = conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	if err == nil && version < len(s.steps) {
		_, err = conn.ExecContext(ctx, s.steps[version])
	}
	if err != nil {
		_, back := conn.ExecContext(ctx, "ROLLBACK")
		return 0, errors.Join(err, back)
	}
	_, err = conn.ExecContext(ctx, "COMMIT")
	return version, err
}
