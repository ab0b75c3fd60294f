package main

import (
	"archive/tar"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"paraph/fault"
	"paraph/store/sqlite"
)

type backupCmd struct {
	dataFlag
	To string `required:"" placeholder:"FILE" help:"The file to write: it must not be there yet."`
}

func (backupCmd) Help() string {
	return `Copies a data directory into one file (tar), while the server runs, and reads the copy back: every log must verify. The file holds all that the record holds, in the clear: keep it as you keep the data directory.

Examples:

    paraph backup --to paraph-2026-01-31.tar
    paraph backup --data /var/lib/paraph --to /backup/paraph.tar`
}

// sumsFile is the last file of a backup: the SHA-256 of the others, in the form
// that sha256sum checks. A backup without it was cut short.
const sumsFile = "SHA256SUMS"

// kept are the files of a data directory that a backup holds. The people come
// before the record: a place that the copy gives to somebody must stand in the
// copy's record, and the other way round does no harm.
var kept = []string{peopleFile, recordFile, "tls.crt", "tls.key", madeFile}

func (c backupCmd) Run(p *program) (err error) {
	d, err := openData(c.Data)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(c.To); err == nil {
		return fault.Conflict("%s is there already", c.To).With("name a file that is not: a backup never replaces another")
	}
	folder, err := os.MkdirTemp(filepath.Dir(c.To), ".paraph-")
	if err != nil {
		return unwritable(c.To, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	done := p.working("copying")
	defer done()
	if err := d.copyTo(p.ctx, folder); err != nil {
		return err
	}
	temp := filepath.Join(folder, rand.Text())
	if err := pack(folder, temp); err != nil {
		return unwritable(c.To, err)
	}
	if err := verifyBackup(p.ctx, temp, folder); err != nil {
		return err
	}
	// A link, unlike a rename, never replaces a file that was made meanwhile.
	if err := os.Link(temp, c.To); err != nil {
		return unwritable(c.To, err)
	}
	return unwritable(c.To, syncFolder(filepath.Dir(c.To)))
}

// copyTo copies the files of a data directory into a folder, each as of one moment.
func (d data) copyTo(ctx context.Context, folder string) error {
	for _, name := range kept {
		from, to := filepath.Join(d.folder, name), filepath.Join(folder, name)
		if name == peopleFile || name == recordFile {
			if err := sqlite.Backup(ctx, from, to); err != nil {
				return err
			}
			continue
		}
		content, err := os.ReadFile(from)
		if errors.Is(err, fs.ErrNotExist) {
			continue // no certificate of its own
		}
		if err == nil {
			err = writeNew(to, string(content), 0o600)
		}
		if err != nil {
			return unwritable(to, err)
		}
	}
	return nil
}

// pack puts the files of a folder into one, synced.
func pack(folder, to string) (err error) {
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	t := tar.NewWriter(f)
	var sums strings.Builder
	for _, name := range kept {
		sum, err := packFile(t, folder, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%s  %s\n", sum, name)
	}
	if err := t.WriteHeader(&tar.Header{Name: sumsFile, Mode: 0o600, Size: int64(sums.Len()), Format: tar.FormatPAX}); err != nil {
		return err
	}
	if _, err := io.WriteString(t, sums.String()); err != nil {
		return err
	}
	return errors.Join(t.Close(), f.Sync())
}

func packFile(t *tar.Writer, folder, name string) (sum string, err error) {
	f, err := os.Open(filepath.Join(folder, name))
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: info.Size(), Format: tar.FormatPAX}); err != nil {
		return "", err
	}
	h := sha256.New()
	if _, err := io.Copy(t, io.TeeReader(f, h)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// verifyBackup reads a backup as restore would, into a folder beside it.
func verifyBackup(ctx context.Context, name, beside string) error {
	folder := filepath.Join(beside, "read-back")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return unwritable(folder, err)
	}
	_, err := unpack(ctx, name, folder)
	return err
}
