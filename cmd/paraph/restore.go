package main

import (
	"archive/tar"
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"paraph/fault"
	"paraph/store/sqlite"
)

type restoreCmd struct {
	dataFlag
	From string `required:"" placeholder:"FILE" help:"The file that paraph backup wrote."`
}

func (restoreCmd) Help() string {
	return `Makes a data directory of a backup, when every file of it is whole and every log verifies. The directory must be new or empty: nothing is ever restored over a record.

What was done after the backup is not in it. Sessions and links that were open then are open again: paraph help serve tells how to serve, and an administrator locks what should not be.

Examples:

    paraph restore --from paraph-2026-01-31.tar
    paraph restore --from /backup/paraph.tar --data /var/lib/paraph`
}

func (c restoreCmd) Run(p *program) (err error) {
	if _, err := os.Stat(c.From); err != nil {
		return unreadable(c.From, err)
	}
	d, drop, err := makeData(c.Data)
	if err != nil {
		return err
	}
	done := p.working("restoring")
	made, err := unpack(p.ctx, c.From, d.folder)
	if err == nil {
		err = d.finish(made)
	}
	done()
	if err != nil {
		drop()
		return err
	}
	fmt.Fprintf(p.out, "Restored %s from %s: every log verifies.\n\n    paraph serve%s\n", c.Data, c.From, c.flag())
	return nil
}

// unpack puts the files of a backup into an empty folder and checks all of them.
// It gives what is to stand in the file that makes the folder a data directory,
// which it does not write.
func unpack(ctx context.Context, name, folder string) (made string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return "", unreadable(name, err)
	}
	defer f.Close()
	sums := map[string]string{}
	t := tar.NewReader(f)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return "", cutShort(name)
		}
		if err != nil {
			return "", noBackup(name, err)
		}
		if h.Name == sumsFile {
			break
		}
		if h.Typeflag != tar.TypeReg || !slices.Contains(kept, h.Name) || sums[h.Name] != "" {
			return "", noBackup(name, nil)
		}
		if h.Name == madeFile {
			var content []byte
			content, err = io.ReadAll(io.LimitReader(t, 1<<16))
			sum := sha256.Sum256(content)
			made, sums[h.Name] = string(content), hex.EncodeToString(sum[:])
		} else {
			sums[h.Name], err = unpackFile(t, filepath.Join(folder, h.Name))
		}
		if err != nil {
			return "", unwritable(filepath.Join(folder, h.Name), err)
		}
	}
	if err := checkSums(t, sums); err != nil {
		return "", noBackup(name, err)
	}
	for _, file := range []string{recordFile, peopleFile} {
		if err := sqlite.Check(ctx, filepath.Join(folder, file)); err != nil {
			return "", err
		}
	}
	return made, nil
}

func unpackFile(r io.Reader, name string) (sum string, err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	_, err = io.Copy(f, io.TeeReader(r, h))
	return hex.EncodeToString(h.Sum(nil)), errors.Join(err, f.Sync(), f.Close())
}

// checkSums compares what was unpacked with what the backup says of it.
func checkSums(r io.Reader, sums map[string]string) error {
	left := len(sums)
	lines := bufio.NewScanner(io.LimitReader(r, 1<<16))
	for lines.Scan() {
		sum, name, _ := strings.Cut(lines.Text(), "  ")
		if sums[name] != sum || sum == "" {
			return fmt.Errorf("%s is not what was packed", name)
		}
		left--
	}
	if err := lines.Err(); err != nil {
		return err
	}
	for _, needed := range []string{recordFile, peopleFile, madeFile} {
		if sums[needed] == "" || left != 0 {
			return errors.New("files are missing")
		}
	}
	return nil
}

func noBackup(name string, err error) error {
	return fault.Invalid("%s is damaged, or was not written by paraph backup", name).With("take an older backup").Because(err)
}

func cutShort(name string) error {
	return fault.Invalid("%s is cut short", name).With("copy it again from where it was written, or take an older backup")
}
