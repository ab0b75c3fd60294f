package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"paraph/fault"
)

// applicationID marks a SQLite file as a record: the letters "Prph".
const applicationID = 0x50727068

// migrations bring a file from one version to the next; their number is the
// version that this program writes. They are only ever added to.
//
// Every key begins with process and audience, so that what one may not read is
// never walked past on the way to what one may. Contents are canonical JSON;
// content and salt are null once destroyed. The places of an act are where its
// entries stand, as JSON: [{"audience", "first", "count"}, …].
var migrations = []string{`
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
`}

// migrate brings the file to the version of this program, each step in a
// transaction of its own. It refuses a file that is no record.
func migrate(ctx context.Context, conn *sql.Conn, path string) error {
	var application, version, tables int
	err := errors.Join(
		conn.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application),
		conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version),
		conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables))
	if err != nil {
		return unopened(path, err)
	}
	if application != applicationID && (application != 0 || tables != 0) {
		return fault.Invalid("%s is a database of some other program", path).
			With("name the file of a record, or one to be made")
	}
	if version > len(migrations) {
		return fault.Invalid("%s was written by a newer Paraph (version %d, this one knows %d)", path, version, len(migrations)).
			With("use the newer one")
	}
	for _, step := range migrations[version:] {
		if err := apply(ctx, conn, step); err != nil {
			return unopened(path, err)
		}
	}
	return nil
}

// apply takes one step, or leaves the file as it was.
func apply(ctx context.Context, conn *sql.Conn, step string) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, step); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}
